//! The text as it is being edited, with every step that led to it and back.
//!
//! All edits come through here: those of forms, of the text itself, and what another program did to
//! the file meanwhile. Each is a step that can be undone, back to the text that was opened.

use super::{Edit, EditRefusal, plan_edit};
use linchpin_register::{LoadedRegister, RegisterFile};
use ron_lossless::{Span, TextEdit, apply, edit_between, invert_edits};
use std::sync::Arc;

/// The most steps that are remembered; the oldest go first. A day of typing makes fewer; each holds
/// no more than the text it replaced.
const MAX_TRANSACTIONS: usize = 10_000;

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
    /// What turns the text before into the text after, and back.
    edits: Vec<TextEdit>,
    inverse_edits: Vec<TextEdit>,
    grouping: UndoGrouping,
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
        // From the text as it is now: afterwards the replaced words are gone.
        let inverse_edits = invert_edits(&self.text, &edits);
        self.replace_text(&edits)?;
        // Only when the text has changed: an edit that is refused costs nobody the steps to redo.
        self.transactions.truncate(self.applied_count);
        if self.saved_count > Some(self.applied_count) {
            self.saved_count = None;
        }
        if !self.coalesce(&edits, &inverse_edits, grouping) {
            self.transactions.push(Transaction {
                label: label.into(),
                edits,
                inverse_edits,
                grouping,
            });
            if self.transactions.len() > MAX_TRANSACTIONS {
                self.transactions.remove(0);
                // Where the saved text was before the step that is forgotten, no way leads back.
                self.saved_count = self.saved_count.and_then(|at| at.checked_sub(1));
            }
        }
        self.applied_count = self.transactions.len();
        Ok(true)
    }

    /// Takes in the text that another program has written, as a step. What was not saved is
    /// replaced; merge first.
    pub fn apply_external_text(
        &mut self,
        label: &str,
        text: &Arc<str>,
        parts: &Arc<[RegisterFile]>,
    ) {
        let same_files = part_names(&self.parts).eq(part_names(parts));
        if let (true, Some(text_edit)) = (same_files, edit_between(&self.text, text)) {
            // A difference over several files is not one text edit of one file: it is taken file by
            // file.
            let text_edits = match self.parts.len() {
                1 => vec![text_edit],
                _ => edits_by_part(&self.text, &self.parts, text, parts),
            };
            if self
                .apply_text_edits(label, text_edits, UndoGrouping::Separate)
                .is_ok()
                && *self.text == **text
            {
                // The same text, in the memory that the reader of the file shares.
                (self.text, self.parts) = (text.clone(), parts.clone());
                self.saved_count = Some(self.applied_count);
                return;
            }
        }
        if *self.text != **text || !same_files {
            // Files came or went: no step leads back over that.
            let version = self.version + 1;
            *self = Draft::new(text.clone(), parts.clone());
            self.version = version;
        } else {
            (self.text, self.parts) = (text.clone(), parts.clone());
            self.saved_count = Some(self.applied_count);
        }
    }

    /// Undoes the last step; its words.
    pub fn undo(&mut self) -> Option<String> {
        let transaction = self
            .transactions
            .get(self.applied_count.checked_sub(1)?)?
            .clone();
        self.replace_text(&transaction.inverse_edits).ok()?;
        self.applied_count -= 1;
        Some(transaction.label)
    }

    /// Makes the step again that was undone last; its words.
    pub fn redo(&mut self) -> Option<String> {
        let transaction = self.transactions.get(self.applied_count)?.clone();
        self.replace_text(&transaction.edits).ok()?;
        self.applied_count += 1;
        Some(transaction.label)
    }

    fn replace_text(&mut self, edits: &[TextEdit]) -> Result<(), EditRefusal> {
        let Some(parts) = shift_parts(&self.parts, edits) else {
            return Err(EditRefusal::AcrossFiles);
        };
        match apply(&self.text, edits) {
            Some(text) if text.len() < u32::MAX as usize => self.text = text.into(),
            Some(_) => return Err(EditRefusal::TooLarge),
            None => return Err(EditRefusal::StaleText),
        }
        self.parts = parts;
        self.version += 1;
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
        let ([old], [old_back]) = (last.edits.as_mut_slice(), last.inverse_edits.as_mut_slice())
        else {
            return false;
        };
        // A step that was saved stays as it is: undoing what came since must lead to the saved
        // text.
        if last.grouping != grouping || is_saved {
            return false;
        }
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
}
