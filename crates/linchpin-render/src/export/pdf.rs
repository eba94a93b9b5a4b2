//! A scene as PDF.

use super::date::Moment;
use super::geom::{Geom, Ink, Pen, Rotation, Seg};
use super::pdf_tags::{self, Tags};
use super::scene::{Face, Mark, Node, Scene, TextRun};
use super::text::SLANT;
use super::{ExportError, Format, Meta, SOFTWARE, check_size};
use egui::Rect;
use krilla::Document;
use krilla::color::{luma, rgb};
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};
use krilla::error::{KrillaError, KrillaResult};
use krilla::geom::{Path, PathBuilder, Point, Size, Transform};
use krilla::image::Image;
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, LineJoin, Paint, Stroke};
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use linchpin_charts::evidence;
use std::collections::HashMap;

/// A point of egui is a pixel of CSS, a 96th of an inch; PDF's point is a 72nd.
pub(super) const PT_PER_POINT: f32 = 0.75;

/// The scene as a PDF file of one page, with text that can be selected and only the glyphs it uses.
/// Its pieces are tagged for those who have it read to them, and it keeps to PDF/UA-1 unless a
/// character has no glyph or the picture no title.
///
/// # Errors
/// [`ExportError::Size`] for a size that no picture may have, [`ExportError::Encoding`] where a
/// font or the encoder fails.
pub fn write(scene: &Scene, meta: &Meta) -> Result<Vec<u8>, ExportError> {
    check_size(scene.size_pt, 1.0)?;
    // A file must not claim a standard that it does not keep.
    match compose(scene, meta, true)? {
        Err(KrillaError::Validation(_)) => compose(scene, meta, false)?,
        done => done,
    }
    .map_err(|error| failed(&format!("{error:?}")))
}

/// The file, or what the encoder found wrong with it.
fn compose(scene: &Scene, meta: &Meta, strict: bool) -> Result<KrillaResult<Vec<u8>>, ExportError> {
    let size = scene.size_pt * PT_PER_POINT;
    let page = PageSettings::from_wh(size.x, size.y).ok_or_else(|| failed("no such page size"))?;
    let mut document = Document::new_with(pdf_tags::settings(strict));
    document.set_metadata(metadata(meta));
    let mut page = document.start_page_with(page);
    let mut tags = Tags::new(scene, meta, PT_PER_POINT);
    draw(scene, page.surface(), &mut tags)?;
    page.finish();
    tags.finish(&mut document, meta);
    if !meta.evidence.is_empty() {
        // The only file, so its name is free.
        let _ = document.embed_file(attachment(meta));
    }
    Ok(document.finish())
}

fn draw(scene: &Scene, mut surface: Surface<'_>, tags: &mut Tags) -> Result<(), ExportError> {
    let mut writer = Writer {
        faces: &scene.faces,
        surface: &mut surface,
        fonts: &mut Fonts::default(),
    };
    let points = Transform::from_scale(PT_PER_POINT, PT_PER_POINT);
    writer.surface.push_transform(&points);
    let mut result = Ok(());
    for (clip, nodes) in scene.groups() {
        tags.start(writer.surface, nodes.first().and_then(|node| node.part));
        // What was pushed must be popped, so go on to the end.
        result = result.and(writer.group(clip, nodes));
        writer.surface.end_tagged();
    }
    writer.surface.pop();
    surface.finish();
    result
}

pub(super) fn failed(reason: &str) -> ExportError {
    ExportError::Encoding {
        format: Format::Pdf,
        reason: reason.to_owned(),
    }
}

/// The fonts of a file: each is read once, however many pages it is used on.
#[derive(Default)]
pub(super) struct Fonts(HashMap<(usize, u32), Font>);

/// Draws marks on a page.
pub(super) struct Writer<'a, 's> {
    /// Those that the marks name by index.
    pub faces: &'a [Face],
    pub surface: &'a mut Surface<'s>,
    pub fonts: &'a mut Fonts,
}

impl Writer<'_, '_> {
    /// Marks that share their clip.
    ///
    /// # Errors
    /// Where a font cannot be embedded; the other marks are drawn.
    pub fn group(&mut self, clip: Option<Rect>, nodes: &[Node]) -> Result<(), ExportError> {
        let clip = clip.and_then(|clip| path(&Geom::plain_rect(clip).segs()));
        if let Some(clip) = &clip {
            self.surface.push_clip_path(clip, &FillRule::NonZero);
        }
        let mut result = Ok(());
        for node in nodes {
            match &node.mark {
                Mark::Shape {
                    geom,
                    fill,
                    pen,
                    rotation,
                } => self.shape(geom, *fill, *pen, *rotation),
                Mark::Text(run) => result = result.and(self.text(run)),
                Mark::Image {
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
        geom: &Geom,
        fill: Option<Ink>,
        pen: Option<Pen>,
        rotation: Option<Rotation>,
    ) {
        let Some(path) = path(&geom.segs()) else {
            return;
        };
        if let Some(Rotation { angle_rad, pivot }) = rotation {
            let turn = Transform::from_rotate_at(angle_rad.to_degrees(), pivot.x, pivot.y);
            self.surface.push_transform(&turn);
        }
        self.surface.set_fill(fill.map(filled));
        self.surface.set_stroke(pen.map(|pen| Stroke {
            paint: color(pen.ink),
            width: pen.width_pt,
            opacity: opacity(pen.ink),
            line_join: match geom {
                Geom::Path(_) => LineJoin::Round,
                _ => LineJoin::Miter,
            },
            ..Stroke::default()
        }));
        self.surface.draw_path(&path);
        if rotation.is_some() {
            self.surface.pop();
        }
    }

    fn text(&mut self, run: &TextRun) -> Result<(), ExportError> {
        let Some(first) = run.glyphs.first() else {
            return Ok(());
        };
        let font = self.font(run.face)?;
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
                    text_range: glyph.range.clone(),
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
        self.surface.set_fill(Some(filled(run.ink)));
        self.surface.set_stroke(None);
        self.surface.draw_glyphs(
            Point::from_xy(first.x + slant * first.y, first.y),
            &glyphs,
            font,
            &run.text,
            run.size_pt,
            false,
        );
        self.surface.pop();
        Ok(())
    }

    fn font(&mut self, index: usize) -> Result<Font, ExportError> {
        let face = self.faces.get(index);
        let data = face.map(|face| {
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
        let Ok(png) = super::png::encode_rgba(rgba, size_px) else {
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

fn filled(ink: Ink) -> Fill {
    Fill {
        paint: color(ink),
        opacity: opacity(ink),
        rule: FillRule::NonZero,
    }
}

/// A grey in its own color space, so that a printer uses black ink alone.
fn color(ink: Ink) -> Paint {
    if ink.is_grey() {
        luma::Color::new(ink.r).into()
    } else {
        rgb::Color::new(ink.r, ink.g, ink.b).into()
    }
}

fn opacity(ink: Ink) -> NormalizedF32 {
    NormalizedF32::new(ink.opacity()).unwrap_or(NormalizedF32::ONE)
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

pub(super) fn metadata(meta: &Meta) -> Metadata {
    let mut metadata = Metadata::new()
        .creator(SOFTWARE.to_owned())
        .producer(SOFTWARE.to_owned());
    if !meta.title.is_empty() {
        metadata = metadata.title(xml_safe(&meta.title));
    }
    // PDF has no field for sources and citations: they follow the description.
    let parts = [&meta.description, &meta.source].into_iter();
    let lines: Vec<&str> = parts
        .chain(&meta.citations)
        .map(String::as_str)
        .filter(|line| !line.is_empty())
        .collect();
    if !lines.is_empty() {
        metadata = metadata.description(xml_safe(&lines.join("\n")));
    }
    if !meta.keywords.is_empty() {
        metadata = metadata.keywords(meta.keywords.iter().map(|k| xml_safe(k)).collect());
    }
    if !meta.language.is_empty() {
        metadata = metadata.language(xml_safe(&meta.language));
    }
    if let Some(moment) = meta.created.and_then(Moment::from_unix) {
        metadata = metadata.creation_date(date(moment));
    }
    metadata
}

fn date(moment: Moment) -> DateTime {
    DateTime::new(moment.year)
        .month(moment.month)
        .day(moment.day)
        .hour(moment.hour)
        .minute(moment.minute)
        .second(moment.second)
        .utc_offset_hour(0)
        .utc_offset_minute(0)
}

/// What the picture was drawn from, as an attached file.
fn attachment(meta: &Meta) -> EmbeddedFile {
    EmbeddedFile {
        path: evidence::PDF_ATTACHMENT.to_owned(),
        mime_type: MimeType::new("application/json"),
        description: Some("What the chart was drawn from".to_owned()),
        association_kind: AssociationKind::Source,
        data: meta.evidence.clone().into_bytes().into(),
        modification_date: meta.created.and_then(Moment::from_unix).map(date),
        compress: Some(true),
        location: None,
    }
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
