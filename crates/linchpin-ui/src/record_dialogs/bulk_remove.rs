//! Whether many records are to go, and what becomes of the links to them.

use super::remove_record::{buttons, linked_records};
use crate::{record_form, widgets};
use egui::{ScrollArea, Ui};
use linchpin_app::App;
use linchpin_app::bulk_edit::BulkPreviewResult;
use linchpin_app::command::Command;
use linchpin_edit::bulk::RemovalPlan;
use linchpin_register::{RecordKind, RecordRef, Register};
use linchpin_render::theme::space;

/// How many of them are named.
const MAX_NAMED: usize = 100;

/// Paints what would go and what links to it, and the buttons; `true` where the dialog should close.
pub fn show(
    ui: &mut Ui,
    app: &App,
    kind: RecordKind,
    preview: Option<&BulkPreviewResult>,
    out: &mut Vec<Command>,
) -> bool {
    let Some(BulkPreviewResult::Removal(removal)) = preview else {
        ui.horizontal(|ui| {
            ui.spinner();
            widgets::caption(ui, "Looking at what links to them");
        });
        ui.add_space(space::XS);
        return ui.button("Cancel").clicked();
    };
    let register = app.register();
    record_names(ui, register, kind, removal);
    if removal.linking_count > 0 {
        let words = match removal.linking_count {
            1 => "One record that stays links to them:".to_owned(),
            many => format!("{many} records that stay link to them:"),
        };
        linked_records(
            ui,
            register,
            &words,
            &removal.linking_records,
            removal.linking_count,
        );
    }
    if let Some(firm) = &removal.unlink_error {
        record_form::error_label(ui, &format!("The links cannot all be taken out. {firm}."));
    }
    ui.add_space(space::XS);
    let is_linked = removal.linking_count > 0;
    buttons(
        ui,
        &removal.ids,
        is_linked,
        removal.unlink_error.is_some(),
        out,
    )
}

fn record_names(ui: &mut Ui, register: &Register, kind: RecordKind, removal: &RemovalPlan) {
    let count = removal.ids.len();
    ScrollArea::vertical()
        .id_salt("going")
        .max_height(120.0)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            for id in removal.ids.iter().take(MAX_NAMED) {
                let found = register.find(id).filter(|at: &RecordRef| at.kind == kind);
                let record = found.and_then(|at| register.record(at));
                ui.label(format!(
                    "“{}”",
                    record.map_or(id.as_str(), |record| record.title())
                ));
            }
            if count > MAX_NAMED {
                widgets::caption(ui, format!("and {} more", count - MAX_NAMED));
            }
        });
}
