//! Bars of parts, horizontal or vertical: the parts one after another, next to each other, or as
//! shares.

use super::bar_groups::{self, AxisValues, BarGroup, GroupBar};
use super::bar_rows::{self, BarRowContent, BarRowStyle, BarRows};
use super::picture_layout::{LayoutArea, PictureLayout, SharedScale};
use super::text_layout::{self, MeasuredText, TextLayouter};
use super::{bar_shapes, columns, legend};
use crate::theme::{self, size, space};
use egui::{FontId, Rect, Stroke, pos2};
use linchpin_charts::picture::{LegendKey, StackedBars};
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
        layout.has_lying_columns |= body.is_vertical;
        let bottom =
            lay_out_horizontal(layouter, layout, &groups, &body.keys, values, shared, area);
        if let Some(coordinates) = &mut layout.coordinates {
            coordinates.is_flipped = body.is_vertical;
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
        _ => {
            let parts = body.bars.iter().flat_map(|row| &row.segments);
            bar_groups::axis_values(parts.map(|part| &part.text))
        }
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
        .unwrap_or_else(|| horizontal_scale(layouter, groups, axis_values(body), range, width_pt))
}

/// Rows of one bar each.
const SINGLE_BAR_ROWS: BarRowStyle = BarRowStyle {
    bar_pt: 28.0,
    gap_pt: 14.0,
    min_bar_pt: 18.0,
    min_gap_pt: 3.0,
    narrow_pt: 520.0,
    max_stretch: 1.8,
};

/// Rows of several bars.
const GROUPED_ROWS: BarRowStyle = BarRowStyle {
    bar_pt: 17.0,
    gap_pt: 16.0,
    min_bar_pt: 17.0,
    min_gap_pt: 6.0,
    narrow_pt: 520.0,
    max_stretch: 1.5,
};

/// Between two bars of a row, in points.
const GROUPED_GAP_PT: f32 = 2.0;

/// How much of the width a number may take before it is wrapped.
const VALUE_LABEL_SHARE: f32 = 0.35;

/// Whether rows hold several bars each.
fn is_grouped(groups: &[BarGroup<'_>]) -> bool {
    groups.iter().any(|group| group.bars.len() > 1)
}

/// The numbers at the ends of the bars, group by group.
fn value_labels(
    layouter: &TextLayouter<'_>,
    groups: &[BarGroup<'_>],
    width_pt: f32,
) -> Vec<Vec<MeasuredText>> {
    let font = value_label_font(groups);
    let set = |bar: &GroupBar<'_>| {
        let color = layouter.palette.text;
        layouter.wrapped(
            bar.value_label,
            font.clone(),
            color,
            width_pt * VALUE_LABEL_SHARE,
        )
    };
    let group = |group: &BarGroup<'_>| group.bars.iter().map(set).collect();
    groups.iter().map(group).collect()
}

fn value_label_font(groups: &[BarGroup<'_>]) -> FontId {
    theme::semibold(if is_grouped(groups) {
        size::CAPTION
    } else {
        size::BODY
    })
}

/// The words under the numbers next to shares.
const TOTAL: &str = "Total";

/// The range of horizontal bars, and the room that they need for the numbers at their ends, in a
/// width.
pub(super) fn horizontal_scale(
    layouter: &TextLayouter<'_>,
    groups: &[BarGroup<'_>],
    values: AxisValues,
    range: (f64, f64),
    width_pt: f32,
) -> SharedScale {
    let numbers = value_labels(layouter, groups, width_pt);
    let least = match values {
        AxisValues::Numbers | AxisValues::ScaledNumbers(_) => 0.0,
        AxisValues::Shares => caption(layouter, TOTAL).size.x,
    };
    let bars = groups.iter().flat_map(|group| &group.bars);
    let (mut before, mut after) = (0.0_f32, least + space::S);
    for (bar, number) in bars.zip(numbers.iter().flatten()) {
        let room = number.size.x + space::S;
        match bar.is_negative() {
            true => before = before.max(room),
            false => after = after.max(room),
        }
    }
    SharedScale {
        range,
        padding_before_pt: before,
        padding_after_pt: after,
        is_vertical: false,
    }
}

/// Lays key, rows and axis out. Returns the bottom.
fn lay_out_horizontal(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    groups: &[BarGroup<'_>],
    keys: &[LegendKey],
    values: AxisValues,
    shared: SharedScale,
    area: LayoutArea,
) -> f32 {
    // Whether the names fit above the parts depends on where the parts lie, and these on the width
    // of the names of the rows: so the rows are laid out once only to find out.
    let labels = direct_label_names(keys, groups).and_then(|keys| {
        // Where the segments of the first row will lie.
        let trial = lay_out_rows(layouter, &mut PictureLayout::default(), groups, area);
        let scale = HorizontalScale::new(&trial, shared, area);
        let first = trial.bars.first().copied()?;
        let spans = groups.first()?.bars.first()?.segments.iter();
        let spans = spans.map(|segment| (scale.x(segment.from), scale.x(segment.to)));
        let above = first.0 - trial.top;
        let labels = fit_direct_labels(layouter, &keys, spans, area.right(), trial.names_above)?;
        Some((labels, above))
    });
    let (upper, top) = match &labels {
        Some((labels, above)) => {
            let upper = area.top + area.headroom_pt;
            (upper, upper + (labels.height_pt() - above).max(0.0))
        }
        None => {
            let top = match area.shared_scale {
                Some(_) => area.top,
                None => legend::lay_out(layouter, layout, keys, area) + space::M,
            };
            (top + area.headroom_pt, top + area.headroom_pt)
        }
    };
    let mut rows = lay_out_rows(layouter, layout, groups, LayoutArea { top, ..area });
    let scale = HorizontalScale::new(&rows, shared, area);
    if let (Some((labels, _)), Some(first)) = (labels, rows.bars.first()) {
        labels.place(layout, first.0);
        // No line runs through the labels.
        rows.top = first.0 - 1.0;
    }
    let axis = Rect::from_min_max(
        pos2(scale.x(0.0), rows.top),
        pos2(scale.x(1.0), rows.bottom),
    );
    if values == AxisValues::Shares && !rows.names_above {
        share_grid(layouter, layout, axis);
    }
    let mut id = 0;
    let set = value_labels(layouter, groups, area.width);
    let has_separators = bar_shapes::has_separators(groups, |from, to| scale.x(to) - scale.x(from));
    for ((group, numbers), at) in groups.iter().zip(set).zip(&mut rows.bars) {
        let heights = bar_heights(group, &numbers, *at);
        if let (Some(first), Some(last)) = (heights.first(), heights.last()) {
            *at = (first.0, last.1);
        }
        for ((bar, number), range) in group.bars.iter().zip(numbers).zip(heights) {
            let parts = draw_bar(layouter, layout, bar, &scale, range, number, &mut id);
            if has_separators {
                bar_shapes::separate_parts(layout, layouter.palette, &parts);
            }
        }
    }
    rows.baseline(layouter, layout, scale.x(0.0));
    let mut coordinates = rows.coordinates(shared, rows.bars_rect(area.right()));
    // Words of lines stand above the names of the parts.
    coordinates.plot_rect.set_top(upper);
    layout.coordinates = Some(coordinates);
    match values {
        AxisValues::Shares => share_ticks(layouter, layout, axis),
        _ if shared.range.0 < 0.0 => {
            bar_shapes::zero_label(layouter, layout, scale.x(0.0), rows.bottom)
        }
        _ => rows.bottom,
    }
}

/// Names at the left or above, and room for the bars.
fn lay_out_rows(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    groups: &[BarGroup<'_>],
    area: LayoutArea,
) -> BarRows {
    let style = if is_grouped(groups) {
        &GROUPED_ROWS
    } else {
        &SINGLE_BAR_ROWS
    };
    let numbers = value_labels(layouter, groups, area.width);
    let contents: Vec<BarRowContent<'_>> = groups
        .iter()
        .zip(&numbers)
        .map(|(group, numbers)| BarRowContent {
            name: group.name,
            detail: group.detail,
            min_height_pt: match numbers.as_slice() {
                [number] => number.size.y,
                numbers => {
                    thicknesses(style.bar_pt, numbers).sum::<f32>()
                        + GROUPED_GAP_PT * group.bars.len().saturating_sub(1) as f32
                }
            },
        })
        .collect();
    bar_rows::lay_out(layouter, layout, &contents, style, area)
}

/// The height of each bar with its number.
fn thicknesses(bar_pt: f32, numbers: &[MeasuredText]) -> impl Iterator<Item = f32> {
    numbers.iter().map(move |number| number.size.y.max(bar_pt))
}

/// Top and bottom of each bar of a group, whose row has its middle amid `at`.
fn bar_heights(group: &BarGroup<'_>, numbers: &[MeasuredText], at: (f32, f32)) -> Vec<(f32, f32)> {
    if group.bars.len() == 1 {
        return vec![at];
    }
    let heights: Vec<f32> = thicknesses(GROUPED_ROWS.bar_pt, numbers).collect();
    let gaps = GROUPED_GAP_PT * heights.len().saturating_sub(1) as f32;
    let mut top = (at.0 + at.1 - heights.iter().sum::<f32>() - gaps) / 2.0;
    heights
        .into_iter()
        .map(|height| {
            let middle = top + height / 2.0;
            top += height + GROUPED_GAP_PT;
            (
                middle - GROUPED_ROWS.bar_pt / 2.0,
                middle + GROUPED_ROWS.bar_pt / 2.0,
            )
        })
        .collect()
}

/// From values to places across.
struct HorizontalScale {
    range: (f64, f64),
    left: f32,
    width: f32,
}

impl HorizontalScale {
    fn new(rows: &BarRows, shared: SharedScale, area: LayoutArea) -> HorizontalScale {
        let within = rows.bars_rect(area.right() - shared.padding_after_pt);
        HorizontalScale {
            range: shared.range,
            left: within.left() + shared.padding_before_pt,
            width: (within.width() - shared.padding_before_pt).max(space::S),
        }
    }

    fn x(&self, value: f64) -> f32 {
        let (low, high) = self.range;
        self.left + ((value - low) / (high - low)) as f32 * self.width
    }
}

/// Draws one bar with its number at its end. Returns its parts.
fn draw_bar(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    bar: &GroupBar<'_>,
    scale: &HorizontalScale,
    (top, bottom): (f32, f32),
    number: MeasuredText,
    id: &mut u32,
) -> Vec<Rect> {
    let several = bar.segments.len() > 1;
    let mut ends = (scale.x(0.0), scale.x(0.0));
    let mut rects = Vec::new();
    for segment in &bar.segments {
        let (a, b) = (scale.x(segment.from), scale.x(segment.to));
        let rect = Rect::from_x_y_ranges(a.min(b)..=a.max(b), top..=bottom);
        bar_shapes::draw_segment(layouter, layout, segment.role, rect, &segment.label);
        ends = (ends.0.min(rect.left()), ends.1.max(rect.right()));
        rects.push(rect);
    }
    // A number below zero stands at its own side.
    let x = match bar.is_negative() {
        true => ends.0 - space::S - number.size.x,
        false => ends.1 + space::S,
    };
    let label = layout.text_vertically_centered(x, (top + bottom) / 2.0, number);
    for rect in &rects {
        let hit_area = if several { *rect } else { *rect | label };
        bar_shapes::add_hit_area(layout, *id, hit_area);
        *id += 1;
    }
    rects
}

/// Lines at the whole and its half.
fn share_grid(layouter: &TextLayouter<'_>, layout: &mut PictureLayout, axis: Rect) {
    for x in [axis.center().x, axis.right()] {
        let stroke = Stroke::new(1.0, layouter.palette.grid);
        layout.line(pos2(x, axis.top()), pos2(x, axis.bottom()), stroke);
    }
}

/// 0, 50 and 100 percent under the rows, and what the numbers next to them are. Returns the bottom.
fn share_ticks(layouter: &TextLayouter<'_>, layout: &mut PictureLayout, axis: Rect) -> f32 {
    let y = axis.bottom() + 2.0;
    // The words at the ends stay within the ends.
    for share in [0.0, 0.5, 1.0] {
        let text = caption(
            layouter,
            &layouter.written(&bar_groups::percent(f64::from(share))),
        );
        let x = axis.left() + (axis.width() - text.size.x) * share;
        layout.text(pos2(x, y), text);
    }
    let at = pos2(axis.right() + space::S, y);
    layout.text(at, caption(layouter, TOTAL)).bottom()
}

fn caption(layouter: &TextLayouter<'_>, words: &str) -> MeasuredText {
    layouter.line(
        words,
        theme::regular(size::CAPTION),
        layouter.palette.text_muted,
    )
}

/// Between a name and its part, and between two names, in points.
const DIRECT_LABEL_RISE_PT: f32 = 3.0;
const DIRECT_LABEL_GAP_PT: f32 = 8.0;

/// The most lines of a name.
const MAX_DIRECT_LABEL_LINES: usize = 2;

/// Names that fit, with the places where they begin.
struct DirectLabels(Vec<(f32, MeasuredText)>);

/// The names of the parts of the first row, if it is one bar that has every part: then no other row
/// needs a key.
fn direct_label_names<'k>(keys: &'k [LegendKey], groups: &[BarGroup<'_>]) -> Option<Vec<&'k str>> {
    let [bar] = groups.first()?.bars.as_slice() else {
        return None;
    };
    let all = bar.segments.len() == keys.len()
        && bar
            .segments
            .iter()
            .zip(keys)
            .all(|(segment, key)| segment.role == key.color)
        && bar.segments.iter().all(|segment| segment.to > segment.from);
    all.then(|| keys.iter().map(|key| key.name.as_str()).collect())
}

/// Sets the names above parts from left to right. The last may reach beyond its part, as far as
/// `right`. `None` where one of them does not fit, or where the row's name stands there.
fn fit_direct_labels(
    layouter: &TextLayouter<'_>,
    names: &[&str],
    spans: impl Iterator<Item = (f32, f32)>,
    right: f32,
    names_above: bool,
) -> Option<DirectLabels> {
    if names_above {
        return None;
    }
    let font = theme::regular(size::CAPTION);
    let mut labels = Vec::new();
    for (i, (name, (from, to))) in names.iter().zip(spans).enumerate() {
        let room = if i + 1 == names.len() {
            right - from
        } else {
            to - from - DIRECT_LABEL_GAP_PT
        };
        if room < 1.0 || !text_layout::fits_unbroken(layouter, name, &font, room) {
            return None;
        }
        let text = layouter.wrapped(name, font.clone(), layouter.palette.text, room);
        if text_layout::line_count(&text) > MAX_DIRECT_LABEL_LINES || text.size.x > room + 0.5 {
            return None;
        }
        labels.push((from, text));
    }
    (!labels.is_empty()).then_some(DirectLabels(labels))
}

impl DirectLabels {
    /// The height that they take above the bar.
    fn height_pt(&self) -> f32 {
        let tallest = self.0.iter().map(|(_, text)| text.size.y);
        tallest.fold(0.0, f32::max) + DIRECT_LABEL_RISE_PT
    }

    /// Sets them down upon the bar.
    fn place(self, layout: &mut PictureLayout, bar_top: f32) {
        for (x, text) in self.0 {
            layout.text(pos2(x, bar_top - DIRECT_LABEL_RISE_PT - text.size.y), text);
        }
    }
}
