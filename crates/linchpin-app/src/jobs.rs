//! Work that a frame must not wait for: each job on a thread of its own, with a name, progress and a way to stop it.

use super::App;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};

/// What a job leaves behind.
pub enum Done {
    /// Files were written.
    Wrote(Vec<PathBuf>),
    /// A file was chosen to be opened; `None`: the dialog was closed, or there is none on this system.
    ChosenToOpen(Option<PathBuf>),
    /// A place to write to was chosen.
    ChosenToSave(Option<PathBuf>),
    /// A place to save the register was chosen.
    ChosenToSaveAs(Option<PathBuf>),
    /// Something for the state to take in.
    Then(Box<dyn FnOnce(&mut App) + Send>),
    /// It did not work, in words.
    Failed(String),
    /// Stopped by the user.
    Stopped,
}

impl Done {
    /// Something for the state to take in.
    pub fn then(take_in: impl FnOnce(&mut App) + Send + 'static) -> Self {
        Done::Then(Box::new(take_in))
    }
}

/// A job as the window shows it.
pub struct Job {
    pub id: u64,
    pub label: String,
    progress: Arc<AtomicU32>,
    cancel: Arc<AtomicBool>,
    /// Whether it is shown; dialogs of the system show themselves.
    pub visible: bool,
}

impl Job {
    /// How far it is, 0 to 1.
    pub fn progress(&self) -> f32 {
        self.progress.load(Ordering::Relaxed) as f32 / 1000.0
    }
}

/// What a running job may ask and tell.
#[derive(Clone)]
pub struct Control {
    /// The number of the job.
    pub id: u64,
    progress: Arc<AtomicU32>,
    cancel: Arc<AtomicBool>,
    wake: Arc<dyn Fn() + Send + Sync>,
}

impl Control {
    /// Says how far it is, 0 to 1.
    pub fn progress(&self, share: f32) {
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
pub struct Jobs {
    running: Vec<Job>,
    next: u64,
    sender: Sender<(u64, Done)>,
    receiver: Receiver<(u64, Done)>,
    wake: Arc<dyn Fn() + Send + Sync>,
}

impl Jobs {
    /// `wake` makes the window look at what is done.
    pub fn new(wake: impl Fn() + Send + Sync + 'static) -> Self {
        let (sender, receiver) = channel();
        Jobs {
            running: Vec::new(),
            next: 1,
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
        work: impl FnOnce(&Control) -> Done + Send + 'static,
    ) -> u64 {
        let id = self.next;
        self.next += 1;
        let control = Control {
            id,
            progress: Arc::default(),
            cancel: Arc::default(),
            wake: self.wake.clone(),
        };
        self.running.push(Job {
            id,
            label: label.into(),
            progress: control.progress.clone(),
            cancel: control.cancel.clone(),
            visible,
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
    pub fn finished(&mut self) -> Vec<Done> {
        let mut all = Vec::new();
        while let Ok((id, done)) = self.receiver.try_recv() {
            self.running.retain(|job| job.id != id);
            all.push(done);
        }
        all
    }

    /// The jobs that are running.
    pub fn running(&self) -> &[Job] {
        &self.running
    }

    /// Asks a job to stop.
    pub fn cancel(&self, id: u64) {
        if let Some(job) = self.running.iter().find(|job| job.id == id) {
            job.cancel.store(true, Ordering::Relaxed);
        }
    }
}
