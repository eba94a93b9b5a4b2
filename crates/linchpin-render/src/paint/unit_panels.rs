//! Small multiples: a panel for each unit. A panel with one number says it large.

use super::axis_ticks::AxisValues;
use super::bar_ends;
use super::bar_groups;
use super::bars::{self, PlacedBar};
use super::columns;
use super::layout_area::LayoutArea;
use super::picture_layout::PictureLayout;
use super::text_layout::TextLayouter;
use super::tone;
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
const VALUE_LABEL_SHARE: f32 = 0.55;

/// A panel has numbers of one unit.
const AXIS_VALUES: AxisValues = AxisValues::Numbers;

/// Lays the panels out in columns of one width. Returns the bottom.
pub(super) fn lay_out(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    body: &Bars,
    area: LayoutArea,
) -> f32 {
    let fitting = ((area.width + GAP_PT) / (MIN_PANEL_PT + GAP_PT)).floor();
    let count = body.panels.len().max(1) as f32;
    // As few rows as fit, and then no more columns than they need.
    let rows = (count / fitting.clamp(1.0, MAX_COLUMNS)).ceil();
    let columns = (count / rows).ceil();
    let width = (area.width - GAP_PT * (columns - 1.0)) / columns;
    let extra = (area.spare_height_pt / rows.max(1.0)).min(space::XL);
    let mut first = MarkId(0);
    let mut top = area.top;
    let mut bottom = area.top;
    for row in body.panels.chunks(columns as usize) {
        for (column, panel) in row.iter().enumerate() {
            let left = area.left + column as f32 * (width + GAP_PT);
            let place = LayoutArea {
                left,
                top,
                width,
                spare_height_pt: 0.0,
                headroom_pt: 0.0,
                reference_range: None,
                shared_scale: None,
            };
            let end = match panel.bars.as_slice() {
                [bar] => single_value(layouter, layout, panel, bar, first, place),
                bars => bar_panel(
                    layouter,
                    layout,
                    panel,
                    bars,
                    body.is_vertical,
                    first,
                    place,
                ),
            };
            bottom = bottom.max(end);
            first = MarkId(first.0 + panel.bars.len() as u32);
        }
        top = bottom + GAP_PT + extra;
    }
    bottom
}

/// One number, large, under a rule that ends as the number does: closed, or open.
fn single_value(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    panel: &BarPanel,
    bar: &Bar,
    id: MarkId,
    area: LayoutArea,
) -> f32 {
    let p = layouter.palette;
    let color = tone::fill_color(p, bar.color);
    let full = Rect::from_min_size(pos2(area.left, area.top), vec2(area.width, RULE_PT));
    let mut rule = full;
    if bar.extent.has_no_upper_bound() {
        rule.set_right(full.right() - bar_ends::OPEN_PT);
        bar_ends::open_end(layout, color, rule, rule.right(), 1.0);
    }
    if bar.extent.known_end() == 0.0 && bar.extent.uncertain_range().is_some() {
        bar_ends::uncertain_range(layout, p, color, rule);
    } else {
        layout.fill(rule, color);
    }
    let set = |text: &str, font, color| layouter.wrapped(text, font, color, area.width);
    let number = set(
        &layouter.written(&bar.text),
        theme::semibold(size::DISPLAY),
        p.text,
    );
    let unit = set(
        panel.title.as_deref().unwrap_or_default(),
        theme::semibold(size::CAPTION),
        p.text,
    );
    let mut y = full.bottom() + space::S;
    y = layout.text(pos2(area.left, y), number).bottom();
    y = layout.text(pos2(area.left, y), unit).bottom() + space::S;
    let name = set(&bar.name, theme::regular(size::BODY), p.text);
    y = layout.text(pos2(area.left, y), name).bottom();
    if let Some(detail) = &bar.detail {
        let detail = set(detail, theme::regular(size::CAPTION), p.text_muted);
        y = layout.text(pos2(area.left, y + 2.0), detail).bottom();
    }
    layout.add_hit_area(id, Rect::from_min_max(full.min, pos2(area.right(), y)));
    y
}

/// Several numbers of one unit: a bar under each name, all on one scale.
fn bar_panel(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    panel: &BarPanel,
    bars: &[Bar],
    upright: bool,
    first: MarkId,
    area: LayoutArea,
) -> f32 {
    let p = layouter.palette;
    let set = |text: &str, font, color| layouter.wrapped(text, font, color, area.width);
    layout.line(
        pos2(area.left, area.top),
        pos2(area.right(), area.top),
        Stroke::new(1.0, p.text_muted),
    );
    let unit = set(
        panel.title.as_deref().unwrap_or_default(),
        theme::semibold(size::CAPTION),
        p.text,
    );
    let mut y = layout
        .text(pos2(area.left, area.top + space::S), unit)
        .bottom()
        + space::S;
    let groups = bar_groups::from_bars(bars);
    let vertical = || {
        columns::vertical_scale(
            layouter,
            &groups,
            AXIS_VALUES,
            bar_groups::range(&groups),
            area.width,
        )
    };
    if let Some(shared) = upright.then(vertical).flatten() {
        let place = LayoutArea { top: y, ..area };
        return layout.with_mark_offset(first, |layout| {
            columns::lay_out(layouter, layout, &groups, AXIS_VALUES, shared, place)
        });
    }
    let numbers = bars::value_labels(layouter, bars.iter(), area.width * VALUE_LABEL_SHARE);
    let mut places = Vec::new();
    for (i, (bar, number)) in bars.iter().zip(numbers).enumerate() {
        let top = y;
        let name = set(&bar.name, theme::regular(size::BODY), p.text);
        y = layout.text(pos2(area.left, y), name).bottom();
        if let Some(detail) = &bar.detail {
            let detail = set(detail, theme::regular(size::CAPTION), p.text_muted);
            y = layout.text(pos2(area.left, y), detail).bottom();
        }
        let room = number.size.y.max(BAR_PT + space::S);
        let middle = y + room / 2.0;
        y += room;
        places.push(PlacedBar {
            bar,
            value_label: number,
            top: middle - BAR_PT / 2.0,
            bottom: middle + BAR_PT / 2.0,
        });
        let rect = Rect::from_min_max(pos2(area.left, top), pos2(area.right(), y));
        layout.add_hit_area(MarkId(first.0 + i as u32), rect);
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
    let room = bars::label_padding(&places);
    let zero = bars::draw_bars(layouter, layout, places, panel.range(), room, within);
    let stroke = Stroke::new(1.0, p.text_muted);
    for (top, bottom) in ends {
        layout.line(pos2(zero, top - 2.0), pos2(zero, bottom + 2.0), stroke);
    }
    bottom
}
