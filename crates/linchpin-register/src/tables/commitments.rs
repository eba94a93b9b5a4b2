//! The table of commitments.

use super::builder::{field, table};
use super::{CellMark, TableCell, TableSpec};
use crate::query::SortKey;
use crate::schema::PathStep::Field;
use crate::vocabulary::FulfillmentStatus;
use crate::{Commitment, Priority};
use std::sync::LazyLock;

pub static TABLE: LazyLock<TableSpec> = LazyLock::new(|| {
    table::<Commitment>(
        "Commitments",
        "One committer, one operative verb, one trackable action.",
    )
    .cell(
        field(
            &[Field("title")],
            "Commitment",
            "What is promised. An arrow marks a part of another commitment.",
            330.0,
        ),
        |c, _| {
            let is_part = c.parent.is_some();
            TableCell::new(&c.title).with_mark(if is_part {
                CellMark::Child
            } else {
                CellMark::Name
            })
        },
    )
    .sorted_cell(
        field(
            &[Field("strength")],
            "Strength",
            "The step of the ladder that the governing verb stands on, 6 (firmest) to 0. A dash: a \
            kind without a rank.",
            205.0,
        ),
        |c, register| match c.effective_step(register) {
            Some(step) => {
                TableCell::new(step.ranked_label()).with_mark(CellMark::LadderRank(step.rank))
            }
            None => TableCell::muted("–"),
        },
        |c, register| match c.effective_step(register).and_then(|step| step.rank) {
            Some(rank) => SortKey::Number(f64::from(rank)),
            None => SortKey::Missing,
        },
    )
    .text(
        field(
            &[Field("verb")],
            "Verb",
            "The governing verb as it stands in the text.",
            140.0,
        ),
        |c| &c.verb,
    )
    .links(
        field(&[Field("committers")], "Committer", "Who promises.", 180.0).key("committer"),
        |c| &c.committers,
    )
    .sorted_cell(
        field(
            &[Field("priority")],
            "Priority",
            "The priority under which it stands.",
            150.0,
        ),
        |c, register| match register
            .get::<Priority>(c.priority.as_ref().map_or("", |link| link.as_str()))
        {
            Some(priority) => TableCell::new(priority.short.as_deref().unwrap_or(&priority.name)),
            None => TableCell::muted("–"),
        },
        |c, register| match register
            .get::<Priority>(c.priority.as_ref().map_or("", |link| link.as_str()))
        {
            Some(priority) => SortKey::Number(f64::from(priority.rank)),
            None => SortKey::Missing,
        },
    )
    .text(
        field(
            &[Field("mode")],
            "Mode",
            "What kind of statement it is.",
            120.0,
        ),
        |c| c.mode.label(),
    )
    .cell(
        field(
            &[Field("status")],
            "Status",
            "How far it has been met, as last assessed.",
            130.0,
        ),
        |c, _| {
            let status = c.current_status();
            // What nobody has assessed is quiet; what was found missing is not.
            let cell = match status {
                FulfillmentStatus::NotAssessed => TableCell::muted(status.label()),
                _ => TableCell::new(status.label()),
            };
            cell.with_mark(CellMark::Status(status))
        },
    )
    .sources()
    .facet_links("priority", "Priority", |c| c.priority.as_slice())
    .facet_links("theme", "Theme", |c| &c.themes)
    .facet("strength", "Strength", |c, register, add| {
        if let Some(step) = c.effective_step(register) {
            add(step.id.as_str(), &step.ranked_label());
        }
    })
    .facet_links("committer", "Committer", |c| &c.committers)
    .facet_documents()
    .facet_value("mode", "Mode", |c| (c.mode.name(), c.mode.label()))
    .facet("voice", "Voice", |c, _, add| {
        for citation in &c.citations {
            add(
                citation.effective_voice().name(),
                citation.effective_voice().label(),
            );
        }
    })
    .facet_value("status", "Status", |c| {
        let status = c.current_status();
        (status.name(), status.label())
    })
    .build()
});
