//! Which two documents are offered to be compared.

use linchpin_compare::{counts, documents_of, home_of, in_order, names};
use linchpin_register::{Document, Register};

/// Two documents of which somebody has said how their commitments go together: those of the last commitment that says so.
fn confirmed_pair(register: &Register) -> Option<(&Document, &Document)> {
    let mut all = register.commitments.iter().rev();
    all.find_map(|commitment| {
        let entry = commitment.continuity.last()?;
        let own = register.get::<Document>(home_of(register, commitment.id.as_str())?)?;
        let other = register.get::<Document>(entry.against.as_str())?;
        Some(match own.date.date < other.date.date {
            true => (own, other),
            false => (other, own),
        })
    })
}

/// The last two documents of the first series of which commitments are recorded, else the last two such documents of all.
pub(super) fn default_pair(register: &Register) -> Option<(&Document, &Document)> {
    let counts = counts(register);
    if let Some(both) = confirmed_pair(register) {
        return Some(both);
    }
    let has = |d: &&Document| counts.contains_key(d.id.as_str());
    let of = |all: Vec<&'_ Document>| -> Vec<String> {
        let recorded = all.into_iter().filter(has);
        recorded.map(|d| d.id.to_string()).collect()
    };
    let series = names(register);
    let mut lists = series
        .iter()
        .map(|name| of(in_order(documents_of(register, name))));
    let last = lists
        .find(|list| list.len() > 1)
        .unwrap_or_else(|| of(in_order(register.documents.iter().collect())));
    let [.., before, after] = last.as_slice() else {
        return None;
    };
    let both = (
        register.get::<Document>(before),
        register.get::<Document>(after),
    );
    both.0.zip(both.1)
}
