//! How many or how much: "28,500", "$140 billion", "seven decades"; the words that make a number a
//! bound; and numbers that are names.

use super::tokens::{NumberTokenKind, NumberTokens};
use super::{Number, NumberMention, mention, number_words};
use std::ops::Range;

/// The currency of a sign.
pub(super) fn currency_of_symbol(mark: char) -> Option<&'static str> {
    Some(match mark {
        '$' | '＄' => "USD",
        '€' => "EUR",
        '£' => "GBP",
        '¥' => "JPY",
        '₩' => "KRW",
        _ => return None,
    })
}

/// The currency of a word behind an amount.
fn currency_of_word(word: &str) -> Option<&'static str> {
    Some(match word {
        "dollar" | "dollars" | "usd" => "USD",
        "euro" | "euros" | "eur" => "EUR",
        "pounds" | "gbp" => "GBP",
        "yen" | "jpy" => "JPY",
        "won" | "krw" => "KRW",
        _ => return None,
    })
}

/// "$140 billion", "28,500", "2 to 3 million", "seven decades", "3.5 percent".
pub(super) fn quantity(tokens: &NumberTokens<'_>, at: usize) -> Option<(NumberMention, usize)> {
    let mut money = tokens.punctuation(at).and_then(currency_of_symbol);
    let first = at + usize::from(money.is_some());
    let (mut low, bare, mut end, in_words) = amount(tokens, first, money.is_some())?;
    let mut high = low;
    let joins = match tokens.kind(end) {
        Some(NumberTokenKind::Punctuation('-' | '~')) => true,
        Some(NumberTokenKind::Word(word)) if word == "to" => true,
        Some(NumberTokenKind::Word(word)) if word == "and" => {
            at.checked_sub(1).and_then(|before| tokens.word(before)) == Some("between")
        }
        _ => false,
    };
    let second = end
        + 1
        + usize::from(
            tokens
                .punctuation(end + 1)
                .is_some_and(|m| currency_of_symbol(m).is_some()),
        );
    // "2-3 million" is a range; "3-2" is a score or a name, so the second is not less.
    if joins
        && let Some((value, value_bare, value_end, _)) = amount(tokens, second, money.is_some())
        && value >= low
    {
        // "2 to 3 million": the scale is that of both.
        if low == bare && value > value_bare && value_bare >= low {
            low *= value / value_bare;
        }
        (high, end) = (value, value_end);
    }
    let is_sign = tokens.punctuation(end) == Some('%');
    let word = tokens.word(end).unwrap_or_default();
    let next = tokens.word(end + 1).unwrap_or_default();
    let is_percent =
        is_sign || matches!(word, "percent" | "percentage") || (word, next) == ("per", "cent");
    if let (None, Some(code)) = (money, currency_of_word(word)) {
        money = Some(code);
        end += 1;
    }
    end += match (is_sign, word) {
        (true, _) | (_, "percent" | "percentage") => 1,
        (_, "per") if is_percent => 2,
        _ => 0,
    };
    let also = match word {
        "decade" | "decades" => Some(high * 10.0),
        "century" | "centuries" => Some(high * 100.0),
        _ => None,
    };
    let number = Number::Quantity {
        low,
        high,
        unscaled: bare,
        in_smaller_unit: also,
        currency: money,
        is_percent,
    };
    let range = tokens.range(at, end);
    Some((mention(range, number, in_words), end))
}

/// A single amount: its value, its value before the scale, where it ends, and whether it stands in
/// words.
fn amount(tokens: &NumberTokens<'_>, at: usize, is_money: bool) -> Option<(f64, f64, usize, bool)> {
    let Some((digits, _)) = tokens.digits(at) else {
        let fraction =
            number_words::parse_fraction(tokens, at).map(|(value, end)| (value, value, end));
        let (value, bare, end) = fraction.or_else(|| number_words::parse_cardinal(tokens, at))?;
        return Some((value, bare, end, true));
    };
    let (mut value, mut end) = (digits, at + 1);
    while let Some(word) = tokens.word(end) {
        let short = match word {
            "k" => Some(1e3),
            "m" => Some(1e6),
            "b" => Some(1e9),
            "t" => Some(1e12),
            _ => None,
        };
        let short = short.filter(|_| is_money && tokens.is_adjacent(end));
        let Some(scale) = number_words::scale(word).or(short) else {
            break;
        };
        value *= scale;
        end += 1;
    }
    value.is_finite().then_some((value, digits, end, false))
}

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
    // "more than a million": the article is part of the number.
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

/// Words before a number that make it a name: "Article 4", "Resolution 2397".
const IDENTIFIER_NOUNS: [&str; 14] = [
    "annex",
    "article",
    "articles",
    "chapter",
    "group",
    "no",
    "paragraph",
    "phase",
    "protocol",
    "resolution",
    "resolutions",
    "section",
    "tier",
    "unscr",
];

/// The end of a name with digits that begins at a piece: "B-21", "F-35A", "K9", "3K", "2+2",
/// "9/11".
pub(super) fn identifier_end(tokens: &NumberTokens<'_>, at: usize) -> Option<usize> {
    let digits = |at: usize| tokens.digits(at).is_some();
    let glued = |at: usize| tokens.is_adjacent(at);
    if let Some(word) = tokens.word(at) {
        let is_dash = tokens.punctuation(at + 1) == Some('-') && glued(at + 1);
        let first = at + 1 + usize::from(is_dash);
        if word == "fy" || !digits(first) || !glued(first) {
            return None;
        }
        let capital = tokens.source(at).starts_with(char::is_uppercase);
        let of_time = ["mid", "pre", "post", "early", "late", "since"].contains(&word);
        // "mid-2023" is a time, "a non-5" no name; "F-35" has its capital.
        if (is_dash && !capital) || of_time {
            return None;
        }
        let mut end = first + 1;
        while glued(end) && (tokens.word(end).is_some() || digits(end)) {
            end += 1;
        }
        return Some(end);
    }
    digits(at).then_some(())?;
    let before = at.checked_sub(1);
    if let Some(before) = before.and_then(|b| {
        tokens.word(b).or_else(|| {
            tokens
                .word(b.checked_sub(1)?)
                .filter(|_| tokens.punctuation(b) == Some('.'))
        })
    }) && IDENTIFIER_NOUNS.contains(&before)
    {
        return Some(at + 1);
    }
    if matches!(tokens.punctuation(at + 1), Some('+' | '/'))
        && glued(at + 1)
        && digits(at + 2)
        && glued(at + 2)
    {
        return Some(at + 3);
    }
    let is_money = before.is_some_and(|b| {
        tokens
            .punctuation(b)
            .is_some_and(|mark| currency_of_symbol(mark).is_some())
    });
    let word = tokens.word(at + 1).filter(|_| glued(at + 1) && !is_money)?;
    let capital = tokens.source(at + 1).starts_with(char::is_uppercase);
    let is_scale = number_words::scale(word).is_some()
        || ["st", "nd", "rd", "th"].contains(&word.to_lowercase().as_str());
    (capital && !is_scale).then_some(at + 2)
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
