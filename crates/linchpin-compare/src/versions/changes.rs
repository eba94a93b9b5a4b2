//! All that differs between two versions of a register.

use super::entry::{Changes, Entry, Pair, Side, What};
use super::groups::rank;
use super::sides::{Both, as_it_stands, side, unread};
use super::tell;
use linchpin_edit::compare::compare_carried;
use linchpin_edit::{Difference, FieldChange, Subject, What as Differs};
use linchpin_register::{Commitment, LoadedRegister, RecordKind, RecordRef, Register};
use std::collections::{BTreeMap, HashSet};

/// What differs between two versions of a register in what it says, in words of the field: the most
/// important first, then in the order of the new version.
///
/// Texts that are broken are compared as far as they can be read.
pub fn changes(old: &LoadedRegister, new: &LoadedRegister) -> Changes {
    let (found, carried) = compare_carried(old, new);
    let both = Both {
        old: carried.as_ref().unwrap_or(old),
        new,
        was: found.iter().filter_map(renamed).collect(),
    };
    let mut entries = Vec::new();
    let mut order: BTreeMap<RecordKind, usize> = BTreeMap::new();
    let mut layout = 0;
    for difference in &found {
        match (&difference.what, &difference.subject) {
            (Differs::Layout, _) => layout += 1,
            (Differs::Moved, Subject::Record { kind, .. }) => *order.entry(*kind).or_default() += 1,
            _ => entries.extend(told(&both, difference)),
        }
    }
    entries.extend(taken_from_parents(&both, &found));
    let many = |what, kind, count| Entry {
        what,
        kind,
        old: None,
        new: None,
        pairs: Vec::new(),
        because: None,
        count,
    };
    entries.extend(
        order
            .into_iter()
            .map(|(kind, count)| many(What::Order, Some(kind), count)),
    );
    if layout > 0 {
        entries.push(many(What::Layout, None, layout));
    }
    entries.sort_by_key(|entry| rank(entry.what, entry.kind));
    Changes { entries }
}

/// The id of a record that has another one now, and the one that it had.
fn renamed(difference: &Difference) -> Option<(&str, &str)> {
    match (&difference.what, &difference.subject) {
        (Differs::Renamed { from }, Subject::Record { id, .. }) => Some((id, from)),
        _ => None,
    }
}

/// What one difference means.
fn told(both: &Both<'_>, difference: &Difference) -> Vec<Entry> {
    let entry = |what, kind, old, new, pairs| Entry {
        what,
        kind,
        old,
        new,
        pairs,
        because: None,
        count: 1,
    };
    let (kind, id, title) = match &difference.subject {
        Subject::Record { kind, id, title } => (*kind, id, title),
        Subject::Register => {
            let Differs::Changed(fields) = &difference.what else {
                return Vec::new();
            };
            let pairs = by_name(fields);
            return vec![entry(What::Changed, None, None, None, pairs)];
        }
    };
    let before = find(&both.old.register, kind, id);
    // Of two records with one id, only the first can be read.
    let is_here = |at: &RecordRef| difference.place == Some(both.new.record_span(*at));
    let after = find(&both.new.register, kind, id).filter(is_here);
    let is_new = |at: Option<RecordRef>| at.and_then(|at| side(&both.new.register, at));
    let is_new = |at| is_new(at).unwrap_or_else(|| unread(id, title));
    let was = |at: Option<RecordRef>| at.and_then(|at| both.old_side(at));
    let was = |at| was(at).unwrap_or_else(|| unread(id, title));
    let kind = Some(kind);
    match &difference.what {
        Differs::Added { .. } => {
            let new = is_new(after);
            vec![entry(What::Added, kind, None, Some(new), Vec::new())]
        }
        Differs::Removed { .. } => {
            let old = was(before);
            vec![entry(What::Gone, kind, Some(old), None, Vec::new())]
        }
        Differs::Renamed { from } => {
            let new = is_new(after);
            let old = Side {
                id: from.clone(),
                ..was(before)
            };
            let pair = Pair {
                label: "id".into(),
                old: Some(from.clone()),
                new: Some(id.clone()),
            };
            vec![entry(What::Renamed, kind, Some(old), Some(new), vec![pair])]
        }
        Differs::Changed(fields) => match (before, after) {
            (Some(old), Some(new)) => tell::record(both, old, new, fields),
            _ => {
                let (old, new) = (unread(id, title), unread(id, title));
                let pairs = by_name(fields);
                vec![entry(What::Changed, kind, Some(old), Some(new), pairs)]
            }
        },
        Differs::Moved | Differs::Layout => Vec::new(),
    }
}

fn by_name(fields: &[FieldChange]) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = fields.iter().map(as_it_stands).collect();
    pairs.sort_by(|a, b| a.label.cmp(&b.label));
    pairs
}

fn find(register: &Register, kind: RecordKind, id: &str) -> Option<RecordRef> {
    register.find(id).filter(|at| at.kind == kind)
}

/// Parts of commitments that stand on another step because what they are a part of does.
fn taken_from_parents(both: &Both<'_>, found: &[Difference]) -> Vec<Entry> {
    let decides = |difference: &&Difference| match &difference.what {
        Differs::Changed(fields) => fields
            .iter()
            .any(|f| f.name == "strength" || f.name == "parent"),
        Differs::Added { .. } | Differs::Removed { .. } => true,
        _ => false,
    };
    let of_commitment = |difference: &&Difference| {
        matches!(
            difference.subject,
            Subject::Record {
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
    if deciding.peek().is_none() {
        return Vec::new();
    }
    let changed = found.iter().filter(of_commitment);
    let told: HashSet<&str> = changed
        .filter(decides)
        .filter_map(|difference| match &difference.subject {
            Subject::Record { id, .. } => Some(id.as_str()),
            Subject::Register => None,
        })
        .collect();
    let (before, after) = (&both.old.register, &both.new.register);
    let takes = |c: &&Commitment| c.strength.is_none() && c.parent.is_some();
    let mut out = Vec::new();
    for new in after.commitments.iter().filter(takes) {
        let Some(old) = before.get::<Commitment>(new.id.as_str()) else {
            continue;
        };
        if told.contains(new.id.as_str()) || !takes(&old) {
            continue;
        }
        let Some((what, pairs)) = tell::step(both, old, new) else {
            continue;
        };
        let at = |register: &Register| find(register, RecordKind::Commitment, new.id.as_str());
        let parent = new.parent.as_ref().map_or("", |p| p.as_str());
        let parent = after.short_title_of(parent);
        out.push(Entry {
            what,
            kind: Some(RecordKind::Commitment),
            old: at(before).and_then(|at| both.old_side(at)),
            new: at(after).and_then(|at| side(after, at)),
            pairs,
            because: Some(format!("as a part of “{parent}”")),
            count: 1,
        });
    }
    out
}
