//! Blocks of squares side by side, their words above them, in as many lines as the width asks for.

use super::layout_area::LayoutArea;
use super::picture_layout::PictureLayout;
use super::squares::{self, PITCHES_PT, SquareGrid};
use super::text_layout::{LaidOutText, TextLayouter};
use crate::theme::{self, Palette, size, space};
use egui::{Rect, pos2};
use linchpin_charts::picture::{MarkId, Waffle, WaffleGroup};

/// How many squares a line of a block may have, and how well they are counted.
const SQUARES_PER_ROW: [(usize, f32); 4] = [(10, 1.0), (20, 0.95), (5, 0.8), (50, 0.7)];

/// The least and the greatest width of words above a block that is narrower, in points.
const MIN_HEADER_PT: f32 = 64.0;
const MAX_HEADER_PT: f32 = 170.0;

/// The best height of all blocks, as a share of the width, and at least, in points.
const HEIGHT_SHARE: f32 = 0.56;
const MIN_BEST_HEIGHT_PT: f32 = 420.0;

/// Between two blocks, in points.
const GAP_PT: f32 = space::XL;

/// Squares below the words, block beside block, as large as there is room for. Returns the bottom.
pub(super) fn lay_out(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    body: &Waffle,
    most: usize,
    area: LayoutArea,
) -> f32 {
    let natural = header_width_pt(layouter, body, area);
    let best = (area.width * HEIGHT_SHARE).max(MIN_BEST_HEIGHT_PT) + area.spare_height_pt;
    let mut chosen: Option<(f32, WaffleBlocks)> = None;
    for (across, ease) in SQUARES_PER_ROW {
        // Lines longer than what there is to put into them are no lines.
        if across > 10 && most <= across {
            continue;
        }
        for pitch_pt in PITCHES_PT {
            let grid = SquareGrid {
                per_row: across,
                gap_every: 10,
                pitch_pt,
            };
            let line = grid.row_width_pt(most);
            if line > area.width {
                continue;
            }
            let blocks = WaffleBlocks::new(layouter, body, grid, line.max(natural), area.width);
            let over = (best / blocks.height_pt.max(1.0)).min(1.0);
            let score = pitch_pt * over * over * ease;
            if chosen.as_ref().is_none_or(|(most, _)| score > *most) {
                chosen = Some((score, blocks));
            }
        }
    }
    match chosen {
        Some((_, blocks)) => draw_blocks(layouter.palette, layout, body, blocks, area),
        None => area.top,
    }
}

/// The same with squares of a given size.
pub(super) fn with_grid(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    body: &Waffle,
    grid: SquareGrid,
    area: LayoutArea,
) -> f32 {
    let width = grid
        .row_width_pt(grid.per_row)
        .max(header_width_pt(layouter, body, area));
    let blocks = WaffleBlocks::new(layouter, body, grid, width.min(area.width), area.width);
    draw_blocks(layouter.palette, layout, body, blocks, area)
}

/// How wide the words above a block are, at least and at most.
fn header_width_pt(layouter: &TextLayouter<'_>, body: &Waffle, area: LayoutArea) -> f32 {
    let widest = if body.groups.len() == 1 {
        area.width
    } else {
        MAX_HEADER_PT.min(area.width)
    };
    let natural = headers(layouter, &body.groups, f32::INFINITY)
        .iter()
        .flat_map(|head| head.texts.iter().map(|text| text.size.x))
        .fold(MIN_HEADER_PT, f32::max);
    (natural + 1.0).min(widest)
}

fn draw_blocks(
    p: &Palette,
    layout: &mut PictureLayout,
    body: &Waffle,
    blocks: WaffleBlocks,
    area: LayoutArea,
) -> f32 {
    let mut y = area.top;
    let mut first = 0;
    let mut heads = blocks.headers.into_iter();
    for line in body.groups.chunks(blocks.per_row) {
        let tops = blocks.row_heights[first / blocks.per_row];
        let base = y + tops.0;
        for (i, (group, head)) in line.iter().zip(&mut heads).enumerate() {
            let x = area.left + i as f32 * (blocks.width_pt + GAP_PT);
            let mut at = pos2(x, base - head.height_pt);
            let top = at.y;
            for text in head.texts {
                at.y = layout.text(at, text).bottom();
            }
            blocks.grid.draw(layout, p, group, pos2(x, base));
            let height = blocks.grid.size(squares::cell_count(group)).y;
            let spot = Rect::from_min_max(pos2(x, top), pos2(x + blocks.width_pt, base + height));
            layout.add_hit_area(MarkId((first + i) as u32), spot);
        }
        y = base + tops.1 + space::L;
        first += line.len();
    }
    (y - space::L).max(area.top)
}

/// Blocks of one grid.
struct WaffleBlocks {
    grid: SquareGrid,
    width_pt: f32,
    per_row: usize,
    headers: Vec<BlockHeader>,
    /// Of each line of blocks: the height of the words, and of the squares.
    row_heights: Vec<(f32, f32)>,
    height_pt: f32,
}

impl WaffleBlocks {
    fn new(
        layouter: &TextLayouter<'_>,
        body: &Waffle,
        grid: SquareGrid,
        width_pt: f32,
        room_pt: f32,
    ) -> WaffleBlocks {
        let fit = ((room_pt + GAP_PT) / (width_pt + GAP_PT)).floor() as usize;
        let per_row = fit.clamp(1, body.groups.len().max(1));
        let headers = headers(layouter, &body.groups, width_pt);
        let row_heights: Vec<(f32, f32)> = body
            .groups
            .chunks(per_row)
            .zip(headers.chunks(per_row))
            .map(|(groups, heads)| {
                let words = heads.iter().map(|head| head.height_pt).fold(0.0, f32::max);
                let height = |group| grid.size(squares::cell_count(group)).y;
                (words, groups.iter().map(height).fold(0.0, f32::max))
            })
            .collect();
        let height_pt = row_heights
            .iter()
            .map(|(words, cells)| words + cells + space::L);
        WaffleBlocks {
            grid,
            width_pt,
            per_row,
            height_pt: height_pt.sum(),
            headers,
            row_heights,
        }
    }
}

/// The words above a block.
struct BlockHeader {
    texts: Vec<LaidOutText>,
    height_pt: f32,
}

/// The heads of all groups at a width.
fn headers(layouter: &TextLayouter<'_>, groups: &[WaffleGroup], width_pt: f32) -> Vec<BlockHeader> {
    let p = layouter.palette;
    let large = if groups.len() == 1 {
        size::DISPLAY
    } else {
        size::HEADING
    };
    let head = |group: &WaffleGroup| {
        let mut texts = vec![
            layouter.wrapped(&group.name, theme::regular(size::BODY), p.text, width_pt),
            layouter.wrapped(&group.text, theme::semibold(large), p.text, width_pt),
        ];
        if let Some(detail) = &group.detail {
            let font = theme::regular(size::CAPTION);
            texts.push(layouter.wrapped(detail, font, p.text_muted, width_pt));
        }
        let height_pt = texts.iter().map(|text| text.size.y).sum::<f32>() + space::S;
        BlockHeader { texts, height_pt }
    };
    groups.iter().map(head).collect()
}
