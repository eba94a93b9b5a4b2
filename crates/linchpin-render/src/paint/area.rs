//! The room that a part of a picture is given.

/// The place that a body gets.
#[derive(Clone, Copy)]
pub(super) struct Area {
    pub left: f32,
    pub top: f32,
    pub width: f32,
    /// Height beyond what is needed, to be used or not. Below zero where a body that can be lower
    /// should be.
    pub spare: f32,
    /// Height to be left blank right above the marks, for the words of lines that cross them.
    pub headroom: f32,
    /// Values that a scale of bars must reach besides its own: those of lines that cross it.
    pub reach: Option<(f64, f64)>,
    /// What it has in common with the charts beside it, where it is one of several small ones:
    /// these have one key for all.
    pub shared: Option<Shared>,
}

/// What small charts beside each other have in common, so that equal numbers get equal lengths.
#[derive(Clone, Copy)]
pub(super) struct Shared {
    /// The least and the greatest value of all, zero included.
    pub range: (f64, f64),
    /// Kept free below the least and above the greatest value for open ends and numbers, in points.
    pub before: f32,
    pub after: f32,
    /// Whether columns stand up.
    pub upright: bool,
}

impl Area {
    /// A range that holds the values of lines too.
    pub fn reaching(self, (low, high): (f64, f64)) -> (f64, f64) {
        match self.reach {
            Some((least, most)) => (low.min(least), high.max(most)),
            None => (low, high),
        }
    }

    pub fn right(self) -> f32 {
        self.left + self.width
    }
}
