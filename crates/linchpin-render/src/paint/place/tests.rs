//! Words find room, or are told that there is none.

use super::*;

/// As far as the room goes.
const FAR: f32 = f32::INFINITY;

fn room() -> Places {
    Places::new(Rect::from_min_max(pos2(0.0, 0.0), pos2(200.0, 100.0)))
}

/// Repeatable numbers from 0 to 1.
struct Dice(u32);

impl Dice {
    fn roll(&mut self) -> f32 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 8) as f32 / (1 << 24) as f32
    }
}

#[test]
fn words_stand_at_the_right_and_move_on_where_that_is_taken() {
    let mut places = room();
    let anchor = Rect::from_center_size(pos2(100.0, 50.0), vec2(10.0, 10.0));
    let size = vec2(40.0, 12.0);
    let right = places.around(anchor, size, 4.0).unwrap();
    assert_eq!((right.left(), right.center().y), (109.0, 50.0));
    places.take_mark(Rect::from_min_size(pos2(140.0, 50.0), vec2(5.0, 5.0)));
    let left = places.around(anchor, size, 4.0).unwrap();
    assert_eq!(left.right(), 91.0);
    places.take_line([pos2(60.0, 0.0), pos2(70.0, 100.0)]);
    let above = places.around(anchor, size, 4.0).unwrap();
    assert_eq!((above.bottom(), above.center().x), (41.0, 100.0));
    let below = places.clone();
    places.take_text(above.translate(vec2(0.0, -11.0)));
    assert_eq!(places.around(anchor, size, 4.0).unwrap().top(), 59.0);
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
    let rect = places.around(corner, vec2(60.0, 20.0), 3.0).unwrap();
    assert!(places.room.contains_rect(rect), "{rect:?}");
    assert_eq!(places.around(corner, vec2(201.0, 10.0), 3.0), None);
    assert_eq!(places.near(corner, vec2(20.0, 101.0), FAR), None);
}

#[test]
fn a_leader_crosses_no_text() {
    let mut places = room();
    let anchor = point(20.0, 50.0);
    // Marks all around the anchor: the only room is at the right.
    places.take_mark(Rect::from_min_max(pos2(0.0, 0.0), pos2(38.0, 44.0)));
    places.take_mark(Rect::from_min_max(pos2(0.0, 56.0), pos2(38.0, 100.0)));
    let size = vec2(30.0, 12.0);
    let led = places.near(anchor, size, FAR).unwrap();
    assert!(
        places.is_free(led.rect) && led.rect.left() > 38.0,
        "{led:?}"
    );
    let end = led.leader[1];
    assert!((end - anchor.center()).length() <= LEADER_GAP_PT + 0.01);
    assert_eq!(places.near(anchor, size, 10.0), None, "too far");
    // Words between: no line may cross them.
    places.take_text(Rect::from_min_max(pos2(40.0, 0.0), pos2(50.0, 100.0)));
    assert_eq!(places.near(anchor, size, FAR), None);
}

#[test]
fn a_leader_rather_goes_further_than_over_marks_and_lines() {
    let anchor = point(100.0, 50.0);
    let size = vec2(30.0, 12.0);
    let far = |places: &Places| {
        // Nothing is free right beside the anchor.
        let mut places = places.clone();
        places.take_line([pos2(70.0, 50.0), pos2(130.0, 50.0)]);
        places.near(anchor, size, FAR).unwrap()
    };
    let free = far(&room());
    let middle = free.leader[0] + (free.leader[1] - free.leader[0]) * 0.3;
    let mut marked = room();
    marked.take_mark(Rect::from_center_size(middle, vec2(1.0, 1.0)));
    let led = far(&marked);
    assert_ne!(led, free);
    assert!(!crosses(led.leader, marked.marks[0]), "{led:?}");
}

#[test]
fn boxes_that_are_put_one_after_another_never_touch() {
    let mut dice = Dice(7);
    let (mut put, mut given_up) = (0, 0);
    for _ in 0..40 {
        let mut places = room();
        let mut boxes: Vec<Rect> = Vec::new();
        for _ in 0..30 {
            let anchor = point(200.0 * dice.roll(), 100.0 * dice.roll());
            let size = vec2(5.0 + 60.0 * dice.roll(), 8.0 + 20.0 * dice.roll());
            let found = places
                .around(anchor, size, 4.0)
                .or_else(|| places.near(anchor, size, FAR).map(|led| led.rect));
            let Some(rect) = found else {
                given_up += 1;
                continue;
            };
            put += 1;
            assert!(places.room.expand(0.1).contains_rect(rect), "{rect:?}");
            for other in &boxes {
                assert!(!rect.intersects(*other), "{rect:?} touches {other:?}");
            }
            places.take_text(rect);
            boxes.push(rect);
        }
    }
    // Neither all nor nothing finds room: both ways are taken.
    assert!(
        put > 300 && given_up > 100,
        "{put} put, {given_up} given up"
    );
}

#[test]
fn lines_are_drawn_up_to_words_and_on_behind_them() {
    let line = [pos2(0.0, 10.0), pos2(100.0, 10.0)];
    let boxes = [(20.0, 40.0), (30.0, 50.0), (90.0, 120.0)]
        .map(|(from, to)| Rect::from_min_max(pos2(from, 0.0), pos2(to, 20.0)));
    let parts: Vec<(f32, f32)> = outside(line, boxes.into_iter())
        .iter()
        .map(|[a, b]| (a.x, b.x))
        .collect();
    assert_eq!(parts, [(0.0, 20.0), (50.0, 90.0)]);
    let below = Rect::from_min_max(pos2(0.0, 11.0), pos2(100.0, 20.0));
    assert_eq!(outside(line, [below].into_iter()), [line]);
}

#[test]
fn labels_move_apart_as_little_as_possible() {
    let moved = |wanted: &[f32], from, to| {
        let wanted: Vec<(f32, f32)> = wanted.iter().map(|y| (*y, 10.0)).collect();
        apart(&wanted, 2.0, from, to)
    };
    assert_eq!(moved(&[10.0, 50.0], 0.0, 100.0), [10.0, 50.0]);
    assert_eq!(moved(&[50.0, 50.0], 0.0, 100.0), [44.0, 56.0]);
    assert_eq!(moved(&[2.0, 3.0], 0.0, 100.0), [5.0, 17.0]);
    assert_eq!(moved(&[97.0, 99.0], 0.0, 100.0), [83.0, 95.0]);
    // Too many: they go on at the far end, and still do not touch.
    assert_eq!(moved(&[0.0, 0.0, 0.0], 0.0, 20.0), [5.0, 17.0, 29.0]);
    let mut dice = Dice(3);
    for _ in 0..200 {
        let mut wanted: Vec<f32> = (0..8).map(|_| 200.0 * dice.roll()).collect();
        wanted.sort_by(f32::total_cmp);
        let middles = moved(&wanted, 0.0, 200.0);
        assert!(middles.windows(2).all(|w| w[1] - w[0] >= 11.999));
        assert!(middles[0] >= 4.999 && middles[7] <= 195.001, "{middles:?}");
    }
}
