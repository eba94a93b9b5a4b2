//! What a picture draws: each kind of body goes to its painter.

use super::area::Area;
use super::sheet::Sheet;
use super::typeset::Typesetter;
use super::{bars, matrix, multiples, network, panels, stacked, text_table, timeline, waffle, xy};
use crate::theme::{self, size, space};
use egui::{Rect, pos2, vec2};
use linchpin_charts::picture::{FacetPanel, PictureBody, SmallMultiples};

/// The least width of a body that can be laid out at any, in points.
const MIN_WIDTH_PT: f32 = 240.0;

/// The narrowest place for a body, in points.
pub(super) fn min_width_pt(type_: &Typesetter<'_>, body: &PictureBody) -> f32 {
    match body {
        PictureBody::Table(table) => text_table::min_width_pt(type_, table).max(MIN_WIDTH_PT),
        PictureBody::SmallMultiples(body) => panel_min_width_pt(type_, body).max(MIN_WIDTH_PT),
        PictureBody::Matrix(matrix) => matrix::min_width_pt(matrix),
        PictureBody::Timeline(timeline) => timeline::min_width_pt(timeline),
        PictureBody::Plot(plot) => xy::min_width_pt(plot),
        PictureBody::Network(network) => network::min_width_pt(network),
        _ => MIN_WIDTH_PT,
    }
}

/// Whether a body can be lower than it would be by itself.
pub(super) fn is_elastic(body: &PictureBody) -> bool {
    matches!(body, PictureBody::Plot(_))
}

/// The narrowest panel in which every body of small multiples can be laid out, in points.
fn panel_min_width_pt(type_: &Typesetter<'_>, body: &SmallMultiples) -> f32 {
    let least = |panel: &FacetPanel| match &panel.body {
        PictureBody::Bars(_) | PictureBody::Stacked(_) | PictureBody::Empty(_) => {
            multiples::MIN_PANEL_PT
        }
        other => min_width_pt(type_, other),
    };
    body.panels
        .iter()
        .map(least)
        .fold(multiples::MIN_PANEL_PT, f32::max)
}

/// Lays a body out. Its marks are counted from zero, in the order of [`Body::marks`]. Returns the
/// bottom.
pub(super) fn lay_out(
    type_: &Typesetter<'_>,
    sheet: &mut Sheet,
    body: &PictureBody,
    area: Area,
) -> f32 {
    let bottom = painted(type_, sheet, body, area);
    if !has_one_scale(body) {
        sheet.ground = None;
    }
    bottom
}

/// Whether a value has one place in a body: not where several charts stand beside each other.
fn has_one_scale(body: &PictureBody) -> bool {
    match body {
        PictureBody::Bars(bars) => bars.panels.iter().all(|panel| panel.title.is_none()),
        PictureBody::SmallMultiples(_) => false,
        _ => true,
    }
}

fn painted(type_: &Typesetter<'_>, sheet: &mut Sheet, body: &PictureBody, area: Area) -> f32 {
    match body {
        PictureBody::Bars(body) if body.panels.iter().any(|panel| panel.title.is_some()) => {
            panels::lay_out(type_, sheet, body, area)
        }
        PictureBody::Bars(body) => bars::lay_out(type_, sheet, body, area),
        PictureBody::Stacked(body) => stacked::lay_out(type_, sheet, body, area),
        PictureBody::Plot(body) => xy::lay_out(type_, sheet, body, area),
        PictureBody::Timeline(body) => timeline::lay_out(type_, sheet, body, area),
        PictureBody::Matrix(body) => matrix::lay_out(type_, sheet, body, area),
        PictureBody::Network(body) => network::lay_out(type_, sheet, body, area),
        PictureBody::Waffle(body) => waffle::lay_out(type_, sheet, body, area),
        PictureBody::Table(body) => text_table::lay_out(type_, sheet, body, area),
        PictureBody::SmallMultiples(body) => {
            let least = panel_min_width_pt(type_, body);
            multiples::lay_out(type_, sheet, body, least, area, lay_out)
        }
        PictureBody::Empty(why) => empty(type_, sheet, why, area),
    }
}

/// Says why nothing is drawn.
fn empty(type_: &Typesetter<'_>, sheet: &mut Sheet, why: &str, area: Area) -> f32 {
    let p = type_.palette;
    let inset = space::L;
    let text = type_.wrapped(
        why,
        theme::regular(size::BODY),
        p.text_muted,
        (area.width - 2.0 * inset).min(420.0),
    );
    let height = text.size.y + 2.0 * space::XL + area.spare;
    let rect = Rect::from_min_size(pos2(area.left, area.top), vec2(area.width, height));
    sheet.rounded(rect, p.surface, f32::from(theme::RADIUS));
    sheet.text_amid(rect, text);
    rect.bottom()
}
