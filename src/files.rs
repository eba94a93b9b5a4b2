//! Reading files that a user names.

use std::fmt;
use std::path::{Path, PathBuf};

/// The largest register that is read, in bytes.
pub const MAX_BYTES: u64 = 1 << 30;

/// Why a file cannot be read.
#[derive(Debug)]
pub struct Unreadable {
    path: PathBuf,
    why: String,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.why)
    }
}

/// Reads a file whole.
///
/// # Errors
/// Where there is none, it is no regular file, it is too large, or the system refuses.
pub fn read(path: &Path) -> Result<Vec<u8>, Unreadable> {
    let fail = |why: String| Unreadable { path: path.to_owned(), why };
    let data = std::fs::metadata(path).map_err(|e| fail(e.to_string()))?;
    if data.is_dir() {
        return Err(fail("this is a folder".into()));
    }
    if !data.is_file() {
        return Err(fail("this is no ordinary file".into()));
    }
    if data.len() > MAX_BYTES {
        return Err(fail(format!("{} bytes are more than a register may have ({MAX_BYTES})", data.len())));
    }
    std::fs::read(path).map_err(|e| fail(e.to_string()))
}

/// Writes a file whole: into a new file beside it that then takes its place, so that a full disk leaves the old one as it was.
///
/// # Errors
/// Where the system refuses; in words that name the file.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Unreadable> {
    use std::io::Write as _;
    let fail = |e: std::io::Error| Unreadable { path: path.to_owned(), why: e.to_string() };
    let mut file = atomic_write_file::AtomicWriteFile::open(path).map_err(fail)?;
    file.write_all(bytes).map_err(fail)?;
    file.commit().map_err(fail)
}
