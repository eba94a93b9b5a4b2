//! What the reader shows, and going from place to place in it.

use super::App;
use super::action::ReaderAction;
use super::dialog::NewRecordForm;
use super::page::Page;
use super::texts::VerifiedTexts;
use linchpin_reading::candidates::{Proposal, find_candidates};
use linchpin_reading::review_items::review_item_at;
use linchpin_reading::{
    CodedSegment, CodedSegments, Coverage, DocumentText, ReaderBlock, ReviewItem, SentenceState,
    coded_segments, coverage, reader_blocks, review_items,
};
use linchpin_register::Register;
use linchpin_register::vocabulary::DismissalReason;
use linchpin_text::prose::Prose;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::sync::Arc;

impl App {
    /// Opens a document in the reader, at a place or where it was left.
    pub(super) fn open_reader(
        &mut self,
        document: String,
        paragraph: Option<u32>,
        phrase: Option<String>,
    ) {
        self.view.push_history();
        self.view.page = Page::Reader;
        self.view.charts.open = None;
        let reading = &mut self.view.reading;
        if reading.document.as_ref() != Some(&document) {
            *reading = ReaderSession {
                document: Some(document),
                only_open: reading.only_open,
                // It only counts up, since the page remembers which request it has shown last.
                scroll_request: reading.scroll_request,
                ..ReaderSession::default()
            };
        }
        if paragraph.is_some() || phrase.is_some() {
            self.scroll_to(ReaderLocation {
                paragraph,
                phrase,
                range: None,
            });
        }
    }

    /// What is worked out of the document on screen, where it is there.
    pub fn reader_document(&self) -> Option<&ReaderDocument> {
        let document = self.view.reading.document.as_deref()?;
        self.derived
            .reader_document()
            .filter(|o| o.document == document)
    }

    /// Sees to it that what the reader shows is there, or on its way.
    pub(super) fn request_reader_data(&mut self) {
        let Some(document) = self.view.reading.document.clone() else {
            return;
        };
        // Until the texts have been read for an edited register, what there was stays on screen.
        if self.view.page != Page::Reader || self.reading.texts.revision != self.file.revision {
            return;
        }
        let codes = self.view.reading.coding.is_some();
        let (register, texts) = (self.register().clone(), self.reading.texts.clone());
        let bytes = texts.library.prose(&document);
        let bytes = bytes.map_or(0, |prose| prose.text().len());
        let key = reader_document_key(&texts, &document, codes);
        self.derived.request_reader_document(key, bytes, move || {
            ReaderDocument::compute(&register, &texts, &document, codes)
        });
        self.go_to_first_stop();
        self.go_to_queued_stop();
        self.discard_second_half();
    }

    /// Carries out what the reader's views ask for.
    pub(super) fn run_reader_command(&mut self, command: ReaderCommand) {
        match command {
            ReaderCommand::SetCursor(byte) => self.view.reading.cursor = Some(byte),
            ReaderCommand::GoTo(range) => self.go_to_range(range),
            ReaderCommand::SetCitationStyle(style) => {
                style.clone_into(&mut self.view.preferences.citation_style)
            }
            ReaderCommand::SetDismissalNote(note) => self.set_dismissal_note(note),
            ReaderCommand::DismissWithReason(reason) => self.dismiss_with_reason(reason),
            ReaderCommand::CancelDismissal => self.cancel_dismissal(),
        }
    }

    /// Carries out an action of the reader.
    pub(super) fn run_reader_action(&mut self, action: ReaderAction) {
        if action == ReaderAction::ShowDocuments {
            self.view.push_history();
            self.view.page = Page::Reader;
            self.view.reading.document = None;
            self.view.reading.coding = None;
            return;
        }
        match action {
            ReaderAction::Next => self.step_in_reader(false),
            ReaderAction::Previous => self.step_in_reader(true),
            ReaderAction::NextOpenSentence => self.go_to_open_sentence(),
            ReaderAction::DimReviewed => {
                self.view.reading.only_open = !self.view.reading.only_open;
            }
            ReaderAction::ToggleCoding => self.toggle_coding(),
            _ => self.run_coding_action(action),
        }
    }

    /// Goes to the next coded phrase and selects its record; while coding, to the next candidate.
    pub(super) fn step_in_reader(&mut self, back: bool) {
        let Some(opened) = self.reader_document() else {
            return;
        };
        let at = self.view.reading.cursor;
        if self.view.reading.coding.is_some() {
            let now =
                at.and_then(|at| linchpin_reading::review_items::review_item_at(&opened.stops, at));
            let next = match (now, back) {
                (None, _) => 0,
                (Some(now), false) => (now + 1).min(opened.stops.len().saturating_sub(1)),
                (Some(now), true) => now.saturating_sub(1),
            };
            if let Some(range) = opened.stops.get(next).map(|stop| stop.range.clone()) {
                // The reason that was being chosen belongs to the sentence that is left.
                self.cancel_dismissal();
                self.go_to_range(range);
            }
            return;
        }
        let Some(spot) = opened.next_spot(at, back) else {
            let side = if back { "before this" } else { "after this" };
            self.notices.info(format!("No coded phrase stands {side}"));
            return;
        };
        let (range, id) = (spot.range.clone(), spot.id.clone());
        self.go_to_range(range);
        if let Some(at) = self.register().find(&id) {
            self.select_record(at);
        }
    }

    fn go_to_open_sentence(&mut self) {
        let next = self
            .reader_document()
            .and_then(|opened| opened.next_open(self.view.reading.cursor));
        match next {
            Some(range) => self.go_to_range(range),
            None => self
                .notices
                .info("Every sentence of this document is coded or dismissed"),
        }
    }

    /// Puts the keyboard at these bytes and brings them into view.
    pub(super) fn go_to_range(&mut self, range: Range<usize>) {
        // Who goes elsewhere must not be moved on once an edit is done.
        self.clear_queued_stop();
        self.view.reading.cursor = Some(range.start);
        self.scroll_to(ReaderLocation {
            range: Some(range),
            ..ReaderLocation::default()
        });
    }

    fn scroll_to(&mut self, place: ReaderLocation) {
        self.view.reading.scroll_target = Some(place);
        self.view.reading.scroll_request += 1;
    }
}

/// What is open in the reader.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReaderSession {
    /// The id of the document; none: the list of documents.
    pub document: Option<String>,
    /// Whatever has been looked at is dimmed.
    pub only_open: bool,
    /// The place that is to be shown, …
    #[serde(skip)]
    pub scroll_target: Option<ReaderLocation>,
    /// … and how often one was asked for: each is shown once.
    #[serde(skip)]
    pub scroll_request: u64,
    /// The byte of the text at which the keyboard is.
    #[serde(skip)]
    pub cursor: Option<usize>,
    /// The document is being coded.
    #[serde(skip)]
    pub coding: Option<CodingSession>,
}

/// A place of a document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReaderLocation {
    /// From 1.
    pub paragraph: Option<u32>,
    pub phrase: Option<String>,
    /// The bytes of the text, where they are known.
    pub range: Option<Range<usize>>,
}

/// What the reader's views ask for, besides the actions that have keys.
#[derive(Clone, Debug, PartialEq)]
pub enum ReaderCommand {
    /// The keyboard is at this byte of the text; it need not be brought into view.
    SetCursor(usize),
    /// Brings these bytes into view.
    GoTo(Range<usize>),
    /// What is written about the sentence that is being dismissed.
    SetDismissalNote(String),
    /// The sentence yields no record, for this reason.
    DismissWithReason(DismissalReason),
    /// The sentence is not dismissed after all.
    CancelDismissal,
    /// The style of citations that is used from now on, by its id.
    SetCitationStyle(&'static str),
}

impl ReaderSession {
    /// A document that is open at a paragraph, as a picture of the window begins with it.
    pub fn at_paragraph(document: String, paragraph: Option<u32>, codes: bool) -> Self {
        ReaderSession {
            document: Some(document),
            scroll_target: Some(ReaderLocation {
                paragraph,
                ..ReaderLocation::default()
            }),
            scroll_request: 1,
            coding: codes.then(CodingSession::start),
            ..ReaderSession::default()
        }
    }
}

/// A document that is being coded.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CodingSession {
    /// A reason is being chosen for which the sentence yields no record: the note, as far as it is
    /// written.
    pub dismissal_note: Option<String>,
    /// The second half of a candidate that was split.
    pub(super) second_half: Option<Box<NewRecordForm>>,
    /// Where steps were made that can be taken back.
    pub(super) undo_positions: Vec<usize>,
    /// Once the register has changed: on to the next open place behind this byte. The register as
    /// it was.
    pub(super) queued_from: Option<(usize, u64)>,
    /// It has begun, and nothing has been shown yet.
    pub(super) is_new: bool,
}

impl CodingSession {
    /// Coding that begins.
    pub fn start() -> Self {
        CodingSession {
            is_new: true,
            ..CodingSession::default()
        }
    }
}

/// A document with its text and everything that stands in it. Names records by id, so that it may
/// be shown until a newer one is there.
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

/// What an opened document depends on: the register, what was found of its citations, the document,
/// and whether it is being coded.
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

    /// Where the first sentence begins behind `byte` that nobody has looked at, from the end to the
    /// start.
    pub fn next_open(&self, byte: Option<usize>) -> Option<Range<usize>> {
        let is_open = |s: &&linchpin_reading::SentenceCoverage| s.state == SentenceState::Open;
        let mut open = self.coverage.sentences.iter().filter(is_open);
        let behind = open.find(|s| byte.is_none_or(|byte| s.range.start > byte));
        let first = || self.coverage.sentences.iter().find(is_open);
        Some(behind.or_else(first)?.range.clone())
    }

    /// The coded phrase behind `byte`, or before it; dismissed sentences are none.
    pub fn next_spot(&self, byte: Option<usize>, back: bool) -> Option<&CodedSegment> {
        let is_phrase = |spot: &&CodedSegment| spot.dismissal.is_none();
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
