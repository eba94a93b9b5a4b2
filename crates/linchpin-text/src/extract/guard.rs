//! Extraction out of files that anybody may have made, with code of others: a task with a deadline, a
//! large stack and no word on standard error, whatever happens there.

use linchpin_task::{Control, Task, TaskError};
use std::fmt;
use std::time::Duration;

/// The stack of the task, of which only what is used is taken: files nest things in things.
const STACK_BYTES: usize = 256 << 20;

/// The bytes of an OpenType font that stands in for fonts that a PDF does not bring. Only the places of
/// its letters count.
pub type FallbackFont = &'static [u8];

/// What the waiting side asks, and is told.
pub struct ExtractWatcher<'a> {
    /// Whether the work should stop.
    pub is_cancelled: &'a dyn Fn() -> bool,
    /// How far it is, 0 to 1.
    pub progress: &'a dyn Fn(f32),
}

/// Why there is no text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExtractError {
    /// It was stopped by the one who waited.
    Cancelled,
    /// Why, as a sentence without a period.
    Failed(String),
}

impl fmt::Display for ExtractError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ExtractError::Cancelled => "Cancelled",
            ExtractError::Failed(reason) => reason,
        })
    }
}

impl std::error::Error for ExtractError {}

/// What the readers of the formats may ask and tell.
#[derive(Clone)]
pub struct ExtractContext {
    control: Control,
    fallback_font: FallbackFont,
}

impl ExtractContext {
    /// For tests of readers: never cancelled, without a font.
    #[cfg(test)]
    pub fn unwatched() -> Self {
        ExtractContext {
            control: Control::unwatched(),
            fallback_font: &[],
        }
    }

    /// The font for files that bring none.
    pub fn fallback_font(&self) -> FallbackFont {
        self.fallback_font
    }

    /// Says how far it is, 0 to 1.
    pub fn progress(&self, share: f32) {
        self.control.set_progress(share);
    }

    /// Ends the work here where nobody waits for it any more.
    pub fn stop_if_cancelled(&self) {
        if self.control.is_cancelled() {
            // Nobody reads the reason.
            self.control.abort("Cancelled")
        }
    }

    /// Ends the work from deep inside code of others that cannot be asked to end.
    pub fn abort(&self, reason: &'static str) -> ! {
        self.control.abort(reason)
    }
}

/// What the work says; or that it failed, took too long, or was cancelled.
pub fn guarded<T: Send + 'static>(
    fallback_font: FallbackFont,
    work: impl FnOnce(&ExtractContext) -> Result<T, String> + Send + 'static,
    watcher: &ExtractWatcher<'_>,
    deadline: Duration,
) -> Result<T, ExtractError> {
    let task = Task::new("Reading a document")
        .deadline(deadline)
        .stack_bytes(STACK_BYTES)
        .silent()
        .spawn(move |control| {
            work(&ExtractContext {
                control: control.clone(),
                fallback_font,
            })
        });
    let result = task.wait_watched(&|share| {
        (watcher.progress)(share);
        !(watcher.is_cancelled)()
    });
    let reason = match result {
        Ok(result) => return result.map_err(ExtractError::Failed),
        Err(TaskError::Cancelled) => return Err(ExtractError::Cancelled),
        Err(TaskError::Aborted(reason)) => reason,
        Err(TaskError::Panicked { .. }) => {
            "The file is damaged in a way that cannot be read past. \
            Open it in another program, and paste its text"
                .to_owned()
        }
        Err(TaskError::TimedOut { deadline, .. }) => format!(
            "Reading it takes longer than {} seconds; the file may be damaged. Open it in another \
            program, and paste its text",
            deadline.as_secs()
        ),
        Err(TaskError::NotStarted { .. }) => {
            "The system has no room for one more task just now; try again".to_owned()
        }
    };
    Err(ExtractError::Failed(reason))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::panic::resume_unwind;

    fn run(
        deadline: Duration,
        is_cancelled: bool,
        work: impl FnOnce(&ExtractContext) -> Result<u8, String> + Send + 'static,
    ) -> Result<u8, ExtractError> {
        let watcher = ExtractWatcher {
            is_cancelled: &|| is_cancelled,
            progress: &|_| {},
        };
        guarded(&[], work, &watcher, deadline)
    }

    const LONG: Duration = Duration::from_secs(600);

    #[test]
    fn nothing_that_happens_there_reaches_the_program() {
        assert_eq!(run(LONG, false, |_| Ok(1)), Ok(1));
        let aborted = run(LONG, false, |context| context.abort("enough"));
        assert_eq!(aborted, Err(ExtractError::Failed("enough".into())));
        let panicked = run(LONG, false, |_| {
            resume_unwind(Box::new("others' code failed"))
        });
        let words = panicked.unwrap_err().to_string();
        assert!(words.starts_with("The file is damaged"), "{words}");
    }

    #[test]
    fn work_that_never_ends_is_given_up() {
        let endless = |context: &ExtractContext| {
            loop {
                context.stop_if_cancelled();
                std::thread::yield_now();
            }
        };
        assert_eq!(run(LONG, true, endless), Err(ExtractError::Cancelled));
        let late = run(Duration::ZERO, false, endless).unwrap_err().to_string();
        assert!(
            late.starts_with("Reading it takes longer than 0 seconds"),
            "{late}"
        );
    }
}
