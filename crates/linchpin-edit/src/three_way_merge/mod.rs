//! What two sides made of one text, put together: the text of theirs, with what I changed carried
//! over to it.
//!
//! ```text
//! base, mine, theirs ─ weave ─► draft (pieces, conflicts) ─ written ─► text ─ load ─► does it hold together?
//! ```
//! Values, comments and white space are settled each on their own, by record and by field. What
//! both sides changed is a conflict, and the text has it as in theirs until somebody chooses. What
//! is sound in either text alone and not in both together is a conflict as well.

mod alignment;
mod conflict;
mod container;
mod items;
mod line_endings;
mod merger;
mod new_diagnostics;
mod pieces;
mod scope;
mod sides;
mod trivia;

use super::diff::diff_registers;
use super::difference::{DiffSubject, Difference};
use super::display_value::DisplayValue;
use super::renames::{RecordRename, apply_renames, detect_renames};
use linchpin_register::{LoadedRegister, load};
use merger::RecordMerger;
use new_diagnostics::{KnownDiagnostics, new_diagnostics};
use pieces::{MergePiece, MergeSources, write_merged};
use ron_lossless::Span;
use std::collections::HashSet;

pub use conflict::{ConflictKind, MergeConflict, MergeSide};

/// How often records that do not fit together are looked for anew.
const MAX_ROUNDS: usize = 4;

/// How many of my records are tried one by one for being in the way of what the file holds now.
const MAX_SINGLE_RETRIES: usize = 20;

/// Two sides put together.
#[derive(Clone, Debug)]
pub struct ThreeWayMerge {
    /// The text, with every conflict left as it is in theirs.
    pub text: String,
    /// What this text has of mine: how it differs from theirs.
    pub our_changes: Vec<Difference>,
    /// What somebody must decide, in the order of the text.
    pub conflicts: Vec<MergeConflict>,
    pieces: Vec<MergePiece>,
    sources: MergeSources,
}

/// Carries over to `theirs` what `mine` changed since `base`. Never fails: what cannot be settled
/// is in the conflicts, and a text that is broken is a conflict as a whole.
pub fn three_way_merge(
    base: &LoadedRegister,
    ours: &LoadedRegister,
    theirs: &LoadedRegister,
) -> ThreeWayMerge {
    let whole = |side: MergeSide| {
        let text = match side {
            MergeSide::Ours => &ours.text,
            MergeSide::Theirs => &theirs.text,
        };
        MergePiece::Source(side, Span::new(0, text.len() as u32))
    };
    let sources = MergeSources {
        ours: ours.text.clone(),
        theirs: theirs.text.clone(),
    };
    if ours.text == base.text || ours.text == theirs.text {
        return finish_merge(vec![whole(MergeSide::Theirs)], Vec::new(), sources, theirs);
    }
    if theirs.text == base.text {
        return finish_merge(vec![whole(MergeSide::Ours)], Vec::new(), sources, theirs);
    }
    let broken = base.is_broken || ours.is_broken || theirs.is_broken;
    let woven = (!broken)
        .then(|| merge_records(base, ours, theirs))
        .flatten();
    match woven {
        Some((pieces, conflicts, sources)) => finish_merge(pieces, conflicts, sources, theirs),
        None => {
            let choice = MergePiece::Conflict {
                conflict: 0,
                ours: vec![whole(MergeSide::Ours)],
                theirs: vec![whole(MergeSide::Theirs)],
            };
            let said = |loaded: &LoadedRegister| Some(DisplayValue::from_source(&loaded.text));
            let conflict = MergeConflict {
                subject: DiffSubject::Register,
                field: None,
                kind: ConflictKind::WholeText,
                base: said(base),
                ours: said(ours),
                theirs: said(theirs),
            };
            finish_merge(vec![choice], vec![conflict], sources, theirs)
        }
    }
}

/// The text with each conflict decided, in their order; those without a choice stay as in theirs.
pub fn resolve_conflicts(merge: &ThreeWayMerge, choices: &[MergeSide]) -> String {
    write_merged(&merge.pieces, &merge.sources, choices)
}

fn finish_merge(
    pieces: Vec<MergePiece>,
    conflicts: Vec<MergeConflict>,
    sources: MergeSources,
    theirs: &LoadedRegister,
) -> ThreeWayMerge {
    let text = write_merged(&pieces, &sources, &[]);
    let taken = match *text == *theirs.text {
        true => Vec::new(),
        false => diff_registers(theirs, &load(text.as_str(), Vec::new())),
    };
    ThreeWayMerge {
        text,
        our_changes: taken,
        conflicts,
        pieces,
        sources,
    }
}

type MergedPieces = (Vec<MergePiece>, Vec<MergeConflict>, MergeSources);

/// The texts put together record by record; `None` where nothing sound comes of it.
fn merge_records(
    base: &LoadedRegister,
    ours: &LoadedRegister,
    theirs: &LoadedRegister,
) -> Option<MergedPieces> {
    let known = KnownDiagnostics::new(&[base, ours, theirs]);
    let eol = line_endings::common_line_ending(&base.text, &ours.text, &theirs.text);
    let with_common_ending = |loaded: &LoadedRegister| {
        let changed = eol.and_then(|eol| line_endings::with_line_ending(loaded, eol));
        changed.unwrap_or_else(|| loaded.clone())
    };
    let (base, ours, theirs) = (
        with_common_ending(base),
        with_common_ending(ours),
        with_common_ending(theirs),
    );
    let (our_renames, their_renames) =
        (detect_renames(&base, &ours), detect_renames(&base, &theirs));
    // An id that one side changed is changed in the other texts first, so that links which came
    // meanwhile follow it.
    let (carried_from_ours, kept_in_ours) = split_renames(our_renames, &theirs);
    let (carried_from_theirs, kept_in_theirs) = split_renames(their_renames, &ours);
    let both: Vec<RecordRename> = carried_from_ours
        .iter()
        .chain(&carried_from_theirs)
        .cloned()
        .collect();
    let apply = |loaded: LoadedRegister, renames: &[RecordRename]| {
        apply_renames(&loaded, renames).unwrap_or(loaded)
    };
    let base = apply(base, &both);
    let ours = apply(ours, &carried_from_theirs);
    let theirs = apply(theirs, &carried_from_ours);
    let sources = MergeSources {
        ours: ours.text.clone(),
        theirs: theirs.text.clone(),
    };
    let attempt = |strict: &HashSet<String>| {
        let mut merger = RecordMerger {
            base: &base,
            ours: &ours,
            theirs: &theirs,
            renames: (&kept_in_ours, &kept_in_theirs),
            forced_ids: strict,
            conflicts: Vec::new(),
        };
        let pieces = merger.merge_text()?;
        let conflicts = merger.conflicts;
        let texts = [&base, &ours, &theirs];
        let new_diagnostics = new_diagnostics(&pieces, conflicts.len(), &sources, &known, texts)?;
        Some(((pieces, conflicts, sources.clone()), new_diagnostics))
    };
    let mut strict = HashSet::new();
    for _ in 0..MAX_ROUNDS {
        let (woven, new_diagnostics) = attempt(&strict)?;
        if !new_diagnostics.is_any {
            return Some(woven);
        }
        let count = strict.len();
        strict.extend(new_diagnostics.record_ids);
        if strict.len() == count {
            break;
        }
    }
    // What the problem speaks about is asked about, and does not help: one of my other records is
    // in its way.
    let id = |difference: Difference| match difference.subject {
        DiffSubject::Record { id, .. } => Some(id),
        DiffSubject::Register => None,
    };
    let mut our_ids: Vec<String> = diff_registers(&base, &ours)
        .into_iter()
        .filter_map(id)
        .collect();
    our_ids.retain(|id| !strict.contains(id));
    for id in our_ids.iter().take(MAX_SINGLE_RETRIES) {
        let with_id = strict.iter().chain([id]).cloned().collect();
        if let Some((woven, new_diagnostics)) = attempt(&with_id)
            && !new_diagnostics.is_any
        {
            return Some(woven);
        }
    }
    strict.extend(our_ids);
    let (woven, new_diagnostics) = attempt(&strict)?;
    (!new_diagnostics.is_any).then_some(woven)
}

/// Renames that can be carried over to the other side, and those that cannot: it has removed the
/// record or has another of that id.
fn split_renames(
    renames: Vec<RecordRename>,
    other: &LoadedRegister,
) -> (Vec<RecordRename>, Vec<RecordRename>) {
    renames.into_iter().partition(|renamed| {
        let has = |id: &str| other.register.find(id).map(|at| at.kind);
        match (has(&renamed.from), has(&renamed.to)) {
            (Some(kind), None) => kind == renamed.kind,
            (None, Some(kind)) => kind == renamed.kind,
            _ => false,
        }
    })
}
