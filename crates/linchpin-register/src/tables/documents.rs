//! The table of documents.

use super::TableSpec;
use super::builder::{derived, field, table};
use crate::schema::PathStep::Field;
use crate::{Document, RecordKind, RecordRef, Register};
use std::sync::LazyLock;

pub static TABLE: LazyLock<TableSpec> = LazyLock::new(|| {
    table::<Document>(
        "Documents",
        "A source: a treaty, a statement, an editorial, a page.",
    )
    .name(
        field(&[Field("title")], "Document", "Its full title.", 350.0),
        |x| &x.title,
    )
    .text(field(&[Field("kind")], "Kind", "What it is.", 140.0), |x| {
        x.kind.label()
    })
    .links(
        field(&[Field("issuers")], "Issuers", "Who issued it.", 170.0),
        |x| &x.issuers,
    )
    .date(
        field(
            &[Field("date")],
            "Date",
            "When it was adopted or published.",
            150.0,
        ),
        |x| Some(x.date.date),
    )
    .text(
        field(
            &[Field("legal_character")],
            "Legal character",
            "What law says of it.",
            180.0,
        ),
        |x| x.legal_character.label(),
    )
    .count(
        derived(
            "records",
            "Records",
            "How many records cite it.",
            90.0,
            "Counted. To change it, edit the citations of a record.",
        ),
        citing_record_count,
    )
    .note(
        field(&[Field("url")], "Address", "The official copy.", 260.0),
        |x| x.url.as_ref(),
    )
    .facet_value("kind", "Kind", |x| (x.kind.name(), x.kind.label()))
    .facet_links("issuer", "Issuer", |x| &x.issuers)
    .facet_value("legal_character", "Legal character", |x| {
        (x.legal_character.name(), x.legal_character.label())
    })
    .build()
});

/// How many records cite a document.
fn citing_record_count(register: &Register, index: usize) -> usize {
    let at = RecordRef {
        kind: RecordKind::Document,
        index: index as u32,
    };
    register.linked_from(at).len() - register.linked_from_kind(at, RecordKind::Document).len()
}
