//! Numbers in English words.

use super::tokens::NumberTokens;

const NUMBERS_BELOW_TWENTY: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 8] = [
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];
const ORDINALS: [&str; 20] = [
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
];
const FRACTION_DENOMINATORS: [(&str, f64); 9] = [
    ("half", 2.0),
    ("halves", 2.0),
    ("third", 3.0),
    ("thirds", 3.0),
    ("quarter", 4.0),
    ("quarters", 4.0),
    ("fifths", 5.0),
    ("eighths", 8.0),
    ("tenths", 10.0),
];
/// Words that put something at an end of an order.
const SUPERLATIVES: [&str; 20] = [
    "biggest",
    "busiest",
    "closest",
    "fastest",
    "fewest",
    "greatest",
    "highest",
    "largest",
    "least",
    "longest",
    "lowest",
    "most",
    "nearest",
    "newest",
    "oldest",
    "richest",
    "smallest",
    "strongest",
    "top",
    "youngest",
];

fn index_as_value(list: &[&str], word: &str) -> Option<f64> {
    let at = list.iter().position(|known| *known == word)?;
    u8::try_from(at).ok().map(f64::from)
}

/// "hundred", "million", "bn".
pub(super) fn scale(word: &str) -> Option<f64> {
    Some(match word {
        "hundred" => 1e2,
        "thousand" => 1e3,
        "million" | "mn" => 1e6,
        "billion" | "bn" => 1e9,
        "trillion" | "tn" => 1e12,
        _ => return None,
    })
}

fn tens(word: &str) -> Option<f64> {
    index_as_value(&TENS, word).map(|at| (at + 2.0) * 10.0)
}

/// A number in words: its value, its value before a scale from a million on, and where it ends.
pub(super) fn parse_cardinal(tokens: &NumberTokens<'_>, start: usize) -> Option<(f64, f64, usize)> {
    // `total` holds what a scale from a thousand on has closed, `current` what may still be scaled:
    // "twenty-eight thousand | five hundred".
    let (mut total, mut current, mut bare) = (0.0, None::<f64>, None);
    let mut at = start;
    loop {
        let hyphen = usize::from(at > start && tokens.punctuation(at) == Some('-'));
        let joined = usize::from(at > start && tokens.word(at) == Some("and"));
        let Some(word) = tokens.word(at + hyphen.max(joined)) else {
            break;
        };
        // "nine and ten": no number goes on after "and" but behind hundreds.
        if joined == 1 && (hyphen == 1 || current.is_none_or(|now| now % 100.0 != 0.0)) {
            break;
        }
        // In this order: a word can open a number, add to it, scale it up to a hundred, or close it
        // with a larger scale; whatever else stands there ends it.
        let small = index_as_value(&NUMBERS_BELOW_TWENTY, word);
        let step = at + hyphen.max(joined) + 1;
        match (small.or_else(|| tens(word)), current, scale(word)) {
            (Some(value), None, _) => current = Some(value),
            (Some(value), Some(now), _) if can_be_added(now, value) => current = Some(now + value),
            (None, Some(now), Some(100.0)) if now < 100.0 => current = Some(now * 100.0),
            (None, Some(now), Some(scale)) if scale > 100.0 => {
                bare = Some(now);
                total += now * scale;
                current = Some(0.0);
            }
            // "a million" is a number, "a ship" is none.
            (None, None, _) if word == "a" && at == start => {
                let next = tokens.word(at + 1)?;
                scale(next).or_else(|| (next == "dozen").then_some(12.0))?;
                current = Some(1.0);
            }
            (None, now, _) if word == "dozen" => {
                current = Some(now.unwrap_or(1.0) * 12.0);
                at = step;
                break;
            }
            _ => break,
        }
        at = step;
    }
    let value = total + current?;
    Some((value, bare.filter(|_| total > 0.0).unwrap_or(value), at))
}

/// "twenty" takes "one", a hundred takes "twenty".
fn can_be_added(now: f64, value: f64) -> bool {
    match now {
        n if n == 0.0 || n % 100.0 == 0.0 => value < 100.0 && value > 0.0,
        n if n % 10.0 == 0.0 && n % 100.0 >= 20.0 => value < 10.0 && value > 0.0,
        _ => false,
    }
}

/// "two-thirds", "one half", "half": its value, and where it ends.
pub(super) fn parse_fraction(tokens: &NumberTokens<'_>, start: usize) -> Option<(f64, usize)> {
    if tokens.word(start) == Some("half") {
        return Some((0.5, start + 1));
    }
    let count = index_as_value(&NUMBERS_BELOW_TWENTY, tokens.word(start)?)?;
    let at = start + 1 + usize::from(tokens.punctuation(start + 1) == Some('-'));
    let word = tokens.word(at)?;
    let parts = FRACTION_DENOMINATORS
        .iter()
        .find(|(known, _)| *known == word)?
        .1;
    (count > 0.0).then_some((count / parts, at + 1))
}

/// "seventieth", "twenty-first", "second": its place, and where it ends.
pub(super) fn parse_ordinal(tokens: &NumberTokens<'_>, start: usize) -> Option<(f64, usize)> {
    let word = tokens.word(start)?;
    if let Some(value) = index_as_value(&ORDINALS, word).filter(|value| *value > 0.0) {
        return Some((value, start + 1));
    }
    let whole = match word {
        "centennial" | "centenary" | "hundredth" => Some(100.0),
        "bicentennial" | "bicentenary" => Some(200.0),
        _ => {
            let stem = word.strip_suffix("ieth");
            stem.and_then(|stem| tens(&format!("{stem}y")))
        }
    };
    if let Some(value) = whole {
        return Some((value, start + 1));
    }
    let at = start + 1 + usize::from(tokens.punctuation(start + 1) == Some('-'));
    let last =
        index_as_value(&ORDINALS, tokens.word(at)?).filter(|last| (1.0..10.0).contains(last))?;
    Some((tens(word)? + last, at + 1))
}

pub(super) fn is_superlative(word: &str) -> bool {
    SUPERLATIVES.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_words_have_their_values() {
        let read = |text: &str| {
            parse_cardinal(&NumberTokens::new(text), 0).map(|(value, _, end)| (value, end))
        };
        assert_eq!(
            read("twenty-eight thousand five hundred troops"),
            Some((28_500.0, 6))
        );
        assert_eq!(read("one hundred and five ships"), Some((105.0, 4)));
        assert_eq!(read("nine and ten"), Some((9.0, 1)));
        assert_eq!(read("a million"), Some((1e6, 2)));
        assert_eq!(read("two dozen"), Some((24.0, 2)));
        assert_eq!(read("a ship"), None);
        assert_eq!(read("hundred"), None);
        let place = |text: &str| parse_ordinal(&NumberTokens::new(text), 0);
        assert_eq!(place("seventy-fifth year"), Some((75.0, 3)));
        assert_eq!(place("seventieth"), Some((70.0, 1)));
        assert!(is_superlative("largest") && !is_superlative("large"));
        assert!(SUPERLATIVES.is_sorted());
    }
}
