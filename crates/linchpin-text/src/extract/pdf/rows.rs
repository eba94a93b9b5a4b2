//! Letters that stand on one line, as pieces of text between wide gaps.

use super::chars::{PdfChar, PdfPageChars};
use std::cmp::Ordering;

/// How far apart baselines of one line may be, as a share of the letters' size: raised signs belong
/// to their line.
const BASELINE_TOLERANCE: f32 = 0.42;
/// A gap between words, as a share of the size.
const WORD_GAP: f32 = 0.17;
/// The same where the line has spaces of its own, as they come with letters that stand apart.
const WORD_GAP_WITH_SPACES: f32 = 0.45;
/// A gap that may lie between columns or cells.
const COLUMN_GAP: f32 = 0.95;

/// A piece of a line.
#[derive(Clone, Debug, PartialEq)]
pub struct PdfTextChunk {
    pub left: f32,
    pub right: f32,
    /// Its baseline.
    pub baseline: f32,
    pub size: f32,
    pub text: String,
    /// A space stood behind it.
    pub has_space_after: bool,
}

/// The pieces of one line, from left to right; at least one.
pub type PdfTextRow = Vec<PdfTextChunk>;

/// A page as lines, from its head to its foot.
pub struct PdfPageRows {
    pub rows: Vec<PdfTextRow>,
    pub height: f32,
}

/// The lines of a page.
pub fn page_rows(letters: PdfPageChars) -> PdfPageRows {
    // Files draw letters in any order, so only their places count.
    let mut all = letters.chars;
    all.sort_by(|a, b| compare_coordinates(a.baseline, b.baseline));
    let mut rows: Vec<PdfTextRow> = Vec::new();
    let mut line: Vec<PdfChar> = Vec::new();
    // The baseline of the largest letter so far.
    let (mut y, mut size) = (0.0_f32, 0.0_f32);
    for letter in all {
        if !line.is_empty() && letter.baseline - y > BASELINE_TOLERANCE * size.max(letter.size) {
            rows.extend(row_of_chars(std::mem::take(&mut line)));
            size = 0.0;
        }
        if letter.size > size && !letter.value.is_whitespace() || line.is_empty() {
            (y, size) = (letter.baseline, letter.size);
        }
        line.push(letter);
    }
    rows.extend(row_of_chars(line));
    PdfPageRows {
        rows,
        height: letters.height,
    }
}

fn compare_coordinates(a: f32, b: f32) -> Ordering {
    a.partial_cmp(&b).unwrap_or(Ordering::Equal)
}

/// The pieces of a line's letters; `None` where they say nothing.
fn row_of_chars(mut letters: Vec<PdfChar>) -> Option<PdfTextRow> {
    // Spaces of the file are taken, but not relied on: many files set words apart by places alone.
    letters.sort_by(|a, b| compare_coordinates(a.x, b.x));
    drop_overprinted(&mut letters);
    let has_spaces = letters.iter().any(|l| l.value.is_whitespace());
    let word = if has_spaces {
        WORD_GAP_WITH_SPACES
    } else {
        WORD_GAP
    };
    let mut row = PdfTextRow::new();
    let mut open: Option<PdfTextChunk> = None;
    for letter in letters {
        let right = letter.x + letter.width.max(0.0);
        if letter.value.is_whitespace() {
            if let Some(piece) = &mut open {
                piece.has_space_after = true;
            }
            continue;
        }
        let gap = open.as_ref().map_or(0.0, |piece| letter.x - piece.right);
        let size = open
            .as_ref()
            .map_or(letter.size, |piece| piece.size.max(letter.size));
        if gap > COLUMN_GAP * size {
            row.extend(open.take());
        }
        match &mut open {
            None => {
                open = Some(PdfTextChunk {
                    left: letter.x,
                    right,
                    baseline: letter.baseline,
                    size: letter.size,
                    text: letter.value.to_string(),
                    has_space_after: false,
                });
            }
            Some(piece) => {
                if piece.has_space_after || gap > word * size {
                    piece.text.push(' ');
                }
                piece.text.push(letter.value);
                piece.right = piece.right.max(right);
                piece.has_space_after = false;
                if letter.size > piece.size {
                    (piece.size, piece.baseline) = (letter.size, letter.baseline);
                }
            }
        }
    }
    row.extend(open);
    (!row.is_empty()).then_some(row)
}

/// Takes out letters that were printed twice, for a shadow or to look bold.
fn drop_overprinted(letters: &mut Vec<PdfChar>) {
    let mut remaining: Vec<PdfChar> = Vec::with_capacity(letters.len());
    for letter in letters.drain(..) {
        let near = remaining.iter().rev().take(4);
        let is_double = |old: &PdfChar| {
            old.value == letter.value
                && (old.x - letter.x).abs() < 0.12 * letter.size
                && (old.baseline - letter.baseline).abs() < 0.12 * letter.size
                && (old.size - letter.size).abs() < 0.1 * letter.size
        };
        if letter.value.is_whitespace() || !near.into_iter().any(is_double) {
            remaining.push(letter);
        }
    }
    *letters = remaining;
}

/// All of a row as one piece.
pub fn merge_chunks(row: &[PdfTextChunk]) -> Option<PdfTextChunk> {
    let mut pieces = row.iter();
    let mut all = pieces.next()?.clone();
    for piece in pieces {
        all.text.push(' ');
        all.text.push_str(&piece.text);
        all.right = all.right.max(piece.right);
        all.has_space_after = piece.has_space_after;
        if piece.size > all.size {
            (all.size, all.baseline) = (piece.size, piece.baseline);
        }
    }
    Some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, x: f32, y: f32, size: f32) -> Vec<PdfChar> {
        let place = |(index, letter)| PdfChar {
            x: x + f32::from(index) * size * 0.5,
            baseline: y,
            width: size * 0.5,
            size,
            value: letter,
        };
        (0u8..).zip(text.chars()).map(place).collect()
    }

    fn texts(letters: Vec<PdfChar>) -> Vec<Vec<String>> {
        let page = page_rows(PdfPageChars {
            chars: letters,
            ..PdfPageChars::default()
        });
        let texts = |row: PdfTextRow| row.into_iter().map(|piece| piece.text).collect();
        page.rows.into_iter().map(texts).collect()
    }

    #[test]
    fn raised_signs_stay_on_their_line_and_shadows_count_once() {
        let mut letters = line("promised", 0.0, 100.0, 10.0);
        letters.extend(line("2", 40.0, 96.0, 6.0));
        letters.extend(line("then", 46.0, 100.0, 10.0));
        letters.extend(line("promised", 0.3, 100.3, 10.0));
        letters.extend(line("next", 0.0, 112.0, 10.0));
        assert_eq!(texts(letters), [vec!["promised2 then"], vec!["next"]]);
    }

    #[test]
    fn gaps_are_words_or_columns() {
        let mut letters = line("we", 0.0, 10.0, 10.0);
        letters.extend(line("will", 12.5, 10.0, 10.0));
        letters.extend(line("act", 60.0, 10.0, 10.0));
        assert_eq!(texts(letters), [["we will", "act"]]);
        assert_eq!(texts(line("a b", 0.0, 10.0, 10.0)), [["a b"]]);
    }
}
