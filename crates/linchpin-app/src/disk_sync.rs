//! What other programs write into the open file: taken in as an undo step, or merged with the edits
//! that are not saved. Nothing is overwritten.

use super::App;
use super::dialog::Dialog;
use super::file_watcher::FileWatcher;
use super::open_file::{DiskState, FileOrigin};
use super::tasks::TaskOutcome;
use super::transactions::SYNC_MAX_EDIT_BYTES;
use linchpin_edit::Difference;
use linchpin_edit::diff::diff_registers;
use linchpin_edit::draft::Draft;
use linchpin_edit::three_way_merge::{
    MergeSide, ThreeWayMerge, resolve_conflicts, three_way_merge,
};
use linchpin_files::UnsavedWork;
use linchpin_register::english::count_noun;
use linchpin_register::{LoadedRegister, RegisterFile, RegisterFileText, load, load_files};
use std::sync::Arc;

/// How the open file and the disk go together.
#[derive(Default)]
pub struct DiskSync {
    /// The disk holds something else than the edits began with.
    pub conflict: Option<Box<DiskConflict>>,
    /// What was read while a large text was being edited on another thread.
    pub(super) pending_read: Option<Box<LoadedRegister>>,
    /// Unsaved work that waits for its file to be read.
    pub(super) pending_recovery: Option<UnsavedWork>,
    /// What the disk held before something broken was read from it: what edits began with that were
    /// not made on the broken text.
    pub(super) before_broken: Option<DiskState>,
    pub(super) watcher: Option<FileWatcher>,
}

/// Both sides, put together as far as that can be done without asking.
pub struct DiskConflict {
    /// What the disk holds now.
    pub theirs: LoadedRegister,
    /// What another program has changed.
    pub changed: Vec<Difference>,
    /// Each file put together, in the order of the files.
    pub merges: Vec<FileMerge>,
    /// The version of the draft that was put together.
    draft_version: u64,
    open_count: u64,
    /// How often this program had written by then.
    own_writes: Option<u64>,
}

/// One file put together.
pub struct FileMerge {
    pub name: Arc<str>,
    pub merge: ThreeWayMerge,
    /// What the user has decided so far, for each of the merge's conflicts.
    pub choices: Vec<Option<MergeSide>>,
}

impl DiskConflict {
    /// How many decisions there are, and how many are made.
    pub fn decision_counts(&self) -> (usize, usize) {
        let all = self.merges.iter().flat_map(|file| &file.choices);
        let made = all.clone().filter(|choice| choice.is_some()).count();
        (all.count(), made)
    }

    fn resolved_files(&self, undecided: MergeSide) -> Vec<RegisterFileText> {
        let files = self.merges.iter().map(|file| {
            let choices = file
                .choices
                .iter()
                .map(|choice| choice.unwrap_or(undecided));
            RegisterFileText {
                name: file.name.clone(),
                text: resolve_conflicts(&file.merge, &choices.collect::<Vec<_>>()),
                diagnostics: Vec::new(),
            }
        });
        files.collect()
    }
}

impl App {
    /// Another program has written the file while there were unsaved edits.
    pub(super) fn merge_with_disk(&mut self, theirs: LoadedRegister) {
        // The base of the merge is what the edits began with, and not what was read last.
        let before_broken = self.file.sync.before_broken.as_ref();
        let before_broken = before_broken.filter(|_| !self.file.draft.stands_on_broken_reading());
        let disk = before_broken.unwrap_or(&self.file.disk).clone();
        let own_writes = self.own_writes();
        let (ours, parts) = (
            self.file.draft.text().clone(),
            self.file.draft.parts().clone(),
        );
        let (version, opened) = (
            self.file.draft.version(),
            self.editing.transactions.open_count(),
        );
        self.tasks.start("Comparing", true, move |_| {
            let base = linchpin_register::load_joined_files(disk.text, disk.parts);
            let changed = diff_registers(&base, &theirs);
            let merges = merge_files(&base, &ours, &parts, &theirs);
            let conflict = DiskConflict {
                theirs,
                changed,
                merges,
                draft_version: version,
                open_count: opened,
                own_writes,
            };
            TaskOutcome::apply_unless_cancelled(|app| app.merge_ready(conflict))
        });
    }

    /// Takes in both sides as they were put together.
    pub(super) fn merge_ready(&mut self, conflict: DiskConflict) {
        // Another file has been opened meanwhile, to which none of this belongs.
        if conflict.open_count != self.editing.transactions.open_count() {
            return;
        }
        // This program has written meanwhile: theirs may not be what the disk holds now.
        if conflict.own_writes != self.own_writes() {
            return self.reread_when_saved();
        }
        if conflict.draft_version != self.file.draft.version() {
            // Edited meanwhile: once more, with the newest edits.
            return self.merge_with_disk(conflict.theirs);
        }
        let (asked, _) = conflict.decision_counts();
        let edits = conflict
            .merges
            .iter()
            .map(|file| file.merge.our_changes.len())
            .sum::<usize>();
        if asked > 0 {
            // While the conflict stands, saving asks for the decisions first.
            self.file.sync.conflict = Some(Box::new(conflict));
            if self.dialog == Dialog::None {
                self.dialog = Dialog::Conflict;
            }
            return;
        }
        let changes = conflict.changed.len();
        self.adopt_merged(conflict.resolved_files(MergeSide::Theirs), &conflict.theirs);
        self.notices.info(format!(
            "Another program has changed the file: {} taken in, {} of yours kept",
            count_noun(changes, "change"),
            count_noun(edits, "edit"),
        ));
    }

    /// Notes a decision.
    pub(super) fn resolve_conflict(&mut self, file: usize, index: usize, side: MergeSide) {
        let conflict = self.file.sync.conflict.as_mut();
        let file = conflict.and_then(|conflict| conflict.merges.get_mut(file));
        if let Some(choice) = file.and_then(|file| file.choices.get_mut(index)) {
            *choice = Some(side);
        }
    }

    /// Carries the decisions out; where none was made, `undecided` counts.
    pub(super) fn apply_merge(&mut self, undecided: MergeSide) {
        let Some(conflict) = self.file.sync.conflict.take() else {
            return;
        };
        self.dialog = Dialog::None;
        self.adopt_merged(conflict.resolved_files(undecided), &conflict.theirs);
    }

    /// Gives up all edits for what the disk holds, as a step that can be undone.
    pub(super) fn discard_for_theirs(&mut self) {
        let Some(conflict) = self.file.sync.conflict.take() else {
            return;
        };
        self.dialog = Dialog::None;
        self.set_disk(&conflict.theirs);
        let (text, parts) = (&conflict.theirs.text, &conflict.theirs.files);
        self.file
            .draft
            .apply_external_text("Take the file's version", text, parts);
        self.run_transactions();
    }

    /// Takes both sides, put together, as a step. The disk holds theirs.
    fn adopt_merged(&mut self, files: Vec<RegisterFileText>, theirs: &LoadedRegister) {
        let both = load_files(files);
        self.file.sync.conflict = None;
        self.set_disk(theirs);
        let words = "Take in the changes of another program";
        self.file
            .draft
            .apply_external_text(words, &both.text, &both.files);
        if *both.text != *theirs.text {
            // The disk holds none of the steps: undoing all of them gives our base, not theirs.
            self.file.draft.mark_unsaved();
        }
        self.run_transactions();
    }
}

/// Puts every file together by itself. A file that only one side has is taken from that side, if it
/// has changed there.
fn merge_files(
    base: &LoadedRegister,
    ours: &str,
    our_parts: &[RegisterFile],
    theirs: &LoadedRegister,
) -> Vec<FileMerge> {
    let text_in = |text: &str, parts: &[RegisterFile], name: &str| {
        let part = parts.iter().find(|part| &*part.name == name);
        part.map_or_else(String::new, |part| part.span.of(text).to_owned())
    };
    let merged = theirs.files.iter().map(|part| {
        // File by file, so that a record which stands in one file is not merged into another.
        let before = text_in(&base.text, &base.files, &part.name);
        // A file that we lack stays as it is on the disk: no edit takes a file away.
        let is_ours = our_parts.iter().any(|other| other.name == part.name);
        let ours = match is_ours {
            true => text_in(ours, our_parts, &part.name),
            false => before.clone(),
        };
        let sides = [before, ours, part.span.of(&theirs.text).to_owned()];
        let [base, ours, theirs] = sides.map(|text| load(text, Vec::new()));
        let merge = three_way_merge(&base, &ours, &theirs);
        FileMerge {
            name: part.name.clone(),
            choices: vec![None; merge.conflicts.len()],
            merge,
        }
    });
    let mut all: Vec<FileMerge> = merged.collect();
    // A file that is gone from the disk, and has edits here, is written again.
    for part in our_parts {
        let text = part.span.of(ours);
        let is_gone = theirs.files.iter().all(|other| other.name != part.name);
        if is_gone && text != text_in(&base.text, &base.files, &part.name) {
            let same = load(text, Vec::new());
            all.push(FileMerge {
                name: part.name.clone(),
                choices: Vec::new(),
                merge: three_way_merge(&same, &same, &same),
            });
        }
    }
    all.sort_by(|a, b| a.name.cmp(&b.name));
    all
}

impl App {
    /// Takes in what the watch has read, unless this program has written meanwhile: what the disk
    /// held before must not be taken for the news of another program.
    pub(super) fn take_disk_read(&mut self, loaded: LoadedRegister, own_writes: u64) {
        let watcher = self.file.sync.watcher.as_ref();
        match watcher.is_some_and(|watcher| watcher.is_outdated(own_writes)) {
            true => self.reread_when_saved(),
            false => self.apply_disk_read(loaded),
        }
    }

    /// How often this program has begun or ended to write what is followed.
    fn own_writes(&self) -> Option<u64> {
        self.file.sync.watcher.as_ref().map(FileWatcher::own_writes)
    }

    /// What the disk holds now.
    fn set_disk(&mut self, loaded: &LoadedRegister) {
        let file = &mut self.file;
        let before = std::mem::replace(&mut file.disk, DiskState::from_loaded(loaded));
        if !loaded.is_broken {
            file.sync.before_broken = None;
        } else if file.sync.before_broken.is_none() {
            file.sync.before_broken = Some(before);
        }
    }

    /// Takes in what the watch has read.
    pub(super) fn apply_disk_read(&mut self, loaded: LoadedRegister) {
        let plain_problems = self.own_problem_count();
        let file = &mut self.file;
        file.read_error = None;
        if self.editing.transactions.is_running && file.draft.text().len() > SYNC_MAX_EDIT_BYTES {
            // The draft is on a thread and comes back in another state.
            file.sync.pending_read = Some(Box::new(loaded));
            return;
        }
        // What was read may be half of what is being written. It is read again when that is done.
        let is_first = file.is_loading || file.sync.pending_recovery.is_some();
        if self.saving.is_running && !is_first {
            self.saving.is_reread_due = true;
            return;
        }
        // Unsaved work of an earlier session is merged with the disk as if it had just been typed.
        if let Some(unsaved) = file.sync.pending_recovery.take() {
            return self.recover_onto(&unsaved, loaded);
        }
        // The first reading: nothing of ours to merge with it.
        if file.is_loading {
            file.disk = DiskState::from_loaded(&loaded);
            file.draft = Draft::from_loaded(&loaded);
            file.accept_loaded(loaded);
            return;
        }
        let same =
            |text: &str, parts: &[RegisterFile]| *loaded.text == *text && *loaded.files == *parts;
        let (is_draft, is_disk) = (
            same(file.draft.text(), file.draft.parts()),
            same(&file.disk.text, &file.disk.parts),
        );
        if is_draft {
            // Our own save, or somebody's who has made the same edits.
            self.file.sync.conflict = None;
            let file = &mut self.file;
            file.disk = DiskState::from_loaded(&loaded);
            if !loaded.is_broken {
                file.sync.before_broken = None;
            }
            file.draft.mark_saved(file.draft.version());
            // The watcher reads with the second reader, which may find what ours does not.
            if !file.is_up_to_date() || loaded.diagnostics.len() != plain_problems {
                file.draft
                    .apply_external_text("", &loaded.text, &loaded.files);
                file.accept_loaded(loaded);
            }
        } else if is_disk {
            // Nothing new: what differs are our edits.
            self.file.sync.conflict = None;
        } else if self.file.draft.is_dirty() {
            self.merge_with_disk(loaded);
        } else {
            self.take_foreign_text(loaded);
        }
    }

    /// Another program has written the file, and there is nothing of ours to merge with it.
    fn take_foreign_text(&mut self, loaded: LoadedRegister) {
        self.file.sync.conflict = None;
        self.set_disk(&loaded);
        self.file
            .draft
            .apply_reading("Changed by another program", &loaded);
        let broken = loaded.is_broken;
        self.file.accept_loaded(loaded);
        if !broken {
            self.notices.info(match self.file.origin {
                FileOrigin::Folder(_) => "The files have changed: read again",
                _ => "The file has changed: read again",
            });
        }
    }

    /// Takes in what the watch has read while the draft was on a thread.
    pub(super) fn apply_pending_disk_read(&mut self) {
        if let Some(loaded) = self.file.sync.pending_read.take() {
            self.apply_disk_read(*loaded);
        }
    }
}
