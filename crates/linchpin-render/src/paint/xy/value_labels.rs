//! Numbers and names beside points, where they touch nothing.

use super::super::label_placer::LabelPlacer;
use super::super::picture_layout::PictureLayout;
use super::super::text_layout::{LaidOutText, TextLayouter};
use super::label_placer;
use super::plot_points::PlacedPoint;
use crate::theme::{self, size};
use egui::{Pos2, Rect, Stroke};
use linchpin_charts::picture::{AxisScale, PlotGeom, XyPlot};

/// Between a mark and its number, in points.
const GAP_PT: f32 = 5.0;

/// The widest name beside a dot, and the most lines that it may have.
const MAX_NAME_PT: f32 = 132.0;
const MAX_NAME_LINES: f32 = 3.0;

/// How far from a mark its words may stand at the end of a line.
const MAX_LEADER_PT: f32 = 64.0;

/// Of lines with more points only the first, the last and the extremes say their numbers; more dots
/// have none led to them.
const FEW_POINTS: usize = 14;

/// More points than this have no words beside them.
const MAX_LABELED_POINTS: usize = 600;

/// Puts the numbers of marks in bands beside them: at the right, or wherever else there is room.
pub(super) fn label_band_points(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    points: &[PlacedPoint<'_>],
    texts: Vec<LaidOutText>,
    room: Rect,
    lines: &[[Pos2; 2]],
) {
    let mut places = placer_with_marks(layouter, layout, points, room, lines);
    let mut all: Vec<(&PlacedPoint<'_>, LaidOutText)> =
        points.iter().zip(texts).take(MAX_LABELED_POINTS).collect();
    // The rightmost of a band first: it has its number at the right, the next one at the left.
    all.sort_by(|(a, _), (b, _)| b.drawn_rect.right().total_cmp(&a.drawn_rect.right()));
    for (placed, text) in all {
        try_place(layout, &mut places, placed, &text, LabelSides::All)
            .or_else(|| {
                try_place(
                    layout,
                    &mut places,
                    placed,
                    &text,
                    LabelSides::AboveOrBelowShifted,
                )
            })
            .or_else(|| try_place_with_leader(layouter, layout, &mut places, placed, &text));
    }
}

/// Puts numbers, and names where dots have some, beside points.
pub(super) fn label_points(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    body: &XyPlot,
    points: &[PlacedPoint<'_>],
    room: Rect,
    lines: &[[Pos2; 2]],
) {
    if points.len() > MAX_LABELED_POINTS {
        return;
    }
    let p = layouter.palette;
    let mut places = placer_with_marks(layouter, layout, points, room, lines);
    let joined = matches!(body.geom, PlotGeom::Line | PlotGeom::Steps);
    let number = |placed: &PlacedPoint<'_>| {
        let font = theme::semibold(size::CAPTION);
        layouter.line(&placed.point.text, font, p.text)
    };
    let ordered = by_priority(body, points);
    if joined {
        for placed in ordered {
            try_place(
                layout,
                &mut places,
                placed,
                &number(placed),
                LabelSides::AboveOrBelow,
            );
        }
        return;
    }
    // Bands name what stands above them already.
    let is_named = !matches!(body.x.scale, AxisScale::Bands(_));
    let named = |placed: &PlacedPoint<'_>| {
        let point = placed.point;
        let has_name = is_named && !point.name.trim().is_empty();
        let text =
            has_name.then(|| layouter.name_and_number(&point.name, &point.text, MAX_NAME_PT))?;
        (text.size.y <= MAX_NAME_LINES * 1.5 * size::CAPTION).then_some(text)
    };
    // Where only some of the names have room, they would seem to be chosen.
    let mut trial = places.clone();
    let mut unplaced = PictureLayout::default();
    let fitting = ordered.iter().filter(|placed| {
        named(placed).is_some_and(|text| {
            try_place(&mut unplaced, &mut trial, placed, &text, LabelSides::All).is_some()
        })
    });
    let few = ordered.len() <= FEW_POINTS;
    let are_named = few || fitting.count() * 10 >= ordered.len() * 9;
    for placed in ordered {
        let name = named(placed).filter(|_| are_named);
        let mut done = name.as_ref().and_then(|text| {
            try_place(layout, &mut places, placed, text, LabelSides::All).or_else(|| {
                few.then(|| try_place_with_leader(layouter, layout, &mut places, placed, text))?
            })
        });
        if done.is_none() {
            done = try_place(
                layout,
                &mut places,
                placed,
                &number(placed),
                LabelSides::All,
            );
        }
        if done.is_none() && few {
            try_place_with_leader(layouter, layout, &mut places, placed, &number(placed));
        }
    }
}

/// The points that get words, in the order in which they do: first the ends and the extremes, which
/// are all of a long line.
fn by_priority<'p, 'a>(body: &XyPlot, points: &'p [PlacedPoint<'a>]) -> Vec<&'p PlacedPoint<'a>> {
    let mut ranked: Vec<(u8, &PlacedPoint<'_>)> = Vec::new();
    for series in 0..body.series.len() {
        let own: Vec<&PlacedPoint<'_>> = points
            .iter()
            .filter(|placed| placed.series == series)
            .collect();
        let height = |placed: &&&PlacedPoint<'_>| placed.center().map_or(0.0, |at| at.y);
        let highest = own.iter().min_by(|a, b| height(a).total_cmp(&height(b)));
        let lowest = own.iter().max_by(|a, b| height(a).total_cmp(&height(b)));
        let is = |one: Option<&&PlacedPoint<'_>>, placed: &PlacedPoint<'_>| {
            one.is_some_and(|one| std::ptr::eq(*one, placed))
        };
        for placed in &own {
            let rank = if is(own.last(), placed) {
                0
            } else if is(highest, placed) || is(lowest, placed) {
                1
            } else if is(own.first(), placed) {
                2
            } else {
                3
            };
            ranked.push((rank, placed));
        }
    }
    ranked.sort_by_key(|(rank, _)| *rank);
    let joined = matches!(body.geom, PlotGeom::Line | PlotGeom::Steps);
    let all = !joined || points.len() <= FEW_POINTS;
    let wanted = ranked.into_iter().filter(|(rank, _)| *rank < 3 || all);
    wanted.map(|(_, placed)| placed).collect()
}

fn placer_with_marks(
    layouter: &TextLayouter<'_>,
    layout: &PictureLayout,
    points: &[PlacedPoint<'_>],
    room: Rect,
    lines: &[[Pos2; 2]],
) -> LabelPlacer {
    let mut places = label_placer(layouter, layout, room);
    for placed in points.iter().filter(|placed| placed.range.is_some()) {
        places.add_mark(placed.drawn_rect);
    }
    lines.iter().for_each(|line| places.add_line(*line));
    places
}

/// Where words may stand around a mark.
#[derive(Clone, Copy)]
enum LabelSides {
    /// At all sides.
    All,
    /// Above and below: a line goes on at the sides.
    AboveOrBelow,
    /// Above and below, moved sideways until they lie within the room.
    AboveOrBelowShifted,
}

/// Puts words beside a mark, where they touch nothing. `None` where there is no room.
fn try_place(
    layout: &mut PictureLayout,
    places: &mut LabelPlacer,
    placed: &PlacedPoint<'_>,
    text: &LaidOutText,
    around: LabelSides,
) -> Option<()> {
    if placed.range.is_none() || text.galley.text().trim().is_empty() {
        return None;
    }
    let rect = match around {
        LabelSides::All => places.adjacent(placed.drawn_rect, text.size, GAP_PT),
        LabelSides::AboveOrBelow => places.above_or_below(placed.drawn_rect, text.size, GAP_PT),
        LabelSides::AboveOrBelowShifted => {
            places.above_or_below_shifted(placed.drawn_rect, text.size, GAP_PT - 2.0)
        }
    }?;
    places.add_text(rect);
    layout.text(rect.min, text.clone());
    Some(())
}

/// Puts words a little away from a mark, with a thin line to it. `None` where there is no room.
fn try_place_with_leader(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    places: &mut LabelPlacer,
    placed: &PlacedPoint<'_>,
    text: &LaidOutText,
) -> Option<()> {
    if placed.range.is_none() || text.galley.text().trim().is_empty() {
        return None;
    }
    let led = places.with_leader(placed.drawn_rect, text.size, MAX_LEADER_PT)?;
    let [from, to] = led.leader;
    layout.line(from, to, Stroke::new(0.75, layouter.palette.text_muted));
    places.add_line(led.leader);
    places.add_text(led.rect);
    layout.text(led.rect.min, text.clone());
    Some(())
}
