//! The page on which documents, and versions of a register, are compared.

mod versions;

use crate::app::App;
use crate::app::command::Command;
use crate::app::form::FormState;
use egui::Ui;

/// Paints the page.
pub fn show(ui: &mut Ui, app: &App, _form: &mut FormState, out: &mut Vec<Command>) {
    versions::show(ui, app, out);
}
