//! Letters that stand on one line, as pieces of text between wide gaps.

use super::collect::{Letter, Letters};
use std::cmp::Ordering;

/// How far apart baselines of one line may be, as a share of the letters' size: raised signs belong to their line.
const SAME_LINE: f32 = 0.42;
/// A gap between words, as a share of the size.
const WORD: f32 = 0.17;
/// The same where the line has spaces of its own, as they come with letters that stand apart.
const WORD_BESIDE_SPACES: f32 = 0.45;
/// A gap that may lie between columns or cells.
const WIDE: f32 = 0.95;

/// A piece of a line.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    pub left: f32,
    pub right: f32,
    /// Its baseline.
    pub y: f32,
    pub size: f32,
    pub text: String,
    /// A space stood behind it.
    pub is_spaced: bool,
}

/// The pieces of one line, from left to right; at least one.
pub type Row = Vec<Piece>;

/// A page as lines, from its head to its foot.
pub struct Page {
    pub rows: Vec<Row>,
    pub height: f32,
}

/// The lines of a page.
pub fn rows(letters: Letters) -> Page {
    let mut all = letters.all;
    all.sort_by(|a, b| order(a.y, b.y));
    let mut rows: Vec<Row> = Vec::new();
    let mut line: Vec<Letter> = Vec::new();
    // The baseline of the largest letter so far.
    let (mut y, mut size) = (0.0_f32, 0.0_f32);
    for letter in all {
        if !line.is_empty() && letter.y - y > SAME_LINE * size.max(letter.size) {
            rows.extend(row(std::mem::take(&mut line)));
            size = 0.0;
        }
        if letter.size > size && !letter.letter.is_whitespace() || line.is_empty() {
            (y, size) = (letter.y, letter.size);
        }
        line.push(letter);
    }
    rows.extend(row(line));
    Page {
        rows,
        height: letters.height,
    }
}

fn order(a: f32, b: f32) -> Ordering {
    a.partial_cmp(&b).unwrap_or(Ordering::Equal)
}

/// The pieces of a line's letters; `None` where they say nothing.
fn row(mut letters: Vec<Letter>) -> Option<Row> {
    letters.sort_by(|a, b| order(a.x, b.x));
    drop_overprinted(&mut letters);
    let has_spaces = letters.iter().any(|l| l.letter.is_whitespace());
    let word = if has_spaces { WORD_BESIDE_SPACES } else { WORD };
    let mut row = Row::new();
    let mut open: Option<Piece> = None;
    for letter in letters {
        let right = letter.x + letter.width.max(0.0);
        if letter.letter.is_whitespace() {
            if let Some(piece) = &mut open {
                piece.is_spaced = true;
            }
            continue;
        }
        let gap = open.as_ref().map_or(0.0, |piece| letter.x - piece.right);
        let size = open
            .as_ref()
            .map_or(letter.size, |piece| piece.size.max(letter.size));
        if gap > WIDE * size {
            row.extend(open.take());
        }
        match &mut open {
            None => {
                open = Some(Piece {
                    left: letter.x,
                    right,
                    y: letter.y,
                    size: letter.size,
                    text: letter.letter.to_string(),
                    is_spaced: false,
                });
            }
            Some(piece) => {
                if piece.is_spaced || gap > word * size {
                    piece.text.push(' ');
                }
                piece.text.push(letter.letter);
                piece.right = piece.right.max(right);
                piece.is_spaced = false;
                if letter.size > piece.size {
                    (piece.size, piece.y) = (letter.size, letter.y);
                }
            }
        }
    }
    row.extend(open);
    (!row.is_empty()).then_some(row)
}

/// Takes out letters that were printed twice, for a shadow or to look bold.
fn drop_overprinted(letters: &mut Vec<Letter>) {
    let mut kept: Vec<Letter> = Vec::with_capacity(letters.len());
    for letter in letters.drain(..) {
        let near = kept.iter().rev().take(4);
        let is_double = |old: &Letter| {
            old.letter == letter.letter
                && (old.x - letter.x).abs() < 0.12 * letter.size
                && (old.y - letter.y).abs() < 0.12 * letter.size
                && (old.size - letter.size).abs() < 0.1 * letter.size
        };
        if letter.letter.is_whitespace() || !near.into_iter().any(is_double) {
            kept.push(letter);
        }
    }
    *letters = kept;
}

/// All of a row as one piece.
pub fn whole(row: &[Piece]) -> Option<Piece> {
    let mut pieces = row.iter();
    let mut all = pieces.next()?.clone();
    for piece in pieces {
        all.text.push(' ');
        all.text.push_str(&piece.text);
        all.right = all.right.max(piece.right);
        all.is_spaced = piece.is_spaced;
        if piece.size > all.size {
            (all.size, all.y) = (piece.size, piece.y);
        }
    }
    Some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, x: f32, y: f32, size: f32) -> Vec<Letter> {
        let place = |(index, letter)| Letter {
            x: x + f32::from(index) * size * 0.5,
            y,
            width: size * 0.5,
            size,
            letter,
        };
        (0u8..).zip(text.chars()).map(place).collect()
    }

    fn texts(letters: Vec<Letter>) -> Vec<Vec<String>> {
        let page = rows(Letters {
            all: letters,
            ..Letters::default()
        });
        let texts = |row: Row| row.into_iter().map(|piece| piece.text).collect();
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
