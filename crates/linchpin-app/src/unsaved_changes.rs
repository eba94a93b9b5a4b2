//! Leaving a register with unsaved edits: the user is asked first.

use super::App;
use super::dialog::{Dialog, LeaveAction, UnsavedAnswer};

impl App {
    /// Goes on to something that would lose unsaved edits, unless there are any: then the user is asked.
    pub(super) fn leave_or_ask(&mut self, action: LeaveAction) {
        if self.is_dirty() {
            self.dialog = Dialog::ConfirmUnsaved(action);
        } else {
            self.leave_register(action);
        }
    }

    /// Whether the window may close now. Where it may not, the user is asked.
    pub fn can_close(&mut self) -> bool {
        if self.window.is_closing || !self.is_dirty() {
            return true;
        }
        self.dialog = Dialog::ConfirmUnsaved(LeaveAction::Quit);
        false
    }

    /// Does what the user has answered.
    pub(super) fn answer_unsaved(&mut self, answer: UnsavedAnswer, action: LeaveAction) {
        self.dialog = Dialog::None;
        match answer {
            UnsavedAnswer::Save => {
                self.saving.then = Some(action);
                self.save();
            }
            UnsavedAnswer::Discard => self.leave_register(action),
        }
    }

    /// Goes on after a save, where that was what it was for.
    pub(super) fn continue_after_save(&mut self) {
        if !self.is_dirty()
            && let Some(then) = self.saving.then.take()
        {
            self.leave_register(then);
        }
    }

    fn leave_register(&mut self, action: LeaveAction) {
        if let Some(autosaver) = &mut self.recovery.autosaver {
            autosaver.discard();
            autosaver.saved_version = None;
        }
        match action {
            LeaveAction::Quit => {
                self.window.is_closing = true;
                self.window.frame_requests.close_window = true;
            }
            LeaveAction::Open(path) => self.open_file(path),
            LeaveAction::OpenBundled(shipped) => self.open_bundled(shipped),
            LeaveAction::OpenReopened => self.open_reopened(),
        }
    }
}
