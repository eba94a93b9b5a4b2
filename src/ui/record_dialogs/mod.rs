//! The dialogs of records: add, duplicate, rename, remove.

mod add;
mod name;
mod remove;

use super::{dialogs, form};
use crate::app::App;
use crate::app::command::Command;
use crate::app::dialog::Dialog;
use crate::app::form::FormState;
use egui::{Key, Ui};

/// Paints the dialog; `true` where it should close.
pub fn show(
    ui: &Ui,
    app: &App,
    dialog: &mut Dialog,
    state: &mut FormState,
    out: &mut Vec<Command>,
) -> bool {
    let was_typing = state.is_typing();
    let (title, width) = match dialog {
        Dialog::Add(new) => (format!("Add {}", form::article(new.kind.what())), 620.0),
        Dialog::Duplicate(_) => ("Duplicate record".to_owned(), 460.0),
        Dialog::Rename(_) => ("Rename id".to_owned(), 460.0),
        _ => ("Remove record".to_owned(), 520.0),
    };
    let response = dialogs::over(ui, &title, width, |ui| match dialog {
        Dialog::Add(new) => add::show(ui, app, new, state, out),
        Dialog::Duplicate(naming) => name::show(ui, app, state, naming, false, out),
        Dialog::Rename(naming) => name::show(ui, app, state, naming, true, out),
        Dialog::Remove { id, firm } => remove::show(ui, app, id, firm.as_deref(), out),
        _ => true,
    });
    // What has been filled in is not lost by a click beside the dialog.
    let escape = ui.input(|i| i.key_pressed(Key::Escape)) && !was_typing;
    let beside = response.backdrop_response.clicked() && !dialog.is_form();
    response.inner || escape || beside
}
