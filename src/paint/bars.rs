//! Horizontal bars of one unit: names on the left, numbers at the ends.

use super::frame::Area;
use super::marks::{self, OPEN_PT};
use super::sheet::{Item, Plot, PlotBar, Sheet};
use super::tone;
use super::typeset::{Text, Typesetter};
use crate::picture::{Bar, Bars, MarkId};
use crate::theme::{self, size, space};
use egui::{Rect, Stroke, pos2};

/// The height of a bar, and the distance between two rows, in points.
const BAR_PT: f32 = 20.0;
const GAP_PT: f32 = 8.0;

/// A bar may grow by this much where a picture is higher than it needs to be.
const MAX_STRETCH: f32 = 1.9;

/// The widest column of names, as a share of the whole and in points.
const NAME_SHARE: f32 = 0.4;
const MAX_NAME_PT: f32 = 300.0;

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

/// How wide a column of names is, in points.
pub(super) fn name_width<'t>(
    type_: &Typesetter<'_>,
    names: impl Iterator<Item = &'t str>,
    width_pt: f32,
) -> f32 {
    let natural = type_.widest(names, &theme::regular(size::BODY)) + 1.0;
    natural.min(width_pt * NAME_SHARE).min(MAX_NAME_PT)
}

fn rows(
    type_: &Typesetter<'_>,
    sheet: &mut Sheet,
    bars: &[Bar],
    range: (f64, f64),
    first: MarkId,
    area: Area,
) -> f32 {
    let p = type_.palette;
    let names_width = name_width(type_, bars.iter().map(|b| b.name.as_str()), area.width);
    let names: Vec<Text> = bars
        .iter()
        .map(|bar| type_.wrapped(&bar.name, theme::regular(size::BODY), p.text, names_width))
        .collect();
    let needed: f32 = names.iter().map(|n| n.size.y.max(BAR_PT) + GAP_PT).sum();
    let stretch = (1.0 + area.spare / needed.max(1.0)).min(MAX_STRETCH);
    let left = area.left + names_width + space::S + space::XS;
    let mut top = area.top;
    let mut places = Vec::new();
    for (bar, name) in bars.iter().zip(names) {
        let height = (name.size.y.max(BAR_PT) + GAP_PT) * stretch;
        let middle = top + height / 2.0;
        let at = pos2(area.left, middle - name.size.y / 2.0);
        sheet.text(at, name);
        let thick = BAR_PT * stretch;
        places.push((bar, middle - thick / 2.0, middle + thick / 2.0));
        top += height;
    }
    let within = Rect::from_min_max(pos2(left, area.top), pos2(area.right(), top));
    strip(type_, sheet, &places, range, within);
    for (i, (_, bar_top, bar_bottom)) in places.iter().enumerate() {
        let rect = Rect::from_min_max(pos2(area.left, *bar_top), pos2(area.right(), *bar_bottom));
        sheet.spot(MarkId(first.0 + i as u32), rect);
    }
    top
}

/// Draws bars (with the top and bottom of each) within a rectangle, on one scale, each with its number at its end.
pub(super) fn strip(
    type_: &Typesetter<'_>,
    sheet: &mut Sheet,
    bars: &[(&Bar, f32, f32)],
    range: (f64, f64),
    within: Rect,
) {
    let p = type_.palette;
    let numbers: Vec<Text> = bars
        .iter()
        .map(|(bar, ..)| {
            let room = (within.width() * 0.6).max(40.0);
            type_.wrapped(&bar.text, theme::semibold(size::BODY), p.text, room)
        })
        .collect();
    // Room at the right for the widest number, and for open ends at both sides.
    let after = |(bar, ..): &(&Bar, f32, f32)| {
        if bar.extent.is_open_above() {
            OPEN_PT
        } else {
            0.0
        }
    };
    let right = bars
        .iter()
        .zip(&numbers)
        .map(|(bar, number)| after(bar) + space::S + number.size.x)
        .fold(0.0, f32::max);
    let opens_left = bars.iter().any(|(bar, ..)| opens_below(bar));
    let left = if opens_left { OPEN_PT } else { 0.0 };
    let rect = Rect::from_min_max(
        pos2(within.left() + left, within.top()),
        pos2(
            (within.right() - right).max(within.left() + left + 8.0),
            within.bottom(),
        ),
    );
    // On a scale of one, so that the largest and the smallest numbers are drawn alike.
    let unit = range.0.abs().max(range.1.abs());
    let plot_bars = bars.iter().map(|(bar, top, bottom)| PlotBar {
        top_pt: *top,
        bottom_pt: *bottom,
        from: 0.0,
        to: bar.extent.sure() / unit,
        fill: tone::color(p, bar.tone),
    });
    let plot = Plot {
        rect,
        range: (range.0 / unit, range.1 / unit),
        bars: plot_bars.collect(),
    };
    let transform = plot.transform();
    let x = |value: f64| transform.position_from_point_x(value / unit);
    let zero = x(0.0);
    let solid: Vec<Rect> = (0..bars.len()).map(|i| plot.bar_rect(i)).collect();
    sheet.items.push(Item::Plot(plot));
    for (i, ((bar, top, bottom), number)) in bars.iter().zip(numbers).enumerate() {
        let color = tone::color(p, bar.tone);
        tone::hatch(sheet, p, bar.tone, solid[i]);
        let mut ends = (solid[i].left().min(zero), solid[i].right().max(zero));
        if let Some((from, to)) = bar.extent.possible() {
            let possible = Rect::from_x_y_ranges(x(from)..=x(to), *top..=*bottom);
            marks::possible(sheet, p, color, possible);
            ends = (ends.0.min(possible.left()), ends.1.max(possible.right()));
        }
        let whole = Rect::from_x_y_ranges(ends.0..=ends.1, *top..=*bottom);
        if bar.extent.is_open_above() {
            marks::open_end(sheet, color, whole, ends.1, 1.0);
            ends.1 += OPEN_PT;
        }
        if opens_below(bar) {
            marks::open_end(sheet, color, whole, ends.0, -1.0);
        }
        sheet.text_beside(ends.1 + space::S, whole.center().y, number);
    }
    sheet.line(
        pos2(zero, within.top()),
        pos2(zero, within.bottom()),
        Stroke::new(1.0, p.text_muted),
    );
}

/// Whether less than what is drawn is possible below zero: an upper bound of a quantity stops at zero.
fn opens_below(bar: &Bar) -> bool {
    bar.extent.is_open_below() && bar.extent.high.is_some_and(|high| high < 0.0)
}
