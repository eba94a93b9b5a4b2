//! How a block of the text is laid out, how tall it is, and where in it a byte stands on screen.

use crate::widgets::append_visible;
use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Galley, Pos2, Rect, Ui, pos2};
use linchpin_app::reader::ReaderDocument;
use linchpin_reading::coded_segments::segments_touching;
use linchpin_reading::{
    AnchorStatus, CodedSegment, CommitmentStrength, ReaderBlock, SentenceState,
};
use linchpin_render::theme::reader_layout::{FONT_SIZE_PT, LINE_HEIGHT_PT, PARAGRAPH_GAP_PT};
use linchpin_render::theme::{self, Palette, reader_layout};
use std::ops::Range;
use std::sync::Arc;

/// The room of one sign before coded words, in points.
pub(super) const MARKER_PT: f32 = 16.0;
/// Room above the text, in points.
pub(super) const TOP_PT: f32 = 16.0;
/// Room below it, so that the last lines can be read in the middle.
const BOTTOM_PT: f32 = 120.0;

/// A block as it is laid out.
pub(super) struct BlockLayout {
    pub galley: Arc<Galley>,
    /// Its text.
    text: String,
    /// Where it begins in the whole text.
    start: usize,
}

/// A block on screen.
pub(super) struct PlacedBlock {
    pub index: usize,
    pub origin: Pos2,
    pub layout: BlockLayout,
}

/// A sign before coded words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PhraseMarker {
    Step(u8),
    Unranked,
    Normalized,
    Moved,
}

/// The signs of a segment: how firm a commitment is, and whether its words are found as the
/// citation has them.
pub(super) fn phrase_markers(segment: &CodedSegment) -> impl Iterator<Item = PhraseMarker> + use<> {
    let strength = segment.strength.map(|strength| match strength {
        CommitmentStrength::Step(rank) => PhraseMarker::Step(rank),
        CommitmentStrength::Unranked => PhraseMarker::Unranked,
    });
    let fit = match segment.anchor_status {
        AnchorStatus::Exact => None,
        AnchorStatus::Normalized => Some(PhraseMarker::Normalized),
        AnchorStatus::Moved(_) => Some(PhraseMarker::Moved),
    };
    // A dismissed sentence has its sign in the margin.
    let fit = fit.filter(|_| segment.dismissal.is_none());
    strength.into_iter().chain(fit)
}

/// The room of the signs that stand before a byte, of these segments, in points.
pub(super) fn marker_width_at(segments: &[CodedSegment], byte: usize) -> f32 {
    let from = segments.partition_point(|segment| segment.range.start < byte);
    let here = segments.iter().skip(from);
    let here = here.take_while(|segment| segment.range.start == byte);
    here.map(|segment| phrase_markers(segment).count())
        .sum::<usize>() as f32
        * MARKER_PT
}

/// Lays out a block for reading.
pub(super) fn layout_block(
    ui: &Ui,
    opened: &ReaderDocument,
    block: &ReaderBlock,
    width_pt: f32,
    only_open: bool,
) -> BlockLayout {
    let p = theme::palette_of(ui);
    let text = opened.prose.text().get(block.range.clone());
    let text = text.unwrap_or_default();
    let segments = &opened.spots.segments;
    // egui gives room and color by section, so that one begins wherever a sign stands or a sentence
    // may be dimmed.
    let mut cuts: Vec<usize> = segments_touching(segments, block.range.clone())
        .map(|(_, segment)| segment.range.start)
        .filter(|at| block.range.contains(at) && marker_width_at(segments, *at) > 0.0)
        .collect();
    if only_open {
        let sentences = sentences_in(opened, &block.range);
        cuts.extend(sentences.iter().map(|s| s.range.start));
    }
    cuts.push(block.range.start);
    cuts.sort_unstable();
    cuts.dedup();
    let mut job = LayoutJob {
        wrap: TextWrapping::wrap_at_width(width_pt),
        // Marks and selections are placed by egui's order of the words, so the words keep it: see
        // `BidiPlugin`.
        keep_trailing_whitespace: true,
        ..LayoutJob::default()
    };
    for (index, from) in cuts.iter().copied().enumerate() {
        let to = cuts.get(index + 1).copied().unwrap_or(block.range.end);
        let words = opened.prose.text().get(from..to).unwrap_or_default();
        let format = TextFormat {
            line_height: Some(reader_layout::LINE_HEIGHT_PT),
            ..TextFormat::simple(
                theme::regular(reader_layout::FONT_SIZE_PT),
                text_color(opened, from, only_open, p),
            )
        };
        append_visible(&mut job, words, marker_width_at(segments, from), format);
    }
    BlockLayout {
        galley: ui.painter().layout_job(job),
        text: text.to_owned(),
        start: block.range.start,
    }
}

fn text_color(opened: &ReaderDocument, byte: usize, only_open: bool, p: &Palette) -> egui::Color32 {
    let sentence = opened.coverage.sentence_at(byte);
    let is_open = sentence.is_none_or(|s| s.state == SentenceState::Open);
    match only_open && !is_open {
        true => reader_layout::dimmed_text_color(p),
        false => p.text,
    }
}

/// The sentences that touch these bytes.
pub(super) fn sentences_in<'o>(
    opened: &'o ReaderDocument,
    range: &Range<usize>,
) -> &'o [linchpin_reading::SentenceCoverage] {
    let all = &opened.coverage.sentences;
    let from = all.partition_point(|s| s.range.end <= range.start);
    let to = all.partition_point(|s| s.range.start < range.end);
    all.get(from..to.max(from)).unwrap_or_default()
}

impl BlockLayout {
    /// How many letters of the block stand before a byte of the whole text.
    fn chars_before(&self, byte: usize) -> usize {
        let mut at = byte.saturating_sub(self.start).min(self.text.len());
        // A place within a letter, such as where a text was cut by bytes, is that letter's.
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        self.text
            .get(..at)
            .map_or(0, |before| before.chars().count())
    }

    /// The byte of the whole text at a place on screen, where the block begins at `origin`.
    pub fn byte_at(&self, origin: Pos2, place: Pos2) -> usize {
        let cursor = self.galley.cursor_from_pos(place - origin);
        let mut chars = self.text.char_indices();
        let at = chars
            .nth(cursor.index.0)
            .map_or(self.text.len(), |(at, _)| at);
        self.start + at
    }

    /// Where these bytes of the whole text stand on screen: one rectangle for each line, from the
    /// tops of its letters to a little below their feet.
    pub fn rects(&self, origin: Pos2, range: &Range<usize>) -> Vec<Rect> {
        let (from, to) = (self.chars_before(range.start), self.chars_before(range.end));
        self.letter_rects(origin, from..to)
    }

    /// Where these letters of the block stand on screen.
    fn letter_rects(&self, origin: Pos2, letters: Range<usize>) -> Vec<Rect> {
        let (from, to) = (letters.start, letters.end);
        let mut all = Vec::new();
        let mut first = 0;
        for row in &self.galley.rows {
            let count = row.glyphs.len();
            let (a, b) = (from.max(first), to.min(first + count));
            if a < b
                && let Some(glyph) = row.glyphs.get(a - first)
                && let Some(last) = row.glyphs.get(b - first - 1)
            {
                let base = origin.y + row.pos.y + glyph.pos.y;
                let left = origin.x + row.pos.x + glyph.pos.x;
                // A space at the end of a line is not marked.
                let mut right = origin.x + row.pos.x + last.max_x();
                if last.chr.is_whitespace() {
                    right = right.min(origin.x + row.pos.x + last.pos.x).max(left);
                }
                all.push(Rect::from_min_max(
                    pos2(left, base - reader_layout::FONT_SIZE_PT * 0.98),
                    pos2(right, base + reader_layout::FONT_SIZE_PT * 0.34),
                ));
            }
            // A newline has no glyph, but counts as a letter.
            first += row.char_count_including_newline().0;
        }
        all
    }

    /// The line on screen on which a byte stands: where its left end would be, and its middle.
    pub fn line_center_y(&self, origin: Pos2, byte: usize) -> f32 {
        let letter = self.chars_before(byte);
        let rects = self.letter_rects(origin, letter..letter + 1);
        let next = rects.first().map(|rect| rect.center().y);
        next.unwrap_or(origin.y + reader_layout::LINE_HEIGHT_PT / 2.0)
    }
}

/// The sign, in letters.
pub(super) fn marker_text(sign: PhraseMarker) -> String {
    match sign {
        PhraseMarker::Step(rank) => rank.to_string(),
        PhraseMarker::Unranked => "–".into(),
        PhraseMarker::Normalized => "≈".into(),
        PhraseMarker::Moved => "→".into(),
    }
}

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
        // The width changes by fractions of a point while a panel is dragged or the zoom is not
        // whole.
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
        // The gap behind a paragraph belongs to its last block, so that heights just add up.
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

/// How tall a block may be: letters are half as wide as tall, Hangul syllables nearly as wide. A
/// guess, since laying out all blocks of a long document would take seconds.
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
