//! What a text may hold that is worth a record: found by rules over data that the user can read and
//! edit, and never decided by them.

mod apart;
mod commitments;
mod coordinated;
mod figures;
mod forms;
mod groups;
mod kinds;
mod lexicon;
mod names;
mod phrase;
mod prefill;
mod quoted;
pub mod score;
mod sentence;
mod subjects;
mod verbs;
mod words;

pub use kinds::{Candidate, Held, Proposal};
pub use prefill::{dismissal, prefill, reason};
pub use score::{Score, Tally, score};

use commitments::commitments;
use figures::figures;
use lexicon::Lexicon;
use linchpin_register::{Document, Register};
use linchpin_text::prose::{Prose, sentences};
use sentence::Sentence;
use std::ops::Range;
use subjects::Cast;

/// The candidates of a document's text, in its order; names last in each sentence. The document's
/// issuers are those who say "we".
pub fn candidates_of(register: &Register, document: &str, prose: &Prose) -> Vec<Candidate> {
    let lexicon = Lexicon::new(register);
    let cast = Cast::new(register, register.get::<Document>(document));
    let mut all = Vec::new();
    for (paragraph, text) in prose.paragraphs() {
        let start = prose.span(paragraph).map_or(0, |span| span.start);
        let mut last = None;
        let has_quotes = text.contains(['“', '"', '「', '『']);
        let by = || quoted::speaker(register, &lexicon, prose, paragraph);
        let quoted_by = has_quotes.then(by).flatten();
        for bytes in sentences(text) {
            let source = text.get(bytes.clone()).unwrap_or_default();
            let sentence = Sentence::new(register, &lexicon, source);
            let is_quoted = has_quotes && quoted::is_quoted(prose, paragraph, start + bytes.start);
            let quoted = quoted_by.filter(|_| is_quoted).map(|by| cast.speaking(by));
            let cast = quoted.as_ref().unwrap_or(&cast);
            let first = all.len();
            let in_paragraph = |r: Range<usize>| bytes.start + r.start..bytes.start + r.end;
            let in_text = |r: Range<usize>| start + r.start..start + r.end;
            let push = |all: &mut Vec<Candidate>, told, phrase, proposal, held| {
                all.push(Candidate {
                    paragraph,
                    sentence: in_text(bytes.clone()),
                    range: in_text(told),
                    phrase: in_text(phrase),
                    proposal,
                    held,
                });
            };
            for draft in commitments(&lexicon, cast, &sentence, &mut last) {
                let told = in_paragraph(sentence.bytes(draft.words));
                let from = bytes.start + sentence.bytes(draft.from..draft.from + 1).start;
                let phrase = phrase::phrase(text, bytes.clone(), told.clone(), from);
                push(&mut all, told, phrase, draft.proposal, draft.held);
            }
            for figure in figures(&sentence) {
                let told = in_paragraph(figure.told);
                let phrase = phrase::phrase(text, bytes.clone(), told.clone(), told.start);
                push(&mut all, told, phrase, figure.proposal, None);
            }
            all.get_mut(first..)
                .unwrap_or_default()
                .sort_by_key(|candidate| candidate.range.start);
            for name in &sentence.named {
                let told = in_paragraph(sentence.bytes(name.words.clone()));
                let phrase = phrase::shortest(text, bytes.clone(), told.clone());
                push(&mut all, told, phrase, Proposal::Name(name.record), None);
            }
        }
    }
    all
}
