//! Bars with a target each: a bar for what is delivered, a tick for what was promised, the share in
//! words at the end.

use super::bar_rows::{self, BarRowContent, BarRowStyle};
use super::bar_shapes::{self, OPEN_PT};
use super::coordinates::ContinuousScale;
use super::legend::{self, LegendEntry, LegendFlow};
use super::mark_colors;
use super::picture_layout::{LayoutArea, PictureLayout, SharedScale};
use super::text_layout::{MeasuredText, TextLayouter};
use crate::theme::{self, Palette, size, space};
use egui::{Rangef, Rect, Stroke, pos2, vec2};
use linchpin_charts::picture::{Bullet, BulletRow, BulletValue, ColorRole, Extent, MarkId};

const STYLE: BarRowStyle = BarRowStyle {
    bar_pt: 16.0,
    gap_pt: 12.0,
    min_bar_pt: 12.0,
    min_gap_pt: 6.0,
    narrow_pt: 420.0,
    max_stretch: 1.9,
};

/// How far a tick reaches beyond its bar at both sides, and its thickness, in points.
const TICK_BEYOND_PT: f32 = 4.0;
const TICK_PT: f32 = 3.0;

/// How much of the width the words at the end may take before they are wrapped.
const LABEL_SHARE: f32 = 0.4;

/// The sample of a bar in the key, in points.
const SAMPLE_PT: f32 = 22.0;

/// All bars have one color.
const ROLE: ColorRole = ColorRole::Single;

/// Lays key and rows out. Returns the bottom.
pub(super) fn lay_out(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    body: &Bullet,
    area: LayoutArea,
) -> f32 {
    let top = lay_out_key(layouter, layout, body, area) + area.headroom_pt;
    let labels: Vec<MeasuredText> = body
        .rows
        .iter()
        .map(|row| row_label(layouter, row, area.width * LABEL_SHARE))
        .collect();
    let details: Vec<Option<String>> = body.rows.iter().map(|row| body.missing_text(row)).collect();
    let contents: Vec<BarRowContent<'_>> = body
        .rows
        .iter()
        .zip(&details)
        .zip(&labels)
        .map(|((row, detail), label)| BarRowContent {
            name: &row.name,
            detail: detail.as_deref(),
            min_height_pt: label.size.y.max(STYLE.bar_pt + 2.0 * TICK_BEYOND_PT),
        })
        .collect();
    let place = LayoutArea {
        top,
        spare_height_pt: area.spare_height_pt.max(0.0),
        ..area
    };
    let rows = bar_rows::lay_out(layouter, layout, &contents, &STYLE, place);
    let room = rows.bars_rect(area.right());
    let scale = scale_of(body, &labels, room, area);
    let coordinates = rows.coordinates(scale, room);
    let plot = coordinates.plot_rect;
    let x = ContinuousScale::linear(scale.range.0, scale.range.1, plot.left(), plot.right());
    let place = |value: f64| plot.left() + x.fraction(value) as f32 * plot.width();
    layout.coordinates = Some(coordinates);
    for ((row, (top, bottom)), label) in body.rows.iter().zip(&rows.bars).zip(labels) {
        let height = Rangef::new(*top, *bottom);
        let end = draw_row(layouter, layout, row, height, &place);
        layout.text_vertically_centered(end + space::S, height.center(), label);
    }
    rows.baseline(layouter, layout, place(0.0));
    for (at, row) in rows.rows.iter().enumerate() {
        layout.add_hit_area(MarkId(at as u32), row.shrink2(vec2(0.0, 2.0)));
    }
    rows.bottom
}

/// The scale of the rows: as wide as it may be with all words behind their rows.
fn scale_of(body: &Bullet, labels: &[MeasuredText], room: Rect, area: LayoutArea) -> SharedScale {
    let range = area.extend_range(body.range);
    let values = || {
        let values = body
            .rows
            .iter()
            .flat_map(|row| [&row.delivered, &row.target]);
        values.flatten().map(|value| value.extent)
    };
    let before = match area.shared_scale {
        // Small charts leave as much as any of them may need, so that equal lengths are equal.
        Some(_) => bar_shapes::open_end_pt(range.0 < 0.0),
        None => bar_shapes::open_end_pt(values().any(is_open_below)),
    };
    let whole = room.width() - before;
    let mut width = whole;
    for (row, label) in body.rows.iter().zip(labels) {
        let values = || [&row.delivered, &row.target].into_iter().flatten();
        let opens = values().any(|value| value.extent.has_no_upper_bound());
        let beyond = bar_shapes::open_end_pt(opens) + TICK_PT + space::S + label.size.x;
        let ends = values().flat_map(|value| [value.extent.low, value.extent.high]);
        let end = ends.flatten().fold(0.0_f64, f64::max);
        let at = ContinuousScale::linear(range.0, range.1, 0.0, 1.0).fraction(end) as f32;
        if at > 0.0 {
            width = width.min((whole - beyond) / at);
        }
    }
    if area.shared_scale.is_some() {
        width = whole - area.width * LABEL_SHARE - OPEN_PT - space::S;
    }
    let width = width.clamp(space::L, whole.max(space::L));
    SharedScale {
        range,
        padding_before_pt: before,
        padding_after_pt: whole - width,
        is_vertical: false,
    }
}

/// What bars and ticks stand for; small multiples say it in each. Returns where the rest begins.
fn lay_out_key(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    body: &Bullet,
    area: LayoutArea,
) -> f32 {
    let p = layouter.palette;
    let mut flow = LegendFlow::new(area, space::M);
    for (words, is_tick) in [(&body.delivered, false), (&body.target, true)] {
        let indent = SAMPLE_PT + legend::GAP_PT;
        let LegendEntry { at, text } = flow.next(layouter, words, indent);
        let line = text.size.y.max(STYLE.bar_pt);
        let middle = at.y + line.min(18.0) / 2.0;
        match is_tick {
            true => {
                let across = Rangef::new(middle - 8.0, middle + 8.0);
                tick(layout, p, at.x + SAMPLE_PT / 2.0, across);
            }
            false => {
                let rect = Rect::from_center_size(
                    pos2(at.x + SAMPLE_PT / 2.0, middle),
                    vec2(SAMPLE_PT, 10.0),
                );
                layout.fill(rect, mark_colors::fill_color(p, ROLE));
                mark_colors::draw_pattern_and_edge(layout, p, ROLE, rect);
            }
        }
        layout.text(pos2(at.x + indent, at.y), text);
        flow.reach(at.y + line);
    }
    flow.bottom + space::M
}

/// "37.5%" and, muted, "$3 billion of $8 billion".
fn row_label(layouter: &TextLayouter<'_>, row: &BulletRow, width_pt: f32) -> MeasuredText {
    let number = |value: &BulletValue| layouter.written(&value.text);
    let numbers = match (&row.delivered, &row.target) {
        (Some(delivered), Some(target)) => format!("{} of {}", number(delivered), number(target)),
        (Some(one), None) => number(one),
        (None, Some(target)) => format!("target {}", number(target)),
        (None, None) => String::new(),
    };
    let share = row.share.as_ref().map(|share| layouter.written(share));
    let (lead, detail) = match share {
        Some(share) => (share, Some(numbers)),
        None => (numbers, None),
    };
    let font = theme::semibold(size::BODY);
    layouter.name_and_detail(&lead, detail.as_deref(), font, width_pt, egui::Align::LEFT)
}

/// Draws bar and tick of a row. Returns where they end.
fn draw_row(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    row: &BulletRow,
    height: Rangef,
    place: &impl Fn(f64) -> f32,
) -> f32 {
    let p = layouter.palette;
    let zero = place(0.0);
    let mut end = zero;
    if let Some(value) = &row.delivered {
        end = end.max(draw_bar(layout, p, value.extent, height, place));
    }
    if let Some(value) = &row.target {
        end = end.max(draw_target(layout, p, value.extent, height, place));
    }
    end
}

/// A bar as bars have it: sure, possible, open. Returns where it ends.
fn draw_bar(
    layout: &mut PictureLayout,
    palette: &Palette,
    extent: Extent,
    height: Rangef,
    place: &impl Fn(f64) -> f32,
) -> f32 {
    let color = mark_colors::fill_color(palette, ROLE);
    let (zero, sure) = (place(0.0), place(extent.known_end()));
    let solid = Rect::from_x_y_ranges(zero.min(sure)..=zero.max(sure), height);
    layout.fill(solid, color);
    mark_colors::draw_pattern_and_edge(layout, palette, ROLE, solid);
    let mut ends = (solid.left(), solid.right());
    if let Some((from, to)) = extent.uncertain_range() {
        let rect = Rect::from_x_y_ranges(place(from)..=place(to), height);
        bar_shapes::uncertain_range(layout, palette, color, rect);
        ends = (ends.0.min(rect.left()), ends.1.max(rect.right()));
    }
    let whole = Rect::from_x_y_ranges(ends.0..=ends.1, height);
    if extent.has_no_upper_bound() {
        bar_shapes::open_end(layout, color, whole, ends.1, 1.0);
        ends.1 += OPEN_PT;
    }
    if extent.has_no_lower_bound() && extent.high.is_some_and(|high| high < 0.0) {
        bar_shapes::open_end(layout, color, whole, ends.0, -1.0);
    }
    ends.1
}

/// A tick at the target; of a range two, joined; of a bound one with an open end. Returns where it
/// ends.
fn draw_target(
    layout: &mut PictureLayout,
    palette: &Palette,
    extent: Extent,
    height: Rangef,
    place: &impl Fn(f64) -> f32,
) -> f32 {
    let across = height.expand(TICK_BEYOND_PT);
    let ends = [extent.low, extent.high].map(|end| end.map(place));
    for end in ends.into_iter().flatten() {
        tick(layout, palette, end, across);
    }
    let thin = Rangef::new(height.center() - 1.5, height.center() + 1.5);
    match ends {
        [Some(low), Some(high)] => {
            if low != high {
                let line = [low, high].map(|x| pos2(x, height.center()));
                layout.line(line[0], line[1], Stroke::new(TICK_PT, palette.text));
            }
            high
        }
        [Some(low), None] => {
            let bar = Rect::from_x_y_ranges(low..=low, thin);
            bar_shapes::open_end(layout, palette.text, bar, low + TICK_PT, 1.0);
            low + TICK_PT + OPEN_PT
        }
        [None, Some(high)] => {
            let bar = Rect::from_x_y_ranges(high..=high, thin);
            bar_shapes::open_end(layout, palette.text, bar, high - TICK_PT, -1.0);
            high
        }
        [None, None] => place(0.0),
    }
}

/// A tick with a rim in the color of the background, so that it is seen on a bar.
fn tick(layout: &mut PictureLayout, palette: &Palette, x: f32, across: Rangef) {
    for (width, color) in [(TICK_PT + 2.0, palette.background), (TICK_PT, palette.text)] {
        layout.fill(
            Rect::from_x_y_ranges(x - width / 2.0..=x + width / 2.0, across),
            color,
        );
    }
}

/// Whether a number is open toward less beyond zero, where bars and ticks end otherwise.
fn is_open_below(extent: Extent) -> bool {
    extent.low.is_none() && extent.high.is_some_and(|high| high < 0.0)
}
