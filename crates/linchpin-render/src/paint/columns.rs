//! Columns: bars that stand up on names, numbers on top, round numbers at the left.

use super::area::{Area, Shared};
use super::ground::{Along, Ground, Numbered};
use super::groups::{Group, Strip};
use super::marks::{self, OPEN_PT};
use super::piece;
use super::sheet::Sheet;
use super::slots::Slots;
use super::ticks::{self, Values};
use super::tone;
use super::typeset::{Text, Typesetter};
use crate::theme::{self, size, space};
use egui::{Rect, Stroke, pos2};

/// The narrowest column, in points.
const MIN_COLUMN_PT: f32 = 5.0;

/// The height from the least to the greatest value: a share of the width, in points.
const HEIGHT_SHARE: f32 = 0.45;
const MIN_HEIGHT_PT: f32 = 140.0;
const MAX_HEIGHT_PT: f32 = 300.0;

/// How much higher columns may grow where a picture is higher than it needs to be.
const MAX_STRETCH: f32 = 2.5;

/// The height that a round number of the axis takes, in points.
const TICK_PT: f32 = 48.0;

/// Between a column and its number, in points.
const NUMBER_GAP_PT: f32 = 2.0;

/// The range and the room that groups need as columns in a width. `None` where they cannot stand:
/// where a name or a number would be cut.
pub(super) fn standing(
    type_: &Typesetter<'_>,
    groups: &[Group<'_>],
    values: Values,
    range: (f64, f64),
    width_pt: f32,
) -> Option<Shared> {
    let slots = Slots::new(type_, groups, values, range, width_pt);
    slots.names(type_, groups)?;
    if slots.column() < MIN_COLUMN_PT {
        return None;
    }
    let (mut before, mut after) = (0.0_f32, 0.0_f32);
    for strip in groups.iter().flat_map(|group| &group.bars) {
        let number = slots.number(type_, strip)?;
        let number = number.size.y + NUMBER_GAP_PT;
        let down = strip.points_down();
        let above = if strip.extent.has_no_upper_bound() {
            OPEN_PT
        } else {
            0.0
        };
        let below = if strip.opens_below() { OPEN_PT } else { 0.0 };
        after = after.max(above + if down { 0.0 } else { number });
        before = before.max(below + if down { number } else { 0.0 });
    }
    Some(Shared {
        range,
        before,
        after: after.max(space::S),
        upright: true,
    })
}

/// Lays out columns that can stand. Returns the bottom.
pub(super) fn lay_out(
    type_: &Typesetter<'_>,
    sheet: &mut Sheet,
    groups: &[Group<'_>],
    values: Values,
    shared: Shared,
    area: Area,
) -> f32 {
    let slots = Slots::new(type_, groups, values, shared.range, area.width);
    let data = (area.width * HEIGHT_SHARE).clamp(MIN_HEIGHT_PT, MAX_HEIGHT_PT);
    let data = (data + area.spare).min(data * MAX_STRETCH);
    let area = Area {
        top: area.top + area.headroom,
        ..area
    };
    let bottom = area.top + shared.after + data + shared.before;
    let scale = Scale {
        range: shared.range,
        top: area.top + shared.after,
        bottom: bottom - shared.before,
    };
    let left = area.left + slots.gutter;
    let right = left + slots.slot * groups.len() as f32;
    let grid_at = sheet.items.len();
    let mut numbers = Vec::new();
    let mut id = 0;
    for (i, group) in groups.iter().enumerate() {
        for (place, strip) in slots.places(left, i, group).zip(&group.bars) {
            let rect = Rect::from_x_y_ranges(place.0..=place.1, scale.top..=scale.bottom);
            let number = slots.number(type_, strip);
            numbers.push(column(type_, sheet, strip, &scale, rect, number, &mut id));
        }
    }
    let above = grid(type_, values, &scale, area, (left, right), &numbers);
    sheet.items.splice(grid_at..grid_at, above.items);
    let zero = scale.y(0.0);
    let stroke = Stroke::new(1.0, type_.palette.text_muted);
    sheet.line(pos2(left, zero), pos2(right, zero), stroke);
    let (low, high) = scale.range;
    let middles = (0..groups.len()).map(|i| slots.middle(left, i));
    sheet.ground = Some(Ground {
        within: Rect::from_min_max(pos2(left, area.top), pos2(right, bottom)),
        x: Along::Groups(middles.collect()),
        y: Along::Numbers(Numbered::linear(low, high, scale.bottom, scale.top)),
        is_turned: false,
        lines: Vec::new(),
    });
    let names_top = bottom + space::XS;
    let Some(names) = slots.names(type_, groups) else {
        return bottom;
    };
    let names_bottom = names_top + names.height_pt();
    let middles = (0..groups.len()).map(|i| slots.middle(left, i));
    names.set(sheet, middles, names_top);
    // The lowest number of the axis reaches a little below its line.
    names_bottom.max(bottom + space::S)
}

/// From values to heights.
struct Scale {
    range: (f64, f64),
    top: f32,
    bottom: f32,
}

impl Scale {
    fn y(&self, value: f64) -> f32 {
        let (low, high) = self.range;
        let share = ((value - low) / (high - low)) as f32;
        self.bottom - share * (self.bottom - self.top)
    }
}

/// Draws one column with its ends and its number within the room `rect`. Returns the number's box.
fn column(
    type_: &Typesetter<'_>,
    sheet: &mut Sheet,
    strip: &Strip<'_>,
    scale: &Scale,
    rect: Rect,
    number: Option<Text>,
    id: &mut u32,
) -> Rect {
    let p = type_.palette;
    let zero = scale.y(0.0);
    let (mut top, mut foot) = (zero, zero);
    let several = strip.pieces.len() > 1;
    let mut places = Vec::new();
    for piece in &strip.pieces {
        let (a, b) = (scale.y(piece.from), scale.y(piece.to));
        let place = Rect::from_x_y_ranges(rect.x_range(), a.min(b)..=a.max(b));
        piece::filled(type_, sheet, piece.tone, place, &piece.inside);
        if several && place.height() > 2.0 {
            let edge = Stroke::new(1.0, p.background);
            sheet.line(place.left_top(), place.right_top(), edge);
        }
        (top, foot) = (top.min(place.top()), foot.max(place.bottom()));
        places.push(place);
    }
    let color = strip
        .pieces
        .first()
        .map_or(p.bar, |piece| tone::color(p, piece.tone));
    if let Some((from, to)) = strip.extent.uncertain_range() {
        let place = Rect::from_x_y_ranges(rect.x_range(), scale.y(to)..=scale.y(from));
        marks::possible(sheet, p, color, place);
        (top, foot) = (top.min(place.top()), foot.max(place.bottom()));
    }
    let whole = Rect::from_x_y_ranges(rect.x_range(), top..=foot);
    if strip.extent.has_no_upper_bound() {
        marks::open_end_upright(sheet, color, whole, top, -1.0);
        top -= OPEN_PT;
    }
    if strip.opens_below() {
        marks::open_end_upright(sheet, color, whole, foot, 1.0);
        foot += OPEN_PT;
    }
    let mut label = Rect::NOTHING;
    if let Some(number) = number {
        let y = if strip.points_down() {
            foot + NUMBER_GAP_PT
        } else {
            top - NUMBER_GAP_PT - number.size.y
        };
        label = sheet.text(pos2(rect.center().x - number.size.x / 2.0, y), number);
    }
    for place in &places {
        // A column of one part is pointed at with its number.
        let spot = if several {
            *place
        } else {
            let whole = Rect::from_x_y_ranges(rect.x_range(), top..=foot);
            if label.is_positive() {
                whole | label
            } else {
                whole
            }
        };
        piece::spot(sheet, *id, spot);
        *id += 1;
    }
    label
}

/// The round numbers at the left and their lines, which stop short of the columns' numbers.
fn grid(
    type_: &Typesetter<'_>,
    values: Values,
    scale: &Scale,
    area: Area,
    (left, right): (f32, f32),
    numbers: &[Rect],
) -> Sheet {
    let p = type_.palette;
    let mut sheet = Sheet::default();
    let font = theme::regular(size::CAPTION);
    // Numbers on top of the highest column leave room for one more line.
    let pt = (scale.range.1 - scale.range.0) / f64::from((scale.bottom - scale.top).max(1.0));
    let high = scale.range.1 + pt * f64::from(scale.top - area.top - size::CAPTION / 2.0).max(0.0);
    let (low, most) = (
        scale.range.0,
        ((scale.bottom - area.top) / TICK_PT) as usize,
    );
    let ticks = match values {
        Values::Shares => vec![0.0, 0.5, 1.0],
        Values::Numbers => ticks::round((low, high), most.max(2)),
    };
    for value in ticks {
        let y = scale.y(value);
        let words = type_.line(&ticks::said(values, value), font.clone(), p.text_muted);
        let x = left - space::S - words.size.x;
        sheet.text_beside(x, y, words);
        let mut from = left;
        let mut gaps: Vec<&Rect> = numbers
            .iter()
            .filter(|number| number.top() - 1.0 < y && y < number.bottom() + 1.0)
            .collect();
        gaps.sort_by(|a, b| a.left().total_cmp(&b.left()));
        let stroke = Stroke::new(1.0, p.grid);
        for gap in gaps {
            if gap.left() - 3.0 > from {
                sheet.line(pos2(from, y), pos2(gap.left() - 3.0, y), stroke);
            }
            from = from.max(gap.right() + 3.0);
        }
        if right > from {
            sheet.line(pos2(from, y), pos2(right, y), stroke);
        }
    }
    sheet
}
