//! The texts of a register's documents, for commands.

use super::CliError;
use linchpin_files::sibling_texts::{SiblingTextError, document_text_path, fetch};
use linchpin_files::{FileCache, ReadErrorKind};
use linchpin_reading::{TextContent, TextFile, TextLibrary};
use linchpin_register::{Document, Register};
use std::cell::RefCell;
use std::path::{Path, PathBuf};

/// Where texts are looked for: at their paths next to the register, else in a folder under the ids
/// of their documents.
#[derive(Default)]
pub struct TextFinder {
    register_folder: Option<PathBuf>,
    extra_folder: Option<PathBuf>,
    cache: RefCell<FileCache<TextContent>>,
}

/// Why a text cannot be read, and where the user can say that it may be.
fn with_advice(error: &SiblingTextError) -> String {
    match error {
        SiblingTextError::Unreadable(ReadErrorKind::LinkOutside(_)) => format!(
            "{error}, or name a folder that has it as the document's id and .txt with --texts \
            (`linchpin verify` and others)"
        ),
        _ => error.to_string(),
    }
}

impl TextFinder {
    /// The texts next to a register whose paths count from `folder`.
    pub fn in_register_folder(folder: &Path) -> Self {
        TextFinder {
            register_folder: Some(folder.to_owned()),
            ..TextFinder::default()
        }
    }

    /// The texts next to a register whose paths count from the first folder, where there is one,
    /// and those in another folder.
    ///
    /// # Errors
    /// Where the other folder is none.
    pub fn in_folders(own: Option<&Path>, folder: Option<&Path>) -> Result<Self, CliError> {
        if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
            let why = match folder.exists() {
                true => "is no folder",
                false => "does not exist",
            };
            return Err(CliError(format!(
                "{} {why}: --texts takes a folder of texts, each named after its document's id, \
                such as vision.txt",
                folder.display()
            )));
        }
        Ok(TextFinder {
            register_folder: own.map(Path::to_owned),
            extra_folder: folder.map(Path::to_owned),
            ..TextFinder::default()
        })
    }

    /// The text of a document; `None` where it has none.
    pub fn text_of(&self, document: &Document) -> Option<TextFile> {
        let cache = &mut *self.cache.borrow_mut();
        let own = self.register_folder.as_ref();
        let own = own.and_then(|folder| {
            TextFile::of(document, |path| {
                let text = fetch(cache, folder, path, TextContent::from_bytes);
                Some(text.map_err(|error| with_advice(&error)))
            })
        });
        // Why its own text cannot be read is told only where the other folder has none.
        if let Some(TextFile { text: Ok(_), .. }) = own {
            return own;
        }
        let other = self.extra_folder.as_ref();
        let named = other.and_then(|folder| document_text_path(folder, document.id.as_str()));
        match named {
            Some(path) => Some(TextFile {
                text: cache
                    .get_or_read(&path, TextContent::from_bytes)
                    .map_err(|error| error.to_string()),
                path: path.display().to_string(),
            }),
            None => own,
        }
    }

    /// # Errors
    /// Where no document has a text: the way out.
    pub fn require_any(
        &self,
        name: &str,
        register: &Register,
        library: &TextLibrary,
    ) -> Result<(), CliError> {
        if !library.is_empty() {
            return Ok(());
        }
        let id = register
            .documents
            .first()
            .map_or("vision", |d| d.id.as_str());
        Err(CliError(match &self.extra_folder {
            Some(folder) => format!(
                "No document of {name} has a text, neither beside it nor in {}: there, {id}.txt \
                would be the text of the document {id}",
                folder.display()
            ),
            None => format!(
                "No document of {name} has a text. Attach one in the window, or name a folder of \
                texts with --texts, in which {id}.txt is the text of the document {id}"
            ),
        }))
    }

    /// The texts of all documents.
    pub fn library(&self, register: &Register) -> TextLibrary {
        TextLibrary::from_texts(register, &mut |document| self.text_of(document))
    }
}
