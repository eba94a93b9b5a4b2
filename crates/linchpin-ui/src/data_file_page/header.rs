//! The top of the page: which file, and what can be done with all of it.

use super::super::widgets;
use super::is_read_only;
use super::page_state::DataFilePageState;
use egui::{Align, ComboBox, Layout, Ui};
use linchpin_app::App;
use linchpin_app::command::{Action, Command};
use linchpin_edit::symbol::{SymbolKind, symbol_at};
use linchpin_render::theme::{self, size, space};

/// Room for what can be done, at the right.
const TOOLS_PT: f32 = 500.0;

/// Paints it.
pub fn show(ui: &mut Ui, app: &App, pad: &mut DataFilePageState, out: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        widgets::page_title(ui, "Data file")
            .on_hover_text("The text from which everything on screen is read");
        file_picker(ui, app, pad);
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
            "This file is too large to be typed in here. Its records can be edited one by one: go to one, and press E.",
        );
    }
}

/// Chooses one of the files of a folder.
fn file_picker(ui: &mut Ui, app: &App, pad: &mut DataFilePageState) {
    let all = app.file.draft.parts();
    if all.len() < 2 {
        let name = app.file.origin.name();
        let room = (ui.available_width() - TOOLS_PT).max(40.0);
        let font = theme::regular(size::CAPTION);
        let galley = widgets::elided_line(ui, &name, font, theme::palette_of(ui).text_muted, room);
        ui.label(galley).on_hover_text(name);
        return;
    }
    ui.add_space(space::S);
    let name = all.get(pad.part_index).map_or("", |part| &*part.name);
    let choice = ComboBox::from_id_salt("data file part")
        .selected_text(name)
        .width(220.0)
        .show_ui(ui, |ui| {
            for (index, part) in all.iter().enumerate() {
                if ui
                    .selectable_label(index == pad.part_index, &*part.name)
                    .clicked()
                    && index != pad.part_index
                {
                    pad.part_index = index;
                    pad.editor = Default::default();
                    pad.highlight = None;
                }
            }
        });
    let name = format!("File: {name}");
    choice
        .response
        .widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, &name));
}

/// What there is to say about a place of the text.
pub fn hover_text(app: &App, offset: u32) -> Option<String> {
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
