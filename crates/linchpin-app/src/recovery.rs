//! Unsaved work that outlived its window: kept while it is made, offered back at the next start.

use super::App;
use super::dialog::Dialog;
use super::file::{Disk, OpenFile, Origin};
use super::jobs::Done;
use super::keeper::Keeper;
use linchpin_edit::draft::Run;
use linchpin_files::{Interrupted, Lost, Unsaved, UnsavedFile, found, interrupted};
use linchpin_register::bundled::{self, Shipped};
use linchpin_register::{FileText, Loaded, load_parts};
use ron_lossless::{difference, text_of};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

/// What was found at the start of the program.
#[derive(Debug, Default)]
pub struct LeftBehind {
    /// Unsaved work, with the lines that differ in each of its files.
    pub lost: Vec<(Lost, Vec<Vec<String>>)>,
    /// Files whose saving was broken off, with the lines that differ.
    pub interrupted: Vec<(Interrupted, Vec<String>)>,
    /// Sentences about what cannot be offered.
    trouble: Vec<String>,
}

impl LeftBehind {
    /// Looks for it. What differs is worked out here, once: the texts may be large.
    fn find(state: &Path) -> Self {
        let (found, interruptions) = (found(state), interrupted(state));
        let of_files = |lost: Lost| {
            let files = lost.unsaved.files.iter();
            let differs = files
                .map(|file| differing(&file.base, &file.draft))
                .collect();
            (lost, differs)
        };
        let of_file = |file: Interrupted| {
            let differs = differing(&file.old, &file.now);
            (file, differs)
        };
        LeftBehind {
            lost: found.lost.into_iter().map(of_files).collect(),
            interrupted: interruptions.files.into_iter().map(of_file).collect(),
            trouble: [found.trouble, interruptions.trouble].concat(),
        }
    }
}

/// The lines that differ, as many as fit.
fn differing(old: &[u8], new: &[u8]) -> Vec<String> {
    const MAX_LINES: usize = 12;
    let (old, new) = (String::from_utf8_lossy(old), String::from_utf8_lossy(new));
    let (a, b): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let start = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let rest = a.len().min(b.len()) - start;
    let same = a.iter().rev().zip(b.iter().rev()).take(rest);
    let end = same.take_while(|(x, y)| x == y).count();
    let gone = a[start..a.len() - end].iter().map(|line| ("−", line));
    let come = b[start..b.len() - end].iter().map(|line| ("+", line));
    let all: Vec<(&str, &&str)> = gone.chain(come).collect();
    let line = |(sign, line): &(&str, &&str)| {
        let line: String = line.trim().chars().take(120).collect();
        format!("{sign} {line}")
    };
    let mut shown: Vec<String> = all.iter().take(MAX_LINES).map(line).collect();
    if all.len() > MAX_LINES {
        shown.push(format!("… and {} more lines", all.len() - MAX_LINES));
    }
    shown
}

/// What is to become of unsaved work that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Opened with its edits.
    Open,
    /// Given up for good.
    Forget,
}

impl App {
    /// Keeps unsaved work in the program's state from now on, and looks for what was left there.
    pub fn keep_unsaved_in(&mut self, state: PathBuf) {
        self.keeper = Some(Keeper::new(state.clone()));
        self.jobs
            .start("Looking for unsaved work", false, move |_| {
                let left = LeftBehind::find(&state);
                Done::then(|app| app.left_behind(left))
            });
    }

    /// Takes in what was left by windows that are gone.
    fn left_behind(&mut self, mut left: LeftBehind) {
        for words in left.trouble.drain(..) {
            self.notices.fail(words);
        }
        self.left = left;
        if self.has_left_behind() {
            self.dialog = Dialog::Recover;
        }
    }

    /// Whether there is something to be offered back.
    pub fn has_left_behind(&self) -> bool {
        !self.left.lost.is_empty() || !self.left.interrupted.is_empty()
    }

    /// Decides about unsaved work that was found.
    pub(super) fn recover(&mut self, index: usize, fate: Fate) {
        if index >= self.left.lost.len() {
            return;
        }
        let (lost, _) = self.left.lost.remove(index);
        match fate {
            Fate::Forget => lost.forget(),
            Fate::Open => self.open_with_edits(lost),
        }
        if !self.has_left_behind() || fate == Fate::Open {
            self.dialog = Dialog::None;
        }
    }

    /// Decides about a file whose saving was broken off.
    pub(super) fn put_back(&mut self, index: usize, put_back: bool) {
        if index >= self.left.interrupted.len() {
            return;
        }
        let (interrupted, _) = self.left.interrupted.remove(index);
        if put_back {
            let name = interrupted.path.display().to_string();
            match interrupted.put_back() {
                Ok(()) => self.notices.say(format!("Put back: {name}")),
                Err(why) => self.notices.fail(why.to_string()),
            }
        } else {
            interrupted.forget();
        }
        if !self.has_left_behind() {
            self.dialog = Dialog::None;
        }
    }

    fn open_with_edits(&mut self, lost: Lost) {
        let (unsaved, journal) = lost.take();
        if let Some(keeper) = &self.keeper {
            keeper.take_over(journal);
        }
        match unsaved.origin.clone() {
            Some(path) => {
                self.open(path);
                self.recovering = Some(unsaved);
            }
            None => {
                let is_it = |shipped: &&&Shipped| {
                    let mut files = unsaved.files.iter();
                    files.any(|file| *file.base == *shipped.text.as_bytes())
                };
                let shipped = bundled::ALL.iter().find(is_it);
                self.open_bundled(shipped.copied().unwrap_or(&bundled::ALLIANCE));
                self.with_edits(&unsaved);
            }
        }
    }

    /// Takes in what the disk holds while unsaved work waits for it: the draft begins with the bytes that the edits began with, so that what
    /// has changed on the disk since is a conflict like any other.
    pub(super) fn recover_onto(&mut self, unsaved: &Unsaved, loaded: Loaded) {
        let base = self.joined(unsaved, &loaded, |file| &file.base);
        self.file = OpenFile {
            origin: self.file.origin.clone(),
            revision: self.file.revision + 1,
            disk: Disk::of(&base),
            ..OpenFile::of(self.file.origin.clone(), base)
        };
        self.with_edits(unsaved);
        self.read_from_disk(loaded);
    }

    /// Makes the edits of unsaved work on the text that they began with, as one step.
    fn with_edits(&mut self, unsaved: &Unsaved) {
        let now = self.file.latest.clone();
        let draft = self.joined(unsaved, &now, |file| &file.draft);
        let splices = match draft.parts.len() == now.parts.len() {
            true => difference(&now.text, &draft.text).into_iter().collect(),
            false => Vec::new(),
        };
        match self
            .file
            .draft
            .splice("Edits of an earlier session", splices, Run::Alone)
        {
            Ok(_) => self
                .notices
                .say("The unsaved edits are back; nothing is saved yet"),
            Err(why) => self.notices.fail(why.to_string()),
        }
        self.work_off();
    }

    /// A register's files, those that unsaved work knows as `bytes` says, the others as they were read.
    fn joined(
        &self,
        unsaved: &Unsaved,
        read: &Loaded,
        bytes: impl Fn(&UnsavedFile) -> &Arc<[u8]>,
    ) -> Loaded {
        let text_in = |part: &linchpin_register::Part| {
            let path = self.file.origin.path_of(part);
            let file = unsaved.files.iter().find(|file| file.path == path);
            match file {
                Some(file) => FileText::read(&part.name, text_of(bytes(file).to_vec())),
                None => FileText {
                    name: part.name.clone(),
                    text: part.span.of(&read.text).to_owned(),
                    problems: Vec::new(),
                },
            }
        };
        load_parts(read.parts.iter().map(text_in).collect())
    }

    /// Hands the draft to the keeper where it has changed.
    pub(super) fn keep_draft(&mut self) {
        let (file, then) = (&self.file, SystemTime::now());
        let Some(keeper) = &mut self.keeper else {
            return;
        };
        if let Some(words) = keeper.trouble() {
            self.notices.fail(words);
        }
        let state = file.draft.is_dirty().then(|| file.draft.version());
        if keeper.version == state || file.loading {
            return;
        }
        keeper.version = state;
        if state.is_none() {
            keeper.forget();
            return;
        }
        keeper.keep(Unsaved {
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
        Origin::Bundled(_) | Origin::StandardInput | Origin::Image(_) | Origin::File(_),
        [only],
    ) = (&file.origin, &**draft.parts())
    {
        return vec![UnsavedFile {
            path: file.origin.path_of(only),
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
                path: file.origin.path_of(part),
                base: before.as_bytes().into(),
                draft: now.as_bytes().into(),
            });
        }
    }
    files
}
