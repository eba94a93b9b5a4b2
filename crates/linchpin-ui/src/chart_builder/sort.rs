//! The order of a chart's groups.

use super::{ChartBuilderContext, LABEL_PT, field_spec};
use crate::record_form::{self, RecordForm, pick_list};
use egui::{Role, Ui, WidgetInfo};
use linchpin_app::form_state::PickOption;
use linchpin_edit::ValueChange;
use linchpin_register::chart_vocabulary::OrderBy;
use linchpin_register::english::capitalize;
use linchpin_register::schema::PathStep;
use ron_lossless::RonValue;

const SORT: PathStep = PathStep::Field("sort");

/// Paints what decides, and its direction.
pub fn show(ui: &mut Ui, form: &mut RecordForm<'_>, about: &ChartBuilderContext<'_>) {
    let Some(spec) = field_spec("sort") else {
        return;
    };
    record_form::labeled_row(ui, LABEL_PT, "Order", spec.doc, |ui| {
        let by = form.value(&[SORT, PathStep::Field("by")]);
        let by = by.and_then(|by| OrderBy::ALL.iter().find(|one| one.name() == by.line()));
        let now = by.copied().unwrap_or(OrderBy::Register);
        let width = ui.available_width();
        let button = pick_list::button(ui, "Order", &capitalize(now.label()), by.is_none(), width);
        let id = form.id(&[SORT]);
        let chosen = pick_list::show(ui, form, id, &button, &|_| {
            let hit = |by: &OrderBy| PickOption {
                value: by.name().to_owned(),
                title: capitalize(by.label()),
                detail: String::new(),
                help: by.meaning().to_owned(),
            };
            OrderBy::ALL.iter().map(hit).collect()
        });
        let chosen = chosen.and_then(|name| OrderBy::ALL.iter().find(|by| by.name() == name));
        match chosen {
            Some(OrderBy::Register) if by.is_some() => form.push_edit(&[SORT], ValueChange::Remove),
            Some(chosen) if *chosen != now => {
                let mut parts = vec![("by".to_owned(), RonValue::bare(chosen.name()))];
                if *chosen == OrderBy::Value {
                    parts.push(("descending".to_owned(), RonValue::bare("true")));
                }
                form.push_edit(&[SORT], ValueChange::Set(RonValue::Record(parts)));
            }
            _ => {}
        }
        if by.is_some() {
            let path = [SORT, PathStep::Field("descending")];
            let words = match now {
                OrderBy::Value => "The greatest first",
                _ => "The last first",
            };
            checkbox_field(ui, form, &path, words);
        }
        about.show_error_hint(ui, "sort");
    });
}

/// A yes or no with its words beside it.
pub fn checkbox_field(ui: &mut Ui, form: &mut RecordForm<'_>, path: &[PathStep], words: &str) {
    let mut on = form.value(path) == Some(RonValue::bare("true"));
    let response = ui.checkbox(&mut on, words);
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, enabled, on, words));
    if response.changed() {
        let want = match on {
            true => ValueChange::Set(RonValue::bare("true")),
            false => ValueChange::Remove,
        };
        form.push_edit(path, want);
    }
}
