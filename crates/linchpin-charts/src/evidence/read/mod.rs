//! Finds in an image file what Linchpin has put there. Damaged, foreign and hostile files end in
//! words, never in a panic or a full memory.

mod inflate;
mod pdf;
mod png;
mod svg;

use super::{Evidence, VERSION};
use serde::Deserialize;
use std::fmt;

/// The most that is unpacked, in bytes.
pub const MAX_UNPACKED_BYTES: usize = 64 << 20;

/// A kind of image file that can carry evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Container {
    Png,
    Svg,
    Pdf,
}

impl Container {
    /// "PNG"
    pub fn name(self) -> &'static str {
        match self {
            Container::Png => "PNG",
            Container::Svg => "SVG",
            Container::Pdf => "PDF",
        }
    }

    /// What the first bytes of a file say that it is; `None` of anything but an image of these
    /// kinds.
    pub fn of(bytes: &[u8]) -> Option<Container> {
        const HEAD_BYTES: usize = 4096;
        let head = bytes.get(..HEAD_BYTES).unwrap_or(bytes);
        let has = |words: &[u8]| memchr::memmem::find(head, words).is_some();
        if bytes.starts_with(png::SIGNATURE) {
            Some(Container::Png)
        } else if has(b"%PDF-") {
            Some(Container::Pdf)
        } else {
            let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
            let is_markup = text.trim_ascii_start().starts_with(b"<");
            (is_markup && has(b"<svg")).then_some(Container::Svg)
        }
    }
}

/// Why nothing was found in a file, as a sentence without a period about “it”.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// No PNG, SVG or PDF.
    Foreign,
    /// Carries nothing of Linchpin's.
    Nothing(Container),
    /// Damaged where it matters; how.
    Damaged(Container, &'static str),
    /// What it carries is larger than [`MAX_UNPACKED_BYTES`].
    TooLarge(Container),
    /// Made by a later version of the program.
    Newer(u32),
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Why::Foreign => f.write_str("it is no PNG, SVG or PDF"),
            Why::Nothing(container) => write!(
                f,
                "this {} carries no chart: Linchpin did not make it, or another program has taken \
                out what it carried",
                container.name()
            ),
            Why::Damaged(container, how) => {
                write!(f, "this {} is damaged: {how}", container.name())
            }
            Why::TooLarge(container) => write!(
                f,
                "what this {} carries is too large to be read: {} MB is the most",
                container.name(),
                MAX_UNPACKED_BYTES >> 20
            ),
            Why::Newer(version) => write!(
                f,
                "a newer Linchpin made this image (its evidence has version {version}, and this \
                program reads {VERSION}): use a newer Linchpin"
            ),
        }
    }
}

impl std::error::Error for Why {}

/// Reads what an image carries.
///
/// # Errors
/// Where there is nothing to be read, or it cannot be read.
pub fn read(bytes: &[u8]) -> Result<(Container, Evidence), Why> {
    let container = Container::of(bytes).ok_or(Why::Foreign)?;
    let json = match container {
        Container::Png => png::find(bytes)?,
        Container::Svg => svg::find(bytes)?,
        Container::Pdf => pdf::find(bytes)?,
    };
    let json = json.ok_or(Why::Nothing(container))?;
    Ok((container, parsed(container, &json)?))
}

fn parsed(container: Container, json: &[u8]) -> Result<Evidence, Why> {
    #[derive(Deserialize)]
    struct Version {
        linchpin: u32,
    }
    let damaged = |_| Why::Damaged(container, "what it carries is no sound JSON");
    let version: Version = serde_json::from_slice(json).map_err(damaged)?;
    if version.linchpin > VERSION {
        return Err(Why::Newer(version.linchpin));
    }
    serde_json::from_slice(json).map_err(damaged)
}

/// Unpacks, and says in words why not.
fn unpacked(container: Container, packed: &[u8]) -> Result<Vec<u8>, Why> {
    inflate::zlib(packed, MAX_UNPACKED_BYTES).map_err(|fault| match fault {
        inflate::Fault::TooLarge => Why::TooLarge(container),
        inflate::Fault::Damaged => Why::Damaged(container, "what it carries cannot be unpacked"),
    })
}
