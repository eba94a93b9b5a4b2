//! A scene as pixels.

use super::geom::{Geom, Ink, Pen, Rotation, Seg};
use super::scene::{Mark, Scene, TextRun};
use super::text::SLANT;
use super::{ExportError, check_size};
use egui::Rect;
use std::collections::HashMap;
use tiny_skia::{
    ColorU8, FillRule, FilterQuality, LineJoin, Mask, Paint, Path, PathBuilder, Pixmap,
    PixmapPaint, Stroke, Transform,
};

/// Paint a scene on a transparent ground, at `scale` pixels to the point.
///
/// # Errors
/// [`ExportError::Size`] where no picture of that size can be made.
pub(super) fn pixmap(scene: &Scene, scale: f32) -> Result<Pixmap, ExportError> {
    let [width_px, height_px] = check_size(scene.size_pt, scale)?;
    let impossible = || ExportError::Size {
        width_px: f64::from(width_px),
        height_px: f64::from(height_px),
    };
    let mut brush = Brush {
        scene,
        page: Transform::from_scale(scale, scale),
        scale,
        pixmap: Pixmap::new(width_px, height_px).ok_or_else(impossible)?,
        mask: None,
        glyphs: HashMap::new(),
    };
    for (clip, nodes) in scene.groups() {
        brush.set_clip(clip);
        for node in nodes {
            match &node.mark {
                Mark::Shape {
                    geom,
                    fill,
                    pen,
                    rotation,
                } => brush.shape(geom, *fill, *pen, *rotation),
                Mark::Text(run) => brush.text(run),
                Mark::Image {
                    rect,
                    rgba,
                    size_px,
                } => brush.image(*rect, rgba, *size_px),
            }
        }
    }
    Ok(brush.pixmap)
}

struct Brush<'a> {
    scene: &'a Scene,
    page: Transform,
    scale: f32,
    pixmap: Pixmap,
    /// The mask of the clip at hand, and the clip that it was made for.
    mask: Option<(Rect, Mask)>,
    glyphs: HashMap<(usize, u32), Option<Path>>,
}

impl Brush<'_> {
    fn set_clip(&mut self, clip: Option<Rect>) {
        let Some(clip) = clip else {
            self.mask = None;
            return;
        };
        if self.mask.as_ref().is_some_and(|(rect, _)| *rect == clip) {
            return;
        }
        let mask = Mask::new(self.pixmap.width(), self.pixmap.height());
        self.mask = mask.zip(device_rect(clip, 1.0)).map(|(mut mask, rect)| {
            let path = PathBuilder::from_rect(rect);
            mask.fill_path(&path, FillRule::Winding, true, self.page);
            (clip, mask)
        });
    }

    fn shape(
        &mut self,
        geom: &Geom,
        fill: Option<Ink>,
        pen: Option<Pen>,
        rotation: Option<Rotation>,
    ) {
        let mask = self.mask.as_ref().map(|(_, mask)| mask);
        if let (Geom::Rect { rect, radii }, Some(ink), None, None) = (geom, fill, pen, rotation)
            && *radii == [0.0; 4]
            && let Some(device) = device_rect(*rect, self.scale)
        {
            // The quick way for what charts have most of.
            let pixmap = &mut self.pixmap;
            return pixmap.fill_rect(device, &paint(ink), Transform::identity(), mask);
        }
        let Some(path) = path(&geom.segs()) else {
            return;
        };
        let transform = rotation.map_or(self.page, |Rotation { angle_rad, pivot }| {
            let turn = Transform::from_rotate_at(angle_rad.to_degrees(), pivot.x, pivot.y);
            self.page.pre_concat(turn)
        });
        if let Some(ink) = fill {
            let rule = FillRule::Winding;
            self.pixmap
                .fill_path(&path, &paint(ink), rule, transform, mask);
        }
        if let Some(pen) = pen {
            let stroke = Stroke {
                width: pen.width_pt,
                line_join: match geom {
                    Geom::Path(_) => LineJoin::Round,
                    _ => LineJoin::Miter,
                },
                ..Stroke::default()
            };
            self.pixmap
                .stroke_path(&path, &paint(pen.ink), &stroke, transform, mask);
        }
    }

    fn text(&mut self, run: &TextRun) {
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
        let paint = paint(run.ink);
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

/// A rectangle in pixels, on whole ones where it is all but there.
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

fn paint(ink: Ink) -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color_rgba8(ink.r, ink.g, ink.b, ink.a);
    paint
}

fn path(segs: &[Seg]) -> Option<Path> {
    let mut builder = PathBuilder::new();
    for seg in segs {
        match *seg {
            Seg::Move(p) => builder.move_to(p.x, p.y),
            Seg::Line(p) => builder.line_to(p.x, p.y),
            Seg::Quad(a, p) => builder.quad_to(a.x, a.y, p.x, p.y),
            Seg::Cubic(a, b, p) => builder.cubic_to(a.x, a.y, b.x, b.y, p.x, p.y),
            Seg::Close => builder.close(),
        }
    }
    builder.finish()
}
