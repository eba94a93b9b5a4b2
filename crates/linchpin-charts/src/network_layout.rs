//! Places for records and the links between them: those few links apart stand close together.
//!
//! Every group of linked records is laid out by stress majorization from places that its distances
//! and ids give, so the same records always stand in the same places, and one record less moves the
//! others little. Only sums, products and square roots: these are the same on every machine.

use super::network_stress::{self, NodePosition};

/// Width to height of the whole.
const ASPECT: f64 = 1.5;

/// How often records are pushed apart, which share of the whole they then cover, and their width to
/// height, names included.
const OVERLAP_ROUNDS: usize = 90;
const COVERED_SHARE: f64 = 0.6;
const LABEL_ASPECT: f64 = 2.4;

/// Lays records with these ids out: each place from 0 to 1, across and down, in the order of the
/// ids. Links name places among the ids.
pub fn layout(ids: &[&str], links: &[(usize, usize)]) -> Vec<NodePosition> {
    // By id, so that the order of the file does not matter.
    let mut order: Vec<usize> = (0..ids.len()).collect();
    order.sort_by_key(|&i| ids[i]);
    let mut rank = vec![0; ids.len()];
    for (place, &i) in order.iter().enumerate() {
        rank[i] = place;
    }
    let seeds: Vec<NodePosition> = order.iter().map(|&i| seed_position(ids[i])).collect();
    let mut near: Vec<Vec<usize>> = vec![Vec::new(); ids.len()];
    for &(from, to) in links {
        if let (Some(&a), Some(&b)) = (rank.get(from), rank.get(to))
            && a != b
        {
            near[a].push(b);
            near[b].push(a);
        }
    }
    for list in &mut near {
        list.sort_unstable();
        list.dedup();
    }
    let mut parts = connected_components(&near);
    // The largest first; equals by id.
    parts.sort_by_key(|part| (std::cmp::Reverse(part.len()), part[0]));
    let drawn: Vec<Vec<NodePosition>> = parts
        .iter()
        .map(|part| network_stress::layout_component(part, &near, &seeds))
        .collect();
    let mut all = vec![(0.5, 0.5); ids.len()];
    for (part, places) in parts.iter().zip(pack_components(drawn)) {
        for (&i, at) in part.iter().zip(places) {
            all[i] = at;
        }
    }
    // Only now, when all components have their places: names overlap across components too.
    remove_overlaps(&mut all, &seeds);
    rank.iter().map(|&place| all[place]).collect()
}

/// Two numbers from -1 to 1 that an id always gives.
fn seed_position(id: &str) -> NodePosition {
    // FNV-1a, then mixed so that ids that differ in one letter are far apart.
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in id.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash ^= hash >> 29;
    let part = |bits: u64| (bits & 0xff_ffff) as f64 / f64::from(0x80_0000) - 1.0;
    (part(hash), part(hash >> 32))
}

/// Records that hang together, each part in the order of the ids.
fn connected_components(near: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut seen = vec![false; near.len()];
    let mut parts = Vec::new();
    for start in 0..near.len() {
        if seen[start] {
            continue;
        }
        let mut part: Vec<usize> = Vec::new();
        let mut ahead = vec![start];
        seen[start] = true;
        while let Some(i) = ahead.pop() {
            part.push(i);
            for &next in &near[i] {
                if !seen[next] {
                    seen[next] = true;
                    ahead.push(next);
                }
            }
        }
        part.sort_unstable();
        parts.push(part);
    }
    parts
}

/// Puts parts beside each other in lines, each with room for its records. The whole goes from 0 to
/// 1.
fn pack_components(mut parts: Vec<Vec<NodePosition>>) -> Vec<Vec<NodePosition>> {
    let room: f64 = parts.iter().map(|part| part.len() as f64).sum();
    let width = (room * ASPECT).sqrt();
    let (mut x, mut y, mut line) = (0.0, 0.0, 0.0_f64);
    for part in &mut parts {
        let count = part.len() as f64;
        // Two or three stand in a line.
        let flat = if part.len() < 4 { 0.55 } else { 1.0 };
        // Room grows with the number of records, so that all components are equally dense.
        let wide = (count * ASPECT).sqrt().min(width);
        let high = (count / ASPECT).sqrt() * flat;
        if x > 0.0 && x + wide > width * 1.05 {
            (x, y, line) = (0.0, y + line, 0.0);
        }
        // The outermost stand half a record's room from the edge.
        let edge = (0.5 / count.sqrt()).min(0.5);
        fit_to_box(
            part,
            (x + wide * edge, x + wide * (1.0 - edge)),
            (y + high * edge, y + high * (1.0 - edge)),
        );
        x += wide;
        line = line.max(high);
    }
    let mut all: Vec<NodePosition> = parts.iter().flatten().copied().collect();
    fit_to_box(&mut all, (0.0, 1.0), (0.0, 1.0));
    let mut all = all.into_iter();
    parts
        .iter()
        .map(|part| all.by_ref().take(part.len()).collect())
        .collect()
}

/// Stretches places to a box; in the middle where there is nothing to stretch.
fn fit_to_box(at: &mut [NodePosition], x: (f64, f64), y: (f64, f64)) {
    let bounds = |part: fn(&NodePosition) -> f64| {
        let low = at.iter().map(part).fold(f64::INFINITY, f64::min);
        (low, at.iter().map(part).fold(f64::NEG_INFINITY, f64::max))
    };
    let (across, down) = (bounds(|p| p.0), bounds(|p| p.1));
    let put = |value: f64, from: (f64, f64), to: (f64, f64)| {
        let length = from.1 - from.0;
        let share = if length > 1e-9 {
            (value - from.0) / length
        } else {
            0.5
        };
        to.0 + share * (to.1 - to.0)
    };
    for p in at.iter_mut() {
        *p = (put(p.0, across, x), put(p.1, down, y));
    }
}

/// Pushes records apart until the box of each, name included, is free, or nearly.
fn remove_overlaps(at: &mut [NodePosition], seeds: &[NodePosition]) {
    if at.len() < 2 {
        return;
    }
    let high = (COVERED_SHARE * ASPECT / at.len() as f64 / LABEL_ASPECT).sqrt();
    let wide = LABEL_ASPECT * high;
    for p in at.iter_mut() {
        p.0 *= ASPECT;
    }
    // A fixed number of rounds rather than until nothing moves: in a crowd records push each other
    // to and fro without end, and the bytes of a picture may not depend on how long it took.
    for _ in 0..OVERLAP_ROUNDS {
        for i in 1..at.len() {
            for j in 0..i {
                let (dx, dy) = (at[i].0 - at[j].0, at[i].1 - at[j].1);
                let (over_x, over_y) = (wide - dx.abs(), high - dy.abs());
                if over_x <= 0.0 || over_y <= 0.0 {
                    continue;
                }
                // Half of what is missing, the short way.
                let sign = |d: f64, seed: f64| {
                    if d.abs() > 1e-9 {
                        d.signum()
                    } else {
                        seed.signum()
                    }
                };
                if over_x < over_y {
                    let push = over_x / 4.0 * sign(dx, seeds[i].0);
                    at[i].0 += push;
                    at[j].0 -= push;
                } else {
                    let push = over_y / 4.0 * sign(dy, seeds[i].1);
                    at[i].1 += push;
                    at[j].1 -= push;
                }
            }
        }
    }
    fit_to_box(at, (0.0, 1.0), (0.0, 1.0));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(count: usize) -> Vec<String> {
        (0..count).map(|i| format!("record-{i}")).collect()
    }

    fn layout_of(ids: &[String], links: &[(usize, usize)]) -> Vec<NodePosition> {
        layout(&ids.iter().map(String::as_str).collect::<Vec<_>>(), links)
    }

    #[test]
    fn the_order_of_the_file_does_not_matter() {
        let names = ids(30);
        let links: Vec<_> = (1..30).map(|i| (i, i / 3)).collect();
        let once = layout_of(&names, &links);
        assert_eq!(once, layout_of(&names, &links));
        let reversed: Vec<String> = names.iter().rev().cloned().collect();
        let back: Vec<_> = links.iter().rev().map(|(a, b)| (29 - b, 29 - a)).collect();
        let mut again = layout_of(&reversed, &back);
        again.reverse();
        assert_eq!(once, again);
    }

    #[test]
    fn a_chain_is_laid_out_in_its_order() {
        let names = ids(9);
        let links: Vec<_> = (1..9).map(|i| (i - 1, i)).collect();
        let at = layout_of(&names, &links);
        let rising = at.windows(2).all(|two| two[0].0 < two[1].0);
        let falling = at.windows(2).all(|two| two[0].0 > two[1].0);
        assert!(rising || falling, "{at:?}");
    }

    #[test]
    fn one_record_less_moves_the_others_little() {
        // Two who share most, with some of their own, as allies do.
        let names = ids(30);
        let mut links = Vec::new();
        for i in 2..30 {
            if i % 4 != 0 {
                links.push((i, 0));
            }
            if i % 4 != 1 {
                links.push((i, 1));
            }
            if i % 7 == 0 {
                links.push((i, i - 1));
            }
        }
        let whole = layout_of(&names, &links);
        for gone in [5, 12, 29] {
            let left: Vec<String> = names
                .iter()
                .filter(|id| **id != names[gone])
                .cloned()
                .collect();
            let place = |i: usize| if i > gone { i - 1 } else { i };
            let fewer: Vec<_> = links
                .iter()
                .filter(|(a, b)| *a != gone && *b != gone)
                .map(|(a, b)| (place(*a), place(*b)))
                .collect();
            let at = layout_of(&left, &fewer);
            let moved: f64 = (0..30)
                .filter(|i| *i != gone)
                .map(|i| {
                    let (a, b) = (whole[i], at[place(i)]);
                    ((a.0 - b.0).powi(2) + (a.1 - b.1).powi(2)).sqrt()
                })
                .sum::<f64>()
                / 29.0;
            assert!(moved < 0.12, "without {gone}: {moved}");
        }
    }

    #[test]
    fn any_graph_has_places() {
        assert!(layout_of(&[], &[]).is_empty());
        assert_eq!(layout_of(&ids(1), &[(0, 0)]), [(0.5, 0.5)]);
        for count in [2, 3, 40, 150] {
            for links in [
                vec![],
                vec![(0, 1), (7, 900)],
                (1..count).map(|i| (0, i)).collect(),
            ] {
                let at = layout_of(&ids(count), &links);
                let inside =
                    |p: &NodePosition| (0.0..=1.0).contains(&p.0) && (0.0..=1.0).contains(&p.1);
                assert!(at.iter().all(inside), "{count}");
                for (i, a) in at.iter().enumerate() {
                    for b in &at[i + 1..] {
                        let far = ((a.0 - b.0).powi(2) + (a.1 - b.1).powi(2)).sqrt();
                        assert!(far > 0.2 / count as f64, "{count}: {a:?} {b:?}");
                    }
                }
            }
        }
    }
}
