//! A matrix: a filled cell with its number, a ring, or nothing where a row and a column meet.

use super::legend::{LegendEntry, LegendFlow};
use super::picture_layout::{LayoutArea, PictureLayout};
use super::text_layout::{MeasuredText, TextLayouter};
use crate::theme::{self, Palette, size, space};
use egui::{Color32, Rect, Stroke, pos2, vec2};
use linchpin_charts::picture::{MarkId, Matrix, MatrixCell, MatrixNumber, PrintedValue};

/// The least and the greatest width of a column, in points.
const MIN_COLUMN_PT: f32 = 20.0;
const MAX_COLUMN_PT: f32 = 170.0;

/// The least height of a row, and how much it may grow where a picture is higher than it needs to
/// be.
const ROW_PT: f32 = 34.0;
const MIN_ROW_PT: f32 = 24.0;
const MAX_STRETCH: f32 = 1.5;

/// The widest column of names, as a share of the whole and in points.
const NAME_SHARE: f32 = 0.36;
const MAX_NAME_PT: f32 = 300.0;
const MIN_NAME_PT: f32 = 90.0;

/// The lengths of headers that are read from below, in points: the shortest at which all of them
/// fits its column.
const HEADER_LENGTHS_PT: [f32; 7] = [80.0, 120.0, 160.0, 240.0, 360.0, 540.0, 810.0];

/// The side of a filled cell, and the radius of a ring, in points.
const CELL_PT: f32 = 26.0;
const RING_PT: f32 = 7.0;

/// The narrowest body: each number within its cell.
pub(super) fn min_width_pt(layouter: &TextLayouter<'_>, matrix: &Matrix) -> f32 {
    let font = theme::semibold(size::BODY);
    let numbers = matrix.cells.iter().filter_map(|cell| cell.number.as_ref());
    let color = layouter.palette.text;
    let widest = numbers
        .map(|number| layouter.line(&number.text, font.clone(), color).size.x)
        .fold(0.0, f32::max);
    let column = MIN_COLUMN_PT.max(widest + space::S);
    MIN_NAME_PT + space::S + column * matrix.columns.len() as f32
}

/// Lays headers, rows and key out. Returns the bottom.
pub(super) fn lay_out(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    body: &Matrix,
    area: LayoutArea,
) -> f32 {
    let p = layouter.palette;
    let font = theme::regular(size::BODY);
    let natural = layouter.max_width(body.rows.iter().map(String::as_str), &font) + 1.0;
    let count = body.columns.len().max(1) as f32;
    let most = (area.width * NAME_SHARE).clamp(MIN_NAME_PT, MAX_NAME_PT);
    let names_width = natural.min(most);
    let names: Vec<MeasuredText> = body
        .rows
        .iter()
        .map(|name| layouter.wrapped(name, font.clone(), p.text, names_width))
        .collect();
    let left = area.left + names_width + space::S;
    let column = ((area.right() - left) / count).min(MAX_COLUMN_PT);
    let key_bottom = legend(layouter, layout, body, area) + space::M;
    let headers_bottom =
        column_headers(layouter, layout, body, pos2(left, key_bottom), column) + space::S;
    let needed: f32 = names.iter().map(row_height).sum();
    let stretch = (1.0 + area.spare_height_pt / needed.max(1.0)).min(MAX_STRETCH);
    let height_of = |name: &MeasuredText| (row_height(name) * stretch).max(min_row_height(name));
    let mut top = headers_bottom;
    let mut middles = Vec::new();
    for name in names {
        layout.line(
            pos2(area.left, top),
            pos2(area.right(), top),
            Stroke::new(1.0, p.grid),
        );
        let height = height_of(&name);
        let at = pos2(area.left, top + (height - name.size.y) / 2.0);
        layout.text(at, name);
        middles.push((top + height / 2.0, height));
        top += height;
    }
    for (i, cell) in body.cells.iter().enumerate() {
        let Some((middle, height)) = middles.get(cell.row) else {
            continue;
        };
        let center = pos2(left + (cell.column as f32 + 0.5) * column, *middle);
        let room = Rect::from_center_size(center, vec2(column - 2.0, height - 4.0));
        draw_cell(
            layouter,
            layout,
            cell.number.as_ref().map(|number| &number.text),
            cell_color(p, body, cell.number.as_ref()),
            room,
        );
        let side = room.height().min(CELL_PT + space::S);
        let hit_area = Rect::from_center_size(center, vec2(side.min(room.width()), side));
        layout.add_hit_area(MarkId(i as u32), hit_area);
    }
    top
}

fn row_height(name: &MeasuredText) -> f32 {
    (name.size.y + 12.0).max(ROW_PT)
}

/// The lowest row, where a picture is flat: its name and the number of a cell stand whole.
fn min_row_height(name: &MeasuredText) -> f32 {
    (name.size.y + 4.0).max(MIN_ROW_PT)
}

/// A filled cell with its number, or a ring.
fn draw_cell(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    number: Option<&PrintedValue>,
    fill: Color32,
    room: Rect,
) {
    let p = layouter.palette;
    let Some(number) = number else {
        let stroke = Stroke::new(2.0, p.bar);
        layout.circle(room.center(), RING_PT, Color32::TRANSPARENT, stroke);
        return;
    };
    let text = layouter.line(
        number,
        theme::semibold(size::BODY),
        theme::text_color_on(fill),
    );
    let side = CELL_PT.min(room.height());
    let width = side.max(text.size.x + space::S).min(room.width());
    let cell = Rect::from_center_size(room.center(), vec2(width, side));
    layout.fill_rounded(cell, fill, 4.0);
    if text.size.x <= width {
        layout.text_centered(cell, text);
    }
}

/// The color of a cell: of a heat map the stronger, the more there is.
fn cell_color(palette: &Palette, body: &Matrix, number: Option<&MatrixNumber>) -> Color32 {
    let Some(number) = number.filter(|_| body.is_heatmap) else {
        return palette.bar;
    };
    let numbers = body.cells.iter().filter_map(|cell| cell.number.as_ref());
    let most = numbers.map(MatrixNumber::value).fold(0.0, f64::max);
    let last = palette.ladder.len() - 1;
    let share = number.value() / most;
    // Nothing, and less than nothing, has the weakest.
    let step = match share.is_finite() && share > 0.0 {
        true => (share * last as f64).ceil() as usize,
        false => 0,
    };
    palette.ladder[step.min(last)]
}

/// What filled cells and rings mean. Returns the bottom.
fn legend(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    body: &Matrix,
    area: LayoutArea,
) -> f32 {
    let p = layouter.palette;
    let sample = CELL_PT;
    let mut flow = LegendFlow::new(area, space::L);
    let sign = |c: &MatrixCell| c.number.is_some();
    for filled in [true, false] {
        if !body.cells.iter().any(|cell| sign(cell) == filled) {
            continue;
        }
        let words = if filled {
            &body.filled_legend
        } else {
            &body.ring_legend
        };
        let LegendEntry { at, text } = flow.next(layouter, words, sample + space::S);
        let height = text.size.y.max(sample);
        let place = Rect::from_min_size(at, vec2(sample, height));
        if filled && body.is_heatmap {
            shades(layout, p, place);
        } else {
            let one = PrintedValue::count(1);
            draw_cell(layouter, layout, filled.then_some(&one), p.bar, place);
        }
        layout.text_vertically_centered(at.x + sample + space::S, at.y + height / 2.0, text);
        flow.reach(at.y + height);
    }
    flow.bottom
}

/// All shades of a heat map, from the weakest to the strongest.
fn shades(layout: &mut PictureLayout, palette: &Palette, place: Rect) {
    let band = Rect::from_center_size(place.center(), vec2(place.width(), CELL_PT / 2.0));
    let width = band.width() / palette.ladder.len() as f32;
    for (at, color) in palette.ladder.iter().enumerate() {
        let left = band.left() + at as f32 * width;
        let shade = Rect::from_min_size(pos2(left, band.top()), vec2(width, band.height()));
        layout.fill(shade, *color);
    }
}

/// The headers of the columns: wrapped where their words fit a column, else all read from below.
/// Returns the bottom.
fn column_headers(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    body: &Matrix,
    at: egui::Pos2,
    column: f32,
) -> f32 {
    let p = layouter.palette;
    let font = theme::semibold(size::CAPTION);
    let words = body.columns.iter().flat_map(|name| name.split_whitespace());
    let is_horizontal = layouter.max_width(words, &font) <= column - 6.0;
    let headers: Vec<MeasuredText> = body
        .columns
        .iter()
        .map(|name| {
            if is_horizontal {
                return layouter.centered(name, font.clone(), p.text, column - 4.0);
            }
            // As short as the width of the column allows.
            let fits = |text: &MeasuredText| text.size.y <= column - 4.0;
            HEADER_LENGTHS_PT
                .iter()
                .map(|length| layouter.wrapped(name, font.clone(), p.text, *length))
                .find(fits)
                .unwrap_or_else(|| layouter.line(name, font.clone(), p.text))
        })
        .collect();
    let extent = |text: &MeasuredText| {
        if is_horizontal {
            text.size.y
        } else {
            text.size.x
        }
    };
    let bottom = at.y + headers.iter().map(extent).fold(0.0, f32::max);
    for (i, text) in headers.into_iter().enumerate() {
        let middle = at.x + (i as f32 + 0.5) * column;
        let size = if is_horizontal {
            text.size
        } else {
            vec2(text.size.y, text.size.x)
        };
        layout.text_rotated(
            pos2(middle - size.x / 2.0, bottom - size.y),
            text,
            !is_horizontal,
        );
    }
    bottom
}
