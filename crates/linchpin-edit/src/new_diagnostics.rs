//! Which diagnostics a text has that another one lacks, and the records in which they stand: so an
//! edit or a merge is judged by the same checks as a file that is loaded.

use linchpin_register::record_spans::record_spans;
use linchpin_register::{LoadedRegister, RecordKind};
use ron_lossless::{Diagnostic, NodeId, Span};
use std::collections::HashMap;

/// What makes diagnostics of two texts the same: the record, the code and the message. The span is
/// none of it, since everything behind an edit has moved; the message is, since it names the ids
/// and values that the diagnostic is about.
type DiagnosticKey = (String, &'static str, String);

/// The key of a diagnostic that stands in this record; `""` where the record does not matter.
pub(super) fn diagnostic_key(record_id: &str, diagnostic: &Diagnostic) -> DiagnosticKey {
    (
        record_id.to_owned(),
        diagnostic.code,
        diagnostic.message.clone(),
    )
}

/// How often each diagnostic is there.
#[derive(Clone, Debug, Default)]
pub(super) struct DiagnosticCounts(HashMap<DiagnosticKey, usize>);

impl DiagnosticCounts {
    pub fn of(keys: impl Iterator<Item = DiagnosticKey>) -> Self {
        let mut counts = DiagnosticCounts::default();
        for key in keys {
            *counts.0.entry(key).or_default() += 1;
        }
        counts
    }

    /// Each as often as in the one that has it more often.
    pub fn max(mut self, other: Self) -> Self {
        for (key, count) in other.0 {
            let own = self.0.entry(key).or_default();
            *own = count.max(*own);
        }
        self
    }

    /// Takes one out; `false` where none is left.
    pub fn take(&mut self, key: &DiagnosticKey) -> bool {
        match self.0.get_mut(key).filter(|count| **count > 0) {
            Some(count) => {
                *count -= 1;
                true
            }
            None => false,
        }
    }
}

/// Where every record stands, in the order of the text.
pub(super) fn records_by_span(loaded: &LoadedRegister) -> Vec<(Span, NodeId)> {
    let all = RecordKind::ALL.iter();
    let all = all.flat_map(|kind| record_spans(loaded, *kind));
    let mut records: Vec<(Span, NodeId)> = all
        .map(|place| (loaded.tree.span(place.node), place.node))
        .collect();
    records.sort_by_key(|(span, _)| span.start);
    records
}

/// The record in which a span stands.
pub(super) fn enclosing_record(records: &[(Span, NodeId)], span: Span) -> Option<NodeId> {
    let next = records.partition_point(|(record, _)| record.start <= span.start);
    let (record, node) = records.get(next.checked_sub(1)?)?;
    (span.end <= record.end).then_some(*node)
}
