//! The page on which a document is read: its text, with what has been coded in it; and on which it
//! is coded.

mod block_layout;
mod coding_panel;
mod document_list;
mod find_bar;
mod header;
mod highlights;
mod margin;
mod state;
mod text;

use super::widgets;
use egui::{Key, Modifiers, Ui};
use linchpin_app::App;
use linchpin_app::command::{Action, Command, DIGITS, ReaderAction, ReaderCommand};
use linchpin_app::form_state::FormState;
use linchpin_reading::ReviewItem;
use linchpin_reading::candidates::suggested_dismissal_reason;
use linchpin_register::Document;
use linchpin_register::vocabulary::DismissalReason;
use linchpin_render::theme::reader_layout::LINE_HEIGHT_PT;
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
    text::selection_bar(ui, app, opened, state, out);
    if app.view.reading.coding.is_some() {
        coding_panel::panel(ui, app, opened, out);
    }
    // Before the text, which is painted where the keys have scrolled it to.
    handle_keys(ui, app, state, out);
    text::show(ui, app, opened, state, out);
    highlights::record_chooser(ui, app, opened, state, out);
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
    // A text may be at hand while what is coded in it is still being found.
    if !is_read || library.prose(id).is_some() {
        widgets::page_spinner(ui, &format!("Reading the text of {}", document.short));
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

/// Reads the keys that walk and scroll the text. Those of the commands are read with all others.
fn handle_keys(ui: &Ui, app: &App, state: &mut ReaderState, out: &mut Vec<Command>) {
    // What stands over the page has the keys.
    let is_covered = ui.memory(|m| m.top_modal_layer().is_some());
    let is_free = !is_covered && !ui.text_edit_focused();
    if !is_free || egui::Popup::is_any_open(ui.ctx()) {
        return;
    }
    let coding = app.view.reading.coding.as_ref();
    let dismissing = coding.is_some_and(|coding| coding.dismissal_note.is_some());
    ui.input_mut(|input| {
        let mut pressed = |key| input.consume_key(Modifiers::NONE, key);
        if dismissing {
            for (key, reason) in DIGITS.into_iter().zip(DismissalReason::ALL) {
                if pressed(key) {
                    out.push(Command::Reader(ReaderCommand::DismissWithReason(*reason)));
                    return;
                }
            }
            let proposed = app.stop().and_then(proposed_reason);
            if let Some(reason) = proposed
                && pressed(Key::Enter)
            {
                out.push(Command::Reader(ReaderCommand::DismissWithReason(reason)));
            }
        }
        if pressed(Key::Escape) {
            match dismissing {
                true => out.push(Command::Reader(ReaderCommand::CancelDismissal)),
                false => (state.selection, state.highlight) = (None, None),
            }
        }
        // Consumed before the same arrows would scroll.
        if coding.is_some() {
            for (key, action) in [
                (Key::ArrowDown, ReaderAction::Next),
                (Key::ArrowUp, ReaderAction::Previous),
            ] {
                if pressed(key) {
                    out.push(Command::RunAction(Action::Reader(action)));
                }
            }
        }
        // Two lines stay on screen, by which a reader finds the place again.
        let page = (state.viewport_height_pt - 2.0 * LINE_HEIGHT_PT).max(LINE_HEIGHT_PT);
        let total = state.heights.total();
        for (key, by) in [
            (Key::ArrowDown, 2.0 * LINE_HEIGHT_PT),
            (Key::ArrowUp, -2.0 * LINE_HEIGHT_PT),
            (Key::PageDown, page),
            (Key::PageUp, -page),
            (Key::Home, -total),
            (Key::End, total),
        ] {
            if pressed(key) {
                state.scroll_by(by);
            }
        }
    });
}

/// The reason that goes with why a candidate is excluded.
fn proposed_reason(item: &ReviewItem) -> Option<DismissalReason> {
    suggested_dismissal_reason(item.candidate.as_ref()?.excluded?)
}
