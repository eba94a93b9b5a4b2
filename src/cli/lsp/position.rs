//! Places as editors count them: lines from 0, columns in bytes or in UTF-16 units.

use lsp_types::{Position, PositionEncodingKind, Range};
use ron_lossless::Span;
use std::cell::Cell;

/// How columns are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PositionEncoding {
    Utf8,
    Utf16,
}

impl PositionEncoding {
    /// The one that costs nothing where the editor offers it, else the one that every editor knows.
    pub fn chosen(offered: Option<&[PositionEncodingKind]>) -> Self {
        let has_utf8 = offered.is_some_and(|all| all.contains(&PositionEncodingKind::UTF8));
        if has_utf8 {
            PositionEncoding::Utf8
        } else {
            PositionEncoding::Utf16
        }
    }

    pub fn kind(self) -> PositionEncodingKind {
        match self {
            PositionEncoding::Utf8 => PositionEncodingKind::UTF8,
            PositionEncoding::Utf16 => PositionEncodingKind::UTF16,
        }
    }

    fn width(self, c: char) -> usize {
        match self {
            PositionEncoding::Utf8 => c.len_utf8(),
            PositionEncoding::Utf16 => c.len_utf16(),
        }
    }
}

/// The column that was counted last: the start of its line, the byte and the units before it. From
/// the start of a line of megabytes, each of a thousand problems would be counted anew.
#[derive(Debug, Default)]
pub(super) struct ColumnHint(Cell<(u32, u32, u32)>);

impl ColumnHint {
    /// Forgets it: the text is another.
    pub fn clear(&self) {
        self.0.set((0, 0, 0));
    }
}

/// Where the lines of a text are, as editors count them: a line ends with `\n`, `\r\n`, or with an
/// `\r` alone, which is no line's end to RON.
#[derive(Debug)]
pub(super) struct EditorLines {
    starts: Vec<u32>,
    end: u32,
}

impl EditorLines {
    /// Finds the lines of `text`.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let ends_line = |(at, byte): &(usize, &u8)| match byte {
            b'\n' => true,
            b'\r' => bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        };
        let breaks = bytes.iter().enumerate().filter(ends_line);
        let starts = breaks.map(|(at, _)| at as u32 + 1);
        EditorLines {
            starts: std::iter::once(0).chain(starts).collect(),
            end: text.len() as u32,
        }
    }

    /// The number (from 0) of the line with the byte `offset`.
    fn line_at(&self, offset: u32) -> u32 {
        let number = self.starts.partition_point(|start| *start <= offset);
        number.saturating_sub(1) as u32
    }

    /// The span of a line (from 0) with its end.
    fn span(&self, line: u32) -> Option<Span> {
        let start = *self.starts.get(line as usize)?;
        let next = self.starts.get(line as usize + 1);
        Some(Span::new(start, next.copied().unwrap_or(self.end)))
    }
}

/// The lines of one text, counted in one way.
pub(super) struct PositionMap<'a> {
    pub text: &'a str,
    pub lines: &'a EditorLines,
    pub encoding: PositionEncoding,
    /// Of this text, counted in this way.
    pub hint: &'a ColumnHint,
}

impl PositionMap<'_> {
    /// The byte offset of a position. One behind the end of a line is its end, one inside a
    /// character its start.
    pub fn offset(&self, position: Position) -> u32 {
        let Some(span) = self.lines.span(position.line) else {
            return self.text.len() as u32;
        };
        let line = span.of(self.text).trim_end_matches(['\r', '\n']);
        let column = position.character as usize;
        let mut units = 0;
        for (at, c) in line.char_indices() {
            units += self.encoding.width(c);
            if units > column {
                return span.start + at as u32;
            }
        }
        span.start + line.len() as u32
    }

    /// The position of a byte offset.
    pub fn position(&self, offset: u32) -> Position {
        let end = self.text.floor_char_boundary(offset as usize) as u32;
        let line = self.lines.line_at(end);
        let start = self.lines.span(line).map_or(0, |span| span.start);
        // Columns are counted forwards: a hint behind the place is of no use.
        let (from, counted) = match self.hint.0.get() {
            (hint_start, at, units) if hint_start == start && (start..=end).contains(&at) => {
                (at, units)
            }
            _ => (start, 0),
        };
        let before = Span::new(from, end).of(self.text);
        let units: usize = match self.encoding {
            PositionEncoding::Utf8 => before.len(),
            PositionEncoding::Utf16 => before.chars().map(char::len_utf16).sum(),
        };
        let units = counted + units as u32;
        self.hint.0.set((start, end, units));
        Position::new(line, units)
    }

    pub fn range(&self, span: Span) -> Range {
        Range::new(self.position(span.start), self.position(span.end))
    }

    /// The stretch of a range; ends in the wrong order are put right.
    pub fn span(&self, range: Range) -> Span {
        let (a, b) = (self.offset(range.start), self.offset(range.end));
        Span::new(a.min(b), a.max(b))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\u{feff}a\r\n한😀b\n\n끝";

    fn with<T>(encoding: PositionEncoding, ask: impl Fn(PositionMap) -> T) -> T {
        let lines = EditorLines::new(TEXT);
        ask(PositionMap {
            text: TEXT,
            lines: &lines,
            encoding,
            hint: &ColumnHint::default(),
        })
    }

    #[test]
    fn places_are_the_same_in_whatever_order_they_are_asked_for() {
        let alone = |offset| with(PositionEncoding::Utf16, |p| p.position(offset));
        let end = TEXT.len() as u32;
        with(PositionEncoding::Utf16, |p| {
            for offset in (0..=end)
                .chain((0..=end).rev())
                .chain([5, 17, 9, 12, 0, end])
            {
                assert_eq!(p.position(offset), alone(offset), "{offset}");
            }
        });
    }

    #[test]
    fn every_place_comes_back() {
        for encoding in [PositionEncoding::Utf8, PositionEncoding::Utf16] {
            for (offset, c) in TEXT.char_indices().chain([(TEXT.len(), ' ')]) {
                let back = with(encoding, |p| p.offset(p.position(offset as u32)));
                // No place is between the two halves of a line's end.
                let want = offset - usize::from(c == '\n' && TEXT[..offset].ends_with('\r'));
                assert_eq!(back, want as u32, "{encoding:?} {offset}");
            }
        }
    }

    #[test]
    fn columns_count_the_units_that_were_agreed() {
        let b = TEXT.find('b').unwrap() as u32;
        assert_eq!(
            with(PositionEncoding::Utf8, |p| p.position(b)),
            Position::new(1, 7)
        );
        assert_eq!(
            with(PositionEncoding::Utf16, |p| p.position(b)),
            Position::new(1, 3)
        );
    }

    #[test]
    fn a_carriage_return_alone_ends_a_line() {
        let text = "a\rb\r\nc\n\rd";
        let lines = EditorLines::new(text);
        let map = PositionMap {
            text,
            lines: &lines,
            encoding: PositionEncoding::Utf16,
            hint: &ColumnHint::default(),
        };
        for (line, letter) in [(0, 'a'), (1, 'b'), (2, 'c'), (4, 'd')] {
            let at = text.find(letter).unwrap() as u32;
            assert_eq!(map.position(at), Position::new(line, 0), "{letter}");
            assert_eq!(map.offset(Position::new(line, 0)), at, "{letter}");
            assert_eq!(map.offset(Position::new(line, 9)), at + 1, "{letter}");
        }
    }

    #[test]
    fn places_outside_are_clamped() {
        let offset = |line, column| {
            with(PositionEncoding::Utf16, |p| {
                p.offset(Position::new(line, column))
            })
        };
        let (line, end) = (TEXT.find('한').unwrap() as u32, TEXT.len() as u32);
        assert_eq!(offset(1, 2), line + 3, "inside a character");
        assert_eq!(offset(1, u32::MAX), line + 8);
        assert_eq!(offset(u32::MAX, u32::MAX), end);
        assert_eq!(offset(0, 99), 4, "before the line's end");
        let turned = Range::new(Position::new(3, 1), Position::new(1, 0));
        assert_eq!(
            with(PositionEncoding::Utf8, |p| p.span(turned)),
            Span::new(line, end - 3)
        );
    }
}
