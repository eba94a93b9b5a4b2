//! A record as one version has it, and its fields in words.

use super::entry::{Cited, Pair, Side};
use super::grade::grade;
use linchpin_edit::{FieldChange, Said};
use linchpin_register::declare::VisitedValue;
use linchpin_register::english::in_quotes;
use linchpin_register::tables::detail::field_label;
use linchpin_register::tables::words;
use linchpin_register::{
    AnyRecord, Chartable, Citation, Commitment, Figure, LoadedRegister, RecordKind, RecordRef,
    Register,
};
use std::collections::HashMap;

/// The two versions. Records that are the same have the same ids in both.
pub(super) struct Both<'a> {
    pub old: &'a LoadedRegister,
    pub new: &'a LoadedRegister,
    /// The ids that records had in the old version, by those that they have in both now.
    pub was: HashMap<&'a str, &'a str>,
}

impl Both<'_> {
    /// A record of the old version, with the ids that it and its documents had there.
    pub fn old_side(&self, at: RecordRef) -> Option<Side> {
        let mut side = side(&self.old.register, at)?;
        let was = |id: &mut String| {
            if let Some(was) = self.was.get(id.as_str()) {
                *id = (*was).to_owned();
            }
        };
        was(&mut side.id);
        side.cited
            .iter_mut()
            .for_each(|cited| was(&mut cited.document));
        Some(side)
    }
}

/// A record of one version.
pub(super) fn side(register: &Register, at: RecordRef) -> Option<Side> {
    let record = register.record(at)?;
    let citation = |citation: &Citation| cited(register, citation);
    Some(Side {
        at: Some(at),
        id: record.id().to_owned(),
        title: record.title().to_owned(),
        gist: gist(register, at).unwrap_or_default(),
        statement: statement(register, at),
        cited: record.citations().iter().map(citation).collect(),
    })
}

/// A record that could not be read.
pub(super) fn unread(id: &str, title: &str) -> Side {
    Side {
        at: None,
        id: id.to_owned(),
        title: title.to_owned(),
        gist: String::new(),
        statement: None,
        cited: Vec::new(),
    }
}

fn cited(register: &Register, citation: &Citation) -> Cited {
    Cited {
        document: citation.document.as_str().to_owned(),
        paragraph: citation.paragraph,
        phrase: citation.phrase.clone(),
        place: words::format_location(register, citation),
    }
}

fn gist(register: &Register, at: RecordRef) -> Option<String> {
    let index = at.index as usize;
    Some(match at.kind {
        RecordKind::Commitment => grade(register, register.commitments.get(index)?),
        RecordKind::Figure => words::format_amount_with_unit(register.figures.get(index)?),
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
pub(super) fn pair(both: &Both<'_>, old: RecordRef, new: RecordRef, change: &FieldChange) -> Pair {
    let ours = |loaded: &LoadedRegister, at: RecordRef| {
        let register = &loaded.register;
        field(register, at, &change.name, register.record(at)?)
    };
    let (before, after) = (ours(both.old, old), ours(both.new, new));
    match before != after {
        true => Pair {
            label: field_label(&change.name).to_lowercase(),
            old: before,
            new: after,
        },
        false => as_it_stands(change),
    }
}

/// One field as the file has it.
pub(super) fn as_it_stands(change: &FieldChange) -> Pair {
    let words = |said: &Option<Said>| said.as_ref().map(|said| said.words.clone());
    let source = |said: &Option<Said>| said.as_ref().map(|said| said.source.clone());
    let (mut old, mut new) = (words(&change.old), words(&change.new));
    if old == new {
        (old, new) = (source(&change.old), source(&change.new));
    }
    Pair {
        label: field_label(&change.name).to_lowercase(),
        old,
        new,
    }
}

/// What a field says, in words; `None` where it says nothing that has words.
fn field(register: &Register, at: RecordRef, name: &str, record: &dyn AnyRecord) -> Option<String> {
    let index = at.index as usize;
    match (at.kind, name) {
        (RecordKind::Figure, "amount") => return amount(register.figures.get(index)?),
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
            return hedges(register.commitments.get(index)?);
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
            VisitedValue::Date(date) => date.to_long_form(),
            VisitedValue::Number(number) => words::format_number(number),
            VisitedValue::Link(link) => register.short_title_of(link.id()).to_owned(),
            VisitedValue::Citation(citation) => {
                inside = Some(path.len());
                words::format_location(register, citation)
            }
        });
    });
    (!pieces.is_empty()).then(|| pieces.join(", "))
}

fn amount(figure: &Figure) -> Option<String> {
    Some(words::format_amount(figure))
}

fn hedges(commitment: &Commitment) -> Option<String> {
    let hedges: Vec<String> = commitment
        .hedges
        .iter()
        .map(|hedge| in_quotes(hedge))
        .collect();
    (!hedges.is_empty()).then(|| hedges.join(", "))
}
