//! Saving into a file that somebody else may be writing to as well. Whatever happens, the old or
//! the new text stands whole.
//!
//! The new text goes into a file beside the old one, which then takes its place: there is no moment
//! at which a kill or a lost disk could leave a mixture. Where that cannot be done, the file is
//! written in place, after a copy of the old text was put where the next start finds it
//! ([`super::interrupted`]).

use super::io_error::io_error_message;
use super::read::{MAX_BYTES, check_readable, too_large_message};
use super::resolve_links::resolve_links;
use super::save_error::SaveError;
use super::save_outcome::{InPlaceReason, SaveMethod, SavePrecondition, SavedFile};
use super::temp_file::{SaveWarning, TempFile, remove_stale};
use super::{app_folders, backup, lock, overwrite};
use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind};
use std::path::Path;

/// Saves a file: links, second names, mode and owner stay as they are, and on Linux access lists
/// and other extended attributes (on other systems a file that a new one replaces loses them). May
/// take as long as the disk takes, and ten seconds more where another save is under way.
///
/// # Errors
/// Where the file is not what is [`Expected`], is read-only, is no file, or the system refuses.
pub fn save(
    path: &Path,
    bytes: &[u8],
    expected: SavePrecondition<'_>,
) -> Result<SavedFile, SaveError> {
    save_in(
        path,
        bytes,
        expected,
        app_folders::state_folder().as_deref(),
    )
}

/// Saves a file as [`save`] does, with the folder that copies go to.
///
/// # Errors
/// As for [`save`].
pub fn save_in(
    path: &Path,
    bytes: &[u8],
    expected: SavePrecondition<'_>,
    state: Option<&Path>,
) -> Result<SavedFile, SaveError> {
    if bytes.len() as u64 > MAX_BYTES {
        return Err(SaveError::Failed {
            path: path.to_owned(),
            why: too_large_message(Some(bytes.len() as u64)),
        });
    }
    let save = SaveOperation {
        path,
        bytes,
        expected,
        state_folder: state,
    };
    // Asked of the name as it is: what leads to a pipe has no real path.
    if let Ok(data) = fs::metadata(path) {
        if expected == SavePrecondition::NewFile && data.is_file() {
            return Err(save.exists_error());
        }
        save.check_writable(&data)?;
    }
    let real = match resolve_links(path) {
        Err(e)
            if e.kind() == ErrorKind::NotFound
                && matches!(expected, SavePrecondition::Bytes(_)) =>
        {
            return Err(save.removed_error());
        }
        other => other.map_err(|e| save.io_error(&e))?,
    };
    // Before the file is held: what a killed save left may be a second name of it.
    remove_stale(&real);
    match fs::metadata(&real) {
        Ok(_) => save.save_existing(&real),
        Err(e) if e.kind() == ErrorKind::NotFound => save.create(&real),
        Err(e) => Err(save.io_error(&e)),
    }
}

struct SaveOperation<'a> {
    path: &'a Path,
    bytes: &'a [u8],
    expected: SavePrecondition<'a>,
    state_folder: Option<&'a Path>,
}

impl SaveOperation<'_> {
    fn removed_error(&self) -> SaveError {
        SaveError::Removed {
            path: self.path.to_owned(),
        }
    }

    fn exists_error(&self) -> SaveError {
        SaveError::Exists {
            path: self.path.to_owned(),
        }
    }

    fn io_error(&self, error: &io::Error) -> SaveError {
        SaveError::from_io_error(self.path, error)
    }

    /// Whether the file is one that we may write.
    fn check_writable(&self, data: &Metadata) -> Result<(), SaveError> {
        let path = || self.path.to_owned();
        if !data.is_file() {
            let why = check_readable(data).err().unwrap_or_default();
            return Err(SaveError::NotRegularFile { path: path(), why });
        }
        #[cfg(unix)]
        let read_only = {
            use std::os::unix::fs::PermissionsExt as _;
            data.permissions().mode() & 0o200 == 0
        };
        #[cfg(not(unix))]
        let read_only = data.permissions().readonly();
        // Asked of the mode too: the system would let an administrator write, and let anybody put
        // another file in its place.
        if read_only {
            return Err(SaveError::ReadOnly {
                path: path(),
                why: "it is read-only".into(),
            });
        }
        Ok(())
    }

    fn create(&self, real: &Path) -> Result<SavedFile, SaveError> {
        if let SavePrecondition::Bytes(_) = self.expected {
            return Err(self.removed_error());
        }
        let made = TempFile::new(real, None, false).and_then(|mut beside| {
            beside.write_synced(self.bytes)?;
            beside.persist_new(real)
        });
        let doubt = made.map_err(|e| match e.kind() {
            ErrorKind::AlreadyExists => self.exists_error(),
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => SaveError::Failed {
                path: self.path.to_owned(),
                why: "its folder takes no new files; choose another folder".into(),
            },
            _ => self.io_error(&e),
        })?;
        Ok(SavedFile {
            path: real.to_owned(),
            method: SaveMethod::Created,
            warning: doubt,
        })
    }

    fn save_existing(&self, real: &Path) -> Result<SavedFile, SaveError> {
        if self.expected == SavePrecondition::NewFile {
            return Err(self.exists_error());
        }
        let mut held = lock::lock_for_saving(real, self.state_folder)
            .map_err(|e| SaveError::from_lock_error(self.path, e))?;
        self.check_writable(&held.file.metadata().map_err(|e| self.io_error(&e))?)?;
        let now = overwrite::read_contents(&mut held.file).map_err(|e| self.io_error(&e))?;
        self.check_expected(&now)?;
        let done = |how, doubt| {
            Ok(SavedFile {
                path: real.to_owned(),
                method: how,
                warning: doubt,
            })
        };
        if now == self.bytes {
            return done(SaveMethod::Unchanged, None);
        }
        let why = if super::file_attributes::hard_link_count(&held.file) > 1 {
            InPlaceReason::HardLinks
        } else {
            match self.replace(real, &held.file, &now)? {
                Ok(doubt) => return done(SaveMethod::Replaced, doubt),
                Err(CannotReplace) => InPlaceReason::CannotReplace,
            }
        };
        self.write_in_place(real, &mut held.file, &now)?;
        done(SaveMethod::InPlace(why), None)
    }

    /// Compares what is in the file with what the caller takes to be there.
    fn check_expected(&self, now: &[u8]) -> Result<(), SaveError> {
        match self.expected {
            SavePrecondition::Bytes(expected) if expected != now => Err(SaveError::Changed {
                path: self.path.to_owned(),
                current: now.to_vec(),
            }),
            _ => Ok(()),
        }
    }

    /// Compares once more, right before the bytes are replaced: other programs do not wait for our
    /// lock.
    fn check_unchanged(&self, real: &Path, file: &File, before: &[u8]) -> Result<(), SaveError> {
        if self.expected == SavePrecondition::Any {
            return Ok(());
        }
        let look = || Ok::<_, io::Error>((fs::read(real)?, lock::is_same_file(file, real)?));
        match look() {
            Ok((now, same)) if now != before || !same => Err(SaveError::Changed {
                path: self.path.to_owned(),
                current: now,
            }),
            Ok(_) => Ok(()),
            Err(e) if e.kind() == ErrorKind::NotFound => Err(self.removed_error()),
            Err(e) => Err(self.io_error(&e)),
        }
    }

    fn replace(
        &self,
        real: &Path,
        file: &File,
        before: &[u8],
    ) -> Result<Result<SaveWarning, CannotReplace>, SaveError> {
        let mut beside = match TempFile::new(real, Some(file), false) {
            Ok(beside) => beside,
            Err(e) if prevents_replacing(&e) => return Ok(Err(CannotReplace)),
            Err(e) => return Err(self.io_error(&e)),
        };
        beside
            .write_synced(self.bytes)
            .map_err(|e| self.io_error(&e))?;
        self.check_unchanged(real, file, before)?;
        match beside.persist(real) {
            Ok(doubt) => Ok(Ok(doubt)),
            Err(e) if prevents_replacing(&e) => Ok(Err(CannotReplace)),
            Err(e) => Err(self.io_error(&e)),
        }
    }

    fn write_in_place(&self, real: &Path, file: &mut File, before: &[u8]) -> Result<(), SaveError> {
        let kept = self
            .state_folder
            .ok_or_else(|| "there is no home folder".to_owned())
            .and_then(|state| {
                backup::BackupFile::create(state, real, before, self.bytes).map_err(|e| {
                    format!(
                        "{} cannot be written: {}",
                        state.display(),
                        io_error_message(&e)
                    )
                })
            })
            .map_err(|why| SaveError::Failed {
                path: self.path.to_owned(),
                why: format!(
                    "it must be written in place, and there is nowhere to keep a copy of the old \
                    text meanwhile ({why}); save it under another name"
                ),
            })?;
        if let Err(refused) = self.check_unchanged(real, file, before) {
            kept.remove();
            return Err(refused);
        }
        match overwrite::overwrite_or_restore(file, before, self.bytes) {
            Ok(()) => kept.remove(),
            Err((error, true)) => {
                kept.remove();
                return Err(self.io_error(&error));
            }
            Err((error, false)) => {
                return Err(SaveError::PartiallyWritten {
                    path: self.path.to_owned(),
                    backup: kept.path,
                    why: io_error_message(&error),
                });
            }
        }
        Ok(())
    }
}

/// No file can take another one's place here; writing in place may do.
struct CannotReplace;

/// Whether trouble lies in the folder, or in what the new file cannot be given, and not in the
/// disk.
fn prevents_replacing(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::PermissionDenied
            | ErrorKind::ReadOnlyFilesystem
            | ErrorKind::ResourceBusy
            | ErrorKind::CrossesDevices
            | ErrorKind::Unsupported
    )
}
