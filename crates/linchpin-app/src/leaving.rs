//! Leaving a register with unsaved edits: the user is asked first.

use super::App;
use super::dialog::{Answer, Dialog, Then};

impl App {
    /// Goes on to something that would lose unsaved edits, unless there are any: then the user is asked.
    pub(super) fn leave_for(&mut self, then: Then) {
        if self.is_dirty() {
            self.dialog = Dialog::Unsaved(then);
        } else {
            self.leave(then);
        }
    }

    /// Whether the window may close now. Where it may not, the user is asked.
    pub fn may_close(&mut self) -> bool {
        if self.closing || !self.is_dirty() {
            return true;
        }
        self.dialog = Dialog::Unsaved(Then::Quit);
        false
    }

    /// Does what the user has answered.
    pub(super) fn answer(&mut self, answer: Answer, then: Then) {
        self.dialog = Dialog::None;
        match answer {
            Answer::Save => {
                self.then = Some(then);
                self.save();
            }
            Answer::GiveUp => self.leave(then),
        }
    }

    /// Goes on after a save, where that was what it was for.
    pub(super) fn go_on(&mut self) {
        if !self.is_dirty()
            && let Some(then) = self.then.take()
        {
            self.leave(then);
        }
    }

    fn leave(&mut self, then: Then) {
        if let Some(keeper) = &mut self.keeper {
            keeper.forget();
            keeper.version = None;
        }
        match then {
            Then::Quit => {
                self.closing = true;
                self.once.quit = true;
            }
            Then::Open(path) => self.open(path),
            Then::OpenBundled(shipped) => self.open_bundled(shipped),
            Then::OpenReopened => self.open_reopened(),
        }
    }
}
