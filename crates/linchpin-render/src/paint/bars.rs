//! Horizontal bars of one unit: names on the left, numbers at the ends.

use super::area::{Area, Shared};
use super::columns;
use super::groups;
use super::marks::{self, OPEN_PT};
use super::rows::{self, RowContent, RowStyle};
use super::sheet::{Item, Plot, PlotBar, Sheet};
use super::ticks::Values;
use super::tone;
use super::typeset::{Text, Typesetter};
use crate::theme::{self, size, space};
use egui::{Rect, pos2, vec2};
use linchpin_charts::picture::{Bar, Bars, MarkId};

/// How much of the width a number may take before it is wrapped.
const NUMBER_SHARE: f32 = 0.4;

const STYLE: RowStyle = RowStyle {
    bar_pt: 20.0,
    gap_pt: 8.0,
    narrow_pt: 400.0,
    max_stretch: 1.9,
};

/// A panel has numbers of one unit.
const NUMBERS: Values = Values::Numbers;

/// Lays the bars of all panels out, one under another. Columns lie down where names or numbers
/// would be cut under them. Returns the bottom.
pub(super) fn lay_out(type_: &Typesetter<'_>, sheet: &mut Sheet, body: &Bars, area: Area) -> f32 {
    let mut first = MarkId(0);
    let mut top = area.top;
    for panel in &body.panels {
        let place = Area { top, ..area };
        let groups = groups::of_bars(&panel.bars);
        let range = area.reaching(groups::range(&groups));
        // Panels one under another have units of their own.
        let shared = area
            .shared
            .filter(|_| body.panels.len() == 1)
            .or_else(|| {
                let standing = || columns::standing(type_, &groups, NUMBERS, range, area.width);
                body.is_vertical.then(standing).flatten()
            })
            .unwrap_or_else(|| lying(type_, &panel.bars, area.reaching(panel.range()), area.width));
        let is_turned = body.is_vertical && !shared.upright;
        top = sheet.counted_from(first, |sheet| {
            if shared.upright {
                columns::lay_out(type_, sheet, &groups, NUMBERS, shared, place)
            } else {
                rows(type_, sheet, &panel.bars, shared, place)
            }
        });
        first = MarkId(first.0 + panel.bars.len() as u32);
        if let Some(ground) = &mut sheet.ground {
            ground.is_turned = is_turned;
        }
    }
    if body.panels.len() != 1 {
        // Several scales: no line is meant for all of them.
        sheet.ground = None;
    }
    top
}

/// The range of lying bars, and the room that they need beside it in a width.
pub(super) fn lying(
    type_: &Typesetter<'_>,
    bars: &[Bar],
    range: (f64, f64),
    width_pt: f32,
) -> Shared {
    let (before, after) = room(&places(type_, bars, width_pt));
    Shared {
        range,
        before,
        after,
        upright: false,
    }
}

/// Bars with their numbers, not placed yet. Numbers may take as much of the width as names.
fn places<'b>(type_: &Typesetter<'_>, bars: &'b [Bar], width_pt: f32) -> Vec<Place<'b>> {
    let numbers = numbers(type_, bars.iter(), width_pt * NUMBER_SHARE);
    let place = |(bar, number)| Place {
        bar,
        number,
        top: 0.0,
        bottom: 0.0,
    };
    bars.iter().zip(numbers).map(place).collect()
}

fn rows(
    type_: &Typesetter<'_>,
    sheet: &mut Sheet,
    bars: &[Bar],
    shared: Shared,
    area: Area,
) -> f32 {
    let mut places = places(type_, bars, area.width);
    let contents: Vec<RowContent<'_>> = places
        .iter()
        .map(|place| RowContent {
            name: &place.bar.name,
            detail: place.bar.detail.as_deref(),
            least_pt: place.number.size.y,
        })
        .collect();
    let area = Area {
        top: area.top + area.headroom,
        ..area
    };
    let rows = rows::lay_out(type_, sheet, &contents, &STYLE, area);
    for (place, (top, bottom)) in places.iter_mut().zip(&rows.bars) {
        (place.top, place.bottom) = (*top, *bottom);
    }
    let room = (shared.before, shared.after);
    let within = rows.within(area.right());
    let zero = strip(type_, sheet, places, shared.range, room, within);
    sheet.ground = Some(rows.ground(shared, within));
    rows.baseline(type_, sheet, zero);
    for (i, row) in rows.rows.iter().enumerate() {
        sheet.spot(MarkId(i as u32), row.shrink2(vec2(0.0, 2.0)));
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

/// The room that bars need at the left for open ends, and at the right for these and the widest
/// number.
pub(super) fn room(places: &[Place<'_>]) -> (f32, f32) {
    let right = places
        .iter()
        .map(|place| {
            let open = if place.bar.extent.has_no_upper_bound() {
                OPEN_PT
            } else {
                0.0
            };
            open + space::S + place.number.size.x
        })
        .fold(0.0, f32::max);
    let opens_left = places.iter().any(|place| opens_below(place.bar));
    (if opens_left { OPEN_PT } else { 0.0 }, right)
}

/// Draws bars within a rectangle, on one scale, each with its number at its end. Returns where zero
/// lies.
pub(super) fn strip(
    type_: &Typesetter<'_>,
    sheet: &mut Sheet,
    places: Vec<Place<'_>>,
    range: (f64, f64),
    (before, after): (f32, f32),
    within: Rect,
) -> f32 {
    let p = type_.palette;
    let left = within.left() + before;
    let rect = Rect::from_min_max(
        pos2(left, within.top()),
        pos2(
            (within.right() - after).max(left + space::S),
            within.bottom(),
        ),
    );
    // On a scale of one, so that the largest and the smallest numbers are drawn alike.
    let unit = range.0.abs().max(range.1.abs());
    let plot_bars = places.iter().map(|place| PlotBar {
        top_pt: place.top,
        bottom_pt: place.bottom,
        from: 0.0,
        to: place.bar.extent.known_end() / unit,
        fill: tone::color(p, place.bar.color),
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
        let color = tone::color(p, place.bar.color);
        tone::finish(sheet, p, place.bar.color, solid);
        let mut ends = (solid.left().min(zero), solid.right().max(zero));
        if let Some((from, to)) = extent.uncertain_range() {
            let rect = Rect::from_x_y_ranges(x(from)..=x(to), solid.y_range());
            marks::possible(sheet, p, color, rect);
            ends = (ends.0.min(rect.left()), ends.1.max(rect.right()));
        }
        let whole = Rect::from_x_y_ranges(ends.0..=ends.1, solid.y_range());
        if extent.has_no_upper_bound() {
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

/// Whether less than what is drawn is possible below zero: an upper bound of a quantity stops at
/// zero.
fn opens_below(bar: &Bar) -> bool {
    bar.extent.has_no_lower_bound() && bar.extent.high.is_some_and(|high| high < 0.0)
}
