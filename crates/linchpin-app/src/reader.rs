//! What the reader shows, and going from place to place in it.

use super::App;
use super::action::ReaderAction;
use super::opened::{Opened, key};
use super::page::Page;
use super::reader_state::{Place, ReaderCommand, Reading};
use std::ops::Range;

impl App {
    /// Opens a document in the reader, at a place or where it was left.
    pub(super) fn read_document(
        &mut self,
        document: String,
        paragraph: Option<u32>,
        phrase: Option<String>,
    ) {
        self.view.leave();
        self.view.page = Page::Reader;
        self.view.chart = None;
        let reading = &mut self.view.reading;
        if reading.document.as_ref() != Some(&document) {
            *reading = Reading {
                document: Some(document),
                only_open: reading.only_open,
                asked: reading.asked,
                ..Reading::default()
            };
        }
        if paragraph.is_some() || phrase.is_some() {
            self.look_at(Place {
                paragraph,
                phrase,
                range: None,
            });
        }
    }

    /// What is worked out of the document on screen, where it is there.
    pub fn opened(&self) -> Option<&Opened> {
        let document = self.view.reading.document.as_deref()?;
        self.derived.opened().filter(|o| o.document == document)
    }

    /// Sees to it that what the reader shows is there, or on its way.
    pub(super) fn prepare_reader(&mut self) {
        let Some(document) = self.view.reading.document.clone() else {
            return;
        };
        // Until the texts have been read for an edited register, what there was stays on screen.
        if self.view.page != Page::Reader || self.texts.revision != self.file.revision {
            return;
        }
        let codes = self.view.reading.coding.is_some();
        let (register, texts) = (self.register().clone(), self.texts.clone());
        let bytes = texts.library.prose(&document);
        let bytes = bytes.map_or(0, |prose| prose.text().len());
        let key = key(&texts, &document, codes);
        self.derived.want_opened(key, bytes, move || {
            Opened::of(&register, &texts, &document, codes)
        });
        self.go_to_first_stop();
        self.go_on_when_read();
        self.drop_second_half();
    }

    /// Carries out what the reader's views ask for.
    pub(super) fn in_reader(&mut self, command: ReaderCommand) {
        match command {
            ReaderCommand::At(byte) => self.view.reading.at = Some(byte),
            ReaderCommand::GoTo(range) => self.go_to_range(range),
            ReaderCommand::CiteAs(style) => style.clone_into(&mut self.view.cite_as),
            ReaderCommand::Note(note) => self.note_dismissal(note),
            ReaderCommand::DismissFor(reason) => self.dismiss_for(reason),
            ReaderCommand::KeepSentence => self.keep_sentence(),
        }
    }

    /// Carries out an action of the reader.
    pub(super) fn act_in_reader(&mut self, action: ReaderAction) {
        if action == ReaderAction::Documents {
            self.view.leave();
            self.view.page = Page::Reader;
            self.view.reading.document = None;
            self.view.reading.coding = None;
            return;
        }
        if self.view.page != Page::Reader || self.opened().is_none() {
            self.notices
                .fail("Open a document with a text in the reader first");
            return;
        }
        match action {
            ReaderAction::Next => self.step_in_text(false),
            ReaderAction::Previous => self.step_in_text(true),
            ReaderAction::NextOpen => self.go_to_open(),
            ReaderAction::OnlyOpen => {
                self.view.reading.only_open = !self.view.reading.only_open;
            }
            ReaderAction::Code => self.turn_coding(),
            _ => self.act_while_coding(action),
        }
    }

    /// Goes to the next coded phrase and selects its record; while coding, to the next candidate.
    pub(super) fn step_in_text(&mut self, back: bool) {
        let Some(opened) = self.opened() else { return };
        let at = self.view.reading.at;
        if self.view.reading.coding.is_some() {
            let now = at.and_then(|at| linchpin_reading::stops::stop_at(&opened.stops, at));
            let next = match (now, back) {
                (None, _) => 0,
                (Some(now), false) => (now + 1).min(opened.stops.len().saturating_sub(1)),
                (Some(now), true) => now.saturating_sub(1),
            };
            if let Some(range) = opened.stops.get(next).map(|stop| stop.range.clone()) {
                self.keep_sentence();
                self.go_to_range(range);
            }
            return;
        }
        let Some(spot) = opened.next_spot(at, back) else {
            let side = if back { "before this" } else { "after this" };
            self.notices.say(format!("No coded phrase stands {side}"));
            return;
        };
        let (range, id) = (spot.range.clone(), spot.id.clone());
        self.go_to_range(range);
        if let Some(at) = self.register().find(&id) {
            self.select(at);
        }
    }

    fn go_to_open(&mut self) {
        let next = self
            .opened()
            .and_then(|opened| opened.next_open(self.view.reading.at));
        match next {
            Some(range) => self.go_to_range(range),
            None => self
                .notices
                .say("Every sentence of this document is coded or dismissed"),
        }
    }

    /// Puts the keyboard at these bytes and brings them into view.
    pub(super) fn go_to_range(&mut self, range: Range<usize>) {
        self.stay_here();
        self.view.reading.at = Some(range.start);
        self.look_at(Place {
            range: Some(range),
            ..Place::default()
        });
    }

    fn look_at(&mut self, place: Place) {
        self.view.reading.place = Some(place);
        self.view.reading.asked += 1;
    }
}
