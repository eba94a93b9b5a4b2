//! Tables as files. A new format is one new file and its line in [`ALL`].

pub mod csv;
mod json;
pub mod markdown;

use linchpin_register::tables::{TableSpec, formatting};
use linchpin_register::{Citation, Register};

/// A way to write a table.
pub struct TableFormat {
    /// The name on the command line, and the extension.
    pub id: &'static str,
    pub title: &'static str,
    /// Writes the rows, given by their places in the list of the type, in this order.
    pub write: fn(&Register, &TableSpec, &[u32]) -> String,
}

/// Every format.
pub static ALL: &[&TableFormat] = &[&csv::FORMAT, &json::FORMAT, &markdown::FORMAT];

/// The format with this name.
pub fn by_id(id: &str) -> Option<&'static TableFormat> {
    ALL.iter().copied().find(|f| f.id == id)
}

/// What every written row ends with: where its words stand.
const SOURCE_COLUMNS: [&str; 6] = [
    "document",
    "paragraph",
    "phrase",
    "voice",
    "speaker",
    "address",
];

/// The first citation of a record, in the order of [`SOURCE_COLUMNS`].
fn source_cells(register: &Register, citations: &[Citation]) -> [String; 6] {
    let Some(c) = citations.first() else {
        return Default::default();
    };
    [
        register.short_title_of(c.document.as_str()).to_owned(),
        c.paragraph.map_or_else(String::new, |p| p.to_string()),
        c.phrase.clone().unwrap_or_default(),
        c.effective_voice().label().to_owned(),
        c.speaker.as_ref().map_or_else(String::new, |s| {
            register.short_title_of(s.as_str()).to_owned()
        }),
        formatting::citation_url(register, c).unwrap_or_default(),
    ]
}
