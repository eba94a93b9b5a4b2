//! The page of the terms that the register defines: the ladder, the priorities, the themes, the cues; and the sentences
//! that were dismissed by them.

use super::table_page;
use egui::{Frame, Margin, Ui};
use linchpin_app::App;
use linchpin_app::command::Command;
use linchpin_app::form_state::FormState;
use linchpin_register::RecordKind;

/// Paints the page.
pub fn show(ui: &mut Ui, app: &App, form: &mut FormState, out: &mut Vec<Command>) {
    Frame::new()
        .inner_margin(Margin {
            left: 24,
            right: 24,
            top: 16,
            bottom: 0,
        })
        .show(ui, |ui| {
            ui.horizontal(|ui| {
                for kind in [
                    RecordKind::LadderStep,
                    RecordKind::Priority,
                    RecordKind::Theme,
                    RecordKind::Cue,
                    RecordKind::Dismissal,
                ] {
                    if ui
                        .selectable_label(app.view.tables.terms == kind.list(), kind.title())
                        .clicked()
                    {
                        out.push(Command::ShowTerms(kind.list()));
                    }
                }
            });
        });
    if let Some(kind) = app.table() {
        table_page::show(ui, app, kind, form, out);
    }
}
