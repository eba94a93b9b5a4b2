//! The table of stated numbers.

use super::words::{amount, name, names, row};
use super::{Align, Cell, Column, Edits, Sort, TableSpec, cited};
use crate::declare::PathStep;
use crate::query::{Facet, SortKey};
use crate::{Figure, RecordKind};

pub static TABLE: TableSpec = TableSpec {
    id: "figures",
    title: "Figures",
    about: "A number that somebody states, with its bound, its unit and its date.",
    kind: RecordKind::Figure,
    sorted_by: &[],
    columns: &[
        Column {
            key: "title",
            edits: Edits::At(&[PathStep::Field("title")]),
            title: "Figure",
            help: "What the number counts.",
            width_pt: 330.0,
            align: Align::Left,
            cell: |r, i| row::<Figure>(r, i).map_or_else(Cell::default, |x| Cell::name(&x.title)),
            sort: Sort::Text,
        },
        Column {
            key: "amount",
            edits: Edits::At(&[PathStep::Field("amount")]),
            title: "Amount",
            help: "The number with its bound: > 1,000 is a lower bound, not 1,000.",
            width_pt: 150.0,
            align: Align::Right,
            cell: |r, i| row::<Figure>(r, i).map_or_else(Cell::default, |x| Cell::new(amount(x))),
            sort: Sort::By(|r, i| {
                row::<Figure>(r, i)
                    .map_or(SortKey::Missing, |x| SortKey::Number(x.amount.sort_key()))
            }),
        },
        Column {
            key: "unit",
            edits: Edits::At(&[PathStep::Field("unit")]),
            title: "Unit",
            help: "What is counted.",
            width_pt: 160.0,
            align: Align::Left,
            cell: |r, i| {
                row::<Figure>(r, i).map_or_else(Cell::default, |x| {
                    Cell::new(x.unit.as_deref().unwrap_or_default())
                })
            },
            sort: Sort::Text,
        },
        Column {
            key: "kind",
            edits: Edits::At(&[PathStep::Field("kind")]),
            title: "Kind",
            help: "What kind of number it is.",
            width_pt: 100.0,
            align: Align::Left,
            cell: |r, i| {
                row::<Figure>(r, i).map_or_else(Cell::default, |x| Cell::new(x.kind.label()))
            },
            sort: Sort::Text,
        },
        Column {
            key: "as_of",
            edits: Edits::At(&[PathStep::Field("as_of")]),
            title: "As of",
            help: "The date at which it holds.",
            width_pt: 150.0,
            align: Align::Left,
            cell: |r, i| {
                row::<Figure>(r, i)
                    .and_then(|x| x.as_of.as_ref())
                    .map_or_else(|| Cell::muted("–"), |d| Cell::new(d.date.words()))
            },
            sort: Sort::By(|r, i| {
                row::<Figure>(r, i)
                    .and_then(|x| x.as_of.as_ref())
                    .map_or(SortKey::Missing, |d| SortKey::Number(d.date.start_year()))
            }),
        },
        Column {
            key: "subjects",
            edits: Edits::At(&[PathStep::Field("subjects")]),
            title: "About",
            help: "Whom or what it is about.",
            width_pt: 150.0,
            align: Align::Left,
            cell: |r, i| {
                row::<Figure>(r, i).map_or_else(Cell::default, |x| Cell::new(names(r, &x.subjects)))
            },
            sort: Sort::Text,
        },
        Column {
            key: "stated_by",
            edits: Edits::At(&[PathStep::Field("stated_by")]),
            title: "Stated by",
            help: "Who states it.",
            width_pt: 150.0,
            align: Align::Left,
            cell: |r, i| {
                row::<Figure>(r, i)
                    .map_or_else(Cell::default, |x| Cell::new(name(r, x.stated_by.as_ref())))
            },
            sort: Sort::Text,
        },
        cited::source_column::<Figure>(),
    ],
    facets: &[
        Facet {
            key: "kind",
            title: "Kind",
            values: |r, i, add| {
                if let Some(x) = row::<Figure>(r, i) {
                    add(x.kind.name(), x.kind.label());
                }
            },
        },
        Facet {
            key: "unit",
            title: "Unit",
            values: |r, i, add| {
                if let Some(unit) = row::<Figure>(r, i).and_then(|x| x.unit.as_ref()) {
                    add(unit, unit);
                }
            },
        },
        Facet {
            key: "subject",
            title: "About",
            values: |r, i, add| {
                for link in row::<Figure>(r, i).iter().flat_map(|x| &x.subjects) {
                    add(link.as_str(), r.short_of(link.as_str()));
                }
            },
        },
        Facet {
            key: "theme",
            title: "Theme",
            values: |r, i, add| {
                for link in row::<Figure>(r, i).iter().flat_map(|x| &x.themes) {
                    add(link.as_str(), r.short_of(link.as_str()));
                }
            },
        },
        cited::document_facet::<Figure>(),
    ],
};
