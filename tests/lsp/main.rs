//! The language server, as an editor meets it.

mod answers;
mod beside;
mod client;
mod folder;
mod program;
mod texts;
