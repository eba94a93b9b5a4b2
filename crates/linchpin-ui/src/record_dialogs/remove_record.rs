//! Whether one record or many are to be removed, and what becomes of the links to them.

use crate::{record_form, widgets};
use egui::{ScrollArea, Ui};
use linchpin_app::App;
use linchpin_app::bulk_edit::BulkPreviewResult;
use linchpin_app::command::Command;
use linchpin_edit::Edit;
use linchpin_edit::bulk::RemovalPlan;
use linchpin_register::{RecordKind, RecordRef, Register};
use linchpin_render::theme::space;

/// How many records that link to it are named.
const MAX_LINKED: usize = 200;
/// How many of them are named.
const MAX_NAMED: usize = 100;

/// Paints what links to the record, and the buttons; `true` where the dialog should close.
/// `blocked_reason`: why the links cannot be taken out.
pub fn show(
    ui: &mut Ui,
    app: &App,
    id: &str,
    blocked_reason: Option<&str>,
    out: &mut Vec<Command>,
) -> bool {
    let register = app.register();
    let found = register.find(id);
    let Some((at, record)) = found.and_then(|at| Some((at, register.record(at)?))) else {
        return true;
    };
    ui.label(format!("“{}”", record.title()));
    let from = register.linked_from(at);
    if !from.is_empty() {
        let text = match from.len() {
            1 => "One record links to it:".to_owned(),
            many => format!("{many} records link to it:"),
        };
        linked_records(ui, register, &text, from, from.len());
    }
    if let Some(reason) = blocked_reason {
        record_form::error_label(ui, &format!("The links cannot all be taken out. {reason}."));
    }
    ui.add_space(space::XS);
    buttons(
        ui,
        &[id.to_owned()],
        !from.is_empty(),
        blocked_reason.is_some(),
        out,
    )
}

/// Paints the buttons; `true` where the dialog should close.
fn buttons(
    ui: &mut Ui,
    ids: &[String],
    is_linked: bool,
    is_unlink_blocked: bool,
    out: &mut Vec<Command>,
) -> bool {
    let mut push_remove = |unlink| {
        let ids = ids.to_vec();
        let edit = Edit::RemoveRecords { ids, unlink };
        out.push(crate::edit_command(edit));
    };
    ui.horizontal(|ui| {
        if !is_linked {
            let remove = widgets::primary_button(ui, "Remove").clicked();
            if remove {
                push_remove(false);
            }
            return remove || ui.button("Cancel").clicked();
        }
        let unlink = ui.add_enabled_ui(!is_unlink_blocked, |ui| {
            widgets::primary_button(ui, "Remove and unlink")
                .on_hover_text("Those records stay, and lose the link")
        });
        let only = ui.button("Remove only").on_hover_text(
            "Those records keep a link that leads nowhere, and show up under Problems",
        );
        let cancel = ui.button("Cancel").clicked();
        if unlink.inner.clicked() {
            push_remove(true);
        } else if only.clicked() {
            push_remove(false);
        }
        cancel || unlink.inner.clicked() || only.clicked()
    })
    .inner
}

/// Paints the records that link to what is to go. `count`: how many there are in all.
fn linked_records(
    ui: &mut Ui,
    register: &Register,
    text: &str,
    linked: &[RecordRef],
    count: usize,
) {
    widgets::caption(ui, text);
    let room = (ui.available_height() - 110.0).clamp(60.0, 260.0);
    ScrollArea::vertical()
        .max_height(room)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = space::XS;
            for at in linked.iter().take(MAX_LINKED) {
                if let Some(record) = register.record(*at) {
                    ui.horizontal_wrapped(|ui| {
                        ui.label(record.title());
                        widgets::caption(ui, at.kind.what());
                    });
                }
            }
            widgets::caption_more(ui, count, MAX_LINKED);
        });
}

/// Paints what would go and what links to it, and the buttons; `true` where the dialog should
/// close.
pub fn show_bulk(
    ui: &mut Ui,
    app: &App,
    kind: RecordKind,
    preview: Option<&BulkPreviewResult>,
    out: &mut Vec<Command>,
) -> bool {
    let Some(BulkPreviewResult::Removal(removal)) = preview else {
        widgets::spinner_row(ui, "Looking at what links to them");
        ui.add_space(space::XS);
        return ui.button("Cancel").clicked();
    };
    let register = app.register();
    record_names(ui, register, kind, removal);
    if removal.linking_count > 0 {
        let text = match removal.linking_count {
            1 => "One record that stays links to them:".to_owned(),
            many => format!("{many} records that stay link to them:"),
        };
        linked_records(
            ui,
            register,
            &text,
            &removal.linking_records,
            removal.linking_count,
        );
    }
    if let Some(reason) = &removal.unlink_error {
        record_form::error_label(ui, &format!("The links cannot all be taken out. {reason}."));
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
            widgets::caption_more(ui, count, MAX_NAMED);
        });
}
