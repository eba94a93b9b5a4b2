//! Words find room, or are told that there is none.

use super::*;

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
        // Nothing is free right beside the anchor.
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
