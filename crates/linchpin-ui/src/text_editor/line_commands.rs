//! What is done to whole lines: indenting, commenting, moving.

use super::edit_buffer::{EditBuffer, map_selection};
use super::text_position::{self, TextSelection};
use super::typing::INDENT;
use linchpin_edit::draft::Run;
use ron_lossless::{Span, TextEdit};

/// The first and the last line (from 1) that the selection touches.
fn touched_lines(draft: &mut EditBuffer<'_>) -> (u32, u32) {
    let span = draft.selection.span();
    let (_, lines) = draft.current();
    let (first, last) = (lines.line_at(span.start), lines.line_at(span.end));
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

fn apply_edits(draft: &mut EditBuffer<'_>, text_edits: Vec<TextEdit>, words: &'static str) {
    let after = map_selection(draft.selection, &text_edits);
    draft.push(text_edits, after, Run::Alone, words);
}

/// Moves the selected lines a step to the right; without a selection, goes to the next step of indentation.
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
        draft.replace(span, spaces, Run::Alone, "Indent");
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
        let words = line.of(text);
        let spaces = words.bytes().take_while(|b| *b == b' ').count();
        let bytes = if words.starts_with('\t') {
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
    if lines.iter().any(is_full) {
        lines.retain(is_full);
    }
    let first = |l: &Span| text_position::indent_end(text, *l);
    let is_comment = |l: &Span| Span::new(first(l), l.end).of(text).starts_with("//");
    let text_edits = if lines.iter().all(is_comment) {
        let cut = |l: &Span| {
            let start = first(l);
            let words = Span::new(start, l.end).of(text);
            let bytes = 2 + u32::from(words.starts_with("// "));
            TextEdit::new(Span::new(start, start + bytes), "")
        };
        lines.iter().map(cut).collect()
    } else {
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
        let words = Span::new(
            start,
            text_position::line_span(text, lines, *range.end()).end,
        );
        let ending = Span::new(
            words.end,
            text_position::line_span_with_ending(lines, *range.end()).end,
        );
        (words, ending)
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
    draft.push(text_edits, after, Run::Alone, "Move lines");
}

#[cfg(test)]
mod tests {
    use super::super::typing::tests::after;
    use super::*;

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
