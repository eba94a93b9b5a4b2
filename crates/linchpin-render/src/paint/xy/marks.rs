//! Points of a plot at their places, and their marks: dots, ranges with closed or open ends, lines
//! and steps.

use super::super::bar_shapes::{self, OPEN_PT, SLICES};
use super::super::coordinates::PositionScale;
use super::super::mark_colors;
use super::super::picture_layout::{LayoutItem, PictureLayout};
use crate::theme::{self, Palette};
use egui::{Color32, Pos2, Rect, Stroke, Vec2, pos2, vec2};
use linchpin_charts::picture::{AxisScale, ColorRole, Extent, MarkId, PlotGeom, PlotPoint, XyPlot};

/// The thickness of a range that is a mark of its own, of one that belongs to a dot, and of a date
/// as long as its precision.
const RANGE_PT: f32 = 7.0;
const DOT_RANGE_PT: f32 = 2.5;
const DATE_RANGE_PT: f32 = 8.0;

/// The least side of the place at which a mark can be pointed at, in points.
const MIN_HIT_AREA_PT: f32 = 16.0;

/// What is known of a value, from place to place.
#[derive(Clone, Copy)]
pub(super) struct PositionRange {
    pub from: f32,
    pub to: f32,
    is_open_low: bool,
    is_open_high: bool,
}

impl PositionRange {
    fn new(extent: Extent, along: &PositionScale) -> Option<PositionRange> {
        let low = extent.low.or(extent.high)?;
        let high = extent.high.or(extent.low)?;
        Some(PositionRange {
            from: along.position_clamped(low),
            to: along.position_clamped(high),
            is_open_low: extent.low.is_none(),
            is_open_high: extent.high.is_none(),
        })
    }

    fn middle(self) -> f32 {
        (self.from + self.to) / 2.0
    }
}

/// A point at its place.
pub(super) struct PlacedPoint<'a> {
    pub point: &'a PlotPoint,
    pub series: usize,
    pub role: ColorRole,
    /// `None` where nothing is known of it in one direction: then nothing is drawn.
    pub range: Option<(PositionRange, PositionRange)>,
    /// All that is drawn of it.
    pub drawn_rect: Rect,
}

impl PlacedPoint<'_> {
    /// Moves it down the page, away from others at its place.
    pub fn move_down(&mut self, by_pt: f32) {
        if let Some((_, y)) = &mut self.range {
            (y.from, y.to) = (y.from + by_pt, y.to + by_pt);
        }
    }

    /// The middle of what is known.
    pub fn center(&self) -> Option<Pos2> {
        self.range.map(|(x, y)| pos2(x.middle(), y.middle()))
    }

    /// Where it can be pointed at.
    pub fn hit_rect(&self) -> Rect {
        let grow =
            (vec2(MIN_HIT_AREA_PT, MIN_HIT_AREA_PT) - self.drawn_rect.size()).max(Vec2::ZERO) / 2.0;
        self.drawn_rect.expand2(grow)
    }
}

/// Every point of a plot in reading order, at its place within a rectangle.
pub(super) fn place_points<'a>(
    body: &'a XyPlot,
    x: &PositionScale,
    y: &PositionScale,
    within: Rect,
) -> Vec<PlacedPoint<'a>> {
    let series = body.series.iter().enumerate();
    series
        .flat_map(|(at, series)| series.points.iter().map(move |point| (at, series, point)))
        .map(|(at, series, point)| {
            let reach = PositionRange::new(point.x, x).zip(PositionRange::new(point.y, y));
            let center = match reach {
                Some((x, y)) => pos2(x.middle(), y.middle()),
                None => within.left_bottom(),
            };
            PlacedPoint {
                point,
                series: at,
                role: series.key.color,
                range: reach,
                drawn_rect: Rect::from_center_size(center, Vec2::ZERO),
            }
        })
        .collect()
}

/// Draws the marks of a plot. Returns the lines that join them, which words must not cover.
pub(super) fn draw(
    layout: &mut PictureLayout,
    palette: &Palette,
    body: &XyPlot,
    points: &mut [PlacedPoint<'_>],
    within: Rect,
) -> Vec<[Pos2; 2]> {
    match body.geom {
        PlotGeom::Dots | PlotGeom::Ranges => {
            draw_points(layout, palette, body, points, within);
            Vec::new()
        }
        PlotGeom::Line | PlotGeom::Steps => draw_lines(layout, palette, body, points, within),
    }
}

/// Draws the marks of dots and ranges.
fn draw_points(
    layout: &mut PictureLayout,
    palette: &Palette,
    body: &XyPlot,
    points: &mut [PlacedPoint<'_>],
    within: Rect,
) {
    for placed in points {
        let Some((x, y)) = placed.range else {
            continue;
        };
        let thick = body.geom == PlotGeom::Ranges;
        let spans = [&body.x.scale, &body.y.scale].map(|s| matches!(s, AxisScale::Dates { .. }));
        placed.drawn_rect = draw_mark(layout, palette, placed.role, [x, y], spans, thick);
        placed.drawn_rect = placed.drawn_rect.union(draw_open_ends(
            layout,
            palette,
            placed.role,
            [x, y],
            within,
            if thick { RANGE_PT } else { 3.0 },
        ));
    }
}

/// Draws what is surely known, and returns its box.
fn draw_mark(
    layout: &mut PictureLayout,
    palette: &Palette,
    role: ColorRole,
    [x, y]: [PositionRange; 2],
    spans: [bool; 2],
    thick: bool,
) -> Rect {
    let color = mark_colors::stroke_color(palette, role);
    let center = pos2(x.middle(), y.middle());
    let dot = Rect::from_center_size(center, vec2(2.0 * DOT_PT, 2.0 * DOT_PT));
    // A date that is shorter than a dot is one.
    let is_long = |reach: PositionRange, is_span: bool| {
        let least = if is_span { 2.0 * DOT_PT } else { 1.0 };
        (reach.to - reach.from).abs() >= least
    };
    let (reach, along, is_span) = match (is_long(x, spans[0]), is_long(y, spans[1])) {
        (true, true) => {
            let rect = Rect::from_two_pos(pos2(x.from, y.from), pos2(x.to, y.to));
            bar_shapes::uncertain_range(layout, palette, color, rect);
            return rect;
        }
        (true, false) => (x, vec2(1.0, 0.0), spans[0]),
        (false, true) => (y, vec2(0.0, 1.0), spans[1]),
        (false, false) => {
            draw_dot(layout, palette, role, center, DOT_PT);
            return dot;
        }
    };
    let place = |at: f32| center + along * (at - reach.middle());
    let (from, to) = (place(reach.from), place(reach.to));
    let across = along.rot90();
    let box_of = |half: f32| Rect::from_two_pos(from - across * half, to + across * half);
    if is_span {
        let rect = box_of(DATE_RANGE_PT / 2.0);
        layout.fill_rounded(rect, color, DATE_RANGE_PT / 2.0);
        return rect;
    }
    let (width, half) = if thick {
        (RANGE_PT, RANGE_PT)
    } else {
        (DOT_RANGE_PT, DOT_PT)
    };
    layout.line(from, to, Stroke::new(width, color));
    draw_cap(layout, color, from, along, half);
    draw_cap(layout, color, to, along, half);
    box_of(half)
}

/// Draws the open ends of a value, and returns the box around them.
pub(super) fn draw_open_ends(
    layout: &mut PictureLayout,
    palette: &Palette,
    role: ColorRole,
    [x, y]: [PositionRange; 2],
    within: Rect,
    thick_pt: f32,
) -> Rect {
    let color = mark_colors::stroke_color(palette, role);
    let center = pos2(x.middle(), y.middle());
    let mut drawn = Rect::from_center_size(center, Vec2::ZERO);
    // Above is where y is less.
    for (is_open, along) in [
        (x.is_open_low, vec2(-1.0, 0.0)),
        (x.is_open_high, vec2(1.0, 0.0)),
        (y.is_open_low, vec2(0.0, 1.0)),
        (y.is_open_high, vec2(0.0, -1.0)),
    ] {
        if !is_open {
            continue;
        }
        let start = center + along * (DOT_PT + 1.0);
        let length = open_end_length(center, along, within);
        draw_open_end(layout, color, start, along, thick_pt, length);
        drawn = drawn.union(open_end_rect(start, along, length));
    }
    drawn
}

/// An open end below zero is short: little room is left to it.
fn open_end_length(center: Pos2, along: Vec2, within: Rect) -> f32 {
    let room = match (along.x < 0.0, along.y > 0.0) {
        (true, _) => center.x - within.left(),
        (_, true) => within.bottom() - center.y,
        _ => OPEN_PT,
    };
    // Never so short that the arrowhead alone is left.
    room.clamp(12.0, OPEN_PT)
}

/// The thickness of a line, and the radius of a dot on it, in points.
const LINE_PT: f32 = 2.25;
const POINT_RADIUS_PT: f32 = 3.5;

/// Dots are drawn where they are at least this far apart on the average, in points.
const MIN_POINT_SPACING_PT: f32 = 14.0;

/// Draws the series. Returns the parts of their lines.
fn draw_lines(
    layout: &mut PictureLayout,
    palette: &Palette,
    body: &XyPlot,
    points: &mut [PlacedPoint<'_>],
    within: Rect,
) -> Vec<[Pos2; 2]> {
    let mut lines = Vec::new();
    for at in 0..body.series.len() {
        let own: Vec<&PlacedPoint<'_>> = points.iter().filter(|p| p.series == at).collect();
        let Some(first) = own.first() else {
            continue;
        };
        let color = mark_colors::stroke_color(palette, first.role);
        // A point of which nothing is known interrupts the line.
        for run in own.split(|placed| placed.range.is_none()) {
            let mut rest = run;
            while !rest.is_empty() {
                let gap = |pair: &[&PlacedPoint<'_>]| body.is_gap(pair[0].point, pair[1].point);
                let end = rest
                    .windows(2)
                    .position(gap)
                    .map_or(rest.len(), |at| at + 1);
                let (part, after) = rest.split_at(end);
                let path = line_points(body.geom, part);
                lines.extend(
                    path.windows(2)
                        .filter_map(|w| <[Pos2; 2]>::try_from(w).ok()),
                );
                if path.len() > 1 {
                    // The background on both sides keeps lines that cross apart.
                    for (width, color) in [(LINE_PT + 2.0, palette.background), (LINE_PT, color)] {
                        let points = path.clone();
                        let stroke = Stroke::new(width, color);
                        layout.items.push(LayoutItem::Polyline { points, stroke });
                    }
                }
                // Nobody knows what was in between.
                let across = part.last().zip(after.first());
                let across = across.and_then(|(a, b)| Some([a.center()?, b.center()?]));
                lines.extend(across);
                if let Some(ends) = across {
                    draw_dashes(layout, ends, Stroke::new(LINE_PT, color));
                }
                rest = after;
            }
        }
    }
    let mut per_series = vec![0_usize; body.series.len()];
    points.iter().for_each(|placed| {
        if let Some(count) = per_series.get_mut(placed.series) {
            *count += 1;
        }
    });
    let most = per_series.into_iter().max().unwrap_or_default().max(1);
    let is_sparse =
        body.geom == PlotGeom::Line && within.width() / most as f32 >= MIN_POINT_SPACING_PT;
    for placed in points {
        let Some((center, reach)) = placed.center().zip(placed.range) else {
            continue;
        };
        let color = mark_colors::stroke_color(palette, placed.role);
        let pale = theme::mix(palette.background, color, 0.45);
        let mut drawn = Rect::from_center_size(center, Vec2::splat(2.0 * POINT_RADIUS_PT));
        let is_bound = placed.point.y.low != placed.point.y.high;
        if is_bound && (reach.1.to - reach.1.from).abs() > 2.0 * POINT_RADIUS_PT {
            let (low, high) = (pos2(center.x, reach.1.from), pos2(center.x, reach.1.to));
            layout.line(low, high, Stroke::new(2.0, pale));
            for end in [low, high] {
                draw_cap(layout, pale, end, vec2(0.0, 1.0), 4.0);
            }
            drawn = drawn.union(Rect::from_two_pos(low, high).expand2(vec2(4.0, 0.0)));
        }
        // A point at a range of dates stands in its middle, and says so.
        let is_range = placed.point.dates[0].is_some_and(|date| date.is_range());
        if is_range && (reach.0.to - reach.0.from).abs() > 2.0 * POINT_RADIUS_PT {
            let (first, last) = (pos2(reach.0.from, center.y), pos2(reach.0.to, center.y));
            layout.line(first, last, Stroke::new(2.0, pale));
            for end in [first, last] {
                draw_cap(layout, pale, end, vec2(1.0, 0.0), 4.0);
            }
            drawn = drawn.union(Rect::from_two_pos(first, last).expand2(vec2(0.0, 4.0)));
        }
        if is_sparse || is_bound || is_range {
            draw_dot(layout, palette, placed.role, center, POINT_RADIUS_PT);
        }
        let [x, y] = [reach.0, reach.1];
        let ends = draw_open_ends(layout, palette, placed.role, [x, y], within, 2.0);
        placed.drawn_rect = drawn.union(ends);
    }
    lines
}

/// The length of a dash and of what is left out after it, in points.
const DASH_PT: f32 = 6.0;
const DASH_GAP_PT: f32 = 5.0;

/// Draws a dashed line, a dash at each of its ends.
pub(super) fn draw_dashes(layout: &mut PictureLayout, [from, to]: [Pos2; 2], stroke: Stroke) {
    let length = (to - from).length();
    let count = ((length + DASH_GAP_PT) / (DASH_PT + DASH_GAP_PT)).floor();
    if count < 2.0 {
        layout.line(from, to, stroke);
        return;
    }
    let along = (to - from) / length;
    let apart = (length - DASH_PT) / (count - 1.0);
    for at in 0..count as u32 {
        let start = from + along * (apart * at as f32);
        layout.line(start, start + along * DASH_PT, stroke);
    }
}

/// The corners of a line. A date as long as its precision is joined in its middle; a step begins
/// with the date and holds to its end.
fn line_points(shape: PlotGeom, run: &[&PlacedPoint<'_>]) -> Vec<Pos2> {
    if shape != PlotGeom::Steps {
        return run.iter().filter_map(|placed| placed.center()).collect();
    }
    let mut path: Vec<Pos2> = Vec::new();
    let mut end = None;
    for placed in run {
        let (Some(center), Some((x, _))) = (placed.center(), placed.range) else {
            continue;
        };
        if let Some(last) = path.last().copied() {
            path.push(pos2(x.from, last.y));
        }
        path.push(pos2(x.from, center.y));
        end = Some(pos2(x.to, center.y));
    }
    path.extend(end);
    // A last step of no length is seen all the same.
    if let [.., before, last] = path.as_mut_slice()
        && (last.x - before.x).abs() < 2.0 * DOT_PT
        && before.y == last.y
    {
        last.x = before.x + 2.0 * DOT_PT;
    }
    path
}

/// The radius of a dot, in points.
pub(super) const DOT_PT: f32 = 5.0;

/// A dot with a rim in the color of the background: a shape for each category, so that color is not
/// all that tells them apart.
pub(super) fn draw_dot(
    layout: &mut PictureLayout,
    palette: &Palette,
    role: ColorRole,
    center: Pos2,
    radius: f32,
) {
    let color = mark_colors::stroke_color(palette, role);
    let shape = match role {
        ColorRole::Category(place) => place % 4,
        ColorRole::Unranked(place) | ColorRole::Quiet(place) => 1 + place % 3,
        ColorRole::Single | ColorRole::LadderStep(_) => 0,
    };
    let corners: &[(f32, f32)] = match shape {
        1 => &[(-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88)],
        2 => &[(0.0, -1.25), (1.25, 0.0), (0.0, 1.25), (-1.25, 0.0)],
        3 => &[(0.0, -1.2), (1.15, 0.85), (-1.15, 0.85)],
        _ => {
            layout.circle(center, radius, color, Stroke::new(1.0, palette.background));
            return;
        }
    };
    for (grown, fill) in [(1.0, palette.background), (0.0, color)] {
        let corner = |(x, y): &(f32, f32)| center + (radius + grown) * vec2(*x, *y);
        layout.polygon(corners.iter().map(corner), fill);
    }
}

/// A line across the end of another.
pub(super) fn draw_cap(
    layout: &mut PictureLayout,
    color: Color32,
    at: Pos2,
    along: Vec2,
    half_pt: f32,
) {
    let across = along.rot90() * half_pt;
    layout.line(at - across, at + across, Stroke::new(2.0, color));
}

/// An open end: a line breaks up, and an arrowhead points on.
pub(super) fn draw_open_end(
    layout: &mut PictureLayout,
    color: Color32,
    from: Pos2,
    along: Vec2,
    thick_pt: f32,
    length_pt: f32,
) {
    let scale = length_pt / OPEN_PT;
    for (distance, width) in SLICES {
        let start = from + along * distance * scale;
        let end = start + along * width * scale;
        layout.line(start, end, Stroke::new(thick_pt, color));
    }
    let tip = from + along * length_pt;
    let across = along.rot90() * 4.0;
    let base = tip - along * 4.5;
    layout.polygon([base - across, tip, base + across], color);
}

/// The box of an open end.
pub(super) fn open_end_rect(from: Pos2, along: Vec2, length_pt: f32) -> Rect {
    Rect::from_two_pos(from, from + along * length_pt)
        .expand2(vec2(4.0 * along.y.abs(), 4.0 * along.x.abs()))
}

/// Where each mark can be pointed at, in reading order.
pub(super) fn add_hit_areas(layout: &mut PictureLayout, points: &[PlacedPoint<'_>]) {
    for (at, placed) in (0..).zip(points) {
        layout.add_hit_area(MarkId(at), placed.hit_rect());
    }
}
