//! The file's text: what is wrong with it in its place, completion, and the way from any record to its lines and back.

mod header;
mod page_state;
mod side_panel;
mod status_bar;

use super::text_editor::{self, EditorRequest, EditorText, LanguageService};
use egui::{Id, Margin, Panel, Ui};
use linchpin_app::App;
use linchpin_app::command::{Action, Command};
use linchpin_app::transactions::TransactionRequest;
use linchpin_edit::completion::{Completion, completions};
use linchpin_render::theme::space;
use page_state::DataFilePageState;
use ron_lossless::{Diagnostic, Span, TextEdit};

/// Below this width problems and steps make room for the text.
const NARROW_PT: f32 = 900.0;

/// Paints the page.
pub fn show(ui: &mut Ui, app: &App, out: &mut Vec<Command>) {
    let id = Id::unique("data file");
    let mut state: DataFilePageState = ui.data_mut(|data| data.remove_temp(id)).unwrap_or_default();
    state.sync_to_app(ui, app);
    egui::Frame::new()
        .inner_margin(Margin {
            left: 24,
            right: 24,
            top: 16,
            bottom: 8,
        })
        .show(ui, |ui| header::show(ui, app, &mut state, out));
    Panel::bottom("data file foot")
        .frame(egui::Frame::new().inner_margin(Margin::symmetric(24, 4)))
        .show_separator_line(true)
        .show(ui, |ui| status_bar::show(ui, app, &mut state, out));
    if ui.available_width() > NARROW_PT {
        Panel::right("data file beside")
            .frame(egui::Frame::new().inner_margin(Margin::same(space::S as i8 + 4)))
            .default_size(280.0)
            .size_range(200.0..=480.0)
            .resizable(true)
            .show(ui, |ui| side_panel::show(ui, app, &mut state, out));
    }
    editor_view(ui, app, &mut state, out);
    ui.data_mut(|data| data.insert_temp(id, state));
}

/// The text of the chosen file.
fn editor_view(ui: &mut Ui, app: &App, state: &mut DataFilePageState, out: &mut Vec<Command>) {
    let Some(part) = app.file.draft.parts().get(state.part_index).cloned() else {
        return;
    };
    let Some(lines) = state.lines.clone() else {
        ui.vertical_centered(|ui| match &state.lines_error {
            Some(error) => ui.label(error.to_string()),
            None => ui.spinner(),
        });
        return;
    };
    let start = part.span.start;
    let whole = app.file.draft.text().clone();
    let problems = state.problems.clone();
    let name = app.file.origin.part_name(&part);
    let source = EditorText {
        name: &name,
        text: part.span.of(&whole),
        lines: &lines,
        revision: app.file.draft.version(),
        problems: &problems,
        highlight: state.highlight,
        read_only: is_read_only(app),
    };
    let complete = |offset: u32| -> Vec<Completion> {
        let mut found = completions(&app.file.latest, &whole, offset + start);
        for completion in &mut found {
            completion.replace = part_span(completion.replace, start);
        }
        found
    };
    let explain = |offset: u32| header::hover_text(app, offset + start);
    let language_service = LanguageService {
        complete: &complete,
        hover: &explain,
    };
    let shown = text_editor::show(ui, &source, &mut state.editor, &language_service);
    let version = app.file.draft.version();
    for (number, edit) in shown.changes.into_iter().enumerate() {
        state.last_typed_version = Some(version + number as u64 + 1);
        let splices = edit.text_edits.into_iter().map(|text_edit| TextEdit {
            span: Span::new(text_edit.span.start + start, text_edit.span.end + start),
            text: text_edit.text,
        });
        out.push(Command::Transaction(Box::new(
            TransactionRequest::TextEdits {
                label: format!("{} in the text", edit.label),
                edits: splices.collect(),
                run: edit.run,
                version: version + number as u64,
            },
        )));
    }
    match shown.request {
        Some(EditorRequest::Undo) => out.push(Command::RunAction(Action::Undo)),
        Some(EditorRequest::Redo) => out.push(Command::RunAction(Action::Redo)),
        Some(EditorRequest::Save) => out.push(Command::RunAction(Action::Save)),
        Some(EditorRequest::GoToDefinition(offset)) => {
            out.extend(status_bar::definition_command(app, offset + start))
        }
        None => {}
    }
}

/// Whether the text is only shown: it is too large to be changed while one types, or its bytes are not quite this text.
fn is_read_only(app: &App) -> bool {
    app.typing_blocked_reason().is_some()
}

/// A span of the whole text as one of a file that begins at `start`.
fn part_span(span: Span, start: u32) -> Span {
    Span::new(
        span.start.saturating_sub(start),
        span.end.saturating_sub(start),
    )
}

/// The problems of one file, at places of its own text.
fn problems_in(problems: &[Diagnostic], part: Span) -> Vec<Diagnostic> {
    let inside = problems
        .iter()
        .filter(|p| p.span.start >= part.start && p.span.start <= part.end);
    let moved = inside.map(|problem| Diagnostic {
        span: part_span(problem.span, part.start),
        ..problem.clone()
    });
    moved.collect()
}
