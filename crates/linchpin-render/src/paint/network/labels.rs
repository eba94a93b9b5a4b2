//! Places for names next to discs: no two meet, none lies on a disc, few lie on lines. A name that
//! finds no room next to its disc moves away and is joined to it by a thin line.

use super::super::geometry::{crosses_rect, length_in_rect, passes_near};
use super::discs::Disc;
use egui::{Align, Pos2, Rect, Vec2, pos2, vec2};

/// Where a name stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct NodeLabelPosition {
    pub rect: Rect,
    /// On which edge its lines end.
    pub align: Align,
    /// From the disc to the name, where the two are apart.
    pub leader: Option<[Pos2; 2]>,
    cost: f32,
}

/// Ways from a disc to its name, the best first, and what each costs.
const DIRECTIONS: [(f32, f32, f32); 16] = [
    (1.0, 0.0, 0.0),
    (0.0, 1.0, 0.6),
    (-1.0, 0.0, 0.8),
    (0.0, -1.0, 0.7),
    (0.707, 0.707, 0.9),
    (0.707, -0.707, 0.9),
    (-0.707, 0.707, 1.2),
    (-0.707, -0.707, 1.2),
    (0.924, 0.383, 0.8),
    (0.924, -0.383, 0.8),
    (-0.924, 0.383, 1.1),
    (-0.924, -0.383, 1.1),
    (0.383, 0.924, 1.0),
    (0.383, -0.924, 1.0),
    (-0.383, 0.924, 1.2),
    (-0.383, -0.924, 1.2),
];

/// How far a name stands from its disc, in points: next to it, or away from it with a line.
const DISTANCES_PT: [f32; 6] = [3.0, 14.0, 28.0, 46.0, 70.0, 100.0];

/// From here on a line joins the two.
const LEADER_PT: f32 = 10.0;

/// What must lie between two names, in points.
const GAP_PT: f32 = 3.0;

/// What it costs to lie on a line, for each point; to be away; to cross a name or a disc with one's
/// own line.
const ON_LINE_COST: f32 = 0.1;
const LEADER_COST: f32 = 9.0;
const CROSSING_COST: f32 = 18.0;

/// From this share of the largest disc on, a disc is large.
const LARGE_SHARE: f32 = 0.8;

/// How many places are tried from which others must go, and how many may have to go for one.
const MAX_TRIES: usize = 16;
const MAX_MOVED: usize = 2;

/// How often all names look for a better place.
const IMPROVEMENT_ROUNDS: usize = 3;

/// Places names of these sizes, in the order of the discs. All stand between the left and right
/// edge of the room and below its top; where there is not enough of it, some stand below its
/// bottom.
pub(super) fn place_labels(
    discs: &[Disc],
    sizes: &[Vec2],
    lines: &[(usize, usize)],
    room: Rect,
) -> Vec<NodeLabelPosition> {
    let choices: Vec<Vec<NodeLabelPosition>> = (0..discs.len().min(sizes.len()))
        .map(|i| candidates(i, discs, sizes[i], lines, room))
        .collect();
    // To find the best of all placements is NP-hard. Here each name takes its cheapest free place,
    // names make room for those that find none, and a few rounds improve on what was
    // chosen early. The largest choose first, then whoever has the fewest places.
    let largest = discs.iter().map(|disc| disc.radius_pt).fold(0.0, f32::max);
    let mut order: Vec<usize> = (0..choices.len()).collect();
    order.sort_by_key(|&i| {
        (
            discs[i].radius_pt < LARGE_SHARE * largest,
            choices[i].len(),
            i,
        )
    });
    let mut placed: Vec<Option<NodeLabelPosition>> = vec![None; choices.len()];
    for &i in &order {
        placed[i] = cheapest_free(i, &choices[i], &placed);
        if placed[i].is_none() {
            make_room(i, &choices, &mut placed);
        }
    }
    // Those that found nothing go as far as they must, when all others stand.
    for &i in &order {
        if placed[i].is_none() {
            placed[i] = Some(fallback_position(i, discs, sizes[i], &placed, room));
        }
    }
    // A move lowers the cost of all names together, so the rounds never go in a circle.
    for _ in 0..IMPROVEMENT_ROUNDS {
        for &i in &order {
            let Some(now) = placed[i] else { continue };
            let cost = now.cost + crossing_cost(i, &now, &placed);
            if let Some(better) = cheapest_free(i, &choices[i], &placed)
                && better.cost + crossing_cost(i, &better, &placed) < cost - 0.01
            {
                placed[i] = Some(better);
            }
        }
    }
    placed.into_iter().flatten().collect()
}

/// A name at a way and a distance from its disc.
fn candidate_at(disc: Disc, size: Vec2, way: Vec2, away_pt: f32) -> NodeLabelPosition {
    let reach = disc.radius_pt + away_pt;
    // From the middle of an edge to its corner, but steeper: close to an axis the name keeps its
    // edge toward the disc.
    let lean = |part: f32| (part * 1.5).clamp(-1.0, 1.0) / 2.0;
    let offset = vec2(lean(way.x) * size.x, lean(way.y) * size.y);
    let rect = Rect::from_center_size(disc.center + way * reach + offset, size);
    let align = match way.x {
        x if x > 0.5 => Align::Min,
        x if x < -0.5 => Align::Max,
        _ => Align::Center,
    };
    let leader = (away_pt >= LEADER_PT).then(|| {
        // To the middle of the nearer edge, so that the eye goes straight to the words.
        let end = if way.y.abs() > 0.8 {
            let x = disc.center.x.clamp(rect.left(), rect.right());
            pos2(
                x,
                if way.y > 0.0 {
                    rect.top()
                } else {
                    rect.bottom()
                },
            )
        } else {
            let y = disc.center.y.clamp(rect.top() + 4.0, rect.bottom() - 4.0);
            pos2(
                if way.x > 0.0 {
                    rect.left() - 2.0
                } else {
                    rect.right() + 2.0
                },
                y,
            )
        };
        [disc.center, end]
    });
    NodeLabelPosition {
        rect,
        align,
        leader,
        cost: 0.0,
    }
}

/// Every place for a name that is free of discs, with what it costs whatever the other names do,
/// the cheapest first.
fn candidates(
    i: usize,
    discs: &[Disc],
    size: Vec2,
    lines: &[(usize, usize)],
    room: Rect,
) -> Vec<NodeLabelPosition> {
    let disc = discs[i];
    let farthest = DISTANCES_PT[DISTANCES_PT.len() - 1];
    let around = disc.rect().expand2(size + Vec2::splat(farthest));
    let near: Vec<Disc> = discs
        .iter()
        .copied()
        .filter(|other| around.intersects(other.rect()))
        .collect();
    let ends = |&(from, to): &(usize, usize)| {
        let own = from == i || to == i;
        Some((discs.get(from)?.center, discs.get(to)?.center, own))
    };
    let lines: Vec<(Pos2, Pos2, bool)> = lines
        .iter()
        .filter_map(ends)
        .filter(|(from, to, _)| Rect::from_two_pos(*from, *to).intersects(around))
        .collect();
    let mut found = Vec::new();
    for away_pt in DISTANCES_PT {
        for (x, y, dislike) in DIRECTIONS {
            let mut place = candidate_at(disc, size, vec2(x, y), away_pt);
            if !room.contains_rect(place.rect)
                || near.iter().any(|other| other.touches(place.rect, 2.0))
            {
                continue;
            }
            place.cost = dislike + 0.12 * away_pt;
            let inner = place.rect.expand(1.0);
            for (from, to, own) in &lines {
                let weight = if *own { 0.5 } else { 1.0 };
                place.cost += weight * ON_LINE_COST * length_in_rect(*from, *to, inner);
            }
            if let Some(leader) = place.leader {
                place.cost += LEADER_COST + CROSSING_COST * crossed_discs(leader, disc, &near);
            }
            found.push(place);
        }
    }
    found.sort_by(|a, b| a.cost.total_cmp(&b.cost));
    found
}

/// How many discs a line from a disc to its name crosses.
fn crossed_discs([from, to]: [Pos2; 2], own: Disc, discs: &[Disc]) -> f32 {
    let is_crossed = |other: &&Disc| {
        other.center != own.center && passes_near(from, to, other.center, other.radius_pt + 1.0)
    };
    discs.iter().filter(is_crossed).count() as f32
}

/// The cheapest of the places that meet no other name.
fn cheapest_free(
    i: usize,
    choices: &[NodeLabelPosition],
    placed: &[Option<NodeLabelPosition>],
) -> Option<NodeLabelPosition> {
    let mut best: Option<(f32, NodeLabelPosition)> = None;
    for choice in choices {
        // Places are sorted by their own cost, and other names only add to it.
        if best.is_some_and(|(cost, _)| choice.cost >= cost) {
            break;
        }
        if !is_free(i, choice.rect, placed) {
            continue;
        }
        let cost = choice.cost + crossing_cost(i, choice, placed);
        if best.is_none_or(|(least, _)| cost < least) {
            best = Some((cost, *choice));
        }
    }
    best.map(|(_, place)| place)
}

/// Puts a name where others stand, if these find other places.
fn make_room(
    i: usize,
    choices: &[Vec<NodeLabelPosition>],
    placed: &mut [Option<NodeLabelPosition>],
) {
    let mut ways: Vec<(f32, NodeLabelPosition, Vec<usize>)> = Vec::new();
    for choice in &choices[i] {
        let rect = choice.rect.expand(GAP_PT);
        let stands = |other: &usize| placed[*other].is_some_and(|it| it.rect.intersects(rect));
        let there: Vec<usize> = (0..placed.len()).filter(stands).collect();
        if there.len() <= MAX_MOVED {
            ways.push((
                choice.cost + LEADER_COST * there.len() as f32,
                *choice,
                there,
            ));
        }
    }
    ways.sort_by(|a, b| a.0.total_cmp(&b.0));
    for (_, choice, there) in ways.into_iter().take(MAX_TRIES) {
        let before: Vec<Option<NodeLabelPosition>> =
            there.iter().map(|&other| placed[other]).collect();
        there.iter().for_each(|&other| placed[other] = None);
        placed[i] = Some(choice);
        for &other in &there {
            placed[other] = cheapest_free(other, &choices[other], placed);
        }
        if there.iter().all(|&other| placed[other].is_some()) {
            return;
        }
        placed[i] = None;
        for (&other, place) in there.iter().zip(before) {
            placed[other] = place;
        }
    }
}

fn others(
    i: usize,
    placed: &[Option<NodeLabelPosition>],
) -> impl Iterator<Item = &NodeLabelPosition> {
    let others = placed.iter().enumerate().filter(move |(at, _)| *at != i);
    others.filter_map(|(_, place)| place.as_ref())
}

fn is_free(i: usize, rect: Rect, placed: &[Option<NodeLabelPosition>]) -> bool {
    let rect = rect.expand(GAP_PT);
    !others(i, placed).any(|other| other.rect.intersects(rect))
}

/// What it costs that lines to names run through names.
fn crossing_cost(i: usize, place: &NodeLabelPosition, placed: &[Option<NodeLabelPosition>]) -> f32 {
    let crosses =
        |leader: Option<[Pos2; 2]>, rect: Rect| leader.is_some_and(|line| crosses_rect(line, rect));
    let count = others(i, placed)
        .map(|other| {
            usize::from(crosses(place.leader, other.rect))
                + usize::from(crosses(other.leader, place.rect))
        })
        .sum::<usize>();
    CROSSING_COST * count as f32
}

/// The nearest free place, however far; below everything where there is none.
fn fallback_position(
    i: usize,
    discs: &[Disc],
    size: Vec2,
    placed: &[Option<NodeLabelPosition>],
    room: Rect,
) -> NodeLabelPosition {
    let disc = discs[i];
    let clear = |rect: Rect| {
        rect.left() >= room.left()
            && rect.right() <= room.right()
            && rect.top() >= room.top()
            && !discs.iter().any(|other| other.touches(rect, 2.0))
            && is_free(i, rect, placed)
    };
    let mut best: Option<NodeLabelPosition> = None;
    let mut away_pt = DISTANCES_PT[DISTANCES_PT.len() - 1];
    while away_pt < room.width() + room.height() {
        away_pt += 20.0;
        // Whatever lies farther out costs more already.
        if best.is_some_and(|place| place.cost < LEADER_COST + 0.12 * away_pt) {
            break;
        }
        for (x, y, _) in DIRECTIONS {
            let mut place = candidate_at(disc, size, vec2(x, y), away_pt);
            if !clear(place.rect) {
                continue;
            }
            let crossed = place
                .leader
                .map_or(0.0, |leader| crossed_discs(leader, disc, discs));
            place.cost = LEADER_COST + 0.12 * away_pt + CROSSING_COST * crossed;
            if best.is_none_or(|least| place.cost < least.cost) {
                best = Some(place);
            }
        }
    }
    if let Some(place) = best {
        return place;
    }
    let lowest = others(i, placed)
        .map(|other| other.rect.bottom())
        .chain(discs.iter().map(|disc| disc.rect().bottom()))
        .fold(room.bottom(), f32::max);
    let left =
        (disc.center.x - size.x / 2.0).clamp(room.left(), (room.right() - size.x).max(room.left()));
    let rect = Rect::from_min_size(pos2(left, lowest + GAP_PT + 2.0), size);
    NodeLabelPosition {
        rect,
        align: Align::Center,
        leader: Some([disc.center, pos2(rect.center().x, rect.top())]),
        cost: LEADER_COST + room.height(),
    }
}

#[cfg(test)]
mod tests {
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
}
