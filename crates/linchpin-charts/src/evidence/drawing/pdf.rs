//! What the pages of a PDF draw: the contents of all its streams (pages, fonts, images) and the
//! sizes of its pages. Like attached files, they are looked for by their own marks.

use super::super::read::{MAX_UNPACKED_BYTES, UnpackError, unpack_zlib};
use super::{Alteration, DrawingReadError, DrawingState, UncheckedReason, hex};
use memchr::memmem;
use sha2::{Digest as _, Sha256};

/// The SHA-256 of what is drawn.
pub(super) fn sha256(bytes: &[u8]) -> Result<String, DrawingReadError> {
    let mut left = MAX_UNPACKED_BYTES;
    let mut digests = Vec::new();
    let mut boxes = Vec::new();
    let mut annotations = 0_usize;
    for part in parts(bytes) {
        for name in [&b"/MediaBox"[..], b"/CropBox"] {
            boxes.extend(memmem::find_iter(part.words, name).map(|at| box_words(part.words, at)));
        }
        annotations += memmem::find_iter(part.words, b"/Annots").count();
        let Some(data) = part.data.filter(|_| part.is_drawn()) else {
            continue;
        };
        let is_packed = part.has(b"/FlateDecode");
        let unpacked = match is_packed {
            true => unpack_zlib(data, left).map_err(|error| match error {
                UnpackError::TooLarge => DrawingReadError::TooLarge,
                UnpackError::Damaged => DrawingReadError::Unreadable,
            })?,
            false => data.trim_ascii_end().to_vec(),
        };
        left = left.saturating_sub(unpacked.len());
        digests.push(hex(&Sha256::digest(&unpacked)));
    }
    // Programs write the parts in their own order.
    digests.sort_unstable();
    boxes.sort_unstable();
    let all = format!(
        "{annotations}\n{}\n{}",
        boxes.join("\n"),
        digests.join("\n")
    );
    Ok(hex(&Sha256::digest(all.as_bytes())))
}

/// Whether parts of the file are packed together, so that not all of them were looked at.
pub(super) fn has_packed_objects(bytes: &[u8]) -> bool {
    parts(bytes).any(|part| part.data.is_some() && part.has(b"/ObjStm"))
}

/// What is to be said about a file that does not draw what was exported.
pub(super) fn difference(bytes: &[u8]) -> DrawingState {
    let rewritten = DrawingState::Unchecked(UncheckedReason::Rewritten(None));
    let ends = memmem::find_iter(bytes, b"%%EOF").count();
    if memmem::find(bytes, b"/Linearized").is_some() {
        return rewritten;
    }
    if ends > 1 {
        return DrawingState::Altered(Alteration::Appended);
    }
    // Who writes a file anew puts its own name there.
    let ours = [&b"/Producer (Linchpin "[..], b"/Producer(Linchpin "];
    let is_ours = ours.iter().any(|name| memmem::find(bytes, name).is_some());
    match is_ours && !has_packed_objects(bytes) {
        true => DrawingState::Altered(Alteration::PageContents),
        false => rewritten,
    }
}

/// A piece of the file: the words up to a stream, which describe it, and its data; the last has
/// words alone.
struct FilePart<'a> {
    words: &'a [u8],
    data: Option<&'a [u8]>,
}

impl FilePart<'_> {
    /// Whether the description of the stream has these words.
    fn has(&self, words: &[u8]) -> bool {
        let from = memmem::rfind(self.words, b"obj").unwrap_or(0);
        let description = self.words.get(from..).unwrap_or_default();
        memmem::find(description, words).is_some()
    }

    /// Whether the stream has a part in what is drawn.
    fn is_drawn(&self) -> bool {
        let others = [&b"/EmbeddedFile"[..], b"/Metadata", b"/XRef", b"/ObjStm"];
        !others.iter().any(|words| self.has(words))
    }
}

fn parts(bytes: &[u8]) -> Parts<'_> {
    Parts { bytes, from: 0 }
}

/// The pieces of a file, from its beginning to its end.
struct Parts<'a> {
    bytes: &'a [u8],
    from: usize,
}

impl<'a> Iterator for Parts<'a> {
    type Item = FilePart<'a>;

    fn next(&mut self) -> Option<FilePart<'a>> {
        let rest = self
            .bytes
            .get(self.from..)
            .filter(|rest| !rest.is_empty())?;
        let Some((words, start)) = stream_start(rest) else {
            self.from = self.bytes.len();
            let words = rest;
            return Some(FilePart { words, data: None });
        };
        let data = rest.get(start..).unwrap_or_default();
        let length = stated_length(words).filter(|length| {
            let after = data.get(*length..).unwrap_or_default();
            after.trim_ascii_start().starts_with(b"endstream")
        });
        let length = length.or_else(|| memmem::find(data, b"endstream"));
        let length = length.unwrap_or(data.len());
        self.from += start + length;
        Some(FilePart {
            words,
            data: data.get(..length),
        })
    }
}

/// The words up to the next stream, and where its data begin.
fn stream_start(bytes: &[u8]) -> Option<(&[u8], usize)> {
    for at in memmem::find_iter(bytes, b"stream") {
        let words = bytes.get(..at)?;
        if !words.trim_ascii_end().ends_with(b">>") {
            continue;
        }
        let mut start = at + b"stream".len();
        if bytes.get(start) == Some(&b'\r') {
            start += 1;
        }
        if bytes.get(start) == Some(&b'\n') {
            start += 1;
        }
        return Some((words, start));
    }
    None
}

/// The length that the description of a stream states, where it does so itself.
fn stated_length(words: &[u8]) -> Option<usize> {
    const LENGTH: &[u8] = b"/Length ";
    let at = memmem::rfind(words, LENGTH)? + LENGTH.len();
    let rest = words.get(at..)?;
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    std::str::from_utf8(rest.get(..digits)?).ok()?.parse().ok()
}

/// A box of a page in one way of writing: "/MediaBox 0 0 600 450".
fn box_words(words: &[u8], at: usize) -> String {
    let rest = words.get(at..).unwrap_or_default();
    let end = memchr::memchr(b']', rest).unwrap_or(rest.len().min(64));
    let text = String::from_utf8_lossy(rest.get(..end).unwrap_or_default()).replace('[', " ");
    let words = text
        .split_ascii_whitespace()
        .map(|word| match word.parse::<f32>() {
            // "600" and "600.0" are one number.
            Ok(number) => number.to_string(),
            Err(_) => word.to_owned(),
        });
    words.collect::<Vec<_>>().join(" ")
}
