//! The matches by keyboard.

use super::ask;
use egui::{Key, Modifiers, Ui};
use linchpin_app::App;
use linchpin_app::command::Command;
use linchpin_app::compared::Pairing;
use linchpin_app::comparison::CompareAsk;
use linchpin_app::dialog::Dialog;

/// What the keys do, for the foot of the matches.
pub(super) const HELP: &str =
    "Keys: J and K go down and up, C confirms, N says that there is no partner, U takes back.";

/// Reads the keys, unless something is being typed or a dialog is open.
pub(super) fn read(ui: &Ui, app: &App, found: &Pairing, out: &mut Vec<Command>) {
    if app.dialog != Dialog::None || ui.ctx().egui_wants_keyboard_input() {
        return;
    }
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if pressed(Key::J) {
        ask(out, CompareAsk::Step(1));
    }
    if pressed(Key::K) {
        ask(out, CompareAsk::Step(-1));
    }
    let at = app.view.comparing.at;
    let Some(at) = at.filter(|at| *at < found.matching.matches.len()) else {
        return;
    };
    for (key, what) in [
        (Key::C, CompareAsk::Confirm(at)),
        (Key::N, CompareAsk::Alone(at)),
        (Key::U, CompareAsk::Undo(at)),
    ] {
        if pressed(key) {
            ask(out, what);
        }
    }
}
