//! What two sides did that cannot both stand, in words.

use crate::DisplayValue;
use crate::difference::{DiffSubject, record_label};
use linchpin_register::english::capitalize;

/// One of the two texts that have changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MergeSide {
    /// What the user has changed.
    Ours,
    /// What the file holds now.
    Theirs,
}

/// Why somebody must decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ConflictKind {
    /// Both sides changed the same thing in different ways.
    BothChanged,
    /// Both sides added something under the same id or name, and not the same thing.
    BothAdded,
    /// I removed what changed in the file.
    RemovedByUs,
    /// I changed what is gone from the file.
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
    pub kind: ConflictKind,
    /// What stood there before; `None` where there was nothing.
    pub base: Option<DisplayValue>,
    /// What I put there; `None` where I took it out.
    pub ours: Option<DisplayValue>,
    /// What stands there in the file now; `None` where it is gone.
    pub theirs: Option<DisplayValue>,
}

impl MergeConflict {
    /// A sentence or two without the last period: `Commitment “Hold exercises”: you and the file
    /// both changed the status`.
    pub fn message(&self) -> String {
        let subject = self.subject.label();
        let what = match (&self.field, &self.subject) {
            (Some(field), _) => format!("the {}", field.replace('_', " ")),
            (None, DiffSubject::Record { kind, .. }) => format!("this {}", kind.what()),
            (None, DiffSubject::Register) => "the text".into(),
        };
        match self.kind {
            ConflictKind::BothChanged => format!("{subject}: you and the file both changed {what}"),
            ConflictKind::BothAdded => match (&self.field, &self.subject) {
                (None, DiffSubject::Record { kind, id, .. }) => format!(
                    "You and the file both added a {} with the id “{id}”",
                    kind.what()
                ),
                _ => format!("{subject}: you and the file both added {what}"),
            },
            ConflictKind::RemovedByUs => match self.record_label() {
                Some(record) => format!("{record}: you removed it, and the file changed it"),
                None => format!("{subject}: you took out {what}, and the file changed it"),
            },
            ConflictKind::RemovedByThem => match self.record_label() {
                Some(record) => format!("{record}: you changed it, and it is gone from the file"),
                None => format!("{subject}: you changed {what}, and it is gone from the file"),
            },
            ConflictKind::Incompatible => {
                format!("{subject}: what you changed and what the file changed do not fit together")
            }
            ConflictKind::Reordered => {
                format!("{subject}: you and the file both put {what} in another order")
            }
            ConflictKind::Comments => match &self.field {
                Some(_) => {
                    format!("{subject}: you and the file both changed the comments at {what}")
                }
                None => format!("{subject}: you and the file both changed the same comments"),
            },
            ConflictKind::WholeText => {
                "Your text and the file's differ, and they cannot be put together record by record"
                    .into()
            }
        }
    }

    /// What it means to keep one side, for a button or beside a choice: `Keep it removed`,
    /// `Practice`.
    pub fn choice_label(&self, side: MergeSide) -> String {
        let (value, other) = match side {
            MergeSide::Ours => (&self.ours, "Keep my version"),
            MergeSide::Theirs => (&self.theirs, "Keep the file's version"),
        };
        let words = |value: &Option<DisplayValue>| value.as_ref().map(|value| value.text.clone());
        let same_text = words(&self.ours) == words(&self.theirs);
        match (value, self.kind) {
            (_, ConflictKind::Reordered) | (_, ConflictKind::WholeText) => other.into(),
            (None, ConflictKind::Comments) => "No comment".into(),
            (None, _) if self.base.is_none() => "Leave it out".into(),
            (None, _) => "Remove it".into(),
            (Some(value), _) if self.field.is_some() && same_text => value.source.clone(),
            (Some(value), _) if self.field.is_some() && !value.text.is_empty() => {
                value.text.clone()
            }
            (Some(_), _) => other.into(),
        }
    }

    fn record_label(&self) -> Option<String> {
        match (&self.subject, &self.field) {
            (DiffSubject::Record { kind, title, .. }, None) => {
                Some(capitalize(&record_label(*kind, title)))
            }
            _ => None,
        }
    }
}
