//! Small multiples: a panel for each unit. A panel with one number says it large.

use super::area::Area;
use super::bars::{self, Place};
use super::columns;
use super::groups;
use super::marks;
use super::sheet::Sheet;
use super::ticks::Values;
use super::tone;
use super::typeset::Typesetter;
use crate::theme::{self, size, space};
use egui::{Rect, Stroke, pos2, vec2};
use linchpin_charts::picture::{Bar, BarPanel, Bars, MarkId};

/// The narrowest panel, and the distance between two, in points.
const MIN_PANEL_PT: f32 = 210.0;
const GAP_PT: f32 = space::L;
const MAX_COLUMNS: f32 = 4.0;

/// The height of the rule above a single number, and of a bar, in points.
const RULE_PT: f32 = 5.0;
const BAR_PT: f32 = 14.0;

/// How much of a panel's width a number beside a bar may take before it is wrapped.
const NUMBER_SHARE: f32 = 0.55;

/// A panel has numbers of one unit.
const NUMBERS: Values = Values::Numbers;

/// Lays the panels out in columns of one width. Returns the bottom.
pub(super) fn lay_out(type_: &Typesetter<'_>, sheet: &mut Sheet, body: &Bars, area: Area) -> f32 {
    let fitting = ((area.width + GAP_PT) / (MIN_PANEL_PT + GAP_PT)).floor();
    let count = body.panels.len().max(1) as f32;
    // As few rows as fit, and then no more columns than they need.
    let rows = (count / fitting.clamp(1.0, MAX_COLUMNS)).ceil();
    let columns = (count / rows).ceil();
    let width = (area.width - GAP_PT * (columns - 1.0)) / columns;
    let extra = (area.spare / rows.max(1.0)).min(space::XL);
    let mut first = MarkId(0);
    let mut top = area.top;
    let mut bottom = area.top;
    for row in body.panels.chunks(columns as usize) {
        for (column, panel) in row.iter().enumerate() {
            let left = area.left + column as f32 * (width + GAP_PT);
            let place = Area {
                left,
                top,
                width,
                spare: 0.0,
                headroom: 0.0,
                reach: None,
                shared: None,
            };
            let end = match panel.bars.as_slice() {
                [bar] => single(type_, sheet, panel, bar, first, place),
                bars => several(type_, sheet, panel, bars, body.is_vertical, first, place),
            };
            bottom = bottom.max(end);
            first = MarkId(first.0 + panel.bars.len() as u32);
        }
        top = bottom + GAP_PT + extra;
    }
    bottom
}

/// One number, large, under a rule that ends as the number does: closed, or open.
fn single(
    type_: &Typesetter<'_>,
    sheet: &mut Sheet,
    panel: &BarPanel,
    bar: &Bar,
    id: MarkId,
    area: Area,
) -> f32 {
    let p = type_.palette;
    let color = tone::color(p, bar.color);
    let full = Rect::from_min_size(pos2(area.left, area.top), vec2(area.width, RULE_PT));
    let mut rule = full;
    if bar.extent.has_no_upper_bound() {
        rule.set_right(full.right() - marks::OPEN_PT);
        marks::open_end(sheet, color, rule, rule.right(), 1.0);
    }
    if bar.extent.known_end() == 0.0 && bar.extent.uncertain_range().is_some() {
        marks::possible(sheet, p, color, rule);
    } else {
        sheet.fill(rule, color);
    }
    let set = |text: &str, font, color| type_.wrapped(text, font, color, area.width);
    let number = set(&bar.text, theme::semibold(size::DISPLAY), p.text);
    let unit = set(
        panel.title.as_deref().unwrap_or_default(),
        theme::semibold(size::CAPTION),
        p.text,
    );
    let mut y = full.bottom() + space::S;
    y = sheet.text(pos2(area.left, y), number).bottom();
    y = sheet.text(pos2(area.left, y), unit).bottom() + space::S;
    let name = set(&bar.name, theme::regular(size::BODY), p.text);
    y = sheet.text(pos2(area.left, y), name).bottom();
    if let Some(detail) = &bar.detail {
        let detail = set(detail, theme::regular(size::CAPTION), p.text_muted);
        y = sheet.text(pos2(area.left, y + 2.0), detail).bottom();
    }
    sheet.spot(id, Rect::from_min_max(full.min, pos2(area.right(), y)));
    y
}

/// Several numbers of one unit: a bar under each name, all on one scale.
fn several(
    type_: &Typesetter<'_>,
    sheet: &mut Sheet,
    panel: &BarPanel,
    bars: &[Bar],
    upright: bool,
    first: MarkId,
    area: Area,
) -> f32 {
    let p = type_.palette;
    let set = |text: &str, font, color| type_.wrapped(text, font, color, area.width);
    sheet.line(
        pos2(area.left, area.top),
        pos2(area.right(), area.top),
        Stroke::new(1.0, p.text_muted),
    );
    let unit = set(
        panel.title.as_deref().unwrap_or_default(),
        theme::semibold(size::CAPTION),
        p.text,
    );
    let mut y = sheet
        .text(pos2(area.left, area.top + space::S), unit)
        .bottom()
        + space::S;
    let groups = groups::of_bars(bars);
    let standing =
        || columns::standing(type_, &groups, NUMBERS, groups::range(&groups), area.width);
    if let Some(shared) = upright.then(standing).flatten() {
        let place = Area { top: y, ..area };
        return sheet.counted_from(first, |sheet| {
            columns::lay_out(type_, sheet, &groups, NUMBERS, shared, place)
        });
    }
    let numbers = bars::numbers(type_, bars.iter(), area.width * NUMBER_SHARE);
    let mut places = Vec::new();
    for (i, (bar, number)) in bars.iter().zip(numbers).enumerate() {
        let top = y;
        let name = set(&bar.name, theme::regular(size::BODY), p.text);
        y = sheet.text(pos2(area.left, y), name).bottom();
        if let Some(detail) = &bar.detail {
            let detail = set(detail, theme::regular(size::CAPTION), p.text_muted);
            y = sheet.text(pos2(area.left, y), detail).bottom();
        }
        let room = number.size.y.max(BAR_PT + space::S);
        let middle = y + room / 2.0;
        y += room;
        places.push(Place {
            bar,
            number,
            top: middle - BAR_PT / 2.0,
            bottom: middle + BAR_PT / 2.0,
        });
        let rect = Rect::from_min_max(pos2(area.left, top), pos2(area.right(), y));
        sheet.spot(MarkId(first.0 + i as u32), rect);
        y += space::S;
    }
    let bottom = y - space::S;
    let within = Rect::from_min_max(
        pos2(area.left, places.first().map_or(y, |place| place.top)),
        pos2(area.right(), bottom),
    );
    let ends: Vec<(f32, f32)> = places
        .iter()
        .map(|place| (place.top, place.bottom))
        .collect();
    let room = bars::room(&places);
    let zero = bars::strip(type_, sheet, places, panel.range(), room, within);
    let stroke = Stroke::new(1.0, p.text_muted);
    for (top, bottom) in ends {
        sheet.line(pos2(zero, top - 2.0), pos2(zero, bottom + 2.0), stroke);
    }
    bottom
}
