//! The bytes of a file as text. What is no UTF-8 is named by what it most likely is, since "invalid
//! byte at offset 0" helps nobody who opened a Word file or one saved as UTF-16.

use crate::{Diagnostic, LineIndex, MAX_BYTES, Span, codes};

/// A file's bytes as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodedText {
    /// The text. A byte order mark stays in it, so that offsets fit the file and saving keeps it.
    pub text: String,
    /// What is wrong with the bytes.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether `text` holds the file byte for byte. Where not, `text` is for showing the problems
    /// only: it must not be saved over the file.
    pub is_exact: bool,
    /// Whether `text` holds every character of a file in another encoding, so that saving it as
    /// UTF-8 loses none.
    pub is_lossless: bool,
}

/// Makes text of a file's bytes; never fails, and an exact text costs no copy.
///
/// UTF-8 is taken as it is. UTF-16 is shown converted, invalid UTF-8 with U+FFFD at each place that
/// could not be read, anything else (archives, pictures, programs) as an empty text; each with its
/// problem and `is_exact: false`.
pub fn decode_bytes(bytes: Vec<u8>) -> DecodedText {
    text_within(bytes, MAX_BYTES)
}

/// How many places of invalid UTF-8 are shown one by one.
const MAX_INVALID: usize = 20;

fn text_within(bytes: Vec<u8>, max_bytes: usize) -> DecodedText {
    if bytes.len() > max_bytes {
        let message = format!("The file is too large to read: {} bytes", bytes.len());
        return unreadable(Diagnostic::error(
            Span::default(),
            codes::TOO_LARGE,
            message,
        ));
    }
    if let Some(what) = signature(&bytes) {
        return unreadable(binary(what));
    }
    if let Some((text, is_lossless)) = utf16(&bytes) {
        let diagnostic = Diagnostic::error(
            Span::default(),
            codes::UTF16,
            "The file is saved as UTF-16, and only UTF-8 can be read",
        )
        .with_help(
            "save it again with the encoding UTF-8 (in Windows Notepad: Save as, Encoding: UTF-8)",
        );
        return DecodedText {
            text,
            diagnostics: vec![diagnostic],
            is_exact: false,
            is_lossless,
        };
    }
    // A few NUL bytes are a damaged text that a person can look at; many are no text.
    let nuls = memchr::memchr_iter(0, &bytes).count();
    if nuls > 8 && nuls > bytes.len() / 100 {
        return unreadable(binary("not text: it is full of NUL bytes"));
    }
    match String::from_utf8(bytes) {
        Ok(text) => {
            let diagnostics = nul_diagnostic(&text, nuls).into_iter().collect();
            DecodedText {
                text,
                diagnostics,
                is_exact: true,
                is_lossless: true,
            }
        }
        Err(error) => lossy(error.as_bytes()),
    }
}

fn unreadable(diagnostic: Diagnostic) -> DecodedText {
    DecodedText {
        text: String::new(),
        diagnostics: vec![diagnostic],
        is_exact: false,
        is_lossless: false,
    }
}

fn binary(what: &str) -> Diagnostic {
    Diagnostic::error(
        Span::default(),
        codes::BINARY,
        format!("The file is {what}"),
    )
    .with_help("choose a text file that ends in .ron")
}

fn nul_diagnostic(text: &str, nuls: usize) -> Option<Diagnostic> {
    let at = memchr::memchr(0, text.as_bytes())? as u32;
    let message = match nuls {
        1 => "The text holds a NUL character, which no editor shows".to_string(),
        _ => format!(
            "The text holds {nuls} NUL characters, which no editor shows; this is the first"
        ),
    };
    let help = "delete them; a program or a broken disk may have damaged the file, so compare it \
        with an older copy";
    Some(Diagnostic::error(Span::new(at, at + 1), codes::NUL, message).with_help(help))
}

fn signature(bytes: &[u8]) -> Option<&'static str> {
    const KNOWN: [(&[u8], &str); 7] = [
        (
            b"PK\x03\x04",
            "a ZIP archive, as Word, Excel and OpenDocument files are, not a text file",
        ),
        (b"%PDF-", "a PDF document, not a text file"),
        (b"\x89PNG", "a PNG picture, not a text file"),
        (b"\xff\xd8\xff", "a JPEG picture, not a text file"),
        (b"GIF8", "a GIF picture, not a text file"),
        (b"\x1f\x8b", "compressed with gzip, not a text file"),
        (b"\x7fELF", "a program, not a text file"),
    ];
    KNOWN
        .iter()
        .find(|(start, _)| bytes.starts_with(start))
        .map(|(_, what)| *what)
}

/// UTF-16 by its byte order mark, or by NUL bytes in nearly every second place of the first 512;
/// and whether every byte of it makes a character.
fn utf16(bytes: &[u8]) -> Option<(String, bool)> {
    let start = bytes.get(..bytes.len().min(512)).unwrap_or(bytes);
    let nuls = |parity: usize| {
        start
            .iter()
            .skip(parity)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
            * 10
    };
    let pairs = start.len() / 2;
    // Latin text in UTF-16 has a NUL in every second byte, and Korean text with Latin names in RON
    // still in most: seven in ten on one side, hardly any on the other.
    let little =
        bytes.starts_with(&[0xff, 0xfe]) || pairs >= 4 && nuls(1) > pairs * 7 && nuls(0) < pairs;
    let big =
        bytes.starts_with(&[0xfe, 0xff]) || pairs >= 4 && nuls(0) > pairs * 7 && nuls(1) < pairs;
    if !little && !big {
        return None;
    }
    let unit = |pair: &[u8; 2]| {
        if little {
            u16::from_le_bytes(*pair)
        } else {
            u16::from_be_bytes(*pair)
        }
    };
    let units = bytes.as_chunks::<2>().0.iter().map(unit);
    let mut is_lossless = bytes.len().is_multiple_of(2);
    let text: String = char::decode_utf16(units)
        .map(|c| {
            is_lossless &= c.is_ok();
            c.unwrap_or(char::REPLACEMENT_CHARACTER)
        })
        .collect();
    // Half a gigabyte of UTF-16 can grow in UTF-8.
    (text.len() <= MAX_BYTES).then_some((text, is_lossless))
}

fn lossy(bytes: &[u8]) -> DecodedText {
    let mut text = String::with_capacity(bytes.len() + 64);
    let mut places = Vec::new();
    let (mut count, mut offset) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        offset += chunk.valid().len();
        // Counted in the file and in the text: U+FFFD is longer than the byte it stands for.
        if let Some(first) = chunk.invalid().first() {
            if places.len() < MAX_INVALID {
                places.push((text.len() as u32, offset, *first));
            }
            count += 1;
            offset += chunk.invalid().len();
            text.push(char::REPLACEMENT_CHARACTER);
        }
    }
    if text.len() > MAX_BYTES {
        return unreadable(binary("not text: nearly none of its bytes are UTF-8"));
    }
    let lines = LineIndex::new(&text);
    let hidden = count - places.len();
    let mut diagnostics: Vec<Diagnostic> = places
        .into_iter()
        .map(|(at, offset, byte)| {
            let place = lines.position(&text, at);
            let message = format!(
                "Byte {offset} of the file (0x{byte:02X}, line {}, column {}) is not UTF-8 text",
                place.line, place.column
            );
            Diagnostic::error(Span::new(at, at + 3), codes::NOT_UTF8, message)
        })
        .collect();
    if let Some(first) = diagnostics.first_mut() {
        let more = match hidden {
            0 => String::new(),
            _ => format!("; {hidden} more such places are not shown"),
        };
        first.help = Some(format!(
            "open the file with the encoding it was written in (often Windows-1252 or EUC-KR) and \
            save it as UTF-8{more}"
        ));
    }
    DecodedText {
        text,
        diagnostics,
        is_exact: false,
        is_lossless: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code_of(bytes: &[u8]) -> &'static str {
        let source = decode_bytes(bytes.to_vec());
        source.diagnostics.first().map_or("none", |p| p.code)
    }

    #[test]
    fn good_text_keeps_every_byte() {
        for text in ["", "(a: 1)\r\n", "\u{feff}(한: \"국\")"] {
            let source = decode_bytes(text.as_bytes().to_vec());
            assert_eq!(
                (
                    source.text.as_str(),
                    source.is_exact,
                    source.diagnostics.len()
                ),
                (text, true, 0)
            );
        }
    }

    #[test]
    fn invalid_utf8_names_byte_line_and_column() {
        let source = decode_bytes(b"(\n  \"caf\xe9\", \xff)".to_vec());
        assert_eq!(source.text, "(\n  \"caf\u{fffd}\", \u{fffd})");
        assert!(!source.is_exact);
        assert_eq!(
            source.diagnostics[0].message,
            "Byte 8 of the file (0xE9, line 2, column 7) is not UTF-8 text"
        );
        assert_eq!(source.diagnostics[1].span.of(&source.text), "\u{fffd}");
        assert_eq!(source.diagnostics.len(), 2);
    }

    #[test]
    fn many_invalid_places_are_counted() {
        let source = decode_bytes([b'\xe9', b' '].repeat(100));
        assert_eq!(source.diagnostics.len(), MAX_INVALID);
        assert!(
            source.diagnostics[0]
                .help
                .as_deref()
                .unwrap()
                .ends_with("80 more such places are not shown")
        );
    }

    #[test]
    fn other_files_are_told_apart() {
        assert_eq!(code_of(b"PK\x03\x04\x14\0\0\0"), "binary");
        assert_eq!(code_of(b"%PDF-1.7"), "binary");
        assert_eq!(
            code_of(&[0, 1, 2, 0, 0, 0, 9, 0, 0, 7, 0, 0, 0, 0]),
            "binary"
        );
        assert_eq!(code_of(b"(a: \"x\0y\")"), "nul");
        assert!(decode_bytes(b"(a: \"x\0y\")".to_vec()).is_exact);
    }

    #[test]
    fn utf16_is_shown_with_or_without_its_mark() {
        let units: Vec<u16> = "(title: \"한국\")".encode_utf16().collect();
        let little: Vec<u8> = units.iter().flat_map(|u| u.to_le_bytes()).collect();
        let big: Vec<u8> = units.iter().flat_map(|u| u.to_be_bytes()).collect();
        for bytes in [little, big] {
            let source = decode_bytes(bytes);
            assert_eq!(source.diagnostics[0].code, "utf-16");
            assert_eq!(
                (source.text.as_str(), source.is_exact),
                ("(title: \"한국\")", false)
            );
        }
        assert_eq!(decode_bytes(b"\xff\xfe(\0)\0".to_vec()).text, "\u{feff}()");
    }

    #[test]
    fn a_file_beyond_the_limit_is_refused() {
        let source = text_within(vec![b' '; 11], 10);
        assert_eq!(
            source.diagnostics[0].message,
            "The file is too large to read: 11 bytes"
        );
    }
}
