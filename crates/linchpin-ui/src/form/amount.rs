//! Amounts: a number with its bound, a range, a date or a name.

use super::line::{Look, Meant, line};
use super::sheet::{Sheet, Slot};
use super::{date, pick, plain};
use crate::parts;
use egui::Ui;
use linchpin_app::form_state::PickOption;
use linchpin_edit::{Want, Wish};
use linchpin_register::declare::PathStep;
use ron_lossless::RonValue;

/// The forms: as the file has them, on screen, and what they say.
const FORMS: &[[&str; 3]] = &[
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
pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>, slot: &Slot) {
    let id = sheet.id(&slot.path);
    let written = sheet.value(&slot.path);
    let now = sheet.begun(id).cloned().or(written.clone());
    let (form, parts) = match now {
        Some(RonValue::Call(form, parts)) => (form, parts),
        _ => ("Exactly".to_owned(), vec![RonValue::bare("")]),
    };
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        form_of(ui, sheet, slot, &form, &parts);
        for at in 0..parts.len() {
            if at > 0 {
                parts::caption(ui, "and");
            }
            part(ui, sheet, slot, &form, &parts, at);
        }
        if let Some(RonValue::Text(unit)) = beside(sheet, slot, "unit") {
            parts::caption(ui, unit);
        }
    });
    // A form that was chosen without a number yet is done with once it is written.
    if let (Some(RonValue::Call(chosen, _)), Some(RonValue::Call(form, _))) =
        (sheet.begun(id), &written)
        && chosen == form
    {
        sheet.form.pending_values.remove(&id);
    }
}

fn form_of(ui: &mut Ui, sheet: &mut Sheet<'_>, slot: &Slot, form: &str, parts: &[RonValue]) {
    let label = FORMS.iter().find(|f| f[0] == form).map_or(form, |f| f[1]);
    let name = format!("Bound of {}", slot.name.to_lowercase());
    let button = pick::button(ui, &name, label, false, 112.0);
    let id = sheet.id(&slot.path);
    let hits = |_: &str| -> Vec<PickOption> {
        let hit = |form: &[&str; 3]| PickOption {
            value: form[0].to_owned(),
            title: form[1].to_owned(),
            detail: form[2].to_owned(),
            help: form[2].to_owned(),
        };
        FORMS.iter().map(hit).collect()
    };
    let Some(chosen) = pick::show(ui, sheet, id.with("form"), &button, &hits) else {
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
    let (parts, sound) = match chosen.as_str() {
        "On" | "Named" => (vec![RonValue::text("")], false),
        "Between" => (
            vec![first(), last().unwrap_or_else(first)],
            number.is_some(),
        ),
        _ => (vec![first()], number.is_some()),
    };
    sheet
        .form
        .pending_inputs
        .retain(|key, _| (0..2).all(|at| *key != id.with(at)));
    let value = RonValue::Call(chosen, parts);
    if sound {
        sheet.form.pending_values.remove(&id);
        sheet.wish(&slot.path, Want::Set(value));
    } else {
        sheet.begin(id, value);
    }
}

/// One number, date or name of the amount.
fn part(
    ui: &mut Ui,
    sheet: &mut Sheet<'_>,
    slot: &Slot,
    form: &str,
    parts: &[RonValue],
    at: usize,
) {
    let id = sheet.id(&slot.path).with(at);
    let name = match (form, at) {
        ("Between", 0) => format!("Lower bound of {}", slot.name.to_lowercase()),
        ("Between", _) => format!("Upper bound of {}", slot.name.to_lowercase()),
        _ => slot.name.clone(),
    };
    let inner = Slot {
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
        other => plain::text_of(Some(other.clone())),
    };
    let look = Look {
        width_pt: Some(104.0),
        ..Look::default()
    };
    ui.vertical(|ui| {
        ui.set_width(104.0);
        line(ui, sheet, &inner, id, &now, look, &|sheet, text| {
            read(sheet, slot, form, parts, at, text)
        });
    });
}

/// The whole amount with one part as typed.
fn read(
    sheet: &Sheet<'_>,
    slot: &Slot,
    form: &str,
    parts: &[RonValue],
    at: usize,
    text: &str,
) -> Meant {
    if text.trim().is_empty() {
        return Err("Write something here".into());
    }
    let part = match form {
        "On" => RonValue::text(date::typed_date(text)?.code()),
        "Named" => RonValue::text(text.trim()),
        _ => {
            let digits = plain::digits(text.trim());
            match digits.parse::<f64>() {
                Ok(number) if number.is_finite() => RonValue::bare(digits),
                _ => return Err("Write a number, such as 28500 or 1.5".into()),
            }
        }
    };
    let mut parts = parts.to_vec();
    parts[at] = part;
    let wish = plain::sound(sheet, slot, RonValue::Call(form.to_owned(), parts))?;
    Ok(Wish {
        path: slot.path.clone(),
        ..wish
    })
}

/// The value of another field of the same record.
fn beside(sheet: &Sheet<'_>, slot: &Slot, name: &'static str) -> Option<RonValue> {
    let mut path = slot.path.clone();
    *path.last_mut()? = PathStep::Field(name);
    sheet.value(&path)
}
