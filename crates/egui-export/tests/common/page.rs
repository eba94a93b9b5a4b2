//! A page with one of everything whose pixels and words the tests know, in any fonts.
//!
//! A module of this crate's tests and, by `#[path]`, of those of crates with fonts of their own.

use egui::text::LayoutJob;
use egui::{Align2, Color32, FontFamily, FontId, Rect, Stroke, Ui, Vec2, pos2, vec2};
use egui_export::{Canvas, Scene};

pub const SIZE_PT: Vec2 = vec2(400.0, 300.0);
pub const PAPER: Color32 = Color32::from_rgb(250, 248, 245);
pub const BAR: Color32 = Color32::from_rgb(31, 119, 180);
pub const INK: Color32 = Color32::from_rgb(20, 20, 20);

pub struct Page {
    /// Text in painting order.
    pub texts: [&'static str; 5],
    /// The font of the first text.
    pub title_family: FontFamily,
}

impl Page {
    pub fn record(&self, canvas: &mut Canvas) -> Scene {
        let scene = canvas.record(SIZE_PT, 1.0, |ui| self.paint(ui));
        scene.expect("a possible size, and fonts for all of it")
    }

    pub fn paint(&self, ui: &mut Ui) {
        let painter = ui.painter();
        painter.rect_filled(ui.max_rect(), 0.0, PAPER);
        let title = FontId::new(22.0, self.title_family.clone());
        painter.text(
            pos2(20.0, 16.0),
            Align2::LEFT_TOP,
            self.texts[0],
            title,
            INK,
        );
        for (i, text) in self.texts[1..3].iter().enumerate() {
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
        let galley = painter.layout_no_wrap(self.texts[3].into(), font, INK);
        let turned = egui::epaint::TextShape::new(pos2(200.0, 160.0), galley, INK).with_angle(-0.8);
        painter.add(turned);
        // A disc and a text of which only the left half shows.
        let window = Rect::from_min_max(pos2(200.0, 200.0), pos2(250.0, 260.0));
        let cut = painter.with_clip_rect(window);
        cut.circle_filled(pos2(250.0, 230.0), 30.0, BAR);
        let job =
            LayoutJob::simple_singleline(self.texts[4].into(), FontId::proportional(16.0), INK);
        let galley = cut.layout_job(job);
        cut.galley(pos2(205.0, 205.0), galley, INK);
    }
}

/// Checks that every text of an SVG has a font in the file which holds its characters, and that
/// there are at least two of them.
pub fn check_embedded_fonts(svg: &str) {
    let document = roxmltree::Document::parse(svg).expect("valid XML");
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
    assert!(faces.len() >= 2, "the title has a font of its own");
}
