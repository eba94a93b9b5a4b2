//! The table of concerns.

use super::TableSpec;
use super::builder::{field, table};
use crate::Concern;
use crate::schema::PathStep::Field;
use std::sync::LazyLock;

pub static TABLE: LazyLock<TableSpec> = LazyLock::new(|| {
    table::<Concern>(
        "Concerns",
        "A threat or worry that a document states. Never a commitment.",
    )
    .name(
        field(&[Field("title")], "Concern", "What is feared.", 340.0),
        |x| &x.title,
    )
    .links(
        field(
            &[Field("actors")],
            "Whose conduct",
            "Whose conduct worries.",
            150.0,
        ),
        |x| &x.actors,
    )
    .links(
        field(
            &[Field("targets")],
            "Threatened",
            "Who is threatened.",
            150.0,
        ),
        |x| &x.targets,
    )
    .optional(
        field(
            &[Field("hedge")],
            "Hedge",
            "The text's own words for how sure it is.",
            150.0,
        ),
        |x| x.hedge.as_ref(),
    )
    .muted_links(
        field(&[Field("themes")], "Themes", "Its subjects.", 190.0),
        |x| &x.themes,
    )
    .sources()
    .facet_links("actor", "Whose conduct", |x| &x.actors)
    .facet_links("theme", "Theme", |x| &x.themes)
    .facet_documents()
    .build()
});
