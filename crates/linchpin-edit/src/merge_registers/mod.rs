//! Two registers made into one: what the second has and the first lacks is put at the end of the
//! first's lists, with its comments.

mod conflicts;
mod insertion;

pub use conflicts::{FieldConflict, RecordConflict, record_conflicts};

use super::draft::shift_parts;
use linchpin_register::{
    AnyRecord, LoadedRegister, Register, RegisterFile, RegisterFileText, codes, load, load_files,
    load_joined_files,
};
use ron_lossless::{Diagnostic, NodeId, Severity, SourceChange, apply, codes as ron, edit};

/// One of the two registers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegisterSide {
    A,
    B,
}

/// What came of two registers.
#[derive(Clone, Debug)]
pub struct MergedRegisters {
    /// The one register, in one file.
    pub loaded: LoadedRegister,
    /// How many records came from the second.
    pub added: usize,
    /// How many mean the same in both.
    pub identical: usize,
    /// How many differed and were settled as wanted.
    pub resolved: usize,
}

/// Why two registers were not made into one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MergeRegistersError {
    /// These records differ, and nothing says whose are right.
    Conflicts(Vec<RecordConflict>),
    /// This one holds something that cannot be read, so that it might be lost.
    Unreadable(RegisterSide),
    /// The layout of the text leaves no place for what should be put there.
    NoInsertionPoint,
}

/// Makes one register of two. The head is that of `a`, and so is the order; `prefer` says whose
/// record counts where they differ. A register in several files becomes one: the file with the
/// title, and the rest put in behind.
///
/// # Errors
/// Where one cannot be read in full, where records differ and `prefer` is `None`, and always where
/// the same id stands for records of different types.
pub fn merge_registers(
    a: &LoadedRegister,
    b: &LoadedRegister,
    prefer: Option<RegisterSide>,
) -> Result<MergedRegisters, MergeRegistersError> {
    for (side, loaded) in [(RegisterSide::A, a), (RegisterSide::B, b)] {
        if !is_fully_read(loaded) {
            return Err(MergeRegistersError::Unreadable(side));
        }
    }
    let (all, same) = record_conflicts(a, b);
    let resolved = all.len();
    let open: Vec<RecordConflict> = all
        .iter()
        .filter(|c| prefer.is_none() || c.differing_kinds().is_some())
        .cloned()
        .collect();
    if !open.is_empty() {
        return Err(MergeRegistersError::Conflicts(open));
    }
    let replaced = match prefer {
        Some(RegisterSide::B) if resolved > 0 => {
            Some(replace_conflicting(a, b, &all).ok_or(MergeRegistersError::NoInsertionPoint)?)
        }
        _ => None,
    };
    let a = replaced.as_ref().unwrap_or(a);
    let reordered = with_titled_part_first(a);
    let a = reordered.as_ref().unwrap_or(a);
    let splices = insertion::insertion_edits(a, b).ok_or(MergeRegistersError::NoInsertionPoint)?;
    let change =
        SourceChange::new("Merge", splices).ok_or(MergeRegistersError::NoInsertionPoint)?;
    let parts =
        shift_parts(&a.files, &change.edits).ok_or(MergeRegistersError::NoInsertionPoint)?;
    let text = change
        .apply_edits(&a.text)
        .ok_or(MergeRegistersError::NoInsertionPoint)?;
    let first = parts.first().ok_or(MergeRegistersError::NoInsertionPoint)?;
    let loaded = load(first.span.of(&text), Vec::new());
    let new = b.register.iter_records();
    let added = new
        .filter(|(_, r)| a.register.find(r.id()).is_none())
        .count();
    if !has_all_records(&loaded, a, b, added) {
        return Err(MergeRegistersError::NoInsertionPoint);
    }
    Ok(MergedRegisters {
        loaded,
        added,
        identical: same,
        resolved,
    })
}

/// Whether everything that the text holds has been read, whatever else is wrong with it.
pub(super) fn is_fully_read(loaded: &LoadedRegister) -> bool {
    let unread = |p: &Diagnostic| {
        let of_text = ron::ALL.iter().any(|(code, _)| *code == p.code);
        p.severity == Severity::Error
            && (of_text && p.code != ron::MISSING_FIELD || p.code == codes::FORMAT)
    };
    !loaded.is_broken && loaded.unloaded_records == 0 && !loaded.diagnostics.iter().any(unread)
}

/// `a` with the values that `b` has.
fn replace_conflicting(
    a: &LoadedRegister,
    b: &LoadedRegister,
    conflicts: &[RecordConflict],
) -> Option<LoadedRegister> {
    let splice = |c: &RecordConflict| {
        edit::replace(&a.text, a.record_span(c.a), &b.text, b.record_span(c.b))
    };
    let change = SourceChange::new("Merge", conflicts.iter().map(splice).collect())?;
    let parts = shift_parts(&a.files, &change.edits)?;
    let text = apply(&a.text, &change.edits)?;
    Some(load_joined_files(text.into(), parts))
}

/// The same register with the file that has its title before the others: that is where a reader
/// looks for what heads it. `None` where it is so already.
fn with_titled_part_first(a: &LoadedRegister) -> Option<LoadedRegister> {
    let has_title = |root: &NodeId| a.tree.field(&a.text, *root, "title").is_some();
    let root = a.tree.values().find(has_title)?;
    let titled = a.file_index_at(a.tree.span(root).start);
    if titled == 0 {
        return None;
    }
    let file = |part: &RegisterFile| RegisterFileText {
        name: part.name.clone(),
        text: part.span.of(&a.text).to_owned(),
        diagnostics: Vec::new(),
    };
    let mut files: Vec<RegisterFileText> = a.files.iter().map(file).collect();
    let first = files.remove(titled);
    files.insert(0, first);
    Some(load_files(files))
}

/// Whether the result has every record, with the same meaning, and none besides.
fn has_all_records(
    result: &LoadedRegister,
    a: &LoadedRegister,
    b: &LoadedRegister,
    added: usize,
) -> bool {
    let (of_a, of_b) = (a.register.iter_records(), b.register.iter_records());
    let new = of_b.filter(|(_, record)| a.register.find(record.id()).is_none());
    let wanted = a.register.iter_records().count() + added;
    let has = |record: &dyn AnyRecord| {
        let found = result.register.find(record.id());
        found
            .and_then(|at| result.register.record(at))
            .is_some_and(|found| found.kind() == record.kind() && found.json() == record.json())
    };
    !result.is_broken
        && result.register.iter_records().count() == wanted
        && of_a.chain(new).all(|(_, record)| has(record))
        && has_same_head(&result.register, &a.register)
}

/// Whether a register has the head of another.
pub(super) fn has_same_head(result: &Register, a: &Register) -> bool {
    let head = |r: &Register| {
        (
            r.title.clone(),
            r.summary.clone(),
            r.compiled,
            r.license.clone(),
        )
    };
    let mut names = a.compilers.iter();
    head(result) == head(a) && names.all(|name| result.compilers.contains(name))
}
