//! The text as it is being edited, with every step that led to it and back.
//!
//! All edits come through here: those of forms, of the text itself, and what another program did to
//! the file meanwhile. Each is a step that can be undone, back to the text that was opened.

use super::line_edits::line_edits_by_part;
use super::text_change::{ChangeCause, TextChange};
use super::{Edit, EditRefusal, plan_edit};
use linchpin_register::{LoadedRegister, RegisterFile};
use ron_lossless::{Span, TextEdit, apply, edit_between, invert_edits};
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The most steps that are remembered; the oldest go first. A day of typing makes fewer; each holds
/// no more than the text it replaced.
const MAX_TRANSACTIONS: usize = 10_000;

/// The most bytes of text that all steps together keep to lead back and forth; the oldest steps go
/// first. A program that rewrites a large file again and again would otherwise fill the memory.
pub const MAX_HISTORY_BYTES: usize = 64 << 20;

/// How many changes are known, the newest of them. Whoever follows the text asks in every frame in
/// which it is on screen; who has missed more compares the texts.
const MAX_CHANGES: usize = 256;

/// How many places all known changes together replaced, at most; the newest change is kept in any
/// case.
const MAX_REPLACEMENTS: usize = 1 << 20;

/// Whether steps of typing become one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UndoGrouping {
    /// A step of its own.
    #[default]
    Separate,
    /// Characters typed one after another.
    Typing,
    /// Characters deleted one after another.
    Deleting,
}

/// One step, as the list of steps shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Transaction {
    /// What was done: "Change the title of “…”".
    pub label: String,
    /// What turns the text before into the text after, and back. Shared, since tasks work on
    /// copies of the draft.
    edits: Arc<Vec<TextEdit>>,
    inverse_edits: Arc<Vec<TextEdit>>,
    grouping: UndoGrouping,
    /// The files before and after, where some came or went.
    files: Option<[Arc<[RegisterFile]>; 2]>,
    /// The text after it came from the disk and is no whole register.
    is_broken_reading: bool,
    /// How much memory the edits take.
    kept_bytes: usize,
}

/// How much memory the edits of a step take.
fn kept_bytes(edits: &[TextEdit], inverse_edits: &[TextEdit]) -> usize {
    let all = edits.iter().chain(inverse_edits);
    all.map(|edit| size_of::<TextEdit>() + edit.text.len())
        .sum()
}

/// A text with its history.
#[derive(Clone, Debug)]
pub struct Draft {
    text: Arc<str>,
    parts: Arc<[RegisterFile]>,
    transactions: Vec<Transaction>,
    /// How many of the steps have been made and not undone.
    applied_count: usize,
    /// After how many steps the text was what is on the disk; `None` where no number of them leads
    /// there.
    saved_count: Option<usize>,
    /// Counts every change of the text.
    version: u64,
    /// Differs between any two drafts that were begun.
    history_id: u64,
    /// The newest changes, the last of them the one that led to this version.
    changes: VecDeque<TextChange>,
    /// Before the first step, the text came from the disk and was no whole register.
    has_broken_base: bool,
}

/// A number that no other draft of this run has.
fn next_history_id() -> u64 {
    static NEXT_HISTORY_ID: AtomicU64 = AtomicU64::new(1);
    NEXT_HISTORY_ID.fetch_add(1, Ordering::Relaxed)
}

impl Draft {
    /// A text as it stands on the disk.
    pub fn new(text: Arc<str>, parts: Arc<[RegisterFile]>) -> Self {
        Draft {
            text,
            parts,
            transactions: Vec::new(),
            applied_count: 0,
            saved_count: Some(0),
            version: 0,
            history_id: next_history_id(),
            changes: VecDeque::new(),
            has_broken_base: false,
        }
    }

    /// A register as it was read from the disk.
    pub fn from_loaded(loaded: &LoadedRegister) -> Self {
        Draft {
            has_broken_base: loaded.is_broken,
            ..Draft::new(loaded.text.clone(), loaded.files.clone())
        }
    }

    /// The text as it is now.
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// Which stretch of it is which file.
    pub fn parts(&self) -> &Arc<[RegisterFile]> {
        &self.parts
    }

    /// Counts every change of the text.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// Tells this draft from any other: versions of two drafts have nothing to do with each other.
    pub fn history_id(&self) -> u64 {
        self.history_id
    }

    /// What has led from a version to this one, the oldest first; `None` where that is not known
    /// any more.
    pub fn changes_since(&self, version: u64) -> Option<impl Iterator<Item = &TextChange>> {
        let count = usize::try_from(self.version.checked_sub(version)?).ok()?;
        let skipped = self.changes.len().checked_sub(count)?;
        Some(self.changes.iter().skip(skipped))
    }

    /// The same text edits as they are in the text now, where they were meant for a version of it.
    ///
    /// # Errors
    /// Where what they replace has changed since.
    pub fn rebase_text_edits(
        &self,
        edits: &[TextEdit],
        version: u64,
    ) -> Result<Vec<TextEdit>, EditRefusal> {
        let changes = self.changes_since(version).ok_or(EditRefusal::StaleText)?;
        let mut edits = edits.to_vec();
        for change in changes {
            let rebased: Option<Vec<TextEdit>> =
                edits.iter().map(|edit| change.rebase(edit)).collect();
            edits = rebased.ok_or(EditRefusal::StaleText)?;
        }
        Ok(edits)
    }

    /// Whether there is something that is not saved.
    pub fn is_dirty(&self) -> bool {
        self.saved_count != Some(self.applied_count)
    }

    /// The text is on the disk now, as it was at this version. `false` where it has changed since.
    pub fn mark_saved(&mut self, version: u64) -> bool {
        let is_current = version == self.version;
        self.saved_count = is_current.then_some(self.applied_count);
        is_current
    }

    /// The text differs from the disk, whichever steps are undone.
    pub fn mark_unsaved(&mut self) {
        self.saved_count = None;
    }

    /// The steps made so far, the oldest first, then those that were undone.
    pub fn transactions(&self) -> (&[Transaction], &[Transaction]) {
        self.transactions.split_at(self.applied_count)
    }

    /// Makes an edit; `loaded` is this text as it was read. `false` where it changes nothing.
    ///
    /// # Errors
    /// Where the edit cannot be made.
    pub fn apply_edit(
        &mut self,
        loaded: &LoadedRegister,
        edit: &Edit,
    ) -> Result<bool, EditRefusal> {
        if *loaded.text != *self.text {
            return Err(EditRefusal::StaleText);
        }
        let change = plan_edit(loaded, edit)?;
        self.apply_text_edits(change.label, change.edits, UndoGrouping::Separate)
    }

    /// Carries out text edits, in order and none overlapping, as one step. `false` where they
    /// change nothing.
    ///
    /// # Errors
    /// Where they do not fit the text, or reach from one file into another.
    pub fn apply_text_edits(
        &mut self,
        label: impl Into<String>,
        edits: Vec<TextEdit>,
        grouping: UndoGrouping,
    ) -> Result<bool, EditRefusal> {
        if edits.iter().all(|s| s.span.of(&self.text) == s.text) {
            return Ok(false);
        }
        self.make_step(label.into(), edits, grouping, ChangeCause::Edit, None)?;
        self.forget_oldest_steps();
        Ok(true)
    }

    /// Changes the text, as one step. `files`: what the files are afterwards, where some come or
    /// go. Steps that are too many are still there.
    fn make_step(
        &mut self,
        label: String,
        edits: Vec<TextEdit>,
        grouping: UndoGrouping,
        cause: ChangeCause,
        files: Option<&Arc<[RegisterFile]>>,
    ) -> Result<(), EditRefusal> {
        // From the text as it is now: afterwards the replaced words are gone.
        let inverse_edits = invert_edits(&self.text, &edits);
        let files = files.map(|after| [self.parts.clone(), after.clone()]);
        self.replace_text(&edits, cause, files.as_ref().map(|[_, after]| after))?;
        // Only when the text has changed: an edit that is refused costs nobody the steps to redo.
        self.transactions.truncate(self.applied_count);
        if self.saved_count > Some(self.applied_count) {
            self.saved_count = None;
        }
        if files.is_some() || !self.coalesce(&edits, &inverse_edits, grouping) {
            self.transactions.push(Transaction {
                label,
                kept_bytes: kept_bytes(&edits, &inverse_edits),
                edits: Arc::new(edits),
                inverse_edits: Arc::new(inverse_edits),
                grouping,
                files,
                is_broken_reading: false,
            });
        }
        self.applied_count = self.transactions.len();
        Ok(())
    }

    /// Forgets the oldest steps where there are too many, or they keep too much.
    fn forget_oldest_steps(&mut self) {
        // The way back from a broken reading goes with the next reading, and until then it is what
        // keeps the half of a file from becoming a step.
        let spared = self.transactions.last().filter(|s| s.is_broken_reading);
        let mut bytes = 0;
        let spared_bytes = spared.map_or(0, |step| step.kept_bytes);
        let within = self.transactions.iter().rev().take_while(|step| {
            bytes += step.kept_bytes;
            bytes - spared_bytes <= MAX_HISTORY_BYTES
        });
        let kept = within.count().min(MAX_TRANSACTIONS);
        let forgotten = self.transactions.len() - kept;
        if forgotten > 0 {
            self.transactions.drain(..forgotten);
            self.has_broken_base = false;
            self.applied_count -= forgotten.min(self.applied_count);
            // Where the saved text was before a step that is forgotten, no way leads back.
            self.saved_count = self.saved_count.and_then(|at| at.checked_sub(forgotten));
        }
    }

    /// Takes in the text that another program has written, as a step, also where files came or
    /// went. What was not saved is replaced; merge first.
    pub fn apply_external_text(
        &mut self,
        label: &str,
        text: &Arc<str>,
        parts: &Arc<[RegisterFile]>,
    ) {
        self.apply_recovered_text(label, text, parts);
        self.saved_count = Some(self.applied_count);
    }

    /// Takes in what another program has written, as it was read from the disk.
    ///
    /// What is no whole register is no step of its own: it may be half of what is being written.
    /// Undoing leads back over it as long as it is the newest, and with the next reading it is
    /// gone: that one is a step from the text before.
    pub fn apply_reading(&mut self, label: &str, loaded: &LoadedRegister) {
        self.take_back_broken_reading();
        // Nobody has seen a whole text before: there is nothing to go back to.
        let was_broken = self.has_broken_base && self.applied_count == 0;
        let version = self.version;
        self.replace_with(label, &loaded.text, &loaded.files);
        if was_broken {
            self.transactions.clear();
            self.applied_count = 0;
            self.has_broken_base = loaded.is_broken;
        } else if self.version > version
            && loaded.is_broken
            && let Some(last) = self.transactions.last_mut()
        {
            last.is_broken_reading = true;
        }
        self.saved_count = Some(self.applied_count);
        self.forget_oldest_steps();
    }

    /// Whether a text from the disk that is no whole register is what steps were made on.
    pub fn stands_on_broken_reading(&self) -> bool {
        let is_base = self.has_broken_base && self.applied_count > 0;
        let (made, _) = self.transactions();
        is_base || made.iter().any(|step| step.is_broken_reading)
    }

    /// Goes back to the text before a broken reading that nothing has been done with, and forgets
    /// that reading.
    fn take_back_broken_reading(&mut self) {
        let (made, _) = self.transactions();
        let Some(step) = made.last().filter(|step| step.is_broken_reading).cloned() else {
            return;
        };
        let files = step.files.as_ref().map(|[before, _]| before);
        let back = self.replace_text(&step.inverse_edits, ChangeCause::Foreign, files);
        if back.is_ok() {
            self.applied_count -= 1;
            self.transactions.truncate(self.applied_count);
        }
    }

    /// Takes in a text that came from elsewhere and is not on the disk, as a step.
    pub fn apply_recovered_text(
        &mut self,
        label: &str,
        text: &Arc<str>,
        parts: &Arc<[RegisterFile]>,
    ) {
        self.replace_with(label, text, parts);
        self.forget_oldest_steps();
    }

    /// Puts another text in the place of this one, as a step; none, where it is the same.
    fn replace_with(&mut self, label: &str, text: &Arc<str>, parts: &Arc<[RegisterFile]>) {
        let same_files = part_names(&self.parts).eq(part_names(parts));
        if *self.text != **text || !same_files {
            let (edits, files) = match same_files {
                // A text edit belongs to one file: the difference is taken file by file.
                true => {
                    let edits = line_edits_by_part(&self.text, &self.parts, text, parts);
                    (edits, None)
                }
                false => {
                    let edits = edit_between(&self.text, text);
                    (edits.into_iter().collect(), Some(parts))
                }
            };
            let done = self.make_step(
                label.to_owned(),
                edits,
                UndoGrouping::Separate,
                ChangeCause::Foreign,
                files,
            );
            if done.is_err() || *self.text != **text {
                // It is too large to be a step, or its files are cut otherwise: no step leads back.
                *self = Draft {
                    version: self.version + 1,
                    history_id: self.history_id,
                    saved_count: None,
                    ..Draft::new(text.clone(), parts.clone())
                };
            }
        }
        // The same text, in the memory that the reader of the file shares.
        (self.text, self.parts) = (text.clone(), parts.clone());
    }

    /// Undoes the last step; its words.
    pub fn undo(&mut self) -> Option<String> {
        let transaction = self
            .transactions
            .get(self.applied_count.checked_sub(1)?)?
            .clone();
        let files = transaction.files.as_ref().map(|[before, _]| before);
        self.replace_text(&transaction.inverse_edits, ChangeCause::UndoOrRedo, files)
            .ok()?;
        // What may be half of a file is not made again.
        if transaction.is_broken_reading && self.applied_count == self.transactions.len() {
            self.transactions.pop();
            if self.saved_count == Some(self.applied_count) {
                self.saved_count = None;
            }
        }
        self.applied_count -= 1;
        Some(transaction.label)
    }

    /// Makes the step again that was undone last; its words.
    pub fn redo(&mut self) -> Option<String> {
        let transaction = self.transactions.get(self.applied_count)?.clone();
        let files = transaction.files.as_ref().map(|[_, after]| after);
        self.replace_text(&transaction.edits, ChangeCause::UndoOrRedo, files)
            .ok()?;
        self.applied_count += 1;
        Some(transaction.label)
    }

    /// Puts another text in the place of this one. `files`: what the files are afterwards, where
    /// some come or go.
    fn replace_text(
        &mut self,
        edits: &[TextEdit],
        cause: ChangeCause,
        files: Option<&Arc<[RegisterFile]>>,
    ) -> Result<(), EditRefusal> {
        let shifted = match files {
            Some(files) => Some(files.clone()),
            None => shift_parts(&self.parts, edits),
        };
        let Some(parts) = shifted else {
            return Err(EditRefusal::AcrossFiles);
        };
        let text: Arc<str> = match apply(&self.text, edits) {
            Some(text) if text.len() < u32::MAX as usize => text.into(),
            Some(_) => return Err(EditRefusal::TooLarge),
            None => return Err(EditRefusal::StaleText),
        };
        self.version += 1;
        let mut change = match files {
            Some(_) => TextChange::of_files(cause, (&self.text, &self.parts), (&text, &parts)),
            None => TextChange::of_edits(cause, &self.parts, &parts, edits),
        };
        change.version = self.version;
        self.changes.push_back(change);
        let mut places = 0;
        let within = self.changes.iter().rev().take_while(|change| {
            places += change.replacement_count();
            places <= MAX_REPLACEMENTS
        });
        let kept = within.count().clamp(1, MAX_CHANGES);
        self.changes.drain(..self.changes.len() - kept);
        (self.text, self.parts) = (text, parts);
        Ok(())
    }

    /// Whether the text edits go on where the last step ended, so that both are one. If so, that
    /// step has grown by them.
    fn coalesce(
        &mut self,
        edits: &[TextEdit],
        inverse_edits: &[TextEdit],
        grouping: UndoGrouping,
    ) -> bool {
        let is_saved = self.saved_count == Some(self.applied_count);
        let (Some(last), [new], [new_back]) = (self.transactions.last_mut(), edits, inverse_edits)
        else {
            return false;
        };
        // A step that was saved stays as it is: undoing what came since must lead to the saved
        // text.
        if grouping == UndoGrouping::Separate || last.grouping != grouping || is_saved {
            return false;
        }
        let (edits, back) = (
            Arc::make_mut(&mut last.edits),
            Arc::make_mut(&mut last.inverse_edits),
        );
        let ([old], [old_back]) = (edits.as_mut_slice(), back.as_mut_slice()) else {
            return false;
        };
        match grouping {
            UndoGrouping::Separate => return false,
            UndoGrouping::Typing => {
                let goes_on = new.span == Span::new(old_back.span.end, old_back.span.end);
                // A step ends with its line, so that undo takes back a line and not an hour.
                if !goes_on || old.text.ends_with('\n') {
                    return false;
                }
                old.text.push_str(&new.text);
                old_back.span.end += new.text.len() as u32;
            }
            // Backwards: the next one ends where this one began.
            UndoGrouping::Deleting if new.text.is_empty() && new.span.end == old.span.start => {
                old.span.start = new.span.start;
                old_back.span = Span::new(new.span.start, new.span.start);
                old_back.text.insert_str(0, &new_back.text);
            }
            // Forwards: it begins at the same place.
            UndoGrouping::Deleting if new.text.is_empty() && new.span.start == old.span.start => {
                old.span.end += new.span.end - new.span.start;
                old_back.text.push_str(&new_back.text);
            }
            UndoGrouping::Deleting => return false,
        }
        last.kept_bytes = kept_bytes(&last.edits, &last.inverse_edits);
        true
    }
}

fn part_names(parts: &[RegisterFile]) -> impl Iterator<Item = &Arc<str>> {
    parts.iter().map(|part| &part.name)
}

/// One text edit for each file that differs.
pub fn edits_by_part(
    old: &str,
    old_parts: &[RegisterFile],
    new: &str,
    new_parts: &[RegisterFile],
) -> Vec<TextEdit> {
    let pairs = old_parts.iter().zip(new_parts);
    let changes = pairs.filter_map(|(a, b)| {
        let mut edit = edit_between(a.span.of(old), b.span.of(new))?;
        edit.span.start += a.span.start;
        edit.span.end += a.span.start;
        Some(edit)
    });
    changes.collect()
}

/// Where the files stand after the text edits; `None` where one reaches out of its file.
pub(super) fn shift_parts(
    parts: &[RegisterFile],
    edits: &[TextEdit],
) -> Option<Arc<[RegisterFile]>> {
    // Files are parted by one `\n` that belongs to neither: an edit may begin at the end of one or
    // at the start of the next, but not hold the byte between them.
    let mut out = Vec::with_capacity(parts.len());
    let mut shift = 0_i64;
    let mut left = edits.iter().peekable();
    for part in parts {
        let start = i64::from(part.span.start) + shift;
        while let Some(edit) = left.peek() {
            if edit.span.start > part.span.end {
                break;
            }
            if edit.span.end > part.span.end || edit.span.start < part.span.start {
                return None;
            }
            shift += edit.text.len() as i64 - i64::from(edit.span.end - edit.span.start);
            left.next();
        }
        let end = i64::from(part.span.end) + shift;
        let span = Span::new(u32::try_from(start).ok()?, u32::try_from(end).ok()?);
        let name = part.name.clone();
        out.push(RegisterFile { name, span });
    }
    left.peek().is_none().then(|| out.into())
}

#[cfg(test)]
mod tests {
    use super::super::text_change::{Bias, map_offset};
    use super::*;
    use linchpin_register::load;

    fn draft(text: &str) -> Draft {
        let loaded = load(text, Vec::new());
        Draft::new(loaded.text, loaded.files)
    }

    fn put(draft: &mut Draft, at: u32, gone: u32, text: &str, run: UndoGrouping) {
        let text_edit = TextEdit::new(Span::new(at, at + gone), text);
        assert_eq!(
            draft.apply_text_edits("typed", vec![text_edit], run),
            Ok(true)
        );
    }

    #[test]
    fn typing_is_one_step_until_the_line_or_the_place_changes() {
        let mut draft = draft("()");
        for (at, c) in [(1, "a"), (2, "b"), (3, "\n"), (4, "c"), (1, "x")] {
            put(&mut draft, at, 0, c, UndoGrouping::Typing);
        }
        put(&mut draft, 5, 1, "", UndoGrouping::Deleting);
        put(&mut draft, 4, 1, "", UndoGrouping::Deleting);
        put(&mut draft, 0, 1, "", UndoGrouping::Deleting);
        put(&mut draft, 0, 1, "", UndoGrouping::Deleting);
        assert_eq!(&**draft.text(), "ab)");
        assert_eq!(draft.transactions().0.len(), 5);
        let mut seen = Vec::new();
        while draft.undo().is_some() {
            seen.push(draft.text().to_string());
        }
        assert_eq!(seen, ["(xab)", "(xab\nc)", "(ab\nc)", "(ab\n)", "()"]);
        assert!(!draft.is_dirty());
        while draft.redo().is_some() {}
        assert_eq!(&**draft.text(), "ab)");
    }

    #[test]
    fn what_is_on_the_disk_is_known_through_all_steps() {
        let mut draft = draft("()");
        put(&mut draft, 1, 0, "a", UndoGrouping::Typing);
        assert!(draft.mark_saved(draft.version()) && !draft.is_dirty());
        // A step that was saved does not grow.
        put(&mut draft, 2, 0, "b", UndoGrouping::Typing);
        draft.undo();
        assert!(!draft.is_dirty());
        draft.undo();
        assert!(draft.is_dirty());
        put(&mut draft, 1, 0, "c", UndoGrouping::Separate);
        draft.undo();
        assert!(draft.is_dirty(), "no step leads to the saved text any more");
        assert!(!draft.mark_saved(0));
    }

    #[test]
    fn a_change_from_outside_is_a_step() {
        let mut draft = draft("(a: 1)");
        put(&mut draft, 4, 1, "2", UndoGrouping::Separate);
        let other = load("(a: 3, b: 4)", Vec::new());
        draft.apply_external_text("Changed elsewhere", &other.text, &other.files);
        assert!(!draft.is_dirty());
        assert_eq!(draft.undo().as_deref(), Some("Changed elsewhere"));
        assert_eq!(&**draft.text(), "(a: 2)");
        assert!(draft.is_dirty());
        draft.undo();
        assert_eq!(&**draft.text(), "(a: 1)");
    }

    fn read(draft: &mut Draft, text: &str) {
        draft.apply_reading("Changed elsewhere", &load(text, Vec::new()));
        assert!(!draft.is_dirty() && **draft.text() == *text);
    }

    const WHOLE: &str = "(format: 1, title: \"One\")";

    #[test]
    fn half_a_file_is_never_undone_into() {
        let after = WHOLE.replace("One", "Two");
        let mut draft = Draft::from_loaded(&load(WHOLE, Vec::new()));
        for half in [&after[..9], &after[..20]] {
            read(&mut draft, half);
        }
        read(&mut draft, &after);
        assert_eq!(draft.transactions().0.len(), 1);
        draft.undo();
        assert_eq!(&**draft.text(), WHOLE);
        assert!(draft.is_dirty());
        draft.redo();
        assert_eq!(&**draft.text(), after);
        assert!(!draft.is_dirty() && draft.redo().is_none());
        // The same text again after a half of it: nothing has happened.
        read(&mut draft, &after[..9]);
        read(&mut draft, &after);
        assert_eq!(draft.transactions().0.len(), 1);
        // While the half is there, undoing leads to the whole text, and no way leads back.
        read(&mut draft, &after[..9]);
        draft.undo();
        assert_eq!(&**draft.text(), after);
        assert!(draft.is_dirty() && draft.redo().is_none());
        assert!(!draft.stands_on_broken_reading());
        draft.undo();
        assert_eq!(&**draft.text(), WHOLE);
    }

    #[test]
    fn what_was_never_seen_whole_is_nothing_to_go_back_to() {
        let mut draft = Draft::from_loaded(&load(&WHOLE[..9], Vec::new()));
        read(&mut draft, &WHOLE[..20]);
        read(&mut draft, WHOLE);
        assert_eq!(draft.undo(), None);
        read(&mut draft, &WHOLE.replace("One", "Two"));
        draft.undo();
        assert_eq!(&**draft.text(), WHOLE);
    }

    #[test]
    fn what_was_typed_into_a_broken_file_is_kept() {
        let mut draft = Draft::from_loaded(&load(WHOLE, Vec::new()));
        read(&mut draft, &WHOLE[..20]);
        let end = draft.text().len() as u32;
        put(&mut draft, end, 0, "x\")", UndoGrouping::Typing);
        assert!(draft.stands_on_broken_reading());
        let typed = draft.text().clone();
        read(&mut draft, WHOLE);
        draft.undo();
        assert_eq!(draft.text(), &typed);
        // Undone, it is no reason to keep the half.
        draft.undo();
        assert_eq!(&**draft.text(), &WHOLE[..20]);
        draft.mark_saved(draft.version());
        read(&mut draft, WHOLE);
        assert_eq!(draft.undo(), None);
    }

    #[test]
    fn the_steps_together_keep_no_more_than_their_limit() {
        let large = |letter: char| -> (Arc<str>, Arc<[RegisterFile]>) {
            let text = letter.to_string().repeat(MAX_HISTORY_BYTES / 5);
            files(&[("a", &text)])
        };
        let (text, parts) = large('a');
        let mut draft = Draft::new(text, parts);
        for letter in "bcdefg".chars() {
            let (text, parts) = large(letter);
            draft.apply_external_text("Written anew", &text, &parts);
            assert!(!draft.is_dirty());
        }
        // Each step keeps what was and what is.
        let kept = |draft: &Draft| {
            let steps = draft.transactions.iter();
            let edits = steps.flat_map(|step| step.edits.iter().chain(&*step.inverse_edits));
            edits.map(|edit| edit.text.len()).sum::<usize>()
        };
        assert_eq!(draft.transactions().0.len(), 2);
        assert!(kept(&draft) <= MAX_HISTORY_BYTES);
        assert!(draft.undo().is_some() && draft.is_dirty());
        assert!(draft.undo().is_some() && draft.undo().is_none());
        assert!(draft.text().starts_with('e'));
        while draft.redo().is_some() {}
        assert!(draft.text().starts_with('g') && !draft.is_dirty());
        // A single step may be too large; what was saved before it is not forgotten to differ.
        let end = draft.text().len() as u32;
        let huge = "x".repeat(MAX_HISTORY_BYTES);
        put(&mut draft, end, 0, &huge, UndoGrouping::Separate);
        assert!(draft.undo().is_none() && draft.is_dirty());
    }

    #[test]
    fn edits_stay_within_their_file() {
        let part = |name: &str, start, end| RegisterFile {
            name: name.into(),
            span: Span::new(start, end),
        };
        let parts: Arc<[RegisterFile]> = Arc::new([part("a", 0, 2), part("b", 3, 5)]);
        let mut draft = Draft::new("()\n()".into(), parts);
        put(&mut draft, 1, 0, "xy", UndoGrouping::Separate);
        put(&mut draft, 6, 0, "z", UndoGrouping::Separate);
        assert_eq!(**draft.parts(), [part("a", 0, 4), part("b", 5, 8)]);
        for (start, end) in [(3, 6), (4, 5)] {
            let text_edit = TextEdit::new(Span::new(start, end), "");
            assert!(
                draft
                    .apply_text_edits("across", vec![text_edit], UndoGrouping::Separate)
                    .is_err()
            );
        }
        let (text, parts): (Arc<str>, Arc<[RegisterFile]>) = (
            "(1)\n(2)".into(),
            Arc::new([part("a", 0, 3), part("b", 4, 7)]),
        );
        draft.apply_external_text("Changed elsewhere", &text, &parts);
        assert_eq!(draft.parts(), &parts);
        draft.undo();
        assert_eq!(&**draft.text(), "(xy)\n(z)");
    }

    fn files(texts: &[(&str, &str)]) -> (Arc<str>, Arc<[RegisterFile]>) {
        let (mut joined, mut parts) = (String::new(), Vec::new());
        for (name, text) in texts {
            if !parts.is_empty() {
                joined.push('\n');
            }
            let start = joined.len() as u32;
            joined.push_str(text);
            let span = Span::new(start, joined.len() as u32);
            parts.push(RegisterFile {
                name: (*name).into(),
                span,
            });
        }
        (joined.into(), parts.into())
    }

    #[test]
    fn steps_lead_over_files_that_come_go_and_get_other_names() {
        let states = [
            files(&[("b", "(1)"), ("c", "(2)")]),
            files(&[("a", "(0)"), ("b", "(11)"), ("c", "(2)")]),
            files(&[("a", "(0)"), ("c", "(2)")]),
            files(&[("a", "(0)"), ("d", "(2)")]),
        ];
        let (text, parts) = states[0].clone();
        let mut draft = Draft::new(text, parts);
        put(&mut draft, 5, 1, "3", UndoGrouping::Separate);
        let typed = (draft.text().clone(), draft.parts().clone());
        for (text, parts) in &states[1..] {
            draft.apply_external_text("Changed elsewhere", text, parts);
            assert!(!draft.is_dirty());
            assert_eq!((draft.text(), draft.parts()), (text, parts));
        }
        for (text, parts) in [&states[2], &states[1], &typed, &states[0]] {
            draft.undo();
            assert_eq!((draft.text(), draft.parts()), (text, parts));
        }
        while draft.redo().is_some() {}
        assert_eq!(draft.text(), &states[3].0);
        // A place in the last file is followed through all of it.
        let mut name: Arc<str> = "c".into();
        let mut at = 1;
        for change in draft.changes_since(1).unwrap() {
            let (now, replaced) = change.follow_file(&name).unwrap();
            at = map_offset(at, replaced, Bias::After);
            name = now.clone();
        }
        assert_eq!((&*name, at), ("d", 1));
    }

    #[test]
    fn text_edits_of_an_older_version_are_made_at_their_place_or_refused() {
        let (text, parts) = files(&[("b", "(one, two)"), ("c", "(three)")]);
        let mut draft = Draft::new(text, parts);
        let edit = |start, end| vec![TextEdit::new(Span::new(start, end), "x")];
        let (text, parts) = files(&[("a", "()"), ("b", "(ONE, and two)"), ("c", "(three)")]);
        draft.apply_external_text("Changed elsewhere", &text, &parts);
        put(&mut draft, 3, 0, "// top\n", UndoGrouping::Separate);
        let rebased = |edits: &[TextEdit]| {
            let edits = draft.rebase_text_edits(edits, 0)?;
            Ok(edits[0].span.of(draft.text()).to_owned())
        };
        assert_eq!(rebased(&edit(6, 9)), Ok("two".to_owned()));
        assert_eq!(rebased(&edit(12, 17)), Ok("three".to_owned()));
        assert_eq!(rebased(&edit(1, 4)), Err(EditRefusal::StaleText));
        assert_eq!(draft.rebase_text_edits(&[], 9), Err(EditRefusal::StaleText));
    }
}
