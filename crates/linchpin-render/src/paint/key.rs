//! The key of a picture: samples of color with their names.

use super::area::Area;
use super::sheet::Sheet;
use super::tone;
use super::typeset::Typesetter;
use crate::theme::{self, Palette, size, space};
use egui::{Rect, pos2, vec2};
use linchpin_charts::picture::{ColorRole, LegendKey};

/// The side of a sample, in points.
const SAMPLE_PT: f32 = 14.0;

/// Lays samples and names out, in as many lines as it takes. Returns the bottom.
pub(super) fn lay_out(
    type_: &Typesetter<'_>,
    sheet: &mut Sheet,
    keys: &[LegendKey],
    area: Area,
) -> f32 {
    let keys: Vec<&LegendKey> = keys.iter().collect();
    with_samples(type_, sheet, &keys, area, |sheet, palette, tone, sample| {
        sheet.fill(sample, tone::color(palette, tone));
        tone::finish(sheet, palette, tone, sample);
    })
}

/// The same with samples of one's own.
pub(super) fn with_samples(
    type_: &Typesetter<'_>,
    sheet: &mut Sheet,
    keys: &[&LegendKey],
    area: Area,
    draw: impl Fn(&mut Sheet, &Palette, ColorRole, Rect),
) -> f32 {
    let p = type_.palette;
    let (mut x, mut y) = (area.left, area.top);
    let mut bottom = area.top;
    for key in keys {
        let room = area.width - SAMPLE_PT - 6.0;
        let name = type_.wrapped(&key.name, theme::regular(size::CAPTION), p.text, room);
        let width = SAMPLE_PT + 6.0 + name.size.x;
        if x > area.left && x + width > area.right() {
            (x, y) = (area.left, bottom + space::XS);
        }
        let line = name.size.y.max(SAMPLE_PT);
        let sample = Rect::from_min_size(
            pos2(x, y + (line.min(18.0) - SAMPLE_PT) / 2.0),
            vec2(SAMPLE_PT, SAMPLE_PT),
        );
        draw(sheet, p, key.color, sample);
        sheet.text(pos2(x + SAMPLE_PT + 6.0, y), name);
        bottom = bottom.max(y + line);
        x += width + space::M;
    }
    bottom
}
