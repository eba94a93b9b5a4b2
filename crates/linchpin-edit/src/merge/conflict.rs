//! What two sides did that cannot both stand, in words.

use crate::Said;
use crate::difference::{Subject, named};
use linchpin_register::english::capitalize;

/// One of the two texts that have changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// What the user has changed.
    Mine,
    /// What the file holds now.
    Theirs,
}

/// Why somebody must decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Clash {
    /// Both sides changed the same thing in different ways.
    BothChanged,
    /// Both sides added something under the same id or name, and not the same thing.
    BothAdded,
    /// I removed what changed in the file.
    IRemoved,
    /// I changed what is gone from the file.
    TheyRemoved,
    /// Each change is sound alone, but together they are not: a link to what the other side
    /// removed, two records that are each above the other.
    NotTogether,
    /// Both sides put the same list in another order.
    Order,
    /// Both sides changed the same comments.
    Comments,
    /// The texts can only be compared as a whole: one of them is broken.
    WholeText,
}

/// One thing that cannot be settled without asking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// What it is about.
    pub subject: Subject,
    /// The field, or the list of the register, by its name in the file; `None` where it is about
    /// the whole record or text.
    pub field: Option<String>,
    pub clash: Clash,
    /// What stood there before; `None` where there was nothing.
    pub base: Option<Said>,
    /// What I put there; `None` where I took it out.
    pub mine: Option<Said>,
    /// What stands there in the file now; `None` where it is gone.
    pub theirs: Option<Said>,
}

impl Conflict {
    /// A sentence or two without the last period: `Commitment “Hold exercises”: you and the file
    /// both changed the status`.
    pub fn words(&self) -> String {
        let subject = self.subject.words();
        let what = match (&self.field, &self.subject) {
            (Some(field), _) => format!("the {}", field.replace('_', " ")),
            (None, Subject::Record { kind, .. }) => format!("this {}", kind.what()),
            (None, Subject::Register) => "the text".into(),
        };
        match self.clash {
            Clash::BothChanged => format!("{subject}: you and the file both changed {what}"),
            Clash::BothAdded => match (&self.field, &self.subject) {
                (None, Subject::Record { kind, id, .. }) => format!(
                    "You and the file both added a {} with the id “{id}”",
                    kind.what()
                ),
                _ => format!("{subject}: you and the file both added {what}"),
            },
            Clash::IRemoved => match self.record() {
                Some(record) => format!("{record}: you removed it, and the file changed it"),
                None => format!("{subject}: you took out {what}, and the file changed it"),
            },
            Clash::TheyRemoved => match self.record() {
                Some(record) => format!("{record}: you changed it, and it is gone from the file"),
                None => format!("{subject}: you changed {what}, and it is gone from the file"),
            },
            Clash::NotTogether => {
                format!("{subject}: what you changed and what the file changed do not fit together")
            }
            Clash::Order => format!("{subject}: you and the file both put {what} in another order"),
            Clash::Comments => match &self.field {
                Some(_) => {
                    format!("{subject}: you and the file both changed the comments at {what}")
                }
                None => format!("{subject}: you and the file both changed the same comments"),
            },
            Clash::WholeText => {
                "Your text and the file's differ, and they cannot be put together record by record"
                    .into()
            }
        }
    }

    /// What it means to keep one side, for a button or beside a choice: `Keep it removed`,
    /// `Practice`.
    pub fn choice(&self, side: Side) -> String {
        let (said, other) = match side {
            Side::Mine => (&self.mine, "Keep my version"),
            Side::Theirs => (&self.theirs, "Keep the file's version"),
        };
        let words = |said: &Option<Said>| said.as_ref().map(|said| said.words.clone());
        let alike = words(&self.mine) == words(&self.theirs);
        match (said, self.clash) {
            (_, Clash::Order) | (_, Clash::WholeText) => other.into(),
            (None, Clash::Comments) => "No comment".into(),
            (None, _) if self.base.is_none() => "Leave it out".into(),
            (None, _) => "Remove it".into(),
            (Some(said), _) if self.field.is_some() && alike => said.source.clone(),
            (Some(said), _) if self.field.is_some() && !said.words.is_empty() => said.words.clone(),
            (Some(_), _) => other.into(),
        }
    }

    fn record(&self) -> Option<String> {
        match (&self.subject, &self.field) {
            (Subject::Record { kind, title, .. }, None) => Some(capitalize(&named(*kind, title))),
            _ => None,
        }
    }
}
