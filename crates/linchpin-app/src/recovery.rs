//! Unsaved work that outlived its window: saved while it is made, offered back at the next start.

use super::App;
use super::autosave::Autosaver;
use super::dialog::Dialog;
use super::open_file::{DiskState, FileOrigin, OpenFile};
use super::tasks::TaskOutcome;
use linchpin_edit::changed_lines;
use linchpin_files::{
    InterruptedSave, OrphanedWork, UnsavedFile, UnsavedWork, find_interrupted_saves,
    scan_unsaved_work,
};
use linchpin_register::bundled::{self, BundledRegister};
use linchpin_register::{LoadedRegister, RegisterFileText, load_files};
use linchpin_report::visible::visible_line;
use ron_lossless::decode_bytes;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

/// Unsaved work: what this window saves of it, and what others have left.
#[derive(Default)]
pub struct RecoveryState {
    /// None: nothing is saved, as in tests and in pictures of the window.
    pub(super) autosaver: Option<Autosaver>,
    /// Unsaved work of windows that are gone.
    pub found: RecoverableWork,
}

/// What was found at the start of the program.
#[derive(Debug, Default)]
pub struct RecoverableWork {
    /// Unsaved work, with the lines that differ in each of its files.
    pub lost: Vec<(OrphanedWork, Vec<Vec<String>>)>,
    /// Files whose saving was broken off, with the lines that differ.
    pub interrupted: Vec<(InterruptedSave, Vec<String>)>,
    /// Sentences about what cannot be offered.
    errors: Vec<String>,
}

impl RecoverableWork {
    /// Looks for it. What differs is worked out here, once: the texts may be large.
    fn find(state: &Path) -> Self {
        let (found, interruptions) = (scan_unsaved_work(state), find_interrupted_saves(state));
        let of_files = |lost: OrphanedWork| {
            let files = lost.unsaved.files.iter();
            let differs = files
                .map(|file| diff_preview(&file.base, &file.draft))
                .collect();
            (lost, differs)
        };
        let of_file = |file: InterruptedSave| {
            let differs = diff_preview(&file.old, &file.current);
            (file, differs)
        };
        let errors = found.errors.iter().map(ToString::to_string);
        let errors = errors.chain(interruptions.errors.iter().map(ToString::to_string));
        RecoverableWork {
            errors: errors.collect(),
            lost: found.orphaned.into_iter().map(of_files).collect(),
            interrupted: interruptions.files.into_iter().map(of_file).collect(),
        }
    }
}

/// The lines that differ, as many as fit; of both sides, where both have some.
fn diff_preview(old: &[u8], new: &[u8]) -> Vec<String> {
    const MAX_LINES: usize = 12;
    let (old, new) = (String::from_utf8_lossy(old), String::from_utf8_lossy(new));
    let (gone, come) = changed_lines(&old, &new);
    // Each has half of the room, and what the other leaves of its half.
    let of_gone = gone.len().min(MAX_LINES - come.len().min(MAX_LINES / 2));
    let of_come = come.len().min(MAX_LINES - of_gone);
    let mut shown = Vec::new();
    for (sign, lines, count) in [("−", &gone, of_gone), ("+", &come, of_come)] {
        let line = |line: &&str| {
            visible_line(line.trim())
                .chars()
                .take(120)
                .collect::<String>()
        };
        let lines_shown = lines.iter().take(count);
        shown.extend(lines_shown.map(|words| format!("{sign} {}", line(words))));
        if lines.len() > count {
            shown.push(format!("{sign} … and {} more lines", lines.len() - count));
        }
    }
    shown
}

/// What is to become of unsaved work that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecoveryChoice {
    /// Opened with its edits.
    Open,
    /// Given up for good.
    Discard,
}

impl App {
    /// Keeps unsaved work in the program's state from now on, and looks for what was left there.
    pub fn enable_autosave(&mut self, state: PathBuf) {
        self.recovery.autosaver = Some(Autosaver::new(state.clone(), self.platform.wake.clone()));
        self.tasks
            .start("Looking for unsaved work", false, move |_| {
                let found = RecoverableWork::find(&state);
                TaskOutcome::apply(|app| app.recoverable_found(found))
            });
    }

    /// Takes in what was left by windows that are gone.
    fn recoverable_found(&mut self, mut found: RecoverableWork) {
        for words in found.errors.drain(..) {
            self.notices.error(words);
        }
        self.recovery.found = found;
        if self.has_recoverable_work() {
            self.dialog = Dialog::Recover;
        }
    }

    /// Whether there is something to be offered back.
    pub fn has_recoverable_work(&self) -> bool {
        !self.recovery.found.lost.is_empty() || !self.recovery.found.interrupted.is_empty()
    }

    /// Decides about unsaved work that was found.
    pub(super) fn recover(&mut self, index: usize, choice: RecoveryChoice) {
        if index >= self.recovery.found.lost.len() {
            return;
        }
        let (lost, _) = self.recovery.found.lost.remove(index);
        match choice {
            RecoveryChoice::Discard => {
                if let Err(left) = lost.discard() {
                    self.notices.error(left.to_string());
                }
            }
            RecoveryChoice::Open => self.open_with_edits(lost),
        }
        if !self.has_recoverable_work() || choice == RecoveryChoice::Open {
            self.dialog = Dialog::None;
        }
    }

    /// Decides about a file whose saving was broken off.
    pub(super) fn restore_interrupted(&mut self, index: usize, put_back: bool) {
        if index >= self.recovery.found.interrupted.len() {
            return;
        }
        let (interrupted, _) = self.recovery.found.interrupted.remove(index);
        if put_back {
            let name = interrupted.path.display().to_string();
            match interrupted.restore() {
                Ok(()) => self.notices.info(format!("Put back: {name}")),
                Err(why) => self.notices.error(why.to_string()),
            }
        } else if let Err(left) = interrupted.discard_backup() {
            self.notices.error(left.to_string());
        }
        if !self.has_recoverable_work() {
            self.dialog = Dialog::None;
        }
    }

    fn open_with_edits(&mut self, lost: OrphanedWork) {
        let (unsaved, journal) = lost.into_parts();
        if let Some(autosaver) = &self.recovery.autosaver {
            autosaver.adopt(journal);
        }
        match unsaved.origin.clone() {
            Some(path) => {
                self.open_file(path);
                self.file.sync.pending_recovery = Some(unsaved);
            }
            None => {
                // Without a path it may be any of the bundled registers; its text tells which.
                let is_it = |shipped: &&&BundledRegister| {
                    let mut files = unsaved.files.iter();
                    files.any(|file| *file.base == *shipped.text.as_bytes())
                };
                let shipped = bundled::BUNDLED_REGISTERS.iter().find(is_it);
                self.open_bundled(shipped.copied().unwrap_or(&bundled::ALLIANCE));
                self.apply_recovered_edits(&unsaved);
            }
        }
    }

    /// Takes in what the disk holds while unsaved work waits for it: the draft begins with the
    /// bytes that the edits began with, so that what has changed on the disk since is a conflict
    /// like any other.
    pub(super) fn recover_onto(&mut self, unsaved: &UnsavedWork, loaded: LoadedRegister) {
        let base = self.loaded_with_files(unsaved, &loaded, |file| &file.base);
        self.file = OpenFile {
            origin: self.file.origin.clone(),
            revision: self.file.revision + 1,
            disk: DiskState::from_loaded(&base),
            // It is the same file: its watcher goes on.
            sync: std::mem::take(&mut self.file.sync),
            ..OpenFile::from_loaded(self.file.origin.clone(), base)
        };
        self.apply_recovered_edits(unsaved);
        self.apply_disk_read(loaded);
    }

    /// Makes the edits of unsaved work on the text that they began with, as one step.
    fn apply_recovered_edits(&mut self, unsaved: &UnsavedWork) {
        let now = self.file.latest.clone();
        let draft = self.loaded_with_files(unsaved, &now, |file| &file.draft);
        let words = "Edits of an earlier session";
        self.file
            .draft
            .apply_recovered_text(words, &draft.text, &draft.files);
        self.notices
            .info("The unsaved edits are back; nothing is saved yet");
        self.run_transactions();
    }

    /// A register's files, those that unsaved work knows as `bytes` says, the others as they were
    /// read.
    fn loaded_with_files(
        &self,
        unsaved: &UnsavedWork,
        read: &LoadedRegister,
        bytes: impl Fn(&UnsavedFile) -> &Arc<[u8]>,
    ) -> LoadedRegister {
        let text_in = |part: &linchpin_register::RegisterFile| {
            let path = self.file.origin.part_path(part);
            let file = unsaved.files.iter().find(|file| file.path == path);
            match file {
                Some(file) => {
                    RegisterFileText::from_decoded(&part.name, decode_bytes(bytes(file).to_vec()))
                }
                None => RegisterFileText {
                    name: part.name.clone(),
                    text: part.span.of(&read.text).to_owned(),
                    diagnostics: Vec::new(),
                },
            }
        };
        let mut files: Vec<RegisterFileText> = read.files.iter().map(text_in).collect();
        // A file that is not on the disk: it was new, or is gone since.
        if let FileOrigin::Folder(folder) = &self.file.origin {
            let lost = unsaved.files.iter().filter(|file| !bytes(file).is_empty());
            files.extend(lost.filter_map(|file| {
                let below = file.path.as_ref()?.strip_prefix(folder).ok()?;
                let pieces: Vec<_> = below.iter().map(|piece| piece.to_string_lossy()).collect();
                let name = pieces.join("/");
                let is_read = read.files.iter().any(|part| *part.name == *name);
                let decoded = decode_bytes(bytes(file).to_vec());
                (!is_read).then(|| RegisterFileText::from_decoded(&name, decoded))
            }));
            // In the order in which a folder is read.
            files.sort_by(|a, b| a.name.cmp(&b.name));
        }
        load_files(files)
    }

    /// Hands the draft to the autosaver where it has changed.
    pub(super) fn autosave_draft(&mut self) {
        let (file, then) = (&self.file, SystemTime::now());
        let Some(autosaver) = &mut self.recovery.autosaver else {
            return;
        };
        if let Some(words) = autosaver.take_error() {
            self.notices.error(words);
        }
        let draft = &file.draft;
        let state = draft
            .is_dirty()
            .then(|| (draft.history_id(), draft.version()));
        // What the user has given up at the end is not kept.
        if autosaver.saved_draft == state || file.is_loading || self.window.is_closing {
            return;
        }
        autosaver.saved_draft = state;
        if state.is_none() {
            autosaver.discard();
            return;
        }
        autosaver.save(UnsavedWork {
            origin: file.origin.path().map(PathBuf::from),
            files: changed_files(file),
            when: then,
        });
    }
}

/// The files that differ from the disk.
fn changed_files(file: &OpenFile) -> Vec<UnsavedFile> {
    let (draft, disk) = (&file.draft, &file.disk);
    if let (
        FileOrigin::Bundled(_)
        | FileOrigin::StandardInput
        | FileOrigin::Image(_)
        | FileOrigin::File(_),
        [only],
    ) = (&file.origin, &**draft.parts())
    {
        return vec![UnsavedFile {
            path: file.origin.part_path(only),
            base: Arc::from(disk.text.clone()),
            draft: Arc::from(draft.text().clone()),
        }];
    }
    let mut files = Vec::new();
    for part in draft.parts().iter() {
        let now = part.span.of(draft.text());
        let before = disk.parts.iter().find(|other| other.name == part.name);
        let before = before.map_or("", |other| other.span.of(&disk.text));
        if now != before {
            files.push(UnsavedFile {
                path: file.origin.part_path(part),
                base: before.as_bytes().into(),
                draft: now.as_bytes().into(),
            });
        }
    }
    files
}

#[cfg(test)]
mod tests {
    use super::diff_preview;

    #[test]
    fn both_sides_of_a_difference_are_shown() {
        let lines = |sign: char, count: usize| -> String {
            (0..count).map(|line| format!("{sign}{line}\n")).collect()
        };
        let count = |shown: &[String], sign: &str| {
            shown.iter().filter(|line| line.starts_with(sign)).count()
        };
        let shown = diff_preview(lines('a', 100).as_bytes(), lines('b', 100).as_bytes());
        assert_eq!((count(&shown, "− a"), count(&shown, "+ b")), (6, 6));
        assert!(
            shown.contains(&"− … and 94 more lines".to_owned()),
            "{shown:?}"
        );
        assert!(
            shown.contains(&"+ … and 94 more lines".to_owned()),
            "{shown:?}"
        );
        let shown = diff_preview(lines('a', 2).as_bytes(), lines('b', 100).as_bytes());
        assert_eq!((count(&shown, "− a"), count(&shown, "+ b")), (2, 10));
        // Far apart, and many alike between them.
        let between: String = (0..40).map(|line| format!("same {line}\n")).collect();
        let with = |first: &str, last: &str| format!("(\n{first}\n{between}{last}\n)\n");
        let (old, new) = (with("a", "b\u{1b}"), with("c", "d"));
        let shown = diff_preview(old.as_bytes(), new.as_bytes());
        assert_eq!(shown, ["− a", "− b\\u{1b}", "+ c", "+ d"]);
        let shown = diff_preview(lines('a', 100).as_bytes(), b"");
        assert_eq!((count(&shown, "− a"), count(&shown, "+")), (12, 0));
    }
}
