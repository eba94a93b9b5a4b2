//! Squares that can be counted: one for each record, or for so many people.

use super::{Mark, Tone};

/// Groups of squares, all squares worth the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Waffle {
    /// How many a square stands for.
    pub per: f64,
    /// What is counted, in the number that goes with `per`: "personnel", "commitment" where a square is one.
    pub unit: String,
    pub groups: Vec<Squares>,
}

/// The squares of one group.
#[derive(Clone, Debug, PartialEq)]
pub struct Squares {
    pub name: String,
    /// Its number as it is printed, with its bound.
    pub text: String,
    /// A line for whoever wants to know more: "as of January 2025".
    pub detail: Option<String>,
    /// How many squares; the last may be a part of one.
    pub squares: f64,
    /// More than what is drawn.
    pub is_open: bool,
    pub tone: Tone,
    pub mark: Mark,
}
