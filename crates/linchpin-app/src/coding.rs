//! Coding a document by keys: what is proposed is accepted, dismissed or split, one after the other. Nothing is decided by itself.

use super::App;
use super::action::ReaderAction;
use super::coding_fields::{Words, dismissed, halves, prefilled, words_of};
use super::dialog::{Dialog, NewRecord};
use super::form::dialog_holder;
use super::reader_state::Coding;
use super::turns::Turn;
use linchpin_edit::Edit;
use linchpin_reading::spots::touching;
use linchpin_reading::{SentenceState, Stop};
use linchpin_register::RecordKind;
use linchpin_register::vocabulary::DismissalReason;
use std::ops::Range;

impl App {
    /// Begins or ends coding.
    pub(super) fn turn_coding(&mut self) {
        if self.view.reading.coding.take().is_some() {
            return;
        }
        if let Some(why) = self.cannot_edit() {
            self.notices.fail(why);
            return;
        }
        // The candidates take the place of the details.
        self.view.detail_open = false;
        self.view.reading.coding = Some(Coding::begun());
    }

    /// Begins with the first thing that nobody has looked at.
    pub(super) fn go_to_first_stop(&mut self) {
        let Some(opened) = self.opened().filter(|opened| !opened.stops.is_empty()) else {
            return;
        };
        let is_new = self.view.reading.coding.as_ref().is_some_and(|c| c.is_new);
        if !is_new {
            return;
        }
        let place = self.view.reading.place.as_ref();
        let from = place.and_then(|place| opened.prose.span(place.paragraph?));
        let from = from.map_or(0, |span| span.start);
        let open = |stop: &&Stop| stop.state == SentenceState::Open;
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
    pub fn stop(&self) -> Option<&Stop> {
        self.view.reading.coding.as_ref()?;
        self.opened()?.stop_at(self.view.reading.at?)
    }

    pub(super) fn act_while_coding(&mut self, action: ReaderAction) {
        if self.view.reading.coding.is_none() {
            self.notices
                .fail("Choose “Code this document” first, or press C");
            return;
        }
        match action {
            ReaderAction::Accept => self.accept(false),
            ReaderAction::Split => self.accept(true),
            ReaderAction::Dismiss => {
                if let Some(coding) = &mut self.view.reading.coding {
                    let is_open = coding.dismissing.is_some();
                    coding.dismissing = (!is_open).then(String::new);
                }
            }
            ReaderAction::TakeBack => self.take_back(),
            ReaderAction::ShowRecord => self.show_record_here(),
            _ => {}
        }
    }

    /// Asks for the record, or the two records, of the stop.
    fn accept(&mut self, split: bool) {
        let Some((stop, document)) = self.stop_and_document() else {
            return;
        };
        if let Some(why) = self.cannot_edit() {
            self.notices.fail(why);
            return;
        }
        let Some(opened) = self.opened() else { return };
        let words = |phrase: Range<usize>| Words {
            prose: &opened.prose,
            document: &document,
            phrase,
        };
        let register = &self.file.latest.register;
        let after = self.coded_before(&stop);
        let make = |phrase: Range<usize>| {
            let (kind, fields) = prefilled(register, &stop, &words(phrase), (self.today)());
            NewRecord {
                kind,
                fields,
                after: after.clone().filter(|_| kind == RecordKind::Commitment),
                own_id: false,
                all: false,
                adding: false,
                error: None,
            }
        };
        let (first, second) = match split {
            false => (make(words_of(&stop)), None),
            true => {
                let [first, second] = halves(&opened.prose, &stop);
                (make(first), Some(Box::new(make(second))))
            }
        };
        if let Some(coding) = &mut self.view.reading.coding {
            coding.second = second;
            coding.dismissing = None;
        }
        self.form.forget(dialog_holder());
        self.form.focus_first = Some(dialog_holder());
        self.dialog = Dialog::Add(Box::new(first));
    }

    /// The commitment that was coded last before this stop: the new one goes behind it.
    fn coded_before(&self, stop: &Stop) -> Option<String> {
        let spots = &self.opened()?.spots.all;
        let mut spots = spots.iter();
        let before = spots.rfind(|spot| {
            spot.kind == RecordKind::Commitment && spot.range.start <= stop.range.start
        });
        before.map(|spot| spot.id.clone())
    }

    /// After a record was added: the second half of a split one, or the next stop.
    pub(super) fn go_on_coding(&mut self, edit: &Edit) {
        let Edit::Add { kind, .. } = edit else { return };
        if self.view.page != super::page::Page::Reader || *kind == RecordKind::Dismissal {
            return;
        }
        let Some(coding) = &mut self.view.reading.coding else {
            return;
        };
        coding.trail.extend(self.view.reading.at);
        if let Some(second) = coding.second.take() {
            self.form.forget(dialog_holder());
            self.form.focus_first = Some(dialog_holder());
            self.dialog = Dialog::Add(second);
            return;
        }
        self.go_on_from_here();
    }

    /// A second half whose first was not added is not asked for.
    pub(super) fn drop_second_half(&mut self) {
        if self.dialog == Dialog::None
            && let Some(coding) = &mut self.view.reading.coding
        {
            coding.second = None;
        }
    }

    pub(super) fn note_dismissal(&mut self, note: String) {
        if let Some(coding) = &mut self.view.reading.coding
            && coding.dismissing.is_some()
        {
            coding.dismissing = Some(note);
        }
    }

    pub(super) fn keep_sentence(&mut self) {
        if let Some(coding) = &mut self.view.reading.coding {
            coding.dismissing = None;
        }
    }

    /// Adds the reason for which a sentence yields no record.
    pub(super) fn dismiss_for(&mut self, reason: DismissalReason) {
        let Some((stop, document)) = self.stop_and_document() else {
            return;
        };
        let coding = self.view.reading.coding.as_ref();
        let note = coding.and_then(|coding| coding.dismissing.clone());
        let note = note.unwrap_or_default();
        if reason == DismissalReason::Other && note.trim().is_empty() {
            self.notices
                .fail("Write the reason into the note first, then choose “another reason”");
            return;
        }
        let Some(opened) = self.opened() else { return };
        let words = Words {
            prose: &opened.prose,
            document: &document,
            phrase: words_of(&stop),
        };
        let register = &self.file.latest.register;
        let fields = dismissed(register, &stop, &words, reason, note.trim());
        let edit = Edit::Add {
            kind: RecordKind::Dismissal,
            fields,
            after: None,
        };
        if let Some(coding) = &mut self.view.reading.coding {
            coding.dismissing = None;
            coding.trail.extend(self.view.reading.at);
        }
        self.go_on_from_here();
        self.turn(Turn::Edit(edit));
    }

    /// Goes on to the next open place once what is being done has been read: it may settle more than one.
    fn go_on_from_here(&mut self) {
        let (at, revision) = (self.view.reading.at, self.file.revision);
        if let Some(coding) = &mut self.view.reading.coding {
            coding.next_from = at.map(|at| (at, revision));
        }
    }

    /// Goes on, where what was done has been read by now.
    pub(super) fn go_on_when_read(&mut self) {
        let coding = self.view.reading.coding.as_mut();
        let Some((at, before)) = coding.and_then(|coding| coding.next_from) else {
            return;
        };
        let Some(opened) = self.opened().filter(|opened| opened.is_of(&self.texts)) else {
            return;
        };
        if self.file.revision == before {
            return;
        }
        let open = |stop: &&Stop| stop.state == SentenceState::Open && stop.range.start > at;
        let next = opened.stops.iter().find(open);
        match next.map(|stop| stop.range.clone()) {
            Some(range) => self.go_to_range(range),
            None => {
                self.stay_here();
                self.notices
                    .say("This was the last one; J and K go through all of them again");
            }
        }
    }

    /// Whoever goes somewhere is not taken on by what was done before.
    pub(super) fn stay_here(&mut self) {
        if let Some(coding) = &mut self.view.reading.coding {
            coding.next_from = None;
        }
    }

    /// Takes back the last step, and goes back to where it was made.
    fn take_back(&mut self) {
        let coding = self.view.reading.coding.as_mut();
        let back = coding.and_then(|coding| {
            coding.dismissing = None;
            coding.trail.pop()
        });
        self.turn(Turn::Undo);
        let stop = back.and_then(|byte| self.opened()?.stop_at(byte));
        if let Some(range) = stop.map(|stop| stop.range.clone()) {
            self.go_to_range(range);
        }
    }

    /// Opens the details of the record at the stop.
    fn show_record_here(&mut self) {
        let Some((stop, _)) = self.stop_and_document() else {
            return;
        };
        let found = self.opened().and_then(|opened| {
            let here = touching(&opened.spots.all, stop.range.clone());
            let mut here: Vec<_> = here.map(|(_, spot)| spot).collect();
            here.sort_by_key(|spot| spot.reason.is_some());
            here.first().map(|spot| spot.id.clone())
        });
        match found.and_then(|id| self.register().find(&id)) {
            Some(at) => {
                self.select(at);
                self.view.detail_open = true;
            }
            None => self
                .notices
                .say("No record stands here yet. A accepts, D dismisses"),
        }
    }

    fn stop_and_document(&self) -> Option<(Stop, String)> {
        let document = self.view.reading.document.clone()?;
        Some((self.stop()?.clone(), document))
    }
}
