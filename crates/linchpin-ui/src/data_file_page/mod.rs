//! The file's text: what is wrong with it in its place, completion, and the way from any record to
//! its lines and back.

mod page_state;
mod side_panel;

use super::text_editor::{self, EditorRequest, EditorText, LanguageService};
use super::widgets;
use egui::{Align, ComboBox, Id, Layout, Margin, Panel, Ui};
use linchpin_app::App;
use linchpin_app::command::{Action, Command};
use linchpin_app::transactions::TransactionRequest;
use linchpin_edit::completion::{Completion, completions};
use linchpin_edit::symbol::{SymbolKind, symbol_at};
use linchpin_register::english::count_noun;
use linchpin_register::tables::formatting;
use linchpin_render::theme::{self, size, space};
use page_state::DataFilePageState;
use ron_lossless::{Diagnostic, Span, TextEdit};

/// Below this width problems and steps make room for the text.
const NARROW_PT: f32 = 900.0;
/// Room for what can be done, at the right.
const TOOLS_PT: f32 = 500.0;

/// Paints the page.
pub fn show(ui: &mut Ui, app: &App, out: &mut Vec<Command>) {
    let id = Id::unique("data file");
    // Taken out and put back at the end: `get_temp` would copy all of it in every frame.
    let mut state: DataFilePageState = ui.data_mut(|data| data.remove_temp(id)).unwrap_or_default();
    state.sync_to_app(ui, app);
    egui::Frame::new()
        .inner_margin(widgets::page_margin(16, 8))
        .show(ui, |ui| header(ui, app, &mut state, out));
    // Panels take their room first; the editor fills what is left.
    Panel::bottom("data file foot")
        .frame(egui::Frame::new().inner_margin(Margin::symmetric(24, 4)))
        .show_separator_line(true)
        .show(ui, |ui| status_bar(ui, app, &mut state, out));
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
    let explain = |offset: u32| hover_text(app, offset + start);
    let language_service = LanguageService {
        complete: &complete,
        hover: &explain,
    };
    let shown = text_editor::show(ui, &source, &mut state.editor, &language_service);
    let version = app.file.draft.version();
    // Each change becomes one transaction, and each transaction makes one version of the draft.
    state.typed_versions = version + 1..version + 1 + shown.changes.len() as u64;
    for (number, edit) in shown.changes.into_iter().enumerate() {
        let splices = edit.text_edits.into_iter().map(|text_edit| TextEdit {
            span: Span::new(text_edit.span.start + start, text_edit.span.end + start),
            text: text_edit.text,
        });
        out.push(Command::Transaction(Box::new(
            TransactionRequest::TextEdits {
                label: format!("{} in the text", edit.label),
                edits: splices.collect(),
                run: edit.run,
                // The places of a change are those of the text that the changes before it have
                // made.
                version: version + number as u64,
            },
        )));
    }
    match shown.request {
        Some(EditorRequest::Undo) => out.push(Command::RunAction(Action::Undo)),
        Some(EditorRequest::Redo) => out.push(Command::RunAction(Action::Redo)),
        Some(EditorRequest::Save) => out.push(Command::RunAction(Action::Save)),
        Some(EditorRequest::GoToDefinition(offset)) => {
            out.extend(definition_command(app, offset + start))
        }
        None => {}
    }
}

/// Whether the text is only shown: it is too large to be changed while one types, or its bytes are
/// not quite this text.
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

/// The top of the page: which file, and what can be done with all of it.
fn header(ui: &mut Ui, app: &App, state: &mut DataFilePageState, out: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        widgets::page_title(ui, "Data file")
            .on_hover_text("The text from which everything on screen is read");
        file_picker(ui, app, state);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            for action in [
                Action::Format,
                Action::FixAll,
                Action::GoToLine,
                Action::Replace,
                Action::Find,
            ] {
                let spec = action.spec();
                let writes = matches!(action, Action::Format | Action::FixAll | Action::Replace);
                if writes && is_read_only(app) {
                    continue;
                }
                let label = spec.label;
                if widgets::toolbar_button(ui, label, spec.help).clicked() {
                    out.push(Command::RunAction(action));
                }
            }
        });
    });
    if app.file.draft.text().len() > linchpin_app::transactions::SYNC_MAX_EDIT_BYTES {
        widgets::caption(
            ui,
            "This file is too large to be typed in here. Its records can be edited one by one: go \
             to one, and press E.",
        );
    }
}

/// Chooses one of the files of a folder.
fn file_picker(ui: &mut Ui, app: &App, state: &mut DataFilePageState) {
    let all = app.file.draft.parts();
    if all.len() < 2 {
        let name = app.file.origin.name();
        // The buttons are laid out after the name, and a long name would push them out of the
        // window.
        let room = (ui.available_width() - TOOLS_PT).max(40.0);
        let font = theme::regular(size::CAPTION);
        let galley = widgets::elided_line(ui, &name, font, theme::palette_of(ui).text_muted, room);
        ui.label(galley).on_hover_text(name);
        return;
    }
    ui.add_space(space::S);
    let name = all.get(state.part_index).map_or("", |part| &*part.name);
    let choice = ComboBox::from_id_salt("data file part")
        .selected_text(name)
        .width(220.0)
        .show_ui(ui, |ui| {
            for (index, part) in all.iter().enumerate() {
                if ui
                    .selectable_label(index == state.part_index, &*part.name)
                    .clicked()
                {
                    state.show_part(index);
                }
            }
        });
    let name = format!("File: {name}");
    choice
        .response
        .widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, &name));
}

/// What there is to say about a place of the text.
fn hover_text(app: &App, offset: u32) -> Option<String> {
    // The spans of a reading that is behind the text would name another record.
    if !app.file.is_up_to_date() {
        return None;
    }
    let loaded = &app.file.latest;
    let here = symbol_at(loaded, offset);
    match here.kind {
        SymbolKind::FieldName => here
            .field
            .map(|field| format!("{}: {}", field.name, field.doc)),
        SymbolKind::VocabularyValue(choice) => {
            Some(format!("{}: {}", choice.label, choice.meaning))
        }
        SymbolKind::Link(kind, id) => {
            let found = loaded.register.find(&id)?;
            let record = loaded.register.record(found)?;
            Some(format!(
                "{} “{}”\nCtrl+click goes there",
                kind.what(),
                record.title()
            ))
        }
        SymbolKind::ListName(kind) => Some(kind.about().to_owned()),
        SymbolKind::RecordId(_) | SymbolKind::Value | SymbolKind::None => None,
    }
}

/// The foot of the page: where the cursor is, and the record there.
fn status_bar(ui: &mut Ui, app: &App, state: &mut DataFilePageState, out: &mut Vec<Command>) {
    let Some((part, text, lines)) = state.shown_part(app) else {
        return;
    };
    ui.horizontal(|ui| {
        // The list next to the text has no room in a narrow window.
        if let count @ 1.. = state.problems.len() {
            if widgets::link(ui, &count_noun(count, "problem"))
                .on_hover_text("Go to the next one")
                .clicked()
            {
                state.go_to_next_problem();
            }
            widgets::caption(ui, "·");
        }
        let place = lines.position(text, state.editor.cursor());
        widgets::caption(ui, format!("Line {}, column {}", place.line, place.column));
        if app.file.is_up_to_date()
            && let Some(record) =
                symbol_at(&app.file.latest, state.editor.cursor() + part.span.start).record
            && let Some(found) = app.file.latest.register.record(record)
        {
            widgets::caption(ui, "·");
            let title = truncated_title(found.title());
            if widgets::link(ui, &format!("Show “{title}”"))
                .on_hover_text("The record at the cursor, in its table")
                .clicked()
            {
                out.push(Command::ShowRecordById(found.id().to_owned()));
            }
        }
        let name = app.file.origin.part_path(part).map_or_else(
            || app.file.origin.part_name(part),
            |p| p.display().to_string(),
        );
        let at = format!("{name}:{}:{}", place.line, place.column);
        if widgets::link(ui, "Copy place").on_hover_text(&at).clicked() {
            out.push(Command::CopyText {
                text: at,
                what: "place",
            });
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let ends = if text.contains("\r\n") { "CRLF" } else { "LF" };
            let size = formatting::format_number(f64::from(lines.count()));
            widgets::caption(ui, format!("{size} lines · UTF-8 · {ends}"));
            if !app.file.is_up_to_date() {
                ui.add(egui::Spinner::new().size(12.0));
            }
        });
    });
}

/// Where the word at a place leads: from a link to the lines of its record.
fn definition_command(app: &App, offset: u32) -> Option<Command> {
    let loaded = &app.file.latest;
    let SymbolKind::Link(_, id) = symbol_at(loaded, offset).kind else {
        return None;
    };
    let record = loaded.register.find(&id)?;
    let span = loaded.record_span(record);
    Some(Command::RevealInText {
        offset: span.start,
        end: Some(span.end),
    })
}

fn truncated_title(title: &str) -> String {
    const MAX_CHARS: usize = 48;
    match title.char_indices().nth(MAX_CHARS) {
        Some((at, _)) => format!("{}…", title[..at].trim_end()),
        None => title.to_owned(),
    }
}
