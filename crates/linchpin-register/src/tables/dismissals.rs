//! The table of sentences that yield no record.

use super::TableSpec;
use super::builder::{derived, field, table};
use crate::schema::PathStep::Field;
use crate::{Dismissal, Record as _};
use std::sync::LazyLock;

pub static TABLE: LazyLock<TableSpec> = LazyLock::new(|| {
    table::<Dismissal>("Dismissed sentences", "A sentence that somebody has looked at and that yields no record, with the reason.")
        .name(derived("phrase", "Sentence with", "A phrase of the sentence.", 380.0, "The first cited phrase names the sentence. Edit the citation in the details of the dismissal."), |x| x.title())
        .text(field(&[Field("reason")], "Reason", "Why it yields no record.", 150.0), |x| x.reason.label())
        .note(field(&[Field("note")], "In words", "The reason in own words.", 360.0), |x| x.note.as_ref())
        .sources()
        .facet_value("reason", "Reason", |x| (x.reason.name(), x.reason.label()))
        .facet_documents()
        .build()
});
