//! The table of sentences that yield no record.

use super::words::row;
use super::{Align, Cell, Column, Edits, Sort, TableSpec, cited};
use crate::declare::PathStep;
use crate::query::Facet;
use crate::{Dismissal, Record as _, RecordKind};

const PHRASE: &str =
    "The first cited phrase names the sentence. Edit the citation in the details of the dismissal.";

pub static TABLE: TableSpec = TableSpec {
    id: "dismissals",
    title: "Dismissed sentences",
    about: "A sentence that somebody has looked at and that yields no record, with the reason.",
    kind: RecordKind::Dismissal,
    sorted_by: &[],
    columns: &[
        Column {
            key: "phrase",
            edits: Edits::Not(PHRASE),
            title: "Sentence with",
            help: "A phrase of the sentence.",
            width_pt: 380.0,
            align: Align::Left,
            cell: |r, i| {
                row::<Dismissal>(r, i).map_or_else(Cell::default, |x| Cell::name(x.title()))
            },
            sort: Sort::Text,
        },
        Column {
            key: "reason",
            edits: Edits::At(&[PathStep::Field("reason")]),
            title: "Reason",
            help: "Why it yields no record.",
            width_pt: 150.0,
            align: Align::Left,
            cell: |r, i| {
                row::<Dismissal>(r, i).map_or_else(Cell::default, |x| Cell::new(x.reason.label()))
            },
            sort: Sort::Text,
        },
        Column {
            key: "note",
            edits: Edits::At(&[PathStep::Field("note")]),
            title: "In words",
            help: "The reason in own words.",
            width_pt: 360.0,
            align: Align::Left,
            cell: |r, i| {
                row::<Dismissal>(r, i).map_or_else(Cell::default, |x| {
                    Cell::muted(x.note.as_deref().unwrap_or_default())
                })
            },
            sort: Sort::Text,
        },
        cited::source_column::<Dismissal>(),
    ],
    facets: &[
        Facet {
            key: "reason",
            title: "Reason",
            values: |r, i, add| {
                if let Some(x) = row::<Dismissal>(r, i) {
                    add(x.reason.name(), x.reason.label());
                }
            },
        },
        cited::document_facet::<Dismissal>(),
    ],
};
