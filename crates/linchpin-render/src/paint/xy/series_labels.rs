//! Names of lines at their right ends, instead of a key.

use super::super::label_placer;
use super::super::picture_layout::PictureLayout;
use super::super::text_layout::{LaidOutText, TextLayouter};
use super::plot_points::PlacedPoint;
use super::strokes;
use crate::theme::{self, size, space};
use egui::{Pos2, Rect, Stroke, pos2};
use linchpin_charts::picture::{PlotGeom, XyPlot};

/// Below this width of a picture there is a key instead, in points.
const MIN_WIDTH_PT: f32 = 420.0;

/// The widest name, as a share of the picture and in points.
const NAME_SHARE: f32 = 0.26;
const MAX_NAME_PT: f32 = 190.0;

/// Between the end of a line and its name, and between two names, in points.
const LEADER_PT: f32 = 20.0;
const GAP_PT: f32 = 3.0;

/// Names that fit beside the ends of their lines.
pub(super) struct SeriesLabels {
    texts: Vec<LaidOutText>,
    /// The room that they take at the right.
    pub width_pt: f32,
}

/// The names of a plot's lines, set, where they fit in a height beside the ends; `None` where a key
/// must say them.
pub(super) fn fit(
    layouter: &TextLayouter<'_>,
    body: &XyPlot,
    width_pt: f32,
    height_pt: f32,
) -> Option<SeriesLabels> {
    let joined = matches!(body.geom, PlotGeom::Line | PlotGeom::Steps);
    let drawn = |point: &linchpin_charts::picture::PlotPoint| {
        (point.x.low.or(point.x.high)).is_some() && (point.y.low.or(point.y.high)).is_some()
    };
    let whole = |series: &linchpin_charts::picture::PlotSeries| series.points.iter().any(drawn);
    if !joined || body.series.len() < 2 || width_pt < MIN_WIDTH_PT || !body.series.iter().all(whole)
    {
        return None;
    }
    let room = (width_pt * NAME_SHARE).min(MAX_NAME_PT);
    let texts: Vec<LaidOutText> = body
        .series
        .iter()
        .map(|series| {
            let color = strokes::text_color(layouter.palette, series.key.color);
            layouter.wrapped(
                &series.key.name,
                theme::semibold(size::CAPTION),
                color,
                room,
            )
        })
        .collect();
    let height: f32 = texts.iter().map(|text| text.size.y + GAP_PT).sum();
    let widest = texts.iter().map(|text| text.size.x).fold(0.0, f32::max);
    (height - GAP_PT <= height_pt && widest <= room + 1.0).then_some(SeriesLabels {
        texts,
        width_pt: LEADER_PT + widest,
    })
}

/// Puts each name beside the end of its line; where they would touch, they move apart, and thin
/// lines lead to them.
pub(super) fn draw(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    body: &XyPlot,
    names: SeriesLabels,
    points: &[PlacedPoint<'_>],
    within: Rect,
    lines: &mut Vec<[Pos2; 2]>,
) {
    let mut ends: Vec<(Pos2, usize, LaidOutText)> = Vec::new();
    for (at, text) in names.texts.into_iter().enumerate() {
        let own = points.iter().filter(|placed| placed.series == at);
        let places = own.filter_map(|placed| {
            let (x, _) = placed.range?;
            let center = placed.center()?;
            let x = match body.geom {
                PlotGeom::Steps => x.to.max(x.from),
                _ => center.x,
            };
            Some(pos2(x, center.y))
        });
        if let Some(end) = places.max_by(|a, b| a.x.total_cmp(&b.x)) {
            ends.push((end, at, text));
        }
    }
    // From the top down; of two that end at one place, in the order of the series.
    ends.sort_by(|a, b| a.0.y.total_cmp(&b.0.y).then(a.1.cmp(&b.1)));
    let wanted: Vec<(f32, f32)> = ends
        .iter()
        .map(|(end, _, text)| (end.y, text.size.y))
        .collect();
    let middles = label_placer::spread_out(&wanted, GAP_PT, within.top(), within.bottom());
    let beside = |((end, _, _), middle): (&(Pos2, usize, LaidOutText), &f32)| {
        (middle - end.y).abs() <= 3.0 && within.right() - end.x <= LEADER_PT
    };
    // All names begin at one place: at the ends, or where lines lead to them.
    let all_beside = ends.iter().zip(&middles).all(beside);
    let left = within.right() + LEADER_PT;
    for ((end, series, text), middle) in ends.into_iter().zip(middles) {
        if !all_beside {
            let tone = body.series.get(series).map(|series| series.key.color);
            let color = tone.map_or(layouter.palette.text_muted, |tone| {
                strokes::stroke_color(layouter.palette, tone)
            });
            let line = [pos2(end.x + 5.0, end.y), pos2(left - 3.0, middle)];
            layout.line(line[0], line[1], Stroke::new(0.75, color));
            lines.push(line);
        }
        let x = if all_beside {
            within.right() + space::XS
        } else {
            left
        };
        layout.text_vertically_centered(x, middle, text);
    }
}
