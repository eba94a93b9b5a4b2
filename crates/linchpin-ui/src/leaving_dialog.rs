//! The question what becomes of unsaved edits, and of what is being filled in, before leaving.

use super::widgets;
use egui::Ui;
use linchpin_app::App;
use linchpin_app::command::Command;
use linchpin_app::dialog::{Dialog, LeaveAction, UnsavedAnswer};
use linchpin_app::form_state::{FormState, PendingInput, dialog_form_id};
use linchpin_edit::EditTarget;
use linchpin_register::english::with_article;
use linchpin_register::tables::record_detail::field_label;
use linchpin_render::theme::space;

/// How many of the last steps are named.
const MAX_STEPS: usize = 5;

/// What is asked.
pub fn title(app: &App) -> &'static str {
    match app.has_unsaved_edits() {
        true => "Save your edits?",
        false => "Leave what is being filled in?",
    }
}

/// Asks what becomes of unsaved edits, and says what saving does not keep. `true` where the user
/// stays.
pub fn show(
    ui: &mut Ui,
    app: &App,
    then: &LeaveAction,
    covered: &Dialog,
    form: &FormState,
    out: &mut Vec<Command>,
) -> bool {
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
    let has_edits = app.has_unsaved_edits();
    if has_edits {
        ui.label(format!(
            "{name} has edits that are not saved. Save them {before}?"
        ));
        last_transactions(ui, app);
    }
    let unfinished = unfinished_inputs(app, covered, form);
    if !unfinished.is_empty() {
        if has_edits {
            ui.add_space(space::S);
        }
        ui.label("What is not finished is lost, also where the edits are saved:");
        for input in &unfinished {
            widgets::caption(ui, format!("· {input}"));
        }
    }
    ui.add_space(space::S);
    ui.horizontal(|ui| {
        let mut choose = |answer| out.push(Command::ResolveUnsaved(answer, then.clone()));
        if has_edits && widgets::primary_button(ui, "Save").clicked() {
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
    let (made, _) = app.file.draft.transactions();
    for step in made.iter().rev().take(MAX_STEPS) {
        widgets::caption(ui, format!("· {}", step.label));
    }
    if made.len() > MAX_STEPS {
        widgets::caption(ui, format!("· and {} steps before", made.len() - MAX_STEPS));
    }
}

/// What is typed and cannot be written as it is, or is still being made, in words.
fn unfinished_inputs(app: &App, covered: &Dialog, form: &FormState) -> Vec<String> {
    let of_dialog = match covered {
        _ if !covered.has_input() => None,
        Dialog::AddRecord(new) => Some(format!("{}, to be added", with_article(new.kind.what()))),
        _ => Some("a text, to be attached".to_owned()),
    };
    // The record that is to be added is named, and so none of its fields.
    let is_named = |typed: &&PendingInput| of_dialog.is_some() && typed.form_id == dialog_form_id();
    let typed = form.pending_inputs.values();
    let mut all: Vec<String> = typed
        .filter(|typed| !is_named(typed))
        .map(|typed| input_name(app, typed))
        .collect();
    if !form.pending_values.is_empty() {
        all.push("a value that is being added".to_owned());
    }
    // The same order in every frame: a map has none of its own.
    all.sort();
    of_dialog.into_iter().chain(all).collect()
}

/// The field that something was typed into, with what is wrong with that.
fn input_name(app: &App, typed: &PendingInput) -> String {
    let names = typed.path.iter().rev().filter_map(|step| step.name());
    let field = names.take(1).map(field_label).collect::<String>();
    let field = match &typed.target {
        Some(EditTarget::Record(id)) => {
            format!("{field} of “{}”", app.register().short_title_of(id))
        }
        _ => field,
    };
    match &typed.error {
        Some(error) => format!("{field}: {error}"),
        None => field,
    }
}
