//! Test a window with `egui_kittest`, and keep a picture of it, without a GPU:
//! `cargo run --example kittest -- FOLDER`.

#[path = "support/renderer.rs"]
mod renderer;

use egui_export::PngOptions;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use renderer::HeadlessRenderer;
use std::error::Error;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| ".".into()));
    let renderer = HeadlessRenderer::default();
    let mut count = 0;
    let mut harness = Harness::builder()
        .with_size(egui::vec2(160.0, 60.0))
        .with_pixels_per_point(2.0)
        .renderer(renderer.clone())
        .build_ui(move |ui| {
            if ui.button("Add one").clicked() {
                count += 1;
            }
            ui.label(format!("{count} so far"));
        });
    harness.get_by_label("Add one").click();
    harness.run();

    // The text that was painted, and the characters that no font has.
    let scene = renderer.scene(&harness);
    assert_eq!(scene.text(), "Add one\n1 so far");
    scene.check_glyphs()?;
    let picture = renderer.picture(&harness)?;
    assert_eq!((picture.width_px, picture.height_px), (320, 120));
    let png = scene.to_png(&PngOptions::at_scale(2.0))?;
    std::fs::write(folder.join("kittest.png"), png)?;
    Ok(())
}
