//! Bytes as characters. What cannot be decoded for certain is refused with the way out, never
//! guessed.

use super::messages::{BinaryFormat, ExtractError, ExtractNote};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How many bytes at the start of a file decide whether it is UTF-16 without a byte order mark.
const SNIFFED_BYTES: usize = 512;
/// A page names its encoding within this many bytes; browsers look no further either.
const HEAD_BYTES: usize = 2048;
/// One replacement character in so many bytes of text is damage; more of them are a wrong encoding.
const BYTES_PER_DAMAGE: usize = 200;

/// The text of bytes, and a note where it was converted.
///
/// # Errors
/// Where they are no text, or in an encoding that is not known here.
pub fn decode(bytes: &[u8], is_html: bool) -> Result<(String, Option<ExtractNote>), ExtractError> {
    if let Some(format) = binary_format(bytes) {
        return Err(ExtractError::Binary(format));
    }
    if let Some(encoding) = utf16(bytes) {
        let (text, _, is_damaged) = encoding.decode(bytes);
        if !is_damaged {
            return Ok((text.into_owned(), Some(ExtractNote::Utf16)));
        }
        return damaged(text.into_owned());
    }
    let nuls = memchr::memchr_iter(0, bytes).count();
    if nuls > 8 && nuls > bytes.len() / 100 {
        return Err(ExtractError::NulBytes);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        return Ok((text.to_owned(), None));
    }
    if is_html && let Some(name) = charset(bytes) {
        // Browsers, too, read pages that call themselves Latin-1 or ASCII as Windows-1252.
        match Encoding::for_label(name.as_bytes()) {
            Some(encoding) if encoding == WINDOWS_1252 => {
                let text = WINDOWS_1252.decode(bytes).0.into_owned();
                return Ok((text, Some(ExtractNote::Encoding(name))));
            }
            Some(encoding) if encoding == UTF_8 => {}
            _ => return Err(ExtractError::UnknownEncoding(name)),
        }
    }
    damaged(String::from_utf8_lossy(bytes).into_owned())
}

/// A text in which some places could not be decoded: kept with a note, or refused where they are so
/// many that it is the encoding that is wrong.
fn damaged(text: String) -> Result<(String, Option<ExtractNote>), ExtractError> {
    let lost = text.matches('\u{fffd}').count();
    if lost * BYTES_PER_DAMAGE > text.len() {
        return Err(ExtractError::NotUtf8);
    }
    Ok((text, Some(ExtractNote::Undecoded(lost))))
}

/// What a file is that is no text, by its first bytes.
fn binary_format(bytes: &[u8]) -> Option<BinaryFormat> {
    const SIGNATURES: [(&[u8], BinaryFormat); 7] = [
        (b"PK\x03\x04", BinaryFormat::Zip),
        (b"%PDF-", BinaryFormat::Pdf),
        (b"\x89PNG", BinaryFormat::Png),
        (b"\xff\xd8\xff", BinaryFormat::Jpeg),
        (b"GIF8", BinaryFormat::Gif),
        (b"\x1f\x8b", BinaryFormat::Gzip),
        (b"\x7fELF", BinaryFormat::Program),
    ];
    let mut all = SIGNATURES.iter();
    all.find(|(start, _)| bytes.starts_with(start))
        .map(|(_, format)| *format)
}

/// UTF-16 by its byte order mark, or by NUL bytes in most second places of the first bytes, as
/// Latin letters have them.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Some(encoding).filter(|encoding| *encoding != UTF_8);
    }
    let start = bytes.get(..SNIFFED_BYTES).unwrap_or(bytes);
    let pairs = start.len() / 2;
    let nuls = |parity: usize| {
        start
            .iter()
            .skip(parity)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    let (even, odd) = (nuls(0), nuls(1));
    // Seven in ten of one kind and fewer than one in ten of the other: text, not a binary file.
    let is_one_sided =
        |many: usize, few: usize| pairs >= 4 && many * 10 > pairs * 7 && few * 10 < pairs;
    match () {
        () if is_one_sided(odd, even) => Some(UTF_16LE),
        () if is_one_sided(even, odd) => Some(UTF_16BE),
        () => None,
    }
}

/// The encoding that the head of a page names, in small letters.
fn charset(bytes: &[u8]) -> Option<String> {
    let head = bytes
        .get(..bytes.len().min(HEAD_BYTES))?
        .to_ascii_lowercase();
    let at = memchr::memmem::find(&head, b"charset=")? + b"charset=".len();
    let rest = head
        .get(at..)?
        .iter()
        .skip_while(|b| matches!(b, b'"' | b'\'' | b' '));
    let name: Vec<u8> = rest
        .copied()
        .take_while(|b| b.is_ascii_alphanumeric() || *b == b'-' || *b == b'_')
        .collect();
    String::from_utf8(name).ok().filter(|name| !name.is_empty())
}
