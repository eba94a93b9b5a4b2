//! The numbers that a text states: in digits, in words, in Korean counting; dates, places in an order and names with digits apart from them.

mod bounds;
mod dates;
mod korean;
mod tokens;
mod words;

pub use bounds::{Bound, bound_around};

use std::ops::Range;
use tokens::{Kind, Tokens};

/// A number that stands in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Stated {
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
        bare: f64,
        /// What it comes to in a smaller unit: 70 (years) of "seven decades".
        also: Option<f64>,
        /// ISO 4217 code.
        currency: Option<&'static str>,
        is_percent: bool,
    },
    /// A place in an order: "70th", "second largest".
    Place {
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
    Name,
}

impl Number {
    /// Whether a text with this number states the value.
    pub fn states(&self, value: f64) -> bool {
        let same = |stated: f64| {
            let most = stated.abs().max(value.abs());
            (stated.abs() - value.abs()).abs() <= most * 1e-9
        };
        match *self {
            Number::Quantity {
                low, high, also, ..
            } => same(low) || same(high) || also.is_some_and(same),
            Number::Place { value, .. } => same(value),
            Number::Date { year, day, .. } => {
                year.is_some_and(|year| same(f64::from(year)))
                    || day.is_some_and(|day| same(f64::from(day)))
            }
            Number::Name => false,
        }
    }
}

/// The numbers of a text, in its order.
pub fn numbers(text: &str) -> Vec<Stated> {
    let tokens = Tokens::new(text);
    let mut all = Vec::new();
    let mut at = 0;
    while at < tokens.all.len() {
        match one(&tokens, at) {
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
fn one(tokens: &Tokens<'_>, at: usize) -> Option<(Stated, usize)> {
    if let Some(found) = korean_number(tokens, at) {
        return Some(found);
    }
    if let Some(end) = name(tokens, at) {
        let range = tokens.range(at, end);
        let in_words = false;
        let number = Number::Name;
        return Some((
            Stated {
                range,
                number,
                in_words,
            },
            end,
        ));
    }
    let found = dates::date(tokens, at).or_else(|| decade_or_year(tokens, at));
    found
        .or_else(|| place(tokens, at))
        .or_else(|| quantity(tokens, at))
}

fn korean_number(tokens: &Tokens<'_>, at: usize) -> Option<(Stated, usize)> {
    let start = tokens.all.get(at)?.range.start;
    let (stated, length) = match tokens.kind(at)? {
        Kind::Digits { .. } => {
            let before = tokens.text.get(..start)?;
            korean::with_digits(before, tokens.text.get(start..)?)?
        }
        Kind::Korean => {
            let (value, length) = korean::in_letters(tokens.letters(at), tokens.letters(at + 1))?;
            let number = plain(value, value);
            let range = 0..length;
            (
                Stated {
                    range,
                    number,
                    in_words: true,
                },
                length,
            )
        }
        _ => return None,
    };
    let end = start + length;
    let next = tokens.all.partition_point(|token| token.range.start < end);
    let range = start..end;
    Some((Stated { range, ..stated }, next.max(at + 1)))
}

fn plain(value: f64, bare: f64) -> Number {
    Number::Quantity {
        low: value,
        high: value,
        bare,
        also: None,
        currency: None,
        is_percent: false,
    }
}

/// Words before a number that make it a name: "Article 4", "Resolution 2397".
const NAMED: [&str; 14] = [
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

/// The end of a name with digits that begins at a piece: "B-21", "F-35A", "K9", "3K", "2+2", "9/11".
fn name(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let digits = |at: usize| tokens.digits(at).is_some();
    let glued = |at: usize| tokens.is_glued(at);
    if let Some(word) = tokens.word(at) {
        let is_dash = tokens.mark(at + 1) == Some('-') && glued(at + 1);
        let first = at + 1 + usize::from(is_dash);
        if word == "fy" || !digits(first) || !glued(first) {
            return None;
        }
        let capital = tokens.letters(at).starts_with(char::is_uppercase);
        let of_time = ["mid", "pre", "post", "early", "late", "since"].contains(&word);
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
                .filter(|_| tokens.mark(b) == Some('.'))
        })
    }) && NAMED.contains(&before)
    {
        return Some(at + 1);
    }
    if matches!(tokens.mark(at + 1), Some('+' | '/'))
        && glued(at + 1)
        && digits(at + 2)
        && glued(at + 2)
    {
        return Some(at + 3);
    }
    let is_money = before.is_some_and(|b| tokens.mark(b).is_some_and(|mark| sign(mark).is_some()));
    let word = tokens.word(at + 1).filter(|_| glued(at + 1) && !is_money)?;
    let capital = tokens.letters(at + 1).starts_with(char::is_uppercase);
    let is_scale = words::scale(word).is_some()
        || ["st", "nd", "rd", "th"].contains(&word.to_lowercase().as_str());
    (capital && !is_scale).then_some(at + 2)
}

/// "1953", "1950s", "FY 2024".
fn decade_or_year(tokens: &Tokens<'_>, at: usize) -> Option<(Stated, usize)> {
    let from = at;
    let at = at + usize::from(tokens.word(at) == Some("fy"));
    let year = dates::year(tokens, at)?;
    let next = tokens.word(at + 1);
    let is_decade = next == Some("s") && tokens.is_glued(at + 1);
    let before = from.checked_sub(1);
    let is_money = before.is_some_and(|b| tokens.mark(b).is_some_and(|mark| sign(mark).is_some()));
    let is_bound = bound_around(tokens.text, tokens.range(at, at + 1)).is_some();
    let counts = next.is_some_and(|next| COUNTED.contains(&next) || words::scale(next).is_some());
    if (is_money || is_bound || counts || tokens.mark(at + 1) == Some('%')) && !is_decade {
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
    Some((
        Stated {
            range,
            number,
            in_words: false,
        },
        end,
    ))
}

/// Words behind a number of four digits by which it is no year.
const COUNTED: [&str; 16] = [
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
fn place(tokens: &Tokens<'_>, at: usize) -> Option<(Stated, usize)> {
    let in_words = tokens.digits(at).is_none();
    let (value, end) = match tokens.digits(at) {
        Some((value, _)) => {
            let suffix = tokens.word(at + 1).filter(|_| tokens.is_glued(at + 1))?;
            ["st", "nd", "rd", "th"]
                .contains(&suffix)
                .then_some((value, at + 2))?
        }
        None => match words::ordinal(tokens, at) {
            Some(found) => found,
            None => {
                words::is_superlative(tokens.word(at)?).then_some(())?;
                (1.0, at)
            }
        },
    };
    let behind = end + usize::from(end > at && tokens.mark(end) == Some('-'));
    let is_superlative = tokens.word(behind).is_some_and(words::is_superlative);
    let end = if is_superlative { behind + 1 } else { end };
    let range = tokens.range(at, end);
    let number = Number::Place {
        value,
        is_superlative,
    };
    Some((
        Stated {
            range,
            number,
            in_words,
        },
        end,
    ))
}

/// The currency of a sign.
fn sign(mark: char) -> Option<&'static str> {
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
fn currency(word: &str) -> Option<&'static str> {
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
fn quantity(tokens: &Tokens<'_>, at: usize) -> Option<(Stated, usize)> {
    let mut money = tokens.mark(at).and_then(sign);
    let first = at + usize::from(money.is_some());
    let (mut low, bare, mut end, in_words) = amount(tokens, first, money.is_some())?;
    let mut high = low;
    let joins = match tokens.kind(end) {
        Some(Kind::Mark('-' | '~')) => true,
        Some(Kind::Word(word)) if word == "to" => true,
        Some(Kind::Word(word)) if word == "and" => {
            at.checked_sub(1).and_then(|before| tokens.word(before)) == Some("between")
        }
        _ => false,
    };
    let second = end + 1 + usize::from(tokens.mark(end + 1).is_some_and(|m| sign(m).is_some()));
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
    let is_sign = tokens.mark(end) == Some('%');
    let word = tokens.word(end).unwrap_or_default();
    let next = tokens.word(end + 1).unwrap_or_default();
    let is_percent =
        is_sign || matches!(word, "percent" | "percentage") || (word, next) == ("per", "cent");
    if let (None, Some(code)) = (money, currency(word)) {
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
        bare,
        also,
        currency: money,
        is_percent,
    };
    let range = tokens.range(at, end);
    Some((
        Stated {
            range,
            number,
            in_words,
        },
        end,
    ))
}

/// A single amount: its value, its value before the scale, where it ends, and whether it stands in words.
fn amount(tokens: &Tokens<'_>, at: usize, is_money: bool) -> Option<(f64, f64, usize, bool)> {
    let Some((digits, _)) = tokens.digits(at) else {
        let fraction = words::fraction(tokens, at).map(|(value, end)| (value, value, end));
        let (value, bare, end) = fraction.or_else(|| words::number(tokens, at))?;
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
        let short = short.filter(|_| is_money && tokens.is_glued(end));
        let Some(scale) = words::scale(word).or(short) else {
            break;
        };
        value *= scale;
        end += 1;
    }
    value.is_finite().then_some((value, digits, end, false))
}

#[cfg(test)]
mod tests;
