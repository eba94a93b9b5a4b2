//! What can be done to a register's text: edits of records, repairs, the house layout, comparison.
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
pub mod wish;

use linchpin_register::declare::PathStep;
use linchpin_register::{Loaded, RecordKind};
use ron_lossless::{RonValue, SourceChange};
use std::fmt;

pub use compare::compare;
pub use difference::{Difference, FieldChange, Subject, What};
pub use merge::{Clash, Conflict, Merge, Side, merge, settle};
pub use records::{Shift, add_all};
pub use said::Said;
pub use site::{Place, value_at};
pub use wish::{Want, Wish};

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
    /// Gives the value at `path` anew, or takes it out: a field, an item of a list, a part of
    /// either. What leads there is made where it is missing.
    Set {
        target: Target,
        path: Vec<PathStep>,
        value: Option<RonValue>,
    },
    /// Adds an item to the list at `path`.
    Append {
        target: Target,
        path: Vec<PathStep>,
        item: RonValue,
    },
    /// Moves an item of the list at `path`.
    MoveItem {
        target: Target,
        path: Vec<PathStep>,
        from: usize,
        to: usize,
    },
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

/// What an edit does to the text.
///
/// # Errors
/// Where it cannot be made: the text is broken, there is no such record or field, or something else
/// stands in its way.
pub fn plan(loaded: &Loaded, edit: &Edit) -> Result<SourceChange, Refused> {
    if loaded.broken {
        return refuse(
            "The text is broken just now. Mend it on the page “Data file”, or undo the last step",
        );
    }
    let (words, splices) = match edit {
        Edit::Set {
            target,
            path,
            value,
        } => set::set(loaded, target, path, value.as_ref())?,
        Edit::Append { target, path, item } => set::append(loaded, target, path, item)?,
        Edit::MoveItem {
            target,
            path,
            from,
            to,
        } => set::move_item(loaded, target, path, *from, *to)?,
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
