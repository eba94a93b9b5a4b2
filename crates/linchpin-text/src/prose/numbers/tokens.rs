//! A text as digits, words and marks, for those who read its numbers.

use std::ops::Range;

/// What a piece of text is to a reader of numbers.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    /// "28,500", "3.5": the value, and whether its digits stand without separators.
    Digits {
        value: f64,
        is_plain: bool,
    },
    /// Letters that are not Korean, in small letters.
    Word(String),
    Korean,
    Mark(char),
}

/// A piece of text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    pub range: Range<usize>,
    pub kind: Kind,
    /// No white space stands before it.
    pub is_glued: bool,
}

/// A text with its pieces.
pub(super) struct Tokens<'t> {
    pub text: &'t str,
    pub all: Vec<Token>,
}

impl<'t> Tokens<'t> {
    pub fn new(text: &'t str) -> Self {
        let mut all: Vec<Token> = Vec::new();
        let mut marks = text.char_indices().peekable();
        let mut end_before = 0;
        while let Some((start, first)) = marks.next() {
            if first.is_whitespace() || is_nothing(first) {
                continue;
            }
            let kind = kind_of(first);
            let mut end = start + first.len_utf8();
            while let Some((at, next)) = marks.peek().copied() {
                let goes_on = match kind {
                    'd' => {
                        next.is_ascii_digit()
                            || (matches!(next, ',' | '.') && separates(text, at, start))
                    }
                    'w' | 'k' => kind_of(next) == kind || is_nothing(next),
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
                'd' => Kind::Digits {
                    value: words.replace(',', "").parse().unwrap_or(f64::NAN),
                    is_plain: words.bytes().all(|b| b.is_ascii_digit()),
                },
                'w' => Kind::Word(words.replace('\u{ad}', "").to_lowercase()),
                'k' => Kind::Korean,
                _ => Kind::Mark(dash_or(first)),
            };
            let is_glued = start > 0 && start == end_before;
            end_before = end;
            all.push(Token {
                range: start..end,
                kind,
                is_glued,
            });
        }
        Tokens { text, all }
    }

    pub fn kind(&self, at: usize) -> Option<&Kind> {
        Some(&self.all.get(at)?.kind)
    }

    /// The word at a place, in small letters.
    pub fn word(&self, at: usize) -> Option<&str> {
        match self.kind(at)? {
            Kind::Word(word) => Some(word),
            _ => None,
        }
    }

    pub fn digits(&self, at: usize) -> Option<(f64, bool)> {
        match self.kind(at)? {
            Kind::Digits { value, is_plain } => Some((*value, *is_plain)),
            _ => None,
        }
    }

    pub fn mark(&self, at: usize) -> Option<char> {
        match self.kind(at)? {
            Kind::Mark(mark) => Some(*mark),
            _ => None,
        }
    }

    /// Whether the piece at a place stands right behind the one before it.
    pub fn is_glued(&self, at: usize) -> bool {
        self.all.get(at).is_some_and(|token| token.is_glued)
    }

    /// The letters of a piece as they stand.
    pub fn letters(&self, at: usize) -> &'t str {
        let range = self.all.get(at).map(|token| token.range.clone());
        range.and_then(|r| self.text.get(r)).unwrap_or_default()
    }

    /// The bytes from one piece up to, not including, another.
    pub fn range(&self, from: usize, to: usize) -> Range<usize> {
        let start = self.all.get(from).map_or(0, |token| token.range.start);
        let last = to.max(from + 1) - 1;
        let end = self.all.get(last).map_or(start, |token| token.range.end);
        start..end.max(start)
    }
}

fn kind_of(c: char) -> char {
    match c {
        '0'..='9' => 'd',
        _ if is_korean(c) => 'k',
        _ if c.is_alphabetic() => 'w',
        _ => 'm',
    }
}

pub(super) fn is_korean(c: char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7a3}')
}

/// Soft hyphens and marks without width are nothing.
fn is_nothing(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'
    )
}

/// All dashes are one.
fn dash_or(c: char) -> char {
    match c {
        '‐' | '‑' | '‒' | '–' | '—' | '−' | '﹣' | '－' => '-',
        '∼' | '〜' | '～' => '~',
        '’' => '\'',
        other => other,
    }
}

/// Whether a comma or period inside digits is part of the number: three digits stand behind a
/// comma, and a period comes once.
fn separates(text: &str, at: usize, start: usize) -> bool {
    let rest = text.get(at + 1..).unwrap_or_default();
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let before = text.get(start..at).unwrap_or_default();
    match text.as_bytes().get(at) {
        Some(b',') => digits == 3 && !before.contains('.'),
        _ => digits > 0 && !before.contains('.'),
    }
}
