//! What a register says of itself, before its lists.

use super::declare::{FieldSpec, Need};
use super::{Date, Form};

const fn text(name: &'static str, need: Need, doc: &'static str) -> FieldSpec {
    FieldSpec {
        name,
        need,
        shape: "text",
        form: Form::Text,
        doc,
    }
}

/// The register's own fields that can be edited, in the order of the house.
pub const HEAD: &[FieldSpec] = &[
    text("title", Need::Required, "What the register is about."),
    text(
        "summary",
        Need::Optional,
        "A sentence or two on what it covers.",
    ),
    FieldSpec {
        name: "compiled",
        need: Need::Optional,
        shape: <Date as super::declare::Field>::SHAPE,
        form: Form::Date,
        doc: "The date to which it has been brought.",
    },
    text("compilers", Need::List, "Who has compiled it."),
    text(
        "license",
        Need::Optional,
        "SPDX name of the license of the data.",
    ),
];

#[cfg(test)]
mod tests {
    use super::HEAD;
    use crate::register::kinds::ROOT_FIELDS;

    #[test]
    fn the_head_is_what_stands_before_the_lists() {
        let names: Vec<&str> = HEAD.iter().map(|field| field.name).collect();
        assert_eq!(names, ROOT_FIELDS[1..=HEAD.len()]);
    }
}
