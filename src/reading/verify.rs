//! Whether each phrase stands where its citation says.

use super::library::Library;
use crate::prose::{Found, find};
use crate::register::declare::{PathStep, Visit};
use crate::register::{RecordRef, Register};

/// What became of a citation's phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Looked for in the text.
    Looked(Found),
    /// There is no text to look in.
    NoText,
}

/// A citation that was looked into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    pub record: RecordRef,
    /// From the record to the citation.
    pub path: Vec<PathStep>,
    pub document: String,
    pub paragraph: Option<u32>,
    pub phrase: String,
    pub outcome: Outcome,
}

/// Looks for the phrase of every citation that has one, in the order of the register.
pub fn verify(register: &Register, library: &Library) -> Vec<Checked> {
    let mut all = Vec::new();
    for (at, record) in register.all() {
        record.walk(&mut Vec::new(), &mut |path, visit| {
            let Visit::Citation(citation) = visit else {
                return;
            };
            let Some(phrase) = &citation.phrase else {
                return;
            };
            let document = citation.document.as_str();
            let outcome = match library.prose(document) {
                Some(prose) => Outcome::Looked(find(prose, citation.paragraph, phrase)),
                None => Outcome::NoText,
            };
            all.push(Checked {
                record: at,
                path: path.to_vec(),
                document: document.to_owned(),
                paragraph: citation.paragraph,
                phrase: phrase.clone(),
                outcome,
            });
        });
    }
    all
}
