//! What is worked out for the page of comparisons.

use super::derived::Derived;
use crate::charts::series as charts;
use crate::comparing::{
    Matching, Sentences, Series, What, commitments, documents, documents_of, in_order, series,
};
use crate::picture::Picture;
use crate::prose::Prose;
use crate::reading::Library;
use crate::register::Register;
use std::sync::Arc;

/// Up to so many bytes of text two documents are compared within the frame, …
const AT_ONCE_BYTES: usize = 60_000;
/// … and up to so many commitments of the register.
const AT_ONCE_COMMITMENTS: usize = 400;

/// Two documents beside each other.
pub struct Pairing {
    pub matching: Matching,
    /// Sentence by sentence, with both texts; `None` where one of the two has no text.
    pub sentences: Option<(Sentences, [Arc<Prose>; 2])>,
}

/// What two documents beside each other depend on: the register, its texts, the two.
#[derive(Clone, PartialEq)]
pub struct PairingKey(pub u64, pub usize, pub String, pub String);

/// What is followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    Phrase(String),
    Commitment(String),
    Theme(String),
}

/// Something through the documents of a series.
pub struct Through {
    pub subject: Subject,
    /// The series; `None`: all documents.
    pub name: Option<String>,
    pub series: Series,
    pub summary: Vec<String>,
    pub picture: Picture,
}

/// What it depends on: the register, its texts, what is followed, the series.
#[derive(Clone, PartialEq)]
pub struct ThroughKey(pub u64, pub usize, pub Subject, pub Option<String>);

impl Subject {
    fn what(&self) -> What<'_> {
        match self {
            Subject::Phrase(words) => What::Phrase(words),
            Subject::Commitment(id) => What::Commitment(id),
            Subject::Theme(id) => What::Theme(id),
        }
    }
}

impl Pairing {
    fn of(register: &Register, library: &Library, before: &str, after: &str) -> Self {
        let both = library.prose(before).zip(library.prose(after));
        Pairing {
            matching: commitments(register, library, before, after),
            sentences: both.map(|(a, b)| (documents(a, b), [a.clone(), b.clone()])),
        }
    }
}

impl Through {
    fn of(register: &Register, library: &Library, subject: Subject, name: Option<String>) -> Self {
        let all = match &name {
            Some(name) => documents_of(register, name),
            None => register.documents.iter().collect(),
        };
        let found = series(register, library, &in_order(all), subject.what());
        let picture = charts::series(register, &found, name.as_deref().unwrap_or_default());
        Through {
            subject,
            name,
            summary: charts::summary(&found),
            series: found,
            picture,
        }
    }
}

impl Derived {
    /// Sees to it that two documents are laid beside each other, or will be.
    pub(super) fn want_pairing(
        &mut self,
        key: PairingKey,
        register: Arc<Register>,
        library: Arc<Library>,
    ) {
        let bytes = |id: &str| library.prose(id).map_or(0, |prose| prose.text().len());
        let is_small = bytes(&key.2) + bytes(&key.3) <= AT_ONCE_BYTES
            && register.commitments.len() <= AT_ONCE_COMMITMENTS;
        let (before, after) = (key.2.clone(), key.3.clone());
        let at_once = self.is_patient || is_small;
        self.pairing.want(key, at_once, &self.wake, move || {
            Pairing::of(&register, &library, &before, &after)
        });
    }

    /// Two documents beside each other: those that were worked out last.
    pub fn pairing(&self) -> Option<&Pairing> {
        Some(&*self.pairing.value.as_ref()?.1)
    }

    /// Sees to it that something is followed through a series, or will be.
    pub(super) fn want_through(
        &mut self,
        key: ThroughKey,
        register: Arc<Register>,
        library: Arc<Library>,
    ) {
        let bytes = library.iter().map(|(_, text)| text.prose.text().len());
        let is_small = bytes.sum::<usize>() <= AT_ONCE_BYTES
            && register.commitments.len() <= AT_ONCE_COMMITMENTS;
        let at_once = self.is_patient || is_small;
        let (subject, name) = (key.2.clone(), key.3.clone());
        self.through.want(key, at_once, &self.wake, move || {
            Through::of(&register, &library, subject, name)
        });
    }

    /// What was followed last.
    pub fn through(&self) -> Option<&Through> {
        Some(&*self.through.value.as_ref()?.1)
    }
}
