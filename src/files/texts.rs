//! The texts of documents: plain files beside a register.

use super::read;
use std::path::{Component, Path, PathBuf};

/// The bytes of a text at a path that counts from the register's folder.
///
/// # Errors
/// Where the path leads out of the folder, or nothing can be read there: why, in words.
pub fn beside(folder: &Path, path: &str) -> Result<Vec<u8>, String> {
    let stays = |part: Component<'_>| matches!(part, Component::Normal(_) | Component::CurDir);
    if path.is_empty() || !Path::new(path).components().all(stays) {
        return Err("the path leads out of the register's folder".into());
    }
    read(&folder.join(path)).map_err(|why| why.to_string())
}

/// The file in a folder of texts that is named after a document, and its bytes; `None` where there is none.
pub fn named(folder: &Path, document: &str) -> Option<(PathBuf, Result<Vec<u8>, String>)> {
    let path = folder.join(format!("{document}.txt"));
    let bytes = path.is_file().then(|| read(&path))?;
    Some((path, bytes.map_err(|why| why.to_string())))
}
