//! What a PDF becomes when it is unpacked, found out before anything keeps it in memory: how large,
//! and how deeply things may lie in one another.
//!
//! The library that reads PDFs unpacks what it meets and recurses over it, without a bound of its
//! own. So a file of a few kilobytes could take all memory, or all of the stack.

use super::unpack::{PackingFilter, filters, is_zlib, read_up_to, unpacked};
use crate::extract::guard::ExtractContext;
use crate::extract::messages::ExtractError;
use hayro_syntax::object::{Array, ObjectIdentifier, Stream};
use hayro_syntax::page::Page;
use memchr::{memchr_iter, memmem};
use std::collections::HashMap;
use std::io::{Cursor, Read};

/// The most that one part may become, in bytes; and all that is drawn on one page.
const MAX_STREAM_BYTES: u64 = 256 << 20;
/// The most that all parts together may become.
const MAX_TOTAL_BYTES: u64 = 1 << 30;
/// The most that is drawn on all pages together: they are kept until the last one is read.
const MAX_PAGES_BYTES: u64 = 512 << 20;
/// How often something packed may be packed again.
const MAX_PACKINGS: usize = 4;
/// How many lists and dictionaries may begin in one part. As many may lie in one another, and
/// reading that many takes less than the stack that `guard` gives.
const MAX_OPENED: u64 = 1_000_000;
/// The most instructions that a page may consist of. Each takes two bytes at least.
const MAX_INSTRUCTIONS: usize = 10_000_000;
const MIN_INSTRUCTION_BYTES: usize = 2;
/// After how many of them it is asked whether to stop.
const INSTRUCTIONS_BETWEEN_STOPS: usize = 4_096;
/// How far before its data the description of a part may begin.
const MAX_DESCRIPTION_BYTES: usize = 1024;

/// Refuses a file that would become too large, or too deep. Gives the size of its largest part.
///
/// # Errors
/// Where it would.
pub fn check_size(bytes: &[u8], work: &ExtractContext) -> Result<u64, ExtractError> {
    check_nesting(bytes)?;
    let (mut total, mut largest) = (0, 0);
    for at in memmem::find_iter(bytes, b"stream") {
        work.stop_if_cancelled();
        let before = bytes.get(at.saturating_sub(MAX_DESCRIPTION_BYTES)..at);
        let before = before.unwrap_or_default();
        if before.ends_with(b"end") {
            continue;
        }
        let start = memmem::rfind(before, b"obj").unwrap_or_default();
        let description = before.get(start..).unwrap_or_default();
        let rest = bytes.get(at + b"stream".len()..).unwrap_or_default();
        let data = rest.strip_prefix(b"\r").unwrap_or(rest);
        let data = data.strip_prefix(b"\n").unwrap_or(data);
        let part = measure_stream(description, data, MAX_STREAM_BYTES)?;
        // Pictures are never unpacked for a text.
        let is_image = memmem::find(description, b"/Image").is_some();
        total += if is_image { 0 } else { part.size };
        largest = part.size.max(largest);
        if part.size > MAX_STREAM_BYTES || total > MAX_TOTAL_BYTES || part.opened > MAX_OPENED {
            return Err(ExtractError::PdfTooLarge);
        }
    }
    Ok(largest)
}

/// What pages become, one after another.
#[derive(Default)]
pub struct PageLimits {
    /// The size of the largest part of the file.
    largest_part: u64,
    sizes: HashMap<ObjectIdentifier, u64>,
    total: u64,
}

impl PageLimits {
    /// For the pages of a file whose largest part becomes so large.
    pub fn new(largest_part: u64) -> Self {
        PageLimits {
            largest_part,
            ..PageLimits::default()
        }
    }

    /// Refuses a page that becomes too large, or consists of too much. Before anything draws it.
    ///
    /// # Errors
    /// Where it does.
    pub fn check(&mut self, page: &Page<'_>, work: &ExtractContext) -> Result<(), ExtractError> {
        self.check_parts(page)?;
        let drawn = page.page_stream().unwrap_or_default();
        self.total += drawn.len() as u64;
        if self.total > MAX_PAGES_BYTES {
            return Err(ExtractError::PdfTooLarge);
        }
        check_nesting(drawn)?;
        if drawn.len() / MIN_INSTRUCTION_BYTES > MAX_INSTRUCTIONS {
            let mut instructions = page.operations();
            let mut count = 0_usize;
            while instructions.next().is_some() {
                count += 1;
                if count.is_multiple_of(INSTRUCTIONS_BETWEEN_STOPS) {
                    work.stop_if_cancelled();
                }
                if count > MAX_INSTRUCTIONS {
                    return Err(ExtractError::TooMuchDrawn);
                }
            }
        }
        Ok(())
    }

    /// A page may name one part a thousand times, which then stands there as often.
    fn check_parts(&mut self, page: &Page<'_>) -> Result<(), ExtractError> {
        let Some(parts) = page.raw().get::<Array<'_>>(b"Contents") else {
            return Ok(());
        };
        let count = parts.iter::<Stream<'_>>().count() as u64;
        if count.saturating_mul(self.largest_part + 1) <= MAX_STREAM_BYTES {
            return Ok(());
        }
        let mut total = 0;
        for part in parts.iter::<Stream<'_>>() {
            let size = self.sizes.entry(part.obj_id());
            total += *size.or_insert_with(|| part.decoded().map_or(0, |data| data.len() as u64));
            if total > MAX_STREAM_BYTES {
                return Err(ExtractError::PdfTooLarge);
            }
        }
        Ok(())
    }
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

/// What a part becomes.
struct StreamMeasure {
    size: u64,
    opened: u64,
}

/// Unpacks something without keeping it: what is damaged counts as far as it goes, and nothing is
/// looked at beyond `most` bytes.
///
/// # Errors
/// Where it is packed more often than any document is.
fn measure_stream(
    description: &[u8],
    data: &[u8],
    most: u64,
) -> Result<StreamMeasure, ExtractError> {
    let mut reader: Box<dyn Read + '_> = Box::new(data);
    let mut packings = 0;
    if let Some(declared) = filters(description) {
        for filter in declared {
            reader = once_unpacked(reader, filter, most, &mut packings)?;
        }
    } else {
        // What does not say how it is packed may say so elsewhere, and most is packed by zlib.
        loop {
            let mut head = [0; 2];
            let got = read_up_to(&mut reader, &mut head);
            let head = head.get(..got).unwrap_or_default();
            reader = Box::new(Cursor::new(head.to_vec()).chain(reader));
            if !is_zlib(head) {
                break;
            }
            reader = once_unpacked(reader, PackingFilter::Flate, most, &mut packings)?;
        }
    }
    let mut part = StreamMeasure { size: 0, opened: 0 };
    if packings == 0 {
        return Ok(part);
    }
    let mut block = vec![0; 64 << 10];
    while let Ok(count @ 1..) = reader.read(&mut block) {
        part.size += count as u64;
        part.opened += count_opened(block.get(..count).unwrap_or_default());
    }
    Ok(part)
}

/// Unpacks once more, up to `most` bytes; counted in `packings`.
fn once_unpacked<'a>(
    packed: Box<dyn Read + 'a>,
    filter: PackingFilter,
    most: u64,
    packings: &mut usize,
) -> Result<Box<dyn Read + 'a>, ExtractError> {
    *packings += 1;
    if *packings > MAX_PACKINGS {
        return Err(ExtractError::PdfTooLarge);
    }
    // One byte more than is allowed shows that it goes on.
    Ok(Box::new(unpacked(filter, packed).take(most + 1)))
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
        let text = packed(&b"BT (x) Tj ET"[..]);
        assert_eq!(measure_stream(b"", &text, 99).unwrap().size, 12);
        assert!(
            check_size(
                &file(&packed(&b"BT (x) Tj ET"[..])),
                &ExtractContext::unwatched()
            )
            .is_ok()
        );
    }

    #[test]
    fn every_way_of_packing_counts_and_so_does_packing_again() {
        const MOST: u64 = 100_000;
        let refused = |filters: &str, data: &[u8]| {
            let head = format!("<< /Filter [{filters}] >>");
            measure_stream(head.as_bytes(), data, MOST).map_or(true, |part| part.size > MOST)
        };
        let runs = packed(&*[129, 0].repeat(1_000));
        assert!(refused("/FlateDecode /RunLengthDecode", &runs));
        assert!(!refused("/FlateDecode /DCTDecode", &runs));
        let signs = packed(std::io::repeat(b'z').take(30_000));
        assert!(refused("/Fl /A85", &signs));
        assert!(!refused("/Fl /AHx", &signs));
        // Without its head, as some files have it.
        let zeros = packed(std::io::repeat(0).take(MOST + 9));
        assert!(refused("/Fl", zeros.get(2..).unwrap()));
        assert!(refused(&"/Fl ".repeat(MAX_PACKINGS + 1), b"x"));
        assert!(!refused(&"/Fl ".repeat(MAX_PACKINGS), b"x"));
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
