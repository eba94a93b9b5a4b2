//! The passages that a report cites, numbered through it, under the documents in which they stand.

use linchpin_charts::picture::Picture;
use linchpin_register::document::is_web_address;
use linchpin_register::tables::formatting;
use linchpin_register::vocabulary::Voice;
use linchpin_register::{Citation, Document, Link, RecordRef, Register};
use std::collections::{BTreeSet, HashMap, HashSet};

/// A document.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    pub title: String,
    /// Who issued it, when, and what it is.
    pub about: String,
    /// Where it can be read; http or https.
    pub url: Option<String>,
    /// A copy of it; http or https.
    pub archive_url: Option<String>,
    /// In the order of their numbers.
    pub passages: Vec<Passage>,
}

/// A place in a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Passage {
    /// From 1, through the whole report.
    pub number: usize,
    /// "Paragraph 4, “work to deter”, quoted: Austin"
    pub words: String,
    /// Opens the document at the words; http or https.
    pub url: Option<String>,
}

/// Document, paragraph, phrase, speaker.
type PassageKey<'r> = (&'r str, Option<u32>, Option<&'r str>, Option<&'r str>);

/// Which passages there are, and their numbers.
pub(super) struct Cited<'r> {
    numbers: HashMap<PassageKey<'r>, usize>,
    /// By number, from 1.
    citations: Vec<&'r Citation>,
}

impl<'r> Cited<'r> {
    /// The passages behind some pictures, in the order of the register's documents, and in the
    /// order of each document.
    pub fn of(register: &'r Register, pictures: &[Picture]) -> Cited<'r> {
        let mut seen = HashSet::new();
        let mut citations: Vec<&Citation> = Vec::new();
        for picture in pictures {
            for (_, mark) in picture.marks() {
                let cited = cited(register, &mark.records);
                citations.extend(cited.filter(|citation| seen.insert(passage_key(citation))));
            }
        }
        let order = documents_in_order(register);
        citations.sort_by_key(|c| {
            let document = order.get(c.document.as_str());
            // Documents that the register does not describe come last.
            (document.copied().unwrap_or(usize::MAX), passage_key(c))
        });
        let numbers = citations.iter().map(|c| passage_key(c)).zip(1..).collect();
        Cited { numbers, citations }
    }

    /// The numbers of the passages behind some records, each once, ascending.
    pub fn numbers(&self, register: &Register, records: &[RecordRef]) -> Vec<usize> {
        let keys = cited(register, records).map(passage_key);
        let numbers = keys.filter_map(|key| self.numbers.get(&key).copied());
        numbers.collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// The numbers of the passages behind a picture, each once, ascending.
    pub fn of_picture(&self, register: &Register, picture: &Picture) -> Vec<usize> {
        let marks = picture.marks().map(|(_, mark)| mark);
        let records: Vec<RecordRef> = marks.flat_map(|mark| mark.records.clone()).collect();
        self.numbers(register, &records)
    }

    /// Every document of the register with its passages, then those that it does not describe.
    pub fn sources(&self, register: &Register) -> Vec<Source> {
        let mut passages: HashMap<&str, Vec<Passage>> = HashMap::new();
        let mut undescribed: Vec<&str> = Vec::new();
        for (citation, number) in self.citations.iter().zip(1..) {
            let document = citation.document.as_str();
            if register.get::<Document>(document).is_none() && !undescribed.contains(&document) {
                undescribed.push(document);
            }
            passages.entry(document).or_default().push(Passage {
                number,
                words: words_of(register, citation),
                url: formatting::citation_url(register, citation),
            });
        }
        let mut take = |id: &str| passages.remove(id).unwrap_or_default();
        let mut sources: Vec<Source> = register
            .documents
            .iter()
            .map(|document| source(register, document, take(document.id.as_str())))
            .collect();
        sources.extend(undescribed.into_iter().map(|id| Source {
            title: id.to_owned(),
            about: "The register does not describe this document".into(),
            url: None,
            archive_url: None,
            passages: take(id),
        }));
        sources
    }
}

fn source(register: &Register, document: &Document, passages: Vec<Passage>) -> Source {
    let mut about = vec![formatting::format_link_names(register, &document.issuers)];
    about.push(document.date.date.to_long_form());
    about.push(document.kind.label().to_owned());
    about.retain(|words| !words.is_empty());
    let web = |url: &Option<String>| url.clone().filter(|url| is_web_address(url));
    Source {
        title: document.title.clone(),
        about: about.join(" · "),
        url: web(&document.url),
        archive_url: web(&document.archive_url),
        passages,
    }
}

/// Where in its document a citation stands, and whose words it cites.
fn words_of(register: &Register, citation: &Citation) -> String {
    let mut parts = Vec::new();
    if let Some(paragraph) = citation.paragraph {
        parts.push(format!("Paragraph {paragraph}"));
    }
    if let Some(phrase) = &citation.phrase {
        parts.push(format!("“{phrase}”"));
    }
    if let Some(speaker) = &citation.speaker {
        let voice = match citation.effective_voice() {
            // The person follows.
            Voice::Quoted => "quoted",
            Voice::Paraphrased => "paraphrased",
            voice => voice.label(),
        };
        let speaker = register.short_title_of(speaker.as_str());
        parts.push(format!("{voice}: {speaker}"));
    }
    match parts.is_empty() {
        true => "The document as a whole".into(),
        false => parts.join(", "),
    }
}

fn cited<'r>(register: &'r Register, records: &[RecordRef]) -> impl Iterator<Item = &'r Citation> {
    let records = records.iter().filter_map(|at| register.record(*at));
    records.flat_map(|record| record.citations())
}

fn passage_key(citation: &Citation) -> PassageKey<'_> {
    (
        citation.document.as_str(),
        citation.paragraph,
        citation.phrase.as_deref(),
        citation.speaker.as_ref().map(Link::as_str),
    )
}

fn documents_in_order(register: &Register) -> HashMap<&str, usize> {
    let ids = register
        .documents
        .iter()
        .map(|document| document.id.as_str());
    ids.zip(0..).collect()
}
