//! Work that a frame must not wait for: each job on a thread of its own, with a name, progress and a way to stop it.

use super::App;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};

/// What a job leaves behind.
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
}

/// A job as the window shows it.
pub struct Task {
    pub id: u64,
    pub label: String,
    progress: Arc<AtomicU32>,
    cancel: Arc<AtomicBool>,
    /// Whether it is shown; dialogs of the system show themselves.
    pub is_visible: bool,
}

impl Task {
    /// How far it is, 0 to 1.
    pub fn progress(&self) -> f32 {
        self.progress.load(Ordering::Relaxed) as f32 / 1000.0
    }
}

/// What a running job may ask and tell.
#[derive(Clone)]
pub struct TaskContext {
    /// The number of the job.
    pub id: u64,
    progress: Arc<AtomicU32>,
    cancel: Arc<AtomicBool>,
    wake: Arc<dyn Fn() + Send + Sync>,
}

impl TaskContext {
    /// Says how far it is, 0 to 1.
    pub fn set_progress(&self, share: f32) {
        self.progress
            .store((share.clamp(0.0, 1.0) * 1000.0) as u32, Ordering::Relaxed);
        (self.wake)();
    }

    /// Whether the user wants it to stop.
    pub fn is_cancelled(&self) -> bool {
        self.cancel.load(Ordering::Relaxed)
    }
}

/// All running jobs.
pub struct TaskRunner {
    running: Vec<Task>,
    next_id: u64,
    sender: Sender<(u64, TaskOutcome)>,
    receiver: Receiver<(u64, TaskOutcome)>,
    wake: Arc<dyn Fn() + Send + Sync>,
}

impl TaskRunner {
    /// `wake` makes the window look at what is done.
    pub fn new(wake: impl Fn() + Send + Sync + 'static) -> Self {
        let (sender, receiver) = channel();
        TaskRunner {
            running: Vec::new(),
            next_id: 1,
            sender,
            receiver,
            wake: Arc::new(wake),
        }
    }

    /// Starts a job, and gives its number.
    pub fn start(
        &mut self,
        label: impl Into<String>,
        visible: bool,
        work: impl FnOnce(&TaskContext) -> TaskOutcome + Send + 'static,
    ) -> u64 {
        let id = self.next_id;
        self.next_id += 1;
        let control = TaskContext {
            id,
            progress: Arc::default(),
            cancel: Arc::default(),
            wake: self.wake.clone(),
        };
        self.running.push(Task {
            id,
            label: label.into(),
            progress: control.progress.clone(),
            cancel: control.cancel.clone(),
            is_visible: visible,
        });
        let sender = self.sender.clone();
        std::thread::spawn(move || {
            let done = work(&control);
            // The window may be gone by now.
            let _ = sender.send((id, done));
            (control.wake)();
        });
        id
    }

    /// What has been done since the last call.
    pub fn take_finished(&mut self) -> Vec<TaskOutcome> {
        let mut all = Vec::new();
        while let Ok((id, done)) = self.receiver.try_recv() {
            self.running.retain(|job| job.id != id);
            all.push(done);
        }
        all
    }

    /// The jobs that are running.
    pub fn running(&self) -> &[Task] {
        &self.running
    }

    /// Asks a job to stop.
    pub fn cancel(&self, id: u64) {
        if let Some(job) = self.running.iter().find(|job| job.id == id) {
            job.cancel.store(true, Ordering::Relaxed);
        }
    }
}
