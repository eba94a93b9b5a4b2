//! Meshes and images: outlines where a mesh has one color, pixels where it has several.

use crate::builder::SceneBuilder;
use crate::path::{Outline, PathCommand, Rgba};
use crate::scene::Primitive;
use crate::textures::crop;
use egui::epaint::{ColorImage, CornerRadius, Mesh, Vertex, WHITE_UV};
use egui::{Color32, Pos2, Rect, TextureId, Vec2, pos2, vec2};

/// How many pixels stand for a point where a mesh has to become an image.
const DENSITY: f32 = 3.0;
/// The most pixels such an image may have a side.
const MAX_SIDE: f32 = 2_048.0;

impl SceneBuilder<'_> {
    pub(crate) fn mesh(&mut self, mesh: &Mesh) {
        if !mesh.is_valid() || mesh.vertices.iter().any(|v| !v.pos.is_finite()) {
            return;
        }
        let textured = mesh.vertices.iter().any(|v| v.uv != WHITE_UV);
        let Some(first) = mesh.vertices.first() else {
            return;
        };
        let one_color = mesh.vertices.iter().all(|v| v.color == first.color);
        if one_color && !textured {
            let segments = triangles(mesh).flat_map(outline_of).collect();
            return self.outline(
                Outline::Path(segments),
                Rgba::from_color32(first.color),
                None,
                None,
            );
        }
        if one_color && let Some((rect, uv)) = image_quad(mesh) {
            return self.image(mesh.texture_id, rect, uv, first.color);
        }
        self.warn("a mesh of several colors became pixels");
        let texture = if textured {
            self.textures.get(mesh.texture_id)
        } else {
            None
        };
        // A point more than is seen, so that the edge of the image is not smoothed into view.
        let bounds = mesh.calc_bounds().intersect(self.clip.expand(1.0));
        let image = paint_pixels(bounds, |buffer| {
            for corners in triangles(mesh) {
                buffer.triangle(corners, texture);
            }
        });
        self.pixels(image);
    }

    /// A rectangle of a texture.
    pub(crate) fn image(&mut self, id: TextureId, rect: Rect, uv: Rect, tint: Color32) {
        let Some(texture) = self.textures.get(id) else {
            return self.warn("an image whose texture is not known was left out");
        };
        let texel =
            |v: f32, side: usize| (v * side as f32).round().clamp(0.0, side as f32) as usize;
        let [width, height] = texture.size;
        let (rgba, size_px) = crop(
            texture,
            [texel(uv.min.x, width), texel(uv.min.y, height)],
            [texel(uv.max.x, width), texel(uv.max.y, height)],
            tint,
        );
        if rgba.is_empty() || !rect.is_positive() {
            return self.warn("an image turned around or of no size was left out");
        }
        let image = Primitive::Image {
            rect,
            rgba,
            size_px,
        };
        self.push(rect, image);
    }

    /// A rectangle with a soft edge of `blur_pt`, such as a shadow.
    pub(crate) fn soft_rect(
        &mut self,
        rect: Rect,
        corners: CornerRadius,
        blur_pt: f32,
        color: Color32,
    ) {
        if Rgba::from_color32(color).is_none() {
            return;
        }
        self.warn("a soft edge became pixels");
        let blur_pt = blur_pt.min(rect.size().min_elem()).max(0.01);
        let radius = f32::from(corners.nw.max(corners.se)) + 0.5 * blur_pt;
        // The distance to a rounded rectangle, as a shader computes it: from an inner rectangle
        // that is smaller by the radius on each side.
        let inner = 0.5 * rect.size() - Vec2::splat(radius.min(0.5 * rect.size().min_elem()));
        let radius = (0.5 * rect.size() - inner).min_elem();
        let bounds = rect.expand(0.5 * blur_pt).intersect(self.clip.expand(1.0));
        let image = paint_pixels(bounds, |buffer| {
            buffer.each(|at| {
                let q = (at - rect.center()).abs() - inner;
                let outside = q.max(Vec2::ZERO).length() + q.max_elem().min(0.0) - radius;
                let share = (0.5 - outside / blur_pt).clamp(0.0, 1.0);
                color.gamma_multiply(share)
            });
        });
        self.pixels(image);
    }

    fn pixels(&mut self, image: Option<PixelBuffer>) {
        if let Some(buffer) = image {
            let image = Primitive::Image {
                rect: buffer.rect,
                rgba: buffer
                    .pixels
                    .iter()
                    .flat_map(|p| p.to_srgba_unmultiplied())
                    .collect(),
                size_px: buffer.size_px,
            };
            self.push(buffer.rect, image);
        }
    }
}

fn triangles(mesh: &Mesh) -> impl Iterator<Item = [Vertex; 3]> + '_ {
    mesh.indices.chunks_exact(3).filter_map(|t| {
        let vertex = |i: u32| mesh.vertices.get(i as usize).copied();
        Some([vertex(t[0])?, vertex(t[1])?, vertex(t[2])?])
    })
}

/// Twice the signed area of a triangle.
fn area(a: Pos2, b: Pos2, c: Pos2) -> f32 {
    (b - a).x * (c - a).y - (b - a).y * (c - a).x
}

/// A triangle as a path, always turning the same way: so no seam shows between neighbors.
fn outline_of([a, b, c]: [Vertex; 3]) -> Vec<PathCommand> {
    let area = area(a.pos, b.pos, c.pos);
    let (b, c) = if area < 0.0 { (c, b) } else { (b, c) };
    if area == 0.0 {
        return Vec::new();
    }
    vec![
        PathCommand::Move(a.pos),
        PathCommand::Line(b.pos),
        PathCommand::Line(c.pos),
        PathCommand::Close,
    ]
}

/// Where on the page and where in the texture, if a mesh is one upright rectangle of a texture.
fn image_quad(mesh: &Mesh) -> Option<(Rect, Rect)> {
    if mesh.vertices.len() != 4 {
        return None;
    }
    let rect = mesh.calc_bounds();
    let mut uv = Rect::NOTHING;
    mesh.vertices.iter().for_each(|v| uv.extend_with(v.uv));
    let matches = |v: &Vertex| {
        let x = (v.pos.x == rect.min.x && v.uv.x == uv.min.x)
            || (v.pos.x == rect.max.x && v.uv.x == uv.max.x);
        let y = (v.pos.y == rect.min.y && v.uv.y == uv.min.y)
            || (v.pos.y == rect.max.y && v.uv.y == uv.max.y);
        x && y
    };
    mesh.vertices.iter().all(matches).then_some((rect, uv))
}

/// A small image that stands for a part of the page.
struct PixelBuffer {
    rect: Rect,
    size_px: [usize; 2],
    pixels: Vec<Color32>,
}

fn paint_pixels(bounds: Rect, paint: impl FnOnce(&mut PixelBuffer)) -> Option<PixelBuffer> {
    if !bounds.is_finite() || !bounds.is_positive() {
        return None;
    }
    let side = |pt: f32| (pt * DENSITY).ceil().clamp(1.0, MAX_SIDE) as usize;
    let size_px = [side(bounds.width()), side(bounds.height())];
    let mut buffer = PixelBuffer {
        rect: bounds,
        size_px,
        pixels: vec![Color32::TRANSPARENT; size_px[0] * size_px[1]],
    };
    paint(&mut buffer);
    Some(buffer)
}

impl PixelBuffer {
    /// The color of every pixel from its place on the page.
    fn each(&mut self, color_at: impl Fn(Pos2) -> Color32) {
        let [width, height] = self.size_px;
        let step = self.rect.size() / vec2(width as f32, height as f32);
        for (i, pixel) in self.pixels.iter_mut().enumerate() {
            let at = vec2((i % width) as f32 + 0.5, (i / width) as f32 + 0.5);
            *pixel = color_at(self.rect.min + at * step);
        }
    }

    /// Fill a triangle, its colors running from corner to corner.
    fn triangle(&mut self, corners: [Vertex; 3], texture: Option<&ColorImage>) {
        let [width, height] = self.size_px;
        let per_pt = vec2(width as f32, height as f32) / self.rect.size();
        let [a, b, c] = corners.map(|v| ((v.pos - self.rect.min) * per_pt).to_pos2());
        let whole = area(a, b, c);
        if whole.abs() < 1e-6 {
            return;
        }
        let span = |low: f32, high: f32, side: usize| {
            (low.floor().max(0.0) as usize)..(high.ceil().max(0.0) as usize).min(side)
        };
        let bounds = Rect::from_points(&[a, b, c]);
        for y in span(bounds.min.y, bounds.max.y, height) {
            for x in span(bounds.min.x, bounds.max.x, width) {
                let at = pos2(x as f32 + 0.5, y as f32 + 0.5);
                let shares = [area(at, b, c), area(at, c, a), area(at, a, b)].map(|s| s / whole);
                // A little outside counts: a pixel on the seam of two triangles must not be missed
                // by both.
                if shares.iter().any(|share| *share < -1e-4) {
                    continue;
                }
                let color = mix(corners, shares, texture);
                let pixel = &mut self.pixels[y * width + x];
                *pixel = pixel.blend(color);
            }
        }
    }
}

/// The color inside of a triangle, `shares` of the way to each corner.
fn mix(corners: [Vertex; 3], shares: [f32; 3], texture: Option<&ColorImage>) -> Color32 {
    let mut sum = [0.0_f32; 4];
    let mut uv = Vec2::ZERO;
    for (corner, share) in corners.iter().zip(shares) {
        for (sum, channel) in sum.iter_mut().zip(corner.color.to_array()) {
            *sum += f32::from(channel) * share;
        }
        uv += corner.uv.to_vec2() * share;
    }
    let [r, g, b, a] = sum.map(|v| v.round().clamp(0.0, 255.0) as u8);
    let color = Color32::from_rgba_premultiplied(r, g, b, a);
    let texel = texture.and_then(|image| {
        let [width, height] = image.size;
        let at =
            |v: f32, side: usize| ((v * side as f32).max(0.0) as usize).min(side.saturating_sub(1));
        image
            .pixels
            .get(at(uv.y, height) * width + at(uv.x, width))
            .copied()
    });
    texel.map_or(color, |texel| color * texel)
}
