//! The display list between egui's shapes and the file formats.

use super::geom::{FAR, Geom, Ink, Pen, Rotation, Seg};
use super::plan::Typesetter;
use super::textures::Textures;
use crate::paint::{Part, Sign, sign_of};
use egui::emath::{GuiRounding as _, TSTransform};
use egui::epaint::{ClippedShape, ColorImage, Shape};
use egui::{Context, Pos2, Rect, Vec2};
use std::collections::BTreeMap;
use std::ops::Range;

pub use super::faces::Face;

/// A picture: marks in painting order, and the faces that its text is set in.
pub struct Scene {
    /// Width and height in points.
    pub size_pt: Vec2,
    pub nodes: Vec<Node>,
    /// Where the marks of a chart stand, in reading order, with their words.
    pub spots: Vec<Spot>,
    /// Every face that text could use; runs name theirs by index.
    pub faces: Vec<Face>,
    /// Characters that no face has, each with a text that holds it: a box stands in their place.
    pub missing: BTreeMap<char, String>,
    /// What could not be kept as it was, in words, with how often it happened.
    pub warnings: BTreeMap<&'static str, usize>,
}

/// A mark and the rectangle outside of which it is not seen (`None`: all of it is).
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    pub clip: Option<Rect>,
    pub mark: Mark,
    /// The piece of the picture to which it belongs; `None` where the painting says nothing of
    /// pieces.
    pub part: Option<Part>,
    /// Around all that it draws, the clip aside.
    pub bounds: Rect,
}

/// Where a mark of a chart stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot {
    pub rect: Rect,
    /// What it says, complete by itself.
    pub label: String,
}

/// Something to draw. Coordinates are points from the top left.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    Shape {
        geom: Geom,
        fill: Option<Ink>,
        pen: Option<Pen>,
        rotation: Option<Rotation>,
    },
    Text(TextRun),
    Image {
        rect: Rect,
        /// Straight RGBA, row by row.
        rgba: Vec<u8>,
        size_px: [usize; 2],
    },
}

/// Text of one face, size and color in one row.
#[derive(Clone, Debug, PartialEq)]
pub struct TextRun {
    /// Index into [`Scene::faces`].
    pub face: usize,
    pub size_pt: f32,
    pub ink: Ink,
    /// Where the baseline begins, and the pivot of `angle_rad`.
    pub origin: Pos2,
    /// Clockwise, in radians.
    pub angle_rad: f32,
    pub italic: bool,
    /// In reading order.
    pub text: String,
    /// From left to right.
    pub glyphs: Vec<Glyph>,
    /// The advance of the whole run, in points.
    pub width_pt: f32,
}

/// A shaped glyph.
#[derive(Clone, Debug, PartialEq)]
pub struct Glyph {
    pub id: u32,
    /// From the run's origin along the baseline, and below it, in points before the run is turned.
    pub x: f32,
    pub y: f32,
    pub advance_pt: f32,
    /// The bytes of [`TextRun::text`] that it shows.
    pub range: Range<usize>,
}

impl Scene {
    /// Translate the shapes of a pass. Call it before the next pass of `ctx`, whose fonts it reads.
    ///
    /// Text is shaped again with the faces that egui chose, since a galley keeps no glyph ids.
    pub fn from_shapes(
        ctx: &Context,
        size_pt: Vec2,
        shapes: Vec<ClippedShape>,
        textures: &Textures,
    ) -> Scene {
        let (faces, chains) = super::faces::collect(ctx);
        let mut builder = Builder {
            ctx,
            textures,
            typesetter: Typesetter::new(&faces, chains),
            pixels_per_point: ctx.pixels_per_point(),
            screen: Rect::from_min_size(Pos2::ZERO, size_pt),
            clip: Rect::NOTHING,
            atlas: None,
            nodes: Vec::with_capacity(shapes.len()),
            spots: Vec::new(),
            part: None,
            missing: BTreeMap::new(),
            warnings: BTreeMap::new(),
        };
        for clipped in shapes {
            builder.clip = clipped
                .clip_rect
                .intersect(builder.screen)
                .round_to_pixels(builder.pixels_per_point);
            if builder.clip.is_positive() {
                builder.place(clipped.shape, clipped.transform_after_tessellation);
            }
        }
        let Builder {
            nodes,
            spots,
            missing,
            warnings,
            ..
        } = builder;
        Scene {
            size_pt,
            nodes,
            spots,
            faces,
            missing,
            warnings,
        }
    }

    /// The text of the picture, one line for each run.
    pub fn text(&self) -> String {
        let runs = self.nodes.iter().filter_map(|node| match &node.mark {
            Mark::Text(run) => Some(run.text.as_str()),
            _ => None,
        });
        runs.collect::<Vec<_>>().join("\n")
    }

    /// The same marks, in runs that share their clip and belong to the same piece.
    pub(super) fn groups(&self) -> impl Iterator<Item = (Option<Rect>, &[Node])> {
        self.nodes
            .chunk_by(|a, b| a.clip == b.clip && a.part == b.part)
            .filter_map(|nodes| Some((nodes.first()?.clip, nodes)))
    }
}

/// What turns shapes into nodes; its methods stand in `shapes`, `text` and `mesh`.
pub(super) struct Builder<'a> {
    pub ctx: &'a Context,
    pub textures: &'a Textures,
    pub typesetter: Typesetter<'a>,
    pub pixels_per_point: f32,
    pub screen: Rect,
    /// The clip of the shape at hand.
    pub clip: Rect,
    /// The font's texture, once a color glyph needed it.
    pub atlas: Option<ColorImage>,
    pub missing: BTreeMap<char, String>,
    nodes: Vec<Node>,
    spots: Vec<Spot>,
    /// The piece that the shapes at hand belong to.
    part: Option<Part>,
    warnings: BTreeMap<&'static str, usize>,
}

impl Builder<'_> {
    fn place(&mut self, shape: Shape, transform: TSTransform) {
        match shape {
            Shape::Noop => {}
            Shape::Vec(shapes) => {
                for shape in shapes {
                    self.place(shape, transform);
                }
            }
            Shape::Text(text) => self.text(&text, transform),
            Shape::Callback(callback) => match sign_of(&callback) {
                Some(Sign::Part(part)) => self.part = Some(*part),
                Some(Sign::Mark(label)) => self.spots.push(Spot {
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

    /// Add a mark that covers `bounds`: nothing where it lies outside of the clip, without the clip
    /// where it lies inside.
    pub fn push(&mut self, bounds: Rect, mark: Mark) {
        if !self.clip.intersects(bounds) {
            return;
        }
        // Half a pixel of snapping and of antialiasing may pass the bounds.
        let clip = (!self.clip.expand(0.51).contains_rect(bounds)).then_some(self.clip);
        self.nodes.push(Node {
            clip,
            mark,
            part: self.part,
            bounds,
        });
    }

    /// Add an outline, filled, stroked or both; nothing where neither shows or a number is none.
    pub fn outline(
        &mut self,
        geom: Geom,
        fill: Option<Ink>,
        pen: Option<Pen>,
        rotation: Option<Rotation>,
    ) {
        let pen = pen.filter(|pen| pen.width_pt > 0.0 && pen.width_pt <= FAR);
        let turns = rotation.map(|r| r.pivot.is_finite() && r.angle_rad.is_finite());
        if (fill.is_none() && pen.is_none()) || turns == Some(false) {
            return;
        }
        let Some(geom) = geom.held() else {
            return;
        };
        let mut bounds = extent(&geom);
        if let Some(Rotation { angle_rad, pivot }) = rotation {
            bounds = bounds
                .translate(-pivot.to_vec2())
                .rotate_bb(egui::emath::Rot2::from_angle(angle_rad))
                .translate(pivot.to_vec2());
        }
        bounds = bounds.expand(pen.map_or(0.0, |pen| 0.5 * pen.width_pt));
        if !bounds.is_finite() {
            return;
        }
        let geom = match geom {
            // A plain rectangle is clipped by itself: no format needs to be told.
            Geom::Rect { rect, radii }
                if pen.is_none() && rotation.is_none() && radii == [0.0; 4] =>
            {
                let seen = rect.intersect(self.clip);
                if !seen.is_positive() {
                    return;
                }
                bounds = seen;
                Geom::plain_rect(seen)
            }
            geom => geom,
        };
        self.push(
            bounds,
            Mark::Shape {
                geom,
                fill,
                pen,
                rotation,
            },
        );
    }
}

/// A rectangle around an outline: exact for straight lines, around the control points for curves.
fn extent(geom: &Geom) -> Rect {
    let mut bounds = Rect::NOTHING;
    match geom {
        Geom::Rect { rect, .. } => bounds = *rect,
        Geom::Ellipse { center, radius } => {
            bounds = Rect::from_center_size(*center, *radius * 2.0);
        }
        Geom::Line([a, b]) => bounds = Rect::from_two_pos(*a, *b),
        Geom::Path(segs) => {
            for seg in segs {
                match *seg {
                    Seg::Move(p) | Seg::Line(p) => bounds.extend_with(p),
                    Seg::Quad(a, p) => [a, p].into_iter().for_each(|p| bounds.extend_with(p)),
                    Seg::Cubic(a, b, p) => {
                        [a, b, p].into_iter().for_each(|p| bounds.extend_with(p))
                    }
                    Seg::Close => {}
                }
            }
        }
    }
    bounds
}
