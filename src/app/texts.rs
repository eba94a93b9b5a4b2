//! The texts of documents, where they lie beside the register: read, and held against the citations, away from the frame.

use super::App;
use super::attaching::AttachStep;
use super::command::Command;
use super::jobs::Done;
use super::signature::signature;
use super::watch::Seen;
use crate::edit::phrase::{wants_texts, with_texts};
use crate::files::read;
use crate::files::texts::beside;
use crate::query::Only;
use crate::reading::library::Source;
use crate::reading::{Checked, Library, TextState, verify};
use crate::register::document::stays_inside;
use crate::register::{Document, RecordKind};
use crate::ron_text::text_of;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The texts of the register on screen, and what was found of its citations.
#[derive(Clone, Default)]
pub struct Texts {
    /// Which register was held against them.
    pub revision: u64,
    /// Counts the readings: texts change while the register stays the same.
    pub round: u64,
    pub library: Arc<Library>,
    /// Every citation with a phrase, in the order of the register.
    pub checked: Arc<Vec<Checked>>,
}

/// Of which changed texts the user was told: the document, its hash, the words.
pub type Told = Vec<(String, String, String)>;

/// So many changed texts are told one by one.
const TOLD_EACH: usize = 2;

impl App {
    /// Reads the texts of a register that is new on screen, or that have changed themselves, and looks into its citations.
    pub(super) fn read_texts(&mut self) {
        let revision = self.file.revision;
        if self.texts_wanted == Some(revision) {
            return;
        }
        self.texts_wanted = Some(revision);
        self.texts_round += 1;
        let round = self.texts_round;
        let Some(folder) = self.folder_of_texts() else {
            self.texts = Texts {
                revision,
                round,
                ..Texts::default()
            };
            return;
        };
        let register = self.register().clone();
        self.jobs.start("Reading the texts", false, move |_| {
            let mut seen = Vec::new();
            let library = Library::read(&register, &mut |document| {
                let path = document.text.as_deref().filter(|path| stays_inside(path));
                if let Some(path) = path.map(|path| folder.join(path)) {
                    // Looked at before it is read: what comes in between is read once more.
                    let looked = signature(&path).ok();
                    seen.push((path, looked));
                }
                text_of_document(&folder, document)
            });
            let checked = verify(&register, &library);
            let texts = Texts {
                revision,
                round,
                library: Arc::new(library),
                checked: Arc::new(checked),
            };
            Done::then(move |app| {
                // A later reading knows better.
                if app.file.revision == revision && app.texts_round == round {
                    app.take_texts(texts, seen);
                }
            })
        });
    }

    fn take_texts(&mut self, texts: Texts, seen: Vec<Seen>) {
        self.texts = texts;
        if let Some(watch) = &self.watch {
            watch.follow_texts(seen);
        }
        self.tell_of_changed_texts();
    }

    /// Says of each text once that it is not what was attached, and offers to look at it or to take it as it is.
    fn tell_of_changed_texts(&mut self) {
        let register = self.register().clone();
        let library = self.texts.library.clone();
        let changed = |document: &Document| {
            let text = library.get(document.id.as_str())?;
            let is_own = text.document == document.id.as_str();
            (is_own && text.state == TextState::Changed).then(|| text.sha256.clone())
        };
        let now: Vec<(&Document, String)> = register
            .documents
            .iter()
            .filter_map(|document| Some((document, changed(document)?)))
            .collect();
        let is_now = |id: &str, hash: &str| {
            now.iter()
                .any(|(document, now)| document.id.as_str() == id && now == hash)
        };
        let (stay, gone) = std::mem::take(&mut self.told_of_texts)
            .into_iter()
            .partition::<Told, _>(|(id, hash, _)| is_now(id, hash));
        for (_, _, words) in &gone {
            if !stay.iter().any(|(_, _, other)| other == words) {
                self.notices.withdraw(words);
            }
        }
        self.told_of_texts = stay;
        let is_told = |document: &Document, hash: &String| {
            let mut told = self.told_of_texts.iter();
            told.any(|(id, known, _)| id == document.id.as_str() && known == hash)
        };
        let new: Vec<_> = now
            .into_iter()
            .filter(|(document, hash)| !is_told(document, hash))
            .collect();
        let many = (new.len() > TOLD_EACH).then(|| {
            let ids = new
                .iter()
                .map(|(document, _)| document.id.as_str().to_owned())
                .collect();
            let words = format!(
                "The texts of {} documents have changed since they were attached",
                new.len()
            );
            let only = Only {
                why: "Their texts have changed".into(),
                ids,
            };
            (words, only)
        });
        for (document, hash) in &new {
            let id = document.id.as_str().to_owned();
            let words = match &many {
                Some((words, _)) => words.clone(),
                None => format!(
                    "The text of “{}” has changed since it was attached",
                    document.short
                ),
            };
            if many.is_none() {
                self.notices.offer(words.clone(), look_or_accept(&id));
            }
            self.told_of_texts.push((id, hash.clone(), words));
        }
        if let Some((words, only)) = many {
            let show = Command::ShowOnly(RecordKind::Document, only);
            self.notices.offer(words, vec![("Show them", show)]);
        }
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
    pub fn folder_of_texts(&self) -> Option<PathBuf> {
        let path = self.file.origin.path()?;
        match self.file.origin {
            super::file::Origin::Folder(_) => Some(path.to_owned()),
            _ => path.parent().map(Path::to_owned),
        }
    }
}

/// What can be done about a text that has changed.
fn look_or_accept(document: &str) -> Vec<(&'static str, Command)> {
    let look = Command::Read {
        document: document.to_owned(),
        paragraph: None,
        phrase: None,
    };
    let accept = Command::Attach(AttachStep::Accept(document.to_owned()));
    vec![("Look at it", look), ("Accept it as it is", accept)]
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
