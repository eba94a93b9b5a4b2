//! Panics as messages.

use std::any::Any;
use std::cell::Cell;
use std::panic::{set_hook, take_hook};
use std::sync::Once;

thread_local! {
    static IS_SILENT: Cell<bool> = const { Cell::new(false) };
}

/// What [`crate::Control::abort`] throws.
pub(crate) struct Aborted(pub String);

/// While it lives, panics of this thread print nothing.
pub(crate) struct SilencedPanics(());

impl SilencedPanics {
    pub(crate) fn new() -> Self {
        static ONCE: Once = Once::new();
        // One hook for the process, once: hooks cannot be set for a thread.
        ONCE.call_once(|| {
            // Panics of all other threads are printed as before.
            let usual = take_hook();
            set_hook(Box::new(move |info| {
                if !IS_SILENT.get() {
                    usual(info);
                }
            }));
        });
        IS_SILENT.set(true);
        SilencedPanics(())
    }
}

impl Drop for SilencedPanics {
    fn drop(&mut self) {
        IS_SILENT.set(false);
    }
}

/// The message of a panic; empty where it carries no text.
pub(crate) fn message_of(thrown: &(dyn Any + Send)) -> String {
    let text = thrown.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| thrown.downcast_ref::<String>().cloned())
        .unwrap_or_default()
}
