//! Giving a document its text.

use super::App;

impl App {
    /// Asks for the text of a document.
    pub(super) fn ask_attach(&mut self, document: &str) {
        if let Some(at) = self.register().find(document) {
            self.select(at);
        }
    }
}
