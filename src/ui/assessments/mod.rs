//! The page of how far commitments have been met: what changed, what has not been looked at for long.

use crate::app::App;
use crate::app::command::Command;
use crate::app::form::FormState;
use crate::ui::parts;
use egui::Ui;

/// Paints the page.
pub fn show(ui: &mut Ui, _app: &App, _form: &mut FormState, _out: &mut Vec<Command>) {
    parts::caption(ui, "Assessments");
}
