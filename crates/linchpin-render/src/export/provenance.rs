//! Whether this program has made a file, as far as its bytes say: an image says what it was made
//! from, a page and a PDF name their maker. Tables, data and texts of a register carry no mark.

use linchpin_charts::evidence::read::{EvidenceContainer, EvidenceError, read};

/// A kind of file that names its maker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutputKind {
    /// An image, or a report on paper.
    Image(EvidenceContainer),
    /// A report for the web.
    Page,
}

/// How far into a file its maker is looked for, where it stands near the beginning.
const HEAD_BYTES: usize = 64 << 10;

/// What kind of file of this program this is; `None` where it is none, or where it cannot be known.
pub fn own_output_kind(bytes: &[u8]) -> Option<OutputKind> {
    let head = bytes.get(..HEAD_BYTES).unwrap_or(bytes);
    if let Some(container) = EvidenceContainer::detect(bytes) {
        let names_us = match container {
            EvidenceContainer::Png => contains(head, b"Software\0\0\0\0\0Linchpin "),
            EvidenceContainer::Pdf => [
                b"/Producer (Linchpin ".as_slice(),
                b"/Producer(Linchpin ",
                b"<pdf:Producer>Linchpin ",
            ]
            .iter()
            .any(|mark| contains(bytes, mark)),
            // An image that was exported without evidence has nothing else.
            EvidenceContainer::Svg => contains(head, b"<xmp:CreatorTool>Linchpin "),
        };
        let is_ours =
            names_us || matches!(read(bytes), Ok(_) | Err(EvidenceError::NewerVersion(_)));
        return is_ours.then_some(OutputKind::Image(container));
    }
    let is_page = head.trim_ascii_start().starts_with(b"<!DOCTYPE html>")
        && contains(head, b"<meta name=\"generator\" content=\"Linchpin ");
    is_page.then_some(OutputKind::Page)
}

/// Whether a file that is to be written is of the same kind as one of ours that is there: an image
/// takes the place of an image, but nothing else does.
pub fn may_replace_output(old: &[u8], new: &[u8]) -> bool {
    let old = own_output_kind(old);
    old.is_some() && old == own_output_kind(new)
}

fn contains(bytes: &[u8], words: &[u8]) -> bool {
    bytes.windows(words.len()).any(|window| window == words)
}
