//! One record in full, as plain values: what the details pane shows, in the order in which it shows
//! it.

use crate::schema::{PathStep, VisitedValue};
use crate::tables::formatting;
use crate::{AnyRecord, Citation, RecordKind, RecordRef, Register};

/// A record in full.
#[derive(Debug)]
pub struct RecordDetail<'r> {
    pub kind: RecordKind,
    pub title: &'r str,
    pub id: &'r str,
    /// The sentence that says it.
    pub statement: Option<&'r str>,
    pub fields: Vec<DetailField<'r>>,
    pub citations: &'r [Citation],
    /// The records that link here, by type.
    pub linked_from: Vec<(RecordKind, &'r [RecordRef])>,
}

/// One field with its values.
#[derive(Debug, PartialEq)]
pub struct DetailField<'r> {
    /// The field's name in the file.
    pub field: &'static str,
    pub label: String,
    /// What the field means.
    pub help: &'static str,
    pub values: Vec<DetailValue<'r>>,
}

/// One value of a field.
#[derive(Debug, PartialEq)]
pub enum DetailValue<'r> {
    Text(String),
    Link(RecordRef, &'r str),
    /// A link that leads nowhere.
    BrokenLink(&'r str),
    Citation(&'r Citation),
}

/// Fields that the head of the details shows in its own way.
const HEADER_FIELDS: &[&str] = &[
    "id",
    "title",
    "name",
    "label",
    "statement",
    "mandate",
    "citations",
    "verb",
    "strength",
    "hedges",
    "amount",
    "chartable",
];

/// The record at `at` in full. `None` where there is no such record.
pub fn record_detail(register: &Register, record_ref: RecordRef) -> Option<RecordDetail<'_>> {
    let record = register.record(record_ref)?;
    let index = record_ref.index as usize;
    let statement = match record_ref.kind {
        RecordKind::Commitment => register
            .commitments
            .get(index)
            .map(|c| c.statement.as_str()),
        RecordKind::Figure => register.figures.get(index).map(|f| f.statement.as_str()),
        RecordKind::Concern => register.concerns.get(index).map(|c| c.statement.as_str()),
        RecordKind::Body => register
            .bodies
            .get(index)
            .and_then(|b| b.mandate.as_deref()),
        _ => None,
    };
    let linked_from = RecordKind::ALL
        .iter()
        .map(|&kind| (kind, register.linked_from_kind(record_ref, kind)))
        .filter(|(_, from)| !from.is_empty())
        .collect();
    Some(RecordDetail {
        kind: record_ref.kind,
        title: record.title(),
        id: record.id(),
        statement,
        fields: detail_fields(register, record),
        citations: record.citations(),
        linked_from,
    })
}

/// The fields that have a value, in the order of the file.
fn detail_fields<'r>(register: &'r Register, record: &'r dyn AnyRecord) -> Vec<DetailField<'r>> {
    let mut facts: Vec<DetailField<'r>> = Vec::new();
    // The parts of a citation are shown with the citation.
    let mut citation_path: Option<Vec<PathStep>> = None;
    record.walk(&mut Vec::new(), &mut |path, visit| {
        let Some(&PathStep::Field(field)) = path.first() else {
            return;
        };
        if HEADER_FIELDS.contains(&field)
            || citation_path
                .as_ref()
                .is_some_and(|p| path.starts_with(p) && path.len() > p.len())
        {
            return;
        }
        let piece = match visit {
            VisitedValue::Text(text) => DetailValue::Text(text.to_owned()),
            VisitedValue::Term(term) => DetailValue::Text(term.label.to_owned()),
            VisitedValue::Date(date) => DetailValue::Text(date.to_long_form()),
            VisitedValue::Number(number) => DetailValue::Text(formatting::format_number(number)),
            VisitedValue::Link(link) => match register.find(link.id()) {
                Some(at) => DetailValue::Link(at, register.short_title_of(link.id())),
                None => DetailValue::BrokenLink(link.id()),
            },
            VisitedValue::Citation(citation) => {
                citation_path = Some(path.to_vec());
                DetailValue::Citation(citation)
            }
        };
        match facts.last_mut() {
            Some(fact) if fact.field == field => fact.values.push(piece),
            _ => {
                let help = record
                    .fields()
                    .iter()
                    .find(|f| f.name == field)
                    .map_or("", |f| f.doc);
                facts.push(DetailField {
                    field,
                    label: field_label(field),
                    help,
                    values: vec![piece],
                });
            }
        }
    });
    facts
}

/// A field's name as words: "legal_character" is "Legal character".
pub fn field_label(field: &str) -> String {
    let words = field.replace('_', " ");
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}
