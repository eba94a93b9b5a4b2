//! What a record begins with that is made of a candidate, and what a dismissed sentence is noted as.

use linchpin_edit::new_record::new_record_fields;
use linchpin_reading::candidates::{prefill_dismissal, prefill_record};
use linchpin_reading::{Candidate, Proposal, ReviewItem};
use linchpin_register::citation::MAX_PHRASE_WORDS;
use linchpin_register::unused_id;
use linchpin_register::vocabulary::DismissalReason;
use linchpin_register::{Date, Document, RecordKind, Register};
use linchpin_text::prose::Prose;
use ron_lossless::RonValue;
use std::ops::Range;

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

/// The two phrases of a candidate that promises two things: up to the word that joins them, and what follows it.
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
