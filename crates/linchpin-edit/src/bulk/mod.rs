//! One thing done to many records, as one step: what it would do to each, before it is done.

mod new_diagnostics;
mod removal;

use super::{Edit, EditTarget, plan_edit, record_edits, value_at};
use linchpin_register::schema::PathStep;
use linchpin_register::{LoadedRegister, RecordKind};
use ron_lossless::RonValue;
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
    /// A sentence without a period.
    pub reason: String,
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
                Err(why) => out
                    .skipped
                    .push(skipped_record(loaded, &id, why.to_string())),
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

fn skipped_record(loaded: &LoadedRegister, id: &str, reason: String) -> SkippedRecord {
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

/// "Set the mode of 9 commitments", for the list of steps.
fn bulk_label(kind: RecordKind, operation: &BulkOperation, count: usize) -> String {
    let field = |path: &[PathStep]| {
        let name = path.iter().find_map(|step| match step {
            PathStep::Field(name) => Some(name.replace('_', " ")),
            PathStep::Index(_) => None,
        });
        name.unwrap_or_else(|| "fields".into())
    };
    let all = kind.noun().count(count);
    match operation {
        BulkOperation::SetValue { path, value: None } => {
            format!("Take out the {} of {all}", field(path))
        }
        BulkOperation::SetValue { path, .. } => format!("Set the {} of {all}", field(path)),
        BulkOperation::AppendItem { path, .. } if *path == [PathStep::Field("status")] => {
            format!("Assess {all}")
        }
        BulkOperation::AppendItem { path, .. } | BulkOperation::IncludeItem { path, .. } => {
            format!("Add to the {} of {all}", field(path))
        }
        BulkOperation::ExcludeItem { path, .. } => {
            format!("Take out of the {} of {all}", field(path))
        }
    }
}

#[cfg(test)]
mod tests;
