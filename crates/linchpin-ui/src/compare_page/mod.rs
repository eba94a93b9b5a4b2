//! The page on which documents are compared: two beside each other, something through a series, two versions of the register.

mod documents;
mod keyboard;
mod match_side;
mod matches;
mod pickers;
mod sentences;
mod series_trace;
mod versions;

use crate::widgets;
use egui::{Frame, Margin, Ui};
use linchpin_app::App;
use linchpin_app::command::Command;
use linchpin_app::compare::{CompareCommand, CompareMode};
use linchpin_app::form_state::FormState;
use linchpin_render::theme::space;

/// The ways to compare, and what each is for.
const MODES: &[(CompareMode, &str, &str)] = &[
    (
        CompareMode::Documents,
        "Two documents",
        "What is new, weaker or gone from one document to another",
    ),
    (
        CompareMode::Time,
        "Through time",
        "A phrase, a commitment or a theme through the documents of a series",
    ),
    (
        CompareMode::Versions,
        "Versions",
        "What changed in this register since another version of it",
    ),
];

/// Paints the page.
pub fn show(ui: &mut Ui, app: &App, _form: &mut FormState, out: &mut Vec<Command>) {
    let frame = Frame::new().inner_margin(Margin {
        left: 24,
        right: 24,
        top: 16,
        bottom: 4,
    });
    frame.show(ui, |ui| {
        ui.horizontal(|ui| {
            widgets::page_title(ui, "Compare");
            ui.add_space(space::M);
            for (mode, words, help) in MODES {
                let is_on = app.view.comparing.mode == *mode;
                let tab = ui.selectable_label(is_on, *words).on_hover_text(*help);
                if tab.clicked() && !is_on {
                    send(out, CompareCommand::SetMode(*mode));
                }
            }
        });
    });
    match app.view.comparing.mode {
        CompareMode::Documents => documents::show(ui, app, out),
        CompareMode::Time => series_trace::show(ui, app, out),
        CompareMode::Versions => versions::show(ui, app, out),
    }
}

/// Asks for something of this page.
fn send(out: &mut Vec<Command>, ask: CompareCommand) {
    out.push(Command::Compare(ask));
}

/// The margin of what is below the head.
fn content_margin() -> Margin {
    Margin {
        left: 24,
        right: 24,
        top: 4,
        bottom: 24,
    }
}
