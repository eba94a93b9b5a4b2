//! A scene as SVG.
//!
//! Screen readers follow the roles of the WAI-ARIA Graphics Module. A picture with symbols is a
//! document of graphics, in which a reader walks from symbol to symbol: what is drawn is hidden
//! from readers, since scattered numbers and outlines say nothing, and in its place stand the
//! symbols, each an unpainted rectangle with its words. A picture of which only title and
//! description are known is an image, which has nothing inside.

mod fonts;
pub(crate) mod xml;

use crate::accessibility::{PartRole, Symbol};
use crate::error::{ExportError, check_size};
use crate::fonts::FontFace;
use crate::length::Unit;
use crate::metadata::{Attachment, Metadata, UtcDateTime};
use crate::path::{Outline, Rgba, StrokePaint};
use crate::scene::{DisplayItem, GlyphRun, Primitive, SLANT, Scene};
use base64::Engine as _;
use egui::{Rect, Vec2, vec2};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use xml::{attribute, element, escape, integer, number, path};

/// How text stands in an SVG.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
pub enum SvgText {
    /// Outlines, which look the same in every viewer, under transparent text that can be selected
    /// and searched.
    #[default]
    Overlay,
    /// Plain text, to be edited. The file holds its font; other families are named for programs
    /// that do not read it there.
    Real,
}

/// How an SVG is written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SvgOptions {
    /// What the file says about the picture.
    pub metadata: Metadata,
    /// How text stands in it.
    pub text: SvgText,
    /// Font families that may take the place of a proportional font that is not installed, the
    /// best first. `sans-serif` follows them.
    pub fallback_families: Vec<String>,
    /// The unit that the file states its width and height in, as programs for print layout read
    /// them. [`Unit::Px`] is written without a unit, which is what SVG takes a bare number for.
    pub unit: Unit,
}

impl Scene {
    /// The scene as an SVG document, one user unit to the point. Ids in it begin with letters of
    /// its own, so that several documents can stand in one page.
    ///
    /// # Errors
    /// [`ExportError::Size`] for an impossible size, [`ExportError::AttachmentName`] where an
    /// attachment has a name that XML cannot hold.
    pub fn to_svg(&self, options: &SvgOptions) -> Result<String, ExportError> {
        check_size(self.size_pt, 1.0)?;
        let attached = options.metadata.attached()?;
        let mut writer = SvgWriter {
            scene: self,
            options,
            main_face: main_face(self),
            prefix: prefix(self, &options.metadata),
            defs: String::new(),
            body: String::with_capacity(64 * 1024),
            clips: Vec::new(),
            glyphs: HashMap::new(),
            outline_count: 0,
            role: None,
            symbols: &self.symbols,
        };
        for (clip, items) in self.groups() {
            writer.begin_part(items.first().and_then(|item| item.role));
            writer.group(clip, items);
        }
        writer.begin_part(None);
        Ok(writer.document(&attached))
    }
}

struct SvgWriter<'a> {
    scene: &'a Scene,
    options: &'a SvgOptions,
    main_face: Option<usize>,
    prefix: String,
    defs: String,
    body: String,
    clips: Vec<Rect>,
    /// The number of each outline in `defs`, by face and glyph; `None` for glyphs without one, such
    /// as the space.
    glyphs: HashMap<(usize, u32), Option<i64>>,
    /// How many outlines are in `defs`.
    outline_count: i64,
    /// The part that is being written.
    role: Option<PartRole>,
    /// The symbols, until a figure has taken them.
    symbols: &'a [Symbol],
}

impl SvgWriter<'_> {
    /// The whole document, once the body is written.
    fn document(self, attached: &[&Attachment]) -> String {
        let Self {
            scene, ref prefix, ..
        } = self;
        let options = self.options;
        let SvgOptions { metadata, text, .. } = options;
        let (defs, body) = (&self.defs, &self.body);
        let mut out = String::with_capacity(defs.len() + body.len() + 2048);
        out.push_str(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" \
            xmlns:xlink=\"http://www.w3.org/1999/xlink\"",
        );
        for (name, side_pt) in [("width", scene.size_pt.x), ("height", scene.size_pt.y)] {
            match options.unit {
                Unit::Px => attribute(&mut out, name, side_pt),
                unit => out.push_str(&format!(" {name}=\"{}\"", svg_length(side_pt, unit))),
            }
        }
        out.push_str(" viewBox=\"0 0 ");
        number(&mut out, scene.size_pt.x);
        out.push(' ');
        number(&mut out, scene.size_pt.y);
        out.push_str("\" role=\"");
        out.push_str(match scene.symbols.as_slice() {
            [] => "img",
            // The second word is for readers that do not know the first.
            _ => "graphics-document document",
        });
        // Runs of spaces count: each glyph has its place.
        out.push_str("\" xml:space=\"preserve\"");
        if let Some(face) = self.main_face.and_then(|face| scene.faces.get(face)) {
            self.font_family(&mut out, face);
        }
        if !metadata.language.is_empty() {
            out.push_str(" xml:lang=\"");
            escape(&mut out, &metadata.language);
            out.push('"');
        }
        let mut labels = Vec::new();
        let mut head = String::new();
        for (name, text) in [("title", &metadata.title), ("desc", &metadata.description)] {
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
        metadata_element(&mut out, metadata, attached);
        if *text == SvgText::Real {
            out.push_str(&fonts::style_sheet(scene, prefix));
        }
        if !defs.is_empty() {
            out.push_str("<defs>\n");
            out.push_str(defs);
            out.push_str("</defs>\n");
        }
        out.push_str(body);
        out.push_str("</svg>\n");
        out
    }

    /// End the part that is open, and begin the next one.
    fn begin_part(&mut self, next: Option<PartRole>) {
        if self.role == next {
            return;
        }
        if let Some(role) = self.role {
            end_part(&mut self.body, role, self.symbols);
            if role == PartRole::Figure {
                // Only the first figure is described by them.
                self.symbols = &[];
            }
        }
        if let Some(role) = next {
            start_part(&mut self.body, role, self.symbols);
        }
        self.role = next;
    }

    fn group(&mut self, clip: Option<Rect>, items: &[DisplayItem]) {
        if let Some(clip) = clip {
            // A picture has a handful of clips: a map would not be faster.
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
        for item in items {
            match &item.primitive {
                Primitive::Shape {
                    outline,
                    fill,
                    stroke,
                    rotation,
                } => {
                    shape(&mut self.body, outline);
                    fill_and_stroke(&mut self.body, outline, *fill, *stroke);
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
                // The text over its outlines, so that a selection is seen.
                Primitive::Text(run) => {
                    if self.is_overlay(run) {
                        self.outlines(run);
                    }
                    self.text(run);
                }
                Primitive::Image {
                    rect,
                    rgba,
                    size_px,
                } => {
                    let Ok(png) = crate::png::encode_rgba(rgba, *size_px) else {
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
    fn outlines(&mut self, run: &GlyphRun) {
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
        color(&mut self.body, "fill", run.color);
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
        // A run of spaces has no outline at all.
        if self.body.len() == empty {
            self.body.truncate(start);
        } else {
            self.body.push_str("</g>\n");
        }
    }

    fn glyph_id(&mut self, face: &FontFace, face_index: usize, glyph: u32) -> Option<i64> {
        let entry = match self.glyphs.entry((face_index, glyph)) {
            Entry::Occupied(known) => return *known.get(),
            Entry::Vacant(entry) => entry,
        };
        let segments = face.outline(glyph);
        let id = (!segments.is_empty()).then_some(self.outline_count);
        if let Some(id) = id {
            self.outline_count += 1;
            self.defs.push_str("<path id=\"");
            self.defs.push_str(&self.prefix);
            self.defs.push('g');
            integer(&mut self.defs, id);
            self.defs.push_str("\" d=\"");
            path(&mut self.defs, &segments, vec2(1.0, -1.0));
            self.defs.push_str("\"/>\n");
        }
        *entry.insert(id)
    }

    /// Whether a run is outlines under transparent text. Letters that join need the rules of their
    /// whole font, and the copy of it in the file has none: so right-to-left text always is.
    fn is_overlay(&self, run: &GlyphRun) -> bool {
        self.options.text == SvgText::Overlay || run.is_rtl
    }

    /// A run as text: seen in [`SvgText::Real`], only selectable in [`SvgText::Overlay`].
    fn text(&mut self, run: &GlyphRun) {
        // Taken out and put back: writing reads the rest of `self`.
        let mut out = std::mem::take(&mut self.body);
        self.write_text(&mut out, run);
        self.body = out;
    }

    fn write_text(&self, out: &mut String, run: &GlyphRun) {
        let shift_y = run.glyphs.first().map_or(0.0, |glyph| glyph.y);
        out.push_str("<text");
        // Its middle is the same place in either direction, whatever a viewer knows of directions.
        let middle_pt = if run.is_rtl { 0.5 * run.width_pt } else { 0.0 };
        if run.angle_rad == 0.0 && !run.italic {
            attribute(out, "x", run.origin.x + middle_pt);
            attribute(out, "y", run.origin.y + shift_y);
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
            if run.is_rtl {
                attribute(out, "x", middle_pt);
            }
        }
        if run.is_rtl {
            out.push_str(" text-anchor=\"middle\"");
        }
        if run.is_rtl || crate::bidi::is_mixed(&run.text) {
            // The run is of one direction, and the text is its letters in reading order.
            let direction = if run.is_rtl { "rtl" } else { "ltr" };
            out.push_str(" direction=\"");
            out.push_str(direction);
            out.push_str("\" unicode-bidi=\"bidi-override\"");
        }
        if let Some(face) = self.scene.faces.get(run.face) {
            if self.main_face != Some(run.face) {
                self.font_family(out, face);
            }
            if face.weight != 400 {
                attribute(out, "font-weight", f32::from(face.weight));
            }
        }
        attribute(out, "font-size", run.size_pt);
        match self.is_overlay(run) {
            false => color(out, "fill", run.color),
            true => out.push_str(" fill-opacity=\"0\""),
        }
        // Where the face is missing, another one takes the same room.
        out.push_str(" lengthAdjust=\"spacingAndGlyphs\"");
        attribute(out, "textLength", run.width_pt);
        out.push('>');
        escape(out, &run.text);
        out.push_str("</text>\n");
    }

    /// Append the family of a face: the copy in the file where there is one, the family by its own
    /// name, and those that look alike.
    fn font_family(&self, out: &mut String, face: &FontFace) {
        out.push_str(" font-family=\"");
        if self.options.text == SvgText::Real {
            out.push('\'');
            escape(out, &fonts::alias(&self.prefix, face));
            out.push_str("',");
        }
        quoted_family(out, &face.family);
        if face.monospaced {
            out.push_str(",monospace\"");
            return;
        }
        for family in &self.options.fallback_families {
            out.push(',');
            if !family.is_empty() && family.bytes().all(|b| b.is_ascii_alphabetic()) {
                out.push_str(family);
            } else {
                quoted_family(out, family);
            }
        }
        out.push_str(",sans-serif\"");
    }
}

/// A length as SVG writes it, such as "120mm": to a ten thousandth, finer than any printer.
fn svg_length(side_pt: f32, unit: Unit) -> String {
    let value = format!("{:.4}", f64::from(side_pt) / unit.layout_pt());
    let value = value.trim_end_matches('0').trim_end_matches('.');
    format!("{value}{}", unit.sign())
}

/// Append the name of a family in single quotes.
fn quoted_family(out: &mut String, family: &str) {
    out.push('\'');
    escape(out, &family.replace(['\'', '\\'], ""));
    out.push('\'');
}

/// The slant of [`SLANT`] in degrees.
const SKEW: &str = " skewX(-14.036)";

/// A place in font units: they are finer than any screen already.
fn whole(value: f32) -> f32 {
    value.round()
}

/// Append an element of an outline, still open.
fn shape(out: &mut String, outline: &Outline) {
    match outline {
        Outline::Rect { rect, radii } if radii.iter().all(|r| *r == radii[0]) => {
            out.push_str("<rect");
            rect_attributes(out, *rect);
            if radii[0] > 0.0 {
                attribute(out, "rx", radii[0].min(0.5 * rect.size().min_elem()));
            }
        }
        Outline::Ellipse { center, radius } => {
            let is_circle = radius.x == radius.y;
            out.push_str(if is_circle { "<circle" } else { "<ellipse" });
            attribute(out, "cx", center.x);
            attribute(out, "cy", center.y);
            attribute(out, if is_circle { "r" } else { "rx" }, radius.x);
            if !is_circle {
                attribute(out, "ry", radius.y);
            }
        }
        Outline::Line([a, b]) => {
            out.push_str("<line");
            for (name, value) in [("x1", a.x), ("y1", a.y), ("x2", b.x), ("y2", b.y)] {
                attribute(out, name, value);
            }
        }
        Outline::Path(segments) => {
            out.push_str("<path d=\"");
            path(out, segments, Vec2::splat(1.0));
            out.push('"');
        }
        outline @ Outline::Rect { .. } => {
            out.push_str("<path d=\"");
            path(out, &outline.segments(), Vec2::splat(1.0));
            out.push('"');
        }
    }
}

/// Append how it is filled and stroked.
fn fill_and_stroke(
    out: &mut String,
    outline: &Outline,
    fill: Option<Rgba>,
    stroke: Option<StrokePaint>,
) {
    match fill {
        Some(fill) => color(out, "fill", fill),
        None if matches!(outline, Outline::Line(_)) => {}
        None => out.push_str(" fill=\"none\""),
    }
    if let Some(stroke) = stroke {
        color(out, "stroke", stroke.color);
        if stroke.width_pt != 1.0 {
            attribute(out, "stroke-width", stroke.width_pt);
        }
        if matches!(outline, Outline::Path(_)) {
            out.push_str(" stroke-linejoin=\"round\"");
        }
    }
}

/// Append a color, and its opacity where it has one.
fn color(out: &mut String, name: &str, color: Rgba) {
    let Rgba { r, g, b, .. } = color;
    out.push_str(&format!(" {name}=\"#{r:02x}{g:02x}{b:02x}\""));
    if !color.is_opaque() {
        attribute(out, &format!("{name}-opacity"), color.opacity());
    }
}

/// Append place and size.
fn rect_attributes(out: &mut String, rect: Rect) {
    for (name, value) in [
        ("x", rect.left()),
        ("y", rect.top()),
        ("width", rect.width()),
        ("height", rect.height()),
    ] {
        attribute(out, name, value);
    }
}

/// Append the start of a part.
fn start_part(out: &mut String, role: PartRole, symbols: &[Symbol]) {
    match role {
        // The title is the name of the whole, and read already.
        PartRole::Artifact | PartRole::Title => out.push_str("<g aria-hidden=\"true\">\n"),
        PartRole::Figure if !symbols.is_empty() => {
            let count = symbols.len();
            let marks = if count == 1 { "mark" } else { "marks" };
            out.push_str(&format!(
                "<g role=\"graphics-object group\" aria-label=\"{count} {marks}\">\n<g \
                aria-hidden=\"true\">\n"
            ));
        }
        PartRole::Paragraph(_) | PartRole::Figure => out.push_str("<g>\n"),
    }
}

/// Append the end of a part; of a figure with its symbols.
fn end_part(out: &mut String, role: PartRole, symbols: &[Symbol]) {
    out.push_str("</g>\n");
    if role != PartRole::Figure || symbols.is_empty() {
        return;
    }
    for symbol in symbols {
        out.push_str("<rect role=\"graphics-symbol img\" aria-label=\"");
        escape(out, &symbol.label);
        out.push_str("\" fill=\"none\"");
        rect_attributes(out, symbol.rect);
        out.push_str("/>\n");
    }
    out.push_str("</g>\n");
}

/// Append metadata in the terms of Dublin Core, and the attachments.
fn metadata_element(out: &mut String, metadata: &Metadata, attached: &[&Attachment]) {
    out.push_str(
        "<metadata><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:dcterms=\"http://purl.org/dc/terms/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\">\
         <rdf:Description rdf:about=\"\">\n<dc:format>image/svg+xml</dc:format>",
    );
    element(out, "dc:title", &metadata.title);
    element(out, "dc:description", &metadata.description);
    element(out, "dc:creator", &metadata.author);
    element(out, "dc:rights", &metadata.rights);
    element(out, "dc:source", &metadata.source);
    element(out, "dc:language", &metadata.language);
    element(out, "xmp:CreatorTool", &metadata.software);
    if let Some(date_time) = metadata.created() {
        element(out, "dc:date", &UtcDateTime::iso(date_time));
    }
    for (name, entries) in [
        ("dc:subject", &metadata.keywords),
        ("dcterms:bibliographicCitation", &metadata.citations),
    ] {
        if !entries.is_empty() {
            out.push_str(&format!("\n<{name}><rdf:Seq>"));
            for entry in entries {
                element(out, "rdf:li", entry);
            }
            out.push_str(&format!("</rdf:Seq></{name}>"));
        }
    }
    out.push_str("\n</rdf:Description></rdf:RDF>");
    for Attachment {
        key,
        element,
        namespace,
        text,
        ..
    } in attached
    {
        out.push_str(&format!("\n<{key}:{element} xmlns:{key}=\""));
        escape(out, namespace);
        out.push_str("\">");
        escape(out, text);
        out.push_str(&format!("</{key}:{element}>"));
    }
    out.push_str("</metadata>\n");
}

/// Letters that tell the ids of this picture from another's in the same page: drawn from what it
/// shows.
fn prefix(scene: &Scene, metadata: &Metadata) -> String {
    let mut hash: u32 = 0x811c_9dc5;
    let mut hash_bytes = |bytes: &[u8]| {
        for byte in bytes {
            hash = (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193);
        }
    };
    hash_bytes(metadata.title.as_bytes());
    // Two pictures may look the same.
    for keyword in &metadata.keywords {
        hash_bytes(keyword.as_bytes());
    }
    for item in &scene.items {
        match &item.primitive {
            Primitive::Text(run) => hash_bytes(run.text.as_bytes()),
            Primitive::Shape { fill, .. } => {
                if let Some(Rgba { r, g, b, a }) = fill {
                    hash_bytes(&[*r, *g, *b, *a]);
                }
            }
            Primitive::Image { rgba, .. } => hash_bytes(rgba),
        }
    }
    let letters = (0..4).map(|i| char::from(b'a' + ((hash >> (8 * i)) % 26) as u8));
    letters.chain(['-']).collect()
}

/// The face that most runs are set in: named once, for the whole picture.
fn main_face(scene: &Scene) -> Option<usize> {
    let mut runs = vec![0_usize; scene.faces.len()];
    for item in &scene.items {
        if let Primitive::Text(run) = &item.primitive
            && let Some(count) = runs.get_mut(run.face)
        {
            *count += 1;
        }
    }
    let (face, count) = runs.into_iter().enumerate().rev().max_by_key(|(_, n)| *n)?;
    (count > 0).then_some(face)
}
