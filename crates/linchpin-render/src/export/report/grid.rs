//! Tables on pages: columns as wide as their words want, rows that stay whole, heads again on every
//! page.

use super::flow::Flow;
use super::words::{Line, Span, lines};
use egui::{Stroke, pos2};
use egui_export::PdfBlock;

/// Above and below the words of a row, in points.
const PAD_PT: f32 = 3.5;

/// Words wider than this may be broken, in points.
const LONG_WORD_PT: f32 = 150.0;

/// A table.
pub(super) struct Grid {
    /// Tells it from other tables.
    pub number: usize,
    /// Between two columns, in points.
    pub gap_pt: f32,
    pub heads: Vec<Vec<Span>>,
    pub rows: Vec<Vec<Vec<Span>>>,
    /// Which columns end at the right.
    pub is_number: Vec<bool>,
}

/// A cell that has been set.
type Cell = Vec<Line>;

/// Puts a table on the pages.
pub(super) fn put(flow: &mut Flow<'_>, grid: &Grid) {
    let widths = widths(flow, grid);
    let set = |flow: &Flow<'_>, cells: &[Vec<Span>]| -> Vec<Cell> {
        let cells = cells.iter().zip(&widths);
        cells
            .map(|(spans, width)| lines(flow.ctx, spans, *width + 0.5))
            .collect()
    };
    let heads = set(flow, &grid.heads);
    let head_height = height(&heads) + 2.0 * PAD_PT;
    let page = flow.frame.text.height();
    let first = grid.rows.first().map(|row| height(&set(flow, row)));
    flow.need(head_height + first.unwrap_or(0.0).min(page / 2.0) + 2.0 * PAD_PT);
    let row = |flow: &mut Flow<'_>, cells: &[Cell], number: usize, again: bool| {
        put_row(flow, grid, &widths, cells, (number, again));
    };
    row(flow, &heads, 0, false);
    for (cells, number) in grid.rows.iter().zip(1..) {
        let cells = set(flow, cells);
        let whole = height(&cells) + 2.0 * PAD_PT;
        // What fits no page is broken, band by band.
        if whole + head_height <= page {
            if flow.need(whole) {
                row(flow, &heads, 0, true);
            }
            row(flow, &cells, number, false);
            continue;
        }
        let bands = cells.iter().map(Vec::len).max().unwrap_or(0);
        for band in 0..bands {
            let cells: Vec<Cell> = cells
                .iter()
                .map(|cell| cell.get(band).cloned().into_iter().collect())
                .collect();
            if flow.need(height(&cells) + 2.0 * PAD_PT) {
                row(flow, &heads, 0, true);
            }
            put_band(flow, grid, &widths, &cells, (number, false));
        }
        end_row(flow, false);
    }
}

fn height(cells: &[Cell]) -> f32 {
    let heights = cells
        .iter()
        .map(|cell| cell.iter().map(|line| line.height_pt).sum());
    heights.fold(0.0, f32::max)
}

/// A row with a rule below it. `again`: a head that was read before.
fn put_row(
    flow: &mut Flow<'_>,
    grid: &Grid,
    widths: &[f32],
    cells: &[Cell],
    (number, again): (usize, bool),
) {
    put_band(flow, grid, widths, cells, (number, again));
    end_row(flow, number == 0);
}

fn end_row(flow: &mut Flow<'_>, is_head: bool) {
    let p = flow.palette;
    flow.y += PAD_PT;
    flow.rule(match is_head {
        true => Stroke::new(1.0, p.text_muted),
        false => Stroke::new(0.75, p.hairline),
    });
    flow.y += PAD_PT;
}

fn put_band(
    flow: &mut Flow<'_>,
    grid: &Grid,
    widths: &[f32],
    cells: &[Cell],
    (number, again): (usize, bool),
) {
    let mut left = flow.frame.text.left();
    for ((cell, width), column) in cells.iter().zip(widths).zip(0..) {
        let piece = flow.piece(match again {
            true => PdfBlock::Artifact,
            false => PdfBlock::Cell {
                table: grid.number,
                row: number,
                is_head: number == 0,
            },
        });
        let mut y = flow.y;
        for line in cell {
            let x = match grid.is_number.get(column) {
                Some(true) => left + width - line.width_pt,
                _ => left,
            };
            flow.line(piece, line, pos2(x, y));
            y += line.height_pt;
        }
        left += width + grid.gap_pt;
    }
    flow.y += height(cells);
}

/// Whether no word must be broken.
pub(super) fn fits(flow: &Flow<'_>, grid: &Grid) -> bool {
    let least: f32 = wishes(flow, grid).iter().map(|wish| wish.least).sum();
    least <= room(flow, grid)
}

/// How wide a column would be.
#[derive(Clone, Copy, Default)]
struct FieldEdit {
    /// With no line broken.
    most: f32,
    /// With no word broken.
    least: f32,
}

/// For all columns together, in points.
fn room(flow: &Flow<'_>, grid: &Grid) -> f32 {
    flow.frame.text.width() - grid.gap_pt * grid.heads.len().saturating_sub(1) as f32
}

fn wishes(flow: &Flow<'_>, grid: &Grid) -> Vec<FieldEdit> {
    let mut wishes = vec![FieldEdit::default(); grid.heads.len()];
    for row in std::iter::once(&grid.heads).chain(&grid.rows) {
        for (cell, wish) in row.iter().zip(&mut wishes) {
            let widest = |spans: &[Span]| {
                let whole = lines(flow.ctx, spans, f32::INFINITY);
                whole.iter().map(|line| line.width_pt).fold(0.0, f32::max)
            };
            wish.most = wish.most.max(widest(cell));
            for span in cell {
                for word in span.text.split_whitespace() {
                    let text = word.to_owned();
                    let word = Span {
                        text,
                        ..span.clone()
                    };
                    wish.least = wish.least.max(widest(&[word]).min(LONG_WORD_PT));
                }
            }
        }
    }
    wishes
}

/// As wide as the words want where there is room; otherwise each gives way by how much it could.
fn widths(flow: &Flow<'_>, grid: &Grid) -> Vec<f32> {
    let wishes = wishes(flow, grid);
    let room = room(flow, grid);
    let most: f32 = wishes.iter().map(|wish| wish.most).sum();
    let least: f32 = wishes.iter().map(|wish| wish.least).sum();
    if most <= room {
        return wishes.iter().map(|wish| wish.most).collect();
    }
    if least >= room {
        return wishes
            .iter()
            .map(|wish| wish.least * room / least)
            .collect();
    }
    let share = (room - least) / (most - least);
    let width = |wish: &FieldEdit| wish.least + (wish.most - wish.least) * share;
    wishes.iter().map(width).collect()
}
