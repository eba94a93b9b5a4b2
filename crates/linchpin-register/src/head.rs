//! The head of a register: what its file, or the first of its files that says so, states about the
//! whole.

use super::check::{NAME_CHARS, text_fault};
use super::codes;
use super::declare::{Field, FieldSpec, Need};
use super::{Date, FORMAT, Form, Register};
use ron_lossless::{Decode, Decoder, Diagnostic, NodeKind, RecordFields};

/// How many fields of the root stand before its lists.
pub const HEAD_FIELDS: usize = 6;

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
        shape: <Date as Field>::SHAPE,
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

/// Reads the heads of all files, of which there may be none. Each needs its format; the rest may
/// stand in any of them.
pub fn head(register: &mut Register, roots: &[RecordFields], d: &mut Decoder<'_>) {
    for root in roots {
        format(root, d);
        title(register, roots, root, d);
        first(&mut register.summary, roots, root, 2, "summary", d);
        first(&mut register.compiled, roots, root, 3, "date", d);
        for name in root.list::<String>(d, 4) {
            // Files by the same people name them each time.
            if roots.len() == 1 || !register.compilers.contains(&name) {
                register.compilers.push(name);
            }
        }
        first(&mut register.license, roots, root, 5, "license", d);
    }
    let titled = |root: &&RecordFields| root.node(1).is_some();
    if let Some(root) = roots.first()
        && !roots.iter().any(|root| titled(&root))
    {
        // Reports that it is missing.
        root.required::<String>(d, 1);
    }
}

fn format(root: &RecordFields, d: &mut Decoder<'_>) {
    if let Some(format) = root.required::<u32>(d, 0)
        && format != FORMAT
        && let Some(node) = root.node(0)
    {
        let problem = Diagnostic::error(
            d.span(node),
            codes::FORMAT,
            format!("This register has format {format}, and this program reads format {FORMAT}"),
        );
        let help = if format > FORMAT {
            "use a newer version of Linchpin"
        } else {
            "write format: 1"
        };
        d.report(problem.with_help(help));
    }
}

fn title(
    register: &mut Register,
    roots: &[RecordFields],
    root: &RecordFields,
    d: &mut Decoder<'_>,
) {
    let Some(node) = root.node(1) else { return };
    let title = root.required::<String>(d, 1).unwrap_or_default();
    if d.tree().kind(node) != NodeKind::Error
        && let Some(problem) = text_fault("title", &title, NAME_CHARS, || d.span(node))
    {
        // A title that could not be read has been reported.
        let unread = title.is_empty() && !d.text(node).trim_matches('"').is_empty();
        if !unread {
            d.report(problem);
        }
    }
    if register.title.is_empty() {
        register.title = title;
    } else if !title.is_empty() && title != register.title {
        d.report(another(d, roots, root, 1, "title"));
    }
}

/// Takes a value where no file before had one, and warns of one that differs.
fn first<T: Decode + PartialEq>(
    known: &mut Option<T>,
    roots: &[RecordFields],
    root: &RecordFields,
    index: usize,
    what: &str,
    d: &mut Decoder<'_>,
) {
    let value: Option<T> = root.optional(d, index);
    match (&known, value) {
        (None, value) => *known = value,
        (Some(known), Some(value)) if value != *known => {
            d.report(another(d, roots, root, index, what));
        }
        _ => {}
    }
}

fn another(
    d: &Decoder<'_>,
    roots: &[RecordFields],
    root: &RecordFields,
    index: usize,
    what: &str,
) -> Diagnostic {
    let span = |root: &RecordFields| root.node(index).map(|node| d.span(node));
    let message = format!("Another file gives this register another {what}");
    let problem = Diagnostic::warning(span(root).unwrap_or_default(), codes::SECOND_HEAD, message)
        .with_help("the first one counts; write the same here, or delete this field");
    match roots.iter().find_map(span) {
        Some(first) => problem.with_label(first, "this one counts"),
        None => problem,
    }
}

#[cfg(test)]
mod tests {
    use super::HEAD;
    use crate::kinds::ROOT_FIELDS;

    #[test]
    fn the_head_is_what_stands_before_the_lists() {
        let names: Vec<&str> = HEAD.iter().map(|field| field.name).collect();
        assert_eq!(names, ROOT_FIELDS[1..=HEAD.len()]);
    }
}
