//! What the dialog of a document's text holds, and the steps on the way to one.

use linchpin_files::sibling_texts::ExistingTextPolicy;
use linchpin_text::extract::Extraction;
use linchpin_text::prose::Prose;
use std::sync::Arc;

/// What the dialog of a text holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AttachForm {
    /// The id of the document.
    pub document: String,
    /// What was pasted.
    pub pasted: String,
    /// The path that was typed.
    pub path: String,
    pub stage: AttachStage,
    /// Why it does not go on, in words.
    pub error: Option<String>,
}

/// How far a text has come.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum AttachStage {
    /// It is asked for.
    #[default]
    AwaitingInput,
    /// A job reads it: its number.
    Extracting(u64),
    /// It can be looked at.
    Preview(Arc<ExtractedText>),
    /// It is to be kept, and another text stands at this path already.
    PathTaken(Arc<ExtractedText>, String),
}

/// A text that can be looked at.
#[derive(Debug)]
pub struct ExtractedText {
    pub extracted: Extraction,
    pub prose: Prose,
    /// How many sentences it has.
    pub sentence_count: usize,
    /// The file that it was taken from, without the folders above it; `None` where it was pasted.
    pub file_name: Option<String>,
}

impl PartialEq for ExtractedText {
    fn eq(&self, other: &Self) -> bool {
        self.extracted == other.extracted && self.file_name == other.file_name
    }
}

/// One thing to do on the way to a text.
#[derive(Clone, Debug, PartialEq)]
pub enum AttachCommand {
    /// Reads what was pasted.
    ExtractPasted,
    /// Reads the file at the path that was typed.
    ExtractTypedPath,
    /// Opens the system's dialog for a file.
    PickFile,
    /// Asks for the text once more.
    Back,
    /// Keeps the text, whatever stands in its place.
    SaveText(ExistingTextPolicy),
    /// Saves the register first, then goes on.
    SaveRegisterFirst,
    /// Takes the text out of the register.
    Detach(String),
    /// Takes the text as it is now, although it has changed since it was attached.
    AcceptChanged(String),
}
