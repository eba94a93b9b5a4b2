//! The bytes of a document in, its text out: plain UTF-8, one paragraph a line, no blank lines. Knows no register.
//!
//! One file for each kind of source; whatever they find goes through `clean`. The work is a task with a
//! deadline, whose panics are caught: no file may stop the program.

mod clean;
mod encoding;
mod html;
mod join;
mod markdown;
mod pdf;
mod plain;
mod wrap;

use clean::Raw;
use linchpin_task::{Control, Task, TaskError};
use std::fmt;
use std::path::Path;
use std::time::Duration;

/// The largest file that a text is taken from, in bytes.
pub const MAX_BYTES: usize = 64 << 20;
/// The longest text that is taken, in bytes.
const MAX_TEXT_BYTES: usize = 16 << 20;
/// The stack of the thread that reads a file, of which only what is used is taken: files nest things in
/// things, and the readers follow them by recursion.
const STACK_BYTES: usize = 256 << 20;
/// How long it may take.
const MAX_TIME: Duration = Duration::from_secs(60);

/// A text, and what a reader should know of how it came about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extracted {
    /// UTF-8; one paragraph a line, each with its line end.
    pub text: String,
    /// Remarks, each a sentence without a period.
    pub notes: Vec<String>,
}

/// Where a text comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Plain,
    Markdown,
    Html,
    Pdf,
    Pasted,
}

/// A kind with its words and its reader.
pub struct KindSpec {
    pub kind: Kind,
    /// Its name on the command line.
    pub name: &'static str,
    /// What it is, in words.
    pub label: &'static str,
    /// How the names of such files end, in small letters.
    pub endings: &'static [&'static str],
    read: fn(&[u8], &ExtractContext) -> Result<Raw, String>,
}

/// Every kind.
pub const ALL: &[KindSpec] = &[
    KindSpec {
        kind: Kind::Plain,
        name: "txt",
        label: "plain text",
        endings: &["txt", "text"],
        read: plain::file,
    },
    KindSpec {
        kind: Kind::Markdown,
        name: "md",
        label: "Markdown",
        endings: &["md", "markdown"],
        read: markdown::read,
    },
    KindSpec {
        kind: Kind::Html,
        name: "html",
        label: "a web page",
        endings: &["html", "htm", "xhtml"],
        read: html::read,
    },
    KindSpec {
        kind: Kind::Pdf,
        name: "pdf",
        label: "PDF",
        endings: &["pdf"],
        read: pdf::read,
    },
    KindSpec {
        kind: Kind::Pasted,
        name: "pasted",
        label: "pasted text",
        endings: &[],
        read: plain::pasted,
    },
];

impl Kind {
    /// The kind of a file by its name; plain text where that says nothing.
    pub fn of(path: &Path) -> Kind {
        let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase());
        let ending = ending.unwrap_or_default();
        let mut all = ALL.iter();
        all.find(|spec| spec.endings.contains(&&*ending))
            .map_or(Kind::Plain, |spec| spec.kind)
    }

    /// The kind with this name on the command line.
    pub fn named(name: &str) -> Option<Kind> {
        let mut all = ALL.iter();
        all.find(|spec| spec.name == name).map(|spec| spec.kind)
    }

    /// Its words and its reader.
    pub fn spec(self) -> &'static KindSpec {
        let mut all = ALL.iter();
        all.find(|spec| spec.kind == self).unwrap_or(&ALL[0])
    }
}

/// The bytes of an OpenType font that stands in for fonts that a PDF does not bring. Only the places of
/// its letters count.
pub type FallbackFont = &'static [u8];

/// What a reader of a kind may ask and tell while it works.
struct ExtractContext {
    /// Progress, and whether somebody still waits.
    control: Control,
    /// Stands in for fonts that a file does not bring.
    fallback_font: FallbackFont,
}

/// Why there is no text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExtractError {
    /// The user has cancelled it.
    Cancelled,
    /// It cannot be read, as a sentence without a period.
    Failed(String),
}

impl fmt::Display for ExtractError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ExtractError::Cancelled => f.write_str("Cancelled"),
            ExtractError::Failed(reason) => f.write_str(reason),
        }
    }
}

impl std::error::Error for ExtractError {}

impl From<String> for ExtractError {
    fn from(reason: String) -> Self {
        ExtractError::Failed(reason)
    }
}

/// What a task that reads a file ended with, in words that are about the file. A panic there is no fault of
/// this program that the user could report: it means that the file is damaged.
impl From<TaskError> for ExtractError {
    fn from(error: TaskError) -> Self {
        ExtractError::Failed(match error {
            TaskError::Cancelled => return ExtractError::Cancelled,
            TaskError::Aborted(reason) => reason,
            TaskError::Panicked { .. } => "The file is damaged in a way that cannot be read past. \
                Open it in another program, and paste its text"
                .to_owned(),
            TaskError::TimedOut { deadline, .. } => format!(
                "Reading it takes longer than {} seconds; the file may be damaged. Open it in another \
                 program, and paste its text",
                deadline.as_secs()
            ),
            TaskError::NotStarted { .. } => {
                "The system has no room for one more task just now; try again".to_owned()
            }
        })
    }
}

/// The text of a document. The same bytes give the same text, and a text that was made here stays as it is.
///
/// # Errors
/// Why there is no text.
pub fn text(
    bytes: Vec<u8>,
    kind: Kind,
    fallback_font: FallbackFont,
) -> Result<Extracted, ExtractError> {
    text_watched(bytes, kind, fallback_font, &Control::unwatched())
}

/// The same, as part of a task that shows the progress and may be cancelled.
///
/// # Errors
/// As for [`text`]; [`ExtractError::Cancelled`] where the task was cancelled.
pub fn text_watched(
    bytes: Vec<u8>,
    kind: Kind,
    fallback_font: FallbackFont,
    watcher: &Control,
) -> Result<Extracted, ExtractError> {
    if bytes.len() > MAX_BYTES {
        return Err(ExtractError::Failed(format!(
            "The file is too large ({} MB): a text is taken from at most {} MB",
            bytes.len() >> 20,
            MAX_BYTES >> 20
        )));
    }
    let work = move |control: &Control| {
        let context = ExtractContext {
            control: control.clone(),
            fallback_font,
        };
        extract(&bytes, kind, &context)
    };
    guarded(work, MAX_TIME, watcher)
}

fn extract(bytes: &[u8], kind: Kind, context: &ExtractContext) -> Result<Extracted, ExtractError> {
    let Raw { paragraphs, notes } = (kind.spec().read)(bytes, context)?;
    let length: usize = paragraphs.iter().map(String::len).sum();
    if length > MAX_TEXT_BYTES {
        let most = MAX_TEXT_BYTES >> 20;
        return Err(ExtractError::Failed(format!(
            "There is more text than {most} MB: attach the part that is the document"
        )));
    }
    let text = clean::text(&paragraphs);
    match text.is_empty() {
        true => Err(ExtractError::Failed("There is no text in it".to_owned())),
        false => Ok(Extracted { text, notes }),
    }
}

/// Runs code of others on a file that anybody may have made: on a thread of its own with a large stack, for a
/// limited time. Its panics are expected, and stay off standard error.
fn guarded<T: Send + 'static>(
    work: impl FnOnce(&Control) -> Result<T, ExtractError> + Send + 'static,
    limit: Duration,
    watcher: &Control,
) -> Result<T, ExtractError> {
    let task = Task::new("Reading a document")
        .deadline(limit)
        .stack_bytes(STACK_BYTES)
        .silent()
        .spawn(work);
    task.wait_watched(&|share| {
        watcher.set_progress(share);
        !watcher.is_cancelled()
    })?
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: Duration = Duration::from_secs(600);

    fn run(
        limit: Duration,
        work: impl FnOnce(&Control) -> Result<u8, ExtractError> + Send + 'static,
    ) -> Result<u8, ExtractError> {
        guarded(work, limit, &Control::unwatched())
    }

    fn endless(control: &Control) -> Result<u8, ExtractError> {
        while !control.is_cancelled() {
            std::thread::yield_now();
        }
        Ok(1)
    }

    #[test]
    fn nothing_that_happens_there_reaches_the_program() {
        assert_eq!(run(LONG, |_| Ok(1)), Ok(1));
        assert_eq!(
            run(LONG, |control| control.abort("enough")),
            Err(ExtractError::Failed("enough".into()))
        );
        let panicked = run(LONG, |_| panic!("code of others failed")).unwrap_err();
        assert!(panicked.to_string().starts_with("The file is damaged"));
    }

    #[test]
    fn work_that_never_ends_is_left() {
        let watched = Task::new("Attaching").spawn(|control| {
            // Cancelled by its own watcher below.
            guarded(endless, LONG, control)
        });
        watched.cancel();
        assert_eq!(watched.wait(), Ok(Err(ExtractError::Cancelled)));
        let late = run(Duration::ZERO, endless).unwrap_err().to_string();
        assert!(
            late.starts_with("Reading it takes longer than 0 seconds"),
            "{late}"
        );
    }
}
