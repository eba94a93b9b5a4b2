//! The file's text: what is wrong with it in its place, completion, and the way from any record to its lines and back.

mod beside;
mod foot;
mod head;
mod pad;

use super::editor::{self, Aid, Completion, Request, Source};
use egui::{Id, Margin, Panel, Ui};
use linchpin_app::App;
use linchpin_app::command::{Action, Command};
use linchpin_app::transactions::TransactionRequest;
use linchpin_edit::complete::completions;
use linchpin_render::theme::space;
use pad::Pad;
use ron_lossless::{Problem, Span, Splice};

/// Below this width problems and steps make room for the text.
const NARROW_PT: f32 = 900.0;

/// Paints the page.
pub fn show(ui: &mut Ui, app: &App, out: &mut Vec<Command>) {
    let id = Id::unique("data file");
    let mut pad: Pad = ui.data_mut(|data| data.remove_temp(id)).unwrap_or_default();
    pad.keep_up(app);
    egui::Frame::new()
        .inner_margin(Margin {
            left: 24,
            right: 24,
            top: 16,
            bottom: 8,
        })
        .show(ui, |ui| head::show(ui, app, &mut pad, out));
    Panel::bottom("data file foot")
        .frame(egui::Frame::new().inner_margin(Margin::symmetric(24, 4)))
        .show_separator_line(true)
        .show(ui, |ui| foot::show(ui, app, &mut pad, out));
    if ui.available_width() > NARROW_PT {
        Panel::right("data file beside")
            .frame(egui::Frame::new().inner_margin(Margin::same(space::S as i8 + 4)))
            .default_size(280.0)
            .size_range(200.0..=480.0)
            .resizable(true)
            .show(ui, |ui| beside::show(ui, app, &mut pad, out));
    }
    text(ui, app, &mut pad, out);
    ui.data_mut(|data| data.insert_temp(id, pad));
}

/// The text of the chosen file.
fn text(ui: &mut Ui, app: &App, pad: &mut Pad, out: &mut Vec<Command>) {
    let Some(part) = app.file.draft.parts().get(pad.part).cloned() else {
        return;
    };
    let Some(lines) = pad.lines.clone() else {
        ui.vertical_centered(|ui| ui.spinner());
        return;
    };
    let start = part.span.start;
    let whole = app.file.draft.text().clone();
    let problems = pad.problems.clone();
    let name = app.file.origin.part_name(&part);
    let source = Source {
        name: &name,
        text: part.span.of(&whole),
        lines: &lines,
        revision: app.file.draft.version(),
        problems: &problems,
        mark: pad.mark,
        read_only: is_read_only(app),
    };
    let complete = |offset: u32| -> Vec<Completion> {
        let found = completions(&app.file.latest, &whole, offset + start);
        found
            .into_iter()
            .map(|c| Completion {
                label: c.label,
                insert: c.insert,
                caret: c.caret,
                replace: local(c.replace, start),
                detail: c.detail,
                help: c.help,
            })
            .collect()
    };
    let explain = |offset: u32| head::explain(app, offset + start);
    let aid = Aid {
        complete: &complete,
        explain: &explain,
    };
    let shown = editor::show(ui, &source, &mut pad.state, &aid);
    let version = app.file.draft.version();
    for (number, edit) in shown.edits.into_iter().enumerate() {
        pad.own_version = Some(version + number as u64 + 1);
        let splices = edit.splices.into_iter().map(|splice| Splice {
            span: Span::new(splice.span.start + start, splice.span.end + start),
            text: splice.text,
        });
        out.push(Command::Transaction(Box::new(
            TransactionRequest::TextEdits {
                label: format!("{} in the text", edit.words),
                edits: splices.collect(),
                run: edit.run,
                version: version + number as u64,
            },
        )));
    }
    match shown.request {
        Some(Request::Undo) => out.push(Command::RunAction(Action::Undo)),
        Some(Request::Redo) => out.push(Command::RunAction(Action::Redo)),
        Some(Request::Save) => out.push(Command::RunAction(Action::Save)),
        Some(Request::Follow(offset)) => out.extend(foot::follow(app, offset + start)),
        None => {}
    }
}

/// Whether the text is only shown: it is too large to be changed while one types, or its bytes are not quite this text.
fn is_read_only(app: &App) -> bool {
    app.typing_blocked_reason().is_some()
}

/// A span of the whole text as one of a file that begins at `start`.
fn local(span: Span, start: u32) -> Span {
    Span::new(
        span.start.saturating_sub(start),
        span.end.saturating_sub(start),
    )
}

/// The problems of one file, at places of its own text.
fn problems_in(problems: &[Problem], part: Span) -> Vec<Problem> {
    let inside = problems
        .iter()
        .filter(|p| p.span.start >= part.start && p.span.start <= part.end);
    let moved = inside.map(|problem| Problem {
        span: local(problem.span, part.start),
        ..problem.clone()
    });
    moved.collect()
}
