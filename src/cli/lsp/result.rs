//! What a request leads to.

use linchpin_edit::EditRefusal;
use ron_lossless::FormatError;
use std::fmt;

/// Why a request has no result. As text it is a sentence for the user.
pub(super) enum LspError {
    /// What stands at the place is not the id of a record.
    NoId,
    /// The edit cannot be made.
    Edit(EditRefusal),
    /// The text cannot be formatted.
    Format(FormatError),
}

impl fmt::Display for LspError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LspError::NoId => f.write_str("Only the ids of records can be renamed"),
            // The words of the window name its pages, which an editor does not have.
            LspError::Edit(EditRefusal::BrokenText) => {
                f.write_str("The text is broken: fix what its problems name, then rename")
            }
            LspError::Edit(why) => why.fmt(f),
            LspError::Format(why) => why.fmt(f),
        }
    }
}

pub(super) type LspResult<T> = Result<T, LspError>;
