//! The table of parties.

use super::words::{name, row};
use super::{Align, Cell, Column, Edits, Sort, TableSpec};
use crate::declare::PathStep;
use crate::query::Facet;
use crate::{Party, RecordKind};

pub static TABLE: TableSpec = TableSpec {
    id: "parties",
    title: "Parties",
    about: "Whoever promises, receives, meets or commands.",
    kind: RecordKind::Party,
    sorted_by: &[],
    columns: &[
        Column {
            key: "name",
            edits: Edits::At(&[PathStep::Field("name")]),
            title: "Party",
            help: "Its full name.",
            width_pt: 340.0,
            align: Align::Left,
            cell: |r, i| row::<Party>(r, i).map_or_else(Cell::default, |x| Cell::name(&x.name)),
            sort: Sort::Text,
        },
        Column {
            key: "short",
            edits: Edits::At(&[PathStep::Field("short")]),
            title: "Short",
            help: "Its short name.",
            width_pt: 140.0,
            align: Align::Left,
            cell: |r, i| {
                row::<Party>(r, i).map_or_else(Cell::default, |x| {
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
            width_pt: 140.0,
            align: Align::Left,
            cell: |r, i| {
                row::<Party>(r, i).map_or_else(Cell::default, |x| Cell::new(x.kind.label()))
            },
            sort: Sort::Text,
        },
        Column {
            key: "code",
            edits: Edits::At(&[PathStep::Field("code")]),
            title: "Code",
            help: "ISO 3166-1 alpha-3 code of a state.",
            width_pt: 70.0,
            align: Align::Left,
            cell: |r, i| {
                row::<Party>(r, i).map_or_else(Cell::default, |x| {
                    Cell::new(x.code.as_deref().unwrap_or_default())
                })
            },
            sort: Sort::Text,
        },
        Column {
            key: "native_name",
            edits: Edits::At(&[PathStep::Field("native_name")]),
            title: "Native name",
            help: "Its name in its own language.",
            width_pt: 170.0,
            align: Align::Left,
            cell: |r, i| {
                row::<Party>(r, i).map_or_else(Cell::default, |x| {
                    Cell::new(x.native_name.as_deref().unwrap_or_default())
                })
            },
            sort: Sort::Text,
        },
        Column {
            key: "role",
            edits: Edits::At(&[PathStep::Field("role")]),
            title: "Role",
            help: "A person's post at the time.",
            width_pt: 220.0,
            align: Align::Left,
            cell: |r, i| {
                row::<Party>(r, i).map_or_else(Cell::default, |x| {
                    Cell::new(x.role.as_deref().unwrap_or_default())
                })
            },
            sort: Sort::Text,
        },
        Column {
            key: "parent",
            edits: Edits::At(&[PathStep::Field("parent")]),
            title: "Belongs to",
            help: "The party it belongs to.",
            width_pt: 160.0,
            align: Align::Left,
            cell: |r, i| {
                row::<Party>(r, i)
                    .map_or_else(Cell::default, |x| Cell::new(name(r, x.parent.as_ref())))
            },
            sort: Sort::Text,
        },
    ],
    facets: &[Facet {
        key: "kind",
        title: "Kind",
        values: |r, i, add| {
            if let Some(x) = row::<Party>(r, i) {
                add(x.kind.name(), x.kind.label());
            }
        },
    }],
};
