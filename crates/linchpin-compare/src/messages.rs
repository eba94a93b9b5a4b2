//! What comparing documents has to say, as kinds with their arguments; they become words here.

use super::confirm::DecisionError;
use linchpin_register::Document;
use linchpin_register::vocabulary::{CodingExtent, WordingChange};
use serde::{Serialize, Serializer};
use std::fmt;

/// Why two commitments are taken for one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MatchReason {
    /// It is one record.
    SameRecord,
    /// Words that both use.
    SharedWords(Vec<String>),
    /// The verb of both.
    SameVerb(String),
    /// Themes of both, by name.
    SameThemes(Vec<String>),
    /// Kinds of promise that both are, in words.
    SameObligations(Vec<String>),
    /// Bodies and instruments that both name.
    SameBodies(Vec<String>),
    /// The same parties commit themselves.
    SameCommitters,
}

impl fmt::Display for MatchReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut same = |one: &str, many: &str, names: &[String]| {
            let noun = if names.len() == 1 { one } else { many };
            write!(f, "The same {noun}: {}", names.join(", "))
        };
        match self {
            MatchReason::SameRecord => f.write_str("The same record"),
            MatchReason::SharedWords(words) => write!(f, "Shared words: {}", words.join(", ")),
            MatchReason::SameVerb(verb) => write!(f, "The same verb: {verb}"),
            MatchReason::SameThemes(names) => same("theme", "themes", names),
            MatchReason::SameObligations(names) => {
                same("kind of promise", "kinds of promise", names)
            }
            MatchReason::SameBodies(names) => {
                same("body or instrument", "bodies and instruments", names)
            }
            MatchReason::SameCommitters => f.write_str("The same committers"),
        }
    }
}

/// What else is to be known of a match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MatchNote {
    /// Neither commitment has a step of the ladder.
    NeitherHasStep,
    /// The earlier commitment has no step, the later one has.
    EarlierHasNoStep,
    /// The later commitment has no step, the earlier one has.
    LaterHasNoStep,
    /// Both have a step, and neither step has a rank.
    NeitherRanked,
    /// The step with this label has no rank.
    Unranked(String),
    /// Hedges that only the earlier commitment has.
    HedgesRemoved(Vec<String>),
    /// Hedges that only the later commitment has.
    HedgesAdded(Vec<String>),
    /// What the register says, and what the steps of the commitments give.
    OtherChange(WordingChange, WordingChange),
    /// The other document, by its short title, is not coded through for it.
    NotCoded(String, Option<CodingExtent>),
    /// What somebody has written in the register.
    Written(String),
}

impl fmt::Display for MatchNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let quoted = |hedges: &[String]| {
            let hedges: Vec<String> = hedges.iter().map(|hedge| format!("“{hedge}”")).collect();
            hedges.join(", ")
        };
        let unknown = "firmer or weaker cannot be said";
        match self {
            MatchNote::NeitherHasStep => write!(f, "Neither has a step of the ladder: {unknown}"),
            MatchNote::EarlierHasNoStep => {
                write!(f, "The earlier one has no step of the ladder: {unknown}")
            }
            MatchNote::LaterHasNoStep => {
                write!(f, "The later one has no step of the ladder: {unknown}")
            }
            MatchNote::NeitherRanked => write!(f, "Neither step has a rank: {unknown}"),
            MatchNote::Unranked(step) => write!(f, "“{step}” has no rank: {unknown}"),
            MatchNote::HedgesRemoved(hedges) => {
                write!(f, "No longer softened by {}", quoted(hedges))
            }
            MatchNote::HedgesAdded(hedges) => write!(f, "Softened by {}", quoted(hedges)),
            MatchNote::OtherChange(written, now) => write!(
                f,
                "The register says {}; by its steps it is {} now",
                written.label(),
                now.label()
            ),
            MatchNote::NotCoded(document, extent) => {
                let extent = coding_extent_text(*extent);
                write!(f, "{document} {extent}: what is missing may stand there")
            }
            MatchNote::Written(note) => f.write_str(note),
        }
    }
}

/// How it is known that a document does not say something, or why nobody can tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AbsenceReason {
    /// The words do not stand in the text.
    NotInText,
    /// The text is not at hand, and no record cites the words.
    TextMissing,
    /// The document is coded through for the theme, and no commitment has it.
    ThemeNotCoded,
    /// Somebody has confirmed that it is not there.
    Confirmed,
    /// The document is coded through for it, and nothing is like it.
    NothingAlike,
    /// The document is coded no further than this.
    CodedOnly(Option<CodingExtent>),
    /// No commitment has this id.
    NoCommitment(String),
}

impl fmt::Display for AbsenceReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            AbsenceReason::NotInText => "The words do not stand in the text",
            AbsenceReason::TextMissing => {
                "Its text is not at hand, and no cited phrase has the words"
            }
            AbsenceReason::ThemeNotCoded => {
                "No commitment of the theme, and it is coded through for it"
            }
            AbsenceReason::Confirmed => "Confirmed: it is not said there",
            AbsenceReason::NothingAlike => {
                "It is coded through for it, and nothing like it is there"
            }
            AbsenceReason::CodedOnly(extent) => {
                return write!(f, "It {}", coding_extent_text(*extent));
            }
            AbsenceReason::NoCommitment(id) => return write!(f, "There is no commitment “{id}”"),
        })
    }
}

impl fmt::Display for DecisionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DecisionError::Confirmed => f.write_str("This is confirmed already"),
            DecisionError::Proposed => {
                f.write_str("This is a proposal: there is nothing to take back")
            }
            DecisionError::NoChange { note } => {
                f.write_str("Nothing can be confirmed here. ")?;
                note.as_ref().map_or(Ok(()), |note| note.fmt(f))
            }
            DecisionError::NoCommitment => f.write_str("There is no commitment to confirm this of"),
            DecisionError::NotCoded { document } => write!(
                f,
                "{document}: nobody can say that this is missing there. Code it through, and say \
                so in the document's record"
            ),
            DecisionError::NothingToChange => f.write_str("There is nothing to change"),
            DecisionError::NoDocument(id) => write!(f, "There is no document “{id}”"),
            DecisionError::SameDocument => f.write_str("This is one document twice: choose two"),
            DecisionError::WrongOrder { before, after } => write!(
                f,
                "{before} is later than {after}. Swap the two, and confirm there"
            ),
            DecisionError::NotInDocument {
                commitment,
                document,
            } => write!(f, "“{commitment}” is no commitment of {document}"),
        }
    }
}

/// How far a document has been coded, with its name: "Second is coded in part only".
pub(super) fn coding_sentence(document: &Document) -> String {
    format!("{} {}", document.short, coding_extent_text(document.coded))
}

/// How far a document has been coded, as the end of a sentence.
fn coding_extent_text(extent: Option<CodingExtent>) -> &'static str {
    match extent {
        Some(CodingExtent::Whole) => "is coded through",
        Some(CodingExtent::Subjects) => "is coded through for other subjects only",
        Some(CodingExtent::Excerpts) => "is coded in part only",
        None => "does not say how far it is coded",
    }
}

impl Serialize for MatchReason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Serialize for MatchNote {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
