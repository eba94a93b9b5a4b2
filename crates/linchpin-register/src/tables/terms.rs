//! The tables of the terms that a register defines: priorities, themes, the ladder, cues.

use super::builder::{field, table};
use super::{TableCell, TableSpec};
use crate::query::SortKey;
use crate::schema::PathStep::Field;
use crate::{Cue, LadderStep, Priority, Theme};
use std::sync::LazyLock;

pub static PRIORITIES: LazyLock<TableSpec> = LazyLock::new(|| {
    table::<Priority>(
        "Priorities",
        "A priority under which the documents group their commitments.",
    )
    .sorted_by("rank", false)
    .sorted_cell(
        field(&[Field("rank")], "No.", "Its place in the order.", 60.0).right(),
        |x, _| TableCell::new(x.rank.to_string()),
        |x, _| SortKey::Number(f64::from(x.rank)),
    )
    .name(
        field(&[Field("name")], "Priority", "Its name.", 380.0),
        |x| &x.name,
    )
    .note(
        field(&[Field("meaning")], "Meaning", "What it covers.", 420.0),
        |x| x.meaning.as_ref(),
    )
    .sources()
    .build()
});

pub static THEMES: LazyLock<TableSpec> = LazyLock::new(|| {
    table::<Theme>("Themes", "A subject that analysts follow.")
        .name(field(&[Field("name")], "Theme", "Its name.", 260.0), |x| {
            &x.name
        })
        .note(
            field(&[Field("meaning")], "Meaning", "What it covers.", 520.0),
            |x| x.meaning.as_ref(),
        )
        .build()
});

pub static LADDER: LazyLock<TableSpec> = LazyLock::new(|| {
    table::<LadderStep>(
        "Ladder of strength",
        "A step of the ladder, with the verbs that place a commitment on it.",
    )
    .sorted_by("rank", true)
    .sorted_cell(
        field(
            &[Field("rank")],
            "Step",
            "6 is firmest; kinds without a rank have a dash.",
            60.0,
        )
        .right(),
        |x, _| {
            TableCell::new(
                x.rank
                    .map_or_else(|| "–".to_owned(), |rank| rank.to_string()),
            )
        },
        |x, _| {
            x.rank
                .map_or(SortKey::Missing, |rank| SortKey::Number(f64::from(rank)))
        },
    )
    .name(field(&[Field("label")], "Name", "Its name.", 260.0), |x| {
        &x.label
    })
    .cell(
        field(
            &[Field("verbs")],
            "Verbs",
            "The verbs that place a commitment here.",
            420.0,
        ),
        |x, _| TableCell::new(x.verbs.join(", ")),
    )
    .note(
        field(&[Field("meaning")], "Meaning", "What it says.", 380.0),
        |x| x.meaning.as_ref(),
    )
    .build()
});

pub static CUES: LazyLock<TableSpec> = LazyLock::new(|| {
    table::<Cue>(
        "Cues",
        "Words by which a text is read for commitments, besides the verbs of the ladder.",
    )
    .name(
        field(&[Field("kind")], "Kind", "What the words tell.", 160.0),
        |x| x.kind.label(),
    )
    .cell(
        field(
            &[Field("words")],
            "Words",
            "The words, as they stand in a text.",
            480.0,
        ),
        |x, _| TableCell::new(x.words.join(", ")),
    )
    .muted_links(
        field(
            &[Field("parties")],
            "Whom they mean",
            "Whom the words mean, where they stand for the parties that speak.",
            200.0,
        ),
        |x| &x.parties,
    )
    .build()
});
