//! Whether an image still shows what was exported: a fingerprint of what is drawn travels along in
//! the evidence, and is held against what the file draws now.
//!
//! Only what is drawn counts, not how it is packed or what stands next to it: an image that another
//! program has saved anew with the same pixels or the same shapes is unaltered. The fingerprint is
//! no signature: whoever alters an image on purpose can write a new one.

mod pdf;
mod pixels;
mod svg;

use super::Evidence;
use super::read::EvidenceContainer;
use serde::{Deserialize, Serialize};

pub use pixels::pixel_fingerprint;

/// What was drawn when an image was exported.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawingFingerprint {
    /// The SHA-256 of what is drawn, in hexadecimal digits. Of a PNG: its width and height as four
    /// bytes each, the highest first, then red, green, blue and opacity of each pixel, row by row,
    /// all 0 where nothing is to be seen. Of an SVG: its elements and texts in order, without
    /// metadata, title and description. Of a PDF: its pages' sizes and the contents of its
    /// streams, without metadata and attached files.
    pub sha256: String,
    /// Of a PNG: pixels across and down.
    #[serde(default)]
    pub size_px: Option<[u32; 2]>,
    /// Of a PNG: how many colors it has, up to [`MAX_COUNTED_COLORS`]; `None` where there are more.
    #[serde(default)]
    pub colors: Option<usize>,
}

/// So many colors are counted: as many as a palette holds.
pub const MAX_COUNTED_COLORS: usize = 256;

/// What is known of an image's drawing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DrawingState {
    /// It draws what was exported.
    Unaltered,
    /// It draws something else.
    Altered(Alteration),
    /// It cannot be known.
    Unchecked(UncheckedReason),
}

/// What shows that a drawing was altered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alteration {
    /// Pixels have other colors.
    Pixels,
    /// Pictures were added that take turns.
    Frames,
    /// Elements or their texts are others, or stand elsewhere.
    Elements,
    /// What stands on the page is something else.
    PageContents,
    /// Something was added behind the end of the exported file.
    Appended,
}

/// Why nothing can be said about a drawing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UncheckedReason {
    /// The image carries no fingerprint: an earlier version of the program made it.
    NoFingerprint,
    /// The image has another size, in pixels across and down, than it was exported with.
    Resized {
        /// As it was exported.
        from_px: [u32; 2],
        /// As it is.
        to_px: [u32; 2],
    },
    /// The image was saved with so many colors, fewer than it was exported with.
    FewerColors(usize),
    /// Another program has written the file anew, in its own way; which one, where it says so.
    Rewritten(Option<&'static str>),
    /// What is drawn is larger than is read.
    TooLarge,
    /// What is drawn cannot be read.
    Unreadable,
}

/// Why a file has no fingerprint to be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum DrawingReadError {
    TooLarge,
    Unreadable,
    /// A PNG of several pictures.
    Frames,
}

/// The fingerprint of what a file draws; `None` where it cannot be read.
pub fn drawing_fingerprint(
    container: EvidenceContainer,
    bytes: &[u8],
) -> Option<DrawingFingerprint> {
    fingerprint(container, bytes).ok()
}

fn fingerprint(
    container: EvidenceContainer,
    bytes: &[u8],
) -> Result<DrawingFingerprint, DrawingReadError> {
    let of_sha256 = |sha256| DrawingFingerprint {
        sha256,
        ..DrawingFingerprint::default()
    };
    match container {
        EvidenceContainer::Png => pixels::fingerprint(bytes),
        EvidenceContainer::Svg => svg::sha256(bytes).map(of_sha256),
        EvidenceContainer::Pdf => pdf::sha256(bytes).map(of_sha256),
    }
}

/// Holds what an image draws against what its evidence says was exported.
pub fn check_drawing(
    container: EvidenceContainer,
    bytes: &[u8],
    evidence: &Evidence,
) -> DrawingState {
    use DrawingState::{Altered, Unchecked};
    let Some(exported) = &evidence.drawing else {
        return Unchecked(UncheckedReason::NoFingerprint);
    };
    let found = match fingerprint(container, bytes) {
        Ok(found) => found,
        Err(DrawingReadError::Frames) => return Altered(Alteration::Frames),
        Err(DrawingReadError::TooLarge) => return Unchecked(UncheckedReason::TooLarge),
        Err(DrawingReadError::Unreadable) => return Unchecked(UncheckedReason::Unreadable),
    };
    let is_same = found.sha256 == exported.sha256;
    match container {
        // Where parts are packed together, pages may be among them that were not looked at.
        EvidenceContainer::Pdf if is_same && !pdf::has_packed_objects(bytes) => {
            DrawingState::Unaltered
        }
        EvidenceContainer::Pdf => pdf::difference(bytes),
        _ if is_same => DrawingState::Unaltered,
        EvidenceContainer::Png => pixels::difference(exported, &found),
        EvidenceContainer::Svg => match svg::other_program(bytes) {
            Some(name) => Unchecked(UncheckedReason::Rewritten(Some(name))),
            None => Altered(Alteration::Elements),
        },
    }
}

/// Bytes as hexadecimal digits.
fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
