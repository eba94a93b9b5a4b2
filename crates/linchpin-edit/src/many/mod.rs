//! One thing done to many records, as one step: what it would do to each, before it is done.

mod removal;
mod soundness;

use super::{Edit, Target, plan, records, value_at};
use linchpin_register::declare::PathStep;
use linchpin_register::{LoadedRegister, RecordKind};
use ron_lossless::RonValue;
use std::collections::HashSet;
use std::sync::Arc;

pub use removal::{Removal, removal};

/// Ids of records. Shared, since there may be a hundred thousand.
pub type Ids = Arc<HashSet<Box<str>>>;

/// What is done to each record.
#[derive(Clone, Debug, PartialEq)]
pub enum Task {
    /// Gives the value at a path anew, or takes it out.
    Set {
        path: Vec<PathStep>,
        value: Option<RonValue>,
    },
    /// Adds an item to the list at a path, whatever is in it already.
    Append { path: Vec<PathStep>, item: RonValue },
    /// Adds an item to the list at a path, where it is not in it already.
    Include { path: Vec<PathStep>, item: RonValue },
    /// Takes an item out of the list at a path, where it is in it.
    Exclude { path: Vec<PathStep>, item: RonValue },
}

/// A record that stays as it is, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub id: String,
    /// The record's name on screen.
    pub title: String,
    /// A sentence without a period.
    pub why: String,
}

/// What a task would do to many records.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outlook {
    /// Does it to every record that it can be done to; `None` where there is none.
    pub edit: Option<Edit>,
    /// How many records change.
    pub changed: usize,
    /// How many are so already.
    pub same: usize,
    pub refused: Vec<Refusal>,
    /// How many records the checks would have something new to say of, short of an error, and what
    /// they say first.
    pub warned: usize,
    pub warning: Option<String>,
}

/// What a task would do to the records of a type with these ids. Looks at the text as it would be,
/// so that no record is made wrong.
pub fn outlook(
    loaded: &LoadedRegister,
    kind: RecordKind,
    ids: &HashSet<Box<str>>,
    task: &Task,
) -> Outlook {
    let mut out = Outlook::default();
    let mut edits: Vec<(String, Edit)> = Vec::new();
    for id in in_order(loaded, kind, ids) {
        match one(loaded, &id, task) {
            None => out.same += 1,
            Some(edit) => match plan(loaded, &edit) {
                Ok(_) => edits.push((id, edit)),
                Err(why) => out.refused.push(refusal(loaded, &id, why.to_string())),
            },
        }
    }
    soundness::keep_sound(loaded, &mut edits, &mut out);
    out.changed = edits.len();
    let words = words(kind, task, edits.len());
    let edits: Vec<Edit> = edits.into_iter().map(|(_, edit)| edit).collect();
    out.edit = (!edits.is_empty()).then_some(Edit::Many { words, edits });
    out
}

/// The ids of those records that there are, in the order of the file.
fn in_order(loaded: &LoadedRegister, kind: RecordKind, ids: &HashSet<Box<str>>) -> Vec<String> {
    let register = &loaded.register;
    let found = ids.iter().filter_map(|id| Some((register.find(id)?, id)));
    let mut found: Vec<_> = found.filter(|(at, _)| at.kind == kind).collect();
    found.sort_by_key(|(at, _)| at.index);
    found.into_iter().map(|(_, id)| id.to_string()).collect()
}

fn refusal(loaded: &LoadedRegister, id: &str, why: String) -> Refusal {
    Refusal {
        id: id.to_owned(),
        title: records::title(loaded, id),
        why,
    }
}

/// The edit of one record; `None` where it is so already.
fn one(loaded: &LoadedRegister, id: &str, task: &Task) -> Option<Edit> {
    let target = Target::Record(id.to_owned());
    let items = |path: &[PathStep]| match value_at(loaded, &target, path) {
        Some(RonValue::List(items)) => items,
        _ => Vec::new(),
    };
    match task {
        Task::Set { path, value } => (value_at(loaded, &target, path) != *value)
            .then(|| Edit::set(target.clone(), path.clone(), value.clone())),
        Task::Include { path, item } if items(path).contains(item) => None,
        Task::Append { path, item } | Task::Include { path, item } => {
            Some(Edit::append(target, path.clone(), item.clone()))
        }
        Task::Exclude { path, item } => {
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
fn words(kind: RecordKind, task: &Task, count: usize) -> String {
    let field = |path: &[PathStep]| {
        let name = path.iter().find_map(|step| match step {
            PathStep::Field(name) => Some(name.replace('_', " ")),
            PathStep::Index(_) => None,
        });
        name.unwrap_or_else(|| "fields".into())
    };
    let all = kind.noun().count(count);
    match task {
        Task::Set { path, value: None } => format!("Take out the {} of {all}", field(path)),
        Task::Set { path, .. } => format!("Set the {} of {all}", field(path)),
        Task::Append { path, .. } if *path == [PathStep::Field("status")] => {
            format!("Assess {all}")
        }
        Task::Append { path, .. } | Task::Include { path, .. } => {
            format!("Add to the {} of {all}", field(path))
        }
        Task::Exclude { path, .. } => format!("Take out of the {} of {all}", field(path)),
    }
}

#[cfg(test)]
mod tests;
