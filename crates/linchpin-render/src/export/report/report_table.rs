//! Tables on pages: columns as wide as their words want, rows that stay whole, heads again on every
//! page.

use super::page_flow::PageFlow;
use super::rich_text::{RichTextLine, RichTextSpan, break_lines};
use egui::{Stroke, pos2};
use egui_export::PdfBlock;

/// Above and below the words of a row, in points.
const PAD_PT: f32 = 3.5;

/// Words wider than this may be broken, in points.
const LONG_WORD_PT: f32 = 150.0;

/// A table.
pub(super) struct ReportTable {
    /// Tells it from other tables.
    pub number: usize,
    /// Between two columns, in points.
    pub gap_pt: f32,
    pub headers: Vec<Vec<RichTextSpan>>,
    pub rows: Vec<Vec<Vec<RichTextSpan>>>,
    /// Which columns end at the right.
    pub is_number: Vec<bool>,
}

/// A cell that has been set.
type CellLines = Vec<RichTextLine>;

/// Puts a table on the pages.
pub(super) fn lay_out(flow: &mut PageFlow<'_>, grid: &ReportTable) {
    let widths = widths(flow, grid);
    let set = |flow: &PageFlow<'_>, cells: &[Vec<RichTextSpan>]| -> Vec<CellLines> {
        let cells = cells.iter().zip(&widths);
        cells
            .map(|(spans, width)| break_lines(flow.ctx, spans, *width + 0.5))
            .collect()
    };
    let heads = set(flow, &grid.headers);
    let head_height = height(&heads) + 2.0 * PAD_PT;
    let page = flow.frame.text.height();
    let first = grid.rows.first().map(|row| height(&set(flow, row)));
    flow.ensure_room(head_height + first.unwrap_or(0.0).min(page / 2.0) + 2.0 * PAD_PT);
    let row = |flow: &mut PageFlow<'_>, cells: &[CellLines], number: usize, again: bool| {
        lay_out_row(flow, grid, &widths, cells, (number, again));
    };
    row(flow, &heads, 0, false);
    for (cells, number) in grid.rows.iter().zip(1..) {
        let cells = set(flow, cells);
        let whole = height(&cells) + 2.0 * PAD_PT;
        // What fits no page is broken, band by band.
        if whole + head_height <= page {
            if flow.ensure_room(whole) {
                row(flow, &heads, 0, true);
            }
            row(flow, &cells, number, false);
            continue;
        }
        let bands = cells.iter().map(Vec::len).max().unwrap_or(0);
        for band in 0..bands {
            let cells: Vec<CellLines> = cells
                .iter()
                .map(|cell| cell.get(band).cloned().into_iter().collect())
                .collect();
            if flow.ensure_room(height(&cells) + 2.0 * PAD_PT) {
                row(flow, &heads, 0, true);
            }
            lay_out_line(flow, grid, &widths, &cells, (number, false));
        }
        end_row(flow, false);
    }
}

fn height(cells: &[CellLines]) -> f32 {
    let heights = cells
        .iter()
        .map(|cell| cell.iter().map(|line| line.height_pt).sum());
    heights.fold(0.0, f32::max)
}

/// A row with a rule below it. `again`: a head that was read before.
fn lay_out_row(
    flow: &mut PageFlow<'_>,
    grid: &ReportTable,
    widths: &[f32],
    cells: &[CellLines],
    (number, again): (usize, bool),
) {
    lay_out_line(flow, grid, widths, cells, (number, again));
    end_row(flow, number == 0);
}

fn end_row(flow: &mut PageFlow<'_>, is_head: bool) {
    let p = flow.palette;
    flow.y += PAD_PT;
    flow.rule(match is_head {
        true => Stroke::new(1.0, p.text_muted),
        false => Stroke::new(0.75, p.hairline),
    });
    flow.y += PAD_PT;
}

fn lay_out_line(
    flow: &mut PageFlow<'_>,
    grid: &ReportTable,
    widths: &[f32],
    cells: &[CellLines],
    (number, again): (usize, bool),
) {
    let mut left = flow.frame.text.left();
    for ((cell, width), column) in cells.iter().zip(widths).zip(0..) {
        let piece = flow.begin_block(match again {
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
pub(super) fn fits_unbroken(flow: &PageFlow<'_>, grid: &ReportTable) -> bool {
    let least: f32 = width_bounds(flow, grid)
        .iter()
        .map(|bounds| bounds.least)
        .sum();
    least <= column_room(flow, grid)
}

/// How wide a column would be, in points.
#[derive(Clone, Copy, Default)]
struct WidthBounds {
    /// With no line broken.
    most: f32,
    /// With no word broken.
    least: f32,
}

/// For all columns together, in points.
fn column_room(flow: &PageFlow<'_>, grid: &ReportTable) -> f32 {
    flow.frame.text.width() - grid.gap_pt * grid.headers.len().saturating_sub(1) as f32
}

fn width_bounds(flow: &PageFlow<'_>, grid: &ReportTable) -> Vec<WidthBounds> {
    let mut bounds = vec![WidthBounds::default(); grid.headers.len()];
    for row in std::iter::once(&grid.headers).chain(&grid.rows) {
        for (cell, bound) in row.iter().zip(&mut bounds) {
            let widest = |spans: &[RichTextSpan]| {
                let whole = break_lines(flow.ctx, spans, f32::INFINITY);
                whole.iter().map(|line| line.width_pt).fold(0.0, f32::max)
            };
            bound.most = bound.most.max(widest(cell));
            for span in cell {
                for word in span.text.split_whitespace() {
                    let text = word.to_owned();
                    let word = RichTextSpan {
                        text,
                        ..span.clone()
                    };
                    bound.least = bound.least.max(widest(&[word]).min(LONG_WORD_PT));
                }
            }
        }
    }
    bounds
}

/// As wide as the words want where there is room; otherwise each gives way by how much it could.
fn widths(flow: &PageFlow<'_>, grid: &ReportTable) -> Vec<f32> {
    let bounds = width_bounds(flow, grid);
    let room = column_room(flow, grid);
    let most: f32 = bounds.iter().map(|bound| bound.most).sum();
    let least: f32 = bounds.iter().map(|bound| bound.least).sum();
    if most <= room {
        return bounds.iter().map(|bound| bound.most).collect();
    }
    if least >= room {
        return bounds
            .iter()
            .map(|bound| bound.least * room / least)
            .collect();
    }
    let share = (room - least) / (most - least);
    let width = |bound: &WidthBounds| bound.least + (bound.most - bound.least) * share;
    bounds.iter().map(width).collect()
}
