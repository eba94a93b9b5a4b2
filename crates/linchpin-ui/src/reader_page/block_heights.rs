//! How tall the blocks of a text are: guessed until they come into view, measured then.

use linchpin_reading::ReaderBlock;
use linchpin_render::theme::reader_layout::{FONT_SIZE_PT, LINE_HEIGHT_PT, PARAGRAPH_GAP_PT};

/// Room above the text, in points.
pub(super) const TOP_PT: f32 = 16.0;
/// Room below it, so that the last lines can be read in the middle.
const BOTTOM_PT: f32 = 120.0;

/// Heights of all blocks, in points, the room behind each among them.
#[derive(Clone, Debug, Default)]
pub(super) struct BlockHeights {
    heights: Vec<f32>,
    is_measured: Vec<bool>,
    /// The width for which they hold.
    width_pt: f32,
}

impl BlockHeights {
    /// Makes the heights fit these blocks at this width. `true` where they were all guessed anew.
    pub fn sync_to_blocks(&mut self, text: &str, blocks: &[ReaderBlock], width_pt: f32) -> bool {
        if self.heights.len() == blocks.len() && (self.width_pt - width_pt).abs() < 0.5 {
            return false;
        }
        self.width_pt = width_pt;
        self.heights = blocks
            .iter()
            .map(|b| estimate_height(text, b, width_pt))
            .collect();
        self.is_measured = vec![false; blocks.len()];
        true
    }

    /// What was measured may be a little different now.
    pub fn invalidate(&mut self) {
        self.is_measured.fill(false);
    }

    /// Where a block begins.
    pub fn top(&self, block: usize) -> f32 {
        TOP_PT + self.heights.iter().take(block).sum::<f32>()
    }

    pub fn height(&self, block: usize) -> f32 {
        self.heights.get(block).copied().unwrap_or_default()
    }

    pub fn total(&self) -> f32 {
        TOP_PT + self.heights.iter().sum::<f32>() + BOTTOM_PT
    }

    pub fn is_measured(&self, block: usize) -> bool {
        self.is_measured.get(block).copied().unwrap_or(true)
    }

    /// Notes how tall the letters of a block are. Returns by how much the guess was wrong.
    pub fn set_measured(&mut self, block: usize, letters_pt: f32, is_last: bool) -> f32 {
        let (Some(height), Some(measured)) =
            (self.heights.get_mut(block), self.is_measured.get_mut(block))
        else {
            return 0.0;
        };
        let new = letters_pt + if is_last { PARAGRAPH_GAP_PT } else { 0.0 };
        *measured = true;
        let by = new - *height;
        *height = new;
        by
    }

    /// The block at a height, and where that begins.
    pub fn block_at(&self, y: f32) -> (usize, f32) {
        let mut top = TOP_PT;
        for (index, height) in self.heights.iter().enumerate() {
            if top + height > y {
                return (index, top);
            }
            top += height;
        }
        let last = self.heights.len().saturating_sub(1);
        (last, top - self.height(last))
    }

    /// How many blocks there are.
    pub fn len(&self) -> usize {
        self.heights.len()
    }
}

/// How tall a block may be: letters are half as wide as tall, syllables nearly as wide.
fn estimate_height(text: &str, block: &ReaderBlock, width_pt: f32) -> f32 {
    let words = text.get(block.range.clone()).unwrap_or_default();
    let em = |c: char| if c.is_ascii() { 0.48 } else { 0.9 };
    let long: f32 = words.chars().map(em).sum::<f32>() * FONT_SIZE_PT;
    let lines = (long / width_pt.max(FONT_SIZE_PT)).ceil().max(1.0);
    lines * LINE_HEIGHT_PT
        + if block.ends_paragraph {
            PARAGRAPH_GAP_PT
        } else {
            0.0
        }
}

#[cfg(test)]
mod tests {
    use super::*;
    use linchpin_reading::reader_blocks;
    use linchpin_text::prose::Prose;

    #[test]
    fn what_is_measured_is_remembered_until_the_width_changes() {
        let prose = Prose::new("One.\nTwo.\nThree.");
        let blocks = reader_blocks(&prose);
        let mut heights = BlockHeights::default();
        assert!(heights.sync_to_blocks(prose.text(), &blocks, 500.0));
        let before = heights.total();
        assert_eq!(
            heights.set_measured(1, 2.0 * LINE_HEIGHT_PT, true),
            LINE_HEIGHT_PT
        );
        assert!(heights.is_measured(1) && !heights.is_measured(0));
        assert_eq!(heights.total(), before + LINE_HEIGHT_PT);
        assert_eq!(
            heights.top(2),
            TOP_PT + 3.0 * LINE_HEIGHT_PT + 2.0 * PARAGRAPH_GAP_PT
        );
        assert_eq!(heights.block_at(heights.top(2) + 1.0).0, 2);
        assert_eq!(heights.block_at(-5.0).0, 0);
        assert_eq!(heights.block_at(1e9).0, 2);
        assert!(!heights.sync_to_blocks(prose.text(), &blocks, 500.2));
        assert!(heights.sync_to_blocks(prose.text(), &blocks, 400.0));
        assert!(!heights.is_measured(1));
    }
}
