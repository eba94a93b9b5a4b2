//! The bytes of a document in, its text out: plain UTF-8, one paragraph a line, no blank lines. Knows no register.
//!
//! One file for each kind of source; whatever they find goes through `clean`. All work is done under `guard`: no file may stop the program.

mod clean;
mod encoding;
mod guard;
mod html;
mod join;
mod markdown;
mod pdf;
mod plain;
mod wrap;

use clean::Raw;
use guard::{ExtractContext, guarded};
pub use guard::{ExtractError, ExtractWatcher, FallbackFont};
use std::path::Path;
use std::time::Duration;

/// The largest file that a text is taken from, in bytes.
pub const MAX_BYTES: usize = 64 << 20;
/// The longest text that is taken, in bytes.
const MAX_TEXT_BYTES: usize = 16 << 20;
/// How long it may take.
const MAX_TIME: Duration = Duration::from_secs(60);

/// A text, and what a reader should know of how it came about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extracted {
    /// UTF-8; one paragraph a line, each with its line end.
    pub text: String,
    /// Remarks, each a sentence without a period.
    pub notes: Vec<String>,
}

/// Where a text comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Plain,
    Markdown,
    Html,
    Pdf,
    Pasted,
}

/// A kind with its words and its reader.
pub struct KindSpec {
    pub kind: Kind,
    /// Its name on the command line.
    pub name: &'static str,
    /// What it is, in words.
    pub label: &'static str,
    /// How the names of such files end, in small letters.
    pub endings: &'static [&'static str],
    read: fn(&[u8], &ExtractContext) -> Result<Raw, String>,
}

/// Every kind.
pub const ALL: &[KindSpec] = &[
    KindSpec {
        kind: Kind::Plain,
        name: "txt",
        label: "plain text",
        endings: &["txt", "text"],
        read: plain::file,
    },
    KindSpec {
        kind: Kind::Markdown,
        name: "md",
        label: "Markdown",
        endings: &["md", "markdown"],
        read: markdown::read,
    },
    KindSpec {
        kind: Kind::Html,
        name: "html",
        label: "a web page",
        endings: &["html", "htm", "xhtml"],
        read: html::read,
    },
    KindSpec {
        kind: Kind::Pdf,
        name: "pdf",
        label: "PDF",
        endings: &["pdf"],
        read: pdf::read,
    },
    KindSpec {
        kind: Kind::Pasted,
        name: "pasted",
        label: "pasted text",
        endings: &[],
        read: plain::pasted,
    },
];

impl Kind {
    /// The kind of a file by its name; plain text where that says nothing.
    pub fn of(path: &Path) -> Kind {
        let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase());
        let ending = ending.unwrap_or_default();
        let mut all = ALL.iter();
        all.find(|spec| spec.endings.contains(&&*ending))
            .map_or(Kind::Plain, |spec| spec.kind)
    }

    /// The kind with this name on the command line.
    pub fn named(name: &str) -> Option<Kind> {
        let mut all = ALL.iter();
        all.find(|spec| spec.name == name).map(|spec| spec.kind)
    }

    /// Its words and its reader.
    pub fn spec(self) -> &'static KindSpec {
        let mut all = ALL.iter();
        all.find(|spec| spec.kind == self).unwrap_or(&ALL[0])
    }
}

/// The text of a document. The same bytes give the same text, and a text that was made here stays as it is.
///
/// # Errors
/// Why there is no text.
pub fn text(
    bytes: Vec<u8>,
    kind: Kind,
    fallback_font: FallbackFont,
) -> Result<Extracted, ExtractError> {
    let watcher = ExtractWatcher {
        is_cancelled: &|| false,
        progress: &|_| {},
    };
    text_watched(bytes, kind, fallback_font, &watcher)
}

/// The same, while somebody watches who may stop it.
///
/// # Errors
/// As for [`text`]; [`ExtractError::Cancelled`] where it was stopped.
pub fn text_watched(
    bytes: Vec<u8>,
    kind: Kind,
    fallback_font: FallbackFont,
    watcher: &ExtractWatcher<'_>,
) -> Result<Extracted, ExtractError> {
    if bytes.len() > MAX_BYTES {
        return Err(ExtractError::Failed(format!(
            "The file is too large ({} MB): a text is taken from at most {} MB",
            bytes.len() >> 20,
            MAX_BYTES >> 20
        )));
    }
    let work = move |work: &ExtractContext| {
        let Raw { paragraphs, notes } = (kind.spec().read)(&bytes, work)?;
        let length: usize = paragraphs.iter().map(String::len).sum();
        if length > MAX_TEXT_BYTES {
            let most = MAX_TEXT_BYTES >> 20;
            return Err(format!(
                "There is more text than {most} MB: attach the part that is the document"
            ));
        }
        let text = clean::text(&paragraphs);
        match text.is_empty() {
            true => Err("There is no text in it".to_owned()),
            false => Ok(Extracted { text, notes }),
        }
    };
    guarded(fallback_font, work, watcher, MAX_TIME)
}
