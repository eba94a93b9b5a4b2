//! Dates: typed in any usual form, with the words for what was understood.

use super::line::{Look, Meant, line};
use super::sheet::{Sheet, Slot};
use super::{pick, plain};
use crate::parts;
use egui::Ui;
use linchpin_app::form_state::{PendingInput, PickOption};
use linchpin_edit::Wish;
use linchpin_register::{Date, MONTHS, Precision};
use ron_lossless::RonValue;

const PRECISIONS: [(Precision, &str, &str); 4] = [
    (Precision::Day, "day", "The source gives the day"),
    (Precision::Month, "month", "The source gives no day"),
    (Precision::Year, "year", "The source gives the year alone"),
    (
        Precision::Decade,
        "decade",
        "The source gives a decade, such as the 1950s",
    ),
];

/// The editor of a date.
pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>, slot: &Slot) {
    let id = sheet.id(&slot.path);
    let now = plain::text_of(sheet.value(&slot.path));
    let slot = &Slot {
        hint: "2023-11-13",
        ..slot.clone()
    };
    let look = Look {
        width_pt: Some(110.0),
        ..Look::default()
    };
    let row = ui.horizontal(|ui| {
        ui.vertical(|ui| {
            line(ui, sheet, slot, id, &now, look, &|_, text| read(slot, text));
        });
        let text = sheet
            .form
            .pending_inputs
            .get(&id)
            .map_or(&now, |typed| &typed.text);
        let date = typed_date(text).ok();
        if let Some(date) = date {
            precision(ui, sheet, slot, date);
        }
        date
    });
    if let Some(date) = row.inner {
        parts::caption(ui, date.words());
    }
}

/// What a text comes to in a place for a date.
pub fn read(slot: &Slot, text: &str) -> Meant {
    if text.trim().is_empty() {
        return plain::nothing(slot);
    }
    typed_date(text).map(|date| Wish::set(&slot.path, RonValue::text(date.code())))
}

/// Chooses how exact the date is. A part that is added is first shown in the field, and written when the field is left.
fn precision(ui: &mut Ui, sheet: &mut Sheet<'_>, slot: &Slot, date: Date) {
    let hits = |_: &str| -> Vec<PickOption> {
        let hit = |(_, name, help): &(Precision, &str, &str)| PickOption {
            value: (*name).to_owned(),
            title: (*name).to_owned(),
            detail: String::new(),
            help: (*help).to_owned(),
        };
        PRECISIONS.iter().map(hit).collect()
    };
    let name = PRECISIONS.iter().find(|(p, ..)| *p == date.precision);
    let name = name.map_or("", |(_, name, _)| name);
    let button = pick::button(ui, &format!("How exact: {}", slot.name), name, false, 84.0);
    let id = sheet.id(&slot.path);
    let chosen = pick::show(ui, sheet, id.with("precision"), &button, &hits);
    let chosen = PRECISIONS
        .iter()
        .find(|(_, name, _)| Some(*name) == chosen.as_deref());
    let Some(&(precision, ..)) = chosen.filter(|(p, ..)| *p != date.precision) else {
        return;
    };
    let year = match precision {
        Precision::Decade => date.year / 10 * 10,
        _ => date.year,
    };
    let code = Date {
        year,
        precision,
        ..date
    }
    .code();
    if precision < date.precision || sheet.is_live() {
        sheet.form.pending_inputs.remove(&id);
        if let Ok(wish) = read(slot, &code) {
            sheet.wishes.push(wish);
        }
        return;
    }
    let was = plain::text_of(sheet.value(&slot.path));
    let typed = PendingInput {
        form_id: sheet.holder,
        path: slot.path.clone(),
        text: code,
        original: was,
        error: None,
        edit: None,
        is_visible: true,
    };
    sheet.form.pending_inputs.insert(id, typed);
    ui.memory_mut(|memory| memory.request_focus(id));
}

/// Reads a date as people type it: "2023-11-13", "13 November 2023", "Nov 2023", "1950s".
///
/// # Errors
/// What is wrong, in words.
pub fn typed_date(text: &str) -> Result<Date, String> {
    let text = text.trim();
    let plain = Date::parse(text.strip_prefix("the ").unwrap_or(text));
    let Err(why) = plain else {
        return plain;
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
    match parts {
        Some((year, month, Some(day))) => Date::parse(&format!("{year}-{month:02}-{day:02}")),
        Some((year, month, None)) => Date::parse(&format!("{year}-{month:02}")),
        None => Err(format!(
            "{why}: write it as 2023-11-13, 2023-11, 2023 or 1950s"
        )),
    }
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
            assert_eq!(typed_date(typed).unwrap().code(), code, "{typed}");
        }
        for typed in [
            "",
            "soon",
            "13/11/2023",
            "31 June 2023",
            "2023-13",
            "maybe 5 2023",
        ] {
            assert!(typed_date(typed).is_err(), "{typed}");
        }
    }
}
