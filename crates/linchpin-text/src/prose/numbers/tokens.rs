//! A text as digits, words and marks, for those who read its numbers.

use crate::prose::is_hangul_syllable;
use std::ops::Range;

/// What a piece of text is to a reader of numbers.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum NumberTokenKind {
    /// "28,500", "3.5": the value, and whether its digits stand without separators.
    Digits {
        value: f64,
        is_plain: bool,
    },
    /// Letters that are not Korean, in small letters.
    Word(String),
    Hangul,
    Punctuation(char),
}

/// A piece of text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct NumberToken {
    pub range: Range<usize>,
    pub kind: NumberTokenKind,
    /// No white space stands before it.
    pub is_adjacent: bool,
}

/// A text with its pieces.
pub(super) struct NumberTokens<'t> {
    pub text: &'t str,
    pub tokens: Vec<NumberToken>,
}

impl<'t> NumberTokens<'t> {
    pub fn new(text: &'t str) -> Self {
        let mut tokens: Vec<NumberToken> = Vec::new();
        let mut marks = text.char_indices().peekable();
        let mut end_before = 0;
        while let Some((start, first)) = marks.next() {
            if first.is_whitespace() || is_zero_width(first) {
                continue;
            }
            let kind = char_class(first);
            let mut end = start + first.len_utf8();
            while let Some((at, next)) = marks.peek().copied() {
                let goes_on = match kind {
                    'd' => {
                        next.is_ascii_digit()
                            || (matches!(next, ',' | '.') && is_digit_separator(text, at, start))
                    }
                    // Soft hyphens and the like stand within words, and part none.
                    'w' | 'k' => char_class(next) == kind || is_zero_width(next),
                    _ => false,
                };
                if !goes_on {
                    break;
                }
                end = at + next.len_utf8();
                marks.next();
            }
            let words = text.get(start..end).unwrap_or_default();
            let kind = match kind {
                'd' => NumberTokenKind::Digits {
                    value: words.replace(',', "").parse().unwrap_or(f64::NAN),
                    is_plain: words.bytes().all(|b| b.is_ascii_digit()),
                },
                'w' => NumberTokenKind::Word(words.replace('\u{ad}', "").to_lowercase()),
                'k' => NumberTokenKind::Hangul,
                _ => NumberTokenKind::Punctuation(normalize_punctuation(first)),
            };
            // "B-21" and "B - 21" differ only in this.
            let is_glued = start > 0 && start == end_before;
            end_before = end;
            tokens.push(NumberToken {
                range: start..end,
                kind,
                is_adjacent: is_glued,
            });
        }
        NumberTokens { text, tokens }
    }

    pub fn kind(&self, at: usize) -> Option<&NumberTokenKind> {
        Some(&self.tokens.get(at)?.kind)
    }

    /// The word at a place, in small letters.
    pub fn word(&self, at: usize) -> Option<&str> {
        match self.kind(at)? {
            NumberTokenKind::Word(word) => Some(word),
            _ => None,
        }
    }

    pub fn digits(&self, at: usize) -> Option<(f64, bool)> {
        match self.kind(at)? {
            NumberTokenKind::Digits { value, is_plain } => Some((*value, *is_plain)),
            _ => None,
        }
    }

    pub fn punctuation(&self, at: usize) -> Option<char> {
        match self.kind(at)? {
            NumberTokenKind::Punctuation(mark) => Some(*mark),
            _ => None,
        }
    }

    /// Whether the piece at a place stands right behind the one before it.
    pub fn is_adjacent(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is_adjacent)
    }

    /// The letters of a piece as they stand.
    pub fn source(&self, at: usize) -> &'t str {
        let range = self.tokens.get(at).map(|token| token.range.clone());
        range.and_then(|r| self.text.get(r)).unwrap_or_default()
    }

    /// The bytes from one piece up to, not including, another.
    pub fn range(&self, from: usize, to: usize) -> Range<usize> {
        let start = self.tokens.get(from).map_or(0, |token| token.range.start);
        let last = to.max(from + 1) - 1;
        let end = self.tokens.get(last).map_or(start, |token| token.range.end);
        start..end.max(start)
    }
}

fn char_class(c: char) -> char {
    match c {
        '0'..='9' => 'd',
        _ if is_hangul_syllable(c) => 'k',
        _ if c.is_alphabetic() => 'w',
        _ => 'm',
    }
}

/// Soft hyphens and marks without width are nothing.
fn is_zero_width(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'
    )
}

/// All dashes are one.
fn normalize_punctuation(c: char) -> char {
    match c {
        '‐' | '‑' | '‒' | '–' | '—' | '−' | '﹣' | '－' => '-',
        '∼' | '〜' | '～' => '~',
        '’' => '\'',
        other => other,
    }
}

/// Whether a comma or period inside digits is part of the number: three digits stand behind a
/// comma, and a period comes once.
fn is_digit_separator(text: &str, at: usize, start: usize) -> bool {
    let rest = text.get(at + 1..).unwrap_or_default();
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let before = text.get(start..at).unwrap_or_default();
    match text.as_bytes().get(at) {
        Some(b',') => digits == 3 && !before.contains('.'),
        _ => digits > 0 && !before.contains('.'),
    }
}
