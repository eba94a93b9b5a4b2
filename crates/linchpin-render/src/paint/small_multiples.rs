//! Small multiples: equal panels in reading order, one key for all, one scale where the bodies have
//! one unit.

use super::bar_groups::{self, AxisValues, BarGroup};
use super::picture_layout::{
    LayoutArea, PANEL_GAP_PT, PanelCoordinates, PictureLayout, SharedScale,
};
use super::text_layout::{MeasuredText, TextLayouter};
use super::{bars, columns, legend, stacked, waffle, xy};
use crate::theme::{self, size, space};
use egui::{Stroke, pos2};
use linchpin_charts::picture::{
    Bar, Bars, FacetPanel, LegendKey, MarkId, PictureBody, SmallMultiples, StackedBars, Waffle,
};

/// The narrowest panel of bars, in points.
pub(super) const MIN_PANEL_PT: f32 = 190.0;

/// The most panels next to each other.
const MAX_COLUMNS: f32 = 5.0;

/// Lays a body out in a place.
pub(super) type BodyLayoutFn =
    fn(&TextLayouter<'_>, &mut PictureLayout, &PictureBody, LayoutArea) -> f32;

/// Lays the panels out, none narrower than `least_pt`. Returns the bottom.
pub(super) fn lay_out(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    body: &SmallMultiples,
    least_pt: f32,
    area: LayoutArea,
    paint: BodyLayoutFn,
) -> f32 {
    let (per_row, width) = area.panel_columns(body.panels.len(), least_pt, MAX_COLUMNS);
    let panels: Vec<&FacetPanel> = body.panels.iter().collect();
    let common_scale = shared_scale(layouter, &panels, width, area);
    let keys = legend_entries(body);
    let mut top = area.top;
    // Multiples within multiples leave the key to the outer ones.
    if !keys.is_empty() && area.shared_scale.is_none() {
        let all_plots = body
            .panels
            .iter()
            .all(|p| matches!(p.body, PictureBody::Plot(_) | PictureBody::Dumbbell(_)));
        top = match all_plots {
            true => {
                let keys: Vec<&LegendKey> = keys.iter().collect();
                legend::lay_out_with(layouter, layout, &keys, area, xy::dot_swatch)
            }
            false => legend::lay_out(layouter, layout, &keys, area),
        } + space::M;
    }
    let waffles: Vec<&Waffle> = body.panels.iter().filter_map(waffle_of).collect();
    if !waffles.is_empty() && area.shared_scale.is_none() && !body.has_independent_scales {
        top = waffle::legend(layouter, layout, &waffles, LayoutArea { top, ..area }) + space::M;
    }
    let rows = body.panels.len().div_ceil(per_row).max(1);
    let spare = area.spare_height_pt / rows as f32;
    let mut first = MarkId(0);
    let mut bottom = top;
    for (i, row) in body.panels.chunks(per_row).enumerate() {
        if i > 0 {
            top = bottom + PANEL_GAP_PT;
        }
        let font = theme::semibold(size::BODY);
        let color = layouter.palette.text;
        let titles: Vec<MeasuredText> = row
            .iter()
            .map(|panel| layouter.wrapped(&panel.title, font.clone(), color, width))
            .collect();
        // All charts of a row begin at one height.
        let highest = titles.iter().map(|title| title.size.y).fold(0.0, f32::max);
        let left_of = |column: usize| area.left + column as f32 * (width + PANEL_GAP_PT);
        for (column, (panel, title)) in row.iter().zip(titles).enumerate() {
            let left = left_of(column);
            let stroke = Stroke::new(1.0, layouter.palette.text_muted);
            layout.line(pos2(left, top), pos2(left + width, top), stroke);
            layout.text(pos2(left, top + space::XS), title);
            let shared = match body.has_independent_scales {
                true => shared_scale(layouter, &[panel], width, area),
                false => common_scale,
            };
            let place = LayoutArea {
                left,
                top: top + space::XS + highest + space::S,
                width,
                spare_height_pt: spare,
                headroom_pt: area.headroom_pt,
                reference_range: area.reference_range,
                // Squares that are worth something else in each panel are explained in each.
                shared_scale: match waffle_of(panel) {
                    Some(_) if body.has_independent_scales => None,
                    _ => Some(shared),
                },
            };
            let from = layout.items.len();
            let end = layout
                .with_mark_offset(first, |layout| paint(layouter, layout, &panel.body, place));
            if let Some(coordinates) = layout.coordinates.take() {
                layout.panels.push(PanelCoordinates {
                    coordinates,
                    area: place,
                    items: from..layout.items.len(),
                    is_first_of_row: column == 0,
                });
            }
            bottom = bottom.max(end);
            first.0 += panel.body.marks().count() as u32;
        }
    }
    bottom
}

fn waffle_of(panel: &FacetPanel) -> Option<&Waffle> {
    match &panel.body {
        PictureBody::Waffle(body) => Some(body),
        _ => None,
    }
}

/// What stands in the one key: every kind of every panel, each once.
fn legend_entries(body: &SmallMultiples) -> Vec<LegendKey> {
    let mut keys: Vec<LegendKey> = Vec::new();
    for panel in &body.panels {
        for key in body_legend_entries(&panel.body) {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
    }
    keys
}

fn body_legend_entries(body: &PictureBody) -> Vec<LegendKey> {
    match body {
        PictureBody::Stacked(body) => body.keys.clone(),
        PictureBody::Plot(body) if body.series.len() > 1 => body
            .series
            .iter()
            .map(|series| series.key.clone())
            .collect(),
        PictureBody::Dumbbell(body) => body.keys.clone(),
        PictureBody::SmallMultiples(body) => legend_entries(body),
        _ => Vec::new(),
    }
}

/// One scale for all bars and for all parts of bars; bodies with scales of their own keep these.
fn shared_scale(
    layouter: &TextLayouter<'_>,
    panels: &[&FacetPanel],
    width_pt: f32,
    area: LayoutArea,
) -> SharedScale {
    let bodies = || panels.iter().map(|panel| &panel.body);
    let plain: Vec<(&Bars, &[Bar])> = bodies().filter_map(bars_of).collect();
    let stacked: Vec<&StackedBars> = bodies().filter_map(stacked_of).collect();
    let groups: Vec<(Vec<BarGroup<'_>>, AxisValues)> = plain
        .iter()
        .map(|(_, bars)| (bar_groups::from_bars(bars), bars::axis_values(bars)))
        .chain(
            stacked
                .iter()
                .map(|body| (bar_groups::from_stacked(body), stacked::axis_values(body))),
        )
        .collect();
    let range = bar_groups::union_range(groups.iter().map(|(groups, _)| bar_groups::range(groups)));
    let range = area.extend_range(range);
    let plain_vertical = plain.iter().map(|(bars, _)| bars.is_vertical);
    let is_vertical = plain_vertical
        .chain(stacked.iter().map(|body| body.is_vertical))
        .all(|up| up);
    let vertical = groups.iter().map(|(groups, values)| {
        columns::vertical_scale(layouter, groups, *values, range, width_pt)
    });
    // All stand, or all lie: columns next to rows could not be compared.
    let vertical: Option<Vec<SharedScale>> = is_vertical.then(|| vertical.collect()).flatten();
    let each = vertical.unwrap_or_else(|| {
        let plain = plain
            .iter()
            .map(|(_, bars)| bars::horizontal_scale(layouter, bars, range, width_pt));
        let stacked = groups.iter().skip(plain.len()).map(|(groups, values)| {
            stacked::horizontal_scale(layouter, groups, *values, range, width_pt)
        });
        plain.chain(stacked).collect()
    });
    let none = SharedScale {
        range,
        padding_before_pt: 0.0,
        padding_after_pt: 0.0,
        is_vertical: false,
    };
    each.into_iter().fold(none, |all, one| SharedScale {
        range,
        padding_before_pt: all.padding_before_pt.max(one.padding_before_pt),
        padding_after_pt: all.padding_after_pt.max(one.padding_after_pt),
        is_vertical: one.is_vertical,
    })
}

/// Bars of one unit, which the subtitle says.
fn bars_of(body: &PictureBody) -> Option<(&Bars, &[Bar])> {
    let PictureBody::Bars(bars) = body else {
        return None;
    };
    match bars.panels.as_slice() {
        [panel] if panel.title.is_none() => Some((bars, &panel.bars)),
        _ => None,
    }
}

fn stacked_of(body: &PictureBody) -> Option<&StackedBars> {
    match body {
        PictureBody::Stacked(body) => Some(body),
        _ => None,
    }
}
