//! What the tables of all cited record types share: the column and the facet of their sources.

use super::words::{row, source};
use super::{Align, Cell, Column, Edits, Sort};
use crate::declare::PathStep;
use crate::query::{Facet, SortKey};
use crate::{Kept, Register};

/// The column that says where a record's words stand.
pub const fn source_column<T: Kept>() -> Column {
    Column {
        key: "source",
        edits: Edits::At(&[PathStep::Field("citations")]),
        title: "Source",
        help: "Where the words stand: document and paragraph.",
        width_pt: 170.0,
        align: Align::Left,
        cell: cell::<T>,
        sort: Sort::By(place::<T>),
    }
}

/// The facet of the documents that a record cites.
pub const fn document_facet<T: Kept>() -> Facet {
    Facet {
        key: "document",
        title: "Document",
        values: documents::<T>,
    }
}

fn cell<T: Kept>(register: &Register, index: usize) -> Cell {
    row::<T>(register, index).map_or_else(Cell::default, |record| {
        Cell::muted(source(register, record.citations()))
    })
}

/// Documents in the order of the file, then paragraphs.
fn place<T: Kept>(register: &Register, index: usize) -> SortKey {
    let Some(citation) = row::<T>(register, index).and_then(|record| record.citations().first())
    else {
        return SortKey::Missing;
    };
    let document = register
        .find(citation.document.as_str())
        .map_or(u32::MAX, |at| at.index);
    SortKey::Number(f64::from(document) * 1e6 + f64::from(citation.paragraph.unwrap_or_default()))
}

fn documents<T: Kept>(register: &Register, index: usize, add: &mut dyn FnMut(&str, &str)) {
    for citation in row::<T>(register, index)
        .iter()
        .flat_map(|record| record.citations())
    {
        let id = citation.document.as_str();
        add(id, register.short_of(id));
    }
}
