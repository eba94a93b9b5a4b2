//! Numbers that were worked out, as they are printed: with few decimals, which is said.

use super::super::measure::MeasuredValue;
use crate::picture::{Extent, NumberFormat, PrintedBound, PrintedNumber, PrintedValue, TickFormat};
use linchpin_register::tables::formatting;

/// The decimals of a percentage, and the most that any number gets.
const PERCENT_DECIMALS: usize = 1;
const MAX_DECIMALS: usize = 12;

/// Whether a stated number is about.
pub fn is_about(text: &PrintedValue) -> bool {
    matches!(text, PrintedValue::Number(number) if number.bound == PrintedBound::About)
}

/// How a stated number is written: what is worked out in the same unit is written so too.
pub fn format_of(text: &PrintedValue) -> NumberFormat {
    match text {
        PrintedValue::Number(number) => number.format.clone(),
        _ => NumberFormat::Full,
    }
}

/// A number with its place as it is, and printed with so many decimals.
pub fn value(exact: f64, printed: f64, format: NumberFormat, is_about: bool) -> MeasuredValue {
    // Without what binary fractions add to a division.
    let plain = formatting::round_to_decimals(exact, MAX_DECIMALS);
    MeasuredValue {
        extent: Extent::exact(exact),
        text: PrintedValue::Number(PrintedNumber {
            value: printed,
            bound: match is_about {
                true => PrintedBound::About,
                false => PrintedBound::Exact,
            },
            format,
            is_rounded: printed != plain,
        }),
    }
}

/// A percentage: with one decimal, and as many as it takes where it is less than one.
pub fn percent(exact: f64, is_about: bool) -> MeasuredValue {
    let decimals = decimals_of_small(exact, PERCENT_DECIMALS);
    let printed = formatting::round_to_decimals(exact, decimals);
    let format = NumberFormat::Axis(TickFormat::Percent);
    value(exact, printed, format, is_about)
}

/// A number that a division gave: with two decimals, and as many as it takes where it is small.
pub fn quotient(exact: f64, format: NumberFormat, is_about: bool) -> MeasuredValue {
    let decimals = decimals_of_small(exact, 2);
    let printed = formatting::round_to_decimals(exact, decimals);
    value(exact, printed, format, is_about)
}

/// So many decimals that a number below one keeps two of its digits.
fn decimals_of_small(number: f64, least: usize) -> usize {
    let size = number.abs();
    if size == 0.0 || size >= 1.0 || !size.is_finite() {
        return least;
    }
    let zeros = -size.log10().floor();
    (zeros as usize + 1).clamp(least, MAX_DECIMALS)
}

/// A mean with two digits more than the numbers that it is the mean of: that of 1.1 billion and
/// 1.2 billion is no number of single dollars.
pub fn mean(exact: f64, stated: impl Iterator<Item = f64>) -> f64 {
    let finest = stated.filter(|number| *number != 0.0).map(last_digit).min();
    let place = finest.unwrap_or(0) - 2;
    match u32::try_from(place) {
        Ok(zeros) if zeros > 0 => {
            let step = 10_f64.powi(place);
            (exact / step).round() * step
        }
        _ => formatting::round_to_decimals(exact, place.unsigned_abs() as usize),
    }
}

/// The place of the last digit of a number that is not zero: 7 of 1.25 billion, -2 of 0.25.
fn last_digit(number: f64) -> i32 {
    let decimals = formatting::decimals_of(number);
    if decimals > 0 {
        return -(decimals as i32);
    }
    let printed = format!("{}", number.abs());
    let zeros = printed.len() - printed.trim_end_matches('0').len();
    zeros as i32
}

/// Shares of a whole in percent, printed so that they add up to 100: the remainders that are lost
/// in rounding down go to those that lose most.
pub fn shares(exact: &[f64], is_about: bool) -> Vec<MeasuredValue> {
    let scale = 10_f64.powi(PERCENT_DECIMALS as i32);
    let mut steps: Vec<f64> = exact
        .iter()
        // What binary fractions take away must not cost a step.
        .map(|share| (share * scale + 1e-9).floor())
        .collect();
    let lost = (100.0 * scale - steps.iter().sum::<f64>()).round().max(0.0) as usize;
    let mut order: Vec<usize> = (0..exact.len()).collect();
    let remainder = |at: &usize| exact[*at] * scale - steps[*at];
    // Stable: of equals the first one.
    order.sort_by(|a, b| remainder(b).total_cmp(&remainder(a)));
    for at in order.into_iter().take(lost) {
        steps[at] += 1.0;
    }
    let printed = exact.iter().zip(steps);
    printed
        .map(|(exact, steps)| {
            let printed = formatting::round_to_decimals(steps / scale, PERCENT_DECIMALS);
            let format = NumberFormat::Axis(TickFormat::Percent);
            match printed == 0.0 && *exact > 0.0 {
                // Little is not nothing.
                true => percent(*exact, is_about),
                false => value(*exact, printed, format, is_about),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_has_two_digits_more_than_what_it_is_of() {
        let of = |all: &[f64]| {
            mean(
                all.iter().sum::<f64>() / all.len() as f64,
                all.iter().copied(),
            )
        };
        assert_eq!(of(&[4.75e9, 5.5e9, 4.05e9]), 4_766_700_000.0);
        assert_eq!(of(&[1.0, 2.0, 2.0]), 1.67);
        assert_eq!(of(&[0.1, 0.2, 0.2]), 0.167);
        assert_eq!(of(&[100.0, 0.0, 0.0]), 33.0);
        assert_eq!(of(&[0.0, 0.0]), 0.0);
    }

    #[test]
    fn shares_add_up_to_a_hundred() {
        let printed = |exact: &[f64]| -> Vec<String> {
            let all = shares(exact, false);
            all.iter().map(|share| share.text.to_string()).collect()
        };
        let third = 100.0 / 3.0;
        assert_eq!(printed(&[third, third, third]), ["33.4%", "33.3%", "33.3%"]);
        assert_eq!(printed(&[99.99, 0.01]), ["100%", "0.01%"]);
        assert_eq!(printed(&[12.5, 87.5]), ["12.5%", "87.5%"]);
        assert_eq!(printed(&[0.0, 100.0]), ["0%", "100%"]);
    }
}
