//! A document's text as plain values: its paragraphs, its sentences, its words, and how a phrase is
//! found in it. Knows no register.

mod closest_passage;
mod find;
mod normalize;
pub mod numbers;
mod sentences;

pub use closest_passage::closest_passage;
pub use find::{
    PhraseFinder, PhraseMatch, find, find_all, find_in_paragraph, find_normalized_phrase,
};
pub use normalize::{NormalizedText, normalize};
pub use sentences::sentences;

use sha2::{Digest as _, Sha256};
use std::ops::Range;
use std::sync::Arc;

/// A text. A paragraph is a line that is not blank; paragraphs are counted from 1.
#[derive(Clone, Debug)]
pub struct Prose {
    text: Arc<str>,
    /// The byte range of each paragraph, without white space at its ends.
    paragraphs: Vec<Range<usize>>,
}

impl Prose {
    /// A text with its paragraphs. Never fails; an empty text has no paragraph.
    pub fn new(text: impl Into<Arc<str>>) -> Self {
        let text: Arc<str> = text.into();
        let mut paragraphs = Vec::new();
        let mut start = 0;
        let ends = memchr::memchr2_iter(b'\n', b'\r', text.as_bytes()).chain([text.len()]);
        for end in ends {
            let line = text.get(start..end).unwrap_or_default();
            let shown = line.trim_matches(is_space);
            if !shown.is_empty() {
                let from = start + (line.len() - line.trim_start_matches(is_space).len());
                paragraphs.push(from..from + shown.len());
            }
            start = end + 1;
        }
        Prose { text, paragraphs }
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How many paragraphs there are.
    pub fn len(&self) -> u32 {
        u32::try_from(self.paragraphs.len()).unwrap_or(u32::MAX)
    }

    /// Whether there is no paragraph.
    pub fn is_empty(&self) -> bool {
        self.paragraphs.is_empty()
    }

    /// The bytes of a paragraph, counted from 1.
    pub fn span(&self, paragraph: u32) -> Option<Range<usize>> {
        let index = usize::try_from(paragraph).ok()?.checked_sub(1)?;
        self.paragraphs.get(index).cloned()
    }

    /// A paragraph, counted from 1.
    pub fn paragraph(&self, paragraph: u32) -> Option<&str> {
        self.text.get(self.span(paragraph)?)
    }

    /// The paragraphs with their numbers.
    pub fn paragraphs(&self) -> impl Iterator<Item = (u32, &str)> {
        let numbered = (1..).zip(&self.paragraphs);
        numbered.filter_map(|(number, span)| Some((number, self.text.get(span.clone())?)))
    }

    /// The paragraph that holds a byte of the text.
    pub fn paragraph_at(&self, byte: usize) -> Option<u32> {
        let behind = self.paragraphs.partition_point(|span| span.end <= byte);
        let span = self.paragraphs.get(behind)?;
        (span.start <= byte).then_some(u32::try_from(behind + 1).unwrap_or(u32::MAX))
    }
}

/// Whether it is a composed Korean syllable.
pub(crate) fn is_hangul_syllable(c: char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7a3}')
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

/// The SHA-256 of bytes, in 64 hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    let digits = Sha256::digest(bytes);
    digits.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_lines_that_say_something() {
        let prose = Prose::new("\u{feff}One.\r\n\r\n \t\rTwo, 둘.  \nThree");
        let all: Vec<_> = prose.paragraphs().collect();
        assert_eq!(all, [(1, "One."), (2, "Two, 둘."), (3, "Three")]);
        assert_eq!(prose.paragraph(2), Some("Two, 둘."));
        assert_eq!((prose.paragraph(0), prose.paragraph(4)), (None, None));
        let at = prose.text().find('둘').unwrap();
        assert_eq!(prose.paragraph_at(at), Some(2));
        assert_eq!(prose.paragraph_at(prose.text().len()), None);
        assert!(Prose::new(" \n\n").is_empty());
    }

    #[test]
    fn a_hash_is_the_known_one() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(sha256(b""), empty);
    }
}
