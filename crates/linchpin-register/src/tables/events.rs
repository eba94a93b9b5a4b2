//! The table of events.

use super::words::{names, row};
use super::{Align, Cell, Column, Edits, Sort, TableSpec, cited};
use crate::declare::PathStep;
use crate::query::{Facet, SortKey};
use crate::{Event, RecordKind};

pub static TABLE: TableSpec = TableSpec {
    id: "events",
    title: "Events",
    about: "Something dated.",
    kind: RecordKind::Event,
    sorted_by: &[("date", false)],
    columns: &[
        Column {
            key: "date",
            edits: Edits::At(&[PathStep::Field("date")]),
            title: "Date",
            help: "When.",
            width_pt: 175.0,
            align: Align::Left,
            cell: |r, i| {
                row::<Event>(r, i)
                    .map(|x| &x.date)
                    .map_or_else(|| Cell::muted("–"), |d| Cell::new(d.date.words()))
            },
            sort: Sort::By(|r, i| {
                row::<Event>(r, i)
                    .map(|x| &x.date)
                    .map_or(SortKey::Missing, |d| SortKey::Number(d.date.start_year()))
            }),
        },
        Column {
            key: "title",
            edits: Edits::At(&[PathStep::Field("title")]),
            title: "Event",
            help: "What happened.",
            width_pt: 360.0,
            align: Align::Left,
            cell: |r, i| row::<Event>(r, i).map_or_else(Cell::default, |x| Cell::name(&x.title)),
            sort: Sort::Text,
        },
        Column {
            key: "basis",
            edits: Edits::At(&[PathStep::Field("date"), PathStep::Field("basis")]),
            title: "Basis",
            help: "Where the date comes from.",
            width_pt: 100.0,
            align: Align::Left,
            cell: |r, i| {
                row::<Event>(r, i).map_or_else(Cell::default, |x| Cell::new(x.date.basis.label()))
            },
            sort: Sort::Text,
        },
        Column {
            key: "parties",
            edits: Edits::At(&[PathStep::Field("parties")]),
            title: "Parties",
            help: "Who took part.",
            width_pt: 200.0,
            align: Align::Left,
            cell: |r, i| {
                row::<Event>(r, i).map_or_else(Cell::default, |x| Cell::new(names(r, &x.parties)))
            },
            sort: Sort::Text,
        },
        Column {
            key: "themes",
            edits: Edits::At(&[PathStep::Field("themes")]),
            title: "Themes",
            help: "Its subjects.",
            width_pt: 190.0,
            align: Align::Left,
            cell: |r, i| {
                row::<Event>(r, i).map_or_else(Cell::default, |x| Cell::muted(names(r, &x.themes)))
            },
            sort: Sort::Text,
        },
        cited::source_column::<Event>(),
    ],
    facets: &[
        Facet {
            key: "basis",
            title: "Basis",
            values: |r, i, add| {
                if let Some(x) = row::<Event>(r, i) {
                    add(x.date.basis.name(), x.date.basis.label());
                }
            },
        },
        Facet {
            key: "party",
            title: "Party",
            values: |r, i, add| {
                for link in row::<Event>(r, i).iter().flat_map(|x| &x.parties) {
                    add(link.as_str(), r.short_of(link.as_str()));
                }
            },
        },
        Facet {
            key: "theme",
            title: "Theme",
            values: |r, i, add| {
                for link in row::<Event>(r, i).iter().flat_map(|x| &x.themes) {
                    add(link.as_str(), r.short_of(link.as_str()));
                }
            },
        },
        cited::document_facet::<Event>(),
    ],
};
