//! The button that copies a citation in the style that was chosen last, and the menu of all styles beside it.

use egui::{Role, Sense, Stroke, Ui, WidgetInfo, vec2};
use linchpin_app::App;
use linchpin_app::command::{Command, ReaderCommand};
use linchpin_register::tables::citation_styles::{ALL, CitationStyle, CitedSource, by_id};
use linchpin_render::theme;

/// Paints the button and its menu.
pub fn button(ui: &mut Ui, app: &App, cited: CitedSource<'_>, out: &mut Vec<Command>) {
    let now = by_id(&app.view.preferences.citation_style);
    let mut copy = |style: &'static CitationStyle| {
        out.push(Command::CopyText {
            text: (style.write)(&cited),
            what: "citation",
        });
        if style.id != now.id {
            out.push(Command::Reader(ReaderCommand::SetCitationStyle(style.id)));
        }
    };
    let help = format!("{}: {}", now.label, now.help);
    // Both are parts of the same row, so that neither is squeezed into what is left of a line.
    if ui.button("Copy citation").on_hover_text(help).clicked() {
        copy(now);
    }
    let arrow = ui.add(egui::Button::new("").min_size(vec2(22.0, 0.0)));
    arrow.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Copy citation as…"));
    let color = theme::palette_of(ui).text_muted;
    super::widgets::chevron_icon(ui.painter(), arrow.rect.center(), color);
    egui::Popup::menu(&arrow).show(|ui| {
        ui.set_min_width(260.0);
        for style in ALL {
            let is_now = style.id == now.id;
            let row = ui.add(egui::Button::selectable(is_now, style.label));
            if row.on_hover_text(style.help).clicked() {
                copy(style);
                ui.close();
            }
            super::widgets::caption(ui, style.help);
        }
    });
}

/// A line that sets apart what follows in a row.
pub fn divider(ui: &mut Ui) {
    let (rect, _) = ui.allocate_exact_size(vec2(9.0, 18.0), Sense::hover());
    let line = Stroke::new(1.0, theme::palette_of(ui).hairline);
    ui.painter().vline(rect.center().x, rect.y_range(), line);
}
