//! Stacked bars: a row for each group, its parts firmest first, each part with its count.

use super::area::Area;
use super::key;
use super::rows::{self, RowContent, RowStyle};
use super::sheet::{Item, Plot, PlotBar, Sheet};
use super::tone;
use super::typeset::{Text, Typesetter};
use crate::picture::{Key, MarkId, Stacked};
use crate::theme::{self, size, space};
use egui::{Rect, Stroke, vec2};

const STYLE: RowStyle = RowStyle {
    bar_pt: 28.0,
    gap_pt: 14.0,
    narrow_pt: 520.0,
    max_stretch: 1.8,
};

/// Lays key and rows out. Returns the bottom.
pub(super) fn lay_out(
    type_: &Typesetter<'_>,
    sheet: &mut Sheet,
    body: &Stacked,
    area: Area,
) -> f32 {
    let p = type_.palette;
    let key_bottom = key::lay_out(type_, sheet, &body.keys, area) + space::M;
    let below = Area {
        top: key_bottom,
        ..area
    };
    let contents: Vec<RowContent<'_>> = body
        .rows
        .iter()
        .map(|row| RowContent {
            name: &row.name,
            least_pt: 0.0,
        })
        .collect();
    let rows = rows::lay_out(type_, sheet, &contents, &STYLE, below);
    let totals: Vec<Text> = body
        .rows
        .iter()
        .map(|row| type_.line(&row.text, theme::semibold(size::BODY), p.text))
        .collect();
    let widest_total = totals.iter().map(|t| t.size.x).fold(0.0, f32::max);
    let mut plot_bars = Vec::new();
    for (row, (top_pt, bottom_pt)) in body.rows.iter().zip(&rows.bars) {
        let mut from = 0.0;
        for segment in &row.segments {
            let to = from + segment.value;
            let tone = body.keys.get(segment.key).map(|key| key.tone);
            plot_bars.push(PlotBar {
                top_pt: *top_pt,
                bottom_pt: *bottom_pt,
                from,
                to,
                fill: tone.map_or(p.bar, |tone| tone::color(p, tone)),
            });
            from = to;
        }
    }
    let most = body
        .rows
        .iter()
        .map(|r| r.total())
        .fold(0.0, f64::max)
        .max(f64::MIN_POSITIVE);
    let plot = Plot {
        rect: rows.within(area.right() - widest_total - space::S),
        range: (0.0, most),
        bars: plot_bars,
    };
    let places: Vec<Rect> = (0..plot.bars.len()).map(|i| plot.bar_rect(i)).collect();
    let transform = plot.transform();
    sheet.items.push(Item::Plot(plot));
    let segments = body.rows.iter().flat_map(|row| &row.segments);
    for (i, (segment, rect)) in segments.zip(places).enumerate() {
        if let Some(key) = body.keys.get(segment.key) {
            filled(type_, sheet, key, rect, &segment.text);
        }
        sheet.line(
            rect.right_top(),
            rect.right_bottom(),
            Stroke::new(1.0, p.background),
        );
        sheet.spot(MarkId(i as u32), rect);
    }
    for ((row, (top, bottom)), total) in body.rows.iter().zip(&rows.bars).zip(totals) {
        let x = transform.position_from_point_x(row.total()) + space::S;
        sheet.text_beside(x, (top + bottom) / 2.0, total);
    }
    rows.baseline(type_, sheet, rows.left);
    rows.bottom
}

/// What lies on a segment: the hatch of its kind, and its count where it fits.
fn filled(type_: &Typesetter<'_>, sheet: &mut Sheet, key: &Key, rect: Rect, number: &str) {
    let p = type_.palette;
    let fill = tone::color(p, key.tone);
    tone::finish(sheet, p, key.tone, rect);
    let text = type_.line(number, theme::semibold(size::CAPTION), theme::ink_on(fill));
    if text.size.x + 4.0 > rect.width() || text.size.y > rect.height() {
        return;
    }
    let label = Rect::from_center_size(rect.center(), text.size);
    // Lines of a hatch stop short of the number.
    sheet.rounded(label.expand2(vec2(3.0, -1.0)).intersect(rect), fill, 2.0);
    sheet.text_amid(rect, text);
}
