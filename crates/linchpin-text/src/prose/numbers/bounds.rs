//! The words before a number that make it a bound or an approximation.

use std::ops::Range;

/// What the words before a number make of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberBound {
    About,
    MoreThan,
    AtLeast,
    LessThan,
    AtMost,
}

/// Those that end alike stand with the longest first.
const BOUND_PREFIXES: &[(&str, NumberBound)] = &[
    ("not more than", NumberBound::AtMost),
    ("no more than", NumberBound::AtMost),
    ("not less than", NumberBound::AtLeast),
    ("no less than", NumberBound::AtLeast),
    ("no fewer than", NumberBound::AtLeast),
    ("more than", NumberBound::MoreThan),
    ("greater than", NumberBound::MoreThan),
    ("in excess of", NumberBound::MoreThan),
    ("upwards of", NumberBound::MoreThan),
    ("over", NumberBound::MoreThan),
    ("exceeding", NumberBound::MoreThan),
    ("above", NumberBound::MoreThan),
    ("at least", NumberBound::AtLeast),
    ("a minimum of", NumberBound::AtLeast),
    ("less than", NumberBound::LessThan),
    ("fewer than", NumberBound::LessThan),
    ("below", NumberBound::LessThan),
    ("under", NumberBound::LessThan),
    ("at most", NumberBound::AtMost),
    ("up to", NumberBound::AtMost),
    ("as many as", NumberBound::AtMost),
    ("as much as", NumberBound::AtMost),
    ("a maximum of", NumberBound::AtMost),
    ("approximately", NumberBound::About),
    ("about", NumberBound::About),
    ("around", NumberBound::About),
    ("roughly", NumberBound::About),
    ("some", NumberBound::About),
    ("nearly", NumberBound::LessThan),
    ("almost", NumberBound::LessThan),
    ("약", NumberBound::About),
    ("최소", NumberBound::AtLeast),
    ("최대", NumberBound::AtMost),
];

/// Korean words behind a number.
const BOUND_SUFFIXES: &[(&str, NumberBound)] = &[
    ("이상", NumberBound::AtLeast),
    ("이하", NumberBound::AtMost),
    ("미만", NumberBound::LessThan),
    ("초과", NumberBound::MoreThan),
];

/// The bound that the words around a number give it, with their bytes in the text.
pub fn bound_around(text: &str, number: Range<usize>) -> Option<(Range<usize>, NumberBound)> {
    let before = text.get(..number.start)?.trim_end();
    let before = before.strip_suffix(" a").unwrap_or(before).trim_end();
    for (words, bound) in BOUND_PREFIXES {
        let start = before.len().checked_sub(words.len());
        let tail = start.and_then(|start| before.get(start..));
        let is_whole = |start: usize| {
            let head = before.get(..start).unwrap_or_default();
            !head.ends_with(char::is_alphanumeric)
        };
        if let (Some(tail), Some(start)) = (tail, start)
            && tail.to_lowercase() == *words
            && is_whole(start)
        {
            return Some((start..before.len(), *bound));
        }
    }
    let behind = text.get(number.end..)?;
    let (at, words, bound) = BOUND_SUFFIXES.iter().find_map(|(words, bound)| {
        let at = behind.find(words)?;
        // A counter of one or two syllables stands between: "1,000명 이상".
        let between = behind.get(..at)?;
        (between.chars().count() <= 4 && !between.contains(['.', ',']))
            .then_some((at, words, bound))
    })?;
    let start = number.end + at;
    Some((start..start + words.len(), *bound))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_words_count() {
        for (text, number, words, bound) in [
            (
                "No more than 50 ships",
                "50",
                "No more than",
                NumberBound::AtMost,
            ),
            (
                "more\u{20}than $5",
                "$5",
                "more than",
                NumberBound::MoreThan,
            ),
            ("병력 1,000명 이상", "1,000", "이상", NumberBound::AtLeast),
            (
                "approximately 28,500",
                "28,500",
                "approximately",
                NumberBound::About,
            ),
        ] {
            let at = text.find(number).unwrap();
            let (range, found) = bound_around(text, at..at + number.len()).unwrap();
            assert_eq!((&text[range], found), (words, bound));
        }
        assert_eq!(bound_around("takeover 5", 9..10), None);
        assert_eq!(bound_around("5", 0..1), None);
    }
}
