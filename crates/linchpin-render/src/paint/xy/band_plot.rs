//! A plot in rows: a band for each name, its marks next to it, numbers or dates across the page.
//! Marks of one band that would lie on each other stand one above the other.

use super::super::bar_rows::{self, BarRowContent, BarRowStyle};
use super::super::bar_shapes;
use super::super::coordinates::{self, PlotCoordinates, PositionScale};
use super::super::picture_layout::{LayoutArea, PictureLayout};
use super::super::text_layout::{MeasuredText, TextLayouter};
use super::{axis, labels, lines, marks};
use crate::theme::{self, size, space};
use egui::{Rect, Stroke, pos2};
use linchpin_charts::picture::{PlotPoint, XyPlot};

const STYLE: BarRowStyle = BarRowStyle {
    bar_pt: 18.0,
    gap_pt: 10.0,
    min_bar_pt: 14.0,
    min_gap_pt: 3.0,
    narrow_pt: 420.0,
    max_stretch: 1.9,
};

/// Between two numbers of a band, one above the other, in points.
const DODGE_GAP_PT: f32 = 3.0;

/// How much of the width the scale is about to take.
const ESTIMATED_SCALE_SHARE: f32 = 0.5;

/// The least share of the width next to the names that the scale takes.
const MIN_SCALE_SHARE: f32 = 0.45;

/// How much of the width a number may take before it is wrapped.
const VALUE_LABEL_SHARE: f32 = 0.3;

/// Lays key, rows and axis out. Returns the bottom.
pub(super) fn lay_out(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    body: &XyPlot,
    names: &[String],
    area: LayoutArea,
) -> f32 {
    let p = layouter.palette;
    let top = labels::legend(layouter, layout, body, area) + area.headroom_pt;
    let points = || body.series.iter().flat_map(|series| &series.points);
    let texts = number_texts(layouter, body, area.width * VALUE_LABEL_SHARE);
    let highest = texts.iter().map(|text| text.size.y).fold(0.0, f32::max);
    let lane = (highest + DODGE_GAP_PT).max(2.0 * marks::DOT_PT);
    // Marks that may lie on each other get heights of their own; how wide the scale is, is not
    // known yet.
    let about = PositionScale::from_scale(&body.x.scale, 0.0, area.width * ESTIMATED_SCALE_SHARE);
    let mut most = vec![1_usize; names.len()];
    for (span, share) in mark_spans(body, &about)
        .iter()
        .zip(dodge(&mark_spans(body, &about)))
    {
        if let Some(most) = most.get_mut(span.band) {
            *most = share.count.max(*most);
        }
    }
    let contents: Vec<BarRowContent<'_>> = names
        .iter()
        .zip(&most)
        .map(|(name, most)| BarRowContent {
            name,
            detail: None,
            min_height_pt: lane * *most as f32,
        })
        .collect();
    let place = LayoutArea { top, ..area };
    let rows = bar_rows::lay_out(layouter, layout, &contents, &STYLE, place);
    let room = rows.bars_rect(area.right());
    // As wide as it may be with all numbers next to their marks; half of the first dot lies before
    // the scale begins.
    let left = room.left() + if rows.names_above { marks::DOT_PT } else { 0.0 };
    let mut width = room.right() - left;
    for (point, text) in points().zip(&texts) {
        let open = bar_shapes::open_end_pt(point.x.high.is_none());
        let beyond = marks::DOT_PT + open + space::S + text.size.x + 2.0;
        let at = coordinates::scale_fraction(
            &body.x.scale,
            point.x.high.or(point.x.low).unwrap_or_default(),
        );
        if at > 0.0 {
            width = width.min((room.right() - left - beyond) / at);
        }
    }
    // Long numbers must not squeeze the marks: beyond this share they move above or below instead.
    let width = width.max((room.right() - left) * MIN_SCALE_SHARE);
    let within = Rect::from_min_max(pos2(left, rows.top), pos2(left + width, rows.bottom));
    let middles = rows.bars.iter().map(|(top, bottom)| (top + bottom) / 2.0);
    let (x, y) = (
        PositionScale::from_scale(&body.x.scale, within.left(), within.right()),
        PositionScale::Bands(middles.collect()),
    );
    let ends = (area.left, area.right());
    let (ticks, bottom) =
        axis::lay_out_x_ticks(layouter, layout, body, &x, rows.bottom + space::XS, ends);
    for (top, bottom) in rows.grid_line_ranges() {
        for (value, at) in &ticks {
            let stroke = axis::grid_stroke(p, &body.x, *value);
            layout.grid_line(pos2(*at, top), pos2(*at, bottom), stroke);
        }
    }
    for (top, bottom) in &rows.bars {
        let middle = (top + bottom) / 2.0;
        let ends = [pos2(within.left(), middle), pos2(within.right(), middle)];
        layout.grid_line(ends[0], ends[1], Stroke::new(1.0, p.grid));
    }
    let bottom = axis::axis_title(
        layouter,
        layout,
        &body.x.title,
        bottom + 2.0,
        (within.left(), area.right()),
        false,
    );
    let mut points = marks::place_points(body, &x, &y, within);
    let own = mark_spans(body, &x);
    for (placed, share) in points.iter_mut().zip(dodge(&own)) {
        let from_middle = share.index as f32 - (share.count - 1) as f32 / 2.0;
        placed.move_down(from_middle * lane);
    }
    let lines = lines::draw(layout, p, body, &mut points, within);
    let room = Rect::from_min_max(pos2(area.left, rows.top), pos2(area.right(), rows.bottom));
    labels::label_band_points(layouter, layout, &points, texts, room, &lines);
    marks::add_hit_areas(layout, &points);
    layout.coordinates = Some(PlotCoordinates {
        mark_lines: lines,
        ..PlotCoordinates::new(within, x, y)
    });
    bottom
}

/// The numbers of all points, set, in the colors of their series, wrapped at a width.
fn number_texts(layouter: &TextLayouter<'_>, body: &XyPlot, width_pt: f32) -> Vec<MeasuredText> {
    let font = theme::semibold(size::CAPTION);
    let mut texts = Vec::new();
    for series in &body.series {
        let color = labels::label_color(layouter.palette, body, series.key.color);
        let own = series.points.iter();
        texts.extend(own.map(|point| layouter.wrapped(&point.text, font.clone(), color, width_pt)));
    }
    texts
}

/// Each point's band, and its reach across the page.
fn mark_spans(body: &XyPlot, x: &PositionScale) -> Vec<MarkSpan> {
    let points = body.series.iter().flat_map(|series| &series.points);
    let span = |point: &PlotPoint| {
        let band = point.y.low.or(point.y.high).unwrap_or_default().max(0.0) as usize;
        let ends = (point.x.low.or(point.x.high), point.x.high.or(point.x.low));
        let place = |end: Option<f64>| end.map_or(0.0, |value| x.position_clamped(value));
        MarkSpan::new(band, place(ends.0), place(ends.1))
    };
    points.map(span).collect()
}

/// A mark of a band, from place to place.
#[derive(Clone, Copy)]
struct MarkSpan {
    band: usize,
    from: f32,
    to: f32,
}

/// A mark's place among those on which it would lie, and how many they are.
#[derive(Clone, Copy, Debug, PartialEq)]
struct DodgePosition {
    index: usize,
    count: usize,
}

impl MarkSpan {
    /// A span that is at least as long as a dot.
    fn new(band: usize, one: f32, other: f32) -> MarkSpan {
        MarkSpan {
            band,
            from: one.min(other) - marks::DOT_PT,
            to: one.max(other) + marks::DOT_PT,
        }
    }
}

/// The share of each mark, in the order of the marks.
fn dodge(spans: &[MarkSpan]) -> Vec<DodgePosition> {
    let mut order: Vec<usize> = (0..spans.len()).collect();
    // Stable: equal ones stay in their order.
    order.sort_by(|a, b| {
        let (a, b) = (&spans[*a], &spans[*b]);
        a.band.cmp(&b.band).then(a.from.total_cmp(&b.from))
    });
    let mut shares = vec![DodgePosition { index: 0, count: 1 }; spans.len()];
    let mut group: Vec<usize> = Vec::new();
    let mut end = f32::NEG_INFINITY;
    let mut close = |group: &mut Vec<usize>| {
        // In the order in which they are named, not from the left.
        group.sort_unstable();
        let count = group.len();
        for (place, at) in group.drain(..).enumerate() {
            shares[at] = DodgePosition {
                index: place,
                count,
            };
        }
    };
    for at in order {
        let span = spans[at];
        let touches = group
            .last()
            .is_some_and(|last| spans[*last].band == span.band && span.from < end);
        if !touches {
            close(&mut group);
            end = f32::NEG_INFINITY;
        }
        group.push(at);
        end = end.max(span.to);
    }
    close(&mut group);
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_marks_that_touch_in_one_band_share_its_height() {
        let spans = [
            (0, 50.0),
            (0, 53.0),
            (1, 50.0),
            (0, 80.0),
            (0, 47.0),
            (0, 61.0),
        ];
        let spans: Vec<MarkSpan> = spans.map(|(band, x)| MarkSpan::new(band, x, x)).to_vec();
        let shares: Vec<(usize, usize)> = dodge(&spans)
            .iter()
            .map(|share| (share.index, share.count))
            .collect();
        assert_eq!(shares, [(0, 4), (1, 4), (0, 1), (0, 1), (2, 4), (3, 4)]);
    }
}
