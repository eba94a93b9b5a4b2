//! The page on which a document is read: its text, with what has been coded in it; and on which it is coded.

mod action_button;
mod block_heights;
mod block_layout;
mod coding_panel;
mod document_list;
mod find_bar;
mod header;
mod highlights;
mod keyboard;
mod margin;
mod record_chooser;
mod state;
mod text;
mod text_selection;
mod underlines;

use crate::widgets;
use egui::Ui;
use linchpin_app::App;
use linchpin_app::command::{Action, Command};
use linchpin_app::form_state::FormState;
use linchpin_register::Document;
use linchpin_render::theme::space;
use state::ReaderState;

/// Paints the page.
pub fn show(ui: &mut Ui, app: &App, _form: &mut FormState, out: &mut Vec<Command>) {
    let mut state = ReaderState::load(ui);
    let document = app.view.reading.document.as_deref();
    match document.and_then(|id| app.register().get::<Document>(id)) {
        Some(document) => document_page(ui, app, document, &mut state, out),
        None => document_list::show(ui, app, &mut state.document_order, out),
    }
    state.store(ui);
    // Where no words are selected, the record is meant.
    let cite = Action::CopyCitation;
    let key = cite.spec().shortcut;
    if key.is_some_and(|key| ui.input_mut(|i| i.consume_shortcut(&key))) {
        out.push(Command::RunAction(cite));
    }
}

fn document_page(
    ui: &mut Ui,
    app: &App,
    document: &Document,
    state: &mut ReaderState,
    out: &mut Vec<Command>,
) {
    let Some(opened) = app.reader_document() else {
        return missing_text_page(ui, app, document, out);
    };
    state.sync_to_text(&opened.prose);
    if app.window.frame_requests.editor_bar.is_some() {
        state.find.open();
    }
    header::show(ui, app, document, opened, out);
    if opened.prose.is_empty() {
        widgets::empty_state(
            ui,
            "This text is empty",
            "Its file holds no words. Attach the document’s text in its place.",
            |ui| attach_button(ui, document, out),
        );
        return;
    }
    let found = find_bar::show_bar(ui, &mut state.find, opened);
    if let Some(range) = found {
        out.push(Command::Reader(linchpin_app::command::ReaderCommand::GoTo(
            range,
        )));
    }
    text_selection::selection_bar(ui, app, opened, state, out);
    if app.view.reading.coding.is_some() {
        coding_panel::panel(ui, app, opened, out);
    }
    keyboard::handle_keys(ui, app, state, out);
    text::show(ui, app, opened, state, out);
    record_chooser::show(ui, app, opened, state, out);
}

/// A document whose text is not there, or not yet.
fn missing_text_page(ui: &mut Ui, app: &App, document: &Document, out: &mut Vec<Command>) {
    ui.add_space(space::M);
    ui.horizontal(|ui| {
        ui.add_space(space::L);
        header::back_button(ui, out);
    });
    let id = document.id.as_str();
    let is_read = app.reading.texts.revision == app.file.revision;
    let library = &app.reading.texts.library;
    if !is_read || library.prose(id).is_some() {
        ui.vertical_centered(|ui| {
            ui.add_space(space::XL);
            ui.spinner();
            widgets::caption(ui, format!("Reading the text of {}", document.short));
        });
        return;
    }
    use linchpin_reading::TextState;
    let title = format!("No text of {} is at hand", document.short);
    let why = match library.get(id).map(|attached| &attached.state) {
        Some(TextState::Missing(why)) => {
            format!("Its file cannot be read: {why}. Put it back, or attach the text again.")
        }
        _ => document_list::NO_TEXTS_NOTE.to_owned(),
    };
    widgets::empty_state(ui, &title, &why, |ui| attach_button(ui, document, out));
}

fn attach_button(ui: &mut Ui, document: &Document, out: &mut Vec<Command>) {
    if widgets::primary_button(ui, "Attach a text…").clicked() {
        out.push(Command::OpenAttachDialog(document.id.as_str().to_owned()));
    }
}
