//! The button that sets a problem right.

use egui::Ui;
use linchpin_app::App;
use linchpin_app::command::Command;
use linchpin_app::transactions::TransactionRequest;
use linchpin_edit::draft::Run;
use ron_lossless::Diagnostic;

/// The button that sets a problem right, where that is sure.
pub fn button(ui: &mut Ui, app: &App, problem: &Diagnostic, out: &mut Vec<Command>) {
    let Some(quick_fix) = problem.fix.as_ref().filter(|_| app.file.is_up_to_date()) else {
        return;
    };
    let shown: Vec<&str> = quick_fix
        .edits
        .iter()
        .map(|text_edit| text_edit.text.trim())
        .collect();
    if ui
        .button(&quick_fix.label)
        .on_hover_text(format!("Writes {}", shown.join(" … ")))
        .clicked()
    {
        out.push(Command::Transaction(Box::new(
            TransactionRequest::TextEdits {
                label: quick_fix.label.clone(),
                edits: quick_fix.edits.clone(),
                run: Run::Alone,
                version: app.file.draft.version(),
            },
        )));
    }
}
