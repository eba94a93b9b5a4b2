//! No text touches another, none leaves the picture, whatever the register and the size.

use super::{nasty, register, shipped};
use egui::epaint::{ClippedShape, TextShape};
use egui::{Pos2, RawInput, Rect, Shape, Vec2, vec2};
use linchpin_charts as charts;
use linchpin_charts::picture::Picture;
use linchpin_register::Register;
use linchpin_register::query::CountingRule;
use linchpin_render::{paint, theme};

/// A context without a window.
pub(crate) struct Screen {
    ctx: egui::Context,
    /// Ink is measured in whole pixels: letters of a few points need more of them.
    pixels_per_point: f32,
}

impl Screen {
    pub(crate) fn new(pixels_per_point: f32) -> Screen {
        let ctx = egui::Context::default();
        theme::install(&ctx);
        let screen = Screen {
            ctx,
            pixels_per_point,
        };
        // Fonts are taken up by the pass after they were installed.
        screen.run(vec2(10.0, 10.0), |_| {});
        screen
    }

    fn run(&self, size: Vec2, paint: impl FnMut(&mut egui::Ui)) -> Vec<ClippedShape> {
        let mut input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, size)),
            max_texture_side: Some(8192),
            ..RawInput::default()
        };
        let viewport = input.viewports.entry(egui::ViewportId::ROOT).or_default();
        viewport.native_pixels_per_point = Some(self.pixels_per_point);
        let mut output = self.ctx.run_ui(input, paint);
        output.textures_delta.clear();
        output.shapes
    }

    pub(crate) fn height(&self, picture: &Picture, width: f32) -> f32 {
        let mut height = 0.0;
        self.run(vec2(width, 100.0), |ui| {
            height = paint::height_pt(ui, picture, width);
        });
        height
    }

    pub(crate) fn paint(
        &self,
        register: &Register,
        picture: &Picture,
        size: Vec2,
    ) -> Vec<ClippedShape> {
        self.run(size, |ui| {
            paint::show_picture(ui, register, picture, size, None);
        })
    }
}

pub(crate) fn texts<'s>(shape: &'s Shape, out: &mut Vec<&'s TextShape>) {
    match shape {
        Shape::Text(text) if !text.galley.text().trim().is_empty() => out.push(text),
        Shape::Vec(shapes) => shapes.iter().for_each(|s| texts(s, out)),
        _ => {}
    }
}

/// What is wrong with the texts of a picture, if anything.
fn faults(shapes: &[ClippedShape], size: Vec2) -> Vec<String> {
    let mut boxes: Vec<(Rect, String)> = Vec::new();
    let mut faults = Vec::new();
    for clipped in shapes {
        let mut found = Vec::new();
        texts(&clipped.shape, &mut found);
        for text in found {
            let ink = text.visual_bounding_rect();
            let words: String = text.galley.text().chars().take(60).collect();
            let room = Rect::from_min_size(Pos2::ZERO, size).intersect(clipped.clip_rect);
            if !room.expand(0.5).contains_rect(ink) {
                faults.push(format!("{words:?} at {ink:?} leaves {room:?}"));
            }
            boxes.push((ink, words));
        }
    }
    for (i, (a, first)) in boxes.iter().enumerate() {
        for (b, second) in &boxes[i + 1..] {
            if a.shrink(0.25).intersects(b.shrink(0.25)) {
                faults.push(format!("{first:?} at {a:?} touches {second:?} at {b:?}"));
            }
        }
    }
    faults
}

fn check(name: &str, register: &Register) {
    let (screen, fine) = (Screen::new(1.0), Screen::new(8.0));
    for chart in charts::charts_of(register) {
        let picture = charts::build_or_explain(register, chart, CountingRule::default());
        for width in [200.0, 360.0, 480.0, 640.0, 800.0, 1600.0] {
            let size = vec2(width, screen.height(&picture, width));
            // Below the least width a picture is shrunk.
            let screen = if width < 360.0 { &fine } else { &screen };
            whole_and_apart(name, register, &picture, size, screen);
        }
        // Too small, too flat, too tall: shrunk or spread.
        for (width, height) in [
            (800.0, 500.0),
            (300.0, 200.0),
            (1200.0, 240.0),
            (400.0, 1200.0),
        ] {
            whole_and_apart(name, register, &picture, vec2(width, height), &fine);
        }
    }
}

pub(crate) fn whole_and_apart(
    name: &str,
    register: &Register,
    picture: &Picture,
    size: Vec2,
    screen: &Screen,
) {
    let shapes = screen.paint(register, picture, size);
    let faults = faults(&shapes, size);
    let id = &picture.id;
    assert!(
        faults.is_empty(),
        "{name}, {id}, {size:?}:\n{}",
        faults.join("\n")
    );
    let mut found = Vec::new();
    shapes.iter().for_each(|s| texts(&s.shape, &mut found));
    for line in [&picture.title, &picture.subtitle, &picture.source] {
        assert!(
            found.iter().any(|t| t.galley.text() == line),
            "{name}, {id}: {line} is not there"
        );
    }
}

#[test]
fn texts_of_the_shipped_register_keep_apart() {
    check("shipped", &shipped());
}

#[test]
fn texts_of_empty_and_single_registers_keep_apart() {
    check("empty", &register(&nasty::empty()));
    check("single", &register(&nasty::single()));
    check("without themes", &register(&nasty::without_themes()));
}

#[test]
fn texts_of_a_huge_register_keep_apart() {
    check("huge", &register(&nasty::huge()));
}

#[test]
fn long_and_foreign_texts_keep_apart() {
    check("long", &register(&nasty::long()));
}

#[test]
fn texts_of_extreme_numbers_and_dates_keep_apart() {
    check("extreme", &register(&nasty::extreme()));
}

#[test]
fn sizes_that_are_none_are_survived() {
    let screen = Screen::new(1.0);
    let register = shipped();
    for chart in charts::charts_of(&register) {
        let picture = charts::build_or_explain(&register, chart, CountingRule::default());
        for side in [0.0, -1.0, 1.0, f32::NAN, f32::INFINITY] {
            screen.run(vec2(100.0, 100.0), |ui| {
                paint::height_pt(ui, &picture, side);
                paint::show_picture(ui, &register, &picture, vec2(side, 50.0), None);
                paint::show_picture(ui, &register, &picture, vec2(50.0, side), None);
            });
        }
    }
}

#[test]
fn the_same_picture_gives_the_same_shapes() {
    let register = shipped();
    let paint = || -> Vec<Vec<ClippedShape>> {
        let screen = Screen::new(1.0);
        let one = |chart: &linchpin_register::Chart| {
            let picture = charts::build_or_explain(&register, chart, CountingRule::default());
            screen.paint(&register, &picture, vec2(800.0, 500.0))
        };
        charts::charts_of(&register).iter().map(one).collect()
    };
    assert!(paint() == paint());
}
