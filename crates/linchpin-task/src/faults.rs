//! For tests: makes tasks of a given name panic.
//!
//! ```
//! use linchpin_task::{Task, faults};
//!
//! let fault = faults::inject("Counting");
//! assert!(Task::new("Counting").silent().spawn(|_| 1).wait().is_err());
//! drop(fault);
//! assert_eq!(Task::new("Counting").spawn(|_| 1).wait(), Ok(1));
//! ```

use std::sync::{Mutex, MutexGuard, PoisonError};

static NAME: Mutex<Option<String>> = Mutex::new(None);
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// While it lives, every task of its name panics. One lives at a time in a process: others wait.
pub struct InjectedPanic {
    _guard: MutexGuard<'static, ()>,
}

/// Makes tasks of this name panic from now on.
pub fn inject(name: &str) -> InjectedPanic {
    let guard = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    set(Some(name.to_owned()));
    InjectedPanic { _guard: guard }
}

impl Drop for InjectedPanic {
    fn drop(&mut self) {
        set(None);
    }
}

fn set(name: Option<String>) {
    *NAME.lock().unwrap_or_else(PoisonError::into_inner) = name;
}

pub(crate) fn panic_if_injected(name: &str) {
    let is_injected = {
        let injected = NAME.lock().unwrap_or_else(PoisonError::into_inner);
        injected.as_deref() == Some(name)
    };
    assert!(!is_injected, "a panic for a test");
}
