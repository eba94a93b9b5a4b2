//! The foot of the page: where the cursor is, and the record there.

use super::super::widgets;
use super::page_state::DataFilePageState;
use egui::{Align, Layout, Ui};
use linchpin_app::App;
use linchpin_app::command::Command;
use linchpin_edit::symbol::{SymbolKind, symbol_at};
use linchpin_register::tables::formatting;

/// Paints it.
pub fn show(ui: &mut Ui, app: &App, pad: &mut DataFilePageState, out: &mut Vec<Command>) {
    let Some((part, lines)) = app
        .file
        .draft
        .parts()
        .get(pad.part_index)
        .zip(pad.lines.clone())
    else {
        return;
    };
    let text = part.span.of(app.file.draft.text());
    ui.horizontal(|ui| {
        // The list beside the text has no room in a narrow window.
        if let count @ 1.. = pad.problems.len() {
            let words = if count == 1 {
                "1 problem".to_owned()
            } else {
                format!("{count} problems")
            };
            if widgets::link(ui, &words)
                .on_hover_text("Go to the next one")
                .clicked()
            {
                pad.go_to_next_problem();
            }
            widgets::caption(ui, "·");
        }
        let place = lines.position(text, pad.editor.cursor());
        widgets::caption(ui, format!("Line {}, column {}", place.line, place.column));
        if app.file.is_up_to_date()
            && let Some(record) =
                symbol_at(&app.file.latest, pad.editor.cursor() + part.span.start).record
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
pub fn definition_command(app: &App, offset: u32) -> Option<Command> {
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
