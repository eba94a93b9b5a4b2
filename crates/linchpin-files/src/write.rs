//! Writing results, such as images and tables, with the same care as a register is saved.

use crate::read::{ReadErrorKind, read_regular_file};
use crate::save::save;
use crate::save_error::SaveErrorKind;
use crate::save_outcome::SavePrecondition;
use crate::system_error::SystemError;
use std::fmt;
use std::path::{Path, PathBuf};

/// Which files a result may take the place of. An empty file, and one that holds the same bytes
/// already, may always be replaced: nothing is lost with it.
#[derive(Clone, Copy)]
pub enum ReplacePolicy<'a> {
    /// Whatever is there: the user has agreed to that.
    Any,
    /// Those whose bytes the caller knows as its own.
    Known(&'a dyn Fn(&[u8]) -> bool),
    /// None.
    Nothing,
}

/// A file that was not written. Reads as a sentence that names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WriteError {
    /// The file, as the caller named it.
    pub path: PathBuf,
    /// Why it was not written.
    pub kind: WriteErrorKind,
}

/// Why a file was not written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WriteErrorKind {
    /// There is a file that must not be replaced.
    Foreign,
    /// There is a file, and whether it may be replaced cannot be known.
    Unreadable(ReadErrorKind),
    /// It cannot be saved.
    NotSaved(SaveErrorKind),
    /// A device or a pipe does not take the bytes.
    System(SystemError),
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cannot write {}: ", self.path.display())?;
        match &self.kind {
            WriteErrorKind::Foreign => f.write_str(
                "there is a file already, which is left as it is, since it is not known to be \
                one that Linchpin has made",
            ),
            WriteErrorKind::Unreadable(kind) => {
                write!(f, "the file that is there cannot be read ({kind})")
            }
            WriteErrorKind::NotSaved(kind) => kind.fmt(f),
            WriteErrorKind::System(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for WriteError {}

/// Writes a file whole, as [`crate::save`] does: a full disk leaves the old one as it was, second
/// names stay names of one file, and a link leads where it led. What comes back is a sentence,
/// where the user should know more than that it is written.
///
/// # Errors
/// Where a file stands there that must not be replaced, or the system refuses.
pub fn write(
    path: &Path,
    bytes: &[u8],
    replace: ReplacePolicy<'_>,
) -> Result<Option<String>, WriteError> {
    let error = |kind| WriteError {
        path: path.to_owned(),
        kind,
    };
    let is_any = matches!(replace, ReplacePolicy::Any);
    let old = match std::fs::metadata(path) {
        // A device or a pipe takes what is written to it; nothing must take its place.
        Ok(data) if !data.is_file() && !data.is_dir() => {
            let written = std::fs::write(path, bytes);
            let written = written.map_err(|why| error(WriteErrorKind::System(why.into())));
            return written.map(|()| None);
        }
        Ok(data) if data.is_file() && !is_any => {
            let old = read_regular_file(path);
            Some(old.map_err(|kind| error(WriteErrorKind::Unreadable(kind)))?)
        }
        _ => None,
    };
    let may_replace = |old: &[u8]| match replace {
        _ if old.is_empty() || old == bytes => true,
        ReplacePolicy::Any => true,
        ReplacePolicy::Known(is_known) => is_known(old),
        ReplacePolicy::Nothing => false,
    };
    let expected = match &old {
        _ if is_any => SavePrecondition::Any,
        None => SavePrecondition::NewFile,
        Some(old) if may_replace(old) => SavePrecondition::Bytes(old),
        Some(_) => return Err(error(WriteErrorKind::Foreign)),
    };
    // Asked before, since what the link leads to may not be there yet.
    let is_link = std::fs::symlink_metadata(path).is_ok_and(|data| data.is_symlink());
    let saved = save(path, bytes, expected);
    let saved = saved.map_err(|why| error(WriteErrorKind::NotSaved(why.kind)))?;
    let link = || {
        format!(
            "{} is a link: what it leads to was written, {}",
            path.display(),
            saved.path.display()
        )
    };
    Ok(saved.notice().or_else(|| is_link.then(link)))
}
