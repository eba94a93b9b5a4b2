//! Bars: one panel for each unit, one scale for each panel; and bars of several parts.

use super::{ChartMark, ColorRole, PrintedValue};
use linchpin_register::Amount;
use linchpin_register::chart_vocabulary::Arrangement;
use linchpin_register::tables::formatting;
use std::cmp::Ordering;

/// Panels of bars that share nothing but the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Bars {
    pub panels: Vec<BarPanel>,
    /// Vertical bars, rather than horizontal ones.
    pub is_vertical: bool,
}

/// Bars of one unit on one scale. A panel with one bar says its number large.
#[derive(Clone, Debug, PartialEq)]
pub struct BarPanel {
    /// The unit; `None` where the subtitle says it.
    pub title: Option<String>,
    pub bars: Vec<Bar>,
}

/// One number.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    pub name: String,
    /// What it takes not to misread the number: its date, who states it.
    pub detail: Option<String>,
    pub extent: Extent,
    /// The number as it is printed, with its bound.
    pub text: PrintedValue,
    pub color: ColorRole,
    pub mark: ChartMark,
}

/// What is known of a length. A missing bound is open, never zero.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extent {
    pub low: Option<f64>,
    pub high: Option<f64>,
}

impl Bars {
    pub fn marks(&self) -> impl Iterator<Item = &ChartMark> {
        self.panels
            .iter()
            .flat_map(|panel| panel.bars.iter().map(|bar| &bar.mark))
    }
}

impl BarPanel {
    /// The range from which and to which the panel's bars reach, zero included; finite and never
    /// empty.
    pub fn range(&self) -> (f64, f64) {
        let (mut low, mut high) = (0.0_f64, 0.0_f64);
        for bar in &self.bars {
            let ends = [bar.extent.low, bar.extent.high].into_iter().flatten();
            for end in ends.filter(|end| end.is_finite()) {
                (low, high) = (low.min(end), high.max(end));
            }
        }
        if low == high { (0.0, 1.0) } else { (low, high) }
    }
}

/// The place of a number with its bound among others: "less than 5", "5", "more than 5".
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ValueOrder {
    value: f64,
    /// Below the number, the number itself, above it.
    side: i8,
}

impl ValueOrder {
    /// Of a number without bounds.
    pub fn exact(value: f64) -> ValueOrder {
        ValueOrder { value, side: 0 }
    }

    /// Which of two comes first.
    pub fn compare(self, other: ValueOrder) -> Ordering {
        self.value
            .total_cmp(&other.value)
            .then(self.side.cmp(&other.side))
    }
}

impl Extent {
    pub fn exact(value: f64) -> Extent {
        Extent {
            low: Some(value),
            high: Some(value),
        }
    }

    /// The bounds of an amount. `None` for a date or a name, and for numbers that are not finite.
    pub fn from_amount(amount: &Amount) -> Option<Extent> {
        let (low, high) = amount.bounds();
        let finite = |bound: Option<f64>| bound.is_none_or(f64::is_finite);
        ((low.is_some() || high.is_some()) && finite(low) && finite(high))
            .then_some(Extent { low, high })
    }

    /// One number.
    pub fn is_exact(self) -> bool {
        self.low.is_some() && self.low == self.high
    }

    /// From a stated number to another one.
    pub fn is_interval(self) -> bool {
        self.low
            .zip(self.high)
            .is_some_and(|(low, high)| low != high)
    }

    /// A number that is only the least or the greatest.
    pub fn is_bound(self) -> bool {
        self.low.is_some() != self.high.is_some()
    }

    /// All of it below zero, so that its words stand at that side.
    pub fn is_below_zero(self) -> bool {
        match (self.low, self.high) {
            (Some(low), Some(high)) => low < 0.0 && high <= 0.0,
            (None, Some(high)) => high < 0.0,
            _ => false,
        }
    }

    /// Open toward more.
    pub fn has_no_upper_bound(self) -> bool {
        self.high.is_none()
    }

    /// Open toward less.
    pub fn has_no_lower_bound(self) -> bool {
        self.low.is_none()
    }

    /// The place of the number among others.
    pub fn order(self) -> ValueOrder {
        ValueOrder {
            value: self.low.or(self.high).unwrap_or(0.0),
            side: match (self.low, self.high) {
                (None, _) => -1,
                (low, high) if low == high => 0,
                _ => 1,
            },
        }
    }

    /// From zero as far as it surely reaches.
    pub fn known_end(self) -> f64 {
        match (self.low, self.high) {
            (Some(low), _) if low > 0.0 => low,
            (_, Some(high)) if high < 0.0 => high,
            _ => 0.0,
        }
    }

    /// As far as the bounds that are stated let it reach: where it is not sure, it is possible.
    pub fn uncertain_range(self) -> Option<(f64, f64)> {
        let sure = self.known_end();
        let low = self.low.unwrap_or(sure.min(0.0)).min(sure);
        let high = self.high.unwrap_or(sure.max(0.0)).max(sure);
        let (from, to) = if sure > 0.0 {
            (sure, high)
        } else if sure < 0.0 {
            (low, sure)
        } else {
            (low, high)
        };
        (from < to).then_some((from, to))
    }
}

/// Stacked bars, all on one scale that starts at zero.
#[derive(Clone, Debug, PartialEq)]
pub struct StackedBars {
    /// What the segments stand for, in their order from the left.
    pub keys: Vec<LegendKey>,
    pub bars: Vec<StackedBar>,
    pub arrangement: Arrangement,
    /// Vertical bars, rather than rows.
    pub is_vertical: bool,
}

/// One kind of segment.
#[derive(Clone, Debug, PartialEq)]
pub struct LegendKey {
    /// "5 · explicit commitment"
    pub name: String,
    /// "5", for places where the name does not fit.
    pub short: String,
    pub color: ColorRole,
}

/// One bar.
#[derive(Clone, Debug, PartialEq)]
pub struct StackedBar {
    pub name: String,
    /// Its number as it is printed.
    pub text: PrintedValue,
    /// In the order of the keys; none is empty.
    pub segments: Vec<Segment>,
}

/// A part of a bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    /// The place of its key.
    pub key: usize,
    pub value: f64,
    /// The number as it is printed.
    pub text: PrintedValue,
    pub mark: ChartMark,
}

impl StackedBars {
    pub fn marks(&self) -> impl Iterator<Item = &ChartMark> {
        self.bars
            .iter()
            .flat_map(|row| row.segments.iter().map(|segment| &segment.mark))
    }
}

impl StackedBar {
    /// What its segments add up to.
    pub fn total(&self) -> f64 {
        formatting::sum_of_stated(self.segments.iter().map(|segment| segment.value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lower_bound_is_sure_and_open_and_an_upper_bound_is_only_possible() {
        let more = Extent::from_amount(&Amount::MoreThan(1000.0)).unwrap();
        assert_eq!((more.known_end(), more.uncertain_range()), (1000.0, None));
        assert!(more.has_no_upper_bound());
        let less = Extent::from_amount(&Amount::LessThan(5.0)).unwrap();
        assert_eq!(
            (less.known_end(), less.uncertain_range()),
            (0.0, Some((0.0, 5.0)))
        );
        assert!(!less.has_no_upper_bound());
        let between = Extent::from_amount(&Amount::Between(2.0, 3.0)).unwrap();
        assert_eq!(
            (between.known_end(), between.uncertain_range()),
            (2.0, Some((2.0, 3.0)))
        );
        let debt = Extent::from_amount(&Amount::Between(-3.0, -2.0)).unwrap();
        assert_eq!(
            (debt.known_end(), debt.uncertain_range()),
            (-2.0, Some((-3.0, -2.0)))
        );
        let across = Extent::from_amount(&Amount::Between(-3.0, 2.0)).unwrap();
        assert_eq!(
            (across.known_end(), across.uncertain_range()),
            (0.0, Some((-3.0, 2.0)))
        );
        assert_eq!(Extent::from_amount(&Amount::Named("B-21".into())), None);
        assert_eq!(Extent::from_amount(&Amount::Exactly(f64::INFINITY)), None);
    }
}
