//! egui's shapes as a display list: which items they become, and the outlines among them.

use crate::accessibility::{Marker, PartRole, Symbol, marker_of};
use crate::fonts;
use crate::path::{FAR, Outline, PathCommand, Rgba, Rotation, StrokePaint};
use crate::scene::{DisplayItem, Primitive, Scene};
use crate::shaping::TextShaper;
use crate::snap;
use crate::textures::Textures;
use egui::emath::{GuiRounding as _, Rot2, TSTransform};
use egui::epaint::{
    BandShape, CircleShape, ClippedShape, ColorImage, ColorMode, EllipseShape, PathShape,
    PathStroke, RectShape, Shape, StrokeKind,
};
use egui::{Color32, Context, Pos2, Rect, Stroke, Vec2, pos2};
use std::collections::BTreeMap;

/// Turns shapes into items. Its methods for text and for meshes are in `text` and `mesh`.
pub(crate) struct SceneBuilder<'a> {
    pub ctx: &'a Context,
    pub textures: &'a Textures,
    pub shaper: TextShaper<'a>,
    pub pixels_per_point: f32,
    /// The clip of the shape that is translated.
    pub clip: Rect,
    /// The font's texture, once a color glyph needed it.
    pub atlas: Option<ColorImage>,
    pub missing_glyphs: BTreeMap<char, String>,
    items: Vec<DisplayItem>,
    symbols: Vec<Symbol>,
    /// The part that the next shapes belong to.
    role: Option<PartRole>,
    warnings: BTreeMap<&'static str, usize>,
}

impl Scene {
    /// Translate the shapes of a pass that some other program part ran, such as a window or a test
    /// harness. Call it before the next pass of `ctx`, whose fonts it reads.
    ///
    /// `textures` holds the images of the context; the font's own is not needed. Text is shaped
    /// once more with the faces that egui chose, since a laid out galley has no glyph ids.
    pub fn from_shapes(
        ctx: &Context,
        size_pt: Vec2,
        shapes: Vec<ClippedShape>,
        textures: &Textures,
    ) -> Scene {
        SceneBuilder::build(ctx, size_pt, shapes, textures)
    }
}

impl SceneBuilder<'_> {
    /// The scene of all `shapes`.
    pub fn build(
        ctx: &Context,
        size_pt: Vec2,
        shapes: Vec<ClippedShape>,
        textures: &Textures,
    ) -> Scene {
        let (faces, chains) = fonts::collect(ctx);
        let mut builder = SceneBuilder {
            ctx,
            textures,
            shaper: TextShaper::new(&faces, chains),
            pixels_per_point: ctx.pixels_per_point(),
            clip: Rect::NOTHING,
            atlas: None,
            items: Vec::with_capacity(shapes.len()),
            symbols: Vec::new(),
            role: None,
            missing_glyphs: BTreeMap::new(),
            warnings: BTreeMap::new(),
        };
        let screen = Rect::from_min_size(Pos2::ZERO, size_pt);
        for clipped in shapes {
            builder.clip = clipped
                .clip_rect
                .intersect(screen)
                .round_to_pixels(builder.pixels_per_point);
            // egui clips on whole pixels, and so do we, or a hairline of a neighbor would show.
            if builder.clip.is_positive() {
                builder.place(clipped.shape, clipped.transform_after_tessellation);
            }
        }
        let SceneBuilder {
            items,
            symbols,
            missing_glyphs,
            warnings,
            ..
        } = builder;
        Scene {
            size_pt,
            items,
            symbols,
            faces,
            missing_glyphs,
            warnings,
        }
    }

    /// Text keeps its transform apart, since its galley is shared; markers are no shapes, and what
    /// is left is moved in place.
    fn place(&mut self, shape: Shape, transform: TSTransform) {
        match shape {
            Shape::Noop => {}
            Shape::Vec(shapes) => {
                for shape in shapes {
                    self.place(shape, transform);
                }
            }
            Shape::Text(text) => self.text(&text, transform),
            Shape::Callback(callback) => match marker_of(&callback) {
                Some(Marker::Role(role)) => self.role = Some(*role),
                Some(Marker::Symbol(label)) => self.symbols.push(Symbol {
                    rect: callback.rect,
                    label: label.clone(),
                }),
                None => self.shape(Shape::Callback(callback)),
            },
            mut shape => {
                if transform != TSTransform::IDENTITY {
                    shape.transform(transform);
                }
                self.shape(shape);
            }
        }
    }

    pub fn warn(&mut self, what: &'static str) {
        *self.warnings.entry(what).or_default() += 1;
    }

    /// Add what covers `bounds`: nothing where it lies outside of the clip, without the clip
    /// where it lies inside.
    pub fn push(&mut self, bounds: Rect, primitive: Primitive) {
        if !self.clip.intersects(bounds) {
            return;
        }
        // Half a pixel of snapping and of antialiasing may pass the bounds.
        let clip = (!self.clip.expand(0.51).contains_rect(bounds)).then_some(self.clip);
        self.items.push(DisplayItem {
            clip,
            primitive,
            role: self.role,
            bounds,
        });
    }

    /// Add an outline, filled, stroked or both; nothing where neither shows or a number is not
    /// finite.
    pub fn outline(
        &mut self,
        outline: Outline,
        fill: Option<Rgba>,
        stroke: Option<StrokePaint>,
        rotation: Option<Rotation>,
    ) {
        let stroke = stroke.filter(|stroke| stroke.width_pt > 0.0 && stroke.width_pt <= FAR);
        let turns = rotation.map(|r| r.pivot.is_finite() && r.angle_rad.is_finite());
        if (fill.is_none() && stroke.is_none()) || turns == Some(false) {
            return;
        }
        let Some(outline) = outline.clamped() else {
            return;
        };
        let mut bounds = extent(&outline);
        if let Some(Rotation { angle_rad, pivot }) = rotation {
            bounds = bounds
                .translate(-pivot.to_vec2())
                .rotate_bb(egui::emath::Rot2::from_angle(angle_rad))
                .translate(pivot.to_vec2());
        }
        bounds = bounds.expand(stroke.map_or(0.0, |stroke| 0.5 * stroke.width_pt));
        if !bounds.is_finite() {
            return;
        }
        let outline = match outline {
            // A plain rectangle is clipped by itself: no format needs to be told.
            Outline::Rect { rect, radii }
                if stroke.is_none() && rotation.is_none() && radii == [0.0; 4] =>
            {
                let seen = rect.intersect(self.clip);
                if !seen.is_positive() {
                    return;
                }
                bounds = seen;
                Outline::plain_rect(seen)
            }
            outline => outline,
        };
        self.push(
            bounds,
            Primitive::Shape {
                outline,
                fill,
                stroke,
                rotation,
            },
        );
    }
}

/// A rectangle around an outline: exact for straight lines, around the control points for curves.
fn extent(outline: &Outline) -> Rect {
    let mut bounds = Rect::NOTHING;
    match outline {
        Outline::Rect { rect, .. } => bounds = *rect,
        Outline::Ellipse { center, radius } => {
            bounds = Rect::from_center_size(*center, *radius * 2.0);
        }
        Outline::Line([a, b]) => bounds = Rect::from_two_pos(*a, *b),
        Outline::Path(segments) => {
            for segment in segments {
                match *segment {
                    PathCommand::Move(p) | PathCommand::Line(p) => bounds.extend_with(p),
                    PathCommand::Quad(a, p) => {
                        [a, p].into_iter().for_each(|p| bounds.extend_with(p))
                    }
                    PathCommand::Cubic(a, b, p) => {
                        [a, b, p].into_iter().for_each(|p| bounds.extend_with(p))
                    }
                    PathCommand::Close => {}
                }
            }
        }
    }
    bounds
}

impl SceneBuilder<'_> {
    /// Add any shape but text and lists of shapes, which [`SceneBuilder::place`] takes apart.
    fn shape(&mut self, shape: Shape) {
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
                let segments = vec![PathCommand::Move(from), PathCommand::Quad(control, to)];
                self.curve(
                    segments,
                    curve.closed,
                    curve.fill,
                    &curve.stroke,
                    &curve.points,
                );
            }
            Shape::CubicBezier(curve) => {
                let [from, a, b, to] = curve.points;
                let segments = vec![PathCommand::Move(from), PathCommand::Cubic(a, b, to)];
                self.curve(
                    segments,
                    curve.closed,
                    curve.fill,
                    &curve.stroke,
                    &curve.points,
                );
            }
            Shape::Callback(_) => self.warn("a custom paint callback was left out"),
        }
    }

    /// A straight line: horizontal and vertical ones lie on whole pixels.
    pub(crate) fn line(&mut self, points: [Pos2; 2], stroke: Stroke) {
        let points = snap::line(points, stroke.width, self.pixels_per_point);
        self.outline(Outline::Line(points), None, stroke_paint(stroke), None);
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
        let (fill, stroke) = (Rgba::from_color32(fill), stroke_paint(stroke));
        let grown = |by: f32| Outline::Ellipse {
            center,
            radius: radius + Vec2::splat(by),
        };
        match stroke {
            Some(stroke) if stroke.color.is_opaque() => {
                self.outline(grown(0.5 * stroke.width_pt), fill, Some(stroke), rotation);
            }
            // Through a translucent stroke the fill must not show.
            _ => {
                self.outline(grown(0.0), fill, None, rotation);
                let half = stroke.map_or(0.0, |stroke| 0.5 * stroke.width_pt);
                self.outline(grown(half), None, stroke, rotation);
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
        let fill = path.closed.then(|| Rgba::from_color32(path.fill)).flatten();
        let stroke = self.path_stroke(&path.stroke, &points);
        self.outline(Outline::polyline(&points, path.closed), fill, stroke, None);
    }

    fn curve(
        &mut self,
        mut segments: Vec<PathCommand>,
        closed: bool,
        fill: Color32,
        stroke: &PathStroke,
        points: &[Pos2],
    ) {
        if closed {
            segments.push(PathCommand::Close);
        }
        let fill = closed.then(|| Rgba::from_color32(fill)).flatten();
        let stroke = self.path_stroke(stroke, points);
        self.outline(Outline::Path(segments), fill, stroke, None);
    }

    fn path_stroke(&mut self, stroke: &PathStroke, points: &[Pos2]) -> Option<StrokePaint> {
        if stroke.is_empty() {
            return None;
        }
        if stroke.kind != StrokeKind::Middle {
            self.warn("a stroke inside or outside of its path was centered on it");
        }
        let color = match &stroke.color {
            ColorMode::Solid(color) => *color,
            ColorMode::UV(color_at) => {
                self.warn("a stroke that changes its color got one color");
                let bounds = Rect::from_points(points);
                color_at(bounds, bounds.center())
            }
        };
        stroke_paint(Stroke::new(stroke.width, color))
    }

    fn band(&mut self, band: &BandShape) {
        let valid = |p: &egui::epaint::BandPoint| {
            p.x.is_finite() && p.y.min.is_finite() && p.y.max.is_finite() && p.y.min <= p.y.max
        };
        let turn = Rot2::from_angle(band.angle);
        // A gap in the data parts the band in two, as a gap in a line does.
        for run in band.points.split(|p| !valid(p)).filter(|run| run.len() > 1) {
            let lower = run.iter().map(|p| pos2(p.x, p.y.min));
            let upper = run.iter().rev().map(|p| pos2(p.x, p.y.max));
            let points: Vec<Pos2> = lower
                .chain(upper)
                .map(|p| (turn * p.to_vec2()).to_pos2())
                .collect();
            if band.stroke_kind != StrokeKind::Middle && !band.stroke.is_empty() {
                self.warn("a stroke inside or outside of its path was centered on it");
            }
            self.outline(
                Outline::polyline(&points, true),
                Rgba::from_color32(band.fill),
                stroke_paint(band.stroke),
                None,
            );
        }
    }

    fn rect(&mut self, shape: &RectShape) {
        // Infinite rectangles are common in egui; no format can hold them.
        let mut rect = Rect::from_min_max(
            shape.rect.min.max(Pos2::new(-FAR, -FAR)),
            shape.rect.max.min(Pos2::new(FAR, FAR)),
        );
        if rect.any_nan() || rect.is_negative() {
            return;
        }
        // The first case that fits wins: a soft edge has no stroke, an image no fill.
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
            self.image(brush.fill_texture_id, rect, brush.uv, fill);
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
        let (fill, stroke) = (Rgba::from_color32(fill), stroke_paint(stroke));
        let width = stroke.map_or(0.0, |stroke| stroke.width_pt);
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
        let inset = |by: f32| Outline::Rect {
            rect: outer.shrink(by),
            radii: outer_radii.map(|r| (r - by).max(0.0)),
        };
        if stroke.is_none_or(|stroke| stroke.color.is_opaque()) {
            self.outline(inset(0.5 * width), fill, stroke, rotation);
        } else {
            // Through a translucent stroke the fill must not show.
            self.outline(inset(width), fill, None, rotation);
            self.outline(inset(0.5 * width), None, stroke, rotation);
        }
    }
}

/// A stroke that shows.
fn stroke_paint(stroke: Stroke) -> Option<StrokePaint> {
    if stroke.is_empty() {
        return None;
    }
    Some(StrokePaint {
        width_pt: stroke.width,
        color: Rgba::from_color32(stroke.color)?,
    })
}
