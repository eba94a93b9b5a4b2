//! Words that every description needs.

use crate::captions::format_count;
use crate::picture::{ChartMark, Extent};
use linchpin_register::english::list_with_and;
use linchpin_register::{RecordKind, RecordRef};
use std::collections::BTreeSet;

pub use linchpin_register::tables::formatting::format_number;

/// The most names that one list has.
const MAX_NAMES: usize = 3;

/// The first names of many: "A, B, C and 4 more".
pub fn list_first_names<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let all: Vec<String> = names.map(str::to_owned).collect();
    let more = all.len().saturating_sub(MAX_NAMES);
    if more <= 1 {
        return list_with_and(&all);
    }
    let mut some = all[..MAX_NAMES].to_vec();
    some.push(format!("{more} more"));
    list_with_and(&some)
}

/// What the marks count and how many there are, each record once: "44 commitments". `None` where a
/// number of these is anything else than a number of records.
pub fn counted_records<'a>(marks: impl Iterator<Item = (&'a ChartMark, Extent)>) -> Option<String> {
    let mut records: BTreeSet<RecordRef> = BTreeSet::new();
    for (mark, extent) in marks {
        if extent != Extent::exact(mark.records.len() as f64) {
            return None;
        }
        records.extend(&mark.records);
    }
    (!records.is_empty()).then(|| count_by_kind(&records))
}

/// "44 commitments", "12 records" where they are of several kinds.
pub fn count_by_kind(records: &BTreeSet<RecordRef>) -> String {
    let kinds: BTreeSet<RecordKind> = records.iter().map(|at| at.kind).collect();
    let mut kinds = kinds.into_iter();
    match (kinds.next(), kinds.next()) {
        (Some(RecordKind::LadderStep), None) => {
            format_count(records.len(), "ladder step", "ladder steps")
        }
        (Some(kind), None) => format_count(records.len(), kind.what(), kind.noun().many),
        _ => format_count(records.len(), "record", "records"),
    }
}

/// "23 %"; "under 1 %" rather than none.
pub fn format_share(part: f64, whole: f64) -> Option<String> {
    let share = part / whole * 100.0;
    if !share.is_finite() {
        None
    } else if share > 0.0 && share < 1.0 {
        Some("under 1 %".into())
    } else {
        Some(format!("{} %", format_number(share.round())))
    }
}
