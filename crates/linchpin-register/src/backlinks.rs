//! Who links to whom and who cites what, seen from the target.

use super::schema::VisitedValue;
use super::{RecordKind, RecordRef, Register};
use std::collections::HashMap;

/// The records behind each record, in the order of the file, each once.
type RecordsByTarget = HashMap<RecordRef, Vec<RecordRef>>;

/// For every record the records that link to it, and for every document those that cite it.
#[derive(Clone, Debug, Default)]
pub struct Backlinks {
    sources_by_target: RecordsByTarget,
    /// Not every link to a document is a citation: a treaty names its text, a document the one that
    /// it follows.
    citing_by_document: RecordsByTarget,
}

impl Backlinks {
    pub(super) fn build(register: &Register) -> Self {
        let mut all = Backlinks::default();
        let mut path = Vec::new();
        for (at, record) in register.iter_records() {
            record.walk(&mut path, &mut |_, visit| {
                let (sources, id) = match visit {
                    VisitedValue::Link(link) => (&mut all.sources_by_target, link.id()),
                    // Its link to the document is visited besides.
                    VisitedValue::Citation(citation) => {
                        (&mut all.citing_by_document, citation.document.as_str())
                    }
                    _ => return,
                };
                if let Some(target) = register.find(id).filter(|target| *target != at) {
                    add_source(sources.entry(target).or_default(), at);
                }
            });
        }
        all
    }
}

/// A record's links come one after another: looking at the last is enough.
fn add_source(sources: &mut Vec<RecordRef>, from: RecordRef) {
    if sources.last() != Some(&from) {
        sources.push(from);
    }
}

impl Register {
    /// Does the work that a first question about links, or for the fingerprint, would wait for.
    pub fn warm_up(&self) {
        self.backlinks.get_or_init(|| Backlinks::build(self));
        self.sha256();
    }

    /// The records that link to this one, by type and then in the order of the file.
    pub fn linked_from(&self, record: RecordRef) -> &[RecordRef] {
        self.backlinks
            .get_or_init(|| Backlinks::build(self))
            .sources_by_target
            .get(&record)
            .map_or(&[], Vec::as_slice)
    }

    /// The other records that cite this document, by type and then in the order of the file. Links
    /// to it that are no citations do not count.
    pub fn citing_records(&self, document: RecordRef) -> &[RecordRef] {
        self.backlinks
            .get_or_init(|| Backlinks::build(self))
            .citing_by_document
            .get(&document)
            .map_or(&[], Vec::as_slice)
    }

    /// The records of one type that link to this one.
    pub fn linked_from_kind(&self, record: RecordRef, kind: RecordKind) -> &[RecordRef] {
        let all = self.linked_from(record);
        // They stand in the order of the types, as they were walked.
        let start = all.partition_point(|r| r.kind < kind);
        let end = all.partition_point(|r| r.kind <= kind);
        &all[start..end]
    }
}
