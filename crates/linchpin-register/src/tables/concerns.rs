//! The table of concerns.

use super::words::{names, row};
use super::{Align, Cell, Column, Edits, Sort, TableSpec, cited};
use crate::declare::PathStep;
use crate::query::Facet;
use crate::{Concern, RecordKind};

pub static TABLE: TableSpec = TableSpec {
    id: "concerns",
    title: "Concerns",
    about: "A threat or worry that a document states. Never a commitment.",
    kind: RecordKind::Concern,
    sorted_by: &[],
    columns: &[
        Column {
            key: "title",
            edits: Edits::At(&[PathStep::Field("title")]),
            title: "Concern",
            help: "What is feared.",
            width_pt: 340.0,
            align: Align::Left,
            cell: |r, i| row::<Concern>(r, i).map_or_else(Cell::default, |x| Cell::name(&x.title)),
            sort: Sort::Text,
        },
        Column {
            key: "actors",
            edits: Edits::At(&[PathStep::Field("actors")]),
            title: "Whose conduct",
            help: "Whose conduct worries.",
            width_pt: 150.0,
            align: Align::Left,
            cell: |r, i| {
                row::<Concern>(r, i).map_or_else(Cell::default, |x| Cell::new(names(r, &x.actors)))
            },
            sort: Sort::Text,
        },
        Column {
            key: "targets",
            edits: Edits::At(&[PathStep::Field("targets")]),
            title: "Threatened",
            help: "Who is threatened.",
            width_pt: 150.0,
            align: Align::Left,
            cell: |r, i| {
                row::<Concern>(r, i).map_or_else(Cell::default, |x| Cell::new(names(r, &x.targets)))
            },
            sort: Sort::Text,
        },
        Column {
            key: "hedge",
            edits: Edits::At(&[PathStep::Field("hedge")]),
            title: "Hedge",
            help: "The text's own words for how sure it is.",
            width_pt: 150.0,
            align: Align::Left,
            cell: |r, i| {
                row::<Concern>(r, i).map_or_else(Cell::default, |x| {
                    Cell::new(x.hedge.as_deref().unwrap_or_default())
                })
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
                row::<Concern>(r, i)
                    .map_or_else(Cell::default, |x| Cell::muted(names(r, &x.themes)))
            },
            sort: Sort::Text,
        },
        cited::source_column::<Concern>(),
    ],
    facets: &[
        Facet {
            key: "actor",
            title: "Whose conduct",
            values: |r, i, add| {
                for link in row::<Concern>(r, i).iter().flat_map(|x| &x.actors) {
                    add(link.as_str(), r.short_of(link.as_str()));
                }
            },
        },
        Facet {
            key: "theme",
            title: "Theme",
            values: |r, i, add| {
                for link in row::<Concern>(r, i).iter().flat_map(|x| &x.themes) {
                    add(link.as_str(), r.short_of(link.as_str()));
                }
            },
        },
        cited::document_facet::<Concern>(),
    ],
};
