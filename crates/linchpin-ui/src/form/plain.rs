//! Text, ids and whole numbers.

use super::is_tall;
use super::line::{Look, Meant, line};
use super::sheet::{Sheet, Slot};
use egui::Ui;
use linchpin_edit::Wish;
use linchpin_edit::fault::item_fault;
use linchpin_register::Form;
use ron_lossless::RonValue;

/// The editor of a text.
pub fn text(ui: &mut Ui, sheet: &mut Sheet<'_>, slot: &Slot) {
    let tall = is_tall(slot.field());
    let now = text_of(sheet.value(&slot.path));
    let look = Look {
        tall,
        ..Look::default()
    };
    let id = sheet.id(&slot.path);
    line(ui, sheet, slot, id, &now, look, &|sheet, text| {
        read_text(sheet, slot, text)
    });
}

/// The editor of an id.
pub fn id(ui: &mut Ui, sheet: &mut Sheet<'_>, slot: &Slot) {
    let now = text_of(sheet.value(&slot.path));
    let id = sheet.id(&slot.path);
    line(
        ui,
        sheet,
        slot,
        id,
        &now,
        Look::default(),
        &|sheet, text| {
            let value = RonValue::text(text.trim());
            if let Some(why) = item_fault(sheet.register, &Form::Id, &value) {
                return Err(why);
            }
            match sheet.register.find(text.trim()) {
                Some(_) if text.trim() != now => Err(format!(
                    "Another record has the id “{}” already",
                    text.trim()
                )),
                _ => Ok(Wish::set(&slot.path, value)),
            }
        },
    );
}

/// The editor of a whole number.
pub fn number(ui: &mut Ui, sheet: &mut Sheet<'_>, slot: &Slot) {
    let now = match sheet.value(&slot.path) {
        Some(RonValue::Bare(number)) => number.replace('_', ""),
        _ => String::new(),
    };
    let look = Look {
        width_pt: Some(90.0),
        ..Look::default()
    };
    let id = sheet.id(&slot.path);
    line(ui, sheet, slot, id, &now, look, &|sheet, text| {
        let digits = digits(text);
        if digits.is_empty() {
            return nothing(slot);
        }
        let value = RonValue::bare(&digits);
        match digits.bytes().all(|b| b.is_ascii_digit()) {
            true => sound(sheet, slot, value),
            false => Err("Write a whole number, such as 3".into()),
        }
    });
}

/// What a text comes to in a place for text.
pub fn read_text(sheet: &Sheet<'_>, slot: &Slot, text: &str) -> Meant {
    if text.trim().is_empty() {
        return nothing(slot);
    }
    sound(sheet, slot, RonValue::text(text))
}

/// What comes of nothing where a value was.
pub fn nothing(slot: &Slot) -> Meant {
    match slot.needed {
        true => Err("Write something here".into()),
        false => Ok(Wish::take_out(&slot.path)),
    }
}

/// The value, where it is sound.
pub fn sound(sheet: &Sheet<'_>, slot: &Slot, value: RonValue) -> Meant {
    match item_fault(sheet.register, &slot.form, &value) {
        Some(why) => Err(why),
        None => Ok(Wish::set(&slot.path, value)),
    }
}

/// A number as people group it, with its digits alone: "1,000" is "1000".
pub fn digits(text: &str) -> String {
    let plain = |c: &char| !matches!(c, '_' | ',' | '\'' | ' ' | '\u{a0}' | '\u{202f}');
    text.chars().filter(plain).collect()
}

/// The text of a value.
pub fn text_of(value: Option<RonValue>) -> String {
    match value {
        Some(RonValue::Text(text)) => text,
        Some(other) => other.line(),
        None => String::new(),
    }
}
