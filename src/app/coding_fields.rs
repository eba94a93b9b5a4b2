//! What a record begins with that is made of a candidate, and what a dismissed sentence is noted as.

use crate::edit::blank::{blank, free_id};
use crate::prose::{Prose, find};
use crate::reading::{Proposal, Stop};
use crate::register::citation::MAX_PHRASE_WORDS;
use crate::register::vocabulary::{DismissalReason, FigureKind};
use crate::register::{Date, Document, RecordKind, Register};
use crate::ron_text::Value;
use std::ops::Range;

/// Words of a text that are to be quoted.
pub(super) struct Words<'p> {
    pub prose: &'p Prose,
    /// The id of the document.
    pub document: &'p str,
    /// Their bytes in the whole text; those of a whole sentence where nothing says which.
    pub phrase: Range<usize>,
}

type Fields = Vec<(String, Value)>;

/// The fields of the record that a stop proposes. What the user has to say in own words is empty.
pub(super) fn prefilled(
    register: &Register,
    stop: &Stop,
    words: &Words<'_>,
    today: Date,
) -> (RecordKind, Fields) {
    let proposal = stop.candidate.as_ref().map(|c| &c.proposal);
    let kind = match proposal {
        Some(Proposal::Figure { .. }) => RecordKind::Figure,
        _ => RecordKind::Commitment,
    };
    let mut fields = blank(register, kind, None, today);
    let mut give = |name: &str, value: Value| {
        fields.retain(|(other, _)| other != name);
        fields.push((name.to_owned(), value));
    };
    give("title", Value::text(""));
    give("statement", Value::text(""));
    give("citations", cited(stop, words));
    match proposal {
        Some(Proposal::Figure {
            value,
            qualifier,
            unit,
            currency,
        }) => {
            if let Some(value) = value {
                let number = Value::bare(value.to_string());
                give("amount", Value::Call("Exactly".into(), vec![number]));
            }
            let number = match currency {
                Some(_) => FigureKind::Money,
                None => FigureKind::Count,
            };
            give("kind", Value::bare(number.name()));
            let texts = [
                ("unit", unit),
                ("currency", currency),
                ("qualifier", qualifier),
            ];
            for (name, text) in texts {
                if let Some(text) = text {
                    give(name, Value::text(text));
                }
            }
        }
        Some(Proposal::Commitment {
            verb,
            step,
            committers,
            hedges,
            mode,
        }) => {
            give("verb", Value::text(verb.to_lowercase()));
            if let Some(step) = step {
                give("strength", Value::text(step));
            }
            let committers = match committers.is_empty() {
                true => issuers(register, words.document),
                false => committers.clone(),
            };
            give("committers", list(&committers));
            if !hedges.is_empty() {
                give("hedges", list(hedges));
            }
            give("mode", Value::bare(mode.name()));
        }
        Some(Proposal::Name(_)) | None => {
            give("verb", Value::text(""));
            give("committers", list(&issuers(register, words.document)));
        }
    }
    (kind, fields)
}

/// The record that says why a sentence yields none.
pub(super) fn dismissal(
    register: &Register,
    stop: &Stop,
    words: &Words<'_>,
    reason: DismissalReason,
    note: &str,
) -> Fields {
    let name = format!("no record {} {}", words.document, stop.paragraph);
    let mut fields = vec![
        ("id".into(), Value::text(free_id(register, &name))),
        ("reason".into(), Value::bare(reason.name())),
    ];
    if !note.is_empty() {
        fields.push(("note".into(), Value::text(note)));
    }
    fields.push(("citations".into(), cited(stop, words)));
    fields
}

/// Who issued a document: whose promises it holds, where nothing says better.
fn issuers(register: &Register, document: &str) -> Vec<String> {
    let document = register.get::<Document>(document);
    let issuers = document.iter().flat_map(|document| &document.issuers);
    issuers.map(|link| link.as_str().to_owned()).collect()
}

fn list(texts: &[String]) -> Value {
    Value::List(texts.iter().map(Value::text).collect())
}

fn cited(stop: &Stop, words: &Words<'_>) -> Value {
    let phrase = quotable(words.prose, stop, &words.phrase);
    let phrase = words.prose.text().get(phrase).unwrap_or_default();
    Value::List(vec![Value::Record(vec![
        ("document".into(), Value::text(words.document)),
        ("paragraph".into(), Value::bare(stop.paragraph.to_string())),
        ("phrase".into(), Value::text(phrase)),
    ])])
}

/// At most ten of the words, chosen so that whoever looks for them in the paragraph comes to this sentence and to no other one before it.
fn quotable(prose: &Prose, stop: &Stop, wanted: &Range<usize>) -> Range<usize> {
    let leads_here = |range: &Range<usize>| {
        let phrase = prose.text().get(range.clone()).unwrap_or_default();
        let found = find(prose, Some(stop.paragraph), phrase).range();
        found.is_some_and(|found| found == *range)
    };
    let first = first_words(prose, wanted.clone());
    if leads_here(&first) {
        return first;
    }
    let text = prose.text().get(stop.sentence.clone()).unwrap_or_default();
    let mut starts = vec![0];
    starts.extend(
        text.char_indices()
            .zip(text.chars().skip(1))
            .filter_map(|((at, c), next)| {
                (c.is_whitespace() && !next.is_whitespace()).then_some(at + c.len_utf8())
            }),
    );
    let starts = starts.into_iter().map(|at| stop.sentence.start + at);
    let mut windows = starts.map(|start| first_words(prose, start..stop.sentence.end));
    windows.find(leads_here).unwrap_or(first)
}

/// The first ten words of a stretch.
fn first_words(prose: &Prose, range: Range<usize>) -> Range<usize> {
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
pub(super) fn halves(prose: &Prose, stop: &Stop) -> [Range<usize>; 2] {
    let own = words_of(stop);
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
    let second = first_words(prose, second..stop.sentence.end);
    match first.is_empty() || second.is_empty() {
        true => [own.clone(), own],
        false => [first_words(prose, first), second],
    }
}

/// The words of a stop that are to be quoted.
pub(super) fn words_of(stop: &Stop) -> Range<usize> {
    let candidate = stop.candidate.as_ref();
    candidate.map_or(stop.sentence.clone(), |c| c.phrase.clone())
}
