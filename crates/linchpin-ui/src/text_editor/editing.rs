//! Changes of the text: the buffer that takes them while the keys of one frame are carried out, and
//! what typing, deleting, pasting and the commands for whole lines put into it.

use super::text_position::{self, TextSelection};
use linchpin_edit::draft::UndoGrouping;
use ron_lossless::{LineIndex, Span, TextEdit, apply};
use std::borrow::Cow;

/// One step of indentation, as the standard format has it.
const INDENT: &str = "    ";
const OPENERS: [char; 3] = ['(', '[', '{'];
const CLOSERS: [char; 3] = [')', ']', '}'];

/// One change of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditorChange {
    /// In the order of the text; none overlaps another. Never empty.
    pub text_edits: Vec<TextEdit>,
    /// Whether it goes on with the typing before, and both are one step.
    pub run: UndoGrouping,
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

    /// The text as it stands now. Most frames bring one change at most, and nobody asks for the
    /// text after it.
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

    /// Makes a change; `after` is the selection in the text afterwards. `false` where nothing
    /// changes: the text is read-only, or has already what is put in.
    pub fn push(
        &mut self,
        splices: Vec<TextEdit>,
        after: TextSelection,
        run: UndoGrouping,
        message: &'static str,
    ) -> bool {
        if self.read_only {
            return false;
        }
        let (text, _) = self.current();
        // An edit that changes nothing would still become an undo step.
        if splices.iter().all(|s| s.span.of(text) == s.text) {
            self.selection = after;
            return false;
        }
        self.changes.push(EditorChange {
            text_edits: splices,
            run,
            label: message,
            selection_before: self.selection,
            selection_after: after,
        });
        self.selection = after;
        true
    }

    /// Puts `words` in the place of `span`, the cursor behind them.
    pub fn replace(
        &mut self,
        span: Span,
        text: &str,
        run: UndoGrouping,
        label: &'static str,
    ) -> bool {
        let after = TextSelection::at(span.start + text.len() as u32);
        self.push(vec![TextEdit::new(span, text)], after, run, label)
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

/// Where a place of the text before stands in the text after `splices`; behind what was put in
/// right there.
pub(super) fn map_offset(offset: u32, text_edits: &[TextEdit]) -> u32 {
    shift_offset(offset, text_edits, true)
}

/// The same selection in the text after `splices`. What was put in at its start or its end belongs
/// to it.
fn map_selection(selection: TextSelection, text_edits: &[TextEdit]) -> TextSelection {
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

/// Puts typed letters in the place of the selection. A closing bracket that begins its line moves a
/// step to the left.
pub(super) fn insert_text(draft: &mut EditBuffer<'_>, typed: &str) {
    let span = draft.selection.span();
    let number = draft.line_number();
    let is_empty = draft.selection.is_empty();
    let (text, lines) = draft.current();
    let line = text_position::line_span(text, lines, number);
    let before = text.get(line.start as usize..span.start as usize);
    let is_closer = typed.len() == 1 && typed.starts_with(CLOSERS);
    // A slice inside of a character counts as not blank.
    let blank = before.unwrap_or("x");
    if is_closer && is_empty && blank.chars().all(|c| c == ' ' || c == '\t') {
        let cut = indent_step_len(blank);
        let from = span.start - cut;
        draft.replace(
            Span::new(from, span.end),
            typed,
            UndoGrouping::Typing,
            "Type",
        );
        return;
    }
    draft.replace(span, typed, UndoGrouping::Typing, "Type");
}

/// How many bytes at the end of some white space make one step of indentation.
fn indent_step_len(blank: &str) -> u32 {
    if blank.ends_with('\t') {
        return 1;
    }
    let spaces = blank.bytes().rev().take_while(|b| *b == b' ').count();
    spaces.min(INDENT.len()) as u32
}

/// Begins a new line with the indentation of this one, a step further behind an opening bracket. A
/// closing bracket right behind goes to a line of its own.
pub(super) fn insert_newline(draft: &mut EditBuffer<'_>) {
    let ending = draft.line_ending();
    let span = draft.selection.span();
    let (text, lines) = draft.current();
    let line = text_position::line_span(text, lines, lines.line_at(span.start));
    let blank = Span::new(
        line.start,
        text_position::indent_end(text, line).min(span.start),
    )
    .of(text);
    let before = text
        .get(line.start as usize..span.start as usize)
        .unwrap_or("");
    let opened = before
        .trim_end()
        .chars()
        .next_back()
        .filter(|c| OPENERS.contains(c));
    let after = text.get(span.end as usize..).unwrap_or("").chars().next();
    let closed = after.is_some_and(|c| closes_bracket(opened, c));
    let step = match opened {
        Some(_) if blank.contains('\t') && !blank.contains(' ') => "\t",
        Some(_) => INDENT,
        None => "",
    };
    let mut put = format!("{ending}{blank}{step}");
    let after = TextSelection::at(span.start + put.len() as u32);
    if closed {
        put.push_str(ending);
        put.push_str(blank);
    }
    draft.push(
        vec![TextEdit::new(span, put)],
        after,
        UndoGrouping::Separate,
        "New line",
    );
}

fn closes_bracket(opened: Option<char>, c: char) -> bool {
    let at = OPENERS.iter().position(|o| Some(*o) == opened);
    at.is_some_and(|at| CLOSERS.get(at) == Some(&c))
}

/// Which way something is taken away, and how much.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Deletion {
    Back,
    Forward,
    WordBack,
    WordForward,
}

/// Takes away what is selected, or else the character or word next to the cursor.
pub(super) fn delete(draft: &mut EditBuffer<'_>, what: Deletion) {
    let selected = draft.selection.span();
    let at = draft.selection.head;
    let chosen = !draft.selection.is_empty();
    let (text, lines) = draft.current();
    let span = match what {
        _ if chosen => selected,
        Deletion::Back => Span::new(
            backspace_start(
                text,
                text_position::line_span(text, lines, lines.line_at(at)),
                at,
            ),
            at,
        ),
        Deletion::Forward => Span::new(at, text_position::next_grapheme(text, at)),
        Deletion::WordBack => Span::new(text_position::word_left(text, at), at),
        Deletion::WordForward => Span::new(at, text_position::word_right(text, at)),
    };
    // Characters deleted one after another are one undo step; a word or a selection is one by
    // itself.
    let run = match what {
        Deletion::Back | Deletion::Forward if !chosen => UndoGrouping::Deleting,
        _ => UndoGrouping::Separate,
    };
    draft.replace(span, "", run, "Delete");
}

/// In the spaces before a line's first word, a step of indentation goes at once.
fn backspace_start(text: &str, line: Span, at: u32) -> u32 {
    let before = text.get(line.start as usize..at as usize).unwrap_or("x");
    let spaces = before.len() as u32;
    if !before.is_empty() && before.bytes().all(|b| b == b' ') && at <= line.end {
        let step = INDENT.len() as u32;
        let over = spaces % step;
        return at - if over == 0 { step } else { over };
    }
    let from = text_position::previous_grapheme(text, at);
    // Marks and the parts of a syllable are one step for the cursor, but are taken back one by one
    // where they were typed so.
    let last = text
        .get(from as usize..at as usize)
        .and_then(|s| s.chars().next_back());
    match last {
        Some(c) if c != '\n' && is_combining_mark(c) => at - c.len_utf8() as u32,
        _ => from,
    }
}

/// An accent that stands on the letter before it.
fn is_combining_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// Puts pasted text in the place of the selection, its lines ended as the file ends them.
pub(super) fn paste(draft: &mut EditBuffer<'_>, pasted: &str) {
    let ending = draft.line_ending();
    let plain = pasted.replace("\r\n", "\n").replace('\r', "\n");
    let put = if ending == "\n" {
        plain
    } else {
        plain.replace('\n', ending)
    };
    draft.replace(
        draft.selection.span(),
        &put,
        UndoGrouping::Separate,
        "Paste",
    );
}

/// What Copy and Cut take: what is selected, or else the whole line.
pub(super) fn copy_span(draft: &mut EditBuffer<'_>) -> Span {
    let number = draft.line_number();
    let selected = draft.selection;
    let (_, lines) = draft.current();
    if selected.is_empty() {
        text_position::line_span_with_ending(lines, number)
    } else {
        selected.span()
    }
}

/// The first and the last line (from 1) that the selection touches.
fn touched_lines(draft: &mut EditBuffer<'_>) -> (u32, u32) {
    let span = draft.selection.span();
    let (_, lines) = draft.current();
    let (first, last) = (lines.line_at(span.start), lines.line_at(span.end));
    // A selection that ends before the first letter of a line does not touch that line.
    let ends_before = last > first && lines.line_span(last).is_some_and(|l| l.start == span.end);
    (first, last - u32::from(ends_before))
}

/// The lines that the selection touches, with their numbers.
fn touched_line_spans(draft: &mut EditBuffer<'_>) -> Vec<Span> {
    let (first, last) = touched_lines(draft);
    let (text, lines) = draft.current();
    let line = |number| text_position::line_span(text, lines, number);
    (first..=last).map(line).collect()
}

fn apply_edits(draft: &mut EditBuffer<'_>, text_edits: Vec<TextEdit>, text: &'static str) {
    let after = map_selection(draft.selection, &text_edits);
    draft.push(text_edits, after, UndoGrouping::Separate, text);
}

/// Moves the selected lines a step to the right; without a selection, goes to the next step of
/// indentation.
pub(super) fn indent(draft: &mut EditBuffer<'_>) {
    let lines = touched_line_spans(draft);
    let span = draft.selection.span();
    let (text, _) = draft.current();
    let is_part = match lines.as_slice() {
        [line] => span.start == span.end || *line != span,
        _ => false,
    };
    if is_part {
        let start = lines.first().map_or(0, |l| l.start);
        let column = Span::new(start, span.start).of(text).chars().count();
        let spaces = INDENT.get(column % INDENT.len()..).unwrap_or(INDENT);
        draft.replace(span, spaces, UndoGrouping::Separate, "Indent");
        return;
    }
    let full = lines.iter().filter(|l| !l.of(text).trim().is_empty());
    let text_edits = full.map(|l| TextEdit::insert(l.start, INDENT)).collect();
    apply_edits(draft, text_edits, "Indent");
}

/// Moves the lines a step to the left, as far as they are indented.
pub(super) fn outdent(draft: &mut EditBuffer<'_>) {
    let lines = touched_line_spans(draft);
    let (text, _) = draft.current();
    let cut = |line: &Span| {
        let label = line.of(text);
        let spaces = label.bytes().take_while(|b| *b == b' ').count();
        let bytes = if label.starts_with('\t') {
            1
        } else {
            spaces.min(INDENT.len()) as u32
        };
        (bytes > 0).then(|| TextEdit::new(Span::new(line.start, line.start + bytes), ""))
    };
    let text_edits = lines.iter().filter_map(cut).collect();
    apply_edits(draft, text_edits, "Move left");
}

/// Makes comments of the lines, or lines of the comments.
pub(super) fn toggle_comment(draft: &mut EditBuffer<'_>) {
    let mut lines = touched_line_spans(draft);
    let (text, _) = draft.current();
    let is_full = |l: &Span| !l.of(text).trim().is_empty();
    // Blank lines become comments only where there is nothing else.
    if lines.iter().any(is_full) {
        lines.retain(is_full);
    }
    let first = |l: &Span| text_position::indent_end(text, *l);
    let is_comment = |l: &Span| Span::new(first(l), l.end).of(text).starts_with("//");
    let text_edits = if lines.iter().all(is_comment) {
        let cut = |l: &Span| {
            let start = first(l);
            let label = Span::new(start, l.end).of(text);
            let bytes = 2 + u32::from(label.starts_with("// "));
            TextEdit::new(Span::new(start, start + bytes), "")
        };
        lines.iter().map(cut).collect()
    } else {
        // All at the depth of the least indented one, so that they can become code again as it was.
        let depth = lines.iter().map(|l| first(l) - l.start).min().unwrap_or(0);
        let put = |l: &Span| TextEdit::insert(l.start + depth, "// ");
        lines.iter().map(put).collect()
    };
    apply_edits(draft, text_edits, "Comment");
}

/// Moves the lines one line up or down.
pub(super) fn move_lines(draft: &mut EditBuffer<'_>, down: bool) {
    let (first, last) = touched_lines(draft);
    let selection = draft.selection;
    let (text, lines) = draft.current();
    let (above, below) = if down {
        (first..=last, last + 1..=last + 1)
    } else {
        (
            first.saturating_sub(1)..=first.saturating_sub(1),
            first..=last,
        )
    };
    if *above.start() < 1 || *below.end() > lines.count() {
        return;
    }
    let span = |range: std::ops::RangeInclusive<u32>| {
        let start = text_position::line_span_with_ending(lines, *range.start()).start;
        let label = Span::new(
            start,
            text_position::line_span(text, lines, *range.end()).end,
        );
        let ending = Span::new(
            label.end,
            text_position::line_span_with_ending(lines, *range.end()).end,
        );
        (label, ending)
    };
    let ((a, a_ending), (b, b_ending)) = (span(above), span(below));
    // The endings stay where they are: the last line may have none.
    let parts = [b, a_ending, a, b_ending].map(|s| s.of(text)).concat();
    let whole = Span::new(a.start, b_ending.end);
    let by = if down {
        i64::from(b.end - b.start) + i64::from(a_ending.end - a_ending.start)
    } else {
        i64::from(a.start) - i64::from(b.start)
    };
    let most = whole.start + parts.len() as u32;
    let moved = |at: u32| ((i64::from(at) + by).max(0) as u32).min(most);
    let after = TextSelection {
        anchor: moved(selection.anchor),
        head: moved(selection.head),
    };
    let text_edits = vec![TextEdit::new(whole, parts)];
    draft.push(text_edits, after, UndoGrouping::Separate, "Move lines");
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Does something to a text in which `‹` is the anchor and `|` the cursor; says how it looks
    /// afterwards.
    pub fn after(marked: &str, act: impl FnOnce(&mut EditBuffer<'_>)) -> String {
        let head = marked.find('|').unwrap();
        let anchor = marked.find('‹').unwrap_or(head);
        let text = marked.replace(['|', '‹'], "");
        let shift = |at: usize, other: usize, bytes: usize| at - if other < at { bytes } else { 0 };
        let selection = TextSelection {
            anchor: shift(anchor, head, 1) as u32,
            head: shift(head, anchor, '‹'.len_utf8()) as u32,
        };
        let lines = LineIndex::new(&text);
        let mut draft = EditBuffer::new(&text, &lines, selection, false);
        act(&mut draft);
        let mut out = text.clone();
        for edit in &draft.changes {
            out = apply(&out, &edit.text_edits).unwrap();
        }
        assert_eq!(draft.current().0, out);
        let now = draft.selection;
        let mut marks = vec![(now.head as usize, '|')];
        if !now.is_empty() {
            marks.push((now.anchor as usize, '‹'));
        }
        marks.sort_unstable();
        for (at, mark) in marks.into_iter().rev() {
            out.insert(at, mark);
        }
        out
    }

    #[test]
    fn letters_take_the_place_of_the_selection() {
        assert_eq!(after("a‹bc|d", |d| insert_text(d, "한")), "a한|d");
        assert_eq!(after("(\n    |", |d| insert_text(d, ")")), "(\n)|");
        assert_eq!(after("(\n\t|", |d| insert_text(d, ")")), "(\n)|");
        assert_eq!(after("(a |", |d| insert_text(d, ")")), "(a )|");
    }

    #[test]
    fn enter_keeps_the_indent_and_opens_brackets() {
        assert_eq!(after("    a|b", insert_newline), "    a\n    |b");
        assert_eq!(after("  (|)", insert_newline), "  (\n      |\n  )");
        assert_eq!(after("\t[|", insert_newline), "\t[\n\t\t|");
        assert_eq!(after("a(|]", insert_newline), "a(\n    |]");
        assert_eq!(after("  |  a", insert_newline), "  \n  |  a");
        assert_eq!(after("a: ‹1,|\r\nb", insert_newline), "a: \r\n|\r\nb");
        assert_eq!(after("a\r\nb|", insert_newline), "a\r\nb\r\n|");
    }

    #[test]
    fn backspace_takes_a_character_a_break_or_a_step_of_indent() {
        let back = |d: &mut EditBuffer<'_>| delete(d, Deletion::Back);
        assert_eq!(after("a한|", back), "a|");
        assert_eq!(after("a\r\n|b", back), "a|b");
        assert_eq!(after("      |b", back), "    |b");
        assert_eq!(after("        |b", back), "    |b");
        assert_eq!(after("e\u{301}|", back), "e|");
        assert_eq!(after("|a", back), "|a");
        assert_eq!(after("a‹bc|d", back), "a|d");
    }

    #[test]
    fn delete_takes_what_comes_next() {
        assert_eq!(after("a|\r\nb", |d| delete(d, Deletion::Forward)), "a|b");
        assert_eq!(after("a|", |d| delete(d, Deletion::Forward)), "a|");
        assert_eq!(
            after("one| two.", |d| delete(d, Deletion::WordForward)),
            "one|."
        );
        assert_eq!(
            after("one two|.", |d| delete(d, Deletion::WordBack)),
            "one |."
        );
    }

    #[test]
    fn pasted_lines_end_as_the_file_does() {
        assert_eq!(
            after("a|\r\n", |d| paste(d, "x\ny\r\nz")),
            "ax\r\ny\r\nz|\r\n"
        );
        assert_eq!(after("a|\n", |d| paste(d, "x\ry")), "ax\ny|\n");
    }

    #[test]
    fn each_change_sees_the_one_before() {
        let text = "ab";
        let lines = LineIndex::new(text);
        let mut draft = EditBuffer::new(text, &lines, TextSelection::at(2), false);
        assert!(draft.replace(Span::new(2, 2), "\n한", UndoGrouping::Typing, "Type"));
        assert!(draft.replace(Span::new(3, 6), "c", UndoGrouping::Typing, "Type"));
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
        assert!(!draft.replace(Span::new(0, 1), "", UndoGrouping::Deleting, "Delete"));
        assert!(draft.changes.is_empty());
        assert_eq!(draft.selection, TextSelection::at(0));
        draft.read_only = false;
        assert!(!draft.replace(Span::new(0, 1), "a", UndoGrouping::Separate, "Paste"));
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

    #[test]
    fn lines_are_indented_and_moved_back() {
        assert_eq!(after("a|b", indent), "a   |b");
        assert_eq!(after("한|b", indent), "한   |b");
        assert_eq!(after("a‹b|c", indent), "a   |c");
        let lines = "‹a\n\n  b|\nc";
        let moved = "‹    a\n\n      b|\nc";
        assert_eq!(after(lines, indent), moved);
        assert_eq!(after(moved, outdent), lines);
        assert_eq!(after("\tx|\r\n", outdent), "x|\r\n");
        assert_eq!(after("  |x", outdent), "|x");
        assert_eq!(after("x|", outdent), "x|");
    }

    #[test]
    fn comments_come_and_go() {
        let lines = "‹  a\n\n    b\n|c";
        let comments = "‹  // a\n\n  //   b\n|c";
        assert_eq!(after(lines, toggle_comment), comments);
        assert_eq!(after(comments, toggle_comment), lines);
        assert_eq!(after("//a|", toggle_comment), "a|");
        assert_eq!(after("|", toggle_comment), "// |");
        assert_eq!(after("a|\r\n", toggle_comment), "// a|\r\n");
    }

    #[test]
    fn lines_move_and_their_endings_stay() {
        assert_eq!(after("a\r\nb|", |d| move_lines(d, false)), "b|\r\na");
        assert_eq!(after("a\nb|\nc", |d| move_lines(d, true)), "a\nc\nb|");
        assert_eq!(
            after("a\n‹b\nc|\nd\n", |d| move_lines(d, false)),
            "‹b\nc|\na\nd\n"
        );
        assert_eq!(after("a|\nb", |d| move_lines(d, false)), "a|\nb");
        assert_eq!(after("a\nb|", |d| move_lines(d, true)), "a\nb|");
    }
}
