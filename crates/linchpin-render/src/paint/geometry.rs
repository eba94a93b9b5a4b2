//! Lines and boxes: where they meet.

use egui::{Pos2, Rect, pos2};

/// The part of a line within a box, as shares of its length.
pub(super) fn clip_fractions(from: Pos2, to: Pos2, rect: Rect) -> Option<(f32, f32)> {
    let d = to - from;
    let (mut enter, mut leave) = (0.0_f32, 1.0_f32);
    for (step, start, low, high) in [
        (d.x, from.x, rect.left(), rect.right()),
        (d.y, from.y, rect.top(), rect.bottom()),
    ] {
        // Parallel to these two sides: it is between them all the way, or never.
        if step == 0.0 {
            if start < low || start > high {
                return None;
            }
            continue;
        }
        let (a, b) = ((low - start) / step, (high - start) / step);
        enter = enter.max(a.min(b));
        leave = leave.min(a.max(b));
    }
    (enter < leave).then_some((enter, leave))
}

/// Whether a line has a part within a box.
pub(super) fn crosses_rect([from, to]: [Pos2; 2], rect: Rect) -> bool {
    clip_fractions(from, to, rect).is_some()
}

/// The parts of a line that lie in none of these boxes.
pub(super) fn parts_outside(line: [Pos2; 2], boxes: impl Iterator<Item = Rect>) -> Vec<[Pos2; 2]> {
    let mut hidden: Vec<(f32, f32)> = boxes
        .filter_map(|rect| clip_fractions(line[0], line[1], rect))
        .collect();
    // In the order of the line, so that boxes which overlap hide one stretch.
    hidden.sort_by(|a, b| a.0.total_cmp(&b.0));
    let at = |share: f32| line[0] + (line[1] - line[0]) * share;
    let mut parts = Vec::new();
    let mut from = 0.0_f32;
    for (start, end) in hidden.into_iter().chain([(1.0, 1.0)]) {
        if start > from {
            parts.push([at(from), at(start)]);
        }
        from = from.max(end);
    }
    parts
}

/// Whether two lines cross.
pub(super) fn lines_cross([a, b]: [Pos2; 2], [c, d]: [Pos2; 2]) -> bool {
    let side = |p: Pos2, q: Pos2, r: Pos2| {
        let (pq, pr) = (q - p, r - p);
        pq.x * pr.y - pq.y * pr.x
    };
    side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0
}

/// A box without size, at a point.
pub(super) fn point_rect(x: f32, y: f32) -> Rect {
    Rect::from_min_max(pos2(x, y), pos2(x, y))
}

/// How much of a line lies within a box, in points.
pub(super) fn length_in_rect(from: Pos2, to: Pos2, rect: Rect) -> f32 {
    clip_fractions(from, to, rect)
        .map_or(0.0, |(enter, leave)| (leave - enter) * (to - from).length())
}

/// Whether a line comes nearer to a place than `reach`.
pub(super) fn passes_near(from: Pos2, to: Pos2, place: Pos2, reach: f32) -> bool {
    let d = to - from;
    let share = ((place - from).dot(d) / d.length_sq().max(f32::MIN_POSITIVE)).clamp(0.0, 1.0);
    (place - (from + d * share)).length_sq() < reach * reach
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_meet_boxes() {
        let rect = Rect::from_min_max(pos2(10.0, 10.0), pos2(20.0, 30.0));
        let at = |x: f32, y: f32| pos2(x, y);
        assert_eq!(length_in_rect(at(0.0, 20.0), at(40.0, 20.0), rect), 10.0);
        let down = length_in_rect(at(15.0, 0.0), at(15.0, 25.0), rect);
        assert!((down - 15.0).abs() < 0.001, "{down}");
        assert_eq!(length_in_rect(at(0.0, 0.0), at(40.0, 5.0), rect), 0.0);
        assert_eq!(clip_fractions(at(0.0, 40.0), at(5.0, 0.0), rect), None);
        assert!(passes_near(at(0.0, 0.0), at(10.0, 0.0), at(5.0, 2.0), 3.0));
        assert!(!passes_near(
            at(0.0, 0.0),
            at(10.0, 0.0),
            at(15.0, 0.0),
            3.0
        ));
    }

    #[test]
    fn lines_are_drawn_up_to_words_and_on_behind_them() {
        let line = [pos2(0.0, 10.0), pos2(100.0, 10.0)];
        let boxes = [(20.0, 40.0), (30.0, 50.0), (90.0, 120.0)]
            .map(|(from, to)| Rect::from_min_max(pos2(from, 0.0), pos2(to, 20.0)));
        let parts: Vec<(f32, f32)> = parts_outside(line, boxes.into_iter())
            .iter()
            .map(|[a, b]| (a.x, b.x))
            .collect();
        assert_eq!(parts, [(0.0, 20.0), (50.0, 90.0)]);
        let below = Rect::from_min_max(pos2(0.0, 11.0), pos2(100.0, 20.0));
        assert_eq!(parts_outside(line, [below].into_iter()), [line]);
    }
}
