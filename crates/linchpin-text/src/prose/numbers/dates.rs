//! Dates in English words and in digits.

use super::tokens::{NumberTokenKind, NumberTokens};
use super::{Number, NumberMention, mention};

/// The months as they are looked for: in lower case.
pub const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Words before a month that is one: "may" and "march" are other words as well.
const WORDS_BEFORE_MONTH: [&str; 20] = [
    "by",
    "during",
    "early",
    "following",
    "from",
    "in",
    "last",
    "late",
    "mid",
    "next",
    "of",
    "on",
    "past",
    "previous",
    "since",
    "this",
    "through",
    "to",
    "until",
    "and",
];

/// The month that a word names, from 1: "November", "Nov".
fn month(word: &str) -> Option<u8> {
    let found = MONTHS.iter().position(|known| {
        let short = known.get(..3) == Some(word);
        *known == word || short || (word == "sept" && *known == "september")
    });
    u8::try_from(found? + 1).ok()
}

/// A number that reads as a year.
pub(super) fn year(tokens: &NumberTokens<'_>, at: usize) -> Option<i32> {
    let (value, is_plain) = tokens.digits(at)?;
    let is_year = is_plain && tokens.source(at).len() == 4 && (1500.0..2200.0).contains(&value);
    // Of four digits, so the cast loses nothing.
    is_year.then_some(value as i32)
}

fn day(tokens: &NumberTokens<'_>, at: usize) -> Option<(u8, usize)> {
    let (value, is_plain) = tokens.digits(at)?;
    let day = u8::try_from(value as i64).ok()?;
    let fits = is_plain && tokens.source(at).len() <= 2 && (1..=31).contains(&day);
    let suffix = tokens.is_adjacent(at + 1)
        && matches!(tokens.word(at + 1), Some("st" | "nd" | "rd" | "th"));
    fits.then_some((day, at + 1 + usize::from(suffix)))
}

fn date_mention(
    tokens: &NumberTokens<'_>,
    (from, to): (usize, usize),
    year: Option<i32>,
    month: Option<u8>,
    day: Option<u8>,
) -> (NumberMention, usize) {
    let number = Number::Date {
        year,
        month,
        day,
        is_decade: false,
    };
    let range = tokens.range(from, to);
    let in_words = year.is_none() && day.is_none();
    (mention(range, number, in_words), to)
}

/// A date that begins at a place, and where it ends: "August 7, 2009", "7 August 2009", "August
/// 2009", "7 August", "2009-08-07".
pub(super) fn date(tokens: &NumberTokens<'_>, at: usize) -> Option<(NumberMention, usize)> {
    if let Some(found) = iso_date(tokens, at) {
        return Some(found);
    }
    // Not behind a sign: the 7 of "$7 May" or of "2+7" is no day.
    if let Some((day, next)) = day(tokens, at)
        && !tokens.is_adjacent(at)
    {
        // "this 26th day of April"
        let next = next + usize::from(tokens.word(next) == Some("day"));
        let next = next + usize::from(tokens.word(next) == Some("of"));
        let month = tokens.word(next).and_then(month)?;
        let is_month = !is_ambiguous_month(tokens, next) || year(tokens, next + 1).is_some();
        let next = next + 1 + usize::from(tokens.punctuation(next + 1) == Some('.'));
        let behind = next + usize::from(tokens.punctuation(next) == Some(','));
        return is_month.then(|| match year(tokens, behind) {
            Some(year) => {
                date_mention(tokens, (at, behind + 1), Some(year), Some(month), Some(day))
            }
            None => date_mention(tokens, (at, next), None, Some(month), Some(day)),
        });
    }
    let month = tokens.word(at).and_then(month)?;
    let next = at + 1 + usize::from(tokens.punctuation(at + 1) == Some('.'));
    let comma = next + usize::from(tokens.punctuation(next) == Some(','));
    if let Some(year) = year(tokens, comma) {
        let next = comma;
        return Some(date_mention(
            tokens,
            (at, next + 1),
            Some(year),
            Some(month),
            None,
        ));
    }
    if let Some((day, next)) = day(tokens, next) {
        let behind = next + usize::from(tokens.punctuation(next) == Some(','));
        return Some(match year(tokens, behind) {
            Some(year) => {
                date_mention(tokens, (at, behind + 1), Some(year), Some(month), Some(day))
            }
            None => date_mention(tokens, (at, next), None, Some(month), Some(day)),
        });
    }
    // A month alone, with a capital and in full; some are other words as well.
    let is_name = tokens.source(at).starts_with(char::is_uppercase)
        && MONTHS.contains(&tokens.word(at).unwrap_or_default());
    let before = at.checked_sub(1).and_then(|before| tokens.word(before));
    let has_date_context = before.is_some_and(|word| WORDS_BEFORE_MONTH.contains(&word));
    let sure = is_name && (has_date_context || !is_ambiguous_month(tokens, at));
    sure.then(|| date_mention(tokens, (at, at + 1), None, Some(month), None))
}

/// "may", "march", "mar", "sec"…: no month without its year or its day.
fn is_ambiguous_month(tokens: &NumberTokens<'_>, at: usize) -> bool {
    let plain = !tokens.source(at).starts_with(char::is_uppercase);
    plain || matches!(tokens.word(at), Some("may" | "march" | "mar" | "august"))
}

/// "2009-08-07", "2009.8.7"
fn iso_date(tokens: &NumberTokens<'_>, at: usize) -> Option<(NumberMention, usize)> {
    let year = year(tokens, at)?;
    let part = |mark: usize| {
        let is_dash = tokens.punctuation(mark) == Some('-') && tokens.is_adjacent(mark);
        let fits = is_dash && tokens.is_adjacent(mark + 1) && tokens.source(mark + 1).len() == 2;
        match tokens.kind(mark + 1)? {
            NumberTokenKind::Digits { value, .. } if fits => u8::try_from(*value as i64).ok(),
            _ => None,
        }
    };
    let month = part(at + 1).filter(|month| (1..=12).contains(month))?;
    let day = part(at + 3).filter(|day| (1..=31).contains(day));
    let end = if day.is_some() { at + 5 } else { at + 3 };
    Some(date_mention(
        tokens,
        (at, end),
        Some(year),
        Some(month),
        day,
    ))
}
