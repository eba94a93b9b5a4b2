//! Who links to whom, seen from the target.

use super::declare::Visit;
use super::{RecordKind, RecordRef, Register};
use std::collections::HashMap;

/// For every record the records that link to it, in the order of the file, each once.
#[derive(Clone, Debug, Default)]
pub struct Backlinks {
    of: HashMap<RecordRef, Vec<RecordRef>>,
}

impl Backlinks {
    pub(super) fn build(register: &Register) -> Self {
        let mut of: HashMap<RecordRef, Vec<RecordRef>> = HashMap::new();
        let mut path = Vec::new();
        for (at, record) in register.all() {
            record.walk(&mut path, &mut |_, visit| {
                if let Visit::Link(link) = visit
                    && let Some(target) = register.find(link.id())
                    && target != at
                {
                    let from = of.entry(target).or_default();
                    if from.last() != Some(&at) {
                        from.push(at);
                    }
                }
            });
        }
        Backlinks { of }
    }
}

impl Register {
    /// Does the work that a first question about links, or for the fingerprint, would wait for.
    pub fn warm_up(&self) {
        self.backlinks.get_or_init(|| Backlinks::build(self));
        self.sha256();
    }

    /// The records that link to this one, by type and then in the order of the file.
    pub fn linked_from(&self, at: RecordRef) -> &[RecordRef] {
        self.backlinks
            .get_or_init(|| Backlinks::build(self))
            .of
            .get(&at)
            .map_or(&[], Vec::as_slice)
    }

    /// The records of one type that link to this one.
    pub fn linked_from_kind(&self, at: RecordRef, kind: RecordKind) -> &[RecordRef] {
        let all = self.linked_from(at);
        let start = all.partition_point(|r| r.kind < kind);
        let end = all.partition_point(|r| r.kind <= kind);
        &all[start..end]
    }
}
