//! Finding words in a text: with or without case, whole words or parts.

use super::text_position::is_word_char;
use memchr::memmem;
use ron_lossless::Span;

/// The most places that are remembered.
pub(super) const MAX_MATCHES: usize = 100_000;

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct TextQuery {
    pub pattern: String,
    /// "State" does not find "state".
    pub match_case: bool,
    /// "state" does not find "statement".
    pub whole_word: bool,
}

impl TextQuery {
    /// The first place that starts in `from..to`, both at the border of a character.
    pub fn first(&self, text: &str, from: u32, to: u32) -> Option<Span> {
        let mut at = from as usize;
        loop {
            let found = if self.match_case {
                // No further than a place that starts before the end can reach.
                let end = (to as usize + self.pattern.len()).min(text.len());
                let rest = text.as_bytes().get(at..end)?;
                let start = at + memmem::find(rest, self.pattern.as_bytes())?;
                Span::new(start as u32, (start + self.pattern.len()) as u32)
            } else {
                self.first_ignoring_case(text, at, to as usize)?
            };
            if self.pattern.is_empty() || found.start >= to {
                return None;
            }
            if !self.whole_word || is_whole_word(text, found) {
                return Some(found);
            }
            // One character on, and not past the place: the next one may overlap it.
            let skip = text.get(found.start as usize..)?.chars().next()?;
            at = found.start as usize + skip.len_utf8();
        }
    }

    /// The first place without regard to case.
    fn first_ignoring_case(&self, text: &str, mut at: usize, to: usize) -> Option<Span> {
        let first = self.pattern.chars().next()?;
        let bytes = text.as_bytes();
        while at < to {
            let rest = bytes.get(at..to)?;
            at += if first.is_ascii() {
                let (a, b) = (first.to_ascii_lowercase(), first.to_ascii_uppercase());
                memchr::memchr2(a as u8, b as u8, rest)?
            } else {
                let same = |c: char| lowercase(c).eq(lowercase(first));
                text.get(at..to)?.find(same)?
            };
            if let Some(len) = prefix_len_ignoring_case(text.get(at..)?, &self.pattern) {
                return Some(Span::new(at as u32, (at + len) as u32));
            }
            at += char_len_at(text, at);
        }
        None
    }
}

fn char_len_at(text: &str, at: usize) -> usize {
    let c = text.get(at..).and_then(|rest| rest.chars().next());
    c.map_or(1, char::len_utf8)
}

fn lowercase(c: char) -> impl Iterator<Item = char> {
    c.to_lowercase()
}

/// How many bytes of `text` are `words` but for case.
fn prefix_len_ignoring_case(text: &str, words: &str) -> Option<usize> {
    if words.is_ascii() {
        let head = text.as_bytes().get(..words.len())?;
        let same = head.eq_ignore_ascii_case(words.as_bytes());
        return same.then_some(words.len());
    }
    let mut chars = text.char_indices();
    for wanted in words.chars() {
        let (_, c) = chars.next()?;
        if c != wanted && !lowercase(c).eq(lowercase(wanted)) {
            return None;
        }
    }
    Some(chars.offset())
}

fn is_whole_word(text: &str, span: Span) -> bool {
    let (before, after) = (
        text.get(..span.start as usize),
        text.get(span.end as usize..),
    );
    let joins = |a: Option<char>, b: Option<char>| {
        a.is_some_and(is_word_char) && b.is_some_and(is_word_char)
    };
    let inside = span.of(text);
    !joins(
        before.and_then(|t| t.chars().next_back()),
        inside.chars().next(),
    ) && !joins(
        inside.chars().next_back(),
        after.and_then(|t| t.chars().next()),
    )
}

/// The places where something was found, as far as the text was searched.
#[derive(Clone, Debug, Default)]
pub(super) struct SearchMatches {
    query: TextQuery,
    revision: Option<u64>,
    /// In the order of the text; none overlaps another.
    pub spans: Vec<Span>,
    searched_to: u32,
    /// All of the text was searched.
    pub is_complete: bool,
}

impl SearchMatches {
    /// Searches on, so many bytes at most. Begins anew where the query or the text is another.
    pub fn search(&mut self, text: &str, revision: u64, query: &TextQuery, bytes: u32) {
        if self.revision != Some(revision) || self.query != *query {
            *self = SearchMatches {
                query: query.clone(),
                revision: Some(revision),
                ..SearchMatches::default()
            };
        }
        let end = text.len() as u32;
        let to = text.ceil_char_boundary(self.searched_to.saturating_add(bytes) as usize) as u32;
        while !self.is_complete && self.searched_to < to {
            match query.first(text, self.searched_to, to) {
                Some(span) if self.spans.len() < MAX_MATCHES => {
                    self.spans.push(span);
                    self.searched_to = span.end;
                }
                // At the most that are remembered, the search ends as at the end of the text.
                Some(_) => self.is_complete = true,
                None => self.searched_to = to,
            }
        }
        self.is_complete |= self.searched_to >= end || query.pattern.is_empty();
    }

    /// The place after `offset` or the one before, round the end of the text.
    pub fn next_from(&self, offset: u32, back: bool) -> Option<Span> {
        let at = self.spans.partition_point(|s| s.start < offset);
        let found = if back {
            at.checked_sub(1).and_then(|at| self.spans.get(at))
        } else {
            self.spans.get(at)
        };
        let round = if back {
            self.spans.last()
        } else {
            self.spans.first()
        };
        found.or(round).copied()
    }

    /// Which place it is that is selected, from 0.
    pub fn index_of(&self, selected: Span) -> Option<usize> {
        let at = self.spans.partition_point(|s| s.start < selected.start);
        (self.spans.get(at) == Some(&selected)).then_some(at)
    }

    /// The places that touch `span`.
    pub fn touching(&self, span: Span) -> &[Span] {
        let from = self.spans.partition_point(|s| s.end <= span.start);
        let to = self.spans.partition_point(|s| s.start < span.end);
        self.spans.get(from..to).unwrap_or(&[])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(words: &str, match_case: bool, whole_word: bool) -> TextQuery {
        TextQuery {
            pattern: words.into(),
            match_case,
            whole_word,
        }
    }

    fn all(text: &str, query: &TextQuery, step: u32) -> Vec<u32> {
        let mut found = SearchMatches::default();
        while !found.is_complete {
            found.search(text, 1, query, step);
        }
        found.spans.iter().map(|s| s.start).collect()
    }

    #[test]
    fn case_and_whole_words_are_a_choice() {
        let text = "State state statement 한국 ÉTAT état 한국어";
        for step in [1, 7, 1000] {
            assert_eq!(all(text, &query("state", false, false), step), [0, 6, 12]);
            assert_eq!(all(text, &query("state", true, false), step), [6, 12]);
            assert_eq!(all(text, &query("STATE", false, true), step), [0, 6]);
            let at = text.find("ÉTAT").unwrap() as u32;
            assert_eq!(all(text, &query("état", false, false), step), [at, at + 6]);
            assert_eq!(all(text, &query("한국", false, true), step).len(), 1);
            assert_eq!(all(text, &query("한국", true, false), step).len(), 2);
        }
        assert_eq!(all("aaaa", &query("aa", true, false), 9), [0, 2]);
        assert_eq!(all("aaaa", &query("", true, false), 9), [0_u32; 0]);
    }

    #[test]
    fn the_next_place_goes_round_the_end() {
        let text = "ab ab ab";
        let mut found = SearchMatches::default();
        found.search(text, 1, &query("ab", false, false), 100);
        let start = |offset, back| found.next_from(offset, back).map(|s| s.start);
        assert_eq!((start(1, false), start(7, false)), (Some(3), Some(0)));
        assert_eq!((start(3, true), start(0, true)), (Some(0), Some(6)));
        assert_eq!(found.index_of(Span::new(3, 5)), Some(1));
        assert_eq!(found.index_of(Span::new(3, 4)), None);
        assert_eq!(found.touching(Span::new(4, 7)).len(), 2);
        found.search("ab", 2, &query("ab", false, false), 100);
        assert_eq!(found.spans.len(), 1);
    }
}
