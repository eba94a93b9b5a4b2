//! Bars of parts, lying or upright: the parts one after another, beside each other, or as shares.

use super::area::{Area, Shared};
use super::columns;
use super::groups::{self, Group};
use super::key;
use super::lying;
use super::sheet::Sheet;
use super::ticks::Values;
use super::typeset::Typesetter;
use crate::theme::space;
use linchpin_charts::picture::StackedBars;
use linchpin_register::chart_words::Arrangement;

/// Lays key and bars out. Columns lie down where names or numbers would be cut under them. Returns
/// the bottom.
pub(super) fn lay_out(
    type_: &Typesetter<'_>,
    sheet: &mut Sheet,
    body: &StackedBars,
    area: Area,
) -> f32 {
    let groups = groups::of_stacked(body);
    let values = values(body);
    let shared = area
        .shared
        .unwrap_or_else(|| alone(type_, body, &groups, area));
    if !shared.upright {
        let bottom = lying::lay_out(type_, sheet, &groups, &body.keys, values, shared, area);
        if let Some(ground) = &mut sheet.ground {
            ground.is_turned = body.is_vertical;
        }
        return bottom;
    }
    let top = if area.shared.is_some() {
        area.top
    } else {
        key::lay_out(type_, sheet, &body.keys, area) + space::M
    };
    columns::lay_out(type_, sheet, &groups, values, shared, Area { top, ..area })
}

/// What the axis of a body says.
pub(super) fn values(body: &StackedBars) -> Values {
    match groups::arrangement(body) {
        Arrangement::Share => Values::Shares,
        _ => Values::Numbers,
    }
}

fn alone(type_: &Typesetter<'_>, body: &StackedBars, groups: &[Group<'_>], area: Area) -> Shared {
    let range = area.reaching(groups::range(groups));
    let width_pt = area.width;
    body.is_vertical
        .then(|| columns::standing(type_, groups, values(body), range, width_pt))
        .flatten()
        .unwrap_or_else(|| lying::lying(type_, groups, values(body), range, width_pt))
}
