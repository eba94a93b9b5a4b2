//! The candidates for a place, as they are first written (`""`, `[]`, `(date: "", basis: )`), and
//! which of them fit what is typed.

use super::context::{CursorContext, ExpectedItem, expected_item, field_names_after};
use super::matching::{CompletionMatcher, MatchRank};
use super::{Completion, CompletionKind, CompletionRange, MAX_COMPLETIONS};
use crate::messages::completion_words as words;
use crate::new_record::{is_required, new_record_fields};
use linchpin_register::amount::AMOUNT_FORMS;
use linchpin_register::schema::{FieldCardinality, FieldSpec};
use linchpin_register::{
    AnyRecord, Date, FORMAT_VERSION, FieldType, LoadedRegister, METADATA_FIELDS, RecordKind,
};
use ron_lossless::RonValue;

/// How many ids are held against a misspelt one: it is slow work.
const MAX_SIMILARITY_CHECKS: usize = 4000;

/// What can stand at the cursor.
pub(super) fn complete_at(
    loaded: &LoadedRegister,
    context: &CursorContext,
    range: &CompletionRange,
) -> Vec<Completion> {
    let Some(expected) = expected_item(context) else {
        return Vec::new();
    };
    if range.is_quoted
        && !matches!(
            expected,
            ExpectedItem::Value {
                field_type: FieldType::Link(_),
                ..
            }
        )
    {
        return Vec::new();
    }
    let mut keys: Vec<&str> = context
        .brackets
        .last()
        .map_or(Vec::new(), |frame| frame.field_names.clone());
    match expected {
        ExpectedItem::Register => register_candidate(range),
        ExpectedItem::HeadField => rank_candidates(range, head_field_candidates(&keys, range)),
        ExpectedItem::FormatVersion => rank_candidates(
            range,
            vec![candidate(
                FORMAT_VERSION.to_string(),
                CompletionKind::Snippet,
            )],
        ),
        ExpectedItem::RecordList => {
            let mut list = candidate("[]".into(), CompletionKind::Snippet);
            (list.detail, list.snippet.caret) = (words::RECORD_LIST.into(), 1);
            rank_candidates(range, vec![list])
        }
        ExpectedItem::Record(kind) => rank_candidates(range, record_candidate(loaded, kind, range)),
        ExpectedItem::RecordField { specs, kind } => {
            keys.extend(field_names_after(range.text, range.span.end));
            rank_candidates(range, record_field_candidates(specs, kind, &keys, range))
        }
        ExpectedItem::Value {
            field_type: FieldType::Link(kind),
            is_list,
        } => link_completions(loaded, kind, is_list, range),
        ExpectedItem::Value {
            field_type,
            is_list,
        } => {
            let mut values = value_candidates(&field_type);
            if is_list {
                for value in &mut values {
                    value.snippet = std::mem::take(&mut value.snippet).wrapped_in("[", "]");
                }
            }
            rank_candidates(range, values)
        }
    }
}

/// Something that may be offered, before it is held against what is typed.
struct CompletionCandidate {
    label: String,
    detail: String,
    help: String,
    snippet: Snippet,
    kind: CompletionKind,
}

fn candidate(label: String, kind: CompletionKind) -> CompletionCandidate {
    CompletionCandidate {
        snippet: Snippet::with_caret_at_end(label.as_str()),
        label,
        detail: String::new(),
        help: String::new(),
        kind,
    }
}

impl CompletionCandidate {
    fn completion(self, range: &CompletionRange) -> Completion {
        Completion {
            label: self.label,
            detail: self.detail,
            help: self.help,
            insert: self.snippet.text,
            caret: self.snippet.caret,
            replace: range.span,
            kind: self.kind,
        }
    }
}

/// Those that fit what is typed, the best fits first; what is only spelled alike where nothing
/// fits.
fn rank_candidates(range: &CompletionRange, all: Vec<CompletionCandidate>) -> Vec<Completion> {
    let typed = CompletionMatcher::new(range.typed);
    let mut ranked: Vec<(MatchRank, CompletionCandidate)> = Vec::new();
    let mut rest = Vec::new();
    for candidate in all {
        // What a field holds is no way to find it.
        let found_by = match candidate.kind {
            CompletionKind::Field => "",
            _ => candidate.detail.as_str(),
        };
        match typed.rank(&candidate.label, found_by) {
            Some(rank) => ranked.push((rank, candidate)),
            None => rest.push(candidate),
        }
    }
    // Words that are only spelled alike would stand in the way of those that fit.
    if ranked.is_empty() {
        rest.retain(|candidate| typed.is_similar(&candidate.label));
        ranked.extend(
            rest.into_iter()
                .map(|candidate| (MatchRank::Similar, candidate)),
        );
    }
    ranked.sort_by_key(|(rank, _)| *rank);
    let best = ranked.into_iter().take(MAX_COMPLETIONS);
    best.map(|(_, candidate)| candidate.completion(range))
        .collect()
}

/// A register where there is nothing yet.
fn register_candidate(range: &CompletionRange) -> Vec<Completion> {
    let rest = [
        &range.text[..range.span.start as usize],
        &range.text[range.span.end as usize..],
    ];
    // Only in an empty file: anywhere else a whole register would make the text broken.
    if rest.iter().any(|text| !text.trim().is_empty()) {
        return Vec::new();
    }
    let end = range.line_end();
    let mut new = candidate(words::NEW_REGISTER.into(), CompletionKind::Record);
    let before = format!("({end}    format: {FORMAT_VERSION},{end}    title: \"");
    new.snippet = Snippet::default().wrapped_in(&before, &format!("\",{end})"));
    rank_candidates(range, vec![new])
}

/// The fields of the register that are not given yet.
fn head_field_candidates(keys: &[&str], range: &CompletionRange) -> Vec<CompletionCandidate> {
    let mut format = candidate("format".into(), CompletionKind::Field);
    format.detail = words::FORMAT_DETAIL.into();
    format.help = words::FORMAT_HELP.into();
    format.snippet = Snippet::with_caret_at_end(format!("{FORMAT_VERSION}"));
    let of_head = METADATA_FIELDS.iter().map(field_candidate);
    let lists = RecordKind::ALL.iter().map(|kind| {
        let mut list = candidate(kind.list().to_owned(), CompletionKind::Field);
        list.detail = words::LIST.into();
        list.help = kind.about().to_owned();
        list.snippet = Snippet {
            text: "[]".into(),
            caret: 1,
        };
        list
    });
    let all = std::iter::once(format).chain(of_head).chain(lists);
    as_new_fields(all.collect(), keys, range)
}

/// The fields of a record that are not given yet, those that it needs first.
fn record_field_candidates(
    specs: &[FieldSpec],
    kind: Option<RecordKind>,
    keys: &[&str],
    range: &CompletionRange,
) -> Vec<CompletionCandidate> {
    let mut specs: Vec<&FieldSpec> = specs.iter().collect();
    specs.sort_by_key(|spec| !is_required_in(kind, spec));
    as_new_fields(
        specs.into_iter().map(field_candidate).collect(),
        keys,
        range,
    )
}

fn field_candidate(spec: &FieldSpec) -> CompletionCandidate {
    CompletionCandidate {
        label: spec.name.to_owned(),
        detail: words::field_shape(spec),
        help: spec.doc.to_owned(),
        snippet: field_snippet(spec),
        kind: CompletionKind::Field,
    }
}

/// The candidates as fields with their names, without those of `keys`. Where a colon follows, only
/// the name is written.
fn as_new_fields(
    mut all: Vec<CompletionCandidate>,
    keys: &[&str],
    range: &CompletionRange,
) -> Vec<CompletionCandidate> {
    // By label: of a field it is the name in the file, which is what the brackets hold.
    all.retain(|candidate| !keys.contains(&candidate.label.as_str()));
    let after = range.line_after();
    let comma = match after.bytes().next() {
        None | Some(b'/') => ",",
        Some(b',' | b')' | b']') => "",
        Some(_) if range.is_before_space() => ",",
        Some(_) => ", ",
    };
    for candidate in &mut all {
        candidate.snippet = match after.starts_with(':') {
            true => Snippet::with_caret_at_end(candidate.label.as_str()),
            false => {
                let shape = std::mem::take(&mut candidate.snippet);
                shape.wrapped_in(&format!("{}: ", candidate.label), comma)
            }
        };
    }
    all
}

/// What a value of this type can be.
fn value_candidates(field_type: &FieldType) -> Vec<CompletionCandidate> {
    match field_type {
        FieldType::Vocabulary { terms: choices, .. } => {
            let each = choices.iter().map(|choice| CompletionCandidate {
                detail: choice.label.to_owned(),
                help: choice.meaning.to_owned(),
                ..candidate(choice.name.to_owned(), CompletionKind::Choice)
            });
            each.collect()
        }
        FieldType::Flag => vec![candidate("true".into(), CompletionKind::Choice)],
        FieldType::Amount => {
            let each = AMOUNT_FORMS.iter().map(|form| CompletionCandidate {
                detail: form.meaning.to_owned(),
                snippet: example_snippet(form.example),
                ..candidate(form.example.to_owned(), CompletionKind::Snippet)
            });
            each.collect()
        }
        FieldType::Chartable => {
            let mut no = candidate("No(\"…\")".into(), CompletionKind::Snippet);
            (no.detail, no.snippet) = (words::CHARTABLE_NO.into(), example_snippet("No(\"\")"));
            let mut yes = candidate("Yes".into(), CompletionKind::Choice);
            yes.detail = words::CHARTABLE_YES.into();
            vec![yes, no]
        }
        FieldType::Record { what, .. } => {
            let shape = form_snippet(field_type);
            let mut record = candidate(shape.text.clone(), CompletionKind::Snippet);
            (record.detail, record.snippet) = (words::nested_record(what).into(), shape);
            vec![record]
        }
        // Words of the user's own.
        FieldType::Text
        | FieldType::Id
        | FieldType::Date
        | FieldType::WholeNumber { .. }
        | FieldType::Link(_) => Vec::new(),
    }
}

/// The records that a link may lead to.
fn link_completions(
    loaded: &LoadedRegister,
    kind: RecordKind,
    is_list: bool,
    range: &CompletionRange,
) -> Vec<Completion> {
    let register = &loaded.register;
    let typed = CompletionMatcher::new(range.typed);
    let all = (0..register.count(kind) as u32)
        .filter_map(|index| register.record(linchpin_register::RecordRef { kind, index }));
    let mut ranked: [Vec<&dyn AnyRecord>; MatchRank::COUNT] = Default::default();
    for record in all.clone() {
        if let Some(rank) = typed.rank(record.id(), record.title()) {
            ranked[rank as usize].push(record);
            // Everything fits where nothing is typed, and no more than these are shown.
            if typed.is_empty() && ranked[rank as usize].len() == MAX_COMPLETIONS {
                break;
            }
        }
    }
    if ranked.iter().all(Vec::is_empty) {
        let alike = all
            .take(MAX_SIMILARITY_CHECKS)
            .filter(|record| typed.is_similar(record.id()));
        ranked[MatchRank::Similar as usize] = alike.take(MAX_COMPLETIONS).collect();
    }
    let best = ranked.iter().flatten().take(MAX_COMPLETIONS);
    let link = |record: &&dyn AnyRecord| {
        let id = Snippet::with_caret_at_end(record.id());
        let shape = match (range.is_quoted, range.is_closed, is_list) {
            (true, true, _) => id,
            (true, false, _) => Snippet::with_caret_at_end(format!("{}\"", record.id())),
            (false, _, false) => Snippet::with_caret_at_end(format!("\"{}\"", record.id())),
            (false, _, true) => {
                Snippet::with_caret_at_end(format!("\"{}\"", record.id())).wrapped_in("[", "]")
            }
        };
        let link = CompletionCandidate {
            detail: record.title().to_owned(),
            help: String::new(),
            snippet: shape,
            ..candidate(record.id().to_owned(), CompletionKind::Link)
        };
        link.completion(range)
    };
    best.map(link).collect()
}

/// A new record of a list, with all that it needs.
fn record_candidate(
    loaded: &LoadedRegister,
    kind: RecordKind,
    range: &CompletionRange,
) -> Vec<CompletionCandidate> {
    let register = &loaded.register;
    // Nothing here knows what day it is: what needs a date has that of the register, else none.
    let none = Date::parse("0001").ok();
    let Some(today) = register.compiled.or(none) else {
        return Vec::new();
    };
    let mut fields = new_record_fields(register, kind, None, today);
    if register.compiled.is_none() {
        let marker = RonValue::text(today.to_code());
        for (_, value) in &mut fields {
            clear_placeholder(value, &marker);
        }
    }
    let before = range.line_before();
    let indent = &before[..before.len() - before.trim_start().len()];
    let line_end = format!("{}{indent}", range.line_end());
    let comma = match range.line_after().starts_with(',') {
        true => "",
        false => ",",
    };
    let text = RonValue::block(&fields).replace('\n', &line_end) + comma;
    let mut new = candidate(words::new_record(kind), CompletionKind::Record);
    new.help = kind.about().to_owned();
    new.snippet = Snippet::with_caret_at_end(text);
    vec![new]
}

/// Empties every text that is `marker`.
fn clear_placeholder(value: &mut RonValue, marker: &RonValue) {
    match value {
        text if text == marker => *text = RonValue::text(""),
        RonValue::List(items) | RonValue::Call(_, items) => {
            items
                .iter_mut()
                .for_each(|item| clear_placeholder(item, marker));
        }
        RonValue::Record(fields) => fields
            .iter_mut()
            .for_each(|(_, value)| clear_placeholder(value, marker)),
        RonValue::Text(_) | RonValue::Bare(_) => {}
    }
}

/// A text with the place of the cursor in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Snippet {
    text: String,
    /// A byte offset into the text.
    caret: usize,
}

impl Snippet {
    /// The text with the cursor behind it.
    fn with_caret_at_end(text: impl Into<String>) -> Self {
        let text = text.into();
        Snippet {
            caret: text.len(),
            text,
        }
    }

    /// The text with the cursor before its last `bytes` bytes.
    fn with_caret_before_end(text: &str, bytes: usize) -> Self {
        Snippet {
            text: text.to_owned(),
            caret: text.len() - bytes,
        }
    }

    /// The shape with text around it; the cursor stays where it was.
    fn wrapped_in(self, before: &str, after: &str) -> Self {
        Snippet {
            caret: before.len() + self.caret,
            text: format!("{before}{}{after}", self.text),
        }
    }
}

/// The first shape of a field's value.
fn field_snippet(spec: &FieldSpec) -> Snippet {
    match spec.is_list() {
        true => match spec.field_type {
            FieldType::Record { .. } => form_snippet(&spec.field_type).wrapped_in("[", "]"),
            _ => Snippet::with_caret_before_end("[]", 1),
        },
        false => form_snippet(&spec.field_type),
    }
}

/// The first shape of a value of this type; nothing where any first word would be a guess.
fn form_snippet(field_type: &FieldType) -> Snippet {
    match field_type {
        FieldType::Text | FieldType::Id | FieldType::Link(_) | FieldType::Date => {
            Snippet::with_caret_before_end("\"\"", 1)
        }
        FieldType::Flag => Snippet::with_caret_at_end("true"),
        FieldType::Vocabulary { .. }
        | FieldType::WholeNumber { .. }
        | FieldType::Amount
        | FieldType::Chartable => Snippet::default(),
        FieldType::Record { what, fields } => record_snippet(what, fields),
    }
}

/// A record with the fields that it needs; the cursor stands in the first.
fn record_snippet(what: &str, fields: &[FieldSpec]) -> Snippet {
    let needed = fields
        .iter()
        .filter(|spec| is_in_record_snippet(what, spec));
    let mut out = Snippet::with_caret_at_end("(");
    for (index, spec) in needed.enumerate() {
        let before = match index {
            0 => format!("{}: ", spec.name),
            _ => format!(", {}: ", spec.name),
        };
        let value = field_snippet(spec);
        if index == 0 {
            out.caret = out.text.len() + before.len() + value.caret;
        }
        out.text.push_str(&before);
        out.text.push_str(&value.text);
    }
    out.text.push(')');
    out
}

/// Whether a field of a record inside another is written from the start.
fn is_in_record_snippet(what: &str, spec: &FieldSpec) -> bool {
    let place = what == "Citation" && ["paragraph", "phrase"].contains(&spec.name);
    spec.cardinality == FieldCardinality::Required || place
}

/// Whether a record is not sound without the field. `kind`: the record stands in a list of its own.
fn is_required_in(kind: Option<RecordKind>, spec: &FieldSpec) -> bool {
    kind.map_or(spec.cardinality == FieldCardinality::Required, |kind| {
        is_required(kind, spec)
    })
}

/// The shape of a form of an amount, from its example: `On("2009-08-07")` is `On("")`.
fn example_snippet(example: &str) -> Snippet {
    let Some((name, rest)) = example.split_once('(') else {
        return Snippet::with_caret_at_end(example);
    };
    let marks: String = rest
        .chars()
        .filter(|c| matches!(c, '"' | ',' | ' ' | ')'))
        .collect();
    let opening = usize::from(marks.starts_with('"'));
    Snippet {
        caret: name.len() + 1 + opening,
        text: format!("{name}({marks}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use linchpin_register::{Citation, Event};

    fn shown(shape: Snippet) -> String {
        let (before, after) = shape.text.split_at(shape.caret);
        format!("{before}|{after}")
    }

    #[test]
    fn shapes_have_what_is_needed() {
        let of = |fields: &[FieldSpec], name: &str| {
            shown(field_snippet(
                fields.iter().find(|spec| spec.name == name).unwrap(),
            ))
        };
        assert_eq!(of(Event::FIELDS, "title"), "\"|\"");
        assert_eq!(of(Event::FIELDS, "themes"), "[|]");
        assert_eq!(of(Event::FIELDS, "date"), "(date: \"|\", basis: )");
        assert_eq!(
            of(Event::FIELDS, "citations"),
            "[(document: \"|\", paragraph: , phrase: \"\")]"
        );
        assert_eq!(of(Citation::FIELDS, "external"), "true|");
        assert_eq!(of(Citation::FIELDS, "voice"), "|");
    }

    #[test]
    fn amounts_are_written_without_the_example() {
        let all: Vec<String> = AMOUNT_FORMS
            .iter()
            .map(|form| shown(example_snippet(form.example)))
            .collect();
        assert_eq!(all[0], "Exactly(|)");
        assert_eq!(all[6..], ["Between(|, )", "On(\"|\")", "Named(\"|\")"]);
    }
}
