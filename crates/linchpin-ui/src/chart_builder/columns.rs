//! The columns of a table that is drawn as a picture.

use super::{ChartBuilderContext, LABEL_PT, field_spec};
use crate::record_form::{self, RecordForm};
use egui::{Role, Ui, WidgetInfo};
use linchpin_edit::ValueChange;
use linchpin_register::schema::PathStep;
use linchpin_register::tables;
use ron_lossless::RonValue;

const COLUMNS: PathStep = PathStep::Field("columns");

/// Paints the columns of the records' table, those that the chart shows ticked.
pub fn show(ui: &mut Ui, form: &mut RecordForm<'_>, about: &ChartBuilderContext<'_>) {
    let (Some(spec), Some(&kind)) = (field_spec("columns"), about.kinds.first()) else {
        return;
    };
    let shown = match form.value(&[COLUMNS]) {
        Some(RonValue::List(items)) => items,
        _ => Vec::new(),
    };
    record_form::labeled_row(ui, LABEL_PT, "Columns", spec.doc, |ui| {
        for column in &tables::of_kind(kind).columns {
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
                    Some(at) => {
                        form.push_edit(&[COLUMNS, PathStep::Index(at)], ValueChange::Remove)
                    }
                    None => {
                        form.push_edit(&[COLUMNS], ValueChange::Append(RonValue::text(column.key)))
                    }
                }
            }
            response.on_hover_text(column.help);
        }
        about.show_error_hint(ui, "columns");
    });
}
