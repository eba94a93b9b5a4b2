//! What the differing fields of one record mean.

use super::assessment_changes::assessment_changes;
use super::list_changes::{citation_changes, continuity_changes};
use super::snapshots::{VersionPair, snapshot, value_diff};
use super::step_change::{step_change_kind, step_with_verb};
use super::version_change::{DiffField, ValueDiff, VersionChange, VersionChangeKind};
use linchpin_edit::FieldChange;
use linchpin_register::{Commitment, RecordKind, RecordRef};

/// The changes of a record that both versions have.
pub(super) fn record_changes(
    versions: &VersionPair<'_>,
    old: RecordRef,
    new: RecordRef,
    fields: &[FieldChange],
) -> Vec<VersionChange> {
    let kind = new.kind;
    let mut found: Vec<(VersionChangeKind, Vec<ValueDiff>)> = Vec::new();
    let commitments = commitments(versions, old, new);
    let step = commitments.and_then(|(a, b)| step_change(versions, a, b));
    let has_step = step.is_some();
    found.extend(step);
    for spec in kind.fields() {
        let Some(change) = fields.iter().find(|change| change.name == spec.name) else {
            continue;
        };
        // In the order of the declaration, so that both directions tell the same fields in the same
        // order; what means the same is told as one change.
        let (what, pairs) = match (spec.name, commitments) {
            // The step says it.
            ("strength" | "verb", _) if has_step => continue,
            ("status", Some((a, b))) => assessment_changes(
                (&versions.old.register, &a.status),
                (&versions.new.register, &b.status),
            ),
            ("continuity", Some((a, b))) => {
                let pairs = continuity_changes(
                    (&versions.old.register, &a.continuity),
                    (&versions.new.register, &b.continuity),
                );
                (VersionChangeKind::ContinuityChanged, pairs)
            }
            ("citations", _) => (
                VersionChangeKind::CitationChanged,
                citation_list_changes(versions, old, new),
            ),
            (name, _) => (
                change_kind_of_field(kind, name),
                vec![value_diff(versions, old, new, change)],
            ),
        };
        match found.iter_mut().find(|(other, _)| *other == what) {
            Some((_, all)) => all.extend(pairs),
            None => found.push((what, pairs)),
        }
    }
    // A field that no version of the program knows of.
    let known = |change: &&FieldChange| kind.fields().iter().any(|spec| spec.name == change.name);
    let unknown_fields = fields.iter().filter(|change| !known(change));
    let unknown_fields: Vec<ValueDiff> = unknown_fields
        .map(super::snapshots::source_value_diff)
        .collect();
    if !unknown_fields.is_empty() {
        found.push((VersionChangeKind::Changed, unknown_fields));
    }
    let entry = |(what, pairs)| VersionChange {
        kind: what,
        record_kind: Some(kind),
        old: versions.old_snapshot(old),
        new: snapshot(&versions.new.register, new),
        value_diffs: pairs,
        reason: None,
        count: 1,
    };
    found.into_iter().map(entry).collect()
}

fn commitments<'a>(
    versions: &VersionPair<'a>,
    old: RecordRef,
    new: RecordRef,
) -> Option<(&'a Commitment, &'a Commitment)> {
    if new.kind != RecordKind::Commitment {
        return None;
    }
    let a = versions.old.register.commitments.get(old.index as usize)?;
    Some((
        a,
        versions.new.register.commitments.get(new.index as usize)?,
    ))
}

/// The step of a commitment before and after, where it is another one.
pub(super) fn step_change(
    versions: &VersionPair<'_>,
    a: &Commitment,
    b: &Commitment,
) -> Option<(VersionChangeKind, Vec<ValueDiff>)> {
    let (before, after) = (&versions.old.register, &versions.new.register);
    let what = step_change_kind(a.effective_step(before), b.effective_step(after))?;
    let pair = ValueDiff {
        field: DiffField::Step,
        old: Some(step_with_verb(before, a)),
        new: Some(step_with_verb(after, b)),
    };
    Some((what, vec![pair]))
}

fn citation_list_changes(
    versions: &VersionPair<'_>,
    old: RecordRef,
    new: RecordRef,
) -> Vec<ValueDiff> {
    let (before, after) = (&versions.old.register, &versions.new.register);
    match (before.record(old), after.record(new)) {
        (Some(a), Some(b)) => citation_changes((before, a.citations()), (after, b.citations())),
        _ => Vec::new(),
    }
}

/// What it means that a field says something else.
fn change_kind_of_field(kind: RecordKind, field: &str) -> VersionChangeKind {
    use RecordKind::{Commitment, Concern, Figure};
    match (kind, field) {
        (_, "note" | "strength_note") => VersionChangeKind::NotesChanged,
        (Commitment, "title" | "statement" | "verb" | "hedges")
        | (Figure, "title" | "statement" | "qualifier")
        | (Concern, "title" | "statement" | "hedge") => VersionChangeKind::Reworded,
        (Commitment, "committers" | "recipients") => VersionChangeKind::PartiesChanged,
        (Commitment, "priority" | "themes" | "obligations") => VersionChangeKind::SubjectChanged,
        _ => VersionChangeKind::Changed,
    }
}
