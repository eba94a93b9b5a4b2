//! One record in full, as plain values: what the details pane shows, in the order in which it shows it.

use super::words;
use crate::register::declare::{PathStep, Visit};
use crate::register::{Citation, Commitment, Figure, RecordKind, RecordRef, Register};

/// A record in full.
#[derive(Debug, Default)]
pub struct Detail<'r> {
    /// "Commitment", "Body"…
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

/// The record at `at` in full. `None` where there is no such record.
pub fn detail(register: &Register, at: RecordRef) -> Option<Detail<'_>> {
    let record = register.record(at)?;
    let mut facts: Vec<Fact<'_>> = Vec::new();
    let fields = record.fields();
    let mut add = |path: &[PathStep], piece: Piece<'_>| {
        let Some(PathStep::Field(name)) = path.first() else { return };
        if HEAD.contains(name) || *name == "status" {
            return;
        }
        let label = label(name);
        if facts.last().is_none_or(|f| f.label != label) {
            let help = fields.iter().find(|f| f.name == *name).map_or("", |f| f.doc);
            facts.push(Fact { label, help, pieces: Vec::new() });
        }
        if let Some(fact) = facts.last_mut() {
            // Lifetimes: every piece borrows from the register.
            fact.pieces.push(piece);
        }
    };
    let _ = &mut add;
    collect(register, at, &mut facts);
    let _ = fields;
    let statement = match at.kind {
        RecordKind::Commitment => register.commitments.get(at.index as usize).map(|c| c.statement.as_str()),
        RecordKind::Figure => register.figures.get(at.index as usize).map(|f| f.statement.as_str()),
        RecordKind::Concern => register.concerns.get(at.index as usize).map(|c| c.statement.as_str()),
        RecordKind::Body => register.bodies.get(at.index as usize).and_then(|b| b.mandate.as_deref()),
        _ => None,
    };
    let mut linked_from = Vec::new();
    for &kind in RecordKind::ALL {
        let from = register.linked_from_kind(at, kind);
        if !from.is_empty() {
            linked_from.push((kind, from));
        }
    }
    Some(Detail { what: at.kind.what(), title: record.title(), id: record.id(), statement, facts, citations: record.citations(), linked_from })
}
