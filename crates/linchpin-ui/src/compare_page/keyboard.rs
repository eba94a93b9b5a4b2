//! The matches by keyboard.

use super::send;
use egui::{Key, Modifiers, Ui};
use linchpin_app::App;
use linchpin_app::command::Command;
use linchpin_app::compare::CompareCommand;
use linchpin_app::compare::DocumentComparison;
use linchpin_app::dialog::Dialog;

/// What the keys do, for the foot of the matches.
pub(super) const HELP: &str =
    "Keys: J and K go down and up, C confirms, N says that there is no partner, U takes back.";

/// Reads the keys, unless something is being typed or a dialog is open.
pub(super) fn handle_keys(ui: &Ui, app: &App, found: &DocumentComparison, out: &mut Vec<Command>) {
    if app.dialog != Dialog::None || ui.ctx().egui_wants_keyboard_input() {
        return;
    }
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if pressed(Key::J) {
        send(out, CompareCommand::StepMatch(1));
    }
    if pressed(Key::K) {
        send(out, CompareCommand::StepMatch(-1));
    }
    let at = app.view.comparing.current_match;
    let Some(at) = at.filter(|at| *at < found.matching.matches.len()) else {
        return;
    };
    for (key, what) in [
        (Key::C, CompareCommand::Confirm(at)),
        (Key::N, CompareCommand::SetNoPartner(at)),
        (Key::U, CompareCommand::RemoveDecision(at)),
    ] {
        if pressed(key) {
            send(out, what);
        }
    }
}
