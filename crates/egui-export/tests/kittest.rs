//! The renderer that window tests take pictures with.

#[path = "../examples/support/renderer.rs"]
mod renderer;

use egui::{Color32, Rect, Vec2, pos2};
use egui_kittest::Harness;
use renderer::HeadlessRenderer;

#[test]
fn a_window_can_be_pictured_without_a_gpu() {
    let renderer = HeadlessRenderer::default();
    let mut texture = None;
    let mut harness = Harness::builder()
        .with_size(Vec2::new(120.0, 80.0))
        .with_pixels_per_point(2.0)
        .renderer(renderer.clone())
        .build_ui(move |ui| {
            let texture = texture.get_or_insert_with(|| {
                let image = egui::ColorImage::filled([4, 4], Color32::GREEN);
                ui.ctx().load_texture("green", image, Default::default())
            });
            ui.painter().rect_filled(ui.max_rect(), 0.0, Color32::BLUE);
            let place = Rect::from_min_size(pos2(60.0, 40.0), Vec2::splat(20.0));
            let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
            ui.painter()
                .image(texture.id(), place, whole, Color32::WHITE);
            ui.label("Ελλάδα");
        });
    harness.run();
    let picture = renderer.picture(&harness).expect("a possible size");
    assert_eq!((picture.width_px, picture.height_px), (240, 160));
    let at = |x: usize, y: usize| picture.rgba[(y * 240 + x) * 4..][..3].to_vec();
    assert_eq!(at(140, 100), [0, 255, 0]);
    assert_eq!(at(110, 70), [0, 0, 255]);
    let scene = renderer.scene(&harness);
    assert_eq!(scene.text(), "Ελλάδα");
    assert!(scene.missing_glyphs.is_empty());
}
