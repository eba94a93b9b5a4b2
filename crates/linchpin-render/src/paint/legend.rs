//! The key of a picture: samples of color with their names.

use super::mark_colors;
use super::picture_layout::{LayoutArea, PictureLayout};
use super::text_layout::{MeasuredText, TextLayouter};
use crate::theme::{self, Palette, size, space};
use egui::{Pos2, Rect, pos2, vec2};
use linchpin_charts::picture::{ColorRole, LegendKey};

/// The side of a sample, in points.
const SWATCH_PT: f32 = 14.0;

/// Between a sample and its name, in points.
pub(super) const GAP_PT: f32 = 6.0;

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
        |layout, palette, role, swatch| {
            layout.fill(swatch, mark_colors::fill_color(palette, role));
            mark_colors::draw_pattern_and_edge(layout, palette, role, swatch);
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
    let mut flow = LegendFlow::new(area, space::M);
    for key in keys {
        let LegendEntry { at, text } = flow.next(layouter, &key.name, SWATCH_PT + GAP_PT);
        let line = text.size.y.max(SWATCH_PT);
        let swatch = Rect::from_min_size(
            pos2(at.x, at.y + (line.min(18.0) - SWATCH_PT) / 2.0),
            vec2(SWATCH_PT, SWATCH_PT),
        );
        draw(layout, layouter.palette, key.color, swatch);
        layout.text(pos2(at.x + SWATCH_PT + GAP_PT, at.y), text);
        flow.reach(at.y + line);
    }
    flow.bottom
}

/// Entries of a legend, one after another, in as many lines as it takes.
pub(super) struct LegendFlow {
    area: LayoutArea,
    /// Between two entries of a line.
    gap_pt: f32,
    next: Pos2,
    /// The bottom of all entries so far.
    pub bottom: f32,
}

/// Where an entry stands, and its words.
pub(super) struct LegendEntry {
    /// The corner of its sample.
    pub at: Pos2,
    pub text: MeasuredText,
}

impl LegendFlow {
    pub fn new(area: LayoutArea, gap_pt: f32) -> LegendFlow {
        LegendFlow {
            area,
            gap_pt,
            next: pos2(area.left, area.top),
            bottom: area.top,
        }
    }

    /// The next entry, whose words begin `indent_pt` after its sample does. The caller draws both
    /// and then says how far down they [`reach`](LegendFlow::reach).
    pub fn next(
        &mut self,
        layouter: &TextLayouter<'_>,
        words: &str,
        indent_pt: f32,
    ) -> LegendEntry {
        let room = self.area.width - indent_pt;
        let font = theme::regular(size::CAPTION);
        let text = layouter.wrapped(words, font, layouter.palette.text, room);
        let width = indent_pt + text.size.x;
        if self.next.x > self.area.left && self.next.x + width > self.area.right() {
            self.next = pos2(self.area.left, self.bottom + space::XS);
        }
        let at = self.next;
        self.next.x += width + self.gap_pt;
        LegendEntry { at, text }
    }

    /// The present line is at least as high as to end here.
    pub fn reach(&mut self, bottom: f32) {
        self.bottom = self.bottom.max(bottom);
    }
}
