//! Which records a chart leaves in: fields with the values chosen from those that the records have.

use super::{ChartBuilderContext, LABEL_PT, checkbox_field, field_spec};
use crate::record_form::{self, RecordForm, pick_list};
use crate::widgets;
use egui::{Layout, Role, TextEdit, Ui, WidgetInfo};
use linchpin_charts::{DataField, FieldDataType, FieldValue};
use linchpin_edit::ValueChange;
use linchpin_register::FieldType;
use linchpin_register::english::in_sentence;
use linchpin_register::query::fold::fold;
use linchpin_register::schema::PathStep;
use linchpin_register::tables::formatting;
use linchpin_render::theme::space;
use ron_lossless::RonValue;
use std::collections::HashSet;

const FILTER: PathStep = PathStep::Field("filter");
/// So many values are listed until a search is typed.
const MAX_INITIAL_VALUES: usize = 8;
/// So many are listed where a search is typed.
const MAX_SEARCH_RESULTS: usize = 30;

/// Paints the filters, and the way to one more.
pub fn show(ui: &mut Ui, form: &mut RecordForm<'_>, about: &ChartBuilderContext<'_>) {
    let Some(spec) = field_spec("filter") else {
        return;
    };
    let filters = match form.value(&[FILTER]) {
        Some(RonValue::List(items)) => items,
        _ => Vec::new(),
    };
    record_form::labeled_row(ui, LABEL_PT, "Filters", spec.doc, |ui| {
        for (index, filter) in filters.iter().enumerate() {
            if let RonValue::Record(parts) = filter {
                filter_card(ui, form, about, index, parts);
            }
        }
        add_filter(ui, form, about);
        about.show_error_hint(ui, "filter");
    });
}

fn find_field(about: &ChartBuilderContext<'_>, name: &str) -> Option<DataField> {
    let mut kinds = about.kinds.iter();
    kinds.find_map(|kind| DataField::find(*kind, name))
}

fn filter_card(
    ui: &mut Ui,
    form: &mut RecordForm<'_>,
    about: &ChartBuilderContext<'_>,
    index: usize,
    parts: &[(String, RonValue)],
) {
    let name = match parts.iter().find(|(name, _)| name == "field") {
        Some((_, RonValue::Text(name))) => name.clone(),
        _ => String::new(),
    };
    let field = find_field(about, &name);
    let title = match (&field, name.as_str()) {
        (_, "id") => "These records".to_owned(),
        (Some(field), _) => field.heading(),
        (None, _) => format!("⚠ {name}"),
    };
    let path = [FILTER, PathStep::Index(index)];
    record_form::nested_card(ui, |ui| {
        ui.horizontal(|ui| {
            widgets::section_heading(ui, &title);
            ui.with_layout(Layout::right_to_left(egui::Align::Center), |ui| {
                let name = format!("Remove the filter by {}", in_sentence(&title));
                if record_form::icon_button(ui, "×", &name, true).clicked() {
                    form.discard_pending_input(&path);
                    form.push_edit(&path, ValueChange::Remove);
                }
            });
        });
        let chosen: Vec<String> = match parts.iter().find(|(name, _)| name == "is") {
            Some((_, RonValue::List(items))) => items.iter().map(value_text).collect(),
            _ => Vec::new(),
        };
        match field {
            // Years may be named as well: by hand, or by whoever narrowed a table to them.
            Some(field) if matches!(field.data_type, FieldDataType::Dates) && chosen.is_empty() => {
                date_range(ui, form, &path, &title)
            }
            Some(field) => match about.app.derived.field_values(field.kind, field.name) {
                Some(all) => value_list(ui, form, &path, &title, all, &chosen),
                None => {
                    ui.spinner();
                }
            },
            None => {
                widgets::caption(ui, "The records have no such field.");
            }
        }
        let not = [FILTER, PathStep::Index(index), PathStep::Field("not")];
        let is_set = !chosen.is_empty() || parts.iter().any(|(name, _)| name == "not");
        if is_set {
            checkbox_field(ui, form, &not, "Leave these out instead");
        }
    });
}

/// From one date to another.
fn date_range(ui: &mut Ui, form: &mut RecordForm<'_>, path: &[PathStep; 2], title: &str) {
    let Some(FieldType::Record { fields, .. }) = field_spec("filter").map(|spec| spec.field_type)
    else {
        return;
    };
    for name in ["from", "to"] {
        if let Some(spec) = fields.iter().find(|spec| spec.name == name) {
            let path = [path[0], path[1], PathStep::Field(name)];
            record_form::labeled_field(ui, form, &path, spec, 36.0, &in_sentence(title));
        }
    }
}

/// The values to choose from: those that are chosen, then the most frequent, then what a search
/// finds.
fn value_list(
    ui: &mut Ui,
    form: &mut RecordForm<'_>,
    path: &[PathStep; 2],
    title: &str,
    all: &[FieldValue],
    chosen: &[String],
) {
    let id = form.id(path).with("search");
    let mut search: String = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    if all.len() > MAX_INITIAL_VALUES {
        let edit = TextEdit::singleline(&mut search)
            .id(id)
            .hint_text(format!(
                "Search {} values",
                formatting::format_number(all.len() as f64)
            ))
            .desired_width(f32::INFINITY);
        let response = ui.add(edit);
        let name = format!("Search the values of {}", in_sentence(title));
        response.widget_info(|| WidgetInfo::text_edit(true, "", &search, &name));
        if response.changed() {
            ui.data_mut(|data| data.insert_temp(id, search.clone()));
        }
    }
    let folded = fold(&search);
    let shown = visible_values(all, chosen, &folded);
    ui.spacing_mut().item_spacing.y = 1.0;
    for value in &shown {
        value_row(ui, form, path, value, chosen);
    }
    if folded.is_empty() && all.len() > MAX_INITIAL_VALUES {
        ui.add_space(space::XS);
        widgets::caption(ui, "Search to find the others.");
    }
}

/// The values that are on screen: the chosen ones, then the most frequent, or those that a search
/// finds.
fn visible_values(all: &[FieldValue], chosen: &[String], search: &str) -> Vec<FieldValue> {
    let mut left: HashSet<&str> = chosen.iter().map(String::as_str).collect();
    let mut shown: Vec<FieldValue> = Vec::new();
    for value in all {
        if left.is_empty() {
            break;
        }
        if left.remove(value.key.as_str()) && shown.len() < MAX_SEARCH_RESULTS {
            shown.push(value.clone());
        }
    }
    // A value that no record has any more can still be taken out.
    let gone = chosen.iter().filter(|key| left.contains(key.as_str()));
    shown.extend(
        gone.take(MAX_SEARCH_RESULTS)
            .map(|key| FieldValue::new(key, key, 0)),
    );
    let room = match search.is_empty() {
        true => MAX_INITIAL_VALUES.saturating_sub(shown.len()),
        false => MAX_SEARCH_RESULTS,
    };
    let chosen: HashSet<&str> = chosen.iter().map(String::as_str).collect();
    let is_found = |value: &&FieldValue| {
        let mut words = search.split_whitespace();
        !chosen.contains(value.key.as_str()) && words.all(|word| value.folded.contains(word))
    };
    shown.extend(all.iter().filter(is_found).take(room).cloned());
    shown
}

fn value_row(
    ui: &mut Ui,
    form: &mut RecordForm<'_>,
    path: &[PathStep; 2],
    value: &FieldValue,
    chosen: &[String],
) {
    let at = chosen.iter().position(|key| *key == value.key);
    let mut on = at.is_some();
    let count = formatting::format_number(value.count as f64);
    let (p, room) = (linchpin_render::theme::palette_of(ui), ui.available_width());
    ui.horizontal(|ui| {
        let font = linchpin_render::theme::regular(linchpin_render::theme::size::BODY);
        let label = widgets::elided_line(ui, &value.label, font, p.text, (room - 72.0).max(40.0));
        let response = ui.checkbox(&mut on, label);
        let enabled = ui.is_enabled();
        response.widget_info(|| WidgetInfo::selected(Role::CheckBox, enabled, on, &value.label));
        ui.with_layout(Layout::right_to_left(egui::Align::Center), |ui| {
            widgets::caption(ui, count);
        });
        if response.changed() {
            let is = PathStep::Field("is");
            match at {
                Some(at) => {
                    form.push_edit(
                        &[path[0], path[1], is, PathStep::Index(at)],
                        ValueChange::Remove,
                    );
                }
                None => form.push_edit(
                    &[path[0], path[1], is],
                    ValueChange::Append(RonValue::text(&value.key)),
                ),
            }
        }
    });
}

/// The way to one filter more.
fn add_filter(ui: &mut Ui, form: &mut RecordForm<'_>, about: &ChartBuilderContext<'_>) {
    let button = pick_list::button(ui, "Add filter", "Add filter…", true, ui.available_width());
    let id = form.id(&[FILTER]).with("add");
    let chosen = pick_list::show(ui, form, id, &button, &|search| {
        let search = fold(search);
        let fields = about.fields_for("filter").into_iter();
        fields
            .filter(|field| fold(&field.heading()).contains(&search))
            .map(|field| {
                let detail = field.data_type_text();
                pick_list::option(field.name, field.heading(), detail, field.help())
            })
            .collect()
    });
    if let Some(field) = chosen {
        let filter = RonValue::Record(vec![("field".to_owned(), RonValue::text(field))]);
        form.push_edit(&[FILTER], ValueChange::Append(filter));
    }
}

fn value_text(value: &RonValue) -> String {
    match value {
        RonValue::Text(text) => text.clone(),
        other => other.line(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chosen_values_come_first_and_the_list_stays_short() {
        let name = |at: usize| FieldValue::new(format!("k{at}"), format!("Value {at}"), 1000 - at);
        let all: Vec<FieldValue> = (0..1000).map(name).collect();
        let keys = |chosen: &[&str], search: &str| {
            let chosen: Vec<String> = chosen.iter().map(|key| (*key).to_owned()).collect();
            let shown = visible_values(&all, &chosen, search);
            shown.into_iter().map(|value| value.key).collect::<Vec<_>>()
        };
        assert_eq!(keys(&[], "").len(), MAX_INITIAL_VALUES);
        assert_eq!(keys(&["k900", "gone"], "")[..3], ["k900", "gone", "k0"]);
        assert_eq!(keys(&["k900"], "").len(), MAX_INITIAL_VALUES);
        assert_eq!(keys(&[], "99").len(), 19, "99, 199, …, 990 to 999");
        assert_eq!(keys(&[], "value").len(), MAX_SEARCH_RESULTS);
        assert_eq!(keys(&["k5"], "value 77")[..2], ["k5", "k77"]);
    }
}
