//! Whether the fields, groups and columns that a chart names are there.

use super::chart::{Channel, Chart};
use super::check::Check;
use super::declare::{FieldSpec, PathStep};
use super::{Form, RecordKind, codes};
use crate::ron_text::{Problem, nearest};

/// By what tables are narrowed and no field says by itself: charts can group and filter by it, too.
pub const DERIVED: &[(RecordKind, &[&str])] = &[
    (
        RecordKind::Commitment,
        &["theme", "committer", "document", "voice"],
    ),
    (RecordKind::Body, &["theme", "member", "document"]),
    (RecordKind::Figure, &["subject", "theme", "document"]),
    (RecordKind::Instrument, &["party", "theme"]),
    (RecordKind::Event, &["basis", "party", "theme", "document"]),
    (RecordKind::Concern, &["actor", "theme", "document"]),
    (RecordKind::Document, &["issuer"]),
];

/// The word that a filter has for records with nothing in a field.
const NOTHING: &str = "none";

/// Checks a chart by itself; whether it can be drawn, the records decide.
pub(super) fn check(check: &mut Check<'_>, chart: &Chart) {
    let kinds: Vec<RecordKind> = chart.records.iter().map(|list| list.kind()).collect();
    if kinds.is_empty() {
        check.missing(
            "records",
            &["mark"],
            crate::ron_text::Severity::Error,
            crate::ron_text::codes::MISSING_FIELD,
            "Nothing says which records this chart draws",
            "add records: [Commitments], or another list",
        );
        return;
    }
    let channels = [
        ("x", &chart.x),
        ("y", &chart.y),
        ("color", &chart.color),
        ("facet", &chart.facet),
    ];
    for (name, channel) in channels {
        let field = channel.as_ref().and_then(|c: &Channel| c.field.as_deref());
        if let Some(field) = field {
            let path = [PathStep::Field(name), PathStep::Field("field")];
            known_field(check, &kinds, field, &path);
        }
    }
    for (index, filter) in chart.filter.iter().enumerate() {
        let here = |field| {
            [
                PathStep::Field("filter"),
                PathStep::Index(index),
                PathStep::Field(field),
            ]
        };
        if !known_field(check, &kinds, &filter.field, &here("field")) {
            continue;
        }
        let specs = kinds.iter().flat_map(|kind| kind.fields());
        let Some(spec) = specs.into_iter().find(|spec| spec.name == filter.field) else {
            continue;
        };
        for (at, key) in filter.is.iter().enumerate() {
            let path = [&here("is")[..], &[PathStep::Index(at)]].concat();
            known_key(check, spec, key, &path);
        }
    }
}

fn known_field(check: &mut Check<'_>, kinds: &[RecordKind], name: &str, path: &[PathStep]) -> bool {
    let names = || {
        kinds.iter().flat_map(|kind| {
            let derived = DERIVED.iter().filter(move |(of, _)| of == kind);
            let derived = derived.flat_map(|(_, names)| names.iter().copied());
            kind.fields().iter().map(|spec| spec.name).chain(derived)
        })
    };
    if names().any(|known| known == name) {
        return true;
    }
    let what = match kinds {
        [one] => one.what(),
        _ => "record of these lists",
    };
    wrong(
        check,
        path,
        format!("A {what} has no field “{name}”"),
        name,
        nearest(name, names()),
    );
    false
}

fn known_key(check: &mut Check<'_>, spec: &FieldSpec, key: &str, path: &[PathStep]) {
    if key == NOTHING {
        return;
    }
    match spec.form {
        Form::Link(kind) => {
            let register = check.register;
            let is_there = register.find(key).is_some_and(|at| at.kind == kind);
            if !is_there && !check.reading.left_out.contains(key) {
                let ids = (0..register.count(kind) as u32)
                    .filter_map(|index| register.record(super::RecordRef { kind, index }))
                    .map(|record| record.id());
                let message = format!("No {} has the id “{key}”", kind.what());
                wrong(check, path, message, key, nearest(key, ids));
            }
        }
        Form::Choice { what, choices } if choices.iter().all(|choice| choice.name != key) => {
            let names = choices.iter().map(|choice| choice.name);
            let message = format!("“{key}” is no {what}");
            wrong(check, path, message, key, nearest(key, names));
        }
        _ => {}
    }
}

fn wrong(
    check: &mut Check<'_>,
    path: &[PathStep],
    message: String,
    text: &str,
    near: Option<&str>,
) {
    let span = check.span(path);
    let problem = Problem::warning(span, codes::CHART_FIELD, message);
    let problem = match near {
        Some(near) => {
            let problem = problem.help(format!("write \"{near}\""));
            check.meant(problem, text, near)
        }
        None => problem.help("name a field as the records of the list have it, such as \"themes\""),
    };
    check.push(problem);
}
