//! Who links to whom, seen from the target.

use super::schema::VisitedValue;
use super::{RecordKind, RecordRef, Register};
use std::collections::HashMap;

/// For every record the records that link to it, in the order of the file, each once.
#[derive(Clone, Debug, Default)]
pub struct Backlinks {
    sources_by_target: HashMap<RecordRef, Vec<RecordRef>>,
}

impl Backlinks {
    pub(super) fn build(register: &Register) -> Self {
        let mut sources_by_target: HashMap<RecordRef, Vec<RecordRef>> = HashMap::new();
        let mut path = Vec::new();
        for (at, record) in register.iter_records() {
            record.walk(&mut path, &mut |_, visit| {
                if let VisitedValue::Link(link) = visit
                    && let Some(target) = register.find(link.id())
                    && target != at
                {
                    let from = sources_by_target.entry(target).or_default();
                    // A record's links come one after another: looking at the last is enough.
                    if from.last() != Some(&at) {
                        from.push(at);
                    }
                }
            });
        }
        Backlinks { sources_by_target }
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

    /// The records of one type that link to this one.
    pub fn linked_from_kind(&self, record: RecordRef, kind: RecordKind) -> &[RecordRef] {
        let all = self.linked_from(record);
        // They stand in the order of the types, as they were walked.
        let start = all.partition_point(|r| r.kind < kind);
        let end = all.partition_point(|r| r.kind <= kind);
        &all[start..end]
    }
}
