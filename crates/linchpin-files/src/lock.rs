//! One save at a time: a second Linchpin that saves the same file waits for the first.
//!
//! The lock is the system's own and ends with its owner, however that ends. Other programs do not
//! heed it: against them the bytes are compared right before they are replaced.

use linchpin_task::Task;
use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;
use std::time::Duration;

/// How long to wait for another save.
const LOCK_TIMEOUT: Duration = Duration::from_secs(10);

/// Why a file cannot be locked.
#[derive(Debug)]
pub(crate) enum LockError {
    /// The other save does not end.
    Busy,
    /// The system refuses to open it for writing.
    System(io::Error),
}

/// A file, open for reading and writing, that no other Linchpin saves as long as this lives.
#[derive(Debug)]
pub(crate) struct LockedFile {
    /// The file itself.
    pub file: File,
    // Where the system keeps everybody from reading a locked file, another one is locked in its
    // place.
    #[cfg(not(unix))]
    _lock_file: Option<File>,
}

/// Opens the file that stands under a path and keeps other saves off it.
#[cfg(unix)]
pub(crate) fn lock_for_saving(path: &Path, _state: Option<&Path>) -> Result<LockedFile, LockError> {
    loop {
        let file = lock_with_timeout(open(path)?)?;
        // While we waited, another save may have put a new file in its place.
        if is_same_file(&file, path).map_err(LockError::System)? {
            return Ok(LockedFile { file });
        }
    }
}

/// Opens the file that stands under a path and keeps other saves off it.
#[cfg(not(unix))]
pub(crate) fn lock_for_saving(path: &Path, state: Option<&Path>) -> Result<LockedFile, LockError> {
    let lock_file = state.and_then(|state| {
        let folder = state.join("locks");
        crate::app_folders::create_private_folder(&folder).ok()?;
        let name = crate::checksummed::checksum(path.as_os_str().as_encoded_bytes());
        let mut options = File::options();
        options.write(true).create(true).truncate(false);
        options.open(folder.join(format!("{name:016x}"))).ok()
    });
    let _lock_file = lock_file.map(lock_with_timeout).transpose()?;
    Ok(LockedFile {
        file: open(path)?,
        _lock_file,
    })
}

fn open(path: &Path) -> Result<File, LockError> {
    let mut options = File::options();
    options
        .read(true)
        .write(true)
        .open(path)
        .map_err(LockError::System)
}

/// Locks a file. Where the disk knows no locks (some that are reached over a network), the file
/// stays open without one: the comparison before the bytes are replaced still protects it.
fn lock_with_timeout(file: File) -> Result<File, LockError> {
    match file.try_lock() {
        Ok(()) | Err(TryLockError::Error(_)) => return Ok(file),
        Err(TryLockError::WouldBlock) => {}
    }
    // The system waits without an end: in a task, which drops the file, and with it the lock, where
    // nobody waits any more.
    let task = Task::new("Waiting for a lock").deadline(LOCK_TIMEOUT);
    let locked = task.spawn(move |_| {
        // Where it fails, the file stays unlocked, as on disks that know no locks.
        let _ = file.lock();
        file
    });
    locked.wait().map_err(|_| LockError::Busy)
}

/// Whether a path still leads to this open file, and not to another that took its place.
pub(crate) fn is_same_file(file: &File, path: &Path) -> io::Result<bool> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        // The path comes last: what is asked of the file itself does not change, and so nothing
        // lies between the answer and what the caller does next.
        let here = file.metadata()?;
        let there = std::fs::metadata(path)?;
        Ok((here.dev(), here.ino()) == (there.dev(), there.ino()))
    }
    #[cfg(not(unix))]
    {
        // There an open file keeps its name.
        let _ = (file, std::fs::metadata(path)?);
        Ok(true)
    }
}
