//! What is worked out for the page of comparisons.

use linchpin_charts::picture::Picture;
use linchpin_compare::series_picture as charts;
use linchpin_compare::{
    Matching, Sentences, Series, What, commitments, documents, documents_of, in_order, series,
};
use linchpin_reading::TextLibrary;
use linchpin_register::Register;
use linchpin_text::prose::Prose;
use std::sync::Arc;

/// Two documents beside each other.
pub struct DocumentComparison {
    pub matching: Matching,
    /// Sentence by sentence, with both texts; `None` where one of the two has no text.
    pub sentences: Option<(Sentences, [Arc<Prose>; 2])>,
}

/// What two documents beside each other depend on: the register, its texts, the two.
#[derive(Clone, PartialEq)]
pub struct DocumentComparisonKey(pub u64, pub u64, pub String, pub String);

/// What is followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SeriesSubject {
    Phrase(String),
    Commitment(String),
    Theme(String),
}

/// Something through the documents of a series.
pub struct SeriesTrace {
    pub subject: SeriesSubject,
    /// The series; `None`: all documents.
    pub series_name: Option<String>,
    pub series: Series,
    pub summary: Vec<String>,
    pub picture: Picture,
}

/// What it depends on: the register, its texts, what is followed, the series.
#[derive(Clone, PartialEq)]
pub struct SeriesTraceKey(pub u64, pub u64, pub SeriesSubject, pub Option<String>);

impl SeriesSubject {
    fn as_query(&self) -> What<'_> {
        match self {
            SeriesSubject::Phrase(words) => What::Phrase(words),
            SeriesSubject::Commitment(id) => What::Commitment(id),
            SeriesSubject::Theme(id) => What::Theme(id),
        }
    }
}

impl DocumentComparison {
    pub(super) fn compute(
        register: &Register,
        library: &TextLibrary,
        before: &str,
        after: &str,
    ) -> Self {
        let both = library.prose(before).zip(library.prose(after));
        DocumentComparison {
            matching: commitments(register, library, before, after),
            sentences: both.map(|(a, b)| (documents(a, b), [a.clone(), b.clone()])),
        }
    }
}

impl SeriesTrace {
    pub(super) fn compute(
        register: &Register,
        library: &TextLibrary,
        subject: SeriesSubject,
        series_name: Option<String>,
    ) -> Self {
        let all = match &series_name {
            Some(name) => documents_of(register, name),
            None => register.documents.iter().collect(),
        };
        let found = series(register, library, &in_order(all), subject.as_query());
        let picture =
            charts::series_picture(register, &found, series_name.as_deref().unwrap_or_default());
        SeriesTrace {
            subject,
            series_name,
            summary: charts::summary_sentences(&found),
            series: found,
            picture,
        }
    }
}
