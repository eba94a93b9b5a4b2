//! From what somebody says of a match to an edit of the register: an entry in `continuity` of the
//! later commitment, or "dropped" at the earlier one.

use super::coding_extent::{is_coded_for_commitment, own_citation};
use super::commitment_in_document::{CommitmentInDocument, classify_change};
use super::commitment_matching::{CommitmentMatch, MatchOutcome, MatchStatus};
use super::continuity_entries::entries_against;
use super::messages::{MatchNote, coding_sentence};
use linchpin_edit::{Edit, EditTarget};
use linchpin_reading::TextLibrary;
use linchpin_register::schema::PathStep;
use linchpin_register::vocabulary::WordingChange;
use linchpin_register::{Commitment, Document, Register};
use ron_lossless::RonValue;

const CONTINUITY_FIELD: &str = "continuity";

/// Why what somebody says of a match cannot be entered. As text it says what would be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DecisionError {
    /// It is confirmed already.
    Confirmed,
    /// It is a proposal, so that there is nothing to take back.
    Proposed,
    /// The match says of no change; the note says why.
    NoChange { note: Option<MatchNote> },
    /// Neither document has the commitment.
    NoCommitment,
    /// The document is not coded as far as it would have to be.
    NotCoded {
        /// Its short title, and how far it is coded.
        document: String,
    },
    /// Nothing would change.
    NothingToChange,
    /// There is no document with this id.
    NoDocument(String),
    /// The document before is the document after.
    SameDocument,
    /// The document before is the later one; the short titles of both.
    WrongOrder { before: String, after: String },
    /// The commitment does not stand in the document.
    NotInDocument {
        commitment: String,
        document: String,
    },
}

impl std::error::Error for DecisionError {}

/// Confirms a proposal as it stands. `documents`: the ids of the one before and the one after.
///
/// # Errors
/// Where it is confirmed already, where nothing can be said, or where the documents stand the wrong
/// way round: what is wrong and what would be right.
pub fn confirm_match(
    register: &Register,
    documents: (&str, &str),
    proposal: &CommitmentMatch,
) -> Result<Edit, DecisionError> {
    check_document_order(register, documents)?;
    if proposal.status == MatchStatus::Confirmed {
        return Err(DecisionError::Confirmed);
    }
    let MatchOutcome::Change(change) = proposal.outcome else {
        // The note that says how far the other document is coded is added last.
        let note = proposal.notes.last().cloned();
        return Err(DecisionError::NoChange { note });
    };
    let id = |side: &Option<CommitmentInDocument>| side.as_ref().map(|s| s.id.clone());
    match (change, id(&proposal.before), id(&proposal.after)) {
        (WordingChange::Dropped, Some(earlier), _) => {
            let edit = set_entry(register, &earlier, documents.1, change, None);
            batch_edit("Confirm that it was dropped", vec![edit])
        }
        (_, before, Some(later)) => {
            // What has been restored has its partner in a document that is older still.
            let earlier = before.or(id(&proposal.restored_from));
            let edit = set_entry(register, &later, documents.0, change, earlier.as_deref());
            batch_edit("Confirm what became of a commitment", vec![edit])
        }
        _ => Err(DecisionError::NoCommitment),
    }
}

/// Says that two commitments are one, whatever was proposed or said before. The change is the one
/// that their steps and words give.
///
/// # Errors
/// Where one of them does not stand in its document, or the documents stand the wrong way round.
pub fn pair_commitments(
    register: &Register,
    library: &TextLibrary,
    documents: (&str, &str),
    (earlier, later): (&str, &str),
) -> Result<Edit, DecisionError> {
    check_document_order(register, documents)?;
    let before = commitment_in(register, documents.0, earlier)?;
    let after = commitment_in(register, documents.1, later)?;
    let change = classify_change(&before, &after, library).0;
    let mut edits = vec![set_entry(
        register,
        later,
        documents.0,
        change,
        Some(earlier),
    )];
    // Whatever the earlier commitment says against the later document would contradict the pair.
    edits.extend(remove_entries(register, earlier, documents.1, |_| true));
    batch_edit("Pair two commitments", edits)
}

/// Says that a commitment has no partner in the other document: it is new there, or was dropped.
///
/// # Errors
/// Where the other document is not coded through for it, so that nobody can say so.
pub fn mark_unmatched(
    register: &Register,
    documents: (&str, &str),
    id: &str,
) -> Result<Edit, DecisionError> {
    check_document_order(register, documents)?;
    let is_later = commitment_in(register, documents.1, id).is_ok();
    let other = if is_later { documents.0 } else { documents.1 };
    if !is_later {
        commitment_in(register, documents.0, id)?;
    }
    let commitment = register.get::<Commitment>(id);
    if !commitment.is_some_and(|c| is_coded_for_commitment(register, other, c)) {
        let document = register.get::<Document>(other);
        let document = document.map_or_else(|| other.to_owned(), coding_sentence);
        return Err(DecisionError::NotCoded { document });
    }
    if is_later {
        let edit = set_entry(register, id, other, WordingChange::New, None);
        return batch_edit("Say that a commitment is new", vec![edit]);
    }
    let mut edits = vec![set_entry(register, id, other, WordingChange::Dropped, None)];
    // Entries that pair a later commitment with this one would contradict it.
    for later in &register.commitments {
        if own_citation(later).is_some_and(|at| at.document.as_str() == other) {
            let names_it = |earlier: Option<&str>| earlier == Some(id);
            edits.extend(remove_entries(
                register,
                later.id.as_str(),
                documents.0,
                names_it,
            ));
        }
    }
    batch_edit("Say that a commitment was dropped", edits)
}

/// Takes back what was confirmed.
///
/// # Errors
/// Where nothing was.
pub fn undo_confirmation(
    register: &Register,
    confirmed: &CommitmentMatch,
) -> Result<Edit, DecisionError> {
    let Some((commitment, index)) = &confirmed.entry else {
        return Err(DecisionError::Proposed);
    };
    let all = register
        .get::<Commitment>(commitment)
        .map_or(0, |c| c.continuity.len());
    Ok(remove_entry(commitment, *index, all))
}

fn batch_edit(label: &str, mut edits: Vec<Edit>) -> Result<Edit, DecisionError> {
    match (edits.len(), edits.pop()) {
        (1, Some(edit)) => Ok(edit),
        (_, Some(last)) => Ok(Edit::Batch {
            label: label.to_owned(),
            edits: edits.into_iter().chain([last]).collect(),
        }),
        (_, None) => Err(DecisionError::NothingToChange),
    }
}

/// An entry stands at the later commitment: the document before must not be the later one.
fn check_document_order(
    register: &Register,
    (before, after): (&str, &str),
) -> Result<(), DecisionError> {
    let document = |id: &str| {
        let found = register.get::<Document>(id);
        found.ok_or_else(|| DecisionError::NoDocument(id.to_owned()))
    };
    let (a, b) = (document(before)?, document(after)?);
    if before == after {
        return Err(DecisionError::SameDocument);
    }
    if a.date.date > b.date.date {
        return Err(DecisionError::WrongOrder {
            before: a.short.clone(),
            after: b.short.clone(),
        });
    }
    Ok(())
}

fn commitment_in(
    register: &Register,
    document: &str,
    id: &str,
) -> Result<CommitmentInDocument, DecisionError> {
    CommitmentInDocument::by_id(register, id)
        .filter(|side| side.document == document)
        .ok_or_else(|| DecisionError::NotInDocument {
            commitment: id.to_owned(),
            document: document.to_owned(),
        })
}

/// Enters what became of a commitment against a document, in place of what was said of that before.
fn set_entry(
    register: &Register,
    commitment: &str,
    document: &str,
    change: WordingChange,
    earlier: Option<&str>,
) -> Edit {
    let mut fields = vec![
        ("against".to_owned(), RonValue::text(document)),
        ("change".to_owned(), RonValue::bare(change.name())),
    ];
    fields.extend(earlier.map(|id| ("earlier".to_owned(), RonValue::text(id))));
    let there = register.get::<Commitment>(commitment);
    let before = there.and_then(|c| entries_against(c, document).next());
    // What somebody has written in words stays.
    let note = before.and_then(|(_, entry)| entry.note.as_deref());
    fields.extend(note.map(|note| ("note".to_owned(), RonValue::text(note))));
    let target = EditTarget::Record(commitment.to_owned());
    let entry = RonValue::Record(fields);
    match before {
        Some((index, _)) => Edit::set(
            target,
            vec![PathStep::Field(CONTINUITY_FIELD), PathStep::Index(index)],
            Some(entry),
        ),
        None => Edit::append(target, vec![PathStep::Field(CONTINUITY_FIELD)], entry),
    }
}

/// Takes a commitment's entries against a document out, as far as the earlier commitment they name
/// is meant.
fn remove_entries(
    register: &Register,
    commitment_id: &str,
    document: &str,
    is_meant: impl Fn(Option<&str>) -> bool,
) -> Vec<Edit> {
    let Some(commitment) = register.get::<Commitment>(commitment_id) else {
        return Vec::new();
    };
    let meant = entries_against(commitment, document)
        .filter(|(_, entry)| is_meant(entry.earlier.as_ref().map(|id| id.as_str())));
    let places: Vec<usize> = meant.map(|(index, _)| index).collect();
    // Without any entry left, the list itself goes, in one edit.
    match places.len() == commitment.continuity.len() && !places.is_empty() {
        true => vec![remove_entry(commitment_id, 0, 1)],
        false => {
            // The last one first, since the edits are made one after the other.
            let all = commitment.continuity.len();
            let backwards = places.iter().rev();
            backwards
                .map(|at| remove_entry(commitment_id, *at, all))
                .collect()
        }
    }
}

/// The list without one entry; without the last one, no list.
fn remove_entry(commitment: &str, index: usize, all: usize) -> Edit {
    let mut path = vec![PathStep::Field(CONTINUITY_FIELD)];
    if all > 1 {
        path.push(PathStep::Index(index));
    }
    Edit::set(EditTarget::Record(commitment.to_owned()), path, None)
}
