//! The texts of documents, where they lie beside the register: read, and held against the citations, away from the frame.

use super::App;
use super::jobs::Done;
use crate::edit::phrase::{wants_texts, with_texts};
use crate::files::read;
use crate::files::texts::beside;
use crate::reading::library::Source;
use crate::reading::{Checked, Library, verify};
use crate::register::Document;
use crate::ron_text::text_of;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The texts of the register on screen, and what was found of its citations.
#[derive(Clone, Default)]
pub struct Texts {
    /// Which register was held against them.
    pub revision: u64,
    pub library: Arc<Library>,
    /// Every citation with a phrase, in the order of the register.
    pub checked: Arc<Vec<Checked>>,
}

impl App {
    /// Reads the texts of a register that is new on screen, and looks into its citations.
    pub(super) fn read_texts(&mut self) {
        let revision = self.file.revision;
        if self.texts_wanted == Some(revision) {
            return;
        }
        self.texts_wanted = Some(revision);
        let Some(folder) = self.folder_of_texts() else {
            self.texts = Texts {
                revision,
                ..Texts::default()
            };
            return;
        };
        let register = self.register().clone();
        let read = move || {
            let library = Library::read(&register, &mut |document| {
                text_of_document(&folder, document)
            });
            let checked = verify(&register, &library);
            Texts {
                revision,
                library: Arc::new(library),
                checked: Arc::new(checked),
            }
        };
        if self.derived.is_patient {
            self.texts = read();
            return;
        }
        self.jobs.start("Reading the texts", false, move |_| {
            let texts = read();
            Done::then(move |app| {
                if app.file.revision == revision {
                    app.texts = texts;
                }
            })
        });
    }

    /// Looks for what the texts make sure of, once for each reading of the draft.
    pub(super) fn look_into_texts(&mut self) {
        let latest = &self.file.latest;
        let Some(folder) = self.folder_of_texts().filter(|_| wants_texts(latest)) else {
            return;
        };
        let now = Arc::as_ptr(&latest.text).cast::<u8>().addr();
        if self.looked_into == Some(now) {
            return;
        }
        self.looked_into = Some(now);
        let (loaded, before) = (latest.clone(), latest.problems.clone());
        self.jobs.start("Looking into the texts", false, move |_| {
            let loaded = with_texts(loaded, &|path| text_at(&folder.join(path)));
            Done::then(move |app| {
                let latest = &mut app.file.latest;
                if Arc::ptr_eq(&latest.problems, &before) {
                    latest.problems = loaded.problems;
                }
            })
        });
    }

    /// The folder from which the paths of texts count.
    fn folder_of_texts(&self) -> Option<PathBuf> {
        let path = self.file.origin.path()?;
        match self.file.origin {
            super::file::Origin::Folder(_) => Some(path.to_owned()),
            _ => path.parent().map(Path::to_owned),
        }
    }
}

/// The text of a document at the path that the register gives.
fn text_of_document(folder: &Path, document: &Document) -> Option<Source> {
    let path = document.text.clone()?;
    let bytes = beside(folder, &path);
    Some(Source { path, bytes })
}

fn text_at(path: &Path) -> Option<String> {
    Some(text_of(read(path).ok()?).text)
}
