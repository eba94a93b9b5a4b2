//! The table of consultative bodies.

use super::TableSpec;
use super::builder::{derived, field, table};
use crate::schema::PathStep::Field;
use crate::{Body, RecordKind, RecordRef, Register};
use std::sync::LazyLock;

pub static TABLE: LazyLock<TableSpec> = LazyLock::new(|| {
    table::<Body>(
        "Bodies",
        "A consultative body, dialogue, working group or command arrangement.",
    )
    .name(
        field(&[Field("name")], "Body", "Its full name.", 380.0),
        |x| &x.name,
    )
    .optional(
        field(&[Field("abbreviation")], "Short", "Its abbreviation.", 80.0),
        |x| x.abbreviation.as_ref(),
    )
    .text(field(&[Field("kind")], "Kind", "What it is.", 150.0), |x| {
        x.kind.label()
    })
    .links(
        field(&[Field("members")], "Members", "Who sits in it.", 190.0),
        |x| &x.members,
    )
    .link(
        field(&[Field("parent")], "Under", "The body above it.", 150.0),
        |x| x.parent.as_ref(),
    )
    .date(
        field(
            &[Field("established")],
            "Established",
            "When it was set up or first met.",
            150.0,
        ),
        |x| Some(x.established.as_ref()?.date),
    )
    .count(
        derived(
            "commitments",
            "Commitments",
            "How many commitments work through it.",
            110.0,
            "Counted. To change it, edit the bodies of a commitment.",
        ),
        commitment_count,
    )
    .note(
        field(&[Field("mandate")], "Mandate", "What it is for.", 320.0),
        |x| x.mandate.as_ref(),
    )
    .sources()
    .facet_value("kind", "Kind", |x| (x.kind.name(), x.kind.label()))
    .facet_links("priority", "Priority", |x| x.priority.as_slice())
    .facet_links("theme", "Theme", |x| &x.themes)
    .facet_links("member", "Member", |x| &x.members)
    .facet_documents()
    .build()
});

/// How many commitments work through a body.
fn commitment_count(register: &Register, index: usize) -> usize {
    let body = RecordRef {
        kind: RecordKind::Body,
        index: index as u32,
    };
    register
        .linked_from_kind(body, RecordKind::Commitment)
        .len()
}
