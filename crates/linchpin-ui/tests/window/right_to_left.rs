//! Right-to-left text in the window: in the right order where it is shown, and a word about it
//! where it can be edited.

#[path = "../../../egui-export/tests/common/font_files.rs"]
mod font_files;

use crate::desk::Desk;
use egui::accesskit::Role;
use egui::epaint::Shape;
use egui::{FontData, FontDefinitions};
use font_files::{hebrew, hebrew_letters, with_letters};
use std::sync::Arc;

const TOLD: &str = "Right-to-left text that can be edited or marked";

/// A window on one party of this name, with a font that has the letters.
fn desk(name: &str) -> Desk {
    let mut desk = Desk::foreign(&format!(
        "(format: 1, title: \"T\", parties: [(id: \"p\", name: \"{name}\", kind: State)])"
    ));
    let base = FontDefinitions::default().font_data["Ubuntu-Light"]
        .bytes()
        .to_vec();
    let font = FontData::from_owned(with_letters(&base, &hebrew_letters()));
    let mut fonts = desk.harness.ctx.fonts(|fonts| fonts.definitions().clone());
    fonts.font_data.insert("Hebrew".into(), Arc::new(font));
    for chain in fonts.families.values_mut() {
        chain.push("Hebrew".into());
    }
    desk.harness.ctx.set_fonts(fonts);
    desk.run();
    desk.go("Parties");
    desk
}

/// Every line that is painted, from left to right.
pub fn painted(desk: &Desk) -> Vec<String> {
    fn walk(shape: &Shape, out: &mut Vec<String>) {
        match shape {
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| walk(shape, out)),
            Shape::Text(text) => {
                for row in &text.galley.rows {
                    let drawn = row.glyphs.iter().filter(|glyph| glyph.advance_width > 0.0);
                    let mut glyphs: Vec<_> = drawn.collect();
                    glyphs.sort_by(|a, b| a.pos.x.total_cmp(&b.pos.x));
                    out.push(glyphs.iter().map(|glyph| glyph.chr).collect());
                }
            }
            _ => {}
        }
    }
    let mut out = Vec::new();
    let shapes = &desk.harness.output().shapes;
    shapes
        .iter()
        .for_each(|clipped| walk(&clipped.shape, &mut out));
    out
}

#[test]
fn names_are_painted_as_they_are_read_and_spoken_as_they_are_written() {
    let name = hebrew("xyz 28,500 (abc) def");
    let desk = desk(&name);
    let lines = painted(&desk);
    let seen = hebrew("fed (cba) 28,500 zyx");
    assert!(lines.contains(&seen), "{lines:?}");
    assert!(!lines.contains(&name), "{lines:?}");
    assert!(desk.says(&name));
    assert!(!desk.says(TOLD));
}

#[test]
fn where_such_text_can_be_edited_a_message_says_how_it_stands() {
    let mut desk = desk(&hebrew("abc def"));
    desk.search(&hebrew("abc de"));
    assert!(desk.says(TOLD));
    desk.click(Role::Button, "Dismiss");
    assert!(!desk.says(TOLD));
}
