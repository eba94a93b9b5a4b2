//! Work on another thread, in one form for all of it: named, with progress, a way to cancel it and,
//! where the input may be hostile, a deadline. What may take all memory, or cannot be asked to
//! stop, is done in a process of its own: [`child`].
//!
//! Whatever happens on that thread, whoever started it gets exactly one answer: the result, or a
//! [`TaskError`] that says what went wrong and what to do. A panic ends the task, never the
//! session.
//!
//! ```
//! use linchpin_task::{Task, TaskError};
//!
//! let task = Task::new("Adding").spawn(|control| {
//!     control.set_progress(0.5);
//!     1 + 1
//! });
//! assert_eq!(task.wait(), Ok(2));
//!
//! let task = Task::new("Counting").spawn(|_| -> u8 { panic!("out of fingers") });
//! assert!(matches!(task.wait(), Err(TaskError::Panicked { .. })));
//! ```

#![warn(missing_docs)]

pub mod child;
mod error;
#[cfg(feature = "fault-injection")]
pub mod fault_injection;
mod panic;

pub use error::TaskError;

use panic::{Aborted, SilencedPanics, message_of};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError, channel};
use std::time::Duration;

/// What is called when a task has news: progress, or its end. Makes the window paint a frame.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// The share of the work that is done, in thousandths; an atomic holds no float.
const WHOLE: f32 = 1000.0;

/// Whether a task may still be asked to stop. One atomic value, so that a request to stop and the
/// point of no return cannot both win.
const CAN_CANCEL: u8 = 0;
const CANCELLED: u8 = 1;
const PAST_CANCELLING: u8 = 2;

/// How often [`Task::wait_watched`] asks whether to go on: a key that cancels is felt at once, and
/// asking costs nothing.
const WATCH_INTERVAL: Duration = Duration::from_millis(40);

/// A task before it is started.
#[must_use = "a task does nothing until it is spawned"]
pub struct TaskBuilder {
    name: String,
    wake: Option<Wake>,
    deadline: Option<Duration>,
    stack_bytes: Option<usize>,
    is_silent: bool,
}

impl TaskBuilder {
    /// Calls `wake` at each step of progress and at the end.
    pub fn wake(mut self, wake: Wake) -> Self {
        self.wake = Some(wake);
        self
    }

    /// Gives up after this long: the task ends with [`TaskError::TimedOut`], and its thread, which
    /// cannot be stopped from outside, is left to itself with its cancel flag set.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// The size of the thread's stack, for work that follows the nesting of its input.
    pub fn stack_bytes(mut self, stack_bytes: usize) -> Self {
        self.stack_bytes = Some(stack_bytes);
        self
    }

    /// Keeps panics off standard error: for code of others on hostile input, where a panic is
    /// expected and the [`TaskError`] says all that there is to say.
    pub fn silent(mut self) -> Self {
        self.is_silent = true;
        self
    }

    /// Starts the work on a thread of its own.
    pub fn spawn<T: Send + 'static>(
        self,
        work: impl FnOnce(&Control) -> T + Send + 'static,
    ) -> Task<T> {
        let control = Control {
            name: self.name.as_str().into(),
            progress: Arc::default(),
            stage: Arc::default(),
            wake: self.wake.clone().unwrap_or_else(|| Arc::new(|| {})),
        };
        let (sender, receiver) = channel();
        let task = Task {
            control: control.clone(),
            receiver,
            is_delivered: false,
        };
        match self.deadline {
            None => self.start(control, sender, work),
            Some(deadline) => self.start_with_deadline(control, sender, deadline, work),
        }
        task
    }

    /// A second thread waits for the first one: the task then ends at its deadline even where
    /// nobody polls it.
    fn start_with_deadline<T: Send + 'static>(
        self,
        control: Control,
        sender: Sender<Result<T, TaskError>>,
        deadline: Duration,
        work: impl FnOnce(&Control) -> T + Send + 'static,
    ) {
        // The work answers the watchdog, and only the watchdog answers outside: a result that comes
        // after the deadline cannot be a second answer.
        let (inner_sender, inner_receiver) = channel();
        let waiting = control.clone();
        let watchdog = TaskBuilder {
            stack_bytes: None,
            ..Task::new(self.name.clone())
        };
        self.start(control.clone(), inner_sender, work);
        watchdog.start_raw(&control.clone(), &sender.clone(), move || {
            let result = match inner_receiver.recv_timeout(deadline) {
                Ok(result) => result,
                Err(RecvTimeoutError::Disconnected) => Err(TaskError::panicked(&waiting.name, "")),
                Err(RecvTimeoutError::Timeout) => {
                    waiting.cancel();
                    Err(TaskError::TimedOut {
                        task: waiting.name.to_string(),
                        deadline,
                    })
                }
            };
            // Nobody may be waiting any more.
            let _ = sender.send(result);
            (waiting.wake)();
        });
    }

    fn start<T: Send + 'static>(
        self,
        control: Control,
        sender: Sender<Result<T, TaskError>>,
        work: impl FnOnce(&Control) -> T + Send + 'static,
    ) {
        let is_silent = self.is_silent;
        // The thread takes its own with it; these answer where there is no thread.
        let (outside, answer) = (control.clone(), sender.clone());
        #[cfg(feature = "fault-injection")]
        let faults = fault_injection::InjectedFaults::of_this_thread();
        self.start_raw(&outside, &answer, move || {
            #[cfg(feature = "fault-injection")]
            faults.adopt();
            let silenced = is_silent.then(SilencedPanics::new);
            let result = caught(&control.name, || work(&control));
            drop(silenced);
            // Nobody may be waiting any more. Woken after the answer is there, or the window would
            // look too early and then sleep.
            let _ = sender.send(result);
            (control.wake)();
        });
    }

    /// Starts a thread; where the system gives none, that is the answer.
    fn start_raw<T: Send + 'static>(
        &self,
        control: &Control,
        sender: &Sender<Result<T, TaskError>>,
        run: impl FnOnce() + Send + 'static,
    ) {
        let mut thread = std::thread::Builder::new().name(self.name.clone());
        if let Some(bytes) = self.stack_bytes {
            thread = thread.stack_size(bytes);
        }
        if let Err(error) = thread.spawn(run) {
            let _ = sender.send(Err(TaskError::NotStarted {
                task: self.name.clone(),
                reason: error.to_string(),
            }));
            (control.wake)();
        }
    }
}

/// Work that runs on another thread, and the way to its result.
///
/// Dropping it cancels the work; [`Task::detach`] lets it run on.
#[derive(Debug)]
pub struct Task<T> {
    control: Control,
    receiver: Receiver<Result<T, TaskError>>,
    is_delivered: bool,
}

impl Task<()> {
    /// A task with a name, which messages about it carry: what it does, such as “Reading the
    /// texts”.
    #[allow(
        clippy::new_ret_no_self,
        reason = "a task is not there before it is spawned"
    )]
    pub fn new(name: impl Into<String>) -> TaskBuilder {
        TaskBuilder {
            name: name.into(),
            wake: None,
            deadline: None,
            stack_bytes: None,
            is_silent: false,
        }
    }
}

impl<T> Task<T> {
    /// Its name.
    pub fn name(&self) -> &str {
        &self.control.name
    }

    /// The share of the work that is done, 0 to 1.
    pub fn progress(&self) -> f32 {
        self.control.progress.load(Ordering::Relaxed) as f32 / WHOLE
    }

    /// Asks it to stop, unless it is past that. It answers all the same.
    pub fn cancel(&self) {
        self.control.cancel();
    }

    /// Whether asking it to stop can still change anything.
    pub fn can_cancel(&self) -> bool {
        self.control.stage.load(Ordering::Relaxed) == CAN_CANCEL
    }

    /// Whether it has been asked to stop.
    pub fn is_cancelled(&self) -> bool {
        self.control.is_cancelled()
    }

    /// Its answer, once, as soon as it is there; never waits.
    pub fn poll(&mut self) -> Option<Result<T, TaskError>> {
        if self.is_delivered {
            return None;
        }
        let answer = match self.receiver.try_recv() {
            Ok(answer) => answer,
            Err(TryRecvError::Empty) => return None,
            Err(TryRecvError::Disconnected) => Err(TaskError::panicked(&self.control.name, "")),
        };
        self.is_delivered = true;
        Some(answer)
    }

    /// Waits for its answer.
    ///
    /// # Errors
    /// What went wrong.
    pub fn wait(self) -> Result<T, TaskError> {
        let answer = self.receiver.recv();
        answer.unwrap_or_else(|_| Err(TaskError::panicked(&self.control.name, "")))
    }

    /// Waits for its answer and meanwhile tells `watch` the progress, 0 to 1; cancels the task and
    /// waits no longer as soon as that says `false`.
    ///
    /// # Errors
    /// What went wrong; [`TaskError::Cancelled`] where `watch` ended it.
    pub fn wait_watched(self, watch: &dyn Fn(f32) -> bool) -> Result<T, TaskError> {
        loop {
            match self.receiver.recv_timeout(WATCH_INTERVAL) {
                Ok(answer) => return answer,
                Err(RecvTimeoutError::Disconnected) => {
                    return Err(TaskError::panicked(&self.control.name, ""));
                }
                Err(RecvTimeoutError::Timeout) if watch(self.progress()) => {}
                // Dropping the task asks its thread to stop.
                Err(RecvTimeoutError::Timeout) => return Err(TaskError::Cancelled),
            }
        }
    }

    /// Lets it run on, with nobody waiting for its answer.
    pub fn detach(mut self) {
        self.is_delivered = true;
    }
}

impl<T> Drop for Task<T> {
    fn drop(&mut self) {
        // What has answered, or was detached, is not asked to stop: the work may have cloned its
        // control and go on using it.
        if !self.is_delivered {
            self.control.cancel();
        }
    }
}

/// What the work may ask and tell.
#[derive(Clone)]
pub struct Control {
    name: Arc<str>,
    progress: Arc<AtomicU32>,
    stage: Arc<AtomicU8>,
    wake: Wake,
}

impl std::fmt::Debug for Control {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Control")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

impl Control {
    /// The share of the work that is done, 0 to 1.
    pub fn set_progress(&self, share: f32) {
        // Relaxed here and below: these say something about the work, and guard no other data.
        let thousandths = (share.clamp(0.0, 1.0) * WHOLE) as u32;
        self.progress.store(thousandths, Ordering::Relaxed);
        (self.wake)();
    }

    /// Whether nobody waits for it any more. Long work asks from time to time and returns.
    pub fn is_cancelled(&self) -> bool {
        self.stage.load(Ordering::Relaxed) == CANCELLED
    }

    /// Before work that must not stop half-way, such as writing a file: from here on the task
    /// cannot be cancelled, and nobody offers to. `false` where it has been cancelled already: then
    /// the work is not begun.
    pub fn forbid_cancel(&self) -> bool {
        let entered = self.change_stage(CAN_CANCEL, PAST_CANCELLING);
        (self.wake)();
        entered != Err(CANCELLED)
    }

    /// Makes the window look at what a task has sent it by another way.
    pub fn wake(&self) {
        (self.wake)();
    }

    /// Ends the task from deep inside code of others that cannot be asked to stop; its answer is
    /// [`TaskError::Aborted`] with this reason.
    pub fn abort(&self, reason: impl Into<String>) -> ! {
        // Unlike `panic_any`, this calls no hook: nothing is printed for what is no fault.
        std::panic::resume_unwind(Box::new(Aborted(reason.into())))
    }

    fn cancel(&self) {
        // What is past cancelling goes on.
        let _ = self.change_stage(CAN_CANCEL, CANCELLED);
    }

    fn change_stage(&self, from: u8, to: u8) -> Result<u8, u8> {
        self.stage
            .compare_exchange(from, to, Ordering::Relaxed, Ordering::Relaxed)
    }

    /// A control of its own for work that runs on the caller's thread: never cancelled, its
    /// progress unseen.
    pub fn unwatched() -> Self {
        Control {
            name: "".into(),
            progress: Arc::default(),
            stage: Arc::default(),
            wake: Arc::new(|| {}),
        }
    }
}

/// Does work on the caller's thread, where that is quick; a panic is an error as in a [`Task`].
///
/// # Errors
/// Where the work panicked.
pub fn run_caught<T>(name: &str, work: impl FnOnce() -> T) -> Result<T, TaskError> {
    caught(name, work)
}

fn caught<T>(name: &str, work: impl FnOnce() -> T) -> Result<T, TaskError> {
    let guarded = || {
        #[cfg(feature = "fault-injection")]
        fault_injection::strike(name);
        work()
    };
    // A task owns what it works on, or shares it behind locks that ignore poisoning: nobody sees
    // what a panic left half done.
    catch_unwind(AssertUnwindSafe(guarded)).map_err(|thrown| match thrown.downcast::<Aborted>() {
        Ok(aborted) => TaskError::Aborted(aborted.0),
        Err(thrown) => TaskError::panicked(name, &message_of(&*thrown)),
    })
}

/// A place in the work that has a name, so that tests can hold the work there, between two steps of
/// it that must not be far apart; nothing else happens.
pub fn fault_point(name: &str) {
    #[cfg(feature = "fault-injection")]
    fault_injection::strike(name);
    #[cfg(not(feature = "fault-injection"))]
    let _ = name;
}

/// Frees a large value on another thread, so that a frame does not wait for it.
pub fn drop_in_background<T: Send + 'static>(value: T) {
    Task::new("Freeing memory")
        .spawn(move |_| drop(value))
        .detach();
}

#[cfg(test)]
mod tests;
