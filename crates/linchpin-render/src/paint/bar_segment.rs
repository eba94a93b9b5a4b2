//! A part of a bar, lying or upright: its color, its pattern, and its number where that fits.

use super::picture_layout::PictureLayout;
use super::text_layout::TextLayouter;
use super::tone;
use crate::theme::{self, size};
use egui::{Rect, vec2};
use linchpin_charts::picture::{ColorRole, MarkId, PrintedValue};

/// The least side of what can be pointed at, in points.
const MIN_HIT_AREA_PT: f32 = 4.0;

/// Fills a rectangle and sets words amid it, where they fit.
pub(super) fn draw_segment(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    tone: ColorRole,
    rect: Rect,
    words: &PrintedValue,
) {
    let p = layouter.palette;
    let fill = tone::fill_color(p, tone);
    if rect.width() > 0.0 && rect.height() > 0.0 {
        layout.fill(rect, fill);
    }
    tone::draw_pattern_and_edge(layout, p, tone, rect);
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

/// Where a part can be pointed at: never too thin to be hit.
pub(super) fn add_hit_area(layout: &mut PictureLayout, id: u32, rect: Rect) {
    let size = rect.size().max(vec2(MIN_HIT_AREA_PT, MIN_HIT_AREA_PT));
    layout.add_hit_area(MarkId(id), Rect::from_center_size(rect.center(), size));
}
