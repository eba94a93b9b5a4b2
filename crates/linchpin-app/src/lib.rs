//! The state of the window and what changes it. Paints nothing.

mod action;
mod action_table;
pub mod assessments_page;
pub mod attach;
pub mod autosave;
pub mod availability;
pub mod bulk_edit;
pub mod cells;
mod chart_actions;
mod chart_commands;
pub mod clipboard;
pub mod coding;
pub mod command;
pub mod compare;
pub mod compare_versions;
pub mod derived;
pub mod dialog;
pub mod disk_sync;
pub mod export_task;
pub mod file_watcher;
pub mod form_state;
mod house_style;
mod leaving;
pub mod notice;
pub mod open_file;
pub mod page;
pub mod platform;
pub mod reader;
mod reader_actions;
mod record_commands;
pub mod recovery;
mod register_poller;
pub mod reopened_chart;
pub mod row_selection;
pub mod saving;
mod stillness;
mod system_dialogs;
pub mod tasks;
pub mod texts;
pub mod transactions;
mod update;
pub mod view;
pub mod window_state;

use derived::DerivedData;
use dialog::Dialog;
use file_watcher::{FileWatcher, WatchEvent};
use linchpin_register::bundled::{self, BundledRegister};
use linchpin_register::{RecordKind, RecordRef, Register};
use linchpin_task::TaskError;
use notice::Notices;
use open_file::{FileOrigin, OpenFile, StartupFile};
use page::Page;
use std::path::PathBuf;
use std::sync::Arc;
use tasks::{TaskOutcome, TaskRunner};
use view::ViewState;

/// Everything that the window shows.
///
/// Split by what belongs together: a part holds what is set and reset together, and its file says
/// what may be done with it. What concerns several parts is a method of `App`.
pub struct App {
    /// The open file with its draft, and what is known of the disk.
    pub file: OpenFile,
    /// Edits under way.
    pub editing: transactions::EditingState,
    pub saving: saving::SavingState,
    pub recovery: recovery::RecoveryState,
    /// The documents' texts, and what was found in them.
    pub reading: texts::ReadingState,
    /// What the register is compared with.
    pub versions: compare_versions::VersionsState,
    /// Charts that images bring along.
    pub charts: reopened_chart::ChartsState,
    /// What the user has set.
    pub view: ViewState,
    /// What is worked out from the register on screen.
    pub derived: DerivedData,
    pub tasks: TaskRunner,
    pub notices: Notices,
    pub dialog: Dialog,
    /// What the window holds between frames.
    pub window: window_state::WindowState,
    /// What is asked of the system.
    pub platform: platform::Platform,
}

impl App {
    /// Opens what the command line says. `wake` makes the window draw a frame, from any thread.
    pub fn new(
        view: ViewState,
        opening: StartupFile,
        wake: impl Fn() + Send + Sync + 'static,
    ) -> Self {
        let recorded = view.files.last.clone();
        let is_there = |path: &PathBuf| path.is_file() || path.is_dir();
        let last = recorded.clone().filter(is_there);
        let nothing = OpenFile::loading_from(PathBuf::new(), 0);
        let mut app = App::with_file(view.sanitized(), nothing, wake);
        match (opening, last) {
            (StartupFile::File(path), _) | (StartupFile::LastFile, Some(path)) => {
                app.open_file(path)
            }
            (StartupFile::LastFile, None) => {
                app.open_bundled(&bundled::ALLIANCE);
                if let Some(lost) = recorded {
                    app.notices.error(format!(
                        "{} was open last and cannot be found now. What is open is the register \
                        that comes with the program",
                        lost.display()
                    ));
                }
            }
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
        let (for_derived, for_tasks) = (wake.clone(), wake.clone());
        App {
            file,
            view,
            editing: transactions::EditingState::default(),
            saving: saving::SavingState::default(),
            recovery: recovery::RecoveryState::default(),
            reading: texts::ReadingState::default(),
            versions: compare_versions::VersionsState::default(),
            charts: reopened_chart::ChartsState::default(),
            derived: DerivedData::new(move || for_derived()),
            tasks: TaskRunner::new(move || for_tasks()),
            notices: Notices::default(),
            dialog: Dialog::None,
            window: window_state::WindowState::default(),
            platform: platform::Platform::new(wake),
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
        // It is remembered for the next run, which may start in another folder.
        let path = std::path::absolute(&path).unwrap_or(path);
        // Counted on, so that nothing derived from the register before passes for this one's.
        self.replace_file(OpenFile::loading_from(path.clone(), self.file.revision + 1));
        self.view.add_recent_file(&path);
        self.view.files.last = Some(path.clone());
        let wake = self.platform.wake.clone();
        let origin = self.file.origin.clone();
        self.file.sync.watcher = FileWatcher::start(&origin, wake);
    }

    fn open_bundled(&mut self, shipped: &'static BundledRegister) {
        self.replace_file(OpenFile::bundled(shipped, self.file.revision + 1));
        self.view.files.last = None;
    }

    /// Begins anew with another register, followed by nobody yet.
    fn replace_file(&mut self, file: OpenFile) {
        // What belongs to the old file goes with it: its watcher, its conflict, what was read of
        // it.
        self.file = file;
        self.editing.transactions.reset();
        (self.saving.then, self.saving.is_due) = (None, false);
        self.window.form_state = form_state::FormState::default();
    }

    /// Takes in what other threads have to say, and works out what the page on screen needs. Before
    /// every frame.
    pub fn poll(&mut self) {
        self.stop_unwanted_extraction();
        while let Some(event) = self
            .file
            .sync
            .watcher
            .as_mut()
            .and_then(FileWatcher::next_event)
        {
            match event {
                WatchEvent::FileRead { loaded, own_writes } => {
                    self.take_disk_read(*loaded, own_writes);
                }
                WatchEvent::TextsChanged => {
                    self.rescan_texts();
                }
                WatchEvent::ReadError(words) => {
                    self.file.is_loading = false;
                    self.file.read_error = Some(words);
                }
                WatchEvent::Failed {
                    error,
                    is_restarted,
                } => {
                    self.notices.error(error.to_string());
                    if !is_restarted {
                        self.file.is_loading = false;
                        self.file.read_error = Some(NO_LONGER_FOLLOWED.into());
                    }
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
        // After the outcomes of tasks, which may bring the record that is to be selected.
        self.follow_selection();
        let revision = self.file.revision;
        self.view
            .tables
            .row_selection
            .retain_existing(&self.file.shown.register, revision);
        self.scan_texts();
        // The texts may have problems as well: until they are read, nobody is sent away from the
        // page.
        let no_problems = self.file.latest.diagnostic_count() == 0 && !self.is_scanning_texts();
        if self.view.page == Page::Problems && no_problems {
            self.view.page = Page::Overview;
        }
        self.save_when_due();
        self.save_after_change();
        self.autosave_draft();
        self.request_bulk_preview();
        self.request_page_data();
        // After the table has been asked for, so that the row is looked for where it is now.
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

/// What stands on screen where following the file has failed again and again.
const NO_LONGER_FOLLOWED: &str = "The file is no longer followed: open it again to see its changes";

/// The name of the program's folder for what it keeps between runs.
pub const STATE_NAME: &str = "linchpin";
