//! The order of a chart's groups.

use super::{About, LABEL_PT, capital, spec};
use crate::form::{self, Sheet, pick};
use egui::{Role, Ui, WidgetInfo};
use linchpin_app::form_state::PickOption;
use linchpin_edit::Want;
use linchpin_register::chart_words::OrderBy;
use linchpin_register::declare::PathStep;
use ron_lossless::RonValue;

const SORT: PathStep = PathStep::Field("sort");

/// Paints what decides, and its direction.
pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>, about: &About<'_>) {
    let Some(spec) = spec("sort") else { return };
    form::row(ui, LABEL_PT, "Order", spec.doc, |ui| {
        let by = sheet.value(&[SORT, PathStep::Field("by")]);
        let by = by.and_then(|by| OrderBy::ALL.iter().find(|one| one.name() == by.line()));
        let now = by.copied().unwrap_or(OrderBy::Register);
        let width = ui.available_width();
        let button = pick::button(ui, "Order", &capital(now.label()), by.is_none(), width);
        let id = sheet.id(&[SORT]);
        let chosen = pick::show(ui, sheet, id, &button, &|_| {
            let hit = |by: &OrderBy| PickOption {
                value: by.name().to_owned(),
                title: capital(by.label()),
                detail: String::new(),
                help: by.meaning().to_owned(),
            };
            OrderBy::ALL.iter().map(hit).collect()
        });
        let chosen = chosen.and_then(|name| OrderBy::ALL.iter().find(|by| by.name() == name));
        match chosen {
            Some(OrderBy::Register) if by.is_some() => sheet.wish(&[SORT], Want::TakeOut),
            Some(chosen) if *chosen != now => {
                let mut parts = vec![("by".to_owned(), RonValue::bare(chosen.name()))];
                if *chosen == OrderBy::Value {
                    parts.push(("descending".to_owned(), RonValue::bare("true")));
                }
                sheet.wish(&[SORT], Want::Set(RonValue::Record(parts)));
            }
            _ => {}
        }
        if by.is_some() {
            let path = [SORT, PathStep::Field("descending")];
            let words = match now {
                OrderBy::Value => "The greatest first",
                _ => "The last first",
            };
            flag(ui, sheet, &path, words);
        }
        about.blame(ui, "sort");
    });
}

/// A yes or no with its words beside it.
pub fn flag(ui: &mut Ui, sheet: &mut Sheet<'_>, path: &[PathStep], words: &str) {
    let mut on = sheet.value(path) == Some(RonValue::bare("true"));
    let response = ui.checkbox(&mut on, words);
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, enabled, on, words));
    if response.changed() {
        let want = match on {
            true => Want::Set(RonValue::bare("true")),
            false => Want::TakeOut,
        };
        sheet.wish(path, want);
    }
}
