//! What a PDF becomes when it is unpacked, found out before anything keeps it in memory: how large,
//! and how deeply things may lie in one another.
//!
//! The library that reads PDFs unpacks what it meets and recurses over it, without a bound of its
//! own. So a file of a few kilobytes could take all memory, or all of the stack.

use crate::extract::guard::ExtractContext;
use crate::extract::messages::ExtractError;
use flate2::read::ZlibDecoder;
use memchr::{memchr_iter, memmem};
use std::io::Read;

/// The most that one part may become, in bytes.
const MAX_STREAM_BYTES: u64 = 256 << 20;
/// The most that all parts together may become.
const MAX_TOTAL_BYTES: u64 = 1 << 30;
/// How often something packed may be packed again.
const MAX_COMPRESSION_DEPTH: u8 = 3;
/// How many lists and dictionaries may begin in one part. As many may lie in one another, and
/// reading that many takes less than the stack that `guard` gives.
const MAX_OPENED: u64 = 1_000_000;

/// Refuses a file that would become too large, or too deep.
///
/// # Errors
/// Where it would.
pub fn check_size(bytes: &[u8], work: &ExtractContext) -> Result<(), ExtractError> {
    check_nesting(bytes)?;
    let mut total = 0;
    for at in memmem::find_iter(bytes, b"stream") {
        work.stop_if_cancelled();
        let rest = bytes.get(at + b"stream".len()..).unwrap_or_default();
        let data = rest.strip_prefix(b"\r").unwrap_or(rest);
        let data = data.strip_prefix(b"\n").unwrap_or(data);
        let part = measure_stream(data);
        // Pictures are never unpacked for a text.
        total += if is_image_stream(bytes, at) {
            0
        } else {
            part.size
        };
        if part.size > MAX_STREAM_BYTES || total > MAX_TOTAL_BYTES || part.opened > MAX_OPENED {
            return Err(ExtractError::PdfTooLarge);
        }
    }
    Ok(())
}

/// Refuses what may nest too deeply to be read.
///
/// # Errors
/// Where it may.
pub fn check_nesting(bytes: &[u8]) -> Result<(), ExtractError> {
    match count_opened(bytes) > MAX_OPENED {
        true => Err(ExtractError::PdfTooLarge),
        false => Ok(()),
    }
}

/// How many lists and dictionaries begin, at most.
fn count_opened(bytes: &[u8]) -> u64 {
    (memchr_iter(b'[', bytes).count() + memchr_iter(b'<', bytes).count().div_ceil(2)) as u64
}

/// Whether the part whose data begin at `at` calls itself a picture.
fn is_image_stream(bytes: &[u8], at: usize) -> bool {
    let before = bytes.get(at.saturating_sub(1024)..at).unwrap_or_default();
    let start = memmem::rfind(before, b"obj").unwrap_or_default();
    before
        .get(start..)
        .is_some_and(|words| memmem::find(words, b"/Image").is_some())
}

/// What a part becomes.
struct StreamMeasure {
    size: u64,
    opened: u64,
}

/// Unpacks something without keeping it: what is damaged counts as far as it goes, and nothing is
/// looked at beyond [`MAX_STREAM_BYTES`].
fn measure_stream(data: &[u8]) -> StreamMeasure {
    let mut part = StreamMeasure { size: 0, opened: 0 };
    let mut start = [0; 2];
    let mut reader: Box<dyn Read + '_> = Box::new(data);
    let mut is_packed = false;
    for _ in 0..MAX_COMPRESSION_DEPTH {
        let got = read_up_to(&mut reader, &mut start);
        let head = start.get(..got).unwrap_or_default();
        part.size = head.len() as u64;
        if !is_zlib(head) {
            break;
        }
        is_packed = true;
        let whole = std::io::Cursor::new(head.to_vec()).chain(reader);
        // What is packed within is counted where it ends up; one byte more than is allowed shows
        // that it goes on.
        reader = Box::new(ZlibDecoder::new(whole).take(MAX_STREAM_BYTES + 1));
    }
    if !is_packed {
        return StreamMeasure { size: 0, opened: 0 };
    }
    let mut block = vec![0; 64 << 10];
    while let Ok(count @ 1..) = reader.read(&mut block) {
        part.size += count as u64;
        part.opened += count_opened(block.get(..count).unwrap_or_default());
    }
    part
}

/// Fills as much as there is.
fn read_up_to(reader: &mut dyn Read, into: &mut [u8]) -> usize {
    let mut count = 0;
    while let Some(rest) = into.get_mut(count..).filter(|rest| !rest.is_empty()) {
        match reader.read(rest) {
            Ok(more @ 1..) => count += more,
            _ => break,
        }
    }
    count
}

fn is_zlib(head: &[u8]) -> bool {
    let &[first, second] = head else {
        return false;
    };
    // The method is 8, and both bytes together are a multiple of 31 (RFC 1950).
    first & 0x8f == 8 && u16::from_be_bytes([first, second]).is_multiple_of(31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::read::ZlibEncoder;

    fn packed(data: impl Read) -> Vec<u8> {
        let mut all = Vec::new();
        ZlibEncoder::new(data, Compression::fast())
            .read_to_end(&mut all)
            .unwrap();
        all
    }

    fn file(data: &[u8]) -> Vec<u8> {
        [b"%PDF-1.7 1 0 obj <<>> stream\r\n", data, b"\nendstream"].concat()
    }

    #[test]
    fn what_unpacks_without_end_is_refused() {
        let zeros = packed(std::io::repeat(0).take(MAX_STREAM_BYTES + 9));
        let refused = check_size(&file(&zeros), &ExtractContext::unwatched());
        assert_eq!(refused, Err(ExtractError::PdfTooLarge));
        // Packed twice it is smaller still.
        let twice = packed(&*zeros);
        assert!(twice.len() < 20_000);
        assert!(check_size(&file(&twice), &ExtractContext::unwatched()).is_err());
        assert_eq!(measure_stream(&packed(&b"BT (x) Tj ET"[..])).size, 12);
        assert!(
            check_size(
                &file(&packed(&b"BT (x) Tj ET"[..])),
                &ExtractContext::unwatched()
            )
            .is_ok()
        );
    }

    #[test]
    fn what_nests_without_end_is_refused() {
        let brackets = || std::io::repeat(b'[').take(MAX_OPENED + 100_000);
        let mut open = Vec::new();
        brackets().read_to_end(&mut open).unwrap();
        assert!(check_size(&file(&open), &ExtractContext::unwatched()).is_err());
        assert!(check_size(&file(&packed(brackets())), &ExtractContext::unwatched()).is_err());
        open.truncate(MAX_OPENED as usize / 2);
        assert!(check_size(&file(&open), &ExtractContext::unwatched()).is_ok());
    }
}
