//! The columns of a table that is drawn as a picture.

use super::{About, LABEL_PT, spec};
use crate::form::{self, Sheet};
use egui::{Role, Ui, WidgetInfo};
use linchpin_edit::Want;
use linchpin_register::declare::PathStep;
use linchpin_register::tables;
use ron_lossless::RonValue;

const COLUMNS: PathStep = PathStep::Field("columns");

/// Paints the columns of the records' table, those that the chart shows ticked.
pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>, about: &About<'_>) {
    let (Some(spec), Some(&kind)) = (spec("columns"), about.kinds.first()) else {
        return;
    };
    let shown = match sheet.value(&[COLUMNS]) {
        Some(RonValue::List(items)) => items,
        _ => Vec::new(),
    };
    form::row(ui, LABEL_PT, "Columns", spec.doc, |ui| {
        for column in tables::of_kind(kind).columns {
            let at = shown
                .iter()
                .position(|key| *key == RonValue::text(column.key));
            let mut on = at.is_some();
            let response = ui.checkbox(&mut on, column.title);
            let name = format!("Column {}", column.title);
            let enabled = ui.is_enabled();
            response.widget_info(|| WidgetInfo::selected(Role::CheckBox, enabled, on, &name));
            if response.changed() {
                match at {
                    Some(at) => sheet.wish(&[COLUMNS, PathStep::Index(at)], Want::TakeOut),
                    None => sheet.wish(&[COLUMNS], Want::Append(RonValue::text(column.key))),
                }
            }
            response.on_hover_text(column.help);
        }
        about.blame(ui, "columns");
    });
}
