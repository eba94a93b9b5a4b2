//! What is done to whole lines: indenting, commenting, moving.

use super::draft::{Draft, stretched};
use super::place::{self, Selection};
use super::typing::INDENT;
use linchpin_edit::draft::Run;
use ron_lossless::{Span, TextEdit};

/// The first and the last line (from 1) that the selection touches.
fn touched(draft: &mut Draft<'_>) -> (u32, u32) {
    let span = draft.selection.span();
    let (_, lines) = draft.now();
    let (first, last) = (lines.line_at(span.start), lines.line_at(span.end));
    let ends_before = last > first && lines.line_span(last).is_some_and(|l| l.start == span.end);
    (first, last - u32::from(ends_before))
}

/// The lines that the selection touches, with their numbers.
fn spans(draft: &mut Draft<'_>) -> Vec<Span> {
    let (first, last) = touched(draft);
    let (text, lines) = draft.now();
    let line = |number| place::line(text, lines, number);
    (first..=last).map(line).collect()
}

fn change(draft: &mut Draft<'_>, splices: Vec<TextEdit>, words: &'static str) {
    let after = stretched(draft.selection, &splices);
    draft.change(splices, after, Run::Alone, words);
}

/// Moves the selected lines a step to the right; without a selection, goes to the next step of indentation.
pub(super) fn indent(draft: &mut Draft<'_>) {
    let lines = spans(draft);
    let span = draft.selection.span();
    let (text, _) = draft.now();
    let is_part = match lines.as_slice() {
        [line] => span.start == span.end || *line != span,
        _ => false,
    };
    if is_part {
        let start = lines.first().map_or(0, |l| l.start);
        let column = Span::new(start, span.start).of(text).chars().count();
        let spaces = INDENT.get(column % INDENT.len()..).unwrap_or(INDENT);
        draft.put(span, spaces, Run::Alone, "Indent");
        return;
    }
    let full = lines.iter().filter(|l| !l.of(text).trim().is_empty());
    let splices = full.map(|l| TextEdit::insert(l.start, INDENT)).collect();
    change(draft, splices, "Indent");
}

/// Moves the lines a step to the left, as far as they are indented.
pub(super) fn outdent(draft: &mut Draft<'_>) {
    let lines = spans(draft);
    let (text, _) = draft.now();
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
    let splices = lines.iter().filter_map(cut).collect();
    change(draft, splices, "Move left");
}

/// Makes comments of the lines, or lines of the comments.
pub(super) fn comment(draft: &mut Draft<'_>) {
    let mut lines = spans(draft);
    let (text, _) = draft.now();
    let is_full = |l: &Span| !l.of(text).trim().is_empty();
    if lines.iter().any(is_full) {
        lines.retain(is_full);
    }
    let first = |l: &Span| place::indent_end(text, *l);
    let is_comment = |l: &Span| Span::new(first(l), l.end).of(text).starts_with("//");
    let splices = if lines.iter().all(is_comment) {
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
    change(draft, splices, "Comment");
}

/// Moves the lines one line up or down.
pub(super) fn shift(draft: &mut Draft<'_>, down: bool) {
    let (first, last) = touched(draft);
    let selection = draft.selection;
    let (text, lines) = draft.now();
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
        let start = place::whole_line(lines, *range.start()).start;
        let words = Span::new(start, place::line(text, lines, *range.end()).end);
        let ending = Span::new(words.end, place::whole_line(lines, *range.end()).end);
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
    let after = Selection {
        anchor: moved(selection.anchor),
        head: moved(selection.head),
    };
    let splices = vec![TextEdit::new(whole, parts)];
    draft.change(splices, after, Run::Alone, "Move lines");
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
        assert_eq!(after(lines, comment), comments);
        assert_eq!(after(comments, comment), lines);
        assert_eq!(after("//a|", comment), "a|");
        assert_eq!(after("|", comment), "// |");
        assert_eq!(after("a|\r\n", comment), "// a|\r\n");
    }

    #[test]
    fn lines_move_and_their_endings_stay() {
        assert_eq!(after("a\r\nb|", |d| shift(d, false)), "b|\r\na");
        assert_eq!(after("a\nb|\nc", |d| shift(d, true)), "a\nc\nb|");
        assert_eq!(
            after("a\n‹b\nc|\nd\n", |d| shift(d, false)),
            "‹b\nc|\na\nd\n"
        );
        assert_eq!(after("a|\nb", |d| shift(d, false)), "a|\nb");
        assert_eq!(after("a\nb|", |d| shift(d, true)), "a\nb|");
    }
}
