//! Where a phrase stands in a text: letter for letter, else as a reader would take it.

use super::Prose;
use super::normal::{Normal, normal};
use memchr::memmem;
use std::ops::Range;

/// What was found of a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// In its paragraph, letter for letter: the bytes of the text.
    Exact(Range<usize>),
    /// In its paragraph, but for quotation marks, dashes, case or white space.
    Normalized(Range<usize>),
    /// In another paragraph.
    Moved {
        paragraph: u32,
        range: Range<usize>,
        /// Letter for letter.
        exact: bool,
        /// In how many other places it stands as well: more than none, and nobody can say which is meant.
        others: usize,
    },
    /// Nowhere.
    Broken,
}

impl Found {
    /// The bytes of the text where it stands.
    pub fn range(&self) -> Option<Range<usize>> {
        match self {
            Found::Exact(range) | Found::Normalized(range) | Found::Moved { range, .. } => {
                Some(range.clone())
            }
            Found::Broken => None,
        }
    }
}

/// Looks for a phrase in its paragraph, then in the others. Without a paragraph, the first place counts as its own.
pub fn find(prose: &Prose, paragraph: Option<u32>, phrase: &str) -> Found {
    let phrase = phrase.trim();
    if phrase.is_empty() {
        return Found::Broken;
    }
    if let Some(span) = paragraph.and_then(|number| prose.span(number)) {
        let own = prose.text().get(span.clone()).unwrap_or_default();
        if let Some(at) = exact(own, phrase).next() {
            let start = span.start + at;
            return Found::Exact(start..start + phrase.len());
        }
        if let Some(range) = alike(&normal(own), &normal(phrase).text).next() {
            return Found::Normalized(span.start + range.start..span.start + range.end);
        }
    }
    let (all, is_exact) = find_all(prose, phrase);
    let Some(range) = all.first().cloned() else {
        return Found::Broken;
    };
    let Some(number) = prose.paragraph_at(range.start) else {
        return Found::Broken;
    };
    match (paragraph, is_exact) {
        (None, true) => Found::Exact(range),
        (None, false) => Found::Normalized(range),
        (Some(_), exact) => Found::Moved {
            paragraph: number,
            range,
            exact,
            others: all.len() - 1,
        },
    }
}

/// Every place of a phrase in a text, and whether it stands there letter for letter; where it does so nowhere, the places where it stands but for
/// quotation marks, dashes, case or white space.
pub fn find_all(prose: &Prose, phrase: &str) -> (Vec<Range<usize>>, bool) {
    let phrase = phrase.trim();
    if phrase.is_empty() {
        return (Vec::new(), false);
    }
    let all: Vec<_> = exact(prose.text(), phrase)
        .map(|at| at..at + phrase.len())
        .collect();
    if !all.is_empty() {
        return (all, true);
    }
    let wanted = normal(phrase).text;
    let mut all = Vec::new();
    for (number, text) in prose.paragraphs() {
        let start = prose.span(number).map_or(0, |span| span.start);
        let found = find_in(text, &wanted).into_iter();
        all.extend(found.map(|range| start + range.start..start + range.end));
    }
    (all, false)
}

/// The bytes of `text` at which a phrase stands that has been made alike ([`normal`]).
pub fn find_in(text: &str, wanted: &str) -> Vec<Range<usize>> {
    if wanted.is_empty() {
        return Vec::new();
    }
    alike(&normal(text), wanted).collect()
}

fn exact<'t>(text: &'t str, phrase: &'t str) -> impl Iterator<Item = usize> + 't {
    let found = memmem::find_iter(text.as_bytes(), phrase.as_bytes());
    found.filter(move |at| is_whole(text, *at..at + phrase.len()))
}

fn alike<'t>(text: &'t Normal, wanted: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
    let found = memmem::find_iter(text.text.as_bytes(), wanted.as_bytes());
    let whole = found.filter(move |at| is_whole(&text.text, *at..at + wanted.len()));
    whole.map(move |at| text.source(at..at + wanted.len()))
}

/// Whether a stretch begins and ends where words do: "art" does not stand in "part", nor "100" in "1,000". Korean words take their particles
/// without a space, so they may go on.
fn is_whole(text: &str, range: Range<usize>) -> bool {
    let Some(inside) = text.get(range.clone()) else {
        return false;
    };
    let mut before = text.get(..range.start).unwrap_or_default().chars().rev();
    let (before, one_back) = (before.next(), before.next());
    let mut after = text.get(range.end..).unwrap_or_default().chars();
    let (next, one_on) = (after.next(), after.next());
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let goes_on = |a: Option<char>, b: Option<char>| {
        let of_word = |c: char| c.is_alphanumeric() && !is_korean(c);
        a.is_some_and(of_word) && b.is_some_and(of_word)
    };
    let (first, last) = (inside.chars().next(), inside.chars().next_back());
    let separates = |c: Option<char>| matches!(c, Some(',' | '.'));
    let cut_before = is_digit(first) && separates(before) && is_digit(one_back);
    let cut_after = is_digit(last) && separates(next) && is_digit(one_on);
    !goes_on(before, first) && !goes_on(last, next) && !cut_before && !cut_after
}

/// Syllables and letters of Korean.
fn is_korean(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{ac00}'..='\u{d7a3}')
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "The two sides will meet “every year” — in Seoul.\n\nThey will  meet again.\nThe parties part; 1,000 came.\n양국은 확장억제를 강화할 것이다.";

    fn found(paragraph: u32, phrase: &str) -> (Found, Option<String>) {
        let prose = Prose::new(TEXT);
        let found = find(&prose, Some(paragraph), phrase);
        let words = found.range().map(|r| prose.text()[r].to_owned());
        (found, words)
    }

    #[test]
    fn a_phrase_is_found_letter_for_letter_or_made_alike() {
        assert!(matches!(found(1, "will meet").0, Found::Exact(_)));
        let (how, words) = found(1, "will meet \"every year\" - in seoul");
        assert!(matches!(how, Found::Normalized(_)));
        assert_eq!(words.as_deref(), Some("will meet “every year” — in Seoul"));
        assert!(matches!(
            found(2, "will meet again").0,
            Found::Normalized(_)
        ));
        assert!(matches!(found(4, "확장억제").0, Found::Exact(_)));
    }

    #[test]
    fn a_phrase_in_another_paragraph_has_moved() {
        let (how, _) = found(1, "1,000 came");
        assert!(matches!(
            how,
            Found::Moved {
                paragraph: 3,
                exact: true,
                others: 0,
                ..
            }
        ));
        let (how, _) = found(9, "THEY WILL MEET");
        assert!(matches!(
            how,
            Found::Moved {
                paragraph: 2,
                exact: false,
                ..
            }
        ));
    }

    #[test]
    fn parts_of_words_and_numbers_are_not_found() {
        for phrase in ["art", "000 came", "1", "mee", "", "  "] {
            assert_eq!(found(3, phrase).0, Found::Broken, "{phrase:?}");
        }
    }
}
