//! The one dialog that may be open, with what has been filled in so far.

use super::attach::AttachForm;
use super::bulk_edit::BulkEditForm;
use super::export_task::ExportForm;
use linchpin_edit::bulk::RecordIds;
use linchpin_register::RecordKind;
use linchpin_register::bundled::BundledRegister;
use ron_lossless::RonValue;
use std::path::PathBuf;

/// What the user wants to go on to.
#[derive(Clone, Debug, PartialEq)]
pub enum LeaveAction {
    Quit,
    Open(PathBuf),
    /// A register that comes with the program.
    OpenBundled(&'static BundledRegister),
    /// What an image carries, as a register of its own.
    OpenReopened,
}

/// The user's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnsavedAnswer {
    Save,
    Discard,
}

/// Where a register is to be saved.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SaveAsForm {
    pub path: String,
    /// Only a copy: the open file stays the same.
    pub is_copy: bool,
    pub error: Option<String>,
    /// The path that the user has agreed to overwrite.
    pub overwrite: Option<String>,
    /// The document that gets a text once the register is saved.
    pub attach_document: Option<String>,
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
        /// The field takes the keyboard once, when the dialog opens.
        wants_focus: bool,
    },
    Export(Box<ExportForm>),
    /// Gives a document its text.
    Attach(Box<AttachForm>),
    /// Asks where the register should be saved.
    SaveAs(SaveAsForm),
    /// Asks what becomes of unsaved edits before they would be lost.
    ConfirmUnsaved {
        then: LeaveAction,
        /// The dialog that was open when it was asked, with what is filled in there.
        covered: Box<Dialog>,
    },
    /// Offers back what a window left unsaved that is gone.
    Recover,
    /// Shows what another program has changed while there were unsaved edits.
    Conflict,
    /// Shows what has changed since an image was made.
    Reopened,
    /// Finds a command, a page or a record by name.
    CommandPalette {
        search: String,
        highlighted: usize,
    },
    KeyboardShortcuts,
    /// Fills in a new record.
    AddRecord(Box<NewRecordForm>),
    /// Chooses what a new chart shows.
    NewChart(Box<NewChartForm>),
    /// Asks for the id of a copy.
    DuplicateRecord(IdForm),
    /// Asks for another id of a record.
    RenameRecord(IdForm),
    /// Asks whether a record is to go.
    RemoveRecord {
        id: String,
        /// Why what links to it cannot be unlinked.
        unlink_blocked_reason: Option<String>,
    },
    /// Edits many records at once.
    BulkEdit(Box<BulkEditForm>),
    /// Asks whether many records are to go.
    BulkRemove {
        kind: RecordKind,
        ids: RecordIds,
    },
}

/// A record that is being made.
#[derive(Clone, Debug, PartialEq)]
pub struct NewRecordForm {
    pub kind: RecordKind,
    pub fields: Vec<(String, RonValue)>,
    /// The fields as the program has offered them.
    pub offered: Vec<(String, RonValue)>,
    /// It goes behind this one.
    pub after: Option<String>,
    /// The id is somebody's own, and no longer follows the name.
    pub has_custom_id: bool,
    /// Every field is shown.
    pub shows_all_fields: bool,
    /// It is added once what is being typed has been taken in.
    pub is_submitting: bool,
    /// Why it cannot be added.
    pub error: Option<String>,
}

/// A chart that is being chosen from suggestions.
#[derive(Clone, Debug, PartialEq)]
pub struct NewChartForm {
    /// Which records it draws.
    pub kind: RecordKind,
    /// What narrows it, as fields of a chart: the rows that it was made from.
    pub filters: Vec<(String, RonValue)>,
    /// What narrows it, in words; empty: nothing does.
    pub filter_description: String,
}

/// An id that is being chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct IdForm {
    /// The record's id as it is.
    pub id: String,
    pub new_id: String,
    /// Why it cannot be this one.
    pub error: Option<String>,
}

impl SaveAsForm {
    /// Whether the user has agreed to replace what is at this very path.
    pub fn is_agreed(&self) -> bool {
        self.overwrite.as_deref() == Some(self.path.as_str())
    }
}

impl Dialog {
    /// Asks for the path of a file to open.
    pub fn open_path() -> Self {
        Dialog::OpenPath {
            path: String::new(),
            error: None,
            wants_focus: true,
        }
    }

    /// Whether something has been filled in that would be lost with the dialog, beyond what is
    /// typed and typed again within a moment.
    pub fn has_input(&self) -> bool {
        match self {
            Dialog::AddRecord(new) => new.fields != new.offered,
            Dialog::Attach(form) => form.has_input(),
            Dialog::ConfirmUnsaved { covered, .. } => covered.has_input(),
            _ => false,
        }
    }

    /// Whether fields of a record are filled in, so that a key means what it means in a field.
    pub fn edits_record_fields(&self) -> bool {
        matches!(
            self,
            Dialog::AddRecord(_)
                | Dialog::DuplicateRecord(_)
                | Dialog::RenameRecord(_)
                | Dialog::BulkEdit(_)
                | Dialog::Attach(_)
        )
    }
}
