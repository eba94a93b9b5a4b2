//! Blocks of squares side by side, their words above them, in as many lines as the width asks for.

use super::area::Area;
use super::sheet::Sheet;
use super::squares::{self, Grid, PITCHES_PT};
use super::typeset::{Text, Typesetter};
use crate::theme::{self, Palette, size, space};
use egui::{Rect, pos2};
use linchpin_charts::picture::{MarkId, Waffle, WaffleGroup};

/// How many squares a line of a block may have, and how well they are counted.
const ACROSS: [(usize, f32); 4] = [(10, 1.0), (20, 0.95), (5, 0.8), (50, 0.7)];

/// The least and the greatest width of words above a block that is narrower, in points.
const MIN_HEAD_PT: f32 = 64.0;
const MAX_HEAD_PT: f32 = 170.0;

/// The best height of all blocks, as a share of the width, and at least, in points.
const HEIGHT_SHARE: f32 = 0.56;
const LEAST_HEIGHT_PT: f32 = 420.0;

/// Between two blocks, in points.
const GAP_PT: f32 = space::XL;

/// Squares below the words, block beside block, as large as there is room for. Returns the bottom.
pub(super) fn lay_out(
    type_: &Typesetter<'_>,
    sheet: &mut Sheet,
    body: &Waffle,
    most: usize,
    area: Area,
) -> f32 {
    let natural = natural_pt(type_, body, area);
    let best = (area.width * HEIGHT_SHARE).max(LEAST_HEIGHT_PT) + area.spare;
    let mut chosen: Option<(f32, Blocks)> = None;
    for (across, ease) in ACROSS {
        // Lines longer than what there is to put into them are no lines.
        if across > 10 && most <= across {
            continue;
        }
        for pitch_pt in PITCHES_PT {
            let grid = Grid {
                across,
                every: 10,
                pitch_pt,
            };
            let line = grid.line_pt(most);
            if line > area.width {
                continue;
            }
            let blocks = Blocks::new(type_, body, grid, line.max(natural), area.width);
            let over = (best / blocks.height_pt.max(1.0)).min(1.0);
            let score = pitch_pt * over * over * ease;
            if chosen.as_ref().is_none_or(|(most, _)| score > *most) {
                chosen = Some((score, blocks));
            }
        }
    }
    match chosen {
        Some((_, blocks)) => draw(type_.palette, sheet, body, blocks, area),
        None => area.top,
    }
}

/// The same with squares of a given size.
pub(super) fn with_grid(
    type_: &Typesetter<'_>,
    sheet: &mut Sheet,
    body: &Waffle,
    grid: Grid,
    area: Area,
) -> f32 {
    let width = grid.line_pt(grid.across).max(natural_pt(type_, body, area));
    let blocks = Blocks::new(type_, body, grid, width.min(area.width), area.width);
    draw(type_.palette, sheet, body, blocks, area)
}

/// How wide the words above a block are, at least and at most.
fn natural_pt(type_: &Typesetter<'_>, body: &Waffle, area: Area) -> f32 {
    let widest = if body.groups.len() == 1 {
        area.width
    } else {
        MAX_HEAD_PT.min(area.width)
    };
    let natural = heads(type_, &body.groups, f32::INFINITY)
        .iter()
        .flat_map(|head| head.texts.iter().map(|text| text.size.x))
        .fold(MIN_HEAD_PT, f32::max);
    (natural + 1.0).min(widest)
}

fn draw(p: &Palette, sheet: &mut Sheet, body: &Waffle, blocks: Blocks, area: Area) -> f32 {
    let mut y = area.top;
    let mut first = 0;
    let mut heads = blocks.heads.into_iter();
    for line in body.groups.chunks(blocks.in_line) {
        let tops = blocks.lines[first / blocks.in_line];
        let base = y + tops.0;
        for (i, (group, head)) in line.iter().zip(&mut heads).enumerate() {
            let x = area.left + i as f32 * (blocks.width_pt + GAP_PT);
            let mut at = pos2(x, base - head.height_pt);
            let top = at.y;
            for text in head.texts {
                at.y = sheet.text(at, text).bottom();
            }
            blocks.grid.draw(sheet, p, group, pos2(x, base));
            let height = blocks.grid.size(squares::places(group)).y;
            let spot = Rect::from_min_max(pos2(x, top), pos2(x + blocks.width_pt, base + height));
            sheet.spot(MarkId((first + i) as u32), spot);
        }
        y = base + tops.1 + space::L;
        first += line.len();
    }
    (y - space::L).max(area.top)
}

/// Blocks of one grid.
struct Blocks {
    grid: Grid,
    width_pt: f32,
    in_line: usize,
    heads: Vec<Head>,
    /// Of each line of blocks: the height of the words, and of the squares.
    lines: Vec<(f32, f32)>,
    height_pt: f32,
}

impl Blocks {
    fn new(
        type_: &Typesetter<'_>,
        body: &Waffle,
        grid: Grid,
        width_pt: f32,
        room_pt: f32,
    ) -> Blocks {
        let fit = ((room_pt + GAP_PT) / (width_pt + GAP_PT)).floor() as usize;
        let in_line = fit.clamp(1, body.groups.len().max(1));
        let heads = heads(type_, &body.groups, width_pt);
        let lines: Vec<(f32, f32)> = body
            .groups
            .chunks(in_line)
            .zip(heads.chunks(in_line))
            .map(|(groups, heads)| {
                let words = heads.iter().map(|head| head.height_pt).fold(0.0, f32::max);
                let height = |group| grid.size(squares::places(group)).y;
                (words, groups.iter().map(height).fold(0.0, f32::max))
            })
            .collect();
        let height_pt = lines.iter().map(|(words, cells)| words + cells + space::L);
        Blocks {
            grid,
            width_pt,
            in_line,
            height_pt: height_pt.sum(),
            heads,
            lines,
        }
    }
}

/// The words above a block.
struct Head {
    texts: Vec<Text>,
    height_pt: f32,
}

/// The heads of all groups at a width.
fn heads(type_: &Typesetter<'_>, groups: &[WaffleGroup], width_pt: f32) -> Vec<Head> {
    let p = type_.palette;
    let large = if groups.len() == 1 {
        size::DISPLAY
    } else {
        size::HEADING
    };
    let head = |group: &WaffleGroup| {
        let mut texts = vec![
            type_.wrapped(&group.name, theme::regular(size::BODY), p.text, width_pt),
            type_.wrapped(&group.text, theme::semibold(large), p.text, width_pt),
        ];
        if let Some(detail) = &group.detail {
            let font = theme::regular(size::CAPTION);
            texts.push(type_.wrapped(detail, font, p.text_muted, width_pt));
        }
        let height_pt = texts.iter().map(|text| text.size.y).sum::<f32>() + space::S;
        Head { texts, height_pt }
    };
    groups.iter().map(head).collect()
}
