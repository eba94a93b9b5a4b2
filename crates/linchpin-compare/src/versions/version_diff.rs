//! All that differs between two versions of a register.

use super::change_groups::sort_key;
use super::record_changes;
use super::snapshots::{VersionPair, snapshot, source_value_diff, unreadable_snapshot};
use super::version_change::{
    DiffField, RecordSnapshot, ValueDiff, VersionChange, VersionChangeKind, VersionDiff,
};
use linchpin_edit::diff::diff_with_renames;
use linchpin_edit::{DiffSubject, Difference, DifferenceKind as Differs, FieldChange};
use linchpin_register::{Commitment, LoadedRegister, RecordKind, RecordRef, Register};
use std::collections::{BTreeMap, HashSet};

/// What differs between two versions of a register in what it says, in words of the field: the most
/// important first, then in the order of the new version.
///
/// Texts that are broken are compared as far as they can be read.
pub fn diff_versions(old: &LoadedRegister, new: &LoadedRegister) -> VersionDiff {
    let (found, renamed_old) = diff_with_renames(old, new);
    // Records that only have another id are found by what they say; the old version is then read
    // with the new ids, so that every link to them is no change. The old ids are put back where a
    // record of the old version is shown.
    let versions = VersionPair {
        old: renamed_old.as_ref().unwrap_or(old),
        new,
        old_ids: found.iter().filter_map(old_id_of).collect(),
    };
    let mut entries = Vec::new();
    let mut order: BTreeMap<RecordKind, usize> = BTreeMap::new();
    let mut layout = 0;
    for difference in &found {
        match (&difference.kind, &difference.subject) {
            (Differs::Layout, _) => layout += 1,
            (Differs::Moved, DiffSubject::Record { kind, .. }) => {
                *order.entry(*kind).or_default() += 1
            }
            _ => entries.extend(interpret_difference(&versions, difference)),
        }
    }
    // After all differences are known: a part whose own step has changed has been told already.
    entries.extend(inherited_step_changes(&versions, &found));
    let many = |what, kind, count| VersionChange {
        kind: what,
        record_kind: kind,
        old: None,
        new: None,
        value_diffs: Vec::new(),
        reason: None,
        count,
    };
    entries.extend(
        order
            .into_iter()
            .map(|(kind, count)| many(VersionChangeKind::Reordered, Some(kind), count)),
    );
    if layout > 0 {
        entries.push(many(VersionChangeKind::Formatting, None, layout));
    }
    // Stable: changes of one sort stay in the order of the new version.
    entries.sort_by_key(|entry| sort_key(entry.kind, entry.record_kind));
    VersionDiff { changes: entries }
}

/// The id of a record that has another one now, and the one that it had.
fn old_id_of(difference: &Difference) -> Option<(&str, &str)> {
    match (&difference.kind, &difference.subject) {
        (Differs::Renamed { from }, DiffSubject::Record { id, .. }) => Some((id, from)),
        _ => None,
    }
}

/// What one difference means.
fn interpret_difference(versions: &VersionPair<'_>, difference: &Difference) -> Vec<VersionChange> {
    let entry = |what, kind, old, new, pairs| VersionChange {
        kind: what,
        record_kind: kind,
        old,
        new,
        value_diffs: pairs,
        reason: None,
        count: 1,
    };
    let (kind, id, title) = match &difference.subject {
        DiffSubject::Record { kind, id, title } => (*kind, id, title),
        DiffSubject::Register => {
            let Differs::Changed(fields) = &difference.kind else {
                return Vec::new();
            };
            let pairs = source_value_diffs(fields);
            return vec![entry(VersionChangeKind::Changed, None, None, None, pairs)];
        }
    };
    let before = find(&versions.old.register, kind, id);
    // Of two records with one id, only the first can be read.
    let is_here = |at: &RecordRef| difference.span == Some(versions.new.record_span(*at));
    let after = find(&versions.new.register, kind, id).filter(is_here);
    let new_snapshot =
        |at: Option<RecordRef>| at.and_then(|at| snapshot(&versions.new.register, at));
    let new_snapshot = |at| new_snapshot(at).unwrap_or_else(|| unreadable_snapshot(id, title));
    let old_snapshot = |at: Option<RecordRef>| at.and_then(|at| versions.old_snapshot(at));
    let old_snapshot = |at| old_snapshot(at).unwrap_or_else(|| unreadable_snapshot(id, title));
    let kind = Some(kind);
    match &difference.kind {
        Differs::Added { .. } => {
            let new = new_snapshot(after);
            vec![entry(
                VersionChangeKind::Added,
                kind,
                None,
                Some(new),
                Vec::new(),
            )]
        }
        Differs::Removed { .. } => {
            let old = old_snapshot(before);
            vec![entry(
                VersionChangeKind::Removed,
                kind,
                Some(old),
                None,
                Vec::new(),
            )]
        }
        Differs::Renamed { from } => {
            let new = new_snapshot(after);
            let old = RecordSnapshot {
                id: from.clone(),
                ..old_snapshot(before)
            };
            let pair = ValueDiff {
                field: DiffField::Id,
                old: Some(from.clone()),
                new: Some(id.clone()),
            };
            vec![entry(
                VersionChangeKind::Renamed,
                kind,
                Some(old),
                Some(new),
                vec![pair],
            )]
        }
        Differs::Changed(fields) => match (before, after) {
            (Some(old), Some(new)) => record_changes::record_changes(versions, old, new, fields),
            _ => {
                let (old, new) = (
                    unreadable_snapshot(id, title),
                    unreadable_snapshot(id, title),
                );
                let pairs = source_value_diffs(fields);
                vec![entry(
                    VersionChangeKind::Changed,
                    kind,
                    Some(old),
                    Some(new),
                    pairs,
                )]
            }
        },
        Differs::Moved | Differs::Layout => Vec::new(),
    }
}

fn source_value_diffs(fields: &[FieldChange]) -> Vec<ValueDiff> {
    let mut pairs: Vec<ValueDiff> = fields.iter().map(source_value_diff).collect();
    pairs.sort_by_cached_key(|pair| pair.field.to_string());
    pairs
}

fn find(register: &Register, kind: RecordKind, id: &str) -> Option<RecordRef> {
    register.find(id).filter(|at| at.kind == kind)
}

/// Parts of commitments that stand on another step because what they are a part of does.
fn inherited_step_changes(versions: &VersionPair<'_>, found: &[Difference]) -> Vec<VersionChange> {
    let decides = |difference: &&Difference| match &difference.kind {
        Differs::Changed(fields) => fields
            .iter()
            .any(|f| f.name == "strength" || f.name == "parent"),
        Differs::Added { .. } | Differs::Removed { .. } => true,
        _ => false,
    };
    let of_commitment = |difference: &&Difference| {
        matches!(
            difference.subject,
            DiffSubject::Record {
                kind: RecordKind::Commitment,
                ..
            }
        )
    };
    let mut deciding = found
        .iter()
        .filter(of_commitment)
        .filter(decides)
        .peekable();
    // Only such a difference can move a part: without one, no commitment has to be looked at.
    if deciding.peek().is_none() {
        return Vec::new();
    }
    let changed = found.iter().filter(of_commitment);
    let reported: HashSet<&str> = changed
        .filter(decides)
        .filter_map(|difference| match &difference.subject {
            DiffSubject::Record { id, .. } => Some(id.as_str()),
            DiffSubject::Register => None,
        })
        .collect();
    let (before, after) = (&versions.old.register, &versions.new.register);
    // A part without a step of its own stands on that of its whole. Nothing in its own text changes
    // when the whole moves, so no difference speaks of it.
    let inherits_step = |c: &&Commitment| c.strength.is_none() && c.parent.is_some();
    let mut out = Vec::new();
    for new in after.commitments.iter().filter(inherits_step) {
        let Some(old) = before.get::<Commitment>(new.id.as_str()) else {
            continue;
        };
        if reported.contains(new.id.as_str()) || !inherits_step(&old) {
            continue;
        }
        let Some((what, pairs)) = record_changes::step_change(versions, old, new) else {
            continue;
        };
        let at = |register: &Register| find(register, RecordKind::Commitment, new.id.as_str());
        let parent = new.parent.as_ref().map_or("", |p| p.as_str());
        let parent = after.short_title_of(parent);
        out.push(VersionChange {
            kind: what,
            record_kind: Some(RecordKind::Commitment),
            old: at(before).and_then(|at| versions.old_snapshot(at)),
            new: at(after).and_then(|at| snapshot(after, at)),
            value_diffs: pairs,
            reason: Some(format!("as a part of “{parent}”")),
            count: 1,
        });
    }
    out
}
