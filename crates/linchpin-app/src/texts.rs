//! The texts of documents, where they lie beside the register: read away from the frame and held against the citations, once for each reading
//! of the draft.

use super::App;
use super::file::Origin;
use super::jobs::Done;
use super::watch::Seen;
use linchpin_edit::cited::with_findings;
use linchpin_files::Shelf;
use linchpin_files::signature::signature;
use linchpin_files::texts::{fetch, fetched, path_of};
use linchpin_reading::{Checked, Library, Text, TextCopy, verify};
use linchpin_register::{Document, Loaded, Register};
use ron_lossless::Problem;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Up to this many bytes of a register are held against texts that have been read before within the frame, …
const AT_ONCE_BYTES: usize = 200_000;
/// … and so many bytes of texts.
const AT_ONCE_TEXT_BYTES: usize = 1_000_000;

/// The texts of the register on screen, and what was found of its citations.
#[derive(Clone, Default)]
pub struct Texts {
    /// Which register was held against them.
    pub revision: u64,
    /// Counts the readings: a text may change while the register stays the same.
    pub round: u64,
    pub library: Arc<Library>,
    /// Every citation with a phrase, in the order of the register.
    pub checked: Arc<Vec<Checked>>,
}

/// How far the texts have been looked into.
#[derive(Default)]
pub(super) struct Looking {
    /// The reading that was looked into last, and the folder from which its texts count.
    text: Option<Arc<str>>,
    folder: Option<PathBuf>,
    /// Its problems without those that the texts told, and how many more there were.
    plain: (Arc<[Problem]>, usize),
    shelf: Arc<Shelf<Text>>,
    /// A thread is looking.
    is_away: bool,
    /// What is on the disk may have changed.
    again: bool,
}

/// The texts as they were read last.
#[derive(Clone, Default)]
pub(super) struct AtHand {
    folder: Option<PathBuf>,
    shelf: Arc<Shelf<Text>>,
}

impl AtHand {
    /// The text of a document.
    pub fn of(&self, document: &Document) -> Option<TextCopy> {
        let folder = self.folder.as_deref()?;
        TextCopy::of(document, |path| fetched(&self.shelf, folder, path))
    }
}

/// What was found in the texts.
struct Found {
    library: Library,
    checked: Vec<Checked>,
    problems: Arc<[Problem]>,
    more_problems: usize,
}

impl Found {
    fn of(loaded: Loaded, library: Library) -> Self {
        let checked = verify(&loaded.register, &library);
        let loaded = with_findings(loaded, &library, &checked);
        Found {
            library,
            checked,
            problems: loaded.problems,
            more_problems: loaded.more_problems,
        }
    }
}

impl App {
    /// Looks for what the texts say, once for each reading of the draft: at once where little is to be done, and in any case on a thread, which
    /// sees whether they have changed.
    pub(super) fn look_into_texts(&mut self) {
        let latest = &self.file.latest;
        let (now, looking) = (folder_of_texts(&self.file.origin), &mut self.looking);
        let known = looking.text.as_ref();
        let is_new =
            !known.is_some_and(|known| Arc::ptr_eq(known, &latest.text)) || looking.folder != now;
        if !is_new && (!looking.again || looking.is_away) {
            return;
        }
        if is_new {
            let is_reading = !known.is_some_and(|known| Arc::ptr_eq(known, &latest.text));
            if is_reading {
                looking.text = Some(latest.text.clone());
                looking.plain = (latest.problems.clone(), latest.more_problems);
            }
            looking.folder = now;
            looking.again = true;
        }
        if !self.has_texts() {
            return self.look_at_nothing();
        }
        if is_new {
            self.look_at_once();
        }
        if !self.looking.is_away {
            self.look_away();
        }
    }

    /// Sees to it that the texts are looked into again: what is on the disk may have changed.
    pub fn look_into_texts_again(&mut self) {
        self.looking.again = true;
    }

    /// Whether what the texts say is still being found out.
    pub(super) fn is_looking(&self) -> bool {
        self.looking.is_away || self.looking.again
    }

    /// The texts as they were read last.
    pub(super) fn texts_at_hand(&self) -> AtHand {
        AtHand {
            folder: self.looking.folder.clone(),
            shelf: self.looking.shelf.clone(),
        }
    }

    /// How many problems the reading of the draft has found without the texts.
    pub(super) fn plain_problems(&self) -> usize {
        let latest = &self.file.latest;
        let known = self.looking.text.as_ref();
        match known.is_some_and(|known| Arc::ptr_eq(known, &latest.text)) {
            true => self.looking.plain.0.len(),
            false => latest.problems.len(),
        }
    }

    fn has_texts(&self) -> bool {
        let mut documents = self.file.latest.register.documents.iter();
        self.looking.folder.is_some() && documents.any(|document| document.text.is_some())
    }

    fn look_at_nothing(&mut self) {
        self.looking.again = false;
        let plain = self.plain();
        let nothing = Found {
            library: Library::default(),
            checked: Vec::new(),
            problems: plain.problems,
            more_problems: plain.more_problems,
        };
        self.take_found(nothing, self.is_latest_shown());
    }

    /// The latest reading with its own problems alone.
    fn plain(&self) -> Loaded {
        let mut plain = self.file.latest.clone();
        (plain.problems, plain.more_problems) = self.looking.plain.clone();
        plain
    }

    fn is_latest_shown(&self) -> bool {
        Arc::ptr_eq(&self.file.latest.register, &self.file.shown.register)
    }

    /// What was read before is held against the new reading within the frame, so that no problem comes and goes.
    fn look_at_once(&mut self) {
        let latest = &self.file.latest;
        if latest.text.len() > AT_ONCE_BYTES {
            return;
        }
        let (at_hand, register) = (self.texts_at_hand(), &latest.register);
        let mut bytes = 0;
        for document in register.documents.iter().filter(|d| d.text.is_some()) {
            let Some(copy) = at_hand.of(document) else {
                return;
            };
            bytes += copy.text.map_or(0, |text| text.prose.text().len());
        }
        if bytes <= AT_ONCE_TEXT_BYTES {
            let library = Library::of(register, &mut |document| at_hand.of(document));
            self.take_found(Found::of(self.plain(), library), self.is_latest_shown());
        }
    }

    /// Reads what has changed on the disk, and looks into it on a thread.
    fn look_away(&mut self) {
        let Some(folder) = self.looking.folder.clone() else {
            return;
        };
        (self.looking.is_away, self.looking.again) = (true, false);
        let (loaded, mut shelf) = (self.plain(), self.looking.shelf.clone());
        let (text, is_shown, revision) = (
            loaded.text.clone(),
            self.is_latest_shown(),
            self.file.revision,
        );
        let look = move || {
            let seen = seen(&loaded.register, &folder);
            let library = read(&loaded.register, &folder, Arc::make_mut(&mut shelf));
            let found = Found::of(loaded, library);
            move |app: &mut App| {
                app.looking.is_away = false;
                app.looking.shelf = shelf;
                if let Some(watch) = &app.watch {
                    watch.follow_texts(seen);
                }
                // It may have been read again, or saved elsewhere, meanwhile.
                let is_same = Arc::ptr_eq(&app.file.latest.text, &text);
                if is_same && folder_of_texts(&app.file.origin).as_ref() == Some(&folder) {
                    app.take_found(found, is_shown && app.file.revision == revision);
                } else {
                    app.looking.again = true;
                }
            }
        };
        match self.derived.is_patient {
            true => look()(self),
            false => {
                self.jobs
                    .start("Reading the texts", false, move |_| Done::then(look()));
            }
        }
    }

    fn take_found(&mut self, found: Found, is_shown: bool) {
        let latest = &mut self.file.latest;
        latest.problems = found.problems;
        latest.more_problems = found.more_problems;
        if is_shown {
            self.texts = Texts {
                revision: self.file.revision,
                round: self.texts.round + 1,
                library: Arc::new(found.library),
                checked: Arc::new(found.checked),
            };
            self.tell_of_changed_texts();
        }
    }

    /// The folder from which the paths of texts count.
    pub fn folder_of_texts(&self) -> Option<PathBuf> {
        folder_of_texts(&self.file.origin)
    }
}

/// The folder from which the paths of texts count.
fn folder_of_texts(origin: &Origin) -> Option<PathBuf> {
    let path = origin.path()?;
    match origin {
        Origin::Folder(_) => Some(path.to_owned()),
        _ => path.parent().map(Path::to_owned),
    }
}

/// Reads the texts of a register, those that have changed.
fn read(register: &Register, folder: &Path, shelf: &mut Shelf<Text>) -> Library {
    shelf.begin();
    let library = Library::of(register, &mut |document| {
        TextCopy::of(document, |path| Some(fetch(shelf, folder, path, Text::of)))
    });
    shelf.end();
    library
}

/// How the files of the texts look before they are read: what changes in between is read once more.
fn seen(register: &Register, folder: &Path) -> Vec<Seen> {
    let paths = register.documents.iter().filter_map(|d| d.text.as_deref());
    let paths = paths.filter_map(|path| path_of(folder, path).ok());
    paths
        .map(|path| {
            let looked = signature(&path).ok();
            (path, looked)
        })
        .collect()
}
