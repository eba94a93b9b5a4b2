//! The texts of a register's documents, for commands that read them.

use super::Failure;
use super::input::Input;
use super::unknown::unknown;
use crate::files::texts::{beside, named};
use crate::reading::Library;
use crate::reading::library::Source;
use crate::register::{Document, Register};
use std::path::{Path, PathBuf};

/// Where the texts are.
#[derive(clap::Args)]
pub struct TextsArg {
    /// A folder of texts, each named after the id of its document with .txt [default: the texts that the register names, beside it]
    #[arg(long, value_name = "DIR")]
    pub texts: Option<PathBuf>,
}

impl TextsArg {
    /// Reads the texts: those of the folder, and where that has none those that the register names.
    ///
    /// # Errors
    /// Where there is no such folder. A text that cannot be read is no error.
    pub fn library(&self, input: &Input, file: Option<&Path>) -> Result<Library, Failure> {
        if let Some(folder) = &self.texts
            && !folder.is_dir()
        {
            return Err(Failure(format!(
                "{} is no folder. Give --texts a folder of texts, each named after the id of its document with .txt",
                folder.display()
            )));
        }
        let home = match file {
            Some(path) if path.is_dir() => Some(path.to_owned()),
            Some(path) if path != Path::new("-") => path.parent().map(Path::to_owned),
            _ => None,
        };
        Ok(Library::read(&input.loaded.register, &mut |document| {
            let id = document.id.as_str();
            let own = self.texts.as_deref().and_then(|folder| named(folder, id));
            if let Some((path, bytes)) = own {
                let path = path.display().to_string();
                return Some(Source { path, bytes });
            }
            let (path, home) = (document.text.clone()?, home.as_ref()?);
            let bytes = beside(home, &path);
            Some(Source { path, bytes })
        }))
    }
}

/// A document by its id, its short name or its title.
///
/// # Errors
/// Where there is none.
pub fn document<'r>(register: &'r Register, typed: &str) -> Result<&'r Document, Failure> {
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
        unknown("document", typed, "Documents", &names)
    })
}
