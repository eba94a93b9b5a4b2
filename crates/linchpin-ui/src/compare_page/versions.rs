//! The register on screen held against another version of it: another file, what is saved, a revision of git, the bundled one.

mod result;
mod version_picker;

use crate::widgets;
use egui::{Frame, Margin, ScrollArea, Ui};
use linchpin_app::App;
use linchpin_app::command::Command;
use linchpin_render::theme::space;

/// Paints what to compare with, and what was found.
pub fn show(ui: &mut Ui, app: &App, out: &mut Vec<Command>) {
    ScrollArea::vertical()
        .id_salt("versions")
        .auto_shrink(false)
        .show(ui, |ui| {
            let margin = Margin {
                left: 24,
                right: 24,
                top: 8,
                bottom: 24,
            };
            Frame::new().inner_margin(margin).show(ui, |ui| {
                widgets::caption(
                    ui,
                    "What changed between another version and this register, in words of the field.",
                );
                ui.add_space(space::S);
                version_picker::show(ui, app, out);
                ui.add_space(space::M);
                result::show(ui, app, out);
            });
        });
}
