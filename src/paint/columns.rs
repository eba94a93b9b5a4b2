//! Columns: bars that stand up on names, numbers on top, round numbers at the left.

use super::area::{Area, Shared};
use super::column_names::{self, Names};
use super::fit;
use super::ground::{Along, Ground, Numbered};
use super::groups::{self, Group, Strip};
use super::marks::{self, OPEN_PT};
use super::piece;
use super::sheet::Sheet;
use super::ticks;
use super::tone;
use super::typeset::{Text, Typesetter};
use crate::theme::{self, size, space};
use egui::{FontId, Rect, Stroke, pos2};
use std::collections::BTreeSet;

/// The widest room of a group, and the widest column, alone and beside others, in points.
const MAX_SLOT_PT: f32 = 220.0;
const MAX_ALONE_PT: f32 = 110.0;
const MAX_BESIDE_PT: f32 = 56.0;

/// How much of its group's room a column takes, alone and with others.
const ALONE_SHARE: f32 = 0.68;
const BESIDE_SHARE: f32 = 0.84;

/// The narrowest column, and the distance of two of a group, in points.
const MIN_COLUMN_PT: f32 = 5.0;
const BESIDE_GAP_PT: f32 = 2.0;

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

/// What the axis says.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Values {
    Numbers,
    /// Shares of a whole, which is 1.
    Shares,
}

/// The range and the room that groups need as columns in a width. `None` where they cannot stand: where a name or a number would be cut.
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
        let above = if strip.extent.is_open_above() {
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
    if let Some((from, to)) = strip.extent.possible() {
        let place = Rect::from_x_y_ranges(rect.x_range(), scale.y(to)..=scale.y(from));
        marks::possible(sheet, p, color, place);
        (top, foot) = (top.min(place.top()), foot.max(place.bottom()));
    }
    let whole = Rect::from_x_y_ranges(rect.x_range(), top..=foot);
    if strip.extent.is_open_above() {
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
        let words = type_.line(&said(values, value), font.clone(), p.text_muted);
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

fn said(values: Values, value: f64) -> String {
    match values {
        Values::Numbers => ticks::words(value),
        Values::Shares => groups::percent(value),
    }
}

/// How the width is shared out.
struct Slots {
    /// For the numbers of the axis, at the left.
    gutter: f32,
    /// The room of a group.
    slot: f32,
    /// From one column of a group to the next.
    pitch: f32,
    /// The most columns of a group.
    most: usize,
    /// The letters of all numbers, and the width of each; no letters where a number would be broken.
    number_font: Option<FontId>,
    number_pt: f32,
}

impl Slots {
    fn new(
        type_: &Typesetter<'_>,
        groups: &[Group<'_>],
        values: Values,
        range: (f64, f64),
        width_pt: f32,
    ) -> Slots {
        let font = theme::regular(size::CAPTION);
        let ticks: BTreeSet<String> = match values {
            Values::Shares => BTreeSet::from([said(values, 1.0)]),
            // More numbers than will be shown: none that is shown is wider.
            Values::Numbers => (2..=16)
                .flat_map(|most| {
                    let reach = range.1 + (range.1 - range.0);
                    [range.1, reach].map(|high| ticks::round((range.0, high), most))
                })
                .flatten()
                .map(|value| said(values, value))
                .collect(),
        };
        let gutter = type_.widest(ticks.iter().map(String::as_str), &font) + space::S;
        let most = groups
            .iter()
            .map(|g| g.bars.len())
            .max()
            .unwrap_or(0)
            .max(1);
        let slot = ((width_pt - gutter) / groups.len().max(1) as f32).min(MAX_SLOT_PT);
        let pitch = if most == 1 {
            (slot * ALONE_SHARE).min(MAX_ALONE_PT)
        } else {
            (slot * BESIDE_SHARE / most as f32).min(MAX_BESIDE_PT)
        };
        let (sizes, number_pt): (&[f32], f32) = if most == 1 {
            (&[size::BODY, size::CAPTION], slot - 4.0)
        } else {
            (&[size::CAPTION], pitch - 3.0)
        };
        let strips = || groups.iter().flat_map(|group| &group.bars);
        let number_font = sizes
            .iter()
            .map(|size| theme::semibold(*size))
            .find(|font| strips().all(|strip| fit::unbroken(type_, strip.number, font, number_pt)));
        Slots {
            gutter,
            slot,
            pitch,
            most,
            number_font,
            number_pt,
        }
    }

    /// The width of a column.
    fn column(&self) -> f32 {
        self.pitch - if self.most == 1 { 0.0 } else { BESIDE_GAP_PT }
    }

    fn middle(&self, left: f32, group: usize) -> f32 {
        left + (group as f32 + 0.5) * self.slot
    }

    /// Left and right of each column of a group, which are put amid its room.
    fn places(&self, left: f32, at: usize, group: &Group<'_>) -> impl Iterator<Item = (f32, f32)> {
        let width = self.column();
        let count = group.bars.len();
        let pitch = self.pitch;
        let first = self.middle(left, at) - pitch * count as f32 / 2.0 + (pitch - width) / 2.0;
        (0..count).map(move |i| {
            let x = first + pitch * i as f32;
            (x, x + width)
        })
    }

    /// A column's number, wrapped where it must be; `None` where a word of it would be broken.
    fn number(&self, type_: &Typesetter<'_>, strip: &Strip<'_>) -> Option<Text> {
        let font = self.number_font.clone()?;
        let color = type_.palette.text;
        let text = type_.centered(strip.number, font, color, self.number_pt);
        (text.size.x <= self.number_pt + 0.5).then_some(text)
    }

    fn names(&self, type_: &Typesetter<'_>, groups: &[Group<'_>]) -> Option<Names> {
        let names: Vec<&str> = groups.iter().map(|group| group.name.as_ref()).collect();
        column_names::fitting(type_, &names, self.slot)
    }
}
