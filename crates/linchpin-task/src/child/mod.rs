//! Work in a process of its own, for input that anybody may have made: what it takes of memory,
//! time and output is bounded, it can be ended at once, and whatever becomes of it, this process
//! goes on.
//!
//! The program starts itself, with arguments under which it calls [`serve`]. Input goes over its
//! standard input and the answer comes back over its standard output; nothing of the input is ever
//! an argument, and the environment is empty. What the process may take of the system it limits
//! itself, before it reads anything: that needs the system, which this crate does not know.

mod error;
mod frames;
mod serve;
#[cfg(all(test, unix))]
mod tests;

pub use error::ChildError;
pub use serve::serve;

use crate::{Task, WATCH_INTERVAL};
use frames::{ChildEvent, read_frames};
use std::ffi::OsString;
use std::io::{ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// The memory that a child may take for its work.
pub const CHILD_MEMORY_BYTES: u64 = 1 << 30;
/// How long a child that has said all may take to end, and how often it is asked.
const END_PATIENCE: Duration = Duration::from_secs(2);
const END_INTERVAL: Duration = Duration::from_millis(2);
/// How much is kept of what it writes to its standard error.
const MAX_STDERR_BYTES: u64 = 4096;
/// On Linux: the program that runs, also where its file has been replaced or removed since.
const RUNNING_PROGRAM: &str = "/proc/self/exe";

/// What is started as a child.
///
/// A value, since the program that runs is not always the one to start: in tests it is the test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChildProgram {
    /// `None`: the program that is running.
    path: Option<PathBuf>,
    args: Vec<OsString>,
}

/// What a child may take. Its memory it limits itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChildLimits {
    /// From its start to its answer.
    pub time: Duration,
    /// All that it says.
    pub output_bytes: usize,
}

impl ChildProgram {
    /// The program that is running.
    pub fn own() -> Self {
        ChildProgram {
            path: None,
            args: Vec::new(),
        }
    }

    /// Another program, with arguments that go before those of [`ChildProgram::run`].
    pub fn at(path: impl Into<PathBuf>, args: &[&str]) -> Self {
        ChildProgram {
            path: Some(path.into()),
            args: args.iter().map(OsString::from).collect(),
        }
    }

    /// Starts it with these arguments, hands it the input, and waits for its answer. Meanwhile
    /// `watch` is told how far it is, 0 to 1; the child is killed as soon as that says `false`.
    ///
    /// # Errors
    /// Why there is no answer. The child is gone in every case.
    pub fn run(
        &self,
        args: &[&str],
        input: Vec<u8>,
        limits: ChildLimits,
        watch: &dyn Fn(f32) -> bool,
    ) -> Result<Vec<u8>, ChildError> {
        if !watch(0.0) {
            return Err(ChildError::Cancelled);
        }
        let path = match &self.path {
            Some(path) => path.clone(),
            None => running_program().map_err(|error| ChildError::NotStarted(error.to_string()))?,
        };
        let mut child = RunningChild::start(self.command(&path, args), &path)?;
        let stdin = child.send(input);
        let events = child.read(limits.output_bytes);
        let stderr = child.listen_to_errors();
        let answer = wait_for_answer(&events, limits, watch, &path);
        let answer = answer.unwrap_or_else(|is_greeted| {
            let status = child.wait_for_end();
            let said = stderr.wait_watched(&|_| false).unwrap_or_default();
            let stranger = (!is_greeted).then_some(path.as_path());
            Err(ChildError::of_end(status, &said, stranger))
        });
        // Killed while its input is still open: it would take the end of that for our end.
        drop(child);
        drop(stdin);
        answer
    }

    fn command(&self, path: &Path, args: &[&str]) -> Command {
        let mut command = Command::new(path);
        command
            .args(&self.args)
            .args(args)
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        // Without it, no program gets random numbers there.
        #[cfg(windows)]
        if let Some(root) = std::env::var_os("SystemRoot") {
            command.env("SystemRoot", root);
        }
        // Lists of processes show the name of the program instead of the way to it.
        #[cfg(unix)]
        if let (None, Some(name)) = (&self.path, std::env::args_os().next()) {
            use std::os::unix::process::CommandExt as _;
            command.arg0(name);
        }
        command
    }
}

fn running_program() -> std::io::Result<PathBuf> {
    let running = Path::new(RUNNING_PROGRAM);
    match cfg!(target_os = "linux") && running.symlink_metadata().is_ok() {
        true => Ok(running.to_owned()),
        false => std::env::current_exe(),
    }
}

/// The answer, or why there is none; where the child has ended by itself, whether it has greeted.
fn wait_for_answer(
    events: &Receiver<ChildEvent>,
    limits: ChildLimits,
    watch: &dyn Fn(f32) -> bool,
    path: &Path,
) -> Result<Result<Vec<u8>, ChildError>, bool> {
    let end = Instant::now() + limits.time;
    let (mut share, mut is_greeted) = (0.0, false);
    loop {
        let left = end.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Ok(Err(ChildError::TimedOut(limits.time)));
        }
        match events.recv_timeout(left.min(WATCH_INTERVAL)) {
            Ok(ChildEvent::Greeting) => is_greeted = true,
            Ok(ChildEvent::Progress(now)) if is_greeted => share = now,
            Ok(ChildEvent::Answer(bytes)) if is_greeted => return Ok(Ok(bytes)),
            Ok(ChildEvent::TooMuch) if is_greeted => {
                return Ok(Err(ChildError::TooMuchOutput(limits.output_bytes)));
            }
            Ok(_) => return Ok(Err(ChildError::OtherProgram(path.to_owned()))),
            Err(RecvTimeoutError::Disconnected) => return Err(is_greeted),
            Err(RecvTimeoutError::Timeout) => {}
        }
        if !watch(share) {
            return Ok(Err(ChildError::Cancelled));
        }
    }
}

/// A child that does not outlive this value.
struct RunningChild(Child);

impl RunningChild {
    fn start(mut command: Command, path: &Path) -> Result<Self, ChildError> {
        let child = command.spawn().map_err(|error| match error.kind() {
            ErrorKind::NotFound => ChildError::ProgramGone(path.to_owned()),
            _ => ChildError::NotStarted(error.to_string()),
        })?;
        Ok(RunningChild(child))
    }

    /// Writes the input. The pipe stays open behind it, as long as the task is kept.
    fn send(&mut self, input: Vec<u8>) -> Task<Option<ChildStdin>> {
        let stdin = self.0.stdin.take();
        Task::new("Writing to a child").spawn(move |_| {
            let mut stdin = stdin?;
            // What it does not read shows in its answer.
            let _ = stdin.write_all(&(input.len() as u64).to_le_bytes());
            let _ = stdin.write_all(&input);
            let _ = stdin.flush();
            Some(stdin)
        })
    }

    fn read(&mut self, max_bytes: usize) -> Receiver<ChildEvent> {
        let (sender, events) = channel();
        let stdout = self.0.stdout.take();
        let read = Task::new("Reading from a child").spawn(move |_| {
            if let Some(stdout) = stdout {
                read_frames(stdout, max_bytes, &sender);
            }
        });
        // It ends with the pipe, and so with the child.
        read.detach();
        events
    }

    /// What it writes to its standard error, of which the beginning is kept.
    fn listen_to_errors(&mut self) -> Task<Vec<u8>> {
        let stderr = self.0.stderr.take();
        Task::new("Reading from a child").spawn(move |_| {
            let mut said = Vec::new();
            if let Some(mut stderr) = stderr {
                let _ = stderr
                    .by_ref()
                    .take(MAX_STDERR_BYTES)
                    .read_to_end(&mut said);
                // A full pipe would hold it up.
                let _ = std::io::copy(&mut stderr, &mut std::io::sink());
            }
            said
        })
    }

    /// How it ended, where it has closed its output; `None` where it does not end.
    fn wait_for_end(&mut self) -> Option<ExitStatus> {
        let end = Instant::now() + END_PATIENCE;
        let (_open, nothing) = channel::<()>();
        while Instant::now() < end {
            if let Some(status) = self.0.try_wait().ok()? {
                return Some(status);
            }
            // Nothing ever comes.
            let _ = nothing.recv_timeout(END_INTERVAL);
        }
        None
    }
}

impl Drop for RunningChild {
    fn drop(&mut self) {
        // Where it has ended already, neither does anything.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
