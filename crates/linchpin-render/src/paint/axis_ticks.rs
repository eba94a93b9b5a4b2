//! Round numbers for the axis of values, and their words.

use super::bar_groups;
use linchpin_charts::picture::{NumberFormat, PrintedValue};

/// What the axis says.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum AxisValues {
    Numbers,
    /// Shares of a whole, which is 1.
    Shares,
}

/// Round numbers within a range, evenly apart: at most about as many as asked for, and always zero
/// where it is in the range.
pub(super) fn round_ticks(range: (f64, f64), most: usize) -> Vec<f64> {
    let span = range.1 - range.0;
    let step = round_step(span / most.max(1) as f64);
    if !step.is_normal() {
        return vec![range.0];
    }
    // A little beyond the ends, for what a sum of fractions loses.
    let first = (range.0 / step - 1e-9).ceil();
    let count = (range.1 / step + 1e-9).floor() - first;
    if !(0.0..=1000.0).contains(&count) {
        return vec![range.0];
    }
    (0..=count as u32)
        .map(|i| (first + f64::from(i)) * step)
        .collect()
}

/// The least of 1, 2, 5 times a power of ten that is no less.
fn round_step(least: f64) -> f64 {
    if !(least.is_finite() && least > 0.0) {
        return 0.0;
    }
    let scale = 10_f64.powf(least.log10().floor());
    [1.0, 2.0, 5.0, 10.0]
        .iter()
        .map(|round| round * scale)
        .find(|step| *step >= least * (1.0 - 1e-9))
        .unwrap_or(10.0 * scale)
}

/// A number of an axis in words: 28,500; 140 billion; 1e300.
pub(super) fn number_label(value: f64) -> PrintedValue {
    let size = value.abs();
    if size == 0.0 || (1e-4..1e15).contains(&size) {
        return PrintedValue::number(value, NumberFormat::Scaled);
    }
    let text = format!("{size:.2e}");
    let (digits, power) = text.split_once('e').unwrap_or((&text, "0"));
    let digits = digits.trim_end_matches('0').trim_end_matches('.');
    let sign = if value < 0.0 { "−" } else { "" };
    format!("{sign}{digits}e{}", power.replace('-', "−")).into()
}

/// What stands at a value of an axis.
pub(super) fn tick_label(values: AxisValues, value: f64) -> PrintedValue {
    match values {
        AxisValues::Numbers => self::number_label(value),
        AxisValues::Shares => bar_groups::percent(value).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_round_and_few() {
        assert_eq!(round_ticks((0.0, 34.0), 4), [0.0, 10.0, 20.0, 30.0]);
        assert_eq!(round_ticks((-3.0, 5.0), 4), [-2.0, 0.0, 2.0, 4.0]);
        assert_eq!(round_ticks((0.0, 1.0), 5).len(), 6);
        assert_eq!(round_ticks((0.0, 2e300), 4).len(), 5);
        assert_eq!(round_ticks((0.0, 1e-12), 2).len(), 3);
        assert_eq!(round_ticks((0.0, f64::INFINITY), 4), [0.0]);
        assert_eq!(round_ticks((5.0, 5.0), 4), [5.0]);
    }

    #[test]
    fn words_are_short_at_any_size() {
        let said = [0.0, 28_500.0, 1.4e11, -2e300, 5e-13, 0.25]
            .map(|value| number_label(value).to_string());
        assert_eq!(
            said,
            ["0", "28,500", "140 billion", "−2e300", "5e−13", "0.25"]
        );
    }
}
