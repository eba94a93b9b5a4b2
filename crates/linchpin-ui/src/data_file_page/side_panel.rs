//! Beside the text: what is wrong with it, and the steps that led to it.

use super::page_state::{DataFilePageState, SidePanelTab};
use crate::widgets;
use egui::{RichText, ScrollArea, Sense, Ui};
use linchpin_app::App;
use linchpin_app::command::{Action, Command};
use linchpin_render::theme::{self, size, space};
use ron_lossless::{Diagnostic, Severity};

/// How many steps are listed.
const MAX_STEPS: usize = 300;

/// Paints the list that is chosen.
pub fn show(ui: &mut Ui, app: &App, state: &mut DataFilePageState, out: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        let (made, _) = app.file.draft.transactions();
        let problems = format!("Problems ({})", state.problems.len());
        let steps = format!("Steps ({})", made.len());
        ui.selectable_value(&mut state.side_panel_tab, SidePanelTab::Problems, problems);
        ui.selectable_value(&mut state.side_panel_tab, SidePanelTab::History, steps);
    });
    ui.separator();
    ScrollArea::vertical()
        // Each list keeps a scroll position of its own.
        .id_salt(("beside", state.side_panel_tab == SidePanelTab::History))
        .auto_shrink(false)
        .show(ui, |ui| match state.side_panel_tab {
            SidePanelTab::Problems => problem_list(ui, app, state, out),
            SidePanelTab::History => undo_history(ui, app, out),
        });
}

fn problem_list(ui: &mut Ui, app: &App, state: &mut DataFilePageState, out: &mut Vec<Command>) {
    if state.problems.is_empty() {
        widgets::caption(ui, "Nothing is wrong with this file.");
        return;
    }
    let Some((_, _, lines)) = state.shown_part(app) else {
        return;
    };
    // Only the pointer is cloned; a click on a problem changes the state.
    for (number, problem) in state.problems.clone().iter().enumerate() {
        // Not the column: counting a thousand of them in a line of megabytes takes seconds.
        let line = lines.line_at(problem.span.start);
        ui.push_id(number, |ui| {
            if problem_entry(ui, problem, line) {
                state.editor.reveal(problem.span.start);
                state.editor.focus();
            }
            widgets::quick_fix_button(ui, app, problem, out);
        });
        ui.add_space(space::S);
    }
}

/// One problem; `true` where it was clicked.
fn problem_entry(ui: &mut Ui, problem: &Diagnostic, line: u32) -> bool {
    let p = theme::palette_of(ui);
    let (sign, color) = match problem.severity {
        Severity::Error => ("Error", p.error),
        Severity::Warning => ("Warning", p.warning),
    };
    let text = format!("{sign}, line {line}: {}", problem.message);
    let shown = ui.scope(|ui| {
        ui.label(
            RichText::new(format!("{sign} · line {line}"))
                .font(theme::semibold(size::CAPTION))
                .color(color),
        );
        ui.label(RichText::new(&problem.message).color(p.text));
        if let Some(help) = &problem.help {
            widgets::caption(ui, help);
        }
    });
    let response = shown.response.interact(Sense::click());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Link, true, &text));
    response
        .on_hover_cursor(egui::CursorIcon::PointingHand)
        .clicked()
}

fn undo_history(ui: &mut Ui, app: &App, out: &mut Vec<Command>) {
    let (made, undone) = app.file.draft.transactions();
    if made.is_empty() && undone.is_empty() {
        widgets::caption(ui, "Nothing has been changed since the file was opened.");
        return;
    }
    for step in undone.iter().rev().take(MAX_STEPS) {
        widgets::caption(ui, format!("({})", step.label))
            .on_hover_text("Taken back; can be done again");
    }
    for (number, step) in made.iter().rev().take(MAX_STEPS).enumerate() {
        let latest = number == 0;
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(&step.label).color(theme::palette_of(ui).text));
            if latest && widgets::link(ui, "Undo").clicked() {
                out.push(Command::RunAction(Action::Undo));
            }
        });
    }
    widgets::caption(ui, "The file as it was opened");
}
