//! The views. Each reads the state, paints, and returns what the user wants done.

mod assessments;
mod attach;
mod banner;
mod builder;
mod cell;
mod chart_card;
mod chart_data;
mod charts;
mod cite;
mod compare;
mod conflict;
mod details;
mod dialogs;
pub mod editor;
mod excerpt;
mod export_dialog;
mod export_image;
mod export_size;
mod facets;
mod file_page;
pub mod form;
pub mod frame;
mod keys;
mod marked_bar;
mod menu;
mod new_chart;
mod notices;
mod over;
mod overview;
mod palette;
pub mod parts;
mod problems;
mod reader;
mod record_dialogs;
mod recover;
mod register_head;
mod reopened;
mod repair;
mod saving;
mod sidebar;
mod strength;
mod table;
mod table_cell;
mod table_page;
mod terms;
mod timeline;

use egui::{CentralPanel, Frame, Margin, Panel, Ui};
use linchpin_app::App;
use linchpin_app::command::Command;
use linchpin_app::dialog::Dialog;
use linchpin_app::form_state::FormState;
use linchpin_app::page::Page;
use linchpin_app::transactions::TransactionRequest;
use linchpin_render::theme::{self, space};

/// Below this width the details take the place of the page.
const NARROW_PT: f32 = 1000.0;

/// Paints the whole window; returns what the user wants done.
pub fn show(ui: &mut Ui, app: &App, dialog: &mut Dialog, form: &mut FormState) -> Vec<Command> {
    let mut out = Vec::new();
    keys::handle_keys(ui, app, dialog, form, &mut out);
    let saves = |command: &Command| {
        use linchpin_app::command::Action::{Quit, Save, SaveAs, SaveCopy};
        matches!(command, Command::RunAction(Save | SaveAs | SaveCopy | Quit))
    };
    if out.iter().any(saves) {
        let typed = form.take_valid_edits().into_iter();
        let typed =
            typed.map(|edit| Command::Transaction(Box::new(TransactionRequest::Edit(edit))));
        out.splice(0..0, typed.collect::<Vec<_>>());
    }
    let p = theme::of(ui);
    let bar = |fill| {
        Frame::new()
            .fill(fill)
            .inner_margin(Margin::symmetric(12, 6))
    };
    Panel::top("menu")
        .frame(bar(p.sidebar))
        .show_separator_line(true)
        .show(ui, |ui| menu::show(ui, app, &mut out));
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
    // Where the details would take the place of the table, rows are picked out in the table.
    let has_selected_rows = app
        .table()
        .is_some_and(|kind| app.view.row_selection.count(kind) > 0);
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
            .show(ui, |ui| details::show(ui, app, form, false, &mut out));
    }
    CentralPanel::no_frame().show(ui, |ui| {
        banner::show(ui, app, &mut out);
        if has_details && narrow {
            details::show(ui, app, form, true, &mut out);
        } else {
            page(ui, app, form, &mut out);
        }
    });
    notices::show(ui, app, &mut out);
    dialogs::show(ui, app, dialog, form, &mut out);
    // What was typed into a field that has left the screen is not lost.
    let left = form.take_hidden_edits().into_iter();
    out.extend(left.map(|edit| Command::Transaction(Box::new(TransactionRequest::Edit(edit)))));
    out
}

/// Whether the details take the place of the page.
fn is_narrow(ui: &Ui) -> bool {
    ui.ctx().content_rect().width() < NARROW_PT
}

/// Whether a page has details beside it.
fn page_has_details(page: Page) -> bool {
    !matches!(
        page,
        Page::Compare | Page::Charts | Page::DataFile | Page::Problems
    )
}

fn page(ui: &mut Ui, app: &App, form: &mut FormState, out: &mut Vec<Command>) {
    if !app.has_painted {
        return;
    }
    if app.file.is_loading {
        ui.vertical_centered(|ui| {
            ui.add_space(space::XL * 2.0);
            ui.spinner();
            parts::caption(ui, format!("Reading {}", app.file.origin.name()));
        });
        return;
    }
    match app.view.page {
        Page::Overview => overview::show(ui, app, form, out),
        Page::Timeline => timeline::show(ui, app, form, out),
        Page::Charts => charts::show(ui, app, form, out),
        Page::Terms => terms::show(ui, app, form, out),
        Page::Reader => reader::show(ui, app, form, out),
        Page::Compare => compare::show(ui, app, form, out),
        Page::Assessments => assessments::show(ui, app, form, out),
        Page::DataFile => file_page::show(ui, app, out),
        Page::Problems => problems::show(ui, app, out),
        _ => {
            if let Some(kind) = app.table() {
                table_page::show(ui, app, kind, form, out);
            }
        }
    }
}
