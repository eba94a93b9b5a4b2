//! Rows of bars that are made of parts: one after another, beside each other, or as shares.

use super::area::{Area, Shared};
use super::direct;
use super::groups::{self, Group, Strip};
use super::key;
use super::piece;
use super::rows::{self, RowContent, RowStyle, Rows};
use super::sheet::Sheet;
use super::ticks::Values;
use super::typeset::{Text, Typesetter};
use crate::theme::{self, size, space};
use egui::{FontId, Rect, Stroke, pos2};
use linchpin_charts::picture::LegendKey;

/// Rows of one bar each.
const WHOLE: RowStyle = RowStyle {
    bar_pt: 28.0,
    gap_pt: 14.0,
    narrow_pt: 520.0,
    max_stretch: 1.8,
};

/// Rows of several bars.
const BESIDE: RowStyle = RowStyle {
    bar_pt: 17.0,
    gap_pt: 16.0,
    narrow_pt: 520.0,
    max_stretch: 1.5,
};

/// Between two bars of a row, in points.
const BESIDE_GAP_PT: f32 = 2.0;

/// How much of the width a number may take before it is wrapped.
const NUMBER_SHARE: f32 = 0.35;

/// Whether rows hold several bars each.
fn beside(groups: &[Group<'_>]) -> bool {
    groups.iter().any(|group| group.bars.len() > 1)
}

/// The numbers at the ends of the bars, group by group.
fn numbers(type_: &Typesetter<'_>, groups: &[Group<'_>], width_pt: f32) -> Vec<Vec<Text>> {
    let font = number_font(groups);
    let set = |strip: &Strip<'_>| {
        let color = type_.palette.text;
        type_.wrapped(strip.number, font.clone(), color, width_pt * NUMBER_SHARE)
    };
    let group = |group: &Group<'_>| group.bars.iter().map(set).collect();
    groups.iter().map(group).collect()
}

fn number_font(groups: &[Group<'_>]) -> FontId {
    theme::semibold(if beside(groups) {
        size::CAPTION
    } else {
        size::BODY
    })
}

/// The words under the numbers beside shares.
const TOTAL: &str = "Total";

/// The range of lying bars, and the room that they need for the numbers at their ends, in a width.
pub(super) fn lying(
    type_: &Typesetter<'_>,
    groups: &[Group<'_>],
    values: Values,
    range: (f64, f64),
    width_pt: f32,
) -> Shared {
    let numbers = numbers(type_, groups, width_pt);
    let least = match values {
        Values::Numbers => 0.0,
        Values::Shares => small(type_, TOTAL).size.x,
    };
    let widest = numbers
        .iter()
        .flatten()
        .map(|t| t.size.x)
        .fold(least, f32::max);
    Shared {
        range,
        before: 0.0,
        after: widest + space::S,
        upright: false,
    }
}

/// Lays key, rows and axis out. Returns the bottom.
pub(super) fn lay_out(
    type_: &Typesetter<'_>,
    sheet: &mut Sheet,
    groups: &[Group<'_>],
    keys: &[LegendKey],
    values: Values,
    shared: Shared,
    area: Area,
) -> f32 {
    let labels = direct::labels(keys, groups).and_then(|keys| {
        // Where the segments of the first row will lie.
        let trial = placed(type_, &mut Sheet::default(), groups, area);
        let scale = Scale::new(&trial, shared, area);
        let first = trial.bars.first().copied()?;
        let spans = groups.first()?.bars.first()?.pieces.iter();
        let spans = spans.map(|piece| (scale.x(piece.from), scale.x(piece.to)));
        let above = first.0 - trial.top;
        let labels = direct::fitting(type_, &keys, spans, area.right(), trial.names_above)?;
        Some((labels, above))
    });
    let (upper, top) = match &labels {
        Some((labels, above)) => {
            let upper = area.top + area.headroom;
            (upper, upper + (labels.height_pt() - above).max(0.0))
        }
        None => {
            let top = match area.shared {
                Some(_) => area.top,
                None => key::lay_out(type_, sheet, keys, area) + space::M,
            };
            (top + area.headroom, top + area.headroom)
        }
    };
    let mut rows = placed(type_, sheet, groups, Area { top, ..area });
    let scale = Scale::new(&rows, shared, area);
    if let (Some((labels, _)), Some(first)) = (labels, rows.bars.first()) {
        labels.set(sheet, first.0);
        // No line runs through the labels.
        rows.top = first.0 - 1.0;
    }
    let axis = Rect::from_min_max(
        pos2(scale.x(0.0), rows.top),
        pos2(scale.x(1.0), rows.bottom),
    );
    if values == Values::Shares && !rows.names_above {
        grid(type_, sheet, axis);
    }
    let mut id = 0;
    let set = numbers(type_, groups, area.width);
    for ((group, numbers), at) in groups.iter().zip(set).zip(&mut rows.bars) {
        let heights = bar_heights(group, &numbers, *at);
        if let (Some(first), Some(last)) = (heights.first(), heights.last()) {
            *at = (first.0, last.1);
        }
        for ((strip, number), range) in group.bars.iter().zip(numbers).zip(heights) {
            bar(type_, sheet, strip, &scale, range, number, &mut id);
        }
    }
    rows.baseline(type_, sheet, scale.x(0.0));
    let mut ground = rows.ground(shared, rows.within(area.right()));
    // Words of lines stand above the names of the parts.
    ground.within.set_top(upper);
    sheet.ground = Some(ground);
    match values {
        Values::Shares => ticks(type_, sheet, axis),
        Values::Numbers => rows.bottom,
    }
}

/// Names at the left or above, and room for the bars.
fn placed(type_: &Typesetter<'_>, sheet: &mut Sheet, groups: &[Group<'_>], area: Area) -> Rows {
    let style = if beside(groups) { &BESIDE } else { &WHOLE };
    let numbers = numbers(type_, groups, area.width);
    let contents: Vec<RowContent<'_>> = groups
        .iter()
        .zip(&numbers)
        .map(|(group, numbers)| RowContent {
            name: group.name,
            detail: group.detail,
            least_pt: thicknesses(style.bar_pt, numbers).sum::<f32>()
                + BESIDE_GAP_PT * group.bars.len().saturating_sub(1) as f32,
        })
        .collect();
    rows::lay_out(type_, sheet, &contents, style, area)
}

/// The height of each bar with its number.
fn thicknesses(bar_pt: f32, numbers: &[Text]) -> impl Iterator<Item = f32> {
    numbers.iter().map(move |number| number.size.y.max(bar_pt))
}

/// Top and bottom of each bar of a group, whose row has its middle amid `at`.
fn bar_heights(group: &Group<'_>, numbers: &[Text], at: (f32, f32)) -> Vec<(f32, f32)> {
    if group.bars.len() == 1 {
        return vec![at];
    }
    let heights: Vec<f32> = thicknesses(BESIDE.bar_pt, numbers).collect();
    let gaps = BESIDE_GAP_PT * heights.len().saturating_sub(1) as f32;
    let mut top = (at.0 + at.1 - heights.iter().sum::<f32>() - gaps) / 2.0;
    heights
        .into_iter()
        .map(|height| {
            let middle = top + height / 2.0;
            top += height + BESIDE_GAP_PT;
            (middle - BESIDE.bar_pt / 2.0, middle + BESIDE.bar_pt / 2.0)
        })
        .collect()
}

/// From values to places across.
struct Scale {
    range: (f64, f64),
    left: f32,
    width: f32,
}

impl Scale {
    fn new(rows: &Rows, shared: Shared, area: Area) -> Scale {
        let within = rows.within(area.right() - shared.after);
        Scale {
            range: shared.range,
            left: within.left(),
            width: within.width(),
        }
    }

    fn x(&self, value: f64) -> f32 {
        let (low, high) = self.range;
        self.left + ((value - low) / (high - low)) as f32 * self.width
    }
}

/// Draws one bar with its number at its end.
fn bar(
    type_: &Typesetter<'_>,
    sheet: &mut Sheet,
    strip: &Strip<'_>,
    scale: &Scale,
    (top, bottom): (f32, f32),
    number: Text,
    id: &mut u32,
) {
    let several = strip.pieces.len() > 1;
    let mut end = scale.x(0.0);
    let mut rects = Vec::new();
    for piece in &strip.pieces {
        let (a, b) = (scale.x(piece.from), scale.x(piece.to));
        let rect = Rect::from_x_y_ranges(a.min(b)..=a.max(b), top..=bottom);
        piece::filled(type_, sheet, piece.tone, rect, &piece.inside);
        if several && rect.width() > 2.0 {
            let edge = Stroke::new(1.0, type_.palette.background);
            sheet.line(rect.right_top(), rect.right_bottom(), edge);
        }
        end = end.max(rect.right());
        rects.push(rect);
    }
    let label = sheet.text_beside(end + space::S, (top + bottom) / 2.0, number);
    for rect in rects {
        let spot = if several { rect } else { rect | label };
        piece::spot(sheet, *id, spot);
        *id += 1;
    }
}

/// Lines at the whole and its half.
fn grid(type_: &Typesetter<'_>, sheet: &mut Sheet, axis: Rect) {
    for x in [axis.center().x, axis.right()] {
        let stroke = Stroke::new(1.0, type_.palette.grid);
        sheet.line(pos2(x, axis.top()), pos2(x, axis.bottom()), stroke);
    }
}

/// 0, 50 and 100 percent under the rows, and what the numbers beside them are. Returns the bottom.
fn ticks(type_: &Typesetter<'_>, sheet: &mut Sheet, axis: Rect) -> f32 {
    let y = axis.bottom() + 2.0;
    // The words at the ends stay within the ends.
    for share in [0.0, 0.5, 1.0] {
        let text = small(type_, &groups::percent(f64::from(share)));
        let x = axis.left() + (axis.width() - text.size.x) * share;
        sheet.text(pos2(x, y), text);
    }
    let at = pos2(axis.right() + space::S, y);
    sheet.text(at, small(type_, TOTAL)).bottom()
}

fn small(type_: &Typesetter<'_>, words: &str) -> Text {
    type_.line(
        words,
        theme::regular(size::CAPTION),
        type_.palette.text_muted,
    )
}
