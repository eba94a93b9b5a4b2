//! Render a whole user interface, a form and a table, as PNG at 2x for documentation:
//! `cargo run --example screenshot -- FOLDER`.

use egui::{Align, Frame, Grid, Layout, Ui};
use egui_export::{PngOptions, record};
use std::error::Error;
use std::path::PathBuf;

/// What the program under documentation would keep.
struct Settings {
    name: String,
    copies: u32,
    scale_percent: f32,
    is_color: bool,
    quality: Quality,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Quality {
    Draft,
    Fine,
}

fn form(ui: &mut Ui, settings: &mut Settings) {
    ui.heading("Print");
    Grid::new("form")
        .num_columns(2)
        .spacing([24.0, 8.0])
        .show(ui, |ui| {
            ui.label("Name");
            ui.text_edit_singleline(&mut settings.name);
            ui.end_row();
            ui.label("Copies");
            ui.add(egui::DragValue::new(&mut settings.copies));
            ui.end_row();
            ui.label("Scale");
            ui.add(egui::Slider::new(&mut settings.scale_percent, 10.0..=200.0).suffix(" %"));
            ui.end_row();
            ui.label("Color");
            ui.checkbox(&mut settings.is_color, "Print in color");
            ui.end_row();
            ui.label("Quality");
            ui.horizontal(|ui| {
                for quality in [Quality::Draft, Quality::Fine] {
                    let text = format!("{quality:?}");
                    ui.radio_value(&mut settings.quality, quality, text);
                }
            });
            ui.end_row();
        });
}

fn table(ui: &mut Ui) {
    ui.heading("Queue");
    Grid::new("queue")
        .striped(true)
        .num_columns(3)
        .spacing([24.0, 6.0])
        .show(ui, |ui| {
            for head in ["File", "Pages", "State"] {
                ui.strong(head);
            }
            ui.end_row();
            for (file, pages, state) in [
                ("report.pdf", 48, "printing"),
                ("letter.pdf", 2, "waiting"),
                ("poster.pdf", 1, "waiting"),
            ] {
                ui.monospace(file);
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    ui.label(pages.to_string());
                });
                ui.label(state);
                ui.end_row();
            }
        });
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| ".".into()));
    let mut settings = Settings {
        name: "report.pdf".into(),
        copies: 2,
        scale_percent: 100.0,
        is_color: true,
        quality: Quality::Fine,
    };
    let scene = record(egui::vec2(340.0, 310.0), 2.0, |ui| {
        let background = ui.visuals().panel_fill;
        ui.painter().rect_filled(ui.max_rect(), 0.0, background);
        Frame::new().inner_margin(8.0).show(ui, |ui| {
            form(ui, &mut settings);
            ui.separator();
            table(ui);
        });
    })?;
    let png = scene.to_png(&PngOptions::at_scale(2.0))?;
    std::fs::write(folder.join("screenshot.png"), png)?;
    Ok(())
}
