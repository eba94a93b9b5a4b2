//! The table of parties.

use super::TableSpec;
use super::builder::{field, table};
use crate::Party;
use crate::schema::PathStep::Field;
use std::sync::LazyLock;

pub static TABLE: LazyLock<TableSpec> = LazyLock::new(|| {
    table::<Party>("Parties", "Whoever promises, receives, meets or commands.")
        .name(
            field(&[Field("name")], "Party", "Its full name.", 340.0),
            |x| &x.name,
        )
        .optional(
            field(&[Field("short")], "Short", "Its short name.", 140.0),
            |x| x.short.as_ref(),
        )
        .text(field(&[Field("kind")], "Kind", "What it is.", 140.0), |x| {
            x.kind.label()
        })
        .optional(
            field(
                &[Field("code")],
                "Code",
                "ISO 3166-1 alpha-3 code of a state.",
                70.0,
            ),
            |x| x.code.as_ref(),
        )
        .optional(
            field(
                &[Field("native_name")],
                "Native name",
                "Its name in its own language.",
                170.0,
            ),
            |x| x.native_name.as_ref(),
        )
        .optional(
            field(
                &[Field("role")],
                "Role",
                "A person's post at the time.",
                220.0,
            ),
            |x| x.role.as_ref(),
        )
        .link(
            field(
                &[Field("parent")],
                "Belongs to",
                "The party it belongs to.",
                160.0,
            ),
            |x| x.parent.as_ref(),
        )
        .facet_value("kind", "Kind", |x| (x.kind.name(), x.kind.label()))
        .build()
});
