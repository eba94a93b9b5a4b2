//! Numbers and names beside points, where they touch nothing.

use super::super::place::Places;
use super::super::sheet::Sheet;
use super::super::typeset::{Text, Typesetter};
use super::placed::Placed;
use super::taken;
use crate::picture::{Plot, Shape};
use crate::theme::{self, size};
use egui::{Align, Pos2, Rect};

/// Between a mark and its number, in points.
const GAP_PT: f32 = 5.0;

/// The widest name beside a dot, and the most lines that it may have.
const NAME_PT: f32 = 132.0;
const NAME_LINES: f32 = 3.0;

/// Of a line with more points only the first, the last and the extremes say their numbers.
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
    for (placed, text) in points.iter().zip(texts).take(MANY) {
        put(sheet, &mut places, placed, text, false);
    }
}

/// Puts numbers, and names where dots have some, beside points.
pub(super) fn at_points(
    type_: &Typesetter<'_>,
    sheet: &mut Sheet,
    body: &Plot,
    points: &[Placed<'_>],
    room: Rect,
    lines: &[[Pos2; 2]],
) {
    if points.len() > MANY {
        return;
    }
    let p = type_.palette;
    let mut places = with_marks(type_, sheet, points, room, lines);
    let joined = matches!(body.shape, Shape::Line | Shape::Steps);
    for (placed, is_needed) in in_order(body, points) {
        if !is_needed {
            continue;
        }
        let number = || type_.line(&placed.point.text, theme::semibold(size::CAPTION), p.text);
        if joined {
            put(sheet, &mut places, placed, number(), true);
            continue;
        }
        let name = &placed.point.name;
        let named = (!name.trim().is_empty()).then(|| {
            let text = &placed.point.text;
            type_.dated(name, text, NAME_PT, Align::LEFT)
        });
        let short = |text: &Text| text.size.y <= NAME_LINES * 1.5 * size::CAPTION;
        let done = named
            .filter(short)
            .is_some_and(|text| put(sheet, &mut places, placed, text, false));
        if !done {
            put(sheet, &mut places, placed, number(), false);
        }
    }
}

/// The points in the order in which they get their words, and whether they get any: first the ends and the extremes.
fn in_order<'p, 'a>(body: &Plot, points: &'p [Placed<'a>]) -> Vec<(&'p Placed<'a>, bool)> {
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
    let joined = matches!(body.shape, Shape::Line | Shape::Steps);
    let few = |series: usize| {
        body.series
            .get(series)
            .is_none_or(|s| s.points.len() <= FEW)
    };
    let ordered = ranked
        .into_iter()
        .map(|(rank, placed)| (placed, rank < 3 || !joined || few(placed.series)));
    ordered.collect()
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

/// Puts words beside a mark, where they touch nothing. Whether there was room.
fn put(
    sheet: &mut Sheet,
    places: &mut Places,
    placed: &Placed<'_>,
    text: Text,
    on_line: bool,
) -> bool {
    if placed.at.is_none() || text.galley.text().trim().is_empty() {
        return false;
    }
    let found = if on_line {
        places.above_or_below(placed.ink, text.size, GAP_PT)
    } else {
        places.around(placed.ink, text.size, GAP_PT)
    };
    let Some(rect) = found else {
        return false;
    };
    places.take_text(rect);
    sheet.text(rect.min, text);
    true
}
