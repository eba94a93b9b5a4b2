//! Whether words fit where they are wanted.

use super::text_layout::{LaidOutText, TextLayouter};
use egui::FontId;

/// How much of its size a space takes: a word is broken where the space behind it does not fit.
const SPACE_EM: f32 = 0.3;

/// The width of the widest word of a text, in points: below it, a word is broken.
pub(super) fn widest_word(layouter: &TextLayouter<'_>, text: &str, font: &FontId) -> f32 {
    // Where nothing is much wider than a word, one measure is enough.
    let whole = layouter.max_width(text.lines(), font);
    if !text.contains(char::is_whitespace) {
        return whole;
    }
    let word = layouter.max_width(text.split_whitespace(), font);
    (word + SPACE_EM * font.size).min(whole)
}

/// How many lines a text takes.
pub(super) fn line_count(text: &LaidOutText) -> usize {
    text.galley.rows.len()
}

/// Whether a text stands on lines of a width without a broken word; Korean, Chinese and Japanese
/// may be broken where a line holds a few of their signs.
pub(super) fn fits_unbroken(
    layouter: &TextLayouter<'_>,
    text: &str,
    font: &FontId,
    width_pt: f32,
) -> bool {
    let few = 6.0 * font.size;
    let space = match text.trim().contains(char::is_whitespace) {
        true => SPACE_EM * font.size,
        false => 0.0,
    };
    text.split_whitespace().all(|word| {
        let broken_anywhere = width_pt >= few && word.chars().any(is_east_asian);
        broken_anywhere || layouter.max_width(std::iter::once(word), font) + space <= width_pt
    })
}

/// Hangul, kana and Chinese characters.
fn is_east_asian(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11FF}' | '\u{3040}'..='\u{30FF}' | '\u{3130}'..='\u{318F}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}')
}
