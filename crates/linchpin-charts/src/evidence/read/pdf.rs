//! A PDF's attached files. They are looked for by their own mark, not by way of the document's
//! tables: so they are found in files that are damaged elsewhere, and nothing else has to be
//! unpacked.

use super::inflate::{UnpackError, unpack_zlib};
use super::{EvidenceContainer, EvidenceError, MAX_UNPACKED_BYTES};
use memchr::memmem;

/// The most attached files that are looked into.
const MAX_FILES: usize = 64;
/// How far the description of a stream reaches, in bytes.
const MAX_DESCRIPTION_BYTES: usize = 4096;

/// The text of our file, whatever its name is by now.
pub fn find(bytes: &[u8]) -> Result<Option<Vec<u8>>, EvidenceError> {
    let damaged = |how| Err(EvidenceError::Damaged(EvidenceContainer::Pdf, how));
    // One limit for all attached files together: many small ones may not add up to more than one
    // large one.
    let mut left = MAX_UNPACKED_BYTES;
    let mut was_unreadable = false;
    for at in memmem::find_iter(bytes, b"/EmbeddedFile").take(MAX_FILES) {
        // “/EmbeddedFiles” lists them.
        let after = bytes.get(at + b"/EmbeddedFile".len());
        if after.is_none_or(u8::is_ascii_alphanumeric) {
            continue;
        }
        match attached_file(bytes, at, left) {
            Some(Ok(file)) if is_evidence(&file) => return Ok(Some(file)),
            Some(Ok(file)) => left = left.saturating_sub(file.len()),
            Some(Err(UnpackError::TooLarge)) => {
                return Err(EvidenceError::TooLarge(EvidenceContainer::Pdf));
            }
            Some(Err(UnpackError::Damaged)) => was_unreadable = true,
            None => {}
        }
    }
    if memmem::find(bytes, b"/Encrypt").is_some() {
        return damaged("it is encrypted, and what it carries cannot be read");
    }
    match was_unreadable {
        true => damaged("its attached file cannot be unpacked"),
        false => Ok(None),
    }
}

/// The file whose mark stands at `at`; `None` where there is none, or it is packed in a way that
/// Linchpin never writes.
fn attached_file(bytes: &[u8], at: usize, max: usize) -> Option<Result<Vec<u8>, UnpackError>> {
    let before = bytes.get(at.saturating_sub(MAX_DESCRIPTION_BYTES)..at)?;
    let start = memmem::rfind(before, b"obj")?;
    let after = bytes.get(at..)?;
    let near = after.get(..MAX_DESCRIPTION_BYTES).unwrap_or(after);
    let end = memmem::find(near, b"stream")?;
    let description = [before.get(start..)?, near.get(..end)?].concat();
    let data = after.get(end + b"stream".len()..)?;
    let data = data.strip_prefix(b"\r").unwrap_or(data);
    let data = data.strip_prefix(b"\n").unwrap_or(data);
    let has = |words: &[u8]| memmem::find(&description, words).is_some();
    if has(b"/DecodeParms") {
        return None;
    }
    if has(b"/FlateDecode") {
        return Some(unpack_zlib(data, max));
    }
    if has(b"/Filter") {
        return None;
    }
    let end = memmem::find(data, b"endstream")?;
    let file = data.get(..end)?;
    Some(match file.len() <= max {
        true => Ok(file.trim_ascii_end().to_vec()),
        false => Err(UnpackError::TooLarge),
    })
}

fn is_evidence(file: &[u8]) -> bool {
    file.starts_with(b"{\"linchpin\":")
}
