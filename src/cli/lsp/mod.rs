//! `linchpin lsp`: the register in any editor that speaks the Language Server Protocol.
//!
//! ```text
//! editor ─ messages ─► session ─ changes ─► documents ─ load ─► answers ─► editor
//! ```
//! Everything is answered from the same code as the window. One thread does all work, in the order
//! of the messages. No message ends the session but `exit`: what is wrong is answered with an
//! error.

mod addresses;
mod capabilities;
mod code_actions;
mod completion;
mod diagnostics;
mod documents;
mod edits;
mod formatting;
mod hover;
mod navigation;
mod position;
mod register_folder;
mod result;
mod session;
mod stepped;
mod symbols;
mod transport;

pub use stepped::{SteppedServer, messages_in};

use super::{CliError, CliResult, ExitStatus};
use lsp_server::Connection;

/// Serve editors over the standard input and output (Language Server Protocol)
#[derive(clap::Args)]
#[command(after_help = AFTER)]
pub struct LspArgs {
    /// Accepted because many editors pass it; there is no other way to speak
    #[arg(long)]
    stdio: bool,
}

const AFTER: &str = "\
An editor starts this, not you. It gets problems with their repairs, completion, explanations on \
hover, the way from a
link to its record and back, renaming of ids, and a list of the records. README.md shows the \
lines that set it up.

A document is taken for a register where its language is `linchpin`, where it has `format` and a \
title or a list of
records, or where it has several such lists. Files of a folder of which one has the title form one \
register.

Exit codes: 0 the editor ended it; 1 the editor went away; 2 it could not run.";

/// Runs the command.
pub(super) fn run(args: LspArgs) -> CliResult {
    // The standard input and output are used either way.
    let LspArgs { stdio: _ } = args;
    let (connection, writer) = transport::stdio();
    let ended_well = serve(&connection);
    // The last messages are written, then the writer ends.
    drop(connection);
    match writer.wait() {
        // What can no longer be written is no fault where the editor is done.
        Ok(Ok(()) | Err(_)) if ended_well => Ok(ExitStatus::Success),
        Ok(Ok(()) | Err(_)) => Ok(ExitStatus::Problems),
        Err(error) => Err(CliError(error.to_string())),
    }
}

/// Answers an editor until it ends the session or goes away. `true` where it ended in good order.
pub fn serve(connection: &Connection) -> bool {
    session::Session::new(connection.sender.clone()).run(&connection.receiver)
}
