//! Work that a frame must not wait for: each piece a [`Task`] with a label, progress and a way to
//! cancel it. Whatever happens to it, its outcome is delivered.

use super::App;
use linchpin_task::{Control, Task, TaskError, Wake};
use std::path::PathBuf;
use std::sync::Arc;

/// The outcome of a task.
pub enum TaskOutcome {
    /// Files were written.
    FilesWritten(Vec<PathBuf>),
    /// A file was chosen to be opened; `None`: the dialog was closed, or there is none on this
    /// system.
    OpenPathChosen(Option<PathBuf>),
    /// A place to write to was chosen.
    ExportPathChosen(Option<PathBuf>),
    /// A place to save the register was chosen.
    SaveAsPathChosen(Option<PathBuf>),
    /// Something for the state to take in.
    Apply(Box<dyn FnOnce(&mut App) + Send>),
    /// The same, unless the user has cancelled the task, also where its work was too far to stop.
    ApplyUnlessCancelled(Box<dyn FnOnce(&mut App) + Send>),
    /// It failed: the message.
    Failed(String),
    /// Stopped by the user.
    Cancelled,
}

impl TaskOutcome {
    /// Something for the state to take in.
    pub fn apply(take_in: impl FnOnce(&mut App) + Send + 'static) -> Self {
        TaskOutcome::Apply(Box::new(take_in))
    }

    /// Something for the state to take in, unless the task has been cancelled.
    pub fn apply_unless_cancelled(take_in: impl FnOnce(&mut App) + Send + 'static) -> Self {
        TaskOutcome::ApplyUnlessCancelled(Box::new(take_in))
    }
}

/// What the state does where a task has no result: takes back what it set when it started it.
type Recover = Box<dyn FnOnce(&mut App)>;

/// A task that runs, as the window shows it.
pub struct RunningTask {
    pub id: u64,
    pub label: &'static str,
    /// Whether it is shown; dialogs of the system show themselves.
    pub is_visible: bool,
    task: Task<TaskOutcome>,
    recover: Option<Recover>,
}

impl RunningTask {
    /// How far it is, 0 to 1.
    pub fn progress(&self) -> f32 {
        self.task.progress()
    }

    /// Whether it can still be asked to stop.
    pub fn can_cancel(&self) -> bool {
        self.task.can_cancel()
    }
}

/// How a task ended.
pub struct FinishedTask {
    pub result: Result<TaskOutcome, TaskError>,
    /// What is to be done where it has no result.
    pub recover: Option<Recover>,
}

/// All running tasks.
pub struct TaskRunner {
    running: Vec<RunningTask>,
    next_id: u64,
    wake: Wake,
}

impl TaskRunner {
    /// `wake` makes the window look at what is done.
    pub fn new(wake: impl Fn() + Send + Sync + 'static) -> Self {
        TaskRunner {
            running: Vec::new(),
            next_id: 1,
            wake: Arc::new(wake),
        }
    }

    /// Starts a task that has changed nothing in the state, and gives its number.
    pub fn start(
        &mut self,
        label: &'static str,
        is_visible: bool,
        work: impl FnOnce(&Control) -> TaskOutcome + Send + 'static,
    ) -> u64 {
        self.spawn(label, is_visible, None, work)
    }

    /// Starts a task for which the state waits. Where it panics, `recover` ends the waiting, so
    /// that the session goes on.
    pub fn start_or_recover(
        &mut self,
        label: &'static str,
        is_visible: bool,
        recover: impl FnOnce(&mut App) + 'static,
        work: impl FnOnce(&Control) -> TaskOutcome + Send + 'static,
    ) -> u64 {
        self.spawn(label, is_visible, Some(Box::new(recover)), work)
    }

    fn spawn(
        &mut self,
        label: &'static str,
        is_visible: bool,
        recover: Option<Recover>,
        work: impl FnOnce(&Control) -> TaskOutcome + Send + 'static,
    ) -> u64 {
        let id = self.next_id;
        self.next_id += 1;
        let task = Task::new(label).wake(self.wake.clone()).spawn(work);
        self.running.push(RunningTask {
            id,
            label,
            is_visible,
            task,
            recover,
        });
        id
    }

    /// The number that the next task gets.
    pub fn next_id(&self) -> u64 {
        self.next_id
    }

    /// What has been done since the last call, in the order in which it was started.
    pub fn take_finished(&mut self) -> Vec<FinishedTask> {
        let mut finished = Vec::new();
        self.running.retain_mut(|running| {
            let Some(result) = running.task.poll() else {
                return true;
            };
            let result = match result {
                Ok(TaskOutcome::ApplyUnlessCancelled(_)) if running.task.is_cancelled() => {
                    Err(TaskError::Cancelled)
                }
                other => other,
            };
            let recover = running.recover.take();
            finished.push(FinishedTask { result, recover });
            false
        });
        finished
    }

    /// The tasks that are running.
    pub fn running(&self) -> &[RunningTask] {
        &self.running
    }

    /// Asks a task to stop.
    pub fn cancel(&self, id: u64) {
        if let Some(running) = self.running.iter().find(|running| running.id == id) {
            running.task.cancel();
        }
    }
}
