//! The dialogs of saving: where to, and what becomes of edits that are not saved.

use super::widgets;
use egui::{Key, RichText, TextEdit, Ui};
use linchpin_app::App;
use linchpin_app::command::Command;
use linchpin_app::dialog::SaveAsForm;
use linchpin_app::dialog::{LeaveAction, UnsavedAnswer};
use linchpin_render::theme::{self, space};

/// Asks where the register should go. `true` where the dialog should close.
pub fn save_as(ui: &mut Ui, form: &mut SaveAsForm, out: &mut Vec<Command>) -> bool {
    widgets::caption(
        ui,
        if form.is_copy {
            "The copy holds all edits. You go on in the file that is open."
        } else {
            "You go on in the new file. The old one stays as it was saved last."
        },
    );
    let edit = ui.add(TextEdit::singleline(&mut form.path).desired_width(f32::INFINITY));
    edit.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Path"));
    if edit.changed() {
        form.error = None;
    }
    if let Some(error) = &form.error {
        ui.label(RichText::new(error).color(theme::palette_of(ui).error));
    }
    let enter = edit.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
    ui.add_space(space::S);
    ui.horizontal(|ui| {
        let again = form.overwrite.as_deref() == Some(form.path.as_str());
        let label = if again { "Replace" } else { "Save" };
        if widgets::primary_button(ui, label).clicked() || enter {
            out.push(Command::SaveAs(form.clone()));
        }
        if ui
            .button("Browse…")
            .on_hover_text("The dialog of the system, where it has one")
            .clicked()
        {
            out.push(Command::PickSaveAsPath(form.clone()));
        }
        ui.button("Cancel").clicked()
    })
    .inner
}

/// Asks what becomes of unsaved edits. `true` where the dialog should close.
pub fn unsaved(ui: &mut Ui, app: &App, then: &LeaveAction, out: &mut Vec<Command>) -> bool {
    let name = app.file.origin.name();
    let before = match then {
        LeaveAction::Quit => "before Linchpin closes".to_owned(),
        LeaveAction::Open(path) => {
            let other = path.file_name().unwrap_or(path.as_os_str());
            format!("before {} is opened", other.to_string_lossy())
        }
        LeaveAction::OpenBundled(shipped) => format!("before {} is opened", shipped.name),
        LeaveAction::OpenReopened => "before the image is opened".to_owned(),
    };
    ui.label(format!(
        "{name} has edits that are not saved. Save them {before}?"
    ));
    last_transactions(ui, app);
    ui.add_space(space::S);
    ui.horizontal(|ui| {
        let mut choose = |answer| out.push(Command::ResolveUnsaved(answer, then.clone()));
        if widgets::primary_button(ui, "Save").clicked() {
            choose(UnsavedAnswer::Save);
        }
        if ui.button("Discard").clicked() {
            choose(UnsavedAnswer::Discard);
        }
        ui.button("Cancel").clicked()
    })
    .inner
}

/// The last things that were done, so that the user knows what is at stake.
fn last_transactions(ui: &mut Ui, app: &App) {
    const MAX_STEPS: usize = 5;
    let (made, _) = app.file.draft.steps();
    for step in made.iter().rev().take(MAX_STEPS) {
        widgets::caption(ui, format!("· {}", step.words));
    }
    if made.len() > MAX_STEPS {
        widgets::caption(ui, format!("· and {} steps before", made.len() - MAX_STEPS));
    }
}
