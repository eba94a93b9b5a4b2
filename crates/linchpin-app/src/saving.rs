//! Saving the draft: into its own files, into others, and going back to what the disk holds.

use super::App;
use super::dialog::{Dialog, LeaveAction, SaveAsForm, UnsavedAnswer};
use super::file_watcher::FileWatcher;
use super::open_file::{DiskState, FileOrigin};
use super::tasks::TaskOutcome;
use linchpin_files::{SaveError, SaveErrorKind, SavePrecondition, save};
use linchpin_register::RegisterFile;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What is known of saving.
#[derive(Default)]
pub struct SavingState {
    /// A save is under way.
    pub(super) is_running: bool,
    /// What follows when the draft is saved.
    pub(super) then: Option<LeaveAction>,
    /// The document that gets a text once the register is saved.
    pub(super) attach_document: Option<String>,
}

/// A save that is done.
pub struct DraftSaved {
    version: u64,
    text: Arc<str>,
    parts: Arc<[RegisterFile]>,
    /// What the user should know beyond that it is saved.
    notices: Vec<String>,
    /// The place of the draft from now on, where it was saved elsewhere.
    new_origin: Option<FileOrigin>,
    /// Only a copy was written.
    copy_path: Option<PathBuf>,
}

/// One file to be written.
struct SaveTarget {
    path: PathBuf,
    part: RegisterFile,
    expected: ExpectedContent,
}

enum ExpectedContent {
    NewFile,
    Anything,
    /// The bytes at this stretch of what the disk is known to hold.
    Known(RegisterFile),
}

impl App {
    /// Whether there is something to save.
    pub fn is_dirty(&self) -> bool {
        self.file.draft.is_dirty()
    }

    /// Saves what has changed into its files.
    pub(super) fn save(&mut self) {
        if self.file.origin.path().is_none() {
            self.open_save_as_dialog(false);
            return;
        }
        if self.saving.is_running || self.file.is_loading {
            return;
        }
        if self.file.sync.conflict.is_some() {
            self.dialog = Dialog::Conflict;
            return;
        }
        if !self.file.disk.is_exact {
            self.notices.error(
                "This file is not UTF-8 text, and saving it would change all of it. Use “Save as…”",
            );
            return;
        }
        let (draft, disk) = (&self.file.draft, &self.file.disk);
        let mut targets = Vec::new();
        for part in draft.parts().iter() {
            let before = disk.parts.iter().find(|other| other.name == part.name);
            let same = before.is_some_and(|b| b.span.of(&disk.text) == part.span.of(draft.text()));
            if let (false, Some(path)) = (same, self.file.origin.part_path(part)) {
                targets.push(SaveTarget {
                    path,
                    part: part.clone(),
                    expected: before.map_or(ExpectedContent::NewFile, |b| {
                        ExpectedContent::Known(b.clone())
                    }),
                });
            }
        }
        self.start_save(targets, None, None);
    }

    /// Asks where to save to.
    pub(super) fn open_save_as_dialog(&mut self, copy: bool) {
        let name = match &self.file.origin {
            FileOrigin::Bundled(_) | FileOrigin::StandardInput => "register.ron".to_owned(),
            FileOrigin::Image(path) => {
                let stem = path.file_stem().map(|s| s.to_string_lossy().into_owned());
                format!("{}.ron", stem.unwrap_or_else(|| "register".into()))
            }
            FileOrigin::File(path) | FileOrigin::Folder(path) => {
                let stem = path.file_stem().map(|s| s.to_string_lossy().into_owned());
                let stem = stem.unwrap_or_else(|| "register".into());
                match (&self.file.origin, copy) {
                    (FileOrigin::Folder(_), _) => format!("{stem}-copy"),
                    (_, true) => format!("{stem}-copy.ron"),
                    (_, false) => format!("{stem}-2.ron"),
                }
            }
        };
        self.dialog = Dialog::SaveAs(SaveAsForm {
            path: self.working_folder().join(name).display().to_string(),
            is_copy: copy,
            error: None,
            overwrite: None,
            attach_document: None,
        });
    }

    /// Saves into other files: the draft's own from now on, or a copy.
    pub(super) fn save_as(&mut self, mut form: SaveAsForm) {
        let path = PathBuf::from(form.path.trim());
        let path = std::path::absolute(&path).unwrap_or(path);
        let is_folder = matches!(self.file.origin, FileOrigin::Folder(_));
        form.error = if form.path.trim().is_empty() {
            Some("Type where the file should go".into())
        } else if path.is_dir() && !is_folder {
            Some("This is a folder: add a file name".into())
        } else if path.exists() && form.overwrite.as_deref() != Some(form.path.as_str()) {
            form.overwrite = Some(form.path.clone());
            Some("There is such a file already. Save again to replace it".into())
        } else {
            None
        };
        if form.error.is_some() || self.saving.is_running {
            self.dialog = Dialog::SaveAs(form);
            return;
        }
        self.dialog = Dialog::None;
        self.saving.attach_document = form.attach_document.take();
        let replaces = form.overwrite.is_some();
        let to = |part: &RegisterFile| match is_folder {
            true => path.join(&*part.name),
            false => path.clone(),
        };
        let targets = self.file.draft.parts().iter().map(|part| SaveTarget {
            path: to(part),
            part: part.clone(),
            expected: if replaces {
                ExpectedContent::Anything
            } else {
                ExpectedContent::NewFile
            },
        });
        let targets = targets.collect();
        let origin = match is_folder {
            true => FileOrigin::Folder(path.clone()),
            false => FileOrigin::File(path.clone()),
        };
        if form.is_copy {
            self.start_save(targets, None, Some(path));
        } else {
            self.start_save(targets, Some(origin), None);
        }
    }

    fn start_save(
        &mut self,
        targets: Vec<SaveTarget>,
        moved_to: Option<FileOrigin>,
        copy: Option<PathBuf>,
    ) {
        self.saving.is_running = true;
        let disk = self.file.disk.text.clone();
        let saved = DraftSaved {
            version: self.file.draft.version(),
            text: self.file.draft.text().clone(),
            parts: self.file.draft.parts().clone(),
            notices: Vec::new(),
            new_origin: moved_to,
            copy_path: copy,
        };
        let recover = |app: &mut App| app.saving.is_running = false;
        self.tasks
            .start_or_recover("Saving", true, recover, move |_| {
                let mut saved = saved;
                for target in targets {
                    match write_target(&target, &saved.text, &disk) {
                        Ok(notice) => saved.notices.extend(notice),
                        Err(why) => return TaskOutcome::apply(move |app| app.save_failed(&why)),
                    }
                }
                TaskOutcome::apply(|app| app.draft_saved(saved))
            });
    }

    /// Takes in a save that is done.
    pub(super) fn draft_saved(&mut self, saved: DraftSaved) {
        self.saving.is_running = false;
        for notice in saved.notices {
            self.notices.info(notice);
        }
        if let Some(copy) = saved.copy_path {
            self.notices
                .info(format!("Saved a copy: {}", copy.display()));
            return;
        }
        self.file.draft.mark_saved(saved.version);
        self.file.disk = DiskState::written(saved.text, saved.parts);
        if let Some(origin) = saved.new_origin {
            if let Some(path) = origin.path() {
                self.view.add_recent_file(path);
                self.view.files.last = Some(path.to_owned());
            }
            let wake = self.platform.wake.clone();
            self.file.sync.watcher = FileWatcher::start(&origin, wake);
            self.file.origin = origin;
            // The texts are looked for where the register lies now.
            self.rescan_texts();
            if let Some(document) = self.saving.attach_document.take() {
                self.open_attach_dialog(&document);
            }
            self.notices
                .info(format!("Saved as {}", self.file.origin.name()));
        } else if !self.view.preferences.save_each_change {
            self.notices
                .info(format!("Saved {}", self.file.origin.name()));
        }
        self.continue_after_save();
    }

    /// Says why nothing was saved. The draft is as it was.
    pub(super) fn save_failed(&mut self, why: &SaveError) {
        self.saving.is_running = false;
        (self.saving.then, self.saving.attach_document) = (None, None);
        // A file that cannot be written stays so: no trying again at each change.
        self.view.preferences.save_each_change = false;
        self.notices.error(why.to_string());
        if why.is_conflict()
            && let Some(watch) = &self.file.sync.watcher
        {
            watch.poll_now();
        }
    }

    /// Goes back to what the disk holds, as a step that can be undone.
    pub(super) fn revert(&mut self) {
        let disk = self.file.disk.clone();
        self.file.sync.conflict = None;
        self.file
            .draft
            .apply_external_text("Go back to the saved file", &disk.text, &disk.parts);
        self.run_transactions();
    }

    /// Saves by itself, where the user has asked for that.
    pub(super) fn save_after_change(&mut self) {
        let file = &self.file;
        let may = file.is_up_to_date() && !file.latest.is_broken && file.origin.path().is_some();
        if self.view.preferences.save_each_change
            && may
            && self.is_dirty()
            && !self.saving.is_running
            && self.file.sync.conflict.is_none()
        {
            self.save();
        }
    }
}

fn write_target(target: &SaveTarget, text: &str, disk: &str) -> Result<Option<String>, SaveError> {
    if let Some(folder) = target.path.parent()
        && !folder.as_os_str().is_empty()
        && !folder.exists()
    {
        create_folder(folder, &target.path)?;
    }
    let expected = match &target.expected {
        ExpectedContent::NewFile => SavePrecondition::NewFile,
        ExpectedContent::Anything => SavePrecondition::Any,
        ExpectedContent::Known(part) => SavePrecondition::Bytes(part.span.of(disk).as_bytes()),
    };
    let saved = save(&target.path, target.part.span.of(text).as_bytes(), expected)?;
    Ok(saved.notice())
}

fn create_folder(folder: &Path, file: &Path) -> Result<(), SaveError> {
    std::fs::create_dir_all(folder).map_err(|error| SaveError {
        path: file.to_owned(),
        kind: SaveErrorKind::System(error.into()),
    })
}

impl App {
    /// Goes on to something that would lose unsaved edits, unless there are any: then the user is asked.
    pub(super) fn leave_or_ask(&mut self, action: LeaveAction) {
        if self.is_dirty() {
            self.dialog = Dialog::ConfirmUnsaved(action);
        } else {
            self.leave_register(action);
        }
    }

    /// Whether the window may close now. Where it may not, the user is asked.
    pub fn can_close(&mut self) -> bool {
        if self.window.is_closing || !self.is_dirty() {
            return true;
        }
        self.dialog = Dialog::ConfirmUnsaved(LeaveAction::Quit);
        false
    }

    /// Does what the user has answered.
    pub(super) fn answer_unsaved(&mut self, answer: UnsavedAnswer, action: LeaveAction) {
        self.dialog = Dialog::None;
        match answer {
            UnsavedAnswer::Save => {
                self.saving.then = Some(action);
                self.save();
            }
            UnsavedAnswer::Discard => self.leave_register(action),
        }
    }

    /// Goes on after a save, where that was what it was for.
    pub(super) fn continue_after_save(&mut self) {
        if !self.is_dirty()
            && let Some(then) = self.saving.then.take()
        {
            self.leave_register(then);
        }
    }

    fn leave_register(&mut self, action: LeaveAction) {
        if let Some(autosaver) = &mut self.recovery.autosaver {
            autosaver.discard();
            autosaver.saved_version = None;
        }
        match action {
            LeaveAction::Quit => {
                self.window.is_closing = true;
                self.window.frame_requests.close_window = true;
            }
            LeaveAction::Open(path) => self.open_file(path),
            LeaveAction::OpenBundled(shipped) => self.open_bundled(shipped),
            LeaveAction::OpenReopened => self.open_reopened(),
        }
    }
}
