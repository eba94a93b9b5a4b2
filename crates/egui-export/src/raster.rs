//! A scene as pixels.

use crate::error::{ExportError, check_size};
use crate::path::{Outline, PathCommand, Rgba, Rotation, StrokePaint};
use crate::scene::{GlyphRun, Primitive, SLANT, Scene};
use egui::Rect;
use std::collections::HashMap;
use tiny_skia::{
    ColorU8, FillRule, FilterQuality, LineJoin, Mask, Paint, Path, PathBuilder, Pixmap,
    PixmapPaint, Stroke, Transform,
};

/// Paint a scene on a transparent background, at `scale` pixels to the point.
///
/// # Errors
/// [`ExportError::Size`] where no picture of that size can be made.
pub(crate) fn pixmap(scene: &Scene, scale: f32) -> Result<Pixmap, ExportError> {
    let [width_px, height_px] = check_size(scene.size_pt, scale)?;
    let impossible = || ExportError::Size {
        width_px: f64::from(width_px),
        height_px: f64::from(height_px),
    };
    let mut rasterizer = Rasterizer {
        scene,
        page: Transform::from_scale(scale, scale),
        scale,
        pixmap: Pixmap::new(width_px, height_px).ok_or_else(impossible)?,
        mask: None,
        glyphs: HashMap::new(),
    };
    for (clip, items) in scene.groups() {
        rasterizer.set_clip(clip);
        for item in items {
            match &item.primitive {
                Primitive::Shape {
                    outline,
                    fill,
                    stroke,
                    rotation,
                } => rasterizer.shape(outline, *fill, *stroke, *rotation),
                Primitive::Text(run) => rasterizer.text(run),
                Primitive::Image {
                    rect,
                    rgba,
                    size_px,
                } => rasterizer.image(*rect, rgba, *size_px),
            }
        }
    }
    Ok(rasterizer.pixmap)
}

struct Rasterizer<'a> {
    scene: &'a Scene,
    page: Transform,
    scale: f32,
    pixmap: Pixmap,
    /// The mask of the current clip, and the clip that it was made for.
    mask: Option<(Rect, Mask)>,
    glyphs: HashMap<(usize, u32), Option<Path>>,
}

impl Rasterizer<'_> {
    fn set_clip(&mut self, clip: Option<Rect>) {
        let Some(clip) = clip else {
            self.mask = None;
            return;
        };
        if self.mask.as_ref().is_some_and(|(rect, _)| *rect == clip) {
            return;
        }
        let mask = Mask::new(self.pixmap.width(), self.pixmap.height());
        // A mask is as large as the page: it is made once for all items of a clip.
        self.mask = mask.zip(device_rect(clip, 1.0)).map(|(mut mask, rect)| {
            let path = PathBuilder::from_rect(rect);
            mask.fill_path(&path, FillRule::Winding, true, self.page);
            (clip, mask)
        });
    }

    fn shape(
        &mut self,
        outline: &Outline,
        fill: Option<Rgba>,
        stroke: Option<StrokePaint>,
        rotation: Option<Rotation>,
    ) {
        let mask = self.mask.as_ref().map(|(_, mask)| mask);
        if let (Outline::Rect { rect, radii }, Some(color), None, None) =
            (outline, fill, stroke, rotation)
            && *radii == [0.0; 4]
            && let Some(device) = device_rect(*rect, self.scale)
        {
            // The quick way for what charts have most of.
            let pixmap = &mut self.pixmap;
            return pixmap.fill_rect(device, &paint(color), Transform::identity(), mask);
        }
        let Some(path) = path(&outline.segments()) else {
            return;
        };
        let transform = rotation.map_or(self.page, |Rotation { angle_rad, pivot }| {
            let turn = Transform::from_rotate_at(angle_rad.to_degrees(), pivot.x, pivot.y);
            self.page.pre_concat(turn)
        });
        if let Some(color) = fill {
            let rule = FillRule::Winding;
            self.pixmap
                .fill_path(&path, &paint(color), rule, transform, mask);
        }
        if let Some(StrokePaint { width_pt, color }) = stroke {
            let stroke = Stroke {
                width: width_pt,
                line_join: match outline {
                    Outline::Path(_) => LineJoin::Round,
                    _ => LineJoin::Miter,
                },
                ..Stroke::default()
            };
            self.pixmap
                .stroke_path(&path, &paint(color), &stroke, transform, mask);
        }
    }

    fn text(&mut self, run: &GlyphRun) {
        let Some(face) = self.scene.faces.get(run.face) else {
            return;
        };
        let mask = self.mask.as_ref().map(|(_, mask)| mask);
        let turned = self
            .page
            .pre_translate(run.origin.x, run.origin.y)
            .pre_concat(Transform::from_rotate(run.angle_rad.to_degrees()));
        let em = run.size_pt / face.units_per_em;
        let slant = if run.italic { SLANT * em } else { 0.0 };
        let paint = paint(run.color);
        for glyph in &run.glyphs {
            let key = (run.face, glyph.id);
            let outline = self
                .glyphs
                .entry(key)
                .or_insert_with(|| path(&face.outline(glyph.id)));
            if let Some(outline) = outline {
                let place = Transform::from_row(em, 0.0, slant, -em, glyph.x, glyph.y);
                let transform = turned.pre_concat(place);
                self.pixmap
                    .fill_path(outline, &paint, FillRule::Winding, transform, mask);
            }
        }
    }

    fn image(&mut self, rect: Rect, rgba: &[u8], size_px: [usize; 2]) {
        let [width, height] = size_px.map(|side| u32::try_from(side).unwrap_or(0));
        let Some(mut image) = Pixmap::new(width, height) else {
            return;
        };
        for (to, from) in image.pixels_mut().iter_mut().zip(rgba.chunks_exact(4)) {
            *to = ColorU8::from_rgba(from[0], from[1], from[2], from[3]).premultiply();
        }
        let fit = self
            .page
            .pre_translate(rect.left(), rect.top())
            .pre_scale(rect.width() / width as f32, rect.height() / height as f32);
        let paint = PixmapPaint {
            quality: FilterQuality::Bilinear,
            ..PixmapPaint::default()
        };
        let mask = self.mask.as_ref().map(|(_, mask)| mask);
        self.pixmap
            .draw_pixmap(0, 0, image.as_ref(), &paint, fit, mask);
    }
}

/// A rectangle in pixels, on whole ones where it is all but there: else a rounding error of the
/// scale would blur its edge.
fn device_rect(rect: Rect, scale: f32) -> Option<tiny_skia::Rect> {
    let snug = |v: f32| {
        let v = v * scale;
        if (v - v.round()).abs() < 1e-2 {
            v.round()
        } else {
            v
        }
    };
    tiny_skia::Rect::from_ltrb(
        snug(rect.left()),
        snug(rect.top()),
        snug(rect.right()),
        snug(rect.bottom()),
    )
}

fn paint(color: Rgba) -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color_rgba8(color.r, color.g, color.b, color.a);
    paint
}

fn path(segments: &[PathCommand]) -> Option<Path> {
    let mut builder = PathBuilder::new();
    for segment in segments {
        match *segment {
            PathCommand::Move(p) => builder.move_to(p.x, p.y),
            PathCommand::Line(p) => builder.line_to(p.x, p.y),
            PathCommand::Quad(a, p) => builder.quad_to(a.x, a.y, p.x, p.y),
            PathCommand::Cubic(a, b, p) => builder.cubic_to(a.x, a.y, b.x, b.y, p.x, p.y),
            PathCommand::Close => builder.close(),
        }
    }
    builder.finish()
}
