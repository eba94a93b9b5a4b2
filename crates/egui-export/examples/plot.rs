//! Save any chart of `egui_plot` as SVG and PDF:
//! `cargo run --example plot -- FOLDER`.

use egui::Color32;
use egui_export::{
    Canvas, ExportError, Metadata, PartRole, PdfOptions, Rgba, Scene, SvgOptions, begin_part,
};
use egui_plot::{Legend, Line, Plot, PlotPoints, Points};
use std::error::Error;
use std::path::PathBuf;

/// How a ball falls, with and without air.
fn chart() -> Result<Scene, ExportError> {
    let mut canvas = Canvas::new(|ctx| ctx.set_theme(egui::Theme::Light));
    let scene = canvas.record(egui::vec2(480.0, 300.0), 1.0, |ui| {
        begin_part(ui, PartRole::Title);
        ui.heading("A falling ball");
        begin_part(ui, PartRole::Figure);
        Plot::new("fall")
            .legend(Legend::default())
            .x_axis_label("Time (s)")
            .y_axis_label("Height (m)")
            .show(ui, |plot| {
                let vacuum = |t: f64| 20.0 - 4.905 * t * t;
                let air = |t: f64| 20.0 - 9.0 * ((0.74 * t).cosh()).ln() / 0.55;
                let line = PlotPoints::from_explicit_callback(vacuum, 0.0..2.0, 100);
                plot.line(Line::new("In a vacuum", line).color(Color32::from_rgb(31, 119, 180)));
                let line = PlotPoints::from_explicit_callback(air, 0.0..2.0, 100);
                plot.line(Line::new("In air", line).color(Color32::from_rgb(200, 80, 30)));
                let measured: Vec<[f64; 2]> = [0.4, 0.8, 1.2, 1.6]
                    .into_iter()
                    .map(|t| [t, air(t) + 0.2 * (9.0 * t).sin()])
                    .collect();
                plot.points(
                    Points::new("Measured", measured)
                        .radius(3.0)
                        .color(Color32::from_rgb(60, 60, 60)),
                );
            });
    });
    let mut scene = scene?;
    scene.fill_background(Rgba {
        r: 255,
        g: 255,
        b: 255,
        a: 255,
    });
    Ok(scene)
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| ".".into()));
    let scene = chart()?;
    let metadata = Metadata {
        title: "A falling ball".into(),
        description: "Height over time, from 20 meters down, in a vacuum and in air.".into(),
        language: "en".into(),
        ..Metadata::default()
    };
    let svg = scene.to_svg(&SvgOptions {
        metadata: metadata.clone(),
        ..SvgOptions::default()
    })?;
    std::fs::write(folder.join("plot.svg"), svg)?;
    let pdf = scene.to_pdf(&PdfOptions { metadata })?;
    std::fs::write(folder.join("plot.pdf"), pdf)?;
    Ok(())
}
