//! Which two documents are offered to be compared.

use linchpin_compare::{
    commitment_counts, own_document, series_documents, series_names, sort_documents,
};
use linchpin_register::{Document, Register};

/// Two documents of which somebody has said how their commitments go together: those of the last commitment that says so.
fn confirmed_pair(register: &Register) -> Option<(&Document, &Document)> {
    let mut all = register.commitments.iter().rev();
    all.find_map(|commitment| {
        let entry = commitment.continuity.last()?;
        let own = register.get::<Document>(own_document(register, commitment.id.as_str())?)?;
        let other = register.get::<Document>(entry.against.as_str())?;
        Some(match own.date.date < other.date.date {
            true => (own, other),
            false => (other, own),
        })
    })
}

/// The last two documents of the first series of which commitments are recorded, else the last two such documents of all.
pub(super) fn default_pair(register: &Register) -> Option<(&Document, &Document)> {
    let counts = commitment_counts(register);
    if let Some(both) = confirmed_pair(register) {
        return Some(both);
    }
    let has = |d: &&Document| counts.contains_key(d.id.as_str());
    let of = |all: Vec<&'_ Document>| -> Vec<String> {
        let recorded = all.into_iter().filter(has);
        recorded.map(|d| d.id.to_string()).collect()
    };
    let series = series_names(register);
    let mut lists = series
        .iter()
        .map(|name| of(sort_documents(series_documents(register, name))));
    let last = lists
        .find(|list| list.len() > 1)
        .unwrap_or_else(|| of(sort_documents(register.documents.iter().collect())));
    let [.., before, after] = last.as_slice() else {
        return None;
    };
    let both = (
        register.get::<Document>(before),
        register.get::<Document>(after),
    );
    both.0.zip(both.1)
}
