//! Which sentences of two texts stand for each other: those that keep their order first, then those
//! that stand elsewhere.

use super::bags::{Bags, Likely, features};
use super::chain::heaviest;
use super::words::Token;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// How alike sentences must be that keep their order.
const IN_ORDER: f64 = 0.34;
/// How alike sentences must be that stand elsewhere.
const ELSEWHERE: f64 = 0.5;
/// Shorter sentences are alike by chance: they have not moved.
const MIN_WORDS_MOVED: usize = 4;
/// How many partners are looked at for each sentence.
const PARTNERS: usize = 8;
/// How much of a sentence must stand in the one that took it in.
const TAKEN_IN: f64 = 0.5;
/// How much more alike two sentences must make it than one.
const GAIN: f64 = 0.02;
/// How many pairs are looked at between two that are sure.
const MAX_BETWEEN: usize = 2_500;
/// How many such pairs in all: two texts that have nothing in common cost no more.
const MAX_BETWEEN_ALL: usize = 200_000;
/// How many pairs of sentences that are the same are looked at, for each sentence that is said
/// again and again.
const MAX_SAME: usize = 64;

/// Sentences that stand for each other, by their places: one or two on each side.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Pair {
    pub before: Range<usize>,
    pub after: Range<usize>,
    /// 0 to 1; 1 for the same words and marks.
    pub similarity: f64,
    pub moved: bool,
}

/// Pairs the sentences of two texts.
pub(super) fn align(before: &[Vec<Token>], after: &[Vec<Token>]) -> Vec<Pair> {
    let bagged = |side: &[Vec<Token>]| side.iter().map(|s| features(s)).collect::<Vec<_>>();
    let bags = Bags::new(&bagged(before), &bagged(after));
    let same = same(before, after);
    let mut likely = bags.likely(IN_ORDER, PARTNERS);
    likely.retain(|pair| !is_same(before, after, pair));
    likely.extend(same);
    let mut pairs = heaviest(likely.clone(), after.len());
    let between = between(&bags, &pairs, (before.len(), after.len()));
    pairs.extend(between);
    pairs.sort_by_key(|pair| pair.before);
    let mut pairs: Vec<Pair> = pairs.iter().map(|pair| one(pair, false)).collect();
    let mut free = Free::new(&pairs, before.len(), after.len());
    take_in(&bags, &mut pairs, &mut free);
    pairs.extend(moved(before, likely, &mut free));
    pairs
}

fn one(pair: &Likely, moved: bool) -> Pair {
    Pair {
        before: pair.before..pair.before + 1,
        after: pair.after..pair.after + 1,
        similarity: pair.similarity,
        moved,
    }
}

fn keys(tokens: &[Token]) -> Vec<u32> {
    tokens.iter().map(|t| t.key).collect()
}

fn is_same(before: &[Vec<Token>], after: &[Vec<Token>], pair: &Likely) -> bool {
    match (before.get(pair.before), after.get(pair.after)) {
        (Some(a), Some(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.key == b.key),
        _ => false,
    }
}

/// Sentences with the same words and marks.
fn same(before: &[Vec<Token>], after: &[Vec<Token>]) -> Vec<Likely> {
    let mut places: HashMap<Vec<u32>, Vec<usize>> = HashMap::new();
    for (at, tokens) in after.iter().enumerate() {
        places.entry(keys(tokens)).or_default().push(at);
    }
    // By their first place, so that no order of hashes comes in.
    let mut groups: BTreeMap<usize, (Vec<usize>, &[usize])> = BTreeMap::new();
    for (at, tokens) in before.iter().enumerate() {
        if let Some(others) = places.get(&keys(tokens))
            && let Some(first) = others.first()
        {
            let group = groups.entry(*first).or_insert((Vec::new(), others));
            group.0.push(at);
        }
    }
    let mut found = Vec::new();
    for (left, right) in groups.into_values() {
        let mut push = |before: usize, after: usize| {
            found.push(Likely {
                before,
                after,
                similarity: 1.0,
            });
        };
        if left.len() * right.len() <= MAX_SAME {
            for a in &left {
                right.iter().for_each(|b| push(*a, *b));
            }
            continue;
        }
        // Said again and again: counted from the front and from the back.
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
fn between(bags: &Bags, sure: &[Likely], ends: (usize, usize)) -> Vec<Likely> {
    let mut found = Vec::new();
    let mut left = MAX_BETWEEN_ALL;
    let mut from = (0, 0);
    let stops = sure.iter().map(|pair| (pair.before, pair.after));
    for stop in stops.chain([ends]) {
        let (across, down) = (stop.0 - from.0, stop.1 - from.1);
        let count = across * down;
        if count > 0 && count <= MAX_BETWEEN.min(left) {
            left -= count;
            let mut pairs = Vec::new();
            for before in from.0..stop.0 {
                for after in from.1..stop.1 {
                    let similarity = bags.similarity(before, after);
                    if similarity >= IN_ORDER {
                        pairs.push(Likely {
                            before,
                            after,
                            similarity,
                        });
                    }
                }
            }
            found.extend(heaviest(pairs, stop.1));
        }
        from = (stop.0 + 1, stop.1 + 1);
    }
    found
}

/// Which sentences have no partner yet.
struct Free {
    before: Vec<bool>,
    after: Vec<bool>,
}

impl Free {
    fn new(pairs: &[Pair], before: usize, after: usize) -> Self {
        let mut free = Free {
            before: vec![true; before],
            after: vec![true; after],
        };
        pairs.iter().for_each(|pair| free.take(pair));
        free
    }

    fn take(&mut self, pair: &Pair) {
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
fn take_in(bags: &Bags, pairs: &mut [Pair], free: &mut Free) {
    for pair in pairs {
        if pair.similarity >= 1.0 {
            continue;
        }
        let (i, j) = (pair.before.start, pair.after.start);
        let (Some(a), Some(b)) = (bags.before.get(i), bags.after.get(j)) else {
            continue;
        };
        let mut best: Option<Pair> = None;
        let mut offer = |before: Range<usize>, after: Range<usize>, similarity: f64| {
            let least = best
                .as_ref()
                .map_or(pair.similarity + GAIN, |b| b.similarity);
            if similarity > least {
                best = Some(Pair {
                    before,
                    after,
                    similarity,
                    moved: false,
                });
            }
        };
        let beside = |at: usize| [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
        for next in beside(i).filter(|at| is_free(&free.before, *at)) {
            if let Some(other) = bags.before.get(next)
                && bags.held(other, b) >= TAKEN_IN
            {
                let range = i.min(next)..i.max(next) + 1;
                offer(range, j..j + 1, bags.alike(&bags.both(a, other), b));
            }
        }
        for next in beside(j).filter(|at| is_free(&free.after, *at)) {
            if let Some(other) = bags.after.get(next)
                && bags.held(other, a) >= TAKEN_IN
            {
                let range = j.min(next)..j.max(next) + 1;
                offer(i..i + 1, range, bags.alike(a, &bags.both(b, other)));
            }
        }
        if let Some(best) = best {
            // Two sentences hold more marks than one: they are alike, never the same.
            *pair = Pair {
                similarity: best.similarity.min(0.999),
                ..best
            };
            free.take(pair);
        }
    }
}

/// Sentences that stand elsewhere: the most alike first.
fn moved(before: &[Vec<Token>], mut likely: Vec<Likely>, free: &mut Free) -> Vec<Pair> {
    let is_long = |at: usize| {
        let words = before.get(at).into_iter().flatten().filter(|t| t.is_word);
        words.count() >= MIN_WORDS_MOVED
    };
    likely.retain(|pair| pair.similarity >= ELSEWHERE && is_long(pair.before));
    likely.sort_by(|a, b| {
        let by_likeness = b.similarity.total_cmp(&a.similarity);
        by_likeness.then((a.before, a.after).cmp(&(b.before, b.after)))
    });
    let mut found = Vec::new();
    for pair in likely {
        if is_free(&free.before, pair.before) && is_free(&free.after, pair.after) {
            let pair = one(&pair, true);
            free.take(&pair);
            found.push(pair);
        }
    }
    found
}
