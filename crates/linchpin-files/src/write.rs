//! Writing results, such as images and tables, over whatever was there.

use crate::resolve_links::resolve_links;
use crate::system_error::SystemError;
use crate::temp_file::{TempFile, remove_stale};
use std::fmt;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

/// A file that was not written. Reads as a sentence that names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WriteError {
    /// The file, as the caller named it.
    pub path: PathBuf,
    /// What the system says.
    pub error: SystemError,
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cannot write {}: {}", self.path.display(), self.error)
    }
}

impl std::error::Error for WriteError {}

/// Writes a file whole: into a new file next to it that then takes its place, so that a full disk
/// leaves the old one as it was.
///
/// # Errors
/// Where the system refuses.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    write_replacing(path, bytes).map_err(|error| WriteError {
        path: path.to_owned(),
        error: error.into(),
    })
}

fn write_replacing(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let old = match std::fs::metadata(path) {
        Ok(data) if data.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
        // A device or a pipe takes what is written to it; nothing must take its place.
        Ok(data) if !data.is_file() => return std::fs::write(path, bytes),
        Ok(_) => File::open(path).ok(),
        Err(_) => None,
    };
    let target = resolve_links(path)?;
    remove_stale(&target);
    // An image that another user owned becomes ours where its owner cannot be kept.
    let mut temp = TempFile::new(&target, old.as_ref(), false)
        .or_else(|_| TempFile::new(&target, None, false))?;
    temp.write_synced(bytes)?;
    temp.persist(&target).map(drop)
}
