//! Words that every description needs.

use crate::picture::{Extent, Mark};
use crate::share::many;
use linchpin_register::english::list_with_and;
use linchpin_register::{RecordKind, RecordRef};
use std::collections::BTreeSet;

pub use linchpin_register::tables::words::number;

/// The most names that one list has.
const MAX_NAMES: usize = 3;

/// The first names of many: "A, B, C and 4 more".
pub fn some_of<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let all: Vec<String> = names.map(str::to_owned).collect();
    let more = all.len().saturating_sub(MAX_NAMES);
    if more <= 1 {
        return list_with_and(&all);
    }
    let mut some = all[..MAX_NAMES].to_vec();
    some.push(format!("{more} more"));
    list_with_and(&some)
}

/// A printed number as it is said: "more than 1,000".
pub fn spoken(text: &str) -> String {
    for (sign, words) in [
        (">", "more than "),
        ("≥", "at least "),
        ("<", "less than "),
        ("≤", "at most "),
    ] {
        if let Some(rest) = text.strip_prefix(sign) {
            return format!("{words}{}", rest.trim_start());
        }
    }
    text.to_owned()
}

/// What the marks count and how many there are, each record once: "44 commitments". `None` where a
/// number of these is anything else than a number of records.
pub fn counted<'a>(marks: impl Iterator<Item = (&'a Mark, Extent)>) -> Option<String> {
    let mut records: BTreeSet<RecordRef> = BTreeSet::new();
    for (mark, extent) in marks {
        if extent != Extent::exactly(mark.records.len() as f64) {
            return None;
        }
        records.extend(&mark.records);
    }
    (!records.is_empty()).then(|| of_kind(&records))
}

/// "44 commitments", "12 records" where they are of several kinds.
pub fn of_kind(records: &BTreeSet<RecordRef>) -> String {
    let kinds: BTreeSet<RecordKind> = records.iter().map(|at| at.kind).collect();
    let mut kinds = kinds.into_iter();
    match (kinds.next(), kinds.next()) {
        (Some(RecordKind::Step), None) => many(records.len(), "ladder step", "ladder steps"),
        (Some(kind), None) => many(records.len(), kind.what(), kind.noun().many),
        _ => many(records.len(), "record", "records"),
    }
}

/// "23 %"; "under 1 %" rather than none.
pub fn percent(part: f64, whole: f64) -> Option<String> {
    let share = part / whole * 100.0;
    if !share.is_finite() {
        None
    } else if share > 0.0 && share < 1.0 {
        Some("under 1 %".into())
    } else {
        Some(format!("{} %", number(share.round())))
    }
}
