//! A backup of the old bytes while a file is written in place: what a kill or a dead disk leaves
//! half written can be put back.

use crate::app_folders::{create_private_folder, random_id};
use crate::checksummed::{
    ChecksumError, SerializedPath, checksum, read_checksummed, write_checksummed,
};
use crate::recovery_journal::{DiscardError, remove_or_empty};
use crate::save_error::{SaveError, SaveErrorKind};
use crate::system_error::SystemError;
use crate::{lock, overwrite};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::fs::{self, File, Metadata, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The folder of backups in the program's state, and how their names end. They stand on the disks
/// of users: another name would hide the backups of an earlier version.
const FOLDER: &str = "kept";
const EXTENSION: &str = "kept";

/// A file whose saving was broken off midway: it holds parts of the old and of the new text.
///
/// As long as this lives, no other Linchpin offers it too. Dropped without
/// [`InterruptedSave::restore`] or [`InterruptedSave::discard_backup`], it is offered again at the
/// next start.
#[derive(Debug)]
pub struct InterruptedSave {
    /// The file.
    pub path: PathBuf,
    /// What was in it before, whole.
    pub old: Vec<u8>,
    /// What is in it now.
    pub current: Vec<u8>,
    /// When that saving began.
    pub when: SystemTime,
    /// When the file was written last; `None` where the disk does not say.
    pub modified: Option<SystemTime>,
    backup: BackupFile,
}

/// What [`find_interrupted_saves`] finds.
#[derive(Debug, Default)]
pub struct InterruptedSaves {
    /// Files to be put back.
    pub files: Vec<InterruptedSave>,
    /// Backups that cannot be used.
    pub errors: Vec<BackupError>,
}

/// Why the backup of a save that was broken off cannot be used. Reads as a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BackupError {
    /// The backup cannot be read.
    Unreadable {
        /// The backup.
        backup: PathBuf,
        /// What the system says.
        error: SystemError,
    },
    /// The backup does not hold what was written.
    Damaged {
        /// Where it is now, out of the way.
        moved_to: PathBuf,
    },
    /// The backup does not hold what was written, and cannot be put out of the way.
    NotSetAside {
        /// The backup.
        backup: PathBuf,
        /// What the system says.
        error: SystemError,
    },
    /// Something lies among the backups that is no file of ours: a pipe, a device, a link.
    NotRegularFile(PathBuf),
    /// The file itself cannot be read, perhaps since it is on a disk that is not there today.
    FileMissing {
        /// The file.
        path: PathBuf,
        /// The backup, which stays.
        backup: PathBuf,
    },
}

impl fmt::Display for BackupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { backup, error } => {
                write!(f, "Cannot read {}: {error}", backup.display())
            }
            Self::Damaged { moved_to } => write!(
                f,
                "The saving of a file was broken off, and the copy of its old text is damaged; it \
                lies in {}",
                moved_to.display()
            ),
            Self::NotSetAside { backup, error } => write!(
                f,
                "The saving of a file was broken off, and the copy of its old text is damaged; {} \
                cannot be put out of the way ({error}), so that the next start says this again \
                unless you move it",
                backup.display()
            ),
            Self::NotRegularFile(path) => not_ours(path, f),
            Self::FileMissing { path, backup } => write!(
                f,
                "The saving of {} was broken off, and the file cannot be read now; the copy of its \
                old text is {}",
                path.display(),
                backup.display()
            ),
        }
    }
}

/// The words for what lies in the program's state and was not put there by it.
pub(crate) fn not_ours(path: &Path, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(
        f,
        "{} is passed over: it is no ordinary file but a link, a folder, a pipe, a socket or a \
        device, and Linchpin did not put it there",
        path.display()
    )
}

impl std::error::Error for BackupError {}

/// How long after its beginning a save may still write, at most: a large file on a slow disk.
const LONGEST_SAVE: Duration = Duration::from_secs(120);

impl InterruptedSave {
    /// Whether the file was written after that saving, so that putting the old text back may lose
    /// what somebody has done since.
    pub fn has_changed_since(&self) -> bool {
        let is_later = |modified| modified > self.when + LONGEST_SAVE;
        self.modified.is_none_or(is_later)
    }

    /// Puts the old text back, unless the file has changed since it was looked at.
    ///
    /// # Errors
    /// As for [`crate::save`]. The backup stays then.
    pub fn restore(self) -> Result<(), SaveError> {
        let mut locked = lock::lock_for_saving(&self.path, None)
            .map_err(|error| SaveError::from_lock_error(&self.path, error))?;
        let current = overwrite::read_contents(&locked.file)
            .map_err(|error| SaveError::from_io_error(&self.path, &error))?;
        if current != self.current {
            return Err(SaveError {
                path: self.path.clone(),
                kind: SaveErrorKind::Changed { current },
            });
        }
        // The backup stays until the disk has the old text again, so one more interruption does no
        // harm.
        overwrite::overwrite(&mut locked.file, current.len() as u64, &self.old)
            .map_err(|error| SaveError::from_io_error(&self.path, &error))?;
        self.backup.remove();
        Ok(())
    }

    /// Leaves the file as it is, and removes the backup.
    ///
    /// # Errors
    /// Where the backup cannot be removed, and will be offered again.
    pub fn discard_backup(self) -> Result<(), DiscardError> {
        let path = self.backup.path;
        // An empty one was never finished, and is none.
        remove_or_empty(&path).map_err(|error| DiscardError {
            path,
            error: error.into(),
        })
    }
}

/// A backup on the disk, locked as long as its save is under way.
#[derive(Debug)]
pub(crate) struct BackupFile {
    pub path: PathBuf,
    file: File,
}

#[derive(Serialize, Deserialize)]
struct BackupHeader {
    path: SerializedPath,
    when_ms: u64,
    /// How long the new text is, and its checksum: a file that holds it is whole.
    new: (u64, u64),
}

impl BackupFile {
    /// Backs up the old bytes of a file that is about to be written in place.
    pub fn create(state: &Path, target: &Path, old: &[u8], new: &[u8]) -> io::Result<Self> {
        let folder = state.join(FOLDER);
        create_private_folder(&folder)?;
        let path = folder.join(format!("{:016x}.{EXTENSION}", random_id()));
        let mut options = File::options();
        options.read(true).write(true).create_new(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt as _;
            options.mode(0o600);
        }
        let mut file = options.open(&path)?;
        let when = SystemTime::now().duration_since(UNIX_EPOCH);
        let head = BackupHeader {
            path: target.into(),
            when_ms: when.map_or(0, |d| d.as_millis() as u64),
            new: (new.len() as u64, checksum(new)),
        };
        let fill = |file: &mut File| {
            // On a disk without locks another start may offer it while the save is under way; it is
            // whole all the same.
            let _ = file.try_lock();
            write_checksummed(file, &head, &[old])?;
            file.sync_all()?;
            #[cfg(unix)]
            File::open(&folder)?.sync_all()?;
            Ok(())
        };
        match fill(&mut file) {
            Ok(()) => Ok(BackupFile { path, file }),
            Err(e) => {
                let _ = fs::remove_file(&path);
                Err(e)
            }
        }
    }

    /// The file is whole again: nobody needs the backup.
    pub fn remove(self) {
        // Where this fails, the next start sees that the file is whole, and tries again.
        let _ = fs::remove_file(&self.path);
    }
}

/// Looks for files whose saving was broken off, at the start of the program. Backups of files that
/// are whole are removed.
pub fn find_interrupted_saves(state: &Path) -> InterruptedSaves {
    let mut found = InterruptedSaves::default();
    for entry in fs::read_dir(state.join(FOLDER))
        .into_iter()
        .flatten()
        .flatten()
    {
        let path = entry.path();
        if path.extension().is_none_or(|e| e != EXTENSION) {
            continue;
        }
        // Reading a pipe waits for somebody, and a link leads to a file that is not ours.
        if !entry.file_type().is_ok_and(|kind| kind.is_file()) {
            found.errors.push(BackupError::NotRegularFile(path));
            continue;
        }
        let Ok(file) = File::options().read(true).write(true).open(&path) else {
            continue;
        };
        // Its saving is under way.
        if let Err(TryLockError::WouldBlock) = file.try_lock() {
            continue;
        }
        match inspect_backup(BackupFile { path, file }) {
            Ok(Some(file)) => found.files.push(file),
            Ok(None) => {}
            Err(error) => found.errors.push(error),
        }
    }
    found.files.sort_by_key(|file| file.when);
    found
}

fn inspect_backup(backup: BackupFile) -> Result<Option<InterruptedSave>, BackupError> {
    let bytes = match overwrite::read_contents(&backup.file) {
        Ok(bytes) => bytes,
        Err(error) => {
            return Err(BackupError::Unreadable {
                backup: backup.path,
                error: error.into(),
            });
        }
    };
    let (head, old) = match read_checksummed::<BackupHeader>(&bytes) {
        Ok(whole) => whole,
        // The file is written only after its backup is whole.
        Err(ChecksumError::Truncated) => {
            backup.remove();
            return Ok(None);
        }
        Err(ChecksumError::Corrupted) => {
            let moved_to = backup.path.with_extension("damaged");
            return Err(match fs::rename(&backup.path, &moved_to) {
                Ok(()) => BackupError::Damaged { moved_to },
                Err(error) => BackupError::NotSetAside {
                    backup: backup.path,
                    error: error.into(),
                },
            });
        }
    };
    let path = PathBuf::from(head.path);
    let look = |path: &Path| {
        let data = fs::metadata(path).ok().filter(Metadata::is_file)?;
        Some((fs::read(path).ok()?, data.modified().ok()))
    };
    let Some((current, modified)) = look(&path) else {
        return Err(BackupError::FileMissing {
            path,
            backup: backup.path,
        });
    };
    // Either text, whole: the save had not begun to write, or had ended.
    if current == old || (current.len() as u64, checksum(&current)) == head.new {
        backup.remove();
        return Ok(None);
    }
    Ok(Some(InterruptedSave {
        old: old.to_vec(),
        current,
        when: UNIX_EPOCH + Duration::from_millis(head.when_ms),
        modified,
        path,
        backup,
    }))
}
