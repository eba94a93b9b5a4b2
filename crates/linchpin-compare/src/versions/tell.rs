//! What the differing fields of one record mean.

use super::entry::{Entry, Pair, What};
use super::grade::{grade, moved};
use super::history::assessments;
use super::lists::{citations, comparisons};
use super::sides::{Both, pair, side};
use linchpin_edit::FieldChange;
use linchpin_register::{Commitment, RecordKind, RecordRef};

/// The changes of a record that both versions have.
pub(super) fn record(
    both: &Both<'_>,
    old: RecordRef,
    new: RecordRef,
    fields: &[FieldChange],
) -> Vec<Entry> {
    let kind = new.kind;
    let mut found: Vec<(What, Vec<Pair>)> = Vec::new();
    let commitments = commitments(both, old, new);
    let step = commitments.and_then(|(a, b)| step(both, a, b));
    let has_step = step.is_some();
    found.extend(step);
    for spec in kind.fields() {
        let Some(change) = fields.iter().find(|change| change.name == spec.name) else {
            continue;
        };
        let (what, pairs) = match (spec.name, commitments) {
            // The step says it.
            ("strength" | "verb", _) if has_step => continue,
            ("status", Some((a, b))) => assessments(
                (&both.old.register, &a.status),
                (&both.new.register, &b.status),
            ),
            ("continuity", Some((a, b))) => {
                let pairs = comparisons(
                    (&both.old.register, &a.continuity),
                    (&both.new.register, &b.continuity),
                );
                (What::Continuity, pairs)
            }
            ("citations", _) => (What::Cited, cited(both, old, new)),
            (name, _) => (aspect(kind, name), vec![pair(both, old, new, change)]),
        };
        match found.iter_mut().find(|(other, _)| *other == what) {
            Some((_, all)) => all.extend(pairs),
            None => found.push((what, pairs)),
        }
    }
    // A field that no version of the program knows of.
    let known = |change: &&FieldChange| kind.fields().iter().any(|spec| spec.name == change.name);
    let odd = fields.iter().filter(|change| !known(change));
    let odd: Vec<Pair> = odd.map(super::sides::as_it_stands).collect();
    if !odd.is_empty() {
        found.push((What::Changed, odd));
    }
    let entry = |(what, pairs)| Entry {
        what,
        kind: Some(kind),
        old: both.old_side(old),
        new: side(&both.new.register, new),
        pairs,
        because: None,
        count: 1,
    };
    found.into_iter().map(entry).collect()
}

fn commitments<'a>(
    both: &Both<'a>,
    old: RecordRef,
    new: RecordRef,
) -> Option<(&'a Commitment, &'a Commitment)> {
    if new.kind != RecordKind::Commitment {
        return None;
    }
    let a = both.old.register.commitments.get(old.index as usize)?;
    Some((a, both.new.register.commitments.get(new.index as usize)?))
}

/// The step of a commitment before and after, where it is another one.
pub(super) fn step(both: &Both<'_>, a: &Commitment, b: &Commitment) -> Option<(What, Vec<Pair>)> {
    let (before, after) = (&both.old.register, &both.new.register);
    let what = moved(a.effective_step(before), b.effective_step(after))?;
    let pair = Pair {
        label: "step".into(),
        old: Some(grade(before, a)),
        new: Some(grade(after, b)),
    };
    Some((what, vec![pair]))
}

fn cited(both: &Both<'_>, old: RecordRef, new: RecordRef) -> Vec<Pair> {
    let (before, after) = (&both.old.register, &both.new.register);
    match (before.record(old), after.record(new)) {
        (Some(a), Some(b)) => citations((before, a.citations()), (after, b.citations())),
        _ => Vec::new(),
    }
}

/// What it means that a field says something else.
fn aspect(kind: RecordKind, field: &str) -> What {
    use RecordKind::{Commitment, Concern, Figure};
    match (kind, field) {
        (_, "note" | "strength_note") => What::Remarks,
        (Commitment, "title" | "statement" | "verb" | "hedges")
        | (Figure, "title" | "statement" | "qualifier")
        | (Concern, "title" | "statement" | "hedge") => What::Reworded,
        (Commitment, "committers" | "recipients") => What::Parties,
        (Commitment, "priority" | "themes" | "obligations") => What::Subject,
        _ => What::Changed,
    }
}
