//! The texts of documents: plain files next to a register.

use crate::file_cache::FileCache;
use crate::read::{ReadError, ReadErrorKind, read, read_regular_file};
use crate::resolve_links::link_outside;
use crate::save::save;
use crate::save_error::{SaveError, SaveErrorKind};
use crate::save_outcome::{SaveMethod, SavePrecondition, SavedFile};
use crate::system_error::SystemError;
use linchpin_report::is_reserved_file_name;
use std::fmt;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// The folder next to a register into which texts are put.
pub const TEXTS_FOLDER: &str = "texts";
/// How many names are tried where one is taken.
const MAX_NUMBER: u32 = 999;

/// Why the text at a path of a register cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SiblingTextError {
    /// The path leads out of the register's folder: a register from elsewhere must not make the
    /// program read other files.
    OutsideFolder,
    /// The file cannot be read.
    Unreadable(ReadErrorKind),
}

impl fmt::Display for SiblingTextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OutsideFolder => f.write_str("the path leads out of the register's folder"),
            Self::Unreadable(kind) => kind.fmt(f),
        }
    }
}

impl std::error::Error for SiblingTextError {}

/// What was made of a text whose path counts from the register's folder; read where it is new or
/// has changed.
///
/// # Errors
/// Where the path leads out of the folder, or nothing can be read there.
pub fn fetch<T>(
    cache: &mut FileCache<T>,
    folder: &Path,
    path: &str,
    make: impl FnOnce(Vec<u8>) -> T,
) -> Result<Arc<T>, SiblingTextError> {
    let file = sibling_path(folder, path)?;
    let text = cache.get_or_read_checked(&file, || refuse_link_outside(folder, path), make);
    text.map_err(SiblingTextError::Unreadable)
}

/// Refuses a path whose links lead out of the folder that it counts from: whoever made the folder
/// must not decide which other files of the user are read or written.
///
/// # Errors
/// [`ReadErrorKind::LinkOutside`], or where the system cannot say.
pub fn refuse_link_outside(folder: &Path, path: &str) -> Result<(), ReadErrorKind> {
    match link_outside(folder, path) {
        Ok(None) => Ok(()),
        Ok(Some(to)) => Err(ReadErrorKind::LinkOutside(to)),
        // Reading it says better what is wrong.
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// The same as it was read last, without asking the disk; `None` where it has not been read.
pub fn fetched<T>(
    cache: &FileCache<T>,
    folder: &Path,
    path: &str,
) -> Option<Result<Arc<T>, SiblingTextError>> {
    match sibling_path(folder, path) {
        Ok(path) => Some(cache.get(&path)?.map_err(SiblingTextError::Unreadable)),
        Err(error) => Some(Err(error)),
    }
}

/// Where a text is whose path counts from the register's folder.
///
/// # Errors
/// [`SiblingTextError::OutsideFolder`].
pub fn sibling_path(folder: &Path, path: &str) -> Result<PathBuf, SiblingTextError> {
    match is_inside_folder(path) {
        true => Ok(folder.join(path)),
        false => Err(SiblingTextError::OutsideFolder),
    }
}

/// The file in a folder of texts that is named after a document; `None` where there is none. The
/// user has named this folder: links in it are followed wherever they lead.
pub fn document_text_path(folder: &Path, document: &str) -> Option<PathBuf> {
    let path = sibling_path(folder, &format!("{document}.txt")).ok()?;
    path.is_file().then_some(path)
}

/// The file in a folder of texts that is named after a document, and its bytes; `None` where there
/// is none.
pub fn read_document_text(
    folder: &Path,
    document: &str,
) -> Option<(PathBuf, Result<Vec<u8>, ReadErrorKind>)> {
    let path = document_text_path(folder, document)?;
    let bytes = read_regular_file(&path);
    Some((path, bytes))
}

/// What happens where another text stands in the place already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExistingTextPolicy {
    /// It stays, and nothing is written.
    Keep,
    /// The new text takes its place.
    Replace,
    /// It stays, and the new text gets a name with a number.
    AddNumber,
}

/// A text that lies in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredText {
    /// From the register's folder, with `/` between its pieces.
    pub path: String,
    /// It was there already, byte for byte.
    pub already_existed: bool,
    /// What the user should know beyond that.
    pub notice: Option<String>,
}

/// Why a text was not put into its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreTextError {
    /// Another text stands at this path.
    PathTaken(String),
    /// Windows keeps a name of this path for itself.
    ReservedName(String),
    /// What stands there cannot be read, and may be another text.
    Unreadable(ReadError),
    /// The folder for it cannot be made.
    NoFolder {
        /// The folder.
        folder: PathBuf,
        /// What the system says.
        error: SystemError,
    },
    /// It cannot be written.
    NotSaved(SaveError),
}

impl fmt::Display for StoreTextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PathTaken(path) => write!(f, "Another text stands in {path}"),
            Self::ReservedName(path) => write!(
                f,
                "Windows keeps a name in {path} for itself, so that the text could not be copied \
                 there; give the document another id"
            ),
            Self::Unreadable(error) => error.fmt(f),
            Self::NoFolder { folder, error } => {
                write!(f, "Cannot make the folder {}: {error}", folder.display())
            }
            Self::NotSaved(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for StoreTextError {}

/// Where the text of a document goes, from the register's folder: its own place where it has one
/// that may be written, else a file named after it.
pub fn default_text_path(document: &str, own: Option<&str>) -> String {
    let is_text = |path: &&str| is_inside_folder(path) && path.ends_with(".txt");
    own.filter(is_text)
        .map_or_else(|| numbered_path(document, 1), str::to_owned)
}

/// Puts a text at a path that counts from the register's folder, as [`default_text_path`] gives it.
/// The same text there already is left as it is.
///
/// # Errors
/// Where another text stands there that is to stay, or it cannot be written.
pub fn store_text(
    folder: &Path,
    document: &str,
    own: Option<&str>,
    text: &str,
    taken: ExistingTextPolicy,
) -> Result<StoredText, StoreTextError> {
    let first = default_text_path(document, own);
    match store_text_at(folder, &first, text, taken == ExistingTextPolicy::Replace) {
        Err(StoreTextError::PathTaken(_)) if taken == ExistingTextPolicy::AddNumber => {}
        other => return other,
    }
    for number in 2..=MAX_NUMBER {
        match store_text_at(folder, &numbered_path(document, number), text, false) {
            Err(StoreTextError::PathTaken(_)) => {}
            other => return other,
        }
    }
    Err(StoreTextError::PathTaken(first))
}

fn store_text_at(
    folder: &Path,
    path: &str,
    text: &str,
    replaces: bool,
) -> Result<StoredText, StoreTextError> {
    refuse_link_outside(folder, path).map_err(|kind| {
        StoreTextError::Unreadable(ReadError {
            path: folder.join(path),
            kind,
        })
    })?;
    if path.split('/').any(is_reserved_file_name) {
        return Err(StoreTextError::ReservedName(path.to_owned()));
    }
    let file = folder.join(path);
    let done = |saved: SavedFile| StoredText {
        path: path.to_owned(),
        already_existed: saved.method == SaveMethod::Unchanged,
        notice: saved.notice(),
    };
    let before = match std::fs::metadata(&file) {
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        _ => Some(read(&file).map_err(StoreTextError::Unreadable)?),
    };
    let Some(before) = before else {
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder).map_err(|error| StoreTextError::NoFolder {
                folder: folder.to_owned(),
                error: error.into(),
            })?;
        }
        return match save(&file, text.as_bytes(), SavePrecondition::NewFile) {
            // Another program was faster.
            Err(error) if error.kind == SaveErrorKind::Exists => {
                Err(StoreTextError::PathTaken(path.to_owned()))
            }
            other => other.map(done).map_err(StoreTextError::NotSaved),
        };
    };
    if before == text.as_bytes() {
        return Ok(StoredText {
            path: path.to_owned(),
            already_existed: true,
            notice: None,
        });
    }
    if !replaces {
        return Err(StoreTextError::PathTaken(path.to_owned()));
    }
    save(&file, text.as_bytes(), SavePrecondition::Bytes(&before))
        .map(done)
        .map_err(StoreTextError::NotSaved)
}

/// The name of a text of a document. Whatever no system allows in a name becomes a hyphen.
fn numbered_path(document: &str, number: u32) -> String {
    let allowed = |c: char| {
        if c.is_alphanumeric() || matches!(c, '-' | '_') {
            c
        } else {
            '-'
        }
    };
    let name: String = document.chars().map(allowed).collect();
    match number {
        1 => format!("{TEXTS_FOLDER}/{name}.txt"),
        _ => format!("{TEXTS_FOLDER}/{name}-{number}.txt"),
    }
}

/// Whether a path stays in the folder from which it counts.
fn is_inside_folder(path: &str) -> bool {
    let stays = |part: Component<'_>| matches!(part, Component::Normal(_) | Component::CurDir);
    !path.is_empty() && Path::new(path).components().all(stays)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_written_over_another_unasked() {
        let folder = std::env::temp_dir().join(format!("linchpin-put-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        let put = |text: &str, taken| store_text(&folder, "joint 2023", None, text, taken);
        let at = |path: &str, was_there| {
            Ok(StoredText {
                path: path.into(),
                already_existed: was_there,
                notice: None,
            })
        };
        let first = "texts/joint-2023.txt";
        assert_eq!(put("One\n", ExistingTextPolicy::Keep), at(first, false));
        assert_eq!(put("One\n", ExistingTextPolicy::Keep), at(first, true));
        assert_eq!(
            put("Two\n", ExistingTextPolicy::Keep),
            Err(StoreTextError::PathTaken(first.into()))
        );
        assert_eq!(
            put("Two\n", ExistingTextPolicy::AddNumber),
            at("texts/joint-2023-2.txt", false)
        );
        assert_eq!(
            put("Two\n", ExistingTextPolicy::AddNumber),
            at("texts/joint-2023-2.txt", true)
        );
        assert_eq!(std::fs::read(folder.join(first)).unwrap(), b"One\n");
        assert_eq!(put("Two\n", ExistingTextPolicy::Replace), at(first, false));
        assert_eq!(std::fs::read(folder.join(first)).unwrap(), b"Two\n");
        let reserved = store_text(&folder, "nul", None, "One\n", ExistingTextPolicy::AddNumber);
        let expected = StoreTextError::ReservedName("texts/nul.txt".into());
        assert_eq!(reserved, Err(expected));
        assert!(!folder.join("texts/nul.txt").exists());
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_text_stays_in_its_own_place() {
        assert_eq!(
            default_text_path("a", Some("sources/a.txt")),
            "sources/a.txt"
        );
        for foreign in ["../a.txt", "/a.txt", "a.pdf", ""] {
            assert_eq!(
                default_text_path("a", Some(foreign)),
                "texts/a.txt",
                "{foreign}"
            );
        }
        assert_eq!(default_text_path("../../a:b", None), "texts/------a-b.txt");
    }
}
