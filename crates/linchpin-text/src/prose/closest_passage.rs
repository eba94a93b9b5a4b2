//! The words of a paragraph that come nearest to a phrase that does not stand there.

use super::normalize;
use std::collections::HashMap;
use std::ops::Range;

/// So many words of a phrase are compared, …
const MAX_PHRASE_WORDS: usize = 40;
/// … with so many of a paragraph.
const MAX_PARAGRAPH_WORDS: usize = 4000;

/// The bytes of a paragraph that come nearest to a phrase: as many words as it has, of which at
/// least two, and at least half, are its own.
pub fn closest_passage(paragraph: &str, phrase: &str) -> Option<Range<usize>> {
    let phrase: Vec<(Range<usize>, String)> =
        normalized_words(phrase).take(MAX_PHRASE_WORDS).collect();
    let mut wanted: HashMap<&str, PhraseWordCount> = HashMap::new();
    for (_, word) in &phrase {
        wanted.entry(word).or_default().in_phrase += 1;
    }
    let words: Vec<(Range<usize>, String)> = normalized_words(paragraph)
        .take(MAX_PARAGRAPH_WORDS)
        .collect();
    let length = words.len().min(phrase.len());
    // A window as long as the phrase goes over the paragraph; how many words it shares is kept up
    // word by word, so that a long paragraph costs no more than its length.
    let mut same = 0;
    let mut best: Option<((usize, usize), usize)> = None;
    for (index, (_, word)) in words.iter().enumerate() {
        if let Some(word) = wanted.get_mut(word.as_str()) {
            word.in_window += 1;
            same += usize::from(word.in_window <= word.in_phrase);
        }
        let Some(first) = (index + 1).checked_sub(length) else {
            continue;
        };
        let most = best.map_or(0, |(score, _)| score.0);
        if same >= 2 && same * 2 >= length && same >= most {
            // Of several that are equally near, the one with most words at their place.
            let here = words.iter().skip(first).zip(&phrase);
            let score = (same, here.filter(|(a, b)| a.1 == b.1).count());
            if best.is_none_or(|(most, _)| score > most) {
                best = Some((score, first));
            }
        }
        if let Some((_, word)) = words.get(first)
            && let Some(word) = wanted.get_mut(word.as_str())
        {
            same -= usize::from(word.in_window <= word.in_phrase);
            word.in_window -= 1;
        }
    }
    let (_, first) = best?;
    let last = words.get(first + length - 1)?;
    Some(words.get(first)?.0.start..last.0.end)
}

/// A word of the phrase: how often it stands there, and how often in the words being looked at.
#[derive(Default)]
struct PhraseWordCount {
    in_phrase: usize,
    in_window: usize,
}

/// The words of a text with their bytes, without the marks around them, normalized.
fn normalized_words(text: &str) -> impl Iterator<Item = (Range<usize>, String)> {
    let start = text.as_ptr().addr();
    text.split_whitespace().filter_map(move |word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let at = word.as_ptr().addr() - start;
        (!word.is_empty()).then(|| (at..at + word.len(), normalize(word).text))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARAGRAPH: &str = "Both sides – “for now” – intend to work to enable visits, and to work \
        on more. 양국은 협의를 계속할 것이다.";

    fn near(phrase: &str) -> Option<&'static str> {
        closest_passage(PARAGRAPH, phrase).map(|range| &PARAGRAPH[range])
    }

    #[test]
    fn the_nearest_words_are_those_that_share_most() {
        assert_eq!(
            near("plan to work to enable"),
            Some("intend to work to enable")
        );
        assert_eq!(near("For Now, intends to"), Some("for now” – intend to"));
        assert_eq!(
            near("양국은 협의를 중단할 것이다"),
            Some("양국은 협의를 계속할 것이다")
        );
    }

    #[test]
    fn what_shares_little_is_not_near() {
        for phrase in [
            "",
            "enable",
            "never",
            "they will never to it",
            "—",
            "a b c d e f g",
        ] {
            assert_eq!(near(phrase), None, "{phrase:?}");
        }
        assert_eq!(closest_passage("", "to work"), None);
        let long = "to work ".repeat(5000);
        assert_eq!(
            closest_passage(&long, &long).map(|range| range.start),
            Some(0)
        );
    }
}
