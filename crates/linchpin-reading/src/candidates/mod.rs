//! What a text may hold that is worth a record: found by rules over data that the user can read and
//! edit, and never decided by them.

mod commitments;
mod figures;
mod governing_verbs;
mod lexicon;
mod name_trie;
mod phrase;
mod prefill;
pub mod score;
mod sentence;
mod subjects;

pub use lexicon::cues_of_kind;
pub use prefill::{prefill_dismissal, prefill_record, suggested_dismissal_reason};
pub use score::{CandidateScore, MatchCounts, score_candidates};

use commitments::commitment_candidates;
use figures::figure_candidates;
use lexicon::CueLexicon;
use linchpin_register::vocabulary::StatementMode;
use linchpin_register::{Document, RecordRef, Register};
use linchpin_text::prose::{Prose, sentences};
use sentence::SentenceAnalysis;
use std::ops::Range;
use subjects::DocumentParties;

/// Words that may be worth a record.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The paragraph, from 1.
    pub paragraph: u32,
    /// The sentence: its bytes in the whole text.
    pub sentence: Range<usize>,
    /// The words by which it was found, such as the verb: their bytes in the whole text.
    pub trigger: Range<usize>,
    /// The words to be quoted: at most ten, the ones that gave it away among them.
    pub phrase: Range<usize>,
    pub proposal: Proposal,
    /// Why it is excluded: probably no record, or one of another kind.
    pub excluded: Option<ExclusionReason>,
}

/// What it may be.
#[derive(Clone, Debug, PartialEq)]
pub enum Proposal {
    Commitment {
        /// The governing verb as it stands in the text.
        verb: String,
        /// The id of its step on the ladder.
        step: Option<String>,
        /// The ids of those who seem to promise.
        committers: Vec<String>,
        /// The words that soften it, as they stand in the text.
        hedges: Vec<String>,
        mode: StatementMode,
    },
    Figure {
        /// The number, where it has a value.
        value: Option<f64>,
        /// The words before it that make it a bound, such as "more than".
        qualifier: Option<String>,
        /// What is counted, as far as the text tells.
        unit: Option<String>,
        /// ISO 4217 code, of an amount of money.
        currency: Option<String>,
    },
    /// A body or a party that the register knows, by its name or its abbreviation.
    Name(RecordRef),
}

/// Why a candidate is excluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ExclusionReason {
    /// What follows is denied.
    Negated,
    /// Somebody else's word, conduct or intention.
    Attributed,
    /// What something is for.
    Purpose,
    /// What something is said to bring about.
    Effect,
    /// What has been done already.
    Past,
    /// A threat or a worry.
    Concern,
}

impl ExclusionReason {
    /// The words on screen.
    pub fn label(self) -> &'static str {
        match self {
            ExclusionReason::Negated => "negated",
            ExclusionReason::Attributed => "others' words or doings",
            ExclusionReason::Purpose => "purpose",
            ExclusionReason::Effect => "predicted effect",
            ExclusionReason::Past => "past achievement",
            ExclusionReason::Concern => "concern",
        }
    }
}

/// The candidates of a document's text, in its order; names last in each sentence. The document's
/// issuers are those who say "we".
pub fn find_candidates(register: &Register, document: &str, prose: &Prose) -> Vec<Candidate> {
    let lexicon = CueLexicon::new(register);
    let parties = DocumentParties::new(register, register.get::<Document>(document));
    let mut all = Vec::new();
    // `last` is carried from sentence to sentence of a paragraph: "This includes …" continues the
    // commitment before it, and a new paragraph begins anew.
    for (paragraph, text) in prose.paragraphs() {
        let start = prose.span(paragraph).map_or(0, |span| span.start);
        let mut last = None;
        let has_quotes = text.contains(['“', '"', '「', '『']);
        let speaker = || subjects::quoted_speaker(register, &lexicon, prose, paragraph);
        let quoted_by = has_quotes.then(speaker).flatten();
        for bytes in sentences(text) {
            let source = text.get(bytes.clone()).unwrap_or_default();
            let sentence = SentenceAnalysis::new(register, &lexicon, source);
            let is_quoted =
                has_quotes && subjects::is_in_quotation(prose, paragraph, start + bytes.start);
            let quoted = quoted_by
                .filter(|_| is_quoted)
                .map(|speaker| parties.quoting(speaker));
            let parties = quoted.as_ref().unwrap_or(&parties);
            let first = all.len();
            let in_paragraph = |r: Range<usize>| bytes.start + r.start..bytes.start + r.end;
            let in_text = |r: Range<usize>| start + r.start..start + r.end;
            let push = |all: &mut Vec<Candidate>, trigger, phrase, proposal, excluded| {
                all.push(Candidate {
                    paragraph,
                    sentence: in_text(bytes.clone()),
                    trigger: in_text(trigger),
                    phrase: in_text(phrase),
                    proposal,
                    excluded,
                });
            };
            for draft in commitment_candidates(&lexicon, parties, &sentence, &mut last) {
                let trigger = in_paragraph(sentence.byte_range(draft.trigger));
                let from = bytes.start
                    + sentence
                        .byte_range(draft.subject_start..draft.subject_start + 1)
                        .start;
                let phrase = phrase::choose_phrase(text, bytes.clone(), trigger.clone(), from);
                push(&mut all, trigger, phrase, draft.proposal, draft.excluded);
            }
            for figure in figure_candidates(&sentence) {
                let trigger = in_paragraph(figure.trigger);
                let phrase =
                    phrase::choose_phrase(text, bytes.clone(), trigger.clone(), trigger.start);
                push(&mut all, trigger, phrase, figure.proposal, None);
            }
            all.get_mut(first..)
                .unwrap_or_default()
                .sort_by_key(|candidate| candidate.trigger.start);
            // Names last: they are no items of a review, and come behind what is.
            for name in &sentence.names {
                let trigger = in_paragraph(sentence.byte_range(name.words.clone()));
                let phrase = phrase::shortest_unique_phrase(text, bytes.clone(), trigger.clone());
                push(&mut all, trigger, phrase, Proposal::Name(name.record), None);
            }
        }
    }
    all
}
