//! Small multiples: the same chart for each of several groups.

use super::{Body, Mark};

/// Small charts beside each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Multiples {
    pub panels: Vec<Multiple>,
    /// Each has a scale of its own, because their units differ.
    pub own_scales: bool,
}

/// One of them. Bodies of one picture have the same scales, unless their units differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Multiple {
    pub title: String,
    pub body: Body,
}

impl Multiples {
    pub fn marks(&self) -> Box<dyn Iterator<Item = &Mark> + '_> {
        Box::new(self.panels.iter().flat_map(|panel| panel.body.marks()))
    }
}
