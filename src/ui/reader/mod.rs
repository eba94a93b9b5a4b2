//! The page on which a document is read: its text, with what has been coded in it.

use crate::app::App;
use crate::app::command::Command;
use crate::app::form::FormState;
use crate::ui::parts;
use egui::Ui;

/// Paints the page.
pub fn show(ui: &mut Ui, _app: &App, _form: &mut FormState, _out: &mut Vec<Command>) {
    parts::caption(ui, "Reader");
}
