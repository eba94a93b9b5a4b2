//! Which sentences of two texts stand for each other: those that keep their order first, by the
//! heaviest chain of pairs, then those that stand elsewhere.

use super::feature_index::{CandidatePair, FeatureIndex, features};
use super::word_diff::WordToken;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// How alike sentences must be that keep their order.
const MIN_SIMILARITY_IN_ORDER: f64 = 0.34;
/// How alike sentences must be that stand elsewhere.
const MIN_SIMILARITY_MOVED: f64 = 0.5;
/// Shorter sentences are alike by chance: they have not moved.
const MIN_WORDS_MOVED: usize = 4;
/// How many partners are looked at for each sentence.
const MAX_PARTNERS: usize = 8;
/// How much of a sentence must stand in the one that took it in.
const MIN_CONTAINMENT: f64 = 0.5;
/// How much more alike two sentences must make it than one.
const MIN_JOIN_GAIN: f64 = 0.02;
/// How many pairs are looked at between two that are sure.
const MAX_PAIRS_IN_GAP: usize = 2_500;
/// How many such pairs in all: two texts that have nothing in common cost no more.
const MAX_PAIRS_IN_GAPS: usize = 200_000;
/// How many pairs of sentences that are the same are looked at, for each sentence that is said
/// again and again.
const MAX_IDENTICAL_PAIRS: usize = 64;

/// Sentences that stand for each other, by their places: one or two on each side.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct SentencePair {
    pub before: Range<usize>,
    pub after: Range<usize>,
    /// 0 to 1; 1 for the same words and marks.
    pub similarity: f64,
    pub moved: bool,
}

/// Pairs the sentences of two texts.
pub(super) fn align_sentences(
    before: &[Vec<WordToken>],
    after: &[Vec<WordToken>],
) -> Vec<SentencePair> {
    let bagged = |side: &[Vec<WordToken>]| side.iter().map(|s| features(s)).collect::<Vec<_>>();
    let bags = FeatureIndex::new(&bagged(before), &bagged(after));
    let same = identical_pairs(before, after);
    let mut likely = bags.candidate_pairs(MIN_SIMILARITY_IN_ORDER, MAX_PARTNERS);
    // The same words weigh 1 whatever their frequency, so those found by rare words give way to the
    // complete list of them.
    likely.retain(|pair| !is_identical(before, after, pair));
    likely.extend(same);
    // From what is sure to what is likely. The chain of all likely pairs in order comes first; it
    // is the frame in which the gaps between its pairs can be searched in full, for they are small
    // then. Moved sentences come last: a sentence is moved only if it has no partner where it
    // belongs.
    // A copy: those that moved are looked for among all of them at the end.
    let mut pairs = heaviest_chain(likely.clone(), after.len());
    let between = pairs_in_gaps(&bags, &pairs, (before.len(), after.len()));
    pairs.extend(between);
    pairs.sort_by_key(|pair| pair.before);
    let mut pairs: Vec<SentencePair> = pairs.iter().map(|pair| single_pair(pair, false)).collect();
    let mut free = UnpairedSentences::new(&pairs, before.len(), after.len());
    join_neighbors(&bags, &mut pairs, &mut free);
    pairs.extend(moved_pairs(before, likely, &mut free));
    pairs
}

fn single_pair(pair: &CandidatePair, moved: bool) -> SentencePair {
    SentencePair {
        before: pair.before..pair.before + 1,
        after: pair.after..pair.after + 1,
        similarity: pair.similarity,
        moved,
    }
}

fn token_keys(tokens: &[WordToken]) -> Vec<u32> {
    tokens.iter().map(|t| t.key).collect()
}

fn is_identical(before: &[Vec<WordToken>], after: &[Vec<WordToken>], pair: &CandidatePair) -> bool {
    match (before.get(pair.before), after.get(pair.after)) {
        (Some(a), Some(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.key == b.key),
        _ => false,
    }
}

/// Sentences with the same words and marks.
fn identical_pairs(before: &[Vec<WordToken>], after: &[Vec<WordToken>]) -> Vec<CandidatePair> {
    let mut places: HashMap<Vec<u32>, Vec<usize>> = HashMap::new();
    for (at, tokens) in after.iter().enumerate() {
        places.entry(token_keys(tokens)).or_default().push(at);
    }
    // By their first place, so that no order of hashes comes in.
    let mut groups: BTreeMap<usize, (Vec<usize>, &[usize])> = BTreeMap::new();
    for (at, tokens) in before.iter().enumerate() {
        if let Some(others) = places.get(&token_keys(tokens))
            && let Some(first) = others.first()
        {
            let group = groups.entry(*first).or_insert((Vec::new(), others));
            group.0.push(at);
        }
    }
    let mut found = Vec::new();
    for (left, right) in groups.into_values() {
        let mut push = |before: usize, after: usize| {
            found.push(CandidatePair {
                before,
                after,
                similarity: 1.0,
            });
        };
        if left.len() * right.len() <= MAX_IDENTICAL_PAIRS {
            for a in &left {
                right.iter().for_each(|b| push(*a, *b));
            }
            continue;
        }
        // A refrain such as "Thank you.": all its pairs would be the square of its number. Counted
        // from the front and from the back, one that was added in between is still found.
        for (a, b) in left.iter().zip(right) {
            push(*a, *b);
        }
        if left.len() != right.len() {
            for (a, b) in left.iter().rev().zip(right.iter().rev()) {
                push(*a, *b);
            }
        }
    }
    found
}

/// Looks at all pairs between two that are sure, where they are few: sentences of common words are
/// not found by rare ones.
fn pairs_in_gaps(
    bags: &FeatureIndex,
    anchors: &[CandidatePair],
    ends: (usize, usize),
) -> Vec<CandidatePair> {
    let mut found = Vec::new();
    let mut left = MAX_PAIRS_IN_GAPS;
    let mut from = (0, 0);
    let stops = anchors.iter().map(|pair| (pair.before, pair.after));
    for stop in stops.chain([ends]) {
        let (across, down) = (stop.0 - from.0, stop.1 - from.1);
        let count = across * down;
        // A gap that is larger than this has more likely been rewritten than reworded, and would
        // take the time of all others.
        if count > 0 && count <= MAX_PAIRS_IN_GAP.min(left) {
            left -= count;
            let mut pairs = Vec::new();
            for before in from.0..stop.0 {
                for after in from.1..stop.1 {
                    let similarity = bags.similarity(before, after);
                    if similarity >= MIN_SIMILARITY_IN_ORDER {
                        pairs.push(CandidatePair {
                            before,
                            after,
                            similarity,
                        });
                    }
                }
            }
            found.extend(heaviest_chain(pairs, stop.1));
        }
        from = (stop.0 + 1, stop.1 + 1);
    }
    found
}

/// Which sentences have no partner yet.
struct UnpairedSentences {
    before: Vec<bool>,
    after: Vec<bool>,
}

impl UnpairedSentences {
    fn new(pairs: &[SentencePair], before: usize, after: usize) -> Self {
        let mut free = UnpairedSentences {
            before: vec![true; before],
            after: vec![true; after],
        };
        pairs.iter().for_each(|pair| free.mark_paired(pair));
        free
    }

    fn mark_paired(&mut self, pair: &SentencePair) {
        for (side, range) in [
            (&mut self.before, &pair.before),
            (&mut self.after, &pair.after),
        ] {
            for at in range.clone() {
                if let Some(free) = side.get_mut(at) {
                    *free = false;
                }
            }
        }
    }
}

fn is_free(side: &[bool], at: usize) -> bool {
    side.get(at).copied().unwrap_or(false)
}

/// A sentence that was split in two, or two that became one: a neighbor without a partner whose
/// words stand in the other side.
fn join_neighbors(bags: &FeatureIndex, pairs: &mut [SentencePair], free: &mut UnpairedSentences) {
    for pair in pairs {
        // A sentence that is the same has taken nothing in.
        if pair.similarity >= 1.0 {
            continue;
        }
        let (i, j) = (pair.before.start, pair.after.start);
        let (Some(a), Some(b)) = (bags.before.get(i), bags.after.get(j)) else {
            continue;
        };
        // Only direct neighbors, and only those without a partner: what was split stays together.
        // The union must be clearly more alike than the pair alone, or every sentence that was
        // dropped would be taken in by the one next to it.
        let mut best: Option<SentencePair> = None;
        let mut consider = |before: Range<usize>, after: Range<usize>, similarity: f64| {
            let least = best
                .as_ref()
                .map_or(pair.similarity + MIN_JOIN_GAIN, |b| b.similarity);
            if similarity > least {
                best = Some(SentencePair {
                    before,
                    after,
                    similarity,
                    moved: false,
                });
            }
        };
        let neighbors = |at: usize| [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
        for next in neighbors(i).filter(|at| is_free(&free.before, *at)) {
            if let Some(other) = bags.before.get(next)
                && bags.containment(other, b) >= MIN_CONTAINMENT
            {
                let range = i.min(next)..i.max(next) + 1;
                consider(
                    range,
                    j..j + 1,
                    bags.dice_similarity(&bags.union(a, other), b),
                );
            }
        }
        for next in neighbors(j).filter(|at| is_free(&free.after, *at)) {
            if let Some(other) = bags.after.get(next)
                && bags.containment(other, a) >= MIN_CONTAINMENT
            {
                let range = j.min(next)..j.max(next) + 1;
                consider(
                    i..i + 1,
                    range,
                    bags.dice_similarity(a, &bags.union(b, other)),
                );
            }
        }
        if let Some(best) = best {
            // Two sentences hold more marks than one: they are alike, never the same.
            *pair = SentencePair {
                similarity: best.similarity.min(0.999),
                ..best
            };
            free.mark_paired(pair);
        }
    }
}

/// Sentences that stand elsewhere: the most alike first.
fn moved_pairs(
    before: &[Vec<WordToken>],
    mut likely: Vec<CandidatePair>,
    free: &mut UnpairedSentences,
) -> Vec<SentencePair> {
    let is_long = |at: usize| {
        let words = before.get(at).into_iter().flatten().filter(|t| t.is_word);
        words.count() >= MIN_WORDS_MOVED
    };
    likely.retain(|pair| pair.similarity >= MIN_SIMILARITY_MOVED && is_long(pair.before));
    likely.sort_by(|a, b| {
        let by_likeness = b.similarity.total_cmp(&a.similarity);
        by_likeness.then((a.before, a.after).cmp(&(b.before, b.after)))
    });
    let mut found = Vec::new();
    for pair in likely {
        if is_free(&free.before, pair.before) && is_free(&free.after, pair.after) {
            let pair = single_pair(&pair, true);
            free.mark_paired(&pair);
            found.push(pair);
        }
    }
    found
}

/// The pairs of the heaviest chain in which both sides only go forward, in order. Ties fall to the
/// pair that comes first.
fn heaviest_chain(mut pairs: Vec<CandidatePair>, after: usize) -> Vec<CandidatePair> {
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
            // This takes the lowest set bit away, which leads to the stretch before this one.
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
            // `at & -at` is the lowest set bit.
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
