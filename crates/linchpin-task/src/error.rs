//! Why a task has no result, in plain words.

use std::fmt;
use std::time::Duration;

/// Why a task has no result. Its words say what happened and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TaskError {
    /// It was asked to stop, and nobody waited for its answer.
    Cancelled,
    /// The work ended itself, with its reason as a sentence without a period.
    Aborted(String),
    /// The work panicked: a fault in the program.
    Panicked {
        /// The name of the task.
        task: String,
        /// What the panic said; empty where it said nothing.
        message: String,
    },
    /// It took longer than it may.
    TimedOut {
        /// The name of the task.
        task: String,
        /// How long it might take.
        deadline: Duration,
    },
    /// The system gave no thread to it.
    NotStarted {
        /// The name of the task.
        task: String,
        /// What the system said.
        reason: String,
    },
}

impl TaskError {
    pub(crate) fn panicked(task: &str, message: &str) -> Self {
        TaskError::Panicked {
            task: task.to_owned(),
            message: message.to_owned(),
        }
    }
}

impl fmt::Display for TaskError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TaskError::Cancelled => f.write_str("Cancelled"),
            TaskError::Aborted(reason) => f.write_str(reason),
            TaskError::Panicked { task, message } => {
                write!(f, "“{task}” failed because of a fault in the program")?;
                if !message.is_empty() {
                    write!(f, " ({message})")?;
                }
                f.write_str(
                    ". Nothing else is affected; try again, and report it if it happens again",
                )
            }
            TaskError::TimedOut { task, deadline } => write!(
                f,
                "“{task}” took longer than {} seconds and was given up. \
                Try again, or try a smaller file",
                deadline.as_secs()
            ),
            TaskError::NotStarted { task, reason } => write!(
                f,
                "“{task}” could not be started ({reason}). Close other programs, and try again"
            ),
        }
    }
}

impl std::error::Error for TaskError {}
