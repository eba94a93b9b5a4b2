//! Lines between discs: straight where nothing stands in the way, else bent around it; broken where
//! a name stands; solid, dashed or dotted.

use super::super::geometry::{length_in_rect, parts_outside, passes_near};
use super::super::picture_layout::PictureLayout;
use super::discs::Disc;
use egui::{Pos2, Rect, Stroke};

/// How far a line may bend to either side, as shares of its length, the least first.
const BENDS: [f32; 8] = [0.05, -0.05, 0.1, -0.1, 0.16, -0.16, 0.23, -0.23];

/// Into how many straight pieces a bent line is cut.
const CURVE_SEGMENTS: usize = 14;

/// What it costs to run through a disc, through a point of a name, of a name at an end of the line,
/// and to bend.
const DISC_COST: f32 = 60.0;
const LABEL_COST: f32 = 0.6;
const OWN_LABEL_COST: f32 = 0.12;
const BEND_COST: f32 = 130.0;

/// How a line is drawn: lengths of strokes and gaps, alternating, in points; none: solid.
pub(super) type DashPattern = &'static [f32];

/// The kinds of lines, in the order in which they are told apart best.
pub(super) const DASH_PATTERNS: [DashPattern; 4] =
    [&[], &[7.0, 4.0], &[2.0, 3.0], &[11.0, 3.0, 2.0, 3.0]];

/// The way of a line between two of the discs. Where it bends it stays within the room.
pub(super) fn route(
    from: usize,
    to: usize,
    discs: &[Disc],
    names: &[Rect],
    room: Rect,
) -> Vec<Pos2> {
    let (Some(a), Some(b)) = (discs.get(from), discs.get(to)) else {
        return Vec::new();
    };
    let (a, b) = (a.center, b.center);
    let across = (b - a).rot90();
    let farthest = BENDS
        .iter()
        .fold(0.0_f32, |most, bend| most.max(bend.abs()));
    // Nothing outside of this box can be met by any bend: most obstacles are left out at once.
    let around = Rect::from_two_pos(a, b).expand(across.length() * farthest + 4.0);
    let is_end = |i: usize| i == from || i == to;
    let mut obstacles: Vec<RouteObstacle> = discs
        .iter()
        .enumerate()
        .filter(|(i, disc)| !is_end(*i) && around.intersects(disc.rect()))
        .map(|(_, disc)| RouteObstacle::Disc(*disc))
        .collect();
    let names = names.iter().enumerate();
    obstacles.extend(
        names
            .filter(|(_, name)| name.intersects(around))
            .map(|(i, name)| {
                RouteObstacle::Label(
                    *name,
                    if is_end(i) {
                        OWN_LABEL_COST
                    } else {
                        LABEL_COST
                    },
                )
            }),
    );
    // Stops where it costs more than what is there already.
    let cost = |line: &[Pos2], start: f32, most: f32| {
        let mut total = start;
        for obstacle in &obstacles {
            if total >= most {
                break;
            }
            total += obstacle.cost(line);
        }
        total
    };
    let straight = vec![a, b];
    let mut least = cost(&straight, 0.0, f32::INFINITY);
    let mut best = straight;
    for bend in BENDS {
        // Bends grow, and so does what they cost.
        if BEND_COST * bend.abs() >= least {
            break;
        }
        // Of a quadratic curve, the middle lies half as far out as its control point.
        let control = a + (b - a) / 2.0 + across * (2.0 * bend);
        let line: Vec<Pos2> = (0..=CURVE_SEGMENTS)
            .map(|i| {
                let t = i as f32 / CURVE_SEGMENTS as f32;
                let (first, second) = (a.lerp(control, t), control.lerp(b, t));
                first.lerp(second, t)
            })
            .collect();
        // Beyond the room lie the title and the notes.
        if !line.iter().all(|point| room.contains(*point)) {
            continue;
        }
        let total = cost(&line, BEND_COST * bend.abs(), least);
        if total < least {
            (least, best) = (total, line);
        }
    }
    best
}

/// What a line had better not run through.
enum RouteObstacle {
    Disc(Disc),
    /// A name, and what each point of the way through it costs.
    Label(Rect, f32),
}

impl RouteObstacle {
    fn cost(&self, line: &[Pos2]) -> f32 {
        let mut pieces = line.windows(2).map(|ends| (ends[0], ends[1]));
        match self {
            RouteObstacle::Disc(disc) => {
                let reach = disc.radius_pt + 2.0;
                let hit = pieces.any(|(p, q)| passes_near(p, q, disc.center, reach));
                if hit { DISC_COST } else { 0.0 }
            }
            RouteObstacle::Label(rect, each) => {
                each * pieces
                    .map(|(p, q)| length_in_rect(p, q, *rect))
                    .sum::<f32>()
            }
        }
    }
}

/// Draws a line, but not where names stand.
pub(super) fn draw(
    layout: &mut PictureLayout,
    line: &[Pos2],
    pattern: DashPattern,
    names: &[Rect],
    stroke: Stroke,
) {
    let mut pen = DashPen {
        pattern,
        index: 0,
        remaining: pattern.first().copied().unwrap_or(f32::INFINITY),
    };
    for ends in line.windows(2) {
        let (from, to) = (ends[0], ends[1]);
        let around = Rect::from_two_pos(from, to);
        let near = names.iter().filter(|name| name.intersects(around));
        for [start, end] in parts_outside([from, to], near.copied()) {
            pen.draw_segment(layout, start, end, stroke);
        }
    }
}

/// What is left of the present stroke or gap.
struct DashPen {
    pattern: DashPattern,
    index: usize,
    remaining: f32,
}

impl DashPen {
    fn draw_segment(&mut self, layout: &mut PictureLayout, from: Pos2, to: Pos2, stroke: Stroke) {
        let length = (to - from).length();
        let mut done = 0.0;
        while done < length {
            let step = self.remaining.min(length - done);
            if self.index.is_multiple_of(2) {
                let at = |along: f32| from.lerp(to, along / length);
                layout.line(at(done), at(done + step), stroke);
            }
            done += step;
            self.remaining -= step;
            if self.remaining <= 0.0 {
                self.index = (self.index + 1) % self.pattern.len().max(1);
                self.remaining = self
                    .pattern
                    .get(self.index)
                    .copied()
                    .unwrap_or(f32::INFINITY);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::picture_layout::LayoutItem;
    use super::*;
    use egui::{pos2, vec2};

    const ROOM: Rect = Rect::from_min_max(pos2(0.0, 0.0), pos2(400.0, 200.0));

    fn disc(x: f32, y: f32) -> Disc {
        Disc {
            center: pos2(x, y),
            radius_pt: 8.0,
        }
    }

    fn is_clear(line: &[Pos2], of: Disc) -> bool {
        let mut pieces = line.windows(2);
        pieces.all(|ends| !passes_near(ends[0], ends[1], of.center, of.radius_pt + 1.0))
    }

    #[test]
    fn a_line_is_straight_unless_something_stands_in_its_way() {
        let ends = [disc(20.0, 100.0), disc(380.0, 100.0)];
        assert_eq!(route(0, 1, &ends, &[], ROOM).len(), 2);
        let amid = [ends[0], ends[1], disc(200.0, 100.0)];
        let around = route(0, 1, &amid, &[], ROOM);
        assert!(around.len() > 2 && is_clear(&around, amid[2]), "{around:?}");
        let name = Rect::from_center_size(pos2(200.0, 100.0), vec2(80.0, 14.0));
        let around = route(0, 1, &ends, &[Rect::NOTHING, Rect::NOTHING, name], ROOM);
        let inside = |ends: &[Pos2]| length_in_rect(ends[0], ends[1], name);
        assert_eq!(around.windows(2).map(inside).sum::<f32>(), 0.0);
        assert!(route(0, 7, &ends, &[], ROOM).is_empty(), "to nowhere");
    }

    #[test]
    fn a_line_stays_in_its_room() {
        // At the upper edge there is only one way around.
        let discs = [disc(20.0, 4.0), disc(380.0, 4.0), disc(200.0, 4.0)];
        let around = route(0, 1, &discs, &[], ROOM);
        assert!(
            around.iter().all(|point| ROOM.contains(*point)),
            "{around:?}"
        );
        assert!(is_clear(&around, discs[2]));
        let flat = Rect::from_min_max(pos2(0.0, 0.0), pos2(400.0, 10.0));
        assert_eq!(route(0, 1, &discs, &[], flat).len(), 2, "no way around");
    }

    #[test]
    fn nothing_is_drawn_where_a_name_stands() {
        let names = [
            Rect::from_min_max(pos2(100.0, 90.0), pos2(180.0, 110.0)),
            Rect::from_min_max(pos2(150.0, 95.0), pos2(200.0, 120.0)),
        ];
        for pattern in DASH_PATTERNS {
            let mut layout = PictureLayout::default();
            let line = [pos2(0.0, 100.0), pos2(300.0, 100.0)];
            draw(
                &mut layout,
                &line,
                pattern,
                &names,
                Stroke::new(1.0, crate::theme::LIGHT.text),
            );
            let mut drawn = 0.0;
            for item in &layout.items {
                let LayoutItem::Line {
                    points: [from, to], ..
                } = item
                else {
                    panic!("lines alone are drawn");
                };
                drawn += (*to - *from).length();
                assert!(
                    names
                        .iter()
                        .all(|name| length_in_rect(*from, *to, *name) < 0.01)
                );
            }
            let whole = if pattern.is_empty() {
                200.0..200.1
            } else {
                60.0..170.0
            };
            assert!(whole.contains(&drawn), "{pattern:?}: {drawn}");
        }
    }
}
