//! Records that have another id and are otherwise the same.

use super::listed::{Listed, named, shared_ends};
use super::same::meaning;
use super::{Edit, plan};
use linchpin_register::record_spans::{RecordSpan, lists, record_spans};
use linchpin_register::{LoadedRegister, RecordKind, load};
use ron_lossless::RonValue;
use std::collections::{HashMap, HashSet};

/// More ids than these are not followed to their links.
const MAX_RENAMES: usize = 50;

/// A record whose id changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Renamed {
    pub kind: RecordKind,
    pub from: String,
    pub to: String,
}

/// The records of `old` that stand in `new` under another id and say the same, where no other
/// record says that.
pub(super) fn renames(old: &LoadedRegister, new: &LoadedRegister) -> Vec<Renamed> {
    let all = RecordKind::ALL.iter();
    let found: Vec<Renamed> = all.flat_map(|kind| of_kind(old, new, *kind)).collect();
    // Each takes a walk through the whole text.
    if found.len() > MAX_RENAMES {
        return Vec::new();
    }
    found
}

fn of_kind(old: &LoadedRegister, new: &LoadedRegister, kind: RecordKind) -> Vec<Renamed> {
    let source = |loaded: &LoadedRegister| -> Vec<String> {
        let spans = lists(loaded, kind).map(|list| loaded.tree.span(list));
        spans.map(|span| span.of(&loaded.text).to_owned()).collect()
    };
    if source(old) == source(new) {
        return Vec::new();
    }
    let (before, after) = (record_spans(old, kind), record_spans(new, kind));
    let (start, end) = shared_ends((old, &before), (new, &after));
    let middle = |loaded: &LoadedRegister, all: &[RecordSpan]| {
        let middle = all.get(start..all.len() - end).unwrap_or(&[]);
        named(loaded, middle.iter().map(|place| place.node))
    };
    let (before, after) = (middle(old, &before), middle(new, &after));
    let only =
        |those: &[Listed], others: &[Listed], loaded: &LoadedRegister| -> Vec<(String, String)> {
            let ids: HashSet<&str> = others.iter().map(|record| record.key.0.as_str()).collect();
            let alone =
                |record: &&Listed| !record.key.0.is_empty() && !ids.contains(&*record.key.0);
            let alone = those.iter().filter(alone);
            alone
                .map(|record| (body(loaded, record, kind), record.key.0.clone()))
                .collect()
        };
    let gone = only(&before, &after, old);
    if gone.is_empty() {
        return Vec::new();
    }
    let come = only(&after, &before, new);
    let (of_gone, of_come) = (by_body(&gone), by_body(&come));
    let pair = |(body, from): &(String, String)| {
        let to = of_come.get(body.as_str())?;
        let both = of_gone.get(body.as_str())?.is_some();
        let to = to.filter(|_| both)?.to_owned();
        let from = from.clone();
        Some(Renamed { kind, from, to })
    };
    gone.iter().filter_map(pair).collect()
}

/// The id of the one record that says this; `None` where several do.
fn by_body(records: &[(String, String)]) -> HashMap<&str, Option<&str>> {
    let mut found: HashMap<&str, Option<&str>> = HashMap::new();
    for (body, id) in records {
        let one = found.entry(body).or_insert(Some(id));
        if *one != Some(id) {
            *one = None;
        }
    }
    found
}

/// What a record says but for its id.
fn body(loaded: &LoadedRegister, record: &Listed, kind: RecordKind) -> String {
    match meaning(&loaded.text, &loaded.tree, record.node) {
        RonValue::Record(mut fields) => {
            fields.retain(|(name, _)| name != "id");
            // A link of a record to itself goes with its id.
            let itself = RonValue::text(record.key.0.as_str()).line();
            let own = |spec: &linchpin_register::declare::FieldSpec| matches!(spec.field_type, linchpin_register::FieldType::Link(to) if to == kind);
            for (name, value) in &mut fields {
                let links = kind
                    .fields()
                    .iter()
                    .any(|spec| spec.name == name && own(spec));
                if links && value.line() == itself {
                    *value = RonValue::bare("itself");
                }
            }
            RonValue::Record(fields).line()
        }
        other => other.line(),
    }
}

/// The text with these records renamed, and the links to them; `None` where there is nothing to
/// rename.
pub(super) fn after_renames(
    loaded: &LoadedRegister,
    renames: &[Renamed],
) -> Option<LoadedRegister> {
    let edit = |renamed: &Renamed| {
        let at = loaded.register.find(&renamed.from)?;
        let edit = Edit::Rename {
            id: renamed.from.clone(),
            new_id: renamed.to.clone(),
        };
        let can_be = at.kind == renamed.kind && plan(loaded, &edit).is_ok();
        can_be.then_some(edit)
    };
    let edits: Vec<Edit> = renames.iter().filter_map(edit).collect();
    if edits.is_empty() {
        return None;
    }
    let words = String::new();
    let change = plan(loaded, &Edit::Many { words, edits }).ok()?;
    Some(load(change.apply_edits(&loaded.text)?, Vec::new()))
}
