//! What can be done to a register's text: edits of records, repairs, the standard format, comparison.
//! Pure: texts in, texts and splices out.
//!
//! ```text
//! Edit ─ plan ─► Change (words, splices) ─ apply ─► text ─ load ─► Loaded
//! ```
//! An edit names records by their ids and fields by their names, so that it means the same in a
//! text that has changed meanwhile.

pub mod at;
pub mod attach;
pub mod blank;
pub mod cited;
pub mod compare;
pub mod complete;
pub mod difference;
pub mod draft;
pub mod fault;
pub mod field_edit;
pub mod join;
pub mod layout;
pub mod links;
pub(crate) mod listed;
pub mod many;
pub mod merge;
mod phrase;
mod records;
mod renamed;
pub mod repair;
mod said;
mod same;
mod set;
mod site;
pub mod split;
mod together;

use linchpin_register::declare::PathStep;
use linchpin_register::{LoadedRegister, RecordKind};
use ron_lossless::{RonValue, SourceChange, TextEdit};
use std::fmt;

pub use compare::compare;
pub use difference::{Difference, FieldChange, Subject, What};
pub use field_edit::{FieldEdit, ValueChange};
pub use merge::{Clash, Conflict, Merge, Side, merge, settle};
pub use records::{Shift, add_all};
pub use said::Said;
pub use site::{Place, value_at};

/// What an edit is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// The register's own fields: title, summary, …
    Register,
    /// The record with this id.
    Record(String),
}

/// One edit.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Changes a value of a record or of the register: a field, an item of a list, a part of either.
    /// What leads there is added where it is missing.
    Field { target: Target, edit: FieldEdit },
    /// Adds a record, behind the one with the id `after`, else at the end of its list.
    Add {
        kind: RecordKind,
        fields: Vec<(String, RonValue)>,
        after: Option<String>,
    },
    /// Adds a copy of a record behind it, with an id of its own.
    Duplicate { id: String, new_id: String },
    /// Takes records out. With `unlink`, what links to them loses the link.
    Remove { ids: Vec<String>, unlink: bool },
    /// Gives a record another id, and every link to it as well.
    Rename { id: String, new_id: String },
    /// Moves a record within its list.
    Shift { id: String, by: Shift },
    /// Several edits at once, in one step. No two may give the same value anew.
    Many { words: String, edits: Vec<Edit> },
}

impl Edit {
    /// Sets the value at `path`; `None` removes it.
    pub fn set(target: Target, path: Vec<PathStep>, value: Option<RonValue>) -> Self {
        let change = value.map_or(ValueChange::Remove, ValueChange::Set);
        Edit::field(target, path, change)
    }

    /// Adds an item to the list at `path`.
    pub fn append(target: Target, path: Vec<PathStep>, item: RonValue) -> Self {
        Edit::field(target, path, ValueChange::Append(item))
    }

    /// Moves an item of the list at `path`.
    pub fn move_item(target: Target, path: Vec<PathStep>, from: usize, to: usize) -> Self {
        Edit::field(target, path, ValueChange::Move { from, to })
    }

    fn field(target: Target, path: Vec<PathStep>, change: ValueChange) -> Self {
        let edit = FieldEdit { path, change };
        Edit::Field { target, edit }
    }
}

/// Why an edit cannot be made, as a sentence without a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused(pub String);

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refused {}

pub(crate) fn refuse<T>(words: impl Into<String>) -> Result<T, Refused> {
    Err(Refused(words.into()))
}

/// The name and the text edits of a change of a field.
fn plan_field_edit(
    loaded: &LoadedRegister,
    target: &Target,
    edit: &FieldEdit,
) -> Result<(String, Vec<TextEdit>), Refused> {
    let path = &edit.path;
    match &edit.change {
        ValueChange::Set(value) => set::set(loaded, target, path, Some(value)),
        ValueChange::Remove => set::set(loaded, target, path, None),
        ValueChange::Append(item) => set::append(loaded, target, path, item),
        ValueChange::Move { from, to } => set::move_item(loaded, target, path, *from, *to),
    }
}

/// What an edit does to the text.
///
/// # Errors
/// Where it cannot be made: the text is broken, there is no such record or field, or something else
/// stands in its way.
pub fn plan(loaded: &LoadedRegister, edit: &Edit) -> Result<SourceChange, Refused> {
    if loaded.is_broken {
        return refuse(
            "The text has syntax errors. Fix them on the page “Data file”, or undo the last change",
        );
    }
    let (words, splices) = match edit {
        Edit::Field { target, edit } => plan_field_edit(loaded, target, edit)?,
        Edit::Add {
            kind,
            fields,
            after,
        } => records::add(loaded, *kind, fields, after.as_deref())?,
        Edit::Duplicate { id, new_id } => records::duplicate(loaded, id, new_id)?,
        Edit::Remove { ids, unlink } => records::remove(loaded, ids, *unlink)?,
        Edit::Rename { id, new_id } => records::rename(loaded, id, new_id)?,
        Edit::Shift { id, by } => records::shift(loaded, id, *by)?,
        Edit::Many { words, edits } => (words.clone(), together::together(loaded, edits)?),
    };
    match SourceChange::new(words, splices) {
        Some(change) => Ok(change),
        None => refuse("Two of these edits touch the same place; make them one after the other"),
    }
}
