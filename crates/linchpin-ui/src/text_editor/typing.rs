//! What typing does to a text: letters, Enter, Backspace, paste.

use super::edit_buffer::EditBuffer;
use super::text_position::{self, TextSelection};
use linchpin_edit::draft::Run;
use ron_lossless::{Span, TextEdit};

/// One step of indentation, as the standard format has it.
pub(super) const INDENT: &str = "    ";

const OPENERS: [char; 3] = ['(', '[', '{'];
const CLOSERS: [char; 3] = [')', ']', '}'];

/// Puts typed letters in the place of the selection. A closing bracket that begins its line moves a step to the left.
pub(super) fn insert_text(draft: &mut EditBuffer<'_>, typed: &str) {
    let span = draft.selection.span();
    let number = draft.line_number();
    let is_empty = draft.selection.is_empty();
    let (text, lines) = draft.current();
    let line = text_position::line_span(text, lines, number);
    let before = text.get(line.start as usize..span.start as usize);
    let is_closer = typed.len() == 1 && typed.starts_with(CLOSERS);
    let blank = before.unwrap_or("x");
    if is_closer && is_empty && blank.chars().all(|c| c == ' ' || c == '\t') {
        let cut = indent_step_len(blank);
        let from = span.start - cut;
        draft.replace(Span::new(from, span.end), typed, Run::Typing, "Type");
        return;
    }
    draft.replace(span, typed, Run::Typing, "Type");
}

/// How many bytes at the end of some white space make one step of indentation.
pub(super) fn indent_step_len(blank: &str) -> u32 {
    if blank.ends_with('\t') {
        return 1;
    }
    let spaces = blank.bytes().rev().take_while(|b| *b == b' ').count();
    spaces.min(INDENT.len()) as u32
}

/// Begins a new line with the indentation of this one, a step further behind an opening bracket. A closing bracket right
/// behind goes to a line of its own.
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
        Run::Alone,
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

/// Takes away what is selected, or else the character or word beside the cursor.
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
    let run = match what {
        Deletion::Back | Deletion::Forward if !chosen => Run::Deleting,
        _ => Run::Alone,
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
    // Marks and the parts of a syllable are one step for the cursor, but are taken back one by one where they were typed so.
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
    draft.replace(draft.selection.span(), &put, Run::Alone, "Paste");
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

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use ron_lossless::{LineIndex, apply};

    /// Does something to a text in which `‹` is the anchor and `|` the cursor; says how it looks afterwards.
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
}
