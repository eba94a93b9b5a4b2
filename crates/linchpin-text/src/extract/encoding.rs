//! Bytes as characters. What cannot be decoded for certain is refused with the way out, never
//! guessed.

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
/// Where they are no text, or in an encoding that is not known here: what it is, and what to do.
pub fn decoded(bytes: &[u8], is_html: bool) -> Result<(String, Option<String>), String> {
    if let Some(format) = binary_format(bytes) {
        return Err(format!(
            "The file is {format}. Choose a text, a web page or a PDF"
        ));
    }
    if let Some(encoding) = utf16(bytes) {
        let (text, _, is_damaged) = encoding.decode(bytes);
        if !is_damaged {
            let note = "The file was saved as UTF-16; the text is kept as UTF-8";
            return Ok((text.into_owned(), Some(note.to_owned())));
        }
        return damaged(text.into_owned());
    }
    let nuls = memchr::memchr_iter(0, bytes).count();
    if nuls > 8 && nuls > bytes.len() / 100 {
        return Err(
            "The file is not text: it is full of NUL bytes. Choose a text, a web page or a PDF"
                .to_owned(),
        );
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        return Ok((text.to_owned(), None));
    }
    if is_html && let Some(name) = charset(bytes) {
        // Browsers, too, read pages that call themselves Latin-1 or ASCII as Windows-1252.
        match Encoding::for_label(name.as_bytes()) {
            Some(encoding) if encoding == WINDOWS_1252 => {
                let note = format!("The page was saved as {name}; the text is kept as UTF-8");
                return Ok((WINDOWS_1252.decode(bytes).0.into_owned(), Some(note)));
            }
            Some(encoding) if encoding == UTF_8 => {}
            _ => {
                return Err(format!(
                    "The page is saved as {name}, and only UTF-8, UTF-16 and Windows-1252 can be \
                    read. Open it in a browser, select the text, and paste it here"
                ));
            }
        }
    }
    damaged(String::from_utf8_lossy(bytes).into_owned())
}

/// A text in which some places could not be decoded: kept with a note, or refused where they are so
/// many that it is the encoding that is wrong.
fn damaged(text: String) -> Result<(String, Option<String>), String> {
    let lost = text.matches('\u{fffd}').count();
    if lost * BYTES_PER_DAMAGE > text.len() {
        return Err(
            "The text is not saved as UTF-8 (older Korean texts are often saved as CP949). Save \
            it again as UTF-8, or open it in a program that shows it rightly and paste it here"
                .into(),
        );
    }
    let places = match lost {
        1 => "1 place".to_owned(),
        _ => format!("{lost} places"),
    };
    let note = format!("{places} could not be read as UTF-8 and shows the sign �");
    Ok((text, Some(note)))
}

/// What a file is that is no text, by its first bytes.
fn binary_format(bytes: &[u8]) -> Option<&'static str> {
    const SIGNATURES: [(&[u8], &str); 7] = [
        (
            b"PK\x03\x04",
            "a ZIP archive, as Word, Excel and OpenDocument files are",
        ),
        (b"%PDF-", "a PDF document"),
        (b"\x89PNG", "a PNG picture"),
        (b"\xff\xd8\xff", "a JPEG picture"),
        (b"GIF8", "a GIF picture"),
        (b"\x1f\x8b", "compressed with gzip"),
        (b"\x7fELF", "a program"),
    ];
    let mut all = SIGNATURES.iter();
    all.find(|(start, _)| bytes.starts_with(start))
        .map(|(_, format)| *format)
}

/// UTF-16 by its byte order mark, or by NUL bytes in most second places of the first bytes, as Latin
/// letters have them.
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
