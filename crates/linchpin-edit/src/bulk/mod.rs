//! One thing done to many records, as one step: what it would do to each, before it is done.

mod new_diagnostics;
mod removal;

use super::messages::bulk_label;
use super::{Edit, EditRefusal, EditTarget, plan_edit, record_edits, value_at};
use linchpin_register::schema::PathStep;
use linchpin_register::{LoadedRegister, RecordKind};
use ron_lossless::{Diagnostic, RonValue};
use std::collections::HashSet;
use std::sync::Arc;

pub use removal::{RemovalPlan, plan_removal};

/// Ids of records. Shared, since there may be a hundred thousand.
pub type RecordIds = Arc<HashSet<Box<str>>>;

/// What is done to each record.
#[derive(Clone, Debug, PartialEq)]
pub enum BulkOperation {
    /// Gives the value at a path anew, or takes it out.
    SetValue {
        path: Vec<PathStep>,
        value: Option<RonValue>,
    },
    /// Adds an item to the list at a path, whatever is in it already.
    AppendItem { path: Vec<PathStep>, item: RonValue },
    /// Adds an item to the list at a path, where it is not in it already.
    IncludeItem { path: Vec<PathStep>, item: RonValue },
    /// Takes an item out of the list at a path, where it is in it.
    ExcludeItem { path: Vec<PathStep>, item: RonValue },
}

/// A record that stays as it is, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SkippedRecord {
    pub id: String,
    /// The record's name on screen.
    pub title: String,
    pub reason: SkipReason,
}

/// Why a record stays as it is. As text it is a sentence without a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SkipReason {
    /// The edit cannot be made.
    Refused(EditRefusal),
    /// The checks would find this error in the record.
    Invalid(Diagnostic),
    /// The checks would find this error in another record.
    BreaksOther {
        /// That record; empty outside of records.
        id: String,
        diagnostic: Diagnostic,
    },
}

/// What a task would do to many records.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BulkPlan {
    /// Does it to every record that it can be done to; `None` where there is none.
    pub edit: Option<Edit>,
    /// How many records change.
    pub changed: usize,
    /// How many are so already.
    pub unchanged: usize,
    pub skipped: Vec<SkippedRecord>,
    /// How many records the checks would have something new to say of, short of an error, and what
    /// they say first.
    pub warning_count: usize,
    pub first_warning: Option<String>,
}

/// What a task would do to the records of a type with these ids. Looks at the text as it would be,
/// so that no record is made wrong.
pub fn plan_bulk_edit(
    loaded: &LoadedRegister,
    kind: RecordKind,
    ids: &HashSet<Box<str>>,
    operation: &BulkOperation,
) -> BulkPlan {
    let mut out = BulkPlan::default();
    let mut edits: Vec<(String, Edit)> = Vec::new();
    for id in existing_ids(loaded, kind, ids) {
        match record_edit(loaded, &id, operation) {
            None => out.unchanged += 1,
            Some(edit) => match plan_edit(loaded, &edit) {
                Ok(_) => edits.push((id, edit)),
                Err(why) => {
                    let reason = SkipReason::Refused(why);
                    out.skipped.push(skipped_record(loaded, &id, reason));
                }
            },
        }
    }
    new_diagnostics::retain_valid(loaded, &mut edits, &mut out);
    out.changed = edits.len();
    let label = bulk_label(kind, operation, edits.len());
    let edits: Vec<Edit> = edits.into_iter().map(|(_, edit)| edit).collect();
    out.edit = (!edits.is_empty()).then_some(Edit::Batch { label, edits });
    out
}

/// The ids of those records that there are, in the order of the file.
fn existing_ids(loaded: &LoadedRegister, kind: RecordKind, ids: &HashSet<Box<str>>) -> Vec<String> {
    let register = &loaded.register;
    let found = ids.iter().filter_map(|id| Some((register.find(id)?, id)));
    let mut found: Vec<_> = found.filter(|(at, _)| at.kind == kind).collect();
    found.sort_by_key(|(at, _)| at.index);
    found.into_iter().map(|(_, id)| id.to_string()).collect()
}

fn skipped_record(loaded: &LoadedRegister, id: &str, reason: SkipReason) -> SkippedRecord {
    SkippedRecord {
        id: id.to_owned(),
        title: record_edits::record_title(loaded, id),
        reason,
    }
}

/// The edit of one record; `None` where it is so already.
fn record_edit(loaded: &LoadedRegister, id: &str, operation: &BulkOperation) -> Option<Edit> {
    let target = EditTarget::Record(id.to_owned());
    let items = |path: &[PathStep]| match value_at(loaded, &target, path) {
        Some(RonValue::List(items)) => items,
        _ => Vec::new(),
    };
    match operation {
        BulkOperation::SetValue { path, value } => (value_at(loaded, &target, path) != *value)
            .then(|| Edit::set(target.clone(), path.clone(), value.clone())),
        BulkOperation::IncludeItem { path, item } if items(path).contains(item) => None,
        BulkOperation::AppendItem { path, item } | BulkOperation::IncludeItem { path, item } => {
            Some(Edit::append(target, path.clone(), item.clone()))
        }
        BulkOperation::ExcludeItem { path, item } => {
            let before = items(path);
            let mut rest = before.clone();
            rest.retain(|other| other != item);
            // A list that would be empty goes as a whole.
            (rest.len() < before.len()).then(|| {
                Edit::set(
                    target.clone(),
                    path.clone(),
                    (!rest.is_empty()).then_some(RonValue::List(rest)),
                )
            })
        }
    }
}

#[cfg(test)]
mod tests;
