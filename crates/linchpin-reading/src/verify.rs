//! Whether each phrase stands where its citation says.

use super::text_library::TextLibrary;
use linchpin_register::schema::{PathStep, VisitedValue};
use linchpin_register::{RecordRef, Register};
use linchpin_text::prose::{PhraseFinder, PhraseMatch};

/// What became of a citation's phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VerificationOutcome {
    /// Looked for in the text.
    Searched(PhraseMatch),
    /// There is no text to look in.
    NoText,
}

/// A citation with what was found of its phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckedCitation {
    pub record: RecordRef,
    /// From the record to the citation.
    pub path: Vec<PathStep>,
    pub document: String,
    pub paragraph: Option<u32>,
    pub phrase: String,
    pub outcome: VerificationOutcome,
}

/// Looks for the phrase of every citation that has one, in the order of the register.
pub fn verify_citations(register: &Register, library: &TextLibrary) -> Vec<CheckedCitation> {
    let mut all = Vec::new();
    for (at, record) in register.iter_records() {
        record.walk(&mut Vec::new(), &mut |path, visit| {
            let VisitedValue::Citation(citation) = visit else {
                return;
            };
            let Some(phrase) = &citation.phrase else {
                return;
            };
            all.push(CheckedCitation {
                record: at,
                path: path.to_vec(),
                document: citation.document.as_str().to_owned(),
                paragraph: citation.paragraph,
                phrase: phrase.clone(),
                outcome: VerificationOutcome::NoText,
            });
        });
    }
    if !library.is_empty() {
        search_texts(&mut all, library);
    }
    all
}

/// Searches one text after another, so that only one of them is held in memory normalized: the
/// finder keeps what it has normalized, which is as large as the text.
fn search_texts(all: &mut [CheckedCitation], library: &TextLibrary) {
    let mut by_document: Vec<&mut CheckedCitation> = all.iter_mut().collect();
    // Stable, and the citations themselves keep their order: only these references are sorted.
    by_document.sort_by(|a, b| a.document.cmp(&b.document));
    for same_document in by_document.chunk_by_mut(|a, b| a.document == b.document) {
        let document = same_document
            .first()
            .map_or("", |citation| &citation.document);
        let Some(prose) = library.prose(document) else {
            continue;
        };
        let mut finder = PhraseFinder::new(prose);
        for citation in same_document {
            citation.outcome =
                VerificationOutcome::Searched(finder.find(citation.paragraph, &citation.phrase));
        }
    }
}
