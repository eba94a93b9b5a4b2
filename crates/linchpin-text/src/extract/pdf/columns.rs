//! In which order the pieces of a page are read: columns one after another, everything else line by
//! line.

use super::rows::{PdfTextChunk, PdfTextRow, merge_chunks};

/// The fewest lines that a column has on either side of a gap.
const MIN_LINES: usize = 3;
/// How close left edges are that belong to one column, in points.
const EDGE_TOLERANCE: f32 = 3.0;
/// The narrowest column, as a multiple of its letters' size: the numbers of a list are none.
const MIN_WIDTH: f32 = 7.0;
/// How many columns lie beside one another at most.
const MAX_DEPTH: u8 = 6;
/// How many edges are tried.
const MAX_EDGES: usize = 12;

/// Lines that are read one after another in one column.
#[derive(Clone, Debug, PartialEq)]
pub struct PdfColumn {
    pub lines: Vec<PdfTextChunk>,
}

/// The columns of a page, in the order in which they are read.
pub fn reading_order(rows: Vec<PdfTextRow>) -> Vec<PdfColumn> {
    let mut columns = Vec::new();
    split_columns(rows, 0, &mut columns);
    columns
}

fn split_columns(rows: Vec<PdfTextRow>, depth: u8, columns: &mut Vec<PdfColumn>) {
    // From the top: whole lines up to the first band of columns, then its left side, then its right
    // one, each of which may hold columns again, then what is below.
    let mut rest = rows;
    while !rest.is_empty() {
        let found = if depth < MAX_DEPTH {
            find_column_band(&rest)
        } else {
            None
        };
        let Some(band) = found else {
            columns.push(whole_rows(&rest));
            return;
        };
        let mut before = rest;
        let mut within = before.split_off(band.start);
        rest = within.split_off(band.end - band.start);
        if !before.is_empty() {
            columns.push(whole_rows(&before));
        }
        let (mut left, mut right) = (Vec::new(), Vec::new());
        for row in within {
            let (first, second): (PdfTextRow, PdfTextRow) = row
                .into_iter()
                .partition(|piece| piece.left < band.right_start);
            left.extend((!first.is_empty()).then_some(first));
            right.extend((!second.is_empty()).then_some(second));
        }
        split_columns(left, depth + 1, columns);
        split_columns(right, depth + 1, columns);
    }
}

fn whole_rows(rows: &[PdfTextRow]) -> PdfColumn {
    PdfColumn {
        lines: rows.iter().filter_map(|row| merge_chunks(row)).collect(),
    }
}

/// Rows with columns on both sides of a gap.
struct ColumnBand {
    start: usize,
    end: usize,
    /// Where the right side begins.
    right_start: f32,
}

/// The first rows that have columns on both sides of a gap.
fn find_column_band(rows: &[PdfTextRow]) -> Option<ColumnBand> {
    let mut best: Option<ColumnBand> = None;
    for edge in candidate_edges(rows) {
        let mut start = 0;
        while start < rows.len() {
            let length = rows
                .iter()
                .skip(start)
                .take_while(|row| !crosses(row, edge))
                .count();
            let end = start + length;
            let fits = rows
                .get(start..end)
                .is_some_and(|part| are_columns(part, edge));
            let size = |band: &ColumnBand| band.end - band.start;
            // The longest band wins, then the leftmost edge.
            if fits && best.as_ref().is_none_or(|best| size(best) < length) {
                best = Some(ColumnBand {
                    start,
                    end,
                    right_start: edge,
                });
            }
            start = end + 1;
        }
    }
    best
}

/// Left edges at which several pieces begin, from the left.
fn candidate_edges(rows: &[PdfTextRow]) -> Vec<f32> {
    let mut lefts: Vec<f32> = rows.iter().flatten().map(|piece| piece.left).collect();
    lefts.sort_by(f32::total_cmp);
    let mut groups: Vec<(f32, usize)> = Vec::new();
    for left in lefts {
        match groups.last_mut() {
            Some((start, count)) if left - *start <= EDGE_TOLERANCE => *count += 1,
            _ => groups.push((left, 1)),
        }
    }
    // The first edge is that of the page. Of the others those at which most lines begin are tried:
    // a page of a table may have hundreds, and each costs a pass over the rows.
    let mut often: Vec<(f32, usize)> = groups
        .into_iter()
        .skip(1)
        .filter(|(_, count)| *count >= MIN_LINES)
        .collect();
    often.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    often.truncate(MAX_EDGES);
    let mut edges: Vec<f32> = often.into_iter().map(|(start, _)| start - 0.5).collect();
    edges.sort_by(f32::total_cmp);
    edges
}

fn crosses(row: &[PdfTextChunk], edge: f32) -> bool {
    row.iter()
        .any(|piece| piece.left < edge && piece.right > edge + 0.5)
}

/// Whether both sides of an edge are columns of text: several lines each, beside one another, most
/// of which fill their side. The cells of a
/// table rarely do.
fn are_columns(rows: &[PdfTextRow], edge: f32) -> bool {
    let side = |is_right: bool| -> Vec<PdfTextChunk> {
        let pieces = |row: &PdfTextRow| {
            let of: PdfTextRow = row
                .iter()
                .filter(|piece| (piece.left >= edge) == is_right)
                .cloned()
                .collect();
            merge_chunks(&of)
        };
        rows.iter().filter_map(pieces).collect()
    };
    let (left, right) = (side(false), side(true));
    if left.len() < MIN_LINES || right.len() < MIN_LINES {
        return false;
    }
    // Columns lie next to each other: a heading above and a note below are none, though an edge
    // parts them. And the gap must be there at every line.
    let gap = edge
        - left
            .iter()
            .map(|piece| piece.right)
            .fold(f32::MIN, f32::max);
    let is_beside = baseline_range(&left).0 <= baseline_range(&right).1
        && baseline_range(&right).0 <= baseline_range(&left).1;
    gap > 2.0 && is_beside && is_filled(&left) && is_filled(&right)
}

/// The first and the last baseline.
fn baseline_range(lines: &[PdfTextChunk]) -> (f32, f32) {
    let ys = lines.iter().map(|line| line.baseline);
    ys.fold((f32::MAX, f32::MIN), |(first, last), y| {
        (first.min(y), last.max(y))
    })
}

fn is_filled(lines: &[PdfTextChunk]) -> bool {
    let left = lines.iter().map(|line| line.left).fold(f32::MAX, f32::min);
    let right = lines.iter().map(|line| line.right).fold(f32::MIN, f32::max);
    let size = lines.iter().map(|line| line.size).fold(0.0, f32::max);
    let width = right - left;
    let full = lines
        .iter()
        .filter(|line| line.right - line.left > width * 0.66)
        .count();
    width > size * MIN_WIDTH && full * 2 >= lines.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(left: f32, right: f32, y: f32, text: &str) -> PdfTextChunk {
        PdfTextChunk {
            left,
            right,
            baseline: y,
            size: 10.0,
            text: text.into(),
            has_space_after: false,
        }
    }

    fn read(rows: Vec<PdfTextRow>) -> Vec<String> {
        let columns = reading_order(rows).into_iter();
        columns
            .map(|c| {
                c.lines
                    .iter()
                    .map(|l| &*l.text)
                    .collect::<Vec<_>>()
                    .join("/")
            })
            .collect()
    }

    #[test]
    fn columns_are_read_one_after_another() {
        let y = |row: u8| 100.0 + 12.0 * f32::from(row);
        let mut rows = vec![vec![piece(50.0, 550.0, 80.0, "Title")]];
        for row in 0..4 {
            // The right column stands a little lower than the left.
            rows.push(vec![piece(50.0, 280.0, y(row), "l")]);
            rows.push(vec![piece(310.0, 550.0, y(row) + 6.0, "r")]);
        }
        rows.push(vec![piece(50.0, 550.0, 400.0, "End")]);
        assert_eq!(read(rows), ["Title", "l/l/l/l", "r/r/r/r", "End"]);
    }

    #[test]
    fn tables_and_numbered_lists_are_read_line_by_line() {
        let table = |row: u8| {
            let y = 100.0 + 12.0 * f32::from(row);
            let name = if row == 0 { 200.0 } else { 90.0 };
            vec![piece(50.0, name, y, "name"), piece(310.0, 340.0, y, "7")]
        };
        assert_eq!(
            read((0..4).map(table).collect()),
            ["name 7/name 7/name 7/name 7"]
        );
        let list = |row: u8| {
            let y = 100.0 + 12.0 * f32::from(row);
            vec![piece(50.0, 60.0, y, "1."), piece(80.0, 550.0, y, "Point")]
        };
        assert_eq!(
            read((0..4).map(list).collect()),
            ["1. Point/1. Point/1. Point/1. Point"]
        );
    }
}
