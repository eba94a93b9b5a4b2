//! Where an image is looked at: on a screen, in print or on a wall. It decides how large letters
//! are, and below which size nobody can read them.

use crate::theme::render_style::zoom;
use crate::theme::size;
use egui_export::Unit;

/// Where an image is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medium {
    /// At arm's length on a screen.
    Screen,
    /// On paper.
    Print,
    /// On a wall, or on a telephone.
    Slide,
}

impl Medium {
    /// How many times as large as on screen letters and lines are.
    pub fn zoom(self) -> f32 {
        match self {
            Medium::Screen => zoom::SCREEN,
            Medium::Print => zoom::PRINT,
            Medium::Slide => zoom::SLIDE,
        }
    }

    /// The smallest letters that are read with ease, in printed points (72 to the inch).
    pub fn min_letter_pt(self) -> f32 {
        match self {
            Medium::Screen => 7.5,
            Medium::Print => 6.0,
            Medium::Slide => 12.0,
        }
    }

    /// Whether an image with smaller letters is not made at all. On a screen it is, since whoever
    /// looks at it can enlarge it, and a small preview is not meant to be read; it is said then.
    pub fn refuses_smaller_letters(self) -> bool {
        self != Medium::Screen
    }

    /// In a sentence: "print".
    pub fn label(self) -> &'static str {
        match self {
            Medium::Screen => "a screen",
            Medium::Print => "print",
            Medium::Slide => "a slide",
        }
    }
}

/// The smallest letters of a picture that is drawn at a zoom and then shrunk by a scale, in printed
/// points.
pub(super) fn letters_pt(zoom: f32, scale: f32) -> f32 {
    size::CAPTION * zoom * scale / Unit::Pt.layout_pt() as f32
}

/// Sizes are compared by thousandths of a point: they come from divisions.
const TOLERANCE_PT: f32 = 0.001;

/// Whether letters of a size can be read in a medium.
pub(super) fn is_readable(letters_pt: f32, medium: Medium) -> bool {
    letters_pt >= medium.min_letter_pt() - TOLERANCE_PT
}

/// Says that the letters of an image are small, in the middle of a sentence; nothing where they can
/// be read.
pub fn small_letters_text(letters_pt: f32, medium: Medium) -> Option<String> {
    (!is_readable(letters_pt, medium)).then(|| {
        format!(
            "its smallest letters have {letters_pt:.1} points, and {} needs {}",
            medium.label(),
            medium.min_letter_pt()
        )
    })
}
