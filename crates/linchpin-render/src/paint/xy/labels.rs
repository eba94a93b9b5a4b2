//! Names of series, at the ends of their lines or in a key, and numbers and names next to points.

use super::super::label_placer::{self, LabelPlacer};
use super::super::picture_layout::{LayoutArea, PictureLayout};
use super::super::text_layout::{MeasuredText, TextLayouter};
use super::super::{legend, mark_colors};
use super::marks::{self, PlacedPoint};
use crate::theme::{self, Palette, size, space};
use egui::{Color32, Pos2, Rect, Stroke, pos2};
use linchpin_charts::picture::{AxisScale, ColorRole, LegendKey, PlotGeom, PlotSeries, XyPlot};

/// Below this width of a picture there is a key instead, in points.
const MIN_NAMED_WIDTH_PT: f32 = 420.0;

/// The widest name, as a share of the picture and in points.
const SERIES_NAME_SHARE: f32 = 0.26;
const MAX_SERIES_NAME_PT: f32 = 190.0;

/// Between the end of a line and its name, and between two names, in points.
const SERIES_LEADER_PT: f32 = 20.0;
const SERIES_GAP_PT: f32 = 3.0;

/// What fits next to the ends of lines: their last numbers, with their names where there is room.
pub(super) struct EndLabels {
    texts: Vec<MeasuredText>,
    /// The room that they take at the right.
    pub width_pt: f32,
    /// Whether they name the lines, so that no key must.
    pub has_names: bool,
}

/// The last numbers of a plot's lines, set, where they fit in a height next to the ends: with the
/// names in a wide picture, alone in a narrow one.
pub(super) fn fit_end_labels(
    layouter: &TextLayouter<'_>,
    body: &XyPlot,
    width_pt: f32,
    height_pt: f32,
) -> Option<EndLabels> {
    // A name at the end of a line is found without looking a color up. Dots have no end.
    let drawn = |point: &linchpin_charts::picture::PlotPoint| {
        (point.x.low.or(point.x.high)).is_some() && (point.y.low.or(point.y.high)).is_some()
    };
    let last = |series: &PlotSeries| {
        let point = series.points.iter().rev().find(|point| drawn(point))?;
        Some(layouter.written(&point.text))
    };
    let lasts: Option<Vec<String>> = body.series.iter().map(last).collect();
    let lasts = lasts.filter(|_| body.is_joined() && body.series.len() > 1)?;
    let room = (width_pt * SERIES_NAME_SHARE).min(MAX_SERIES_NAME_PT);
    let fit = |has_names: bool| {
        let texts = body.series.iter().zip(&lasts).map(|(series, last)| {
            let words = match has_names {
                true => format!("{} {last}", series.key.name),
                false => last.clone(),
            };
            let color = mark_colors::text_color(layouter.palette, series.key.color);
            layouter.wrapped(words.trim(), theme::semibold(size::CAPTION), color, room)
        });
        let texts: Vec<MeasuredText> = texts.collect();
        let height: f32 = texts.iter().map(|text| text.size.y + SERIES_GAP_PT).sum();
        let widest = texts.iter().map(|text| text.size.x).fold(0.0, f32::max);
        (height - SERIES_GAP_PT <= height_pt && widest <= room + 1.0).then_some(EndLabels {
            texts,
            width_pt: SERIES_LEADER_PT + widest,
            has_names,
        })
    };
    let named = (width_pt >= MIN_NAMED_WIDTH_PT)
        .then(|| fit(true))
        .flatten();
    named.or_else(|| fit(false))
}

/// Puts each label next to the end of its line; where they would touch, they move apart, and thin
/// lines lead to them.
pub(super) fn draw_end_labels(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    body: &XyPlot,
    labels: EndLabels,
    points: &[PlacedPoint<'_>],
    within: Rect,
    lines: &mut Vec<[Pos2; 2]>,
) {
    let mut ends: Vec<(Pos2, usize, MeasuredText)> = Vec::new();
    for (at, text) in labels.texts.into_iter().enumerate() {
        let own = points.iter().filter(|placed| placed.series == at);
        let mut places = own.filter_map(|placed| {
            let (x, _) = placed.range?;
            let center = placed.center()?;
            let x = match body.geom {
                PlotGeom::Steps => x.to.max(x.from),
                _ => center.x,
            };
            Some(pos2(x, center.y))
        });
        if let Some(end) = places.next_back() {
            ends.push((end, at, text));
        }
    }
    // From the top down; of two that end at one place, in the order of the series.
    ends.sort_by(|a, b| a.0.y.total_cmp(&b.0.y).then(a.1.cmp(&b.1)));
    let wanted: Vec<(f32, f32)> = ends
        .iter()
        .map(|(end, _, text)| (end.y, text.size.y))
        .collect();
    let middles = label_placer::spread_out(&wanted, SERIES_GAP_PT, within.top(), within.bottom());
    let is_adjacent = |((end, _, _), middle): (&(Pos2, usize, MeasuredText), &f32)| {
        (middle - end.y).abs() <= 3.0 && within.right() - end.x <= SERIES_LEADER_PT
    };
    // All names begin at one place: at the ends, or where lines lead to them.
    let all_adjacent = ends.iter().zip(&middles).all(is_adjacent);
    let left = within.right() + SERIES_LEADER_PT;
    for ((end, series, text), middle) in ends.into_iter().zip(middles) {
        if !all_adjacent {
            let role = body.series.get(series).map(|series| series.key.color);
            let color = role.map_or(layouter.palette.text_muted, |role| {
                mark_colors::stroke_color(layouter.palette, role)
            });
            let line = [pos2(end.x + 5.0, end.y), pos2(left - 3.0, middle)];
            layout.line(line[0], line[1], Stroke::new(0.75, color));
            lines.push(line);
        }
        let x = if all_adjacent {
            within.right() + space::XS
        } else {
            left
        };
        layout.text_vertically_centered(x, middle, text);
    }
}

/// What the colors and shapes of several series stand for. Returns where the rest begins.
pub(super) fn legend(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    body: &XyPlot,
    area: LayoutArea,
) -> f32 {
    // Small multiples have one key for all, and bands have names that need no key.
    if body.series.len() < 2 || area.shared_scale.is_some() || has_colors_of_bands(body) {
        return area.top;
    }
    let keys: Vec<&LegendKey> = body.series.iter().map(|series| &series.key).collect();
    legend::lay_out_with(layouter, layout, &keys, area, dot_swatch) + space::M
}

/// Whether each series is one band, in a color of its own.
fn has_colors_of_bands(body: &XyPlot) -> bool {
    [&body.x.scale, &body.y.scale].into_iter().any(|scale| {
        let AxisScale::Bands(names) = scale else {
            return false;
        };
        body.series
            .iter()
            .all(|series| names.contains(&series.key.name))
    })
}

/// A dot in a key.
pub(in crate::paint) fn dot_swatch(
    layout: &mut PictureLayout,
    palette: &Palette,
    role: ColorRole,
    place: Rect,
) {
    marks::draw_dot(layout, palette, role, place.center(), marks::DOT_PT);
}

/// Between a mark and its number, in points.
const GAP_PT: f32 = 5.0;

/// The widest name next to a dot, and the most lines that it may have.
const MAX_NAME_PT: f32 = 132.0;
const MAX_NAME_LINES: f32 = 3.0;

/// How far from a mark its words may stand at the end of a line.
const MAX_LEADER_PT: f32 = 64.0;

/// Of lines with more points only the first, the last and the extremes say their numbers; more dots
/// have none led to them.
const FEW_POINTS: usize = 14;

/// More points than this have no words next to them.
const MAX_LABELED_POINTS: usize = 600;

/// Puts the numbers of marks in bands next to them: at the right, or wherever else there is room.
pub(super) fn label_band_points(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    points: &[PlacedPoint<'_>],
    texts: Vec<MeasuredText>,
    room: Rect,
    lines: &[[Pos2; 2]],
) {
    let mut places = placer_with_marks(layouter, layout, points, room, lines);
    let mut all: Vec<(&PlacedPoint<'_>, MeasuredText)> =
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

/// Where the words of points may stand.
pub(super) struct PointLabels<'l> {
    pub room: Rect,
    /// What they must not cover.
    pub lines: &'l [[Pos2; 2]],
    /// The last numbers of lines stand at their ends already.
    pub has_end_labels: bool,
}

/// Puts numbers, and names where dots have some, next to points.
pub(super) fn label_points(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    body: &XyPlot,
    points: &[PlacedPoint<'_>],
    labels: PointLabels<'_>,
) {
    // Each label is tried against all that is drawn: beyond this many the picture takes seconds,
    // and nobody reads six hundred numbers.
    if points.len() > MAX_LABELED_POINTS {
        return;
    }
    // Marks are taken before any label is placed, so that no label lies on a mark that is drawn
    // later.
    let mut places = placer_with_marks(layouter, layout, points, labels.room, labels.lines);
    let number = |placed: &PlacedPoint<'_>| {
        let font = theme::semibold(size::CAPTION);
        let color = label_color(layouter.palette, body, placed.role);
        layouter.line(&placed.point.text, font, color)
    };
    let mut ordered = by_priority(body, points);
    if labels.has_end_labels {
        ordered.retain(|placed| !is_end(points, placed));
    }
    if body.is_joined() {
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
        let text = has_name.then(|| {
            let color = label_color(layouter.palette, body, placed.role);
            layouter.name_and_number(&point.name, &point.text, color, MAX_NAME_PT)
        })?;
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
    // Nine of ten: a reader who misses one name in ten takes it for want of room, not for a choice.
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

/// The color of a mark's words: that of its series, where there are several.
pub(super) fn label_color(palette: &Palette, body: &XyPlot, role: ColorRole) -> Color32 {
    match body.series.len() {
        0 | 1 => palette.text,
        _ => mark_colors::text_color(palette, role),
    }
}

/// Whether a point is the last of its series that is drawn.
fn is_end(points: &[PlacedPoint<'_>], placed: &PlacedPoint<'_>) -> bool {
    let own = |other: &&PlacedPoint<'_>| other.series == placed.series && other.range.is_some();
    let last = points.iter().rev().find(own);
    last.is_some_and(|last| std::ptr::eq(last, placed))
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
    // Stable, so that equal ranks keep the reading order and the same picture gives the same
    // labels.
    ranked.sort_by_key(|(rank, _)| *rank);
    let all = !body.is_joined() || points.len() <= FEW_POINTS;
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
    let mut places = LabelPlacer::from_layout(layout, room, layouter.palette.background);
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

/// Puts words next to a mark, where they touch nothing. `None` where there is no room.
fn try_place(
    layout: &mut PictureLayout,
    places: &mut LabelPlacer,
    placed: &PlacedPoint<'_>,
    text: &MeasuredText,
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
    text: &MeasuredText,
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
