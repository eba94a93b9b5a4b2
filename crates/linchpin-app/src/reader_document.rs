//! What is worked out of a document that is open in the reader.

use super::document_texts::VerifiedTexts;
use linchpin_reading::candidates::{Proposal, find_candidates};
use linchpin_reading::review_items::review_item_at;
use linchpin_reading::{
    CodedSegment, CodedSegments, Coverage, DocumentText, ReaderBlock, ReviewItem, SentenceState,
    coded_segments, coverage, reader_blocks, review_items,
};
use linchpin_register::Register;
use linchpin_text::prose::Prose;
use std::ops::Range;
use std::sync::Arc;

/// A document with its text and everything that stands in it. Names records by id, so that it may be shown until a newer one is there.
pub struct ReaderDocument {
    /// The document that was opened.
    pub document: String,
    pub attached: Arc<DocumentText>,
    pub prose: Arc<Prose>,
    pub blocks: Vec<ReaderBlock>,
    pub spots: CodedSegments,
    pub coverage: Coverage,
    /// What there is to look at while coding; empty otherwise.
    pub stops: Vec<ReviewItem>,
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
        let spots = coded_segments(register, library, document, &texts.checked);
        let coverage = coverage(library, document, &texts.checked).unwrap_or_default();
        let found = match codes {
            true => find_candidates(register, document, &prose),
            false => Vec::new(),
        };
        let stops = match codes {
            true => review_items(&found, &coverage.sentences, &spots.segments),
            false => Vec::new(),
        };
        let is_name = |proposal: &Proposal| matches!(proposal, Proposal::Name(_));
        let names = found.iter().filter(|c| is_name(&c.proposal));
        Some(ReaderDocument {
            document: document.to_owned(),
            attached,
            blocks: reader_blocks(&prose),
            prose,
            spots,
            coverage,
            name_ranges: names.map(|c| c.trigger.clone()).collect(),
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
    pub fn stop_at(&self, byte: usize) -> Option<&ReviewItem> {
        self.stops.get(review_item_at(&self.stops, byte)?)
    }

    /// Where the first sentence begins behind `byte` that nobody has looked at, from the end to the start.
    pub fn next_open(&self, byte: Option<usize>) -> Option<Range<usize>> {
        let is_open = |s: &&linchpin_reading::SentenceCoverage| s.state == SentenceState::Open;
        let mut open = self.coverage.sentences.iter().filter(is_open);
        let behind = open.find(|s| byte.is_none_or(|byte| s.range.start > byte));
        let first = || self.coverage.sentences.iter().find(is_open);
        Some(behind.or_else(first)?.range.clone())
    }

    /// The coded phrase behind `byte`, or before it; dismissed sentences are none.
    pub fn next_spot(&self, byte: Option<usize>, back: bool) -> Option<&CodedSegment> {
        let is_phrase = |spot: &&CodedSegment| spot.dismissal_reason.is_none();
        let mut all = self.spots.segments.iter().filter(is_phrase);
        match (byte, back) {
            (Some(byte), false) => all.find(|spot| spot.range.start > byte),
            (None, false) => all.next(),
            (byte, true) => all
                .rev()
                .find(|spot| byte.is_none_or(|byte| spot.range.start < byte)),
        }
    }
}
