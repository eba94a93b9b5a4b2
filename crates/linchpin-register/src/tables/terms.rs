//! The tables of the terms that a register defines: priorities, themes, the ladder, cues.

use super::words::{names, row};
use super::{Align, Cell, Column, Edits, Sort, TableSpec, cited};
use crate::declare::PathStep;
use crate::query::SortKey;
use crate::{Cue, Priority, RecordKind, Step, Theme};

pub static PRIORITIES: TableSpec = TableSpec {
    id: "priorities",
    title: "Priorities",
    about: "A priority under which the documents group their commitments.",
    kind: RecordKind::Priority,
    sorted_by: &[("rank", false)],
    columns: &[
        Column {
            key: "rank",
            edits: Edits::At(&[PathStep::Field("rank")]),
            title: "No.",
            help: "Its place in the order.",
            width_pt: 60.0,
            align: Align::Right,
            cell: |r, i| {
                row::<Priority>(r, i).map_or_else(Cell::default, |x| Cell::new(x.rank.to_string()))
            },
            sort: Sort::By(|r, i| {
                row::<Priority>(r, i)
                    .map_or(SortKey::Missing, |x| SortKey::Number(f64::from(x.rank)))
            }),
        },
        Column {
            key: "name",
            edits: Edits::At(&[PathStep::Field("name")]),
            title: "Priority",
            help: "Its name.",
            width_pt: 380.0,
            align: Align::Left,
            cell: |r, i| row::<Priority>(r, i).map_or_else(Cell::default, |x| Cell::name(&x.name)),
            sort: Sort::Text,
        },
        Column {
            key: "meaning",
            edits: Edits::At(&[PathStep::Field("meaning")]),
            title: "Meaning",
            help: "What it covers.",
            width_pt: 420.0,
            align: Align::Left,
            cell: |r, i| {
                row::<Priority>(r, i).map_or_else(Cell::default, |x| {
                    Cell::muted(x.meaning.as_deref().unwrap_or_default())
                })
            },
            sort: Sort::Text,
        },
        cited::source_column::<Priority>(),
    ],
    facets: &[],
};

pub static THEMES: TableSpec = TableSpec {
    id: "themes",
    title: "Themes",
    about: "A subject that analysts follow.",
    kind: RecordKind::Theme,
    sorted_by: &[],
    columns: &[
        Column {
            key: "name",
            edits: Edits::At(&[PathStep::Field("name")]),
            title: "Theme",
            help: "Its name.",
            width_pt: 260.0,
            align: Align::Left,
            cell: |r, i| row::<Theme>(r, i).map_or_else(Cell::default, |x| Cell::name(&x.name)),
            sort: Sort::Text,
        },
        Column {
            key: "meaning",
            edits: Edits::At(&[PathStep::Field("meaning")]),
            title: "Meaning",
            help: "What it covers.",
            width_pt: 520.0,
            align: Align::Left,
            cell: |r, i| {
                row::<Theme>(r, i).map_or_else(Cell::default, |x| {
                    Cell::muted(x.meaning.as_deref().unwrap_or_default())
                })
            },
            sort: Sort::Text,
        },
    ],
    facets: &[],
};

pub static LADDER: TableSpec = TableSpec {
    id: "ladder",
    title: "Ladder of strength",
    about: "A step of the ladder, with the verbs that place a commitment on it.",
    kind: RecordKind::Step,
    sorted_by: &[("rank", true)],
    columns: &[
        Column {
            key: "rank",
            edits: Edits::At(&[PathStep::Field("rank")]),
            title: "Step",
            help: "6 is firmest; kinds without a rank have a dash.",
            width_pt: 60.0,
            align: Align::Right,
            cell: |r, i| {
                row::<Step>(r, i).map_or_else(Cell::default, |x| {
                    Cell::new(
                        x.rank
                            .map_or_else(|| "–".to_owned(), |rank| rank.to_string()),
                    )
                })
            },
            sort: Sort::By(|r, i| {
                row::<Step>(r, i)
                    .and_then(|x| x.rank)
                    .map_or(SortKey::Missing, |rank| SortKey::Number(f64::from(rank)))
            }),
        },
        Column {
            key: "label",
            edits: Edits::At(&[PathStep::Field("label")]),
            title: "Name",
            help: "Its name.",
            width_pt: 260.0,
            align: Align::Left,
            cell: |r, i| row::<Step>(r, i).map_or_else(Cell::default, |x| Cell::name(&x.label)),
            sort: Sort::Text,
        },
        Column {
            key: "verbs",
            edits: Edits::At(&[PathStep::Field("verbs")]),
            title: "Verbs",
            help: "The verbs that place a commitment here.",
            width_pt: 420.0,
            align: Align::Left,
            cell: |r, i| {
                row::<Step>(r, i).map_or_else(Cell::default, |x| Cell::new(x.verbs.join(", ")))
            },
            sort: Sort::Text,
        },
        Column {
            key: "meaning",
            edits: Edits::At(&[PathStep::Field("meaning")]),
            title: "Meaning",
            help: "What it says.",
            width_pt: 380.0,
            align: Align::Left,
            cell: |r, i| {
                row::<Step>(r, i).map_or_else(Cell::default, |x| {
                    Cell::muted(x.meaning.as_deref().unwrap_or_default())
                })
            },
            sort: Sort::Text,
        },
    ],
    facets: &[],
};

pub static CUES: TableSpec = TableSpec {
    id: "cues",
    title: "Cues",
    about: "Words by which a text is read for commitments, besides the verbs of the ladder.",
    kind: RecordKind::Cue,
    sorted_by: &[],
    columns: &[
        Column {
            key: "kind",
            edits: Edits::At(&[PathStep::Field("kind")]),
            title: "Kind",
            help: "What the words tell.",
            width_pt: 160.0,
            align: Align::Left,
            cell: |r, i| {
                row::<Cue>(r, i).map_or_else(Cell::default, |x| Cell::name(x.kind.label()))
            },
            sort: Sort::Text,
        },
        Column {
            key: "words",
            edits: Edits::At(&[PathStep::Field("words")]),
            title: "Words",
            help: "The words, as they stand in a text.",
            width_pt: 480.0,
            align: Align::Left,
            cell: |r, i| {
                row::<Cue>(r, i).map_or_else(Cell::default, |x| Cell::new(x.words.join(", ")))
            },
            sort: Sort::Text,
        },
        Column {
            key: "parties",
            edits: Edits::At(&[PathStep::Field("parties")]),
            title: "Whom they mean",
            help: "Whom the words mean, where they stand for the parties that speak.",
            width_pt: 200.0,
            align: Align::Left,
            cell: |r, i| {
                row::<Cue>(r, i).map_or_else(Cell::default, |x| Cell::muted(names(r, &x.parties)))
            },
            sort: Sort::Text,
        },
    ],
    facets: &[],
};
