//! The heaviest chain of pairs that keeps the order of both sides.

use super::feature_index::CandidatePair;

/// The pairs of the heaviest chain in which both sides only go forward, in order. Ties fall to the
/// pair that comes first.
pub(super) fn heaviest_chain(mut pairs: Vec<CandidatePair>, after: usize) -> Vec<CandidatePair> {
    // Of one piece before, later partners first: so that no two of them come into one chain.
    pairs.sort_by_key(|p| (p.before, std::cmp::Reverse(p.after)));
    // A longest increasing subsequence with weights: each pair goes on with the heaviest chain that
    // ends before it on the other side. Looked up in a tree, so that long texts, whose sentences
    // have several likely partners each, take n log n steps and not their square.
    let mut best = MaxFenwickTree::new(after);
    let mut chains: Vec<(f64, Option<usize>)> = Vec::with_capacity(pairs.len());
    for (at, pair) in pairs.iter().enumerate() {
        let (weight, link) = best.max_below(pair.after);
        // Squared: one good pair is worth more than two poor ones.
        let weight = weight + pair.similarity * pair.similarity;
        chains.push((weight, link));
        best.insert(pair.after, weight, at);
    }
    let mut now = best.max_below(after).1;
    let mut chain = Vec::new();
    while let Some(at) = now {
        chain.extend(pairs.get(at).copied());
        now = chains.get(at).and_then(|(_, link)| *link);
    }
    chain.reverse();
    chain
}

/// The heaviest chain that ends before a place, in logarithmic time (a Fenwick tree).
struct MaxFenwickTree {
    tree: Vec<(f64, Option<usize>)>,
}

impl MaxFenwickTree {
    fn new(places: usize) -> Self {
        MaxFenwickTree {
            tree: vec![(0.0, None); places + 1],
        }
    }

    fn max_below(&self, place: usize) -> (f64, Option<usize>) {
        let mut found = (0.0, None);
        let mut at = place.min(self.tree.len().saturating_sub(1));
        while at > 0 {
            if let Some(here) = self.tree.get(at)
                && here.0 > found.0
            {
                found = *here;
            }
            at &= at - 1;
        }
        found
    }

    fn insert(&mut self, place: usize, weight: f64, pair: usize) {
        let mut at = place + 1;
        while let Some(here) = self.tree.get_mut(at) {
            // Only where it is heavier: of equals, the pair that came first stays.
            if weight > here.0 {
                *here = (weight, Some(pair));
            }
            at += at & at.wrapping_neg();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain(pairs: &[(usize, usize, f64)]) -> Vec<(usize, usize)> {
        let pairs = pairs
            .iter()
            .map(|&(before, after, similarity)| CandidatePair {
                before,
                after,
                similarity,
            });
        let chain = heaviest_chain(pairs.collect(), 10);
        chain.iter().map(|p| (p.before, p.after)).collect()
    }

    #[test]
    fn the_heaviest_chain_goes_forward_on_both_sides() {
        assert_eq!(chain(&[]), []);
        assert_eq!(
            chain(&[
                (0, 5, 1.0),
                (1, 1, 0.9),
                (2, 2, 0.9),
                (3, 3, 0.2),
                (4, 9, 0.5)
            ]),
            [(1, 1), (2, 2), (3, 3), (4, 9)]
        );
        assert_eq!(chain(&[(0, 1, 0.6), (0, 2, 0.9), (1, 2, 0.5)]), [(0, 2)]);
        assert_eq!(chain(&[(0, 0, 0.5), (1, 0, 0.9)]), [(1, 0)]);
    }
}
