//! The pixels of a PNG, whatever they are packed as.

use super::{
    Alteration, DrawingFingerprint, DrawingReadError, DrawingState, MAX_COUNTED_COLORS,
    UncheckedReason, hex,
};
use png::{ColorType, Decoder, DecodingError, Limits, Transformations};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;
use std::io::Cursor;

/// The most pixels that are read, which is more than the program writes.
const MAX_PIXELS: u64 = 120_000_000;
/// The most pixels of an image whose rows come in several turns, which must be held as a whole.
const MAX_INTERLACED_PIXELS: u64 = 16_000_000;
/// The most memory that the reader may take besides its rows, in bytes.
const MAX_READER_BYTES: usize = 64 << 20;

/// The fingerprint of pixels that are about to be written as a PNG: straight RGBA, four bytes to
/// the pixel, row by row.
pub fn pixel_fingerprint(size_px: [u32; 2], rgba: &[u8]) -> DrawingFingerprint {
    let mut hasher = PixelHasher::new(size_px);
    hasher.add(rgba);
    hasher.finish()
}

/// Takes pixels in, some at a time.
struct PixelHasher {
    size_px: [u32; 2],
    sha256: Sha256,
    colors: BTreeSet<[u8; 4]>,
    last: Option<[u8; 4]>,
}

impl PixelHasher {
    fn new(size_px: [u32; 2]) -> PixelHasher {
        let mut sha256 = Sha256::new();
        for side in size_px {
            sha256.update(side.to_be_bytes());
        }
        PixelHasher {
            size_px,
            sha256,
            colors: BTreeSet::new(),
            last: None,
        }
    }

    /// Straight RGBA, whole pixels.
    fn add(&mut self, rgba: &[u8]) {
        let is_seen = |pixel: &[u8]| pixel.last() != Some(&0);
        if rgba.chunks_exact(4).all(is_seen) {
            self.sha256.update(rgba);
        } else {
            // Programs keep or drop the color of what is not seen as they like.
            let clean = rgba.chunks_exact(4).flat_map(|pixel| match is_seen(pixel) {
                true => [pixel[0], pixel[1], pixel[2], pixel[3]],
                false => [0; 4],
            });
            self.sha256.update(clean.collect::<Vec<u8>>());
        }
        for pixel in rgba.chunks_exact(4) {
            let color = match is_seen(pixel) {
                true => [pixel[0], pixel[1], pixel[2], pixel[3]],
                false => [0; 4],
            };
            // One more than is counted is enough to know.
            if self.last != Some(color) && self.colors.len() <= MAX_COUNTED_COLORS {
                self.colors.insert(color);
                self.last = Some(color);
            }
        }
    }

    fn finish(self) -> DrawingFingerprint {
        let colors = self.colors.len();
        DrawingFingerprint {
            sha256: hex(&self.sha256.finalize()),
            size_px: Some(self.size_px),
            colors: (colors <= MAX_COUNTED_COLORS).then_some(colors),
        }
    }
}

/// The fingerprint of the pixels of a PNG file.
pub(super) fn fingerprint(bytes: &[u8]) -> Result<DrawingFingerprint, DrawingReadError> {
    let mut decoder = Decoder::new_with_limits(
        Cursor::new(bytes),
        Limits {
            bytes: MAX_READER_BYTES,
        },
    );
    // What it says about itself may be large, and is read elsewhere.
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    decoder.set_transformations(
        Transformations::EXPAND | Transformations::ALPHA | Transformations::STRIP_16,
    );
    let mut reader = decoder.read_info().map_err(read_error)?;
    let info = reader.info();
    if info.animation_control.is_some() {
        return Err(DrawingReadError::Frames);
    }
    let size_px = [info.width, info.height];
    let most = match info.interlaced {
        true => MAX_INTERLACED_PIXELS,
        false => MAX_PIXELS,
    };
    if u64::from(info.width) * u64::from(info.height) > most {
        return Err(DrawingReadError::TooLarge);
    }
    let is_interlaced = info.interlaced;
    let color = reader.output_color_type().0;
    let mut hasher = PixelHasher::new(size_px);
    if is_interlaced {
        let length = reader
            .output_buffer_size()
            .ok_or(DrawingReadError::TooLarge)?;
        let mut pixels = vec![0; length];
        reader.next_frame(&mut pixels).map_err(read_error)?;
        hasher.add(&rgba(color, &pixels)?);
        return Ok(hasher.finish());
    }
    // Row by row: a small file may hold very many pixels.
    while let Some(row) = reader.next_row().map_err(read_error)? {
        hasher.add(&rgba(color, row.data())?);
    }
    Ok(hasher.finish())
}

fn read_error(error: DecodingError) -> DrawingReadError {
    match error {
        DecodingError::LimitsExceeded => DrawingReadError::TooLarge,
        _ => DrawingReadError::Unreadable,
    }
}

fn rgba(color: ColorType, pixels: &[u8]) -> Result<std::borrow::Cow<'_, [u8]>, DrawingReadError> {
    match color {
        ColorType::Rgba => Ok(pixels.into()),
        ColorType::GrayscaleAlpha => {
            let pixels = pixels.chunks_exact(2);
            let wide = pixels.flat_map(|pixel| [pixel[0], pixel[0], pixel[0], pixel[1]]);
            Ok(wide.collect::<Vec<u8>>().into())
        }
        // Every kind becomes one of the two.
        _ => Err(DrawingReadError::Unreadable),
    }
}

/// What is to be said about pixels that are not those that were exported.
pub(super) fn difference(
    exported: &DrawingFingerprint,
    found: &DrawingFingerprint,
) -> DrawingState {
    match (exported.size_px, found.size_px) {
        (Some(from_px), Some(to_px)) if from_px != to_px => {
            return DrawingState::Unchecked(UncheckedReason::Resized { from_px, to_px });
        }
        _ => {}
    }
    // Programs that make files small choose a palette, and with it other colors everywhere.
    match (exported.colors, found.colors) {
        (None, Some(colors)) => DrawingState::Unchecked(UncheckedReason::FewerColors(colors)),
        _ => DrawingState::Altered(Alteration::Pixels),
    }
}
