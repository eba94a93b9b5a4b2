//! What painters are given and what they make: the room for a part of a picture, and placed shapes
//! and texts, in points from the top left corner of the picture.

use super::bar_plot::BarPlot;
use super::coordinates::PlotCoordinates;
use super::text_layout::MeasuredText;
use crate::theme::space;
use egui::{Color32, Pos2, Rect, Stroke, TextureId, pos2, vec2};
use egui_export::PartRole;
use linchpin_charts::picture::MarkId;
use std::ops::Range;

/// A picture that has been laid out.
#[derive(Default)]
pub(super) struct PictureLayout {
    pub items: Vec<LayoutItem>,
    pub hit_areas: Vec<HitArea>,
    /// Where values lie, where the body has places for them.
    pub coordinates: Option<PlotCoordinates>,
    /// The same of each of several small charts, in their order.
    pub panels: Vec<PanelCoordinates>,
    /// Which piece begins at which item.
    pub parts: Vec<(usize, PartRole)>,
    /// Whether columns that a chart asks for lie on their side, for want of width.
    pub has_lying_columns: bool,
}

/// Where values lie in one of several small charts.
pub(super) struct PanelCoordinates {
    pub coordinates: PlotCoordinates,
    /// Its place.
    pub area: LayoutArea,
    /// The items that draw it.
    pub items: Range<usize>,
    /// Whether it is the first of its row, where the words of lines stand.
    pub is_first_of_row: bool,
}

/// One thing to draw, in the order of drawing.
pub(super) enum LayoutItem {
    Fill {
        rect: Rect,
        color: Color32,
        radius_pt: f32,
    },
    /// The edge of a rectangle, drawn inside it.
    RectOutline {
        rect: Rect,
        stroke: Stroke,
    },
    Line {
        points: [Pos2; 2],
        stroke: Stroke,
    },
    Circle {
        center: Pos2,
        radius_pt: f32,
        fill: Color32,
        stroke: Stroke,
    },
    /// A line of the grid, or at a value: it gives way to words.
    GridLine {
        points: [Pos2; 2],
        stroke: Stroke,
    },
    /// Points joined by a line.
    Polyline {
        points: Vec<Pos2>,
        stroke: Stroke,
    },
    /// A convex polygon.
    Polygon {
        points: Vec<Pos2>,
        fill: Color32,
    },
    /// A pale area that words may lie on: convex.
    Band {
        points: Vec<Pos2>,
        fill: Color32,
    },
    Text(PlacedText),
    Image {
        rect: Rect,
        texture: TextureId,
    },
    Plot(BarPlot),
}

/// Text that has been set.
pub(super) struct PlacedText {
    /// The top left corner of its box.
    pub at: Pos2,
    pub text: MeasuredText,
    /// A quarter turn to the left: read from below.
    pub is_rotated: bool,
}

/// Where a mark can be pointed at.
pub(super) struct HitArea {
    pub id: MarkId,
    pub rect: Rect,
}

impl PlacedText {
    /// The box that it takes up.
    pub fn rect(&self) -> Rect {
        let size = self.text.size;
        let size = if self.is_rotated {
            vec2(size.y, size.x)
        } else {
            size
        };
        Rect::from_min_size(self.at, size)
    }
}

impl PictureLayout {
    /// What is put on the picture from here on belongs to this part.
    pub fn begin_part(&mut self, role: PartRole) {
        self.parts.push((self.items.len(), role));
    }

    pub fn fill(&mut self, rect: Rect, color: Color32) {
        self.fill_rounded(rect, color, 0.0);
    }

    pub fn fill_rounded(&mut self, rect: Rect, color: Color32, radius_pt: f32) {
        self.items.push(LayoutItem::Fill {
            rect,
            color,
            radius_pt,
        });
    }

    pub fn outline(&mut self, rect: Rect, stroke: Stroke) {
        self.items.push(LayoutItem::RectOutline { rect, stroke });
    }

    /// A convex polygon.
    pub fn polygon(&mut self, points: impl IntoIterator<Item = Pos2>, fill: Color32) {
        let points = points.into_iter().collect();
        self.items.push(LayoutItem::Polygon { points, fill });
    }

    pub fn line(&mut self, from: Pos2, to: Pos2, stroke: Stroke) {
        self.items.push(LayoutItem::Line {
            points: [from, to],
            stroke,
        });
    }

    /// A line that gives way to words once all have their places.
    pub fn grid_line(&mut self, from: Pos2, to: Pos2, stroke: Stroke) {
        self.items.push(LayoutItem::GridLine {
            points: [from, to],
            stroke,
        });
    }

    pub fn circle(&mut self, center: Pos2, radius_pt: f32, fill: Color32, stroke: Stroke) {
        self.items.push(LayoutItem::Circle {
            center,
            radius_pt,
            fill,
            stroke,
        });
    }

    /// Text with its top left corner at a place. Returns its box.
    pub fn text(&mut self, at: Pos2, text: MeasuredText) -> Rect {
        self.text_rotated(at, text, false)
    }

    /// The same, read from below where it is rotated.
    pub fn text_rotated(&mut self, at: Pos2, text: MeasuredText, is_rotated: bool) -> Rect {
        let label = PlacedText {
            at,
            text,
            is_rotated,
        };
        let rect = label.rect();
        self.items.push(LayoutItem::Text(label));
        rect
    }

    /// Text in the middle of a box.
    pub fn text_centered(&mut self, within: Rect, text: MeasuredText) -> Rect {
        let at = within.center() - text.size / 2.0;
        self.text(at, text)
    }

    /// Text that begins at `x` and has its middle at `y`.
    pub fn text_vertically_centered(&mut self, x: f32, y: f32, text: MeasuredText) -> Rect {
        let at = pos2(x, y - text.size.y / 2.0);
        self.text(at, text)
    }

    /// Has a painter count its marks from here on rather than from zero.
    pub fn with_mark_offset<T>(
        &mut self,
        first: MarkId,
        paint: impl FnOnce(&mut PictureLayout) -> T,
    ) -> T {
        let before = self.hit_areas.len();
        let painted = paint(self);
        for hit_area in self.hit_areas.iter_mut().skip(before) {
            hit_area.id.0 += first.0;
        }
        painted
    }

    pub fn add_hit_area(&mut self, id: MarkId, rect: Rect) {
        self.hit_areas.push(HitArea { id, rect });
    }
}

/// Between two panels, in points.
pub(super) const PANEL_GAP_PT: f32 = space::L;

/// The place that a body gets.
#[derive(Clone, Copy)]
pub(super) struct LayoutArea {
    pub left: f32,
    pub top: f32,
    pub width: f32,
    /// Height beyond what is needed, to be used or not. Below zero where a body that can be lower
    /// should be.
    pub spare_height_pt: f32,
    /// Height to be left blank right above the marks, for the words of lines that cross them.
    pub headroom_pt: f32,
    /// Values that a scale of bars must reach besides its own: those of lines that cross it.
    pub reference_range: Option<(f64, f64)>,
    /// What it has in common with the charts next to it, where it is one of several small ones:
    /// these have one key for all.
    pub shared_scale: Option<SharedScale>,
}

/// What small charts next to each other have in common, so that equal numbers get equal lengths.
#[derive(Clone, Copy)]
pub(super) struct SharedScale {
    /// The least and the greatest value of all, zero included.
    pub range: (f64, f64),
    /// Kept free below the least and above the greatest value for open ends and numbers, in points.
    pub padding_before_pt: f32,
    pub padding_after_pt: f32,
    /// Whether columns stand up.
    pub is_vertical: bool,
}

impl LayoutArea {
    /// A range that holds the values of lines too.
    pub fn extend_range(self, (low, high): (f64, f64)) -> (f64, f64) {
        match self.reference_range {
            Some((least, most)) => (low.min(least), high.max(most)),
            None => (low, high),
        }
    }

    /// How many panels stand next to each other, and how wide each is: as few rows as fit, and then
    /// no more columns than they need.
    pub fn panel_columns(self, count: usize, least_pt: f32, most: f32) -> (usize, f32) {
        let count = count.max(1) as f32;
        let fitting = ((self.width + PANEL_GAP_PT) / (least_pt + PANEL_GAP_PT)).floor();
        let rows = (count / fitting.clamp(1.0, most)).ceil();
        let columns = (count / rows).ceil();
        let width = (self.width - PANEL_GAP_PT * (columns - 1.0)) / columns;
        (columns as usize, width.max(1.0))
    }

    pub fn right(self) -> f32 {
        self.left + self.width
    }
}
