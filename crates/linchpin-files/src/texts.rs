//! The texts of documents: plain files beside a register.

use super::{Expected, How, NotSaved, Saved, Shelf, in_words, read, save};
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// The folder beside a register into which texts are put.
pub const FOLDER: &str = "texts";
/// How many names are tried where one is taken.
const MAX_NUMBER: u32 = 999;

/// The bytes of a text at a path that counts from the register's folder.
///
/// # Errors
/// Where the path leads out of the folder, or nothing can be read there: why, in words.
pub fn beside(folder: &Path, path: &str) -> Result<Vec<u8>, String> {
    read(&path_of(folder, path)?).map_err(|trouble| trouble.why)
}

/// What was made of a text whose path counts from the register's folder; read where it is new or
/// has changed.
///
/// # Errors
/// As for [`beside`].
pub fn fetch<T>(
    shelf: &mut Shelf<T>,
    folder: &Path,
    path: &str,
    make: impl FnOnce(Vec<u8>) -> T,
) -> Result<Arc<T>, String> {
    shelf.fetch(&path_of(folder, path)?, make)
}

/// The same as it was read last, without asking the disk; `None` where it has not been read.
pub fn fetched<T>(shelf: &Shelf<T>, folder: &Path, path: &str) -> Option<Result<Arc<T>, String>> {
    match path_of(folder, path) {
        Ok(at) => shelf.get(&at),
        Err(why) => Some(Err(why)),
    }
}

/// Where a text is whose path counts from the register's folder.
///
/// # Errors
/// Where the path leads out of the folder, in words.
pub fn path_of(folder: &Path, path: &str) -> Result<PathBuf, String> {
    match stays(path) {
        true => Ok(folder.join(path)),
        false => Err("the path leads out of the register's folder".into()),
    }
}

/// The file in a folder of texts that is named after a document; `None` where there is none.
pub fn named_after(folder: &Path, document: &str) -> Option<PathBuf> {
    let path = path_of(folder, &format!("{document}.txt")).ok()?;
    path.is_file().then_some(path)
}

/// The file in a folder of texts that is named after a document, and its bytes; `None` where there
/// is none.
pub fn named(folder: &Path, document: &str) -> Option<(PathBuf, Result<Vec<u8>, String>)> {
    let path = named_after(folder, document)?;
    let bytes = read(&path);
    Some((path, bytes.map_err(|trouble| trouble.why)))
}

/// What happens where another text stands in the place already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It stays, and nothing is written.
    Stays,
    /// The new text takes its place.
    Replaced,
    /// It stays, and the new text gets a name with a number.
    Numbered,
}

/// A text that lies in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Put {
    /// From the register's folder, with `/` between its pieces.
    pub path: String,
    /// It was there already, byte for byte.
    pub was_there: bool,
    /// What the user should know beyond that.
    pub notice: Option<String>,
}

/// Why a text was not put into its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotPut {
    /// Another text stands at this path.
    Taken(String),
    /// Anything else, as a sentence without a period.
    Failed(String),
}

/// Where the text of a document goes, from the register's folder: its own place where it has one
/// that may be written, else a file named after it.
pub fn place(document: &str, own: Option<&str>) -> String {
    let is_text = |path: &&str| stays(path) && path.ends_with(".txt");
    own.filter(is_text)
        .map_or_else(|| numbered(document, 1), str::to_owned)
}

/// Puts a text at a path that counts from the register's folder, as [`place`] gives it. The same
/// text there already is left as it is.
///
/// # Errors
/// Where another text stands there that is to stay, or it cannot be written.
pub fn put(
    folder: &Path,
    document: &str,
    own: Option<&str>,
    text: &str,
    taken: Taken,
) -> Result<Put, NotPut> {
    let first = place(document, own);
    match put_at(folder, &first, text, taken == Taken::Replaced) {
        Err(NotPut::Taken(_)) if taken == Taken::Numbered => {}
        other => return other,
    }
    for number in 2..=MAX_NUMBER {
        match put_at(folder, &numbered(document, number), text, false) {
            Err(NotPut::Taken(_)) => {}
            other => return other,
        }
    }
    Err(NotPut::Taken(first))
}

fn put_at(folder: &Path, path: &str, text: &str, replaces: bool) -> Result<Put, NotPut> {
    let file = folder.join(path);
    let failed = |why: NotSaved| NotPut::Failed(why.to_string());
    let done = |saved: Saved| Put {
        path: path.to_owned(),
        was_there: saved.how == How::AlreadyThere,
        notice: saved.notice(),
    };
    let before = match std::fs::metadata(&file) {
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        _ => Some(read(&file).map_err(|why| NotPut::Failed(why.to_string()))?),
    };
    let Some(before) = before else {
        if let Some(within) = file.parent() {
            std::fs::create_dir_all(within).map_err(|error| {
                NotPut::Failed(format!(
                    "Cannot make the folder {}: {}",
                    within.display(),
                    in_words(&error)
                ))
            })?;
        }
        return match save(&file, text.as_bytes(), Expected::NewFile) {
            // Somebody was faster.
            Err(NotSaved::Exists { .. }) => Err(NotPut::Taken(path.to_owned())),
            other => other.map(done).map_err(failed),
        };
    };
    if before == text.as_bytes() {
        return Ok(Put {
            path: path.to_owned(),
            was_there: true,
            notice: None,
        });
    }
    if !replaces {
        return Err(NotPut::Taken(path.to_owned()));
    }
    save(&file, text.as_bytes(), Expected::Bytes(&before))
        .map(done)
        .map_err(failed)
}

/// The name of a text of a document. Whatever no system allows in a name becomes a hyphen.
fn numbered(document: &str, number: u32) -> String {
    let allowed = |c: char| {
        if c.is_alphanumeric() || matches!(c, '-' | '_') {
            c
        } else {
            '-'
        }
    };
    let name: String = document.chars().map(allowed).collect();
    match number {
        1 => format!("{FOLDER}/{name}.txt"),
        _ => format!("{FOLDER}/{name}-{number}.txt"),
    }
}

/// Whether a path stays in the folder from which it counts.
fn stays(path: &str) -> bool {
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
        let put = |text: &str, taken| put(&folder, "joint 2023", None, text, taken);
        let at = |path: &str, was_there| {
            Ok(Put {
                path: path.into(),
                was_there,
                notice: None,
            })
        };
        let first = "texts/joint-2023.txt";
        assert_eq!(put("One\n", Taken::Stays), at(first, false));
        assert_eq!(put("One\n", Taken::Stays), at(first, true));
        assert_eq!(put("Two\n", Taken::Stays), Err(NotPut::Taken(first.into())));
        assert_eq!(
            put("Two\n", Taken::Numbered),
            at("texts/joint-2023-2.txt", false)
        );
        assert_eq!(
            put("Two\n", Taken::Numbered),
            at("texts/joint-2023-2.txt", true)
        );
        assert_eq!(beside(&folder, first).unwrap(), b"One\n");
        assert_eq!(put("Two\n", Taken::Replaced), at(first, false));
        assert_eq!(beside(&folder, first).unwrap(), b"Two\n");
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_text_stays_in_its_own_place() {
        assert_eq!(place("a", Some("sources/a.txt")), "sources/a.txt");
        for foreign in ["../a.txt", "/a.txt", "a.pdf", ""] {
            assert_eq!(place("a", Some(foreign)), "texts/a.txt", "{foreign}");
        }
        assert_eq!(place("../../a:b", None), "texts/------a-b.txt");
    }
}
