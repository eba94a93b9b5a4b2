//! Rows of segments: numbers by two properties.

use super::{ChartMark, ColorRole, PrintedValue};
use linchpin_register::chart_vocabulary::Arrangement;

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
        self.segments.iter().map(|segment| segment.value).sum()
    }
}
