//! Room for words between what is drawn already: no two texts touch, and none lies on a mark.

use super::geometry::{crosses_rect, lines_cross, parts_outside};
use super::picture_layout::{LayoutItem, PictureLayout};
use egui::{Color32, Pos2, Rect, Vec2, pos2, vec2};

/// Distance between words and what they must not touch, in points.
const CLEARANCE_PT: f32 = 2.0;

/// Between two rings of places that are tried around an anchor, and between a place and the end of
/// its leader line, in points.
const RING_STEP_PT: f32 = 12.0;
const LEADER_GAP_PT: f32 = 3.0;

/// The directions in which places are tried, best first: right, left, above, below, then between
/// them. All but the first two keep to above and below.
const DIRECTIONS: [(f32, f32); 8] = [
    (1.0, 0.0),
    (-1.0, 0.0),
    (0.0, -1.0),
    (0.0, 1.0),
    (1.0, -1.0),
    (-1.0, -1.0),
    (1.0, 1.0),
    (-1.0, 1.0),
];

/// What is taken of a room.
#[derive(Clone)]
pub(super) struct LabelPlacer {
    bounds: Rect,
    texts: Vec<Rect>,
    marks: Vec<Rect>,
    lines: Vec<[Pos2; 2]>,
}

/// A box at a distance from what it belongs to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct LeaderLabel {
    pub rect: Rect,
    /// The line that leads from the box to its anchor.
    pub leader: [Pos2; 2],
}

impl LabelPlacer {
    pub fn new(bounds: Rect) -> LabelPlacer {
        LabelPlacer {
            bounds,
            texts: Vec::new(),
            marks: Vec::new(),
            lines: Vec::new(),
        }
    }

    /// What a layout takes of a room. Lines are not counted: most of them are a grid's. Nor are
    /// fills in the color of the background.
    pub fn from_layout(layout: &PictureLayout, room: Rect, background: Color32) -> LabelPlacer {
        let mut places = LabelPlacer::new(room);
        for item in &layout.items {
            match item {
                LayoutItem::Text(label) => places.add_text(label.rect()),
                LayoutItem::Fill { rect, color, .. } if *color != background => {
                    places.add_mark(*rect)
                }
                LayoutItem::RectOutline { rect, .. } | LayoutItem::Image { rect, .. } => {
                    places.add_mark(*rect)
                }
                LayoutItem::Circle {
                    center, radius_pt, ..
                } => places.add_mark(Rect::from_center_size(
                    *center,
                    Vec2::splat(2.0 * radius_pt),
                )),
                LayoutItem::Polygon { points, .. } => places.add_mark(Rect::from_points(points)),
                LayoutItem::Plot(plot) => {
                    (0..plot.bars.len()).for_each(|at| places.add_mark(plot.bar_rect(at)));
                }
                LayoutItem::Fill { .. }
                | LayoutItem::Band { .. }
                | LayoutItem::Line { .. }
                | LayoutItem::GridLine { .. }
                | LayoutItem::Polyline { .. } => {}
            }
        }
        places
    }

    pub fn add_text(&mut self, rect: Rect) {
        self.texts.push(rect);
    }

    pub fn add_mark(&mut self, rect: Rect) {
        self.marks.push(rect);
    }

    pub fn add_line(&mut self, line: [Pos2; 2]) {
        self.lines.push(line);
    }

    /// The same room with its texts only: for words that may lie on marks.
    pub fn texts_only(&self) -> LabelPlacer {
        LabelPlacer {
            texts: self.texts.clone(),
            ..LabelPlacer::new(self.bounds)
        }
    }

    /// Whether a box lies within the room and touches nothing.
    pub fn is_free(&self, rect: Rect) -> bool {
        let clear = rect.expand(CLEARANCE_PT);
        let touches = |taken: &Rect| {
            taken.left() < clear.right()
                && clear.left() < taken.right()
                && taken.top() < clear.bottom()
                && clear.top() < taken.bottom()
        };
        // Cheapest first; a little beyond the bounds is rounding, not a cut text.
        self.bounds.expand(0.01).contains_rect(rect)
            && !self.texts.iter().any(touches)
            && !self.marks.iter().any(touches)
            && !self.lines.iter().any(|line| crosses_rect(*line, clear))
    }

    /// A free box of a size right next to an anchor, `gap_pt` from it.
    pub fn adjacent(&self, anchor: Rect, size: Vec2, gap_pt: f32) -> Option<Rect> {
        self.first_free(&DIRECTIONS, anchor, size, gap_pt)
    }

    /// The same, but only above or below, or where the anchor's ends are.
    pub fn above_or_below(&self, anchor: Rect, size: Vec2, gap_pt: f32) -> Option<Rect> {
        self.first_free(&DIRECTIONS[2..], anchor, size, gap_pt)
    }

    fn first_free(&self, ways: &[(f32, f32)], anchor: Rect, size: Vec2, gap: f32) -> Option<Rect> {
        ways.iter()
            .map(|way| adjacent_rect(anchor, size, *way, gap))
            .find(|rect| self.is_free(*rect))
    }

    /// A free box above or below an anchor, moved sideways until it lies within the room.
    pub fn above_or_below_shifted(&self, anchor: Rect, size: Vec2, gap_pt: f32) -> Option<Rect> {
        let last = (self.bounds.right() - size.x).max(self.bounds.left());
        let left = (anchor.center().x - size.x / 2.0).clamp(self.bounds.left(), last);
        let tops = [anchor.top() - gap_pt - size.y, anchor.bottom() + gap_pt];
        tops.into_iter()
            .map(|top| Rect::from_min_size(pos2(left, top), size))
            .find(|rect| self.is_free(*rect))
    }

    /// The nearest free box of a size around an anchor, no farther than so much, with a line to the
    /// anchor that crosses no text, and where possible no mark and no other line.
    pub fn with_leader(&self, anchor: Rect, size: Vec2, farthest_pt: f32) -> Option<LeaderLabel> {
        let farthest = self
            .bounds
            .width()
            .max(self.bounds.height())
            .min(farthest_pt);
        // Bounded: a picture of 100,000 points would be searched for minutes.
        let rings = (farthest / RING_STEP_PT).ceil().min(400.0) as usize;
        let mut over_marks: Option<LeaderLabel> = None;
        let mut last = rings;
        for ring in 1..=rings {
            if ring > last {
                break;
            }
            let distance = ring as f32 * RING_STEP_PT;
            // As many places on a ring as keep their distance the same.
            let count = (ring * 4).clamp(8, 48);
            for at in 0..count {
                // An eighth of a turn back, so that the first place that is tried lies above and to
                // the right, where the eye looks for a callout.
                let angle = std::f32::consts::TAU * (at as f32 / count as f32 - 0.125);
                let way = vec2(angle.cos(), angle.sin());
                let rect = rect_at_distance(anchor, size, way, distance);
                if !self.is_free(rect) {
                    continue;
                }
                let leader = leader_line(rect, anchor);
                if self
                    .texts
                    .iter()
                    .any(|text| crosses_rect(leader, text.expand(1.0)))
                {
                    continue;
                }
                let led = LeaderLabel { rect, leader };
                let own = anchor.expand(1.0);
                let crossed =
                    |mark: &&Rect| !own.intersects(**mark) && crosses_rect(leader, **mark);
                let meets = |line: &&[Pos2; 2]| lines_cross(without_anchor_end(leader), **line);
                if self.marks.iter().find(crossed).is_none()
                    && self.lines.iter().find(meets).is_none()
                {
                    return Some(led);
                }
                // A clear way is worth going further, but not much.
                if over_marks.is_none() {
                    (over_marks, last) = (Some(led), 2 * ring + 3);
                }
            }
        }
        over_marks
    }
}

/// A box next to an anchor in one of eight directions.
fn adjacent_rect(anchor: Rect, size: Vec2, way: (f32, f32), gap_pt: f32) -> Rect {
    // At a corner the gap counts once.
    let gap = if way.0 != 0.0 && way.1 != 0.0 {
        gap_pt * 0.4
    } else {
        gap_pt
    };
    let reach = (anchor.size() + size) / 2.0 + Vec2::splat(gap);
    Rect::from_center_size(
        anchor.center() + vec2(way.0 * reach.x, way.1 * reach.y),
        size,
    )
}

/// A box in any direction from an anchor, its near edge at a distance.
fn rect_at_distance(anchor: Rect, size: Vec2, way: Vec2, distance: f32) -> Rect {
    let half = (anchor.size() + size) / 2.0;
    let center = anchor.center() + vec2(way.x * (half.x + distance), way.y * (half.y + distance));
    Rect::from_center_size(center, size)
}

/// The line between a box and its anchor, stopping short of both.
fn leader_line(rect: Rect, anchor: Rect) -> [Pos2; 2] {
    let from = rect.clamp(anchor.center());
    let to = anchor.clamp(from);
    let way = (to - from).normalized();
    let length = (to - from).length();
    // A short line would be all gap, or turn around.
    let gap = LEADER_GAP_PT.min(length / 3.0);
    [from + way * gap, to - way * gap]
}

/// A leader without its end at the anchor, where the line of the anchor itself passes.
fn without_anchor_end([from, to]: [Pos2; 2]) -> [Pos2; 2] {
    let length = (to - from).length();
    let share = ((length - 2.0 * RING_STEP_PT) / length.max(1.0)).max(0.0);
    [from, from + (to - from) * share]
}

/// Breaks the lines of a grid where words stand.
pub(super) fn break_grid_at_text(layout: &mut PictureLayout) {
    let texts: Vec<Rect> = layout
        .items
        .iter()
        .filter_map(|item| match item {
            LayoutItem::Text(label) => Some(label.rect().expand2(vec2(3.0, 0.0))),
            _ => None,
        })
        .collect();
    for item in std::mem::take(&mut layout.items) {
        match item {
            LayoutItem::GridLine { points, stroke } => {
                let parts = parts_outside(points, texts.iter().copied());
                let part = |points| LayoutItem::Line { points, stroke };
                layout.items.extend(parts.into_iter().map(part));
            }
            other => layout.items.push(other),
        }
    }
}

/// Moves boxes of these middles and heights apart along a line, as little as possible, in their
/// order and within two ends. Where all together are too long they go on beyond the far end.
pub(super) fn spread_out(wanted: &[(f32, f32)], gap_pt: f32, from: f32, to: f32) -> Vec<f32> {
    // Neighbors that touch become one block, which lies where its members want to be on the
    // average.
    struct LabelBlock {
        first: usize,
        count: usize,
        height: f32,
        /// The sum of where its members want its top to be.
        tops: f32,
    }
    let top = |block: &LabelBlock| {
        // Their average is where the sum of squared moves is least: the fit of isotonic regression.
        let top = block.tops / block.count as f32;
        top.min(to - block.height).max(from)
    };
    let mut blocks: Vec<LabelBlock> = Vec::new();
    for (at, (middle, height)) in wanted.iter().enumerate() {
        let mut block = LabelBlock {
            first: at,
            count: 1,
            height: *height,
            tops: middle - height / 2.0,
        };
        while let Some(last) = blocks.pop() {
            if top(&last) + last.height + gap_pt <= top(&block) {
                blocks.push(last);
                break;
            }
            let shift = last.height + gap_pt;
            block = LabelBlock {
                first: last.first,
                count: last.count + block.count,
                height: shift + block.height,
                tops: last.tops + block.tops - shift * block.count as f32,
            };
        }
        blocks.push(block);
    }
    let mut middles = Vec::with_capacity(wanted.len());
    for block in &blocks {
        let mut y = top(block);
        for (_, height) in wanted.iter().skip(block.first).take(block.count) {
            middles.push(y + height / 2.0);
            y += height + gap_pt;
        }
    }
    middles
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paint::geometry::point_rect;

    /// As far as the room goes.
    const FAR: f32 = f32::INFINITY;

    fn room() -> LabelPlacer {
        LabelPlacer::new(Rect::from_min_max(pos2(0.0, 0.0), pos2(200.0, 100.0)))
    }

    /// Repeatable numbers from 0 to 1.
    struct TestRng(u32);

    impl TestRng {
        fn next_unit(&mut self) -> f32 {
            self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (self.0 >> 8) as f32 / (1 << 24) as f32
        }
    }

    #[test]
    fn words_stand_at_the_right_and_move_on_where_that_is_taken() {
        let mut places = room();
        let anchor = Rect::from_center_size(pos2(100.0, 50.0), vec2(10.0, 10.0));
        let size = vec2(40.0, 12.0);
        let right = places.adjacent(anchor, size, 4.0).unwrap();
        assert_eq!((right.left(), right.center().y), (109.0, 50.0));
        places.add_mark(Rect::from_min_size(pos2(140.0, 50.0), vec2(5.0, 5.0)));
        let left = places.adjacent(anchor, size, 4.0).unwrap();
        assert_eq!(left.right(), 91.0);
        places.add_line([pos2(60.0, 0.0), pos2(70.0, 100.0)]);
        let above = places.adjacent(anchor, size, 4.0).unwrap();
        assert_eq!((above.bottom(), above.center().x), (41.0, 100.0));
        let below = places.clone();
        places.add_text(above.translate(vec2(0.0, -11.0)));
        assert_eq!(places.adjacent(anchor, size, 4.0).unwrap().top(), 59.0);
        assert_eq!(
            below.above_or_below(anchor, size, 4.0).unwrap(),
            above,
            "sides are left out"
        );
    }

    #[test]
    fn no_box_leaves_the_room() {
        let places = room();
        let corner = Rect::from_center_size(pos2(198.0, 2.0), vec2(4.0, 4.0));
        let rect = places.adjacent(corner, vec2(60.0, 20.0), 3.0).unwrap();
        assert!(places.bounds.contains_rect(rect), "{rect:?}");
        assert_eq!(places.adjacent(corner, vec2(201.0, 10.0), 3.0), None);
        assert_eq!(places.with_leader(corner, vec2(20.0, 101.0), FAR), None);
    }

    #[test]
    fn a_leader_crosses_no_text() {
        let mut places = room();
        let anchor = point_rect(20.0, 50.0);
        // Marks all around the anchor: the only room is at the right.
        places.add_mark(Rect::from_min_max(pos2(0.0, 0.0), pos2(38.0, 44.0)));
        places.add_mark(Rect::from_min_max(pos2(0.0, 56.0), pos2(38.0, 100.0)));
        let size = vec2(30.0, 12.0);
        let led = places.with_leader(anchor, size, FAR).unwrap();
        assert!(
            places.is_free(led.rect) && led.rect.left() > 38.0,
            "{led:?}"
        );
        let end = led.leader[1];
        assert!((end - anchor.center()).length() <= LEADER_GAP_PT + 0.01);
        assert_eq!(places.with_leader(anchor, size, 10.0), None, "too far");
        // Words between: no line may cross them.
        places.add_text(Rect::from_min_max(pos2(40.0, 0.0), pos2(50.0, 100.0)));
        assert_eq!(places.with_leader(anchor, size, FAR), None);
    }

    #[test]
    fn a_leader_rather_goes_further_than_over_marks_and_lines() {
        let anchor = point_rect(100.0, 50.0);
        let size = vec2(30.0, 12.0);
        let far = |places: &LabelPlacer| {
            // Nothing is free right next to the anchor.
            let mut places = places.clone();
            places.add_line([pos2(70.0, 50.0), pos2(130.0, 50.0)]);
            places.with_leader(anchor, size, FAR).unwrap()
        };
        let free = far(&room());
        let middle = free.leader[0] + (free.leader[1] - free.leader[0]) * 0.3;
        let mut marked = room();
        marked.add_mark(Rect::from_center_size(middle, vec2(1.0, 1.0)));
        let led = far(&marked);
        assert_ne!(led, free);
        assert!(!crosses_rect(led.leader, marked.marks[0]), "{led:?}");
    }

    #[test]
    fn boxes_that_are_put_one_after_another_never_touch() {
        let mut rng = TestRng(7);
        let (mut put, mut unplaced) = (0, 0);
        for _ in 0..40 {
            let mut places = room();
            let mut boxes: Vec<Rect> = Vec::new();
            for _ in 0..30 {
                let anchor = point_rect(200.0 * rng.next_unit(), 100.0 * rng.next_unit());
                let size = vec2(5.0 + 60.0 * rng.next_unit(), 8.0 + 20.0 * rng.next_unit());
                let found = places
                    .adjacent(anchor, size, 4.0)
                    .or_else(|| places.with_leader(anchor, size, FAR).map(|led| led.rect));
                let Some(rect) = found else {
                    unplaced += 1;
                    continue;
                };
                put += 1;
                assert!(places.bounds.expand(0.1).contains_rect(rect), "{rect:?}");
                for other in &boxes {
                    assert!(!rect.intersects(*other), "{rect:?} touches {other:?}");
                }
                places.add_text(rect);
                boxes.push(rect);
            }
        }
        // Neither all nor nothing finds room: both ways are taken.
        assert!(
            put > 300 && unplaced > 100,
            "{put} put, {unplaced} given up"
        );
    }

    #[test]
    fn labels_move_apart_as_little_as_possible() {
        let moved = |wanted: &[f32], from, to| {
            let wanted: Vec<(f32, f32)> = wanted.iter().map(|y| (*y, 10.0)).collect();
            spread_out(&wanted, 2.0, from, to)
        };
        assert_eq!(moved(&[10.0, 50.0], 0.0, 100.0), [10.0, 50.0]);
        assert_eq!(moved(&[50.0, 50.0], 0.0, 100.0), [44.0, 56.0]);
        assert_eq!(moved(&[2.0, 3.0], 0.0, 100.0), [5.0, 17.0]);
        assert_eq!(moved(&[97.0, 99.0], 0.0, 100.0), [83.0, 95.0]);
        // Too many: they go on at the far end, and still do not touch.
        assert_eq!(moved(&[0.0, 0.0, 0.0], 0.0, 20.0), [5.0, 17.0, 29.0]);
        let mut rng = TestRng(3);
        for _ in 0..200 {
            let mut wanted: Vec<f32> = (0..8).map(|_| 200.0 * rng.next_unit()).collect();
            wanted.sort_by(f32::total_cmp);
            let middles = moved(&wanted, 0.0, 200.0);
            assert!(middles.windows(2).all(|w| w[1] - w[0] >= 11.999));
            assert!(middles[0] >= 4.999 && middles[7] <= 195.001, "{middles:?}");
        }
    }
}
