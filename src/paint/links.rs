//! Lines between discs: straight where nothing stands in the way, else bent around it; broken where a name stands; solid, dashed or dotted.

use super::geometry::{Disc, length_within, passes, within};
use super::sheet::Sheet;
use egui::{Pos2, Rect, Stroke};

/// How far a line may bend to either side, as shares of its length, the least first.
const BENDS: [f32; 10] = [
    0.06, -0.06, 0.12, -0.12, 0.18, -0.18, 0.25, -0.25, 0.34, -0.34,
];

/// Into how many straight pieces a bent line is cut.
const PIECES: usize = 16;

/// What it costs to run through a disc, through a point of a name, and to bend.
const THROUGH_DISC: f32 = 60.0;
const THROUGH_NAME: f32 = 1.0;
const BEND: f32 = 30.0;

/// How a line is drawn: lengths of strokes and gaps in turn, in points; none: solid.
pub(super) type Pattern = &'static [f32];

/// The kinds of lines, in the order in which they are told apart best.
pub(super) const PATTERNS: [Pattern; 4] = [&[], &[7.0, 4.0], &[2.0, 3.0], &[11.0, 3.0, 2.0, 3.0]];

/// The way of a line between two of the discs.
pub(super) fn way(from: usize, to: usize, discs: &[Disc], names: &[Rect]) -> Vec<Pos2> {
    let (Some(a), Some(b)) = (discs.get(from), discs.get(to)) else {
        return Vec::new();
    };
    let (a, b) = (a.center, b.center);
    let across = (b - a).rot90();
    let around = Rect::from_two_pos(a, b).expand(across.length() * 0.2 + 4.0);
    let in_the_way: Vec<Disc> = discs
        .iter()
        .enumerate()
        .filter(|(i, disc)| *i != from && *i != to && around.intersects(disc.rect()))
        .map(|(_, disc)| *disc)
        .collect();
    let names: Vec<Rect> = names
        .iter()
        .copied()
        .filter(|name| name.intersects(around))
        .collect();
    let cost = |line: &[Pos2]| {
        let pieces = || line.windows(2).map(|ends| (ends[0], ends[1]));
        let discs = in_the_way
            .iter()
            .filter(|disc| pieces().any(|(p, q)| passes(p, q, disc.center, disc.radius_pt + 2.0)));
        let name = |rect: &Rect| {
            pieces()
                .map(|(p, q)| length_within(p, q, *rect))
                .sum::<f32>()
        };
        THROUGH_DISC * discs.count() as f32 + THROUGH_NAME * names.iter().map(name).sum::<f32>()
    };
    let straight = vec![a, b];
    let mut least = cost(&straight);
    let mut best = straight;
    if least > 0.0 {
        for bend in BENDS {
            // Of a quadratic curve, the middle lies half as far out as its control point.
            let control = a + (b - a) / 2.0 + across * (2.0 * bend);
            let line: Vec<Pos2> = (0..=PIECES)
                .map(|i| {
                    let t = i as f32 / PIECES as f32;
                    let (first, second) = (a.lerp(control, t), control.lerp(b, t));
                    first.lerp(second, t)
                })
                .collect();
            let total = cost(&line) + BEND * bend.abs();
            if total < least {
                (least, best) = (total, line);
            }
        }
    }
    best
}

/// Draws a line, but not where names stand.
pub(super) fn draw(
    sheet: &mut Sheet,
    line: &[Pos2],
    pattern: Pattern,
    names: &[Rect],
    stroke: Stroke,
) {
    let mut pen = Pen {
        pattern,
        place: 0,
        left: pattern.first().copied().unwrap_or(f32::INFINITY),
    };
    for ends in line.windows(2) {
        let (from, to) = (ends[0], ends[1]);
        let around = Rect::from_two_pos(from, to);
        let mut hidden: Vec<(f32, f32)> = names
            .iter()
            .filter(|name| name.intersects(around))
            .filter_map(|name| within(from, to, *name))
            .collect();
        hidden.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut start = 0.0;
        for (enter, leave) in hidden.into_iter().chain([(1.0, 1.0)]) {
            if enter > start {
                pen.run(sheet, from.lerp(to, start), from.lerp(to, enter), stroke);
            }
            start = leave.max(start);
        }
    }
}

/// What is left of the present stroke or gap.
struct Pen {
    pattern: Pattern,
    place: usize,
    left: f32,
}

impl Pen {
    fn run(&mut self, sheet: &mut Sheet, from: Pos2, to: Pos2, stroke: Stroke) {
        let length = (to - from).length();
        let mut done = 0.0;
        while done < length {
            let step = self.left.min(length - done);
            if self.place.is_multiple_of(2) {
                let at = |along: f32| from.lerp(to, along / length);
                sheet.line(at(done), at(done + step), stroke);
            }
            done += step;
            self.left -= step;
            if self.left <= 0.0 {
                self.place = (self.place + 1) % self.pattern.len().max(1);
                self.left = self
                    .pattern
                    .get(self.place)
                    .copied()
                    .unwrap_or(f32::INFINITY);
            }
        }
    }
}
