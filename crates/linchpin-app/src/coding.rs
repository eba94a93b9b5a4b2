//! Coding a document by keys: what is proposed is accepted, dismissed or split, one after the
//! other. Nothing is decided by itself.

use super::App;
use super::action::ReaderAction;
use super::dialog::{Dialog, NewRecordForm};
use super::form_state::dialog_form_id;
use super::reader::CodingSession;
use super::transactions::TransactionRequest;
use linchpin_edit::Edit;
use linchpin_edit::new_record::new_record_fields;
use linchpin_reading::candidates::{prefill_dismissal, prefill_record};
use linchpin_reading::coded_segments::segments_touching;
use linchpin_reading::{Candidate, Proposal, ReviewItem, SentenceState};
use linchpin_register::citation::MAX_PHRASE_WORDS;
use linchpin_register::vocabulary::DismissalReason;
use linchpin_register::{Date, Document, RecordKind, Register, unused_id};
use linchpin_text::prose::Prose;
use ron_lossless::RonValue;
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
                offered: fields.clone(),
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
        // All dialogs share one form id: what was typed for another stop must not show up here.
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
        // Before the edit, which a small text makes at once: what counts is the revision before it.
        self.queue_next_stop();
        self.queue_transaction(TransactionRequest::Edit(edit));
    }

    /// Goes on to the next open place once what is being done has been read: it may settle more
    /// than one.
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
            // Where a sentence was both coded and dismissed, the record is what is asked for.
            here.sort_by_key(|spot| spot.dismissal.is_some());
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

/// Words of a text that are to be quoted.
pub(super) struct Quote<'p> {
    pub prose: &'p Prose,
    /// The id of the document.
    pub document: &'p str,
    /// Their bytes in the whole text; those of a whole sentence where nothing says which.
    pub phrase: Range<usize>,
}

type RecordFields = Vec<(String, RonValue)>;

/// The fields of the record that a stop proposes. What the user has to say in own words is empty.
pub(super) fn candidate_fields(
    register: &Register,
    stop: &ReviewItem,
    words: &Quote<'_>,
    today: Date,
) -> (RecordKind, RecordFields) {
    let proposed = stop.candidate.as_ref();
    // A name is one of a record that exists already: what the user sees there is a commitment.
    let proposed = proposed.filter(|c| !matches!(c.proposal, Proposal::Name(_)));
    let (kind, mut given) = match proposed {
        Some(candidate) => {
            let candidate = Candidate {
                phrase: words.phrase.clone(),
                ..candidate.clone()
            };
            prefill_record(register, words.document, words.prose, &candidate)
        }
        None => (
            RecordKind::Commitment,
            fields_without_candidate(register, stop, words),
        ),
    };
    let has = |fields: &RecordFields, name: &str| fields.iter().any(|(other, _)| other == name);
    if kind == RecordKind::Commitment && !has(&given, "committers") {
        let issuers = issuers(register, words.document);
        let issuers = issuers.iter().map(RonValue::text).collect();
        given.push(("committers".to_owned(), RonValue::List(issuers)));
    }
    // What the text does not tell begins as in any new record.
    let mut fields = new_record_fields(register, kind, None, today);
    fields.retain(|(name, _)| !has(&given, name));
    fields.extend(given);
    let order = |name: &str| kind.fields().iter().position(|spec| spec.name == name);
    fields.sort_by_key(|(name, _)| order(name));
    (kind, fields)
}

/// A commitment that only the user sees in a sentence.
fn fields_without_candidate(
    register: &Register,
    stop: &ReviewItem,
    words: &Quote<'_>,
) -> RecordFields {
    let blank = |name: &str| (name.to_owned(), RonValue::text(""));
    let mut fields = vec![blank("title"), blank("statement"), blank("verb")];
    let sentence = dismissal_fields_without_id(register, stop, words, DismissalReason::Other, "");
    fields.extend(sentence.into_iter().filter(|(name, _)| name == "citations"));
    fields
}

/// The record that says why a sentence yields none.
pub(super) fn dismissal_fields(
    register: &Register,
    stop: &ReviewItem,
    words: &Quote<'_>,
    reason: DismissalReason,
    note: &str,
) -> RecordFields {
    let name = format!("no record {} {}", words.document, stop.paragraph);
    let mut fields = vec![("id".to_owned(), RonValue::text(unused_id(register, &name)))];
    fields.extend(dismissal_fields_without_id(
        register, stop, words, reason, note,
    ));
    fields
}

fn dismissal_fields_without_id(
    register: &Register,
    stop: &ReviewItem,
    words: &Quote<'_>,
    reason: DismissalReason,
    note: &str,
) -> RecordFields {
    let (document, prose, sentence) = (words.document, words.prose, stop.sentence.clone());
    let note = (!note.is_empty()).then_some(note);
    prefill_dismissal(register, document, prose, sentence, reason, note)
}

/// Who issued a document: whose promises it holds, where nothing says better.
fn issuers(register: &Register, document: &str) -> Vec<String> {
    let document = register.get::<Document>(document);
    let issuers = document.iter().flat_map(|document| &document.issuers);
    issuers.map(|link| link.as_str().to_owned()).collect()
}

/// The first ten words of a stretch.
fn phrase_start(prose: &Prose, range: Range<usize>) -> Range<usize> {
    let text = prose.text().get(range.clone()).unwrap_or_default();
    let mut words = 0;
    let mut in_word = false;
    let mut end = 0;
    for (at, c) in text.char_indices() {
        if c.is_whitespace() {
            in_word = false;
            continue;
        }
        if !in_word {
            words += 1;
            in_word = true;
        }
        if words > MAX_PHRASE_WORDS {
            break;
        }
        end = at + c.len_utf8();
    }
    range.start..range.start + end
}

/// The two phrases of a candidate that promises two things: up to the word that joins them, and
/// what follows it.
pub(super) fn split_phrases(prose: &Prose, stop: &ReviewItem) -> [Range<usize>; 2] {
    let own = quote_range(stop);
    let behind = stop.range.end.min(stop.sentence.end);
    let rest = prose
        .text()
        .get(behind..stop.sentence.end)
        .unwrap_or_default();
    const JOINTS: [&str; 6] = [" and ", "; ", ", ", " 및 ", "하고 ", "하며 "];
    let found = JOINTS.iter().filter_map(|joint| {
        let at = rest.find(joint)?;
        Some((at, at + joint.len()))
    });
    let Some((end, next)) = found.min() else {
        return [own.clone(), own];
    };
    let first = own.start.min(stop.range.start)..behind + end;
    let mut second = behind + next;
    // "…, and …": the word behind the comma joins as well.
    let follows = prose
        .text()
        .get(second..stop.sentence.end)
        .unwrap_or_default();
    if follows.starts_with("and ") {
        second += "and ".len();
    }
    let second = phrase_start(prose, second..stop.sentence.end);
    match first.is_empty() || second.is_empty() {
        true => [own.clone(), own],
        false => [phrase_start(prose, first), second],
    }
}

/// The words of a stop that are to be quoted.
pub(super) fn quote_range(stop: &ReviewItem) -> Range<usize> {
    let candidate = stop.candidate.as_ref();
    candidate.map_or(stop.sentence.clone(), |c| c.phrase.clone())
}
