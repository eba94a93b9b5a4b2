//! The tables of charts and of recipes for images, as records.

use super::builder::{field, table};
use super::formatting::format_link_names;
use super::{TableCell, TableSpec};
use crate::schema::PathStep::Field;
use crate::{Chart, Recipe};
use std::sync::LazyLock;

pub static CHARTS: LazyLock<TableSpec> = LazyLock::new(|| {
    table::<Chart>("Charts", "What is drawn of which records, and how.")
        .name(
            field(&[Field("title")], "Chart", "What it shows.", 360.0),
            |x| &x.title,
        )
        .text(
            field(
                &[Field("mark")],
                "Mark",
                "How the records are drawn.",
                120.0,
            ),
            |x| x.mark.label(),
        )
        .cell(
            field(
                &[Field("records")],
                "Records",
                "Which lists it draws.",
                240.0,
            ),
            |x, _| {
                let lists: Vec<&str> = x.records.iter().map(|list| list.label()).collect();
                TableCell::new(lists.join(", "))
            },
        )
        .facet_value("mark", "Mark", |x| (x.mark.name(), x.mark.label()))
        .build()
});

pub static RECIPES: LazyLock<TableSpec> = LazyLock::new(|| {
    table::<Recipe>(
        "Recipes",
        "Which charts are made into which images, in one go.",
    )
    .name(
        field(
            &[Field("title")],
            "Recipe",
            "What the images are for.",
            320.0,
        ),
        |x| &x.title,
    )
    .cell(
        field(
            &[Field("charts")],
            "Charts",
            "Which charts; nothing: all.",
            320.0,
        ),
        |x, register| match x.charts.as_slice() {
            [] => TableCell::muted("all"),
            some => TableCell::new(format_link_names(register, some)),
        },
    )
    .optional(
        field(&[Field("size")], "Size", "The size of the images.", 160.0),
        |x| x.size.as_ref(),
    )
    .build()
});
