//! How alike two commitments are, and why.

use super::coding_extent::own_citation;
use super::feature_index::{FeatureIndex, features};
use super::messages::MatchReason;
use super::word_diff::{WordInterner, WordToken};
use linchpin_register::Commitment;
use linchpin_text::prose::normalize;
use std::collections::{BTreeSet, HashMap};

/// How much the words of title and statement count, and those of the phrases.
const TEXT_WEIGHT: f64 = 0.65;
const PHRASE_WEIGHT: f64 = 0.35;

/// How much themes, obligations, bodies, committers and verbs count next to the words, and how much
/// each of them does. What neither of two commitments has does not count at all.
const METADATA_WEIGHT: f64 = 0.3;
const THEME_WEIGHT: f64 = 0.25;
const OBLIGATION_WEIGHT: f64 = 0.25;
const BODY_WEIGHT: f64 = 0.2;
const COMMITTER_WEIGHT: f64 = 0.15;
const VERB_WEIGHT: f64 = 0.15;

/// As alike in words as this, the rest counts fully; less alike, less: two commitments on one
/// subject are not one commitment.
const FULL_METADATA_SIMILARITY: f64 = 0.35;

/// Less alike in words than this, whatever else.
const MIN_TEXT_SIMILARITY: f64 = 0.12;

/// Fewer pairs than this are all looked at: two documents of 200 commitments each cannot lose a
/// pair to the index, and two of thousands cost no more than it finds.
const MAX_EXHAUSTIVE_PAIRS: usize = 40_000;

/// How many shared words are told.
const MAX_SHARED_WORDS: usize = 5;

/// A pair of commitments by their places, and how alike they are, 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct ScoredPair {
    pub before: usize,
    pub after: usize,
    pub score: f64,
}

/// The commitments of two documents, ready to be held against each other.
pub(super) struct CommitmentSimilarity<'r> {
    before: Vec<&'r Commitment>,
    after: Vec<&'r Commitment>,
    text_index: FeatureIndex,
    phrase_index: FeatureIndex,
}

impl<'r> CommitmentSimilarity<'r> {
    pub fn new(before: Vec<&'r Commitment>, after: Vec<&'r Commitment>) -> Self {
        let mut lexicon = WordInterner::default();
        let mut bags = |words: &dyn Fn(&Commitment) -> String| {
            let mut of = |side: &[&Commitment]| -> Vec<Vec<u64>> {
                let tokens = side.iter().map(|c| stems(&mut lexicon, &words(c)));
                tokens.map(|tokens| features(&tokens)).collect()
            };
            FeatureIndex::new(&of(&before), &of(&after))
        };
        let text_index = bags(&|c| format!("{} . {}", c.title, c.statement));
        let phrase_index = bags(&own_phrases);
        CommitmentSimilarity {
            before,
            after,
            text_index,
            phrase_index,
        }
    }

    /// The pairs that are at least so alike, the most alike first.
    pub fn pairs(&self, min_score: f64) -> Vec<ScoredPair> {
        let mut places: BTreeSet<(usize, usize)> = BTreeSet::new();
        if self.before.len() * self.after.len() <= MAX_EXHAUSTIVE_PAIRS {
            for before in 0..self.before.len() {
                places.extend((0..self.after.len()).map(|after| (before, after)));
            }
        } else {
            for bags in [&self.text_index, &self.phrase_index] {
                let likely = bags.candidate_pairs(MIN_TEXT_SIMILARITY, 12);
                places.extend(likely.iter().map(|pair| (pair.before, pair.after)));
            }
        }
        let mut pairs: Vec<ScoredPair> = places
            .into_iter()
            .filter_map(|(before, after)| self.score(before, after))
            .filter(|pair| pair.score >= min_score)
            .collect();
        // Ties fall to the order of the documents: the same register gives the same proposals.
        pairs.sort_by(|a, b| {
            let by_score = b.score.total_cmp(&a.score);
            by_score.then((a.before, a.after).cmp(&(b.before, b.after)))
        });
        pairs
    }

    fn score(&self, before: usize, after: usize) -> Option<ScoredPair> {
        let (a, b) = (*self.before.get(before)?, *self.after.get(after)?);
        let scored = |score| {
            Some(ScoredPair {
                before,
                after,
                score,
            })
        };
        if a.id == b.id {
            return scored(1.0);
        }
        let has_phrase = |c: &Commitment| own_citation(c).is_some_and(|at| at.phrase.is_some());
        let words = self.text_index.similarity(before, after);
        let phrases = self.phrase_index.similarity(before, after);
        let content = match has_phrase(a) && has_phrase(b) {
            true => TEXT_WEIGHT * words + PHRASE_WEIGHT * phrases,
            false => words,
        };
        // Without words in common the rest proves nothing, however well it fits.
        if content < MIN_TEXT_SIMILARITY {
            return None;
        }
        let (mut sum, mut all) = (0.0, 0.0);
        let mut count = |weight: f64, likeness: Option<f64>| {
            if let Some(likeness) = likeness {
                sum += weight * likeness;
                all += weight;
            }
        };
        count(THEME_WEIGHT, jaccard_index(&themes(a), &themes(b)));
        count(
            OBLIGATION_WEIGHT,
            jaccard_index(&obligations(a), &obligations(b)),
        );
        count(
            BODY_WEIGHT,
            jaccard_index(&bodies_and_instruments(a), &bodies_and_instruments(b)),
        );
        count(
            COMMITTER_WEIGHT,
            jaccard_index(&committers(a), &committers(b)),
        );
        let same_verb = normalize(&a.verb).text == normalize(&b.verb).text;
        count(VERB_WEIGHT, Some(if same_verb { 1.0 } else { 0.0 }));
        // Records of one subject share themes, bodies and committers whether or not they promise
        // the same. What they share therefore counts only as far as their words are alike; and
        // fields that neither has are left out of the average, so that a poor record is no worse
        // off.
        // `all` is never zero, since the verb always counts.
        let metadata = sum / all * (content / FULL_METADATA_SIMILARITY).min(1.0);
        scored((1.0 - METADATA_WEIGHT) * content + METADATA_WEIGHT * metadata)
    }
}

/// Why two commitments are taken for one.
pub(super) fn match_reasons(
    a: &Commitment,
    b: &Commitment,
    name: &dyn Fn(&str) -> String,
) -> Vec<MatchReason> {
    if a.id == b.id {
        return vec![MatchReason::SameRecord];
    }
    let mut all = Vec::new();
    let words = shared_words(a, b);
    if !words.is_empty() {
        all.push(MatchReason::SharedWords(words));
    }
    if normalize(&a.verb).text == normalize(&b.verb).text {
        all.push(MatchReason::SameVerb(b.verb.clone()));
    }
    let mut shared = |reason: fn(Vec<String>) -> MatchReason, names: Vec<String>| {
        if !names.is_empty() {
            all.push(reason(names));
        }
    };
    let names = |a: BTreeSet<&str>, b: BTreeSet<&str>| -> Vec<String> {
        a.intersection(&b).map(|id| name(id)).collect()
    };
    shared(MatchReason::SameThemes, names(themes(a), themes(b)));
    let both = a.obligations.iter().filter(|o| b.obligations.contains(o));
    let labels: BTreeSet<&str> = both.map(|o| o.label()).collect();
    let labels = labels.into_iter().map(str::to_owned).collect();
    shared(MatchReason::SameObligations, labels);
    let bodies = names(bodies_and_instruments(a), bodies_and_instruments(b));
    shared(MatchReason::SameBodies, bodies);
    if !a.committers.is_empty() && committers(a) == committers(b) {
        all.push(MatchReason::SameCommitters);
    }
    all
}

/// The words that both use, the longest first: the longer a word, the more it says.
fn shared_words(a: &Commitment, b: &Commitment) -> Vec<String> {
    let words = |c: &Commitment| -> HashMap<String, String> {
        let text = normalize(&format!("{} {} {}", c.title, c.statement, own_phrases(c))).text;
        let split = text.split(|c: char| !c.is_alphanumeric());
        let long = split.filter(|word| word.chars().count() > 3 || !word.is_ascii());
        long.filter(|word| !word.is_empty())
            .map(|word| (stem(word).to_owned(), word.to_owned()))
            .collect()
    };
    let (left, right) = (words(a), words(b));
    let mut both: Vec<&String> = left
        .iter()
        .filter(|(stem, _)| right.contains_key(*stem) && !STOP_WORDS.contains(&stem.as_str()))
        .map(|(_, word)| word)
        .collect();
    both.sort_by_key(|word| (std::cmp::Reverse(word.chars().count()), *word));
    both.into_iter().take(MAX_SHARED_WORDS).cloned().collect()
}

/// Words that statements of any subject share, without their last "s".
const STOP_WORDS: &[&str] = &[
    "a", "about", "alliance", "also", "an", "and", "another", "are", "as", "at", "be", "between",
    "both", "by", "continue", "each", "for", "from", "have", "in", "is", "it", "its", "korea",
    "of", "on", "or", "other", "republic", "said", "say", "side", "south", "state", "that", "the",
    "their", "them", "they", "thing", "this", "through", "to", "two", "united", "which", "will",
    "with", "work",
];

fn own_phrases(commitment: &Commitment) -> String {
    let own = own_citation(commitment).map(|c| c.document.as_str());
    let cited = commitment.citations.iter().filter(|c| !c.external);
    let there = cited.filter(|c| Some(c.document.as_str()) == own);
    let phrases: Vec<&str> = there.filter_map(|c| c.phrase.as_deref()).collect();
    phrases.join(" . ")
}

/// The words that tell one subject from another, without the endings that only number makes.
fn stems(lexicon: &mut WordInterner, text: &str) -> Vec<WordToken> {
    let text = normalize(text).text;
    let words = text.split(|c: char| !c.is_alphanumeric());
    let stems = words.filter(|w| !w.is_empty()).map(stem);
    let stems: Vec<&str> = stems.filter(|w| !STOP_WORDS.contains(w)).collect();
    lexicon.tokenize(&stems.join(" "), 0)
}

fn stem(word: &str) -> &str {
    match word.strip_suffix('s') {
        // The "s" of "gas" and of "process" is no plural.
        Some(one) if one.len() > 3 && one.is_ascii() && !one.ends_with('s') => one,
        _ => word,
    }
}

fn themes(c: &Commitment) -> BTreeSet<&str> {
    c.themes.iter().map(|t| t.as_str()).collect()
}

fn obligations(c: &Commitment) -> BTreeSet<&str> {
    c.obligations.iter().map(|o| o.name()).collect()
}

fn bodies_and_instruments(c: &Commitment) -> BTreeSet<&str> {
    let bodies = c.bodies.iter().map(|b| b.as_str());
    bodies
        .chain(c.instruments.iter().map(|i| i.as_str()))
        .collect()
}

fn committers(c: &Commitment) -> BTreeSet<&str> {
    c.committers.iter().map(|p| p.as_str()).collect()
}

/// The share of what either has that both have; `None` where neither has any.
fn jaccard_index(a: &BTreeSet<&str>, b: &BTreeSet<&str>) -> Option<f64> {
    let all = a.union(b).count();
    (all > 0).then(|| a.intersection(b).count() as f64 / all as f64)
}
