//! Plain text, from a file or pasted.

use super::clean::RawParagraphs;
use super::encoding::decode;
use super::guard::ExtractContext;
use super::reflow::{ReflowMode, reflow};

/// A text file: lines are joined where blank lines stand between the paragraphs.
pub fn read_file(bytes: &[u8], _: &ExtractContext) -> Result<RawParagraphs, String> {
    read(bytes, ReflowMode::BlankLines)
}

/// What was pasted: lines are joined as well where they look wrapped.
pub fn read_pasted(bytes: &[u8], _: &ExtractContext) -> Result<RawParagraphs, String> {
    read(bytes, ReflowMode::DetectWrapping)
}

fn read(bytes: &[u8], guess: ReflowMode) -> Result<RawParagraphs, String> {
    let (text, note) = decode(bytes, false)?;
    // Windows ends a line with two signs, which are one line end.
    let text = text.replace("\r\n", "\n");
    let paragraphs = reflow(&text, guess);
    let lines = text.lines().filter(|line| !line.trim().is_empty()).count();
    let mut notes: Vec<String> = note.into_iter().collect();
    if lines > paragraphs.len() {
        notes.push(format!(
            "{lines} lines were joined into {} paragraphs: look whether they break where the document does",
            paragraphs.len()
        ));
    }
    Ok(RawParagraphs { paragraphs, notes })
}
