//! What somebody who codes a text looks at, one after the other: every candidate, and every sentence in which there is none.

use super::candidates::{Candidate, Proposal};
use super::coverage::{Sentence, SentenceState};
use super::spots::{Spot, touching};
use crate::register::RecordKind;
use std::ops::Range;

/// A candidate, or a sentence without one.
#[derive(Clone, Debug, PartialEq)]
pub struct Stop {
    /// What is marked: the words that gave it away, or the sentence. Bytes of the whole text.
    pub range: Range<usize>,
    /// The sentence.
    pub sentence: Range<usize>,
    /// The paragraph, from 1.
    pub paragraph: u32,
    pub candidate: Option<Candidate>,
    /// Whether there is a record of it, or a reason for none.
    pub state: SentenceState,
}

/// The stops of a text, in its order. Names that the register knows are no stops.
pub fn stops(candidates: &[Candidate], sentences: &[Sentence], spots: &[Spot]) -> Vec<Stop> {
    let real: Vec<&Candidate> = candidates
        .iter()
        .filter(|candidate| !matches!(candidate.proposal, Proposal::Name(_)))
        .collect();
    let mut all: Vec<Stop> = Vec::new();
    let mut rest = real.into_iter().peekable();
    for sentence in sentences {
        let before = all.len();
        while let Some(candidate) =
            rest.next_if(|candidate| candidate.range.start < sentence.range.end)
        {
            all.push(Stop {
                range: candidate.range.clone(),
                sentence: sentence.range.clone(),
                paragraph: sentence.paragraph,
                state: state(candidate, sentence, spots),
                candidate: Some(candidate.clone()),
            });
        }
        if all.len() == before {
            all.push(Stop {
                range: sentence.range.clone(),
                sentence: sentence.range.clone(),
                paragraph: sentence.paragraph,
                candidate: None,
                state: sentence.state,
            });
        }
    }
    all
}

/// A candidate is coded where a record of its type has its words; a sentence that was dismissed takes all its candidates with it.
fn state(candidate: &Candidate, sentence: &Sentence, spots: &[Spot]) -> SentenceState {
    let kind = match candidate.proposal {
        Proposal::Figure { .. } => RecordKind::Figure,
        _ => RecordKind::Commitment,
    };
    let words = candidate.phrase.start.min(candidate.range.start)
        ..candidate.phrase.end.max(candidate.range.end);
    let here: Vec<RecordKind> = touching(spots, words).map(|(_, spot)| spot.kind).collect();
    if here.contains(&kind) {
        SentenceState::Coded
    } else if sentence.state == SentenceState::Dismissed || here.contains(&RecordKind::Dismissal) {
        SentenceState::Dismissed
    } else {
        SentenceState::Open
    }
}

/// The stop that stands at a byte of the text, else the next one behind it.
pub fn stop_at(stops: &[Stop], byte: usize) -> Option<usize> {
    let exact = stops.iter().position(|stop| stop.range.start == byte);
    exact.or_else(|| {
        let behind = stops.partition_point(|stop| stop.range.start < byte);
        (behind < stops.len()).then_some(behind)
    })
}
