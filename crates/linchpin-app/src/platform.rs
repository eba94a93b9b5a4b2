//! What the app asks of the system it runs on.

use super::clipboard::Clipboard;
use linchpin_register::Date;
use std::sync::Arc;

/// What is asked of the system: the clipboard, the day, and another frame.
pub struct Platform {
    pub clipboard: Clipboard,
    /// What day it is. Tests give a fixed one.
    pub today: fn() -> Date,
    /// Makes the window draw a frame, from any thread.
    pub(super) wake: Arc<dyn Fn() + Send + Sync>,
}

impl Platform {
    pub(super) fn new(wake: Arc<dyn Fn() + Send + Sync>) -> Self {
        Platform {
            clipboard: Clipboard::default(),
            today: Date::today,
            wake,
        }
    }
}
