//! The dialogs of records: add, duplicate, rename, remove.

mod add_record;
mod bulk_edit;
mod record_id;
mod remove_record;

use super::widgets::show_modal;
use egui::{Key, Ui};
use linchpin_app::App;
use linchpin_app::command::Command;
use linchpin_app::dialog::Dialog;
use linchpin_app::form_state::FormState;
use linchpin_register::english::with_article;

/// Paints the dialog; `true` where it should close.
pub fn show(
    ui: &Ui,
    app: &App,
    dialog: &mut Dialog,
    state: &mut FormState,
    out: &mut Vec<Command>,
) -> bool {
    // Before the fields are painted: they take back what is typed by the same Escape.
    let was_typing = state.is_typing();
    let preview = app.bulk_preview(dialog);
    let (title, width) = match dialog {
        Dialog::AddRecord(new) => (format!("Add {}", with_article(new.kind.what())), 620.0),
        Dialog::DuplicateRecord(_) => ("Duplicate record".to_owned(), 460.0),
        Dialog::RenameRecord(_) => ("Rename id".to_owned(), 460.0),
        Dialog::BulkEdit(many) => (
            format!("Edit {}", many.kind.noun().count(many.ids.len())),
            620.0,
        ),
        Dialog::BulkRemove { kind, ids } => {
            (format!("Remove {}", kind.noun().count(ids.len())), 520.0)
        }
        _ => ("Remove record".to_owned(), 520.0),
    };
    let response = show_modal(ui, &title, width, |ui| match dialog {
        Dialog::AddRecord(new) => add_record::show(ui, app, new, state, out),
        Dialog::DuplicateRecord(naming) => record_id::show(ui, app, state, naming, false, out),
        Dialog::RenameRecord(naming) => record_id::show(ui, app, state, naming, true, out),
        Dialog::BulkEdit(edit) => bulk_edit::show(ui, app, edit, preview, state, out),
        Dialog::BulkRemove { kind, .. } => remove_record::show_bulk(ui, app, *kind, preview, out),
        Dialog::RemoveRecord {
            id,
            unlink_blocked_reason: reason,
        } => remove_record::show(ui, app, id, reason.as_deref(), out),
        _ => true,
    });
    // What has been filled in is not lost by a click next to the dialog.
    let escape = ui.input(|i| i.key_pressed(Key::Escape)) && !was_typing;
    let clicked_outside = response.backdrop_response.clicked() && !dialog.edits_record_fields();
    response.inner || escape || clicked_outside
}
