//! The state of the window and what changes it. Paints nothing.

mod action;
mod action_table;
pub mod assessments_page;
mod attach;
pub mod attach_form;
pub mod autosave;
pub mod availability;
mod beside;
pub mod bulk_edit_form;
pub mod bulk_preview;
pub mod cells;
mod changed_texts;
mod chart_actions;
mod chart_commands;
pub mod clipboard;
pub mod coding;
mod coding_fields;
pub mod command;
mod compare;
pub mod compare_results;
pub mod compare_state;
pub mod compare_versions;
mod default_documents;
pub mod derived;
pub mod dialog;
mod disk_changes;
pub mod disk_conflict;
pub mod document_texts;
pub mod export_task;
pub mod file_watcher;
mod folder_poller;
pub mod form_state;
mod house_style;
pub mod notice;
pub mod open_file;
mod open_image;
pub mod page;
mod reader;
mod reader_actions;
pub mod reader_document;
pub mod reader_state;
mod record_commands;
pub mod recovery;
pub mod reopened_chart;
pub mod row_selection;
pub mod saving;
mod sorting;
mod system_dialogs;
pub mod tasks;
pub mod transactions;
pub mod unsaved_changes;
mod update;
pub mod view;

use derived::DerivedData;
use dialog::Dialog;
use file_watcher::{FileWatcher, WatchEvent};
use linchpin_files::Unsaved;
use linchpin_register::bundled::{self, Shipped};
use linchpin_register::{Date, LoadedRegister, RecordKind, RecordRef, Register};
use linchpin_render::export::image::ImageOptions;
use linchpin_task::TaskError;
use notice::Notices;
use open_file::{FileOrigin, OpenFile, StartupFile};
use page::Page;
use std::path::PathBuf;
use std::sync::Arc;
use tasks::{TaskOutcome, TaskRunner};
use view::ViewState;

/// Everything that the window shows.
pub struct App {
    pub file: OpenFile,
    pub view: ViewState,
    pub derived: DerivedData,
    pub tasks: TaskRunner,
    pub notices: Notices,
    pub dialog: Dialog,
    pub clipboard: clipboard::Clipboard,
    /// The fields that are being filled in.
    pub form_state: form_state::FormState,
    /// What day it is.
    pub today: fn() -> Date,
    pub transactions: transactions::TransactionQueue,
    /// The disk holds something else than the edits began with.
    pub disk_conflict: Option<Box<disk_conflict::DiskConflict>>,
    /// Unsaved work of windows that are gone.
    pub recoverable: recovery::RecoverableWork,
    selection_follower: record_commands::SelectionFollower,
    bulk_preview: bulk_preview::BulkPreviewState,
    /// What the next frame does once.
    pub frame_requests: FrameRequests,
    /// A frame has been painted. The very first leaves the page to the second, so that the window is there at once.
    pub has_painted: bool,
    /// The chart of an image that is being opened.
    pub reopened: Option<Box<reopened_chart::ReopenedChart>>,
    /// How the image was made that was opened last: what the next export begins with.
    next_image_options: Option<ImageOptions>,
    /// What the watch has read while a large text was being edited on a thread.
    pending_disk_read: Option<Box<LoadedRegister>>,
    /// Unsaved work that waits for its file to be read.
    pending_recovery: Option<Unsaved>,
    /// The documents' texts, and what was found in them.
    pub texts: document_texts::VerifiedTexts,
    text_scan: document_texts::TextScanState,
    /// The changed texts of which the user was told.
    reported_texts: changed_texts::ReportedTexts,
    /// The document that gets a text once the register is saved.
    attach_after_save: Option<String>,
    /// What the register is compared with.
    pub versions: compare_versions::VersionsState,
    /// What follows when the draft is saved.
    after_save: Option<dialog::LeaveAction>,
    /// A save is under way.
    is_saving: bool,
    /// The window closes, whatever is unsaved.
    is_closing: bool,
    autosaver: Option<autosave::Autosaver>,
    watcher: Option<FileWatcher>,
    wake: Arc<dyn Fn() + Send + Sync>,
}

/// Things that one frame does and the next does not.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct FrameRequests {
    /// Puts the cursor into the search field.
    pub focus_search: bool,
    /// Brings the selected row into view.
    pub scroll_to_selected: bool,
    /// Brings the column that the keyboard is at into view.
    pub scroll_to_column: bool,
    pub close_window: bool,
    /// Brings this byte of the text into view on the page of the data file, …
    pub reveal: Option<u32>,
    /// … and marks the lines up to this one.
    pub reveal_end: Option<u32>,
    /// Opens a bar of the text editor.
    pub editor_bar: Option<EditorBar>,
}

/// A bar of the text editor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditorBar {
    Find,
    Replace,
    GoToLine,
}

impl App {
    /// Opens what the command line says. `wake` makes the window draw a frame, from any thread.
    pub fn new(
        view: ViewState,
        opening: StartupFile,
        wake: impl Fn() + Send + Sync + 'static,
    ) -> Self {
        let last = view
            .last_file
            .clone()
            .filter(|path| path.is_file() || path.is_dir());
        let nothing = OpenFile::loading_from(PathBuf::new(), 0);
        let mut app = App::with_file(view.sanitized(), nothing, wake);
        match (opening, last) {
            (StartupFile::File(path), _) | (StartupFile::LastFile, Some(path)) => {
                app.open_file(path)
            }
            (StartupFile::LastFile, None) => app.open_bundled(&bundled::ALLIANCE),
            (StartupFile::Image(reopened), _) => app.start_with_image(*reopened),
            (StartupFile::StandardInput(loaded), _) => {
                app.file = OpenFile::from_loaded(FileOrigin::StandardInput, *loaded)
            }
        }
        app
    }

    /// Shows a register that has been read already, and follows no file.
    pub fn with_file(
        view: ViewState,
        file: OpenFile,
        wake: impl Fn() + Send + Sync + 'static,
    ) -> Self {
        let wake: Arc<dyn Fn() + Send + Sync> = Arc::new(wake);
        let (for_derived, for_jobs) = (wake.clone(), wake.clone());
        App {
            file,
            view,
            derived: DerivedData::new(move || for_derived()),
            tasks: TaskRunner::new(move || for_jobs()),
            notices: Notices::default(),
            dialog: Dialog::None,
            clipboard: clipboard::Clipboard::default(),
            form_state: form_state::FormState::default(),
            today: Date::today,
            transactions: transactions::TransactionQueue::default(),
            disk_conflict: None,
            recoverable: recovery::RecoverableWork::default(),
            selection_follower: record_commands::SelectionFollower::default(),
            bulk_preview: bulk_preview::BulkPreviewState::default(),
            frame_requests: FrameRequests::default(),
            has_painted: false,
            reopened: None,
            next_image_options: None,
            pending_disk_read: None,
            pending_recovery: None,
            texts: document_texts::VerifiedTexts::default(),
            text_scan: document_texts::TextScanState::default(),
            reported_texts: changed_texts::ReportedTexts::default(),
            attach_after_save: None,
            versions: compare_versions::VersionsState::default(),
            after_save: None,
            is_saving: false,
            is_closing: false,
            autosaver: None,
            watcher: None,
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

    fn open_file(&mut self, path: PathBuf) {
        let path = std::path::absolute(&path).unwrap_or(path);
        self.replace_file(OpenFile::loading_from(path.clone(), self.file.revision + 1));
        self.view.add_recent_file(&path);
        self.view.last_file = Some(path.clone());
        let wake = self.wake.clone();
        let origin = self.file.origin.clone();
        self.watcher = FileWatcher::start(&origin, wake);
    }

    fn open_bundled(&mut self, shipped: &'static Shipped) {
        self.replace_file(OpenFile::bundled(shipped, self.file.revision + 1));
        self.view.last_file = None;
    }

    /// Begins anew with another register, followed by nobody yet.
    fn replace_file(&mut self, file: OpenFile) {
        self.file = file;
        self.transactions.reset();
        (self.disk_conflict, self.pending_disk_read) = (None, None);
        (self.pending_recovery, self.after_save) = (None, None);
        self.form_state = form_state::FormState::default();
        self.watcher = None;
    }

    /// Takes in what other threads have to say, and works out what the page on screen needs. Before every frame.
    pub fn poll(&mut self) {
        while let Some(event) = self.watcher.as_mut().and_then(FileWatcher::next_event) {
            match event {
                WatchEvent::FileRead(loaded) => self.apply_disk_read(*loaded),
                WatchEvent::TextsChanged => {
                    self.rescan_texts();
                }
                WatchEvent::ReadError(words) => {
                    self.file.is_loading = false;
                    self.file.read_error = Some(words);
                }
            }
        }
        for finished in self.tasks.take_finished() {
            match (finished.result, finished.recover) {
                (Ok(outcome), _) => self.apply_task_outcome(outcome),
                (Err(error), recover) => {
                    if let Some(recover) = recover {
                        recover(self);
                    }
                    match error {
                        TaskError::Cancelled => self.apply_task_outcome(TaskOutcome::Cancelled),
                        _ => self.notices.error(error.to_string()),
                    }
                }
            }
        }
        for error in self.derived.take_errors() {
            self.notices.error(error.to_string());
        }
        self.follow_selection();
        let revision = self.file.revision;
        self.view
            .row_selection
            .retain_existing(&self.file.shown.register, revision);
        self.scan_texts();
        let no_problems = self.file.latest.diagnostic_count() == 0 && !self.is_scanning_texts();
        if self.view.page == Page::Problems && no_problems {
            self.view.page = Page::Overview;
        }
        self.save_after_change();
        self.autosave_draft();
        self.request_bulk_preview();
        self.request_page_data();
        self.scroll_after_edit();
    }

    fn request_page_data(&mut self) {
        let register = self.file.shown.register.clone();
        let revision = self.file.revision;
        if let Some(kind) = self.view.table() {
            self.derived
                .request_table(revision, &register, kind, &self.view.query(kind));
        }
        if self.view.page == Page::Assessments {
            self.request_assessments(revision, &register);
        }
        self.request_versions();
        self.request_chart_data();
        self.request_reader_data();
        self.request_compare_data();
    }
}

/// The name of the program's folder for what it keeps between runs.
pub const STATE_NAME: &str = "linchpin";
