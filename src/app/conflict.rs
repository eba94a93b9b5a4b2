//! The disk and the draft have both changed: nothing is overwritten, and the edits are made again on the new text.

use super::App;
use crate::register::Loaded;

/// Both sides.
pub struct Conflict {
    /// What the disk holds now.
    pub theirs: Loaded,
}

impl App {
    /// Another program has written the file while there were unsaved edits.
    pub(super) fn changed_meanwhile(&mut self, theirs: Loaded) {
        self.conflict = Some(Box::new(Conflict { theirs }));
    }
}
