//! A sentence made ready to be read for candidates: its words, each with its place and with what
//! stands between it and the word before it, and all that they tell.

use super::lexicon::{CueLexicon, LexiconHit};
use super::name_trie::NameMatch;
use super::subjects::{PartyGroup, party_groups};
use linchpin_register::Register;
use linchpin_register::vocabulary::CueKind;
use linchpin_text::prose::normalize;
use std::ops::Range;

/// A sentence: its words and all that they tell.
pub(super) struct SentenceAnalysis<'s, 'r> {
    pub source: &'s str,
    pub words: Vec<Word>,
    pub hits: Vec<LexiconHit<'r>>,
    pub names: Vec<NameMatch>,
    pub groups: Vec<PartyGroup>,
}

impl<'s, 'r> SentenceAnalysis<'s, 'r> {
    pub fn new(register: &'r Register, lexicon: &CueLexicon<'r>, source: &'s str) -> Self {
        let words = tokenize_words(source);
        let hits = lexicon.find_hits(&words);
        let names = lexicon.names.find_names(&words);
        let groups = party_groups(register, &words, &names, &hits);
        SentenceAnalysis {
            source,
            words,
            hits,
            names,
            groups,
        }
    }

    /// The words that tell something of a kind.
    pub fn cues_of_kind(&self, kind: CueKind) -> impl Iterator<Item = &LexiconHit<'r>> {
        self.hits
            .iter()
            .filter(move |hit| hit.entry.cue_kind() == Some(kind))
    }

    pub fn word_at(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| word.text.as_str())
    }

    /// The word before a place, but for those that may stand in between.
    pub fn word_before(&self, lexicon: &CueLexicon<'_>, at: usize) -> Option<usize> {
        let mut before = at.checked_sub(1)?;
        while self
            .words
            .get(before)
            .is_some_and(|word| lexicon.is_filler(word))
        {
            before = before.checked_sub(1)?;
        }
        Some(before)
    }

    /// The first place from `at` on that holds no word that may stand in between.
    pub fn skip_fillers(&self, lexicon: &CueLexicon<'_>, mut at: usize) -> usize {
        while self
            .words
            .get(at)
            .is_some_and(|word| lexicon.is_filler(word))
        {
            at += 1;
        }
        at
    }

    /// The bytes of words, from the start of the sentence.
    pub fn byte_range(&self, range: Range<usize>) -> Range<usize> {
        let start = self
            .words
            .get(range.start)
            .map_or(0, |word| word.range.start);
        let last = range.end.max(range.start + 1) - 1;
        let end = self.words.get(last).map_or(start, |word| word.range.end);
        start..end.max(start)
    }

    /// Words as they stand.
    pub fn text_of(&self, range: Range<usize>) -> String {
        let bytes = self.byte_range(range);
        self.source.get(bytes).unwrap_or_default().to_owned()
    }
}

/// What stands before a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum WordGap {
    /// Nothing, or white space.
    Space,
    /// "U.S.-ROK"
    Hyphen,
    Comma,
    /// A dash, a bracket, a quotation mark, a colon.
    Break,
}

/// A word of a sentence.
#[derive(Clone, Debug)]
pub(super) struct Word {
    /// In small letters, without the periods of an abbreviation.
    pub text: String,
    /// Its bytes in the source.
    pub range: Range<usize>,
    pub gap: WordGap,
    /// It begins with a capital letter.
    pub is_capital: bool,
    /// "ROK", "U.S.": more than one letter, all of them capitals.
    pub is_all_caps: bool,
    /// It stands in brackets.
    pub in_brackets: bool,
}

/// The words of a stretch of text; ranges count from its start. "don't" is "do" and "not", "we'll"
/// is "we" and "will".
#[expect(clippy::too_many_lines, reason = "one case after another")]
pub(super) fn tokenize_words(source: &str) -> Vec<Word> {
    let normalized = normalize(source);
    let text = normalized.text.as_str();
    let mut all: Vec<Word> = Vec::new();
    let mut gap = WordGap::Space;
    let mut depth = 0_u32;
    let mut chars = text.char_indices().peekable();
    while let Some((start, first)) = chars.next() {
        if !first.is_alphanumeric() {
            let spaced = |c: Option<char>| c.is_none_or(char::is_whitespace);
            gap = gap.max(match first {
                c if c.is_whitespace() => WordGap::Space,
                ',' | '、' => WordGap::Comma,
                '-' => {
                    let before = text.get(..start).and_then(|t| t.chars().next_back());
                    let after = text.get(start + 1..).and_then(|t| t.chars().next());
                    // Normalized, all dashes look alike; the source tells a hyphen from a dash.
                    let origin = source.get(normalized.source_range(start..start + 1));
                    let is_dash = origin.is_some_and(|c| c.contains(['—', '―', '–']));
                    match is_dash || spaced(before) || spaced(after) {
                        true => WordGap::Break,
                        false => WordGap::Hyphen,
                    }
                }
                '\'' | '.' => WordGap::Space,
                _ => WordGap::Break,
            });
            match first {
                '(' | '[' => depth += 1,
                ')' | ']' => depth = depth.saturating_sub(1),
                _ => {}
            }
            // "Korea's" keeps its mark as a word of its own.
            if first == '\'' && all.last().is_some_and(|_| follows_letter(text, start)) {
                let rest = text.get(start + 1..).unwrap_or_default();
                let tail: String = rest.chars().take_while(|c| c.is_alphanumeric()).collect();
                let expanded = match tail.as_str() {
                    "s" => "'s",
                    "ll" => "will",
                    "ve" => "have",
                    "re" => "are",
                    "m" => "am",
                    "d" => "would",
                    _ => continue,
                };
                let end = start + 1 + tail.len();
                for _ in tail.chars() {
                    chars.next();
                }
                push_word(
                    &mut all,
                    expanded.to_owned(),
                    normalized.source_range(start..end),
                    WordGap::Space,
                    source,
                    depth,
                );
                gap = WordGap::Space;
            }
            continue;
        }
        let mut end = start + first.len_utf8();
        while let Some((at, next)) = chars.peek().copied() {
            // A period inside an abbreviation or a number, an apostrophe in "don't".
            let rest = text.get(at + next.len_utf8()..).unwrap_or_default();
            let inside = match next {
                '.' => is_initials(text.get(start..at).unwrap_or_default(), rest),
                '\'' => {
                    rest.starts_with('t') && text.get(start..at).is_some_and(|w| w.ends_with('n'))
                }
                _ => next.is_alphanumeric(),
            };
            if !inside {
                break;
            }
            end = at + next.len_utf8();
            chars.next();
        }
        let word = text.get(start..end).unwrap_or_default();
        let range = normalized.source_range(start..end);
        // Split, so that "won't" is found by "will" and by its negation.
        match word.strip_suffix("n't") {
            Some(stem) if !stem.is_empty() => {
                let stem = match stem {
                    "wo" => "will",
                    "ca" => "can",
                    "sha" => "shall",
                    other => other,
                };
                push_word(&mut all, stem.to_owned(), range.clone(), gap, source, depth);
                push_word(
                    &mut all,
                    "not".to_owned(),
                    range,
                    WordGap::Space,
                    source,
                    depth,
                );
            }
            _ if word.contains(char::is_alphabetic) => {
                push_word(&mut all, word.replace('.', ""), range, gap, source, depth);
            }
            _ => push_word(&mut all, word.to_owned(), range, gap, source, depth),
        }
        gap = WordGap::Space;
    }
    all
}

fn follows_letter(text: &str, at: usize) -> bool {
    let before = text.get(..at).and_then(|t| t.chars().next_back());
    before.is_some_and(char::is_alphanumeric)
}

/// Whether a period goes on an abbreviation of single letters, or ends one: "u.s", "u.s.".
fn is_initials(before: &str, after: &str) -> bool {
    let mut parts = before.split('.');
    let single =
        parts.all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic));
    let mut next = after.chars();
    let (first, second) = (next.next(), next.next());
    let goes_on =
        first.is_some_and(char::is_alphabetic) && second.is_none_or(|c| !c.is_alphanumeric());
    let ends = before.contains('.');
    let is_number =
        before.bytes().all(|b| b.is_ascii_digit()) && first.is_some_and(|c| c.is_ascii_digit());
    (single && (goes_on || ends)) || is_number
}

fn push_word(
    all: &mut Vec<Word>,
    text: String,
    range: Range<usize>,
    gap: WordGap,
    source: &str,
    depth: u32,
) {
    let shown = source.get(range.clone()).unwrap_or_default();
    let letters = shown.chars().filter(|c| c.is_alphabetic());
    let count = letters.clone().count();
    let has_case = letters.clone().all(|c| c.is_uppercase());
    all.push(Word {
        is_capital: shown.chars().next().is_some_and(char::is_uppercase),
        is_all_caps: count > 1 && has_case,
        in_brackets: depth > 0,
        text,
        range,
        gap,
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nasty_typography_makes_plain_words() {
        let read = |text: &str| {
            let all = tokenize_words(text).into_iter();
            all.map(|w| format!("{:?}:{}", w.gap, w.text))
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(
            read("The “U.S.\u{2011}ROK” side won’t — we’ll see, Korea’s"),
            "Space:the Break:us Hyphen:rok Break:side Space:will Space:not Break:we Space:will \
            Space:see Comma:korea Space:'s"
        );
        assert_eq!(read("3.5 percent. So…"), "Space:3.5 Space:percent Space:so");
        let all = tokenize_words("(the ROK) we");
        assert!(all[0].in_brackets && all[1].is_all_caps && !all[2].in_brackets);
    }
}
