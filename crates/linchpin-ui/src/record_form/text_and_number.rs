//! Text, ids and whole numbers.

use super::form::{FieldSlot, RecordForm};
use super::is_multiline;
use super::text_field::{FieldParseResult, TextFieldOptions, text_field};
use egui::Ui;
use linchpin_edit::FieldEdit;
use linchpin_edit::validation::{InvalidValue, value_error};
use linchpin_register::FieldType;
use ron_lossless::RonValue;

/// The editor of a text.
pub fn text(ui: &mut Ui, form: &mut RecordForm<'_>, slot: &FieldSlot) {
    let is_multiline_field = is_multiline(slot.field_name());
    let now = value_text(form.value(&slot.path));
    let look = TextFieldOptions {
        is_multiline: is_multiline_field,
        ..TextFieldOptions::default()
    };
    let id = form.id(&slot.path);
    text_field(ui, form, slot, id, &now, look, &|form, text| {
        parse_text(form, slot, text)
    });
}

/// The editor of an id.
pub fn id(ui: &mut Ui, form: &mut RecordForm<'_>, slot: &FieldSlot) {
    let now = value_text(form.value(&slot.path));
    let id = form.id(&slot.path);
    text_field(
        ui,
        form,
        slot,
        id,
        &now,
        TextFieldOptions::default(),
        &|form, text| {
            let value = RonValue::text(text.trim());
            if let Some(why) = value_error(form.register, &FieldType::Id, &value) {
                return Err(why.to_string());
            }
            match form.register.find(text.trim()) {
                Some(_) if text.trim() != now => Err(format!(
                    "Another record has the id “{}” already",
                    text.trim()
                )),
                _ => Ok(FieldEdit::set(&slot.path, value)),
            }
        },
    );
}

/// The editor of a whole number.
pub fn number(ui: &mut Ui, form: &mut RecordForm<'_>, slot: &FieldSlot) {
    let now = match form.value(&slot.path) {
        Some(RonValue::Bare(number)) => number.replace('_', ""),
        _ => String::new(),
    };
    let look = TextFieldOptions {
        width_pt: Some(90.0),
        ..TextFieldOptions::default()
    };
    let id = form.id(&slot.path);
    text_field(ui, form, slot, id, &now, look, &|form, text| {
        let digits = strip_digit_separators(text);
        if digits.is_empty() {
            return parse_empty(slot);
        }
        let value = RonValue::bare(&digits);
        match digits.bytes().all(|b| b.is_ascii_digit()) {
            true => validate(form, slot, value),
            false => Err("Write a whole number, such as 3".into()),
        }
    });
}

/// What a text comes to in a place for text.
pub fn parse_text(form: &RecordForm<'_>, slot: &FieldSlot, text: &str) -> FieldParseResult {
    if text.trim().is_empty() {
        return parse_empty(slot);
    }
    validate(form, slot, RonValue::text(text))
}

/// What comes of nothing where a value was.
pub fn parse_empty(slot: &FieldSlot) -> FieldParseResult {
    match slot.is_required {
        true => Err(InvalidValue::Empty.to_string()),
        false => Ok(FieldEdit::remove(&slot.path)),
    }
}

/// The value, where it is sound.
pub fn validate(form: &RecordForm<'_>, slot: &FieldSlot, value: RonValue) -> FieldParseResult {
    match value_error(form.register, &slot.form, &value) {
        Some(why) => Err(why.to_string()),
        None => Ok(FieldEdit::set(&slot.path, value)),
    }
}

/// A number as people group it, with its digits alone: "1,000" is "1000".
pub fn strip_digit_separators(text: &str) -> String {
    let plain = |c: &char| !matches!(c, '_' | ',' | '\'' | ' ' | '\u{a0}' | '\u{202f}');
    text.chars().filter(plain).collect()
}

/// The text of a value.
pub fn value_text(value: Option<RonValue>) -> String {
    match value {
        Some(RonValue::Text(text)) => text,
        Some(other) => other.line(),
        None => String::new(),
    }
}
