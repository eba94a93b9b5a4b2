//! A scene as PNG.

use crate::error::{ExportError, Format};
use crate::metadata::{Metadata, UtcDateTime};
use crate::raster::pixmap;
use crate::scene::Scene;
use crate::xmp;
use ::png::{
    BitDepth, ColorType, DeflateCompression, Encoder, EncodingError, Filter, Info, PixelDimensions,
    SrgbRenderingIntent, Unit, chunk,
};
use flate2::Compression;
use flate2::write::ZlibEncoder;
use std::collections::{BTreeSet, HashMap};
use std::io::Write as _;

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

    /// The scene as a PNG file, on a transparent background: its pixels as
    /// [`Pixels::to_png`] writes them.
    ///
    /// # Errors
    /// [`ExportError::Size`] where no picture of that size can be made,
    /// [`ExportError::AttachmentName`] where an attachment has a name that a PNG cannot hold,
    /// [`ExportError::Encoding`] where the encoder fails.
    pub fn to_png(&self, options: &PngOptions) -> Result<Vec<u8>, ExportError> {
        options.metadata.attached()?;
        self.to_pixels(options.pixels_per_point)?.to_png(options)
    }
}

impl Pixels {
    /// The pixels as a PNG file in sRGB. Nothing is lost, and the smallest kind of pixels that
    /// holds them is taken: greys, a palette where there are no more than 256 colors, and no
    /// transparency where all is opaque. `pixels_per_point` of the options says how large a pixel
    /// is in print, where no `dpi` does.
    ///
    /// # Errors
    /// [`ExportError::AttachmentName`] where an attachment has a name that a PNG cannot hold,
    /// [`ExportError::Encoding`] where the encoder fails, as where there are more or fewer pixels
    /// than the size says.
    pub fn to_png(&self, options: &PngOptions) -> Result<Vec<u8>, ExportError> {
        let texts = texts(&options.metadata)?;
        let dpi = options.dpi.unwrap_or(96.0 * options.pixels_per_point);
        let size_px = [self.width_px, self.height_px];
        encode(size_px, &PixelRows::of(&self.rgba), Some(dpi), &texts).map_err(failed)
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
    encode(size, &PixelRows::new(color, bytes), None, &[]).map_err(failed)
}

fn failed(error: EncodingError) -> ExportError {
    ExportError::Encoding {
        format: Format::Png,
        reason: error.to_string(),
    }
}

/// The most colors of a palette.
const MAX_PALETTE: usize = 256;

/// Pixels in the form in which they are packed.
struct PixelRows {
    color: ColorType,
    bytes: Vec<u8>,
    /// Red, green, blue of each entry of the palette; empty where there is none.
    palette: Vec<u8>,
    /// Opacity of its first entries; the others are opaque.
    opacity: Vec<u8>,
}

impl PixelRows {
    fn new(color: ColorType, bytes: Vec<u8>) -> PixelRows {
        PixelRows {
            color,
            bytes,
            palette: Vec::new(),
            opacity: Vec::new(),
        }
    }

    /// Straight RGBA pixels in their smallest form.
    fn of(rgba: &[u8]) -> PixelRows {
        let is_opaque = rgba.chunks_exact(4).all(|pixel| pixel[3] == u8::MAX);
        let is_gray = (rgba.chunks_exact(4)).all(|p| p[0] == p[1] && p[1] == p[2]);
        // Greys stay greys, which printers set in black alone.
        match (is_gray, is_opaque) {
            (true, true) => PixelRows::new(ColorType::Grayscale, only(rgba, [0])),
            (true, false) => PixelRows::new(ColorType::GrayscaleAlpha, only(rgba, [0, 3])),
            (false, _) => PixelRows::indexed(rgba).unwrap_or_else(|| match is_opaque {
                true => PixelRows::new(ColorType::Rgb, only(rgba, [0, 1, 2])),
                false => PixelRows::new(ColorType::Rgba, rgba.to_vec()),
            }),
        }
    }

    /// Pixels by their place in a palette; `None` where they have more colors than one holds.
    fn indexed(rgba: &[u8]) -> Option<PixelRows> {
        let pixels = || {
            rgba.chunks_exact(4)
                .filter_map(|p| <[u8; 4]>::try_from(p).ok())
        };
        let mut colors = BTreeSet::new();
        let mut last = None;
        for pixel in pixels() {
            // Charts are flat: most pixels are as the one before.
            if last != Some(pixel) && colors.insert(pixel) && colors.len() > MAX_PALETTE {
                return None;
            }
            last = Some(pixel);
        }
        // Those that let something through come first: only they need an entry of their own in the
        // list of opacities.
        let mut colors: Vec<[u8; 4]> = colors.into_iter().collect();
        colors.sort_by_key(|[.., opacity]| *opacity == u8::MAX);
        let places = colors
            .iter()
            .zip(0_u8..=u8::MAX)
            .map(|(color, at)| (*color, at));
        let places: HashMap<[u8; 4], u8> = places.collect();
        let translucent = colors.iter().filter(|[.., opacity]| *opacity != u8::MAX);
        let mut near = ([0; 4], None);
        let mut place = |pixel| match near {
            (known, Some(at)) if known == pixel => at,
            _ => {
                let at = places.get(&pixel).copied().unwrap_or_default();
                near = (pixel, Some(at));
                at
            }
        };
        Some(PixelRows {
            color: ColorType::Indexed,
            bytes: pixels().map(&mut place).collect(),
            palette: colors
                .iter()
                .flat_map(|[r, g, b, _]| [*r, *g, *b])
                .collect(),
            opacity: translucent.map(|[.., opacity]| *opacity).collect(),
        })
    }
}

/// Above so many bytes of pixels the strongest packing takes seconds, for a few percent.
const MAX_BEST_BYTES: usize = 4_000_000;

fn encode(
    size_px: [u32; 2],
    rows: &PixelRows,
    dpi: Option<f32>,
    texts: &[TextChunk<'_>],
) -> Result<Vec<u8>, EncodingError> {
    let level = if rows.bytes.len() > MAX_BEST_BYTES {
        6
    } else {
        9
    };
    // Charts are flat, and whole runs of a row come again: what is repeated packs better as it
    // stands than as differences. A photograph does not; a quick trial tells them apart.
    let filter = match rows.color {
        ColorType::Indexed => Filter::NoFilter,
        _ => {
            let packed_len = |filter| {
                let packed = encode_as(size_px, rows, dpi, &[], (filter, 1));
                packed.map(|bytes| bytes.len())
            };
            let [plain, adaptive] = [Filter::NoFilter, Filter::Adaptive];
            match packed_len(plain)? <= packed_len(adaptive)? {
                true => plain,
                false => adaptive,
            }
        }
    };
    encode_as(size_px, rows, dpi, texts, (filter, level))
}

fn encode_as(
    [width_px, height_px]: [u32; 2],
    rows: &PixelRows,
    dpi: Option<f32>,
    texts: &[TextChunk<'_>],
    (filter, level): (Filter, u8),
) -> Result<Vec<u8>, EncodingError> {
    let mut info = Info::with_size(width_px, height_px);
    info.color_type = rows.color;
    info.bit_depth = BitDepth::Eight;
    info.srgb = Some(SrgbRenderingIntent::Perceptual);
    info.palette = (!rows.palette.is_empty()).then(|| (&rows.palette).into());
    info.trns = (!rows.opacity.is_empty()).then(|| (&rows.opacity).into());
    info.pixel_dims = dpi.map(|dpi| {
        let per_meter = (dpi / 0.0254).round().clamp(1.0, 1e6) as u32;
        PixelDimensions {
            xppu: per_meter,
            yppu: per_meter,
            unit: Unit::Meter,
        }
    });
    let mut out = Vec::with_capacity(rows.bytes.len() / 16);
    let mut encoder = Encoder::with_info(&mut out, info)?;
    encoder.set_deflate_compression(DeflateCompression::Level(level));
    encoder.set_filter(filter);
    let mut writer = encoder.write_header()?;
    for text in texts {
        // Ahead of the pixels, so that a reader need not decode them.
        writer.write_chunk(chunk::iTXt, &text.bytes())?;
    }
    writer.write_image_data(&rows.bytes)?;
    writer.finish()?;
    Ok(out)
}

/// The keyword of XMP in a PNG.
const XMP_KEYWORD: &str = "XML:com.adobe.xmp";
/// Texts below so many bytes are not packed: every reader shows them as they are.
const MIN_PACKED_BYTES: usize = 512;

/// A text of a PNG, by its keyword.
struct TextChunk<'a> {
    keyword: &'a str,
    text: String,
}

impl TextChunk<'_> {
    /// The chunk's data: keyword, 0, packed or not, method, language, 0, translated keyword, 0,
    /// text.
    fn bytes(&self) -> Vec<u8> {
        let text = self.text.as_bytes();
        // Readers of XMP look for its first words as they are.
        let may_pack = text.len() >= MIN_PACKED_BYTES && self.keyword != XMP_KEYWORD;
        let packed = may_pack.then(|| pack(text)).flatten();
        let packed = packed.filter(|packed| packed.len() < text.len());
        let mut out = self.keyword.as_bytes().to_vec();
        out.extend([0, u8::from(packed.is_some()), 0, 0, 0]);
        out.extend(packed.as_deref().unwrap_or(text));
        out
    }
}

fn pack(text: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(text).ok()?;
    encoder.finish().ok()
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
        ("Copyright", clean(&metadata.rights)),
        ("Source", clean(&metadata.source)),
        ("Software", clean(&metadata.software)),
        ("Citations", clean(&metadata.citations.join("\n"))),
        ("Creation Time", created.unwrap_or_default()),
        (XMP_KEYWORD, xmp::packet(metadata)),
    ];
    let texts = texts.map(|(keyword, text)| TextChunk { keyword, text });
    let attached = metadata.attached()?;
    let attached = attached.iter().map(|attachment| TextChunk {
        keyword: &attachment.key,
        text: clean(&attachment.text),
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
        assert_eq!(keys, ["Title", "Software", XMP_KEYWORD]);
        assert_eq!(texts[0].text, "a\u{FFFD}b");
    }
}
