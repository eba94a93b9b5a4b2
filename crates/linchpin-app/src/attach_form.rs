//! What the dialog of a document's text holds, and the steps on the way to one.

use linchpin_files::texts::Taken;
use linchpin_text::extract::Extracted;
use linchpin_text::prose::Prose;
use std::sync::Arc;

/// What the dialog of a text holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attaching {
    /// The id of the document.
    pub document: String,
    /// What was pasted.
    pub pasted: String,
    /// The path that was typed.
    pub path: String,
    pub stage: Stage,
    /// Why it does not go on, in words.
    pub error: Option<String>,
}

/// How far a text has come.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Stage {
    /// It is asked for.
    #[default]
    Asked,
    /// A job reads it: its number.
    Read(u64),
    /// It can be looked at.
    Found(Arc<Found>),
    /// It is to be kept, and another text stands at this path already.
    Taken(Arc<Found>, String),
}

/// A text that can be looked at.
#[derive(Debug)]
pub struct Found {
    pub extracted: Extracted,
    pub prose: Prose,
    /// How many sentences it has.
    pub sentences: usize,
    /// The file that it was taken from, without the folders above it; `None` where it was pasted.
    pub from: Option<String>,
}

impl PartialEq for Found {
    fn eq(&self, other: &Self) -> bool {
        self.extracted == other.extracted && self.from == other.from
    }
}

/// One thing to do on the way to a text.
#[derive(Clone, Debug, PartialEq)]
pub enum AttachStep {
    /// Reads what was pasted.
    Pasted,
    /// Reads the file at the path that was typed.
    Typed,
    /// Opens the system's dialog for a file.
    Pick,
    /// Asks for the text once more.
    Back,
    /// Keeps the text, whatever stands in its place.
    Keep(Taken),
    /// Saves the register first, then goes on.
    SaveFirst,
    /// Takes the text out of the register.
    Detach(String),
    /// Takes the text as it is now, although it has changed since it was attached.
    Accept(String),
}
