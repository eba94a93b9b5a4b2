//! Records that a chart has chosen and does not draw, as its notes name them.

use super::year_span::YearSpan;
use linchpin_register::{RecordKind, RecordRef};

/// Records that are not drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LeftOut {
    pub records: Vec<RecordRef>,
    /// Their names, one for each, where they are few.
    pub names: Vec<String>,
    /// The first and the last year in which any of them is dated.
    pub years: Option<YearSpan>,
}

impl LeftOut {
    /// How many there are of each type, in the order of the records.
    pub fn counts(&self) -> Vec<(RecordKind, usize)> {
        let mut counts: Vec<(RecordKind, usize)> = Vec::new();
        for at in &self.records {
            match counts.iter_mut().find(|(kind, _)| *kind == at.kind) {
                Some((_, count)) => *count += 1,
                None => counts.push((at.kind, 1)),
            }
        }
        counts
    }
}

impl From<Vec<RecordRef>> for LeftOut {
    fn from(records: Vec<RecordRef>) -> LeftOut {
        LeftOut {
            records,
            ..LeftOut::default()
        }
    }
}
