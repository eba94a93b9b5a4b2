//! The table of instruments.

use super::TableSpec;
use super::builder::{field, table};
use crate::Instrument;
use crate::schema::PathStep::Field;
use std::sync::LazyLock;

pub static TABLE: LazyLock<TableSpec> = LazyLock::new(|| {
    table::<Instrument>(
        "Instruments",
        "A treaty, declaration, strategy, plan or process that a document names.",
    )
    .name(
        field(&[Field("name")], "Instrument", "Its full name.", 330.0),
        |x| &x.name,
    )
    .optional(
        field(&[Field("short")], "Short", "Its short name.", 120.0),
        |x| x.short.as_ref(),
    )
    .text(field(&[Field("kind")], "Kind", "What it is.", 120.0), |x| {
        x.kind.label()
    })
    .links(
        field(&[Field("parties")], "Parties", "Whose it is.", 170.0),
        |x| &x.parties,
    )
    .date(
        field(
            &[Field("signed")],
            "Signed",
            "When it was signed or adopted.",
            150.0,
        ),
        |x| Some(x.signed.as_ref()?.date),
    )
    .date(
        field(
            &[Field("in_force")],
            "In force",
            "When it came into force.",
            150.0,
        ),
        |x| Some(x.in_force.as_ref()?.date),
    )
    .muted_links(
        field(&[Field("themes")], "Themes", "Its subjects.", 190.0),
        |x| &x.themes,
    )
    .sources()
    .facet_value("kind", "Kind", |x| (x.kind.name(), x.kind.label()))
    .facet_links("party", "Party", |x| &x.parties)
    .facet_links("theme", "Theme", |x| &x.themes)
    .facet_documents()
    .build()
});
