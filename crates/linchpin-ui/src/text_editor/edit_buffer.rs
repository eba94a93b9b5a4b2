//! The text while the keys of one frame are carried out: each change is made on the text after the one before.

use super::text_position::{self, TextSelection};
use linchpin_edit::draft::Run;
use ron_lossless::{LineIndex, Span, TextEdit, apply};
use std::borrow::Cow;

/// One change of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditorChange {
    /// In the order of the text; none overlaps another. Never empty.
    pub text_edits: Vec<TextEdit>,
    /// Whether it goes on with the typing before, and both are one step.
    pub run: Run,
    /// What it does, as a list of steps says it: "Paste".
    pub label: &'static str,
    /// The selection before, in the text before.
    pub selection_before: TextSelection,
    /// The selection afterwards, in the text afterwards.
    pub selection_after: TextSelection,
}

/// A text that is being changed, and where the cursor stands in it.
pub(super) struct EditBuffer<'a> {
    text: Cow<'a, str>,
    lines: Cow<'a, LineIndex>,
    /// Where the cursor is, in the text as it stands now.
    pub selection: TextSelection,
    /// Nothing can be changed.
    pub read_only: bool,
    /// What was done, in order.
    pub changes: Vec<EditorChange>,
    /// How many of the edits are in `text`.
    applied: usize,
}

impl<'a> EditBuffer<'a> {
    pub fn new(
        text: &'a str,
        lines: &'a LineIndex,
        selection: TextSelection,
        read_only: bool,
    ) -> Self {
        EditBuffer {
            text: Cow::Borrowed(text),
            lines: Cow::Borrowed(lines),
            selection,
            read_only,
            changes: Vec::new(),
            applied: 0,
        }
    }

    /// The text as it stands now. Most frames bring one change at most, and nobody asks for the text after it.
    pub fn current(&mut self) -> (&str, &LineIndex) {
        while let Some(edit) = self.changes.get(self.applied) {
            if let Some(text) = apply(&self.text, &edit.text_edits) {
                self.lines = Cow::Owned(LineIndex::new(&text));
                self.text = Cow::Owned(text);
            }
            self.applied += 1;
        }
        (&self.text, &self.lines)
    }

    /// The number (from 1) of the line with the cursor.
    pub fn line_number(&mut self) -> u32 {
        let head = self.selection.head;
        self.current().1.line_at(head)
    }

    /// Makes a change; `after` is the selection in the text afterwards. `false` where nothing changes: the text is read-only, or has
    /// already what is put in.
    pub fn push(
        &mut self,
        splices: Vec<TextEdit>,
        after: TextSelection,
        run: Run,
        words: &'static str,
    ) -> bool {
        if self.read_only {
            return false;
        }
        let (text, _) = self.current();
        if splices.iter().all(|s| s.span.of(text) == s.text) {
            self.selection = after;
            return false;
        }
        self.changes.push(EditorChange {
            text_edits: splices,
            run,
            label: words,
            selection_before: self.selection,
            selection_after: after,
        });
        self.selection = after;
        true
    }

    /// Puts `words` in the place of `span`, the cursor behind them.
    pub fn replace(&mut self, span: Span, text: &str, run: Run, words: &'static str) -> bool {
        let after = TextSelection::at(span.start + text.len() as u32);
        self.push(vec![TextEdit::new(span, text)], after, run, words)
    }

    /// The ending of lines that the text has at the cursor.
    pub fn line_ending(&mut self) -> &'static str {
        let number = self.line_number();
        let (text, lines) = self.current();
        let near = if number < lines.count() {
            number
        } else {
            number.saturating_sub(1).max(1)
        };
        let whole = text_position::line_span_with_ending(lines, near).of(text);
        if whole.ends_with("\r\n") {
            "\r\n"
        } else {
            "\n"
        }
    }
}

/// Where a place of the text before stands in the text after `splices`; behind what was put in right there.
pub(super) fn map_offset(offset: u32, text_edits: &[TextEdit]) -> u32 {
    shift_offset(offset, text_edits, true)
}

/// The same selection in the text after `splices`. What was put in at its start or its end belongs to it.
pub(super) fn map_selection(selection: TextSelection, text_edits: &[TextEdit]) -> TextSelection {
    let span = selection.span();
    let start = shift_offset(span.start, text_edits, selection.is_empty());
    let end = shift_offset(span.end, text_edits, true);
    if selection.head < selection.anchor {
        TextSelection {
            anchor: end,
            head: start,
        }
    } else {
        TextSelection::from_span(Span::new(start, end))
    }
}

fn shift_offset(offset: u32, text_edits: &[TextEdit], after_insertion: bool) -> u32 {
    let mut shift = 0_i64;
    for text_edit in text_edits {
        let is_here = text_edit.span.start == offset && text_edit.span.end == offset;
        if text_edit.span.start > offset || (is_here && !after_insertion) {
            break;
        }
        if text_edit.span.end > offset {
            // What stood there is gone.
            let put = if after_insertion {
                text_edit.text.len()
            } else {
                0
            };
            return (i64::from(text_edit.span.start) + shift) as u32 + put as u32;
        }
        shift += text_edit.text.len() as i64 - i64::from(text_edit.span.end - text_edit.span.start);
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
        let mut draft = EditBuffer::new(text, &lines, TextSelection::at(2), false);
        assert!(draft.replace(Span::new(2, 2), "\n한", Run::Typing, "Type"));
        assert!(draft.replace(Span::new(3, 6), "c", Run::Typing, "Type"));
        assert_eq!(draft.current().0, "ab\nc");
        assert_eq!(draft.line_number(), 2);
        assert_eq!(draft.changes[1].selection_before, TextSelection::at(6));
        let mut after = text.to_owned();
        for edit in &draft.changes {
            after = apply(&after, &edit.text_edits).unwrap();
        }
        assert_eq!(after, "ab\nc");
    }

    #[test]
    fn a_read_only_text_is_left_alone() {
        let lines = LineIndex::new("ab");
        let mut draft = EditBuffer::new("ab", &lines, TextSelection::at(0), true);
        assert!(!draft.replace(Span::new(0, 1), "", Run::Deleting, "Delete"));
        assert!(draft.changes.is_empty());
        assert_eq!(draft.selection, TextSelection::at(0));
        draft.read_only = false;
        assert!(!draft.replace(Span::new(0, 1), "a", Run::Alone, "Paste"));
        assert!(draft.changes.is_empty());
        assert_eq!(draft.selection, TextSelection::at(1));
    }

    #[test]
    fn places_move_with_the_text_around_them() {
        let splices = [
            TextEdit::insert(2, "xx"),
            TextEdit::new(Span::new(4, 6), "y"),
        ];
        let to: Vec<u32> = (0..8).map(|at| map_offset(at, &splices)).collect();
        assert_eq!(to, [0, 1, 4, 5, 7, 7, 7, 8]);
    }
}
