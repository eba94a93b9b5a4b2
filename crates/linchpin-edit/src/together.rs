//! Several edits as one step.

use super::draft::{by_part, moved};
use super::{Edit, Refused, plan, refuse};
use linchpin_register::{LoadedRegister, load_joined_files};
use ron_lossless::{TextEdit, apply};

/// What several edits do to the text, all at once. Those that put something in at the same place
/// are planned one after the other, each in the text after the ones before it, since commas and
/// line breaks between the two depend on both.
pub(super) fn together(loaded: &LoadedRegister, edits: &[Edit]) -> Result<Vec<TextEdit>, Refused> {
    let (splices, left) = apart(loaded, edits.iter().collect())?;
    if left.is_empty() {
        return Ok(splices);
    }
    let mut now = after(loaded, splices)?;
    let mut left = left;
    while !left.is_empty() {
        let (splices, later) = apart(&now, left)?;
        now = after(&now, splices)?;
        left = later;
    }
    Ok(by_part(&loaded.text, &loaded.files, &now.text, &now.files))
}

/// The splices of all edits that keep apart, in the order of the text, and the edits that have to
/// wait for them.
fn apart<'e>(
    loaded: &LoadedRegister,
    edits: Vec<&'e Edit>,
) -> Result<(Vec<TextEdit>, Vec<&'e Edit>), Refused> {
    let mut planned = Vec::with_capacity(edits.len());
    for (number, edit) in edits.iter().enumerate() {
        let splices = plan(loaded, edit)?.edits;
        planned.extend(splices.into_iter().map(|splice| (number, splice)));
    }
    planned.sort_by_key(|(number, s)| (s.span.start, s.span.end, *number));
    let mut waits = vec![false; edits.len()];
    for pair in planned.windows(2) {
        let ((one, a), (other, b)) = (&pair[0], &pair[1]);
        if one == other || b.span.start > a.span.end {
            continue;
        }
        let inserts = |s: &TextEdit| s.span.start == s.span.end;
        if b.span.start < a.span.end && !inserts(b) {
            return refuse(
                "Two of these edits change the same place; make them one after the other",
            );
        }
        waits[*one.max(other)] = true;
    }
    let now = planned.into_iter().filter(|(number, _)| !waits[*number]);
    let later = edits.iter().zip(&waits).filter(|(_, waits)| **waits);
    Ok((
        now.map(|(_, splice)| splice).collect(),
        later.map(|(edit, _)| *edit).collect(),
    ))
}

fn after(loaded: &LoadedRegister, splices: Vec<TextEdit>) -> Result<LoadedRegister, Refused> {
    let parts = moved(&loaded.files, &splices);
    match (apply(&loaded.text, &splices), parts) {
        (Some(text), Some(parts)) => Ok(load_joined_files(text.into(), parts)),
        _ => refuse("Two of these edits change the same place; make them one after the other"),
    }
}
