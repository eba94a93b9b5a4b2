//! Changes of one sort together, under a heading.

use super::version_change::{VersionChange, VersionChangeKind, VersionDiff};
use linchpin_register::RecordKind;
use linchpin_register::english::count_of;

/// How much a change weighs with a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeImportance {
    /// A commitment says something else, or more is known of it.
    Policy,
    /// Another record says something else.
    Facts,
    /// Citations, ids, remarks, charts, order, layout.
    Housekeeping,
}

/// Changes of one sort.
#[derive(Clone, Debug)]
pub struct ChangeGroup<'a> {
    /// "Commitments weakened", "New figures"
    pub heading: String,
    pub importance: ChangeImportance,
    pub kind: VersionChangeKind,
    /// `None` where records of several types are among them.
    pub record_kind: Option<RecordKind>,
    /// At least one.
    pub changes: Vec<&'a VersionChange>,
}

impl VersionDiff {
    /// The changes by sort, the most important first.
    pub fn groups(&self) -> Vec<ChangeGroup<'_>> {
        let mut groups: Vec<ChangeGroup<'_>> = Vec::new();
        for entry in &self.changes {
            let kind = entry
                .record_kind
                .filter(|_| !spans_record_kinds(entry.kind));
            match groups.last_mut() {
                Some(group) if group.kind == entry.kind && group.record_kind == kind => {
                    group.changes.push(entry);
                }
                _ => groups.push(ChangeGroup {
                    heading: heading(entry.kind, kind),
                    importance: importance_of(entry.kind, entry.record_kind),
                    kind: entry.kind,
                    record_kind: kind,
                    changes: vec![entry],
                }),
            }
        }
        groups
    }

    /// How much there is of each sort: "2 commitments weakened, 1 new figure".
    pub fn summary(&self) -> String {
        let groups = self.groups();
        let words: Vec<String> = groups.iter().map(ChangeGroup::count_label).collect();
        match words.is_empty() {
            true => "no differences".into(),
            false => words.join(", "),
        }
    }
}

impl ChangeGroup<'_> {
    /// For how many records its changes stand.
    pub fn record_count(&self) -> usize {
        self.changes.iter().map(|entry| entry.count).sum()
    }

    /// "2 commitments weakened", "1 new figure"
    pub fn count_label(&self) -> String {
        let count = match self.kind {
            VersionChangeKind::Reordered => self.record_count(),
            _ => self.changes.len(),
        };
        let (one, many) = record_kind_nouns(self.record_kind);
        let named = |how: &str| count_of(count, &format!("{one} {how}"), &format!("{many} {how}"));
        let fresh = || count_of(count, &format!("new {one}"), &format!("new {many}"));
        let is_commitment = self.record_kind == Some(RecordKind::Commitment);
        match self.kind {
            VersionChangeKind::Removed if is_commitment => named("withdrawn"),
            VersionChangeKind::Removed => named("gone"),
            VersionChangeKind::Weakened => named("weakened"),
            VersionChangeKind::Strengthened => named("strengthened"),
            VersionChangeKind::StepChanged => named("on another step"),
            VersionChangeKind::Added => fresh(),
            VersionChangeKind::Assessed => named("assessed"),
            VersionChangeKind::AssessmentRemoved => named("with assessments taken out"),
            VersionChangeKind::AssessmentCorrected => named("with assessments corrected"),
            VersionChangeKind::Reworded => named("reworded"),
            VersionChangeKind::PartiesChanged => named("with other parties"),
            VersionChangeKind::SubjectChanged => named("under another subject"),
            VersionChangeKind::ContinuityChanged => named("compared anew"),
            VersionChangeKind::Changed if is_commitment => named("changed otherwise"),
            VersionChangeKind::Changed => named("changed"),
            VersionChangeKind::CitationChanged => count_of(
                count,
                "record with other citations",
                "records with other citations",
            ),
            VersionChangeKind::Renamed => count_of(count, "id changed", "ids changed"),
            VersionChangeKind::NotesChanged => count_of(count, "remark changed", "remarks changed"),
            VersionChangeKind::Reordered => count_of(count, "record moved", "records moved"),
            VersionChangeKind::Formatting => "comments or layout".into(),
        }
    }
}

/// Whether records of all types stand under one heading.
fn spans_record_kinds(what: VersionChangeKind) -> bool {
    matches!(
        what,
        VersionChangeKind::CitationChanged
            | VersionChangeKind::Renamed
            | VersionChangeKind::NotesChanged
            | VersionChangeKind::Reordered
            | VersionChangeKind::Formatting
    )
}

fn importance_of(what: VersionChangeKind, kind: Option<RecordKind>) -> ChangeImportance {
    match kind {
        _ if spans_record_kinds(what) => ChangeImportance::Housekeeping,
        Some(RecordKind::Commitment) => ChangeImportance::Policy,
        Some(RecordKind::Chart | RecordKind::Recipe | RecordKind::Cue) => {
            ChangeImportance::Housekeeping
        }
        _ => ChangeImportance::Facts,
    }
}

/// The place of a change in the order of what matters.
pub(super) fn sort_key(
    what: VersionChangeKind,
    kind: Option<RecordKind>,
) -> (ChangeImportance, usize, VersionChangeKind) {
    let weight = importance_of(what, kind);
    let place = match weight {
        ChangeImportance::Policy => 0,
        ChangeImportance::Housekeeping if spans_record_kinds(what) => usize::MAX,
        _ => RECORD_KIND_ORDER
            .iter()
            .position(|other| Some(*other) == kind)
            .unwrap_or(RECORD_KIND_ORDER.len()),
    };
    (weight, place, what)
}

/// The types in the order in which their changes are told.
const RECORD_KIND_ORDER: &[RecordKind] = &[
    RecordKind::Figure,
    RecordKind::Document,
    RecordKind::Body,
    RecordKind::Instrument,
    RecordKind::Event,
    RecordKind::Concern,
    RecordKind::Dismissal,
    RecordKind::Priority,
    RecordKind::Theme,
    RecordKind::LadderStep,
    RecordKind::Party,
    RecordKind::Cue,
    RecordKind::Chart,
    RecordKind::Recipe,
];

fn record_kind_nouns(kind: Option<RecordKind>) -> (&'static str, &'static str) {
    match kind {
        Some(RecordKind::LadderStep) => ("step of the ladder", "steps of the ladder"),
        Some(RecordKind::Dismissal) => ("dismissed sentence", "dismissed sentences"),
        Some(kind) => (kind.what(), kind.noun().many),
        None => ("fact of the register", "facts of the register"),
    }
}

fn heading(what: VersionChangeKind, kind: Option<RecordKind>) -> String {
    let (_, many) = record_kind_nouns(kind);
    let is_commitment = kind == Some(RecordKind::Commitment);
    let words = match what {
        VersionChangeKind::Removed if is_commitment => "commitments withdrawn".into(),
        VersionChangeKind::Removed => format!("{many} gone"),
        VersionChangeKind::Weakened => format!("{many} weakened"),
        VersionChangeKind::Strengthened => format!("{many} strengthened"),
        VersionChangeKind::StepChanged => format!("{many} on another step"),
        VersionChangeKind::Added => format!("new {many}"),
        VersionChangeKind::Assessed => format!("{many} assessed"),
        VersionChangeKind::AssessmentRemoved => "assessments taken out".into(),
        VersionChangeKind::AssessmentCorrected => "assessments corrected".into(),
        VersionChangeKind::Reworded => format!("{many} reworded"),
        VersionChangeKind::PartiesChanged => "other committers or recipients".into(),
        VersionChangeKind::SubjectChanged => "another priority, theme or obligation".into(),
        VersionChangeKind::ContinuityChanged => "comparisons with other documents".into(),
        VersionChangeKind::Changed if is_commitment => "commitments changed otherwise".into(),
        VersionChangeKind::Changed if kind.is_none() => "the register itself".into(),
        VersionChangeKind::Changed => format!("{many} changed"),
        VersionChangeKind::CitationChanged => "citations corrected".into(),
        VersionChangeKind::Renamed => "ids changed".into(),
        VersionChangeKind::NotesChanged => "only remarks".into(),
        VersionChangeKind::Reordered => "order".into(),
        VersionChangeKind::Formatting => "comments and layout".into(),
    };
    let mut chars = words.chars();
    let first = chars.next().map(|c| c.to_uppercase().collect::<String>());
    first.unwrap_or_default() + chars.as_str()
}
