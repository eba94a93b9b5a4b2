//! Where something stands in the text.

use std::ops::Range;

/// A stretch of the text: byte offsets, `start` included, `end` not.
///
/// Every span this module hands out lies inside its text and on character boundaries.
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

    /// The same stretch where its text begins `by` bytes later in a longer one.
    pub const fn shifted(self, by: u32) -> Span {
        Span::new(self.start.saturating_add(by), self.end.saturating_add(by))
    }

    /// The same stretch counted from byte `start`; what lies before it is byte 0.
    pub const fn since(self, start: u32) -> Span {
        Span::new(
            self.start.saturating_sub(start),
            self.end.saturating_sub(start),
        )
    }

    /// The words of `text` that the span covers; empty where the span does not fit the text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }
}

/// The longest text that 32 bits wide offsets can speak about, with one to spare.
pub const MAX_BYTES: usize = u32::MAX as usize - 1;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_that_does_not_fit_covers_nothing() {
        assert_eq!(Span::new(1, 4).of("abcdef"), "bcd");
        assert_eq!(Span::new(1, 9).of("abc"), "");
        assert_eq!(Span::new(1, 2).of("한국"), "");
    }
}
