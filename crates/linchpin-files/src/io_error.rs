//! Trouble of the file system in plain words.

use std::io::{self, ErrorKind};

/// What the system says, without its numbers.
pub fn io_error_message(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "there is no such file".into(),
        ErrorKind::PermissionDenied => "you have no permission".into(),
        ErrorKind::NotADirectory => "a part of its path is a file, where a folder is needed".into(),
        ErrorKind::IsADirectory => "this is a folder, not a file".into(),
        ErrorKind::StorageFull => "there is no space left on the disk".into(),
        ErrorKind::QuotaExceeded => "your share of the disk is used up".into(),
        ErrorKind::ReadOnlyFilesystem => "the disk is read-only".into(),
        ErrorKind::InvalidFilename => {
            "its name is too long or has signs that the disk does not allow".into()
        }
        _ => {
            let text = error.to_string();
            match text.split_once(" (os error") {
                Some((words, _)) => words.to_lowercase(),
                None => text,
            }
        }
    }
}
