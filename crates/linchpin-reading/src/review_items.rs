//! What somebody who codes a text looks at, one after the other: every candidate, and every
//! sentence in which there is none.

use super::candidates::{Candidate, Proposal};
use super::coded_segments::{CodedSegment, segments_touching};
use super::coverage::{SentenceCoverage, SentenceState};
use linchpin_register::RecordKind;
use std::ops::Range;

/// A candidate, or a sentence without one.
#[derive(Clone, Debug, PartialEq)]
pub struct ReviewItem {
    /// What is marked: the words by which the candidate was found, or the sentence. Bytes of the
    /// whole text.
    pub range: Range<usize>,
    /// The sentence.
    pub sentence: Range<usize>,
    /// The paragraph, from 1.
    pub paragraph: u32,
    pub candidate: Option<Candidate>,
    /// Whether there is a record of it, or a reason for none.
    pub state: SentenceState,
}

/// The items of a text, in its order. Names that the register knows are none.
pub fn review_items(
    candidates: &[Candidate],
    sentences: &[SentenceCoverage],
    segments: &[CodedSegment],
) -> Vec<ReviewItem> {
    let reviewed: Vec<&Candidate> = candidates
        .iter()
        .filter(|candidate| !matches!(candidate.proposal, Proposal::Name(_)))
        .collect();
    let mut all: Vec<ReviewItem> = Vec::new();
    let mut remaining = reviewed.into_iter().peekable();
    for sentence in sentences {
        let before = all.len();
        while let Some(candidate) =
            remaining.next_if(|candidate| candidate.trigger.start < sentence.range.end)
        {
            all.push(ReviewItem {
                range: candidate.trigger.clone(),
                sentence: sentence.range.clone(),
                paragraph: sentence.paragraph,
                state: review_state(candidate, sentence, segments),
                candidate: Some(candidate.clone()),
            });
        }
        if all.len() == before {
            all.push(ReviewItem {
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

/// A candidate is coded where a record of its type has its words; a sentence that was dismissed
/// takes all its candidates with it.
fn review_state(
    candidate: &Candidate,
    sentence: &SentenceCoverage,
    segments: &[CodedSegment],
) -> SentenceState {
    let kind = match candidate.proposal {
        Proposal::Figure { .. } => RecordKind::Figure,
        _ => RecordKind::Commitment,
    };
    // The words by which it was found may lie outside of those to be quoted, which are ten at most.
    let words = candidate.phrase.start.min(candidate.trigger.start)
        ..candidate.phrase.end.max(candidate.trigger.end);
    let here: Vec<RecordKind> = segments_touching(segments, words)
        .map(|(_, segment)| segment.kind)
        .collect();
    if here.contains(&kind) {
        SentenceState::Coded
    } else if sentence.state == SentenceState::Dismissed || here.contains(&RecordKind::Dismissal) {
        SentenceState::Dismissed
    } else {
        SentenceState::Open
    }
}

/// The item at a byte of the text, else the next one behind it.
pub fn review_item_at(items: &[ReviewItem], byte: usize) -> Option<usize> {
    let exact = items.iter().position(|item| item.range.start == byte);
    exact.or_else(|| {
        let behind = items.partition_point(|item| item.range.start < byte);
        (behind < items.len()).then_some(behind)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::candidates::ExclusionReason;
    use linchpin_register::vocabulary::StatementMode;
    use linchpin_text::prose::Prose;

    const TEXT: &str = "They will meet and will part. Nothing here. They will rest.";

    fn candidate(words: &str, from: usize, excluded: Option<ExclusionReason>) -> Candidate {
        let start = from + TEXT[from..].find(words).unwrap();
        Candidate {
            paragraph: 1,
            sentence: 0..TEXT.len(),
            trigger: start..start + words.len(),
            phrase: start..start + words.len(),
            proposal: Proposal::Commitment {
                verb: words.to_owned(),
                step: None,
                committers: Vec::new(),
                hedges: Vec::new(),
                mode: StatementMode::FutureAction,
            },
            excluded,
        }
    }

    fn segment(words: &str, kind: RecordKind) -> CodedSegment {
        let start = TEXT.find(words).unwrap();
        CodedSegment {
            range: start..start + words.len(),
            paragraph: 1,
            kind,
            id: words.to_owned(),
            title: words.to_owned(),
            strength: None,
            dismissal: None,
            anchor_status: crate::AnchorStatus::Exact,
        }
    }

    fn sentences(states: [SentenceState; 3]) -> Vec<SentenceCoverage> {
        let prose = Prose::new(TEXT);
        let found = linchpin_text::prose::sentences(prose.text());
        let numbered = found.into_iter().zip(states).zip(1..);
        let all = numbered.map(|((range, state), number)| SentenceCoverage {
            paragraph: 1,
            number,
            range,
            state,
            records: Vec::new(),
        });
        all.collect()
    }

    #[test]
    fn every_candidate_and_every_sentence_without_one_is_a_review_item() {
        use SentenceState::{Coded, Dismissed, Open};
        let found = [
            candidate("will", 0, None),
            candidate("will part", 10, None),
            candidate("will rest", 40, Some(ExclusionReason::Purpose)),
        ];
        let sentences = sentences([Coded, Open, Dismissed]);
        let segments = [segment("will meet", RecordKind::Commitment)];
        let all = review_items(&found, &sentences, &segments);
        let told: Vec<(&str, SentenceState)> = all
            .iter()
            .map(|item| (&TEXT[item.range.clone()], item.state))
            .collect();
        assert_eq!(
            told,
            [
                ("will", Coded),
                ("will part", Open),
                ("Nothing here.", Open),
                ("will rest", Dismissed),
            ]
        );
        assert_eq!(review_item_at(&all, all[2].range.start), Some(2));
        assert_eq!(review_item_at(&all, 0), Some(0));
        assert_eq!(review_item_at(&all, TEXT.len()), None);
    }

    #[test]
    fn a_record_of_another_type_codes_no_commitment() {
        use SentenceState::{Coded, Open};
        let found = [candidate("will", 0, None)];
        let sentences = sentences([Coded, Open, Open]);
        let segments = [segment("will meet", RecordKind::Event)];
        assert_eq!(review_items(&found, &sentences, &segments)[0].state, Open);
    }
}
