//! A scene as PNG.

use super::date::Moment;
use super::raster::pixmap;
use super::scene::Scene;
use super::{ExportError, Format, Meta, SOFTWARE};
use ::png::text_metadata::ITXtChunk;
use ::png::{
    BitDepth, ColorType, DeflateCompression, Encoder, EncodingError, Filter, Info, PixelDimensions,
    Unit,
};
use linchpin_charts::evidence;

/// A picture as pixels, row by row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pixels {
    pub width_px: u32,
    pub height_px: u32,
    /// Straight (not premultiplied) RGBA, four bytes to the pixel.
    pub rgba: Vec<u8>,
}

/// The scene as pixels at `scale` pixels to the point: its size in points times `scale`, rounded.
///
/// # Errors
/// [`ExportError::Size`] where no picture of that size can be made.
pub fn raster(scene: &Scene, scale: f32) -> Result<Pixels, ExportError> {
    let pixmap = pixmap(scene, scale)?;
    Ok(Pixels {
        width_px: pixmap.width(),
        height_px: pixmap.height(),
        rgba: straight(pixmap.take()),
    })
}

/// The scene as a PNG file at `scale` pixels to the point, to be printed at `dpi` pixels to the
/// inch.
///
/// # Errors
/// [`ExportError::Size`] where no picture of that size can be made, [`ExportError::Encoding`] where
/// the encoder fails.
pub fn write(scene: &Scene, meta: &Meta, scale: f32, dpi: f32) -> Result<Vec<u8>, ExportError> {
    let pixmap = pixmap(scene, scale)?;
    let size_px = [pixmap.width(), pixmap.height()];
    let rgba = pixmap.take();
    let is_opaque = rgba.chunks_exact(4).all(|pixel| pixel[3] == u8::MAX);
    let is_grey = (rgba.chunks_exact(4)).all(|p| p[0] == p[1] && p[1] == p[2]);
    let (color, bytes) = match (is_grey, is_opaque) {
        (false, true) => (ColorType::Rgb, only(&rgba, [0, 1, 2])),
        (false, false) => (ColorType::Rgba, straight(rgba)),
        (true, true) => (ColorType::Grayscale, only(&rgba, [0])),
        (true, false) => (ColorType::GrayscaleAlpha, only(&straight(rgba), [0, 3])),
    };
    encode(size_px, color, &bytes, Some(dpi), &texts(meta)).map_err(failed)
}

/// A small image as PNG, for embedding.
pub(super) fn encode_rgba(rgba: &[u8], size_px: [usize; 2]) -> Result<Vec<u8>, ExportError> {
    let size = size_px.map(|side| u32::try_from(side).unwrap_or(0));
    let is_grey = (rgba.chunks_exact(4)).all(|p| p[0] == p[1] && p[1] == p[2]);
    let (color, bytes) = if is_grey {
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
    texts: &[(&'static str, String)],
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
    for (keyword, text) in texts {
        // Ahead of the pixels, so that a reader need not decode them.
        let mut chunk = ITXtChunk::new(*keyword, text.clone());
        chunk.compressed = *keyword == evidence::PNG_KEYWORD;
        writer.write_text_chunk(&chunk)?;
    }
    writer.write_image_data(bytes)?;
    writer.finish()?;
    Ok(out)
}

fn texts(meta: &Meta) -> Vec<(&'static str, String)> {
    // A NUL would end the text early.
    let clean = |text: &str| text.replace('\0', "\u{FFFD}");
    let created = meta.created.and_then(Moment::from_unix).map(Moment::iso);
    let texts = [
        ("Title", clean(&meta.title)),
        ("Description", clean(&meta.description)),
        ("Source", clean(&meta.source)),
        ("Software", SOFTWARE.to_owned()),
        ("Citations", clean(&meta.citations.join("\n"))),
        ("Creation Time", created.unwrap_or_default()),
        (evidence::PNG_KEYWORD, clean(&meta.evidence)),
    ];
    let is_there = |(_, text): &(&str, String)| !text.is_empty();
    texts.into_iter().filter(is_there).collect()
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
        let meta = Meta {
            title: "a\0b".into(),
            ..Meta::default()
        };
        let texts = texts(&meta);
        let keys: Vec<_> = texts.iter().map(|(key, _)| *key).collect();
        assert_eq!(keys, ["Title", "Software"]);
        assert_eq!(texts[0].1, "a\u{FFFD}b");
    }
}
