//! The table of commitments.

use super::words::{names, row};
use super::{Align, Cell, Column, Edits, Mark, Sort, TableSpec, cited};
use crate::declare::PathStep;
use crate::query::{Facet, SortKey};
use crate::vocabulary::Status;
use crate::{Commitment, Party, Priority, RecordKind, Theme};

pub static TABLE: TableSpec = TableSpec {
    id: "commitments",
    title: "Commitments",
    about: "One committer, one operative verb, one trackable action.",
    kind: RecordKind::Commitment,
    sorted_by: &[],
    columns: &[
        Column {
            key: "title",
            edits: Edits::At(&[PathStep::Field("title")]),
            title: "Commitment",
            help: "What is promised. An arrow marks a part of another commitment.",
            width_pt: 330.0,
            align: Align::Left,
            cell: |r, i| {
                row::<Commitment>(r, i).map_or_else(Cell::default, |c| {
                    let mark = if c.parent.is_some() {
                        Mark::Child
                    } else {
                        Mark::Name
                    };
                    Cell::new(&c.title).mark(mark)
                })
            },
            sort: Sort::Text,
        },
        Column {
            key: "strength",
            edits: Edits::At(&[PathStep::Field("strength")]),
            title: "Strength",
            help: "The step of the ladder that the governing verb stands on, 6 (firmest) to 0. A \
                dash: a kind without a rank.",
            width_pt: 205.0,
            align: Align::Left,
            cell: |r, i| match row::<Commitment>(r, i).and_then(|c| c.step(r)) {
                Some(step) => Cell::new(step.numbered()).mark(Mark::Step(step.rank)),
                None => Cell::muted("–"),
            },
            sort: Sort::By(|r, i| {
                match row::<Commitment>(r, i)
                    .and_then(|c| c.step(r))
                    .and_then(|s| s.rank)
                {
                    Some(rank) => SortKey::Number(f64::from(rank)),
                    None => SortKey::Missing,
                }
            }),
        },
        Column {
            key: "verb",
            edits: Edits::At(&[PathStep::Field("verb")]),
            title: "Verb",
            help: "The governing verb as it stands in the text.",
            width_pt: 140.0,
            align: Align::Left,
            cell: |r, i| row::<Commitment>(r, i).map_or_else(Cell::default, |c| Cell::new(&c.verb)),
            sort: Sort::Text,
        },
        Column {
            key: "committer",
            edits: Edits::At(&[PathStep::Field("committers")]),
            title: "Committer",
            help: "Who promises.",
            width_pt: 180.0,
            align: Align::Left,
            cell: |r, i| {
                row::<Commitment>(r, i)
                    .map_or_else(Cell::default, |c| Cell::new(names(r, &c.committers)))
            },
            sort: Sort::Text,
        },
        Column {
            key: "priority",
            edits: Edits::At(&[PathStep::Field("priority")]),
            title: "Priority",
            help: "The priority under which it stands.",
            width_pt: 150.0,
            align: Align::Left,
            cell: |r, i| match row::<Commitment>(r, i)
                .and_then(|c| r.get::<Priority>(c.priority.as_ref()?.as_str()))
            {
                Some(p) => Cell::new(p.short.as_deref().unwrap_or(&p.name)),
                None => Cell::muted("–"),
            },
            sort: Sort::By(|r, i| {
                match row::<Commitment>(r, i)
                    .and_then(|c| r.get::<Priority>(c.priority.as_ref()?.as_str()))
                {
                    Some(p) => SortKey::Number(f64::from(p.rank)),
                    None => SortKey::Missing,
                }
            }),
        },
        Column {
            key: "mode",
            edits: Edits::At(&[PathStep::Field("mode")]),
            title: "Mode",
            help: "What kind of statement it is.",
            width_pt: 120.0,
            align: Align::Left,
            cell: |r, i| {
                row::<Commitment>(r, i).map_or_else(Cell::default, |c| Cell::new(c.mode.label()))
            },
            sort: Sort::Text,
        },
        Column {
            key: "status",
            edits: Edits::At(&[PathStep::Field("status")]),
            title: "Status",
            help: "How far it has been met, as last assessed.",
            width_pt: 130.0,
            align: Align::Left,
            cell: |r, i| {
                row::<Commitment>(r, i).map_or_else(Cell::default, |c| {
                    let status = c.current_status();
                    // What nobody has looked at stands back; what was found missing does not.
                    let cell = match status {
                        Status::NotAssessed => Cell::muted(status.label()),
                        _ => Cell::new(status.label()),
                    };
                    cell.mark(Mark::Status(status))
                })
            },
            sort: Sort::Text,
        },
        cited::source_column::<Commitment>(),
    ],
    facets: &[
        Facet {
            key: "priority",
            title: "Priority",
            values: |r, i, add| {
                if let Some(link) = row::<Commitment>(r, i).and_then(|c| c.priority.as_ref()) {
                    add(
                        link.as_str(),
                        r.get::<Priority>(link.as_str())
                            .map_or(link.as_str(), |p| p.short.as_deref().unwrap_or(&p.name)),
                    );
                }
            },
        },
        Facet {
            key: "theme",
            title: "Theme",
            values: |r, i, add| {
                for link in row::<Commitment>(r, i).iter().flat_map(|c| &c.themes) {
                    add(
                        link.as_str(),
                        r.get::<Theme>(link.as_str())
                            .map_or(link.as_str(), |t| &t.name),
                    );
                }
            },
        },
        Facet {
            key: "strength",
            title: "Strength",
            values: |r, i, add| {
                if let Some(step) = row::<Commitment>(r, i).and_then(|c| c.step(r)) {
                    add(step.id.as_str(), &step.numbered());
                }
            },
        },
        Facet {
            key: "committer",
            title: "Committer",
            values: |r, i, add| {
                for link in row::<Commitment>(r, i).iter().flat_map(|c| &c.committers) {
                    add(
                        link.as_str(),
                        r.get::<Party>(link.as_str())
                            .map_or(link.as_str(), |p| p.short.as_deref().unwrap_or(&p.name)),
                    );
                }
            },
        },
        cited::document_facet::<Commitment>(),
        Facet {
            key: "mode",
            title: "Mode",
            values: |r, i, add| {
                if let Some(c) = row::<Commitment>(r, i) {
                    add(c.mode.name(), c.mode.label());
                }
            },
        },
        Facet {
            key: "voice",
            title: "Voice",
            values: |r, i, add| {
                for citation in row::<Commitment>(r, i).iter().flat_map(|c| &c.citations) {
                    add(citation.voice().name(), citation.voice().label());
                }
            },
        },
        Facet {
            key: "status",
            title: "Status",
            values: |r, i, add| {
                if let Some(c) = row::<Commitment>(r, i) {
                    add(c.current_status().name(), c.current_status().label());
                }
            },
        },
    ],
};
