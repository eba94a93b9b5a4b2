//! Changes of one sort together, under a heading.

use super::entry::{Changes, Entry, What};
use linchpin_register::RecordKind;
use linchpin_register::english::count_of;

/// How much a change weighs with a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// A commitment says something else, or more is known of it.
    Policy,
    /// Another record says something else.
    Facts,
    /// Citations, ids, remarks, charts, order, layout.
    Housekeeping,
}

/// Changes of one sort.
#[derive(Clone, Debug)]
pub struct Group<'a> {
    /// "Commitments weakened", "New figures"
    pub heading: String,
    pub weight: Weight,
    pub what: What,
    /// `None` where records of several types are among them.
    pub kind: Option<RecordKind>,
    /// At least one.
    pub entries: Vec<&'a Entry>,
}

impl Changes {
    /// The changes by sort, the most important first.
    pub fn groups(&self) -> Vec<Group<'_>> {
        let mut groups: Vec<Group<'_>> = Vec::new();
        for entry in &self.entries {
            let kind = entry.kind.filter(|_| !is_mixed(entry.what));
            match groups.last_mut() {
                Some(group) if group.what == entry.what && group.kind == kind => {
                    group.entries.push(entry);
                }
                _ => groups.push(Group {
                    heading: heading(entry.what, kind),
                    weight: weight(entry.what, entry.kind),
                    what: entry.what,
                    kind,
                    entries: vec![entry],
                }),
            }
        }
        groups
    }

    /// How much there is of each sort: "2 commitments weakened, 1 new figure".
    pub fn in_words(&self) -> String {
        let groups = self.groups();
        let words: Vec<String> = groups.iter().map(Group::counted).collect();
        match words.is_empty() {
            true => "no differences".into(),
            false => words.join(", "),
        }
    }
}

impl Group<'_> {
    /// "2 commitments weakened", "1 new figure"
    pub fn counted(&self) -> String {
        let count = match self.what {
            What::Order => self.entries.iter().map(|entry| entry.count).sum(),
            _ => self.entries.len(),
        };
        let (one, many) = names(self.kind);
        let named = |how: &str| count_of(count, &format!("{one} {how}"), &format!("{many} {how}"));
        let fresh = || count_of(count, &format!("new {one}"), &format!("new {many}"));
        let is_commitment = self.kind == Some(RecordKind::Commitment);
        match self.what {
            What::Gone if is_commitment => named("withdrawn"),
            What::Gone => named("gone"),
            What::Weakened => named("weakened"),
            What::Strengthened => named("strengthened"),
            What::OtherStep => named("on another step"),
            What::Added => fresh(),
            What::Assessed => named("assessed"),
            What::Retracted => named("with assessments taken out"),
            What::Corrected => named("with assessments corrected"),
            What::Reworded => named("reworded"),
            What::Parties => named("with other parties"),
            What::Subject => named("under another subject"),
            What::Continuity => named("compared anew"),
            What::Changed if is_commitment => named("changed otherwise"),
            What::Changed => named("changed"),
            What::Cited => count_of(
                count,
                "record with other citations",
                "records with other citations",
            ),
            What::Renamed => count_of(count, "id changed", "ids changed"),
            What::Remarks => count_of(count, "remark changed", "remarks changed"),
            What::Order => count_of(count, "record moved", "records moved"),
            What::Layout => "comments or layout".into(),
        }
    }
}

/// Whether records of all types stand under one heading.
fn is_mixed(what: What) -> bool {
    matches!(
        what,
        What::Cited | What::Renamed | What::Remarks | What::Order | What::Layout
    )
}

fn weight(what: What, kind: Option<RecordKind>) -> Weight {
    match kind {
        _ if is_mixed(what) => Weight::Housekeeping,
        Some(RecordKind::Commitment) => Weight::Policy,
        Some(RecordKind::Chart | RecordKind::Recipe | RecordKind::Cue) => Weight::Housekeeping,
        _ => Weight::Facts,
    }
}

/// The place of a change in the order of what matters.
pub(super) fn rank(what: What, kind: Option<RecordKind>) -> (Weight, usize, What) {
    let weight = weight(what, kind);
    let place = match weight {
        Weight::Policy => 0,
        Weight::Housekeeping if is_mixed(what) => usize::MAX,
        _ => KINDS
            .iter()
            .position(|other| Some(*other) == kind)
            .unwrap_or(KINDS.len()),
    };
    (weight, place, what)
}

/// The types in the order in which their changes are told.
const KINDS: &[RecordKind] = &[
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

fn names(kind: Option<RecordKind>) -> (&'static str, &'static str) {
    match kind {
        Some(RecordKind::LadderStep) => ("step of the ladder", "steps of the ladder"),
        Some(RecordKind::Dismissal) => ("dismissed sentence", "dismissed sentences"),
        Some(kind) => (kind.what(), kind.noun().many),
        None => ("fact of the register", "facts of the register"),
    }
}

fn heading(what: What, kind: Option<RecordKind>) -> String {
    let (_, many) = names(kind);
    let is_commitment = kind == Some(RecordKind::Commitment);
    let words = match what {
        What::Gone if is_commitment => "commitments withdrawn".into(),
        What::Gone => format!("{many} gone"),
        What::Weakened => format!("{many} weakened"),
        What::Strengthened => format!("{many} strengthened"),
        What::OtherStep => format!("{many} on another step"),
        What::Added => format!("new {many}"),
        What::Assessed => format!("{many} assessed"),
        What::Retracted => "assessments taken out".into(),
        What::Corrected => "assessments corrected".into(),
        What::Reworded => format!("{many} reworded"),
        What::Parties => "other committers or recipients".into(),
        What::Subject => "another priority, theme or obligation".into(),
        What::Continuity => "comparisons with other documents".into(),
        What::Changed if is_commitment => "commitments changed otherwise".into(),
        What::Changed if kind.is_none() => "the register itself".into(),
        What::Changed => format!("{many} changed"),
        What::Cited => "citations corrected".into(),
        What::Renamed => "ids changed".into(),
        What::Remarks => "only remarks".into(),
        What::Order => "order".into(),
        What::Layout => "comments and layout".into(),
    };
    let mut chars = words.chars();
    let first = chars.next().map(|c| c.to_uppercase().collect::<String>());
    first.unwrap_or_default() + chars.as_str()
}
