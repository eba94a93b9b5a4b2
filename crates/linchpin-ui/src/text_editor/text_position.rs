//! Places in a text and the steps between them: by character as a reader sees it, by word, by line.

use ron_lossless::{LineIndex, Span};
use unicode_ident::is_xid_continue;
use unicode_segmentation::GraphemeCursor;

/// What is selected, and the end at which the cursor stands. Byte offsets.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub struct TextSelection {
    /// Where the selection began.
    pub anchor: u32,
    /// Where the cursor is.
    pub head: u32,
}

impl TextSelection {
    /// Nothing selected, the cursor at `offset`.
    pub const fn at(offset: u32) -> Self {
        TextSelection {
            anchor: offset,
            head: offset,
        }
    }

    /// All of `span`, the cursor at its end.
    pub const fn from_span(span: Span) -> Self {
        TextSelection {
            anchor: span.start,
            head: span.end,
        }
    }

    /// What is selected, its start first.
    pub fn span(self) -> Span {
        Span::new(self.anchor.min(self.head), self.anchor.max(self.head))
    }

    /// Whether nothing is selected.
    pub const fn is_empty(self) -> bool {
        self.anchor == self.head
    }

    /// The same selection where it fits the text.
    pub(super) fn clamped(self, text: &str) -> Self {
        TextSelection {
            anchor: within(text, self.anchor),
            head: within(text, self.head),
        }
    }
}

/// The nearest place at or before `offset` where a cursor can stand: in the text, in no character,
/// not inside a CRLF.
pub(super) fn within(text: &str, offset: u32) -> u32 {
    let at = text.floor_char_boundary(offset as usize);
    let bytes = text.as_bytes();
    let splits = at > 0 && bytes.get(at - 1) == Some(&b'\r') && bytes.get(at) == Some(&b'\n');
    (at - usize::from(splits)) as u32
}

/// One character on. A base letter with its marks is one, a syllable of Hangul, an emoji, a CRLF.
pub(super) fn next_grapheme(text: &str, offset: u32) -> u32 {
    let mut cursor = GraphemeCursor::new(offset as usize, text.len(), true);
    let found = cursor.next_boundary(text, 0).ok().flatten();
    found.unwrap_or(text.len()) as u32
}

/// One character back.
pub(super) fn previous_grapheme(text: &str, offset: u32) -> u32 {
    let mut cursor = GraphemeCursor::new(offset as usize, text.len(), true);
    let found = cursor.prev_boundary(text, 0).ok().flatten();
    found.unwrap_or(0) as u32
}

/// The nearest place between two characters as a reader sees them, at or before `offset`.
pub(super) fn grapheme_boundary(text: &str, offset: u32) -> u32 {
    let offset = within(text, offset);
    let mut cursor = GraphemeCursor::new(offset as usize, text.len(), true);
    match cursor.is_boundary(text, 0) {
        Ok(false) => previous_grapheme(text, offset),
        _ => offset,
    }
}

/// Whether `offset` is between two characters as a reader sees them, as far as the text from
/// `start` on tells.
pub(super) fn is_grapheme_boundary(text: &str, start: u32, offset: u32) -> bool {
    let rest = text.get(start as usize..).unwrap_or("");
    let mut cursor = GraphemeCursor::new((offset - start) as usize, rest.len(), true);
    cursor.is_boundary(rest, 0).unwrap_or(true)
}

#[derive(Copy, Clone, PartialEq, Eq)]
enum CharClass {
    LineBreak,
    Space,
    Word,
    Punctuation,
}

fn char_class(c: char) -> CharClass {
    match c {
        '\n' | '\r' => CharClass::LineBreak,
        _ if c.is_whitespace() => CharClass::Space,
        _ if is_word_char(c) => CharClass::Word,
        _ => CharClass::Punctuation,
    }
}

/// Whether a character belongs to a word.
pub(super) fn is_word_char(c: char) -> bool {
    is_xid_continue(c)
}

/// The end of this word or the next one, or the start of the next line.
pub(super) fn word_right(text: &str, offset: u32) -> u32 {
    let rest = text.get(offset as usize..).unwrap_or("");
    let mut chars = rest.char_indices().peekable();
    let mut seen = None;
    while let Some((at, c)) = chars.next() {
        let now = char_class(c);
        match seen {
            None if now == CharClass::LineBreak => {
                let crlf = c == '\r' && chars.next_if(|(_, c)| *c == '\n').is_some();
                return if at == 0 {
                    offset + 1 + u32::from(crlf)
                } else {
                    offset + at as u32
                };
            }
            None if now == CharClass::Space => {}
            None => seen = Some(now),
            Some(word) if word != now => return offset + at as u32,
            Some(_) => {}
        }
    }
    text.len() as u32
}

/// The start of this word or the one before, or the end of the line before.
pub(super) fn word_left(text: &str, offset: u32) -> u32 {
    let before = text.get(..offset as usize).unwrap_or("");
    let mut seen = None;
    let mut left = offset;
    for (at, c) in before.char_indices().rev() {
        let now = char_class(c);
        match seen {
            None if now == CharClass::LineBreak => {
                return if left == offset {
                    previous_grapheme(text, offset)
                } else {
                    left
                };
            }
            None if now == CharClass::Space => {}
            None => seen = Some(now),
            Some(word) if word != now => return left,
            Some(_) => {}
        }
        left = at as u32;
    }
    0
}

/// The word, the space or the run of signs around a place; on a border, the word.
pub(super) fn word_at(text: &str, offset: u32) -> Span {
    let (before, after) = text.split_at(offset as usize);
    let left = before.chars().next_back().map(char_class);
    let right = after.chars().next().map(char_class);
    let own = match (left, right) {
        (Some(CharClass::Word), _) | (_, Some(CharClass::Word)) => CharClass::Word,
        (_, Some(right)) if right != CharClass::LineBreak => right,
        (Some(left), _) if left != CharClass::LineBreak => left,
        _ => return Span::new(offset, offset),
    };
    let other = |c: char| char_class(c) != own;
    let start = before.rfind(other).map_or(0, |at| {
        at + before[at..].chars().next().map_or(0, char::len_utf8)
    });
    let end = after.find(other).unwrap_or(after.len());
    Span::new(start as u32, offset + end as u32)
}

/// A line (from 1) without its ending.
pub(super) fn line_span(text: &str, lines: &LineIndex, number: u32) -> Span {
    let span = lines
        .line_span(number)
        .unwrap_or(Span::new(text.len() as u32, text.len() as u32));
    // At the end of the text there is no LF behind it, so that a CR is a character of the line.
    let ends_with_cr = span.of(text).ends_with('\r') && (span.end as usize) < text.len();
    Span::new(span.start, span.end - u32::from(ends_with_cr))
}

/// A line (from 1) with its ending.
pub(super) fn line_span_with_ending(lines: &LineIndex, number: u32) -> Span {
    let end = lines.line_span(number).map_or(0, |s| s.end);
    let start = lines.line_span(number).map_or(0, |s| s.start);
    let next = lines.line_span(number + 1).map_or(end, |s| s.start);
    Span::new(start, next)
}

/// The first place of a line that is no white space.
pub(super) fn indent_end(text: &str, line: Span) -> u32 {
    let label = line.of(text);
    line.start + (label.len() - label.trim_start().len()) as u32
}

/// Where the Home key goes: to the line's first word, and from there to its start.
pub(super) fn home_target(text: &str, line: Span, from: u32) -> u32 {
    let first = indent_end(text, line);
    if from == first { line.start } else { first }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walk(text: &str, step: fn(&str, u32) -> u32, mut at: u32) -> Vec<u32> {
        let mut out = vec![at];
        loop {
            let to = step(text, at);
            if to == at {
                return out;
            }
            out.push(to);
            at = to;
        }
    }

    #[test]
    fn a_character_is_what_a_reader_sees() {
        // A letter with its mark, Hangul from parts, a CRLF, a family.
        let text = "e\u{301}\u{1112}\u{1161}\u{11ab}한\r\n👨\u{200d}👩\u{200d}👧x";
        let steps = [0, 3, 12, 15, 17, 35, 36];
        assert_eq!(walk(text, next_grapheme, 0), steps);
        let back: Vec<u32> = steps.iter().rev().copied().collect();
        assert_eq!(walk(text, previous_grapheme, 36), back);
        assert_eq!(
            (grapheme_boundary(text, 5), grapheme_boundary(text, 16)),
            (3, 15)
        );
    }

    #[test]
    fn places_outside_are_brought_inside() {
        assert_eq!(within("a\r\nb", 2), 1);
        assert_eq!(within("한", 2), 0);
        assert_eq!(within("한", 9), 3);
        let selection = TextSelection { anchor: 9, head: 1 }.clamped("한국");
        assert_eq!(selection, TextSelection { anchor: 6, head: 0 });
    }

    #[test]
    fn words_are_stepped_over_in_both_directions() {
        let text = "  status: 한국, x\r\n\ty";
        let ends = [0, 8, 9, 16, 17, 19, 21, 23];
        assert_eq!(walk(text, word_right, 0), ends);
        assert_eq!(
            walk(text, word_left, 23),
            [23, 22, 21, 19, 18, 16, 10, 8, 2, 0]
        );
    }

    #[test]
    fn a_word_is_found_from_inside_and_from_its_borders() {
        let text = "id: \"a_b\"";
        for at in 5..=8 {
            assert_eq!(word_at(text, at).of(text), "a_b", "{at}");
        }
        assert_eq!(word_at(text, 3).of(text), " ");
        assert_eq!(word_at("한국어 말", 3).of("한국어 말"), "한국어");
        assert_eq!(word_at("\n\n", 1), Span::new(1, 1));
    }

    #[test]
    fn home_goes_to_the_first_word_and_then_to_the_start() {
        let text = "a\r\n    b\n";
        let lines = LineIndex::new(text);
        assert_eq!(line_span(text, &lines, 1), Span::new(0, 1));
        assert_eq!(line_span_with_ending(&lines, 1), Span::new(0, 3));
        let second = line_span(text, &lines, 2);
        assert_eq!(home_target(text, second, 8), 7);
        assert_eq!(home_target(text, second, 7), 3);
        assert_eq!(home_target(text, second, 3), 7);
        assert_eq!(line_span_with_ending(&lines, 3), Span::new(9, 9));
    }
}
