//! Numbers and names beside points, where they touch nothing.

use super::super::place::Places;
use super::super::sheet::Sheet;
use super::super::typeset::{Text, Typesetter};
use super::placed::Placed;
use super::taken;
use crate::theme::{self, size};
use egui::{Pos2, Rect, Stroke};
use linchpin_charts::picture::{AxisScale, PlotGeom, XyPlot};

/// Between a mark and its number, in points.
const GAP_PT: f32 = 5.0;

/// The widest name beside a dot, and the most lines that it may have.
const NAME_PT: f32 = 132.0;
const NAME_LINES: f32 = 3.0;

/// How far from a mark its words may stand at the end of a line.
const NEAR_PT: f32 = 64.0;

/// Of lines with more points only the first, the last and the extremes say their numbers; more dots
/// have none led to them.
const FEW: usize = 14;

/// More points than this have no words beside them.
const MANY: usize = 600;

/// Puts the numbers of marks in bands beside them: at the right, or wherever else there is room.
pub(super) fn beside(
    type_: &Typesetter<'_>,
    sheet: &mut Sheet,
    points: &[Placed<'_>],
    texts: Vec<Text>,
    room: Rect,
    lines: &[[Pos2; 2]],
) {
    let mut places = with_marks(type_, sheet, points, room, lines);
    let mut all: Vec<(&Placed<'_>, Text)> = points.iter().zip(texts).take(MANY).collect();
    // The rightmost of a band first: it has its number at the right, the next one at the left.
    all.sort_by(|(a, _), (b, _)| b.ink.right().total_cmp(&a.ink.right()));
    for (placed, text) in all {
        put(sheet, &mut places, placed, &text, Around::All)
            .or_else(|| put(sheet, &mut places, placed, &text, Around::Slid))
            .or_else(|| led(type_, sheet, &mut places, placed, &text));
    }
}

/// Puts numbers, and names where dots have some, beside points.
pub(super) fn at_points(
    type_: &Typesetter<'_>,
    sheet: &mut Sheet,
    body: &XyPlot,
    points: &[Placed<'_>],
    room: Rect,
    lines: &[[Pos2; 2]],
) {
    if points.len() > MANY {
        return;
    }
    let p = type_.palette;
    let mut places = with_marks(type_, sheet, points, room, lines);
    let joined = matches!(body.geom, PlotGeom::Line | PlotGeom::Steps);
    let number = |placed: &Placed<'_>| {
        let font = theme::semibold(size::CAPTION);
        type_.line(&placed.point.text, font, p.text)
    };
    let ordered = in_order(body, points);
    if joined {
        for placed in ordered {
            put(sheet, &mut places, placed, &number(placed), Around::Upright);
        }
        return;
    }
    // Bands name what stands above them already.
    let is_named = !matches!(body.x.scale, AxisScale::Bands(_));
    let named = |placed: &Placed<'_>| {
        let point = placed.point;
        let has_name = is_named && !point.name.trim().is_empty();
        let text = has_name.then(|| type_.stated(&point.name, &point.text, NAME_PT))?;
        (text.size.y <= NAME_LINES * 1.5 * size::CAPTION).then_some(text)
    };
    // Where only some of the names have room, they would seem to be chosen.
    let mut trial = places.clone();
    let mut unplaced = Sheet::default();
    let fitting = ordered.iter().filter(|placed| {
        named(placed).is_some_and(|text| {
            put(&mut unplaced, &mut trial, placed, &text, Around::All).is_some()
        })
    });
    let few = ordered.len() <= FEW;
    let are_named = few || fitting.count() * 10 >= ordered.len() * 9;
    for placed in ordered {
        let name = named(placed).filter(|_| are_named);
        let mut done = name.as_ref().and_then(|text| {
            put(sheet, &mut places, placed, text, Around::All)
                .or_else(|| few.then(|| led(type_, sheet, &mut places, placed, text))?)
        });
        if done.is_none() {
            done = put(sheet, &mut places, placed, &number(placed), Around::All);
        }
        if done.is_none() && few {
            led(type_, sheet, &mut places, placed, &number(placed));
        }
    }
}

/// The points that get words, in the order in which they do: first the ends and the extremes, which
/// are all of a long line.
fn in_order<'p, 'a>(body: &XyPlot, points: &'p [Placed<'a>]) -> Vec<&'p Placed<'a>> {
    let mut ranked: Vec<(u8, &Placed<'_>)> = Vec::new();
    for series in 0..body.series.len() {
        let own: Vec<&Placed<'_>> = points
            .iter()
            .filter(|placed| placed.series == series)
            .collect();
        let height = |placed: &&&Placed<'_>| placed.center().map_or(0.0, |at| at.y);
        let highest = own.iter().min_by(|a, b| height(a).total_cmp(&height(b)));
        let lowest = own.iter().max_by(|a, b| height(a).total_cmp(&height(b)));
        let is = |one: Option<&&Placed<'_>>, placed: &Placed<'_>| {
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
    let all = !joined || points.len() <= FEW;
    let wanted = ranked.into_iter().filter(|(rank, _)| *rank < 3 || all);
    wanted.map(|(_, placed)| placed).collect()
}

fn with_marks(
    type_: &Typesetter<'_>,
    sheet: &Sheet,
    points: &[Placed<'_>],
    room: Rect,
    lines: &[[Pos2; 2]],
) -> Places {
    let mut places = taken(type_, sheet, room);
    for placed in points.iter().filter(|placed| placed.at.is_some()) {
        places.take_mark(placed.ink);
    }
    lines.iter().for_each(|line| places.take_line(*line));
    places
}

/// Where words may stand around a mark.
#[derive(Clone, Copy)]
enum Around {
    /// At all sides.
    All,
    /// Above and below: a line goes on at the sides.
    Upright,
    /// Above and below, moved sideways until they lie within the room.
    Slid,
}

/// Puts words beside a mark, where they touch nothing. `None` where there is no room.
fn put(
    sheet: &mut Sheet,
    places: &mut Places,
    placed: &Placed<'_>,
    text: &Text,
    around: Around,
) -> Option<()> {
    if placed.at.is_none() || text.galley.text().trim().is_empty() {
        return None;
    }
    let rect = match around {
        Around::All => places.around(placed.ink, text.size, GAP_PT),
        Around::Upright => places.above_or_below(placed.ink, text.size, GAP_PT),
        Around::Slid => places.slid(placed.ink, text.size, GAP_PT - 2.0),
    }?;
    places.take_text(rect);
    sheet.text(rect.min, text.clone());
    Some(())
}

/// Puts words a little away from a mark, with a thin line to it. `None` where there is no room.
fn led(
    type_: &Typesetter<'_>,
    sheet: &mut Sheet,
    places: &mut Places,
    placed: &Placed<'_>,
    text: &Text,
) -> Option<()> {
    if placed.at.is_none() || text.galley.text().trim().is_empty() {
        return None;
    }
    let led = places.near(placed.ink, text.size, NEAR_PT)?;
    let [from, to] = led.leader;
    sheet.line(from, to, Stroke::new(0.75, type_.palette.text_muted));
    places.take_line(led.leader);
    places.take_text(led.rect);
    sheet.text(led.rect.min, text.clone());
    Some(())
}
