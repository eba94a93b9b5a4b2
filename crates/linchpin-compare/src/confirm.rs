//! From what somebody says of a match to an edit of the register: an entry in `continuity` of the
//! later commitment, or "dropped" at the earlier one.

use super::coded::{extent, home, is_coded_for_one};
use super::matching::{Finding, Match, Standing};
use super::side::{Side, change};
use super::stated::against;
use linchpin_edit::{Edit, Refused, Target};
use linchpin_reading::TextLibrary;
use linchpin_register::declare::PathStep;
use linchpin_register::vocabulary::WordingChange;
use linchpin_register::{Commitment, Document, Register};
use ron_lossless::RonValue;

const LIST: &str = "continuity";

/// Confirms a proposal as it stands. `documents`: the ids of the one before and the one after.
///
/// # Errors
/// Where it is confirmed already, where nothing can be said, or where the documents stand the wrong
/// way round: what is wrong and what would be right.
pub fn confirm(
    register: &Register,
    documents: (&str, &str),
    proposal: &Match,
) -> Result<Edit, Refused> {
    in_time(register, documents)?;
    if proposal.standing == Standing::Confirmed {
        return refuse("This is confirmed already");
    }
    let Finding::Change(change) = proposal.finding else {
        let note = proposal.notes.last().map_or("", String::as_str);
        return refuse(format!("Nothing can be confirmed here. {note}"));
    };
    let id = |side: &Option<Side>| side.as_ref().map(|s| s.id.clone());
    match (change, id(&proposal.before), id(&proposal.after)) {
        (WordingChange::Dropped, Some(earlier), _) => {
            let edit = entered(register, &earlier, documents.1, change, None);
            together("Confirm that it was dropped", vec![edit])
        }
        (_, before, Some(later)) => {
            let earlier = before.or(id(&proposal.older));
            let edit = entered(register, &later, documents.0, change, earlier.as_deref());
            together("Confirm what became of a commitment", vec![edit])
        }
        _ => refuse("There is no commitment to confirm this of"),
    }
}

/// Says that two commitments are one, whatever was proposed or said before. The change is the one
/// that their steps and words give.
///
/// # Errors
/// Where one of them does not stand in its document, or the documents stand the wrong way round.
pub fn pair(
    register: &Register,
    library: &TextLibrary,
    documents: (&str, &str),
    (earlier, later): (&str, &str),
) -> Result<Edit, Refused> {
    in_time(register, documents)?;
    let before = side(register, documents.0, earlier)?;
    let after = side(register, documents.1, later)?;
    let change = change(&before, &after, library).0;
    let mut edits = vec![entered(register, later, documents.0, change, Some(earlier))];
    edits.extend(taken_out(register, earlier, documents.1, |_| true));
    together("Pair two commitments", edits)
}

/// Says that a commitment has no partner in the other document: it is new there, or was dropped.
///
/// # Errors
/// Where the other document is not coded through for it, so that nobody can say so.
pub fn alone(register: &Register, documents: (&str, &str), one: &str) -> Result<Edit, Refused> {
    in_time(register, documents)?;
    let is_later = side(register, documents.1, one).is_ok();
    let other = if is_later { documents.0 } else { documents.1 };
    if !is_later {
        side(register, documents.0, one)?;
    }
    let commitment = register.get::<Commitment>(one);
    if !commitment.is_some_and(|c| is_coded_for_one(register, other, c)) {
        let words = register.get::<Document>(other).map_or_else(
            || other.to_owned(),
            |document| format!("{} {}", document.short, extent(document)),
        );
        return refuse(format!(
            "{words}: nobody can say that this is missing there. Code it through, and say so in \
            the document's record"
        ));
    }
    if is_later {
        let edit = entered(register, one, other, WordingChange::New, None);
        return together("Say that a commitment is new", vec![edit]);
    }
    let mut edits = vec![entered(register, one, other, WordingChange::Dropped, None)];
    for later in &register.commitments {
        if home(later).is_some_and(|at| at.document.as_str() == other) {
            let names_it = |earlier: Option<&str>| earlier == Some(one);
            edits.extend(taken_out(
                register,
                later.id.as_str(),
                documents.0,
                names_it,
            ));
        }
    }
    together("Say that a commitment was dropped", edits)
}

/// Takes back what was confirmed.
///
/// # Errors
/// Where nothing was.
pub fn undo(register: &Register, confirmed: &Match) -> Result<Edit, Refused> {
    let Some((holder, index)) = &confirmed.entry else {
        return refuse("This is a proposal: there is nothing to take back");
    };
    let all = register
        .get::<Commitment>(holder)
        .map_or(0, |c| c.continuity.len());
    Ok(without(holder, *index, all))
}

fn refuse<T>(words: impl Into<String>) -> Result<T, Refused> {
    Err(Refused(words.into()))
}

fn together(words: &str, mut edits: Vec<Edit>) -> Result<Edit, Refused> {
    match (edits.len(), edits.pop()) {
        (1, Some(edit)) => Ok(edit),
        (_, Some(last)) => Ok(Edit::Many {
            words: words.to_owned(),
            edits: edits.into_iter().chain([last]).collect(),
        }),
        (_, None) => refuse("There is nothing to change"),
    }
}

/// An entry stands at the later commitment: the document before must not be the later one.
fn in_time(register: &Register, (before, after): (&str, &str)) -> Result<(), Refused> {
    let document = |id: &str| match register.get::<Document>(id) {
        Some(document) => Ok(document),
        None => refuse(format!("There is no document “{id}”")),
    };
    let (a, b) = (document(before)?, document(after)?);
    if before == after {
        return refuse("This is one document twice: choose two");
    }
    if a.date.date > b.date.date {
        return refuse(format!(
            "{} is later than {}. Swap the two, and confirm there",
            a.short, b.short
        ));
    }
    Ok(())
}

fn side(register: &Register, document: &str, id: &str) -> Result<Side, Refused> {
    match Side::of(register, id).filter(|side| side.document == document) {
        Some(side) => Ok(side),
        None => refuse(format!("“{id}” is no commitment of {document}")),
    }
}

/// Enters what became of a commitment against a document, in place of what was said of that before.
fn entered(
    register: &Register,
    holder: &str,
    document: &str,
    change: WordingChange,
    earlier: Option<&str>,
) -> Edit {
    let mut fields = vec![
        ("against".to_owned(), RonValue::text(document)),
        ("change".to_owned(), RonValue::bare(change.name())),
    ];
    fields.extend(earlier.map(|id| ("earlier".to_owned(), RonValue::text(id))));
    let there = register.get::<Commitment>(holder);
    let before = there.and_then(|c| against(c, document).next());
    let note = before.and_then(|(_, entry)| entry.note.as_deref());
    fields.extend(note.map(|note| ("note".to_owned(), RonValue::text(note))));
    let target = Target::Record(holder.to_owned());
    let entry = RonValue::Record(fields);
    match before {
        Some((index, _)) => Edit::set(
            target,
            vec![PathStep::Field(LIST), PathStep::Index(index)],
            Some(entry),
        ),
        None => Edit::append(target, vec![PathStep::Field(LIST)], entry),
    }
}

/// Takes a commitment's entries against a document out, as far as the earlier commitment they name
/// is meant.
fn taken_out(
    register: &Register,
    holder: &str,
    document: &str,
    is_meant: impl Fn(Option<&str>) -> bool,
) -> Vec<Edit> {
    let Some(commitment) = register.get::<Commitment>(holder) else {
        return Vec::new();
    };
    let meant = against(commitment, document)
        .filter(|(_, entry)| is_meant(entry.earlier.as_ref().map(|id| id.as_str())));
    let places: Vec<usize> = meant.map(|(index, _)| index).collect();
    match places.len() == commitment.continuity.len() && !places.is_empty() {
        true => vec![without(holder, 0, 1)],
        false => {
            let all = commitment.continuity.len();
            places.iter().map(|at| without(holder, *at, all)).collect()
        }
    }
}

/// The list without one entry; without the last one, no list.
fn without(holder: &str, index: usize, all: usize) -> Edit {
    let mut path = vec![PathStep::Field(LIST)];
    if all > 1 {
        path.push(PathStep::Index(index));
    }
    Edit::set(Target::Record(holder.to_owned()), path, None)
}
