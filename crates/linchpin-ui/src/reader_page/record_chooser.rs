//! Several records stand at the same words: which one is meant.

use super::highlights::phrase_description;
use super::state::ReaderState;
use crate::widgets;
use egui::{Id, Key, Popup, PopupCloseBehavior, Ui};
use linchpin_app::App;
use linchpin_app::command::Command;
use linchpin_app::reader::ReaderDocument;

/// Paints the choice where there is one.
pub(super) fn show(
    ui: &Ui,
    app: &App,
    opened: &ReaderDocument,
    state: &mut ReaderState,
    out: &mut Vec<Command>,
) {
    let Some((place, spots)) = &state.record_choice else {
        return;
    };
    let mut open = true;
    Popup::new(
        Id::unique("which record"),
        ui.ctx().clone(),
        *place,
        ui.layer_id(),
    )
    .open_bool(&mut open)
    .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
    .show(|ui| {
        ui.set_min_width(260.0);
        ui.set_max_width(420.0);
        widgets::caption(ui, "Several records stand here");
        for index in spots {
            let Some(spot) = opened.spots.segments.get(*index) else {
                continue;
            };
            let words = match &spot.dismissal_reason {
                Some(reason) => format!("Dismissed: {reason}"),
                None => phrase_description(spot),
            };
            if ui.button(words).clicked() {
                out.extend(app.register().find(&spot.id).map(Command::SelectRecord));
                ui.close();
            }
        }
    });
    if !open || ui.input(|i| i.key_pressed(Key::Escape)) {
        state.record_choice = None;
    }
}
