//! Finds in an image file what Linchpin has put there. Damaged, foreign and hostile files end in
//! words, never in a panic or a full memory.

mod inflate;
mod markup_limits;
mod pdf;
mod png;
mod svg;

use super::{EVIDENCE_VERSION, Evidence};
use serde::Deserialize;
use std::fmt;

pub(super) use inflate::{UnpackError, unpack_zlib};
pub(super) use svg::document as svg_document;

/// The most that is unpacked, in bytes.
pub const MAX_UNPACKED_BYTES: usize = 64 << 20;
/// The most values that it may hold: each takes more memory than the sign behind it.
const MAX_VALUES: usize = 4_000_000;

/// A kind of image file that can carry evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EvidenceContainer {
    Png,
    Svg,
    Pdf,
}

impl EvidenceContainer {
    /// "PNG"
    pub fn name(self) -> &'static str {
        match self {
            EvidenceContainer::Png => "PNG",
            EvidenceContainer::Svg => "SVG",
            EvidenceContainer::Pdf => "PDF",
        }
    }

    /// What the first bytes of a file say that it is; `None` of anything but an image of these
    /// kinds.
    pub fn detect(bytes: &[u8]) -> Option<EvidenceContainer> {
        const HEAD_BYTES: usize = 4096;
        let head = bytes.get(..HEAD_BYTES).unwrap_or(bytes);
        let has = |words: &[u8]| memchr::memmem::find(head, words).is_some();
        if bytes.starts_with(png::SIGNATURE) {
            Some(EvidenceContainer::Png)
        } else if has(b"%PDF-") {
            Some(EvidenceContainer::Pdf)
        } else {
            let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
            let is_markup = text.trim_ascii_start().starts_with(b"<");
            (is_markup && has(b"<svg")).then_some(EvidenceContainer::Svg)
        }
    }
}

/// Why nothing was found in a file, as a sentence without a period about “it”.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EvidenceError {
    /// No PNG, SVG or PDF.
    UnknownFormat,
    /// Carries nothing of Linchpin's.
    NoEvidence(EvidenceContainer),
    /// Damaged where it matters; how.
    Damaged(EvidenceContainer, &'static str),
    /// What it carries is larger than [`MAX_UNPACKED_BYTES`].
    TooLarge(EvidenceContainer),
    /// Built of more parts, or of parts more deeply in one another, than any image is.
    TooManyParts(EvidenceContainer),
    /// Made by a later version of the program.
    NewerVersion(u32),
}

impl fmt::Display for EvidenceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            EvidenceError::UnknownFormat => f.write_str("it is no PNG, SVG or PDF"),
            EvidenceError::NoEvidence(container) => write!(
                f,
                "this {} carries no chart: Linchpin did not make it, or it was exported without \
                evidence, or another program has taken out what it carried",
                container.name()
            ),
            EvidenceError::Damaged(container, how) => {
                write!(f, "this {} is damaged: {how}", container.name())
            }
            EvidenceError::TooLarge(container) => write!(
                f,
                "what this {} carries is too large to be read: {} MB is the most",
                container.name(),
                MAX_UNPACKED_BYTES >> 20
            ),
            EvidenceError::TooManyParts(container) => write!(
                f,
                "this {} is built of more parts, or has them more deeply in one another, than an \
                image has, and is not read",
                container.name()
            ),
            EvidenceError::NewerVersion(version) => write!(
                f,
                "a newer Linchpin made this image (its evidence has version {version}, and this \
                program reads {EVIDENCE_VERSION}): use a newer Linchpin"
            ),
        }
    }
}

impl std::error::Error for EvidenceError {}

/// Reads what an image carries.
///
/// # Errors
/// Where there is nothing to be read, or it cannot be read.
pub fn read(bytes: &[u8]) -> Result<(EvidenceContainer, Evidence), EvidenceError> {
    let container = EvidenceContainer::detect(bytes).ok_or(EvidenceError::UnknownFormat)?;
    let json = match container {
        EvidenceContainer::Png => png::find(bytes)?,
        EvidenceContainer::Svg => svg::find(bytes)?,
        EvidenceContainer::Pdf => pdf::find(bytes)?,
    };
    let json = json.ok_or(EvidenceError::NoEvidence(container))?;
    Ok((container, parse_evidence(container, &json)?))
}

fn parse_evidence(container: EvidenceContainer, json: &[u8]) -> Result<Evidence, EvidenceError> {
    // Signs in words count as well, of which an excerpt of the largest size has fewer.
    if memchr::memchr3_iter(b'[', b'{', b',', json).count() > MAX_VALUES {
        return Err(EvidenceError::TooManyParts(container));
    }
    #[derive(Deserialize)]
    struct EvidenceVersion {
        linchpin: u32,
    }
    let damaged = |_| EvidenceError::Damaged(container, "what it carries is no sound JSON");
    let version: EvidenceVersion = serde_json::from_slice(json).map_err(damaged)?;
    if version.linchpin > EVIDENCE_VERSION {
        return Err(EvidenceError::NewerVersion(version.linchpin));
    }
    serde_json::from_slice(json).map_err(damaged)
}

/// Unpacks, and says in words why not.
fn unpack(container: EvidenceContainer, packed: &[u8]) -> Result<Vec<u8>, EvidenceError> {
    inflate::unpack_zlib(packed, MAX_UNPACKED_BYTES).map_err(|error| match error {
        inflate::UnpackError::TooLarge => EvidenceError::TooLarge(container),
        inflate::UnpackError::Damaged => {
            EvidenceError::Damaged(container, "what it carries cannot be unpacked")
        }
    })
}
