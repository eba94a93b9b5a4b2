//! The words before a number that make it a bound or an approximation.

use std::ops::Range;

/// What the words before a number make of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    About,
    MoreThan,
    AtLeast,
    LessThan,
    AtMost,
}

/// Those that end alike stand with the longest first.
const BEFORE: &[(&str, Bound)] = &[
    ("not more than", Bound::AtMost),
    ("no more than", Bound::AtMost),
    ("not less than", Bound::AtLeast),
    ("no less than", Bound::AtLeast),
    ("no fewer than", Bound::AtLeast),
    ("more than", Bound::MoreThan),
    ("greater than", Bound::MoreThan),
    ("in excess of", Bound::MoreThan),
    ("upwards of", Bound::MoreThan),
    ("over", Bound::MoreThan),
    ("exceeding", Bound::MoreThan),
    ("above", Bound::MoreThan),
    ("at least", Bound::AtLeast),
    ("a minimum of", Bound::AtLeast),
    ("less than", Bound::LessThan),
    ("fewer than", Bound::LessThan),
    ("below", Bound::LessThan),
    ("under", Bound::LessThan),
    ("at most", Bound::AtMost),
    ("up to", Bound::AtMost),
    ("as many as", Bound::AtMost),
    ("as much as", Bound::AtMost),
    ("a maximum of", Bound::AtMost),
    ("approximately", Bound::About),
    ("about", Bound::About),
    ("around", Bound::About),
    ("roughly", Bound::About),
    ("some", Bound::About),
    ("nearly", Bound::LessThan),
    ("almost", Bound::LessThan),
    ("약", Bound::About),
    ("최소", Bound::AtLeast),
    ("최대", Bound::AtMost),
];

/// Korean words behind a number.
const BEHIND: &[(&str, Bound)] = &[
    ("이상", Bound::AtLeast),
    ("이하", Bound::AtMost),
    ("미만", Bound::LessThan),
    ("초과", Bound::MoreThan),
];

/// The bound that the words around a number give it, with their bytes in the text.
pub fn bound_around(text: &str, number: Range<usize>) -> Option<(Range<usize>, Bound)> {
    let before = text.get(..number.start)?.trim_end();
    let before = before.strip_suffix(" a").unwrap_or(before).trim_end();
    for (words, bound) in BEFORE {
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
    let (at, words, bound) = BEHIND.iter().find_map(|(words, bound)| {
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
            ("No more than 50 ships", "50", "No more than", Bound::AtMost),
            ("more\u{20}than $5", "$5", "more than", Bound::MoreThan),
            ("병력 1,000명 이상", "1,000", "이상", Bound::AtLeast),
            (
                "approximately 28,500",
                "28,500",
                "approximately",
                Bound::About,
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
