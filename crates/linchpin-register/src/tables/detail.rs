//! One record in full, as plain values: what the details pane shows, in the order in which it shows
//! it.

use crate::declare::{PathStep, Visit};
use crate::tables::words;
use crate::{AnyRecord, Citation, RecordKind, RecordRef, Register};

/// A record in full.
#[derive(Debug)]
pub struct Detail<'r> {
    /// "commitment", "body"…
    pub what: &'static str,
    pub title: &'r str,
    pub id: &'r str,
    /// The sentence that says it.
    pub statement: Option<&'r str>,
    pub facts: Vec<Fact<'r>>,
    pub citations: &'r [Citation],
    /// The records that link here, by type.
    pub linked_from: Vec<(RecordKind, &'r [RecordRef])>,
}

/// One field with its values.
#[derive(Debug, PartialEq)]
pub struct Fact<'r> {
    /// The field's name in the file.
    pub field: &'static str,
    pub label: String,
    /// What the field means.
    pub help: &'static str,
    pub pieces: Vec<Piece<'r>>,
}

/// One value of a field.
#[derive(Debug, PartialEq)]
pub enum Piece<'r> {
    Text(String),
    Link(RecordRef, &'r str),
    /// A link that leads nowhere.
    Broken(&'r str),
    Cite(&'r Citation),
}

/// Fields that the head of the details shows in its own way.
const HEAD: &[&str] = &[
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
pub fn detail(register: &Register, at: RecordRef) -> Option<Detail<'_>> {
    let record = register.record(at)?;
    let index = at.index as usize;
    let statement = match at.kind {
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
        .map(|&kind| (kind, register.linked_from_kind(at, kind)))
        .filter(|(_, from)| !from.is_empty())
        .collect();
    Some(Detail {
        what: at.kind.what(),
        title: record.title(),
        id: record.id(),
        statement,
        facts: facts(register, record),
        citations: record.citations(),
        linked_from,
    })
}

/// The fields that have a value, in the order of the file.
fn facts<'r>(register: &'r Register, record: &'r dyn AnyRecord) -> Vec<Fact<'r>> {
    let mut facts: Vec<Fact<'r>> = Vec::new();
    // The parts of a citation are shown with the citation.
    let mut inside: Option<Vec<PathStep>> = None;
    record.walk(&mut Vec::new(), &mut |path, visit| {
        let Some(&PathStep::Field(field)) = path.first() else {
            return;
        };
        if HEAD.contains(&field)
            || inside
                .as_ref()
                .is_some_and(|p| path.starts_with(p) && path.len() > p.len())
        {
            return;
        }
        let piece = match visit {
            Visit::Text(text) => Piece::Text(text.to_owned()),
            Visit::Date(date) => Piece::Text(date.words()),
            Visit::Number(number) => Piece::Text(words::number(number)),
            Visit::Link(link) => match register.find(link.id()) {
                Some(at) => Piece::Link(at, register.short_of(link.id())),
                None => Piece::Broken(link.id()),
            },
            Visit::Citation(citation) => {
                inside = Some(path.to_vec());
                Piece::Cite(citation)
            }
        };
        match facts.last_mut() {
            Some(fact) if fact.field == field => fact.pieces.push(piece),
            _ => {
                let help = record
                    .fields()
                    .iter()
                    .find(|f| f.name == field)
                    .map_or("", |f| f.doc);
                facts.push(Fact {
                    field,
                    label: label(field),
                    help,
                    pieces: vec![piece],
                });
            }
        }
    });
    facts
}

/// A field's name as words: "legal_character" is "Legal character".
pub fn label(field: &str) -> String {
    let words = field.replace('_', " ");
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}
