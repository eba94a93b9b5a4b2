//! The table of documents.

use super::words::{names, row};
use super::{Align, Cell, Column, Edits, Sort, TableSpec};
use crate::declare::PathStep;
use crate::query::{Facet, SortKey};
use crate::{Document, RecordKind, RecordRef, Register};

pub static TABLE: TableSpec = TableSpec {
    id: "documents",
    title: "Documents",
    about: "A source: a treaty, a statement, an editorial, a page.",
    kind: RecordKind::Document,
    sorted_by: &[],
    columns: &[
        Column {
            key: "title",
            edits: Edits::At(&[PathStep::Field("title")]),
            title: "Document",
            help: "Its full title.",
            width_pt: 350.0,
            align: Align::Left,
            cell: |r, i| row::<Document>(r, i).map_or_else(Cell::default, |x| Cell::name(&x.title)),
            sort: Sort::Text,
        },
        Column {
            key: "kind",
            edits: Edits::At(&[PathStep::Field("kind")]),
            title: "Kind",
            help: "What it is.",
            width_pt: 140.0,
            align: Align::Left,
            cell: |r, i| {
                row::<Document>(r, i).map_or_else(Cell::default, |x| Cell::new(x.kind.label()))
            },
            sort: Sort::Text,
        },
        Column {
            key: "issuers",
            edits: Edits::At(&[PathStep::Field("issuers")]),
            title: "Issuers",
            help: "Who issued it.",
            width_pt: 170.0,
            align: Align::Left,
            cell: |r, i| {
                row::<Document>(r, i)
                    .map_or_else(Cell::default, |x| Cell::new(names(r, &x.issuers)))
            },
            sort: Sort::Text,
        },
        Column {
            key: "date",
            edits: Edits::At(&[PathStep::Field("date")]),
            title: "Date",
            help: "When it was adopted or published.",
            width_pt: 150.0,
            align: Align::Left,
            cell: |r, i| {
                row::<Document>(r, i)
                    .map(|x| &x.date)
                    .map_or_else(|| Cell::muted("–"), |d| Cell::new(d.date.words()))
            },
            sort: Sort::By(|r, i| {
                row::<Document>(r, i)
                    .map(|x| &x.date)
                    .map_or(SortKey::Missing, |d| SortKey::Number(d.date.start_year()))
            }),
        },
        Column {
            key: "legal_character",
            edits: Edits::At(&[PathStep::Field("legal_character")]),
            title: "Legal character",
            help: "What law says of it.",
            width_pt: 180.0,
            align: Align::Left,
            cell: |r, i| {
                row::<Document>(r, i)
                    .map_or_else(Cell::default, |x| Cell::new(x.legal_character.label()))
            },
            sort: Sort::Text,
        },
        Column {
            key: "records",
            edits: Edits::Not("Counted. To change it, edit the citations of a record."),
            title: "Records",
            help: "How many records cite it.",
            width_pt: 90.0,
            align: Align::Right,
            cell: |r, i| Cell::new(citing(r, i).to_string()),
            sort: Sort::By(|r, i| SortKey::Number(citing(r, i) as f64)),
        },
        Column {
            key: "url",
            edits: Edits::At(&[PathStep::Field("url")]),
            title: "Address",
            help: "The official copy.",
            width_pt: 260.0,
            align: Align::Left,
            cell: |r, i| {
                row::<Document>(r, i).map_or_else(Cell::default, |x| {
                    Cell::muted(x.url.as_deref().unwrap_or_default())
                })
            },
            sort: Sort::Text,
        },
    ],
    facets: &[
        Facet {
            key: "kind",
            title: "Kind",
            values: |r, i, add| {
                if let Some(x) = row::<Document>(r, i) {
                    add(x.kind.name(), x.kind.label());
                }
            },
        },
        Facet {
            key: "issuer",
            title: "Issuer",
            values: |r, i, add| {
                for link in row::<Document>(r, i).iter().flat_map(|x| &x.issuers) {
                    add(link.as_str(), r.short_of(link.as_str()));
                }
            },
        },
        Facet {
            key: "legal_character",
            title: "Legal character",
            values: |r, i, add| {
                if let Some(x) = row::<Document>(r, i) {
                    add(x.legal_character.name(), x.legal_character.label());
                }
            },
        },
    ],
};

/// How many records cite a document.
fn citing(register: &Register, index: usize) -> usize {
    let at = RecordRef {
        kind: RecordKind::Document,
        index: index as u32,
    };
    register.linked_from(at).len() - register.linked_from_kind(at, RecordKind::Document).len()
}
