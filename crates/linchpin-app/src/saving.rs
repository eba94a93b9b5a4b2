//! Saving the draft: into its own files, into others, and going back to what the disk holds.

use super::App;
use super::dialog::{Dialog, LeaveAction, SaveAsForm};
use super::file_watcher::FileWatcher;
use super::open_file::{DiskState, FileOrigin};
use super::tasks::TaskOutcome;
use linchpin_files::sibling_texts::refuse_link_outside;
use linchpin_files::{
    ReadErrorKind, SaveError, SaveErrorKind, SavePrecondition, save, save_in_folder,
};
use linchpin_register::{RegisterFile, RegisterFileText, load_files};
use linchpin_task::Control;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What is known of saving.
#[derive(Default)]
pub struct SavingState {
    /// A save is under way.
    pub(super) is_running: bool,
    /// Something was read from the disk while it was being written.
    pub(super) is_reread_due: bool,
    /// The draft is to be saved once no edit runs or waits any more.
    pub(super) is_due: bool,
    /// What follows when the draft is saved.
    pub(super) then: Option<LeaveAction>,
    /// The document that gets a text once the register is saved.
    pub(super) attach_document: Option<String>,
    /// The version of the draft whose saving was cancelled, or failed by a fault in the program. It
    /// is not saved again unless the user says so: a save at each change would otherwise begin
    /// again in the next frame.
    abandoned_version: Option<u64>,
}

/// A save that is done.
pub struct DraftSaved {
    version: u64,
    /// Tells the file that was open then from any that was opened since.
    open_count: u64,
    text: Arc<str>,
    parts: Arc<[RegisterFile]>,
    /// What the user should know beyond that it is saved.
    notices: Vec<String>,
    /// The place of the draft from now on, where it was saved elsewhere.
    new_origin: Option<FileOrigin>,
    /// Only a copy was written.
    copy_path: Option<PathBuf>,
}

/// A save that ended before every file was written.
struct StoppedSave {
    reason: StopReason,
    version: u64,
    open_count: u64,
    /// The names of the files that were written, and of those that were not.
    written: Vec<String>,
    unwritten: Vec<String>,
    notices: Vec<String>,
    /// What the disk holds now, where some of the draft's own files were written.
    disk: Option<DiskState>,
}

enum StopReason {
    Cancelled,
    Failed(SaveError),
}

/// One file to be written.
struct SaveTarget {
    path: PathBuf,
    /// The folder of which it is a file; `None` for a file that the user has named.
    folder: Option<PathBuf>,
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
        if self.file.is_loading {
            return;
        }
        // An edit that was made before belongs into the file, although a thread is still at it.
        if self.saving.is_running || self.editing.transactions.will_change_draft() {
            self.saving.is_due = true;
            return;
        }
        // Saving would overwrite what another program has written, or fail at the precondition.
        if self.file.sync.conflict.is_some() {
            // Whoever decides the conflict first and saves later has not asked to leave then.
            self.saving.then = None;
            self.dialog = Dialog::Conflict;
            return;
        }
        if !self.file.disk.is_exact {
            self.saving.then = None;
            self.notices.error(
                "This file is not UTF-8 text, and saving it would change all of it. Use “Save as…”",
            );
            return;
        }
        let (draft, disk) = (&self.file.draft, &self.file.disk);
        let mut targets = Vec::new();
        for part in draft.parts().iter() {
            // Files are known by name: the parts of draft and disk need not be the same, nor in one
            // order.
            let before = disk.parts.iter().find(|other| other.name == part.name);
            let same = before.is_some_and(|b| b.span.of(&disk.text) == part.span.of(draft.text()));
            if let (false, Some(path)) = (same, self.file.origin.part_path(part)) {
                targets.push(SaveTarget {
                    path,
                    folder: self.file.origin.folder().map(Path::to_owned),
                    part: part.clone(),
                    expected: before.map_or(ExpectedContent::NewFile, |b| {
                        ExpectedContent::Known(b.clone())
                    }),
                });
            }
        }
        self.start_save(targets, None, None);
    }

    /// Saves, and goes nowhere afterwards: an earlier wish to save and leave, given up at the
    /// question where to save to, holds no longer.
    pub(super) fn save_and_stay(&mut self) {
        self.stay_after_save();
        self.save();
    }

    /// Forgets where the user wanted to go after a save, unless that one is still to come.
    pub(super) fn stay_after_save(&mut self) {
        if !self.saving.is_due {
            self.saving.then = None;
        }
    }

    /// Saves what is due, once the draft holds every edit that was made.
    pub(super) fn save_when_due(&mut self) {
        let must_wait = self.saving.is_running || self.editing.transactions.will_change_draft();
        if !must_wait && std::mem::take(&mut self.saving.is_due) {
            self.save();
        }
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
        } else if path.exists() && !form.is_agreed() {
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
        // A file that has come to this path meanwhile is not the one that was agreed to.
        let replaces = form.is_agreed();
        let to = |part: &RegisterFile| match is_folder {
            true => path.join(&*part.name),
            false => path.clone(),
        };
        let targets = self.file.draft.parts().iter().map(|part| SaveTarget {
            path: to(part),
            folder: is_folder.then(|| path.clone()),
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
        // Before the task writes: what the watcher reads from now on may be half of it.
        self.note_own_write();
        let disk = self.file.disk.clone();
        let version = self.file.draft.version();
        let open_count = self.editing.transactions.open_count();
        let saved = DraftSaved {
            version,
            open_count,
            text: self.file.draft.text().clone(),
            parts: self.file.draft.parts().clone(),
            notices: Vec::new(),
            new_origin: moved_to,
            copy_path: copy,
        };
        let recover = move |app: &mut App| {
            app.abandon_save(version, open_count);
            // Which files were written before the fault, only the disk can tell.
            app.reread_disk();
        };
        self.tasks
            .start_or_recover("Saving", true, recover, move |control| match write_targets(
                saved, &targets, &disk, control,
            ) {
                Ok(saved) => TaskOutcome::apply(|app| app.draft_saved(saved)),
                Err(stopped) => TaskOutcome::apply(|app| app.save_stopped(*stopped)),
            });
    }

    /// Takes in a save that is done.
    pub(super) fn draft_saved(&mut self, saved: DraftSaved) {
        self.end_save();
        for notice in saved.notices {
            self.notices.info(notice);
        }
        if let Some(copy) = saved.copy_path {
            self.notices
                .info(format!("Saved a copy: {}", copy.display()));
            return;
        }
        // Another file has been opened meanwhile, which has nothing to do with what was saved.
        if saved.open_count != self.editing.transactions.open_count() {
            return;
        }
        // The draft may have gone on: `mark_saved` then leaves it unsaved, and the next save is
        // measured against what has just been written.
        self.file.draft.mark_saved(saved.version);
        self.file.sync.before_broken = None;
        let left = left_files(&self.file.disk, &saved.parts);
        if saved.new_origin.is_some() || left.is_empty() {
            self.file.disk = DiskState::written(saved.text, saved.parts);
        } else {
            let names: Vec<&str> = left.iter().map(|file| &*file.name).collect();
            self.notices
                .info(format!("Still on the disk: {}", names.join(", ")));
            self.file.disk = joined_disk(files_in(&saved.text, &saved.parts).chain(left));
        }
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

    /// Says why not everything was saved, and what was. The draft is as it was.
    fn save_stopped(&mut self, stopped: StoppedSave) {
        self.abandon_save(stopped.version, stopped.open_count);
        let is_open = stopped.open_count == self.editing.transactions.open_count();
        for notice in stopped.notices {
            self.notices.info(notice);
        }
        if let Some(disk) = stopped.disk.filter(|_| is_open) {
            self.file.disk = disk;
            // No version of the draft is what the disk holds now, so that undoing cannot lead back
            // to a saved one.
            self.file.draft.mark_unsaved();
        }
        let extent = match stopped.written.is_empty() {
            true => "Nothing was saved".to_owned(),
            false => format!(
                "Saved: {}. Not saved: {}",
                stopped.written.join(", "),
                stopped.unwritten.join(", ")
            ),
        };
        match stopped.reason {
            StopReason::Cancelled => self.notices.info(format!("Cancelled. {extent}")),
            StopReason::Failed(error) => {
                // A file that cannot be written stays so: no trying again at each change.
                self.view.preferences.save_each_change = false;
                self.notices.error(error.to_string());
                if !stopped.written.is_empty() {
                    self.notices.info(extent);
                }
                if error.is_conflict() {
                    self.reread_disk();
                }
            }
        }
    }

    /// Ends a save without a result. What was to follow it does not.
    fn abandon_save(&mut self, version: u64, open_count: u64) {
        self.end_save();
        // A version of a file that is open no longer is nobody's.
        let is_open = open_count == self.editing.transactions.open_count();
        self.saving = SavingState {
            abandoned_version: is_open.then_some(version),
            ..SavingState::default()
        };
    }

    /// The disk holds still again: what was read of it meanwhile, or before, is read once more.
    fn end_save(&mut self) {
        self.saving.is_running = false;
        self.note_own_write();
        let is_outdated = self.file.sync.pending_read.take().is_some();
        if std::mem::take(&mut self.saving.is_reread_due) || is_outdated {
            self.reread_disk();
        }
    }

    fn note_own_write(&self) {
        if let Some(watcher) = &self.file.sync.watcher {
            watcher.note_own_write();
        }
    }

    /// Reads the disk again, once nothing is being saved.
    pub(super) fn reread_when_saved(&mut self) {
        match self.saving.is_running {
            true => self.saving.is_reread_due = true,
            false => self.reread_disk(),
        }
    }

    fn reread_disk(&self) {
        if let Some(watcher) = &self.file.sync.watcher {
            watcher.poll_now();
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
        // A broken text is left to the user to save, and whether it is broken is known once it has
        // been read.
        let may = file.is_up_to_date() && !file.latest.is_broken && file.origin.path().is_some();
        if self.view.preferences.save_each_change
            && !self.window.is_closing
            && may
            && self.is_dirty()
            && !self.saving.is_running
            && self.saving.abandoned_version != Some(self.file.draft.version())
            && self.file.sync.conflict.is_none()
        {
            self.save();
        }
    }
}

/// Writes one file after another. Cancelling stops it between two files, never within one: each is
/// written whole or not at all. Once the last one is begun there is nothing left to stop, and
/// nobody offers to.
fn write_targets(
    mut saved: DraftSaved,
    targets: &[SaveTarget],
    disk: &DiskState,
    control: &Control,
) -> Result<DraftSaved, Box<StoppedSave>> {
    for (index, target) in targets.iter().enumerate() {
        let is_last = index + 1 == targets.len();
        let may_write = match is_last {
            true => control.forbid_cancel(),
            false => !control.is_cancelled(),
        };
        let result = match may_write {
            true => write_target(target, &saved.text, &disk.text).map_err(StopReason::Failed),
            false => Err(StopReason::Cancelled),
        };
        match result {
            Ok(notice) => saved.notices.extend(notice),
            Err(reason) => {
                let (written, unwritten) = targets.split_at(index);
                let is_own = saved.new_origin.is_none() && saved.copy_path.is_none();
                return Err(Box::new(StoppedSave {
                    reason,
                    version: saved.version,
                    open_count: saved.open_count,
                    written: file_names(written),
                    unwritten: file_names(unwritten),
                    disk: (is_own && index > 0).then(|| partly_written(disk, &saved.text, written)),
                    notices: saved.notices,
                }));
            }
        }
        control.set_progress((index + 1) as f32 / targets.len() as f32);
    }
    Ok(saved)
}

fn file_names(targets: &[SaveTarget]) -> Vec<String> {
    let names = targets.iter().map(|target| target.path.file_name());
    names
        .map(|name| name.unwrap_or_default().to_string_lossy().into_owned())
        .collect()
}

/// What the disk holds once some of the files have been written, and the others are as they were.
fn partly_written(disk: &DiskState, text: &str, written: &[SaveTarget]) -> DiskState {
    let is_old = |part: &RegisterFile| disk.parts.iter().any(|old| old.name == part.name);
    let known = disk.parts.iter().map(|old| {
        let new = written.iter().find(|target| target.part.name == old.name);
        new.map_or_else(
            || file_text(old, &disk.text),
            |target| file_text(&target.part, text),
        )
    });
    let added = written.iter().filter(|target| !is_old(&target.part));
    joined_disk(known.chain(added.map(|target| file_text(&target.part, text))))
}

/// The files on the disk that a draft lacks, since undoing took them out of it: saving takes no
/// file away.
fn left_files(disk: &DiskState, draft: &[RegisterFile]) -> Vec<RegisterFileText> {
    let lacks = |part: &&RegisterFile| draft.iter().all(|other| other.name != part.name);
    let left = disk.parts.iter().filter(lacks);
    left.map(|part| file_text(part, &disk.text)).collect()
}

fn file_text(part: &RegisterFile, text: &str) -> RegisterFileText {
    RegisterFileText {
        name: part.name.clone(),
        text: part.span.of(text).to_owned(),
        diagnostics: Vec::new(),
    }
}

fn files_in(text: &str, parts: &[RegisterFile]) -> impl Iterator<Item = RegisterFileText> {
    parts.iter().map(move |part| file_text(part, text))
}

/// What a disk with these files holds, in the order in which a folder is read.
fn joined_disk(files: impl Iterator<Item = RegisterFileText>) -> DiskState {
    let mut files: Vec<RegisterFileText> = files.collect();
    files.sort_by(|a, b| a.name.cmp(&b.name));
    let loaded = load_files(files);
    DiskState::written(loaded.text, loaded.files)
}

fn write_target(target: &SaveTarget, text: &str, disk: &str) -> Result<Option<String>, SaveError> {
    if let Some(folder) = target.path.parent()
        && !folder.as_os_str().is_empty()
        && !folder.exists()
    {
        target.refuse_link_outside()?;
        create_folder(folder, &target.path)?;
    }
    let expected = match &target.expected {
        ExpectedContent::NewFile => SavePrecondition::NewFile,
        ExpectedContent::Anything => SavePrecondition::Any,
        // What another program has written since is never overwritten: the save fails, and both are
        // merged.
        ExpectedContent::Known(part) => SavePrecondition::Bytes(part.span.of(disk).as_bytes()),
    };
    let bytes = target.part.span.of(text).as_bytes();
    let saved = match &target.folder {
        Some(folder) => save_in_folder(folder, &target.part.name, bytes, expected)?,
        None => save(&target.path, bytes, expected)?,
    };
    Ok(saved.notice())
}

impl SaveTarget {
    /// A folder is not made behind a link that leads elsewhere.
    fn refuse_link_outside(&self) -> Result<(), SaveError> {
        let folder = self.folder.as_deref();
        match folder.map(|folder| refuse_link_outside(folder, &self.part.name)) {
            Some(Err(ReadErrorKind::LinkOutside(to))) => Err(SaveError {
                path: self.path.clone(),
                kind: SaveErrorKind::LinkOutside(to),
            }),
            _ => Ok(()),
        }
    }
}

fn create_folder(folder: &Path, file: &Path) -> Result<(), SaveError> {
    std::fs::create_dir_all(folder).map_err(|error| SaveError {
        path: file.to_owned(),
        kind: SaveErrorKind::System(error.into()),
    })
}
