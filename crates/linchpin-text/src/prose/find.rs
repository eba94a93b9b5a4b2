//! Where a phrase stands in a text: letter for letter, else as a reader would take it.

use super::Prose;
use super::normalize::{NormalizedText, normalize};
use memchr::memmem;
use std::collections::HashMap;
use std::ops::Range;

/// What was found of a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PhraseMatch {
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
        /// In how many other paragraphs it stands as well: more than none, and nobody can say which
        /// is meant.
        others: usize,
    },
    /// Nowhere.
    Broken,
}

impl PhraseMatch {
    /// The bytes of the text where it stands.
    pub fn range(&self) -> Option<Range<usize>> {
        match self {
            PhraseMatch::Exact(range)
            | PhraseMatch::Normalized(range)
            | PhraseMatch::Moved { range, .. } => Some(range.clone()),
            PhraseMatch::Broken => None,
        }
    }
}

/// Looks for phrases in one text. What it has normalized it keeps, so that a thousand phrases cost
/// little more than one.
pub struct PhraseFinder<'p> {
    prose: &'p Prose,
    /// Paragraphs that were normalized, by their number.
    normalized_paragraphs: HashMap<u32, NormalizedText>,
    /// All of them, with a line break between two.
    normalized_text: Option<NormalizedText>,
}

impl<'p> PhraseFinder<'p> {
    /// Nothing is normalized yet.
    pub fn new(prose: &'p Prose) -> Self {
        PhraseFinder {
            prose,
            normalized_paragraphs: HashMap::new(),
            normalized_text: None,
        }
    }

    /// Looks for a phrase in its paragraph, then in the others. Without a paragraph, the first
    /// place counts as its own.
    pub fn find(&mut self, paragraph: Option<u32>, phrase: &str) -> PhraseMatch {
        let phrase = phrase.trim();
        // The cited paragraph first, even normalized: a phrase that is nearly right in its place
        // has not moved, though it may stand elsewhere letter for letter.
        if let Some(found) = paragraph.and_then(|number| self.find_in_paragraph(number, phrase)) {
            return found;
        }
        let (all, is_exact) = self.find_all(phrase);
        let Some(range) = all.first().cloned() else {
            return PhraseMatch::Broken;
        };
        match (paragraph, is_exact) {
            (None, true) => PhraseMatch::Exact(range),
            (None, false) => PhraseMatch::Normalized(range),
            (Some(_), exact) => {
                let places = all.iter();
                let places = places.filter_map(|range| self.prose.paragraph_at(range.start));
                let mut paragraphs: Vec<u32> = places.collect();
                paragraphs.dedup();
                match paragraphs.first() {
                    Some(&paragraph) => PhraseMatch::Moved {
                        paragraph,
                        range,
                        exact,
                        others: paragraphs.len() - 1,
                    },
                    None => PhraseMatch::Broken,
                }
            }
        }
    }

    fn find_in_paragraph(&mut self, number: u32, phrase: &str) -> Option<PhraseMatch> {
        let span = self.prose.span(number)?;
        let own = self.prose.text().get(span.clone())?;
        if let Some(range) = find_exact(own, phrase).next() {
            return Some(PhraseMatch::Exact(shifted(range, span.start)));
        }
        let wanted = normalize(phrase).text;
        let own = self
            .normalized_paragraphs
            .entry(number)
            .or_insert_with(|| normalize(own));
        let range = find_normalized(own, &wanted).next()?;
        Some(PhraseMatch::Normalized(shifted(range, span.start)))
    }

    /// Every place of a phrase in the text, and whether it stands there letter for letter; where it
    /// does so nowhere, the places where it stands but for quotation marks, dashes, case or white
    /// space.
    pub fn find_all(&mut self, phrase: &str) -> (Vec<Range<usize>>, bool) {
        let (phrase, prose) = (phrase.trim(), self.prose);
        // The whole text is searched at once; what reaches over a line end is in no paragraph.
        let in_one = |range: &Range<usize>| {
            let number = prose.paragraph_at(range.start);
            let span = number.and_then(|number| prose.span(number));
            span.is_some_and(|span| range.end <= span.end)
        };
        let all: Vec<_> = find_exact(prose.text(), phrase).filter(in_one).collect();
        if !all.is_empty() {
            return (all, true);
        }
        let wanted = normalize(phrase).text;
        let whole = self
            .normalized_text
            .get_or_insert_with(|| normalize_paragraphs(prose));
        (find_normalized(whole, &wanted).collect(), false)
    }
}

/// All paragraphs of a text, normalized one by one, so that no character composes over the end of
/// one.
fn normalize_paragraphs(prose: &Prose) -> NormalizedText {
    let mut whole = NormalizedText::with_capacity(prose.text().len() + 1);
    for (number, text) in prose.paragraphs() {
        let start = prose.span(number).map_or(0, |span| span.start);
        whole.append(text, start);
        whole.push_paragraph_break();
    }
    whole
}

/// Looks for one phrase in its paragraph, then in the others: see [`PhraseFinder::find`].
pub fn find(prose: &Prose, paragraph: Option<u32>, phrase: &str) -> PhraseMatch {
    PhraseFinder::new(prose).find(paragraph, phrase)
}

/// Where one phrase stands in one paragraph, letter for letter or as a reader would take it.
pub fn find_in_paragraph(prose: &Prose, paragraph: u32, phrase: &str) -> Option<PhraseMatch> {
    PhraseFinder::new(prose).find_in_paragraph(paragraph, phrase.trim())
}

/// Every place of one phrase in a text: see [`PhraseFinder::find_all`].
pub fn find_all(prose: &Prose, phrase: &str) -> (Vec<Range<usize>>, bool) {
    PhraseFinder::new(prose).find_all(phrase)
}

/// The bytes of `text` at which a phrase stands that has been normalized ([`normalize`]).
pub fn find_normalized_phrase(text: &str, wanted: &str) -> Vec<Range<usize>> {
    find_normalized(&normalize(text), wanted).collect()
}

fn find_exact<'t>(text: &'t str, phrase: &'t str) -> WholeWordMatches<'t> {
    WholeWordMatches {
        text,
        searcher: memmem::Finder::new(phrase),
        from: 0,
    }
}

fn find_normalized<'t>(
    text: &'t NormalizedText,
    wanted: &'t str,
) -> impl Iterator<Item = Range<usize>> + 't {
    find_exact(&text.text, wanted).map(|range| text.source_range(range))
}

fn shifted(range: Range<usize>, by: usize) -> Range<usize> {
    range.start + by..range.end + by
}

/// The places at which a phrase begins and ends where words do, none of which overlaps another. An
/// empty phrase stands nowhere.
struct WholeWordMatches<'t> {
    text: &'t str,
    searcher: memmem::Finder<'t>,
    from: usize,
}

impl Iterator for WholeWordMatches<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let length = self.searcher.needle().len();
        if length == 0 {
            return None;
        }
        loop {
            let rest = self.text.as_bytes().get(self.from..)?;
            let start = self.from + self.searcher.find(rest)?;
            let range = start..start + length;
            if is_on_word_boundaries(self.text, range.clone()) {
                self.from = range.end;
                return Some(range);
            }
            // "to to" stands in "onto to to", though not where it is met first.
            self.from = start + 1;
        }
    }
}

/// Whether a stretch begins and ends where words do: "art" does not stand in "part", nor "100" in
/// "1,000". Korean words take their particles without a space, so they may go on.
fn is_on_word_boundaries(text: &str, range: Range<usize>) -> bool {
    let Some(inside) = text.get(range.clone()) else {
        return false;
    };
    let mut before = text.get(..range.start).unwrap_or_default().chars().rev();
    let (before, one_back) = (before.next(), before.next());
    let mut after = text.get(range.end..).unwrap_or_default().chars();
    let (next, one_on) = (after.next(), after.next());
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let goes_on = |a: Option<char>, b: Option<char>| {
        let of_word = |c: char| c.is_alphanumeric() && !is_hangul(c);
        a.is_some_and(of_word) && b.is_some_and(of_word)
    };
    let (first, last) = (inside.chars().next(), inside.chars().next_back());
    let separates = |c: Option<char>| matches!(c, Some(',' | '.'));
    // "000" in "1,000" and "5" in "3.5" are parts of numbers, though a mark parts them.
    let cut_before = is_digit(first) && separates(before) && is_digit(one_back);
    let cut_after = is_digit(last) && separates(next) && is_digit(one_on);
    !goes_on(before, first) && !goes_on(last, next) && !cut_before && !cut_after
}

/// Syllables and letters of Korean.
fn is_hangul(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{ac00}'..='\u{d7a3}')
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "The two sides will meet “every year” — in Seoul.\n\nThey will  meet \
        again.\nThe parties part; 1,000 came.\n양국은 확장억제를 강화할 것이다.";

    fn found(paragraph: u32, phrase: &str) -> (PhraseMatch, Option<String>) {
        let prose = Prose::new(TEXT);
        let found = find(&prose, Some(paragraph), phrase);
        let words = found.range().map(|r| prose.text()[r].to_owned());
        (found, words)
    }

    #[test]
    fn a_phrase_is_found_exactly_or_normalized() {
        assert!(matches!(found(1, "will meet").0, PhraseMatch::Exact(_)));
        let (how, words) = found(1, "will meet \"every year\" - in seoul");
        assert!(matches!(how, PhraseMatch::Normalized(_)));
        assert_eq!(words.as_deref(), Some("will meet “every year” — in Seoul"));
        assert!(matches!(
            found(2, "will meet again").0,
            PhraseMatch::Normalized(_)
        ));
        assert!(matches!(found(4, "확장억제").0, PhraseMatch::Exact(_)));
    }

    #[test]
    fn a_phrase_in_another_paragraph_has_moved() {
        let (how, _) = found(1, "1,000 came");
        assert!(matches!(
            how,
            PhraseMatch::Moved {
                paragraph: 3,
                exact: true,
                others: 0,
                ..
            }
        ));
        let (how, _) = found(9, "THEY WILL MEET");
        assert!(matches!(
            how,
            PhraseMatch::Moved {
                paragraph: 2,
                exact: false,
                ..
            }
        ));
    }

    #[test]
    fn a_phrase_is_found_behind_a_part_of_a_word_and_never_over_two_paragraphs() {
        let prose = Prose::new("They go onto to to.\nAnd back.");
        let once = vec![Range { start: 13, end: 18 }];
        assert_eq!(find_all(&prose, "to to"), (once.clone(), true));
        assert_eq!(find_all(&prose, "TO to"), (once, false));
        for phrase in ["to to.\nAnd", "to. and", "\u{ad}", "\u{200b} "] {
            assert_eq!(
                find(&prose, Some(1), phrase),
                PhraseMatch::Broken,
                "{phrase:?}"
            );
            assert_eq!(
                find(&prose, None, phrase),
                PhraseMatch::Broken,
                "{phrase:?}"
            );
        }
    }

    #[test]
    fn parts_of_words_and_numbers_are_not_found() {
        for phrase in ["art", "000 came", "1", "mee", "", "  "] {
            assert_eq!(found(3, phrase).0, PhraseMatch::Broken, "{phrase:?}");
        }
    }
}
