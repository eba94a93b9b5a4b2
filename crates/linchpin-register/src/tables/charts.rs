//! The tables of charts and of recipes for images, as records.

use super::words::{names, row};
use super::{Align, Cell, Column, Edits, Sort, TableSpec};
use crate::declare::PathStep;
use crate::query::Facet;
use crate::{Chart, Recipe, RecordKind};

pub static CHARTS: TableSpec = TableSpec {
    id: "charts",
    title: "Charts",
    about: "What is drawn of which records, and how.",
    kind: RecordKind::Chart,
    sorted_by: &[],
    columns: &[
        Column {
            key: "title",
            edits: Edits::At(&[PathStep::Field("title")]),
            title: "Chart",
            help: "What it shows.",
            width_pt: 360.0,
            align: Align::Left,
            cell: |r, i| row::<Chart>(r, i).map_or_else(Cell::default, |x| Cell::name(&x.title)),
            sort: Sort::Text,
        },
        Column {
            key: "mark",
            edits: Edits::At(&[PathStep::Field("mark")]),
            title: "Mark",
            help: "How the records are drawn.",
            width_pt: 120.0,
            align: Align::Left,
            cell: |r, i| {
                row::<Chart>(r, i).map_or_else(Cell::default, |x| Cell::new(x.mark.label()))
            },
            sort: Sort::Text,
        },
        Column {
            key: "records",
            edits: Edits::At(&[PathStep::Field("records")]),
            title: "Records",
            help: "Which lists it draws.",
            width_pt: 240.0,
            align: Align::Left,
            cell: |r, i| {
                row::<Chart>(r, i).map_or_else(Cell::default, |x| {
                    let lists: Vec<&str> = x.records.iter().map(|list| list.label()).collect();
                    Cell::new(lists.join(", "))
                })
            },
            sort: Sort::Text,
        },
    ],
    facets: &[Facet {
        key: "mark",
        title: "Mark",
        values: |r, i, add| {
            if let Some(x) = row::<Chart>(r, i) {
                add(x.mark.name(), x.mark.label());
            }
        },
    }],
};

pub static RECIPES: TableSpec = TableSpec {
    id: "recipes",
    title: "Recipes",
    about: "Which charts are made into which images, in one go.",
    kind: RecordKind::Recipe,
    sorted_by: &[],
    columns: &[
        Column {
            key: "title",
            edits: Edits::At(&[PathStep::Field("title")]),
            title: "Recipe",
            help: "What the images are for.",
            width_pt: 320.0,
            align: Align::Left,
            cell: |r, i| row::<Recipe>(r, i).map_or_else(Cell::default, |x| Cell::name(&x.title)),
            sort: Sort::Text,
        },
        Column {
            key: "charts",
            edits: Edits::At(&[PathStep::Field("charts")]),
            title: "Charts",
            help: "Which charts; nothing: all.",
            width_pt: 320.0,
            align: Align::Left,
            cell: |r, i| {
                row::<Recipe>(r, i).map_or_else(Cell::default, |x| match x.charts.as_slice() {
                    [] => Cell::muted("all"),
                    some => Cell::new(names(r, some)),
                })
            },
            sort: Sort::Text,
        },
        Column {
            key: "size",
            edits: Edits::At(&[PathStep::Field("size")]),
            title: "Size",
            help: "The size of the images.",
            width_pt: 160.0,
            align: Align::Left,
            cell: |r, i| {
                row::<Recipe>(r, i).map_or_else(Cell::default, |x| {
                    Cell::new(x.size.as_deref().unwrap_or_default())
                })
            },
            sort: Sort::Text,
        },
    ],
    facets: &[],
};
