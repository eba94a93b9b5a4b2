//! The table of stated numbers.

use super::builder::{field, table};
use super::formatting::format_amount;
use super::{TableCell, TableSpec};
use crate::Figure;
use crate::query::SortKey;
use crate::schema::PathStep::Field;
use std::sync::LazyLock;

pub static TABLE: LazyLock<TableSpec> = LazyLock::new(|| {
    table::<Figure>(
        "Figures",
        "A number that somebody states, with its bound, its unit and its date.",
    )
    .name(
        field(
            &[Field("title")],
            "Figure",
            "What the number counts.",
            330.0,
        ),
        |x| &x.title,
    )
    .sorted_cell(
        field(
            &[Field("amount")],
            "Amount",
            "The number with its bound: > 1,000 is a lower bound, not 1,000.",
            150.0,
        )
        .right(),
        |x, _| TableCell::new(format_amount(x)),
        |x, _| SortKey::Number(x.amount.sort_key()),
    )
    .optional(
        field(&[Field("unit")], "Unit", "What is counted.", 160.0),
        |x| x.unit.as_ref(),
    )
    .text(
        field(
            &[Field("kind")],
            "Kind",
            "What kind of number it is.",
            100.0,
        ),
        |x| x.kind.label(),
    )
    .date(
        field(
            &[Field("as_of")],
            "As of",
            "The date at which it holds.",
            150.0,
        ),
        |x| Some(x.as_of.as_ref()?.date),
    )
    .links(
        field(
            &[Field("subjects")],
            "About",
            "Whom or what it is about.",
            150.0,
        ),
        |x| &x.subjects,
    )
    .link(
        field(&[Field("stated_by")], "Stated by", "Who states it.", 150.0),
        |x| x.stated_by.as_ref(),
    )
    .sources()
    .facet_value("kind", "Kind", |x| (x.kind.name(), x.kind.label()))
    .facet("unit", "Unit", |x, _, add| {
        if let Some(unit) = &x.unit {
            add(unit, unit);
        }
    })
    .facet_links("subject", "About", |x| &x.subjects)
    .facet_links("theme", "Theme", |x| &x.themes)
    .facet_documents()
    .build()
});
