//! The texts that lie beside a register, each read again only where it has changed.

use super::library::{Text, TextCopy};
use crate::files::Shelf;
use crate::files::texts::path_of;
use crate::register::Document;
use std::path::Path;

/// The text of a document whose path counts from `folder`; read where it is new or has changed. `None` where the document names none.
pub fn beside(shelf: &mut Shelf<Text>, folder: &Path, document: &Document) -> Option<TextCopy> {
    let path = document.text.clone()?;
    let text = path_of(folder, &path).and_then(|at| shelf.fetch(&at, Text::of));
    Some(TextCopy { path, text })
}

/// The same as it was read last, without asking the disk; `None` where it has not been read.
pub fn kept_beside(shelf: &Shelf<Text>, folder: &Path, document: &Document) -> Option<TextCopy> {
    let path = document.text.clone()?;
    let text = match path_of(folder, &path) {
        Ok(at) => shelf.get(&at)?,
        Err(why) => Err(why),
    };
    Some(TextCopy { path, text })
}
