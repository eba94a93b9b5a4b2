//! Records that have another id and are otherwise the same.

use super::canonical::canonical_value;
use super::record_nodes::{KeyedNode, common_ends, keyed_by_id};
use super::{Edit, plan_edit};
use linchpin_register::record_spans::{RecordSpan, record_lists, record_spans};
use linchpin_register::{LoadedRegister, RecordKind, load};
use ron_lossless::RonValue;
use std::collections::{HashMap, HashSet};

/// More ids than these are not followed to their links.
const MAX_RENAMES: usize = 50;

/// A record whose id changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RecordRename {
    pub kind: RecordKind,
    pub from: String,
    pub to: String,
}

/// The records of `old` that stand in `new` under another id and say the same, where no other
/// record says that.
pub(super) fn detect_renames(old: &LoadedRegister, new: &LoadedRegister) -> Vec<RecordRename> {
    let all = RecordKind::ALL.iter();
    let found: Vec<RecordRename> = all
        .flat_map(|kind| detect_renames_of_kind(old, new, *kind))
        .collect();
    // Each takes a walk through the whole text.
    if found.len() > MAX_RENAMES {
        return Vec::new();
    }
    found
}

fn detect_renames_of_kind(
    old: &LoadedRegister,
    new: &LoadedRegister,
    kind: RecordKind,
) -> Vec<RecordRename> {
    let source = |loaded: &LoadedRegister| -> Vec<String> {
        let spans = record_lists(loaded, kind).map(|list| loaded.tree.span(list));
        spans.map(|span| span.of(&loaded.text).to_owned()).collect()
    };
    if source(old) == source(new) {
        return Vec::new();
    }
    let (before, after) = (record_spans(old, kind), record_spans(new, kind));
    let (start, end) = common_ends((old, &before), (new, &after));
    let middle = |loaded: &LoadedRegister, all: &[RecordSpan]| {
        let middle = all.get(start..all.len() - end).unwrap_or(&[]);
        keyed_by_id(loaded, middle.iter().map(|place| place.node))
    };
    let (before, after) = (middle(old, &before), middle(new, &after));
    let only = |those: &[KeyedNode],
                others: &[KeyedNode],
                loaded: &LoadedRegister|
     -> Vec<(String, String)> {
        let ids: HashSet<&str> = others.iter().map(|record| record.key.0.as_str()).collect();
        let alone = |record: &&KeyedNode| !record.key.0.is_empty() && !ids.contains(&*record.key.0);
        let alone = those.iter().filter(alone);
        alone
            .map(|record| {
                (
                    content_without_id(loaded, record, kind),
                    record.key.0.clone(),
                )
            })
            .collect()
    };
    let removed = only(&before, &after, old);
    if removed.is_empty() {
        return Vec::new();
    }
    let added = only(&after, &before, new);
    let (removed_by_content, added_by_content) = (ids_by_content(&removed), ids_by_content(&added));
    let pair = |(body, from): &(String, String)| {
        let to = added_by_content.get(body.as_str())?;
        let both = removed_by_content.get(body.as_str())?.is_some();
        let to = to.filter(|_| both)?.to_owned();
        let from = from.clone();
        Some(RecordRename { kind, from, to })
    };
    removed.iter().filter_map(pair).collect()
}

/// The id of the one record that says this; `None` where several do.
fn ids_by_content(records: &[(String, String)]) -> HashMap<&str, Option<&str>> {
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
fn content_without_id(loaded: &LoadedRegister, record: &KeyedNode, kind: RecordKind) -> String {
    match canonical_value(&loaded.text, &loaded.tree, record.node) {
        RonValue::Record(mut fields) => {
            fields.retain(|(name, _)| name != "id");
            // A link of a record to itself goes with its id.
            let self_link = RonValue::text(record.key.0.as_str()).line();
            let own = |spec: &linchpin_register::schema::FieldSpec| matches!(spec.field_type, linchpin_register::FieldType::Link(to) if to == kind);
            for (name, value) in &mut fields {
                let links = kind
                    .fields()
                    .iter()
                    .any(|spec| spec.name == name && own(spec));
                if links && value.line() == self_link {
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
pub(super) fn apply_renames(
    loaded: &LoadedRegister,
    renames: &[RecordRename],
) -> Option<LoadedRegister> {
    let edit = |renamed: &RecordRename| {
        let at = loaded.register.find(&renamed.from)?;
        let edit = Edit::RenameRecord {
            id: renamed.from.clone(),
            new_id: renamed.to.clone(),
        };
        let can_be = at.kind == renamed.kind && plan_edit(loaded, &edit).is_ok();
        can_be.then_some(edit)
    };
    let edits: Vec<Edit> = renames.iter().filter_map(edit).collect();
    if edits.is_empty() {
        return None;
    }
    let words = String::new();
    let change = plan_edit(
        loaded,
        &Edit::Batch {
            label: words,
            edits,
        },
    )
    .ok()?;
    Some(load(change.apply_edits(&loaded.text)?, Vec::new()))
}
