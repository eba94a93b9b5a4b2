//! A scene as SVG.

use super::Meta;
use super::faces::Face;
use super::scene::{Mark, Node, Scene, Spot, TextRun};
use super::svg_font;
use super::svg_marks::{font_family, ink, paint, rect_attributes, shape};
use super::svg_meta::{main_face, metadata, prefix};
use super::svg_parts;
use super::svg_text::{attribute, escape, integer, number, path};
use super::text::SLANT;
use crate::paint::Part;
use base64::Engine as _;
use egui::{Rect, vec2};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// How text stands in an SVG.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SvgText {
    /// Outlines, which look the same in every viewer, under transparent text that can be selected
    /// and searched.
    #[default]
    Overlay,
    /// Plain text, to be edited. The file holds its font; other families are named for programs
    /// that do not read it there.
    Real,
}

/// The scene as an SVG document, one user unit to the point. Ids in it begin with letters of its
/// own, so that several can stand in one page.
///
/// It cannot refuse a size: ask [`super::check_size`] first.
pub fn write(scene: &Scene, meta: &Meta, text: SvgText) -> String {
    let mut writer = Writer {
        scene,
        text,
        main_face: main_face(scene),
        prefix: prefix(scene, meta),
        defs: String::new(),
        body: String::with_capacity(64 * 1024),
        clips: Vec::new(),
        glyphs: HashMap::new(),
        drawn: 0,
        open: None,
        unread: &scene.spots,
    };
    for (clip, nodes) in scene.groups() {
        writer.part(nodes.first().and_then(|node| node.part));
        writer.group(clip, nodes);
    }
    writer.part(None);
    writer.document(meta)
}

struct Writer<'a> {
    scene: &'a Scene,
    text: SvgText,
    main_face: Option<usize>,
    prefix: String,
    defs: String,
    body: String,
    clips: Vec<Rect>,
    /// The number of each outline in `defs`, by face and glyph; `None` for glyphs without one, such
    /// as the space.
    glyphs: HashMap<(usize, u32), Option<i64>>,
    drawn: i64,
    /// The piece that is being written.
    open: Option<Part>,
    /// The marks, until the figure has said them.
    unread: &'a [Spot],
}

impl Writer<'_> {
    fn document(self, meta: &Meta) -> String {
        let Writer {
            scene,
            main_face,
            prefix,
            defs,
            body,
            text,
            ..
        } = self;
        let copy = |face| (text == SvgText::Real).then(|| svg_font::alias(&prefix, face));
        let mut out = String::with_capacity(defs.len() + body.len() + 2048);
        out.push_str(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" \
            xmlns:xlink=\"http://www.w3.org/1999/xlink\"",
        );
        attribute(&mut out, "width", scene.size_pt.x);
        attribute(&mut out, "height", scene.size_pt.y);
        out.push_str(" viewBox=\"0 0 ");
        number(&mut out, scene.size_pt.x);
        out.push(' ');
        number(&mut out, scene.size_pt.y);
        out.push_str("\" role=\"");
        out.push_str(svg_parts::role(scene));
        out.push_str("\" xml:space=\"preserve\"");
        if let Some(face) = main_face.and_then(|face| scene.faces.get(face)) {
            font_family(&mut out, face, copy(face).as_deref());
        }
        if !meta.language.is_empty() {
            out.push_str(" xml:lang=\"");
            escape(&mut out, &meta.language);
            out.push('"');
        }
        let mut labels = Vec::new();
        let mut head = String::new();
        for (name, text) in [("title", &meta.title), ("desc", &meta.description)] {
            if !text.is_empty() {
                let id = format!("{prefix}{name}");
                head.push_str(&format!("<{name} id=\"{id}\">"));
                escape(&mut head, text);
                head.push_str(&format!("</{name}>\n"));
                labels.push(id);
            }
        }
        if !labels.is_empty() {
            out.push_str(&format!(" aria-labelledby=\"{}\"", labels.join(" ")));
        }
        out.push_str(">\n");
        out.push_str(&head);
        out.push_str(&metadata(meta));
        if text == SvgText::Real {
            out.push_str(&svg_font::style_sheet(scene, &prefix));
        }
        if !defs.is_empty() {
            out.push_str("<defs>\n");
            out.push_str(&defs);
            out.push_str("</defs>\n");
        }
        out.push_str(&body);
        out.push_str("</svg>\n");
        out
    }

    /// Goes over from the piece that is open to the next.
    fn part(&mut self, next: Option<Part>) {
        if self.open == next {
            return;
        }
        if let Some(part) = self.open {
            svg_parts::close(&mut self.body, part, self.unread);
            if part == Part::Figure {
                self.unread = &[];
            }
        }
        if let Some(part) = next {
            svg_parts::open(&mut self.body, part, self.unread);
        }
        self.open = next;
    }

    fn group(&mut self, clip: Option<Rect>, nodes: &[Node]) {
        if let Some(clip) = clip {
            let known = self.clips.iter().position(|c| *c == clip);
            let id = known.unwrap_or_else(|| {
                let id = self.clips.len();
                self.clips.push(clip);
                self.defs
                    .push_str(&format!("<clipPath id=\"{}c{id}\"><rect", self.prefix));
                rect_attributes(&mut self.defs, clip);
                self.defs.push_str("/></clipPath>\n");
                id
            });
            let open = format!("<g clip-path=\"url(#{}c{id})\">\n", self.prefix);
            self.body.push_str(&open);
        }
        for node in nodes {
            match &node.mark {
                Mark::Shape {
                    geom,
                    fill,
                    pen,
                    rotation,
                } => {
                    shape(&mut self.body, geom);
                    paint(&mut self.body, geom, *fill, *pen);
                    if let Some(rotation) = rotation {
                        self.body.push_str(" transform=\"rotate(");
                        number(&mut self.body, rotation.angle_rad.to_degrees());
                        self.body.push(' ');
                        number(&mut self.body, rotation.pivot.x);
                        self.body.push(' ');
                        number(&mut self.body, rotation.pivot.y);
                        self.body.push_str(")\"");
                    }
                    self.body.push_str("/>\n");
                }
                Mark::Text(run) => {
                    if self.text == SvgText::Overlay {
                        self.outlines(run);
                    }
                    self.text(run);
                }
                Mark::Image {
                    rect,
                    rgba,
                    size_px,
                } => {
                    let Ok(png) = super::png::encode_rgba(rgba, *size_px) else {
                        continue;
                    };
                    self.body.push_str("<image");
                    rect_attributes(&mut self.body, *rect);
                    self.body.push_str(
                        " preserveAspectRatio=\"none\" xlink:href=\"data:image/png;base64,",
                    );
                    base64::engine::general_purpose::STANDARD.encode_string(png, &mut self.body);
                    self.body.push_str("\"/>\n");
                }
            }
        }
        if clip.is_some() {
            self.body.push_str("</g>\n");
        }
    }

    /// A run as references to glyphs in `defs`, in font units.
    fn outlines(&mut self, run: &TextRun) {
        let Some(face) = self.scene.faces.get(run.face) else {
            return;
        };
        let scale = run.size_pt / face.units_per_em;
        let start = self.body.len();
        self.body.push_str("<g transform=\"translate(");
        number(&mut self.body, run.origin.x);
        self.body.push(' ');
        number(&mut self.body, run.origin.y);
        if run.angle_rad != 0.0 {
            self.body.push_str(") rotate(");
            number(&mut self.body, run.angle_rad.to_degrees());
        }
        // Three decimals would not do for a factor this small.
        self.body.push_str(&format!(") scale({scale:.7})"));
        if run.italic {
            self.body.push_str(SKEW);
        }
        self.body.push('"');
        ink(&mut self.body, "fill", run.ink);
        self.body.push('>');
        let empty = self.body.len();
        for glyph in &run.glyphs {
            let Some(id) = self.glyph_id(face, run.face, glyph.id) else {
                continue;
            };
            self.body.push_str("<use xlink:href=\"#");
            self.body.push_str(&self.prefix);
            self.body.push('g');
            integer(&mut self.body, id);
            self.body.push('"');
            let x = if run.italic {
                glyph.x + SLANT * glyph.y
            } else {
                glyph.x
            };
            if x != 0.0 {
                attribute(&mut self.body, "x", whole(x / scale));
            }
            if glyph.y != 0.0 {
                attribute(&mut self.body, "y", whole(glyph.y / scale));
            }
            self.body.push_str("/>");
        }
        if self.body.len() == empty {
            self.body.truncate(start);
        } else {
            self.body.push_str("</g>\n");
        }
    }

    fn glyph_id(&mut self, face: &Face, face_index: usize, glyph: u32) -> Option<i64> {
        let entry = match self.glyphs.entry((face_index, glyph)) {
            Entry::Occupied(known) => return *known.get(),
            Entry::Vacant(entry) => entry,
        };
        let segs = face.outline(glyph);
        let id = (!segs.is_empty()).then_some(self.drawn);
        if let Some(id) = id {
            self.drawn += 1;
            self.defs.push_str("<path id=\"");
            self.defs.push_str(&self.prefix);
            self.defs.push('g');
            integer(&mut self.defs, id);
            self.defs.push_str("\" d=\"");
            path(&mut self.defs, &segs, vec2(1.0, -1.0));
            self.defs.push_str("\"/>\n");
        }
        *entry.insert(id)
    }

    /// A run as text: seen in [`SvgText::Real`], only selectable in [`SvgText::Overlay`].
    fn text(&mut self, run: &TextRun) {
        let out = &mut self.body;
        let sink = run.glyphs.first().map_or(0.0, |glyph| glyph.y);
        out.push_str("<text");
        if run.angle_rad == 0.0 && !run.italic {
            attribute(out, "x", run.origin.x);
            attribute(out, "y", run.origin.y + sink);
        } else {
            out.push_str(" transform=\"translate(");
            number(out, run.origin.x);
            out.push(' ');
            number(out, run.origin.y);
            out.push_str(") rotate(");
            number(out, run.angle_rad.to_degrees());
            out.push(')');
            if run.italic {
                out.push_str(SKEW);
            }
            out.push('"');
        }
        if let Some(face) = self.scene.faces.get(run.face) {
            if self.main_face != Some(run.face) {
                let copy =
                    (self.text == SvgText::Real).then(|| svg_font::alias(&self.prefix, face));
                font_family(out, face, copy.as_deref());
            }
            if face.weight != 400 {
                attribute(out, "font-weight", f32::from(face.weight));
            }
        }
        attribute(out, "font-size", run.size_pt);
        match self.text {
            SvgText::Real => ink(out, "fill", run.ink),
            SvgText::Overlay => out.push_str(" fill-opacity=\"0\""),
        }
        // Where the face is missing, another one takes the same room.
        out.push_str(" lengthAdjust=\"spacingAndGlyphs\"");
        attribute(out, "textLength", run.width_pt);
        out.push('>');
        escape(out, &run.text);
        out.push_str("</text>\n");
    }
}

/// The slant of [`SLANT`] in degrees.
const SKEW: &str = " skewX(-14.036)";

/// A place in font units: they are finer than any screen already.
fn whole(value: f32) -> f32 {
    value.round()
}
