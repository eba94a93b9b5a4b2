//! What a text may hold that is worth a record: found by rules over data that the user can read and
//! edit, and never decided by them.

mod candidate;
mod commitments;
mod coordination;
mod exclusion;
mod figures;
mod governing_verbs;
mod lexicon;
mod name_trie;
mod party_groups;
mod phrase;
mod prefill;
mod quotations;
pub mod score;
mod sentence_analysis;
mod subjects;
mod tokenizer;
mod verb_forms;

pub use candidate::{Candidate, ExclusionReason, Proposal};
pub use prefill::{prefill_dismissal, prefill_record, suggested_dismissal_reason};
pub use score::{CandidateScore, MatchCounts, score_candidates};

use commitments::commitment_candidates;
use figures::figure_candidates;
use lexicon::CueLexicon;
use linchpin_register::{Document, Register};
use linchpin_text::prose::{Prose, sentences};
use sentence_analysis::SentenceAnalysis;
use std::ops::Range;
use subjects::DocumentParties;

/// The candidates of a document's text, in its order; names last in each sentence. The document's
/// issuers are those who say "we".
pub fn find_candidates(register: &Register, document: &str, prose: &Prose) -> Vec<Candidate> {
    let lexicon = CueLexicon::new(register);
    let cast = DocumentParties::new(register, register.get::<Document>(document));
    let mut all = Vec::new();
    for (paragraph, text) in prose.paragraphs() {
        let start = prose.span(paragraph).map_or(0, |span| span.start);
        let mut last = None;
        let has_quotes = text.contains(['“', '"', '「', '『']);
        let speaker = || quotations::quoted_speaker(register, &lexicon, prose, paragraph);
        let quoted_by = has_quotes.then(speaker).flatten();
        for bytes in sentences(text) {
            let source = text.get(bytes.clone()).unwrap_or_default();
            let sentence = SentenceAnalysis::new(register, &lexicon, source);
            let is_quoted =
                has_quotes && quotations::is_in_quotation(prose, paragraph, start + bytes.start);
            let quoted = quoted_by
                .filter(|_| is_quoted)
                .map(|speaker| cast.quoting(speaker));
            let cast = quoted.as_ref().unwrap_or(&cast);
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
            for draft in commitment_candidates(&lexicon, cast, &sentence, &mut last) {
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
            for name in &sentence.names {
                let trigger = in_paragraph(sentence.byte_range(name.words.clone()));
                let phrase = phrase::shortest_unique_phrase(text, bytes.clone(), trigger.clone());
                push(&mut all, trigger, phrase, Proposal::Name(name.record), None);
            }
        }
    }
    all
}
