//! Why a child has no answer, in plain words.

use super::CHILD_MEMORY_BYTES;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::ExitStatus;
use std::time::Duration;

/// Signals, by the numbers that every Unix gives them.
const SIGABRT: i32 = 6;
const SIGKILL: i32 = 9;
const SIGSEGV: i32 = 11;
const SIGXCPU: i32 = 24;

/// Why a child has no answer. In words it is a sentence without a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChildError {
    /// It was stopped by the one who waited.
    Cancelled,
    /// The system did not start it, for this reason.
    NotStarted(String),
    /// The program's file is not there any more.
    ProgramGone(PathBuf),
    /// What was started is another program, or another version of it.
    OtherProgram(PathBuf),
    /// It took longer than this.
    TimedOut(Duration),
    /// It used up the processor's time that the system was told to give it.
    OutOfTime,
    /// It said more than so many bytes.
    TooMuchOutput(usize),
    /// It took more than so many bytes of memory.
    OutOfMemory(u64),
    /// It nested deeper than its stack.
    OutOfStack,
    /// Somebody killed it: the system, or another program.
    Killed,
    /// The system ended it for a fault, with this signal.
    Faulted(i32),
    /// It ended without an answer; its exit code, where there is one.
    NoAnswer(Option<i32>),
}

impl ChildError {
    /// What is known of an end without an answer: how it ended, what it wrote to its standard
    /// error, and the program where it is not known to be this one.
    pub(super) fn of_end(status: Option<ExitStatus>, said: &[u8], stranger: Option<&Path>) -> Self {
        let said = String::from_utf8_lossy(said);
        // What Rust prints before it aborts: the signal alone does not say why.
        if said.contains("memory allocation of") {
            return ChildError::OutOfMemory(CHILD_MEMORY_BYTES);
        }
        if said.contains("has overflowed its stack") {
            return ChildError::OutOfStack;
        }
        match (status.and_then(signal), stranger) {
            (Some(SIGKILL), _) => ChildError::Killed,
            (Some(SIGXCPU), _) => ChildError::OutOfTime,
            (Some(signal), _) => ChildError::Faulted(signal),
            (None, Some(program)) => ChildError::OtherProgram(program.to_owned()),
            (None, None) => ChildError::NoAnswer(status.and_then(|status| status.code())),
        }
    }
}

#[cfg(unix)]
fn signal(status: ExitStatus) -> Option<i32> {
    std::os::unix::process::ExitStatusExt::signal(&status)
}

#[cfg(not(unix))]
fn signal(_: ExitStatus) -> Option<i32> {
    None
}

impl std::error::Error for ChildError {}

impl fmt::Display for ChildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ChildError::Cancelled => f.write_str("Cancelled"),
            ChildError::NotStarted(reason) => write!(
                f,
                "Files of others are read in a process of its own, and the system starts none just \
                now ({reason}). Close other programs, and try again"
            ),
            ChildError::ProgramGone(path) => write!(
                f,
                "Files of others are read in a process of its own, and the file of this program \
                ({}) is gone: it was moved or removed while it ran. Start the program again",
                path.display()
            ),
            ChildError::OtherProgram(path) => write!(
                f,
                "Files of others are read in a process of its own, and the file of this program \
                ({}) holds another program or version by now. Start the program again",
                path.display()
            ),
            ChildError::TimedOut(limit) => write!(
                f,
                "Reading this file took longer than {} seconds, so it was stopped",
                limit.as_secs()
            ),
            ChildError::OutOfTime => f.write_str(
                "Reading this file took more time of the processor than it is given, so it was \
                stopped",
            ),
            ChildError::TooMuchOutput(limit) => write!(
                f,
                "Reading this file gave more than {} MB, so it was stopped",
                limit >> 20
            ),
            ChildError::OutOfMemory(limit) => write!(
                f,
                "Reading this file took more than {} of memory, so it was stopped",
                memory(*limit)
            ),
            ChildError::OutOfStack => f.write_str(
                "This file nests things in things more deeply than can be read, so it was stopped",
            ),
            ChildError::Killed => f.write_str(
                "The process that read this file was ended by the system or by another program",
            ),
            ChildError::Faulted(signal) => {
                f.write_str("The process that read this file failed over it")?;
                match *signal {
                    SIGABRT => f.write_str(" and aborted"),
                    SIGSEGV => f.write_str(" with a fault of memory"),
                    signal => write!(f, " (signal {signal})"),
                }
            }
            ChildError::NoAnswer(code) => {
                f.write_str("The process that read this file ended without a result")?;
                match code {
                    Some(code) => write!(f, " (exit code {code})"),
                    None => Ok(()),
                }
            }
        }
    }
}

/// “1 GB”, “512 MB”.
fn memory(bytes: u64) -> String {
    match bytes >> 30 {
        0 => format!("{} MB", bytes >> 20),
        whole => format!("{whole} GB"),
    }
}
