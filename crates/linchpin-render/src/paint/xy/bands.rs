//! A plot in rows: a band for each name, its marks beside it, numbers or dates across the page.

use super::super::area::Area;
use super::super::ground::{Along, Ground};
use super::super::marks::OPEN_PT;
use super::super::rows::{self, RowContent, RowStyle};
use super::super::sheet::Sheet;
use super::super::typeset::Typesetter;
use super::axis;
use super::dodge::{Span, shares};
use super::strokes::DOT_PT;
use super::{key, line, numbers, placed, spots, title};
use crate::theme::{self, size, space};
use egui::{Rect, Stroke, pos2};
use linchpin_charts::picture::{PlotGeom, PlotPoint, XyPlot};

const STYLE: RowStyle = RowStyle {
    bar_pt: 18.0,
    gap_pt: 10.0,
    narrow_pt: 420.0,
    max_stretch: 1.9,
};

/// Between two numbers of a band, one above the other, in points.
const LANE_GAP_PT: f32 = 3.0;

/// How much of the width the scale is about to take.
const ABOUT_SHARE: f32 = 0.5;

/// The least share of the width beside the names that the scale takes.
const MIN_SHARE: f32 = 0.45;

/// How much of the width a number may take before it is wrapped.
const NUMBER_SHARE: f32 = 0.3;

/// Lays key, rows and axis out. Returns the bottom.
pub(super) fn lay_out(
    type_: &Typesetter<'_>,
    sheet: &mut Sheet,
    body: &XyPlot,
    names: &[String],
    area: Area,
) -> f32 {
    let p = type_.palette;
    let top = key(type_, sheet, body, area) + area.headroom;
    let points = || body.series.iter().flat_map(|series| &series.points);
    let texts: Vec<_> = points()
        .map(|point| {
            let font = theme::semibold(size::CAPTION);
            type_.wrapped(&point.text, font, p.text, area.width * NUMBER_SHARE)
        })
        .collect();
    let highest = texts.iter().map(|text| text.size.y).fold(0.0, f32::max);
    let lane = (highest + LANE_GAP_PT).max(2.0 * DOT_PT);
    // Marks that may lie on each other get heights of their own; how wide the scale is, is not
    // known yet.
    let about = Along::of(&body.x.scale, 0.0, area.width * ABOUT_SHARE);
    let mut most = vec![1_usize; names.len()];
    for (span, share) in spans(body, &about).iter().zip(shares(&spans(body, &about))) {
        if let Some(most) = most.get_mut(span.band) {
            *most = share.count.max(*most);
        }
    }
    let contents: Vec<RowContent<'_>> = names
        .iter()
        .zip(&most)
        .map(|(name, most)| RowContent {
            name,
            detail: None,
            least_pt: lane * *most as f32,
        })
        .collect();
    let place = Area {
        top,
        spare: area.spare.max(0.0),
        ..area
    };
    let rows = rows::lay_out(type_, sheet, &contents, &STYLE, place);
    let room = rows.within(area.right());
    // As wide as it may be with all numbers beside their marks; half of the first dot lies before
    // the scale begins.
    let left = room.left() + if rows.names_above { DOT_PT } else { 0.0 };
    let share = |value: f64| Along::of(&body.x.scale, 0.0, 1.0).place(value);
    let mut width = room.right() - left;
    for (point, text) in points().zip(&texts) {
        let open = if point.x.high.is_none() { OPEN_PT } else { 0.0 };
        let beyond = DOT_PT + open + space::S + text.size.x + 2.0;
        let at = share(point.x.high.or(point.x.low).unwrap_or_default());
        if at > 0.0 {
            width = width.min((room.right() - left - beyond) / at);
        }
    }
    let width = width.max((room.right() - left) * MIN_SHARE);
    let within = Rect::from_min_max(pos2(left, rows.top), pos2(left + width, rows.bottom));
    let middles = rows.bars.iter().map(|(top, bottom)| (top + bottom) / 2.0);
    let (x, y) = (
        Along::of(&body.x.scale, within.left(), within.right()),
        Along::Groups(middles.collect()),
    );
    let ends = (area.left, area.right());
    let (ticks, bottom) = axis::across(type_, sheet, body, &x, rows.bottom + space::XS, ends);
    for (top, bottom) in rows.clear() {
        for (value, at) in &ticks {
            let is_zero = *value == 0.0 && axis::has_zero(&body.x);
            let color = if is_zero { p.text_muted } else { p.grid };
            sheet.grid(pos2(*at, top), pos2(*at, bottom), Stroke::new(1.0, color));
        }
    }
    for (top, bottom) in &rows.bars {
        let middle = (top + bottom) / 2.0;
        let ends = [pos2(within.left(), middle), pos2(within.right(), middle)];
        sheet.grid(ends[0], ends[1], Stroke::new(1.0, p.grid));
    }
    let bottom = title(
        type_,
        sheet,
        &body.x.title,
        bottom + 2.0,
        ends_of(within, area),
        false,
    );
    let mut points = placed::placed(body, &x, &y, within);
    let own = spans(body, &x);
    for (placed, share) in points.iter_mut().zip(shares(&own)) {
        let from_middle = share.place as f32 - (share.count - 1) as f32 / 2.0;
        placed.lower(from_middle * lane);
    }
    let mut lines = Vec::new();
    match body.geom {
        PlotGeom::Dots | PlotGeom::Ranges => placed::draw(sheet, p, body, &mut points, within),
        PlotGeom::Line | PlotGeom::Steps => lines = line::draw(sheet, p, body, &mut points, within),
    }
    let room = Rect::from_min_max(pos2(area.left, rows.top), pos2(area.right(), rows.bottom));
    numbers::beside(type_, sheet, &points, texts, room, &lines);
    spots(sheet, &points);
    sheet.ground = Some(Ground {
        within,
        x,
        y,
        is_turned: false,
        lines,
    });
    bottom
}

/// Each point's band, and its reach across the page.
fn spans(body: &XyPlot, x: &Along) -> Vec<Span> {
    let points = body.series.iter().flat_map(|series| &series.points);
    let span = |point: &PlotPoint| {
        let band = point.y.low.or(point.y.high).unwrap_or_default().max(0.0) as usize;
        let ends = (point.x.low.or(point.x.high), point.x.high.or(point.x.low));
        let place = |end: Option<f64>| end.map_or(0.0, |value| x.place(value));
        Span::new(band, place(ends.0), place(ends.1))
    };
    points.map(span).collect()
}

/// The title of the axis begins where the axis does, where it fits there.
fn ends_of(within: Rect, area: Area) -> (f32, f32) {
    (within.left(), area.right())
}
