//! The open dialog.

use super::widgets::{self, show_modal};
use super::{
    attach_dialog, command_palette, export_dialog, file_dialogs, leaving_dialog, new_chart_dialog,
    record_dialogs,
};
use egui::{Grid, Key, RichText, ScrollArea, TextEdit, Ui};
use linchpin_app::App;
use linchpin_app::command::{ACTIONS, Command, page_shortcut};
use linchpin_app::dialog::Dialog;
use linchpin_app::form_state::{FormState, dialog_form_id};
use linchpin_app::page::Page;
use linchpin_render::theme::{self, size, space};
use std::path::PathBuf;

/// Paints the dialog that is open, if any.
pub fn show(ui: &Ui, app: &App, dialog: &mut Dialog, form: &mut FormState, out: &mut Vec<Command>) {
    let mut close = false;
    match dialog {
        Dialog::None => return,
        Dialog::OpenPath {
            path,
            error,
            wants_focus,
        } => {
            close |= closable_modal(ui, "Open by path", 520.0, |ui| {
                open_path(ui, path, error.as_deref(), std::mem::take(wants_focus), out)
            });
        }
        Dialog::Export(form) => {
            close |= closable_modal(ui, "Export", 520.0, |ui| {
                export_dialog::show(ui, app, form, out)
            })
        }
        Dialog::Attach(attaching) => close |= attach_dialog::show_modal(ui, app, attaching, out),
        Dialog::SaveAs(form) => {
            let title = if form.is_copy {
                "Save a copy"
            } else {
                "Save as"
            };
            close |= closable_modal(ui, title, 520.0, |ui| file_dialogs::save_as(ui, form, out));
        }
        Dialog::ConfirmUnsaved { then, covered } => {
            let title = leaving_dialog::title(app);
            let stays = closable_modal(ui, title, 460.0, |ui| {
                leaving_dialog::show(ui, app, then, covered, form, out)
            });
            // Who stays goes on where it was asked.
            if stays {
                *dialog = std::mem::take(&mut **covered);
                return;
            }
        }
        Dialog::Recover => {
            close |= closable_modal(ui, "Unsaved work was found", 620.0, |ui| {
                file_dialogs::recovery(ui, app, out)
            });
        }
        Dialog::Conflict => {
            close |= closable_modal(ui, "The file has changed on the disk", 820.0, |ui| {
                file_dialogs::conflict(ui, app, out)
            });
        }
        Dialog::NewChart(new) => {
            close |= closable_modal(ui, "New chart", 940.0, |ui| {
                new_chart_dialog::show(ui, app, new, out)
            });
        }
        Dialog::Reopened => {
            close |= closable_modal(ui, "What has changed since this image", 620.0, |ui| {
                file_dialogs::reopened(ui, app, out)
            });
        }
        Dialog::CommandPalette {
            search,
            highlighted: chosen,
        } => close |= command_palette::show(ui, app, search, chosen, out),
        Dialog::AddRecord(_)
        | Dialog::DuplicateRecord(_)
        | Dialog::RenameRecord(_)
        | Dialog::RemoveRecord { .. }
        | Dialog::BulkEdit(_)
        | Dialog::BulkRemove { .. } => close |= record_dialogs::show(ui, app, dialog, form, out),
        Dialog::KeyboardShortcuts => close |= closable_modal(ui, "Keyboard", 560.0, shortcut_list),
    }
    if close {
        *dialog = Dialog::None;
        // All dialogs share one form id: what was typed would show up in the next one.
        form.discard(dialog_form_id());
        form.focused_field = None;
    }
}

/// A window over the others. `true` where it should close.
fn closable_modal(
    ui: &Ui,
    title: &str,
    width_pt: f32,
    contents: impl FnOnce(&mut Ui) -> bool,
) -> bool {
    let response = show_modal(ui, title, width_pt, contents);
    response.inner || response.should_close()
}

fn open_path(
    ui: &mut Ui,
    path: &mut String,
    error: Option<&str>,
    takes_focus: bool,
    out: &mut Vec<Command>,
) -> bool {
    widgets::caption(
        ui,
        "Type or paste the path of a register: a file, or a folder of files; or of an image that \
         Linchpin has made. You can also drop it on the window, or name it on the command line.",
    );
    let edit = ui.add(
        TextEdit::singleline(path)
            .hint_text("/home/…/register.ron")
            .desired_width(f32::INFINITY),
    );
    edit.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Path"));
    if takes_focus {
        edit.request_focus();
    }
    if let Some(error) = error {
        widgets::error_text(ui, error);
    }
    let enter = edit.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
    ui.horizontal(|ui| {
        if (widgets::primary_button(ui, "Open").clicked() || enter) && !path.trim().is_empty() {
            out.push(Command::OpenFile(PathBuf::from(path.trim())));
        }
        if widgets::browse_button(ui, "Browse…").clicked() {
            out.push(Command::PickFileToOpen);
        }
        ui.button("Cancel").clicked()
    })
    .inner
}

fn shortcut_list(ui: &mut Ui) -> bool {
    ScrollArea::vertical()
        .max_height(ui.available_height() - 48.0)
        .show(ui, |ui| {
            Grid::new("keys")
                .num_columns(2)
                .spacing([space::XL, space::XS])
                .show(ui, |ui| {
                    let mut row = |keys: String, what: &str| {
                        ui.label(RichText::new(keys).font(theme::monospace(size::CAPTION)));
                        ui.label(what);
                        ui.end_row();
                    };
                    row("↑ ↓  or  K J".into(), "Previous and next row");
                    row("← →".into(), "Previous and next column");
                    row("Enter".into(), "Edit the cell");
                    row("Shift+↑ ↓".into(), "Select more or fewer rows");
                    row("Ctrl or Shift and a click".into(), "Select rows together");
                    row("/".into(), "Find");
                    row("← → ↑ ↓ Home End".into(), "Walk the marks of a chart");
                    row("T".into(), "A chart’s data in its place");
                    row(
                        "1 … 9, 0".into(),
                        "The reason for which a sentence is dismissed",
                    );
                    row("Tab, Enter or Space".into(), "Walk the controls, press one");
                    row("Esc".into(), "Close a dialog or a menu");
                    let ctx = egui::Context::default();
                    for page in Page::ALL {
                        if let Some(shortcut) = page_shortcut(page) {
                            row(ctx.format_shortcut(&shortcut), page.title());
                        }
                    }
                    for spec in ACTIONS {
                        if let Some(shortcut) = spec.shortcut {
                            row(
                                ctx.format_shortcut(&shortcut),
                                spec.label.trim_end_matches('…'),
                            );
                        }
                    }
                });
        });
    ui.button("Close").clicked()
}
