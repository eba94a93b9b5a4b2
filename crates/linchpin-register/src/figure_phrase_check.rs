//! Whether the words that a figure cites state its number.

use super::check::CheckContext;
use super::vocabulary::Certainty;
use super::{Amount, Date, DatePrecision, Figure, codes};
use linchpin_text::prose::numbers::{Number, NumberMention, find_numbers};
use linchpin_text::prose::{find_normalized_phrase, normalize};

/// A scale in a unit, such as "billion dollars", with which the number alone stands.
const SCALE_WORDS: [&str; 11] = [
    "thousand", "million", "billion", "trillion", "천", "만", "억", "조", "k", "mn", "bn",
];

/// Refuses a figure whose number stands in none of the phrases that it cites. What is worked out,
/// and what only other sources say, is not looked for.
pub(super) fn check_number_in_phrases(figure: &Figure, check: &mut CheckContext<'_>) {
    if figure.certainty == Some(Certainty::Derived) {
        return;
    }
    let cited = figure.citations.iter().filter(|c| !c.external);
    let phrases: Vec<&str> = cited.filter_map(|c| c.phrase.as_deref()).collect();
    if phrases.is_empty() {
        return;
    }
    let stated: Vec<NumberMention> = phrases.iter().flat_map(|p| find_numbers(p)).collect();
    let missing_value = match &figure.amount {
        Amount::On(date) => (!states_date(&stated, *date)).then(|| date.to_long_form()),
        Amount::Named(name) => {
            let wanted = normalize(name).text;
            let is_stated = phrases
                .iter()
                .any(|p| !find_normalized_phrase(p, &wanted).is_empty());
            (!is_stated).then(|| format!("\"{name}\""))
        }
        amount => {
            let (low, high) = amount.bounds();
            let mut wanted = [low, high].into_iter().flatten();
            let is_missing =
                |value: &f64| !states_value(&phrases, &stated, *value, figure.unit.as_deref());
            wanted.find(is_missing).map(group_digits)
        }
    };
    let Some(missing_value) = missing_value else {
        return;
    };
    let cited = match phrases.len() {
        1 => "the phrase that this figure cites",
        _ => "any of the phrases that this figure cites",
    };
    let what = match &figure.amount {
        Amount::On(_) => "date",
        Amount::Named(_) => "name",
        _ => "number",
    };
    let there = stated_numbers_hint(&phrases, &stated);
    check.error(
        &["amount"],
        codes::NOT_IN_PHRASE,
        format!("The {what} {missing_value} does not stand in {cited}"),
        format!(
            "{there}cite the words that hold {missing_value}, or write certainty: Derived where it is \
            worked out"
        ),
    );
}

/// What the phrases say instead, as a beginning of the way out.
fn stated_numbers_hint(phrases: &[&str], stated: &[NumberMention]) -> String {
    // Where several phrases are cited, the bytes do not tell which one a number is from.
    let [phrase] = phrases else {
        return String::new();
    };
    let numbers_in_phrase: Vec<&str> = stated
        .iter()
        .filter_map(|number| phrase.get(number.range.clone()))
        .take(3)
        .collect();
    match numbers_in_phrase.is_empty() {
        true => String::new(),
        false => format!(
            "the phrase says {}: correct the amount, ",
            numbers_in_phrase.join(", ")
        ),
    }
}

/// A number as a reader writes it: "28,500".
fn group_digits(value: f64) -> String {
    let plain = value.to_string();
    let (sign, digits) = plain.split_at(usize::from(plain.starts_with('-')));
    let (whole, rest) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let mut grouped = String::new();
    for (at, digit) in whole.char_indices() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{sign}{grouped}{rest}")
}

/// Whether one of the numbers is this value. A scale may stand in the unit, and "a year" is one.
fn states_value(
    phrases: &[&str],
    stated: &[NumberMention],
    value: f64,
    unit: Option<&str>,
) -> bool {
    if stated
        .iter()
        .any(|number| number.number.matches_value(value))
    {
        return true;
    }
    let unit = unit.unwrap_or_default().to_lowercase();
    let scaled = unit
        .split_whitespace()
        .any(|word| SCALE_WORDS.contains(&word));
    let is_bare = |number: &NumberMention| match number.number {
        Number::Quantity { unscaled: bare, .. } => (bare - value).abs() <= value.abs() * 1e-9,
        _ => false,
    };
    if scaled && stated.iter().any(is_bare) {
        return true;
    }
    let words: &[&str] = match value {
        0.0 => &["no", "none", "nil"],
        1.0 => &["a", "an", "once", "single", "sole", "only", "leading"],
        2.0 => &["both", "twice", "pair", "two-fold", "twofold"],
        3.0 => &["thrice", "threefold"],
        _ => &[],
    };
    let holds = |word: &&str| {
        phrases
            .iter()
            .any(|p| !find_normalized_phrase(p, word).is_empty())
    };
    words.iter().any(holds)
}

/// Whether the phrases state a date, as exact as it is; its year may be told by the document where
/// day or month stand.
fn states_date(stated: &[NumberMention], date: Date) -> bool {
    stated.iter().any(|stated| {
        let Number::Date {
            year,
            month,
            day,
            is_decade,
        } = stated.number
        else {
            return false;
        };
        let own_year = i32::from(date.year);
        let year_fits = year.is_none_or(|year| year == own_year);
        let in_decade = year.is_some_and(|year| year - year.rem_euclid(10) == own_year);
        match date.precision {
            DatePrecision::Decade => in_decade && is_decade,
            DatePrecision::Year => year == Some(own_year),
            DatePrecision::Month => year_fits && month == Some(date.month),
            DatePrecision::Day => year_fits && month == Some(date.month) && day == Some(date.day),
        }
    })
}
