//! Bytes as characters. What cannot be told for certain is refused with the way out, never guessed.

use ron_lossless::decode_bytes;

/// The text of bytes, and a remark where it was converted.
///
/// # Errors
/// Where they are no text, or in an encoding that is not known here: what it is, and what to do.
pub fn decoded(bytes: &[u8], is_html: bool) -> Result<(String, Option<String>), String> {
    let source = decode_bytes(bytes.to_vec());
    let message = || {
        source
            .diagnostics
            .first()
            .map_or("The file is no text", |p| p.message.as_str())
    };
    if source.is_exact || source.is_lossless {
        let note = "The file was saved as UTF-16; the text is kept as UTF-8";
        let text = source.text.strip_prefix('\u{feff}').unwrap_or(&source.text);
        return Ok((text.to_owned(), (!source.is_exact).then(|| note.to_owned())));
    }
    if source.text.is_empty() {
        return Err(format!("{}. Choose a text, a web page or a PDF", message()));
    }
    if is_html && let Some(name) = charset(bytes) {
        let western = ["windows-1252", "iso-8859-1", "latin1", "cp1252", "us-ascii"];
        if western.contains(&name.as_str()) {
            let note = format!("The page was saved as {name}; the text is kept as UTF-8");
            return Ok((bytes.iter().map(|b| windows_1252(*b)).collect(), Some(note)));
        }
        if name != "utf-8" && name != "utf8" {
            return Err(format!(
                "The page is saved as {name}, and only UTF-8, UTF-16 and Windows-1252 can be read. Open it in a browser, select the text, and paste it here"
            ));
        }
    }
    let lost = source.text.matches('\u{fffd}').count();
    if lost * 200 > source.text.len() {
        return Err(
            "The text is not saved as UTF-8 (older Korean texts are often saved as CP949). Save it again as UTF-8, or open it in a program that shows it rightly and paste it here"
                .into(),
        );
    }
    let places = if lost == 1 {
        "1 place".to_owned()
    } else {
        format!("{lost} places")
    };
    let note = format!("{places} could not be read as UTF-8 and shows the sign �");
    Ok((source.text, Some(note)))
}

/// The encoding that the head of a page names, in small letters.
fn charset(bytes: &[u8]) -> Option<String> {
    let head = bytes.get(..bytes.len().min(2048))?.to_ascii_lowercase();
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

fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    let high = byte
        .checked_sub(0x80)
        .and_then(|at| HIGH.get(usize::from(at)));
    high.copied().unwrap_or(char::from(byte))
}
