//! Reading files that a user names: plain words for whatever cannot be read, before it can hang or
//! fill the memory.

use super::io_error::io_error_message;
use std::fmt;
use std::fs::{File, Metadata};
use std::io::Read;
use std::path::{Path, PathBuf};

/// The largest register that is read, in bytes.
pub const MAX_BYTES: u64 = 1 << 30;

/// Why a file cannot be read, as a sentence that names the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    pub(super) path: PathBuf,
    pub(super) reason: String,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cannot read {}: {}", self.path.display(), self.reason)
    }
}

impl std::error::Error for ReadError {}

/// Reads a file whole.
///
/// # Errors
/// Where there is none, it is no regular file (a folder, a pipe, a device), it is larger than
/// [`MAX_BYTES`], or the system refuses.
pub fn read(path: &Path) -> Result<Vec<u8>, ReadError> {
    let fail = |why: String| ReadError {
        path: path.to_owned(),
        reason: why,
    };
    // Asked before opening: opening a pipe waits for somebody who writes to it.
    let data = std::fs::metadata(path).map_err(|e| fail(io_error_message(&e)))?;
    check_readable(&data).map_err(fail)?;
    let file = File::open(path).map_err(|e| fail(io_error_message(&e)))?;
    let data = file.metadata().map_err(|e| fail(io_error_message(&e)))?;
    check_readable(&data).map_err(fail)?;
    read_all(file, data.len()).map_err(fail)
}

/// Reads from a stream, such as the standard input, to its end.
///
/// # Errors
/// What is wrong, in words: more than [`MAX_BYTES`], or the system refuses.
pub fn read_stream(stream: impl Read) -> Result<Vec<u8>, String> {
    read_all(stream, 0)
}

fn read_all(stream: impl Read, expected_bytes: u64) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::with_capacity(expected_bytes.min(MAX_BYTES) as usize);
    // A file may grow while it is read, and some say that they are empty and never end.
    match stream.take(MAX_BYTES + 1).read_to_end(&mut bytes) {
        Err(error) => Err(io_error_message(&error)),
        Ok(_) if bytes.len() as u64 > MAX_BYTES => Err(too_large_message(None)),
        Ok(_) => Ok(bytes),
    }
}

pub(super) fn check_readable(data: &Metadata) -> Result<(), String> {
    if data.is_dir() {
        Err("this is a folder, not a file".into())
    } else if !data.is_file() {
        Err("this is no ordinary file but a pipe, a socket or a device".into())
    } else if data.len() > MAX_BYTES {
        Err(too_large_message(Some(data.len())))
    } else {
        Ok(())
    }
}

pub(super) fn too_large_message(bytes: Option<u64>) -> String {
    let limit = "a register may have at most 1 GiB";
    match bytes {
        Some(bytes) => format!(
            "it is too large ({:.1} GiB); {limit}",
            bytes as f64 / MAX_BYTES as f64
        ),
        None => format!("it is too large; {limit}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(path: &Path) -> String {
        read(path).unwrap_err().to_string()
    }

    #[test]
    fn folders_and_missing_files_are_named() {
        let folder = std::env::temp_dir();
        assert_eq!(
            refused(&folder),
            format!(
                "Cannot read {}: this is a folder, not a file",
                folder.display()
            )
        );
        assert_eq!(
            refused(Path::new("no/such/file.ron")),
            "Cannot read no/such/file.ron: there is no such file"
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_device_does_not_hang() {
        assert!(refused(Path::new("/dev/zero")).contains("no ordinary file"));
    }

    #[test]
    fn sizes_are_said_in_words() {
        assert_eq!(
            too_large_message(Some(3 << 30)),
            "it is too large (3.0 GiB); a register may have at most 1 GiB"
        );
    }
}
