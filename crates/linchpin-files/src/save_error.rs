//! Why a file was not saved: what is wrong, and what would be right.

use crate::lock::LockError;
use crate::read::ReadErrorKind;
use crate::system_error::SystemError;
use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// A file that was not saved. Whatever the reason, the old file stands as it was; only after
/// [`SaveErrorKind::PartiallyWritten`] it does not.
///
/// It reads as a sentence that names the file and says what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaveError {
    /// The file, as the caller named it.
    pub path: PathBuf,
    /// Why it was not saved.
    pub kind: SaveErrorKind,
}

/// Why a file was not saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveErrorKind {
    /// Another program has written other bytes into it.
    Changed {
        /// What is in the file now.
        current: Vec<u8>,
    },
    /// It is no longer there.
    Removed,
    /// A new file was asked for, and there is one already.
    Exists,
    /// It must not be written to.
    ReadOnly(ReadOnlyReason),
    /// A folder, a pipe or a device.
    NotRegularFile(ReadErrorKind),
    /// A link leads out of the register's folder, to this place.
    LinkOutside(PathBuf),
    /// More bytes than could be read again.
    TooLarge(u64),
    /// The disk is full.
    DiskFull(SystemError),
    /// Another program holds it locked and does not come to an end.
    Locked,
    /// Its folder does not exist.
    NoFolder,
    /// Its folder takes no new files.
    FolderClosed,
    /// It must be written in place, and the old bytes cannot be backed up before that: the folder
    /// that takes no backup, or `None` where the user has no home folder.
    NoBackup(Option<(PathBuf, SystemError)>),
    /// It had to be written in place, that failed midway, and the old bytes could not be put back.
    PartiallyWritten {
        /// The backup of the old bytes; [`find_interrupted_saves`](crate::find_interrupted_saves)
        /// finds it too.
        backup: PathBuf,
        /// What went wrong.
        error: SystemError,
    },
    /// The system refuses for another reason.
    System(SystemError),
}

/// What keeps a file from being written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadOnlyReason {
    /// Its own mode.
    Mode,
    /// The rights of the user.
    Permission,
    /// The disk.
    Disk,
}

impl SaveError {
    /// Whether the file on disk is not the one that the edits began with, so that somebody has to
    /// say what becomes of both.
    pub fn is_conflict(&self) -> bool {
        use SaveErrorKind::*;
        matches!(self.kind, Changed { .. } | Removed | Exists)
    }

    /// Why a file cannot be opened for writing, or locked.
    pub(crate) fn from_lock_error(path: &Path, error: LockError) -> Self {
        let kind = match error {
            LockError::Busy => SaveErrorKind::Locked,
            LockError::System(error) => match error.kind() {
                ErrorKind::NotFound => SaveErrorKind::Removed,
                ErrorKind::PermissionDenied => SaveErrorKind::ReadOnly(ReadOnlyReason::Permission),
                ErrorKind::ReadOnlyFilesystem => SaveErrorKind::ReadOnly(ReadOnlyReason::Disk),
                _ => return Self::from_io_error(path, &error),
            },
        };
        let path = path.to_owned();
        SaveError { path, kind }
    }

    /// What the system says about a file or about the folder it is in.
    pub(crate) fn from_io_error(path: &Path, error: &io::Error) -> Self {
        let kind = match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
                SaveErrorKind::DiskFull(error.into())
            }
            ErrorKind::IsADirectory => SaveErrorKind::NotRegularFile(ReadErrorKind::IsFolder),
            ErrorKind::NotFound => SaveErrorKind::NoFolder,
            _ => SaveErrorKind::System(error.into()),
        };
        let path = path.to_owned();
        SaveError { path, kind }
    }
}

impl fmt::Display for SaveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cannot save {}: {}", self.path.display(), self.kind)
    }
}

impl fmt::Display for SaveErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SaveErrorKind::Changed { .. } => {
                f.write_str("another program has changed it since it was read; nothing was written")
            }
            SaveErrorKind::Removed => f.write_str(
                "it is no longer there, another program has moved or removed it; save it under a \
                name of your choice",
            ),
            SaveErrorKind::Exists => {
                f.write_str("there is a file of this name already; choose another name")
            }
            SaveErrorKind::ReadOnly(reason) => write!(
                f,
                "{}; save it under another name, or allow writing to this file first",
                match reason {
                    ReadOnlyReason::Mode => "it is read-only",
                    ReadOnlyReason::Permission => "you have no permission to write to it",
                    ReadOnlyReason::Disk => "it is on a disk that is read-only",
                }
            ),
            SaveErrorKind::NotRegularFile(kind) => write!(f, "{kind}; choose another name"),
            SaveErrorKind::LinkOutside(to) => ReadErrorKind::LinkOutside(to.clone()).fmt(f),
            SaveErrorKind::TooLarge(bytes) => ReadErrorKind::TooLarge(Some(*bytes)).fmt(f),
            SaveErrorKind::DiskFull(error) => write!(
                f,
                "{error}; what was there stands as it was; make room or save to another disk"
            ),
            SaveErrorKind::Locked => f.write_str(
                "another program has kept it locked for ten seconds; try again when that is done",
            ),
            SaveErrorKind::NoFolder => f.write_str("its folder does not exist"),
            SaveErrorKind::FolderClosed => {
                f.write_str("its folder takes no new files; choose another folder")
            }
            SaveErrorKind::NoBackup(refused) => {
                f.write_str(
                    "it must be written in place, and there is nowhere to keep a copy of the old \
                    text meanwhile (",
                )?;
                match refused {
                    Some((folder, error)) => {
                        write!(f, "{} cannot be written: {error}", folder.display())?;
                    }
                    None => f.write_str("there is no home folder")?,
                }
                f.write_str("); save it under another name")
            }
            SaveErrorKind::PartiallyWritten { backup, error } => write!(
                f,
                "{error}, and what was there could not be put back; its old contents are kept in \
                {}, save the new ones under another name",
                backup.display()
            ),
            SaveErrorKind::System(error) => error.fmt(f),
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
        let kind = SaveErrorKind::PartiallyWritten {
            backup: "kept/1.kept".into(),
            error: io::Error::other("input/output error").into(),
        };
        assert_eq!(
            SaveError { path, kind }.to_string(),
            "Cannot save a.ron: input/output error, and what was there could not be put back; its \
            old contents are kept in kept/1.kept, save the new ones under another name"
        );
    }
}
