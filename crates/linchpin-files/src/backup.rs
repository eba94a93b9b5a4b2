//! A copy of the old bytes while a file is written in place: what a kill or a dead disk tears can
//! be put back.

use super::app_folders::{create_private_folder, random_id};
use super::checksummed::{
    ChecksumError, SerializedPath, checksum, read_checksummed, write_checksummed,
};
use super::save_error::SaveError;
use super::{lock, overwrite};
use serde::{Deserialize, Serialize};
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A file whose saving was broken off midway: it holds parts of the old and of the new text.
///
/// As long as this lives, no other Linchpin offers it too. Dropped without
/// [`Interrupted::put_back`] or [`Interrupted::forget`], it is offered again at the next start.
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
    backup: BackupFile,
}

/// What [`interrupted`] finds.
#[derive(Debug, Default)]
pub struct InterruptedSaves {
    /// Files to be put back.
    pub files: Vec<InterruptedSave>,
    /// Sentences about copies that cannot be used.
    pub errors: Vec<String>,
}

impl InterruptedSave {
    /// Puts the old text back, unless the file has changed since it was looked at.
    ///
    /// # Errors
    /// As for [`super::save`]. The copy is kept then.
    pub fn restore(self) -> Result<(), SaveError> {
        let mut held = lock::lock_for_saving(&self.path, None)
            .map_err(|e| SaveError::from_lock_error(&self.path, e))?;
        let now = overwrite::read_contents(&mut held.file)
            .map_err(|e| SaveError::from_io_error(&self.path, &e))?;
        if now != self.current {
            return Err(SaveError::Changed {
                path: self.path.clone(),
                current: now,
            });
        }
        // The copy stays until the disk has the old text again, so one more interruption does no
        // harm.
        overwrite::overwrite(&mut held.file, now.len() as u64, &self.old)
            .map_err(|e| SaveError::from_io_error(&self.path, &e))?;
        self.backup.remove();
        Ok(())
    }

    /// Leaves the file as it is, and removes the copy.
    pub fn discard_backup(self) {
        self.backup.remove();
    }
}

/// A copy on the disk, locked.
#[derive(Debug)]
pub(super) struct BackupFile {
    pub path: PathBuf,
    file: File,
}

#[derive(Serialize, Deserialize)]
struct BackupHeader {
    path: SerializedPath,
    when_ms: u64,
    /// How long the new text is, and its checksum: a file that holds it is no torn one.
    new: (u64, u64),
}

impl BackupFile {
    /// Keeps the old bytes of a file that is about to be written in place.
    pub fn create(state: &Path, target: &Path, old: &[u8], new: &[u8]) -> io::Result<Self> {
        let folder = state.join("kept");
        create_private_folder(&folder)?;
        let path = folder.join(format!("{:016x}.kept", random_id()));
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
        let copy = |file: &mut File| {
            // A disk without locks keeps it from being offered too early only by chance; it is
            // whole all the same.
            let _ = file.try_lock();
            write_checksummed(file, &head, &[old])?;
            file.sync_all()?;
            #[cfg(unix)]
            File::open(&folder)?.sync_all()?;
            Ok(())
        };
        match copy(&mut file) {
            Ok(()) => Ok(BackupFile { path, file }),
            Err(e) => {
                let _ = fs::remove_file(&path);
                Err(e)
            }
        }
    }

    /// The file is whole again: nobody needs the copy.
    pub fn remove(self) {
        // Where this fails, the next start sees that the file is whole, and tries again.
        let _ = fs::remove_file(&self.path);
    }
}

/// Looks for files whose saving was broken off, at the start of the program. Copies of files that
/// are whole are removed.
pub fn find_interrupted_saves(state: &Path) -> InterruptedSaves {
    let mut found = InterruptedSaves::default();
    let folder = state.join("kept");
    for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.extension().is_none_or(|e| e != "kept") {
            continue;
        }
        let Ok(file) = File::options().read(true).write(true).open(&path) else {
            continue;
        };
        // Its saving is under way.
        if let Err(TryLockError::WouldBlock) = file.try_lock() {
            continue;
        }
        let copy = BackupFile { path, file };
        match inspect_backup(copy) {
            Ok(Some(file)) => found.files.push(file),
            Ok(None) => {}
            Err(trouble) => found.errors.push(trouble),
        }
    }
    found.files.sort_by_key(|file| file.when);
    found
}

fn inspect_backup(mut copy: BackupFile) -> Result<Option<InterruptedSave>, String> {
    let bytes = overwrite::read_contents(&mut copy.file).map_err(|e| {
        format!(
            "Cannot read {}: {}",
            copy.path.display(),
            super::io_error::io_error_message(&e)
        )
    })?;
    let (head, old) = match read_checksummed::<BackupHeader>(&bytes) {
        Ok(whole) => whole,
        // The file is written only after its copy is whole.
        Err(ChecksumError::Truncated) => {
            copy.remove();
            return Ok(None);
        }
        Err(ChecksumError::Corrupted) => {
            let aside = copy.path.with_extension("damaged");
            let _ = fs::rename(&copy.path, &aside);
            return Err(format!(
                "The saving of a file was broken off, and the copy of its old text is damaged; it \
                was set aside as {}",
                aside.display()
            ));
        }
    };
    let path = PathBuf::from(head.path);
    let now = match fs::metadata(&path) {
        Ok(data) if data.is_file() => fs::read(&path).ok(),
        _ => None,
    };
    let Some(now) = now else {
        // Perhaps on a disk that is not there today.
        return Err(format!(
            "The saving of {} was broken off, and the file cannot be read now; the copy of its old \
            text is {}",
            path.display(),
            copy.path.display()
        ));
    };
    if now == old || (now.len() as u64, checksum(&now)) == head.new {
        copy.remove();
        return Ok(None);
    }
    Ok(Some(InterruptedSave {
        old: old.to_vec(),
        current: now,
        when: UNIX_EPOCH + Duration::from_millis(head.when_ms),
        path,
        backup: copy,
    }))
}
