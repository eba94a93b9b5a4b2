//! Axes: the ticks that have room for their words, and the title.

use super::super::coordinates::PositionScale;
use super::super::picture_layout::PictureLayout;
use super::super::text_layout::{MeasuredText, TextLayouter};
use crate::theme::{self, Palette, size, space};
use egui::{Align, Stroke, pos2};
use linchpin_charts::picture::nice::Tick;
use linchpin_charts::picture::{AxisScale, PlotAxis, XyPlot, ticks};

/// The least distance between two labels next to each other, and between the ticks of two above
/// each other, in points.
const LABEL_GAP_PT: f32 = 14.0;
const MIN_Y_STEP_PT: f32 = 42.0;

/// The least distance between two ticks next to each other, in points; less where there is little
/// width.
const MIN_X_STEP_PT: f32 = 74.0;
const MIN_X_STEP_NARROW_PT: f32 = 44.0;

/// A label at an axis up the page that is wider than this is broken at its last space, in points.
const WRAP_LABEL_PT: f32 = 58.0;

/// A tick with its words set.
pub(super) struct TickLabel {
    pub value: f64,
    pub text: MeasuredText,
}

/// The ticks of an axis up the page that have room in a height.
pub(super) fn y_ticks(
    layouter: &TextLayouter<'_>,
    body: &XyPlot,
    height_pt: f32,
) -> Vec<TickLabel> {
    let axis = &body.y;
    let along = PositionScale::from_scale(&axis.scale, height_pt, 0.0);
    let set = |ticks: Vec<Tick>| -> Vec<TickLabel> {
        let label = |tick: Tick| TickLabel {
            value: tick.value,
            text: tick_text(layouter, &layouter.written(&tick.label), WRAP_LABEL_PT),
        };
        ticks.into_iter().map(label).collect()
    };
    let fits = |ticks: &Vec<TickLabel>| {
        ticks.windows(2).all(|pair| {
            let distance = (along.position_clamped(pair[0].value)
                - along.position_clamped(pair[1].value))
            .abs();
            let heights = (pair[0].text.size.y + pair[1].text.size.y) / 2.0;
            distance >= MIN_Y_STEP_PT.max(heights + 4.0)
        })
    };
    // The sets become sparser: the first that fits is the densest.
    let sets = ticks::tick_sets(axis, body.has_whole_numbers()[1])
        .into_iter()
        .map(set);
    sets.into_iter().find(fits).unwrap_or_default()
}

fn tick_text(layouter: &TextLayouter<'_>, words: &str, wide_pt: f32) -> MeasuredText {
    let font = theme::regular(size::CAPTION);
    let color = layouter.palette.text_muted;
    let whole = layouter.aligned(words, font.clone(), color, f32::INFINITY, Align::RIGHT);
    match words.rsplit_once(' ') {
        Some((first, last)) if whole.size.x > wide_pt => layouter.aligned(
            &format!("{first}\n{last}"),
            font,
            color,
            f32::INFINITY,
            Align::RIGHT,
        ),
        _ => whole,
    }
}

/// Sets the ticks that have room across the page, their words below `top` and between two ends.
/// Returns the places of the ticks and the bottom of the words.
pub(super) fn lay_out_x_ticks(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    body: &XyPlot,
    along: &PositionScale,
    top: f32,
    ends: (f32, f32),
) -> (Vec<(f64, f32)>, f32) {
    let font = theme::regular(size::CAPTION);
    let color = layouter.palette.text_muted;
    let set = |ticks: Vec<Tick>| -> Vec<(Tick, f32, f32, MeasuredText)> {
        let placed = ticks.into_iter().map(|tick| {
            let text = layouter.centered(&tick.label, font.clone(), color, f32::INFINITY);
            let x = along.position_clamped(tick.value);
            // Labels at both ends stay within the picture rather than centered on their ticks.
            let left = (x - text.size.x / 2.0)
                .min(ends.1 - text.size.x)
                .max(ends.0);
            (tick, x, left, text)
        });
        placed.collect()
    };
    let least = ((ends.1 - ends.0) / 6.0).clamp(MIN_X_STEP_NARROW_PT, MIN_X_STEP_PT);
    let fits = |set: &Vec<(Tick, f32, f32, MeasuredText)>| {
        let apart = set.windows(2).all(|pair| {
            let (_, x, left, text) = &pair[0];
            pair[1].2 - (left + text.size.x) >= LABEL_GAP_PT && pair[1].1 - x >= least
        });
        let whole = |(_, _, left, text): &(Tick, f32, f32, MeasuredText)| {
            left + text.size.x <= ends.1 + 0.5
        };
        apart && set.iter().all(whole)
    };
    let sets = ticks::tick_sets(&body.x, body.has_whole_numbers()[0])
        .into_iter()
        .map(set);
    let chosen = sets.into_iter().find(fits).unwrap_or_default();
    let mut bottom = top;
    let mut places = Vec::new();
    for (tick, x, left, text) in chosen {
        let rect = layout.text(pos2(left, top), text);
        bottom = bottom.max(rect.bottom());
        places.push((tick.value, x));
    }
    (places, bottom)
}

/// Names of bands below their marks: level where they fit, else numbers with the names listed.
/// Returns the bottom.
pub(super) fn lay_out_band_labels(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    names: &[String],
    along: &PositionScale,
    band_pt: f32,
    (left, top, right): (f32, f32, f32),
) -> f32 {
    let p = layouter.palette;
    let font = theme::regular(size::CAPTION);
    let room = band_pt - 6.0;
    let words = names.iter().flat_map(|name| name.split_whitespace());
    // Words of Korean may be broken anywhere.
    let unbroken = words.filter(|word| word.is_ascii());
    let level: Vec<MeasuredText> = names
        .iter()
        .map(|name| layouter.centered(name, font.clone(), p.text, room))
        .collect();
    let highest = level.iter().map(|text| text.size.y).fold(0.0, f32::max);
    // Names that would be broken, or that take more than eight lines, are numbered and listed
    // instead: rotated names of any length would take the height of the plot.
    let is_level = layouter.max_width(unbroken, &font) <= room
        && level.iter().all(|text| text.size.x <= room + 1.0)
        && highest <= 8.0 * size::CAPTION;
    let number = |at: usize| layouter.line(&(at + 1).to_string(), font.clone(), p.text);
    let mut bottom = top;
    for (at, text) in level.into_iter().enumerate() {
        let text = if is_level { text } else { number(at) };
        let x = along.position_clamped(at as f64) - text.size.x / 2.0;
        bottom = bottom.max(layout.text(pos2(x, top), text).bottom());
    }
    if is_level {
        return bottom;
    }
    let widest = number(names.len().saturating_sub(1)).size.x;
    bottom += space::XS;
    for (at, name) in names.iter().enumerate() {
        let start = left + widest + space::S;
        let name = layouter.wrapped(name, font.clone(), p.text, right - start);
        let number = number(at);
        layout.text(pos2(left + widest - number.size.x, bottom), number);
        bottom = layout.text(pos2(start, bottom), name).bottom();
    }
    bottom
}

/// The line of the grid at a value of an axis: that of zero is stronger.
pub(super) fn grid_stroke(palette: &Palette, axis: &PlotAxis, value: f64) -> Stroke {
    let is_zero = value == 0.0 && contains_zero(axis);
    let color = if is_zero {
        palette.text_muted
    } else {
        palette.grid
    };
    Stroke::new(1.0, color)
}

/// Whether zero lies on an axis of numbers.
pub(super) fn contains_zero(axis: &PlotAxis) -> bool {
    matches!(axis.scale, AxisScale::Linear { from, to } if from <= 0.0 && to >= 0.0)
}

/// The title of an axis, muted and small. Returns its bottom, or `top` where it is plain.
pub(super) fn axis_title(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    words: &str,
    top: f32,
    (left, right): (f32, f32),
    ends_right: bool,
) -> f32 {
    if words.trim().is_empty() {
        return top;
    }
    let font = theme::regular(size::CAPTION);
    let text = layouter.wrapped(words, font, layouter.palette.text_muted, right - left);
    let x = if ends_right {
        right - text.size.x
    } else {
        left
    };
    layout.text(pos2(x, top), text).bottom()
}
