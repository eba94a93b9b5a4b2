//! Keys that walk and scroll the text. Those of the commands are read with all others.

use super::state::ReaderState;
use egui::{Key, Modifiers, Ui};
use linchpin_app::App;
use linchpin_app::command::{Action, Command, DIGITS, ReaderAction, ReaderCommand};
use linchpin_reading::ReviewItem;
use linchpin_reading::candidates::suggested_dismissal_reason;
use linchpin_register::vocabulary::DismissalReason;
use linchpin_render::theme::reader_layout::LINE_HEIGHT_PT;

/// Turns keys into commands.
pub(super) fn handle_keys(ui: &Ui, app: &App, state: &mut ReaderState, out: &mut Vec<Command>) {
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
pub(super) fn proposed_reason(stop: &ReviewItem) -> Option<DismissalReason> {
    suggested_dismissal_reason(stop.candidate.as_ref()?.excluded?)
}
