//! One change between two versions of a register, and its headline.

use linchpin_register::english::count_of;
use linchpin_register::{RecordKind, RecordRef};
use serde::{Serialize, Serializer};
use std::fmt;

/// What kind of change it is. In the order in which a reader wants to hear of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum VersionChangeKind {
    /// The record is gone; of a commitment: it is withdrawn.
    Removed,
    /// A commitment stands on a lower step of the ladder.
    Weakened,
    /// A commitment stands on a higher step of the ladder.
    Strengthened,
    /// A commitment stands on another step that is neither higher nor lower.
    StepChanged,
    /// The record is new.
    Added,
    /// A commitment was assessed.
    Assessed,
    /// Assessments were taken out, though the list is only ever to grow.
    AssessmentRemoved,
    /// Assessments that had been written were changed.
    AssessmentCorrected,
    /// The same in other words.
    Reworded,
    /// Other committers or recipients.
    PartiesChanged,
    /// Another priority, theme or obligation.
    SubjectChanged,
    /// How a commitment compares with other documents was judged anew.
    ContinuityChanged,
    /// Other fields say something else.
    Changed,
    /// Where the words stand was corrected.
    CitationChanged,
    /// The same record has another id.
    Renamed,
    /// Only remarks differ.
    NotesChanged,
    /// Records stand in another order.
    Reordered,
    /// Only comments or the layout of the file differ.
    Formatting,
}

impl VersionChangeKind {
    /// The word for it in data.
    pub fn code(self) -> &'static str {
        match self {
            VersionChangeKind::Removed => "gone",
            VersionChangeKind::Weakened => "weakened",
            VersionChangeKind::Strengthened => "strengthened",
            VersionChangeKind::StepChanged => "other-step",
            VersionChangeKind::Added => "added",
            VersionChangeKind::Assessed => "assessed",
            VersionChangeKind::AssessmentRemoved => "assessment-taken-out",
            VersionChangeKind::AssessmentCorrected => "assessment-corrected",
            VersionChangeKind::Reworded => "reworded",
            VersionChangeKind::PartiesChanged => "parties",
            VersionChangeKind::SubjectChanged => "subject",
            VersionChangeKind::ContinuityChanged => "continuity",
            VersionChangeKind::Changed => "changed",
            VersionChangeKind::CitationChanged => "citation",
            VersionChangeKind::Renamed => "renamed",
            VersionChangeKind::NotesChanged => "remarks",
            VersionChangeKind::Reordered => "order",
            VersionChangeKind::Formatting => "layout",
        }
    }

    /// What it is when the two versions change places.
    pub fn inverted(self) -> VersionChangeKind {
        match self {
            VersionChangeKind::Removed => VersionChangeKind::Added,
            VersionChangeKind::Added => VersionChangeKind::Removed,
            VersionChangeKind::Weakened => VersionChangeKind::Strengthened,
            VersionChangeKind::Strengthened => VersionChangeKind::Weakened,
            VersionChangeKind::Assessed => VersionChangeKind::AssessmentRemoved,
            VersionChangeKind::AssessmentRemoved => VersionChangeKind::Assessed,
            same => same,
        }
    }
}

/// Words of a document that a record cites.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CitationSnapshot {
    /// The id of the document.
    pub document: String,
    /// From 1.
    pub paragraph: Option<u32>,
    pub phrase: Option<String>,
    /// "Defense Vision ¶5"
    #[serde(rename = "place")]
    pub location_text: String,
}

/// A record as one of the versions has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RecordSnapshot {
    /// Where it stands in that version; `None` where it could not be read.
    #[serde(skip)]
    pub record: Option<RecordRef>,
    pub id: String,
    pub title: String,
    /// What matters most of it, in a few words: "4 · resolve (“will”)", "> $140 billion".
    #[serde(rename = "gist")]
    pub summary: String,
    /// The sentence that says it.
    pub statement: Option<String>,
    #[serde(rename = "citations")]
    pub cited: Vec<CitationSnapshot>,
}

/// What is said differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DiffField {
    /// A field of the record, by its name in the file.
    Field(String),
    Id,
    /// The step of the ladder, whichever field decides it.
    Step,
    /// How far a commitment has been met.
    Status,
    Assessment,
    /// Only the order of the assessments.
    Assessments,
    Citation,
    /// Only the order of the citations.
    Citations,
    /// The paragraph that is cited.
    Paragraph,
    /// The words that are cited.
    Phrase,
    /// Whose words are cited.
    Speaker,
    CitationNote,
    /// A comparison with another document.
    Comparison,
    /// Only the order of the comparisons.
    Comparisons,
}

impl fmt::Display for DiffField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            DiffField::Field(name) => return f.write_str(&name.replace('_', " ")),
            DiffField::Id => "id",
            DiffField::Step => "step",
            DiffField::Status => "status",
            DiffField::Assessment => "assessment",
            DiffField::Assessments => "assessments",
            DiffField::Citation => "citation",
            DiffField::Citations => "citations",
            DiffField::Paragraph => "paragraph",
            DiffField::Phrase => "phrase",
            DiffField::Speaker => "speaker",
            DiffField::CitationNote => "remark of the citation",
            DiffField::Comparison => "comparison",
            DiffField::Comparisons => "comparisons",
        })
    }
}

impl Serialize for DiffField {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// One thing that is said differently. Where both words are missing, only the order differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ValueDiff {
    pub field: DiffField,
    /// `None` where it was not said.
    pub old: Option<String>,
    /// `None` where it is no longer said.
    pub new: Option<String>,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionChange {
    pub kind: VersionChangeKind,
    /// `None`: the register's own fields, or the text around its records.
    pub record_kind: Option<RecordKind>,
    /// The record in the old version; `None` where it is new.
    pub old: Option<RecordSnapshot>,
    /// The record in the new version; `None` where it is gone.
    pub new: Option<RecordSnapshot>,
    pub value_diffs: Vec<ValueDiff>,
    /// Why it is so, where another record brings it about.
    pub reason: Option<String>,
    /// For how many records it stands: one, but for order and layout.
    pub count: usize,
}

/// What differs between two versions of a register, the most important first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VersionDiff {
    pub changes: Vec<VersionChange>,
}

impl VersionDiff {
    /// Whether the two versions say the same, however they are laid out.
    pub fn is_formatting_only(&self) -> bool {
        self.changes.iter().all(VersionChange::is_formatting_only)
    }
}

/// The longest words that a headline gives in full, in characters.
pub(super) const MAX_INLINE_CHARS: usize = 70;
/// How many differences a headline names.
pub(super) const MAX_HEADLINE_DIFFS: usize = 3;

impl VersionChange {
    /// The record's name on screen, in the new version where it is there.
    pub fn title(&self) -> &str {
        match self.new.as_ref().or(self.old.as_ref()) {
            Some(side) => &side.title,
            None => "The register",
        }
    }

    /// The record's id, in the new version where it is there; empty for the register itself.
    pub fn id(&self) -> &str {
        let side = self.new.as_ref().or(self.old.as_ref());
        side.map_or("", |side| &side.id)
    }

    /// Whether the two versions say the same here.
    pub fn is_formatting_only(&self) -> bool {
        self.kind == VersionChangeKind::Formatting
    }

    /// The change in one line without a period: `weakened: from 4 · resolve (“will”) to 3 ·
    /// intention (“intends to”)`.
    pub fn headline(&self) -> String {
        let is_commitment = self.record_kind == Some(RecordKind::Commitment);
        let gist = |side: &Option<RecordSnapshot>| {
            side.as_ref().map_or("", |side| &side.summary).to_owned()
        };
        let with_gist = |word: &str, gist: String| match gist.as_str() {
            "" => word.to_owned(),
            gist => format!("{word}: {gist}"),
        };
        let line = match self.kind {
            VersionChangeKind::Removed if is_commitment => with_gist("withdrawn", gist(&self.old)),
            VersionChangeKind::Removed => with_gist("gone", gist(&self.old)),
            VersionChangeKind::Added => with_gist("new", gist(&self.new)),
            VersionChangeKind::Weakened => format!("weakened: {}", self.change_text()),
            VersionChangeKind::Strengthened => format!("strengthened: {}", self.change_text()),
            VersionChangeKind::StepChanged => format!("on another step: {}", self.change_text()),
            VersionChangeKind::Assessed => match self.value_diffs.first() {
                Some(ValueDiff {
                    field: DiffField::Status,
                    old: Some(old),
                    new: Some(new),
                }) => format!("status: from {old} to {new}"),
                _ => format!("assessed again: {}", self.last_value()),
            },
            VersionChangeKind::AssessmentRemoved => {
                let mut fields = self.value_diffs.iter().map(|pair| &pair.field);
                match fields.any(|field| *field == DiffField::Status) {
                    true => format!("assessment taken out: status {}", self.change_text()),
                    false => format!("assessment taken out: {}", self.last_value()),
                }
            }
            VersionChangeKind::AssessmentCorrected => format!(
                "assessments corrected: {}",
                value_diffs_text(&self.value_diffs)
            ),
            VersionChangeKind::Reworded => {
                format!("reworded: {}", value_diffs_text(&self.value_diffs))
            }
            VersionChangeKind::PartiesChanged
            | VersionChangeKind::SubjectChanged
            | VersionChangeKind::Changed => value_diffs_text(&self.value_diffs),
            VersionChangeKind::ContinuityChanged => {
                format!("comparison judged: {}", value_diffs_text(&self.value_diffs))
            }
            VersionChangeKind::CitationChanged => {
                format!("citation: {}", value_diffs_text(&self.value_diffs))
            }
            VersionChangeKind::Renamed => format!("id changed {}", self.change_text()),
            VersionChangeKind::NotesChanged => {
                format!("only a remark: {}", value_diffs_text(&self.value_diffs))
            }
            VersionChangeKind::Reordered => {
                let many = count_of(self.count, "record stands", "records stand");
                format!("{many} at another place of the list")
            }
            VersionChangeKind::Formatting => {
                let many = count_of(self.count, "place", "places");
                format!("only comments or layout, at {many}")
            }
        };
        match &self.reason {
            Some(why) => format!("{line}, {why}"),
            None => line,
        }
    }

    fn change_text(&self) -> String {
        let word = |words: &Option<String>| words.clone().unwrap_or_else(|| "nothing".into());
        self.value_diffs.first().map_or_else(String::new, |pair| {
            format!("from {} to {}", word(&pair.old), word(&pair.new))
        })
    }

    fn last_value(&self) -> String {
        let last = self.value_diffs.last();
        let words = last.and_then(|pair| pair.new.clone().or(pair.old.clone()));
        words.unwrap_or_default()
    }
}

/// The pairs in a line: short ones in full, long ones by their names.
fn value_diffs_text(pairs: &[ValueDiff]) -> String {
    let short = |words: &String| words.chars().count() <= MAX_INLINE_CHARS && !words.contains('\n');
    let one = |pair: &ValueDiff| {
        let label = &pair.field;
        match (&pair.old, &pair.new) {
            (Some(old), Some(new)) if short(old) && short(new) => {
                format!("{label} from {old} to {new}")
            }
            (None, Some(new)) if short(new) => format!("{label} added: {new}"),
            (Some(old), None) if short(old) => format!("{label} taken out: {old}"),
            (None, Some(_)) => format!("{label} added"),
            (Some(_), None) => format!("{label} taken out"),
            (None, None) => format!("order of {label} changed"),
            _ => format!("{label} changed"),
        }
    };
    let mut parts: Vec<String> = pairs.iter().take(MAX_HEADLINE_DIFFS).map(one).collect();
    if let Some(more) = pairs
        .len()
        .checked_sub(MAX_HEADLINE_DIFFS)
        .filter(|more| *more > 0)
    {
        parts.push(format!("and {more} more"));
    }
    parts.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(
        what: VersionChangeKind,
        pairs: &[(&str, Option<&str>, Option<&str>)],
    ) -> VersionChange {
        let owned = |words: &Option<&str>| words.map(str::to_owned);
        let pair = |(label, old, new): &(&str, Option<&str>, Option<&str>)| ValueDiff {
            field: match *label {
                "status" => DiffField::Status,
                label => DiffField::Field(label.to_owned()),
            },
            old: owned(old),
            new: owned(new),
        };
        VersionChange {
            kind: what,
            record_kind: Some(RecordKind::Commitment),
            old: None,
            new: None,
            value_diffs: pairs.iter().map(pair).collect(),
            reason: None,
            count: 1,
        }
    }

    #[test]
    fn headlines_name_both_words() {
        let long = "x".repeat(MAX_INLINE_CHARS + 1);
        for (entry, want) in [
            (
                entry(
                    VersionChangeKind::Weakened,
                    &[("step", Some("4 · resolve (“will”)"), Some("3 · intention"))],
                ),
                "weakened: from 4 · resolve (“will”) to 3 · intention",
            ),
            (
                entry(
                    VersionChangeKind::Reworded,
                    &[
                        ("verb", Some("will"), Some("shall")),
                        ("statement", Some(&long), Some("a")),
                        ("hedges", None, Some("where possible")),
                        ("title", Some("a"), Some("b")),
                    ],
                ),
                "reworded: verb from will to shall; statement changed; hedges added: where \
                possible; and 1 more",
            ),
            (
                entry(
                    VersionChangeKind::Assessed,
                    &[("status", Some("not assessed"), Some("stalled"))],
                ),
                "status: from not assessed to stalled",
            ),
            (
                entry(
                    VersionChangeKind::Changed,
                    &[("components", Some("a"), None)],
                ),
                "components taken out: a",
            ),
        ] {
            assert_eq!(entry.headline(), want);
        }
    }
}
