//! Places in a text: byte offsets, and lines with columns.
//!
//! Offsets are `u32`: spans, tokens and nodes take half the memory that `usize` would need. Texts
//! of 4 GB and more are refused instead ([`MAX_BYTES`]).

use std::ops::Range;

/// A range of the text: byte offsets, `start` included, `end` not.
///
/// Every span that this crate returns is inside its text and on character boundaries.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Default, Hash)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last one; `start == end` is a place between two characters.
    pub end: u32,
}

impl Span {
    /// The span from byte `start` to byte `end` (not included).
    pub const fn new(start: u32, end: u32) -> Self {
        Span { start, end }
    }

    /// The same span as a range to slice the text with.
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The same range where its text begins `by` bytes later in a longer one.
    pub const fn shifted(self, by: u32) -> Span {
        Span::new(self.start.saturating_add(by), self.end.saturating_add(by))
    }

    /// The same range counted from byte `start`; what is before it is byte 0.
    pub const fn since(self, start: u32) -> Span {
        Span::new(
            self.start.saturating_sub(start),
            self.end.saturating_sub(start),
        )
    }

    /// The part of `text` that the span covers; empty where the span does not fit the text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }
}

/// The longest text that 32-bit offsets can describe; one more is left for the byte after its end.
pub const MAX_BYTES: usize = u32::MAX as usize - 1;

/// Where the lines of one text begin; built once, asked often.
///
/// A line ends with `\n`; a `\r` before it belongs to the line. A byte order mark at the start has
/// no column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineIndex {
    starts: Vec<u32>,
    end: u32,
}

/// A place as editors count it.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
}

impl LineIndex {
    /// Finds the lines of `text`.
    pub fn new(text: &str) -> Self {
        let breaks = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at as u32 + 1);
        LineIndex {
            starts: std::iter::once(0).chain(breaks).collect(),
            end: text.len() as u32,
        }
    }

    /// How many lines there are; an empty text has one.
    pub fn count(&self) -> u32 {
        self.starts.len() as u32
    }

    /// The position of a byte offset. An offset past the end means the end, one inside a character
    /// its start.
    pub fn position(&self, text: &str, offset: u32) -> Position {
        let offset = text.floor_char_boundary(offset as usize);
        let line = self
            .starts
            .partition_point(|start| *start as usize <= offset);
        let start = self
            .starts
            .get(line.wrapping_sub(1))
            .map_or(0, |s| *s as usize);
        let before = text.get(start..offset).unwrap_or("");
        let before = if start == 0 {
            without_bom(before)
        } else {
            before
        };
        Position {
            line: line.max(1) as u32,
            column: before.chars().count() as u32 + 1,
        }
    }

    /// The number (from 1) of the line with the byte `offset`. Quick, however long the line is.
    pub fn line_at(&self, offset: u32) -> u32 {
        let number = self.starts.partition_point(|start| *start <= offset);
        number.max(1) as u32
    }

    /// The byte offset of a position; `None` where the text has no such line, or the line no such
    /// column. The column after the last character is the line's end.
    pub fn offset(&self, text: &str, line: u32, column: u32) -> Option<u32> {
        let span = self.line_span(line)?;
        let source = text.get(span.range())?;
        let skip = if line == 1 {
            source.len() - without_bom(source).len()
        } else {
            0
        };
        let index = column.checked_sub(1)? as usize;
        let at = source[skip..]
            .char_indices()
            .map(|(at, _)| at)
            .chain([source.len() - skip])
            .nth(index)?;
        Some(span.start + (skip + at) as u32)
    }

    /// The span of a line (from 1) without its `\n`.
    pub fn line_span(&self, line: u32) -> Option<Span> {
        let start = *self.starts.get(line.checked_sub(1)? as usize)?;
        let end = self
            .starts
            .get(line as usize)
            .map_or(self.end, |next| next - 1);
        Some(Span { start, end })
    }
}

fn without_bom(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_that_does_not_fit_covers_nothing() {
        assert_eq!(Span::new(1, 4).of("abcdef"), "bcd");
        assert_eq!(Span::new(1, 9).of("abc"), "");
        assert_eq!(Span::new(1, 2).of("한국"), "");
    }

    #[test]
    fn columns_count_characters_and_come_back() {
        let text = "a\r\n한국 x\n\nend";
        let lines = LineIndex::new(text);
        assert_eq!(lines.count(), 4);
        let x = text.find('x').unwrap() as u32;
        assert_eq!(lines.position(text, x), Position { line: 2, column: 4 });
        for (offset, _) in text.char_indices().chain([(text.len(), ' ')]) {
            let place = lines.position(text, offset as u32);
            assert_eq!(lines.line_at(offset as u32), place.line);
            assert_eq!(
                lines.offset(text, place.line, place.column),
                Some(offset as u32),
                "{offset}"
            );
        }
    }

    #[test]
    fn a_byte_order_mark_has_no_column() {
        let text = "\u{feff}ab\nc";
        let lines = LineIndex::new(text);
        assert_eq!(lines.position(text, 3), Position { line: 1, column: 1 });
        assert_eq!(lines.offset(text, 1, 2), Some(4));
        assert_eq!(lines.offset(text, 2, 1), Some(6));
    }

    #[test]
    fn places_outside_the_text_are_clamped_or_none() {
        let lines = LineIndex::new("가");
        assert_eq!(lines.position("가", 2), Position { line: 1, column: 1 });
        assert_eq!(lines.position("가", 99), Position { line: 1, column: 2 });
        assert_eq!(lines.offset("가", 1, 3), None);
        assert_eq!(lines.offset("가", 0, 1), None);
        assert_eq!(lines.line_span(2), None);
        assert_eq!(
            LineIndex::default().position("", 0),
            Position { line: 1, column: 1 }
        );
    }
}
