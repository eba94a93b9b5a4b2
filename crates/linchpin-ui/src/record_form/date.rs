//! Dates: typed in any usual form, with the words for what was understood.

use super::form::{FieldSlot, RecordForm};
use super::pick_list;
use super::text_field::{self, FieldParseResult, TextFieldOptions, text_field};
use crate::widgets;
use egui::Ui;
use linchpin_app::form_state::{PendingInput, PickOption};
use linchpin_edit::FieldEdit;
use linchpin_register::{Date, DatePrecision, MONTHS};
use ron_lossless::RonValue;

const PRECISIONS: [(DatePrecision, &str, &str); 4] = [
    (DatePrecision::Day, "day", "The source gives the day"),
    (DatePrecision::Month, "month", "The source gives no day"),
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
        width_pt: Some(110.0),
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
        let date = parse_date(text).ok();
        if let Some(date) = date {
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
    parse_date(text).map(|date| FieldEdit::set(&slot.path, RonValue::text(date.to_code())))
}

/// Chooses how exact the date is. A part that is added is first shown in the field, and written
/// when the field is left.
fn precision_picker(ui: &mut Ui, form: &mut RecordForm<'_>, slot: &FieldSlot, date: Date) {
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
    let year = match precision {
        DatePrecision::Decade => date.year / 10 * 10,
        _ => date.year,
    };
    let code = Date {
        year,
        precision,
        ..date
    }
    .to_code();
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
    ui.memory_mut(|memory| memory.request_focus(id));
}

/// Reads a date as people type it: "2023-11-13", "13 November 2023", "Nov 2023", "1950s".
///
/// # Errors
/// What is wrong, in words.
pub fn parse_date(text: &str) -> Result<Date, String> {
    let text = text.trim();
    let plain = Date::parse(text.strip_prefix("the ").unwrap_or(text));
    let why = match plain {
        Ok(date) => return Ok(date),
        Err(why) => why,
    };
    let words: Vec<&str> = text
        .split([' ', ',', '-', '/', '.'])
        .filter(|word| !word.is_empty())
        .collect();
    let month_of = |word: &str| {
        let word = word.to_lowercase();
        let fits = |month: &&str| word.len() >= 3 && month.starts_with(&word);
        let at = MONTHS.iter().position(fits)?;
        Some(at + 1)
    };
    let number = |word: &str| word.parse::<u16>().ok();
    let parts = match words.as_slice() {
        [a, b, year] if year.len() == 4 => match (month_of(a), month_of(b)) {
            (Some(month), None) => number(b).map(|day| (*year, month, Some(day))),
            (None, Some(month)) => number(a).map(|day| (*year, month, Some(day))),
            _ => None,
        },
        [month, year] if year.len() == 4 => month_of(month).map(|month| (*year, month, None)),
        [year, month, day] if year.len() == 4 => match (number(month), number(day)) {
            (Some(month), Some(day)) => Some((*year, usize::from(month), Some(day))),
            _ => None,
        },
        [year, month] if year.len() == 4 => {
            number(month).map(|month| (*year, usize::from(month), None))
        }
        _ => None,
    };
    let code = match parts {
        Some((year, month, Some(day))) => format!("{year}-{month:02}-{day:02}"),
        Some((year, month, None)) => format!("{year}-{month:02}"),
        None => {
            return Err(format!(
                "{why}: write it as 2023-11-13, 2023-11, 2023 or 1950s"
            ));
        }
    };
    Date::parse(&code).map_err(|why| why.to_string())
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
        ] {
            assert_eq!(parse_date(typed).unwrap().to_code(), code, "{typed}");
        }
        for typed in [
            "",
            "soon",
            "13/11/2023",
            "31 June 2023",
            "2023-13",
            "maybe 5 2023",
        ] {
            assert!(parse_date(typed).is_err(), "{typed}");
        }
    }
}
