//! A new file next to the one whose place it takes: written and on the disk before anything else
//! changes, so that the old or the new one stands whole at any time. In the same folder, because
//! only a rename on one disk is a single step.
//!
//! The new file is locked as long as its writer lives. One that nobody locks is what a killed
//! program left; [`remove_stale`] removes it.

use crate::app_folders::random_id;
use crate::checksummed::checksum;
use crate::save_outcome::SaveWarning;
use crate::{file_attributes, lock};
use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

/// A new file that has not taken its place yet. Dropped before that, it is removed.
#[derive(Debug)]
pub(crate) struct TempFile {
    file: File,
    path: PathBuf,
    is_persisted: bool,
}

impl TempFile {
    /// A new file in the folder of `target`, with mode, owner and attributes `like` those of
    /// another. Without that, a `private` one is closed to other users.
    pub fn new(target: &Path, like: Option<&File>, private: bool) -> io::Result<Self> {
        let mut options = File::options();
        options.write(true).create_new(true);
        // Closed at first also where it is like an open one: nobody may read it before it has the
        // access list of the other.
        #[cfg(unix)]
        if like.is_some() || private {
            use std::os::unix::fs::OpenOptionsExt as _;
            options.mode(0o600);
        }
        #[cfg(not(unix))]
        let _ = private;
        let temp = loop {
            let path = target.with_file_name(temp_name(target));
            let file = match options.open(&path) {
                Err(e) if e.kind() == ErrorKind::AlreadyExists => continue,
                other => other?,
            };
            let temp = TempFile {
                file,
                path,
                is_persisted: false,
            };
            // Between its making and its locking another program may have taken it for a stale one
            // and removed it.
            let is_taken = matches!(temp.file.try_lock(), Err(TryLockError::WouldBlock));
            if !is_taken && lock::is_same_file(&temp.file, &temp.path).unwrap_or(false) {
                break temp;
            }
        };
        if let Some(like) = like {
            file_attributes::copy_attributes(like, &temp.file)?;
        }
        Ok(temp)
    }

    /// Where the bytes go. [`TempFile::sync`] must follow.
    pub fn file(&mut self) -> &mut File {
        &mut self.file
    }

    /// Writes all bytes and waits until the disk has them.
    pub fn write_synced(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)?;
        self.sync()
    }

    /// Waits until the disk has the bytes.
    pub fn sync(&self) -> io::Result<()> {
        self.file.sync_all()
    }

    /// Takes the place of whatever file is there.
    ///
    /// # Errors
    /// Where it cannot. Once it has, trouble is only a warning: the disk may not have noted the
    /// change of names.
    pub fn persist(mut self, target: &Path) -> io::Result<Option<SaveWarning>> {
        fs::rename(&self.path, target)?;
        self.is_persisted = true;
        Ok(sync_folder(target))
    }

    /// Takes the place of the file that is there, which is not gone yet but has the name of the
    /// new one: so it can be told whether it is the one that was meant.
    ///
    /// # Errors
    /// [`ErrorKind::Unsupported`] where the system or the disk cannot exchange two names;
    /// [`ErrorKind::NotFound`] where no file is there; otherwise where the system refuses. The new
    /// file comes back.
    pub fn exchange(mut self, target: &Path) -> Result<ReplacedFile, (TempFile, io::Error)> {
        match exchange_names(&self.path, target) {
            Ok(()) => {
                self.is_persisted = true;
                Ok(ReplacedFile {
                    path: self.path.clone(),
                    new: self,
                })
            }
            Err(error) => Err((self, error)),
        }
    }

    /// Takes its place where no file is there.
    ///
    /// # Errors
    /// [`ErrorKind::AlreadyExists`] where there is one; otherwise where the system refuses.
    pub fn persist_new(mut self, target: &Path) -> io::Result<Option<SaveWarning>> {
        // A second name for the file, and then not the first one: nothing can be overwritten that
        // way.
        match fs::hard_link(&self.path, target) {
            Ok(()) => {}
            Err(e) if matches!(e.kind(), ErrorKind::AlreadyExists | ErrorKind::NotFound) => {
                return Err(e);
            }
            // Disks without second names: an empty file holds the place for a moment.
            Err(_) => {
                File::create_new(target)?;
                return fs::rename(&self.path, target)
                    .inspect(|()| self.is_persisted = true)
                    .inspect_err(|_| drop(fs::remove_file(target)))
                    .map(|()| sync_folder(target));
            }
        }
        // Where this fails, a second name is left over, which the next save removes.
        self.is_persisted = fs::remove_file(&self.path).is_ok();
        Ok(sync_folder(target))
    }
}

impl Drop for TempFile {
    fn drop(&mut self) {
        if !self.is_persisted {
            // Where this fails, the next save removes it.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// The file whose place a new one has taken, under the name that the new one had. Dropped, it is
/// removed; where a kill comes first, the next save removes it.
#[derive(Debug)]
pub(crate) struct ReplacedFile {
    path: PathBuf,
    new: TempFile,
}

impl ReplacedFile {
    /// Its bytes.
    pub fn read(&self) -> io::Result<Vec<u8>> {
        fs::read(&self.path)
    }

    /// Whether it is this file.
    pub fn is_same_file(&self, file: &File) -> bool {
        lock::is_same_file(file, &self.path).unwrap_or(false)
    }

    /// Gives it its place back.
    ///
    /// # Errors
    /// Where the system refuses.
    pub fn move_back(self, target: &Path) -> io::Result<()> {
        exchange_names(&self.path, target)?;
        // Whoever comes in between has the last word: what stood there now is the new file, or
        // what has taken its place since.
        if !lock::is_same_file(&self.new.file, &self.path).unwrap_or(true) {
            exchange_names(&self.path, target)?;
        }
        // The folder may not have noted it; the bytes are where they belong.
        let _ = sync_folder(target);
        Ok(())
    }

    /// Lets it go. Trouble is only a warning: the disk may not have noted the change of names.
    pub fn remove(self, target: &Path) -> Option<SaveWarning> {
        drop(self);
        sync_folder(target)
    }
}

impl Drop for ReplacedFile {
    fn drop(&mut self) {
        // Where this fails, the next save removes it.
        let _ = fs::remove_file(&self.path);
    }
}

/// Each of two files gets the name of the other, in one step.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn exchange_names(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).map_err(|error| match error {
        // Old systems do not know the call, some disks not the flag.
        Errno::NOSYS | Errno::INVAL | Errno::OPNOTSUPP => ErrorKind::Unsupported.into(),
        other => other.into(),
    })
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn exchange_names(_one: &Path, _other: &Path) -> io::Result<()> {
    Err(ErrorKind::Unsupported.into())
}

/// A second name of a file while another one takes its place, so that it is not lost with the
/// first. Dropped, the name is removed; where a kill comes first, the next save removes it.
#[derive(Debug)]
pub(crate) struct SecondName(PathBuf);

impl SecondName {
    /// `None` where the disk knows no second names, or it is another file that stands there.
    pub fn new(target: &Path, file: &File) -> Option<Self> {
        let path = target.with_file_name(temp_name(target));
        fs::hard_link(target, &path).ok()?;
        let name = SecondName(path);
        lock::is_same_file(file, &name.0)
            .is_ok_and(|same| same)
            .then_some(name)
    }

    /// Gives the file its place back.
    pub fn move_to(self, target: &Path) -> io::Result<()> {
        fs::rename(&self.0, target)?;
        // The folder may not have noted it; the bytes are where they belong.
        let _ = sync_folder(target);
        Ok(())
    }
}

impl Drop for SecondName {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// Sees to it that the folder remembers which file has which name, even without power.
fn sync_folder(target: &Path) -> Option<SaveWarning> {
    if !cfg!(unix) {
        return None;
    }
    let folder = File::open(parent_folder(target));
    // A folder that may be written but not listed cannot be asked for it.
    folder
        .and_then(|folder| folder.sync_all())
        .err()
        .filter(|e| e.kind() != ErrorKind::PermissionDenied)
        .map(|error| SaveWarning {
            path: target.to_owned(),
            error: error.into(),
        })
}

/// The folder of a file.
pub(crate) fn parent_folder(target: &Path) -> &Path {
    match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Removes new files for `target` whose writers are gone.
pub(crate) fn remove_stale(target: &Path) {
    remove_stale_with_prefix(parent_folder(target), &name_prefix(target));
}

/// Removes all new files in a folder whose writers are gone.
pub(crate) fn remove_stale_in(folder: &Path) {
    remove_stale_with_prefix(folder, NAME_PREFIX);
}

fn remove_stale_with_prefix(folder: &Path, start: &str) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        if !name
            .to_str()
            .is_some_and(|name| name.starts_with(start) && is_temp_name(name))
            || !entry.file_type().is_ok_and(|t| t.is_file())
        {
            continue;
        }
        let path = entry.path();
        // Whoever gets the lock knows that its writer is gone.
        if let Ok(file) = File::options().write(true).open(&path)
            && file.try_lock().is_ok()
        {
            let _ = fs::remove_file(&path);
        }
    }
}

const NAME_PREFIX: &str = ".linchpin-";
const NAME_SUFFIX: &str = ".saving";

/// Short whatever the target's name is, since names have a limit, and like nothing that a user
/// would choose.
fn name_prefix(target: &Path) -> String {
    let name = target.file_name().unwrap_or_default();
    format!("{NAME_PREFIX}{:016x}-", checksum(name.as_encoded_bytes()))
}

fn temp_name(target: &Path) -> OsString {
    format!("{}{:016x}{NAME_SUFFIX}", name_prefix(target), random_id()).into()
}

/// Whether a file bears a name as [`temp_name`] makes them: nobody else's file must be taken for
/// one.
fn is_temp_name(name: &str) -> bool {
    let ids = name
        .strip_prefix(NAME_PREFIX)
        .and_then(|n| n.strip_suffix(NAME_SUFFIX));
    ids.and_then(|ids| ids.split_once('-'))
        .is_some_and(|(of, id)| {
            [of, id]
                .iter()
                .all(|n| n.len() == 16 && n.bytes().all(|b| b.is_ascii_hexdigit()))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_names_are_removed() {
        let own = temp_name(Path::new("/tmp/a.ron")).into_string().unwrap();
        assert!(is_temp_name(&own), "{own}");
        assert!(own.starts_with(&name_prefix(Path::new("a.ron"))));
        assert!(!own.starts_with(&name_prefix(Path::new("b.ron"))));
        for other in [
            ".linchpin-.saving",
            ".linchpin-notes.saving",
            "a.ron",
            ".linchpin-0123456789abcdef-my-notes-of-2026.saving",
        ] {
            assert!(!is_temp_name(other), "{other}");
        }
    }
}
