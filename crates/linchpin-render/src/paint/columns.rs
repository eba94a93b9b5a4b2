//! Columns: bars that stand up on names, numbers on top, round numbers at the left.

use super::axis_ticks::{self, AxisValues};
use super::bar_ends::{self, OPEN_PT};
use super::bar_groups::{BarGroup, GroupBar};
use super::bar_segment;
use super::column_slots::ColumnSlots;
use super::coordinates::{ContinuousScale, PlotCoordinates, PositionScale};
use super::layout_area::{LayoutArea, SharedScale};
use super::picture_layout::PictureLayout;
use super::text_layout::{LaidOutText, TextLayouter};
use super::tone;
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
const TICK_SPACING_PT: f32 = 48.0;

/// Between a column and its number, in points.
const VALUE_LABEL_GAP_PT: f32 = 2.0;

/// The range and the room that groups need as columns in a width. `None` where they cannot stand:
/// where a name or a number would be cut.
pub(super) fn vertical_scale(
    layouter: &TextLayouter<'_>,
    groups: &[BarGroup<'_>],
    values: AxisValues,
    range: (f64, f64),
    width_pt: f32,
) -> Option<SharedScale> {
    let slots = ColumnSlots::new(layouter, groups, values, range, width_pt);
    slots.group_labels(layouter, groups)?;
    if slots.column_width() < MIN_COLUMN_PT {
        return None;
    }
    let (mut before, mut after) = (0.0_f32, 0.0_f32);
    for strip in groups.iter().flat_map(|group| &group.bars) {
        let number = slots.value_label(layouter, strip)?;
        let number = number.size.y + VALUE_LABEL_GAP_PT;
        let down = strip.is_negative();
        let above = if strip.extent.has_no_upper_bound() {
            OPEN_PT
        } else {
            0.0
        };
        let below = if strip.is_open_below_zero() {
            OPEN_PT
        } else {
            0.0
        };
        after = after.max(above + if down { 0.0 } else { number });
        before = before.max(below + if down { number } else { 0.0 });
    }
    Some(SharedScale {
        range,
        padding_before_pt: before,
        padding_after_pt: after.max(space::S),
        is_vertical: true,
    })
}

/// Lays out columns that can stand. Returns the bottom.
pub(super) fn lay_out(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    groups: &[BarGroup<'_>],
    values: AxisValues,
    shared: SharedScale,
    area: LayoutArea,
) -> f32 {
    let slots = ColumnSlots::new(layouter, groups, values, shared.range, area.width);
    let data_height = (area.width * HEIGHT_SHARE).clamp(MIN_HEIGHT_PT, MAX_HEIGHT_PT);
    let data_height = (data_height + area.spare_height_pt).min(data_height * MAX_STRETCH);
    let area = LayoutArea {
        top: area.top + area.headroom_pt,
        ..area
    };
    let bottom = area.top + shared.padding_after_pt + data_height + shared.padding_before_pt;
    let scale = ColumnScale {
        range: shared.range,
        top: area.top + shared.padding_after_pt,
        bottom: bottom - shared.padding_before_pt,
    };
    let left = area.left + slots.axis_label_width;
    let right = left + slots.group_width * groups.len() as f32;
    let grid_at = layout.items.len();
    let mut numbers = Vec::new();
    let mut id = 0;
    for (i, group) in groups.iter().enumerate() {
        for (place, strip) in slots.column_ranges(left, i, group).zip(&group.bars) {
            let rect = Rect::from_x_y_ranges(place.0..=place.1, scale.top..=scale.bottom);
            let number = slots.value_label(layouter, strip);
            numbers.push(draw_column(
                layouter, layout, strip, &scale, rect, number, &mut id,
            ));
        }
    }
    let axis_layer = value_axis(layouter, values, &scale, area, (left, right), &numbers);
    layout.items.splice(grid_at..grid_at, axis_layer.items);
    let zero = scale.y(0.0);
    let stroke = Stroke::new(1.0, layouter.palette.text_muted);
    layout.line(pos2(left, zero), pos2(right, zero), stroke);
    let (low, high) = scale.range;
    let middles = (0..groups.len()).map(|i| slots.group_center(left, i));
    layout.coordinates = Some(PlotCoordinates {
        plot_rect: Rect::from_min_max(pos2(left, area.top), pos2(right, bottom)),
        x: PositionScale::Bands(middles.collect()),
        y: PositionScale::Continuous(ContinuousScale::linear(low, high, scale.bottom, scale.top)),
        is_flipped: false,
        mark_lines: Vec::new(),
    });
    let names_top = bottom + space::XS;
    let Some(names) = slots.group_labels(layouter, groups) else {
        return bottom;
    };
    let names_bottom = names_top + names.height_pt();
    let middles = (0..groups.len()).map(|i| slots.group_center(left, i));
    names.place(layout, middles, names_top);
    // The lowest number of the axis reaches a little below its line.
    names_bottom.max(bottom + space::S)
}

/// From values to heights.
struct ColumnScale {
    range: (f64, f64),
    top: f32,
    bottom: f32,
}

impl ColumnScale {
    fn y(&self, value: f64) -> f32 {
        let (low, high) = self.range;
        let share = ((value - low) / (high - low)) as f32;
        self.bottom - share * (self.bottom - self.top)
    }
}

/// Draws one column with its ends and its number within the room `rect`. Returns the number's box.
fn draw_column(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    strip: &GroupBar<'_>,
    scale: &ColumnScale,
    rect: Rect,
    number: Option<LaidOutText>,
    id: &mut u32,
) -> Rect {
    let p = layouter.palette;
    let zero = scale.y(0.0);
    let (mut top, mut bottom) = (zero, zero);
    let is_segmented = strip.segments.len() > 1;
    let mut places = Vec::new();
    for piece in &strip.segments {
        let (a, b) = (scale.y(piece.from), scale.y(piece.to));
        let place = Rect::from_x_y_ranges(rect.x_range(), a.min(b)..=a.max(b));
        bar_segment::draw_segment(layouter, layout, piece.tone, place, &piece.label);
        if is_segmented && place.height() > 2.0 {
            let edge = Stroke::new(1.0, p.background);
            layout.line(place.left_top(), place.right_top(), edge);
        }
        (top, bottom) = (top.min(place.top()), bottom.max(place.bottom()));
        places.push(place);
    }
    let color = strip
        .segments
        .first()
        .map_or(p.bar, |piece| tone::fill_color(p, piece.tone));
    if let Some((from, to)) = strip.extent.uncertain_range() {
        let place = Rect::from_x_y_ranges(rect.x_range(), scale.y(to)..=scale.y(from));
        bar_ends::uncertain_range(layout, p, color, place);
        (top, bottom) = (top.min(place.top()), bottom.max(place.bottom()));
    }
    let whole = Rect::from_x_y_ranges(rect.x_range(), top..=bottom);
    if strip.extent.has_no_upper_bound() {
        bar_ends::open_end_vertical(layout, color, whole, top, -1.0);
        top -= OPEN_PT;
    }
    if strip.is_open_below_zero() {
        bar_ends::open_end_vertical(layout, color, whole, bottom, 1.0);
        bottom += OPEN_PT;
    }
    let mut label = Rect::NOTHING;
    if let Some(number) = number {
        let y = if strip.is_negative() {
            bottom + VALUE_LABEL_GAP_PT
        } else {
            top - VALUE_LABEL_GAP_PT - number.size.y
        };
        label = layout.text(pos2(rect.center().x - number.size.x / 2.0, y), number);
    }
    for place in &places {
        // A column of one part is pointed at with its number.
        let spot = if is_segmented {
            *place
        } else {
            let whole = Rect::from_x_y_ranges(rect.x_range(), top..=bottom);
            if label.is_positive() {
                whole | label
            } else {
                whole
            }
        };
        bar_segment::add_hit_area(layout, *id, spot);
        *id += 1;
    }
    label
}

/// The round numbers at the left and their lines, which stop short of the columns' numbers.
fn value_axis(
    layouter: &TextLayouter<'_>,
    values: AxisValues,
    scale: &ColumnScale,
    area: LayoutArea,
    (left, right): (f32, f32),
    numbers: &[Rect],
) -> PictureLayout {
    let p = layouter.palette;
    let mut layout = PictureLayout::default();
    let font = theme::regular(size::CAPTION);
    // Numbers on top of the highest column leave room for one more line.
    let pt = (scale.range.1 - scale.range.0) / f64::from((scale.bottom - scale.top).max(1.0));
    let high = scale.range.1 + pt * f64::from(scale.top - area.top - size::CAPTION / 2.0).max(0.0);
    let (low, most) = (
        scale.range.0,
        ((scale.bottom - area.top) / TICK_SPACING_PT) as usize,
    );
    let ticks = match values {
        AxisValues::Shares => vec![0.0, 0.5, 1.0],
        AxisValues::Numbers => axis_ticks::round_ticks((low, high), most.max(2)),
    };
    for value in ticks {
        let y = scale.y(value);
        let words = layouter.line(
            &axis_ticks::tick_label(values, value),
            font.clone(),
            p.text_muted,
        );
        let x = left - space::S - words.size.x;
        layout.text_vertically_centered(x, y, words);
        let mut from = left;
        let mut gaps: Vec<&Rect> = numbers
            .iter()
            .filter(|number| number.top() - 1.0 < y && y < number.bottom() + 1.0)
            .collect();
        gaps.sort_by(|a, b| a.left().total_cmp(&b.left()));
        let stroke = Stroke::new(1.0, p.grid);
        for gap in gaps {
            if gap.left() - 3.0 > from {
                layout.line(pos2(from, y), pos2(gap.left() - 3.0, y), stroke);
            }
            from = from.max(gap.right() + 3.0);
        }
        if right > from {
            layout.line(pos2(from, y), pos2(right, y), stroke);
        }
    }
    layout
}
