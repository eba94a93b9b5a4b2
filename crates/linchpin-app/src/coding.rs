//! Coding a document by keys: what is proposed is accepted, dismissed or split, one after the other. Nothing is decided by itself.

use super::App;
use super::action::ReaderAction;
use super::coding_fields::{Quote, candidate_fields, dismissal_fields, quote_range, split_phrases};
use super::dialog::{Dialog, NewRecordForm};
use super::form_state::dialog_form_id;
use super::reader_state::CodingSession;
use super::transactions::TransactionRequest;
use linchpin_edit::Edit;
use linchpin_reading::coded_segments::segments_touching;
use linchpin_reading::{ReviewItem, SentenceState};
use linchpin_register::RecordKind;
use linchpin_register::vocabulary::DismissalReason;
use std::ops::Range;

impl App {
    /// Begins or ends coding.
    pub(super) fn toggle_coding(&mut self) {
        if self.view.reading.coding.take().is_some() {
            return;
        }
        // The candidates take the place of the details.
        self.view.detail_open = false;
        self.view.reading.coding = Some(CodingSession::start());
    }

    /// Begins with the first thing that nobody has looked at.
    pub(super) fn go_to_first_stop(&mut self) {
        let Some(opened) = self
            .reader_document()
            .filter(|opened| !opened.stops.is_empty())
        else {
            return;
        };
        let is_new = self.view.reading.coding.as_ref().is_some_and(|c| c.is_new);
        if !is_new {
            return;
        }
        let place = self.view.reading.scroll_target.as_ref();
        let from = place.and_then(|place| opened.prose.span(place.paragraph?));
        let from = from.map_or(0, |span| span.start);
        let open = |stop: &&ReviewItem| stop.state == SentenceState::Open;
        let mut behind = opened.stops.iter().filter(|stop| stop.range.start >= from);
        let first = behind.clone().find(open).or(behind.next());
        let first = first.or(opened.stops.first());
        let range = first.map(|stop| stop.range.clone());
        if let Some(coding) = &mut self.view.reading.coding {
            coding.is_new = false;
        }
        if let Some(range) = range {
            self.go_to_range(range);
        }
    }

    /// The stop at which the keyboard is.
    pub fn stop(&self) -> Option<&ReviewItem> {
        self.view.reading.coding.as_ref()?;
        self.reader_document()?.stop_at(self.view.reading.cursor?)
    }

    pub(super) fn run_coding_action(&mut self, action: ReaderAction) {
        match action {
            ReaderAction::Accept => self.accept_candidate(false),
            ReaderAction::Split => self.accept_candidate(true),
            ReaderAction::Dismiss => {
                if let Some(coding) = &mut self.view.reading.coding {
                    let is_open = coding.dismissal_note.is_some();
                    coding.dismissal_note = (!is_open).then(String::new);
                }
            }
            ReaderAction::Undo => self.undo_coding_step(),
            ReaderAction::ShowRecord => self.show_record_at_stop(),
            _ => {}
        }
    }

    /// Asks for the record, or the two records, of the stop.
    fn accept_candidate(&mut self, split: bool) {
        let Some((stop, document)) = self.stop_and_document() else {
            return;
        };
        let Some(opened) = self.reader_document() else {
            return;
        };
        let words = |phrase: Range<usize>| Quote {
            prose: &opened.prose,
            document: &document,
            phrase,
        };
        let register = &self.file.latest.register;
        let after = self.last_commitment_before(&stop);
        let make = |phrase: Range<usize>| {
            let (kind, fields) =
                candidate_fields(register, &stop, &words(phrase), (self.platform.today)());
            NewRecordForm {
                kind,
                fields,
                after: after.clone().filter(|_| kind == RecordKind::Commitment),
                has_custom_id: false,
                shows_all_fields: false,
                is_submitting: false,
                error: None,
            }
        };
        let (first, second) = match split {
            false => (make(quote_range(&stop)), None),
            true => {
                let [first, second] = split_phrases(&opened.prose, &stop);
                (make(first), Some(Box::new(make(second))))
            }
        };
        if let Some(coding) = &mut self.view.reading.coding {
            coding.second_half = second;
            coding.dismissal_note = None;
        }
        self.window.form_state.discard(dialog_form_id());
        self.window.form_state.focus_first_of = Some(dialog_form_id());
        self.dialog = Dialog::AddRecord(Box::new(first));
    }

    /// The commitment that was coded last before this stop: the new one goes behind it.
    fn last_commitment_before(&self, stop: &ReviewItem) -> Option<String> {
        let spots = &self.reader_document()?.spots.segments;
        let mut spots = spots.iter();
        let before = spots.rfind(|spot| {
            spot.kind == RecordKind::Commitment && spot.range.start <= stop.range.start
        });
        before.map(|spot| spot.id.clone())
    }

    /// After a record was added: the second half of a split one, or the next stop.
    pub(super) fn continue_coding(&mut self, edit: &Edit) {
        let Edit::AddRecord { kind, .. } = edit else {
            return;
        };
        if self.view.page != super::page::Page::Reader || *kind == RecordKind::Dismissal {
            return;
        }
        let Some(coding) = &mut self.view.reading.coding else {
            return;
        };
        coding.undo_positions.extend(self.view.reading.cursor);
        if let Some(second) = coding.second_half.take() {
            self.window.form_state.discard(dialog_form_id());
            self.window.form_state.focus_first_of = Some(dialog_form_id());
            self.dialog = Dialog::AddRecord(second);
            return;
        }
        self.queue_next_stop();
    }

    /// A second half whose first was not added is not asked for.
    pub(super) fn discard_second_half(&mut self) {
        if self.dialog == Dialog::None
            && let Some(coding) = &mut self.view.reading.coding
        {
            coding.second_half = None;
        }
    }

    pub(super) fn set_dismissal_note(&mut self, note: String) {
        if let Some(coding) = &mut self.view.reading.coding
            && coding.dismissal_note.is_some()
        {
            coding.dismissal_note = Some(note);
        }
    }

    pub(super) fn cancel_dismissal(&mut self) {
        if let Some(coding) = &mut self.view.reading.coding {
            coding.dismissal_note = None;
        }
    }

    /// Adds the reason for which a sentence yields no record.
    pub(super) fn dismiss_with_reason(&mut self, reason: DismissalReason) {
        let Some((stop, document)) = self.stop_and_document() else {
            return;
        };
        let coding = self.view.reading.coding.as_ref();
        let note = coding.and_then(|coding| coding.dismissal_note.clone());
        let note = note.unwrap_or_default();
        if reason == DismissalReason::Other && note.trim().is_empty() {
            self.notices
                .error("Write the reason into the note first, then choose “another reason”");
            return;
        }
        let Some(opened) = self.reader_document() else {
            return;
        };
        let words = Quote {
            prose: &opened.prose,
            document: &document,
            phrase: quote_range(&stop),
        };
        let register = &self.file.latest.register;
        let fields = dismissal_fields(register, &stop, &words, reason, note.trim());
        let edit = Edit::AddRecord {
            kind: RecordKind::Dismissal,
            fields,
            after: None,
        };
        if let Some(coding) = &mut self.view.reading.coding {
            coding.dismissal_note = None;
            coding.undo_positions.extend(self.view.reading.cursor);
        }
        self.queue_next_stop();
        self.queue_transaction(TransactionRequest::Edit(edit));
    }

    /// Goes on to the next open place once what is being done has been read: it may settle more than one.
    fn queue_next_stop(&mut self) {
        let (at, revision) = (self.view.reading.cursor, self.file.revision);
        if let Some(coding) = &mut self.view.reading.coding {
            coding.queued_from = at.map(|at| (at, revision));
        }
    }

    /// Goes on, where what was done has been read by now.
    pub(super) fn go_to_queued_stop(&mut self) {
        let coding = self.view.reading.coding.as_mut();
        let Some((at, before)) = coding.and_then(|coding| coding.queued_from) else {
            return;
        };
        let Some(opened) = self
            .reader_document()
            .filter(|opened| opened.is_current(&self.reading.texts))
        else {
            return;
        };
        if self.file.revision == before {
            return;
        }
        let open = |stop: &&ReviewItem| stop.state == SentenceState::Open && stop.range.start > at;
        let next = opened.stops.iter().find(open);
        match next.map(|stop| stop.range.clone()) {
            Some(range) => self.go_to_range(range),
            None => {
                self.clear_queued_stop();
                self.notices
                    .info("This was the last one; J and K go through all of them again");
            }
        }
    }

    /// Whoever goes somewhere is not taken on by what was done before.
    pub(super) fn clear_queued_stop(&mut self) {
        if let Some(coding) = &mut self.view.reading.coding {
            coding.queued_from = None;
        }
    }

    /// Takes back the last step, and goes back to where it was made.
    fn undo_coding_step(&mut self) {
        let coding = self.view.reading.coding.as_mut();
        let back = coding.and_then(|coding| {
            coding.dismissal_note = None;
            coding.undo_positions.pop()
        });
        self.queue_transaction(TransactionRequest::Undo);
        let stop = back.and_then(|byte| self.reader_document()?.stop_at(byte));
        if let Some(range) = stop.map(|stop| stop.range.clone()) {
            self.go_to_range(range);
        }
    }

    /// Opens the details of the record at the stop.
    fn show_record_at_stop(&mut self) {
        let Some((stop, _)) = self.stop_and_document() else {
            return;
        };
        let found = self.reader_document().and_then(|opened| {
            let here = segments_touching(&opened.spots.segments, stop.range.clone());
            let mut here: Vec<_> = here.map(|(_, spot)| spot).collect();
            here.sort_by_key(|spot| spot.dismissal_reason.is_some());
            here.first().map(|spot| spot.id.clone())
        });
        match found.and_then(|id| self.register().find(&id)) {
            Some(at) => {
                self.select_record(at);
                self.view.detail_open = true;
            }
            None => self
                .notices
                .info("No record stands here yet. A accepts, D dismisses"),
        }
    }

    fn stop_and_document(&self) -> Option<(ReviewItem, String)> {
        let document = self.view.reading.document.clone()?;
        Some((self.stop()?.clone(), document))
    }
}
