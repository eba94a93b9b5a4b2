//! Horizontal bars of one unit: names on the left, numbers at the ends.

use super::area::Area;
use super::marks::{self, OPEN_PT};
use super::rows::{self, RowContent, RowStyle};
use super::sheet::{Item, Plot, PlotBar, Sheet};
use super::tone;
use super::typeset::{Text, Typesetter};
use crate::picture::{Bar, Bars, MarkId};
use crate::theme::{self, size, space};
use egui::{Rect, pos2, vec2};

/// How much of the width a number may take before it is wrapped.
const NUMBER_SHARE: f32 = 0.4;

const STYLE: RowStyle = RowStyle {
    bar_pt: 20.0,
    gap_pt: 8.0,
    narrow_pt: 400.0,
    max_stretch: 1.9,
};

/// Lays the bars of all panels out, one under another. Returns the bottom.
pub(super) fn lay_out(type_: &Typesetter<'_>, sheet: &mut Sheet, body: &Bars, area: Area) -> f32 {
    let mut first = MarkId(0);
    let mut top = area.top;
    for panel in &body.panels {
        let place = Area { top, ..area };
        top = rows(type_, sheet, &panel.bars, panel.range(), first, place);
        first = MarkId(first.0 + panel.bars.len() as u32);
    }
    top
}

fn rows(
    type_: &Typesetter<'_>,
    sheet: &mut Sheet,
    bars: &[Bar],
    range: (f64, f64),
    first: MarkId,
    area: Area,
) -> f32 {
    // Numbers may take as much of the width as names.
    let numbers = numbers(type_, bars.iter(), area.width * NUMBER_SHARE);
    let contents: Vec<RowContent<'_>> = bars
        .iter()
        .zip(&numbers)
        .map(|(bar, number)| RowContent {
            name: &bar.name,
            least_pt: number.size.y,
        })
        .collect();
    let rows = rows::lay_out(type_, sheet, &contents, &STYLE, area);
    let places: Vec<Place<'_>> = bars
        .iter()
        .zip(numbers)
        .zip(&rows.bars)
        .map(|((bar, number), (top, bottom))| Place {
            bar,
            number,
            top: *top,
            bottom: *bottom,
        })
        .collect();
    let zero = strip(type_, sheet, places, range, rows.within(area.right()));
    rows.baseline(type_, sheet, zero);
    for (i, row) in rows.rows.iter().enumerate() {
        sheet.spot(MarkId(first.0 + i as u32), row.shrink2(vec2(0.0, 2.0)));
    }
    rows.bottom
}

/// A bar with the place it has got.
pub(super) struct Place<'a> {
    pub bar: &'a Bar,
    pub number: Text,
    pub top: f32,
    pub bottom: f32,
}

/// The numbers of bars, wrapped at a width.
pub(super) fn numbers<'b>(
    type_: &Typesetter<'_>,
    bars: impl Iterator<Item = &'b Bar>,
    width_pt: f32,
) -> Vec<Text> {
    let color = type_.palette.text;
    bars.map(|bar| type_.wrapped(&bar.text, theme::semibold(size::BODY), color, width_pt))
        .collect()
}

/// Draws bars within a rectangle, on one scale, each with its number at its end. Returns where zero lies.
pub(super) fn strip(
    type_: &Typesetter<'_>,
    sheet: &mut Sheet,
    places: Vec<Place<'_>>,
    range: (f64, f64),
    within: Rect,
) -> f32 {
    let p = type_.palette;
    // Room at the right for the widest number, and for open ends at both sides.
    let right = places
        .iter()
        .map(|place| {
            let open = if place.bar.extent.is_open_above() {
                OPEN_PT
            } else {
                0.0
            };
            open + space::S + place.number.size.x
        })
        .fold(0.0, f32::max);
    let opens_left = places.iter().any(|place| opens_below(place.bar));
    let left = within.left() + if opens_left { OPEN_PT } else { 0.0 };
    let rect = Rect::from_min_max(
        pos2(left, within.top()),
        pos2(
            (within.right() - right).max(left + space::S),
            within.bottom(),
        ),
    );
    // On a scale of one, so that the largest and the smallest numbers are drawn alike.
    let unit = range.0.abs().max(range.1.abs());
    let plot_bars = places.iter().map(|place| PlotBar {
        top_pt: place.top,
        bottom_pt: place.bottom,
        from: 0.0,
        to: place.bar.extent.sure() / unit,
        fill: tone::color(p, place.bar.tone),
    });
    let plot = Plot {
        rect,
        range: (range.0 / unit, range.1 / unit),
        bars: plot_bars.collect(),
    };
    let transform = plot.transform();
    let x = |value: f64| transform.position_from_point_x(value / unit);
    let zero = x(0.0);
    let solid: Vec<Rect> = (0..places.len()).map(|i| plot.bar_rect(i)).collect();
    sheet.items.push(Item::Plot(plot));
    for (place, solid) in places.into_iter().zip(solid) {
        let extent = place.bar.extent;
        let color = tone::color(p, place.bar.tone);
        tone::finish(sheet, p, place.bar.tone, solid);
        let mut ends = (solid.left().min(zero), solid.right().max(zero));
        if let Some((from, to)) = extent.possible() {
            let rect = Rect::from_x_y_ranges(x(from)..=x(to), solid.y_range());
            marks::possible(sheet, p, color, rect);
            ends = (ends.0.min(rect.left()), ends.1.max(rect.right()));
        }
        let whole = Rect::from_x_y_ranges(ends.0..=ends.1, solid.y_range());
        if extent.is_open_above() {
            marks::open_end(sheet, color, whole, ends.1, 1.0);
            ends.1 += OPEN_PT;
        }
        if opens_below(place.bar) {
            marks::open_end(sheet, color, whole, ends.0, -1.0);
        }
        sheet.text_beside(ends.1 + space::S, whole.center().y, place.number);
    }
    zero
}

/// Whether less than what is drawn is possible below zero: an upper bound of a quantity stops at zero.
fn opens_below(bar: &Bar) -> bool {
    bar.extent.is_open_below() && bar.extent.high.is_some_and(|high| high < 0.0)
}
