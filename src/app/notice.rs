//! Short messages at the foot of the window.

/// The most messages that are shown at once.
const MAX_NOTICES: usize = 4;

/// One message.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    pub id: u64,
    pub text: String,
    pub is_error: bool,
}

/// The messages that have not been put away.
#[derive(Debug, Default)]
pub struct Notices {
    all: Vec<Notice>,
    next: u64,
}

impl Notices {
    /// Says that something was done.
    pub fn say(&mut self, text: impl Into<String>) {
        self.push(text.into(), false);
    }

    /// Says that something did not work.
    pub fn fail(&mut self, text: impl Into<String>) {
        self.push(text.into(), true);
    }

    fn push(&mut self, text: String, is_error: bool) {
        self.all.retain(|n| n.text != text);
        self.next += 1;
        self.all.push(Notice {
            id: self.next,
            text,
            is_error,
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
}
