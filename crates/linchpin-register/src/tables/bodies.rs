//! The table of consultative bodies.

use super::words::{name, names, row};
use super::{Align, Cell, Column, Edits, Sort, TableSpec, cited};
use crate::declare::PathStep;
use crate::query::{Facet, SortKey};
use crate::{Body, RecordKind, RecordRef, Register};

pub static TABLE: TableSpec = TableSpec {
    id: "bodies",
    title: "Bodies",
    about: "A consultative body, dialogue, working group or command arrangement.",
    kind: RecordKind::Body,
    sorted_by: &[],
    columns: &[
        Column {
            key: "name",
            edits: Edits::At(&[PathStep::Field("name")]),
            title: "Body",
            help: "Its full name.",
            width_pt: 380.0,
            align: Align::Left,
            cell: |r, i| row::<Body>(r, i).map_or_else(Cell::default, |x| Cell::name(&x.name)),
            sort: Sort::Text,
        },
        Column {
            key: "abbreviation",
            edits: Edits::At(&[PathStep::Field("abbreviation")]),
            title: "Short",
            help: "Its abbreviation.",
            width_pt: 80.0,
            align: Align::Left,
            cell: |r, i| {
                row::<Body>(r, i).map_or_else(Cell::default, |x| {
                    Cell::new(x.abbreviation.as_deref().unwrap_or_default())
                })
            },
            sort: Sort::Text,
        },
        Column {
            key: "kind",
            edits: Edits::At(&[PathStep::Field("kind")]),
            title: "Kind",
            help: "What it is.",
            width_pt: 150.0,
            align: Align::Left,
            cell: |r, i| {
                row::<Body>(r, i).map_or_else(Cell::default, |x| Cell::new(x.kind.label()))
            },
            sort: Sort::Text,
        },
        Column {
            key: "members",
            edits: Edits::At(&[PathStep::Field("members")]),
            title: "Members",
            help: "Who sits in it.",
            width_pt: 190.0,
            align: Align::Left,
            cell: |r, i| {
                row::<Body>(r, i).map_or_else(Cell::default, |x| Cell::new(names(r, &x.members)))
            },
            sort: Sort::Text,
        },
        Column {
            key: "parent",
            edits: Edits::At(&[PathStep::Field("parent")]),
            title: "Under",
            help: "The body above it.",
            width_pt: 150.0,
            align: Align::Left,
            cell: |r, i| {
                row::<Body>(r, i)
                    .map_or_else(Cell::default, |x| Cell::new(name(r, x.parent.as_ref())))
            },
            sort: Sort::Text,
        },
        Column {
            key: "established",
            edits: Edits::At(&[PathStep::Field("established")]),
            title: "Established",
            help: "When it was set up or first met.",
            width_pt: 150.0,
            align: Align::Left,
            cell: |r, i| {
                row::<Body>(r, i)
                    .and_then(|x| x.established.as_ref())
                    .map_or_else(|| Cell::muted("–"), |d| Cell::new(d.date.words()))
            },
            sort: Sort::By(|r, i| {
                row::<Body>(r, i)
                    .and_then(|x| x.established.as_ref())
                    .map_or(SortKey::Missing, |d| SortKey::Number(d.date.start_year()))
            }),
        },
        Column {
            key: "commitments",
            edits: Edits::Not("Counted. To change it, edit the bodies of a commitment."),
            title: "Commitments",
            help: "How many commitments work through it.",
            width_pt: 110.0,
            align: Align::Right,
            cell: |r, i| Cell::new(commitments(r, i).to_string()),
            sort: Sort::By(|r, i| SortKey::Number(commitments(r, i) as f64)),
        },
        Column {
            key: "mandate",
            edits: Edits::At(&[PathStep::Field("mandate")]),
            title: "Mandate",
            help: "What it is for.",
            width_pt: 320.0,
            align: Align::Left,
            cell: |r, i| {
                row::<Body>(r, i).map_or_else(Cell::default, |x| {
                    Cell::muted(x.mandate.as_deref().unwrap_or_default())
                })
            },
            sort: Sort::Text,
        },
        cited::source_column::<Body>(),
    ],
    facets: &[
        Facet {
            key: "kind",
            title: "Kind",
            values: |r, i, add| {
                if let Some(x) = row::<Body>(r, i) {
                    add(x.kind.name(), x.kind.label());
                }
            },
        },
        Facet {
            key: "priority",
            title: "Priority",
            values: |r, i, add| {
                if let Some(link) = row::<Body>(r, i).and_then(|x| x.priority.as_ref()) {
                    add(link.as_str(), r.short_of(link.as_str()));
                }
            },
        },
        Facet {
            key: "theme",
            title: "Theme",
            values: |r, i, add| {
                for link in row::<Body>(r, i).iter().flat_map(|x| &x.themes) {
                    add(link.as_str(), r.short_of(link.as_str()));
                }
            },
        },
        Facet {
            key: "member",
            title: "Member",
            values: |r, i, add| {
                for link in row::<Body>(r, i).iter().flat_map(|x| &x.members) {
                    add(link.as_str(), r.short_of(link.as_str()));
                }
            },
        },
        cited::document_facet::<Body>(),
    ],
};

/// How many commitments work through a body.
fn commitments(register: &Register, index: usize) -> usize {
    register
        .linked_from_kind(
            RecordRef {
                kind: RecordKind::Body,
                index: index as u32,
            },
            RecordKind::Commitment,
        )
        .len()
}
