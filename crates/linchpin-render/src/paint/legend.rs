//! The key of a picture: samples of color with their names.

use super::mark_colors;
use super::picture_layout::{LayoutArea, PictureLayout};
use super::text_layout::TextLayouter;
use crate::theme::{self, Palette, size, space};
use egui::{Rect, pos2, vec2};
use linchpin_charts::picture::{ColorRole, LegendKey};

/// The side of a sample, in points.
const SWATCH_PT: f32 = 14.0;

/// Lays samples and names out, in as many lines as it takes. Returns the bottom.
pub(super) fn lay_out(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    keys: &[LegendKey],
    area: LayoutArea,
) -> f32 {
    let keys: Vec<&LegendKey> = keys.iter().collect();
    lay_out_with(
        layouter,
        layout,
        &keys,
        area,
        |layout, palette, tone, swatch| {
            layout.fill(swatch, mark_colors::fill_color(palette, tone));
            mark_colors::draw_pattern_and_edge(layout, palette, tone, swatch);
        },
    )
}

/// The same with samples of one's own.
pub(super) fn lay_out_with(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    keys: &[&LegendKey],
    area: LayoutArea,
    draw: impl Fn(&mut PictureLayout, &Palette, ColorRole, Rect),
) -> f32 {
    let p = layouter.palette;
    let (mut x, mut y) = (area.left, area.top);
    let mut bottom = area.top;
    for key in keys {
        let room = area.width - SWATCH_PT - 6.0;
        let name = layouter.wrapped(&key.name, theme::regular(size::CAPTION), p.text, room);
        let width = SWATCH_PT + 6.0 + name.size.x;
        if x > area.left && x + width > area.right() {
            (x, y) = (area.left, bottom + space::XS);
        }
        let line = name.size.y.max(SWATCH_PT);
        let swatch = Rect::from_min_size(
            pos2(x, y + (line.min(18.0) - SWATCH_PT) / 2.0),
            vec2(SWATCH_PT, SWATCH_PT),
        );
        draw(layout, p, key.color, swatch);
        layout.text(pos2(x + SWATCH_PT + 6.0, y), name);
        bottom = bottom.max(y + line);
        x += width + space::M;
    }
    bottom
}
