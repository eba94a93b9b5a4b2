//! A part of a bar, lying or upright: its color, its pattern, and its number where that fits.

use super::sheet::Sheet;
use super::tone;
use super::typeset::Typesetter;
use crate::theme::{self, size};
use egui::{Rect, vec2};
use linchpin_charts::picture::{ColorRole, MarkId};

/// The least side of what can be pointed at, in points.
const MIN_SPOT_PT: f32 = 4.0;

/// Fills a rectangle and sets words amid it, where they fit.
pub(super) fn filled(
    type_: &Typesetter<'_>,
    sheet: &mut Sheet,
    tone: ColorRole,
    rect: Rect,
    words: &str,
) {
    let p = type_.palette;
    let fill = tone::color(p, tone);
    if rect.width() > 0.0 && rect.height() > 0.0 {
        sheet.fill(rect, fill);
    }
    tone::finish(sheet, p, tone, rect);
    if words.is_empty() {
        return;
    }
    let text = type_.line(
        words,
        theme::semibold(size::CAPTION),
        theme::text_color_on(fill),
    );
    if text.size.x + 4.0 > rect.width() || text.size.y > rect.height() {
        return;
    }
    // Lines of a pattern stop short of the number.
    let label = Rect::from_center_size(rect.center(), text.size);
    sheet.rounded(label.expand2(vec2(3.0, -1.0)).intersect(rect), fill, 2.0);
    sheet.text_amid(rect, text);
}

/// Where a part can be pointed at: never too thin to be hit.
pub(super) fn spot(sheet: &mut Sheet, id: u32, rect: Rect) {
    let size = rect.size().max(vec2(MIN_SPOT_PT, MIN_SPOT_PT));
    sheet.spot(MarkId(id), Rect::from_center_size(rect.center(), size));
}
