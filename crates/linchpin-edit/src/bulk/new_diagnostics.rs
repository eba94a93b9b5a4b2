//! Whether records would still be sound after an edit: the same checks decide as when the file is
//! loaded.

use super::{BulkPlan, Edit, SkipReason, skipped_record};
use crate::EditRefusal;
use crate::draft::Draft;
use crate::record_nodes;
use linchpin_register::{LoadedRegister, RecordKind, load_joined_files};
use ron_lossless::{Diagnostic, Severity, Span};
use std::collections::{HashMap, HashSet};

/// How often the rest is looked at again without those that cannot be changed. The checks do not
/// name every fault of a large file at once.
const MAX_ROUNDS: usize = 4;

/// Takes out the edits that would leave a record worse than it is, and says so.
pub(super) fn retain_valid(
    loaded: &LoadedRegister,
    edits: &mut Vec<(String, Edit)>,
    out: &mut BulkPlan,
) {
    for round in 1.. {
        if edits.is_empty() {
            return;
        }
        let after = match load_with_edits(loaded, edits) {
            Ok(after) => after,
            Err(why) => return skip_all(loaded, edits, out, &SkipReason::Refused(why)),
        };
        let new = new_diagnostics_by_record(loaded, &after);
        let is_own = |id: &String| edits.iter().any(|(own, _)| own == id);
        let errors: HashMap<&String, &Diagnostic> = new
            .iter()
            .filter(|(_, problem)| problem.severity == Severity::Error)
            .map(|(id, problem)| (id, *problem))
            .collect();
        let Some((first, problem)) = errors.iter().min_by_key(|(_, problem)| problem.span.start)
        else {
            let warned: HashSet<&String> = new.iter().map(|(id, _)| id).collect();
            out.warning_count = warned.len();
            out.first_warning = new.first().map(|(_, problem)| problem.message.clone());
            return;
        };
        // What goes wrong elsewhere, or is not found in some rounds, is the doing of all of them
        // together.
        if round == MAX_ROUNDS || !errors.keys().any(|id| is_own(id)) {
            let diagnostic = (*problem).clone();
            let reason = match is_own(first) {
                true => SkipReason::Invalid(diagnostic),
                false => SkipReason::BreaksOther {
                    id: (*first).clone(),
                    diagnostic,
                },
            };
            return skip_all(loaded, edits, out, &reason);
        }
        edits.retain(|(id, _)| match errors.get(id) {
            Some(problem) => {
                let reason = SkipReason::Invalid((*problem).clone());
                out.skipped.push(skipped_record(loaded, id, reason));
                false
            }
            None => true,
        });
    }
}

fn skip_all(
    loaded: &LoadedRegister,
    edits: &mut Vec<(String, Edit)>,
    out: &mut BulkPlan,
    reason: &SkipReason,
) {
    let refused = edits.drain(..);
    out.skipped
        .extend(refused.map(|(id, _)| skipped_record(loaded, &id, reason.clone())));
}

/// The register as it would be.
fn load_with_edits(
    loaded: &LoadedRegister,
    edits: &[(String, Edit)],
) -> Result<LoadedRegister, EditRefusal> {
    let mut draft = Draft::new(loaded.text.clone(), loaded.files.clone());
    let edits = edits.iter().map(|(_, edit)| edit.clone()).collect();
    let many = Edit::Batch {
        label: String::new(),
        edits,
    };
    draft.apply_edit(loaded, &many)?;
    Ok(load_joined_files(
        draft.text().clone(),
        draft.parts().clone(),
    ))
}

/// The problems that were not there before, with the ids of the records they stand in.
fn new_diagnostics_by_record<'a>(
    before: &LoadedRegister,
    after: &'a LoadedRegister,
) -> Vec<(String, &'a Diagnostic)> {
    if after.diagnostics.is_empty() {
        return Vec::new();
    }
    let mut known: HashMap<(String, &str, &str), usize> = HashMap::new();
    for (id, problem) in diagnostics_by_record(before) {
        *known
            .entry((id, problem.code, &problem.message))
            .or_default() += 1;
    }
    let mut new = Vec::new();
    for (id, problem) in diagnostics_by_record(after) {
        let key = (id, problem.code, problem.message.as_str());
        match known.get_mut(&key) {
            Some(left) if *left > 0 => *left -= 1,
            _ => new.push((key.0, problem)),
        }
    }
    new
}

/// Problems with the ids of the records they stand in; an empty one outside of records.
fn diagnostics_by_record(loaded: &LoadedRegister) -> Vec<(String, &Diagnostic)> {
    if loaded.diagnostics.is_empty() {
        return Vec::new();
    }
    let mut records: Vec<(Span, ron_lossless::NodeId)> = Vec::new();
    for &kind in RecordKind::ALL {
        for place in linchpin_register::record_spans::record_spans(loaded, kind) {
            records.push((loaded.tree.span(place.node), place.node));
        }
    }
    records.sort_by_key(|(span, _)| span.start);
    let id_at = |offset: u32| {
        let next = records.partition_point(|(span, _)| span.start <= offset);
        let found = next.checked_sub(1).and_then(|at| records.get(at));
        let inside = found.filter(|(span, _)| offset <= span.end);
        inside.map_or_else(String::new, |(_, node)| {
            record_nodes::record_id(loaded, *node)
        })
    };
    let all = loaded.diagnostics.iter();
    all.map(|problem| (id_at(problem.span.start), problem))
        .collect()
}
