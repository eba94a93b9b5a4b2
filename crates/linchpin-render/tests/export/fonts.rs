//! The project's own typeface in files: subsets of it come along, with Hangul.

#[path = "../../../egui-export/tests/common/page.rs"]
mod page;

use egui::vec2;
use egui_export::{Canvas, PdfOptions, Scene, SvgOptions};
use linchpin_render::export::{Metadata, SvgText};
use linchpin_render::theme;
use page::{Page, check_embedded_fonts};

fn canvas() -> Canvas {
    Canvas::new(theme::install)
}

fn scene() -> Scene {
    let page = Page {
        texts: [
            "Commitments by priority & strength",
            "28,500 personnel <strict count>",
            "대한민국 국방부",
            "Deterrence",
            "Cut off here",
        ],
        title_family: theme::semibold(22.0).family,
    };
    page.record(&mut canvas())
}

#[test]
fn pdf_brings_subsets_of_both_faces_along() {
    let metadata = Metadata {
        title: "한미동맹 국방비전".into(),
        ..Metadata::default()
    };
    let bytes = scene()
        .to_pdf(&PdfOptions { metadata })
        .expect("a possible size");
    let text = String::from_utf8_lossy(&bytes).into_owned();
    for face in ["LinchpinSans-Regular", "LinchpinSans-SemiBold"] {
        assert!(text.contains(&format!("+{face}")), "{face} as a subset");
    }
    let fonts = text.matches("/FontFile3").count();
    assert_eq!(fonts, 2, "both embedded");
    assert!(
        text.len() < 60_000,
        "only the glyphs in use: {}",
        text.len()
    );
}

#[test]
fn svg_text_brings_its_fonts_along() {
    check_embedded_fonts(&svg(SvgText::Real));
    assert!(!svg(SvgText::Overlay).contains("@font-face"));
}

fn svg(text: SvgText) -> String {
    let options = SvgOptions {
        text,
        ..SvgOptions::default()
    };
    scene().to_svg(&options).expect("a possible size")
}

#[test]
fn missing_characters_are_reported_and_bundled_ones_are_not() {
    let scene = canvas().record_lossy(vec2(300.0, 50.0), 1.0, |ui| {
        ui.label("한국 ₩ — ½ \u{200B}\t漢字 漢");
    });
    let scene = scene.expect("a possible size");
    let missing: String = scene.missing_glyphs.keys().collect();
    assert_eq!(missing, "字漢");
}
