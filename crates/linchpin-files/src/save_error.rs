//! Why a file was not saved: what is wrong, and what would be right.

use super::io_error::io_error_message;
use super::lock::LockError;
use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Why a file was not saved. Whatever it is, the old file stands as it was; only after
/// [`NotSaved::Torn`] it does not.
///
/// It reads as a sentence that names the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveError {
    /// Another program has written other bytes into it.
    Changed {
        /// The file, as the caller named it.
        path: PathBuf,
        /// What is in the file now.
        current: Vec<u8>,
    },
    /// It is no longer there.
    Removed {
        /// The file, as the caller named it.
        path: PathBuf,
    },
    /// A new file was asked for, and there is one already.
    Exists {
        /// The file, as the caller named it.
        path: PathBuf,
    },
    /// It is read-only, or the disk or the user's rights make it so.
    ReadOnly {
        /// The file, as the caller named it.
        path: PathBuf,
        /// What makes it so, in words.
        why: String,
    },
    /// A folder, a pipe or a device.
    NotRegularFile {
        /// What the caller named.
        path: PathBuf,
        /// What it is, in words.
        why: String,
    },
    /// The disk is full.
    DiskFull {
        /// The file, as the caller named it.
        path: PathBuf,
        /// How full, in words.
        why: String,
    },
    /// Another program holds it locked and does not come to an end.
    Locked {
        /// The file, as the caller named it.
        path: PathBuf,
    },
    /// It had to be written in place, that failed midway, and the old bytes could not be put back.
    PartiallyWritten {
        /// The file, as the caller named it.
        path: PathBuf,
        /// The file with the copy of the old bytes; [`super::interrupted`] finds it too.
        backup: PathBuf,
        /// What went wrong, in words.
        why: String,
    },
    /// Anything else.
    Failed {
        /// The file, as the caller named it.
        path: PathBuf,
        /// What went wrong, in words.
        why: String,
    },
}

impl SaveError {
    /// The file that was to be saved, as the caller named it.
    pub fn path(&self) -> &Path {
        use SaveError::*;
        match self {
            Changed { path, .. }
            | Removed { path }
            | Exists { path }
            | ReadOnly { path, .. }
            | NotRegularFile { path, .. }
            | DiskFull { path, .. }
            | Locked { path }
            | PartiallyWritten { path, .. }
            | Failed { path, .. } => path,
        }
    }

    /// Whether the file on disk is not the one that the edits began with, so that somebody has to
    /// say what becomes of both.
    pub fn is_conflict(&self) -> bool {
        matches!(
            self,
            Self::Changed { .. } | Self::Removed { .. } | Self::Exists { .. }
        )
    }

    /// Why a file cannot be opened for writing, or kept to ourselves.
    pub(super) fn from_lock_error(path: &Path, why: LockError) -> Self {
        let error = match why {
            LockError::Busy => return Self::Locked { path: path.into() },
            LockError::System(error) => error,
        };
        let path = path.to_owned();
        match error.kind() {
            ErrorKind::NotFound => Self::Removed { path },
            ErrorKind::PermissionDenied => Self::ReadOnly {
                path,
                why: "you have no permission to write to it".into(),
            },
            ErrorKind::ReadOnlyFilesystem => Self::ReadOnly {
                path,
                why: "it is on a disk that is read-only".into(),
            },
            _ => Self::from_io_error(&path, &error),
        }
    }

    /// What the system says about a file or about the folder it is in.
    pub(super) fn from_io_error(path: &Path, error: &io::Error) -> Self {
        let path = path.to_owned();
        let why = io_error_message(error);
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::DiskFull { path, why },
            ErrorKind::IsADirectory => Self::NotRegularFile { path, why },
            ErrorKind::NotFound => Self::Failed {
                path,
                why: "its folder does not exist".into(),
            },
            _ => Self::Failed { path, why },
        }
    }
}

impl fmt::Display for SaveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cannot save {}: ", self.path().display())?;
        match self {
            Self::Changed { .. } => {
                f.write_str("another program has changed it since it was read; nothing was written")
            }
            Self::Removed { .. } => f.write_str(
                "it is no longer there, another program has moved or removed it; save it under a \
                name of your choice",
            ),
            Self::Exists { .. } => {
                f.write_str("there is a file of this name already; choose another name")
            }
            Self::ReadOnly { why, .. } => write!(
                f,
                "{why}; save it under another name, or allow writing to this file first"
            ),
            Self::NotRegularFile { why, .. } => write!(f, "{why}; choose another name"),
            Self::DiskFull { why, .. } => write!(
                f,
                "{why}; what was there stands as it was; make room or save to another disk"
            ),
            Self::Locked { .. } => f.write_str(
                "another program has kept it locked for ten seconds; try again when \
                    that is done",
            ),
            Self::PartiallyWritten {
                backup: kept, why, ..
            } => write!(
                f,
                "{why}, and what was there could not be put back; its old contents are kept in {}, \
                save the new ones under another name",
                kept.display()
            ),
            Self::Failed { why, .. } => f.write_str(why),
        }
    }
}

impl std::error::Error for SaveError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_names_the_file_and_what_to_do() {
        let path = PathBuf::from("a.ron");
        assert_eq!(
            SaveError::from_io_error(&path, &ErrorKind::StorageFull.into()).to_string(),
            "Cannot save a.ron: there is no space left on the disk; what was there stands as it \
            was; make room or save to another disk"
        );
        assert_eq!(
            SaveError::from_io_error(&path, &ErrorKind::NotFound.into()).to_string(),
            "Cannot save a.ron: its folder does not exist"
        );
        let torn = SaveError::PartiallyWritten {
            path,
            backup: "kept/1.kept".into(),
            why: "input/output error".into(),
        };
        assert_eq!(
            torn.to_string(),
            "Cannot save a.ron: input/output error, and what was there could not be put back; its \
            old contents are kept in kept/1.kept, save the new ones under another name"
        );
    }
}
