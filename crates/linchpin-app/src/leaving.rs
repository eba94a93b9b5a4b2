//! Leaving the register for another one, or for good, without losing what the user has done.

use super::App;
use super::dialog::{Dialog, LeaveAction, UnsavedAnswer};
use super::transactions::TransactionRequest;

impl App {
    /// Whether the user has edits that are on no disk: made, or still being made on a thread.
    pub fn has_unsaved_edits(&self) -> bool {
        self.is_dirty() || self.editing.transactions.will_change_draft()
    }

    /// Goes on to something that would lose what is not saved, unless there is nothing: then the
    /// user is asked.
    pub(super) fn leave_or_ask(&mut self, action: LeaveAction) {
        if self.would_lose_work() {
            self.ask_before_leaving(action);
        } else {
            self.leave_register(action);
        }
    }

    /// Whether the window may close now. Where it may not, the user is asked.
    pub fn can_close(&mut self) -> bool {
        if self.window.is_closing || !self.would_lose_work() {
            return true;
        }
        self.ask_before_leaving(LeaveAction::Quit);
        false
    }

    /// Whether leaving now would lose something. What is typed and sound becomes an edit first.
    fn would_lose_work(&mut self) -> bool {
        for edit in self.window.form_state.take_valid_edits() {
            let request = TransactionRequest::Edit(edit);
            self.before_transaction(&request);
            self.queue_transaction(request);
        }
        self.has_unsaved_edits()
            || self.window.form_state.has_unfinished_input()
            || self.dialog.has_input()
    }

    /// Asks, and keeps the dialog that is open for the case that the user stays.
    fn ask_before_leaving(&mut self, then: LeaveAction) {
        let covered = match std::mem::take(&mut self.dialog) {
            Dialog::ConfirmUnsaved { covered, .. } => covered,
            other => Box::new(other),
        };
        self.dialog = Dialog::ConfirmUnsaved { then, covered };
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
        if self.saving.then.is_none() {
            return;
        }
        // An edit that was made while the file was written is saved before, too.
        if self.has_unsaved_edits() {
            self.saving.is_due = true;
        } else if let Some(then) = self.saving.then.take() {
            self.leave_register(then);
        }
    }

    fn leave_register(&mut self, action: LeaveAction) {
        // The user has saved or discarded the edits: nothing of them is to be offered back.
        if let Some(autosaver) = &mut self.recovery.autosaver {
            autosaver.discard();
            autosaver.saved_draft = None;
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
