//! A text in pieces that are quick to lay out: its paragraphs, very long ones cut where a sentence
//! ends.

use linchpin_text::prose::{Prose, sentences};
use std::ops::Range;

/// Up to this many bytes a paragraph stays whole.
const MAX_BLOCK_BYTES: usize = 4_000;

/// A paragraph, or a part of a very long one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReaderBlock {
    /// From 1.
    pub paragraph: u32,
    /// The bytes of the whole text.
    pub range: Range<usize>,
    /// The paragraph begins here.
    pub starts_paragraph: bool,
    /// The paragraph ends here.
    pub ends_paragraph: bool,
}

/// The blocks of a text, in its order.
pub fn reader_blocks(prose: &Prose) -> Vec<ReaderBlock> {
    let mut all = Vec::new();
    for (paragraph, text) in prose.paragraphs() {
        let start = prose.span(paragraph).map_or(0, |span| span.start);
        let first = all.len();
        let mut from = 0;
        for end in split_points(text) {
            all.push(ReaderBlock {
                paragraph,
                range: start + from..start + end,
                starts_paragraph: all.len() == first,
                ends_paragraph: end == text.len(),
            });
            from = end;
        }
    }
    all
}

/// Where the pieces of a paragraph end: at its end, and before it wherever a sentence ends before
/// the piece is too long; where none does, after a space, and where there is none, anywhere between
/// two letters.
fn split_points(text: &str) -> Vec<usize> {
    if text.len() <= MAX_BLOCK_BYTES {
        return vec![text.len()];
    }
    let mut all: Vec<usize> = Vec::new();
    // A piece ends at the last sentence that still fits; sentences that do not fit are cut
    // themselves.
    let starts = sentences(text).into_iter().map(|s| s.start).skip(1);
    let mut from = 0;
    let mut last = 0;
    for start in starts.chain([text.len()]) {
        if start - from > MAX_BLOCK_BYTES && last > from {
            all.push(last);
            from = last;
        }
        while start - from > MAX_BLOCK_BYTES {
            from = split_within(text, from);
            all.push(from);
        }
        last = start;
    }
    if from < text.len() {
        all.push(text.len());
    }
    all
}

/// A place at most [`MAX_BYTES`] behind `from`, after a space if there is one.
fn split_within(text: &str, from: usize) -> usize {
    let mut end = (from + MAX_BLOCK_BYTES).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let piece = text.get(from..end).unwrap_or_default();
    match piece.rfind(char::is_whitespace) {
        Some(at) if at > 0 => {
            let space = piece[at..].chars().next().map_or(1, char::len_utf8);
            from + at + space
        }
        _ => end,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(text: &str) -> Vec<ReaderBlock> {
        let prose = Prose::new(text);
        let all = reader_blocks(&prose);
        let joined: String = all.iter().map(|b| &prose.text()[b.range.clone()]).collect();
        let paragraphs: String = prose.paragraphs().map(|(_, text)| text).collect();
        assert_eq!(joined, paragraphs);
        assert!(
            all.iter()
                .all(|b| b.range.len() <= MAX_BLOCK_BYTES && !b.range.is_empty())
        );
        assert_eq!(
            all.iter().filter(|b| b.starts_paragraph).count(),
            prose.len() as usize
        );
        assert_eq!(
            all.iter().filter(|b| b.ends_paragraph).count(),
            prose.len() as usize
        );
        all
    }

    #[test]
    fn a_paragraph_is_a_block() {
        let all = whole("One. Two.\n\n둘.");
        assert_eq!(all.len(), 2);
        assert_eq!((all[1].paragraph, all[1].starts_paragraph), (2, true));
        assert!(whole("").is_empty());
    }

    #[test]
    fn an_enormous_paragraph_is_cut_between_sentences() {
        let text = "The two sides met in the U.S. again. ".repeat(2_000);
        let text = text.trim();
        let all = whole(text);
        assert!(all.len() > 15);
        for block in all.iter().skip(1) {
            assert!(text[block.range.clone()].starts_with("The two"));
        }
    }

    #[test]
    fn what_has_no_sentences_is_cut_all_the_same() {
        whole(&"word ".repeat(5_000));
        whole(&"한".repeat(5_000));
        whole(&format!(
            "Short one. {} Another one.",
            "가나다".repeat(3_000)
        ));
    }
}
