//! Errors of the operating system in plain words.

use std::fmt;
use std::io::{self, ErrorKind};

/// An error of the operating system, which can be copied and compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SystemError {
    kind: ErrorKind,
    /// The system's own words, for what has none here.
    message: String,
}

impl From<&io::Error> for SystemError {
    fn from(error: &io::Error) -> Self {
        let text = error.to_string();
        let message = match error.raw_os_error() {
            Some(code) => text
                .trim_end_matches(&format!(" (os error {code})"))
                .to_lowercase(),
            None => text,
        };
        SystemError {
            kind: error.kind(),
            message,
        }
    }
}

impl From<io::Error> for SystemError {
    fn from(error: io::Error) -> Self {
        SystemError::from(&error)
    }
}

impl fmt::Display for SystemError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            ErrorKind::NotFound => "there is no such file",
            ErrorKind::PermissionDenied => "you have no permission",
            ErrorKind::NotADirectory => "a part of its path is a file, where a folder is needed",
            ErrorKind::IsADirectory => "this is a folder, not a file",
            ErrorKind::StorageFull => "there is no space left on the disk",
            ErrorKind::QuotaExceeded => "your share of the disk is used up",
            ErrorKind::ReadOnlyFilesystem => "the disk is read-only",
            ErrorKind::InvalidFilename => {
                "its name is too long or has signs that the disk does not allow"
            }
            _ => &self.message,
        })
    }
}

impl std::error::Error for SystemError {}

/// What the system says, without its numbers.
pub fn io_error_message(error: &io::Error) -> String {
    SystemError::from(error).to_string()
}
