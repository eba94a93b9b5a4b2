//! Points of a plot at their places, and their marks: dots, and ranges with closed or open ends.

use super::super::ground::Along;
use super::super::marks::{self, OPEN_PT};
use super::super::sheet::Sheet;
use super::strokes::{self, DOT_PT};
use crate::theme::Palette;
use egui::{Pos2, Rect, Stroke, Vec2, pos2, vec2};
use linchpin_charts::picture::{AxisScale, ColorRole, Extent, PlotGeom, PlotPoint, XyPlot};

/// The thickness of a range that is a mark of its own, of one that belongs to a dot, and of a date
/// as long as its precision.
const RANGE_PT: f32 = 7.0;
const SHAFT_PT: f32 = 2.5;
const SPAN_PT: f32 = 8.0;

/// The least side of the place at which a mark can be pointed at, in points.
const SPOT_PT: f32 = 16.0;

/// What is known of a value, from place to place.
#[derive(Clone, Copy)]
pub(super) struct Reach {
    pub from: f32,
    pub to: f32,
    opens_low: bool,
    opens_high: bool,
}

impl Reach {
    fn new(extent: Extent, along: &Along) -> Option<Reach> {
        let low = extent.low.or(extent.high)?;
        let high = extent.high.or(extent.low)?;
        Some(Reach {
            from: along.place(low),
            to: along.place(high),
            opens_low: extent.low.is_none(),
            opens_high: extent.high.is_none(),
        })
    }

    fn middle(self) -> f32 {
        (self.from + self.to) / 2.0
    }
}

/// A point at its place.
pub(super) struct Placed<'a> {
    pub point: &'a PlotPoint,
    pub series: usize,
    pub tone: ColorRole,
    /// `None` where nothing is known of it in one direction: then nothing is drawn.
    pub at: Option<(Reach, Reach)>,
    /// All that is drawn of it.
    pub ink: Rect,
}

impl Placed<'_> {
    /// Moves it down the page, away from others at its place.
    pub fn lower(&mut self, by_pt: f32) {
        if let Some((_, y)) = &mut self.at {
            (y.from, y.to) = (y.from + by_pt, y.to + by_pt);
        }
    }

    /// The middle of what is known.
    pub fn center(&self) -> Option<Pos2> {
        self.at.map(|(x, y)| pos2(x.middle(), y.middle()))
    }

    /// Where it can be pointed at.
    pub fn spot(&self) -> Rect {
        let grow = (vec2(SPOT_PT, SPOT_PT) - self.ink.size()).max(Vec2::ZERO) / 2.0;
        self.ink.expand2(grow)
    }
}

/// Every point of a plot in reading order, at its place within a rectangle.
pub(super) fn placed<'a>(body: &'a XyPlot, x: &Along, y: &Along, within: Rect) -> Vec<Placed<'a>> {
    let series = body.series.iter().enumerate();
    series
        .flat_map(|(at, series)| series.points.iter().map(move |point| (at, series, point)))
        .map(|(at, series, point)| {
            let reach = Reach::new(point.x, x).zip(Reach::new(point.y, y));
            let center = match reach {
                Some((x, y)) => pos2(x.middle(), y.middle()),
                None => within.left_bottom(),
            };
            Placed {
                point,
                series: at,
                tone: series.key.color,
                at: reach,
                ink: Rect::from_center_size(center, Vec2::ZERO),
            }
        })
        .collect()
}

/// Draws the marks of dots and ranges.
pub(super) fn draw(
    sheet: &mut Sheet,
    palette: &Palette,
    body: &XyPlot,
    points: &mut [Placed<'_>],
    within: Rect,
) {
    for placed in points {
        let Some((x, y)) = placed.at else {
            continue;
        };
        let thick = body.geom == PlotGeom::Ranges;
        let spans = [&body.x.scale, &body.y.scale].map(|s| matches!(s, AxisScale::Dates { .. }));
        placed.ink = mark(sheet, palette, placed.tone, [x, y], spans, thick);
        placed.ink = placed.ink.union(open_ends(
            sheet,
            palette,
            placed.tone,
            [x, y],
            within,
            if thick { RANGE_PT } else { 3.0 },
        ));
    }
}

/// Draws what is surely known, and returns its box.
fn mark(
    sheet: &mut Sheet,
    palette: &Palette,
    tone: ColorRole,
    [x, y]: [Reach; 2],
    spans: [bool; 2],
    thick: bool,
) -> Rect {
    let color = strokes::ink(palette, tone);
    let center = pos2(x.middle(), y.middle());
    let dot = Rect::from_center_size(center, vec2(2.0 * DOT_PT, 2.0 * DOT_PT));
    // A date that is shorter than a dot is one.
    let is_long = |reach: Reach, is_span: bool| {
        let least = if is_span { 2.0 * DOT_PT } else { 1.0 };
        (reach.to - reach.from).abs() >= least
    };
    let (reach, along, is_span) = match (is_long(x, spans[0]), is_long(y, spans[1])) {
        (true, true) => {
            let rect = Rect::from_two_pos(pos2(x.from, y.from), pos2(x.to, y.to));
            marks::possible(sheet, palette, color, rect);
            return rect;
        }
        (true, false) => (x, vec2(1.0, 0.0), spans[0]),
        (false, true) => (y, vec2(0.0, 1.0), spans[1]),
        (false, false) => {
            strokes::dot(sheet, palette, tone, center, DOT_PT);
            return dot;
        }
    };
    let place = |at: f32| center + along * (at - reach.middle());
    let (from, to) = (place(reach.from), place(reach.to));
    let across = along.rot90();
    let box_of = |half: f32| Rect::from_two_pos(from - across * half, to + across * half);
    if is_span {
        let rect = box_of(SPAN_PT / 2.0);
        sheet.rounded(rect, color, SPAN_PT / 2.0);
        return rect;
    }
    let (width, half) = if thick {
        (RANGE_PT, RANGE_PT)
    } else {
        (SHAFT_PT, DOT_PT)
    };
    sheet.line(from, to, Stroke::new(width, color));
    strokes::cap(sheet, color, from, along, half);
    strokes::cap(sheet, color, to, along, half);
    box_of(half)
}

/// Draws the open ends of a value, and returns the box around them.
pub(super) fn open_ends(
    sheet: &mut Sheet,
    palette: &Palette,
    tone: ColorRole,
    [x, y]: [Reach; 2],
    within: Rect,
    thick_pt: f32,
) -> Rect {
    let color = strokes::ink(palette, tone);
    let center = pos2(x.middle(), y.middle());
    let mut ink = Rect::from_center_size(center, Vec2::ZERO);
    // Above is where y is less.
    for (is_open, along) in [
        (x.opens_low, vec2(-1.0, 0.0)),
        (x.opens_high, vec2(1.0, 0.0)),
        (y.opens_low, vec2(0.0, 1.0)),
        (y.opens_high, vec2(0.0, -1.0)),
    ] {
        if !is_open {
            continue;
        }
        let start = center + along * (DOT_PT + 1.0);
        let length = open_length(center, along, within);
        strokes::open_end(sheet, color, start, along, thick_pt, length);
        ink = ink.union(strokes::open_rect(start, along, length));
    }
    ink
}

/// An open end below zero is short: little room is left to it.
fn open_length(center: Pos2, along: Vec2, within: Rect) -> f32 {
    let room = match (along.x < 0.0, along.y > 0.0) {
        (true, _) => center.x - within.left(),
        (_, true) => within.bottom() - center.y,
        _ => OPEN_PT,
    };
    room.clamp(12.0, OPEN_PT)
}
