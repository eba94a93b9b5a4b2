//! What a picture draws: each kind of body goes to its painter.

use super::area::Area;
use super::sheet::Sheet;
use super::typeset::Typesetter;
use super::{bars, matrix, multiples, network, panels, stacked, text_table, timeline, waffle, xy};
use crate::theme::{self, size, space};
use egui::{Rect, pos2, vec2};
use linchpin_charts::picture::{Body, Multiple, Multiples};

/// The least width of a body that can be laid out at any, in points.
const MIN_WIDTH_PT: f32 = 240.0;

/// The narrowest place for a body, in points.
pub(super) fn min_width_pt(type_: &Typesetter<'_>, body: &Body) -> f32 {
    match body {
        Body::Table(table) => text_table::min_width_pt(type_, table).max(MIN_WIDTH_PT),
        Body::Multiples(body) => panel_min_width_pt(type_, body).max(MIN_WIDTH_PT),
        Body::Matrix(matrix) => matrix::min_width_pt(matrix),
        Body::Timeline(timeline) => timeline::min_width_pt(timeline),
        Body::Plot(plot) => xy::min_width_pt(plot),
        Body::Network(network) => network::min_width_pt(network),
        _ => MIN_WIDTH_PT,
    }
}

/// Whether a body can be lower than it would be by itself.
pub(super) fn is_elastic(body: &Body) -> bool {
    matches!(body, Body::Plot(_))
}

/// The narrowest panel in which every body of small multiples can be laid out, in points.
fn panel_min_width_pt(type_: &Typesetter<'_>, body: &Multiples) -> f32 {
    let least = |panel: &Multiple| match &panel.body {
        Body::Bars(_) | Body::Stacked(_) | Body::Empty(_) => multiples::MIN_PANEL_PT,
        other => min_width_pt(type_, other),
    };
    body.panels
        .iter()
        .map(least)
        .fold(multiples::MIN_PANEL_PT, f32::max)
}

/// Lays a body out. Its marks are counted from zero, in the order of [`Body::marks`]. Returns the
/// bottom.
pub(super) fn lay_out(type_: &Typesetter<'_>, sheet: &mut Sheet, body: &Body, area: Area) -> f32 {
    let bottom = painted(type_, sheet, body, area);
    if !has_one_scale(body) {
        sheet.ground = None;
    }
    bottom
}

/// Whether a value has one place in a body: not where several charts stand beside each other.
fn has_one_scale(body: &Body) -> bool {
    match body {
        Body::Bars(bars) => bars.panels.iter().all(|panel| panel.title.is_none()),
        Body::Multiples(_) => false,
        _ => true,
    }
}

fn painted(type_: &Typesetter<'_>, sheet: &mut Sheet, body: &Body, area: Area) -> f32 {
    match body {
        Body::Bars(body) if body.panels.iter().any(|panel| panel.title.is_some()) => {
            panels::lay_out(type_, sheet, body, area)
        }
        Body::Bars(body) => bars::lay_out(type_, sheet, body, area),
        Body::Stacked(body) => stacked::lay_out(type_, sheet, body, area),
        Body::Plot(body) => xy::lay_out(type_, sheet, body, area),
        Body::Timeline(body) => timeline::lay_out(type_, sheet, body, area),
        Body::Matrix(body) => matrix::lay_out(type_, sheet, body, area),
        Body::Network(body) => network::lay_out(type_, sheet, body, area),
        Body::Waffle(body) => waffle::lay_out(type_, sheet, body, area),
        Body::Table(body) => text_table::lay_out(type_, sheet, body, area),
        Body::Multiples(body) => {
            let least = panel_min_width_pt(type_, body);
            multiples::lay_out(type_, sheet, body, least, area, lay_out)
        }
        Body::Empty(why) => empty(type_, sheet, why, area),
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
