//! The project's own typeface in files: subsets of it come along, with Hangul.

use egui::text::LayoutJob;
use egui::{
    Align2, Color32, Context, FontData, FontDefinitions, FontFamily, FontId, Rect, Stroke, Ui,
    Vec2, pos2, vec2,
};
use egui_export::{PdfOptions, SvgOptions};
use linchpin_render::export::{Canvas, Metadata, Scene, SvgText};
use std::sync::Arc;

const SIZE_PT: Vec2 = vec2(400.0, 300.0);
const PAPER: Color32 = Color32::from_rgb(250, 248, 245);
const BAR: Color32 = Color32::from_rgb(31, 119, 180);
const INK: Color32 = Color32::from_rgb(20, 20, 20);
/// Text in painting order.
const TEXTS: [&str; 5] = [
    "Commitments by priority & strength",
    "28,500 personnel <strict count>",
    "대한민국 국방부",
    "Deterrence",
    "Cut off here",
];

/// The project's typeface, as the window has it.
fn install_fonts(ctx: &Context) {
    let mut fonts = FontDefinitions::default();
    let faces: [(&str, &'static [u8]); 2] = [
        (
            "LinchpinSans-Regular",
            include_bytes!("../../../../assets/fonts/LinchpinSans-Regular.otf"),
        ),
        (
            "LinchpinSans-SemiBold",
            include_bytes!("../../../../assets/fonts/LinchpinSans-SemiBold.otf"),
        ),
    ];
    for (name, bytes) in faces {
        let data = Arc::new(FontData::from_static(bytes));
        fonts.font_data.insert(name.to_owned(), data);
    }
    let regular = fonts.families.entry(FontFamily::Proportional).or_default();
    regular.insert(0, "LinchpinSans-Regular".to_owned());
    let mut semibold = regular.clone();
    semibold.insert(0, "LinchpinSans-SemiBold".to_owned());
    fonts.families.insert(semibold_family(), semibold);
    ctx.set_fonts(fonts);
}

fn semibold_family() -> FontFamily {
    FontFamily::Name("semibold".into())
}

fn canvas() -> Canvas {
    Canvas::new(install_fonts)
}

fn scene() -> Scene {
    let scene = canvas().record(SIZE_PT, 1.0, paint);
    scene.expect("a possible size, and fonts for all of it")
}

fn paint(ui: &mut Ui) {
    let painter = ui.painter();
    painter.rect_filled(ui.max_rect(), 0.0, PAPER);
    let title = FontId::new(22.0, semibold_family());
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
