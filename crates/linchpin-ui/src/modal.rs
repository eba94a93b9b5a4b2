//! A window over the others.

use egui::{Id, Modal, RichText, Ui};
use linchpin_render::theme::{self, size, space};

/// A window over the others, whoever closes it.
pub fn show_modal<T>(
    ui: &Ui,
    title: &str,
    width_pt: f32,
    contents: impl FnOnce(&mut Ui) -> T,
) -> egui::ModalResponse<T> {
    let room = ui.ctx().content_rect();
    let frame = egui::Frame::popup(ui.style())
        .inner_margin(egui::Margin::same(20))
        .corner_radius(egui::CornerRadius::same(10));
    Modal::new(Id::unique(("dialog", title)))
        .frame(frame)
        .show(ui.ctx(), |ui| {
            ui.set_width(width_pt.min(room.width() - 64.0));
            ui.set_max_height(room.height() - 96.0);
            ui.label(RichText::new(title).font(theme::semibold(size::HEADING)));
            ui.add_space(space::XS);
            contents(ui)
        })
}
