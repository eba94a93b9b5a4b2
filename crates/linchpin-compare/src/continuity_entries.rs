//! What the register says of how two documents' commitments go together: what somebody has
//! confirmed.

use super::commitment_in_document::invert_change;
use linchpin_register::vocabulary::WordingChange;
use linchpin_register::{Commitment, Continuity};
use std::collections::HashMap;

/// One entry, seen from the document before to the document after.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ContinuityEntry {
    /// The places of the commitments among those of their documents.
    pub before: Option<usize>,
    pub after: Option<usize>,
    /// The earlier commitment where it stands in neither document: of what has been restored.
    pub restored_from: Option<String>,
    pub change: WordingChange,
    pub note: Option<String>,
    /// The commitment that holds the entry, and its place in the list there.
    pub commitment_id: String,
    pub index: usize,
}

/// The entries of two documents' commitments that are about each other.
pub(super) fn continuity_entries<'r>(
    before: (&str, &[&'r Commitment]),
    after: (&str, &[&'r Commitment]),
) -> Vec<ContinuityEntry> {
    if before.0 == after.0 {
        return Vec::new();
    }
    let places = |own: &[&'r Commitment]| -> HashMap<&'r str, usize> {
        own.iter()
            .enumerate()
            .map(|(at, c)| (c.id.as_str(), at))
            .collect()
    };
    let (left, right) = (places(before.1), places(after.1));
    let mut all = Vec::new();
    for (at, commitment) in after.1.iter().enumerate() {
        for (index, entry) in entries_against(commitment, before.0) {
            let earlier = entry.earlier.as_ref().map(|id| id.as_str());
            let partner = earlier.and_then(|id| left.get(id).copied());
            // "Dropped" stands at the earlier commitment: here the later document is looked at
            // first.
            let change = match entry.change {
                WordingChange::Dropped => WordingChange::New,
                change => change,
            };
            all.push(ContinuityEntry {
                before: partner.filter(|_| has_partner(change)),
                after: Some(at),
                restored_from: earlier.filter(|_| partner.is_none()).map(str::to_owned),
                change,
                note: entry.note.clone(),
                commitment_id: commitment.id.as_str().to_owned(),
                index,
            });
        }
    }
    // An entry may also stand at the commitment of the document before, where somebody has compared
    // backwards: it is then seen the other way round.
    for (at, commitment) in before.1.iter().enumerate() {
        for (index, entry) in entries_against(commitment, after.0) {
            let earlier = entry.earlier.as_ref().map(|id| id.as_str());
            let change = match entry.change {
                WordingChange::Dropped => WordingChange::Dropped,
                change => invert_change(change),
            };
            let partner = earlier.and_then(|id| right.get(id).copied());
            all.push(ContinuityEntry {
                before: Some(at),
                after: partner.filter(|_| has_partner(change)),
                restored_from: None,
                change,
                note: entry.note.clone(),
                commitment_id: commitment.id.as_str().to_owned(),
                index,
            });
        }
    }
    all
}

/// Whether a change is one between two commitments.
pub(super) fn has_partner(change: WordingChange) -> bool {
    !matches!(
        change,
        WordingChange::New | WordingChange::Dropped | WordingChange::Restored
    )
}

/// The entries of a commitment against a document, with their places.
pub(super) fn entries_against<'r>(
    commitment: &'r Commitment,
    document: &str,
) -> impl Iterator<Item = (usize, &'r Continuity)> {
    let entries = commitment.continuity.iter().enumerate();
    entries.filter(move |(_, entry)| entry.against.as_str() == document)
}
