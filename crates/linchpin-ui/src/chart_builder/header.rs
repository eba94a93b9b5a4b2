//! The head of a chart's fields: what is done to the chart as a whole.

use super::super::record_form::RecordForm;
use super::super::widgets;
use egui::{Align, Layout, RichText, Role, Ui, WidgetInfo};
use linchpin_app::App;
use linchpin_app::command::{Action, ChartAction, Command};
use linchpin_render::theme::{self, size, space};

/// Paints the title and the buttons.
pub fn show(ui: &mut Ui, app: &App, form: &RecordForm<'_>, out: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        ui.label(RichText::new("Edit chart").font(theme::semibold(size::HEADING)));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let done = ui.button("Done").on_hover_text("Close the fields");
            if done.clicked() {
                out.push(Command::RunAction(Action::Chart(ChartAction::Edit)));
            }
        });
    });
    let enabled = form.blocked_reason.is_none();
    ui.add_enabled_ui(enabled, |ui| {
        ui.horizontal_wrapped(|ui| {
            // Without padding their words begin where the title does.
            ui.spacing_mut().item_spacing.x = space::S + 4.0;
            ui.spacing_mut().button_padding.x = 0.0;
            for (action, text, name) in [
                (Action::DuplicateRecord, "Duplicate", "Duplicate chart"),
                (Action::RenameRecord, "Rename…", "Rename chart"),
                (Action::MoveUp, "↑", "Move chart up"),
                (Action::MoveDown, "↓", "Move chart down"),
                (Action::RemoveRecord, "Remove…", "Remove chart"),
                (Action::ShowInFile, "In file", "Show chart in file"),
            ] {
                // A standard chart stands in no file.
                if action == Action::ShowInFile && !app.availability(action).is_enabled() {
                    continue;
                }
                let help = action
                    .spec()
                    .help
                    .replace("the selected record", "the chart");
                let response = widgets::toolbar_button(ui, text, &help);
                response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, name));
                if response.clicked() {
                    out.push(Command::RunAction(action));
                }
            }
        });
    });
    if app.register().charts.is_empty() {
        widgets::caption(
            ui,
            "This is a standard chart. The first change writes the standard charts into the file.",
        );
    }
    if let Some(why) = form.blocked_reason {
        super::record_form::error_label(ui, why);
    }
}
