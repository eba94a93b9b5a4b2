//! Horizontal bars of one unit: names on the left, numbers at the ends.

use super::axis_ticks::AxisValues;
use super::bar_ends::{self, OPEN_PT};
use super::bar_groups;
use super::bar_rows::{self, BarRowContent, BarRowStyle};
use super::columns;
use super::layout_area::{LayoutArea, SharedScale};
use super::picture_layout::{BarPlot, BarPlotBar, LayoutItem, PictureLayout};
use super::text_layout::{LaidOutText, TextLayouter};
use super::tone;
use crate::theme::{self, size, space};
use egui::{Rect, pos2, vec2};
use linchpin_charts::picture::{Bar, Bars, MarkId};

/// How much of the width a number may take before it is wrapped.
const VALUE_LABEL_SHARE: f32 = 0.4;

const STYLE: BarRowStyle = BarRowStyle {
    bar_pt: 20.0,
    gap_pt: 8.0,
    narrow_pt: 400.0,
    max_stretch: 1.9,
};

/// A panel has numbers of one unit.
const AXIS_VALUES: AxisValues = AxisValues::Numbers;

/// Lays the bars of all panels out, one under another. Columns lie down where names or numbers
/// would be cut under them. Returns the bottom.
pub(super) fn lay_out(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    body: &Bars,
    area: LayoutArea,
) -> f32 {
    let mut first = MarkId(0);
    let mut top = area.top;
    for panel in &body.panels {
        let panel_area = LayoutArea { top, ..area };
        let groups = bar_groups::from_bars(&panel.bars);
        let range = area.extend_range(bar_groups::range(&groups));
        // Panels one under another have units of their own.
        let shared = area
            .shared_scale
            .filter(|_| body.panels.len() == 1)
            .or_else(|| {
                let vertical =
                    || columns::vertical_scale(layouter, &groups, AXIS_VALUES, range, area.width);
                body.is_vertical.then(vertical).flatten()
            })
            .unwrap_or_else(|| {
                horizontal_scale(
                    layouter,
                    &panel.bars,
                    area.extend_range(panel.range()),
                    area.width,
                )
            });
        let is_flipped = body.is_vertical && !shared.is_vertical;
        top = layout.with_mark_offset(first, |layout| {
            if shared.is_vertical {
                columns::lay_out(layouter, layout, &groups, AXIS_VALUES, shared, panel_area)
            } else {
                lay_out_rows(layouter, layout, &panel.bars, shared, panel_area)
            }
        });
        first = MarkId(first.0 + panel.bars.len() as u32);
        if let Some(ground) = &mut layout.coordinates {
            ground.is_flipped = is_flipped;
        }
    }
    if body.panels.len() != 1 {
        // Several scales: no line is meant for all of them.
        layout.coordinates = None;
    }
    top
}

/// The range of lying bars, and the room that they need beside it in a width.
pub(super) fn horizontal_scale(
    layouter: &TextLayouter<'_>,
    bars: &[Bar],
    range: (f64, f64),
    width_pt: f32,
) -> SharedScale {
    let (before, after) = label_padding(&measure_bars(layouter, bars, width_pt));
    SharedScale {
        range,
        padding_before_pt: before,
        padding_after_pt: after,
        is_vertical: false,
    }
}

/// Bars with their numbers, not placed yet. Numbers may take as much of the width as names.
fn measure_bars<'b>(
    layouter: &TextLayouter<'_>,
    bars: &'b [Bar],
    width_pt: f32,
) -> Vec<PlacedBar<'b>> {
    let numbers = value_labels(layouter, bars.iter(), width_pt * VALUE_LABEL_SHARE);
    let place = |(bar, number)| PlacedBar {
        bar,
        value_label: number,
        top: 0.0,
        bottom: 0.0,
    };
    bars.iter().zip(numbers).map(place).collect()
}

fn lay_out_rows(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    bars: &[Bar],
    shared: SharedScale,
    area: LayoutArea,
) -> f32 {
    let mut places = measure_bars(layouter, bars, area.width);
    let contents: Vec<BarRowContent<'_>> = places
        .iter()
        .map(|place| BarRowContent {
            name: &place.bar.name,
            detail: place.bar.detail.as_deref(),
            min_height_pt: place.value_label.size.y,
        })
        .collect();
    let area = LayoutArea {
        top: area.top + area.headroom_pt,
        ..area
    };
    let rows = bar_rows::lay_out(layouter, layout, &contents, &STYLE, area);
    for (place, (top, bottom)) in places.iter_mut().zip(&rows.bars) {
        (place.top, place.bottom) = (*top, *bottom);
    }
    let room = (shared.padding_before_pt, shared.padding_after_pt);
    let within = rows.bars_rect(area.right());
    let zero = draw_bars(layouter, layout, places, shared.range, room, within);
    layout.coordinates = Some(rows.coordinates(shared, within));
    rows.baseline(layouter, layout, zero);
    for (i, row) in rows.rows.iter().enumerate() {
        layout.add_hit_area(MarkId(i as u32), row.shrink2(vec2(0.0, 2.0)));
    }
    rows.bottom
}

/// A bar with the place it has got.
pub(super) struct PlacedBar<'a> {
    pub bar: &'a Bar,
    pub value_label: LaidOutText,
    pub top: f32,
    pub bottom: f32,
}

/// The numbers of bars, wrapped at a width.
pub(super) fn value_labels<'b>(
    layouter: &TextLayouter<'_>,
    bars: impl Iterator<Item = &'b Bar>,
    width_pt: f32,
) -> Vec<LaidOutText> {
    let color = layouter.palette.text;
    bars.map(|bar| layouter.wrapped(&bar.text, theme::semibold(size::BODY), color, width_pt))
        .collect()
}

/// The room that bars need at the left for open ends, and at the right for these and the widest
/// number.
pub(super) fn label_padding(places: &[PlacedBar<'_>]) -> (f32, f32) {
    let right = places
        .iter()
        .map(|place| {
            let open = if place.bar.extent.has_no_upper_bound() {
                OPEN_PT
            } else {
                0.0
            };
            open + space::S + place.value_label.size.x
        })
        .fold(0.0, f32::max);
    let opens_left = places.iter().any(|place| is_open_below_zero(place.bar));
    (if opens_left { OPEN_PT } else { 0.0 }, right)
}

/// Draws bars within a rectangle, on one scale, each with its number at its end. Returns where zero
/// lies.
pub(super) fn draw_bars(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    places: Vec<PlacedBar<'_>>,
    range: (f64, f64),
    (before, after): (f32, f32),
    within: Rect,
) -> f32 {
    let p = layouter.palette;
    let left = within.left() + before;
    let rect = Rect::from_min_max(
        pos2(left, within.top()),
        pos2(
            (within.right() - after).max(left + space::S),
            within.bottom(),
        ),
    );
    // On a scale of one, so that the largest and the smallest numbers are drawn alike.
    let unit = range.0.abs().max(range.1.abs());
    let plot_bars = places.iter().map(|place| BarPlotBar {
        top_pt: place.top,
        bottom_pt: place.bottom,
        from: 0.0,
        to: place.bar.extent.known_end() / unit,
        fill: tone::fill_color(p, place.bar.color),
    });
    let plot = BarPlot {
        rect,
        range: (range.0 / unit, range.1 / unit),
        bars: plot_bars.collect(),
    };
    let transform = plot.transform();
    let x = |value: f64| transform.position_from_point_x(value / unit);
    let zero = x(0.0);
    let solid: Vec<Rect> = (0..places.len()).map(|i| plot.bar_rect(i)).collect();
    layout.items.push(LayoutItem::Plot(plot));
    for (place, solid) in places.into_iter().zip(solid) {
        let extent = place.bar.extent;
        let color = tone::fill_color(p, place.bar.color);
        tone::draw_pattern_and_edge(layout, p, place.bar.color, solid);
        let mut ends = (solid.left().min(zero), solid.right().max(zero));
        if let Some((from, to)) = extent.uncertain_range() {
            let rect = Rect::from_x_y_ranges(x(from)..=x(to), solid.y_range());
            bar_ends::uncertain_range(layout, p, color, rect);
            ends = (ends.0.min(rect.left()), ends.1.max(rect.right()));
        }
        let whole = Rect::from_x_y_ranges(ends.0..=ends.1, solid.y_range());
        if extent.has_no_upper_bound() {
            bar_ends::open_end(layout, color, whole, ends.1, 1.0);
            ends.1 += OPEN_PT;
        }
        if is_open_below_zero(place.bar) {
            bar_ends::open_end(layout, color, whole, ends.0, -1.0);
        }
        layout.text_vertically_centered(ends.1 + space::S, whole.center().y, place.value_label);
    }
    zero
}

/// Whether less than what is drawn is possible below zero: an upper bound of a quantity stops at
/// zero.
fn is_open_below_zero(bar: &Bar) -> bool {
    bar.extent.has_no_lower_bound() && bar.extent.high.is_some_and(|high| high < 0.0)
}
