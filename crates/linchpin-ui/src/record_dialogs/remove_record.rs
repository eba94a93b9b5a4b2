//! Whether a record is to go, and what becomes of the links to it.

use crate::{record_form, widgets};
use egui::{ScrollArea, Ui};
use linchpin_app::App;
use linchpin_app::command::Command;
use linchpin_app::transactions::TransactionRequest;
use linchpin_edit::Edit;
use linchpin_register::{RecordRef, Register};
use linchpin_render::theme::space;

/// How many records that link to it are named.
const MAX_LINKED: usize = 200;

/// Paints what links to the record, and the buttons; `true` where the dialog should close. `firm`: why the links cannot be taken out.
pub fn show(ui: &mut Ui, app: &App, id: &str, firm: Option<&str>, out: &mut Vec<Command>) -> bool {
    let register = app.register();
    let found = register.find(id);
    let Some((at, record)) = found.and_then(|at| Some((at, register.record(at)?))) else {
        return true;
    };
    ui.label(format!("“{}”", record.title()));
    let from = register.linked_from(at);
    if !from.is_empty() {
        let words = match from.len() {
            1 => "One record links to it:".to_owned(),
            many => format!("{many} records link to it:"),
        };
        linked_records(ui, register, &words, from, from.len());
    }
    if let Some(firm) = firm {
        record_form::error_label(ui, &format!("The links cannot all be taken out. {firm}."));
    }
    ui.add_space(space::XS);
    buttons(ui, &[id.to_owned()], !from.is_empty(), firm.is_some(), out)
}

/// Paints the buttons; `true` where the dialog should close.
pub(super) fn buttons(
    ui: &mut Ui,
    ids: &[String],
    is_linked: bool,
    is_unlink_blocked: bool,
    out: &mut Vec<Command>,
) -> bool {
    let mut push_remove = |unlink| {
        let ids = ids.to_vec();
        let edit = Edit::Remove { ids, unlink };
        out.push(Command::Transaction(Box::new(TransactionRequest::Edit(
            edit,
        ))));
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
pub(super) fn linked_records(
    ui: &mut Ui,
    register: &Register,
    words: &str,
    linked: &[RecordRef],
    count: usize,
) {
    widgets::caption(ui, words);
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
            if count > MAX_LINKED {
                widgets::caption(ui, format!("and {} more", count - MAX_LINKED));
            }
        });
}
