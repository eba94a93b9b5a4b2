//! Telling whether a file has changed without reading it.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// What tells one state of a file from another without reading it.
#[derive(Clone, Debug, PartialEq)]
pub struct FileSignature {
    path: PathBuf,
    size: u64,
    modified: Option<SystemTime>,
    identity: (u64, u64),
}

/// What a file looks like from outside just now; a link is followed.
///
/// # Errors
/// Where the system cannot say.
pub fn file_signature(path: &Path) -> std::io::Result<FileSignature> {
    let real = path.canonicalize()?;
    let data = std::fs::metadata(&real)?;
    #[cfg(unix)]
    let identity = {
        use std::os::unix::fs::MetadataExt as _;
        (data.dev(), data.ino())
    };
    #[cfg(not(unix))]
    let identity = (0, 0);
    Ok(FileSignature {
        path: real,
        size: data.len(),
        modified: data.modified().ok(),
        identity,
    })
}
