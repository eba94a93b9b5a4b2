//! Which sentences of a document have been coded, which were dismissed, and which nobody has looked
//! at.

use super::text_library::TextLibrary;
use super::verify::{CheckedCitation, VerificationOutcome};
use linchpin_register::{RecordKind, RecordRef};
use linchpin_text::prose::{Prose, sentences};
use std::collections::HashMap;
use std::ops::Range;

/// How a sentence stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SentenceState {
    /// A record has its words.
    Coded,
    /// It yields no record, and the register says why.
    Dismissed,
    /// Nobody has looked at it.
    Open,
}

/// A sentence of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentenceCoverage {
    /// Its paragraph, from 1.
    pub paragraph: u32,
    /// Its place in the paragraph, from 1.
    pub number: u32,
    /// Its bytes in the whole text.
    pub range: Range<usize>,
    pub state: SentenceState,
    /// The records whose words stand in it, dismissals among them, each once, in the order of their
    /// places.
    pub records: Vec<RecordRef>,
}

/// The sentences of a document, in the order of its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    pub sentences: Vec<SentenceCoverage>,
}

impl Coverage {
    /// How many sentences stand so.
    pub fn count(&self, state: SentenceState) -> usize {
        self.sentences.iter().filter(|s| s.state == state).count()
    }

    /// The share of sentences that are coded or dismissed, 0 to 1; 1 of a text without sentences.
    pub fn reviewed_share(&self) -> f64 {
        match self.sentences.len() {
            0 => 1.0,
            all => 1.0 - self.count(SentenceState::Open) as f64 / all as f64,
        }
    }

    /// The sentence that holds a byte of the text.
    pub fn sentence_at(&self, byte: usize) -> Option<&SentenceCoverage> {
        let behind = self.sentences.partition_point(|s| s.range.end <= byte);
        self.sentences.get(behind).filter(|s| s.range.start <= byte)
    }
}

/// How the sentences of a document's text stand, by what was found of the citations; `None` where
/// there is no text. Documents that stand on one page are read together: the page is the text.
pub fn coverage(
    library: &TextLibrary,
    document: &str,
    checked: &[CheckedCitation],
) -> Option<Coverage> {
    let page = &library.get(document)?.document;
    let on_page = |one: &&CheckedCitation| {
        library
            .get(&one.document)
            .is_some_and(|t| t.document == *page)
    };
    coverage_from_citations(library, document, checked.iter().filter(on_page))
}

/// The coverage of many documents: what was found is sorted once.
pub struct CoverageIndex<'a> {
    library: &'a TextLibrary,
    by_page: HashMap<&'a str, Vec<&'a CheckedCitation>>,
}

impl<'a> CoverageIndex<'a> {
    /// Sorts what was found by the page on which its document stands.
    pub fn new(library: &'a TextLibrary, checked: &'a [CheckedCitation]) -> Self {
        let mut by_page: HashMap<&str, Vec<&CheckedCitation>> = HashMap::new();
        for one in checked {
            if let Some(page) = library.get(&one.document) {
                by_page.entry(&page.document).or_default().push(one);
            }
        }
        CoverageIndex { library, by_page }
    }

    /// The same as [`coverage`].
    pub fn coverage_of(&self, document: &str) -> Option<Coverage> {
        let page = self.library.get(document)?.document.as_str();
        let here = self.by_page.get(page).into_iter().flatten();
        coverage_from_citations(self.library, document, here.copied())
    }
}

fn coverage_from_citations<'c>(
    library: &TextLibrary,
    document: &str,
    on_page: impl Iterator<Item = &'c CheckedCitation>,
) -> Option<Coverage> {
    let mut all = open_sentences(library.prose(document)?);
    on_page.for_each(|one| mark_sentences(&mut all, one));
    Some(Coverage { sentences: all })
}

/// The sentences of a text, none of which has been looked at.
fn open_sentences(prose: &Prose) -> Vec<SentenceCoverage> {
    let mut all = Vec::new();
    for (paragraph, text) in prose.paragraphs() {
        let start = prose.span(paragraph).map_or(0, |span| span.start);
        let numbered = (1..).zip(sentences(text));
        all.extend(numbered.map(|(number, range)| SentenceCoverage {
            paragraph,
            number,
            range: start + range.start..start + range.end,
            state: SentenceState::Open,
            records: Vec::new(),
        }));
    }
    all
}

/// Notes a citation at the sentences in which its words stand.
fn mark_sentences(all: &mut [SentenceCoverage], one: &CheckedCitation) {
    let VerificationOutcome::Searched(found) = &one.outcome else {
        return;
    };
    let Some(range) = found.range() else { return };
    // Sentences stand in order and do not overlap: those that a phrase touches follow one another.
    let first = all.partition_point(|s| s.range.end <= range.start);
    let from_first = all.iter_mut().skip(first);
    for sentence in from_first.take_while(|s| s.range.start < range.end) {
        let state = match one.record.kind {
            RecordKind::Dismissal => SentenceState::Dismissed,
            _ => SentenceState::Coded,
        };
        // Coded wins over dismissed, dismissed over open.
        sentence.state = sentence.state.min(state);
        if !sentence.records.contains(&one.record) {
            sentence.records.push(one.record);
        }
    }
}
