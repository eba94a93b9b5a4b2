//! Small multiples: the same chart for each of several groups.

use super::{ChartMark, PictureBody};

/// Small charts beside each other.
#[derive(Clone, Debug, PartialEq)]
pub struct SmallMultiples {
    pub panels: Vec<FacetPanel>,
    /// Each has a scale of its own, because their units differ.
    pub has_independent_scales: bool,
}

/// One of them. Bodies of one picture have the same scales, unless their units differ.
#[derive(Clone, Debug, PartialEq)]
pub struct FacetPanel {
    pub title: String,
    pub body: PictureBody,
}

impl SmallMultiples {
    pub fn marks(&self) -> Box<dyn Iterator<Item = &ChartMark> + '_> {
        Box::new(self.panels.iter().flat_map(|panel| panel.body.marks()))
    }
}
