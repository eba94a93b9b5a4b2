//! Whether each phrase stands where its citation says.

use super::library::Library;
use linchpin_register::declare::{PathStep, Visit};
use linchpin_register::{RecordRef, Register};
use linchpin_text::prose::{Finder, Found};

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
            all.push(Checked {
                record: at,
                path: path.to_vec(),
                document: citation.document.as_str().to_owned(),
                paragraph: citation.paragraph,
                phrase: phrase.clone(),
                outcome: Outcome::NoText,
            });
        });
    }
    if !library.is_empty() {
        look(&mut all, library);
    }
    all
}

/// Looks into one text after another, so that only one of them is kept made alike.
fn look(all: &mut [Checked], library: &Library) {
    let mut by_document: Vec<&mut Checked> = all.iter_mut().collect();
    by_document.sort_by(|a, b| a.document.cmp(&b.document));
    for of_one in by_document.chunk_by_mut(|a, b| a.document == b.document) {
        let document = of_one.first().map_or("", |one| &one.document);
        let Some(prose) = library.prose(document) else {
            continue;
        };
        let mut finder = Finder::new(prose);
        for one in of_one {
            one.outcome = Outcome::Looked(finder.find(one.paragraph, &one.phrase));
        }
    }
}
