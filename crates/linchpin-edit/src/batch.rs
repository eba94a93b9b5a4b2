//! Several edits as one step.

use super::draft::shift_parts;
use super::{Edit, EditRefusal, EditTarget, plan_edit};
use linchpin_register::schema::PathStep;
use linchpin_register::{LoadedRegister, load_joined_files};
use ron_lossless::{SourceChange, TextEdit, apply, compose_edits};
use std::collections::HashSet;

/// What several edits do to the text when they are made one after the other, each in the text as it
/// is after those before it; as text edits of the text that the first of them finds.
pub(super) fn plan_batch(
    loaded: &LoadedRegister,
    edits: &[Edit],
) -> Result<Vec<TextEdit>, EditRefusal> {
    let mut now: Option<LoadedRegister> = None;
    let mut planned: Vec<TextEdit> = Vec::new();
    let mut pending: Vec<&Edit> = edits.iter().collect();
    // Reading the text again for each round is the price for right commas and places. Edits of many
    // records, each of which is changed once, need one round and no reading.
    while !pending.is_empty() {
        let current = now.as_ref().unwrap_or(loaded);
        let round = plan_round(current, &pending)?;
        planned = compose_edits(&loaded.text, &planned, &round.text_edits)
            .ok_or(EditRefusal::StaleText)?;
        pending = round.deferred;
        if !pending.is_empty() {
            now = Some(load_with_edits(current, &round.text_edits)?);
        }
    }
    Ok(planned)
}

/// Edits that keep apart, planned in one text.
struct Round<'e> {
    /// In the order of the text.
    text_edits: Vec<TextEdit>,
    /// The edits that have to wait for these.
    deferred: Vec<&'e Edit>,
}

/// Plans the first edit, and those behind it that neither find nor write anything else for it: of
/// each record, and of the register's own fields, one.
fn plan_round<'e>(loaded: &LoadedRegister, edits: &[&'e Edit]) -> Result<Round<'e>, EditRefusal> {
    let mut changed: HashSet<Option<&str>> = HashSet::new();
    let mut round = Round {
        text_edits: Vec::new(),
        deferred: Vec::new(),
    };
    let mut first = Vec::new();
    for (number, edit) in edits.iter().enumerate() {
        let Some(target) = changed_target(edit) else {
            // What it does to other records is not known: it is planned alone, and everything
            // behind it waits.
            if number == 0 {
                round.text_edits = plan_edit(loaded, edit)?.edits;
                round.deferred.extend(&edits[1..]);
            } else {
                round.deferred.extend(&edits[number..]);
            }
            break;
        };
        if changed.insert(target) {
            let text_edits = plan_edit(loaded, edit)?.edits;
            if number == 0 {
                first.clone_from(&text_edits);
            }
            round.text_edits.extend(text_edits);
        } else {
            round.deferred.push(edit);
        }
    }
    match SourceChange::new("", round.text_edits) {
        Some(change) => round.text_edits = change.edits,
        // Records lie apart, so this does not happen; if it did, one at a time is right as well.
        None => (round.text_edits, round.deferred) = (first, edits[1..].to_vec()),
    }
    Ok(round)
}

/// The record whose fields the edit changes, and nothing else; `Some(None)` for the register's own
/// fields. `None` where an edit does more: adds and removes records, or changes an id.
fn changed_target(edit: &Edit) -> Option<Option<&str>> {
    let Edit::Field { target, edit } = edit else {
        return None;
    };
    match target {
        EditTarget::Register => Some(None),
        EditTarget::Record(_) if edit.path.first() == Some(&PathStep::Field("id")) => None,
        EditTarget::Record(id) => Some(Some(id)),
    }
}

fn load_with_edits(
    loaded: &LoadedRegister,
    text_edits: &[TextEdit],
) -> Result<LoadedRegister, EditRefusal> {
    let parts = shift_parts(&loaded.files, text_edits).ok_or(EditRefusal::AcrossFiles)?;
    let text = apply(&loaded.text, text_edits).ok_or(EditRefusal::StaleText)?;
    Ok(load_joined_files(text.into(), parts))
}
