//! Several edits as one step.

use super::draft::{edits_by_part, shift_parts};
use super::{Edit, EditRefusal, plan_edit};
use linchpin_register::{LoadedRegister, load_joined_files};
use ron_lossless::{TextEdit, apply};

/// What several edits do to the text, all at once. Those that put something in at the same place
/// are planned one after the other, each in the text after the ones before it, since commas and
/// line breaks between the two depend on both.
pub(super) fn plan_batch(
    loaded: &LoadedRegister,
    edits: &[Edit],
) -> Result<Vec<TextEdit>, EditRefusal> {
    let (text_edits, pending) = plan_independent(loaded, edits.iter().collect())?;
    if pending.is_empty() {
        return Ok(text_edits);
    }
    // Loading the register once for each round is the price for right commas. Most batches need no
    // round at all, since their edits keep apart.
    let mut now = load_with_edits(loaded, text_edits)?;
    let mut pending = pending;
    while !pending.is_empty() {
        let (text_edits, deferred) = plan_independent(&now, pending)?;
        now = load_with_edits(&now, text_edits)?;
        pending = deferred;
    }
    // The rounds' text edits have spans in texts that are gone by now; what counts is the
    // difference to the text that the batch was planned for, file by file.
    Ok(edits_by_part(
        &loaded.text,
        &loaded.files,
        &now.text,
        &now.files,
    ))
}

/// The text edits of all edits that keep apart, in the order of the text, and the edits that have
/// to wait for them.
fn plan_independent<'e>(
    loaded: &LoadedRegister,
    edits: Vec<&'e Edit>,
) -> Result<(Vec<TextEdit>, Vec<&'e Edit>), EditRefusal> {
    let mut planned = Vec::with_capacity(edits.len());
    for (number, edit) in edits.iter().enumerate() {
        let text_edits = plan_edit(loaded, edit)?.edits;
        planned.extend(text_edits.into_iter().map(|text_edit| (number, text_edit)));
    }
    planned.sort_by_key(|(number, s)| (s.span.start, s.span.end, *number));
    // Sorted by place, only neighbors can touch. The later edit of a pair waits, so that items come
    // in the order of the batch; the first of a round never waits, so every round makes progress.
    let mut must_wait = vec![false; edits.len()];
    for pair in planned.windows(2) {
        let ((one, a), (other, b)) = (&pair[0], &pair[1]);
        if one == other || b.span.start > a.span.end {
            continue;
        }
        let inserts = |s: &TextEdit| s.span.start == s.span.end;
        if b.span.start < a.span.end && !inserts(b) {
            return Err(EditRefusal::SamePlace);
        }
        must_wait[*one.max(other)] = true;
    }
    let now = planned
        .into_iter()
        .filter(|(number, _)| !must_wait[*number]);
    let deferred = edits
        .iter()
        .zip(&must_wait)
        .filter(|(_, must_wait)| **must_wait);
    Ok((
        now.map(|(_, text_edit)| text_edit).collect(),
        deferred.map(|(edit, _)| *edit).collect(),
    ))
}

fn load_with_edits(
    loaded: &LoadedRegister,
    text_edits: Vec<TextEdit>,
) -> Result<LoadedRegister, EditRefusal> {
    let parts = shift_parts(&loaded.files, &text_edits);
    match (apply(&loaded.text, &text_edits), parts) {
        (Some(text), Some(parts)) => Ok(load_joined_files(text.into(), parts)),
        _ => Err(EditRefusal::SamePlace),
    }
}
