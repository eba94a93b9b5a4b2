//! A scene as PNG.

use crate::error::{ExportError, Format};
use crate::metadata::{Metadata, UtcDateTime};
use crate::raster::pixmap;
use crate::scene::Scene;
use ::png::text_metadata::ITXtChunk;
use ::png::{
    BitDepth, ColorType, DeflateCompression, Encoder, EncodingError, Filter, Info, PixelDimensions,
    Unit,
};

/// How a PNG is written.
#[derive(Clone, Debug, PartialEq)]
pub struct PngOptions {
    /// What the picture says about itself.
    pub metadata: Metadata,
    /// The size of the image: pixels to the point of the scene.
    pub pixels_per_point: f32,
    /// The size in print: pixels to the inch. `None`: a point is a 96th of an inch.
    pub dpi: Option<f32>,
}

impl Default for PngOptions {
    fn default() -> PngOptions {
        PngOptions::at_scale(1.0)
    }
}

impl PngOptions {
    /// An image of `pixels_per_point`, without metadata: 2.0 for a dense screen.
    pub fn at_scale(pixels_per_point: f32) -> PngOptions {
        PngOptions {
            metadata: Metadata::default(),
            pixels_per_point,
            dpi: None,
        }
    }
}

/// A picture as pixels, row by row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pixels {
    /// Pixels across.
    pub width_px: u32,
    /// Pixels down.
    pub height_px: u32,
    /// Straight (not premultiplied) RGBA, four bytes to the pixel.
    pub rgba: Vec<u8>,
}

impl Scene {
    /// The scene as pixels, on a transparent background: its size in points times
    /// `pixels_per_point`, rounded.
    ///
    /// # Errors
    /// [`ExportError::Size`] where no picture of that size can be made.
    pub fn to_pixels(&self, pixels_per_point: f32) -> Result<Pixels, ExportError> {
        let pixmap = pixmap(self, pixels_per_point)?;
        Ok(Pixels {
            width_px: pixmap.width(),
            height_px: pixmap.height(),
            rgba: straight(pixmap.take()),
        })
    }

    /// The scene as a PNG file, on a transparent background. Gray and opaque pictures get the
    /// smaller kinds of pixels.
    ///
    /// # Errors
    /// [`ExportError::Size`] where no picture of that size can be made,
    /// [`ExportError::AttachmentName`] where an attachment has a name that a PNG cannot hold,
    /// [`ExportError::Encoding`] where the encoder fails.
    pub fn to_png(&self, options: &PngOptions) -> Result<Vec<u8>, ExportError> {
        let texts = texts(&options.metadata)?;
        let scale = options.pixels_per_point;
        let pixmap = pixmap(self, scale)?;
        let size_px = [pixmap.width(), pixmap.height()];
        let rgba = pixmap.take();
        // Judged before the pixels are made straight, which opaque ones need not be.
        let is_opaque = rgba.chunks_exact(4).all(|pixel| pixel[3] == u8::MAX);
        let is_gray = (rgba.chunks_exact(4)).all(|p| p[0] == p[1] && p[1] == p[2]);
        let (color, bytes) = match (is_gray, is_opaque) {
            (false, true) => (ColorType::Rgb, only(&rgba, [0, 1, 2])),
            (false, false) => (ColorType::Rgba, straight(rgba)),
            (true, true) => (ColorType::Grayscale, only(&rgba, [0])),
            (true, false) => (ColorType::GrayscaleAlpha, only(&straight(rgba), [0, 3])),
        };
        let dpi = options.dpi.unwrap_or(96.0 * scale);
        encode(size_px, color, &bytes, Some(dpi), &texts).map_err(failed)
    }
}

/// A small image as PNG, for embedding.
pub(crate) fn encode_rgba(rgba: &[u8], size_px: [usize; 2]) -> Result<Vec<u8>, ExportError> {
    let size = size_px.map(|side| u32::try_from(side).unwrap_or(0));
    let is_gray = (rgba.chunks_exact(4)).all(|p| p[0] == p[1] && p[1] == p[2]);
    let (color, bytes) = if is_gray {
        (ColorType::GrayscaleAlpha, only(rgba, [0, 3]))
    } else {
        (ColorType::Rgba, rgba.to_vec())
    };
    encode(size, color, &bytes, None, &[]).map_err(failed)
}

fn failed(error: EncodingError) -> ExportError {
    ExportError::Encoding {
        format: Format::Png,
        reason: error.to_string(),
    }
}

fn encode(
    [width_px, height_px]: [u32; 2],
    color: ColorType,
    bytes: &[u8],
    dpi: Option<f32>,
    texts: &[TextChunk<'_>],
) -> Result<Vec<u8>, EncodingError> {
    let mut info = Info::with_size(width_px, height_px);
    info.color_type = color;
    info.bit_depth = BitDepth::Eight;
    info.pixel_dims = dpi.map(|dpi| {
        let per_meter = (dpi / 0.0254).round().clamp(1.0, 1e6) as u32;
        PixelDimensions {
            xppu: per_meter,
            yppu: per_meter,
            unit: Unit::Meter,
        }
    });
    let mut out = Vec::with_capacity(bytes.len() / 16);
    let mut encoder = Encoder::with_info(&mut out, info)?;
    // Charts are flat: a row is mostly the row above. The lightest level takes a few milliseconds
    // for a large one and leaves a third more than heavier ones, which take many times as long.
    encoder.set_deflate_compression(DeflateCompression::Level(1));
    encoder.set_filter(Filter::Up);
    let mut writer = encoder.write_header()?;
    for TextChunk {
        keyword,
        text,
        is_compressed,
    } in texts
    {
        // Ahead of the pixels, so that a reader need not decode them.
        let mut chunk = ITXtChunk::new(*keyword, text.clone());
        chunk.compressed = *is_compressed;
        writer.write_text_chunk(&chunk)?;
    }
    writer.write_image_data(bytes)?;
    writer.finish()?;
    Ok(out)
}

/// A text of a PNG, by its keyword.
struct TextChunk<'a> {
    keyword: &'a str,
    text: String,
    is_compressed: bool,
}

/// The metadata as texts, those that are not empty.
fn texts(metadata: &Metadata) -> Result<Vec<TextChunk<'_>>, ExportError> {
    // A NUL would end the text early.
    let clean = |text: &str| text.replace('\0', "\u{FFFD}");
    let created = metadata.created().map(UtcDateTime::iso);
    let texts = [
        ("Title", clean(&metadata.title)),
        ("Description", clean(&metadata.description)),
        ("Author", clean(&metadata.author)),
        ("Source", clean(&metadata.source)),
        ("Software", clean(&metadata.software)),
        ("Citations", clean(&metadata.citations.join("\n"))),
        ("Creation Time", created.unwrap_or_default()),
    ];
    let texts = texts.map(|(keyword, text)| TextChunk {
        keyword,
        text,
        is_compressed: false,
    });
    let attached = metadata.attached()?;
    let attached = attached.iter().map(|attachment| TextChunk {
        keyword: &attachment.key,
        text: clean(&attachment.text),
        is_compressed: true,
    });
    let texts = texts.into_iter().chain(attached);
    Ok(texts.filter(|chunk| !chunk.text.is_empty()).collect())
}

/// Some channels of RGBA pixels.
fn only<const N: usize>(rgba: &[u8], channels: [usize; N]) -> Vec<u8> {
    let mut out = vec![0; rgba.len() / 4 * N];
    for (to, from) in out.chunks_exact_mut(N).zip(rgba.chunks_exact(4)) {
        to.copy_from_slice(&channels.map(|channel| from[channel]));
    }
    out
}

/// Premultiplied pixels made straight, in place.
fn straight(mut rgba: Vec<u8>) -> Vec<u8> {
    for pixel in rgba.chunks_exact_mut(4) {
        let alpha = u32::from(pixel[3]);
        if alpha != 0 && alpha != 255 {
            for channel in &mut pixel[..3] {
                // Rounded, and bounded: a rasterizer may leave a channel above its alpha by one.
                *channel = ((u32::from(*channel) * 255 + alpha / 2) / alpha).min(255) as u8;
            }
        }
    }
    rgba
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn premultiplied_pixels_become_straight_again() {
        let pixels = vec![100, 50, 0, 128, 9, 8, 7, 255, 0, 0, 0, 0];
        assert_eq!(
            straight(pixels),
            vec![199, 100, 0, 128, 9, 8, 7, 255, 0, 0, 0, 0]
        );
    }

    #[test]
    fn empty_fields_and_dates_leave_no_chunk() {
        let metadata = Metadata {
            title: "a\0b".into(),
            software: "Tests".into(),
            ..Metadata::default()
        };
        let texts = texts(&metadata).expect("no attachment");
        let keys: Vec<_> = texts.iter().map(|chunk| chunk.keyword).collect();
        assert_eq!(keys, ["Title", "Software"]);
        assert_eq!(texts[0].text, "a\u{FFFD}b");
    }
}
