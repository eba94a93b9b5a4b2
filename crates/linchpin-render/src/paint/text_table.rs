//! A table in words: columns as wide as their words want and the picture allows, cells wrapped,
//! nothing cut.

use super::picture_layout::{LayoutArea, PictureLayout};
use super::text_layout::{self, MeasuredText, TextLayouter};
use crate::theme::{self, size, space};
use egui::{Align, FontId, Rect, Stroke, pos2};
use linchpin_charts::picture::{MarkId, PrintedText, TextColumn, TextTable};

/// The least distance between two columns, and the greatest that is left where there is room, in
/// points.
const GAP_PT: f32 = space::M;
const MAX_GAP_PT: f32 = space::XL;

/// A longer word is broken, in points.
const MAX_WORD_PT: f32 = 110.0;

/// The narrowest column, in points.
const MIN_COLUMN_PT: f32 = 24.0;

/// Letters are not quite as wide at another size: how much wider than its longest word a column is,
/// as a factor and in points.
const WIDTH_FACTOR: f32 = 1.03;
const WIDTH_MARGIN_PT: f32 = 2.0;

/// Where there are few columns, one with long texts is at least this wide, in points: nobody reads
/// a word a line.
const FEW_COLUMNS: usize = 6;
const MIN_READABLE_PT: f32 = 150.0;

/// Texts up to this width are not wrapped while long ones can be, in points.
const KEEP_WHOLE_PT: f32 = 135.0;

/// Above and below the words of a row, in points.
const ROW_PADDING_PT: f32 = 7.0;

/// The narrowest table: every column holds its longest word.
pub(super) fn min_width_pt(layouter: &TextLayouter<'_>, table: &TextTable) -> f32 {
    let least: f32 = width_ranges(layouter, table)
        .iter()
        .map(|need| need.min)
        .sum();
    least + GAP_PT * table.columns.len().saturating_sub(1) as f32
}

/// Lays header and rows out. Returns the bottom.
pub(super) fn lay_out(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    table: &TextTable,
    area: LayoutArea,
) -> f32 {
    let p = layouter.palette;
    let columns = place_columns(table, &width_ranges(layouter, table), area);
    let titles = table.columns.iter().map(|column| column.title.as_str());
    let strong = Stroke::new(1.0, p.text_muted);
    let mut top = area.top;
    if table.columns.iter().any(|column| !column.title.is_empty()) {
        let headers = lay_out_cells(layouter, table, &columns, titles, &header_font());
        let height = tallest(&headers);
        // Heads stand on the line above the first row.
        for (header, at) in headers.into_iter().zip(&columns) {
            let y = top + height - header.size.y;
            layout.text(pos2(at.text_left(&header), y), header);
        }
        top += height + ROW_PADDING_PT - 2.0;
    }
    layout.line(pos2(area.left, top), pos2(area.right(), top), strong);
    let rows: Vec<Vec<MeasuredText>> = table
        .rows
        .iter()
        .map(|row| {
            let cells = row.cells.iter();
            lay_out_cells(layouter, table, &columns, cells, &body_font())
        })
        .collect();
    let needed: f32 = rows
        .iter()
        .map(|row| tallest(row) + 2.0 * ROW_PADDING_PT)
        .sum();
    let extra = (area.spare_height_pt.min(needed * 0.5)) / rows.len().max(1) as f32;
    for (i, cells) in rows.into_iter().enumerate() {
        if i > 0 {
            let line = Stroke::new(1.0, p.hairline);
            layout.line(pos2(area.left, top), pos2(area.right(), top), line);
        }
        let bottom = top + tallest(&cells) + 2.0 * ROW_PADDING_PT + extra;
        for (cell, at) in cells.into_iter().zip(&columns) {
            layout.text(
                pos2(at.text_left(&cell), top + ROW_PADDING_PT + extra / 2.0),
                cell,
            );
        }
        let hit_area = Rect::from_min_max(pos2(area.left, top), pos2(area.right(), bottom));
        layout.add_hit_area(MarkId(i as u32), hit_area);
        top = bottom;
    }
    top
}

fn header_font() -> FontId {
    theme::semibold(size::CAPTION)
}

fn body_font() -> FontId {
    theme::regular(size::BODY)
}

/// The widths that a column's words ask for, in points.
struct ColumnWidthRange {
    /// That of its longest word.
    min: f32,
    /// With nothing wrapped.
    natural: f32,
}

fn width_ranges(layouter: &TextLayouter<'_>, table: &TextTable) -> Vec<ColumnWidthRange> {
    let need = |(i, column): (usize, &TextColumn)| {
        let cells = || {
            let cells = table.rows.iter().filter_map(move |row| row.cells.get(i));
            cells.map(|cell| (layouter.written(cell), body_font()))
        };
        let all = || std::iter::once((column.title.clone(), header_font())).chain(cells());
        let natural = all().map(|(text, font)| layouter.max_width(text.lines(), &font));
        let natural = natural.fold(MIN_COLUMN_PT, f32::max) * WIDTH_FACTOR + WIDTH_MARGIN_PT;
        let word =
            |(text, font): (String, FontId)| text_layout::widest_word(layouter, &text, &font);
        // Numbers are not broken as long as there is another way.
        let most = if column.is_numeric {
            2.0 * MAX_WORD_PT
        } else {
            MAX_WORD_PT
        };
        let least = all().map(word).fold(MIN_COLUMN_PT, f32::max).min(most);
        let readable = if table.columns.len() <= FEW_COLUMNS {
            (natural / 8.0).min(MIN_READABLE_PT)
        } else {
            0.0
        };
        ColumnWidthRange {
            min: (least * WIDTH_FACTOR + WIDTH_MARGIN_PT)
                .max(readable)
                .min(natural),
            natural,
        }
    };
    table.columns.iter().enumerate().map(need).collect()
}

/// Where a column stands.
struct ColumnPlacement {
    left: f32,
    width: f32,
    is_number: bool,
}

impl ColumnPlacement {
    fn text_left(&self, text: &MeasuredText) -> f32 {
        if self.is_number {
            self.left + self.width - text.size.x
        } else {
            self.left
        }
    }
}

/// Each column as wide as it wants where all fit; else the wide ones give way, by how much they
/// hold, and dates and short names last.
fn widths(needs: &[ColumnWidthRange], room: f32) -> Vec<f32> {
    let short = |need: &ColumnWidthRange| need.min.max(need.natural.min(KEEP_WHOLE_PT));
    // Kept whole only where long texts keep some room too.
    let whole = needs.iter().map(short).sum::<f32>() <= room * 0.8;
    let least = |need: &ColumnWidthRange| if whole { short(need) } else { need.min };
    let at = |level: f32| -> Vec<f32> {
        needs
            .iter()
            // Twice the words at the same width take twice the lines: roots keep the tallest cell
            // low.
            .map(|need| (level * need.natural.sqrt()).clamp(least(need), need.natural))
            .collect()
    };
    let (mut low, mut high) = (0.0_f32, room.max(1.0));
    // Forty halvings are more than an f32 can tell apart, and always as many: no tolerance that
    // another machine could meet a step earlier.
    for _ in 0..40 {
        let middle = (low + high) / 2.0;
        if at(middle).iter().sum::<f32>() <= room {
            low = middle;
        } else {
            high = middle;
        }
    }
    at(low)
}

fn place_columns(
    table: &TextTable,
    needs: &[ColumnWidthRange],
    area: LayoutArea,
) -> Vec<ColumnPlacement> {
    let gaps = needs.len().saturating_sub(1) as f32;
    let widths = widths(needs, area.width - GAP_PT * gaps);
    let left_over = area.width - widths.iter().sum::<f32>();
    let gap = (left_over / gaps.max(1.0)).clamp(GAP_PT, MAX_GAP_PT);
    let mut left = area.left;
    widths
        .into_iter()
        .zip(&table.columns)
        .map(|(width, column)| {
            let place = ColumnPlacement {
                left,
                width,
                is_number: column.is_numeric,
            };
            left += width + gap;
            place
        })
        .collect()
}

/// The words of a row; a missing cell is empty.
fn lay_out_cells<'t>(
    layouter: &TextLayouter<'_>,
    table: &TextTable,
    columns: &[ColumnPlacement],
    mut texts: impl Iterator<Item = &'t (impl PrintedText + ?Sized + 't)>,
    font: &FontId,
) -> Vec<MeasuredText> {
    let color = layouter.palette.text;
    let cell = |(column, at): (&TextColumn, &ColumnPlacement)| {
        let text = texts
            .next()
            .map_or_else(String::new, |text| layouter.written(text));
        let align = if column.is_numeric {
            Align::RIGHT
        } else {
            Align::LEFT
        };
        layouter.aligned(&text, font.clone(), color, at.width, align)
    };
    table.columns.iter().zip(columns).map(cell).collect()
}

fn tallest(texts: &[MeasuredText]) -> f32 {
    texts.iter().map(|text| text.size.y).fold(0.0, f32::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn narrow_columns_keep_their_width_and_wide_ones_share_the_rest() {
        let need = |least, natural| ColumnWidthRange {
            min: least,
            natural,
        };
        let needs = [need(20.0, 40.0), need(60.0, 2000.0), need(60.0, 500.0)];
        let widths = widths(&needs, 640.0);
        assert_eq!(widths[0], 40.0);
        assert!(widths[1] > widths[2] && widths[2] > 150.0, "{widths:?}");
        assert!((widths.iter().sum::<f32>() - 640.0).abs() < 1.0);
    }
}
