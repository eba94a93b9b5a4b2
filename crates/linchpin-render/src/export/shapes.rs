//! egui's shapes, but for text and meshes, as outlines.

use super::geom::{FAR, Geom, Ink, Pen, Rotation, Seg};
use super::scene::Builder;
use super::snap;
use egui::emath::Rot2;
use egui::epaint::{
    BandShape, CircleShape, ColorMode, EllipseShape, PathShape, PathStroke, RectShape, Shape,
    StrokeKind,
};
use egui::{Color32, Pos2, Rect, Stroke, Vec2, pos2};

impl Builder<'_> {
    /// Add any shape but text and lists of shapes, which the caller has taken apart.
    pub(super) fn shape(&mut self, shape: Shape) {
        match shape {
            Shape::Noop | Shape::Vec(_) | Shape::Text(_) => {}
            Shape::Circle(CircleShape {
                center,
                radius,
                fill,
                stroke,
            }) => self.ellipse(center, Vec2::splat(radius), fill, stroke, 0.0),
            Shape::Ellipse(EllipseShape {
                center,
                radius,
                fill,
                stroke,
                angle,
            }) => self.ellipse(center, radius, fill, stroke, angle),
            Shape::LineSegment { points, stroke } => self.line(points, stroke),
            Shape::Path(path) => self.path(&path),
            Shape::Band(band) => self.band(&band),
            Shape::Rect(rect) => self.rect(&rect),
            Shape::Mesh(mesh) => self.mesh(&mesh),
            Shape::QuadraticBezier(curve) => {
                let [from, control, to] = curve.points;
                let segs = vec![Seg::Move(from), Seg::Quad(control, to)];
                self.curve(segs, curve.closed, curve.fill, &curve.stroke, &curve.points);
            }
            Shape::CubicBezier(curve) => {
                let [from, a, b, to] = curve.points;
                let segs = vec![Seg::Move(from), Seg::Cubic(a, b, to)];
                self.curve(segs, curve.closed, curve.fill, &curve.stroke, &curve.points);
            }
            Shape::Callback(_) => self.warn("a custom paint callback was left out"),
        }
    }

    /// A line of its own: level and upright ones lie on whole pixels.
    pub(super) fn line(&mut self, points: [Pos2; 2], stroke: Stroke) {
        let points = snap::line(points, stroke.width, self.pixels_per_point);
        self.outline(Geom::Line(points), None, pen(stroke), None);
    }

    /// egui strokes circles and ellipses on their outside.
    fn ellipse(&mut self, center: Pos2, radius: Vec2, fill: Color32, stroke: Stroke, angle: f32) {
        if radius.x <= 0.0 || radius.y <= 0.0 {
            return;
        }
        let rotation = (angle != 0.0).then_some(Rotation {
            angle_rad: angle,
            pivot: center,
        });
        let (fill, pen) = (Ink::visible(fill), pen(stroke));
        let grown = |by: f32| Geom::Ellipse {
            center,
            radius: radius + Vec2::splat(by),
        };
        match pen {
            Some(pen) if pen.ink.is_opaque() => {
                self.outline(grown(0.5 * pen.width_pt), fill, Some(pen), rotation);
            }
            // Through a translucent stroke the fill must not show.
            _ => {
                self.outline(grown(0.0), fill, None, rotation);
                let half = pen.map_or(0.0, |pen| 0.5 * pen.width_pt);
                self.outline(grown(half), None, pen, rotation);
            }
        }
    }

    fn path(&mut self, path: &PathShape) {
        let points: Vec<Pos2> = path
            .points
            .iter()
            .copied()
            .filter(|p| p.is_finite())
            .collect();
        if points.len() < 2 {
            return;
        }
        let fill = path.closed.then(|| Ink::visible(path.fill)).flatten();
        let pen = self.path_pen(&path.stroke, &points);
        self.outline(Geom::polyline(&points, path.closed), fill, pen, None);
    }

    fn curve(
        &mut self,
        mut segs: Vec<Seg>,
        closed: bool,
        fill: Color32,
        stroke: &PathStroke,
        points: &[Pos2],
    ) {
        if closed {
            segs.push(Seg::Close);
        }
        let fill = closed.then(|| Ink::visible(fill)).flatten();
        let pen = self.path_pen(stroke, points);
        self.outline(Geom::Path(segs), fill, pen, None);
    }

    fn path_pen(&mut self, stroke: &PathStroke, points: &[Pos2]) -> Option<Pen> {
        if stroke.is_empty() {
            return None;
        }
        if stroke.kind != StrokeKind::Middle {
            self.warn("a stroke beside its path was centered on it");
        }
        let color = match &stroke.color {
            ColorMode::Solid(color) => *color,
            ColorMode::UV(color_at) => {
                self.warn("a stroke that changes its color got one color");
                let bounds = Rect::from_points(points);
                color_at(bounds, bounds.center())
            }
        };
        pen(Stroke::new(stroke.width, color))
    }

    fn band(&mut self, band: &BandShape) {
        let valid = |p: &egui::epaint::BandPoint| {
            p.x.is_finite() && p.y.min.is_finite() && p.y.max.is_finite() && p.y.min <= p.y.max
        };
        let turn = Rot2::from_angle(band.angle);
        for run in band.points.split(|p| !valid(p)).filter(|run| run.len() > 1) {
            let lower = run.iter().map(|p| pos2(p.x, p.y.min));
            let upper = run.iter().rev().map(|p| pos2(p.x, p.y.max));
            let points: Vec<Pos2> = lower
                .chain(upper)
                .map(|p| (turn * p.to_vec2()).to_pos2())
                .collect();
            if band.stroke_kind != StrokeKind::Middle && !band.stroke.is_empty() {
                self.warn("a stroke beside its path was centered on it");
            }
            self.outline(
                Geom::polyline(&points, true),
                Ink::visible(band.fill),
                pen(band.stroke),
                None,
            );
        }
    }

    fn rect(&mut self, shape: &RectShape) {
        // Rectangles without an end are common; no format can hold them.
        let mut rect = Rect::from_min_max(
            shape.rect.min.max(Pos2::new(-FAR, -FAR)),
            shape.rect.max.min(Pos2::new(FAR, FAR)),
        );
        if rect.any_nan() || rect.is_negative() {
            return;
        }
        let (mut fill, mut stroke, kind) = (shape.fill, shape.stroke, shape.stroke_kind);
        let width = if stroke.is_empty() { 0.0 } else { stroke.width };
        let reach = match kind {
            StrokeKind::Inside => 0.0,
            StrokeKind::Middle => 0.5 * width,
            StrokeKind::Outside => width,
        };
        if shape.blur_width > 0.0 {
            return self.soft_rect(rect, shape.corner_radius, shape.blur_width, fill);
        }
        if let Some(brush) = &shape.brush
            && brush.uv != Rect::ZERO
        {
            self.picture(brush.fill_texture_id, rect, brush.uv, fill);
            fill = Color32::TRANSPARENT;
        } else if width > 0.0 && rect.expand(reach).size().min_elem() <= 2.0 * width {
            // Nothing is left between the strokes.
            (rect, fill, stroke) = (rect.expand(reach), stroke.color, Stroke::NONE);
        }
        if shape.angle == 0.0 && stroke.is_empty() {
            // Thin rectangles are lines to egui, so that they keep their weight.
            let thin = 2.0 / self.pixels_per_point;
            if rect.width() <= thin {
                let points = [rect.center_top(), rect.center_bottom()];
                return self.line(points, Stroke::new(rect.width(), fill));
            }
            if rect.height() <= thin {
                let points = [rect.left_center(), rect.right_center()];
                return self.line(points, Stroke::new(rect.height(), fill));
            }
        }
        self.plain_rect(shape, rect, fill, stroke);
    }

    /// A rectangle with its fill inside of its stroke.
    fn plain_rect(&mut self, shape: &RectShape, mut rect: Rect, fill: Color32, stroke: Stroke) {
        let (fill, pen) = (Ink::visible(fill), pen(stroke));
        let width = pen.map_or(0.0, |pen| pen.width_pt);
        if shape.angle == 0.0 && shape.round_to_pixels != Some(false) {
            rect = match shape.stroke_kind {
                StrokeKind::Middle if width > 0.0 => {
                    snap::stroked(rect, width, self.pixels_per_point)
                }
                _ => snap::edges(rect),
            };
        }
        let reach = match shape.stroke_kind {
            StrokeKind::Inside => 0.0,
            StrokeKind::Middle => 0.5 * width,
            StrokeKind::Outside => width,
        };
        let outer = rect.expand(reach);
        let corners = shape.corner_radius;
        let outer_radii = [corners.nw, corners.ne, corners.se, corners.sw].map(|r| match r {
            0 => 0.0,
            r => (f32::from(r) + reach).max(width),
        });
        let rotation = (shape.angle != 0.0).then_some(Rotation {
            angle_rad: shape.angle,
            pivot: rect.center(),
        });
        let inset = |by: f32| Geom::Rect {
            rect: outer.shrink(by),
            radii: outer_radii.map(|r| (r - by).max(0.0)),
        };
        if pen.is_none_or(|pen| pen.ink.is_opaque()) {
            self.outline(inset(0.5 * width), fill, pen, rotation);
        } else {
            // Through a translucent stroke the fill must not show.
            self.outline(inset(width), fill, None, rotation);
            self.outline(inset(0.5 * width), None, pen, rotation);
        }
    }
}

fn pen(stroke: Stroke) -> Option<Pen> {
    if stroke.is_empty() {
        return None;
    }
    Some(Pen {
        width_pt: stroke.width,
        ink: Ink::visible(stroke.color)?,
    })
}
