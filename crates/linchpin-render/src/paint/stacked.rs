//! Bars of parts, lying or upright: the parts one after another, beside each other, or as shares.

use super::axis_ticks::AxisValues;
use super::bar_groups::{self, BarGroup};
use super::columns;
use super::horizontal_bars;
use super::layout_area::{LayoutArea, SharedScale};
use super::legend;
use super::picture_layout::PictureLayout;
use super::text_layout::TextLayouter;
use crate::theme::space;
use linchpin_charts::picture::StackedBars;
use linchpin_register::chart_vocabulary::Arrangement;

/// Lays key and bars out. Columns lie down where names or numbers would be cut under them. Returns
/// the bottom.
pub(super) fn lay_out(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    body: &StackedBars,
    area: LayoutArea,
) -> f32 {
    let groups = bar_groups::from_stacked(body);
    let values = axis_values(body);
    let shared = area
        .shared_scale
        .unwrap_or_else(|| own_scale(layouter, body, &groups, area));
    if !shared.is_vertical {
        let bottom =
            horizontal_bars::lay_out(layouter, layout, &groups, &body.keys, values, shared, area);
        if let Some(ground) = &mut layout.coordinates {
            ground.is_flipped = body.is_vertical;
        }
        return bottom;
    }
    let top = if area.shared_scale.is_some() {
        area.top
    } else {
        legend::lay_out(layouter, layout, &body.keys, area) + space::M
    };
    columns::lay_out(
        layouter,
        layout,
        &groups,
        values,
        shared,
        LayoutArea { top, ..area },
    )
}

/// What the axis of a body says.
pub(super) fn axis_values(body: &StackedBars) -> AxisValues {
    match bar_groups::effective_arrangement(body) {
        Arrangement::Share => AxisValues::Shares,
        _ => AxisValues::Numbers,
    }
}

fn own_scale(
    layouter: &TextLayouter<'_>,
    body: &StackedBars,
    groups: &[BarGroup<'_>],
    area: LayoutArea,
) -> SharedScale {
    let range = area.extend_range(bar_groups::range(groups));
    let width_pt = area.width;
    body.is_vertical
        .then(|| columns::vertical_scale(layouter, groups, axis_values(body), range, width_pt))
        .flatten()
        .unwrap_or_else(|| {
            horizontal_bars::horizontal_scale(layouter, groups, axis_values(body), range, width_pt)
        })
}
