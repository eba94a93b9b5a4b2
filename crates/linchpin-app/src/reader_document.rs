//! What is worked out of a document that is open in the reader.

use super::document_texts::VerifiedTexts;
use linchpin_reading::candidates::{Proposal, candidates_of};
use linchpin_reading::stops::stop_at;
use linchpin_reading::{
    Attached, Block, Coverage, SentenceState, Spot, Spots, Stop, blocks, coverage, spots, stops,
};
use linchpin_register::Register;
use linchpin_text::prose::Prose;
use std::ops::Range;
use std::sync::Arc;

/// A document with its text and everything that stands in it. Names records by id, so that it may be shown until a newer one is there.
pub struct ReaderDocument {
    /// The document that was opened.
    pub document: String,
    pub attached: Arc<Attached>,
    pub prose: Arc<Prose>,
    pub blocks: Vec<Block>,
    pub spots: Spots,
    pub coverage: Coverage,
    /// What there is to look at while coding; empty otherwise.
    pub stops: Vec<Stop>,
    /// Names that the register knows, by their place; empty unless somebody codes.
    pub name_ranges: Vec<Range<usize>>,
    /// The reading of the texts from which it was worked out.
    scan_number: u64,
}

/// What an opened document depends on: the register, what was found of its citations, the document, and whether it is being coded.
pub(super) type ReaderDocumentKey = (u64, u64, String, bool);

/// What the opened document depends on.
pub(super) fn reader_document_key(
    texts: &VerifiedTexts,
    document: &str,
    is_coding: bool,
) -> ReaderDocumentKey {
    (
        texts.revision,
        texts.scan_number,
        document.to_owned(),
        is_coding,
    )
}

impl ReaderDocument {
    /// Works a document out; `None` where it has no text that can be read.
    pub fn compute(
        register: &Register,
        texts: &VerifiedTexts,
        document: &str,
        codes: bool,
    ) -> Option<Self> {
        let library = &texts.library;
        let attached = library.get(document)?.clone();
        let prose = library.prose(document)?.clone();
        let spots = spots(register, library, document, &texts.checked);
        let coverage = coverage(library, document, &texts.checked).unwrap_or_default();
        let found = match codes {
            true => candidates_of(register, document, &prose),
            false => Vec::new(),
        };
        let stops = match codes {
            true => stops(&found, &coverage.sentences, &spots.all),
            false => Vec::new(),
        };
        let is_name = |proposal: &Proposal| matches!(proposal, Proposal::Name(_));
        let names = found.iter().filter(|c| is_name(&c.proposal));
        Some(ReaderDocument {
            document: document.to_owned(),
            attached,
            blocks: blocks(&prose),
            prose,
            spots,
            coverage,
            name_ranges: names.map(|c| c.range.clone()).collect(),
            stops,
            scan_number: texts.scan_number,
        })
    }

    /// Whether it was worked out from these citations.
    pub fn is_current(&self, texts: &VerifiedTexts) -> bool {
        self.scan_number == texts.scan_number
    }

    /// "31 of 34 sentences coded or dismissed"
    pub fn coverage_summary(&self) -> String {
        let all = self.coverage.sentences.len();
        let open = self.coverage.count(SentenceState::Open);
        let noun = if all == 1 { "sentence" } else { "sentences" };
        format!("{} of {all} {noun} coded or dismissed", all - open)
    }

    /// The stop at a byte, else the next one.
    pub fn stop_at(&self, byte: usize) -> Option<&Stop> {
        self.stops.get(stop_at(&self.stops, byte)?)
    }

    /// Where the first sentence begins behind `byte` that nobody has looked at, from the end to the start.
    pub fn next_open(&self, byte: Option<usize>) -> Option<Range<usize>> {
        let is_open = |s: &&linchpin_reading::Sentence| s.state == SentenceState::Open;
        let mut open = self.coverage.sentences.iter().filter(is_open);
        let behind = open.find(|s| byte.is_none_or(|byte| s.range.start > byte));
        let first = || self.coverage.sentences.iter().find(is_open);
        Some(behind.or_else(first)?.range.clone())
    }

    /// The coded phrase behind `byte`, or before it; dismissed sentences are none.
    pub fn next_spot(&self, byte: Option<usize>, back: bool) -> Option<&Spot> {
        let is_phrase = |spot: &&Spot| spot.reason.is_none();
        let mut all = self.spots.all.iter().filter(is_phrase);
        match (byte, back) {
            (Some(byte), false) => all.find(|spot| spot.range.start > byte),
            (None, false) => all.next(),
            (byte, true) => all
                .rev()
                .find(|spot| byte.is_none_or(|byte| spot.range.start < byte)),
        }
    }
}
