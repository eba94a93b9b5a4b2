//! The candidates for a place, and which of them fit what is typed.

use super::rank::{Rank, Typed};
use super::shape::{Shape, is_needed_in, of_example, of_field, of_form};
use super::slot::{Slot, slot};
use super::spot::{Spot, keys_after};
use super::{Completion, CompletionKind, Gap, MAX_COMPLETIONS};
use crate::blank::blank;
use linchpin_register::amount::AMOUNT_FORMS;
use linchpin_register::declare::FieldSpec;
use linchpin_register::{
    AnyRecord, Date, FORMAT_VERSION, FieldType, LoadedRegister, METADATA_FIELDS, RecordKind,
};
use ron_lossless::RonValue;

/// How many ids are held against a misspelt one: it is slow work.
const MAX_ALIKE: usize = 4000;

/// What can stand at the spot.
pub(super) fn offer(loaded: &LoadedRegister, spot: &Spot, gap: &Gap) -> Vec<Completion> {
    let Some(slot) = slot(spot) else {
        return Vec::new();
    };
    if gap.quoted
        && !matches!(
            slot,
            Slot::Value {
                form: FieldType::Link(_),
                ..
            }
        )
    {
        return Vec::new();
    }
    let mut keys: Vec<&str> = spot
        .frames
        .last()
        .map_or(Vec::new(), |frame| frame.keys.clone());
    match slot {
        Slot::Register => register(gap),
        Slot::Head => fits(gap, head(&keys, gap)),
        Slot::Format => fits(
            gap,
            vec![candidate(FORMAT_VERSION.to_string(), CompletionKind::Shape)],
        ),
        Slot::List => {
            let mut list = candidate("[]".into(), CompletionKind::Shape);
            (list.detail, list.shape.caret) = ("a list of records".into(), 1);
            fits(gap, vec![list])
        }
        Slot::Record(kind) => fits(gap, record(loaded, kind, gap)),
        Slot::Field { specs, kind } => {
            keys.extend(keys_after(gap.text, gap.span.end));
            fits(gap, fields(specs, kind, &keys, gap))
        }
        Slot::Value {
            form: FieldType::Link(kind),
            listed,
        } => links(loaded, kind, listed, gap),
        Slot::Value { form, listed } => {
            let mut values = values(&form);
            if listed {
                for value in &mut values {
                    value.shape = std::mem::take(&mut value.shape).within("[", "]");
                }
            }
            fits(gap, values)
        }
    }
}

/// Something that may be offered, before it is held against what is typed.
struct Candidate {
    label: String,
    detail: String,
    help: String,
    shape: Shape,
    kind: CompletionKind,
}

fn candidate(label: String, kind: CompletionKind) -> Candidate {
    Candidate {
        shape: Shape::whole(label.as_str()),
        label,
        detail: String::new(),
        help: String::new(),
        kind,
    }
}

impl Candidate {
    fn completion(self, gap: &Gap) -> Completion {
        Completion {
            label: self.label,
            detail: self.detail,
            help: self.help,
            insert: self.shape.text,
            caret: self.shape.caret,
            replace: gap.span,
            kind: self.kind,
        }
    }
}

/// Those that fit what is typed, the best fits first; what is only spelled alike where nothing
/// fits.
fn fits(gap: &Gap, all: Vec<Candidate>) -> Vec<Completion> {
    let typed = Typed::new(gap.typed);
    let mut ranked: Vec<(Rank, Candidate)> = Vec::new();
    let mut rest = Vec::new();
    for candidate in all {
        // What a field holds is no way to find it.
        let words = match candidate.kind {
            CompletionKind::Field => "",
            _ => candidate.detail.as_str(),
        };
        match typed.rank(&candidate.label, words) {
            Some(rank) => ranked.push((rank, candidate)),
            None => rest.push(candidate),
        }
    }
    if ranked.is_empty() {
        rest.retain(|candidate| typed.is_alike(&candidate.label));
        ranked.extend(rest.into_iter().map(|candidate| (Rank::Alike, candidate)));
    }
    ranked.sort_by_key(|(rank, _)| *rank);
    let best = ranked.into_iter().take(MAX_COMPLETIONS);
    best.map(|(_, candidate)| candidate.completion(gap))
        .collect()
}

/// A register where there is nothing yet.
fn register(gap: &Gap) -> Vec<Completion> {
    let rest = [
        &gap.text[..gap.span.start as usize],
        &gap.text[gap.span.end as usize..],
    ];
    if rest.iter().any(|text| !text.trim().is_empty()) {
        return Vec::new();
    }
    let end = gap.line_end();
    let mut new = candidate("New register".into(), CompletionKind::Record);
    let before = format!("({end}    format: {FORMAT_VERSION},{end}    title: \"");
    new.shape = Shape::default().within(&before, &format!("\",{end})"));
    fits(gap, vec![new])
}

/// The fields of the register that are not given yet.
fn head(keys: &[&str], gap: &Gap) -> Vec<Candidate> {
    let mut format = candidate("format".into(), CompletionKind::Field);
    format.detail = "whole number".into();
    format.help = "The version of the format.".into();
    format.shape = Shape::whole(format!("{FORMAT_VERSION}"));
    let of_head = METADATA_FIELDS.iter().map(field);
    let lists = RecordKind::ALL.iter().map(|kind| {
        let mut list = candidate(kind.list().to_owned(), CompletionKind::Field);
        list.detail = "list".into();
        list.help = kind.about().to_owned();
        list.shape = Shape {
            text: "[]".into(),
            caret: 1,
        };
        list
    });
    let all = std::iter::once(format).chain(of_head).chain(lists);
    named(all.collect(), keys, gap)
}

/// The fields of a record that are not given yet, those that it needs first.
fn fields(
    specs: &[FieldSpec],
    kind: Option<RecordKind>,
    keys: &[&str],
    gap: &Gap,
) -> Vec<Candidate> {
    let mut specs: Vec<&FieldSpec> = specs.iter().collect();
    specs.sort_by_key(|spec| !is_needed_in(kind, spec));
    named(specs.into_iter().map(field).collect(), keys, gap)
}

fn field(spec: &FieldSpec) -> Candidate {
    Candidate {
        label: spec.name.to_owned(),
        detail: match spec.is_list() {
            true => format!("list: {}", spec.shape),
            false => spec.shape.to_owned(),
        },
        help: spec.doc.to_owned(),
        shape: of_field(spec),
        kind: CompletionKind::Field,
    }
}

/// The candidates as fields with their names, without those of `keys`. Where a colon follows, only
/// the name is written.
fn named(mut all: Vec<Candidate>, keys: &[&str], gap: &Gap) -> Vec<Candidate> {
    all.retain(|candidate| !keys.contains(&candidate.label.as_str()));
    let after = gap.line_after();
    let comma = match after.bytes().next() {
        None | Some(b'/') => ",",
        Some(b',' | b')' | b']') => "",
        Some(_) if gap.is_before_space() => ",",
        Some(_) => ", ",
    };
    for candidate in &mut all {
        candidate.shape = match after.starts_with(':') {
            true => Shape::whole(candidate.label.as_str()),
            false => {
                let shape = std::mem::take(&mut candidate.shape);
                shape.within(&format!("{}: ", candidate.label), comma)
            }
        };
    }
    all
}

/// What a value of this form can be.
fn values(form: &FieldType) -> Vec<Candidate> {
    match form {
        FieldType::Vocabulary { terms: choices, .. } => {
            let each = choices.iter().map(|choice| Candidate {
                detail: choice.label.to_owned(),
                help: choice.meaning.to_owned(),
                ..candidate(choice.name.to_owned(), CompletionKind::Choice)
            });
            each.collect()
        }
        FieldType::Flag => vec![candidate("true".into(), CompletionKind::Choice)],
        FieldType::Amount => {
            let each = AMOUNT_FORMS.iter().map(|[example, meaning]| Candidate {
                detail: (*meaning).to_owned(),
                shape: of_example(example),
                ..candidate((*example).to_owned(), CompletionKind::Shape)
            });
            each.collect()
        }
        FieldType::Chartable => {
            let mut no = candidate("No(\"…\")".into(), CompletionKind::Shape);
            (no.detail, no.shape) = (
                "it is never drawn, for this reason".into(),
                of_example("No(\"\")"),
            );
            let mut yes = candidate("Yes".into(), CompletionKind::Choice);
            yes.detail = "it may be drawn in charts".into();
            vec![yes, no]
        }
        FieldType::Record { what, .. } => {
            let shape = of_form(form);
            let mut record = candidate(shape.text.clone(), CompletionKind::Shape);
            (record.detail, record.shape) = (what.to_lowercase(), shape);
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
fn links(loaded: &LoadedRegister, kind: RecordKind, listed: bool, gap: &Gap) -> Vec<Completion> {
    let register = &loaded.register;
    let typed = Typed::new(gap.typed);
    let all = (0..register.count(kind) as u32)
        .filter_map(|index| register.record(linchpin_register::RecordRef { kind, index }));
    let mut ranked: [Vec<&dyn AnyRecord>; Rank::COUNT] = Default::default();
    for record in all.clone() {
        if let Some(rank) = typed.rank(record.id(), record.title()) {
            ranked[rank as usize].push(record);
            if typed.is_empty() && ranked[rank as usize].len() == MAX_COMPLETIONS {
                break;
            }
        }
    }
    if ranked.iter().all(Vec::is_empty) {
        let alike = all
            .take(MAX_ALIKE)
            .filter(|record| typed.is_alike(record.id()));
        ranked[Rank::Alike as usize] = alike.take(MAX_COMPLETIONS).collect();
    }
    let best = ranked.iter().flatten().take(MAX_COMPLETIONS);
    let link = |record: &&dyn AnyRecord| {
        let id = Shape::whole(record.id());
        let shape = match (gap.quoted, gap.closed, listed) {
            (true, true, _) => id,
            (true, false, _) => Shape::whole(format!("{}\"", record.id())),
            (false, _, false) => Shape::whole(format!("\"{}\"", record.id())),
            (false, _, true) => Shape::whole(format!("\"{}\"", record.id())).within("[", "]"),
        };
        let link = Candidate {
            detail: record.title().to_owned(),
            help: String::new(),
            shape,
            ..candidate(record.id().to_owned(), CompletionKind::Link)
        };
        link.completion(gap)
    };
    best.map(link).collect()
}

/// A new record of a list, with all that it needs.
fn record(loaded: &LoadedRegister, kind: RecordKind, gap: &Gap) -> Vec<Candidate> {
    let register = &loaded.register;
    // Nothing here knows what day it is: what needs a date has that of the register, else none.
    let none = Date::parse("0001").ok();
    let Some(today) = register.compiled.or(none) else {
        return Vec::new();
    };
    let mut fields = blank(register, kind, None, today);
    if register.compiled.is_none() {
        let marker = RonValue::text(today.to_code());
        for (_, value) in &mut fields {
            without(value, &marker);
        }
    }
    let before = gap.line_before();
    let indent = &before[..before.len() - before.trim_start().len()];
    let line_end = format!("{}{indent}", gap.line_end());
    let comma = match gap.line_after().starts_with(',') {
        true => "",
        false => ",",
    };
    let text = RonValue::block(&fields).replace('\n', &line_end) + comma;
    let mut new = candidate(format!("New {}", kind.what()), CompletionKind::Record);
    new.help = kind.about().to_owned();
    new.shape = Shape::whole(text);
    vec![new]
}

/// Empties every text that is `marker`.
fn without(value: &mut RonValue, marker: &RonValue) {
    match value {
        text if text == marker => *text = RonValue::text(""),
        RonValue::List(items) | RonValue::Call(_, items) => {
            items.iter_mut().for_each(|item| without(item, marker));
        }
        RonValue::Record(fields) => fields
            .iter_mut()
            .for_each(|(_, value)| without(value, marker)),
        RonValue::Text(_) | RonValue::Bare(_) => {}
    }
}
