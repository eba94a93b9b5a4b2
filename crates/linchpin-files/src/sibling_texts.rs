//! The texts of documents: plain files beside a register.

use super::{
    FileCache, SaveError, SaveMethod, SavePrecondition, SavedFile, io_error_message, read, save,
};
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// The folder beside a register into which texts are put.
pub const TEXTS_FOLDER: &str = "texts";
/// How many names are tried where one is taken.
const MAX_NUMBER: u32 = 999;

/// The bytes of a text at a path that counts from the register's folder.
///
/// # Errors
/// Where the path leads out of the folder, or nothing can be read there: why, in words.
pub fn read_sibling(folder: &Path, path: &str) -> Result<Vec<u8>, String> {
    read(&sibling_path(folder, path)?).map_err(|trouble| trouble.reason)
}

/// What was made of a text whose path counts from the register's folder; read where it is new or
/// has changed.
///
/// # Errors
/// As for [`beside`].
pub fn fetch<T>(
    shelf: &mut FileCache<T>,
    folder: &Path,
    path: &str,
    make: impl FnOnce(Vec<u8>) -> T,
) -> Result<Arc<T>, String> {
    shelf.get_or_read(&sibling_path(folder, path)?, make)
}

/// The same as it was read last, without asking the disk; `None` where it has not been read.
pub fn fetched<T>(
    shelf: &FileCache<T>,
    folder: &Path,
    path: &str,
) -> Option<Result<Arc<T>, String>> {
    match sibling_path(folder, path) {
        Ok(at) => shelf.get(&at),
        Err(why) => Some(Err(why)),
    }
}

/// Where a text is whose path counts from the register's folder.
///
/// # Errors
/// Where the path leads out of the folder, in words.
pub fn sibling_path(folder: &Path, path: &str) -> Result<PathBuf, String> {
    match is_inside_folder(path) {
        true => Ok(folder.join(path)),
        false => Err("the path leads out of the register's folder".into()),
    }
}

/// The file in a folder of texts that is named after a document; `None` where there is none.
pub fn document_text_path(folder: &Path, document: &str) -> Option<PathBuf> {
    let path = sibling_path(folder, &format!("{document}.txt")).ok()?;
    path.is_file().then_some(path)
}

/// The file in a folder of texts that is named after a document, and its bytes; `None` where there
/// is none.
pub fn read_document_text(
    folder: &Path,
    document: &str,
) -> Option<(PathBuf, Result<Vec<u8>, String>)> {
    let path = document_text_path(folder, document)?;
    let bytes = read(&path);
    Some((path, bytes.map_err(|trouble| trouble.reason)))
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
    /// Anything else, as a sentence without a period.
    Failed(String),
}

/// Where the text of a document goes, from the register's folder: its own place where it has one
/// that may be written, else a file named after it.
pub fn default_text_path(document: &str, own: Option<&str>) -> String {
    let is_text = |path: &&str| is_inside_folder(path) && path.ends_with(".txt");
    own.filter(is_text)
        .map_or_else(|| numbered_path(document, 1), str::to_owned)
}

/// Puts a text at a path that counts from the register's folder, as [`place`] gives it. The same
/// text there already is left as it is.
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
    let file = folder.join(path);
    let failed = |why: SaveError| StoreTextError::Failed(why.to_string());
    let done = |saved: SavedFile| StoredText {
        path: path.to_owned(),
        already_existed: saved.method == SaveMethod::Unchanged,
        notice: saved.notice(),
    };
    let before = match std::fs::metadata(&file) {
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        _ => Some(read(&file).map_err(|why| StoreTextError::Failed(why.to_string()))?),
    };
    let Some(before) = before else {
        if let Some(within) = file.parent() {
            std::fs::create_dir_all(within).map_err(|error| {
                StoreTextError::Failed(format!(
                    "Cannot make the folder {}: {}",
                    within.display(),
                    io_error_message(&error)
                ))
            })?;
        }
        return match save(&file, text.as_bytes(), SavePrecondition::NewFile) {
            // Somebody was faster.
            Err(SaveError::Exists { .. }) => Err(StoreTextError::PathTaken(path.to_owned())),
            other => other.map(done).map_err(failed),
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
        .map_err(failed)
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
        assert_eq!(read_sibling(&folder, first).unwrap(), b"One\n");
        assert_eq!(put("Two\n", ExistingTextPolicy::Replace), at(first, false));
        assert_eq!(read_sibling(&folder, first).unwrap(), b"Two\n");
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
