//! Small multiples: equal panels in reading order, one key for all, one scale where the bodies have
//! one unit.

use super::area::{Area, Shared};
use super::columns;
use super::groups::{self, Group};
use super::key;
use super::sheet::Sheet;
use super::ticks::Values;
use super::typeset::{Text, Typesetter};
use super::{bars, lying, stacked, waffle, xy};
use crate::theme::{self, size, space};
use egui::{Stroke, pos2};
use linchpin_charts::picture::{
    Bar, Bars, FacetPanel, LegendKey, MarkId, PictureBody, SmallMultiples, StackedBars, Waffle,
};

/// The narrowest panel of bars, and the distance between two panels, in points.
pub(super) const MIN_PANEL_PT: f32 = 190.0;
const GAP_PT: f32 = space::L;

/// The most panels beside each other.
const MAX_COLUMNS: f32 = 5.0;

/// Lays a body out in a place.
pub(super) type Painter = fn(&Typesetter<'_>, &mut Sheet, &PictureBody, Area) -> f32;

/// Lays the panels out, none narrower than `least_pt`. Returns the bottom.
pub(super) fn lay_out(
    type_: &Typesetter<'_>,
    sheet: &mut Sheet,
    body: &SmallMultiples,
    least_pt: f32,
    area: Area,
    paint: Painter,
) -> f32 {
    let (per_row, width) = columns_of(body.panels.len(), least_pt, area.width);
    let panels: Vec<&FacetPanel> = body.panels.iter().collect();
    let common = shared(type_, &panels, width);
    let keys = keys(body);
    let mut top = area.top;
    // Multiples within multiples leave the key to the outer ones.
    if !keys.is_empty() && area.shared.is_none() {
        let all_plots = body
            .panels
            .iter()
            .all(|p| matches!(p.body, PictureBody::Plot(_)));
        top = match all_plots {
            true => {
                let keys: Vec<&LegendKey> = keys.iter().collect();
                key::with_samples(type_, sheet, &keys, area, xy::sample)
            }
            false => key::lay_out(type_, sheet, &keys, area),
        } + space::M;
    }
    let waffles: Vec<&Waffle> = body.panels.iter().filter_map(waffle_of).collect();
    if !waffles.is_empty() && area.shared.is_none() && !body.has_independent_scales {
        top = waffle::key(type_, sheet, &waffles, Area { top, ..area }) + space::M;
    }
    let rows = body.panels.len().div_ceil(per_row).max(1);
    let spare = area.spare / rows as f32;
    let mut first = MarkId(0);
    let mut bottom = top;
    for (i, row) in body.panels.chunks(per_row).enumerate() {
        if i > 0 {
            top = bottom + GAP_PT;
        }
        let font = theme::semibold(size::BODY);
        let color = type_.palette.text;
        let titles: Vec<Text> = row
            .iter()
            .map(|panel| type_.wrapped(&panel.title, font.clone(), color, width))
            .collect();
        // All charts of a row begin at one height.
        let highest = titles.iter().map(|title| title.size.y).fold(0.0, f32::max);
        let left_of = |column: usize| area.left + column as f32 * (width + GAP_PT);
        for (column, (panel, title)) in row.iter().zip(titles).enumerate() {
            let left = left_of(column);
            let stroke = Stroke::new(1.0, type_.palette.text_muted);
            sheet.line(pos2(left, top), pos2(left + width, top), stroke);
            sheet.text(pos2(left, top + space::XS), title);
            let shared = match body.has_independent_scales {
                true => shared(type_, &[panel], width),
                false => common,
            };
            let place = Area {
                left,
                top: top + space::XS + highest + space::S,
                width,
                spare,
                headroom: 0.0,
                reach: None,
                // Squares that are worth something else in each panel are explained in each.
                shared: match waffle_of(panel) {
                    Some(_) if body.has_independent_scales => None,
                    _ => Some(shared),
                },
            };
            let end = sheet.counted_from(first, |sheet| paint(type_, sheet, &panel.body, place));
            bottom = bottom.max(end);
            first.0 += panel.body.marks().count() as u32;
        }
    }
    bottom
}

/// How many panels stand beside each other, and how wide each is: as few rows as fit, and then no
/// more columns than they need.
fn columns_of(count: usize, least_pt: f32, width_pt: f32) -> (usize, f32) {
    let count = count.max(1) as f32;
    let fitting = ((width_pt + GAP_PT) / (least_pt + GAP_PT)).floor();
    let rows = (count / fitting.clamp(1.0, MAX_COLUMNS)).ceil();
    let columns = (count / rows).ceil();
    let width = (width_pt - GAP_PT * (columns - 1.0)) / columns;
    (columns as usize, width.max(1.0))
}

fn waffle_of(panel: &FacetPanel) -> Option<&Waffle> {
    match &panel.body {
        PictureBody::Waffle(body) => Some(body),
        _ => None,
    }
}

/// What stands in the one key: every kind of every panel, each once.
fn keys(body: &SmallMultiples) -> Vec<LegendKey> {
    let mut keys: Vec<LegendKey> = Vec::new();
    for panel in &body.panels {
        for key in keys_of(&panel.body) {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
    }
    keys
}

fn keys_of(body: &PictureBody) -> Vec<LegendKey> {
    match body {
        PictureBody::Stacked(body) => body.keys.clone(),
        PictureBody::Plot(body) if body.series.len() > 1 => body
            .series
            .iter()
            .map(|series| series.key.clone())
            .collect(),
        PictureBody::SmallMultiples(body) => keys(body),
        _ => Vec::new(),
    }
}

/// One scale for all bars and for all parts of bars; bodies with scales of their own keep these.
fn shared(type_: &Typesetter<'_>, panels: &[&FacetPanel], width_pt: f32) -> Shared {
    let bodies = || panels.iter().map(|panel| &panel.body);
    let plain: Vec<(&Bars, &[Bar])> = bodies().filter_map(bars_of).collect();
    let stacked: Vec<&StackedBars> = bodies().filter_map(stacked_of).collect();
    let groups: Vec<(Vec<Group<'_>>, Values)> = plain
        .iter()
        .map(|(_, bars)| (groups::of_bars(bars), Values::Numbers))
        .chain(
            stacked
                .iter()
                .map(|body| (groups::of_stacked(body), stacked::values(body))),
        )
        .collect();
    let range = groups::joined(groups.iter().map(|(groups, _)| groups::range(groups)));
    let upright = plain.iter().map(|(bars, _)| bars.is_vertical);
    let upright = upright
        .chain(stacked.iter().map(|body| body.is_vertical))
        .all(|up| up);
    let standing = groups
        .iter()
        .map(|(groups, values)| columns::standing(type_, groups, *values, range, width_pt));
    // All stand, or all lie.
    let standing: Option<Vec<Shared>> = upright.then(|| standing.collect()).flatten();
    let each = standing.unwrap_or_else(|| {
        let plain = plain
            .iter()
            .map(|(_, bars)| bars::lying(type_, bars, range, width_pt));
        let stacked = groups
            .iter()
            .skip(plain.len())
            .map(|(groups, values)| lying::lying(type_, groups, *values, range, width_pt));
        plain.chain(stacked).collect()
    });
    let none = Shared {
        range,
        before: 0.0,
        after: 0.0,
        upright: false,
    };
    each.into_iter().fold(none, |all, one| Shared {
        range,
        before: all.before.max(one.before),
        after: all.after.max(one.after),
        upright: one.upright,
    })
}

/// Bars of one unit, which the subtitle says.
fn bars_of(body: &PictureBody) -> Option<(&Bars, &[Bar])> {
    let PictureBody::Bars(bars) = body else {
        return None;
    };
    match bars.panels.as_slice() {
        [panel] if panel.title.is_none() => Some((bars, &panel.bars)),
        _ => None,
    }
}

fn stacked_of(body: &PictureBody) -> Option<&StackedBars> {
    match body {
        PictureBody::Stacked(body) => Some(body),
        _ => None,
    }
}
