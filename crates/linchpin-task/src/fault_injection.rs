//! For tests: makes the next task of a given name panic, or holds it until it has been cancelled.
//!
//! Faults belong to the thread that injects them, and to every task that is started from there,
//! directly or by another task. So tests that run side by side in one process do not hit each
//! other's tasks.
//!
//! ```
//! use linchpin_task::{Task, fault_injection};
//!
//! fault_injection::inject_panic("Counting");
//! assert!(Task::new("Counting").spawn(|_| 1).wait().is_err());
//! assert_eq!(Task::new("Counting").spawn(|_| 1).wait(), Ok(1));
//! ```

use std::cell::RefCell;
use std::panic::resume_unwind;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What is to happen to tasks, each once.
#[derive(Clone, Default)]
pub(crate) struct InjectedFaults(Arc<Mutex<Vec<(String, Fault)>>>);

enum Fault {
    Panic,
    /// Says that it is there, then waits until the other end is dropped.
    Hold(Sender<()>, Receiver<()>),
}

thread_local! {
    static FAULTS: RefCell<InjectedFaults> = RefCell::default();
}

/// While it lives, the task that it holds does not go on.
#[must_use = "dropped, it holds nothing"]
pub struct HeldTask {
    _release: Sender<()>,
    reached: Receiver<()>,
}

impl HeldTask {
    /// Waits until there is a task to be held, and it stands still. `false` where none comes.
    pub fn wait_until_reached(&self) -> bool {
        self.reached.recv().is_ok()
    }
}

/// Makes the next task of this name panic that this thread, or a task started by it, starts.
pub fn inject_panic(name: &str) {
    inject(name, Fault::Panic);
}

/// Holds the next task of this name at its beginning: it can be cancelled before it has done
/// anything. A name given to [`crate::fault_point`] holds it there.
pub fn hold(name: &str) -> HeldTask {
    let (release, released) = channel();
    let (reach, reached) = channel();
    inject(name, Fault::Hold(reach, released));
    HeldTask {
        _release: release,
        reached,
    }
}

/// The names of the tasks that nothing has happened to yet: a test looks here whether its fault was
/// hit.
pub fn pending() -> Vec<String> {
    let faults = InjectedFaults::of_this_thread();
    faults.lock().iter().map(|(name, _)| name.clone()).collect()
}

fn inject(name: &str, fault: Fault) {
    let faults = InjectedFaults::of_this_thread();
    faults.lock().push((name.to_owned(), fault));
}

impl InjectedFaults {
    pub(crate) fn of_this_thread() -> Self {
        FAULTS.with_borrow(Clone::clone)
    }

    /// Makes a new thread share the faults of the one that started it.
    pub(crate) fn adopt(self) {
        FAULTS.set(self);
    }

    fn lock(&self) -> MutexGuard<'_, Vec<(String, Fault)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self, name: &str) -> Option<Fault> {
        let mut faults = self.lock();
        let at = faults.iter().position(|(injected, _)| injected == name)?;
        Some(faults.remove(at).1)
    }
}

/// At the beginning of every task, and at the places that have a name.
pub(crate) fn strike(name: &str) {
    match InjectedFaults::of_this_thread().take(name) {
        None => {}
        // Not `panic!`: what a test has ordered is not worth a backtrace on standard error.
        Some(Fault::Panic) => resume_unwind(Box::new("a panic for a test")),
        Some(Fault::Hold(reach, released)) => {
            // Nobody may be waiting for it.
            let _ = reach.send(());
            // The error is what is waited for.
            let _ = released.recv();
        }
    }
}
