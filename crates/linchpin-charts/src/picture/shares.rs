//! Parts of a whole in percent: whole numbers that add up to 100, where equal parts can have equal
//! ones.

use super::bars::StackedBar;
use super::plot::TickFormat;
use super::value::{NumberFormat, PrintedBound, PrintedNumber, PrintedValue};

/// Two percentages closer than this are the same: binary fractions are not exact.
const EQUAL_PERCENT: f64 = 1e-9;

/// The parts of a whole, in percent.
#[derive(Clone, Debug, PartialEq)]
pub struct Shares {
    /// In the order of the parts: "45%", "< 1%" rather than none, "> 99%" rather than all.
    pub texts: Vec<PrintedValue>,
    /// Whether a percentage has fewer digits than a division gives.
    pub are_rounded: bool,
    /// Whether they add up to 100.
    pub add_up: bool,
}

impl Shares {
    /// The shares of these parts, none of them below zero. Of nothing each has none.
    pub fn of(parts: &[f64]) -> Shares {
        let whole: f64 = parts.iter().sum();
        let has_whole = whole > 0.0 && whole.is_finite();
        let percent = |part: &f64| if has_whole { part / whole * 100.0 } else { 0.0 };
        let exact: Vec<f64> = parts.iter().map(percent).collect();
        // By the largest remainder the sum is 100; to give one of two equal parts more than the
        // other would say that it is larger.
        let nearest = || exact.iter().map(|percent| percent.round()).collect();
        let whole_numbers = by_largest_remainder(&exact).unwrap_or_else(nearest);
        let is_whole = |percent: &f64| (percent - percent.round()).abs() < EQUAL_PERCENT;
        let texts = exact.iter().zip(&whole_numbers);
        Shares {
            texts: texts
                .map(|(exact, whole)| share_text(*exact, *whole))
                .collect(),
            are_rounded: !exact.iter().all(is_whole),
            add_up: !has_whole || whole_numbers.iter().sum::<f64>() == 100.0,
        }
    }
}

impl StackedBar {
    /// Its parts in percent of what they add up to.
    pub fn shares(&self) -> Shares {
        let parts = self.segments.iter().map(|segment| segment.value);
        Shares::of(&parts.collect::<Vec<f64>>())
    }
}

/// Whole percentages that add up to 100; `None` where equal parts would get different ones.
fn by_largest_remainder(exact: &[f64]) -> Option<Vec<f64>> {
    let floor = |percent: &f64| (percent + EQUAL_PERCENT).floor();
    let mut whole: Vec<f64> = exact.iter().map(floor).collect();
    let missing = (exact.iter().sum::<f64>().round() - whole.iter().sum::<f64>()).max(0.0);
    let missing = missing as usize;
    let mut order: Vec<usize> = (0..exact.len()).collect();
    let remainder = |at: &usize| exact[*at] - whole[*at];
    // Of equal remainders the larger part first.
    order.sort_by(|a, b| {
        let by_remainder = remainder(b).total_cmp(&remainder(a));
        by_remainder.then(exact[*b].total_cmp(&exact[*a]))
    });
    let (raised, left) = order.split_at(missing.min(order.len()));
    let is_equal = |a: &usize, b: &usize| (exact[*a] - exact[*b]).abs() < EQUAL_PERCENT;
    if raised.iter().any(|a| left.iter().any(|b| is_equal(a, b))) {
        return None;
    }
    raised.iter().for_each(|at| whole[*at] += 1.0);
    Some(whole)
}

/// What is more than nothing is not called nothing, and what is less than all is not called all.
fn share_text(exact: f64, whole: f64) -> PrintedValue {
    let is_exact = (exact - whole).abs() < EQUAL_PERCENT;
    let (value, bound) = match whole {
        0.0 if !is_exact => (1.0, PrintedBound::LessThan),
        100.0 if !is_exact => (99.0, PrintedBound::MoreThan),
        whole => (whole, PrintedBound::Exact),
    };
    PrintedValue::Number(PrintedNumber {
        value,
        bound,
        format: NumberFormat::Axis(TickFormat::Percent),
        is_rounded: !is_exact,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_add_up_where_equal_parts_can_be_equal() {
        for (parts, texts, add_up) in [
            (&[3.0, 2.0, 2.0][..], &["43%", "29%", "29%"][..], false),
            (&[4.0, 2.0, 1.0], &["57%", "29%", "14%"], true),
            (&[1.0, 1.0, 1.0], &["33%", "33%", "33%"], false),
            (&[2.0, 5.0, 6.0], &["15%", "39%", "46%"], true),
            (&[1.0, 999.0], &["< 1%", "> 99%"], true),
            (&[1.0, 3.0], &["25%", "75%"], true),
            (&[7.0], &["100%"], true),
            (&[0.0, 0.0], &["0%", "0%"], true),
        ] {
            let shares = Shares::of(parts);
            let found: Vec<String> = shares.texts.iter().map(ToString::to_string).collect();
            assert_eq!(found, texts, "{parts:?}");
            assert_eq!(shares.add_up, add_up, "{parts:?}");
        }
        assert!(!Shares::of(&[1.0, 3.0]).are_rounded);
        assert!(Shares::of(&[1.0, 2.0]).are_rounded);
    }
}
