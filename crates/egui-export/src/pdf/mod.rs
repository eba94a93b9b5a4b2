//! A scene as PDF.

pub(crate) mod document;
mod finishing;
mod tags;

use crate::bidi::mirrored;
use crate::error::{ExportError, Format, check_size};
use crate::fonts::FontFace;
use crate::metadata::{Attachment, Metadata, UtcDateTime};
use crate::path::{Outline, PathCommand, Rgba, Rotation, StrokePaint};
use crate::scene::{DisplayItem, GlyphRun, Primitive, SLANT, Scene};
use egui::Rect;
use krilla::Document;
use krilla::color::{luma, rgb};
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};
use krilla::error::{KrillaError, KrillaResult};
use krilla::geom::{Path, PathBuilder, Point, Size, Transform};
use krilla::image::Image;
use krilla::metadata::{DateTime, Metadata as KrillaMetadata};
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, LineJoin, Paint, Stroke};
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use tags::PdfTags;

/// A point of egui is a pixel of CSS, a 96th of an inch; PDF's point is a 72nd.
pub(crate) const PT_PER_POINT: f32 = 0.75;

/// How a PDF is written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PdfOptions {
    /// What the file says about the picture. With a title, the file can meet PDF/UA-1.
    pub metadata: Metadata,
}

impl Scene {
    /// The scene as a PDF file of one page, with text that can be selected and only the glyphs it
    /// uses. Its parts are tagged for screen readers, and it meets PDF/UA-1 unless a character has
    /// no glyph or the picture no title.
    ///
    /// # Errors
    /// [`ExportError::Size`] for an impossible size, [`ExportError::AttachmentName`] for an
    /// attachment with an impossible name, [`ExportError::Encoding`] where a font or the encoder
    /// fails.
    pub fn to_pdf(&self, options: &PdfOptions) -> Result<Vec<u8>, ExportError> {
        check_size(self.size_pt, 1.0)?;
        let metadata = &options.metadata;
        // A file must not claim a standard that it does not meet: krilla finds out only when it
        // has everything.
        match compose(self, metadata, true)? {
            Err(KrillaError::Validation(_)) => compose(self, metadata, false)?,
            done => done,
        }
        .map_err(|error| failed(&format!("{error:?}")))
        .and_then(|pdf| finishing::finish(pdf, &xml_safe(&metadata.rights)))
    }
}

/// The file, or what the encoder found wrong with it.
fn compose(
    scene: &Scene,
    metadata: &Metadata,
    strict: bool,
) -> Result<KrillaResult<Vec<u8>>, ExportError> {
    let attached = metadata.attached()?;
    let size = scene.size_pt * PT_PER_POINT;
    let page = PageSettings::from_wh(size.x, size.y).ok_or_else(|| failed("no such page size"))?;
    let mut document = Document::new_with(tags::settings(strict));
    document.set_metadata(krilla_metadata(metadata));
    let mut page = document.start_page_with(page);
    let mut tags = PdfTags::new(scene, metadata, PT_PER_POINT);
    draw(scene, page.surface(), &mut tags)?;
    page.finish();
    tags.finish(&mut document, metadata);
    attach(&mut document, metadata, &attached)?;
    Ok(document.finish())
}

fn draw(scene: &Scene, mut surface: Surface<'_>, tags: &mut PdfTags) -> Result<(), ExportError> {
    let mut writer = PdfPainter {
        faces: &scene.faces,
        surface: &mut surface,
        fonts: &mut PdfFonts::default(),
    };
    let points = Transform::from_scale(PT_PER_POINT, PT_PER_POINT);
    writer.surface.push_transform(&points);
    let mut result = Ok(());
    for (clip, items) in scene.groups() {
        tags.start(writer.surface, items.first().and_then(|item| item.role));
        // What was pushed must be popped, so go on to the end.
        result = result.and(writer.group(clip, items));
        writer.surface.end_tagged();
    }
    writer.surface.pop();
    surface.finish();
    result
}

pub(crate) fn failed(reason: &str) -> ExportError {
    ExportError::Encoding {
        format: Format::Pdf,
        reason: reason.to_owned(),
    }
}

/// The fonts of a file: each is read once, however many pages it is used on.
#[derive(Default)]
pub(crate) struct PdfFonts(HashMap<(usize, u32), Font>);

/// Draws items on a page.
pub(crate) struct PdfPainter<'a, 's> {
    /// Those that the items name by index.
    pub faces: &'a [FontFace],
    pub surface: &'a mut Surface<'s>,
    pub fonts: &'a mut PdfFonts,
}

impl PdfPainter<'_, '_> {
    /// Items that share their clip.
    ///
    /// # Errors
    /// Where a font cannot be embedded; the other items are drawn.
    pub fn group(&mut self, clip: Option<Rect>, items: &[DisplayItem]) -> Result<(), ExportError> {
        let clip = clip.and_then(|clip| path(&Outline::plain_rect(clip).segments()));
        if let Some(clip) = &clip {
            self.surface.push_clip_path(clip, &FillRule::NonZero);
        }
        let mut result = Ok(());
        for item in items.iter().filter(|item| item.is_sound()) {
            match &item.primitive {
                Primitive::Shape {
                    outline,
                    fill,
                    stroke,
                    rotation,
                } => self.shape(outline, *fill, *stroke, *rotation),
                Primitive::Text(run) => result = result.and(self.text(run)),
                Primitive::Image {
                    rect,
                    rgba,
                    size_px,
                } => self.image(*rect, rgba, *size_px),
            }
        }
        if clip.is_some() {
            self.surface.pop();
        }
        result
    }

    fn shape(
        &mut self,
        outline: &Outline,
        fill: Option<Rgba>,
        stroke: Option<StrokePaint>,
        rotation: Option<Rotation>,
    ) {
        let Some(path) = path(&outline.segments()) else {
            return;
        };
        if let Some(Rotation { angle_rad, pivot }) = rotation {
            let turn = Transform::from_rotate_at(angle_rad.to_degrees(), pivot.x, pivot.y);
            self.surface.push_transform(&turn);
        }
        self.surface.set_fill(fill.map(filled));
        self.surface.set_stroke(stroke.map(|stroke| Stroke {
            paint: paint(stroke.color),
            width: stroke.width_pt,
            opacity: opacity(stroke.color),
            line_join: match outline {
                Outline::Path(_) => LineJoin::Round,
                _ => LineJoin::Miter,
            },
            ..Stroke::default()
        }));
        self.surface.draw_path(&path);
        if rotation.is_some() {
            self.surface.pop();
        }
    }

    fn text(&mut self, run: &GlyphRun) -> Result<(), ExportError> {
        let Some(first) = run.glyphs.first() else {
            return Ok(());
        };
        let font = self.font(run.face)?;
        let visual = run.is_rtl.then(|| visual_text(run));
        let text = visual.as_ref().map_or(&run.text, |visual| &visual.text);
        // The next glyph's place is the advance: so each stands exactly where the scene has it.
        let glyphs: Vec<KrillaGlyph> = run
            .glyphs
            .iter()
            .enumerate()
            .map(|(i, glyph)| {
                let next = run.glyphs.get(i + 1);
                let advance = next.map_or(glyph.advance_pt, |next| next.x - glyph.x);
                KrillaGlyph {
                    glyph_id: GlyphId::new(glyph.id),
                    text_range: match &visual {
                        Some(visual) => visual.ranges.get(&glyph.range.start).cloned(),
                        None => None,
                    }
                    .unwrap_or_else(|| glyph.range.clone()),
                    x_advance: advance / run.size_pt,
                    x_offset: 0.0,
                    y_offset: (first.y - glyph.y) / run.size_pt,
                    y_advance: 0.0,
                    location: None,
                }
            })
            .collect();
        let (sin, cos) = run.angle_rad.sin_cos();
        let slant = if run.italic { SLANT } else { 0.0 };
        let place = Transform::from_row(
            cos,
            sin,
            -sin - slant * cos,
            cos - slant * sin,
            run.origin.x,
            run.origin.y,
        );
        self.surface.push_transform(&place);
        self.surface.set_fill(Some(filled(run.color)));
        self.surface.set_stroke(None);
        self.surface.draw_glyphs(
            Point::from_xy(first.x + slant * first.y, first.y),
            &glyphs,
            font,
            text,
            run.size_pt,
            false,
        );
        self.surface.pop();
        Ok(())
    }

    fn font(&mut self, index: usize) -> Result<Font, ExportError> {
        let face = self.faces.get(index);
        let data = face.map(|face| {
            // By address: faces share their bytes, and those live as long as the scenes.
            let bytes: &[u8] = (*face.data.font).as_ref();
            (bytes.as_ptr() as usize, face.data.index)
        });
        if let Some(font) = data.and_then(|data| self.fonts.0.get(&data)) {
            return Ok(font.clone());
        }
        let font = face.and_then(|face| Font::new(face.data.font.clone().into(), face.data.index));
        let font = font.ok_or_else(|| {
            let name = face.map_or("a font", |face| face.family.as_str());
            failed(&format!("{name} cannot be embedded"))
        })?;
        if let Some(data) = data {
            self.fonts.0.insert(data, font.clone());
        }
        Ok(font)
    }

    fn image(&mut self, rect: Rect, rgba: &[u8], size_px: [usize; 2]) {
        let Some(size) = Size::from_wh(rect.width(), rect.height()) else {
            return;
        };
        // By way of a PNG, which is grey where the pixels are.
        let Ok(png) = crate::png::encode_rgba(rgba, size_px) else {
            return;
        };
        let Ok(image) = Image::from_png(png.into(), true) else {
            return;
        };
        let place = Transform::from_translate(rect.left(), rect.top());
        self.surface.push_transform(&place);
        self.surface.draw_image(image, size);
        self.surface.pop();
    }
}

/// Right-to-left text from left to right.
struct VisualText {
    text: String,
    /// The bytes of it that show a cluster, by where the cluster begins in the run's text.
    ranges: BTreeMap<usize, Range<usize>>,
}

/// The text of a right-to-left run as it is seen. Programs that take text out of a PDF expect
/// glyphs to say what they look like, in the order in which they stand, and turn right-to-left
/// words around themselves, letter by letter: brackets and the parts of ligatures too.
fn visual_text(run: &GlyphRun) -> VisualText {
    let mut visual = VisualText {
        text: String::with_capacity(run.text.len()),
        ranges: BTreeMap::new(),
    };
    for glyph in &run.glyphs {
        if visual.ranges.contains_key(&glyph.range.start) {
            continue;
        }
        let start = visual.text.len();
        let cluster = run.text.get(glyph.range.clone()).unwrap_or_default();
        visual.text.extend(cluster.chars().rev().map(mirrored));
        let range = start..visual.text.len();
        visual.ranges.insert(glyph.range.start, range);
    }
    visual
}

fn filled(color: Rgba) -> Fill {
    Fill {
        paint: paint(color),
        opacity: opacity(color),
        rule: FillRule::NonZero,
    }
}

/// A gray in its own color space, so that a printer uses black color alone.
fn paint(color: Rgba) -> Paint {
    if color.is_gray() {
        luma::Color::new(color.r).into()
    } else {
        rgb::Color::new(color.r, color.g, color.b).into()
    }
}

fn opacity(color: Rgba) -> NormalizedF32 {
    NormalizedF32::new(color.opacity()).unwrap_or(NormalizedF32::ONE)
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

fn krilla_metadata(metadata: &Metadata) -> KrillaMetadata {
    let mut out = KrillaMetadata::new();
    if !metadata.software.is_empty() {
        let software = xml_safe(&metadata.software);
        out = out.creator(software.clone()).producer(software);
    }
    if !metadata.author.is_empty() {
        out = out.authors(vec![xml_safe(&metadata.author)]);
    }
    if !metadata.title.is_empty() {
        out = out.title(xml_safe(&metadata.title));
    }
    // PDF has no field for sources and citations: they follow the description.
    let parts = [&metadata.description, &metadata.source].into_iter();
    let lines: Vec<&str> = parts
        .chain(&metadata.citations)
        .map(String::as_str)
        .filter(|line| !line.is_empty())
        .collect();
    if !lines.is_empty() {
        out = out.description(xml_safe(&lines.join("\n")));
    }
    if !metadata.keywords.is_empty() {
        out = out.keywords(metadata.keywords.iter().map(|k| xml_safe(k)).collect());
    }
    if !metadata.language.is_empty() {
        out = out.language(xml_safe(&metadata.language));
    }
    if let Some(date_time) = metadata.created() {
        out = out.creation_date(date(date_time));
    }
    out
}

fn date(date_time: UtcDateTime) -> DateTime {
    DateTime::new(date_time.year)
        .month(date_time.month)
        .day(date_time.day)
        .hour(date_time.hour)
        .minute(date_time.minute)
        .second(date_time.second)
        .utc_offset_hour(0)
        .utc_offset_minute(0)
}

/// Attach the files. Two of one name cannot be attached.
fn attach(
    document: &mut Document,
    metadata: &Metadata,
    attached: &[&Attachment],
) -> Result<(), ExportError> {
    for attachment in attached {
        let file = EmbeddedFile {
            path: attachment.file_name.clone(),
            mime_type: MimeType::new(&attachment.media_type),
            description: Some(attachment.description.clone()),
            association_kind: AssociationKind::Source,
            data: attachment.text.clone().into_bytes().into(),
            modification_date: metadata.created().map(date),
            compress: Some(true),
            location: None,
        };
        if document.embed_file(file).is_none() {
            let name = &attachment.file_name;
            return Err(failed(&format!("two attachments are named \"{name}\"")));
        }
    }
    Ok(())
}

/// Without the characters that XMP, being XML, cannot hold.
fn xml_safe(text: &str) -> String {
    let safe = |c: char| match c {
        '\t' | '\n' => c,
        c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => char::REPLACEMENT_CHARACTER,
        c => c,
    };
    text.chars().map(safe).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::Glyph;
    use egui::pos2;

    #[test]
    fn right_to_left_text_is_written_as_it_is_seen() {
        // From left to right: a bracket, a ligature of lam and alef, a bracket, a letter of two
        // glyphs.
        let text = "\u{628}(\u{644}\u{627})";
        let glyph = |range: Range<usize>| Glyph {
            id: 1,
            x: 0.0,
            y: 0.0,
            advance_pt: 1.0,
            range,
        };
        let run = GlyphRun {
            face: 0,
            size_pt: 10.0,
            color: Rgba {
                r: 0,
                g: 0,
                b: 0,
                a: 255,
            },
            origin: pos2(0.0, 0.0),
            angle_rad: 0.0,
            italic: false,
            is_rtl: true,
            text: text.to_owned(),
            glyphs: [7..8, 3..7, 2..3, 0..2, 0..2].map(glyph).to_vec(),
            width_pt: 5.0,
        };
        let visual = visual_text(&run);
        assert_eq!(visual.text, "(\u{627}\u{644})\u{628}");
        let shown = run.glyphs.iter().map(|glyph| {
            let range = visual.ranges.get(&glyph.range.start);
            range.and_then(|range| visual.text.get(range.clone()))
        });
        let shown: Option<Vec<&str>> = shown.collect();
        let parts = ["(", "\u{627}\u{644}", ")", "\u{628}", "\u{628}"];
        assert_eq!(shown.as_deref(), Some(&parts[..]));
    }
}
