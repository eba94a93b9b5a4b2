//! The room that a part of a picture is given.

/// The place that a body gets.
#[derive(Clone, Copy)]
pub(super) struct LayoutArea {
    pub left: f32,
    pub top: f32,
    pub width: f32,
    /// Height beyond what is needed, to be used or not. Below zero where a body that can be lower
    /// should be.
    pub spare_height_pt: f32,
    /// Height to be left blank right above the marks, for the words of lines that cross them.
    pub headroom_pt: f32,
    /// Values that a scale of bars must reach besides its own: those of lines that cross it.
    pub reference_range: Option<(f64, f64)>,
    /// What it has in common with the charts beside it, where it is one of several small ones:
    /// these have one key for all.
    pub shared_scale: Option<SharedScale>,
}

/// What small charts beside each other have in common, so that equal numbers get equal lengths.
#[derive(Clone, Copy)]
pub(super) struct SharedScale {
    /// The least and the greatest value of all, zero included.
    pub range: (f64, f64),
    /// Kept free below the least and above the greatest value for open ends and numbers, in points.
    pub padding_before_pt: f32,
    pub padding_after_pt: f32,
    /// Whether columns stand up.
    pub is_vertical: bool,
}

impl LayoutArea {
    /// A range that holds the values of lines too.
    pub fn extend_range(self, (low, high): (f64, f64)) -> (f64, f64) {
        match self.reference_range {
            Some((least, most)) => (low.min(least), high.max(most)),
            None => (low, high),
        }
    }

    pub fn right(self) -> f32 {
        self.left + self.width
    }
}
