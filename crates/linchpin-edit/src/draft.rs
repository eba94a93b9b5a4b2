//! The text as it is being edited, with every step that led to it and back.
//!
//! All edits come through here: those of forms, of the text itself, and what another program did to
//! the file meanwhile. Each is a step that can be undone, back to the text that was opened.

use super::{Edit, Refused, plan, refuse};
use linchpin_register::{LoadedRegister, RegisterFile};
use ron_lossless::{Span, TextEdit, apply, edit_between, invert_edits};
use std::sync::Arc;

/// The most steps that are remembered; the oldest go first.
const MAX_STEPS: usize = 10_000;

/// Whether steps of typing become one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Run {
    /// A step of its own.
    #[default]
    Alone,
    /// Characters typed one after another.
    Typing,
    /// Characters deleted one after another.
    Deleting,
}

/// One step, as the list of steps shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What was done: "Change the title of “…”".
    pub words: String,
    /// What turns the text before into the text after, and back.
    forward: Vec<TextEdit>,
    back: Vec<TextEdit>,
    run: Run,
}

/// A text with its history.
#[derive(Clone, Debug)]
pub struct Draft {
    text: Arc<str>,
    parts: Arc<[RegisterFile]>,
    steps: Vec<Step>,
    /// How many of the steps have been made and not undone.
    made: usize,
    /// After how many steps the text was what is on the disk; `None` where no number of them leads
    /// there.
    on_disk: Option<usize>,
    /// Counts every change of the text.
    version: u64,
}

impl Draft {
    /// A text as it stands on the disk.
    pub fn new(text: Arc<str>, parts: Arc<[RegisterFile]>) -> Self {
        Draft {
            text,
            parts,
            steps: Vec::new(),
            made: 0,
            on_disk: Some(0),
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
        self.on_disk != Some(self.made)
    }

    /// The text is on the disk now, as it was at this version. `false` where it has changed since.
    pub fn saved(&mut self, version: u64) -> bool {
        let still = version == self.version;
        self.on_disk = still.then_some(self.made);
        still
    }

    /// The text differs from the disk, whichever steps are undone.
    pub fn unsaved(&mut self) {
        self.on_disk = None;
    }

    /// The steps made so far, the oldest first, then those that were undone.
    pub fn steps(&self) -> (&[Step], &[Step]) {
        self.steps.split_at(self.made)
    }

    /// Makes an edit; `loaded` is this text as it was read. `false` where it changes nothing.
    ///
    /// # Errors
    /// Where the edit cannot be made.
    pub fn edit(&mut self, loaded: &LoadedRegister, edit: &Edit) -> Result<bool, Refused> {
        if *loaded.text != *self.text {
            return refuse("The text has changed meanwhile; try again");
        }
        let change = plan(loaded, edit)?;
        self.splice(change.label, change.edits, Run::Alone)
    }

    /// Carries out splices, in order and none overlapping, as one step. `false` where they change
    /// nothing.
    ///
    /// # Errors
    /// Where they do not fit the text, or reach from one file into another.
    pub fn splice(
        &mut self,
        words: impl Into<String>,
        splices: Vec<TextEdit>,
        run: Run,
    ) -> Result<bool, Refused> {
        if splices.iter().all(|s| s.span.of(&self.text) == s.text) {
            return Ok(false);
        }
        let back = invert_edits(&self.text, &splices);
        self.carry_out(&splices)?;
        self.steps.truncate(self.made);
        if self.on_disk > Some(self.made) {
            self.on_disk = None;
        }
        if !self.extends(&splices, &back, run) {
            self.steps.push(Step {
                words: words.into(),
                forward: splices,
                back,
                run,
            });
            if self.steps.len() > MAX_STEPS {
                self.steps.remove(0);
                self.on_disk = self.on_disk.and_then(|at| at.checked_sub(1));
            }
        }
        self.made = self.steps.len();
        Ok(true)
    }

    /// Takes in the text that another program has written, as a step. What was not saved is
    /// replaced; merge first.
    pub fn outside(&mut self, words: &str, text: &Arc<str>, parts: &Arc<[RegisterFile]>) {
        let same_files = names(&self.parts).eq(names(parts));
        if let (true, Some(splice)) = (same_files, edit_between(&self.text, text)) {
            // A difference over several files is not one splice of one file: it is taken file by
            // file.
            let splices = match self.parts.len() {
                1 => vec![splice],
                _ => by_part(&self.text, &self.parts, text, parts),
            };
            if self.splice(words, splices, Run::Alone).is_ok() && *self.text == **text {
                (self.text, self.parts) = (text.clone(), parts.clone());
                self.on_disk = Some(self.made);
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
            self.on_disk = Some(self.made);
        }
    }

    /// Undoes the last step; its words.
    pub fn undo(&mut self) -> Option<String> {
        let step = self.steps.get(self.made.checked_sub(1)?)?.clone();
        self.carry_out(&step.back).ok()?;
        self.made -= 1;
        Some(step.words)
    }

    /// Makes the step again that was undone last; its words.
    pub fn redo(&mut self) -> Option<String> {
        let step = self.steps.get(self.made)?.clone();
        self.carry_out(&step.forward).ok()?;
        self.made += 1;
        Some(step.words)
    }

    fn carry_out(&mut self, splices: &[TextEdit]) -> Result<(), Refused> {
        let Some(parts) = moved(&self.parts, splices) else {
            return refuse("This would reach from one file into another");
        };
        match apply(&self.text, splices) {
            Some(text) if text.len() < u32::MAX as usize => self.text = text.into(),
            Some(_) => return refuse("The text would be too large"),
            None => return refuse("The text has changed meanwhile; try again"),
        }
        self.parts = parts;
        self.version += 1;
        Ok(())
    }

    /// Whether the splices go on where the last step ended, so that both are one. If so, that step
    /// has grown by them.
    fn extends(&mut self, splices: &[TextEdit], back: &[TextEdit], run: Run) -> bool {
        let is_saved = self.on_disk == Some(self.made);
        let (Some(last), [new], [new_back]) = (self.steps.last_mut(), splices, back) else {
            return false;
        };
        let ([old], [old_back]) = (last.forward.as_mut_slice(), last.back.as_mut_slice()) else {
            return false;
        };
        if last.run != run || is_saved {
            return false;
        }
        match run {
            Run::Alone => return false,
            Run::Typing => {
                let goes_on = new.span == Span::new(old_back.span.end, old_back.span.end);
                if !goes_on || old.text.ends_with('\n') {
                    return false;
                }
                old.text.push_str(&new.text);
                old_back.span.end += new.text.len() as u32;
            }
            // Backwards: the next one ends where this one began.
            Run::Deleting if new.text.is_empty() && new.span.end == old.span.start => {
                old.span.start = new.span.start;
                old_back.span = Span::new(new.span.start, new.span.start);
                old_back.text.insert_str(0, &new_back.text);
            }
            // Forwards: it begins at the same place.
            Run::Deleting if new.text.is_empty() && new.span.start == old.span.start => {
                old.span.end += new.span.end - new.span.start;
                old_back.text.push_str(&new_back.text);
            }
            Run::Deleting => return false,
        }
        true
    }
}

fn names(parts: &[RegisterFile]) -> impl Iterator<Item = &Arc<str>> {
    parts.iter().map(|part| &part.name)
}

/// One splice for each file that differs.
pub fn by_part(
    old: &str,
    old_parts: &[RegisterFile],
    new: &str,
    new_parts: &[RegisterFile],
) -> Vec<TextEdit> {
    let pairs = old_parts.iter().zip(new_parts);
    let changes = pairs.filter_map(|(a, b)| {
        let mut splice = edit_between(a.span.of(old), b.span.of(new))?;
        splice.span.start += a.span.start;
        splice.span.end += a.span.start;
        Some(splice)
    });
    changes.collect()
}

/// Where the files stand after the splices; `None` where one reaches out of its file.
pub(super) fn moved(parts: &[RegisterFile], splices: &[TextEdit]) -> Option<Arc<[RegisterFile]>> {
    let mut out = Vec::with_capacity(parts.len());
    let mut shift = 0_i64;
    let mut left = splices.iter().peekable();
    for part in parts {
        let start = i64::from(part.span.start) + shift;
        while let Some(splice) = left.peek() {
            if splice.span.start > part.span.end {
                break;
            }
            if splice.span.end > part.span.end || splice.span.start < part.span.start {
                return None;
            }
            shift += splice.text.len() as i64 - i64::from(splice.span.end - splice.span.start);
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

    fn put(draft: &mut Draft, at: u32, gone: u32, text: &str, run: Run) {
        let splice = TextEdit::new(Span::new(at, at + gone), text);
        assert_eq!(draft.splice("typed", vec![splice], run), Ok(true));
    }

    #[test]
    fn typing_is_one_step_until_the_line_or_the_place_changes() {
        let mut draft = draft("()");
        for (at, c) in [(1, "a"), (2, "b"), (3, "\n"), (4, "c"), (1, "x")] {
            put(&mut draft, at, 0, c, Run::Typing);
        }
        put(&mut draft, 5, 1, "", Run::Deleting);
        put(&mut draft, 4, 1, "", Run::Deleting);
        put(&mut draft, 0, 1, "", Run::Deleting);
        put(&mut draft, 0, 1, "", Run::Deleting);
        assert_eq!(&**draft.text(), "ab)");
        assert_eq!(draft.steps().0.len(), 5);
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
        put(&mut draft, 1, 0, "a", Run::Typing);
        assert!(draft.saved(draft.version()) && !draft.is_dirty());
        // A step that was saved does not grow.
        put(&mut draft, 2, 0, "b", Run::Typing);
        draft.undo();
        assert!(!draft.is_dirty());
        draft.undo();
        assert!(draft.is_dirty());
        put(&mut draft, 1, 0, "c", Run::Alone);
        draft.undo();
        assert!(draft.is_dirty(), "no step leads to the saved text any more");
        assert!(!draft.saved(0));
    }

    #[test]
    fn a_change_from_outside_is_a_step() {
        let mut draft = draft("(a: 1)");
        put(&mut draft, 4, 1, "2", Run::Alone);
        let other = load("(a: 3, b: 4)", Vec::new());
        draft.outside("Changed elsewhere", &other.text, &other.files);
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
        put(&mut draft, 1, 0, "xy", Run::Alone);
        put(&mut draft, 6, 0, "z", Run::Alone);
        assert_eq!(**draft.parts(), [part("a", 0, 4), part("b", 5, 8)]);
        for (start, end) in [(3, 6), (4, 5)] {
            let splice = TextEdit::new(Span::new(start, end), "");
            assert!(draft.splice("across", vec![splice], Run::Alone).is_err());
        }
        let (text, parts): (Arc<str>, Arc<[RegisterFile]>) = (
            "(1)\n(2)".into(),
            Arc::new([part("a", 0, 3), part("b", 4, 7)]),
        );
        draft.outside("Changed elsewhere", &text, &parts);
        assert_eq!(draft.parts(), &parts);
        draft.undo();
        assert_eq!(&**draft.text(), "(xy)\n(z)");
    }
}
