//! What a picture draws: each kind of body goes to its painter.

use super::picture_layout::{LayoutArea, PictureLayout};
use super::text_layout::TextLayouter;
use super::{
    bars, bullet, matrix, network, small_multiples, stacked, text_table, timeline, waffle, xy,
};
use crate::theme::{self, size, space};
use egui::{Rect, pos2, vec2};
use linchpin_charts::picture::{FacetPanel, PictureBody, SmallMultiples};

/// The least width of a body that can be laid out at any, in points.
const MIN_WIDTH_PT: f32 = 240.0;

/// The narrowest place for a body, in points.
pub(super) fn min_width_pt(layouter: &TextLayouter<'_>, body: &PictureBody) -> f32 {
    match body {
        PictureBody::Table(table) => text_table::min_width_pt(layouter, table).max(MIN_WIDTH_PT),
        PictureBody::SmallMultiples(body) => panel_min_width_pt(layouter, body).max(MIN_WIDTH_PT),
        PictureBody::Matrix(matrix) => matrix::min_width_pt(layouter, matrix),
        PictureBody::Timeline(timeline) => timeline::min_width_pt(timeline),
        PictureBody::Plot(plot) => xy::min_width_pt(plot),
        PictureBody::Network(network) => network::min_width_pt(network),
        _ => MIN_WIDTH_PT,
    }
}

/// Whether a body can be lower than it would be by itself.
pub(super) fn can_shrink(body: &PictureBody) -> bool {
    match body {
        PictureBody::Plot(_)
        | PictureBody::Stacked(_)
        | PictureBody::Matrix(_)
        | PictureBody::Timeline(_)
        | PictureBody::Waffle(_) => true,
        PictureBody::Bars(bars) => bars.panels.iter().all(|panel| panel.title.is_none()),
        PictureBody::SmallMultiples(all) => all.panels.iter().all(|panel| can_shrink(&panel.body)),
        _ => false,
    }
}

/// The narrowest panel in which every body of small multiples can be laid out, in points.
fn panel_min_width_pt(layouter: &TextLayouter<'_>, body: &SmallMultiples) -> f32 {
    let least = |panel: &FacetPanel| match &panel.body {
        PictureBody::Bars(_) | PictureBody::Stacked(_) | PictureBody::Empty(_) => {
            small_multiples::MIN_PANEL_PT
        }
        other => min_width_pt(layouter, other),
    };
    body.panels
        .iter()
        .map(least)
        .fold(small_multiples::MIN_PANEL_PT, f32::max)
}

/// Lays a body out. Its marks are counted from zero, in the order of [`Body::marks`]. Returns the
/// bottom.
pub(super) fn lay_out(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    body: &PictureBody,
    area: LayoutArea,
) -> f32 {
    let bottom = lay_out_kind(layouter, layout, body, area);
    if !has_one_scale(body) {
        layout.coordinates = None;
    }
    bottom
}

/// Whether a value has one place in a body: not where several charts stand next to each other.
fn has_one_scale(body: &PictureBody) -> bool {
    match body {
        PictureBody::Bars(bars) => bars.panels.iter().all(|panel| panel.title.is_none()),
        PictureBody::SmallMultiples(_) => false,
        _ => true,
    }
}

fn lay_out_kind(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    body: &PictureBody,
    area: LayoutArea,
) -> f32 {
    match body {
        PictureBody::Bars(body) => bars::lay_out(layouter, layout, body, area),
        PictureBody::Stacked(body) => stacked::lay_out(layouter, layout, body, area),
        PictureBody::Plot(body) => xy::lay_out(layouter, layout, body, area),
        PictureBody::Bullet(body) => bullet::lay_out(layouter, layout, body, area),
        PictureBody::Dumbbell(body) => xy::lay_out_dumbbell(layouter, layout, body, area),
        PictureBody::Timeline(body) => timeline::lay_out(layouter, layout, body, area),
        PictureBody::Matrix(body) => matrix::lay_out(layouter, layout, body, area),
        PictureBody::Network(body) => network::lay_out(layouter, layout, body, area),
        PictureBody::Waffle(body) => waffle::lay_out(layouter, layout, body, area),
        PictureBody::Table(body) => text_table::lay_out(layouter, layout, body, area),
        PictureBody::SmallMultiples(body) => {
            let least = panel_min_width_pt(layouter, body);
            small_multiples::lay_out(layouter, layout, body, least, area, lay_out)
        }
        PictureBody::Empty(why) => empty_message(layouter, layout, why, area),
    }
}

/// Says why nothing is drawn.
fn empty_message(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    why: &str,
    area: LayoutArea,
) -> f32 {
    let p = layouter.palette;
    let inset = space::L;
    let text = layouter.wrapped(
        why,
        theme::regular(size::BODY),
        p.text_muted,
        (area.width - 2.0 * inset).min(420.0),
    );
    let height = text.size.y + 2.0 * space::XL + area.spare_height_pt;
    let rect = Rect::from_min_size(pos2(area.left, area.top), vec2(area.width, height));
    layout.fill_rounded(rect, p.surface, f32::from(theme::RADIUS));
    layout.text_centered(rect, text);
    rect.bottom()
}
