//! The one dialog that may be open, with what has been filled in so far.

use super::attach_form::Attaching;
use super::export::Form;
use super::many_edit::ManyEdit;
use linchpin_edit::many::Ids;
use linchpin_register::RecordKind;
use linchpin_register::bundled::Shipped;
use ron_lossless::Value;
use std::path::PathBuf;

/// What the user wants to go on to.
#[derive(Clone, Debug, PartialEq)]
pub enum Then {
    Quit,
    Open(PathBuf),
    /// A register that comes with the program.
    OpenBundled(&'static Shipped),
    /// What an image carries, as a register of its own.
    OpenReopened,
}

/// The user's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    Save,
    GiveUp,
}

/// Where a register is to be saved.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SaveForm {
    pub path: String,
    /// Only a copy: the open file stays the same.
    pub copy: bool,
    pub error: Option<String>,
    /// The path that the user has agreed to overwrite.
    pub overwrite: Option<String>,
    /// The document that gets a text once the register is saved.
    pub attach: Option<String>,
}

/// The open dialog.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Dialog {
    #[default]
    None,
    /// Opens a file by its path: the way out where the system has no dialog.
    OpenPath {
        path: String,
        error: Option<String>,
    },
    Export(Box<Form>),
    /// Gives a document its text.
    Attach(Box<Attaching>),
    /// Asks where the register should be saved.
    SaveAs(SaveForm),
    /// Asks what becomes of unsaved edits before they would be lost.
    Unsaved(Then),
    /// Offers back what a window left unsaved that is gone.
    Recover,
    /// Shows what another program has changed while there were unsaved edits.
    Conflict,
    /// Shows what has changed since an image was made.
    Reopened,
    /// Finds a command, a page or a record by name.
    Palette {
        search: String,
        chosen: usize,
    },
    Keys,
    /// Fills in a new record.
    Add(Box<NewRecord>),
    /// Chooses what a new chart shows.
    NewChart(Box<NewChart>),
    /// Asks for the id of a copy.
    Duplicate(Naming),
    /// Asks for another id of a record.
    Rename(Naming),
    /// Asks whether a record is to go.
    Remove {
        id: String,
        /// Why what links to it cannot be unlinked.
        firm: Option<String>,
    },
    /// Edits many records at once.
    Many(Box<ManyEdit>),
    /// Asks whether many records are to go.
    RemoveMany {
        kind: RecordKind,
        ids: Ids,
    },
}

/// A record that is being made.
#[derive(Clone, Debug, PartialEq)]
pub struct NewRecord {
    pub kind: RecordKind,
    pub fields: Vec<(String, Value)>,
    /// It goes behind this one.
    pub after: Option<String>,
    /// The id is somebody's own, and no longer follows the name.
    pub own_id: bool,
    /// Every field is shown.
    pub all: bool,
    /// It is added once what is being typed has been taken in.
    pub adding: bool,
    /// Why it cannot be added.
    pub error: Option<String>,
}

/// A chart that is being chosen from suggestions.
#[derive(Clone, Debug, PartialEq)]
pub struct NewChart {
    /// Which records it draws.
    pub kind: RecordKind,
    /// What narrows it, as fields of a chart: the rows that it was made from.
    pub narrowed: Vec<(String, Value)>,
    /// What narrows it, in words; empty: nothing does.
    pub words: String,
}

/// An id that is being chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct Naming {
    /// The record's id as it is.
    pub id: String,
    pub new_id: String,
    /// Why it cannot be this one.
    pub error: Option<String>,
}

impl Dialog {
    /// Whether fields of a record are filled in, so that a key means what it means in a field.
    pub fn is_form(&self) -> bool {
        matches!(
            self,
            Dialog::Add(_)
                | Dialog::Duplicate(_)
                | Dialog::Rename(_)
                | Dialog::Many(_)
                | Dialog::Attach(_)
        )
    }
}
