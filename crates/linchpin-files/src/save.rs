//! Saving into a file that somebody else may be writing to as well. Whatever happens, the old or
//! the new text stands whole.
//!
//! The new text goes into a new file next to the old one, which then takes its place: there is no
//! moment at which a kill or a lost disk could leave a mixture. Where that cannot be done, the file
//! is written in place, after a backup of the old text was put where the next start finds it
//! ([`crate::find_interrupted_saves`]).
//!
//! The order of the steps is what makes this true; `.ci/faults` kills and fails a save at each
//! system call. Links are followed first, so that the file is replaced and not the link. The lock
//! comes before the old bytes are read, so that of two Linchpins the second compares with what the
//! first has written. The new bytes are on the disk before the comparison is made once more. Then
//! the two files exchange their names, and the old one is compared under its new name: what a
//! program that does not heed the lock has written into it, or moved into its place, at the last
//! moment gets its place back. The folder is synced last, since only that makes the change of names
//! outlive a loss of power.
//!
//! Where names cannot be exchanged (Windows, some disks), a rename replaces the old file, which
//! keeps a second name over it. There, a file that another program moves into the place between
//! the last comparison and our rename cannot be seen; and, where a file is written in place, what
//! another program writes between the comparison and our first byte.

use crate::read::{MAX_BYTES, ReadErrorKind, check_readable};
use crate::resolve_links::resolve_links;
use crate::save_error::{ReadOnlyReason, SaveError, SaveErrorKind};
use crate::save_outcome::{InPlaceReason, SaveMethod, SavePrecondition, SaveWarning, SavedFile};
use crate::sibling_texts::refuse_link_outside;
use crate::temp_file::{ReplacedFile, SecondName, TempFile, remove_stale};
use crate::{app_folders, backup, file_attributes, lock, overwrite};
use linchpin_task::fault_point;
use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind};
use std::path::Path;

/// Saves a file: links, second names, mode and owner stay as they are, and on Linux access lists
/// and other extended attributes (on other systems a file that a new one replaces loses them). May
/// take as long as the disk takes, and ten seconds more where another save is under way.
///
/// # Errors
/// Where the file does not meet the [`SavePrecondition`], is read-only, is no file, or the system
/// refuses.
pub fn save(
    path: &Path,
    bytes: &[u8],
    expected: SavePrecondition<'_>,
) -> Result<SavedFile, SaveError> {
    let state = app_folders::state_folder();
    save_in(path, bytes, expected, state.as_deref())
}

/// Saves a file of a folder as [`save`] does, never through a link that leads out of that folder:
/// whoever made the folder must not decide which other files of the user are written. `name` is its
/// path below the folder.
///
/// # Errors
/// As for [`save`], and where such a link is there.
pub fn save_in_folder(
    folder: &Path,
    name: &str,
    bytes: &[u8],
    expected: SavePrecondition<'_>,
) -> Result<SavedFile, SaveError> {
    let path = folder.join(name);
    match refuse_link_outside(folder, name) {
        Err(ReadErrorKind::LinkOutside(to)) => Err(SaveError {
            path,
            kind: SaveErrorKind::LinkOutside(to),
        }),
        // What else is wrong, the save says.
        _ => save(&path, bytes, expected),
    }
}

/// Saves a file as [`save`] does, with the folder that backups go to.
///
/// # Errors
/// As for [`save`].
pub fn save_in(
    path: &Path,
    bytes: &[u8],
    expected: SavePrecondition<'_>,
    state: Option<&Path>,
) -> Result<SavedFile, SaveError> {
    let save = SaveOperation {
        path,
        bytes,
        expected,
        state_folder: state,
    };
    if bytes.len() as u64 > MAX_BYTES {
        return Err(save.error(SaveErrorKind::TooLarge(bytes.len() as u64)));
    }
    // Asked of the name as it is: what leads to a pipe has no real path.
    if let Ok(data) = fs::metadata(path) {
        if expected == SavePrecondition::NewFile && data.is_file() {
            return Err(save.error(SaveErrorKind::Exists));
        }
        save.check_writable(&data)?;
    }
    let real = match resolve_links(path) {
        // The folder has gone with the file in it.
        Err(error)
            if error.kind() == ErrorKind::NotFound
                && matches!(expected, SavePrecondition::Bytes(_)) =>
        {
            return Err(save.error(SaveErrorKind::Removed));
        }
        other => other.map_err(|error| save.io_error(&error))?,
    };
    // Before the links of the file are counted: what a killed save left may be a second name of it.
    remove_stale(&real);
    match fs::metadata(&real) {
        Ok(_) => save.save_existing(&real),
        Err(error) if error.kind() == ErrorKind::NotFound => save.create(&real),
        Err(error) => Err(save.io_error(&error)),
    }
}

struct SaveOperation<'a> {
    path: &'a Path,
    bytes: &'a [u8],
    expected: SavePrecondition<'a>,
    state_folder: Option<&'a Path>,
}

impl SaveOperation<'_> {
    fn error(&self, kind: SaveErrorKind) -> SaveError {
        SaveError {
            path: self.path.to_owned(),
            kind,
        }
    }

    fn io_error(&self, error: &io::Error) -> SaveError {
        SaveError::from_io_error(self.path, error)
    }

    /// Whether the file is one that we may write.
    fn check_writable(&self, data: &Metadata) -> Result<(), SaveError> {
        if !data.is_file() {
            let kind = check_readable(data).err();
            let kind = kind.unwrap_or(ReadErrorKind::NotRegularFile);
            return Err(self.error(SaveErrorKind::NotRegularFile(kind)));
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
        match read_only {
            true => Err(self.error(SaveErrorKind::ReadOnly(ReadOnlyReason::Mode))),
            false => Ok(()),
        }
    }

    fn create(&self, real: &Path) -> Result<SavedFile, SaveError> {
        if let SavePrecondition::Bytes(_) = self.expected {
            return Err(self.error(SaveErrorKind::Removed));
        }
        let created = TempFile::new(real, None, false).and_then(|mut temp| {
            temp.write_synced(self.bytes)?;
            temp.persist_new(real)
        });
        let warning = created.map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists => self.error(SaveErrorKind::Exists),
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
                self.error(SaveErrorKind::FolderClosed)
            }
            _ => self.io_error(&error),
        })?;
        Ok(SavedFile {
            path: real.to_owned(),
            method: SaveMethod::Created,
            warning,
        })
    }

    fn save_existing(&self, real: &Path) -> Result<SavedFile, SaveError> {
        if self.expected == SavePrecondition::NewFile {
            return Err(self.error(SaveErrorKind::Exists));
        }
        let mut locked = lock::lock_for_saving(real, self.state_folder)
            .map_err(|error| SaveError::from_lock_error(self.path, error))?;
        // Once more: while the lock was waited for, its mode may have changed.
        let data = locked.file.metadata();
        self.check_writable(&data.map_err(|error| self.io_error(&error))?)?;
        let current = overwrite::read_contents(&locked.file);
        let current = current.map_err(|error| self.io_error(&error))?;
        self.check_expected(&current)?;
        let saved = |method, warning| SavedFile {
            path: real.to_owned(),
            method,
            warning,
        };
        if current == self.bytes {
            return Ok(saved(SaveMethod::Unchanged, None));
        }
        // A new file would take the place of one name only, and the others would keep the old text.
        let reason = if file_attributes::hard_link_count(&locked.file) > 1 {
            InPlaceReason::HardLinks
        } else {
            match self.replace(real, &locked.file, &current)? {
                Ok(warning) => return Ok(saved(SaveMethod::Replaced, warning)),
                Err(CannotReplace) => InPlaceReason::CannotReplace,
            }
        };
        self.write_in_place(real, &mut locked.file, &current)?;
        Ok(saved(SaveMethod::InPlace(reason), None))
    }

    /// Compares what is in the file with what the caller takes to be there.
    fn check_expected(&self, current: &[u8]) -> Result<(), SaveError> {
        match self.expected {
            SavePrecondition::Bytes(expected) if expected != current => {
                let current = current.to_vec();
                Err(self.error(SaveErrorKind::Changed { current }))
            }
            _ => Ok(()),
        }
    }

    /// Compares once more, right before the bytes are replaced: other programs do not wait for our
    /// lock.
    fn check_unchanged(&self, real: &Path, file: &File, before: &[u8]) -> Result<(), SaveError> {
        if self.expected == SavePrecondition::Any {
            return Ok(());
        }
        // Another program that saves as we do leaves our open file as it was, under no name.
        let look = || Ok::<_, io::Error>((fs::read(real)?, lock::is_same_file(file, real)?));
        match look() {
            Ok((current, is_same)) if current != before || !is_same => {
                Err(self.error(SaveErrorKind::Changed { current }))
            }
            Ok(_) => Ok(()),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                Err(self.error(SaveErrorKind::Removed))
            }
            Err(error) => Err(self.io_error(&error)),
        }
    }

    fn replace(
        &self,
        real: &Path,
        file: &File,
        before: &[u8],
    ) -> Result<Result<Option<SaveWarning>, CannotReplace>, SaveError> {
        let mut temp = match TempFile::new(real, Some(file), false) {
            Ok(temp) => temp,
            Err(error) if prevents_replacing(&error) => return Ok(Err(CannotReplace)),
            Err(error) => return Err(self.io_error(&error)),
        };
        let written = temp.write_synced(self.bytes);
        written.map_err(|error| self.io_error(&error))?;
        self.check_unchanged(real, file, before)?;
        fault_point("Replacing the file");
        match temp.exchange(real) {
            Ok(old) => self.check_replaced(real, old, file, before).map(Ok),
            Err((temp, error)) if error.kind() == ErrorKind::Unsupported => {
                self.rename_over(real, temp, file, before)
            }
            // Gone since it was compared.
            Err((temp, error)) if error.kind() == ErrorKind::NotFound => match self.expected {
                SavePrecondition::Any => self.rename_over(real, temp, file, before),
                _ => Err(self.error(SaveErrorKind::Removed)),
            },
            Err((_, error)) if prevents_replacing(&error) => Ok(Err(CannotReplace)),
            Err((_, error)) => Err(self.io_error(&error)),
        }
    }

    /// Looks at the file whose place the new one has taken. Where it is not what was compared, it
    /// gets its place back, and whoever still writes to it goes on there.
    fn check_replaced(
        &self,
        real: &Path,
        old: ReplacedFile,
        file: &File,
        before: &[u8],
    ) -> Result<Option<SaveWarning>, SaveError> {
        if self.expected == SavePrecondition::Any {
            return Ok(old.remove(real));
        }
        let found = old.read();
        if old.is_same_file(file) && found.as_ref().is_ok_and(|found| found == before) {
            return Ok(old.remove(real));
        }
        old.move_back(real).map_err(|error| self.io_error(&error))?;
        match found {
            Ok(current) => Err(self.error(SaveErrorKind::Changed { current })),
            Err(error) => Err(self.io_error(&error)),
        }
    }

    /// Replaces the file by a rename, where names cannot be exchanged.
    fn rename_over(
        &self,
        real: &Path,
        temp: TempFile,
        file: &File,
        before: &[u8],
    ) -> Result<Result<Option<SaveWarning>, CannotReplace>, SaveError> {
        let old = SecondName::new(real, file);
        self.check_unchanged(real, file, before)?;
        match temp.persist(real) {
            Ok(warning) => {
                self.put_back_late_writes(real, old, file, before)?;
                Ok(Ok(warning))
            }
            Err(error) if prevents_replacing(&error) => Ok(Err(CannotReplace)),
            Err(error) => Err(self.io_error(&error)),
        }
    }

    /// Another program, which does not heed our lock, may have written into the old file after it
    /// was compared. Then that file gets its place back, and whoever still writes to it goes on
    /// there.
    fn put_back_late_writes(
        &self,
        real: &Path,
        old: Option<SecondName>,
        file: &File,
        before: &[u8],
    ) -> Result<(), SaveError> {
        let (Some(old), true) = (old, self.expected != SavePrecondition::Any) else {
            return Ok(());
        };
        match overwrite::read_contents(file) {
            Ok(current) if current != before => {
                old.move_to(real).map_err(|error| self.io_error(&error))?;
                Err(self.error(SaveErrorKind::Changed { current }))
            }
            // What cannot be read tells nothing.
            _ => Ok(()),
        }
    }

    fn write_in_place(&self, real: &Path, file: &mut File, before: &[u8]) -> Result<(), SaveError> {
        let no_backup = |refused| self.error(SaveErrorKind::NoBackup(refused));
        let state = self.state_folder.ok_or_else(|| no_backup(None))?;
        // On the disk, its folder too, before the first byte of the file changes.
        let backup = backup::BackupFile::create(state, real, before, self.bytes)
            .map_err(|error| no_backup(Some((state.to_owned(), error.into()))))?;
        if let Err(refused) = self.check_unchanged(real, file, before) {
            backup.remove();
            return Err(refused);
        }
        fault_point("Writing in place");
        match overwrite::overwrite_or_restore(file, before, self.bytes) {
            Ok(()) => {
                backup.remove();
                Ok(())
            }
            Err((error, is_restored)) if is_restored => {
                backup.remove();
                Err(self.io_error(&error))
            }
            Err((error, _)) => Err(self.error(SaveErrorKind::PartiallyWritten {
                backup: backup.path,
                error: error.into(),
            })),
        }
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
