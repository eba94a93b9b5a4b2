//! From what somebody says of a match to an edit of the register: an entry in `continuity` of the
//! later commitment, or "dropped" at the earlier one.

use super::coding_extent::{is_coded_for_commitment, own_citation};
use super::commitment_in_document::{CommitmentInDocument, classify_change};
use super::commitment_matching::{CommitmentMatch, MatchOutcome, MatchStatus};
use super::continuity_entries::entries_against;
use super::messages::coding_sentence;
use linchpin_edit::{Edit, EditError, EditTarget};
use linchpin_reading::TextLibrary;
use linchpin_register::schema::PathStep;
use linchpin_register::vocabulary::WordingChange;
use linchpin_register::{Commitment, Document, Register};
use ron_lossless::RonValue;

const CONTINUITY_FIELD: &str = "continuity";

/// Confirms a proposal as it stands. `documents`: the ids of the one before and the one after.
///
/// # Errors
/// Where it is confirmed already, where nothing can be said, or where the documents stand the wrong
/// way round: what is wrong and what would be right.
pub fn confirm_match(
    register: &Register,
    documents: (&str, &str),
    proposal: &CommitmentMatch,
) -> Result<Edit, EditError> {
    check_document_order(register, documents)?;
    if proposal.status == MatchStatus::Confirmed {
        return reject("This is confirmed already");
    }
    let MatchOutcome::Change(change) = proposal.outcome else {
        let note = proposal.notes.last().map(ToString::to_string);
        let note = note.unwrap_or_default();
        return reject(format!("Nothing can be confirmed here. {note}"));
    };
    let id = |side: &Option<CommitmentInDocument>| side.as_ref().map(|s| s.id.clone());
    match (change, id(&proposal.before), id(&proposal.after)) {
        (WordingChange::Dropped, Some(earlier), _) => {
            let edit = set_entry(register, &earlier, documents.1, change, None);
            batch_edit("Confirm that it was dropped", vec![edit])
        }
        (_, before, Some(later)) => {
            let earlier = before.or(id(&proposal.restored_from));
            let edit = set_entry(register, &later, documents.0, change, earlier.as_deref());
            batch_edit("Confirm what became of a commitment", vec![edit])
        }
        _ => reject("There is no commitment to confirm this of"),
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
) -> Result<Edit, EditError> {
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
) -> Result<Edit, EditError> {
    check_document_order(register, documents)?;
    let is_later = commitment_in(register, documents.1, id).is_ok();
    let other = if is_later { documents.0 } else { documents.1 };
    if !is_later {
        commitment_in(register, documents.0, id)?;
    }
    let commitment = register.get::<Commitment>(id);
    if !commitment.is_some_and(|c| is_coded_for_commitment(register, other, c)) {
        let document = register.get::<Document>(other);
        let words = document.map_or_else(|| other.to_owned(), coding_sentence);
        return reject(format!(
            "{words}: nobody can say that this is missing there. Code it through, and say so in \
            the document's record"
        ));
    }
    if is_later {
        let edit = set_entry(register, id, other, WordingChange::New, None);
        return batch_edit("Say that a commitment is new", vec![edit]);
    }
    let mut edits = vec![set_entry(register, id, other, WordingChange::Dropped, None)];
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
) -> Result<Edit, EditError> {
    let Some((commitment, index)) = &confirmed.entry else {
        return reject("This is a proposal: there is nothing to take back");
    };
    let all = register
        .get::<Commitment>(commitment)
        .map_or(0, |c| c.continuity.len());
    Ok(remove_entry(commitment, *index, all))
}

fn reject<T>(words: impl Into<String>) -> Result<T, EditError> {
    Err(EditError(words.into()))
}

fn batch_edit(label: &str, mut edits: Vec<Edit>) -> Result<Edit, EditError> {
    match (edits.len(), edits.pop()) {
        (1, Some(edit)) => Ok(edit),
        (_, Some(last)) => Ok(Edit::Batch {
            label: label.to_owned(),
            edits: edits.into_iter().chain([last]).collect(),
        }),
        (_, None) => reject("There is nothing to change"),
    }
}

/// An entry stands at the later commitment: the document before must not be the later one.
fn check_document_order(
    register: &Register,
    (before, after): (&str, &str),
) -> Result<(), EditError> {
    let document = |id: &str| match register.get::<Document>(id) {
        Some(document) => Ok(document),
        None => reject(format!("There is no document “{id}”")),
    };
    let (a, b) = (document(before)?, document(after)?);
    if before == after {
        return reject("This is one document twice: choose two");
    }
    if a.date.date > b.date.date {
        return reject(format!(
            "{} is later than {}. Swap the two, and confirm there",
            a.short, b.short
        ));
    }
    Ok(())
}

fn commitment_in(
    register: &Register,
    document: &str,
    id: &str,
) -> Result<CommitmentInDocument, EditError> {
    match CommitmentInDocument::by_id(register, id).filter(|side| side.document == document) {
        Some(side) => Ok(side),
        None => reject(format!("“{id}” is no commitment of {document}")),
    }
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
    match places.len() == commitment.continuity.len() && !places.is_empty() {
        true => vec![remove_entry(commitment_id, 0, 1)],
        false => {
            let all = commitment.continuity.len();
            places
                .iter()
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
