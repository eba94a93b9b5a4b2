//! Telling whether a file has changed without reading it.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// What tells one state of a file from another without reading it.
#[derive(Clone, Debug, PartialEq)]
pub struct Signature {
    real: PathBuf,
    size: u64,
    modified: Option<SystemTime>,
    identity: (u64, u64),
}

/// What a file looks like from outside just now; a link is followed.
///
/// # Errors
/// Where the system cannot say.
pub fn signature(path: &Path) -> std::io::Result<Signature> {
    let real = path.canonicalize()?;
    let data = std::fs::metadata(&real)?;
    #[cfg(unix)]
    let identity = {
        use std::os::unix::fs::MetadataExt as _;
        (data.dev(), data.ino())
    };
    #[cfg(not(unix))]
    let identity = (0, 0);
    Ok(Signature {
        real,
        size: data.len(),
        modified: data.modified().ok(),
        identity,
    })
}
