//! The button that sets a problem right.

use crate::app::App;
use crate::app::command::Command;
use crate::app::turns::Turn;
use crate::edit::draft::Run;
use crate::ron_text::Problem;
use egui::Ui;

/// The button that sets a problem right, where that is sure.
pub fn button(ui: &mut Ui, app: &App, problem: &Problem, out: &mut Vec<Command>) {
    let Some(repair) = problem.repair.as_ref().filter(|_| app.file.is_fresh()) else {
        return;
    };
    let shown: Vec<&str> = repair
        .splices
        .iter()
        .map(|splice| splice.text.trim())
        .collect();
    if ui
        .button(&repair.words)
        .on_hover_text(format!("Writes {}", shown.join(" … ")))
        .clicked()
    {
        out.push(Command::Turn(Box::new(Turn::Splices {
            words: repair.words.clone(),
            splices: repair.splices.clone(),
            run: Run::Alone,
            version: app.file.draft.version(),
        })));
    }
}
