//! What another program has changed while there were unsaved edits, beside the edits.

use super::parts;
use crate::app::App;
use crate::app::command::Command;
use egui::Ui;

/// Paints the dialog. `true` where it should close.
pub fn show(ui: &mut Ui, app: &App, _out: &mut Vec<Command>) -> bool {
    if app.conflict.is_none() {
        return true;
    }
    parts::caption(ui, "Another program has changed the file.");
    ui.button("Close").clicked()
}
