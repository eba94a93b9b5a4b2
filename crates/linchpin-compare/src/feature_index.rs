//! How alike two pieces of text are by the rare words they share, and which pairs are worth looking
//! at: never all of them.

use super::word_diff::WordToken;
use std::collections::HashMap;

/// A word that stands in more pieces than this says too little to look a piece up by.
const MAX_FEATURE_FREQUENCY: usize = 48;

/// Two neighboring words count for less than a word.
const BIGRAM_WEIGHT: f64 = 0.5;

const BIGRAM_FLAG: u64 = 1 << 63;

/// What one piece of text holds: its words and pairs of neighbors, each once, sorted.
#[derive(Clone, Debug, Default)]
pub(super) struct FeatureBag {
    features: Vec<u32>,
    total_weight: f64,
}

/// The pieces of two sides, weighed together.
pub(super) struct FeatureIndex {
    pub before: Vec<FeatureBag>,
    pub after: Vec<FeatureBag>,
    weights: Vec<f64>,
}

/// A pair that is worth looking at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct CandidatePair {
    pub before: usize,
    pub after: usize,
    /// 0 to 1.
    pub similarity: f64,
}

/// The words of a piece and their neighborhoods.
pub(super) fn features(tokens: &[WordToken]) -> Vec<u64> {
    let words: Vec<u64> = tokens
        .iter()
        .filter(|t| t.is_word)
        .map(|t| u64::from(t.key))
        .collect();
    // Keys count words from 0 and never come near 2³¹, so that the flag's bit is free.
    let pairs = words
        .windows(2)
        .map(|pair| BIGRAM_FLAG | pair[0] << 32 | pair[1]);
    words.iter().copied().chain(pairs).collect()
}

impl FeatureIndex {
    /// Weighs the features of all pieces: the fewer pieces have one, the more it says.
    pub fn new(before: &[Vec<u64>], after: &[Vec<u64>]) -> Self {
        let mut ids: HashMap<u64, u32> = HashMap::new();
        let mut frequencies: Vec<u32> = Vec::new();
        let mut factors: Vec<f64> = Vec::new();
        let mut bag = |features: &Vec<u64>| {
            let mut own: Vec<u32> = Vec::with_capacity(features.len());
            for feature in features {
                let next = u32::try_from(ids.len()).unwrap_or(u32::MAX);
                let id = *ids.entry(*feature).or_insert(next);
                if id == next && frequencies.len() == next as usize {
                    frequencies.push(0);
                    factors.push(if feature & BIGRAM_FLAG == 0 {
                        1.0
                    } else {
                        BIGRAM_WEIGHT
                    });
                }
                own.push(id);
            }
            own.sort_unstable();
            own.dedup();
            for id in &own {
                if let Some(count) = frequencies.get_mut(*id as usize) {
                    *count += 1;
                }
            }
            FeatureBag {
                features: own,
                total_weight: 0.0,
            }
        };
        let mut before: Vec<FeatureBag> = before.iter().map(&mut bag).collect();
        let mut after: Vec<FeatureBag> = after.iter().map(&mut bag).collect();
        let all = (before.len() + after.len()) as f64;
        let weight = |(count, factor): (&u32, &f64)| factor * (1.0 + all / f64::from(*count)).ln();
        let weights: Vec<f64> = frequencies.iter().zip(&factors).map(weight).collect();
        for bag in before.iter_mut().chain(&mut after) {
            bag.total_weight = sum_weights(&weights, &bag.features);
        }
        FeatureIndex {
            before,
            after,
            weights,
        }
    }

    /// How alike two pieces are, 0 to 1.
    pub fn similarity(&self, before: usize, after: usize) -> f64 {
        match (self.before.get(before), self.after.get(after)) {
            (Some(a), Some(b)) => self.dice_similarity(a, b),
            _ => 0.0,
        }
    }

    /// How alike two bags are, 0 to 1: twice what they share over what they hold.
    pub fn dice_similarity(&self, a: &FeatureBag, b: &FeatureBag) -> f64 {
        match a.total_weight + b.total_weight {
            0.0 => 0.0,
            total => 2.0 * self.shared_weight(a, b) / total,
        }
    }

    /// How much of `part` stands in `whole`, 0 to 1.
    pub fn containment(&self, part: &FeatureBag, whole: &FeatureBag) -> f64 {
        match part.total_weight {
            0.0 => 0.0,
            total => self.shared_weight(part, whole) / total,
        }
    }

    /// Two pieces as one.
    pub fn union(&self, a: &FeatureBag, b: &FeatureBag) -> FeatureBag {
        let mut features = a.features.clone();
        features.extend(&b.features);
        features.sort_unstable();
        features.dedup();
        let total = sum_weights(&self.weights, &features);
        FeatureBag {
            features,
            total_weight: total,
        }
    }

    fn shared_weight(&self, a: &FeatureBag, b: &FeatureBag) -> f64 {
        let (mut left, mut right) = (a.features.iter().peekable(), b.features.iter().peekable());
        let mut sum = 0.0;
        while let (Some(x), Some(y)) = (left.peek(), right.peek()) {
            match x.cmp(y) {
                std::cmp::Ordering::Less => {
                    left.next();
                }
                std::cmp::Ordering::Greater => {
                    right.next();
                }
                std::cmp::Ordering::Equal => {
                    sum += self.weights.get(**x as usize).copied().unwrap_or_default();
                    left.next();
                    right.next();
                }
            }
        }
        sum
    }

    /// The pairs that are at least this alike, at most `most` for each piece before, found by their
    /// rare words.
    pub fn candidate_pairs(&self, min_similarity: f64, max_partners: usize) -> Vec<CandidatePair> {
        let mut postings: Vec<Vec<u32>> = vec![Vec::new(); self.weights.len()];
        for (at, bag) in (0..).zip(&self.after) {
            for id in &bag.features {
                if let Some(list) = postings.get_mut(*id as usize) {
                    list.push(at);
                }
            }
        }
        let mut sums = vec![0.0_f64; self.after.len()];
        let mut hits: Vec<u32> = Vec::new();
        let mut found = Vec::new();
        for (at, bag) in self.before.iter().enumerate() {
            for id in &bag.features {
                let weight = self.weights.get(*id as usize).copied().unwrap_or_default();
                let list = postings
                    .get(*id as usize)
                    .filter(|l| l.len() <= MAX_FEATURE_FREQUENCY);
                for other in list.into_iter().flatten() {
                    if let Some(sum) = sums.get_mut(*other as usize) {
                        // Every weight is above zero: a sum of zero has not been touched.
                        if *sum == 0.0 {
                            hits.push(*other);
                        }
                        *sum += weight;
                    }
                }
            }
            // What common words would add is left out here: this is only for the choice of the few
            // pairs whose likeness is then worked out in full.
            let share = |other: u32| {
                let total = self
                    .after
                    .get(other as usize)
                    .map_or(0.0, |b| b.total_weight);
                sums.get(other as usize).copied().unwrap_or_default() / (bag.total_weight + total)
            };
            hits.sort_by(|a, b| share(*b).total_cmp(&share(*a)).then(a.cmp(b)));
            for other in hits.iter().take(max_partners) {
                let other = *other as usize;
                let similarity = self.similarity(at, other);
                if similarity >= min_similarity {
                    found.push(CandidatePair {
                        before: at,
                        after: other,
                        similarity,
                    });
                }
            }
            // Only what was touched is cleared: the sums are as long as the other side.
            for other in hits.drain(..) {
                if let Some(sum) = sums.get_mut(other as usize) {
                    *sum = 0.0;
                }
            }
        }
        found
    }
}

fn sum_weights(weights: &[f64], features: &[u32]) -> f64 {
    let weight = |id: &u32| weights.get(*id as usize).copied().unwrap_or_default();
    features.iter().map(weight).sum()
}
