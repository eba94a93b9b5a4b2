//! Where documents are read: in a process of its own, or in this one.

use super::messages::ExtractError;
use super::{
    DEADLINE, ExtractWatcher, Extraction, FallbackFont, MAX_BYTES, MAX_TEXT_BYTES, SourceFormat,
    extract_text_watched,
};
use linchpin_task::child::{ChildError, ChildLimits, ChildProgram, serve};
use std::cell::Cell;
use std::time::Duration;

/// The command of the program that makes it read a document as a child; the name of the format
/// follows.
pub const CHILD_COMMAND: &str = "extract-child";
/// How long a child may work on a document, in seconds of the processor. It gives up by itself
/// before that, and so does whoever waits for it.
pub const CHILD_SECONDS: u64 = DEADLINE.as_secs() + 10;
/// How long a child is waited for: longer than it takes to say that the time is over.
const CHILD_DEADLINE: Duration = Duration::from_secs(DEADLINE.as_secs() + 5);
/// The most that a child may say: a text with its signs escaped, and what is told of it.
const MAX_ANSWER_BYTES: usize = 4 * MAX_TEXT_BYTES;

/// Where documents are read.
#[derive(Clone, Debug)]
pub enum DocumentReader {
    /// In a process of its own, which is this program or stands in for it.
    Child(ChildProgram),
    /// In this process: for tests and fuzzers, which are no program that could read a document. A
    /// file that takes all memory ends them.
    InProcess(FallbackFont),
}

impl DocumentReader {
    /// The program that is running reads them, as a child.
    pub fn own_program() -> Self {
        DocumentReader::Child(ChildProgram::own())
    }

    /// The text of a document.
    ///
    /// # Errors
    /// Why there is no text; [`ExtractError::Cancelled`] where it was stopped.
    pub fn extract_text(
        &self,
        bytes: Vec<u8>,
        format: SourceFormat,
        watcher: &ExtractWatcher<'_>,
    ) -> Result<Extraction, ExtractError> {
        match self {
            DocumentReader::InProcess(font) => extract_text_watched(bytes, format, font, watcher),
            DocumentReader::Child(program) => read_in_child(program, bytes, format, watcher),
        }
    }
}

fn read_in_child(
    program: &ChildProgram,
    bytes: Vec<u8>,
    format: SourceFormat,
    watcher: &ExtractWatcher<'_>,
) -> Result<Extraction, ExtractError> {
    if bytes.len() > MAX_BYTES {
        return Err(ExtractError::FileTooLarge(bytes.len()));
    }
    let limits = ChildLimits {
        time: CHILD_DEADLINE,
        output_bytes: MAX_ANSWER_BYTES,
    };
    let told = Cell::new(0.0);
    let watch = |share: f32| {
        // Each step is told once: the window paints a frame for it.
        if told.replace(share) != share {
            (watcher.progress)(share);
        }
        !(watcher.is_cancelled)()
    };
    let args = [CHILD_COMMAND, format.spec().name];
    let answer = program.run(&args, bytes, limits, &watch);
    let answer = answer.map_err(|error| match error {
        ChildError::Cancelled => ExtractError::Cancelled,
        // The child has the same limit of time, and only rarely is too late to say so.
        ChildError::TimedOut(_) | ChildError::OutOfTime => ExtractError::TimedOut(DEADLINE),
        error => ExtractError::Child(error),
    })?;
    // What does not read as an answer was not said by this program as it should be.
    serde_json::from_slice(&answer).unwrap_or(Err(ExtractError::Child(ChildError::NoAnswer(None))))
}

/// Reads a document from the standard input as a child, and says its text.
///
/// # Errors
/// Where nobody is there to take the answer.
pub fn serve_child(format: SourceFormat, fallback_font: FallbackFont) -> std::io::Result<()> {
    serve(|bytes, report| {
        let told = Cell::new(0.0);
        let watcher = ExtractWatcher {
            // Whoever does not want the text any more kills this process.
            is_cancelled: &|| false,
            progress: &|share| {
                if told.replace(share) != share {
                    report(share);
                }
            },
        };
        let found = extract_text_watched(bytes, format, fallback_font, &watcher);
        // An empty answer is told apart from every other: nothing that is written here fails.
        serde_json::to_vec(&found).unwrap_or_default()
    })
}
