//! The text while the keys of one frame are carried out: each change is made on the text after the one before.

use super::place::{self, Selection};
use linchpin_edit::draft::Run;
use ron_lossless::{LineIndex, Span, TextEdit, apply};
use std::borrow::Cow;

/// One change of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// In the order of the text; none overlaps another. Never empty.
    pub splices: Vec<TextEdit>,
    /// Whether it goes on with the typing before, and both are one step.
    pub run: Run,
    /// What it does, as a list of steps says it: "Paste".
    pub words: &'static str,
    /// The selection before, in the text before.
    pub before: Selection,
    /// The selection afterwards, in the text afterwards.
    pub after: Selection,
}

/// A text that is being changed, and where the cursor stands in it.
pub(super) struct Draft<'a> {
    text: Cow<'a, str>,
    lines: Cow<'a, LineIndex>,
    /// Where the cursor is, in the text as it stands now.
    pub selection: Selection,
    /// Nothing can be changed.
    pub read_only: bool,
    /// What was done, in order.
    pub edits: Vec<Edit>,
    /// How many of the edits are in `text`.
    made: usize,
}

impl<'a> Draft<'a> {
    pub fn new(text: &'a str, lines: &'a LineIndex, selection: Selection, read_only: bool) -> Self {
        Draft {
            text: Cow::Borrowed(text),
            lines: Cow::Borrowed(lines),
            selection,
            read_only,
            edits: Vec::new(),
            made: 0,
        }
    }

    /// The text as it stands now. Most frames bring one change at most, and nobody asks for the text after it.
    pub fn now(&mut self) -> (&str, &LineIndex) {
        while let Some(edit) = self.edits.get(self.made) {
            if let Some(text) = apply(&self.text, &edit.splices) {
                self.lines = Cow::Owned(LineIndex::new(&text));
                self.text = Cow::Owned(text);
            }
            self.made += 1;
        }
        (&self.text, &self.lines)
    }

    /// The number (from 1) of the line with the cursor.
    pub fn line_number(&mut self) -> u32 {
        let head = self.selection.head;
        self.now().1.line_at(head)
    }

    /// Makes a change; `after` is the selection in the text afterwards. `false` where nothing changes: the text is read-only, or has
    /// already what is put in.
    pub fn change(
        &mut self,
        splices: Vec<TextEdit>,
        after: Selection,
        run: Run,
        words: &'static str,
    ) -> bool {
        if self.read_only {
            return false;
        }
        let (text, _) = self.now();
        if splices.iter().all(|s| s.span.of(text) == s.text) {
            self.selection = after;
            return false;
        }
        self.edits.push(Edit {
            splices,
            run,
            words,
            before: self.selection,
            after,
        });
        self.selection = after;
        true
    }

    /// Puts `words` in the place of `span`, the cursor behind them.
    pub fn put(&mut self, span: Span, text: &str, run: Run, words: &'static str) -> bool {
        let after = Selection::at(span.start + text.len() as u32);
        self.change(vec![TextEdit::new(span, text)], after, run, words)
    }

    /// The ending of lines that the text has at the cursor.
    pub fn line_ending(&mut self) -> &'static str {
        let number = self.line_number();
        let (text, lines) = self.now();
        let near = if number < lines.count() {
            number
        } else {
            number.saturating_sub(1).max(1)
        };
        let whole = place::whole_line(lines, near).of(text);
        if whole.ends_with("\r\n") {
            "\r\n"
        } else {
            "\n"
        }
    }
}

/// Where a place of the text before stands in the text after `splices`; behind what was put in right there.
pub(super) fn carried(offset: u32, splices: &[TextEdit]) -> u32 {
    shifted(offset, splices, true)
}

/// The same selection in the text after `splices`. What was put in at its start or its end belongs to it.
pub(super) fn stretched(selection: Selection, splices: &[TextEdit]) -> Selection {
    let span = selection.span();
    let start = shifted(span.start, splices, selection.is_empty());
    let end = shifted(span.end, splices, true);
    if selection.head < selection.anchor {
        Selection {
            anchor: end,
            head: start,
        }
    } else {
        Selection::of(Span::new(start, end))
    }
}

fn shifted(offset: u32, splices: &[TextEdit], behind: bool) -> u32 {
    let mut shift = 0_i64;
    for splice in splices {
        let is_here = splice.span.start == offset && splice.span.end == offset;
        if splice.span.start > offset || (is_here && !behind) {
            break;
        }
        if splice.span.end > offset {
            // What stood there is gone.
            let put = if behind { splice.text.len() } else { 0 };
            return (i64::from(splice.span.start) + shift) as u32 + put as u32;
        }
        shift += splice.text.len() as i64 - i64::from(splice.span.end - splice.span.start);
    }
    (i64::from(offset) + shift).max(0) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_change_sees_the_one_before() {
        let text = "ab";
        let lines = LineIndex::new(text);
        let mut draft = Draft::new(text, &lines, Selection::at(2), false);
        assert!(draft.put(Span::new(2, 2), "\n한", Run::Typing, "Type"));
        assert!(draft.put(Span::new(3, 6), "c", Run::Typing, "Type"));
        assert_eq!(draft.now().0, "ab\nc");
        assert_eq!(draft.line_number(), 2);
        assert_eq!(draft.edits[1].before, Selection::at(6));
        let mut after = text.to_owned();
        for edit in &draft.edits {
            after = apply(&after, &edit.splices).unwrap();
        }
        assert_eq!(after, "ab\nc");
    }

    #[test]
    fn a_read_only_text_is_left_alone() {
        let lines = LineIndex::new("ab");
        let mut draft = Draft::new("ab", &lines, Selection::at(0), true);
        assert!(!draft.put(Span::new(0, 1), "", Run::Deleting, "Delete"));
        assert!(draft.edits.is_empty());
        assert_eq!(draft.selection, Selection::at(0));
        draft.read_only = false;
        assert!(!draft.put(Span::new(0, 1), "a", Run::Alone, "Paste"));
        assert!(draft.edits.is_empty());
        assert_eq!(draft.selection, Selection::at(1));
    }

    #[test]
    fn places_move_with_the_text_around_them() {
        let splices = [
            TextEdit::insert(2, "xx"),
            TextEdit::new(Span::new(4, 6), "y"),
        ];
        let to: Vec<u32> = (0..8).map(|at| carried(at, &splices)).collect();
        assert_eq!(to, [0, 1, 4, 5, 7, 7, 7, 8]);
    }
}
