//! What the app asks of the system it runs on.

use super::clipboard::Clipboard;
use linchpin_register::Date;
use linchpin_text::extract::DocumentReader;
use std::sync::Arc;

/// What is asked of the system: the clipboard, the day, a process, and another frame.
pub struct Platform {
    pub clipboard: Clipboard,
    /// What day it is. Tests give a fixed one.
    pub today: fn() -> Date,
    /// Where documents are read: by this program as a child. Tests are another program, which
    /// cannot be started as one, and read them in their own process, or start what stands in.
    pub document_reader: DocumentReader,
    /// Makes the window draw a frame, from any thread.
    pub(super) wake: Arc<dyn Fn() + Send + Sync>,
}

impl Platform {
    pub(super) fn new(wake: Arc<dyn Fn() + Send + Sync>) -> Self {
        Platform {
            clipboard: Clipboard::default(),
            today: Date::today,
            document_reader: DocumentReader::own_program(),
            wake,
        }
    }
}
