//! How a document is set for reading, and the backgrounds of what is marked in it.

use super::palette::{Palette, mix};
use egui::Color32;

/// Size of type, in points.
pub const FONT_SIZE_PT: f32 = 16.0;
/// From line to line, in points.
pub const LINE_HEIGHT_PT: f32 = 27.0;
/// Between two paragraphs, in points.
pub const PARAGRAPH_GAP_PT: f32 = 14.0;
/// Letters to the line; Korean has half as many syllables.
pub const LINE_CHARS: f32 = 72.0;

/// Behind coded words, in the color of their mark.
pub fn highlight_color(p: &Palette, mark: Color32) -> Color32 {
    mix(p.background, mark, 0.12)
}

/// The color of sentences that are not candidates at present.
pub fn dimmed_text_color(p: &Palette) -> Color32 {
    mix(p.text_muted, p.background, 0.1)
}

#[cfg(test)]
mod tests {
    use super::super::palette::{DARK, LIGHT, contrast};
    use super::*;

    #[test]
    fn words_read_on_every_mark() {
        for p in [&LIGHT, &DARK] {
            for mark in p.ladder.iter().chain(&p.unranked) {
                let background = highlight_color(p, *mark);
                assert!(contrast(p.text, background) >= 7.0, "{mark:?}");
                assert!(
                    contrast(dimmed_text_color(p), background) >= 3.0,
                    "{mark:?}"
                );
            }
            let found = contrast(dimmed_text_color(p), p.background);
            assert!(found >= 3.5, "{found}");
        }
    }
}
