//! The project's own typeface in files: subsets of it come along, with Hangul.

use crate::page::{canvas, scene};
use egui::vec2;
use egui_export::{PdfOptions, SvgOptions};
use linchpin_render::export::{Metadata, SvgText};

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
    let text = svg(SvgText::Real);
    let document = roxmltree::Document::parse(&text).expect("valid XML");
    let style = document.descendants().find(|n| n.has_tag_name("style"));
    let sheet = style.and_then(|n| n.text()).expect("a style sheet");
    let faces: Vec<&str> = sheet.split("@font-face{").skip(1).collect();
    let root = document.root_element();
    for node in document.descendants().filter(|n| n.has_tag_name("text")) {
        let of = |name| node.attribute(name).or(root.attribute(name));
        let family = of("font-family").expect("a family");
        let first = family.split(',').next().expect("a first one");
        let weight = node.attribute("font-weight").unwrap_or("400");
        let declared = format!("font-family:{first};font-weight:{weight};");
        let face = faces.iter().find(|face| face.starts_with(&declared));
        let face = face.unwrap_or_else(|| panic!("{declared}"));
        let data = face.split("base64,").nth(1).expect("data");
        let data = data.split(')').next().expect("an end");
        let font = base64::Engine::decode(&base64::engine::general_purpose::STANDARD, data);
        let font = font.expect("base64");
        let font = skrifa::FontRef::new(&font).expect("a font");
        let charmap = skrifa::MetadataProvider::charmap(&font);
        for c in node.text().unwrap_or_default().chars() {
            assert!(charmap.map(c).is_some(), "{c} in {declared}");
        }
    }
    assert!(faces.len() >= 2, "regular and semibold");
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
