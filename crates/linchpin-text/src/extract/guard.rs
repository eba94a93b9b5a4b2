//! Extraction out of files that anybody may have made, with code of others: a task with a deadline,
//! a large stack and no word on standard error, whatever happens there.

use super::messages::ExtractError;
use linchpin_task::{Control, Task, TaskError};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// The stack of the task, of which only what is used is taken: files nest things in things.
const STACK_BYTES: usize = 256 << 20;

/// The bytes of an OpenType font that stands in for fonts that a PDF does not bring. Only the
/// places of its letters count.
pub type FallbackFont = &'static [u8];

/// How the waiting side follows the work.
pub struct ExtractWatcher<'a> {
    /// Whether the work should stop.
    pub is_cancelled: &'a dyn Fn() -> bool,
    /// How far it is, 0 to 1.
    pub progress: &'a dyn Fn(f32),
}

/// What the readers of the formats may ask and tell.
#[derive(Clone)]
pub struct ExtractContext {
    control: Control,
    fallback_font: FallbackFont,
    /// Why the work was ended from deep inside code of others: a task hands on words only.
    abort_error: Arc<OnceLock<ExtractError>>,
}

impl ExtractContext {
    /// For tests of readers: never cancelled, without a font.
    #[cfg(test)]
    pub fn unwatched() -> Self {
        ExtractContext {
            control: Control::unwatched(),
            fallback_font: &[],
            abort_error: Arc::default(),
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
            self.abort(ExtractError::Cancelled)
        }
    }

    /// Ends the work from deep inside code of others that cannot be asked to end.
    pub fn abort(&self, error: ExtractError) -> ! {
        // Only the first reason counts: what follows is the way out.
        let _ = self.abort_error.set(error);
        self.control.abort("aborted")
    }
}

/// What the work says; or that it failed, took too long, or was cancelled.
pub fn guarded<T: Send + 'static>(
    fallback_font: FallbackFont,
    work: impl FnOnce(&ExtractContext) -> Result<T, ExtractError> + Send + 'static,
    watcher: &ExtractWatcher<'_>,
    deadline: Duration,
) -> Result<T, ExtractError> {
    // On a thread of its own: a panic, an abort or an endless loop in code of others ends with it,
    // and only there the stack is large enough.
    let abort_error = Arc::new(OnceLock::new());
    let shared = Arc::clone(&abort_error);
    let task = Task::new("Reading a document")
        .deadline(deadline)
        .stack_bytes(STACK_BYTES)
        .silent()
        .spawn(move |control| {
            work(&ExtractContext {
                control: control.clone(),
                fallback_font,
                abort_error: shared,
            })
        });
    let result = task.wait_watched(&|share| {
        (watcher.progress)(share);
        !(watcher.is_cancelled)()
    });
    result.unwrap_or_else(|error| {
        Err(match error {
            TaskError::Cancelled => ExtractError::Cancelled,
            TaskError::Aborted(_) => abort_error.get().cloned().unwrap_or(ExtractError::Damaged),
            TaskError::Panicked { .. } => ExtractError::Damaged,
            TaskError::TimedOut { deadline, .. } => ExtractError::TimedOut(deadline),
            TaskError::NotStarted { .. } => ExtractError::NotStarted,
        })
    })
}

/// For tests of readers: whether work that nobody waits for any more ends before it is done.
#[cfg(test)]
pub fn is_ended_early(work: impl FnOnce(&ExtractContext) + Send + 'static) -> bool {
    let task = Task::new("Reading a document")
        .silent()
        .spawn(move |control| {
            while !control.is_cancelled() {
                std::thread::yield_now();
            }
            work(&ExtractContext {
                control: control.clone(),
                ..ExtractContext::unwatched()
            })
        });
    task.cancel();
    matches!(task.wait(), Err(TaskError::Aborted(_)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::panic::resume_unwind;

    fn run(
        deadline: Duration,
        is_cancelled: bool,
        work: impl FnOnce(&ExtractContext) -> Result<u8, ExtractError> + Send + 'static,
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
        let aborted = run(LONG, false, |context| {
            context.abort(ExtractError::PdfTooLarge)
        });
        assert_eq!(aborted, Err(ExtractError::PdfTooLarge));
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
