//! The one dialog that may be open, with what has been filled in so far.

use super::export::Form;

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
    /// The lines of the file around a place.
    Lines {
        offset: u32,
    },
    /// Finds a command, a page or a record by name.
    Palette {
        search: String,
        chosen: usize,
    },
    Keys,
}
