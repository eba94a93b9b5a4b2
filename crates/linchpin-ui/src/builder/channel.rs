//! What a place, a length or a color stands for: a field of the records, or their number.

use super::order::flag;
use super::{About, LABEL_PT, spec};
use crate::form::{self, Sheet, pick};
use crate::parts;
use egui::{Role, Ui, WidgetInfo};
use linchpin_app::form_state::PickOption;
use linchpin_charts::{Field, Holds, offered};
use linchpin_edit::Want;
use linchpin_register::Form;
use linchpin_register::declare::{FieldSpec, PathStep};
use linchpin_register::query::fold::fold;
use ron_lossless::RonValue;

/// What stands for no field, and for the number of records, in the list to choose from.
const NOTHING: &str = "";
const NUMBER: &str = "#";
const NUMBER_WORDS: &str = "Number of records";
/// Width of the names of what else can be said.
const INNER_LABEL_PT: f32 = 62.0;

/// The parts of a channel, in the order of the house.
const PARTS: [&str; 8] = [
    "field",
    "aggregate",
    "scale",
    "title",
    "missing",
    "together",
    "empty",
    "limit",
];

/// Paints a channel: its field, and what else there is to say about it.
pub fn show(
    ui: &mut Ui,
    sheet: &mut Sheet<'_>,
    about: &About<'_>,
    name: &'static str,
    title: &str,
) {
    let Some(spec) = spec(name) else { return };
    let path = [PathStep::Field(name)];
    let now = match sheet.value(&path) {
        Some(RonValue::Record(parts)) => Some(parts),
        _ => None,
    };
    form::row(ui, LABEL_PT, title, spec.doc, |ui| {
        let fields = fields(about, name);
        let of = now.as_deref().and_then(|parts| text(parts, "field"));
        let field = fields
            .iter()
            .find(|field| Some(field.name) == of.as_deref());
        let words = match (&now, &of, field) {
            (None, ..) => "–".to_owned(),
            (Some(_), None, _) => NUMBER_WORDS.to_owned(),
            (_, _, Some(field)) => field.title(),
            (_, Some(of), None) => format!("⚠ {of}"),
        };
        let button = pick::button(ui, title, &words, now.is_none(), ui.available_width());
        let id = sheet.id(&path);
        let counts = matches!(name, "x" | "y");
        let chosen = pick::show(ui, sheet, id, &button, &|search| {
            hits(&fields, search, counts, now.is_some())
        });
        if let Some(chosen) = chosen {
            choose(sheet, &path, now.as_deref(), &fields, &chosen);
        }
        about.blame(ui, name);
        if let (Some(parts), Form::Record { fields, .. }) = (&now, spec.form) {
            more(ui, sheet, name, title, parts, field, fields);
        }
    });
}

/// The fields to choose from: of every list that the chart draws, each name once.
fn fields(about: &About<'_>, channel: &str) -> Vec<Field> {
    let mut all: Vec<Field> = Vec::new();
    for kind in &about.kinds {
        for field in offered(*kind, channel) {
            if all.iter().all(|other| other.name != field.name) {
                all.push(field);
            }
        }
    }
    all
}

fn hits(fields: &[Field], search: &str, counts: bool, can_be_none: bool) -> Vec<PickOption> {
    let search = fold(search);
    let mut all = Vec::new();
    let mut hit = |value: &str, title: String, aside: String, help: &str| {
        let folded = fold(&title);
        if search.split_whitespace().all(|word| folded.contains(word)) {
            all.push(PickOption {
                value: value.to_owned(),
                title,
                detail: aside,
                help: help.to_owned(),
            });
        }
    };
    if counts {
        let help = "How many records there are.";
        hit(NUMBER, NUMBER_WORDS.into(), "counted".into(), help);
    }
    for field in fields {
        hit(field.name, field.title(), field.what(), field.help());
    }
    if can_be_none {
        hit(NOTHING, "– none".into(), String::new(), "Take it out");
    }
    all
}

/// Writes what was chosen. What is said about the field stays as far as it can still mean something.
fn choose(
    sheet: &mut Sheet<'_>,
    path: &[PathStep],
    now: Option<&[(String, RonValue)]>,
    fields: &[Field],
    chosen: &str,
) {
    if chosen == NOTHING {
        return sheet.wish(path, Want::TakeOut);
    }
    let mut parts = now.map(<[_]>::to_vec).unwrap_or_default();
    if chosen == NUMBER {
        parts.retain(|(name, _)| matches!(name.as_str(), "scale" | "title"));
        parts.push(("aggregate".to_owned(), RonValue::bare("Count")));
    } else {
        let is_amount = fields
            .iter()
            .any(|field| field.name == chosen && matches!(field.holds, Holds::Amount));
        parts.retain(|(name, value)| match name.as_str() {
            "field" | "title" => false,
            "aggregate" => is_amount && value.line() != "Count",
            "scale" => is_amount,
            _ => !is_amount,
        });
        parts.push(("field".to_owned(), RonValue::text(chosen)));
    }
    let order = |name: &str| PARTS.iter().position(|part| *part == name);
    parts.sort_by_key(|(name, _)| order(name));
    sheet.wish(path, Want::Set(RonValue::Record(parts)));
}

/// What else there is to say about a channel.
fn more(
    ui: &mut Ui,
    sheet: &mut Sheet<'_>,
    name: &'static str,
    title: &str,
    parts: &[(String, RonValue)],
    field: Option<&Field>,
    specs: &'static [FieldSpec],
) {
    let id = sheet.id(&[PathStep::Field(name)]).with("more");
    let unfolded = sheet.form.expanded_records.contains(&id);
    let is_place = matches!(name, "x" | "y");
    let numbers = field.is_none_or(|f| matches!(f.holds, Holds::Amount | Holds::Numbers));
    let groups = field.is_some_and(Field::is_groups);
    let several = field.is_some_and(|f| {
        let spec = f.kind.fields().iter().find(|spec| spec.name == f.name);
        spec.is_some_and(FieldSpec::is_list)
    });
    let of = title.to_lowercase();
    for (part, words, fits) in [
        (
            "aggregate",
            "Taken as",
            is_place && numbers && field.is_some(),
        ),
        ("scale", "Scale", is_place && numbers),
        ("title", "Words", true),
        ("missing", "If empty", groups),
        ("limit", "At most", groups),
    ] {
        let is_said = parts.iter().any(|(name, _)| name == part);
        let Some(spec) = specs.iter().find(|spec| spec.name == part) else {
            continue;
        };
        // The number of records is a count without more words.
        let is_said = is_said && !(part == "aggregate" && field.is_none());
        if is_said || unfolded && fits {
            let path = [PathStep::Field(name), PathStep::Field(part)];
            form::row(ui, INNER_LABEL_PT, words, spec.doc, |ui| {
                form::field(ui, sheet, &path, spec, &of);
            });
        }
    }
    for (part, words, fits) in [
        ("together", "Sets of several stay together", several),
        ("empty", "Groups without records too", groups),
    ] {
        let is_said = parts.iter().any(|(name, _)| name == part);
        if is_said || unfolded && fits {
            let path = [PathStep::Field(name), PathStep::Field(part)];
            flag(ui, sheet, &path, words);
        }
    }
    let link = parts::link(ui, if unfolded { "Less" } else { "More…" });
    let spoken = match unfolded {
        true => format!("Less of {of}"),
        false => format!("More of {of}"),
    };
    link.widget_info(|| WidgetInfo::labeled(Role::Link, true, &spoken));
    if link.clicked() && !sheet.form.expanded_records.remove(&id) {
        sheet.form.expanded_records.insert(id);
    }
}

fn text(parts: &[(String, RonValue)], name: &str) -> Option<String> {
    let (_, value) = parts.iter().find(|(other, _)| other == name)?;
    match value {
        RonValue::Text(text) => Some(text.clone()),
        _ => None,
    }
}
