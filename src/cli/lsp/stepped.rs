//! The language server without threads, for tests and fuzzers: each message is answered before the
//! next one is given to it.

use super::session::Session;
use super::transport::read_all;
use crossbeam_channel::{Receiver, unbounded};
use lsp_server::Message;
use std::cell::Cell;

/// A server that works in the thread of whoever speaks to it.
pub struct SteppedServer {
    session: Session,
    said: Receiver<Message>,
}

impl Default for SteppedServer {
    /// A server that has heard nothing yet.
    fn default() -> Self {
        let (sender, said) = unbounded();
        SteppedServer {
            session: Session::new(sender),
            said,
        }
    }
}

impl SteppedServer {
    /// What it says to a message, with the diagnostics of texts that have changed.
    pub fn hear(&mut self, message: Message) -> Vec<Message> {
        // Whether the session goes on is the matter of whoever holds the connection.
        let _ = self.session.hear(message);
        self.session.publish();
        self.said.try_iter().collect()
    }
}

/// The messages in what an editor has sent, up to the one that ends the session, and how often what
/// was sent is none.
pub fn messages_in(mut sent: &[u8]) -> (Vec<Message>, usize) {
    let (sender, messages) = unbounded();
    let refused = Cell::new(0);
    read_all(&mut sent, &sender, &|_| refused.set(refused.get() + 1));
    drop(sender);
    (messages.into_iter().collect(), refused.get())
}
