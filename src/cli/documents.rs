//! Documents and their texts, for commands that compare them.

use super::CliError;
use super::input::RegisterInput;
use super::unknown::unknown_name;
use linchpin_reading::TextLibrary;
use linchpin_register::{Document, Register};
use std::path::PathBuf;

/// Where the texts are.
#[derive(clap::Args)]
pub struct TextsArg {
    /// A folder of texts for documents that have none beside the register: DIR/ID.txt is the text
    /// of the document ID
    #[arg(long, value_name = "DIR")]
    pub texts: Option<PathBuf>,
}

impl TextsArg {
    /// Reads the texts. A text that cannot be read is no error.
    ///
    /// # Errors
    /// Where there is no such folder.
    pub fn library(&self, input: &RegisterInput) -> Result<TextLibrary, CliError> {
        let texts = input.texts(self.texts.as_deref())?;
        Ok(texts.library(&input.loaded.register))
    }
}

/// A document by its id, its short name or its title.
///
/// # Errors
/// Where there is none.
pub fn find_document<'r>(register: &'r Register, typed: &str) -> Result<&'r Document, CliError> {
    if let Some(document) = register.get::<Document>(typed) {
        return Ok(document);
    }
    let same = |name: &str| name.eq_ignore_ascii_case(typed);
    let mut named = register.documents.iter();
    let found = named.find(|d| same(&d.short) || same(&d.title));
    found.ok_or_else(|| {
        let all = register.documents.iter();
        let names: Vec<_> = all
            .map(|d| (d.id.as_str().to_owned(), Some(d.short.clone())))
            .collect();
        unknown_name("document", typed, "Documents", &names)
    })
}
