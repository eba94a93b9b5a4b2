//! The language server, as an editor meets it.

mod answers;
mod client;
mod document_texts;
mod folder;
mod program;
mod texts;
