//! Names keep apart, wherever their discs stand.

use super::*;

/// Names at these places, in a room of this size.
fn check(centers: &[Pos2], sizes: &[Vec2], lines: &[(usize, usize)], room: Vec2) -> usize {
    let discs: Vec<Disc> = centers
        .iter()
        .map(|center| Disc {
            center: *center,
            radius_pt: 6.0,
        })
        .collect();
    let room = Rect::from_min_size(Pos2::ZERO, room);
    let places = place_labels(&discs, sizes, lines, room);
    assert_eq!(places.len(), discs.len());
    for (i, a) in places.iter().enumerate() {
        assert_eq!(a.rect.size().round(), sizes[i].round());
        assert!(a.rect.left() >= -0.01 && a.rect.right() <= room.right() + 0.01);
        assert!(a.rect.top() >= -0.01, "{:?}", a.rect);
        let gap = a.rect.distance_to_pos(discs[i].center);
        assert!(gap < 20.0 || a.leader.is_some(), "{gap} without a line");
        for disc in &discs {
            assert!(!disc.touches(a.rect, 0.5), "{:?} lies on {disc:?}", a.rect);
        }
        for b in &places[i + 1..] {
            assert!(
                !a.rect.intersects(b.rect),
                "{:?} meets {:?}",
                a.rect,
                b.rect
            );
        }
    }
    places.iter().filter(|place| place.leader.is_some()).count()
}

#[test]
fn names_keep_apart_from_each_other_and_from_discs() {
    let size = vec2(120.0, 30.0);
    let chain: Vec<Pos2> = (0..8)
        .map(|i| pos2(80.0 + 90.0 * i as f32, 200.0))
        .collect();
    let links: Vec<_> = (1..8).map(|i| (i - 1, i)).collect();
    let far = check(&chain, &[size; 8], &links, vec2(800.0, 400.0));
    assert_eq!(far, 0, "there is room above and below");
    // Forty in a heap: all must move away.
    let heap: Vec<Pos2> = (0..40)
        .map(|i| pos2(300.0 + 15.0 * (i % 8) as f32, 200.0 + 15.0 * (i / 8) as f32))
        .collect();
    assert!(check(&heap, &[size; 40], &[], vec2(700.0, 500.0)) > 20);
    // Names nearly as wide and higher than the room.
    check(
        &chain[..3],
        &[vec2(780.0, 300.0); 3],
        &[],
        vec2(800.0, 250.0),
    );
    assert_eq!(check(&chain[..1], &[size], &[], vec2(800.0, 400.0)), 0);
}

#[test]
fn a_name_stands_beside_rather_than_on_a_line() {
    let discs = [pos2(100.0, 100.0), pos2(300.0, 100.0)].map(|center| Disc {
        center,
        radius_pt: 6.0,
    });
    let room = Rect::from_min_size(Pos2::ZERO, vec2(500.0, 200.0));
    let places = place_labels(&discs, &[vec2(60.0, 14.0); 2], &[(0, 1)], room);
    let [from, to] = [discs[0].center, discs[1].center];
    for place in places {
        assert_eq!(length_in_rect(from, to, place.rect), 0.0, "{place:?}");
    }
}
