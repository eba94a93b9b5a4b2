//! The display list between egui's shapes and the file formats.

use crate::accessibility::{PartRole, Symbol};
use crate::error::ExportError;
use crate::fonts::FontFace;
use crate::path::{Outline, PathCommand, Rgba, Rotation, StrokePaint};
use egui::{Pos2, Rect, Vec2};
use std::collections::BTreeMap;
use std::ops::Range;

/// A printed point, a 72nd of an inch, in points of egui (96ths of an inch).
const PRINTED_PT: f32 = 96.0 / 72.0;

/// A picture as a display list: what to draw, in painting order, and the fonts of its text.
///
/// Lengths are points of egui, which the file formats take for 96ths of an inch: a pixel of CSS.
/// The origin is at the top left; y grows downward.
#[derive(Clone, Debug)]
pub struct Scene {
    /// Width and height in points.
    pub size_pt: Vec2,
    /// What is drawn, the lowest first.
    pub items: Vec<DisplayItem>,
    /// Places with words for screen readers, in reading order: see
    /// [`add_symbols`](crate::add_symbols).
    pub symbols: Vec<Symbol>,
    /// Every font face that text could use; glyph runs name theirs by index.
    pub faces: Vec<FontFace>,
    /// Characters that no font has, each with a text that holds it. A box is drawn in their place.
    pub missing_glyphs: BTreeMap<char, String>,
    /// What could not be drawn as egui draws it, in words, with how often it happened.
    pub warnings: BTreeMap<&'static str, usize>,
}

/// Something that is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct DisplayItem {
    /// The rectangle outside of which it is not seen, in points; `None` where all of it is seen.
    pub clip: Option<Rect>,
    /// What is drawn.
    pub primitive: Primitive,
    /// The part of the picture to which it belongs; `None` where the program names no parts.
    pub role: Option<PartRole>,
    /// Around all that it draws, in points, the clip aside.
    pub bounds: Rect,
}

/// A shape, a text or an image. Coordinates are points from the top left.
#[derive(Clone, Debug, PartialEq)]
pub enum Primitive {
    /// An outline, filled, stroked or both.
    Shape {
        /// Where its edge is.
        outline: Outline,
        /// The color inside; `None`: not filled.
        fill: Option<Rgba>,
        /// How the edge is painted; `None`: not at all.
        stroke: Option<StrokePaint>,
        /// How the outline is turned.
        rotation: Option<Rotation>,
    },
    /// A line of text, or a part of one.
    Text(GlyphRun),
    /// Pixels, stretched to a rectangle.
    Image {
        /// Where it is.
        rect: Rect,
        /// Straight (not premultiplied) RGBA, row by row, four bytes to the pixel.
        rgba: Vec<u8>,
        /// Pixels across and down.
        size_px: [usize; 2],
    },
}

/// Text of one face, size and color in one line.
#[derive(Clone, Debug, PartialEq)]
pub struct GlyphRun {
    /// Index into [`Scene::faces`].
    pub face: usize,
    /// The size of the font (its em) in points.
    pub size_pt: f32,
    /// The color of the text.
    pub color: Rgba,
    /// Where the baseline begins, and the pivot of `angle_rad`.
    pub origin: Pos2,
    /// Clockwise, in radians.
    pub angle_rad: f32,
    /// Slanted by [`SLANT`].
    pub italic: bool,
    /// Whether it is read from right to left. Its glyphs stand from left to right all the same.
    pub is_rtl: bool,
    /// The characters, in reading order.
    pub text: String,
    /// The glyphs, from left to right.
    pub glyphs: Vec<Glyph>,
    /// The advance of the whole run, in points.
    pub width_pt: f32,
}

/// How far a point above the baseline leans to the right in italic text, for each point of height:
/// egui slants its upright fonts.
pub const SLANT: f32 = 0.25;

/// A shaped glyph of a [`GlyphRun`].
#[derive(Clone, Debug, PartialEq)]
pub struct Glyph {
    /// Its number in the font; 0 is the box for a missing character.
    pub id: u32,
    /// From the run's origin along the baseline, in points, before the run is turned.
    pub x: f32,
    /// From the run's origin down from the baseline, in points, before the run is turned.
    pub y: f32,
    /// From this glyph to the place of the next one, in points.
    pub advance_pt: f32,
    /// The bytes of [`GlyphRun::text`] that it shows.
    pub range: Range<usize>,
}

/// The largest number that a sound scene holds: far beyond every page, and small enough to be
/// multiplied.
const MAX_NUMBER: f32 = 1e9;

impl DisplayItem {
    /// Whether all its numbers can be drawn. Those of a recorded scene can; anybody may change
    /// them afterwards, and krilla panics on NaN.
    pub(crate) fn is_sound(&self) -> bool {
        let is_sound = |value: f32| value.abs() <= MAX_NUMBER;
        let is_place = |p: Pos2| is_sound(p.x) && is_sound(p.y);
        let is_rect = |rect: Rect| is_place(rect.min) && is_place(rect.max);
        self.clip.is_none_or(is_rect)
            && match &self.primitive {
                Primitive::Shape {
                    outline,
                    stroke,
                    rotation,
                    ..
                } => {
                    let points = outline.segments();
                    points.iter().flat_map(PathCommand::points).all(is_place)
                        && stroke.is_none_or(|stroke| is_sound(stroke.width_pt))
                        && rotation.is_none_or(|r| is_sound(r.angle_rad) && is_place(r.pivot))
                }
                Primitive::Text(run) => {
                    run.size_pt > 0.0
                        && [run.size_pt, run.angle_rad, run.width_pt]
                            .into_iter()
                            .all(is_sound)
                        && is_place(run.origin)
                        && run.glyphs.iter().all(|glyph| {
                            [glyph.x, glyph.y, glyph.advance_pt]
                                .into_iter()
                                .all(is_sound)
                                && run.text.get(glyph.range.clone()).is_some()
                        })
                }
                Primitive::Image { rect, .. } => is_rect(*rect) && rect.is_positive(),
            }
    }
}

impl Scene {
    /// The text of the picture, one line for each glyph run.
    pub fn text(&self) -> String {
        let runs = self.items.iter().filter_map(|item| match &item.primitive {
            Primitive::Text(run) => Some(run.text.as_str()),
            _ => None,
        });
        runs.collect::<Vec<_>>().join("\n")
    }

    /// Fail where a character has no glyph in any font, and a box would be drawn for it.
    ///
    /// # Errors
    /// [`ExportError::MissingGlyphs`] with all those characters.
    pub fn check_glyphs(&self) -> Result<(), ExportError> {
        if self.missing_glyphs.is_empty() {
            return Ok(());
        }
        let missing = self.missing_glyphs.iter();
        Err(ExportError::MissingGlyphs(
            missing.map(|(chr, text)| (*chr, text.clone())).collect(),
        ))
    }

    /// The size of the smallest text, in printed points (72 to the inch); `None` where there is no
    /// text.
    pub fn smallest_text_pt(&self) -> Option<f32> {
        let sizes = self.items.iter().filter_map(|item| match &item.primitive {
            Primitive::Text(run) => Some(run.size_pt / PRINTED_PT),
            _ => None,
        });
        sizes.min_by(f32::total_cmp)
    }

    /// The items in runs that share their clip and belong to the same part.
    pub(crate) fn groups(&self) -> impl Iterator<Item = (Option<Rect>, &[DisplayItem])> {
        self.items
            .chunk_by(|a, b| a.clip == b.clip && a.role == b.role)
            .filter_map(|items| Some((items.first()?.clip, items)))
    }
}

impl Scene {
    /// Make everything `by` times as large: sizes, places, text and strokes.
    ///
    /// A factor that is not a positive number changes nothing.
    pub fn scale(&mut self, by: f32) {
        if by == 1.0 || !by.is_finite() || by <= 0.0 {
            return;
        }
        self.size_pt *= by;
        for symbol in &mut self.symbols {
            symbol.rect = rect(symbol.rect, by);
        }
        for item in &mut self.items {
            item.clip = item.clip.map(|clip| rect(clip, by));
            item.bounds = rect(item.bounds, by);
            match &mut item.primitive {
                Primitive::Shape {
                    outline,
                    stroke,
                    rotation,
                    ..
                } => {
                    zoom(outline, by);
                    if let Some(StrokePaint { width_pt, .. }) = stroke {
                        *width_pt *= by;
                    }
                    if let Some(Rotation { pivot, .. }) = rotation {
                        *pivot = at(*pivot, by);
                    }
                }
                Primitive::Text(run) => text(run, by),
                Primitive::Image { rect: place, .. } => *place = rect(*place, by),
            }
        }
    }

    /// Put a background under everything. Without it, a picture is transparent.
    pub fn fill_background(&mut self, color: Rgba) {
        // A little beyond the edge, so that the last row of pixels is filled where it is not quite
        // covered.
        let whole = Rect::from_min_size(Pos2::ZERO, self.size_pt + Vec2::splat(1.0));
        let has_roles = self.items.iter().any(|item| item.role.is_some());
        let primitive = Primitive::Shape {
            outline: Outline::plain_rect(whole),
            fill: Some(color),
            stroke: None,
            rotation: None,
        };
        let item = DisplayItem {
            clip: None,
            primitive,
            // A scene without roles is one figure, its background included.
            role: has_roles.then_some(PartRole::Artifact),
            bounds: whole,
        };
        self.items.insert(0, item);
    }

    /// Turn every color into the gray of the same luminance (WCAG 2).
    pub fn to_grayscale(&mut self) {
        for item in &mut self.items {
            match &mut item.primitive {
                Primitive::Shape { fill, stroke, .. } => {
                    *fill = fill.map(Rgba::to_gray);
                    *stroke = stroke.map(|stroke| StrokePaint {
                        color: stroke.color.to_gray(),
                        ..stroke
                    });
                }
                Primitive::Text(run) => run.color = run.color.to_gray(),
                Primitive::Image { rgba, .. } => {
                    for pixel in rgba.chunks_exact_mut(4) {
                        let [r, g, b, a] = [pixel[0], pixel[1], pixel[2], pixel[3]];
                        let gray = Rgba { r, g, b, a }.to_gray();
                        pixel[..3].fill(gray.r);
                    }
                }
            }
        }
    }
}

fn at(p: Pos2, by: f32) -> Pos2 {
    (p.to_vec2() * by).to_pos2()
}

fn rect(r: Rect, by: f32) -> Rect {
    Rect::from_min_max(at(r.min, by), at(r.max, by))
}

fn zoom(outline: &mut Outline, by: f32) {
    match outline {
        Outline::Rect { rect: r, radii } => {
            *r = rect(*r, by);
            radii.iter_mut().for_each(|radius| *radius *= by);
        }
        Outline::Ellipse { center, radius } => {
            *center = at(*center, by);
            *radius *= by;
        }
        Outline::Line(points) => *points = points.map(|p| at(p, by)),
        Outline::Path(segments) => {
            for segment in segments {
                *segment = match *segment {
                    PathCommand::Move(p) => PathCommand::Move(at(p, by)),
                    PathCommand::Line(p) => PathCommand::Line(at(p, by)),
                    PathCommand::Quad(a, p) => PathCommand::Quad(at(a, by), at(p, by)),
                    PathCommand::Cubic(a, b, p) => {
                        PathCommand::Cubic(at(a, by), at(b, by), at(p, by))
                    }
                    PathCommand::Close => PathCommand::Close,
                };
            }
        }
    }
}

fn text(run: &mut GlyphRun, by: f32) {
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
