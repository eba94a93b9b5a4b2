//! The room that a part of a picture is given.

/// The place that a body gets.
#[derive(Clone, Copy)]
pub(super) struct Area {
    pub left: f32,
    pub top: f32,
    pub width: f32,
    /// Height beyond what is needed, to be used or not. Below zero where a body that can be lower should be.
    pub spare: f32,
    /// Height to be left blank right above the marks, for the words of lines that cross them.
    pub headroom: f32,
}

impl Area {
    pub fn right(self) -> f32 {
        self.left + self.width
    }
}
