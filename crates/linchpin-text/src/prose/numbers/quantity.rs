//! How many or how much: "28,500", "$140 billion", "seven decades".

use super::number_words;
use super::tokens::{NumberTokenKind, NumberTokens};
use super::{Number, NumberMention};

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
    Some((
        NumberMention {
            range,
            number,
            in_words,
        },
        end,
    ))
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
