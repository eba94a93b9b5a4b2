//! Columns: bars that stand up on names, numbers on top, round numbers at the left.

use super::bar_groups::{self, AxisValues, BarGroup, GroupBar};
use super::bar_shapes::{self, OPEN_PT};
use super::coordinates::{ContinuousScale, PlotCoordinates, PositionScale};
use super::mark_colors;
use super::picture_layout::{LayoutArea, PictureLayout, SharedScale};
use super::text_layout::{self, MeasuredText, TextLayouter};
use super::year_axis;
use crate::theme::{self, size, space};
use egui::{Align, FontId, Rect, Stroke, pos2};
use linchpin_charts::picture::{NumberFormat, PrintedValue, TickFormat, nice};
use linchpin_register::date::year_words;
use std::collections::BTreeSet;

/// The narrowest column, in points.
const MIN_COLUMN_PT: f32 = 5.0;

/// The height from the least to the greatest value: a share of the width, in points.
const HEIGHT_SHARE: f32 = 0.45;
const MIN_HEIGHT_PT: f32 = 140.0;
const MAX_HEIGHT_PT: f32 = 300.0;

/// The lowest columns, where a picture is flat, in points.
const MIN_SHRUNK_HEIGHT_PT: f32 = 90.0;

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
    let spacing = ColumnSpacing::new(layouter, groups, values, range, width_pt);
    spacing.group_labels(layouter, groups)?;
    if spacing.column_width() < MIN_COLUMN_PT {
        return None;
    }
    let (mut before, mut after) = (0.0_f32, 0.0_f32);
    for bar in groups.iter().flat_map(|group| &group.bars) {
        // Among many years the axis says the numbers that have no room of their own.
        let number = match spacing.value_label(layouter, bar) {
            Some(number) => number.size.y + VALUE_LABEL_GAP_PT,
            None if year_axis::years_of(groups).is_some() => 0.0,
            None => return None,
        };
        let down = bar.is_negative();
        let above = bar_shapes::open_end_pt(bar.extent.has_no_upper_bound());
        let below = bar_shapes::open_end_pt(bar_groups::is_open_below_zero(bar.extent));
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
    let spacing = ColumnSpacing::new(layouter, groups, values, shared.range, area.width);
    let data_height = (area.width * HEIGHT_SHARE).clamp(MIN_HEIGHT_PT, MAX_HEIGHT_PT);
    let most = data_height * MAX_STRETCH;
    let data_height = (data_height + area.spare_height_pt).clamp(MIN_SHRUNK_HEIGHT_PT, most);
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
    let left = area.left + spacing.axis_label_width;
    let right = left + spacing.group_width * groups.len() as f32;
    let grid_at = layout.items.len();
    let mut numbers = Vec::new();
    let mut id = 0;
    let has_separators = bar_shapes::has_separators(groups, |from, to| scale.y(from) - scale.y(to));
    for (i, group) in groups.iter().enumerate() {
        for (place, bar) in spacing.column_ranges(left, i, group).zip(&group.bars) {
            let rect = Rect::from_x_y_ranges(place.0..=place.1, scale.top..=scale.bottom);
            let number = spacing.value_label(layouter, bar);
            let column = (bar, has_separators);
            numbers.push(draw_column(
                layouter, layout, column, &scale, rect, number, &mut id,
            ));
        }
    }
    // Drawn last, since its lines stop short of the numbers, and put in below the columns.
    let axis_layer = value_axis(layouter, values, &scale, area, (left, right), &numbers);
    layout.items.splice(grid_at..grid_at, axis_layer.items);
    let zero = scale.y(0.0);
    let stroke = Stroke::new(1.0, layouter.palette.text_muted);
    layout.line(pos2(left, zero), pos2(right, zero), stroke);
    let (low, high) = scale.range;
    let middles = (0..groups.len()).map(|i| spacing.group_center(left, i));
    layout.coordinates = Some(PlotCoordinates::new(
        Rect::from_min_max(pos2(left, area.top), pos2(right, bottom)),
        PositionScale::Bands(middles.collect()),
        PositionScale::Continuous(ContinuousScale::linear(low, high, scale.bottom, scale.top)),
    ));
    let names_top = bottom + space::XS;
    let Some(names) = spacing.group_labels(layouter, groups) else {
        return bottom;
    };
    let names_bottom = names_top + names.height_pt();
    let middles = (0..groups.len()).map(|i| spacing.group_center(left, i));
    names.place(layout, middles, names_top, area.right());
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

/// Draws one column, with lines between its parts or without, with its ends and its number within
/// the room `rect`. Returns the number's box.
fn draw_column(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    (bar, has_separators): (&GroupBar<'_>, bool),
    scale: &ColumnScale,
    rect: Rect,
    number: Option<MeasuredText>,
    id: &mut u32,
) -> Rect {
    let p = layouter.palette;
    let zero = scale.y(0.0);
    let (mut top, mut bottom) = (zero, zero);
    let is_segmented = bar.segments.len() > 1;
    let mut places = Vec::new();
    for segment in &bar.segments {
        let (a, b) = (scale.y(segment.from), scale.y(segment.to));
        let place = Rect::from_x_y_ranges(rect.x_range(), a.min(b)..=a.max(b));
        bar_shapes::draw_segment(layouter, layout, segment.role, place, &segment.label);
        (top, bottom) = (top.min(place.top()), bottom.max(place.bottom()));
        places.push(place);
    }
    if has_separators {
        bar_shapes::separate_parts(layout, p, &places);
    }
    let color = bar
        .segments
        .first()
        .map_or(p.bar, |segment| mark_colors::fill_color(p, segment.role));
    if let Some((from, to)) = bar.extent.uncertain_range() {
        let place = Rect::from_x_y_ranges(rect.x_range(), scale.y(to)..=scale.y(from));
        bar_shapes::uncertain_range(layout, p, color, place);
        (top, bottom) = (top.min(place.top()), bottom.max(place.bottom()));
    }
    let whole = Rect::from_x_y_ranges(rect.x_range(), top..=bottom);
    if bar.extent.has_no_upper_bound() {
        bar_shapes::open_end_vertical(layout, color, whole, top, -1.0);
        top -= OPEN_PT;
    }
    if bar_groups::is_open_below_zero(bar.extent) {
        bar_shapes::open_end_vertical(layout, color, whole, bottom, 1.0);
        bottom += OPEN_PT;
    }
    let mut label = Rect::NOTHING;
    if let Some(number) = number {
        let y = if bar.is_negative() {
            bottom + VALUE_LABEL_GAP_PT
        } else {
            top - VALUE_LABEL_GAP_PT - number.size.y
        };
        label = layout.text(pos2(rect.center().x - number.size.x / 2.0, y), number);
    }
    for place in &places {
        // A column of one part is pointed at with its number.
        let hit_area = if is_segmented {
            *place
        } else {
            let whole = Rect::from_x_y_ranges(rect.x_range(), top..=bottom);
            if label.is_positive() {
                whole | label
            } else {
                whole
            }
        };
        bar_shapes::add_hit_area(layout, *id, hit_area);
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
        AxisValues::Numbers | AxisValues::ScaledNumbers(_) => round_ticks((low, high), most.max(2)),
    };
    for value in ticks {
        let y = scale.y(value);
        let words = layouter.line(&tick_label(values, value), font.clone(), p.text_muted);
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

/// Round numbers within a range, evenly apart: at most about as many as asked for, and always zero
/// where it is in the range.
fn round_ticks(range: (f64, f64), most: usize) -> Vec<f64> {
    let span = range.1 - range.0;
    let step = round_step(span / most.max(1) as f64);
    if !step.is_normal() {
        return vec![range.0];
    }
    // A little beyond the ends, for what a sum of fractions loses.
    let first = (range.0 / step - 1e-9).ceil();
    let count = (range.1 / step + 1e-9).floor() - first;
    // A step that is lost in the size of the numbers would give as many ticks as there are floats.
    if !(0.0..=1000.0).contains(&count) {
        return vec![range.0];
    }
    (0..=count as u32)
        .map(|i| nice::multiple_of_step(first + f64::from(i), step))
        .collect()
}

/// The least of 1, 2, 5 times a power of ten that is no less.
fn round_step(least: f64) -> f64 {
    if !(least.is_finite() && least > 0.0) {
        return 0.0;
    }
    nice::nice_step(least)
}

/// A number of an axis in words: 28,500; 140 billion; 10³⁰⁰.
fn number_label(value: f64) -> PrintedValue {
    let size = value.abs();
    if size == 0.0 || (1e-4..1e15).contains(&size) {
        return PrintedValue::number(value, NumberFormat::Scaled);
    }
    // Nobody counts so many zeros.
    PrintedValue::number(value, NumberFormat::Axis(TickFormat::Plain))
}

/// What stands at a value of an axis.
fn tick_label(values: AxisValues, value: f64) -> PrintedValue {
    match values {
        AxisValues::Numbers => number_label(value),
        AxisValues::ScaledNumbers(zeros) => bar_groups::scaled_number(value, zeros),
        AxisValues::Shares => bar_groups::percent(value),
    }
}

/// The widest room of a group, and the widest column, alone and next to others, in points.
const MAX_GROUP_PT: f32 = 220.0;
const MAX_SINGLE_PT: f32 = 110.0;
const MAX_GROUPED_PT: f32 = 56.0;

/// How much of its group's room a column takes, alone and with others.
const SINGLE_SHARE: f32 = 0.68;
const GROUPED_SHARE: f32 = 0.84;

/// The distance of two columns of a group, in points.
const GROUPED_GAP_PT: f32 = 2.0;

/// How the width is shared out.
struct ColumnSpacing {
    /// For the numbers of the axis, at the left.
    axis_label_width: f32,
    /// The room of a group.
    group_width: f32,
    /// From one column of a group to the next.
    pitch: f32,
    /// The most columns of a group.
    max_bars: usize,
    /// The letters of all numbers, and the width of each; no letters where a number would be
    /// broken.
    number_font: Option<FontId>,
    number_pt: f32,
}

impl ColumnSpacing {
    fn new(
        layouter: &TextLayouter<'_>,
        groups: &[BarGroup<'_>],
        values: AxisValues,
        range: (f64, f64),
        width_pt: f32,
    ) -> ColumnSpacing {
        let font = theme::regular(size::CAPTION);
        let label = |value| layouter.written(&tick_label(values, value));
        let ticks: BTreeSet<String> = match values {
            AxisValues::Shares => BTreeSet::from([label(1.0)]),
            // More numbers than will be shown: none that is shown is wider.
            AxisValues::Numbers | AxisValues::ScaledNumbers(_) => (2..=16)
                .flat_map(|most| {
                    let reach = range.1 + (range.1 - range.0);
                    [range.1, reach].map(|high| round_ticks((range.0, high), most))
                })
                .flatten()
                .map(label)
                .collect(),
        };
        let axis_label_width =
            layouter.max_width(ticks.iter().map(String::as_str), &font) + space::S;
        let max_bars = groups
            .iter()
            .map(|g| g.bars.len())
            .max()
            .unwrap_or(0)
            .max(1);
        // No wider than what reads as one group: a few columns do not spread over a whole page.
        let group_width =
            ((width_pt - axis_label_width) / groups.len().max(1) as f32).min(MAX_GROUP_PT);
        let pitch = if max_bars == 1 {
            (group_width * SINGLE_SHARE).min(MAX_SINGLE_PT)
        } else {
            (group_width * GROUPED_SHARE / max_bars as f32).min(MAX_GROUPED_PT)
        };
        let (sizes, number_pt): (&[f32], f32) = if max_bars == 1 {
            (&[size::BODY, size::CAPTION], group_width - 4.0)
        } else {
            (&[size::CAPTION], pitch - 3.0)
        };
        let bars = || groups.iter().flat_map(|group| &group.bars);
        let number_font = sizes
            .iter()
            .map(|size| theme::semibold(*size))
            .find(|font| {
                bars().all(|bar| {
                    let number = layouter.written(bar.value_label);
                    text_layout::fits_unbroken(layouter, &number, font, number_pt)
                })
            });
        ColumnSpacing {
            axis_label_width,
            group_width,
            pitch,
            max_bars,
            number_font,
            number_pt,
        }
    }

    /// The width of a column.
    fn column_width(&self) -> f32 {
        self.pitch
            - if self.max_bars == 1 {
                0.0
            } else {
                GROUPED_GAP_PT
            }
    }

    fn group_center(&self, left: f32, group: usize) -> f32 {
        left + (group as f32 + 0.5) * self.group_width
    }

    /// Left and right of each column of a group, which are put amid its room.
    fn column_ranges(
        &self,
        left: f32,
        at: usize,
        group: &BarGroup<'_>,
    ) -> impl Iterator<Item = (f32, f32)> {
        let width = self.column_width();
        let count = group.bars.len();
        let pitch = self.pitch;
        let first =
            self.group_center(left, at) - pitch * count as f32 / 2.0 + (pitch - width) / 2.0;
        (0..count).map(move |i| {
            let x = first + pitch * i as f32;
            (x, x + width)
        })
    }

    /// A column's number, wrapped where it must be; `None` where a word of it would be broken.
    fn value_label(&self, layouter: &TextLayouter<'_>, bar: &GroupBar<'_>) -> Option<MeasuredText> {
        let font = self.number_font.clone()?;
        let color = layouter.palette.text;
        let text = layouter.centered(bar.value_label, font, color, self.number_pt);
        (text.size.x <= self.number_pt + 0.5).then_some(text)
    }

    fn group_labels(
        &self,
        layouter: &TextLayouter<'_>,
        groups: &[BarGroup<'_>],
    ) -> Option<ColumnLabels> {
        let names: Vec<_> = groups
            .iter()
            .map(|group| (group.name, group.detail))
            .collect();
        let of_all = || fit_labels(layouter, &names, self.group_width);
        match year_axis::years_of(groups) {
            // Round years read better than a forest of upright ones.
            Some(years) if years.len() > year_axis::MAX_NAMED => self.year_labels(layouter, &years),
            Some(years) => of_all().or_else(|| self.year_labels(layouter, &years)),
            None => of_all(),
        }
    }

    /// The names of many years: those of round ones, as many as have room.
    fn year_labels(&self, layouter: &TextLayouter<'_>, years: &[i32]) -> Option<ColumnLabels> {
        let font = theme::regular(size::CAPTION);
        let color = layouter.palette.text;
        let set = |year: i32| layouter.line(&year_words(year), font.clone(), color);
        let texts: Vec<MeasuredText> = years.iter().map(|year| set(*year)).collect();
        let widest = texts.iter().map(|text| text.size.x).fold(0.0, f32::max);
        let step = year_axis::label_step(self.group_width, widest + LABEL_GAP_PT)?;
        let texts = texts.into_iter().zip(years);
        let texts: Vec<Option<MeasuredText>> = texts
            .map(|(text, year)| (year % step == 0).then_some(text))
            .collect();
        // One year alone says nothing of how far it is to the next.
        (texts.iter().flatten().count() > 1).then_some(ColumnLabels {
            texts,
            is_rotated: false,
        })
    }
}

/// Between the names of two columns, in points.
const LABEL_GAP_PT: f32 = 8.0;

/// The most lines of a level name, in letters of the body's size and in small ones.
const BODY_LINES: usize = 3;
const CAPTION_LINES: usize = 5;

/// The lengths at which names that are read from below are wrapped, in points.
const ROTATED_LENGTHS_PT: [f32; 3] = [80.0, 120.0, 170.0];

/// Above this width of a column nobody wants to tilt the head, in points.
const MAX_ROTATED_COLUMN_PT: f32 = 110.0;

/// Names that fit under columns.
struct ColumnLabels {
    /// One for each column; of many years some have none.
    texts: Vec<Option<MeasuredText>>,
    is_rotated: bool,
}

/// A name, and what stands small below it.
type ColumnLabelText<'a> = (&'a str, Option<&'a str>);

/// Whether no word of a name is broken at a width.
fn label_fits_unbroken(
    layouter: &TextLayouter<'_>,
    (name, detail): ColumnLabelText<'_>,
    font: &FontId,
    width_pt: f32,
) -> bool {
    let small = theme::regular(size::CAPTION);
    text_layout::fits_unbroken(layouter, name, font, width_pt)
        && detail
            .is_none_or(|detail| text_layout::fits_unbroken(layouter, detail, &small, width_pt))
}

/// Sets names for columns of a width. `None` where they fit neither way.
fn fit_labels(
    layouter: &TextLayouter<'_>,
    names: &[ColumnLabelText<'_>],
    column_pt: f32,
) -> Option<ColumnLabels> {
    // Level before rotated, and large before small: what is read without effort comes first.
    let width = column_pt - LABEL_GAP_PT;
    fit_horizontal(
        layouter,
        names,
        theme::regular(size::BODY),
        width,
        BODY_LINES,
    )
    .or_else(|| {
        let small = theme::regular(size::CAPTION);
        fit_horizontal(layouter, names, small, width, CAPTION_LINES)
    })
    .or_else(|| fit_rotated(layouter, names, column_pt))
}

fn fit_horizontal(
    layouter: &TextLayouter<'_>,
    names: &[ColumnLabelText<'_>],
    font: FontId,
    width_pt: f32,
    most_lines: usize,
) -> Option<ColumnLabels> {
    let mut texts = Vec::new();
    for name in names {
        if width_pt < 1.0 || !label_fits_unbroken(layouter, *name, &font, width_pt) {
            return None;
        }
        let text = layouter.name_and_detail(name.0, name.1, font.clone(), width_pt, Align::Center);
        if text_layout::line_count(&text) > most_lines || text.size.x > width_pt + 0.5 {
            return None;
        }
        texts.push(Some(text));
    }
    Some(ColumnLabels {
        texts,
        is_rotated: false,
    })
}

fn fit_rotated(
    layouter: &TextLayouter<'_>,
    names: &[ColumnLabelText<'_>],
    column_pt: f32,
) -> Option<ColumnLabels> {
    if column_pt > MAX_ROTATED_COLUMN_PT {
        return None;
    }
    let font = theme::regular(size::CAPTION);
    let at = |length: f32| {
        let set = |name: &ColumnLabelText<'_>| {
            let text = layouter.name_and_detail(name.0, name.1, font.clone(), length, Align::LEFT);
            let fits = text.size.y <= column_pt - 3.0
                && text.size.x <= length + 0.5
                && label_fits_unbroken(layouter, *name, &font, length);
            fits.then_some(Some(text))
        };
        let texts = names.iter().map(set);
        texts.collect::<Option<Vec<Option<MeasuredText>>>>()
    };
    let texts = ROTATED_LENGTHS_PT.into_iter().find_map(at)?;
    Some(ColumnLabels {
        texts,
        is_rotated: true,
    })
}

impl ColumnLabels {
    /// The height that they take, in points.
    fn height_pt(&self) -> f32 {
        let height = |text: &MeasuredText| {
            if self.is_rotated {
                text.size.x
            } else {
                text.size.y
            }
        };
        self.texts.iter().flatten().map(height).fold(0.0, f32::max)
    }

    /// Sets the names under the middles of their columns, within the picture.
    fn place(
        self,
        layout: &mut PictureLayout,
        middles: impl Iterator<Item = f32>,
        top: f32,
        right: f32,
    ) {
        let is_rotated = self.is_rotated;
        for (text, middle) in self.texts.into_iter().zip(middles) {
            let Some(text) = text else {
                continue;
            };
            let width = if is_rotated { text.size.y } else { text.size.x };
            // The name of a year is wider than its column.
            let left = (middle - width / 2.0).min(right - width);
            layout.text_rotated(pos2(left, top), text, is_rotated);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_round_and_few() {
        assert_eq!(round_ticks((0.0, 34.0), 4), [0.0, 10.0, 20.0, 30.0]);
        assert_eq!(round_ticks((-3.0, 5.0), 4), [-2.0, 0.0, 2.0, 4.0]);
        assert_eq!(round_ticks((0.0, 1.0), 5).len(), 6);
        assert_eq!(round_ticks((0.0, 2e300), 4).len(), 5);
        assert_eq!(round_ticks((0.0, 1e-12), 2).len(), 3);
        assert_eq!(round_ticks((0.0, f64::INFINITY), 4), [0.0]);
        assert_eq!(round_ticks((5.0, 5.0), 4), [5.0]);
    }

    #[test]
    fn words_are_short_at_any_size() {
        let labels = [0.0, 28_500.0, 1.4e11, -2e300, 5e-13, 0.25]
            .map(|value| number_label(value).to_string());
        assert_eq!(
            labels,
            ["0", "28,500", "140 billion", "−2×10³⁰⁰", "5×10⁻¹³", "0.25"]
        );
    }
}
