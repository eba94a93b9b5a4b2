//! Lists of values: each can be changed, moved, taken out; new ones are added at the end.

use super::form::{FieldSlot, RecordForm};
use super::text_field::{self, TextFieldOptions, text_field};
use super::{choice, icon_button, link, nested_record, pick_list, value_editor};
use egui::{Layout, Ui};
use linchpin_edit::{FieldEdit, ValueChange};
use linchpin_register::FieldType;
use linchpin_register::schema::PathStep;
use ron_lossless::RonValue;

/// Width of the buttons behind an item.
const BUTTONS_PT: f32 = 78.0;

/// The editor of a list.
pub fn show(ui: &mut Ui, form: &mut RecordForm<'_>, slot: &FieldSlot) {
    let items = match form.value(&slot.path) {
        Some(RonValue::List(items)) => items,
        _ => Vec::new(),
    };
    for index in 0..items.len() {
        list_item(ui, form, slot, index, items.len());
    }
    match slot.form {
        FieldType::Record { what, fields } => {
            nested_record::add_button(ui, form, slot, what, fields);
        }
        FieldType::Link(kind) => {
            let ids = items
                .iter()
                .map(|item| text_field::value_text(Some(item.clone())));
            let ids: Vec<String> = ids.collect();
            let register = form.register;
            let hits = |search: &str| link::matching_records(register, kind, search, &ids);
            let id = form.id(&slot.path).with("add");
            let text = format!("Add {}…", kind.what());
            let button =
                pick_list::button(ui, &format!("Add to {}", slot.name), &text, true, 170.0);
            let button = button.on_hover_text(slot.hint);
            if let Some(id) = pick_list::show(ui, form, id, &button, &hits) {
                form.push_edit(&slot.path, ValueChange::Append(RonValue::text(id)));
            }
        }
        FieldType::Vocabulary {
            what,
            terms: choices,
        } => {
            let id = form.id(&slot.path).with("add");
            let text = format!("Add {what}…");
            let button =
                pick_list::button(ui, &format!("Add to {}", slot.name), &text, true, 170.0);
            let button = button.on_hover_text(slot.hint);
            if let Some(name) = choice::pick_choice(ui, form, id, &button, choices, false) {
                form.push_edit(&slot.path, ValueChange::Append(RonValue::bare(name)));
            }
        }
        _ => add_text_item(ui, form, slot),
    }
}

fn list_item(ui: &mut Ui, form: &mut RecordForm<'_>, slot: &FieldSlot, index: usize, count: usize) {
    let name = match slot.form {
        FieldType::Record { what, .. } => nested_record::numbered_name(what, index),
        _ => format!("{} {}", slot.name, index + 1),
    };
    let mut path = slot.path.clone();
    path.push(PathStep::Index(index));
    let item = FieldSlot {
        path,
        name: name.clone(),
        is_required: true,
        ..slot.clone()
    };
    let is_record = matches!(slot.form, FieldType::Record { .. });
    if is_record {
        nested_record::nested_card(ui, |ui| {
            ui.horizontal(|ui| {
                crate::widgets::caption(ui, &name);
                let right = Layout::right_to_left(egui::Align::Center);
                ui.with_layout(right, |ui| {
                    item_buttons(ui, form, slot, &name, index, count)
                });
            });
            value_editor(ui, form, &item);
        });
        return;
    }
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        let width = (ui.available_width() - BUTTONS_PT).max(90.0);
        ui.allocate_ui(egui::vec2(width, 24.0), |ui| {
            ui.vertical(|ui| {
                ui.set_width(width);
                value_editor(ui, form, &item);
            });
        });
        ui.with_layout(Layout::right_to_left(egui::Align::Min), |ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            item_buttons(ui, form, slot, &name, index, count);
        });
    });
}

/// The buttons of an item, from the right.
fn item_buttons(
    ui: &mut Ui,
    form: &mut RecordForm<'_>,
    slot: &FieldSlot,
    name: &str,
    index: usize,
    count: usize,
) {
    let mut path = slot.path.clone();
    path.push(PathStep::Index(index));
    if icon_button(ui, "×", &format!("Take out {name}"), true).clicked() {
        // Else what was typed into the item would be written to the one that takes its place.
        form.discard_pending_input(&path);
        form.push_edit(&path, ValueChange::Remove);
    }
    if count < 2 {
        return;
    }
    for (text, way, to, possible) in [
        ("↓", "down", index + 1, index + 1 < count),
        // For the first item the number means nothing: its button cannot be clicked.
        ("↑", "up", index.wrapping_sub(1), index > 0),
    ] {
        if icon_button(ui, text, &format!("Move {name} {way}"), possible).clicked() {
            form.push_edit(&slot.path, ValueChange::Move { from: index, to });
        }
    }
}

/// A field for one text more.
fn add_text_item(ui: &mut Ui, form: &mut RecordForm<'_>, slot: &FieldSlot) {
    let id = form.id(&slot.path).with("add");
    let adder = FieldSlot {
        name: format!("Add to {}", slot.name),
        is_required: true,
        hint: "Add…",
        ..slot.clone()
    };
    let options = TextFieldOptions {
        is_new_item: true,
        width_pt: Some((ui.available_width() - BUTTONS_PT).max(90.0)),
        ..TextFieldOptions::default()
    };
    let written = text_field(ui, form, &adder, id, "", options, &|form, text| {
        let value = match slot.form {
            FieldType::WholeNumber { .. } => {
                RonValue::bare(text_field::strip_digit_separators(text))
            }
            _ => RonValue::text(text.trim()),
        };
        text_field::validate(form, &adder, value).map(|field_edit| FieldEdit {
            change: match field_edit.change {
                ValueChange::Set(value) => ValueChange::Append(value),
                other => other,
            },
            ..field_edit
        })
    });
    // The next one can be typed at once.
    if written && ui.input(|i| i.key_pressed(egui::Key::Enter)) {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
}
