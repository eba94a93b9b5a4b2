//! The state of the window and what changes it. Paints nothing.

mod action;
mod actions;
pub mod assessing;
pub mod attach_form;
mod attaching;
mod beside;
pub mod cells;
mod changed_texts;
mod chart_actions;
mod charts;
pub mod clipboard;
pub mod coding;
mod coding_fields;
pub mod command;
pub mod compared;
mod comparing;
pub mod comparison;
pub mod conflict;
pub mod derived;
pub mod dialog;
pub mod export;
pub mod file;
mod follow_folder;
pub mod form;
mod house;
pub mod jobs;
pub mod keeper;
pub mod leaving;
pub mod many;
pub mod many_edit;
pub mod marked;
pub mod notice;
mod offered_documents;
pub mod opened;
mod outside;
pub mod page;
mod reader;
mod reader_actions;
pub mod reader_state;
mod records;
pub mod recovery;
mod reopen;
pub mod reopened;
pub mod saving;
mod sorting;
mod tasks;
pub mod texts;
pub mod turns;
mod update;
pub mod versions;
pub mod view;
pub mod watch;

use derived::Derived;
use dialog::Dialog;
use file::{OpenFile, Opening, Origin};
use jobs::Jobs;
use linchpin_files::Unsaved;
use linchpin_register::bundled::{self, Shipped};
use linchpin_register::{Date, Loaded, RecordKind, RecordRef, Register};
use linchpin_render::export::image::ImageOptions;
use notice::Notices;
use page::Page;
use std::path::PathBuf;
use std::sync::Arc;
use view::View;
use watch::{News, Watch};

/// Everything that the window shows.
pub struct App {
    pub file: OpenFile,
    pub view: View,
    pub derived: Derived,
    pub jobs: Jobs,
    pub notices: Notices,
    pub dialog: Dialog,
    pub clipboard: clipboard::Clipboard,
    /// The fields that are being filled in.
    pub form: form::FormState,
    /// What day it is.
    pub today: fn() -> Date,
    pub turns: turns::Turns,
    /// The disk holds something else than the edits began with.
    pub conflict: Option<Box<conflict::Conflict>>,
    /// Unsaved work of windows that are gone.
    pub left: recovery::LeftBehind,
    following: records::Following,
    foresight: many::Foresight,
    /// What the next frame does once.
    pub once: Once,
    /// A frame has been painted. The very first leaves the page to the second, so that the window is there at once.
    pub is_up: bool,
    /// The chart of an image that is being opened.
    pub reopened: Option<Box<reopened::Reopened>>,
    /// How the image was made that was opened last: what the next export begins with.
    next_image: Option<ImageOptions>,
    /// What the watch has read while a large text was being edited on a thread.
    from_disk: Option<Box<Loaded>>,
    /// Unsaved work that waits for its file to be read.
    recovering: Option<Unsaved>,
    /// The documents' texts, and what was found in them.
    pub texts: texts::Texts,
    looking: texts::Looking,
    /// The changed texts of which the user was told.
    told_of_texts: changed_texts::Told,
    /// The document that gets a text once the register is saved.
    attach_next: Option<String>,
    /// What the register is compared with.
    pub versions: versions::Versions,
    /// What follows when the draft is saved.
    then: Option<dialog::Then>,
    /// A save is under way.
    saving: bool,
    /// The window closes, whatever is unsaved.
    closing: bool,
    keeper: Option<keeper::Keeper>,
    watch: Option<Watch>,
    wake: Arc<dyn Fn() + Send + Sync>,
}

/// Things that one frame does and the next does not.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Once {
    /// Puts the cursor into the search field.
    pub focus_search: bool,
    /// Brings the selected row into view.
    pub scroll_to_selected: bool,
    /// Brings the column that the keyboard is at into view.
    pub scroll_to_column: bool,
    pub quit: bool,
    /// Brings this byte of the text into view on the page of the data file, …
    pub reveal: Option<u32>,
    /// … and marks the lines up to this one.
    pub reveal_to: Option<u32>,
    /// Opens a bar of the text editor.
    pub in_text: Option<InText>,
}

/// A bar of the text editor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InText {
    Find,
    Replace,
    GoToLine,
}

impl App {
    /// Opens what the command line says. `wake` makes the window draw a frame, from any thread.
    pub fn new(view: View, opening: Opening, wake: impl Fn() + Send + Sync + 'static) -> Self {
        let last = view
            .last_file
            .clone()
            .filter(|path| path.is_file() || path.is_dir());
        let nothing = OpenFile::opening(PathBuf::new(), 0);
        let mut app = App::showing(view.mended(), nothing, wake);
        match (opening, last) {
            (Opening::File(path), _) | (Opening::AsLast, Some(path)) => app.open(path),
            (Opening::AsLast, None) => app.open_bundled(&bundled::ALLIANCE),
            (Opening::Image(reopened), _) => app.begin_with(*reopened),
            (Opening::Piped(loaded), _) => app.file = OpenFile::of(Origin::StandardInput, *loaded),
        }
        app
    }

    /// Shows a register that has been read already, and follows no file.
    pub fn showing(view: View, file: OpenFile, wake: impl Fn() + Send + Sync + 'static) -> Self {
        let wake: Arc<dyn Fn() + Send + Sync> = Arc::new(wake);
        let (for_derived, for_jobs) = (wake.clone(), wake.clone());
        App {
            file,
            view,
            derived: Derived::new(move || for_derived()),
            jobs: Jobs::new(move || for_jobs()),
            notices: Notices::default(),
            dialog: Dialog::None,
            clipboard: clipboard::Clipboard::default(),
            form: form::FormState::default(),
            today: Date::today,
            turns: turns::Turns::default(),
            conflict: None,
            left: recovery::LeftBehind::default(),
            following: records::Following::default(),
            foresight: many::Foresight::default(),
            once: Once::default(),
            is_up: false,
            reopened: None,
            next_image: None,
            from_disk: None,
            recovering: None,
            texts: texts::Texts::default(),
            looking: texts::Looking::default(),
            told_of_texts: changed_texts::Told::default(),
            attach_next: None,
            versions: versions::Versions::default(),
            then: None,
            saving: false,
            closing: false,
            keeper: None,
            watch: None,
            wake,
        }
    }

    /// The register on screen.
    pub fn register(&self) -> &Arc<Register> {
        &self.file.shown.register
    }

    /// The selected record, where the register on screen has it.
    pub fn selected(&self) -> Option<RecordRef> {
        self.register().find(self.view.selected.as_deref()?)
    }

    /// The record type whose table is on screen.
    pub fn table(&self) -> Option<RecordKind> {
        self.view.table()
    }

    fn open(&mut self, path: PathBuf) {
        let path = std::path::absolute(&path).unwrap_or(path);
        self.start_with(OpenFile::opening(path.clone(), self.file.revision + 1));
        self.view.remember_file(&path);
        self.view.last_file = Some(path.clone());
        let wake = self.wake.clone();
        let origin = self.file.origin.clone();
        self.watch = Watch::start(&origin, move || wake());
    }

    fn open_bundled(&mut self, shipped: &'static Shipped) {
        self.start_with(OpenFile::bundled(shipped, self.file.revision + 1));
        self.view.last_file = None;
    }

    /// Begins anew with another register, followed by nobody yet.
    fn start_with(&mut self, file: OpenFile) {
        self.file = file;
        self.turns.start_anew();
        (self.conflict, self.from_disk) = (None, None);
        (self.recovering, self.then) = (None, None);
        self.form = form::FormState::default();
        self.watch = None;
    }

    /// Takes in what other threads have to say, and works out what the page on screen needs. Before every frame.
    pub fn listen(&mut self) {
        while let Some(news) = self.watch.as_ref().and_then(|w| w.news.try_recv().ok()) {
            match news {
                News::Read(loaded) => self.read_from_disk(*loaded),
                News::TextsChanged => {
                    self.look_into_texts_again();
                }
                News::Trouble(words) => {
                    self.file.loading = false;
                    self.file.trouble = Some(words);
                }
            }
        }
        for done in self.jobs.finished() {
            self.finish(done);
        }
        self.follow();
        let revision = self.file.revision;
        self.view
            .marked
            .hold_against(&self.file.shown.register, revision);
        self.look_into_texts();
        let no_problems = self.file.latest.problem_count() == 0 && !self.is_looking();
        if self.view.page == Page::Problems && no_problems {
            self.view.page = Page::Overview;
        }
        self.save_by_itself();
        self.keep_draft();
        self.foresee();
        self.prepare();
        self.keep_in_view();
    }

    fn prepare(&mut self) {
        let register = self.file.shown.register.clone();
        let revision = self.file.revision;
        if let Some(kind) = self.view.table() {
            self.derived
                .want_table(revision, &register, kind, &self.view.query(kind));
        }
        if self.view.page == Page::Assessments {
            self.want_assessments(revision, &register);
        }
        self.compare_versions();
        self.prepare_charts();
        self.prepare_reader();
        self.prepare_comparing();
    }
}

/// The name of the program's folder for what it keeps between runs.
pub const STATE_NAME: &str = "linchpin";
