//! Work that a frame must not wait for. [`Spawner`] starts it, [`TaskRunner`] holds what changes the state when it
//! is done. Every task ends with something that the state takes in, a panic too.

use super::App;
use linchpin_task::{Control, Task, TaskError, Wake};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

/// What a task leaves behind.
pub enum TaskOutcome {
    /// Files were written.
    FilesWritten(Vec<PathBuf>),
    /// A file was chosen to be opened; `None`: the dialog was closed, or there is none on this system.
    OpenPathChosen(Option<PathBuf>),
    /// A place to write to was chosen.
    ExportPathChosen(Option<PathBuf>),
    /// A place to save the register was chosen.
    SaveAsPathChosen(Option<PathBuf>),
    /// Something for the state to take in.
    Apply(Box<dyn FnOnce(&mut App) + Send>),
    /// Something that has happened outside and that the state must know, also where the user has cancelled.
    Committed(Box<dyn FnOnce(&mut App) + Send>),
    /// It did not work, in words.
    Failed(String),
    /// Stopped by the user.
    Cancelled,
}

impl TaskOutcome {
    /// Something for the state to take in.
    pub fn apply(take_in: impl FnOnce(&mut App) + Send + 'static) -> Self {
        TaskOutcome::Apply(Box::new(take_in))
    }

    /// Something that has happened outside and that the state must know, also where the user has cancelled.
    pub fn committed(take_in: impl FnOnce(&mut App) + Send + 'static) -> Self {
        TaskOutcome::Committed(Box::new(take_in))
    }
}

/// Starts tasks, of this and of other modules, and collects what went wrong in those that nobody holds an answer
/// of. Clones share everything.
#[derive(Clone)]
pub struct Spawner {
    wake: Wake,
    errors: Arc<Mutex<Vec<TaskError>>>,
    #[cfg(feature = "fault-injection")]
    faults: Arc<Mutex<Vec<String>>>,
}

impl Spawner {
    /// `wake` makes the window look at what is done.
    pub fn new(wake: Wake) -> Self {
        Spawner {
            wake,
            errors: Arc::default(),
            #[cfg(feature = "fault-injection")]
            faults: Arc::default(),
        }
    }

    /// Starts a task that wakes the window when it has news.
    pub fn spawn<T: Send + 'static>(
        &self,
        name: &str,
        work: impl FnOnce(&Control) -> T + Send + 'static,
    ) -> Task<T> {
        let builder = Task::new(name).wake(self.wake.clone());
        #[cfg(feature = "fault-injection")]
        if self.take_fault(name) {
            return builder.silent().spawn(|_| panic!("made to fail by a test"));
        }
        builder.spawn(work)
    }

    /// Tells the user that a task has failed whose answer the state does not take in.
    pub fn report(&self, error: TaskError) {
        let mut errors = self.errors.lock().unwrap_or_else(PoisonError::into_inner);
        errors.push(error);
    }

    /// What was reported since the last call.
    pub(super) fn take_errors(&self) -> Vec<TaskError> {
        std::mem::take(&mut *self.errors.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Makes the next task with this name panic.
    #[cfg(feature = "fault-injection")]
    pub fn inject_fault(&self, name: &str) {
        let mut faults = self.faults.lock().unwrap_or_else(PoisonError::into_inner);
        faults.push(name.to_owned());
    }

    #[cfg(feature = "fault-injection")]
    fn take_fault(&self, name: &str) -> bool {
        let mut faults = self.faults.lock().unwrap_or_else(PoisonError::into_inner);
        let at = faults.iter().position(|fault| fault == name);
        at.map(|at| faults.remove(at)).is_some()
    }
}

/// What puts the state right where a task has no result.
type OnError = Box<dyn FnOnce(&mut App, &TaskError) + Send>;

/// A task that is running, as the window shows it.
pub struct RunningTask {
    /// Its number.
    pub id: u64,
    /// Whether it is shown; dialogs of the system show themselves.
    pub is_visible: bool,
    task: Task<TaskOutcome>,
    on_error: OnError,
}

impl RunningTask {
    /// What it does.
    pub fn label(&self) -> &str {
        self.task.name()
    }

    /// How far it is, 0 to 1.
    pub fn progress(&self) -> f32 {
        self.task.progress()
    }

    /// Takes in how it ended.
    pub(super) fn finish(self, app: &mut App, answer: Result<TaskOutcome, TaskError>) {
        let is_cancelled = self.task.is_cancelled();
        let error = match answer {
            // What the user has cancelled changes nothing any more, also where the work was too far to stop.
            Ok(TaskOutcome::Apply(_) | TaskOutcome::Cancelled) if is_cancelled => {
                TaskError::Cancelled
            }
            Ok(TaskOutcome::Cancelled) => TaskError::Cancelled,
            Ok(outcome) => return app.apply_task_outcome(outcome),
            Err(error) => error,
        };
        match error {
            TaskError::Cancelled if !self.is_visible => {}
            TaskError::Cancelled => app.apply_task_outcome(TaskOutcome::Cancelled),
            _ => app.notices.error(error.to_string()),
        }
        (self.on_error)(app, &error);
    }
}

/// All running tasks that change the state when they are done.
pub struct TaskRunner {
    running: Vec<RunningTask>,
    next_id: u64,
    spawner: Spawner,
}

impl TaskRunner {
    /// Starts its tasks with this spawner.
    pub fn new(spawner: Spawner) -> Self {
        TaskRunner {
            running: Vec::new(),
            next_id: 1,
            spawner,
        }
    }

    /// What starts its tasks, and those of others.
    pub fn spawner(&self) -> &Spawner {
        &self.spawner
    }

    /// Starts a task that leaves nothing to put right where it fails, and gives its number.
    pub fn start(
        &mut self,
        label: &str,
        visible: bool,
        work: impl FnOnce(&Control) -> TaskOutcome + Send + 'static,
    ) -> u64 {
        self.start_or_else(label, visible, |_, _| {}, work)
    }

    /// Starts a task. Where it panics, is cancelled or cannot be started, the user is told, and `on_error` puts
    /// right what the state has noted of the task.
    pub fn start_or_else(
        &mut self,
        label: &str,
        visible: bool,
        on_error: impl FnOnce(&mut App, &TaskError) + Send + 'static,
        work: impl FnOnce(&Control) -> TaskOutcome + Send + 'static,
    ) -> u64 {
        let id = self.next_id();
        self.next_id += 1;
        self.running.push(RunningTask {
            id,
            is_visible: visible,
            task: self.spawner.spawn(label, work),
            on_error: Box::new(on_error),
        });
        id
    }

    /// The number of the task that is started next.
    pub fn next_id(&self) -> u64 {
        self.next_id
    }

    /// The tasks that have ended since the last call, with how they ended.
    pub(super) fn take_finished(&mut self) -> Vec<(RunningTask, Result<TaskOutcome, TaskError>)> {
        let mut finished = Vec::new();
        for mut running in std::mem::take(&mut self.running) {
            match running.task.poll() {
                Some(answer) => finished.push((running, answer)),
                None => self.running.push(running),
            }
        }
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
