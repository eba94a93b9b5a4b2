//! Plain text, from a file or pasted.

use super::clean::Raw;
use super::encoding::decoded;
use super::guard::ExtractContext;
use super::wrap::{Guess, paragraphs};

/// A text file: lines are joined where blank lines stand between the paragraphs.
pub fn file(bytes: &[u8], _: &ExtractContext) -> Result<Raw, String> {
    read(bytes, Guess::BlankLines)
}

/// What was pasted: lines are joined as well where they look wrapped.
pub fn pasted(bytes: &[u8], _: &ExtractContext) -> Result<Raw, String> {
    read(bytes, Guess::Looks)
}

fn read(bytes: &[u8], guess: Guess) -> Result<Raw, String> {
    let (text, note) = decoded(bytes, false)?;
    // Windows ends a line with two signs, which are one line end.
    let text = text.replace("\r\n", "\n");
    let paragraphs = paragraphs(&text, guess);
    let lines = text.lines().filter(|line| !line.trim().is_empty()).count();
    let mut notes: Vec<String> = note.into_iter().collect();
    if lines > paragraphs.len() {
        notes.push(format!(
            "{lines} lines were joined into {} paragraphs: look whether they break where the document does",
            paragraphs.len()
        ));
    }
    Ok(Raw { paragraphs, notes })
}
