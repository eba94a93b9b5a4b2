//! What is done to a scene as a whole: another size, a ground, greys.

use super::geom::{Geom, Ink, Pen, Rotation, Seg};
use super::scene::{Glyph, Mark, Node, Scene, TextRun};
use crate::paint::Part;
use egui::{Pos2, Rect, Vec2};

/// A printed point, a 72nd of an inch, in points of the layout.
const PRINTED_PT: f32 = 96.0 / 72.0;

impl Scene {
    /// The same picture, `by` times as large.
    pub(super) fn zoomed(&mut self, by: f32) {
        if by == 1.0 {
            return;
        }
        self.size_pt *= by;
        for spot in &mut self.spots {
            spot.rect = rect(spot.rect, by);
        }
        for node in &mut self.nodes {
            node.clip = node.clip.map(|clip| rect(clip, by));
            node.bounds = rect(node.bounds, by);
            match &mut node.mark {
                Mark::Shape {
                    geom,
                    pen,
                    rotation,
                    ..
                } => {
                    zoom(geom, by);
                    if let Some(Pen { width_pt, .. }) = pen {
                        *width_pt *= by;
                    }
                    if let Some(Rotation { pivot, .. }) = rotation {
                        *pivot = at(*pivot, by);
                    }
                }
                Mark::Text(run) => text(run, by),
                Mark::Image { rect: place, .. } => *place = rect(*place, by),
            }
        }
    }

    /// Put a ground under all of it.
    pub(super) fn grounded(&mut self, ink: Ink) {
        // A little beyond the edge, so that the last row of pixels is filled where it is not quite
        // covered.
        let whole = Rect::from_min_size(Pos2::ZERO, self.size_pt + Vec2::splat(1.0));
        let mark = Mark::Shape {
            geom: Geom::plain_rect(whole),
            fill: Some(ink),
            pen: None,
            rotation: None,
        };
        let node = Node {
            clip: None,
            mark,
            part: Some(Part::Ground),
            bounds: whole,
        };
        self.nodes.insert(0, node);
    }

    /// Every color as the grey that is as light.
    pub(super) fn greyed(&mut self) {
        for node in &mut self.nodes {
            match &mut node.mark {
                Mark::Shape { fill, pen, .. } => {
                    *fill = fill.map(Ink::grey);
                    *pen = pen.map(|pen| Pen {
                        ink: pen.ink.grey(),
                        ..pen
                    });
                }
                Mark::Text(run) => run.ink = run.ink.grey(),
                Mark::Image { rgba, .. } => {
                    for pixel in rgba.chunks_exact_mut(4) {
                        let [r, g, b, a] = [pixel[0], pixel[1], pixel[2], pixel[3]];
                        let grey = Ink { r, g, b, a }.grey();
                        pixel[..3].fill(grey.r);
                    }
                }
            }
        }
    }

    /// The size of the smallest letters, in printed points (72 to the inch); `None` where there is
    /// no text.
    pub fn smallest_type(&self) -> Option<f32> {
        let sizes = self.nodes.iter().filter_map(|node| match &node.mark {
            Mark::Text(run) => Some(run.size_pt / PRINTED_PT),
            _ => None,
        });
        sizes.min_by(f32::total_cmp)
    }
}

impl Ink {
    /// The grey of the same luminance (WCAG 2).
    pub(super) fn grey(self) -> Ink {
        if self.is_grey() {
            return self;
        }
        let linear = |c: u8| f64::from(egui::ecolor::linear_f32_from_gamma_u8(c));
        let light = 0.2126 * linear(self.r) + 0.7152 * linear(self.g) + 0.0722 * linear(self.b);
        let grey = egui::ecolor::gamma_u8_from_linear_f32(light as f32);
        Ink {
            r: grey,
            g: grey,
            b: grey,
            a: self.a,
        }
    }

    /// Whether it has no hue.
    pub(super) fn is_grey(self) -> bool {
        self.r == self.g && self.g == self.b
    }
}

fn at(p: Pos2, by: f32) -> Pos2 {
    (p.to_vec2() * by).to_pos2()
}

fn rect(r: Rect, by: f32) -> Rect {
    Rect::from_min_max(at(r.min, by), at(r.max, by))
}

fn zoom(geom: &mut Geom, by: f32) {
    match geom {
        Geom::Rect { rect: r, radii } => {
            *r = rect(*r, by);
            radii.iter_mut().for_each(|radius| *radius *= by);
        }
        Geom::Ellipse { center, radius } => {
            *center = at(*center, by);
            *radius *= by;
        }
        Geom::Line(points) => *points = points.map(|p| at(p, by)),
        Geom::Path(segs) => {
            for seg in segs {
                *seg = match *seg {
                    Seg::Move(p) => Seg::Move(at(p, by)),
                    Seg::Line(p) => Seg::Line(at(p, by)),
                    Seg::Quad(a, p) => Seg::Quad(at(a, by), at(p, by)),
                    Seg::Cubic(a, b, p) => Seg::Cubic(at(a, by), at(b, by), at(p, by)),
                    Seg::Close => Seg::Close,
                };
            }
        }
    }
}

fn text(run: &mut TextRun, by: f32) {
    run.size_pt *= by;
    run.width_pt *= by;
    run.origin = at(run.origin, by);
    for Glyph {
        x, y, advance_pt, ..
    } in &mut run.glyphs
    {
        *x *= by;
        *y *= by;
        *advance_pt *= by;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grey_is_as_light_as_its_color() {
        let grey = |r, g, b| Ink { r, g, b, a: 255 }.grey();
        assert_eq!(grey(255, 255, 255).r, 255);
        assert_eq!(grey(0, 0, 0).r, 0);
        assert_eq!(grey(7, 7, 7).r, 7);
        // Green is light, blue is dark.
        let (red, green, blue) = (grey(255, 0, 0), grey(0, 255, 0), grey(0, 0, 255));
        assert_eq!([red.r, green.r, blue.r], [127, 220, 76]);
        assert!(red.is_grey() && green.is_grey() && blue.is_grey());
    }
}
