//! Buttons of the reader's actions: each says its key.

use crate::widgets;
use egui::Ui;
use linchpin_app::command::{Action, Command, ReaderAction};

/// What the button of an action says: its words and its key.
fn with_key(words: &str, action: ReaderAction) -> String {
    let key = action.key_name();
    match key.is_empty() {
        true => words.to_owned(),
        false => format!("{words}  {key}"),
    }
}

/// A button of an action of the reader; `name` is what those hear who do not see it.
pub(super) fn action_button(
    ui: &mut Ui,
    words: &str,
    what: ReaderAction,
    primary: bool,
    out: &mut Vec<Command>,
) -> egui::Response {
    let text = with_key(words, what);
    let button = match primary {
        true => widgets::primary_button(ui, &text),
        false => ui.button(text),
    };
    button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, words));
    if button.clicked() {
        out.push(Command::RunAction(Action::Reader(what)));
    }
    button.on_hover_text(Action::Reader(what).spec().help)
}
