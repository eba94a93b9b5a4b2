//! The head of a register: what its file, or the first of its files that says so, states about the
//! whole.

use super::check::{MAX_NAME_CHARS, text_diagnostic};
use super::messages::{Problem, THIS_ONE_COUNTS};
use super::schema::{FieldCardinality, FieldSpec, SchemaField};
use super::unseen::zero_width_diagnostic;
use super::{Date, FORMAT_VERSION, FieldType, Register};
use ron_lossless::{Decode, Decoder, Diagnostic, FieldNodes};

/// How many fields of the root stand before its lists.
pub const METADATA_FIELD_COUNT: usize = 6;

const fn text_field(name: &'static str, need: FieldCardinality, doc: &'static str) -> FieldSpec {
    FieldSpec {
        name,
        cardinality: need,
        shape: "text",
        field_type: FieldType::Text,
        doc,
        default_text: None,
    }
}

/// The register's own fields that can be edited, in the standard order.
pub const METADATA_FIELDS: &[FieldSpec] = &[
    text_field(
        "title",
        FieldCardinality::Required,
        "What the register is about.",
    ),
    text_field(
        "summary",
        FieldCardinality::Optional,
        "A sentence or two on what it covers.",
    ),
    FieldSpec {
        name: "compiled",
        cardinality: FieldCardinality::Optional,
        shape: <Date as SchemaField>::SHAPE,
        field_type: FieldType::Date,
        doc: "The date to which it has been brought.",
        default_text: None,
    },
    text_field("compilers", FieldCardinality::List, "Who has compiled it."),
    text_field(
        "license",
        FieldCardinality::Optional,
        "SPDX name of the license of the data.",
    ),
];

/// Reads the heads of all files, of which there may be none. Each needs its format; the rest may
/// stand in any of them.
pub fn decode_metadata(register: &mut Register, roots: &[FieldNodes], d: &mut Decoder<'_>) {
    for root in roots {
        check_format_version(root, d);
        decode_title(register, roots, root, d);
        take_first_value(&mut register.summary, roots, root, 2, "summary", d);
        take_first_value(&mut register.compiled, roots, root, 3, "date", d);
        for name in root.list::<String>(d, 4) {
            // Files by the same people name them each time.
            if roots.len() == 1 || !register.compilers.contains(&name) {
                register.compilers.push(name);
            }
        }
        take_first_value(&mut register.license, roots, root, 5, "license", d);
    }
    let titled = |root: &&FieldNodes| root.node(1).is_some();
    if let Some(root) = roots.first()
        && !roots.iter().any(|root| titled(&root))
    {
        // Reports that it is missing.
        root.required::<String>(d, 1);
    }
}

fn check_format_version(root: &FieldNodes, d: &mut Decoder<'_>) {
    if let Some(format) = root.required::<u32>(d, 0)
        && format != FORMAT_VERSION
        && let Some(node) = root.node(0)
    {
        d.report(Problem::OtherFormat { format }.at(d.span(node)));
    }
}

fn decode_title(
    register: &mut Register,
    roots: &[FieldNodes],
    root: &FieldNodes,
    d: &mut Decoder<'_>,
) {
    let Some(node) = root.node(1) else { return };
    // A title that could not be read has been reported.
    let Some(title) = root.required::<String>(d, 1) else {
        return;
    };
    let span = d.span(node);
    let problem = text_diagnostic("title", &title, MAX_NAME_CHARS, || span);
    let problem = problem.or_else(|| zero_width_diagnostic(d.text(node), span.start));
    problem.into_iter().for_each(|problem| d.report(problem));
    if register.title.is_empty() {
        register.title = title;
    } else if !title.is_empty() && title != register.title {
        d.report(differs_between_files(d, roots, root, 1, "title"));
    }
}

/// Takes a value where no file before had one, and warns of one that differs.
fn take_first_value<T: Decode + PartialEq>(
    known: &mut Option<T>,
    roots: &[FieldNodes],
    root: &FieldNodes,
    index: usize,
    what: &str,
    d: &mut Decoder<'_>,
) {
    let value: Option<T> = root.optional(d, index);
    match (&known, value) {
        (None, value) => *known = value,
        (Some(known), Some(value)) if value != *known => {
            d.report(differs_between_files(d, roots, root, index, what));
        }
        _ => {}
    }
}

fn differs_between_files(
    d: &Decoder<'_>,
    roots: &[FieldNodes],
    root: &FieldNodes,
    index: usize,
    what: &str,
) -> Diagnostic {
    let span = |root: &FieldNodes| root.node(index).map(|node| d.span(node));
    let problem = Problem::SecondHead { what }.at(span(root).unwrap_or_default());
    match roots.iter().find_map(span) {
        Some(first) => problem.with_label(first, THIS_ONE_COUNTS),
        None => problem,
    }
}

#[cfg(test)]
mod tests {
    use super::METADATA_FIELDS;
    use crate::record_kinds::ROOT_FIELDS;

    #[test]
    fn the_head_is_what_stands_before_the_lists() {
        let names: Vec<&str> = METADATA_FIELDS.iter().map(|field| field.name).collect();
        assert_eq!(names, ROOT_FIELDS[1..=METADATA_FIELDS.len()]);
    }
}
