//! Citations in the styles that people paste into briefs, notes and bibliographies.
//!
//! A new style is one new file and its line in [`ALL`].

mod bibtex;
mod chicago;
mod markdown;
mod plain;

use super::formatting;
use crate::vocabulary::Voice;
use crate::{Citation, Document, Register};

/// A way to write a citation.
pub struct CitationStyle {
    /// What the window remembers it by.
    pub id: &'static str,
    /// The words on screen.
    pub label: &'static str,
    /// What it is good for.
    pub help: &'static str,
    pub write: fn(&CitedSource<'_>) -> String,
}

/// Every style; the first one is what a window begins with.
pub static ALL: &[&CitationStyle] = &[
    &plain::STYLE,
    &markdown::STYLE,
    &bibtex::STYLE,
    &chicago::STYLE,
];

/// The style with this id, else the first.
pub fn by_id(id: &str) -> &'static CitationStyle {
    let mut all = ALL.iter().copied();
    all.find(|style| style.id == id).unwrap_or(&plain::STYLE)
}

/// What is cited: a document, or words of it.
#[derive(Clone, Copy)]
pub struct CitedSource<'r> {
    pub register: &'r Register,
    pub document: &'r Document,
    /// From 1.
    pub paragraph: Option<u32>,
    pub phrase: Option<&'r str>,
    /// Whose words they are, where that is not the document itself, and how they are given.
    pub speaker: Option<(&'r str, Voice)>,
}

impl<'r> CitedSource<'r> {
    /// A document as a whole.
    pub fn of_document(register: &'r Register, document: &'r Document) -> Self {
        CitedSource {
            register,
            document,
            paragraph: None,
            phrase: None,
            speaker: None,
        }
    }

    /// What a citation names; `None` where the register has no such document.
    pub fn of_citation(register: &'r Register, citation: &'r Citation) -> Option<Self> {
        let speaker = citation.speaker.as_ref();
        let speaker = speaker.map(|id| {
            (
                register.short_title_of(id.as_str()),
                citation.effective_voice(),
            )
        });
        Some(CitedSource {
            paragraph: citation.paragraph,
            phrase: citation.phrase.as_deref(),
            speaker,
            ..CitedSource::of_document(register, register.get(citation.document.as_str())?)
        })
    }

    /// Who issued the document, by their names.
    fn authors(&self) -> Vec<&'r str> {
        let issuers = self.document.issuers.iter();
        let name = |id: &'r str| match self.register.find(id) {
            Some(at) => self.register.record(at).map_or(id, |record| record.title()),
            None => id,
        };
        issuers.map(|link| name(link.as_str())).collect()
    }

    /// Where it can be read: at the words, where there is an address that can say so.
    fn url(&self) -> Option<String> {
        let at_words =
            formatting::document_url_at_phrase(self.register, self.document, self.phrase);
        at_words.or_else(|| {
            let url = formatting::document_url(self.register, self.document)?;
            Some(url.to_owned())
        })
    }
}

/// "A", "A and B", "A, B, and C".
fn joined(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [one, two] => format!("{one} and {two}"),
        [most @ .., last] => format!("{}, and {last}", most.join(", ")),
    }
}
