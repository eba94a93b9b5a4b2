//! The views. Each reads the state, paints, and returns what the user wants done.

mod assessments_page;
mod attach_dialog;
mod banner;
mod cell_editor;
mod chart_builder;
mod chart_card;
mod charts_page;
mod command_palette;
mod compare_page;
mod data_file_page;
mod details_pane;
mod dialogs;
mod export_dialog;
mod facet_filters;
mod file_dialogs;
pub mod frame;
mod keyboard;
mod leaving_dialog;
mod menu_bar;
mod new_chart_dialog;
mod notices;
mod overview_page;
mod problems_page;
mod reader_page;
mod record_dialogs;
pub mod record_form;
mod record_table;
mod selection_bar;
mod sidebar;
mod strength;
mod table_page;
pub mod text_editor;
pub mod widgets;

use egui::{CentralPanel, Frame, Margin, Panel, Ui};
use linchpin_app::App;
use linchpin_app::command::Command;
use linchpin_app::dialog::Dialog;
use linchpin_app::form_state::FormState;
use linchpin_app::page::Page;
use linchpin_app::transactions::TransactionRequest;
use linchpin_edit::Edit;
use linchpin_render::theme::{self, space};

/// Below this width the details take the place of the page.
const NARROW_PT: f32 = 1000.0;

/// Paints the whole window; returns what the user wants done.
pub fn show(ui: &mut Ui, app: &App, dialog: &mut Dialog, form: &mut FormState) -> Vec<Command> {
    let mut out = Vec::new();
    // In this order: events are put right before anything reads them, and keys ask the form what is
    // being typed.
    keyboard::drop_control_characters(ui);
    keyboard::read_digits_by_place(ui);
    record_form::follow_register(ui, app, form);
    keyboard::handle_keys(ui, app, dialog, form, &mut out);
    let saves = |command: &Command| {
        use linchpin_app::command::Action::{Quit, Save, SaveAs, SaveCopy};
        matches!(command, Command::RunAction(Save | SaveAs | SaveCopy | Quit))
    };
    let is_saving = out.iter().any(saves);
    // What is typed but not yet handed over goes first, so that it is in the file that is saved.
    if is_saving {
        let typed = form.take_valid_edits().into_iter();
        let typed = typed.map(edit_command);
        out.splice(0..0, typed.collect::<Vec<_>>());
    }
    let p = theme::palette_of(ui);
    let bar = |fill| {
        Frame::new()
            .fill(fill)
            .inner_margin(Margin::symmetric(12, 6))
    };
    Panel::top("menu")
        .frame(bar(p.sidebar))
        .show_separator_line(true)
        .show(ui, |ui| menu_bar::show(ui, app, &mut out));
    Panel::left("sidebar")
        .frame(
            Frame::new()
                .fill(p.sidebar)
                .inner_margin(Margin::symmetric(8, 12)),
        )
        .exact_size(184.0)
        .resizable(false)
        .show(ui, |ui| sidebar::show(ui, app, &mut out));
    let narrow = is_narrow(ui);
    // Where the details would take the place of the table, rows are selected in the table.
    let has_selected_rows = app
        .table()
        .is_some_and(|kind| app.view.tables.row_selection.count(kind) > 0);
    let has_details = app.view.detail_open
        && app.selected().is_some()
        && page_has_details(app.view.page)
        && !(narrow && (has_selected_rows || form.open_cell.is_some()));
    if has_details && !narrow {
        Panel::right("details")
            .frame(Frame::new())
            .default_size(380.0)
            .size_range(300.0..=620.0)
            .resizable(true)
            .show(ui, |ui| details_pane::show(ui, app, form, false, &mut out));
    }
    CentralPanel::no_frame().show(ui, |ui| {
        banner::show(ui, app, &mut out);
        if has_details && narrow {
            details_pane::show(ui, app, form, true, &mut out);
        } else {
            page(ui, app, form, &mut out);
        }
    });
    notices::show(ui, app, &mut out);
    dialogs::show(ui, app, dialog, form, &mut out);
    // What was typed into a field that has left the screen is not lost.
    let left = form.take_hidden_edits().into_iter();
    out.extend(left.map(edit_command));
    if is_saving {
        // What was typed in this frame, such as a syllable that was being composed, is saved too.
        out.sort_by_key(|command| !matches!(command, Command::Transaction(_)));
    }
    out
}

/// The command that edits the register.
fn edit_command(edit: Edit) -> Command {
    Command::Transaction(Box::new(TransactionRequest::Edit(edit)))
}

/// Whether the details take the place of the page.
fn is_narrow(ui: &Ui) -> bool {
    ui.ctx().content_rect().width() < NARROW_PT
}

/// Whether a page has details next to it.
fn page_has_details(page: Page) -> bool {
    !matches!(
        page,
        Page::Compare | Page::Charts | Page::DataFile | Page::Problems
    )
}

fn page(ui: &mut Ui, app: &App, form: &mut FormState, out: &mut Vec<Command>) {
    if !app.window.has_painted {
        return;
    }
    if app.file.is_loading {
        ui.vertical_centered(|ui| {
            ui.add_space(space::XL * 2.0);
            ui.spinner();
            widgets::caption(ui, format!("Reading {}", app.file.origin.name()));
        });
        return;
    }
    match app.view.page {
        Page::Overview => overview_page::show(ui, app, form, out),
        Page::Timeline => table_page::show_timeline(ui, app, form, out),
        Page::Charts => charts_page::show(ui, app, form, out),
        Page::Terms => table_page::show_terms(ui, app, form, out),
        Page::Reader => reader_page::show(ui, app, form, out),
        Page::Compare => compare_page::show(ui, app, form, out),
        Page::Assessments => assessments_page::show(ui, app, form, out),
        Page::DataFile => data_file_page::show(ui, app, out),
        Page::Problems => problems_page::show(ui, app, out),
        _ => {
            if let Some(kind) = app.table() {
                table_page::show(ui, app, kind, form, out);
            }
        }
    }
}
