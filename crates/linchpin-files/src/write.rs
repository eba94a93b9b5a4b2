//! Writing results, such as images and tables, over whatever was there.

use super::io_error::io_error_message;
use super::temp_file::{TempFile, remove_stale};
use std::fs::File;
use std::io;
use std::path::Path;

/// Writes a file whole: into a new file beside it that then takes its place, so that a full disk
/// leaves the old one as it was.
///
/// # Errors
/// Where the system refuses; in words that name the file.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    write_replacing(path, bytes)
        .map_err(|e| format!("Cannot write {}: {}", path.display(), io_error_message(&e)))
}

fn write_replacing(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let old = match std::fs::metadata(path) {
        Ok(data) if data.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
        // A device or a pipe takes what is written to it; nothing must take its place.
        Ok(data) if !data.is_file() => return std::fs::write(path, bytes),
        Ok(_) => File::open(path).ok(),
        Err(_) => None,
    };
    let target = super::resolve_links::resolve_links(path)?;
    remove_stale(&target);
    // An image that another user owned becomes ours where its owner cannot be kept.
    let mut beside = TempFile::new(&target, old.as_ref(), false)
        .or_else(|_| TempFile::new(&target, None, false))?;
    beside.write_synced(bytes)?;
    beside.persist(&target).map(drop)
}
