//! What can be done to a register's text: edits of records, quick fixes, the standard format,
//! comparison. Pure: texts in, texts and text edits out.
//!
//! ```text
//! Edit ─ plan ─► SourceChange (label, text edits) ─ apply ─► text ─ load ─► LoadedRegister
//! ```
//! An edit names records by their ids and fields by their names, so that it means the same in a
//! text that has changed meanwhile.

mod batch;
pub mod bulk;
pub mod completion;
pub mod diff;
pub mod draft;
pub mod field_edit;
pub mod fix_all;
pub mod format;
mod line_edits;
pub mod links;
mod locate;
pub mod merge_registers;
mod messages;
mod new_diagnostics;
pub mod new_record;
mod record_edits;
mod record_matching;
pub mod split;
pub mod symbol;
pub mod text_attachment;
pub mod text_change;
pub mod text_diagnostics;
pub mod three_way_merge;
pub mod validation;

use linchpin_register::schema::PathStep;
use linchpin_register::{LoadedRegister, RecordKind};
use ron_lossless::{RonValue, SourceChange, TextEdit};

pub use diff::{
    DiffSubject, Difference, DifferenceKind, DisplayValue, FieldChange, diff_registers,
};
pub use field_edit::{FieldEdit, ValueChange};
pub use line_edits::{changed_lines, line_edits, line_edits_by_part};
pub use locate::{ValueLocation, value_at};
use messages::EditLabel;
pub use record_edits::{MoveDirection, add_records};
pub use three_way_merge::{
    ConflictKind, MergeConflict, MergeSide, Sides, ThreeWayMerge, resolve_conflicts,
    three_way_merge,
};

/// What an edit is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EditTarget {
    /// The register's own fields: title, summary, …
    Register,
    /// The record with this id.
    Record(String),
}

/// One edit.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Changes a value of a record or of the register: a field, an item of a list, a part of
    /// either. What leads there is added where it is missing.
    Field { target: EditTarget, edit: FieldEdit },
    /// Adds a record, behind the one with the id `after`, else at the end of its list.
    AddRecord {
        /// The record's type.
        kind: RecordKind,
        /// Its fields with their names.
        fields: Vec<(String, RonValue)>,
        /// The id of the record that it comes to stand behind.
        after: Option<String>,
    },
    /// Adds a copy of a record behind it, with an id of its own.
    DuplicateRecord { id: String, new_id: String },
    /// Takes records out. With `unlink`, what links to them loses the link.
    RemoveRecords { ids: Vec<String>, unlink: bool },
    /// Gives a record another id, and every link to it as well.
    RenameRecord { id: String, new_id: String },
    /// Moves a record within its list.
    MoveRecord {
        /// The record.
        id: String,
        /// Where to.
        direction: MoveDirection,
    },
    /// Several edits in one step, of one record or of many: the same as one after the other, so
    /// that each finds what those before it have done.
    Batch { label: String, edits: Vec<Edit> },
}

impl Edit {
    /// Sets the value at `path`; `None` removes it.
    pub fn set(target: EditTarget, path: Vec<PathStep>, value: Option<RonValue>) -> Self {
        let change = value.map_or(ValueChange::Remove, ValueChange::Set);
        Edit::field(target, path, change)
    }

    /// Adds an item to the list at `path`.
    pub fn append(target: EditTarget, path: Vec<PathStep>, item: RonValue) -> Self {
        Edit::field(target, path, ValueChange::Append(item))
    }

    /// Moves an item of the list at `path`.
    pub fn move_item(target: EditTarget, path: Vec<PathStep>, from: usize, to: usize) -> Self {
        Edit::field(target, path, ValueChange::Move { from, to })
    }

    fn field(target: EditTarget, path: Vec<PathStep>, change: ValueChange) -> Self {
        let edit = FieldEdit { path, change };
        Edit::Field { target, edit }
    }
}

/// Why an edit cannot be made. As text it is a sentence without a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EditRefusal {
    /// The text has syntax errors, so that nothing can be found in it for sure.
    BrokenText,
    /// The text is another one than the one that the edit was made for.
    StaleText,
    /// Two text edits of one edit change the same place.
    SamePlace,
    /// A text edit reaches from one file of the register into another.
    AcrossFiles,
    /// The text would be longer than a span can say.
    TooLarge,
    /// The file holds no register.
    NoRegister,
    /// There is no record with this id.
    NoRecord(String),
    /// There is no field of this name where the path leads.
    NoField(String),
    /// The field is no list.
    NoList,
    /// The list has no such item.
    NoItem,
    /// The path is empty.
    EmptyPath,
    /// The layout here is none that an edit finds its place in.
    Unreadable,
    /// The same of the list of this type.
    UnreadableList(RecordKind),
    /// The record stands in no list of its type.
    Unlisted,
    /// One of several records stands in no list of its type.
    OneUnlisted,
    /// The record has no id that could be replaced.
    NoId,
    /// This cannot be an id; the nearest that can.
    InvalidId {
        /// What was asked for.
        id: String,
        /// What can be had; `None` where no letter of it can be used.
        suggestion: Option<String>,
    },
    /// Another record has this id.
    TakenId(String),
    /// A record would lose a link that it is not sound without.
    RequiredLink {
        /// The type of the record that links.
        from: RecordKind,
        /// Its id.
        id: String,
        /// The type of the record that it links to.
        to: RecordKind,
    },
    /// There is no document with this id.
    NoDocument(String),
    /// The document has no text of its own.
    NoText {
        /// Its short title.
        document: String,
    },
    /// The document's text cannot be read.
    UnreadableText {
        /// Its short title.
        document: String,
    },
}

impl std::error::Error for EditRefusal {}

/// What an edit does and the text edits that do it.
type PlannedEdit = Result<(EditLabel, Vec<TextEdit>), EditRefusal>;

fn plan_field_edit(loaded: &LoadedRegister, target: &EditTarget, edit: &FieldEdit) -> PlannedEdit {
    let path = &edit.path;
    match &edit.change {
        ValueChange::Set(value) => field_edit::set_value(loaded, target, path, Some(value)),
        ValueChange::Remove => field_edit::set_value(loaded, target, path, None),
        ValueChange::Append(item) => field_edit::append_item(loaded, target, path, item),
        ValueChange::Move { from, to } => field_edit::move_item(loaded, target, path, *from, *to),
    }
}

/// What an edit does to the text.
///
/// # Errors
/// Where it cannot be made: the text is broken, there is no such record or field, or something else
/// stands in its way.
pub fn plan_edit(loaded: &LoadedRegister, edit: &Edit) -> Result<SourceChange, EditRefusal> {
    // The tree of a broken text is a guess where the mistake is, and so are its spans: an edit
    // there could cut a record in two.
    if loaded.is_broken {
        return Err(EditRefusal::BrokenText);
    }
    let (label, edits) = match edit {
        Edit::Field { target, edit } => plan_field_edit(loaded, target, edit)?,
        Edit::AddRecord {
            kind,
            fields,
            after,
        } => record_edits::add_record(loaded, *kind, fields, after.as_deref())?,
        Edit::DuplicateRecord { id, new_id } => record_edits::duplicate_record(loaded, id, new_id)?,
        Edit::RemoveRecords { ids, unlink } => record_edits::remove_records(loaded, ids, *unlink)?,
        Edit::RenameRecord { id, new_id } => record_edits::rename_record(loaded, id, new_id)?,
        Edit::MoveRecord { id, direction: by } => record_edits::move_record(loaded, id, *by)?,
        Edit::Batch { label, edits } => (
            EditLabel::Batch(label.clone()),
            batch::plan_batch(loaded, edits)?,
        ),
    };
    // Planners give text edits in any order; this sorts them, and finds those that overlap.
    SourceChange::new(label.to_string(), edits).ok_or(EditRefusal::SamePlace)
}
