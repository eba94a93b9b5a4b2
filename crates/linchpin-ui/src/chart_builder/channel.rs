//! What a place, a length or a color stands for: a field of the records, or their number.

use super::{ChartBuilderContext, LABEL_PT, checkbox_field, field_spec};
use crate::record_form::{self, RecordForm, pick_list};
use crate::widgets;
use egui::{Role, Ui, WidgetInfo};
use linchpin_app::form_state::PickOption;
use linchpin_charts::{DataField, FieldDataType};
use linchpin_edit::ValueChange;
use linchpin_register::FieldType;
use linchpin_register::english::in_sentence;
use linchpin_register::query::fold::fold;
use linchpin_register::schema::{FieldSpec, PathStep};
use ron_lossless::RonValue;

/// What stands for no field, and for the number of records, in the list to choose from.
const NO_FIELD: &str = "";
const RECORD_COUNT: &str = "#";
const RECORD_COUNT_LABEL: &str = "Number of records";
/// Width of the names of the advanced fields.
const INNER_LABEL_PT: f32 = 62.0;

/// The parts of a channel, in the order of the house.
const CHANNEL_FIELDS: [&str; 9] = [
    "field",
    "aggregate",
    "derive",
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
    form: &mut RecordForm<'_>,
    about: &ChartBuilderContext<'_>,
    name: &'static str,
    title: &str,
) {
    let Some(spec) = field_spec(name) else { return };
    let path = [PathStep::Field(name)];
    let now = match form.value(&path) {
        Some(RonValue::Record(parts)) => Some(parts),
        _ => None,
    };
    record_form::labeled_row(ui, LABEL_PT, title, spec.doc, |ui| {
        let fields = about.fields_for(name);
        let of = now.as_deref().and_then(|parts| text_value(parts, "field"));
        let field = fields
            .iter()
            .find(|field| Some(field.name) == of.as_deref());
        let text = match (&now, &of, field) {
            (None, ..) => "–".to_owned(),
            (Some(_), None, _) => RECORD_COUNT_LABEL.to_owned(),
            (_, _, Some(field)) => field.heading(),
            (_, Some(of), None) => format!("⚠ {of}"),
        };
        let button = pick_list::button(ui, title, &text, now.is_none(), ui.available_width());
        let id = form.id(&path);
        let counts = matches!(name, "x" | "y");
        let chosen = pick_list::show(ui, form, id, &button, &|search| {
            field_options(&fields, search, counts, now.is_some())
        });
        if let Some(chosen) = chosen {
            set_field(form, &path, now.as_deref(), &fields, &chosen);
        }
        about.show_error_hint(ui, name);
        if let (Some(parts), FieldType::Record { fields, .. }) = (&now, spec.field_type) {
            advanced_fields(ui, form, name, title, parts, field, fields);
        }
    });
}

fn field_options(
    fields: &[DataField],
    search: &str,
    counts: bool,
    can_be_none: bool,
) -> Vec<PickOption> {
    let search = fold(search);
    let mut all = Vec::new();
    let mut hit = |value: &str, title: String, detail: String, help: &str| {
        let folded = fold(&title);
        if search.split_whitespace().all(|word| folded.contains(word)) {
            all.push(pick_list::option(value, title, detail, help));
        }
    };
    if counts {
        let help = "How many records there are.";
        hit(
            RECORD_COUNT,
            RECORD_COUNT_LABEL.into(),
            "counted".into(),
            help,
        );
    }
    for field in fields {
        hit(
            field.name,
            field.heading(),
            field.data_type_text(),
            field.help(),
        );
    }
    if can_be_none {
        hit(NO_FIELD, "– none".into(), String::new(), "Remove it");
    }
    all
}

/// Writes what was chosen. The options of the field stay as far as they can still mean
/// something.
fn set_field(
    form: &mut RecordForm<'_>,
    path: &[PathStep],
    now: Option<&[(String, RonValue)]>,
    fields: &[DataField],
    chosen: &str,
) {
    if chosen == NO_FIELD {
        return form.push_edit(path, ValueChange::Remove);
    }
    let mut parts = now.map(<[_]>::to_vec).unwrap_or_default();
    if chosen == RECORD_COUNT {
        parts.retain(|(name, _)| matches!(name.as_str(), "derive" | "scale" | "title"));
        parts.push(("aggregate".to_owned(), RonValue::bare("Count")));
    } else {
        let is_amount = fields
            .iter()
            .any(|field| field.name == chosen && matches!(field.data_type, FieldDataType::Amount));
        parts.retain(|(name, value)| match name.as_str() {
            "field" | "title" => false,
            "aggregate" => is_amount && value.line() != "Count",
            "derive" | "scale" => is_amount,
            _ => !is_amount,
        });
        parts.push(("field".to_owned(), RonValue::text(chosen)));
    }
    let order = |name: &str| CHANNEL_FIELDS.iter().position(|part| *part == name);
    parts.sort_by_key(|(name, _)| order(name));
    form.push_edit(path, ValueChange::Set(RonValue::Record(parts)));
}

/// What else there is to say about a channel.
fn advanced_fields(
    ui: &mut Ui,
    form: &mut RecordForm<'_>,
    name: &'static str,
    title: &str,
    parts: &[(String, RonValue)],
    field: Option<&DataField>,
    specs: &'static [FieldSpec],
) {
    let id = form.id(&[PathStep::Field(name)]).with("more");
    let unfolded = form.state.expanded_records.contains(&id);
    let is_place = matches!(name, "x" | "y");
    let numbers = field.is_none_or(|f| {
        matches!(
            f.data_type,
            FieldDataType::Amount | FieldDataType::WholeNumbers
        )
    });
    let groups = field.is_some_and(DataField::is_groupable);
    let several = field.is_some_and(|f| f.spec().is_some_and(FieldSpec::is_list));
    let of = in_sentence(title);
    for (part, text, applies) in [
        (
            "aggregate",
            "Taken as",
            is_place && numbers && field.is_some(),
        ),
        ("derive", "Worked out", is_place && numbers),
        ("scale", "Scale", is_place && numbers),
        ("title", "Words", true),
        ("missing", "If empty", groups),
        ("limit", "At most", groups),
    ] {
        let is_set = parts.iter().any(|(name, _)| name == part);
        let Some(spec) = specs.iter().find(|spec| spec.name == part) else {
            continue;
        };
        // The number of records is a count without more words.
        let is_set = is_set && !(part == "aggregate" && field.is_none());
        if is_set || unfolded && applies {
            let path = [PathStep::Field(name), PathStep::Field(part)];
            record_form::labeled_row(ui, INNER_LABEL_PT, text, spec.doc, |ui| {
                record_form::field_editor(ui, form, &path, spec, &of);
            });
        }
    }
    for (part, text, applies) in [
        ("together", "Sets of several stay together", several),
        ("empty", "Groups without records too", groups),
    ] {
        let is_set = parts.iter().any(|(name, _)| name == part);
        if is_set || unfolded && applies {
            let path = [PathStep::Field(name), PathStep::Field(part)];
            checkbox_field(ui, form, &path, text);
        }
    }
    let link = widgets::link(ui, if unfolded { "Less" } else { "More…" });
    let spoken = match unfolded {
        true => format!("Less of {of}"),
        false => format!("More of {of}"),
    };
    link.widget_info(|| WidgetInfo::labeled(Role::Link, true, &spoken));
    if link.clicked() && !form.state.expanded_records.remove(&id) {
        form.state.expanded_records.insert(id);
    }
}

fn text_value(parts: &[(String, RonValue)], name: &str) -> Option<String> {
    let (_, value) = parts.iter().find(|(other, _)| other == name)?;
    match value {
        RonValue::Text(text) => Some(text.clone()),
        _ => None,
    }
}
