//! Parts of bars, horizontal or vertical: a segment with its number where that fits, and ends: open
//! where a number is only a bound, hollow where it is only possible.

use super::bar_groups::BarGroup;
use super::mark_colors;
use super::picture_layout::PictureLayout;
use super::text_layout::TextLayouter;
use crate::theme::{self, Palette, size};
use egui::{Color32, Pos2, Rangef, Rect, Stroke, pos2, vec2};
use linchpin_charts::picture::{ColorRole, MarkId, PrintedValue};

/// How far an open end reaches beyond its bar, in points.
pub(super) const OPEN_PT: f32 = 28.0;

/// The room of an end that may be open, in points.
pub(super) fn open_end_pt(is_open: bool) -> f32 {
    if is_open { OPEN_PT } else { 0.0 }
}

/// The slices of an open end: distance from the bar, width, in points.
pub(super) const SLICES: [(f32, f32); 3] = [(2.0, 7.0), (12.0, 4.0), (19.0, 2.0)];

/// Draws an open end: the bar breaks up, and an arrowhead points on. `edge` is the end of the bar;
/// `sign` is 1 to the right, -1 to the left.
pub(super) fn open_end(
    layout: &mut PictureLayout,
    color: Color32,
    bar: Rect,
    edge: f32,
    sign: f32,
) {
    draw_open_end(layout, color, bar.y_range(), edge, sign, pos2);
}

/// The open end of a column. `sign` is -1 where it points up, 1 where it points down.
pub(super) fn open_end_vertical(
    layout: &mut PictureLayout,
    color: Color32,
    column: Rect,
    edge: f32,
    sign: f32,
) {
    draw_open_end(
        layout,
        color,
        column.x_range(),
        edge,
        sign,
        |along, across| pos2(across, along),
    );
}

/// Slices and an arrowhead, `along` the bar from its edge, as wide as it is `across`.
fn draw_open_end(
    layout: &mut PictureLayout,
    color: Color32,
    across: Rangef,
    edge: f32,
    sign: f32,
    place: impl Fn(f32, f32) -> Pos2,
) {
    for (distance, width) in SLICES {
        let near = edge + sign * distance;
        let far = near + sign * width;
        let slice = Rect::from_two_pos(place(near, across.min), place(far, across.max));
        layout.fill(slice, color);
    }
    let tip = edge + sign * OPEN_PT;
    let half = (across.span() / 2.0).min(4.0);
    let base = tip - sign * 4.5;
    layout.polygon(
        [
            place(base, across.center() - half),
            place(tip, across.center()),
            place(base, across.center() + half),
        ],
        color,
    );
}

/// Draws what a number may be and need not be: pale, with an edge.
pub(super) fn uncertain_range(
    layout: &mut PictureLayout,
    palette: &Palette,
    color: Color32,
    rect: Rect,
) {
    layout.fill(rect, theme::mix(palette.background, color, 0.18));
    layout.outline(rect, Stroke::new(1.5, color));
}

/// Names the line of zero below rows of bars that reach to both of its sides. Returns the bottom.
pub(super) fn zero_label(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    zero_x: f32,
    top: f32,
) -> f32 {
    let color = layouter.palette.text_muted;
    let text = layouter.line("0", theme::regular(size::CAPTION), color);
    let at = pos2(zero_x - text.size.x / 2.0, top + 2.0);
    layout.text(at, text).bottom()
}

/// The least side of what can be pointed at, in points.
const MIN_HIT_AREA_PT: f32 = 4.0;

/// Fills a rectangle and sets words amid it, where they fit.
pub(super) fn draw_segment(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    role: ColorRole,
    rect: Rect,
    words: &PrintedValue,
) {
    let p = layouter.palette;
    let fill = mark_colors::fill_color(p, role);
    if rect.width() > 0.0 && rect.height() > 0.0 {
        layout.fill(rect, fill);
    }
    mark_colors::draw_pattern_and_edge(layout, p, role, rect);
    if words.is_blank() {
        return;
    }
    let text = layouter.line(
        words,
        theme::semibold(size::CAPTION),
        theme::text_color_on(fill),
    );
    if text.size.x + 4.0 > rect.width() || text.size.y > rect.height() {
        return;
    }
    // Lines of a pattern stop short of the number.
    let label = Rect::from_center_size(rect.center(), text.size);
    layout.fill_rounded(label.expand2(vec2(3.0, -1.0)).intersect(rect), fill, 2.0);
    layout.text_centered(rect, text);
}

/// The least length of a part with a line at its end, in points: below it the line would hide it.
const MIN_SEPARATED_PT: f32 = 3.0;

/// Whether there are lines between the parts of the bars: between all of them, or between none. A
/// line that is missing at one place only would say that two parts belong together.
pub(super) fn has_separators(groups: &[BarGroup<'_>], length_pt: impl Fn(f64, f64) -> f32) -> bool {
    let bars = groups.iter().flat_map(|group| &group.bars);
    let parts = bars.filter(|bar| bar.segments.len() > 1);
    let mut parts = parts.flat_map(|bar| &bar.segments);
    parts.all(|part| {
        let length_pt = length_pt(part.from, part.to).abs();
        length_pt == 0.0 || length_pt >= MIN_SEPARATED_PT
    })
}

/// Draws lines between the parts of a bar, where one ends and the next begins.
pub(super) fn separate_parts(layout: &mut PictureLayout, palette: &Palette, parts: &[Rect]) {
    let stroke = Stroke::new(1.0, palette.background);
    let parts: Vec<Rect> = parts.iter().copied().filter(Rect::is_positive).collect();
    for pair in parts.windows(2) {
        let [a, b] = pair else { continue };
        let meet = |a: f32, b: f32| (a - b).abs() < 0.01;
        for (x, other) in [(a.right(), b.left()), (a.left(), b.right())] {
            if meet(x, other) && meet(a.top(), b.top()) {
                layout.line(pos2(x, a.top()), pos2(x, a.bottom()), stroke);
            }
        }
        for (y, other) in [(a.bottom(), b.top()), (a.top(), b.bottom())] {
            if meet(y, other) && meet(a.left(), b.left()) {
                layout.line(pos2(a.left(), y), pos2(a.right(), y), stroke);
            }
        }
    }
}

/// Where a part can be pointed at: never too thin to be hit.
pub(super) fn add_hit_area(layout: &mut PictureLayout, id: u32, rect: Rect) {
    let size = rect.size().max(vec2(MIN_HIT_AREA_PT, MIN_HIT_AREA_PT));
    layout.add_hit_area(MarkId(id), Rect::from_center_size(rect.center(), size));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paint::bar_groups::{BarSegment, GroupBar};
    use crate::paint::picture_layout::LayoutItem;
    use crate::theme::LIGHT;
    use linchpin_charts::picture::Extent;
    use std::borrow::Cow;

    fn lines(parts: &[Rect]) -> Vec<[Pos2; 2]> {
        let mut layout = PictureLayout::default();
        separate_parts(&mut layout, &LIGHT, parts);
        let lines = layout.items.iter().filter_map(|item| match item {
            LayoutItem::Line { points, .. } => Some(*points),
            _ => None,
        });
        lines.collect()
    }

    #[test]
    fn a_line_stands_between_two_parts_and_at_no_end() {
        let part = |from: f32, to: f32| Rect::from_x_y_ranges(from..=to, 10.0..=30.0);
        let line = |x: f32| [pos2(x, 10.0), pos2(x, 30.0)];
        let bar = [
            part(0.0, 20.0),
            part(20.0, 20.0),
            part(20.0, 50.0),
            part(50.0, 60.0),
        ];
        assert_eq!(lines(&bar), [line(20.0), line(50.0)]);
        // To the left of zero, and a column.
        assert_eq!(lines(&[part(-5.0, 0.0), part(-9.0, -5.0)]), [line(-5.0)]);
        let turned = |r: Rect| Rect::from_x_y_ranges(r.y_range(), r.x_range());
        let column = [turned(part(20.0, 50.0)), turned(part(0.0, 20.0))];
        assert_eq!(lines(&column), [[pos2(10.0, 20.0), pos2(30.0, 20.0)]]);
    }

    #[test]
    fn one_part_too_thin_for_a_line_leaves_none_in_any_bar() {
        let words = PrintedValue::Text(String::new());
        let bar = |ends: &[f64]| GroupBar {
            segments: (ends.windows(2))
                .map(|ends| BarSegment {
                    from: ends[0],
                    to: ends[1],
                    role: ColorRole::Single,
                    label: Cow::Borrowed(&words),
                })
                .collect(),
            value_label: &words,
            extent: Extent::exact(0.0),
        };
        let has_lines = |bars: Vec<GroupBar<'_>>| {
            let group = |bar| BarGroup {
                name: "",
                detail: None,
                bars: vec![bar],
            };
            let groups: Vec<BarGroup<'_>> = bars.into_iter().map(group).collect();
            has_separators(&groups, |from, to| (to - from) as f32)
        };
        assert!(has_lines(vec![
            bar(&[0.0, 5.0, 9.0]),
            bar(&[0.0, 4.0, 4.0, 8.0])
        ]));
        assert!(!has_lines(vec![
            bar(&[0.0, 5.0, 9.0]),
            bar(&[0.0, 4.0, 6.0])
        ]));
        // A bar of one part has nothing to be separated.
        assert!(has_lines(vec![bar(&[0.0, 1.0]), bar(&[0.0, 4.0, 8.0])]));
    }
}
