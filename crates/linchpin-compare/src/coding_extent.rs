//! Which commitments are a document's, and what it means that one is missing there.

use linchpin_register::vocabulary::CodingExtent;
use linchpin_register::{Citation, Commitment, Document, RecordKind, RecordRef, Register};
use std::collections::HashMap;

/// The place of a commitment's own words: its first citation of a document. `None` where nothing
/// but external facts is cited.
pub(super) fn own_citation(commitment: &Commitment) -> Option<&Citation> {
    commitment.citations.iter().find(|c| !c.external)
}

/// The id of the document in which a commitment's own words stand.
pub fn own_document<'r>(register: &'r Register, id: &str) -> Option<&'r str> {
    let commitment = register.get::<Commitment>(id)?;
    own_citation(commitment).map(|citation| citation.document.as_str())
}

/// The commitments whose words stand in a document, in the order of the register.
pub fn document_commitments<'r>(
    register: &'r Register,
    document: &str,
) -> Vec<(RecordRef, &'r Commitment)> {
    // By the index of links: this is asked for every document of a series.
    let linked = register.find(document).map_or(&[][..], |at| {
        register.linked_from_kind(at, RecordKind::Commitment)
    });
    let all = linked
        .iter()
        .filter_map(|at| Some((*at, register.commitments.get(at.index as usize)?)));
    all.filter(|(_, c)| own_citation(c).is_some_and(|at| at.document.as_str() == document))
        .collect()
}

/// How many commitments each document has, by its id; documents without any are left out.
pub fn commitment_counts(register: &Register) -> HashMap<&str, usize> {
    let mut all = HashMap::new();
    for citation in register.commitments.iter().filter_map(own_citation) {
        *all.entry(citation.document.as_str()).or_insert(0) += 1;
    }
    all
}

/// Whether a document has been coded through for a commitment with these themes: only then is one
/// that is missing there known not to stand in it.
pub fn is_coded_for<'t>(document: &Document, themes: impl IntoIterator<Item = &'t str>) -> bool {
    match document.coded {
        Some(CodingExtent::Whole) => true,
        Some(CodingExtent::Subjects) => themes
            .into_iter()
            .any(|theme| document.coded_for.iter().any(|t| t.as_str() == theme)),
        Some(CodingExtent::Excerpts) | None => false,
    }
}

/// The same of a commitment.
pub(super) fn is_coded_for_commitment(
    register: &Register,
    document: &str,
    one: &Commitment,
) -> bool {
    let document = register.get::<Document>(document);
    document.is_some_and(|d| is_coded_for(d, one.themes.iter().map(|t| t.as_str())))
}
