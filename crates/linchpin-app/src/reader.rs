//! What the reader shows, and going from place to place in it.

use super::App;
use super::action::ReaderAction;
use super::page::Page;
use super::reader_document::{ReaderDocument, reader_document_key};
use super::reader_state::{ReaderCommand, ReaderLocation, ReaderSession};
use std::ops::Range;

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
