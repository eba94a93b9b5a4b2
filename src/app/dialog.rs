//! The one dialog that may be open, with what has been filled in so far.

use super::export::Form;

/// Where a register is to be saved.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SaveForm {
    pub path: String,
    /// Only a copy: the open file stays the same.
    pub copy: bool,
    pub error: Option<String>,
    /// The path that the user has agreed to overwrite.
    pub overwrite: Option<String>,
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
    /// Asks where the register should be saved.
    SaveAs(SaveForm),
    /// Asks what becomes of unsaved edits before they would be lost.
    Unsaved(super::leaving::Then),
    /// Offers back what a window left unsaved that is gone.
    Recover,
    /// Shows what another program has changed while there were unsaved edits.
    Conflict,
    /// Finds a command, a page or a record by name.
    Palette {
        search: String,
        chosen: usize,
    },
    Keys,
}
