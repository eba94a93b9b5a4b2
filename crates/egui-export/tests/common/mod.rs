//! A page with one of everything whose pixels and words the tests know, in egui's own fonts.

// Each test file uses some of it.
#![allow(dead_code)]

use egui::text::LayoutJob;
use egui::{Align2, Color32, FontFamily, FontId, Rect, Stroke, Ui, Vec2, pos2, vec2};
use egui_export::{Canvas, Metadata, Scene};

pub const SIZE_PT: Vec2 = vec2(400.0, 300.0);
pub const PAPER: Color32 = Color32::from_rgb(250, 248, 245);
pub const BAR: Color32 = Color32::from_rgb(31, 119, 180);
pub const INK: Color32 = Color32::from_rgb(20, 20, 20);
/// Text in painting order.
pub const TEXTS: [&str; 5] = [
    "Sales by region & year",
    "28,500 units <strict count>",
    "Ελλάδα Україна",
    "Deterrence",
    "Cut off here",
];

pub fn canvas() -> Canvas {
    Canvas::new(|_| {})
}

pub fn scene() -> Scene {
    let scene = canvas().record(SIZE_PT, 1.0, paint);
    scene.expect("a possible size, and fonts for all of it")
}

pub fn metadata() -> Metadata {
    Metadata {
        title: "Sales & \"returns\" <2023> ]]>".into(),
        description: "Counts per step.\u{1}".into(),
        author: "A. Author".into(),
        source: "Source: Annual report (2023)".into(),
        citations: vec!["Report ¶ 3".into(), "한미동맹 국방비전 <1>".into()],
        keywords: vec!["sales".into(), "returns".into()],
        language: "en".into(),
        software: "Tests 1.0".into(),
        created_unix_s: Some(1_699_867_845),
        attachments: Vec::new(),
    }
}

pub fn paint(ui: &mut Ui) {
    let painter = ui.painter();
    painter.rect_filled(ui.max_rect(), 0.0, PAPER);
    let title = FontId::new(22.0, FontFamily::Monospace);
    painter.text(pos2(20.0, 16.0), Align2::LEFT_TOP, TEXTS[0], title, INK);
    for (i, text) in TEXTS[1..3].iter().enumerate() {
        let at = pos2(20.0, 46.0 + 20.0 * i as f32);
        painter.text(at, Align2::LEFT_TOP, *text, FontId::proportional(14.0), INK);
    }
    // Not on whole pixels: they are snapped to x 20-60 and y 100-160.
    let bar = Rect::from_min_max(pos2(20.3, 100.2), pos2(59.8, 159.7));
    painter.rect_filled(bar, 0.0, BAR);
    painter.circle_filled(pos2(120.0, 130.0), 30.0, BAR);
    painter.line_segment(
        [pos2(20.0, 170.2), pos2(380.0, 170.2)],
        Stroke::new(1.0, INK),
    );
    let font = FontId::proportional(12.0);
    let galley = painter.layout_no_wrap(TEXTS[3].into(), font, INK);
    let turned = egui::epaint::TextShape::new(pos2(200.0, 160.0), galley, INK).with_angle(-0.8);
    painter.add(turned);
    // A disc and a text of which only the left half shows.
    let window = Rect::from_min_max(pos2(200.0, 200.0), pos2(250.0, 260.0));
    let cut = painter.with_clip_rect(window);
    cut.circle_filled(pos2(250.0, 230.0), 30.0, BAR);
    let job = LayoutJob::simple_singleline(TEXTS[4].into(), FontId::proportional(16.0), INK);
    let galley = cut.layout_job(job);
    cut.galley(pos2(205.0, 205.0), galley, INK);
}
