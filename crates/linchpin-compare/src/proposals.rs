//! Which commitments of two documents are proposed to be one: each once, the most alike first.

use super::similarity::{CommitmentSimilarity, ScoredPair};
use linchpin_register::{Commitment, RecordRef};
use serde::{Serialize, Serializer};

/// How alike two commitments must be to be proposed as one.
pub(super) const MIN_PROPOSAL_SCORE: f64 = 0.27;
/// How alike one must be to be offered as another choice.
const MIN_ALTERNATIVE_SCORE: f64 = 0.16;
/// How many other choices are offered.
const MAX_ALTERNATIVES: usize = 5;

/// Another partner that a commitment could have.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AlternativeMatch {
    pub id: String,
    pub title: String,
    /// 0 to 1.
    #[serde(serialize_with = "two_decimals")]
    pub score: f64,
}

/// A score with two decimals: more would only be noise.
pub(super) fn two_decimals<S: Serializer>(
    score: &(impl Copy + Into<Option<f64>>),
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let score: Option<f64> = (*score).into();
    score
        .map(|score| (score * 100.0).round() / 100.0)
        .serialize(serializer)
}

/// The commitments of one document.
pub(super) type DocumentCommitments<'r> = [(RecordRef, &'r Commitment)];

/// The commitments without their places.
pub(super) fn without_refs<'r>(own: &DocumentCommitments<'r>) -> Vec<&'r Commitment> {
    own.iter().map(|(_, commitment)| *commitment).collect()
}

/// The pairs of two documents that are at all alike, the most alike first.
pub(super) struct MatchProposals {
    pairs: Vec<ScoredPair>,
}

impl MatchProposals {
    /// Compares the commitments of two documents. `reversed`: in the other direction,
    /// so that both give the same.
    pub fn new(
        before: &DocumentCommitments<'_>,
        after: &DocumentCommitments<'_>,
        reversed: bool,
    ) -> Self {
        let pairs = match reversed {
            false => CommitmentSimilarity::new(without_refs(before), without_refs(after))
                .pairs(MIN_ALTERNATIVE_SCORE),
            true => {
                let pairs = CommitmentSimilarity::new(without_refs(after), without_refs(before))
                    .pairs(MIN_ALTERNATIVE_SCORE);
                let swap = |pair: &ScoredPair| ScoredPair {
                    before: pair.after,
                    after: pair.before,
                    score: pair.score,
                };
                pairs.iter().map(swap).collect()
            }
        };
        MatchProposals { pairs }
    }

    /// The pairs that are proposed among those that are free, each commitment once.
    pub fn select_best(&self, before: &mut [bool], after: &mut [bool]) -> Vec<ScoredPair> {
        // Greedily: the most alike pair of all is taken first, whatever else its two could be. The
        // best sum over all pairs would now and then part two that are plainly one, to make two
        // poor matches better, and a reader could not see why.
        let mut chosen = Vec::new();
        for pair in self
            .pairs
            .iter()
            .take_while(|pair| pair.score >= MIN_PROPOSAL_SCORE)
        {
            let (Some(a), Some(b)) = (before.get_mut(pair.before), after.get_mut(pair.after))
            else {
                continue;
            };
            if *a && *b {
                (*a, *b) = (false, false);
                chosen.push(*pair);
            }
        }
        chosen
    }

    /// How alike two are; 0 where they are hardly.
    pub fn score(&self, before: usize, after: usize) -> f64 {
        let mut pairs = self.pairs.iter();
        let found = pairs.find(|pair| pair.before == before && pair.after == after);
        found.map_or(0.0, |pair| pair.score)
    }

    /// Other partners of a commitment before, or of one after.
    pub fn alternatives(
        &self,
        before: (Option<usize>, &DocumentCommitments<'_>),
        after: (Option<usize>, &DocumentCommitments<'_>),
    ) -> Vec<AlternativeMatch> {
        let of = |own: &DocumentCommitments<'_>, at: usize, score: f64| {
            let (_, commitment) = own.get(at)?;
            Some(AlternativeMatch {
                id: commitment.id.as_str().to_owned(),
                title: commitment.title.clone(),
                score,
            })
        };
        let found = self
            .pairs
            .iter()
            .filter_map(|pair| match (before.0, after.0) {
                (a, Some(b)) if pair.after == b && a != Some(pair.before) => {
                    of(before.1, pair.before, pair.score)
                }
                (Some(a), None) if pair.before == a => of(after.1, pair.after, pair.score),
                _ => None,
            });
        found.take(MAX_ALTERNATIVES).collect()
    }
}
