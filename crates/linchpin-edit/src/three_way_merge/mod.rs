//! What two sides made of one text, put together: the text of theirs, with what we changed carried
//! over to it.
//!
//! ```text
//! base, ours, theirs ─ merge ─► pieces, conflicts ─ write ─► text ─ load ─► is it sound?
//! ```
//! Values, comments and white space are settled each on their own, by record and by field. What
//! both sides changed is a conflict, and the text has it as in theirs until somebody chooses. What
//! is sound in either text alone and not in both together is a conflict as well.

mod alignment;
mod merger;
mod pieces;
mod sides;
mod trivia;

use super::diff::{DiffSubject, Difference, DisplayValue, diff_registers};
use super::new_diagnostics::{DiagnosticCounts, diagnostic_key, enclosing_record, records_by_span};
use super::record_matching::{RecordRename, apply_renames, detect_renames, record_id};
use linchpin_register::record_spans::text_value;
use linchpin_register::{LoadedRegister, load};
use merger::RecordMerger;
use pieces::{MergePiece, MergeSources, write_merged};
use ron_lossless::{Diagnostic, Span, parse};
use std::borrow::Cow;
use std::collections::HashSet;

pub use sides::{MergeSide, Sides};

/// Why somebody must decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ConflictKind {
    /// Both sides changed the same thing in different ways.
    BothChanged,
    /// Both sides added something under the same id or name, and not the same thing.
    BothAdded,
    /// We removed what changed in the file.
    RemovedByUs,
    /// We changed what is gone from the file.
    RemovedByThem,
    /// Each change is sound alone, but together they are not: a link to what the other side
    /// removed, two records that are each above the other.
    Incompatible,
    /// Both sides put the same list in another order.
    Reordered,
    /// Both sides changed the same comments.
    Comments,
    /// The texts can only be compared as a whole: one of them is broken.
    WholeText,
}

/// One thing that cannot be settled without asking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MergeConflict {
    /// What it is about.
    pub subject: DiffSubject,
    /// The field, or the list of the register, by its name in the file; `None` where it is about
    /// the whole record or text.
    pub field: Option<String>,
    /// Why somebody must decide.
    pub kind: ConflictKind,
    /// What stood there before, what we put there and what the file has there now; `None` where
    /// there is nothing.
    pub values: Sides<Option<DisplayValue>>,
}

/// How often records that do not fit together are looked for anew: each round may bring to light
/// others that the first ones hid.
const MAX_ROUNDS: usize = 4;

/// How many of our records are tried one by one for being in the way of what the file holds now.
/// Each try loads the whole register.
const MAX_SINGLE_RETRIES: usize = 20;

/// Two sides put together.
#[derive(Clone, Debug)]
pub struct ThreeWayMerge {
    /// The text, with every conflict left as it is in theirs.
    pub text: String,
    /// What this text has of ours: how it differs from theirs.
    pub our_changes: Vec<Difference>,
    /// What somebody must decide, in the order of the text.
    pub conflicts: Vec<MergeConflict>,
    pieces: Vec<MergePiece>,
    sources: MergeSources,
}

/// Carries over to `theirs` what `ours` changed since `base`. Never fails: what cannot be settled
/// is in the conflicts, and a text that is broken is a conflict as a whole.
pub fn three_way_merge(
    base: &LoadedRegister,
    ours: &LoadedRegister,
    theirs: &LoadedRegister,
) -> ThreeWayMerge {
    let texts = Sides { base, ours, theirs };
    let sources = texts.map(|loaded| loaded.text.clone());
    let whole = |side: MergeSide| {
        let end = sources.get(side).len() as u32;
        vec![MergePiece::Source(side, Span::new(0, end))]
    };
    if let Some(side) = sources.unopposed() {
        return finish_merge((whole(side), Vec::new(), sources), theirs);
    }
    let is_broken = base.is_broken || ours.is_broken || theirs.is_broken;
    let merged = (!is_broken).then(|| merge_records(texts)).flatten();
    if let Some(merged) = merged {
        return finish_merge(merged, theirs);
    }
    let choice = MergePiece::Conflict {
        conflict: 0,
        ours: whole(MergeSide::Ours),
        theirs: whole(MergeSide::Theirs),
    };
    let conflict = MergeConflict {
        subject: DiffSubject::Register,
        field: None,
        kind: ConflictKind::WholeText,
        values: texts.map(|loaded| Some(DisplayValue::from_source(&loaded.text))),
    };
    finish_merge((vec![choice], vec![conflict], sources), theirs)
}

/// The text with each conflict decided, in their order; those without a choice stay as in theirs.
pub fn resolve_conflicts(merge: &ThreeWayMerge, choices: &[MergeSide]) -> String {
    write_merged(&merge.pieces, &merge.sources, choices)
}

type MergedPieces = (Vec<MergePiece>, Vec<MergeConflict>, MergeSources);

fn finish_merge(merged: MergedPieces, theirs: &LoadedRegister) -> ThreeWayMerge {
    let (pieces, conflicts, sources) = merged;
    let text = write_merged(&pieces, &sources, &[]);
    let our_changes = match *text == *theirs.text {
        true => Vec::new(),
        false => diff_registers(theirs, &load(text.as_str(), Vec::new())),
    };
    ThreeWayMerge {
        text,
        our_changes,
        conflicts,
        pieces,
        sources,
    }
}

/// The texts put together record by record; `None` where nothing sound comes of it.
fn merge_records(texts: Sides<&LoadedRegister>) -> Option<MergedPieces> {
    // What either text has wrong already is not the merge's fault.
    let known = known_diagnostics(texts);
    let eol = trivia::common_line_ending(texts.map(|loaded| &*loaded.text));
    let texts = texts.map(|loaded| {
        let changed = eol.and_then(|eol| trivia::with_line_ending(loaded, eol));
        changed.unwrap_or_else(|| loaded.clone())
    });
    // An id that one side changed is changed in the other texts first, so that links which came
    // meanwhile follow it.
    let our_renames = detect_renames(&texts.base, &texts.ours);
    let their_renames = detect_renames(&texts.base, &texts.theirs);
    let (carried_from_ours, kept_in_ours) = split_renames(our_renames, &texts.theirs);
    let (carried_from_theirs, kept_in_theirs) = split_renames(their_renames, &texts.ours);
    let both = [&*carried_from_ours, &*carried_from_theirs].concat();
    let rename = |loaded: LoadedRegister, renames: &[RecordRename]| {
        apply_renames(&loaded, renames).unwrap_or(loaded)
    };
    let texts = Sides {
        base: rename(texts.base, &both),
        ours: rename(texts.ours, &carried_from_theirs),
        theirs: rename(texts.theirs, &carried_from_ours),
    };
    let sources = texts.as_ref().map(|loaded| loaded.text.clone());
    let attempt = |forced_ids: &HashSet<String>| {
        let mut merger = RecordMerger {
            texts: texts.as_ref(),
            renames: Sides {
                base: &[],
                ours: &kept_in_ours,
                theirs: &kept_in_theirs,
            },
            forced_ids,
            conflicts: Vec::new(),
        };
        let merged = (merger.merge_text()?, merger.conflicts, sources.clone());
        let new_diagnostics = new_diagnostics(&merged, &known, texts.as_ref())?;
        Some((merged, new_diagnostics))
    };
    let mut forced_ids = HashSet::new();
    for _ in 0..MAX_ROUNDS {
        let (merged, new_diagnostics) = attempt(&forced_ids)?;
        if !new_diagnostics.is_any {
            return Some(merged);
        }
        let count = forced_ids.len();
        forced_ids.extend(new_diagnostics.record_ids);
        if forced_ids.len() == count {
            break;
        }
    }
    // What the diagnostic is about is asked about, and does not help: one of our other records is
    // in its way. Asking about one is better than about all, so each is tried alone first.
    let id = |difference: Difference| match difference.subject {
        DiffSubject::Record { id, .. } => Some(id),
        DiffSubject::Register => None,
    };
    let our_changes = diff_registers(&texts.base, &texts.ours).into_iter();
    let mut our_ids: Vec<String> = our_changes.filter_map(id).collect();
    our_ids.retain(|id| !forced_ids.contains(id));
    for id in our_ids.iter().take(MAX_SINGLE_RETRIES) {
        let with_id = forced_ids.iter().chain([id]).cloned().collect();
        if let Some((merged, new_diagnostics)) = attempt(&with_id)
            && !new_diagnostics.is_any
        {
            return Some(merged);
        }
    }
    forced_ids.extend(our_ids);
    let (merged, new_diagnostics) = attempt(&forced_ids)?;
    (!new_diagnostics.is_any).then_some(merged)
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

/// The diagnostics that some text has already, each as often as in the one that has it most often.
fn known_diagnostics(texts: Sides<&LoadedRegister>) -> DiagnosticCounts {
    let counts = texts.map(|loaded| {
        let all = loaded.diagnostics.iter();
        DiagnosticCounts::of(all.map(|diagnostic| diagnostic_key("", diagnostic)))
    });
    counts.base.max(counts.ours).max(counts.theirs)
}

/// Diagnostics that neither text has and both together have.
struct NewDiagnostics {
    /// There are some.
    is_any: bool,
    /// The records that they are about.
    record_ids: HashSet<String>,
}

/// What does not fit together, whichever side all conflicts are decided for. `None` where the text
/// would be broken.
///
/// With `n` conflicts there are 2ⁿ texts. Only the two are looked at in which every conflict falls
/// to the same side; what a mixture would break is found when the merged text is loaded.
fn new_diagnostics(
    (pieces, conflicts, sources): &MergedPieces,
    known: &DiagnosticCounts,
    texts: Sides<&LoadedRegister>,
) -> Option<NewDiagnostics> {
    let mut new = NewDiagnostics {
        is_any: false,
        record_ids: HashSet::new(),
    };
    let all_ours = vec![MergeSide::Ours; conflicts.len()];
    let both: [&[MergeSide]; 2] = [&[], &all_ours];
    for choices in &both[..if conflicts.is_empty() { 1 } else { 2 }] {
        let loaded = load(write_merged(pieces, sources, choices), Vec::new());
        if loaded.is_broken {
            return None;
        }
        let mut left = known.clone();
        let mut found: Vec<&Diagnostic> = loaded.diagnostics.iter().collect();
        found.retain(|diagnostic| !left.take(&diagnostic_key("", diagnostic)));
        if found.is_empty() {
            continue;
        }
        new.is_any = true;
        let records = records_by_span(&loaded);
        for diagnostic in found {
            let labels = diagnostic.labels.iter().map(|(span, _)| *span);
            for span in std::iter::once(diagnostic.span).chain(labels) {
                // The record in which it stands, and the one that a link there names: it may be the
                // one that the other side removed.
                let words = words_of_literal(span.of(&loaded.text));
                let is_id = |text: &LoadedRegister| text.register.find(&words).is_some();
                let is_linked = is_id(texts.base) || is_id(texts.ours) || is_id(texts.theirs);
                let enclosing = enclosing_record(&records, span);
                let enclosing = enclosing.map(|node| record_id(&loaded, node));
                new.record_ids.extend(enclosing);
                new.record_ids.extend(is_linked.then_some(words));
            }
        }
    }
    Some(new)
}

/// What a text says that is written like this; anything else as it is written.
fn words_of_literal(source: &str) -> String {
    let tree = parse(source);
    let value = tree
        .value()
        .and_then(|node| text_value(source, &tree, node));
    value.map_or_else(|| source.to_owned(), Cow::into_owned)
}
