//! A unit chart: squares that can be counted, the same for all groups. Few of them stand in rows
//! next to the names, many in blocks side by side, their words above them, in as many lines as the
//! width asks for.

use super::bar_rows::{self, BarRowContent, BarRowStyle};
use super::legend::{LegendEntry, LegendFlow};
use super::mark_colors;
use super::picture_layout::{LayoutArea, PictureLayout};
use super::squares::{self, PITCHES_PT, SquareGrid};
use super::text_layout::{MeasuredText, TextLayouter};
use crate::theme::{self, Palette, size, space};
use egui::{Rect, Vec2, pos2, vec2};
use linchpin_charts::picture::{ColorRole, MarkId, Waffle, WaffleGroup};

/// Up to so many squares, groups stand in rows.
const MAX_IN_ROWS: usize = 20;

const STYLE: BarRowStyle = BarRowStyle {
    bar_pt: 16.0,
    gap_pt: 12.0,
    min_bar_pt: 16.0,
    min_gap_pt: 12.0,
    narrow_pt: 400.0,
    max_stretch: 1.6,
};

/// From one square to the next in small charts next to each other, in points.
const SMALL_MULTIPLE_PITCH_PT: f32 = 11.0;

/// The side of the square in the key, in points.
const SWATCH_PT: f32 = 12.0;

/// Lays key and groups out. Returns the bottom.
pub(super) fn lay_out(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    body: &Waffle,
    area: LayoutArea,
) -> f32 {
    let most = max_cell_count(body);
    let few = most <= MAX_IN_ROWS && body.groups.len() > 1;
    if area.shared_scale.is_some() {
        // Beside others of its kind: one key for all, and squares of one size, whatever would suit
        // each.
        let grid = |every| SquareGrid {
            per_row: 10,
            gap_every: every,
            pitch_pt: SMALL_MULTIPLE_PITCH_PT,
        };
        return if few {
            lay_out_rows(layouter, layout, body, Some(grid(5)), area)
        } else {
            lay_out_blocks_with_grid(layouter, layout, body, grid(10), area)
        };
    }
    let below = LayoutArea {
        top: legend(layouter, layout, &[body], area) + space::M,
        ..area
    };
    if few {
        lay_out_rows(layouter, layout, body, None, below)
    } else {
        lay_out_blocks(layouter, layout, body, most, below)
    }
}

/// The most squares of a group.
fn max_cell_count(body: &Waffle) -> usize {
    let counts = body.groups.iter().map(squares::cell_count);
    counts.max().unwrap_or(0)
}

/// What a square of these stands for: of one, or of several next to each other. Returns the bottom.
pub(super) fn legend(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    bodies: &[&Waffle],
    area: LayoutArea,
) -> f32 {
    let Some(first) = bodies.first() else {
        return area.top;
    };
    let p = layouter.palette;
    let groups = || bodies.iter().flat_map(|body| &body.groups);
    // Where groups have colors of their own, the sample has none of them.
    let role = groups()
        .next()
        .map_or(ColorRole::Single, |group| group.color);
    let same = groups().all(|group| group.color == role);
    let color = if same {
        mark_colors::fill_color(p, role)
    } else {
        p.text_muted
    };
    let mut entries = vec![(first.legend_text(), false)];
    let mut open = groups().filter(|group| group.is_lower_bound).peekable();
    if open.peek().is_some() {
        let words = match open.any(|group| group.upper.is_some()) {
            true => "Fading squares: more, or possibly more, than what is drawn",
            false => "Fading squares: more than what is drawn",
        };
        entries.push((words.to_owned(), true));
    }
    let mut flow = LegendFlow::new(area, space::L);
    for (words, is_open) in entries {
        let grid = SquareGrid {
            per_row: 3,
            gap_every: 3,
            pitch_pt: SWATCH_PT + 2.0,
        };
        let indent = grid.row_width_pt(if is_open { 3 } else { 1 }) + 6.0;
        let LegendEntry { at: corner, text } = flow.next(layouter, &words, indent);
        let line = text.size.y.min(size::CAPTION * 1.4);
        let at = pos2(corner.x, corner.y + (line - grid.side_pt()) / 2.0);
        if is_open {
            grid.draw_fading(layout, p, color, at, 0);
        } else if same {
            squares::draw_square(layout, p, role, grid.cell(at, 0));
        } else {
            layout.fill(grid.cell(at, 0), color);
        }
        let words = layout.text(pos2(corner.x + indent, corner.y), text);
        flow.reach(words.bottom());
    }
    flow.bottom
}

/// Names at the left, squares and number next to them; squares as large as there is room for where
/// none are given. Returns the bottom.
fn lay_out_rows(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    body: &Waffle,
    grid: Option<SquareGrid>,
    area: LayoutArea,
) -> f32 {
    let p = layouter.palette;
    let room = area.width
        * if area.width < STYLE.narrow_pt {
            0.3
        } else {
            0.2
        };
    let numbers: Vec<WaffleValueLabel> = body
        .groups
        .iter()
        .map(|group| WaffleValueLabel::new(layouter, group, room))
        .collect();
    let contents = |grid: Option<SquareGrid>| -> Vec<BarRowContent<'_>> {
        body.groups
            .iter()
            .zip(&numbers)
            .map(|(group, number)| BarRowContent {
                name: &group.name,
                detail: None,
                min_height_pt: grid.map_or(0.0, |grid| {
                    number.size().y.max(grid.size(squares::cell_count(group)).y)
                }),
            })
            .collect()
    };
    // Laid out once to know where the names end.
    let trial = bar_rows::lay_out(
        layouter,
        &mut PictureLayout::default(),
        &contents(None),
        &STYLE,
        area,
    );
    let widest = numbers.iter().map(|n| n.size().x).fold(0.0, f32::max);
    let most = max_cell_count(body);
    let left_over = area.right() - trial.left - widest - space::S;
    let grid = grid.unwrap_or_else(|| row_grid(most, left_over));
    let rows = bar_rows::lay_out(layouter, layout, &contents(Some(grid)), &STYLE, area);
    for (i, (((group, number), (top, bottom)), row)) in body
        .groups
        .iter()
        .zip(numbers)
        .zip(&rows.bars)
        .zip(&rows.rows)
        .enumerate()
    {
        let middle = (top + bottom) / 2.0;
        let size = grid.size(squares::cell_count(group));
        let at = pos2(rows.left, middle - size.y / 2.0);
        grid.draw(layout, p, group, at);
        let x = rows.left + size.x + if size.x > 0.0 { space::S } else { 0.0 };
        number.place(layout, x, middle);
        layout.add_hit_area(MarkId(i as u32), row.shrink2(vec2(0.0, 2.0)));
    }
    rows.bottom
}

/// One line of squares where it fits, else lines of ten or five.
fn row_grid(most: usize, room_pt: f32) -> SquareGrid {
    let tries = [
        (MAX_IN_ROWS, 12.0),
        (10, 10.0),
        (5, 6.0),
        (MAX_IN_ROWS, 6.0),
    ];
    // Rather lines of ten, or of five, than one line of squares that are too small to be counted.
    for (across, least) in tries {
        for pitch_pt in PITCHES_PT.into_iter().filter(|pitch| *pitch >= least) {
            let grid = SquareGrid {
                per_row: across,
                gap_every: 5,
                pitch_pt,
            };
            if grid.row_width_pt(most) <= room_pt {
                return grid;
            }
        }
    }
    SquareGrid {
        per_row: 5,
        gap_every: 5,
        pitch_pt: 6.0,
    }
}

/// A group's number, and its detail below.
struct WaffleValueLabel {
    number: MeasuredText,
    detail: Option<MeasuredText>,
}

impl WaffleValueLabel {
    fn new(layouter: &TextLayouter<'_>, group: &WaffleGroup, width_pt: f32) -> WaffleValueLabel {
        let p = layouter.palette;
        WaffleValueLabel {
            number: layouter.wrapped(&group.text, theme::semibold(size::BODY), p.text, width_pt),
            detail: group.detail.as_ref().map(|detail| {
                let font = theme::regular(size::CAPTION);
                layouter.wrapped(detail, font, p.text_muted, width_pt)
            }),
        }
    }

    fn size(&self) -> Vec2 {
        let detail = self.detail.as_ref().map_or(Vec2::ZERO, |text| text.size);
        vec2(
            self.number.size.x.max(detail.x),
            self.number.size.y + detail.y,
        )
    }

    fn place(self, layout: &mut PictureLayout, x: f32, middle: f32) {
        let top = middle - self.size().y / 2.0;
        let number = layout.text(pos2(x, top), self.number);
        if let Some(detail) = self.detail {
            layout.text(pos2(x, number.bottom()), detail);
        }
    }
}

/// How many squares a line of a block may have, and how well they are counted.
const SQUARES_PER_ROW: [(usize, f32); 4] = [(10, 1.0), (20, 0.95), (5, 0.8), (50, 0.7)];

/// The least and the greatest width of words above a block that is narrower, in points.
const MIN_HEADER_PT: f32 = 64.0;
const MAX_HEADER_PT: f32 = 170.0;

/// The best height of all blocks, as a share of the width, and at least, in points.
const HEIGHT_SHARE: f32 = 0.56;
const MIN_BEST_HEIGHT_PT: f32 = 420.0;

/// Between two blocks, in points.
const BLOCK_GAP_PT: f32 = space::XL;

/// Squares below the words, block next to block, as large as there is room for. Returns the bottom.
fn lay_out_blocks(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    body: &Waffle,
    most: usize,
    area: LayoutArea,
) -> f32 {
    let best = (area.width * HEIGHT_SHARE).max(MIN_BEST_HEIGHT_PT);
    let blocks = match area.spare_height_pt < 0.0 {
        false => best_blocks(layouter, body, most, area, (best + area.spare_height_pt, 2)),
        // Less than by itself: what is higher counts as next to nothing.
        true => best_blocks(layouter, body, most, area, (best, 2)).and_then(|natural| {
            let lower = (natural.height_pt + area.spare_height_pt).max(1.0);
            best_blocks(layouter, body, most, area, (lower, 32))
        }),
    };
    match blocks {
        Some(blocks) => draw_blocks(layouter.palette, layout, body, blocks, area),
        None => area.top,
    }
}

/// The blocks that are counted best in about a height, in points; the higher `strictness`, the
/// less do those count that are higher.
fn best_blocks(
    layouter: &TextLayouter<'_>,
    body: &Waffle,
    most: usize,
    area: LayoutArea,
    (best, strictness): (f32, i32),
) -> Option<WaffleBlocks> {
    let natural = header_width_pt(layouter, body, area);
    let mut chosen: Option<(f64, WaffleBlocks)> = None;
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
            // Large squares are counted best, but not at the price of a picture that does not fit a
            // page: height beyond the best counts twice. Ten to a line are counted at a glance,
            // hence the last factor.
            // The least of them are too small for single precision.
            let score = f64::from(pitch_pt * ease) * f64::from(over).powi(strictness);
            if chosen.as_ref().is_none_or(|(most, _)| score > *most) {
                chosen = Some((score, blocks));
            }
        }
    }
    chosen.map(|(_, blocks)| blocks)
}

/// The same with squares of a given size.
fn lay_out_blocks_with_grid(
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
        .flat_map(|header| header.texts.iter().map(|text| text.size.x))
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
    let mut headers = blocks.headers.into_iter();
    for line in body.groups.chunks(blocks.per_row) {
        let tops = blocks.row_heights[first / blocks.per_row];
        let base = y + tops.0;
        for (i, (group, header)) in line.iter().zip(&mut headers).enumerate() {
            let x = area.left + i as f32 * (blocks.width_pt + BLOCK_GAP_PT);
            let mut at = pos2(x, base - header.height_pt);
            let top = at.y;
            for text in header.texts {
                at.y = layout.text(at, text).bottom();
            }
            blocks.grid.draw(layout, p, group, pos2(x, base));
            let height = blocks.grid.size(squares::cell_count(group)).y;
            let hit_area =
                Rect::from_min_max(pos2(x, top), pos2(x + blocks.width_pt, base + height));
            layout.add_hit_area(MarkId((first + i) as u32), hit_area);
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
        let fit = ((room_pt + BLOCK_GAP_PT) / (width_pt + BLOCK_GAP_PT)).floor() as usize;
        let per_row = fit.clamp(1, body.groups.len().max(1));
        let headers = headers(layouter, &body.groups, width_pt);
        let row_heights: Vec<(f32, f32)> = body
            .groups
            .chunks(per_row)
            .zip(headers.chunks(per_row))
            .map(|(groups, headers)| {
                let words = headers
                    .iter()
                    .map(|header| header.height_pt)
                    .fold(0.0, f32::max);
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
    texts: Vec<MeasuredText>,
    height_pt: f32,
}

/// The headers of all groups at a width.
fn headers(layouter: &TextLayouter<'_>, groups: &[WaffleGroup], width_pt: f32) -> Vec<BlockHeader> {
    let p = layouter.palette;
    let large = if groups.len() == 1 {
        size::DISPLAY
    } else {
        size::HEADING
    };
    let header = |group: &WaffleGroup| {
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
    groups.iter().map(header).collect()
}
