//! Dates in English words and in digits.

use super::tokens::{Kind, Tokens};
use super::{Number, Stated};

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
const BEFORE: [&str; 20] = [
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
pub(super) fn year(tokens: &Tokens<'_>, at: usize) -> Option<i32> {
    let (value, is_plain) = tokens.digits(at)?;
    let is_year = is_plain && tokens.letters(at).len() == 4 && (1500.0..2200.0).contains(&value);
    // Of four digits, so the cast loses nothing.
    is_year.then_some(value as i32)
}

fn day(tokens: &Tokens<'_>, at: usize) -> Option<(u8, usize)> {
    let (value, is_plain) = tokens.digits(at)?;
    let day = u8::try_from(value as i64).ok()?;
    let fits = is_plain && tokens.letters(at).len() <= 2 && (1..=31).contains(&day);
    let suffix =
        tokens.is_glued(at + 1) && matches!(tokens.word(at + 1), Some("st" | "nd" | "rd" | "th"));
    fits.then_some((day, at + 1 + usize::from(suffix)))
}

fn stated(
    tokens: &Tokens<'_>,
    (from, to): (usize, usize),
    year: Option<i32>,
    month: Option<u8>,
    day: Option<u8>,
) -> (Stated, usize) {
    let number = Number::Date {
        year,
        month,
        day,
        is_decade: false,
    };
    let range = tokens.range(from, to);
    let in_words = year.is_none() && day.is_none();
    (
        Stated {
            range,
            number,
            in_words,
        },
        to,
    )
}

/// A date that begins at a place, and where it ends: "August 7, 2009", "7 August 2009", "August
/// 2009", "7 August", "2009-08-07".
pub(super) fn date(tokens: &Tokens<'_>, at: usize) -> Option<(Stated, usize)> {
    if let Some(found) = iso(tokens, at) {
        return Some(found);
    }
    if let Some((day, next)) = day(tokens, at)
        && !tokens.is_glued(at)
    {
        // "this 26th day of April"
        let next = next + usize::from(tokens.word(next) == Some("day"));
        let next = next + usize::from(tokens.word(next) == Some("of"));
        let month = tokens.word(next).and_then(month)?;
        let is_month = !is_other_word(tokens, next) || year(tokens, next + 1).is_some();
        let next = next + 1 + usize::from(tokens.mark(next + 1) == Some('.'));
        let behind = next + usize::from(tokens.mark(next) == Some(','));
        return is_month.then(|| match year(tokens, behind) {
            Some(year) => stated(tokens, (at, behind + 1), Some(year), Some(month), Some(day)),
            None => stated(tokens, (at, next), None, Some(month), Some(day)),
        });
    }
    let month = tokens.word(at).and_then(month)?;
    let next = at + 1 + usize::from(tokens.mark(at + 1) == Some('.'));
    let comma = next + usize::from(tokens.mark(next) == Some(','));
    if let Some(year) = year(tokens, comma) {
        let next = comma;
        return Some(stated(
            tokens,
            (at, next + 1),
            Some(year),
            Some(month),
            None,
        ));
    }
    if let Some((day, next)) = day(tokens, next) {
        let behind = next + usize::from(tokens.mark(next) == Some(','));
        return Some(match year(tokens, behind) {
            Some(year) => stated(tokens, (at, behind + 1), Some(year), Some(month), Some(day)),
            None => stated(tokens, (at, next), None, Some(month), Some(day)),
        });
    }
    // A month alone, with a capital and in full; some are other words as well.
    let is_name = tokens.letters(at).starts_with(char::is_uppercase)
        && MONTHS.contains(&tokens.word(at).unwrap_or_default());
    let before = at.checked_sub(1).and_then(|before| tokens.word(before));
    let told = before.is_some_and(|word| BEFORE.contains(&word));
    let sure = is_name && (told || !is_other_word(tokens, at));
    sure.then(|| stated(tokens, (at, at + 1), None, Some(month), None))
}

/// "may", "march", "mar", "sec"…: no month without its year or its day.
fn is_other_word(tokens: &Tokens<'_>, at: usize) -> bool {
    let plain = !tokens.letters(at).starts_with(char::is_uppercase);
    plain || matches!(tokens.word(at), Some("may" | "march" | "mar" | "august"))
}

/// "2009-08-07", "2009.8.7"
fn iso(tokens: &Tokens<'_>, at: usize) -> Option<(Stated, usize)> {
    let year = year(tokens, at)?;
    let part = |mark: usize| {
        let is_dash = tokens.mark(mark) == Some('-') && tokens.is_glued(mark);
        let fits = is_dash && tokens.is_glued(mark + 1) && tokens.letters(mark + 1).len() == 2;
        match tokens.kind(mark + 1)? {
            Kind::Digits { value, .. } if fits => u8::try_from(*value as i64).ok(),
            _ => None,
        }
    };
    let month = part(at + 1).filter(|month| (1..=12).contains(month))?;
    let day = part(at + 3).filter(|day| (1..=31).contains(day));
    let end = if day.is_some() { at + 5 } else { at + 3 };
    Some(stated(tokens, (at, end), Some(year), Some(month), day))
}
