//! Places of records that hang together, by their distances in links: stress majorization, begun
//! where classical scaling puts them.

use std::collections::VecDeque;

/// A place, in any unit.
pub type NodePosition = (f64, f64);

/// How often places are made better.
const STRESS_ROUNDS: usize = 90;

/// How often one direction is followed to the greatest spread.
const POWER_ITERATIONS: usize = 60;

/// The places of one part: wide rather than high, its middle at zero.
pub fn layout_component(
    part: &[usize],
    near: &[Vec<usize>],
    seeds: &[NodePosition],
) -> Vec<NodePosition> {
    let far = graph_distances(part, near);
    let seeds: Vec<NodePosition> = part.iter().map(|&i| seeds[i]).collect();
    // Majorization ends in the nearest minimum. From random places that is another one each time,
    // and one record more would turn the picture over; scaling begins near the best.
    let mut at = classical_scaling(&far, &seeds);
    for _ in 0..STRESS_ROUNDS {
        majorize(&mut at, &far, &seeds);
    }
    let weights: Vec<f64> = part.iter().map(|&i| near[i].len() as f64).collect();
    align_to_main_axis(&mut at, &seeds, &weights);
    at
}

/// How far records are from each other, in links; longer where one has many others around it.
fn graph_distances(part: &[usize], near: &[Vec<usize>]) -> Vec<Vec<f64>> {
    let mut place_of = vec![usize::MAX; near.len()];
    for (place, &i) in part.iter().enumerate() {
        place_of[i] = place;
    }
    let row = |start: usize| {
        let mut far = vec![0_usize; part.len()];
        let mut seen = vec![false; part.len()];
        let mut ahead = VecDeque::from([start]);
        seen[start] = true;
        while let Some(i) = ahead.pop_front() {
            for &next in &near[part[i]] {
                let next = place_of[next];
                if next != usize::MAX && !seen[next] {
                    seen[next] = true;
                    far[next] = far[i] + 1;
                    ahead.push_back(next);
                }
            }
        }
        far.into_iter().map(|links| links as f64).collect()
    };
    (0..part.len()).map(row).collect()
}

/// Classical scaling: the two directions in which the distances spread most.
fn classical_scaling(far: &[Vec<f64>], seeds: &[NodePosition]) -> Vec<NodePosition> {
    let count = far.len() as f64;
    let squares: Vec<Vec<f64>> = far
        .iter()
        .map(|row| row.iter().map(|d| d * d).collect())
        .collect();
    let means: Vec<f64> = squares
        .iter()
        .map(|row| row.iter().sum::<f64>() / count)
        .collect();
    let mean = means.iter().sum::<f64>() / count;
    let pull = |v: &[f64]| -> Vec<f64> {
        squares
            .iter()
            .zip(&means)
            .map(|(row, own)| {
                let cells = row.iter().zip(&means).zip(v);
                cells
                    .map(|((d, other), v)| (own + other - mean - d) / 2.0 * v)
                    .sum()
            })
            .collect()
    };
    let follow = |start: Vec<f64>, across: &[f64]| -> (Vec<f64>, f64) {
        let mut v = start;
        let mut length = 0.0;
        for _ in 0..POWER_ITERATIONS {
            let along: f64 = v.iter().zip(across).map(|(a, b)| a * b).sum();
            v.iter_mut().zip(across).for_each(|(a, b)| *a -= along * b);
            v = pull(&v);
            length = v.iter().map(|a| a * a).sum::<f64>().sqrt();
            if length < 1e-12 {
                break;
            }
            v.iter_mut().for_each(|a| *a /= length);
        }
        (v, length.max(0.0).sqrt())
    };
    let none = vec![0.0; far.len()];
    let (x, wide) = follow(seeds.iter().map(|seed| seed.0).collect(), &none);
    let (y, high) = follow(seeds.iter().map(|seed| seed.1).collect(), &x);
    // Records with the same links would have one place.
    let apart = |place: f64, seed: f64| place + 0.25 * seed;
    x.iter()
        .zip(&y)
        .zip(seeds)
        .map(|((x, y), seed)| (apart(x * wide, seed.0), apart(y * high, seed.1)))
        .collect()
}

/// Moves each record to where its distances to all others are met best, the near ones above all.
fn majorize(at: &mut [NodePosition], far: &[Vec<f64>], seeds: &[NodePosition]) {
    for i in 0..at.len() {
        let (mut x, mut y, mut total) = (0.0, 0.0, 0.0);
        for j in 0..at.len() {
            let wanted = far[i][j];
            if i == j || wanted <= 0.0 {
                continue;
            }
            let (mut dx, mut dy) = (at[i].0 - at[j].0, at[i].1 - at[j].1);
            // At the same place they have no direction apart: the ids give one, the same on every
            // run.
            if dx * dx + dy * dy < 1e-12 {
                (dx, dy) = (seeds[i].0 - seeds[j].0 + 1e-6, seeds[i].1 - seeds[j].1);
            }
            let length = (dx * dx + dy * dy).sqrt();
            // Near records weigh most: that two stand six links apart nobody checks by eye.
            let weight = 1.0 / (wanted * wanted);
            x += weight * (at[j].0 + wanted * dx / length);
            y += weight * (at[j].1 + wanted * dy / length);
            total += weight;
        }
        if total > 0.0 {
            at[i] = (x / total, y / total);
        }
    }
}

/// Lays the longest direction across. Which side is left and which is up follows from the ids of
/// the best linked.
fn align_to_main_axis(at: &mut [NodePosition], seeds: &[NodePosition], weights: &[f64]) {
    let count = at.len().max(1) as f64;
    let middle = (
        at.iter().map(|p| p.0).sum::<f64>() / count,
        at.iter().map(|p| p.1).sum::<f64>() / count,
    );
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    for p in at.iter_mut() {
        *p = (p.0 - middle.0, p.1 - middle.1);
        xx += p.0 * p.0;
        xy += p.0 * p.1;
        yy += p.1 * p.1;
    }
    let half = (xx - yy) / 2.0;
    let most = (xx + yy) / 2.0 + (half * half + xy * xy).sqrt();
    let (a, b) = if xx >= yy {
        (most - yy, xy)
    } else {
        (xy, most - xx)
    };
    let length = (a * a + b * b).sqrt();
    let (c, s) = if length > 1e-12 {
        (a / length, b / length)
    } else {
        (1.0, 0.0)
    };
    for p in at.iter_mut() {
        *p = (c * p.0 + s * p.1, c * p.1 - s * p.0);
    }
    // The axis has no sign of its own. The best linked decide it, since they are least likely to be
    // left out by a filter.
    let side = |part: fn(&NodePosition) -> f64| -> f64 {
        let sums = at.iter().zip(seeds).zip(weights);
        let sum: f64 = sums
            .map(|((p, seed), weight)| part(p) * part(seed) * weight)
            .sum();
        if sum < 0.0 { -1.0 } else { 1.0 }
    };
    let (x, y) = (side(|p| p.0), side(|p| p.1));
    for p in at.iter_mut() {
        *p = (p.0 * x, p.1 * y);
    }
}
