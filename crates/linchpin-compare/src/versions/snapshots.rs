//! A record as one version has it, and its fields in words.

use super::record_changes::step_with_verb;
use super::version_change::{CitationSnapshot, DiffField, RecordSnapshot, ValueDiff};
use linchpin_edit::{DisplayValue, FieldChange};
use linchpin_register::english::in_quotes;
use linchpin_register::schema::VisitedValue;
use linchpin_register::tables::formatting;
use linchpin_register::{
    AnyRecord, Chartable, Citation, Commitment, Figure, LoadedRegister, RecordKind, RecordRef,
    Register,
};
use std::collections::HashMap;

/// The two versions. Records that are the same have the same ids in both.
pub(super) struct VersionPair<'a> {
    pub old: &'a LoadedRegister,
    pub new: &'a LoadedRegister,
    /// The ids that records had in the old version, by those that they have in both now.
    pub old_ids: HashMap<&'a str, &'a str>,
}

impl VersionPair<'_> {
    /// A record of the old version, with the ids that it and its documents had there.
    pub fn old_snapshot(&self, at: RecordRef) -> Option<RecordSnapshot> {
        let mut side = snapshot(&self.old.register, at)?;
        let restore_id = |id: &mut String| {
            if let Some(restore_id) = self.old_ids.get(id.as_str()) {
                *id = (*restore_id).to_owned();
            }
        };
        restore_id(&mut side.id);
        side.cited
            .iter_mut()
            .for_each(|cited| restore_id(&mut cited.document));
        Some(side)
    }
}

/// A record of one version.
pub(super) fn snapshot(register: &Register, at: RecordRef) -> Option<RecordSnapshot> {
    let record = register.record(at)?;
    let citation = |citation: &Citation| citation_snapshot(register, citation);
    Some(RecordSnapshot {
        record: Some(at),
        id: record.id().to_owned(),
        title: record.title().to_owned(),
        summary: summary(register, at).unwrap_or_default(),
        statement: statement(register, at),
        cited: record.citations().iter().map(citation).collect(),
    })
}

/// A record that could not be read.
pub(super) fn unreadable_snapshot(id: &str, title: &str) -> RecordSnapshot {
    RecordSnapshot {
        record: None,
        id: id.to_owned(),
        title: title.to_owned(),
        summary: String::new(),
        statement: None,
        cited: Vec::new(),
    }
}

fn citation_snapshot(register: &Register, citation: &Citation) -> CitationSnapshot {
    CitationSnapshot {
        document: citation.document.as_str().to_owned(),
        paragraph: citation.paragraph,
        phrase: citation.phrase.clone(),
        location_text: formatting::format_location(register, citation),
    }
}

fn summary(register: &Register, at: RecordRef) -> Option<String> {
    let index = at.index as usize;
    Some(match at.kind {
        RecordKind::Commitment => step_with_verb(register, register.commitments.get(index)?),
        RecordKind::Figure => formatting::format_amount_with_unit(register.figures.get(index)?),
        RecordKind::Document => {
            let document = register.documents.get(index)?;
            let (kind, date) = (document.kind.label(), document.date.date.to_long_form());
            format!("{kind}, {date}")
        }
        RecordKind::Event => register.events.get(index)?.date.date.to_long_form(),
        RecordKind::Body => register.bodies.get(index)?.kind.label().into(),
        RecordKind::Instrument => register.instruments.get(index)?.kind.label().into(),
        RecordKind::Party => register.parties.get(index)?.kind.label().into(),
        RecordKind::Dismissal => register.dismissals.get(index)?.reason.label().into(),
        RecordKind::Cue => register.cues.get(index)?.kind.label().into(),
        _ => return None,
    })
}

fn statement(register: &Register, at: RecordRef) -> Option<String> {
    let index = at.index as usize;
    match at.kind {
        RecordKind::Commitment => Some(register.commitments.get(index)?.statement.clone()),
        RecordKind::Figure => Some(register.figures.get(index)?.statement.clone()),
        RecordKind::Concern => Some(register.concerns.get(index)?.statement.clone()),
        RecordKind::Body => register.bodies.get(index)?.mandate.clone(),
        _ => None,
    }
}

/// One field in both versions: in our words, else as the file has it where that does not tell them
/// apart.
pub(super) fn value_diff(
    versions: &VersionPair<'_>,
    old: RecordRef,
    new: RecordRef,
    change: &FieldChange,
) -> ValueDiff {
    let ours = |loaded: &LoadedRegister, at: RecordRef| {
        let register = &loaded.register;
        field_text(register, at, &change.name, register.record(at)?)
    };
    let (before, after) = (ours(versions.old, old), ours(versions.new, new));
    match before != after {
        true => ValueDiff {
            field: DiffField::Field(change.name.to_string()),
            old: before,
            new: after,
        },
        false => source_value_diff(change),
    }
}

/// One field as the file has it.
pub(super) fn source_value_diff(change: &FieldChange) -> ValueDiff {
    let words = |value: &Option<DisplayValue>| value.as_ref().map(|value| value.text.clone());
    let source = |value: &Option<DisplayValue>| value.as_ref().map(|value| value.source.clone());
    let (mut old, mut new) = (words(&change.old), words(&change.new));
    // The same words, written in another way: only the source tells them apart.
    if old == new {
        (old, new) = (source(&change.old), source(&change.new));
    }
    ValueDiff {
        field: DiffField::Field(change.name.to_string()),
        old,
        new,
    }
}

/// What a field says, in words; `None` where it says nothing that has words.
fn field_text(
    register: &Register,
    at: RecordRef,
    name: &str,
    record: &dyn AnyRecord,
) -> Option<String> {
    let index = at.index as usize;
    match (at.kind, name) {
        (RecordKind::Figure, "amount") => return amount_text(register.figures.get(index)?),
        (RecordKind::Figure, "chartable") => {
            return Some(match &register.figures.get(index)?.chartable {
                Chartable::Yes => "yes".into(),
                Chartable::No(why) => format!("no: {why}"),
            });
        }
        (RecordKind::Commitment, "verb") => {
            return Some(in_quotes(&register.commitments.get(index)?.verb));
        }
        (RecordKind::Commitment, "hedges") => {
            return hedges_text(register.commitments.get(index)?);
        }
        (RecordKind::Chart | RecordKind::Recipe, _) => return None,
        _ => {}
    }
    let mut pieces = Vec::new();
    // The parts of a citation go with the citation.
    let mut inside: Option<usize> = None;
    record.walk(&mut Vec::new(), &mut |path, visit| {
        if path.first().and_then(|step| step.name()) != Some(name) {
            return;
        }
        if inside.is_some_and(|depth| path.len() > depth) {
            return;
        }
        inside = None;
        pieces.push(match visit {
            VisitedValue::Text(text) => text.to_owned(),
            VisitedValue::Term(term) => term.label.to_owned(),
            VisitedValue::Date(date) => date.to_long_form(),
            VisitedValue::Number(number) => formatting::format_number(number),
            VisitedValue::Link(link) => register.short_title_of(link.id()).to_owned(),
            VisitedValue::Citation(citation) => {
                inside = Some(path.len());
                formatting::format_location(register, citation)
            }
        });
    });
    (!pieces.is_empty()).then(|| pieces.join(", "))
}

fn amount_text(figure: &Figure) -> Option<String> {
    Some(formatting::format_amount(figure))
}

fn hedges_text(commitment: &Commitment) -> Option<String> {
    let hedges: Vec<String> = commitment
        .hedges
        .iter()
        .map(|hedge| in_quotes(hedge))
        .collect();
    (!hedges.is_empty()).then(|| hedges.join(", "))
}
