//! What is worked out for the page of comparisons.

use linchpin_charts::picture::Picture;
use linchpin_compare::series_picture as charts;
use linchpin_compare::{
    Matching, Sentences, Series, What, commitments, documents, documents_of, in_order, series,
};
use linchpin_reading::Library;
use linchpin_register::Register;
use linchpin_text::prose::Prose;
use std::sync::Arc;

/// Two documents beside each other.
pub struct Pairing {
    pub matching: Matching,
    /// Sentence by sentence, with both texts; `None` where one of the two has no text.
    pub sentences: Option<(Sentences, [Arc<Prose>; 2])>,
}

/// What two documents beside each other depend on: the register, its texts, the two.
#[derive(Clone, PartialEq)]
pub struct PairingKey(pub u64, pub u64, pub String, pub String);

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
pub struct ThroughKey(pub u64, pub u64, pub Subject, pub Option<String>);

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
    pub(super) fn of(register: &Register, library: &Library, before: &str, after: &str) -> Self {
        let both = library.prose(before).zip(library.prose(after));
        Pairing {
            matching: commitments(register, library, before, after),
            sentences: both.map(|(a, b)| (documents(a, b), [a.clone(), b.clone()])),
        }
    }
}

impl Through {
    pub(super) fn of(
        register: &Register,
        library: &Library,
        subject: Subject,
        name: Option<String>,
    ) -> Self {
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
