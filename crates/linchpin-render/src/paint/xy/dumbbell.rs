//! Connected dots: a row for each group, its dots joined by a line, each with its number in the
//! color of its dot. Dots that would lie on each other stand one above the other.

use super::super::bar_rows::{self, BarRowContent, BarRowStyle};
use super::super::bar_shapes;
use super::super::coordinates::{self, PlotCoordinates, PositionScale};
use super::super::picture_layout::{LayoutArea, PictureLayout};
use super::super::text_layout::{MeasuredText, TextLayouter};
use super::super::{legend, mark_colors};
use super::marks::{self, PlacedPoint};
use super::{axis, labels, lines};
use crate::theme::{self, Palette, size, space};
use egui::{Pos2, Rect, Stroke, pos2, vec2};
use linchpin_charts::picture::{Dumbbell, DumbbellDot, DumbbellRow, LegendKey, MarkId};

const STYLE: BarRowStyle = BarRowStyle {
    bar_pt: 20.0,
    gap_pt: 10.0,
    min_bar_pt: 14.0,
    min_gap_pt: 3.0,
    narrow_pt: 420.0,
    max_stretch: 1.9,
};

/// The thickness of the line between two dots, in points.
const LINE_PT: f32 = 3.0;

/// Between a dot and its number, and between two numbers one above the other, in points.
const LABEL_GAP_PT: f32 = 6.0;
const LANE_GAP_PT: f32 = 3.0;

/// How much of the width the scale is about to take, and the least share that it takes.
const ESTIMATED_SCALE_SHARE: f32 = 0.5;
const MIN_SCALE_SHARE: f32 = 0.4;

/// The share of the width that it takes in small charts.
const SHARED_SCALE_SHARE: f32 = 0.5;

/// How much of the width a number may take before it is wrapped.
const LABEL_SHARE: f32 = 0.3;

/// Lays key, rows and axis out. Returns the bottom.
pub(in crate::paint) fn lay_out(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    body: &Dumbbell,
    area: LayoutArea,
) -> f32 {
    let p = layouter.palette;
    let top = lay_out_key(layouter, layout, body, area) + area.headroom_pt;
    let texts: Vec<Vec<MeasuredText>> = body
        .rows
        .iter()
        .map(|row| numbers_of(layouter, body, row, area.width * LABEL_SHARE))
        .collect();
    let highest = texts.iter().flatten().map(|text| text.size.y);
    let lane = highest.fold(2.0 * marks::DOT_PT, f32::max) + LANE_GAP_PT;
    let about = PositionScale::from_scale(&body.x.scale, 0.0, area.width * ESTIMATED_SCALE_SHARE);
    let details: Vec<Option<String>> = body.rows.iter().map(|row| body.missing_text(row)).collect();
    let contents: Vec<BarRowContent<'_>> = body
        .rows
        .iter()
        .zip(&details)
        .map(|(row, detail)| BarRowContent {
            name: &row.name,
            detail: detail.as_deref(),
            min_height_pt: row_height_pt(row, &about, lane),
        })
        .collect();
    let place = LayoutArea {
        top,
        spare_height_pt: area.spare_height_pt.max(0.0),
        ..area
    };
    let rows = bar_rows::lay_out(layouter, layout, &contents, &STYLE, place);
    let room = rows.bars_rect(area.right());
    let within = match area.shared_scale {
        // Small charts leave the same room at both sides, so that equal distances are equal.
        Some(_) => room.shrink2(vec2(room.width() * (1.0 - SHARED_SCALE_SHARE) / 2.0, 0.0)),
        None => scale_rect(body, &texts, room),
    };
    let middles: Vec<f32> = rows
        .bars
        .iter()
        .map(|(top, bottom)| (top + bottom) / 2.0)
        .collect();
    let x = PositionScale::from_scale(&body.x.scale, within.left(), within.right());
    let y = PositionScale::Bands(middles.clone());
    let plot = body.as_plot();
    let ends = (area.left, area.right());
    let (ticks, bottom) =
        axis::lay_out_x_ticks(layouter, layout, &plot, &x, rows.bottom + space::XS, ends);
    for (top, bottom) in rows.grid_line_ranges() {
        for (value, at) in &ticks {
            let stroke = axis::grid_stroke(p, &body.x, *value);
            layout.grid_line(pos2(*at, top), pos2(*at, bottom), stroke);
        }
    }
    let bottom = axis::axis_title(
        layouter,
        layout,
        &body.x.title,
        bottom + 2.0,
        (within.left(), area.right()),
        false,
    );
    let mut points = marks::place_points(&plot, &x, &y, within);
    for row in &body.rows {
        for (dot, lanes) in row.dots.iter().zip(lanes_of(row, &x)) {
            if let Some(placed) = placed_point(&mut points, dot) {
                placed.move_down(lanes * lane);
            }
        }
    }
    let lines = draw_lines(layout, p, body, &x, &middles);
    marks::draw_points(layout, p, &plot, &mut points, within);
    let room = Rect::from_min_max(pos2(area.left, rows.top), pos2(area.right(), rows.bottom));
    labels::label_band_points(
        layouter,
        layout,
        &points,
        in_plot_order(body, texts),
        room,
        &lines,
    );
    add_hit_areas(layout, body, &mut points);
    layout.coordinates = Some(PlotCoordinates {
        mark_lines: lines,
        ..PlotCoordinates::new(within, x, y)
    });
    bottom
}

/// What the dots stand for; small multiples have one key for all. Returns where the rest begins.
fn lay_out_key(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    body: &Dumbbell,
    area: LayoutArea,
) -> f32 {
    if area.shared_scale.is_some() {
        return area.top;
    }
    let keys: Vec<&LegendKey> = body.keys.iter().collect();
    legend::lay_out_with(layouter, layout, &keys, area, labels::dot_swatch) + space::M
}

/// The numbers of a row, each in the color of its dot.
fn numbers_of(
    layouter: &TextLayouter<'_>,
    body: &Dumbbell,
    row: &DumbbellRow,
    width_pt: f32,
) -> Vec<MeasuredText> {
    let number = |dot: &DumbbellDot| {
        let role = body.keys.get(dot.key).map(|key| key.color);
        let color = role.map_or(layouter.palette.text, |role| {
            mark_colors::text_color(layouter.palette, role)
        });
        let font = theme::semibold(size::CAPTION);
        layouter.wrapped(&dot.point.text, font, color, width_pt)
    };
    row.dots.iter().map(number).collect()
}

/// How high a row must be for its dots and their numbers.
fn row_height_pt(row: &DumbbellRow, about: &PositionScale, lane: f32) -> f32 {
    let lanes = lanes_of(row, about);
    let stacked = lanes
        .iter()
        .fold(0.0_f32, |most, lane| most.max(lane.abs()));
    let stacked = (2.0 * stacked + 1.0) * lane;
    match row.dots.len() {
        0..=2 => stacked,
        // Numbers between the outer dots stand above and below the line.
        _ => stacked.max(3.0 * lane),
    }
}

/// Dots that would lie on each other, from left to right: their places among the dots of the row,
/// in the order of the key.
fn clusters_of(row: &DumbbellRow, x: &PositionScale) -> Vec<Vec<usize>> {
    let ends = |dot: &DumbbellDot| {
        let extent = dot.point.x;
        let low = extent.low.or(extent.high).unwrap_or_default();
        let high = extent.high.or(extent.low).unwrap_or_default();
        let (from, to) = (x.position_clamped(low), x.position_clamped(high));
        (from.min(to) - marks::DOT_PT, from.max(to) + marks::DOT_PT)
    };
    let mut order: Vec<(usize, (f32, f32))> = row.dots.iter().map(ends).enumerate().collect();
    order.sort_by(|a, b| a.1.0.total_cmp(&b.1.0));
    let mut clusters: Vec<(Vec<usize>, f32)> = Vec::new();
    for (at, (from, to)) in order {
        match clusters.last_mut() {
            Some((members, end)) if from < *end => {
                members.push(at);
                *end = end.max(to);
            }
            _ => clusters.push((vec![at], to)),
        }
    }
    let sorted = |(mut members, _): (Vec<usize>, f32)| {
        members.sort_unstable();
        members
    };
    clusters.into_iter().map(sorted).collect()
}

/// How far below the middle of the row each dot stands, in lanes: those that would lie on each
/// other share the height.
fn lanes_of(row: &DumbbellRow, x: &PositionScale) -> Vec<f32> {
    let mut lanes = vec![0.0; row.dots.len()];
    for members in clusters_of(row, x) {
        let half = (members.len() - 1) as f32 / 2.0;
        for (place, at) in members.into_iter().enumerate() {
            if let Some(lane) = lanes.get_mut(at) {
                *lane = place as f32 - half;
            }
        }
    }
    lanes
}

/// The part of the room that the scale takes: so that the numbers of the outer dots stand next to
/// them, within the room.
fn scale_rect(body: &Dumbbell, texts: &[Vec<MeasuredText>], room: Rect) -> Rect {
    let (mut before, mut after) = (marks::DOT_PT, marks::DOT_PT);
    let least = room.width() * MIN_SCALE_SHARE;
    // The more is left blank, the less a number needs beyond the scale: a few rounds come to rest.
    for _ in 0..4 {
        let width = (room.width() - before - after).max(least);
        let (mut left, mut right) = (marks::DOT_PT, marks::DOT_PT);
        let x = PositionScale::from_scale(&body.x.scale, 0.0, width);
        for (row, texts) in body.rows.iter().zip(texts) {
            let clusters = clusters_of(row, &x);
            for (place, at) in clusters.iter().enumerate() {
                for (dot, text) in at
                    .iter()
                    .filter_map(|at| row.dots.get(*at).zip(texts.get(*at)))
                {
                    let (low, high) = beyond_scale(body, dot, text, width);
                    // What stands alone has its number at the right.
                    if place + 1 == clusters.len() {
                        right = right.max(high);
                    } else if place == 0 {
                        left = left.max(low);
                    }
                }
            }
        }
        (before, after) = (left, right);
    }
    let spare = (room.width() - least).max(0.0);
    // Long numbers must not squeeze the dots: they move above or below instead.
    let shrink = (spare / (before + after).max(1.0)).min(1.0);
    let left = room.left() + before * shrink;
    let right = (room.right() - after * shrink).max(left + space::L);
    Rect::from_min_max(pos2(left, room.top()), pos2(right, room.bottom()))
}

/// How much room a dot's number needs before and behind a scale of a width, in points.
fn beyond_scale(body: &Dumbbell, dot: &DumbbellDot, text: &MeasuredText, width: f32) -> (f32, f32) {
    let extent = dot.point.x;
    let label_pt = marks::DOT_PT + LABEL_GAP_PT + text.size.x + 2.0;
    let low = extent.low.or(extent.high).unwrap_or_default();
    let high = extent.high.or(extent.low).unwrap_or_default();
    let start = coordinates::scale_fraction(&body.x.scale, low) * width;
    let end = (1.0 - coordinates::scale_fraction(&body.x.scale, high)) * width;
    (
        label_pt + bar_shapes::open_end_pt(extent.has_no_lower_bound()) - start,
        label_pt + bar_shapes::open_end_pt(extent.has_no_upper_bound()) - end,
    )
}

/// The point of a dot among those of the plot.
fn placed_point<'p, 'a>(
    points: &'p mut [PlacedPoint<'a>],
    dot: &DumbbellDot,
) -> Option<&'p mut PlacedPoint<'a>> {
    points
        .iter_mut()
        .find(|placed| placed.series == dot.key && placed.point.y == dot.point.y)
}

/// Joins the dots of each row through its middle, with dashes where one of them is a bound.
/// Returns the lines, which words must not cover.
fn draw_lines(
    layout: &mut PictureLayout,
    palette: &Palette,
    body: &Dumbbell,
    x: &PositionScale,
    middles: &[f32],
) -> Vec<[Pos2; 2]> {
    let color = theme::mix(palette.background, palette.text_muted, 0.55);
    let stroke = Stroke::new(LINE_PT, color);
    let mut lines = Vec::new();
    for (row, y) in body.rows.iter().zip(middles) {
        let center = |dot: &DumbbellDot| {
            let extent = dot.point.x;
            let low = extent.low.or(extent.high).unwrap_or_default();
            let high = extent.high.or(extent.low).unwrap_or_default();
            pos2(
                (x.position_clamped(low) + x.position_clamped(high)) / 2.0,
                *y,
            )
        };
        for pair in row.across().windows(2) {
            let dots = [pair[0], pair[1]];
            let line = dots.map(center);
            match body.is_exact(dots) {
                true => layout.line(line[0], line[1], stroke),
                false => lines::draw_dashes(layout, line, stroke),
            }
            lines.push(line);
        }
    }
    lines
}

/// The numbers row by row in the order of the plot's points, which stand key by key.
fn in_plot_order(body: &Dumbbell, texts: Vec<Vec<MeasuredText>>) -> Vec<MeasuredText> {
    let mut of_key: Vec<Vec<MeasuredText>> = body.keys.iter().map(|_| Vec::new()).collect();
    for (row, texts) in body.rows.iter().zip(texts) {
        for (dot, text) in row.dots.iter().zip(texts) {
            if let Some(own) = of_key.get_mut(dot.key) {
                own.push(text);
            }
        }
    }
    of_key.into_iter().flatten().collect()
}

/// Where each dot can be pointed at, row by row.
fn add_hit_areas(layout: &mut PictureLayout, body: &Dumbbell, points: &mut [PlacedPoint<'_>]) {
    for (at, dot) in (0..).zip(body.dots()) {
        if let Some(placed) = placed_point(points, dot) {
            layout.add_hit_area(MarkId(at), placed.hit_rect());
        }
    }
}
