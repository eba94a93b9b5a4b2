//! Reading files that a user names: what cannot be read is refused in plain words, before it can
//! hang or fill the memory.

use crate::system_error::SystemError;
use std::fmt;
use std::fs::{File, Metadata};
use std::io::Read;
use std::path::{Path, PathBuf};

/// The largest register that is read, in bytes.
pub const MAX_BYTES: u64 = 1 << 30;

/// A file or folder that cannot be read. Reads as a sentence that names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    /// The file or folder.
    pub path: PathBuf,
    /// What is wrong with it.
    pub kind: ReadErrorKind,
}

/// Why a file or folder cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadErrorKind {
    /// A folder, where a file is needed.
    IsFolder,
    /// A pipe, a socket or a device.
    NotRegularFile,
    /// More than [`MAX_BYTES`]: how many, where that is known.
    TooLarge(Option<u64>),
    /// A link leads out of the folder of what is read, to this place.
    LinkOutside(PathBuf),
    /// The folder does not exist.
    NoSuchFolder,
    /// A file, where a folder is needed.
    NotFolder,
    /// A file in the folder has a name that is no Unicode text.
    NameNotUnicode,
    /// More folders lie in one another than this.
    TooDeep(usize),
    /// More files than this, or far more of other kinds.
    TooManyFiles(usize),
    /// The folder holds no file of a register.
    NoRegisterFile,
    /// The system refuses.
    System(SystemError),
}

impl fmt::Display for ReadErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::IsFolder => f.write_str("this is a folder, not a file"),
            Self::NotRegularFile => {
                f.write_str("this is no ordinary file but a pipe, a socket or a device")
            }
            Self::TooLarge(bytes) => {
                f.write_str("it is too large")?;
                if let Some(bytes) = bytes {
                    write!(f, " ({:.1} GiB)", *bytes as f64 / MAX_BYTES as f64)?;
                }
                f.write_str("; a register may have at most 1 GiB")
            }
            Self::LinkOutside(to) => write!(
                f,
                "a link leads out of the folder, to {}; it is neither read nor written unless you \
                put the file itself into the folder",
                to.display()
            ),
            Self::NoSuchFolder => f.write_str("there is no such folder"),
            Self::NotFolder => f.write_str("this is no folder"),
            Self::NameNotUnicode => {
                f.write_str("its name is not Unicode text; give it another name")
            }
            Self::TooDeep(limit) => {
                write!(f, "more than {limit} folders lie in one another here")
            }
            Self::TooManyFiles(limit) => write!(
                f,
                "it holds too many files; a register may have at most {limit}, in a folder of \
                their own"
            ),
            Self::NoRegisterFile => {
                f.write_str("this folder holds no file that ends in .ron, so it is no register")
            }
            Self::System(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for ReadErrorKind {}

impl From<std::io::Error> for ReadErrorKind {
    fn from(error: std::io::Error) -> Self {
        Self::System(error.into())
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cannot read {}: {}", self.path.display(), self.kind)
    }
}

impl std::error::Error for ReadError {}

/// Reads a file whole.
///
/// # Errors
/// Where there is none, it is no regular file (a folder, a pipe, a device), it is larger than
/// [`MAX_BYTES`], or the system refuses.
pub fn read(path: &Path) -> Result<Vec<u8>, ReadError> {
    read_regular_file(path).map_err(|kind| ReadError {
        path: path.to_owned(),
        kind,
    })
}

pub(crate) fn read_regular_file(path: &Path) -> Result<Vec<u8>, ReadErrorKind> {
    // Asked before opening: opening a pipe waits for somebody who writes to it.
    check_readable(&std::fs::metadata(path)?)?;
    let file = File::open(path)?;
    // And after it: another file may have taken its place between the two.
    let data = file.metadata()?;
    check_readable(&data)?;
    read_all(file, data.len())
}

/// Reads from a stream, such as the standard input, to its end.
///
/// # Errors
/// Where it has more than [`MAX_BYTES`], or the system refuses.
pub fn read_stream(stream: impl Read) -> Result<Vec<u8>, ReadErrorKind> {
    read_all(stream, 0)
}

fn read_all(stream: impl Read, expected_bytes: u64) -> Result<Vec<u8>, ReadErrorKind> {
    let mut bytes = Vec::with_capacity(expected_bytes.min(MAX_BYTES) as usize);
    // A file may grow while it is read, and some say that they are empty and never end.
    stream.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    match bytes.len() as u64 > MAX_BYTES {
        true => Err(ReadErrorKind::TooLarge(None)),
        false => Ok(bytes),
    }
}

pub(crate) fn check_readable(data: &Metadata) -> Result<(), ReadErrorKind> {
    if data.is_dir() {
        Err(ReadErrorKind::IsFolder)
    } else if !data.is_file() {
        Err(ReadErrorKind::NotRegularFile)
    } else if data.len() > MAX_BYTES {
        Err(ReadErrorKind::TooLarge(Some(data.len())))
    } else {
        Ok(())
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
    fn sizes_are_written_in_words() {
        assert_eq!(
            ReadErrorKind::TooLarge(Some(3 << 30)).to_string(),
            "it is too large (3.0 GiB); a register may have at most 1 GiB"
        );
    }
}
