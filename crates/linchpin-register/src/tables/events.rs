//! The table of events.

use super::TableSpec;
use super::builder::{field, table};
use crate::Event;
use crate::schema::PathStep::Field;
use std::sync::LazyLock;

pub static TABLE: LazyLock<TableSpec> = LazyLock::new(|| {
    table::<Event>("Events", "Something dated.")
        .sorted_by("date", false)
        .date(field(&[Field("date")], "Date", "When.", 175.0), |x| {
            Some(x.date.date)
        })
        .name(
            field(&[Field("title")], "Event", "What happened.", 360.0),
            |x| &x.title,
        )
        .text(
            field(
                &[Field("date"), Field("basis")],
                "Basis",
                "Where the date comes from.",
                100.0,
            ),
            |x| x.date.basis.label(),
        )
        .links(
            field(&[Field("parties")], "Parties", "Who took part.", 200.0),
            |x| &x.parties,
        )
        .muted_links(
            field(&[Field("themes")], "Themes", "Its subjects.", 190.0),
            |x| &x.themes,
        )
        .sources()
        .facet_value("basis", "Basis", |x| {
            (x.date.basis.name(), x.date.basis.label())
        })
        .facet_links("party", "Party", |x| &x.parties)
        .facet_links("theme", "Theme", |x| &x.themes)
        .facet_documents()
        .build()
});
