//! Rows of segments: numbers by two properties.

use super::{Mark, Tone};
use linchpin_register::chart_words::Arrangement;

/// Stacked bars, all on one scale that starts at zero.
#[derive(Clone, Debug, PartialEq)]
pub struct Stacked {
    /// What the segments stand for, in their order from the left.
    pub keys: Vec<Key>,
    pub rows: Vec<Row>,
    pub arrangement: Arrangement,
    /// Columns that stand up, rather than rows.
    pub upright: bool,
}

/// One kind of segment.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    /// "5 · explicit commitment"
    pub name: String,
    /// "5", for places where the name does not fit.
    pub short: String,
    pub tone: Tone,
}

/// One bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub name: String,
    /// Its number as it is printed.
    pub text: String,
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
    pub text: String,
    pub mark: Mark,
}

impl Stacked {
    pub fn marks(&self) -> impl Iterator<Item = &Mark> {
        self.rows
            .iter()
            .flat_map(|row| row.segments.iter().map(|segment| &segment.mark))
    }
}

impl Row {
    /// What its segments add up to.
    pub fn total(&self) -> f64 {
        self.segments.iter().map(|segment| segment.value).sum()
    }
}
