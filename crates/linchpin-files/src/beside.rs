//! A new file beside the one whose place it takes: written and on the disk before anything else
//! changes, so that the old or the new one stands whole at any time.
//!
//! The new file is locked as long as its writer lives. One that nobody holds is what a killed
//! program left; [`sweep`] removes it.

use super::attributes;
use super::place::unique;
use super::sealed::sum;
use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

/// A new file that has not taken its place yet. Dropped before that, it is removed.
#[derive(Debug)]
pub(super) struct Beside {
    file: File,
    path: PathBuf,
    in_place: bool,
}

/// What went wrong after all went well.
pub(super) type Doubt = Option<String>;

impl Beside {
    /// A new file in the folder of `target`, with mode, owner and attributes `like` those of
    /// another. Without that, a `private` one is closed to other users.
    pub fn new(target: &Path, like: Option<&File>, private: bool) -> io::Result<Self> {
        let mut options = File::options();
        options.write(true).create_new(true);
        #[cfg(unix)]
        if like.is_some() || private {
            use std::os::unix::fs::OpenOptionsExt as _;
            options.mode(0o600);
        }
        #[cfg(not(unix))]
        let _ = private;
        let beside = loop {
            let path = target.with_file_name(own_name(target));
            let file = match options.open(&path) {
                Err(e) if e.kind() == ErrorKind::AlreadyExists => continue,
                other => other?,
            };
            let beside = Beside {
                file,
                path,
                in_place: false,
            };
            // Between its making and its locking somebody may have swept it away.
            let taken = matches!(beside.file.try_lock(), Err(TryLockError::WouldBlock));
            if !taken && super::lock::is_at(&beside.file, &beside.path).unwrap_or(false) {
                break beside;
            }
        };
        if let Some(like) = like {
            attributes::copy(like, &beside.file)?;
        }
        Ok(beside)
    }

    /// Where the bytes go. [`Beside::settle`] must follow.
    pub fn file(&mut self) -> &mut File {
        &mut self.file
    }

    /// Writes all bytes and waits until the disk has them.
    pub fn fill(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)?;
        self.settle()
    }

    /// Waits until the disk has the bytes.
    pub fn settle(&self) -> io::Result<()> {
        self.file.sync_all()
    }

    /// Takes the place of whatever file is there.
    ///
    /// # Errors
    /// Where it cannot. Once it has, trouble is only a doubt: whether the disk has noted the change
    /// of names, too.
    pub fn replace(mut self, target: &Path) -> io::Result<Doubt> {
        fs::rename(&self.path, target)?;
        self.in_place = true;
        Ok(settle_folder(target))
    }

    /// Takes its place where no file is there.
    ///
    /// # Errors
    /// [`ErrorKind::AlreadyExists`] where there is one; otherwise where the system refuses.
    pub fn claim(mut self, target: &Path) -> io::Result<Doubt> {
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
                    .inspect(|()| self.in_place = true)
                    .inspect_err(|_| drop(fs::remove_file(target)))
                    .map(|()| settle_folder(target));
            }
        }
        // Where this fails, a second name is left over, which the next save removes.
        self.in_place = fs::remove_file(&self.path).is_ok();
        Ok(settle_folder(target))
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        if !self.in_place {
            // Where this fails, the next save sweeps it away.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Sees to it that the folder remembers which file has which name, even without power.
fn settle_folder(target: &Path) -> Doubt {
    if !cfg!(unix) {
        return None;
    }
    let folder = File::open(folder_of(target));
    // A folder that may be written but not listed cannot be asked for it.
    folder
        .and_then(|folder| folder.sync_all())
        .err()
        .filter(|e| e.kind() != ErrorKind::PermissionDenied)
        .map(|e| {
            format!(
                "{} is saved, but the disk reports trouble since ({}); keep a copy on another disk",
                target.display(),
                super::words::in_words(&e)
            )
        })
}

/// The folder of a file.
pub(super) fn folder_of(target: &Path) -> &Path {
    match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Removes new files for `target` whose writers are gone.
pub(super) fn sweep(target: &Path) {
    sweep_those(folder_of(target), &start_of_name(target));
}

/// Removes all new files in a folder whose writers are gone.
pub(super) fn sweep_folder(folder: &Path) {
    sweep_those(folder, START);
}

fn sweep_those(folder: &Path, start: &str) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        if !name
            .to_str()
            .is_some_and(|name| name.starts_with(start) && is_own(name))
            || !entry.file_type().is_ok_and(|t| t.is_file())
        {
            continue;
        }
        let path = entry.path();
        if let Ok(file) = File::options().write(true).open(&path)
            && file.try_lock().is_ok()
        {
            let _ = fs::remove_file(&path);
        }
    }
}

const START: &str = ".linchpin-";
const END: &str = ".saving";

/// Short whatever the target's name is, since names have a limit, and like nothing that a user
/// would choose.
fn start_of_name(target: &Path) -> String {
    let name = target.file_name().unwrap_or_default();
    format!("{START}{:016x}-", sum(name.as_encoded_bytes()))
}

fn own_name(target: &Path) -> OsString {
    format!("{}{:016x}{END}", start_of_name(target), unique()).into()
}

/// Whether a file bears a name as [`own_name`] makes them: nobody else's file must be taken for
/// one.
fn is_own(name: &str) -> bool {
    let ids = name.strip_prefix(START).and_then(|n| n.strip_suffix(END));
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
    fn only_our_own_names_are_swept() {
        let own = own_name(Path::new("/tmp/a.ron")).into_string().unwrap();
        assert!(is_own(&own), "{own}");
        assert!(own.starts_with(&start_of_name(Path::new("a.ron"))));
        assert!(!own.starts_with(&start_of_name(Path::new("b.ron"))));
        for other in [
            ".linchpin-.saving",
            ".linchpin-notes.saving",
            "a.ron",
            ".linchpin-0123456789abcdef-my-notes-of-2026.saving",
        ] {
            assert!(!is_own(other), "{other}");
        }
    }
}
