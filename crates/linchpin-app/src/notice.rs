//! Short messages at the foot of the window.

use super::command::Command;
use linchpin_report::visible::visible;

/// The most messages that are shown at once.
const MAX_NOTICES: usize = 4;

/// One message.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    pub id: u64,
    pub text: String,
    pub is_error: bool,
    /// What can be done about it: a label and a command for each button. The message goes when one
    /// is pressed.
    pub actions: Vec<(&'static str, Command)>,
}

/// The messages that have not been dismissed.
#[derive(Debug, Default)]
pub struct Notices {
    all: Vec<Notice>,
    next_id: u64,
}

impl Notices {
    /// Reports that something was done.
    pub fn info(&mut self, text: impl Into<String>) {
        self.push(text.into(), false, Vec::new());
    }

    /// Reports something, with buttons for what can be done about it. Gives the number of the
    /// message, by which it is dismissed when it holds no longer.
    pub fn info_with_actions(
        &mut self,
        text: impl Into<String>,
        actions: Vec<(&'static str, Command)>,
    ) -> u64 {
        self.push(text.into(), false, actions)
    }

    /// Reports that something did not work.
    pub fn error(&mut self, text: impl Into<String>) {
        self.push(text.into(), true, Vec::new());
    }

    fn push(&mut self, text: String, is_error: bool, actions: Vec<(&'static str, Command)>) -> u64 {
        // It may name a file, or repeat what a file says.
        let text = visible(&text).into_owned();
        // The same message twice would only push others out.
        self.all.retain(|n| n.text != text);
        self.next_id += 1;
        self.all.push(Notice {
            id: self.next_id,
            text,
            is_error,
            actions,
        });
        if self.all.len() > MAX_NOTICES {
            self.all.remove(0);
        }
        self.next_id
    }

    pub fn all(&self) -> &[Notice] {
        &self.all
    }

    pub fn dismiss(&mut self, id: u64) {
        self.all.retain(|n| n.id != id);
    }
}
