//! Short messages at the foot of the window.

use super::command::Command;

/// The most messages that are shown at once.
const MAX_NOTICES: usize = 4;

/// One message.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    pub id: u64,
    pub text: String,
    pub is_error: bool,
    /// What can be done about it: words for a button each. The message goes when one is chosen.
    pub actions: Vec<(&'static str, Command)>,
}

/// The messages that have not been put away.
#[derive(Debug, Default)]
pub struct Notices {
    all: Vec<Notice>,
    next_id: u64,
}

impl Notices {
    /// Says that something was done.
    pub fn info(&mut self, text: impl Into<String>) {
        self.push(text.into(), false, Vec::new());
    }

    /// Says something about which something can be done.
    pub fn info_with_actions(
        &mut self,
        text: impl Into<String>,
        offers: Vec<(&'static str, Command)>,
    ) {
        self.push(text.into(), false, offers);
    }

    /// Says that something did not work.
    pub fn error(&mut self, text: impl Into<String>) {
        self.push(text.into(), true, Vec::new());
    }

    fn push(&mut self, text: String, is_error: bool, offers: Vec<(&'static str, Command)>) {
        self.all.retain(|n| n.text != text);
        self.next_id += 1;
        self.all.push(Notice {
            id: self.next_id,
            text,
            is_error,
            actions: offers,
        });
        if self.all.len() > MAX_NOTICES {
            self.all.remove(0);
        }
    }

    pub fn all(&self) -> &[Notice] {
        &self.all
    }

    pub fn dismiss(&mut self, id: u64) {
        self.all.retain(|n| n.id != id);
    }

    /// Takes back a message that holds no longer.
    pub fn remove_text(&mut self, text: &str) {
        self.all.retain(|n| n.text != text);
    }
}
