//! The texts of documents: plain files beside a register.

use super::read;
use std::path::{Component, Path, PathBuf};

/// The bytes of a text at a path that counts from the register's folder.
///
/// # Errors
/// Where the path leads out of the folder, or nothing can be read there: why, in words.
pub fn beside(folder: &Path, path: &str) -> Result<Vec<u8>, String> {
    read(&place(folder, path)?).map_err(|why| why.to_string())
}

/// Where a text is whose path counts from the register's folder.
///
/// # Errors
/// Where the path leads out of the folder, in words.
pub fn place(folder: &Path, path: &str) -> Result<PathBuf, String> {
    let stays = |part: Component<'_>| matches!(part, Component::Normal(_) | Component::CurDir);
    match !path.is_empty() && Path::new(path).components().all(stays) {
        true => Ok(folder.join(path)),
        false => Err("the path leads out of the register's folder".into()),
    }
}

/// The file in a folder of texts that is named after a document; `None` where there is none.
pub fn named_after(folder: &Path, document: &str) -> Option<PathBuf> {
    let path = place(folder, &format!("{document}.txt")).ok()?;
    path.is_file().then_some(path)
}

/// The file in a folder of texts that is named after a document, and its bytes; `None` where there is none.
pub fn named(folder: &Path, document: &str) -> Option<(PathBuf, Result<Vec<u8>, String>)> {
    let path = named_after(folder, document)?;
    let bytes = read(&path);
    Some((path, bytes.map_err(|why| why.to_string())))
}
