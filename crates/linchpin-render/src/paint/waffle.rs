//! A unit chart: squares that can be counted, the same for all groups. Few of them stand in rows
//! beside the names, many in blocks side by side.

use super::bar_rows::{self, BarRowContent, BarRowStyle};
use super::layout_area::LayoutArea;
use super::picture_layout::PictureLayout;
use super::squares::{self, PITCHES_PT, SquareGrid};
use super::text_layout::{LaidOutText, TextLayouter};
use super::tone;
use super::waffle_blocks;
use crate::theme::{self, size, space};
use egui::{Vec2, pos2, vec2};
use linchpin_charts::picture::{ColorRole, MarkId, Waffle, WaffleGroup};

/// Up to so many squares, groups stand in rows.
const MAX_IN_ROWS: usize = 20;

const STYLE: BarRowStyle = BarRowStyle {
    bar_pt: 16.0,
    gap_pt: 12.0,
    narrow_pt: 400.0,
    max_stretch: 1.6,
};

/// From one square to the next in small charts beside each other, in points.
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
    let most = body
        .groups
        .iter()
        .map(squares::cell_count)
        .max()
        .unwrap_or(0);
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
            waffle_blocks::with_grid(layouter, layout, body, grid(10), area)
        };
    }
    let below = LayoutArea {
        top: legend(layouter, layout, &[body], area) + space::M,
        ..area
    };
    if few {
        lay_out_rows(layouter, layout, body, None, below)
    } else {
        waffle_blocks::lay_out(layouter, layout, body, most, below)
    }
}

/// What a square of these stands for: of one, or of several beside each other. Returns the bottom.
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
    let font = theme::regular(size::CAPTION);
    // Where groups have colors of their own, the sample has none of them.
    let tone = groups()
        .next()
        .map_or(ColorRole::Single, |group| group.color);
    let same = groups().all(|group| group.color == tone);
    let color = if same {
        tone::fill_color(p, tone)
    } else {
        p.text_muted
    };
    let mut entries = vec![(first.legend_text(), false)];
    if groups().any(|group| group.is_lower_bound) {
        entries.push(("Fading squares: more than what is drawn".to_owned(), true));
    }
    let (mut x, mut y) = (area.left, area.top);
    let mut bottom = y;
    for (words, is_open) in entries {
        let grid = SquareGrid {
            per_row: 3,
            gap_every: 3,
            pitch_pt: SWATCH_PT + 2.0,
        };
        let indent = grid.row_width_pt(if is_open { 3 } else { 1 }) + 6.0;
        let text = layouter.wrapped(&words, font.clone(), p.text, area.width - indent);
        let width = indent + text.size.x;
        if x > area.left && x + width > area.right() {
            (x, y) = (area.left, bottom + space::XS);
        }
        let line = text.size.y.min(size::CAPTION * 1.4);
        let at = pos2(x, y + (line - grid.side_pt()) / 2.0);
        if is_open {
            grid.draw_fading(layout, p, color, at, 0);
        } else if same {
            squares::draw_square(layout, p, tone, grid.cell(at, 0));
        } else {
            layout.fill(grid.cell(at, 0), color);
        }
        bottom = bottom.max(layout.text(pos2(x + indent, y), text).bottom());
        x += width + space::L;
    }
    bottom
}

/// Names at the left, squares and number beside them; squares as large as there is room for where
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
    let most = body
        .groups
        .iter()
        .map(squares::cell_count)
        .max()
        .unwrap_or(0);
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
    number: LaidOutText,
    detail: Option<LaidOutText>,
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
