//! Lists of values: each can be changed, moved, taken out; new ones are added at the end.

use super::line::{Look, line};
use super::sheet::{Sheet, Slot};
use super::{choice, link, nested, pick, plain, sign, value};
use egui::{Layout, Ui};
use linchpin_edit::{Want, Wish};
use linchpin_register::Form;
use linchpin_register::declare::PathStep;
use ron_lossless::RonValue;

/// Width of the buttons behind an item.
const SIGNS_PT: f32 = 78.0;

/// The editor of a list.
pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>, slot: &Slot) {
    let items = match sheet.value(&slot.path) {
        Some(RonValue::List(items)) => items,
        _ => Vec::new(),
    };
    for index in 0..items.len() {
        item(ui, sheet, slot, index, items.len());
    }
    match slot.form {
        Form::Record { what, fields } => {
            nested::add(ui, sheet, slot, what, fields);
        }
        Form::Link(kind) => {
            let ids = items.iter().map(|item| plain::text_of(Some(item.clone())));
            let ids: Vec<String> = ids.collect();
            let register = sheet.register;
            let hits = |search: &str| link::records(register, kind, search, &ids);
            let id = sheet.id(&slot.path).with("add");
            let text = format!("Add {}…", kind.what());
            let button = pick::button(ui, &format!("Add to {}", slot.name), &text, true, 170.0);
            let button = button.on_hover_text(slot.hint);
            if let Some(id) = pick::show(ui, sheet, id, &button, &hits) {
                sheet.wish(&slot.path, Want::Append(RonValue::text(id)));
            }
        }
        Form::Choice { what, choices } => {
            let id = sheet.id(&slot.path).with("add");
            let text = format!("Add {what}…");
            let button = pick::button(ui, &format!("Add to {}", slot.name), &text, true, 170.0);
            let button = button.on_hover_text(slot.hint);
            if let Some(name) = choice::of(ui, sheet, id, &button, choices, false) {
                sheet.wish(&slot.path, Want::Append(RonValue::bare(name)));
            }
        }
        _ => add_text(ui, sheet, slot),
    }
}

fn item(ui: &mut Ui, sheet: &mut Sheet<'_>, slot: &Slot, index: usize, count: usize) {
    let name = match slot.form {
        Form::Record { what, .. } => nested::numbered(what, index),
        _ => format!("{} {}", slot.name, index + 1),
    };
    let mut path = slot.path.clone();
    path.push(PathStep::Index(index));
    let item = Slot {
        path,
        name: name.clone(),
        needed: true,
        ..slot.clone()
    };
    let is_record = matches!(slot.form, Form::Record { .. });
    if is_record {
        nested::card(ui, |ui| {
            ui.horizontal(|ui| {
                crate::parts::caption(ui, &name);
                let right = Layout::right_to_left(egui::Align::Center);
                ui.with_layout(right, |ui| signs(ui, sheet, slot, &name, index, count));
            });
            value(ui, sheet, &item);
        });
        return;
    }
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        let width = (ui.available_width() - SIGNS_PT).max(90.0);
        ui.allocate_ui(egui::vec2(width, 24.0), |ui| {
            ui.vertical(|ui| {
                ui.set_width(width);
                value(ui, sheet, &item);
            });
        });
        ui.with_layout(Layout::right_to_left(egui::Align::Min), |ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            signs(ui, sheet, slot, &name, index, count);
        });
    });
}

/// The buttons of an item, from the right.
fn signs(ui: &mut Ui, sheet: &mut Sheet<'_>, slot: &Slot, name: &str, index: usize, count: usize) {
    let mut path = slot.path.clone();
    path.push(PathStep::Index(index));
    if sign(ui, "×", &format!("Take out {name}"), true).clicked() {
        sheet.drop_typed(&path);
        sheet.wish(&path, Want::TakeOut);
    }
    if count < 2 {
        return;
    }
    for (text, way, to, possible) in [
        ("↓", "down", index + 1, index + 1 < count),
        ("↑", "up", index.wrapping_sub(1), index > 0),
    ] {
        if sign(ui, text, &format!("Move {name} {way}"), possible).clicked() {
            sheet.wish(&slot.path, Want::Move { from: index, to });
        }
    }
}

/// A field for one text more.
fn add_text(ui: &mut Ui, sheet: &mut Sheet<'_>, slot: &Slot) {
    let id = sheet.id(&slot.path).with("add");
    let adder = Slot {
        name: format!("Add to {}", slot.name),
        needed: true,
        hint: "Add…",
        ..slot.clone()
    };
    let look = Look {
        adds: true,
        width_pt: Some((ui.available_width() - SIGNS_PT).max(90.0)),
        ..Look::default()
    };
    let written = line(ui, sheet, &adder, id, "", look, &|sheet, text| {
        let value = match slot.form {
            Form::WholeNumber { .. } => RonValue::bare(plain::digits(text)),
            _ => RonValue::text(text.trim()),
        };
        plain::sound(sheet, &adder, value).map(|wish| Wish {
            want: match wish.want {
                Want::Set(value) => Want::Append(value),
                other => other,
            },
            ..wish
        })
    });
    // The next one can be typed at once.
    if written && ui.input(|i| i.key_pressed(egui::Key::Enter)) {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
}
