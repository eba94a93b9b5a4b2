//! Dates: typed in any usual form, with the words for what was understood.

use super::form::{FieldSlot, RecordForm};
use super::pick_list;
use super::text_field::{self, FieldParseResult, TextFieldOptions, text_field};
use crate::widgets;
use egui::Ui;
use linchpin_app::form_state::{PendingInput, PickOption};
use linchpin_edit::FieldEdit;
use linchpin_register::date::parse_typed_date;
use linchpin_register::{CalendarDate, DatePrecision};
use ron_lossless::RonValue;

const PRECISIONS: [(DatePrecision, &str, &str); 6] = [
    (DatePrecision::Day, "day", "The source gives the day"),
    (DatePrecision::Month, "month", "The source gives no day"),
    (
        DatePrecision::Quarter,
        "quarter",
        "The source gives a quarter of a year",
    ),
    (
        DatePrecision::Half,
        "half-year",
        "The source gives a half of a year",
    ),
    (
        DatePrecision::Year,
        "year",
        "The source gives the year alone",
    ),
    (
        DatePrecision::Decade,
        "decade",
        "The source gives a decade, such as the 1950s",
    ),
];

/// The editor of a date.
pub fn show(ui: &mut Ui, form: &mut RecordForm<'_>, slot: &FieldSlot) {
    let id = form.id(&slot.path);
    let now = text_field::value_text(form.value(&slot.path));
    let slot = &FieldSlot {
        hint: "2023-11-13",
        ..slot.clone()
    };
    let options = TextFieldOptions {
        width_pt: Some(150.0),
        ..TextFieldOptions::default()
    };
    let row = ui.horizontal(|ui| {
        ui.vertical(|ui| {
            text_field(ui, form, slot, id, &now, options, &|_, text| {
                parse(slot, text)
            });
        });
        let text = form
            .state
            .pending_inputs
            .get(&id)
            .map_or(&now, |typed| &typed.text);
        let date = parse_typed_date(text).ok();
        // A range has two dates, each as exact as it is.
        if let Some(date) = date.and_then(|date| date.single()) {
            precision_picker(ui, form, slot, date);
        }
        date
    });
    if let Some(date) = row.inner {
        widgets::caption(ui, date.to_long_form());
    }
}

/// What a text comes to in a place for a date.
pub fn parse(slot: &FieldSlot, text: &str) -> FieldParseResult {
    if text.trim().is_empty() {
        return text_field::parse_empty(slot);
    }
    parse_typed_date(text).map(|date| FieldEdit::set(&slot.path, RonValue::text(date.to_code())))
}

/// Chooses how exact the date is. A part that is added is first shown in the field, and written
/// when the field is left.
fn precision_picker(ui: &mut Ui, form: &mut RecordForm<'_>, slot: &FieldSlot, date: CalendarDate) {
    let hits = |_: &str| -> Vec<PickOption> {
        let all = PRECISIONS.iter();
        all.map(|(_, name, help)| pick_list::option(name, *name, "", help))
            .collect()
    };
    let name = PRECISIONS.iter().find(|(p, ..)| *p == date.precision);
    let name = name.map_or("", |(_, name, _)| name);
    let button = pick_list::button(ui, &format!("How exact: {}", slot.name), name, false, 84.0);
    let id = form.id(&slot.path);
    let chosen = pick_list::show(ui, form, id.with("precision"), &button, &hits);
    let chosen = PRECISIONS
        .iter()
        .find(|(_, name, _)| Some(*name) == chosen.as_deref());
    let Some(&(precision, ..)) = chosen.filter(|(p, ..)| *p != date.precision) else {
        return;
    };
    let code = date.with_precision(precision).to_code();
    if precision < date.precision || form.updates_live() {
        form.state.pending_inputs.remove(&id);
        if let Ok(field_edit) = parse(slot, &code) {
            form.field_edits.push(field_edit);
        }
        return;
    }
    let was = text_field::value_text(form.value(&slot.path));
    let typed = PendingInput {
        form_id: form.form_id,
        target: form.target().cloned(),
        path: slot.path.clone(),
        text: code,
        original: was,
        error: None,
        edit: None,
        is_visible: true,
    };
    form.state.pending_inputs.insert(id, typed);
    // It is written when the field is left, which needs the focus first.
    ui.memory_mut(|memory| memory.request_focus(id));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_people_type_them() {
        for (typed, code) in [
            ("2023-11-13", "2023-11-13"),
            ("13 November 2023", "2023-11-13"),
            ("Nov 13, 2023", "2023-11-13"),
            ("13.nov.2023", "2023-11-13"),
            ("2023/1/5", "2023-01-05"),
            ("2023-1", "2023-01"),
            (" september 2023", "2023-09"),
            ("2023", "2023"),
            ("the 1950s", "1950s"),
            ("2024-Q3", "2024-35"),
            ("third quarter of 2024", "2024-35"),
            ("about 1953", "1953~"),
            ("1953 to 1955", "1953/1955"),
            ("432 BCE", "-0431"),
        ] {
            assert_eq!(parse_typed_date(typed).unwrap().to_code(), code, "{typed}");
        }
        for typed in [
            "",
            "soon",
            "03/11/2023",
            "31 June 2023",
            "2023-13",
            "maybe 5 2023",
        ] {
            assert!(parse_typed_date(typed).is_err(), "{typed}");
        }
    }
}
