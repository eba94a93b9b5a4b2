//! Bars of one unit: names on the left, numbers at the ends, or as columns; several units as a
//! panel for each. A panel with one number shows it large.

use super::bar_groups::{self, AxisValues};
use super::bar_plot::{BarPlot, BarPlotBar};
use super::bar_rows::{self, BarRowContent, BarRowStyle};
use super::bar_shapes::{self, OPEN_PT};
use super::picture_layout::{LayoutArea, LayoutItem, PANEL_GAP_PT, PictureLayout, SharedScale};
use super::text_layout::{MeasuredText, TextLayouter};
use super::{columns, mark_colors};
use crate::theme::{self, size, space};
use egui::{Rect, Stroke, pos2, vec2};
use linchpin_charts::picture::{Bar, BarPanel, Bars, MarkId};

/// How much of the width a number may take before it is wrapped.
const VALUE_LABEL_SHARE: f32 = 0.4;

const STYLE: BarRowStyle = BarRowStyle {
    bar_pt: 20.0,
    gap_pt: 8.0,
    min_bar_pt: 12.0,
    min_gap_pt: 3.0,
    narrow_pt: 400.0,
    max_stretch: 1.9,
};

/// What the axis of bars says: a panel has numbers of one unit.
pub(super) fn axis_values(bars: &[Bar]) -> AxisValues {
    bar_groups::axis_values(bars.iter().map(|bar| &bar.text))
}

/// Lays the bars of all panels out, one under another, or panel by panel where these name units.
/// Columns lie down where names or numbers would be cut under them. Returns the bottom.
pub(super) fn lay_out(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    body: &Bars,
    area: LayoutArea,
) -> f32 {
    if body.panels.iter().any(|panel| panel.title.is_some()) {
        return lay_out_unit_panels(layouter, layout, body, area);
    }
    let mut first = MarkId(0);
    let mut top = area.top;
    for panel in &body.panels {
        let panel_area = LayoutArea { top, ..area };
        let groups = bar_groups::from_bars(&panel.bars);
        let range = area.extend_range(bar_groups::range(&groups));
        let values = axis_values(&panel.bars);
        // Panels one under another have units of their own.
        // The scale of all small charts, else columns where they fit, else rows, which always do.
        let shared = area
            .shared_scale
            .filter(|_| body.panels.len() == 1)
            .or_else(|| {
                let vertical =
                    || columns::vertical_scale(layouter, &groups, values, range, area.width);
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
        layout.has_lying_columns |= is_flipped;
        top = layout.with_mark_offset(first, |layout| {
            if shared.is_vertical {
                columns::lay_out(layouter, layout, &groups, values, shared, panel_area)
            } else {
                lay_out_rows(layouter, layout, &panel.bars, shared, panel_area)
            }
        });
        first = MarkId(first.0 + panel.bars.len() as u32);
        if let Some(coordinates) = &mut layout.coordinates {
            coordinates.is_flipped = is_flipped;
        }
    }
    if body.panels.len() != 1 {
        // Several scales: no line is meant for all of them.
        layout.coordinates = None;
    }
    top
}

/// The range of horizontal bars, and the room that they need next to it in a width.
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
    match shared.range.0 < 0.0 {
        true => bar_shapes::zero_label(layouter, layout, zero, rows.bottom),
        false => rows.bottom,
    }
}

/// A bar with the place it has got.
struct PlacedBar<'a> {
    pub bar: &'a Bar,
    pub value_label: MeasuredText,
    pub top: f32,
    pub bottom: f32,
}

/// The numbers of bars, wrapped at a width.
fn value_labels<'b>(
    layouter: &TextLayouter<'_>,
    bars: impl Iterator<Item = &'b Bar>,
    width_pt: f32,
) -> Vec<MeasuredText> {
    let color = layouter.palette.text;
    bars.map(|bar| layouter.wrapped(&bar.text, theme::semibold(size::BODY), color, width_pt))
        .collect()
}

/// The room that bars need at the left and at the right for open ends and the widest number: that
/// of a bar below zero stands at the left.
fn label_padding(places: &[PlacedBar<'_>]) -> (f32, f32) {
    let (mut left, mut right) = (0.0_f32, 0.0_f32);
    for place in places {
        let extent = place.bar.extent;
        let number = space::S + place.value_label.size.x;
        let below = bar_shapes::open_end_pt(bar_groups::is_open_below_zero(extent));
        let above = bar_shapes::open_end_pt(extent.has_no_upper_bound());
        let (before, after) = match extent.is_below_zero() {
            true => (below + number, above),
            false => (below, above + number),
        };
        (left, right) = (left.max(before), right.max(after));
    }
    (left, right)
}

/// Draws bars within a rectangle, on one scale, each with its number at its end. Returns where zero
/// lies.
fn draw_bars(
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
        fill: mark_colors::fill_color(p, place.bar.color),
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
        let color = mark_colors::fill_color(p, place.bar.color);
        mark_colors::draw_pattern_and_edge(layout, p, place.bar.color, solid);
        let mut ends = (solid.left().min(zero), solid.right().max(zero));
        if let Some((from, to)) = extent.uncertain_range() {
            let rect = Rect::from_x_y_ranges(x(from)..=x(to), solid.y_range());
            bar_shapes::uncertain_range(layout, p, color, rect);
            ends = (ends.0.min(rect.left()), ends.1.max(rect.right()));
        }
        let whole = Rect::from_x_y_ranges(ends.0..=ends.1, solid.y_range());
        if extent.has_no_upper_bound() {
            bar_shapes::open_end(layout, color, whole, ends.1, 1.0);
            ends.1 += OPEN_PT;
        }
        if bar_groups::is_open_below_zero(place.bar.extent) {
            bar_shapes::open_end(layout, color, whole, ends.0, -1.0);
            ends.0 -= OPEN_PT;
        }
        let x = match extent.is_below_zero() {
            true => ends.0 - space::S - place.value_label.size.x,
            false => ends.1 + space::S,
        };
        layout.text_vertically_centered(x, whole.center().y, place.value_label);
    }
    zero
}

/// The narrowest panel, in points, and the most next to each other.
const MIN_PANEL_PT: f32 = 210.0;
const MAX_COLUMNS: f32 = 4.0;

/// The height of a bar, in points.
const BAR_PT: f32 = 14.0;

/// How much of a panel's width a number next to a bar may take before it is wrapped.
const PANEL_VALUE_LABEL_SHARE: f32 = 0.55;

/// Lays the panels out in columns of one width. Returns the bottom.
fn lay_out_unit_panels(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    body: &Bars,
    area: LayoutArea,
) -> f32 {
    let count = body.panels.len();
    let (columns, width) = area.panel_columns(count, MIN_PANEL_PT, MAX_COLUMNS);
    let rows = count.max(1).div_ceil(columns) as f32;
    let extra = (area.spare_height_pt / rows).min(space::XL);
    let mut first = MarkId(0);
    let mut top = area.top;
    let mut bottom = area.top;
    for row in body.panels.chunks(columns) {
        for (column, panel) in row.iter().enumerate() {
            let left = area.left + column as f32 * (width + PANEL_GAP_PT);
            let place = LayoutArea {
                left,
                top,
                width,
                spare_height_pt: 0.0,
                headroom_pt: 0.0,
                reference_range: None,
                shared_scale: None,
            };
            let end = match panel.bars.as_slice() {
                [bar] => single_value(layouter, layout, panel, bar, first, place),
                bars => bar_panel(
                    layouter,
                    layout,
                    panel,
                    bars,
                    body.is_vertical,
                    first,
                    place,
                ),
            };
            bottom = bottom.max(end);
            first = MarkId(first.0 + panel.bars.len() as u32);
        }
        top = bottom + PANEL_GAP_PT + extra;
    }
    bottom
}

/// One number, large, under a thin rule: a bar of the whole width would compare it with nothing.
fn single_value(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    panel: &BarPanel,
    bar: &Bar,
    id: MarkId,
    area: LayoutArea,
) -> f32 {
    let p = layouter.palette;
    let corner = pos2(area.left, area.top);
    draw_panel_rule(layouter, layout, area);
    let set = |text: &str, font, color| layouter.wrapped(text, font, color, area.width);
    let number = layouter.written(&bar.text);
    let number = set(&number, theme::semibold(size::DISPLAY), p.text);
    let unit = set(
        panel.title.as_deref().unwrap_or_default(),
        theme::semibold(size::CAPTION),
        p.text,
    );
    let mut y = area.top + space::S;
    y = layout.text(pos2(area.left, y), number).bottom();
    y = layout.text(pos2(area.left, y), unit).bottom() + space::S;
    let name = set(&bar.name, theme::regular(size::BODY), p.text);
    y = layout.text(pos2(area.left, y), name).bottom();
    if let Some(detail) = &bar.detail {
        let detail = set(detail, theme::regular(size::CAPTION), p.text_muted);
        y = layout.text(pos2(area.left, y + 2.0), detail).bottom();
    }
    layout.add_hit_area(id, Rect::from_min_max(corner, pos2(area.right(), y)));
    y
}

/// The rule above a panel.
fn draw_panel_rule(layouter: &TextLayouter<'_>, layout: &mut PictureLayout, area: LayoutArea) {
    layout.line(
        pos2(area.left, area.top),
        pos2(area.right(), area.top),
        Stroke::new(1.0, layouter.palette.text_muted),
    );
}

/// Several numbers of one unit: a bar under each name, all on one scale.
fn bar_panel(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    panel: &BarPanel,
    bars: &[Bar],
    is_vertical: bool,
    first: MarkId,
    area: LayoutArea,
) -> f32 {
    let p = layouter.palette;
    let set = |text: &str, font, color| layouter.wrapped(text, font, color, area.width);
    draw_panel_rule(layouter, layout, area);
    let unit = set(
        panel.title.as_deref().unwrap_or_default(),
        theme::semibold(size::CAPTION),
        p.text,
    );
    let mut y = layout
        .text(pos2(area.left, area.top + space::S), unit)
        .bottom()
        + space::S;
    let groups = bar_groups::from_bars(bars);
    let values = axis_values(bars);
    let vertical = || {
        columns::vertical_scale(
            layouter,
            &groups,
            values,
            bar_groups::range(&groups),
            area.width,
        )
    };
    if let Some(shared) = is_vertical.then(vertical).flatten() {
        let place = LayoutArea { top: y, ..area };
        return layout.with_mark_offset(first, |layout| {
            columns::lay_out(layouter, layout, &groups, values, shared, place)
        });
    }
    layout.has_lying_columns |= is_vertical;
    let numbers = value_labels(layouter, bars.iter(), area.width * PANEL_VALUE_LABEL_SHARE);
    let mut places = Vec::new();
    for (i, (bar, number)) in bars.iter().zip(numbers).enumerate() {
        let top = y;
        let name = set(&bar.name, theme::regular(size::BODY), p.text);
        y = layout.text(pos2(area.left, y), name).bottom();
        if let Some(detail) = &bar.detail {
            let detail = set(detail, theme::regular(size::CAPTION), p.text_muted);
            y = layout.text(pos2(area.left, y), detail).bottom();
        }
        let room = number.size.y.max(BAR_PT + space::S);
        let middle = y + room / 2.0;
        y += room;
        places.push(PlacedBar {
            bar,
            value_label: number,
            top: middle - BAR_PT / 2.0,
            bottom: middle + BAR_PT / 2.0,
        });
        let rect = Rect::from_min_max(pos2(area.left, top), pos2(area.right(), y));
        layout.add_hit_area(MarkId(first.0 + i as u32), rect);
        y += space::S;
    }
    let bottom = y - space::S;
    let within = Rect::from_min_max(
        pos2(area.left, places.first().map_or(y, |place| place.top)),
        pos2(area.right(), bottom),
    );
    let ends: Vec<(f32, f32)> = places
        .iter()
        .map(|place| (place.top, place.bottom))
        .collect();
    let room = label_padding(&places);
    let zero = draw_bars(layouter, layout, places, panel.range(), room, within);
    let stroke = Stroke::new(1.0, p.text_muted);
    for (top, bottom) in ends {
        layout.line(pos2(zero, top - 2.0), pos2(zero, bottom + 2.0), stroke);
    }
    bottom
}
