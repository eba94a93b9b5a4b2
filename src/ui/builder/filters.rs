//! Which records a chart leaves in: fields with the values chosen from those that the records have.

use super::order::flag;
use super::{About, LABEL_PT, spec};
use crate::app::form::Hit;
use crate::charts::{Field, FieldValue, Holds, offered};
use crate::edit::Want;
use crate::query::fold::fold;
use crate::register::Form;
use crate::register::declare::PathStep;
use crate::ron_text::Value;
use crate::tables::words;
use crate::theme::space;
use crate::ui::form::{self, Sheet, pick};
use crate::ui::parts;
use egui::{Layout, Role, TextEdit, Ui, WidgetInfo};

const FILTER: PathStep = PathStep::Field("filter");
/// So many values are listed before somebody searches for more.
const LISTED: usize = 8;
/// So many are listed where somebody searches.
const FOUND: usize = 30;

/// Paints the filters, and the way to one more.
pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>, about: &About<'_>) {
    let Some(spec) = spec("filter") else { return };
    let filters = match sheet.value(&[FILTER]) {
        Some(Value::List(items)) => items,
        _ => Vec::new(),
    };
    form::row(ui, LABEL_PT, "Filters", spec.doc, |ui| {
        for (index, filter) in filters.iter().enumerate() {
            if let Value::Record(parts) = filter {
                one(ui, sheet, about, index, parts);
            }
        }
        add(ui, sheet, about);
        if let Some(way_out) = about.way_out("filter") {
            form::fault(ui, way_out);
        }
    });
}

fn find(about: &About<'_>, name: &str) -> Option<Field> {
    let mut kinds = about.kinds.iter();
    kinds.find_map(|kind| Field::find(*kind, name, "filter").ok())
}

fn one(
    ui: &mut Ui,
    sheet: &mut Sheet<'_>,
    about: &About<'_>,
    index: usize,
    parts: &[(String, Value)],
) {
    let name = match parts.iter().find(|(name, _)| name == "field") {
        Some((_, Value::Text(name))) => name.clone(),
        _ => String::new(),
    };
    let field = find(about, &name);
    let title = match (&field, name.as_str()) {
        (_, "id") => "These records".to_owned(),
        (Some(field), _) => field.title(),
        (None, _) => format!("⚠ {name}"),
    };
    let path = [FILTER, PathStep::Index(index)];
    form::card(ui, |ui| {
        ui.horizontal(|ui| {
            parts::section(ui, &title);
            ui.with_layout(Layout::right_to_left(egui::Align::Center), |ui| {
                let name = format!("Take out the filter by {}", title.to_lowercase());
                if form::sign(ui, "×", &name, true).clicked() {
                    sheet.drop_typed(&path);
                    sheet.wish(&path, Want::TakeOut);
                }
            });
        });
        let chosen: Vec<String> = match parts.iter().find(|(name, _)| name == "is") {
            Some((_, Value::List(items))) => items.iter().map(text).collect(),
            _ => Vec::new(),
        };
        match field {
            Some(field) if matches!(field.holds, Holds::Dates) => dates(ui, sheet, &path, &title),
            Some(field) => match about.app.derived.values(field.kind, field.name) {
                Some(all) => values(ui, sheet, &path, &title, all, &chosen),
                None => {
                    ui.spinner();
                }
            },
            None => {
                parts::caption(ui, "The records have no such field.");
            }
        }
        let not = [FILTER, PathStep::Index(index), PathStep::Field("not")];
        let is_set = !chosen.is_empty() || parts.iter().any(|(name, _)| name == "not");
        if is_set {
            flag(ui, sheet, &not, "Leave these out instead");
        }
    });
}

/// From one date to another.
fn dates(ui: &mut Ui, sheet: &mut Sheet<'_>, path: &[PathStep; 2], title: &str) {
    let Some(Form::Record { fields, .. }) = spec("filter").map(|spec| spec.form) else {
        return;
    };
    for name in ["from", "to"] {
        if let Some(spec) = fields.iter().find(|spec| spec.name == name) {
            let path = [path[0], path[1], PathStep::Field(name)];
            form::named_field(ui, sheet, &path, spec, 36.0, &title.to_lowercase());
        }
    }
}

/// The values to choose from: those that are chosen, then the most frequent, then what a search finds.
fn values(
    ui: &mut Ui,
    sheet: &mut Sheet<'_>,
    path: &[PathStep; 2],
    title: &str,
    all: &[FieldValue],
    chosen: &[String],
) {
    let is_chosen = |value: &&FieldValue| chosen.contains(&value.key);
    let id = sheet.id(path).with("search");
    let mut search: String = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    if all.len() > LISTED {
        let edit = TextEdit::singleline(&mut search)
            .id(id)
            .hint_text(format!("Search {} values", words::number(all.len() as f64)))
            .desired_width(f32::INFINITY);
        let response = ui.add(edit);
        let name = format!("Search the values of {}", title.to_lowercase());
        response.widget_info(|| WidgetInfo::text_edit(true, "", &search, &name));
        if response.changed() {
            ui.data_mut(|data| data.insert_temp(id, search.clone()));
        }
    }
    let folded = fold(&search);
    let fits = |value: &&FieldValue| {
        let label = fold(&value.label);
        folded.split_whitespace().all(|word| label.contains(word))
    };
    let most = if folded.is_empty() { LISTED } else { FOUND };
    let mut listed: Vec<&FieldValue> = all.iter().filter(is_chosen).take(FOUND).collect();
    // A value that no record has any more can still be taken out.
    let gone: Vec<FieldValue> = chosen
        .iter()
        .filter(|key| all.iter().all(|value| value.key != **key))
        .take(FOUND)
        .map(|key| FieldValue {
            key: key.clone(),
            label: key.clone(),
            count: 0,
        })
        .collect();
    listed.extend(&gone);
    let others = all.iter().filter(|value| !is_chosen(value)).filter(fits);
    let room = most.saturating_sub(if folded.is_empty() { listed.len() } else { 0 });
    listed.extend(others.take(room));
    ui.spacing_mut().item_spacing.y = 1.0;
    for value in listed {
        row(ui, sheet, path, value, chosen);
    }
    if folded.is_empty() && all.len() > LISTED {
        ui.add_space(space::XS);
        parts::caption(ui, "Search to find the others.");
    }
}

fn row(
    ui: &mut Ui,
    sheet: &mut Sheet<'_>,
    path: &[PathStep; 2],
    value: &FieldValue,
    chosen: &[String],
) {
    let at = chosen.iter().position(|key| *key == value.key);
    let mut on = at.is_some();
    let count = words::number(value.count as f64);
    let (p, room) = (crate::theme::of(ui), ui.available_width());
    ui.horizontal(|ui| {
        let font = crate::theme::regular(crate::theme::size::BODY);
        let label = parts::one_line(ui, &value.label, font, p.text, (room - 72.0).max(40.0));
        let response = ui.checkbox(&mut on, label);
        let enabled = ui.is_enabled();
        response.widget_info(|| WidgetInfo::selected(Role::CheckBox, enabled, on, &value.label));
        ui.with_layout(Layout::right_to_left(egui::Align::Center), |ui| {
            parts::caption(ui, count);
        });
        if response.changed() {
            let is = PathStep::Field("is");
            match at {
                Some(at) => {
                    sheet.wish(&[path[0], path[1], is, PathStep::Index(at)], Want::TakeOut);
                }
                None => sheet.wish(
                    &[path[0], path[1], is],
                    Want::Append(Value::text(&value.key)),
                ),
            }
        }
    });
}

/// The way to one filter more.
fn add(ui: &mut Ui, sheet: &mut Sheet<'_>, about: &About<'_>) {
    let button = pick::button(ui, "Add filter", "Add filter…", true, ui.available_width());
    let id = sheet.id(&[FILTER]).with("add");
    let chosen = pick::show(ui, sheet, id, &button, &|search| {
        let search = fold(search);
        let mut hits: Vec<Hit> = Vec::new();
        for kind in &about.kinds {
            for field in offered(*kind, "filter") {
                let title = field.title();
                let is_new = hits.iter().all(|hit| hit.value != field.name);
                if is_new && fold(&title).contains(&search) {
                    hits.push(Hit {
                        value: field.name.to_owned(),
                        title,
                        aside: field.what(),
                        help: field.help().to_owned(),
                    });
                }
            }
        }
        hits
    });
    if let Some(field) = chosen {
        let filter = Value::Record(vec![("field".to_owned(), Value::text(field))]);
        sheet.wish(&[FILTER], Want::Append(filter));
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        other => other.line(),
    }
}
