//! Amounts: a number with its bound, a range, a date or a name.

use super::form::{FieldSlot, RecordForm};
use super::pick_list;
use super::text_field::{self, FieldParseResult, TextFieldOptions, text_field};
use crate::widgets;
use egui::Ui;
use linchpin_app::form_state::PickOption;
use linchpin_edit::{FieldEdit, ValueChange};
use linchpin_register::date::parse_typed_date;
use linchpin_register::schema::PathStep;
use ron_lossless::RonValue;

/// The forms: as the file has them, on screen, and what they say.
const AMOUNT_FORMS: &[[&str; 3]] = &[
    ["Exactly", "exactly", "The number itself"],
    ["About", "about", "An approximation"],
    [
        "MoreThan",
        "more than",
        "A lower bound that is not included",
    ],
    ["AtLeast", "at least", "A lower bound that is included"],
    [
        "LessThan",
        "less than",
        "An upper bound that is not included",
    ],
    ["AtMost", "at most", "An upper bound that is included"],
    ["Between", "between", "Both bounds, included"],
    ["On", "on the date", "A date"],
    ["Named", "the name", "A number that is a name, such as B-21"],
];

/// The editor of an amount.
pub fn show(ui: &mut Ui, record_form: &mut RecordForm<'_>, slot: &FieldSlot) {
    let id = record_form.id(&slot.path);
    let written = record_form.value(&slot.path);
    let now = record_form.pending_value(id).cloned().or(written.clone());
    let (form, parts) = match now {
        Some(RonValue::Call(form, parts)) => (form, parts),
        _ => ("Exactly".to_owned(), vec![RonValue::bare("")]),
    };
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        form_picker(ui, record_form, slot, &form, &parts);
        for at in 0..parts.len() {
            if at > 0 {
                widgets::caption(ui, "and");
            }
            part_field(ui, record_form, slot, &form, &parts, at);
        }
        if let Some(RonValue::Text(unit)) = sibling_value(record_form, slot, "unit") {
            widgets::caption(ui, unit);
        }
    });
    // A form that was chosen without a number yet is done with once it is written.
    if let (Some(RonValue::Call(chosen, _)), Some(RonValue::Call(form, _))) =
        (record_form.pending_value(id), &written)
        && chosen == form
    {
        record_form.state.pending_values.remove(&id);
    }
}

fn form_picker(
    ui: &mut Ui,
    record_form: &mut RecordForm<'_>,
    slot: &FieldSlot,
    form: &str,
    parts: &[RonValue],
) {
    let label = AMOUNT_FORMS
        .iter()
        .find(|f| f[0] == form)
        .map_or(form, |f| f[1]);
    let name = format!("Bound of {}", slot.name_in_sentence());
    let button = pick_list::button(ui, &name, label, false, 112.0);
    let id = record_form.id(&slot.path);
    let hits = |_: &str| -> Vec<PickOption> {
        let hit = |form: &[&str; 3]| pick_list::option(form[0], form[1], form[2], form[2]);
        AMOUNT_FORMS.iter().map(hit).collect()
    };
    let Some(chosen) = pick_list::show(ui, record_form, id.with("form"), &button, &hits) else {
        return;
    };
    if chosen == form {
        return;
    }
    let number = parts
        .first()
        .filter(|v| matches!(v, RonValue::Bare(n) if !n.is_empty()));
    let first = || number.cloned().unwrap_or(RonValue::bare(""));
    let last = || parts.last().cloned().filter(|_| number.is_some());
    let (parts, is_valid) = match chosen.as_str() {
        // Neither can be made of a number, so that nothing is written before it is filled in.
        "On" | "Named" => (vec![RonValue::text("")], false),
        "Between" => (
            vec![first(), last().unwrap_or_else(first)],
            number.is_some(),
        ),
        _ => (vec![first()], number.is_some()),
    };
    // What was typed into the fields of the form before means nothing in this one. An amount has
    // two parts at most.
    record_form
        .state
        .pending_inputs
        .retain(|key, _| (0..2).all(|at| *key != id.with(at)));
    let value = RonValue::Call(chosen, parts);
    if is_valid {
        record_form.state.pending_values.remove(&id);
        record_form.push_edit(&slot.path, ValueChange::Set(value));
    } else {
        record_form.set_pending_value(id, value);
    }
}

/// One number, date or name of the amount.
fn part_field(
    ui: &mut Ui,
    record_form: &mut RecordForm<'_>,
    slot: &FieldSlot,
    form: &str,
    parts: &[RonValue],
    at: usize,
) {
    let id = record_form.id(&slot.path).with(at);
    let name = match (form, at) {
        ("Between", 0) => format!("Lower bound of {}", slot.name_in_sentence()),
        ("Between", _) => format!("Upper bound of {}", slot.name_in_sentence()),
        _ => slot.name.clone(),
    };
    let inner = FieldSlot {
        name,
        hint: match form {
            "On" => "2009-08-07",
            "Named" => "B-21",
            _ => "1000",
        },
        ..slot.clone()
    };
    let now = match &parts[at] {
        RonValue::Bare(number) => number.replace('_', ""),
        other => text_field::value_text(Some(other.clone())),
    };
    let options = TextFieldOptions {
        width_pt: Some(104.0),
        ..TextFieldOptions::default()
    };
    ui.vertical(|ui| {
        ui.set_width(104.0);
        text_field(
            ui,
            record_form,
            &inner,
            id,
            &now,
            options,
            &|record_form, text| parse_part(record_form, slot, form, parts, at, text),
        );
    });
}

/// The whole amount with one part as typed.
fn parse_part(
    record_form: &RecordForm<'_>,
    slot: &FieldSlot,
    form: &str,
    parts: &[RonValue],
    at: usize,
    text: &str,
) -> FieldParseResult {
    if text.trim().is_empty() {
        return Err("Write something here".into());
    }
    let part = match form {
        "On" => RonValue::text(parse_typed_date(text)?.to_code()),
        "Named" => RonValue::text(text.trim()),
        _ => {
            let digits = text_field::strip_digit_separators(text.trim());
            match digits.parse::<f64>() {
                Ok(number) if number.is_finite() => RonValue::bare(digits),
                _ => return Err("Write a number, such as 28500 or 1.5".into()),
            }
        }
    };
    let mut parts = parts.to_vec();
    parts[at] = part;
    let field_edit =
        text_field::validate(record_form, slot, RonValue::Call(form.to_owned(), parts))?;
    Ok(FieldEdit {
        path: slot.path.clone(),
        ..field_edit
    })
}

/// The value of another field of the same record.
fn sibling_value(form: &RecordForm<'_>, slot: &FieldSlot, name: &'static str) -> Option<RonValue> {
    let mut path = slot.path.clone();
    *path.last_mut()? = PathStep::Field(name);
    form.value(&path)
}
