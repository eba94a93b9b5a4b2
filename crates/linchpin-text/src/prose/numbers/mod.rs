//! The numbers that a text states: in digits, in words, in Korean counting; dates, places in an
//! order and names with digits apart from them.

mod dates;
mod korean;
mod number_words;
mod quantity;
mod tokens;

pub use dates::MONTHS;
pub use quantity::{NumberBound, bound_around};

use std::ops::Range;
use tokens::{NumberTokenKind, NumberTokens};

/// A number that stands in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct NumberMention {
    /// Its bytes, with its sign of money and its scale: "$140 billion".
    pub range: Range<usize>,
    pub number: Number,
    /// In words, without a digit.
    pub in_words: bool,
}

/// What a stated number is.
#[derive(Clone, Debug, PartialEq)]
pub enum Number {
    /// How many or how much.
    Quantity {
        /// The same as `high`, but for "2 to 3 million".
        low: f64,
        high: f64,
        /// The number before its scale: 140 of "140 billion".
        unscaled: f64,
        /// What it comes to in a smaller unit: 70 (years) of "seven decades".
        in_smaller_unit: Option<f64>,
        /// ISO 4217 code.
        currency: Option<&'static str>,
        is_percent: bool,
    },
    /// A place in an order: "70th", "second largest".
    Ordinal {
        value: f64,
        /// "largest", "second largest": a rank.
        is_superlative: bool,
    },
    Date {
        year: Option<i32>,
        month: Option<u8>,
        day: Option<u8>,
        is_decade: bool,
    },
    /// Part of a name: "B-21", "3K", "Article 4".
    Identifier,
}

impl Number {
    /// Whether a text with this number states the value.
    pub fn matches_value(&self, value: f64) -> bool {
        let same = |stated: f64| {
            let most = stated.abs().max(value.abs());
            (stated.abs() - value.abs()).abs() <= most * 1e-9
        };
        match *self {
            Number::Quantity {
                low,
                high,
                in_smaller_unit: also,
                ..
            } => same(low) || same(high) || also.is_some_and(same),
            Number::Ordinal { value, .. } => same(value),
            Number::Date { year, day, .. } => {
                year.is_some_and(|year| same(f64::from(year)))
                    || day.is_some_and(|day| same(f64::from(day)))
            }
            Number::Identifier => false,
        }
    }
}

fn mention(range: Range<usize>, number: Number, in_words: bool) -> NumberMention {
    NumberMention {
        range,
        number,
        in_words,
    }
}

/// The numbers of a text, in its order.
pub fn find_numbers(text: &str) -> Vec<NumberMention> {
    let tokens = NumberTokens::new(text);
    let mut all = Vec::new();
    let mut at = 0;
    while at < tokens.tokens.len() {
        match number_at(&tokens, at) {
            Some((stated, end)) if end > at => {
                all.push(stated);
                at = end;
            }
            _ => at += 1,
        }
    }
    all
}

/// The number that begins at a piece, and where it ends.
fn number_at(tokens: &NumberTokens<'_>, at: usize) -> Option<(NumberMention, usize)> {
    // The order decides what a number is: a name with digits before a date ("B-21"), a date before
    // a quantity ("August 7, 2009"), a place in an order before a quantity ("70th").
    if let Some(found) = korean_number(tokens, at) {
        return Some(found);
    }
    if let Some(end) = quantity::identifier_end(tokens, at) {
        let range = tokens.range(at, end);
        let number = Number::Identifier;
        return Some((mention(range, number, false), end));
    }
    let found = dates::date(tokens, at).or_else(|| decade_or_year(tokens, at));
    found
        .or_else(|| ordinal(tokens, at))
        .or_else(|| quantity::quantity(tokens, at))
}

fn korean_number(tokens: &NumberTokens<'_>, at: usize) -> Option<(NumberMention, usize)> {
    let start = tokens.tokens.get(at)?.range.start;
    let (stated, length) = match tokens.kind(at)? {
        NumberTokenKind::Digits { .. } => {
            let before = tokens.text.get(..start)?;
            korean::parse_digits(before, tokens.text.get(start..)?)?
        }
        NumberTokenKind::Hangul => {
            let (value, length) = korean::parse_letters(tokens.source(at), tokens.source(at + 1))?;
            let number = plain_quantity(value, value);
            let range = 0..length;
            (mention(range, number, true), length)
        }
        _ => return None,
    };
    let end = start + length;
    let next = tokens
        .tokens
        .partition_point(|token| token.range.start < end);
    let range = start..end;
    Some((NumberMention { range, ..stated }, next.max(at + 1)))
}

fn plain_quantity(value: f64, bare: f64) -> Number {
    Number::Quantity {
        low: value,
        high: value,
        unscaled: bare,
        in_smaller_unit: None,
        currency: None,
        is_percent: false,
    }
}

/// "1953", "1950s", "FY 2024".
fn decade_or_year(tokens: &NumberTokens<'_>, at: usize) -> Option<(NumberMention, usize)> {
    let from = at;
    let at = at + usize::from(tokens.word(at) == Some("fy"));
    let year = dates::year(tokens, at)?;
    let next = tokens.word(at + 1);
    let is_decade = next == Some("s") && tokens.is_adjacent(at + 1);
    let before = from.checked_sub(1);
    let is_money = before.is_some_and(|b| {
        tokens
            .punctuation(b)
            .is_some_and(|mark| quantity::currency_of_symbol(mark).is_some())
    });
    let is_bound = bound_around(tokens.text, tokens.range(at, at + 1)).is_some();
    let counts = next
        .is_some_and(|next| COUNTED_NOUNS.contains(&next) || number_words::scale(next).is_some());
    // "more than 2000 troops", "$1950", "1990%": four digits with something to count are no year.
    if (is_money || is_bound || counts || tokens.punctuation(at + 1) == Some('%')) && !is_decade {
        return None;
    }
    let end = at + 1 + usize::from(is_decade);
    let number = Number::Date {
        year: Some(year),
        month: None,
        day: None,
        is_decade,
    };
    let range = tokens.range(from, end);
    Some((mention(range, number, false), end))
}

/// Words behind a number of four digits by which it is no year.
const COUNTED_NOUNS: [&str; 16] = [
    "aircraft",
    "civilians",
    "dollars",
    "forces",
    "kilometers",
    "members",
    "miles",
    "missiles",
    "people",
    "percent",
    "personnel",
    "sailors",
    "ships",
    "soldiers",
    "troops",
    "won",
];

/// "70th", "second largest", "largest".
fn ordinal(tokens: &NumberTokens<'_>, at: usize) -> Option<(NumberMention, usize)> {
    let in_words = tokens.digits(at).is_none();
    let (value, end) = match tokens.digits(at) {
        Some((value, _)) => {
            let suffix = tokens.word(at + 1).filter(|_| tokens.is_adjacent(at + 1))?;
            ["st", "nd", "rd", "th"]
                .contains(&suffix)
                .then_some((value, at + 2))?
        }
        None => match number_words::parse_ordinal(tokens, at) {
            Some(found) => found,
            None => {
                number_words::is_superlative(tokens.word(at)?).then_some(())?;
                (1.0, at)
            }
        },
    };
    let behind = end + usize::from(end > at && tokens.punctuation(end) == Some('-'));
    let is_superlative = tokens
        .word(behind)
        .is_some_and(number_words::is_superlative);
    let end = if is_superlative { behind + 1 } else { end };
    let range = tokens.range(at, end);
    let number = Number::Ordinal {
        value,
        is_superlative,
    };
    Some((mention(range, number, in_words), end))
}

#[cfg(test)]
mod tests;
