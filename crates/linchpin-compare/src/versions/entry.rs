//! One change between two versions of a register, and its headline.

use linchpin_register::english::count_of;
use linchpin_register::{RecordKind, RecordRef};

/// What kind of change it is. In the order in which a reader wants to hear of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum What {
    /// The record is gone; of a commitment: it is withdrawn.
    Gone,
    /// A commitment stands on a lower step of the ladder.
    Weakened,
    /// A commitment stands on a higher step of the ladder.
    Strengthened,
    /// A commitment stands on another step that is neither higher nor lower.
    OtherStep,
    /// The record is new.
    Added,
    /// A commitment was assessed.
    Assessed,
    /// Assessments were taken out, though the list is only ever to grow.
    Retracted,
    /// Assessments that had been written were changed.
    Corrected,
    /// The same in other words.
    Reworded,
    /// Other committers or recipients.
    Parties,
    /// Another priority, theme or obligation.
    Subject,
    /// How a commitment compares with other documents was judged anew.
    Continuity,
    /// Other fields say something else.
    Changed,
    /// Where the words stand was corrected.
    Cited,
    /// The same record has another id.
    Renamed,
    /// Only remarks differ.
    Remarks,
    /// Records stand in another order.
    Order,
    /// Only comments or the layout of the file differ.
    Layout,
}

impl What {
    /// The word for it in data.
    pub fn code(self) -> &'static str {
        match self {
            What::Gone => "gone",
            What::Weakened => "weakened",
            What::Strengthened => "strengthened",
            What::OtherStep => "other-step",
            What::Added => "added",
            What::Assessed => "assessed",
            What::Retracted => "assessment-taken-out",
            What::Corrected => "assessment-corrected",
            What::Reworded => "reworded",
            What::Parties => "parties",
            What::Subject => "subject",
            What::Continuity => "continuity",
            What::Changed => "changed",
            What::Cited => "citation",
            What::Renamed => "renamed",
            What::Remarks => "remarks",
            What::Order => "order",
            What::Layout => "layout",
        }
    }

    /// What it is when the two versions change places.
    pub fn mirrored(self) -> What {
        match self {
            What::Gone => What::Added,
            What::Added => What::Gone,
            What::Weakened => What::Strengthened,
            What::Strengthened => What::Weakened,
            What::Assessed => What::Retracted,
            What::Retracted => What::Assessed,
            same => same,
        }
    }
}

/// Words of a document that a record cites.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cited {
    /// The id of the document.
    pub document: String,
    /// From 1.
    pub paragraph: Option<u32>,
    pub phrase: Option<String>,
    /// "Defense Vision ¶5"
    pub place: String,
}

/// A record as one of the versions has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// Where it stands in that version; `None` where it could not be read.
    pub at: Option<RecordRef>,
    pub id: String,
    pub title: String,
    /// What matters most of it, in a few words: "4 · resolve (“will”)", "> $140 billion".
    pub gist: String,
    /// The sentence that says it.
    pub statement: Option<String>,
    pub cited: Vec<Cited>,
}

/// One thing that is said differently. Where both words are missing, only the order differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// "statement", "committers", "paragraph"
    pub label: String,
    /// `None` where it was not said.
    pub old: Option<String>,
    /// `None` where it is no longer said.
    pub new: Option<String>,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub what: What,
    /// `None`: the register's own fields, or the text around its records.
    pub kind: Option<RecordKind>,
    /// The record in the old version; `None` where it is new.
    pub old: Option<Side>,
    /// The record in the new version; `None` where it is gone.
    pub new: Option<Side>,
    pub pairs: Vec<Pair>,
    /// Why it is so, where another record brings it about.
    pub because: Option<String>,
    /// For how many records it stands: one, but for order and layout.
    pub count: usize,
}

/// What differs between two versions of a register, the most important first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    pub entries: Vec<Entry>,
}

impl Changes {
    /// Whether the two versions say the same, however they are laid out.
    pub fn says_the_same(&self) -> bool {
        self.entries.iter().all(Entry::says_the_same)
    }
}

/// The longest words that a headline gives in full, in characters.
pub(super) const SHORT: usize = 70;
/// How many differences a headline names.
const MAX_NAMED: usize = 3;

impl Entry {
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
    pub fn says_the_same(&self) -> bool {
        self.what == What::Layout
    }

    /// The change in one line without a period: `weakened: from 4 · resolve (“will”) to 3 ·
    /// intention (“intends to”)`.
    pub fn headline(&self) -> String {
        let is_commitment = self.kind == Some(RecordKind::Commitment);
        let gist = |side: &Option<Side>| side.as_ref().map_or("", |side| &side.gist).to_owned();
        let with_gist = |word: &str, gist: String| match gist.as_str() {
            "" => word.to_owned(),
            gist => format!("{word}: {gist}"),
        };
        let line = match self.what {
            What::Gone if is_commitment => with_gist("withdrawn", gist(&self.old)),
            What::Gone => with_gist("gone", gist(&self.old)),
            What::Added => with_gist("new", gist(&self.new)),
            What::Weakened => format!("weakened: {}", self.both_words()),
            What::Strengthened => format!("strengthened: {}", self.both_words()),
            What::OtherStep => format!("on another step: {}", self.both_words()),
            What::Assessed => match self.pairs.first() {
                Some(Pair {
                    label,
                    old: Some(old),
                    new: Some(new),
                }) if label == STATUS => {
                    format!("status: from {old} to {new}")
                }
                _ => format!("assessed again: {}", self.last_words()),
            },
            What::Retracted => match self.pairs.iter().any(|pair| pair.label == STATUS) {
                true => format!("assessment taken out: status {}", self.both_words()),
                false => format!("assessment taken out: {}", self.last_words()),
            },
            What::Corrected => format!("assessments corrected: {}", said(&self.pairs)),
            What::Reworded => format!("reworded: {}", said(&self.pairs)),
            What::Parties | What::Subject | What::Changed => said(&self.pairs),
            What::Continuity => format!("comparison judged: {}", said(&self.pairs)),
            What::Cited => format!("citation: {}", said(&self.pairs)),
            What::Renamed => format!("id changed {}", self.both_words()),
            What::Remarks => format!("only a remark: {}", said(&self.pairs)),
            What::Order => {
                let many = count_of(self.count, "record stands", "records stand");
                format!("{many} at another place of the list")
            }
            What::Layout => {
                let many = count_of(self.count, "place", "places");
                format!("only comments or layout, at {many}")
            }
        };
        match &self.because {
            Some(why) => format!("{line}, {why}"),
            None => line,
        }
    }

    fn both_words(&self) -> String {
        let word = |words: &Option<String>| words.clone().unwrap_or_else(|| "nothing".into());
        self.pairs.first().map_or_else(String::new, |pair| {
            format!("from {} to {}", word(&pair.old), word(&pair.new))
        })
    }

    fn last_words(&self) -> String {
        let last = self.pairs.last();
        let words = last.and_then(|pair| pair.new.clone().or(pair.old.clone()));
        words.unwrap_or_default()
    }
}

/// The label of the pair that says the status before and after.
pub(super) const STATUS: &str = "status";

/// The pairs in a line: short ones in full, long ones by their names.
fn said(pairs: &[Pair]) -> String {
    let short = |words: &String| words.chars().count() <= SHORT && !words.contains('\n');
    let one = |pair: &Pair| {
        let label = &pair.label;
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
    let mut parts: Vec<String> = pairs.iter().take(MAX_NAMED).map(one).collect();
    if let Some(more) = pairs.len().checked_sub(MAX_NAMED).filter(|more| *more > 0) {
        parts.push(format!("and {more} more"));
    }
    parts.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(what: What, pairs: &[(&str, Option<&str>, Option<&str>)]) -> Entry {
        let owned = |words: &Option<&str>| words.map(str::to_owned);
        let pair = |(label, old, new): &(&str, Option<&str>, Option<&str>)| Pair {
            label: (*label).to_owned(),
            old: owned(old),
            new: owned(new),
        };
        Entry {
            what,
            kind: Some(RecordKind::Commitment),
            old: None,
            new: None,
            pairs: pairs.iter().map(pair).collect(),
            because: None,
            count: 1,
        }
    }

    #[test]
    fn headlines_name_both_words() {
        let long = "x".repeat(SHORT + 1);
        for (entry, want) in [
            (
                entry(
                    What::Weakened,
                    &[("step", Some("4 · resolve (“will”)"), Some("3 · intention"))],
                ),
                "weakened: from 4 · resolve (“will”) to 3 · intention",
            ),
            (
                entry(
                    What::Reworded,
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
                    What::Assessed,
                    &[("status", Some("not assessed"), Some("stalled"))],
                ),
                "status: from not assessed to stalled",
            ),
            (
                entry(What::Changed, &[("components", Some("a"), None)]),
                "components taken out: a",
            ),
        ] {
            assert_eq!(entry.headline(), want);
        }
    }
}
