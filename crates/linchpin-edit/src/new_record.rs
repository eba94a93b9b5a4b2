//! A new record with everything filled in that it needs to be sound.

use linchpin_register::schema::{FieldCardinality, FieldSpec};
use linchpin_register::{Commitment, Date, FieldType, RecordKind, Register, unused_id};
use ron_lossless::RonValue;

/// The fields of a new record. What the record with the id `like` says of its place (document,
/// paragraph, parties, priority) is taken over, where that is of the same type. `today` dates what
/// needs a date.
pub fn new_record_fields(
    register: &Register,
    kind: RecordKind,
    template: Option<&str>,
    today: Date,
) -> Vec<(String, RonValue)> {
    let mut fields: Vec<(String, RonValue)> = Vec::new();
    for spec in kind.fields().iter().filter(|spec| is_required(kind, spec)) {
        if let Some(value) = default_value(register, kind, spec, today) {
            fields.push((spec.name.to_owned(), value));
        }
    }
    let template = template
        .and_then(|id| register.find(id))
        .filter(|at| at.kind == kind);
    if let Some(record) = template.and_then(|at| register.record(at)) {
        if kind == RecordKind::Commitment
            && let Some(template) = register.get::<Commitment>(record.id())
        {
            let ids = template
                .committers
                .iter()
                .map(|id| RonValue::text(id.as_str()));
            set_field(&mut fields, "committers", RonValue::List(ids.collect()));
        }
        if let Some(citation) = record.citations().first().filter(|c| !c.external) {
            let paragraph = citation.paragraph.unwrap_or(1);
            let place = placeholder_citation(kind, citation.document.as_str(), paragraph);
            set_field(&mut fields, "citations", place);
        }
    }
    // What the template gave came last.
    let order = |name: &str| kind.fields().iter().position(|spec| spec.name == name);
    fields.sort_by_key(|(name, _)| order(name));
    fields
}

fn set_field(fields: &mut Vec<(String, RonValue)>, name: &str, value: RonValue) {
    match fields.iter_mut().find(|(other, _)| other == name) {
        Some((_, old)) => *old = value,
        None => fields.push((name.to_owned(), value)),
    }
}

/// Whether a record of the type is not sound without the field.
pub(super) fn is_required(kind: RecordKind, spec: &FieldSpec) -> bool {
    let required_by_checks: &[&str] = match kind {
        RecordKind::Commitment => &["committers", "strength", "citations"],
        RecordKind::Figure => &["unit", "citations"],
        RecordKind::Body
        | RecordKind::Instrument
        | RecordKind::Event
        | RecordKind::Concern
        | RecordKind::Dismissal => &["citations"],
        RecordKind::Cue => &["words"],
        RecordKind::LadderStep => &["verbs"],
        RecordKind::Chart => &["records"],
        _ => &[],
    };
    spec.cardinality == FieldCardinality::Required || required_by_checks.contains(&spec.name)
}

fn default_value(
    register: &Register,
    kind: RecordKind,
    spec: &FieldSpec,
    today: Date,
) -> Option<RonValue> {
    let what = kind.what();
    Some(match spec.field_type {
        FieldType::Id => RonValue::text(unused_id(register, &format!("new {what}"))),
        FieldType::Text => match spec.name {
            "verb" => RonValue::text("will"),
            "verbs" | "words" => RonValue::List(Vec::new()),
            "unit" => RonValue::text("units"),
            "statement" => RonValue::text("Say it in one sentence of your own."),
            _ => RonValue::text(format!("New {what}")),
        },
        FieldType::Link(RecordKind::LadderStep) => RonValue::text(default_step(register)?),
        FieldType::Link(target) => {
            let first = register.iter_records().find(|(at, _)| at.kind == target)?;
            let id = RonValue::text(first.1.id());
            if spec.is_list() {
                RonValue::List(vec![id])
            } else {
                id
            }
        }
        FieldType::Vocabulary { terms: choices, .. } => match RonValue::bare(choices.first()?.name)
        {
            word if spec.is_list() => RonValue::List(vec![word]),
            word => word,
        },
        FieldType::Date => RonValue::text(today.to_code()),
        FieldType::WholeNumber { .. } => {
            RonValue::bare((register.count(kind) + 1).min(255).to_string())
        }
        FieldType::Flag => return None,
        FieldType::Amount => RonValue::Call("Exactly".into(), vec![RonValue::bare("1")]),
        FieldType::Chartable => RonValue::bare("Yes"),
        FieldType::Record {
            what: "Citation", ..
        } => {
            let document = register.documents.first()?;
            placeholder_citation(kind, document.id.as_str(), 1)
        }
        FieldType::Record { fields, .. } => {
            let required = fields
                .iter()
                .filter(|spec| spec.cardinality == FieldCardinality::Required);
            let required = required.filter_map(|spec| {
                Some((
                    spec.name.to_owned(),
                    default_value(register, kind, spec, today)?,
                ))
            });
            RonValue::Record(required.collect())
        }
    })
}

/// A list with one citation, whose phrase is still to be found. A figure's number stands in its
/// phrase.
fn placeholder_citation(kind: RecordKind, document: &str, paragraph: u32) -> RonValue {
    let phrase = match kind {
        RecordKind::Figure => "words of the document with the number 1",
        _ => "words of the document",
    };
    let fields = [
        ("document", RonValue::text(document)),
        ("paragraph", RonValue::bare(paragraph.max(1).to_string())),
        ("phrase", RonValue::text(phrase)),
    ];
    let fields = fields.map(|(name, value)| (name.to_owned(), value));
    RonValue::List(vec![RonValue::Record(fields.into())])
}

/// The step of the ladder on which "will" stands, else the first.
fn default_step(register: &Register) -> Option<&str> {
    let has_it =
        |step: &&linchpin_register::LadderStep| step.verbs.iter().any(|verb| verb == "will");
    let step = register
        .ladder
        .iter()
        .find(has_it)
        .or(register.ladder.first())?;
    Some(step.id.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Edit, plan_edit};
    use linchpin_register::load;

    #[test]
    fn a_new_record_of_any_type_is_sound_at_once() {
        let today = Date::parse("2025-01-31").unwrap();
        for text in [
            linchpin_register::bundled::ALLIANCE_TEXT,
            include_str!("../../../data/new-register.ron"),
        ] {
            let before = load(text, Vec::new());
            for &kind in RecordKind::ALL {
                let first = before
                    .register
                    .iter_records()
                    .find(|(at, _)| at.kind == kind);
                for like in [None, first.map(|(_, record)| record.id().to_owned())] {
                    let fields = new_record_fields(&before.register, kind, like.as_deref(), today);
                    let add = Edit::AddRecord {
                        kind,
                        fields,
                        after: like,
                    };
                    let after = plan_edit(&before, &add).unwrap().apply_edits(text).unwrap();
                    let after = load(after, Vec::new()).checked_with_ron();
                    assert_eq!(
                        after.diagnostics.len(),
                        before.diagnostics.len() + usize::from(kind == RecordKind::Document),
                        "{kind:?}: {:?}",
                        after.diagnostics
                    );
                    assert_eq!(after.register.count(kind), before.register.count(kind) + 1);
                }
            }
        }
    }
}
