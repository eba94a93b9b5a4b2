//! The bytes of a document in, its text out: plain UTF-8, one paragraph a line, no blank lines.
//! Knows no register.
//!
//! One file for each kind of source; whatever they find goes through `clean`. All work is done
//! under `guard`: no panic and no endless work of a reader stops the program. Code of others may
//! still take all memory, or all of the stack, which ends a process: so the program has documents
//! read by a child (`document_reader`).

mod clean;
mod document_reader;
mod encoding;
mod guard;
mod html;
mod join_lines;
mod markdown;
mod messages;
mod pdf;
mod reflow;

use clean::RawParagraphs;
pub use document_reader::{CHILD_COMMAND, CHILD_SECONDS, DocumentReader, serve_child};
use guard::{ExtractContext, guarded};
pub use guard::{ExtractWatcher, FallbackFont};
pub use messages::{BinaryFormat, ExtractError, ExtractNote, RepeatedLine};
use reflow::{ReflowMode, reflow};
use serde::{Deserialize, Serialize};
use std::path::Path;
use std::time::Duration;

/// The largest file that a text is taken from, in bytes.
pub const MAX_BYTES: usize = 64 << 20;
/// The longest text that is taken, in bytes.
const MAX_TEXT_BYTES: usize = 16 << 20;
/// How long it may take.
const DEADLINE: Duration = Duration::from_secs(60);

/// A text, and what a reader should know of how it came about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extraction {
    /// UTF-8; one paragraph a line, each with its line end.
    pub text: String,
    /// What a reader should look at.
    pub notes: Vec<ExtractNote>,
}

/// Where a text comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceFormat {
    Plain,
    Markdown,
    Html,
    Pdf,
    Pasted,
}

/// A kind with its words and its reader.
pub struct SourceFormatSpec {
    pub format: SourceFormat,
    /// Its name on the command line.
    pub name: &'static str,
    /// What it is, in words.
    pub label: &'static str,
    /// How the names of such files end, in small letters.
    pub extensions: &'static [&'static str],
    read: fn(&[u8], &ExtractContext) -> Result<RawParagraphs, ExtractError>,
}

/// Every kind.
pub const SOURCE_FORMATS: &[SourceFormatSpec] = &[
    SourceFormatSpec {
        format: SourceFormat::Plain,
        name: "txt",
        label: "plain text",
        extensions: &["txt", "text"],
        read: read_plain,
    },
    SourceFormatSpec {
        format: SourceFormat::Markdown,
        name: "md",
        label: "Markdown",
        extensions: &["md", "markdown"],
        read: markdown::read,
    },
    SourceFormatSpec {
        format: SourceFormat::Html,
        name: "html",
        label: "a web page",
        extensions: &["html", "htm", "xhtml"],
        read: html::read,
    },
    SourceFormatSpec {
        format: SourceFormat::Pdf,
        name: "pdf",
        label: "PDF",
        extensions: &["pdf"],
        read: pdf::read,
    },
    SourceFormatSpec {
        format: SourceFormat::Pasted,
        name: "pasted",
        label: "pasted text",
        extensions: &[],
        read: read_pasted,
    },
];

impl SourceFormat {
    /// The kind of a file by its name; plain text where that says nothing.
    pub fn from_path(path: &Path) -> SourceFormat {
        let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase());
        let ending = ending.unwrap_or_default();
        let mut all = SOURCE_FORMATS.iter();
        all.find(|spec| spec.extensions.contains(&&*ending))
            .map_or(SourceFormat::Plain, |spec| spec.format)
    }

    /// The kind with this name on the command line.
    pub fn from_name(name: &str) -> Option<SourceFormat> {
        let mut all = SOURCE_FORMATS.iter();
        all.find(|spec| spec.name == name).map(|spec| spec.format)
    }

    /// Its words and its reader.
    pub fn spec(self) -> &'static SourceFormatSpec {
        let mut all = SOURCE_FORMATS.iter();
        all.find(|spec| spec.format == self)
            .unwrap_or(&SOURCE_FORMATS[0])
    }
}

/// The text of a document. The same bytes give the same text, and a text that was made here stays
/// as it is.
///
/// # Errors
/// Why there is no text.
pub fn extract_text(
    bytes: Vec<u8>,
    kind: SourceFormat,
    fallback_font: FallbackFont,
) -> Result<Extraction, ExtractError> {
    let watcher = ExtractWatcher {
        is_cancelled: &|| false,
        progress: &|_| {},
    };
    extract_text_watched(bytes, kind, fallback_font, &watcher)
}

/// The same, while somebody watches who may stop it.
///
/// # Errors
/// As for [`extract_text`]; [`ExtractError::Cancelled`] where it was stopped.
pub fn extract_text_watched(
    bytes: Vec<u8>,
    kind: SourceFormat,
    fallback_font: FallbackFont,
    watcher: &ExtractWatcher<'_>,
) -> Result<Extraction, ExtractError> {
    if bytes.len() > MAX_BYTES {
        return Err(ExtractError::FileTooLarge(bytes.len()));
    }
    let work = move |work: &ExtractContext| {
        let RawParagraphs { paragraphs, notes } = (kind.spec().read)(&bytes, work)?;
        let length: usize = paragraphs.iter().map(String::len).sum();
        if length > MAX_TEXT_BYTES {
            return Err(ExtractError::TextTooLong);
        }
        let text = clean::join_paragraphs(&paragraphs);
        match text.is_empty() {
            true => Err(ExtractError::NoText),
            false => Ok(Extraction { text, notes }),
        }
    };
    guarded(fallback_font, work, watcher, DEADLINE)
}

/// A text file: lines are joined where blank lines stand between the paragraphs.
fn read_plain(bytes: &[u8], _: &ExtractContext) -> Result<RawParagraphs, ExtractError> {
    read_lines(bytes, ReflowMode::BlankLines)
}

/// What was pasted: lines are joined as well where they look wrapped.
fn read_pasted(bytes: &[u8], _: &ExtractContext) -> Result<RawParagraphs, ExtractError> {
    read_lines(bytes, ReflowMode::DetectWrapping)
}

fn read_lines(bytes: &[u8], mode: ReflowMode) -> Result<RawParagraphs, ExtractError> {
    let (text, note) = encoding::decode(bytes, false)?;
    // Windows ends a line with two signs, which are one line end.
    let text = text.replace("\r\n", "\n");
    let paragraphs = reflow(&text, mode);
    let lines = text.lines().filter(|line| !line.trim().is_empty()).count();
    let mut notes: Vec<ExtractNote> = note.into_iter().collect();
    if lines > paragraphs.len() {
        notes.push(ExtractNote::JoinedLines {
            lines,
            paragraphs: paragraphs.len(),
        });
    }
    Ok(RawParagraphs { paragraphs, notes })
}
