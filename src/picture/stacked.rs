//! Rows of segments that add up: counts of records by two of their properties.

use super::{Mark, Tone};

/// Stacked bars, all on one scale that starts at zero.
#[derive(Clone, Debug, PartialEq)]
pub struct Stacked {
    /// What the segments stand for, in their order from the left.
    pub keys: Vec<Key>,
    pub rows: Vec<Row>,
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
    /// In the order of the keys; none is empty.
    pub segments: Vec<Segment>,
}

/// A part of a bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    /// The place of its key.
    pub key: usize,
    pub count: usize,
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
    /// How many records the bar stands for.
    pub fn total(&self) -> usize {
        self.segments.iter().map(|segment| segment.count).sum()
    }
}
