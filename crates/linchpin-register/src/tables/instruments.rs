//! The table of instruments.

use super::words::{names, row};
use super::{Align, Cell, Column, Edits, Sort, TableSpec, cited};
use crate::declare::PathStep;
use crate::query::{Facet, SortKey};
use crate::{Instrument, RecordKind};

pub static TABLE: TableSpec = TableSpec {
    id: "instruments",
    title: "Instruments",
    about: "A treaty, declaration, strategy, plan or process that a document names.",
    kind: RecordKind::Instrument,
    sorted_by: &[],
    columns: &[
        Column {
            key: "name",
            edits: Edits::At(&[PathStep::Field("name")]),
            title: "Instrument",
            help: "Its full name.",
            width_pt: 330.0,
            align: Align::Left,
            cell: |r, i| {
                row::<Instrument>(r, i).map_or_else(Cell::default, |x| Cell::name(&x.name))
            },
            sort: Sort::Text,
        },
        Column {
            key: "short",
            edits: Edits::At(&[PathStep::Field("short")]),
            title: "Short",
            help: "Its short name.",
            width_pt: 120.0,
            align: Align::Left,
            cell: |r, i| {
                row::<Instrument>(r, i).map_or_else(Cell::default, |x| {
                    Cell::new(x.short.as_deref().unwrap_or_default())
                })
            },
            sort: Sort::Text,
        },
        Column {
            key: "kind",
            edits: Edits::At(&[PathStep::Field("kind")]),
            title: "Kind",
            help: "What it is.",
            width_pt: 120.0,
            align: Align::Left,
            cell: |r, i| {
                row::<Instrument>(r, i).map_or_else(Cell::default, |x| Cell::new(x.kind.label()))
            },
            sort: Sort::Text,
        },
        Column {
            key: "parties",
            edits: Edits::At(&[PathStep::Field("parties")]),
            title: "Parties",
            help: "Whose it is.",
            width_pt: 170.0,
            align: Align::Left,
            cell: |r, i| {
                row::<Instrument>(r, i)
                    .map_or_else(Cell::default, |x| Cell::new(names(r, &x.parties)))
            },
            sort: Sort::Text,
        },
        Column {
            key: "signed",
            edits: Edits::At(&[PathStep::Field("signed")]),
            title: "Signed",
            help: "When it was signed or adopted.",
            width_pt: 150.0,
            align: Align::Left,
            cell: |r, i| {
                row::<Instrument>(r, i)
                    .and_then(|x| x.signed.as_ref())
                    .map_or_else(|| Cell::muted("–"), |d| Cell::new(d.date.words()))
            },
            sort: Sort::By(|r, i| {
                row::<Instrument>(r, i)
                    .and_then(|x| x.signed.as_ref())
                    .map_or(SortKey::Missing, |d| SortKey::Number(d.date.start_year()))
            }),
        },
        Column {
            key: "in_force",
            edits: Edits::At(&[PathStep::Field("in_force")]),
            title: "In force",
            help: "When it came into force.",
            width_pt: 150.0,
            align: Align::Left,
            cell: |r, i| {
                row::<Instrument>(r, i)
                    .and_then(|x| x.in_force.as_ref())
                    .map_or_else(|| Cell::muted("–"), |d| Cell::new(d.date.words()))
            },
            sort: Sort::By(|r, i| {
                row::<Instrument>(r, i)
                    .and_then(|x| x.in_force.as_ref())
                    .map_or(SortKey::Missing, |d| SortKey::Number(d.date.start_year()))
            }),
        },
        Column {
            key: "themes",
            edits: Edits::At(&[PathStep::Field("themes")]),
            title: "Themes",
            help: "Its subjects.",
            width_pt: 190.0,
            align: Align::Left,
            cell: |r, i| {
                row::<Instrument>(r, i)
                    .map_or_else(Cell::default, |x| Cell::muted(names(r, &x.themes)))
            },
            sort: Sort::Text,
        },
        cited::source_column::<Instrument>(),
    ],
    facets: &[
        Facet {
            key: "kind",
            title: "Kind",
            values: |r, i, add| {
                if let Some(x) = row::<Instrument>(r, i) {
                    add(x.kind.name(), x.kind.label());
                }
            },
        },
        Facet {
            key: "party",
            title: "Party",
            values: |r, i, add| {
                for link in row::<Instrument>(r, i).iter().flat_map(|x| &x.parties) {
                    add(link.as_str(), r.short_of(link.as_str()));
                }
            },
        },
        Facet {
            key: "theme",
            title: "Theme",
            values: |r, i, add| {
                for link in row::<Instrument>(r, i).iter().flat_map(|x| &x.themes) {
                    add(link.as_str(), r.short_of(link.as_str()));
                }
            },
        },
        cited::document_facet::<Instrument>(),
    ],
};
