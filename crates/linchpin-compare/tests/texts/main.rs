//! The texts of documents: out of files of all kinds, beside a register, held against it.

mod candidates;
mod compare;
mod desk;
mod paper;
mod pdf;
mod plain;
mod problems;
mod random;
mod verify;
mod web;

/// The text out of a file, with the typeface of the program for PDFs that bring none.
fn text(
    bytes: Vec<u8>,
    kind: linchpin_text::extract::SourceFormat,
) -> Result<linchpin_text::extract::Extraction, String> {
    linchpin_text::extract::extract_text(bytes, kind, linchpin_render::theme::SANS)
        .map_err(|error| error.to_string())
}

/// What a reader is told of a text, in words.
fn notes(found: &linchpin_text::extract::Extraction) -> Vec<String> {
    found.notes.iter().map(ToString::to_string).collect()
}
