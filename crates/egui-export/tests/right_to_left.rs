//! Right-to-left text: the order of words, numbers and brackets in every format and in a window.
//!
//! The fonts here show Hebrew letters by the outlines of Latin ones, so that what is seen can be
//! written down from left to right.

mod common;

use common::font_files::{hebrew, hebrew_letters, with_letters};
use common::runs;
use egui::epaint::{ClippedShape, Shape};
use egui::text::{LayoutJob, TextFormat};
use egui::{Align, Color32, Context, FontData, FontDefinitions, FontFamily, FontId, pos2, vec2};
use egui_export::{
    BidiPlugin, Canvas, GlyphRun, PdfOptions, Scene, SvgOptions, SvgText, Textures, text_clusters,
};
use std::sync::Arc;

const BASE: &str = "Ubuntu-Light";

/// How the letters come into the fonts.
#[derive(Clone, Copy, Debug)]
enum Fonts {
    /// One face has all.
    One,
    /// Another face has the Hebrew letters, and only those.
    Two,
}

fn definitions(fonts: Fonts) -> FontDefinitions {
    let mut definitions = FontDefinitions::default();
    let base = definitions.font_data[BASE].bytes().to_vec();
    let mut letters = hebrew_letters();
    if matches!(fonts, Fonts::One) {
        letters.extend((' '..='~').map(|c| (c, c)));
        letters.push(('…', '…'));
    }
    let font = Arc::new(FontData::from_owned(with_letters(&base, &letters)));
    definitions.font_data.insert("Hebrew".into(), font);
    let chain = definitions.families.entry(FontFamily::Proportional);
    let chain = chain.or_default();
    match fonts {
        Fonts::One => chain.insert(0, "Hebrew".into()),
        Fonts::Two => chain.push("Hebrew".into()),
    }
    definitions
}

fn scene(fonts: Fonts, job: &LayoutJob) -> Scene {
    let mut canvas = Canvas::new(|ctx| ctx.set_fonts(definitions(fonts)));
    let scene = canvas.record(vec2(600.0, 300.0), 1.0, |ui| {
        let galley = ui.painter().layout_job(job.clone());
        ui.painter()
            .galley(pos2(300.0, 10.0), galley, Color32::BLACK);
    });
    scene.expect("every letter has a glyph")
}

fn line(text: &str) -> LayoutJob {
    LayoutJob::simple_singleline(text.into(), FontId::proportional(20.0), Color32::BLACK)
}

/// What is seen, line by line, in Latin letters from left to right.
fn seen(scene: &Scene) -> Vec<String> {
    let base = FontDefinitions::default().font_data[BASE].bytes().to_vec();
    let font = skrifa::FontRef::new(&base).expect("a font");
    let charmap = skrifa::MetadataProvider::charmap(&font);
    let latin = |id: u32| {
        let mut printable = (' '..='~').chain(['…']);
        printable.find(|c| charmap.map(*c).is_some_and(|glyph| glyph.to_u32() == id))
    };
    let mut glyphs: Vec<(i32, i32, char)> = Vec::new();
    for run in runs(scene) {
        for glyph in &run.glyphs {
            let at = run.origin + vec2(glyph.x, glyph.y);
            let c = latin(glyph.id).expect("a letter of the base");
            glyphs.push((at.y.round() as i32, (at.x * 64.0) as i32, c));
        }
    }
    glyphs.sort();
    let lines = glyphs.chunk_by(|a, b| a.0 == b.0);
    lines
        .map(|line| line.iter().map(|(_, _, c)| c).collect())
        .collect()
}

const BOTH: [Fonts; 2] = [Fonts::One, Fonts::Two];

#[test]
fn words_numbers_and_brackets_are_in_order() {
    let of = |text: &str| BOTH.map(|fonts| seen(&scene(fonts, &line(text))).join("/"));
    // A paragraph that begins with a Hebrew letter is read from the right.
    let text = hebrew("xyz 28,500 (abc) def");
    assert_eq!(of(&text), ["fed (cba) 28,500 zyx"; 2]);
    // Among Latin words, what is Hebrew is turned and the rest is not.
    // A number between two Hebrew words or behind the last one belongs to them.
    let text = format!("Stated: {} 1953.", hebrew("xyz 28,500 abc"));
    assert_eq!(of(&text), ["Stated: 1953 cba 28,500 zyx."; 2]);
    let text = format!("A ({}) [{}]!", hebrew("abc"), hebrew("de"));
    assert_eq!(of(&text), ["A (cba) [ed]!"; 2]);
    // A sign before a number follows the words, one behind it stays with the number.
    let text = hebrew("abc -5% de");
    assert_eq!(of(&text), ["ed 5%- cba"; 2]);
    assert_eq!(of("Only Latin (28,500)"), ["Only Latin (28,500)"; 2]);
}

#[test]
fn lines_are_broken_where_they_are_read() {
    let words = hebrew("aaa bbb ccc ddd eee fff 1953 ggg");
    let mut job = line(&words);
    job.wrap.max_width = 90.0;
    job.wrap.max_rows = usize::MAX;
    for fonts in BOTH {
        let scene = scene(fonts, &job);
        let lines = seen(&scene);
        let lines: Vec<&str> = lines.iter().map(|line| line.trim()).collect();
        assert_eq!(
            lines,
            ["bbb aaa", "ddd ccc", "fff eee", "ggg 1953"],
            "{fonts:?}"
        );
        // They begin on the right.
        let mut ends: Vec<i32> = Vec::new();
        for run in runs(&scene)
            .iter()
            .filter(|run| !run.text.trim().is_empty())
        {
            ends.push((run.origin.x + run.width_pt).round() as i32);
        }
        let right = ends.iter().max().copied().unwrap_or(0);
        let at_right = ends.iter().filter(|end| right - **end <= 1).count();
        assert_eq!(at_right, 4, "{fonts:?}: {ends:?}");
    }
}

#[test]
fn there_are_never_more_lines_than_rows() {
    // egui fills its rows from the other end of the text, and needs fewer here.
    for words in [
        "aa bbbbbb cc dddddd ee",
        "aaaaaaaaaa bb cc dddddddddd e f g h",
    ] {
        for width in 4..30 {
            let mut job = line(&hebrew(words));
            job.wrap.max_width = 8.0 * width as f32;
            job.wrap.max_rows = usize::MAX;
            for fonts in BOTH {
                let mut rows = 0;
                let mut canvas = Canvas::new(|ctx| ctx.set_fonts(definitions(fonts)));
                let scene = canvas.record(vec2(600.0, 900.0), 1.0, |ui| {
                    let galley = ui.painter().layout_job(job.clone());
                    rows = galley.rows.len();
                    ui.painter()
                        .galley(pos2(300.0, 10.0), galley, Color32::BLACK);
                });
                let lines = seen(&scene.expect("every letter has a glyph"));
                assert!(lines.len() <= rows, "{width}, {fonts:?}: {lines:?}");
                let mut letters: Vec<char> = lines.concat().chars().collect();
                let mut all: Vec<char> = words.chars().collect();
                letters.retain(|c| *c != ' ');
                all.retain(|c| *c != ' ');
                letters.sort_unstable();
                all.sort_unstable();
                assert_eq!(letters, all, "{width}, {fonts:?}");
            }
        }
    }
}

#[test]
fn a_text_is_cut_where_it_ends() {
    let mut job = line(&hebrew("aaa bbb ccc ddd"));
    job.wrap.max_width = 90.0;
    job.wrap.max_rows = 1;
    job.wrap.break_anywhere = true;
    for fonts in BOTH {
        let lines = seen(&scene(fonts, &job));
        let [line] = lines.as_slice() else {
            panic!("{lines:?}");
        };
        assert!(line.starts_with('…') && line.ends_with("bbb aaa"), "{line}");
    }
}

#[test]
fn alignment_is_kept() {
    let extent = |text: &str, align: Align| {
        let mut job = line(text);
        job.halign = align;
        let scene = scene(Fonts::Two, &job);
        let of = |run: &&GlyphRun| (run.origin.x, run.origin.x + run.width_pt);
        let all: Vec<(f32, f32)> = runs(&scene).iter().map(of).collect();
        let left = all.iter().map(|x| x.0).fold(f32::MAX, f32::min);
        (left, all.iter().map(|x| x.1).fold(f32::MIN, f32::max))
    };
    for align in [Align::LEFT, Align::Center, Align::RIGHT] {
        let plain = extent("abc 28,500 def", align);
        let turned = extent(&hebrew("abc 28,500 def"), align);
        assert!(
            (plain.0 - turned.0).abs() < 1.5,
            "{align:?} {plain:?} {turned:?}"
        );
        assert!(
            (plain.1 - turned.1).abs() < 1.5,
            "{align:?} {plain:?} {turned:?}"
        );
    }
}

#[test]
fn several_sections_keep_their_formats() {
    let mut job = LayoutJob::default();
    let format = |size, color| TextFormat::simple(FontId::proportional(size), color);
    job.append(&hebrew("abc "), 0.0, format(20.0, Color32::RED));
    job.append("28,500", 0.0, format(20.0, Color32::GREEN));
    job.append(&hebrew(" def\n"), 0.0, format(20.0, Color32::BLUE));
    job.append("Plain", 0.0, format(14.0, Color32::BLACK));
    for fonts in BOTH {
        let scene = scene(fonts, &job);
        assert_eq!(seen(&scene), ["fed 28,500 cba", "Plain"], "{fonts:?}");
        let color_of = |part: &str| {
            let run = runs(&scene).into_iter().find(|run| run.text.contains(part));
            run.map(|run| [run.color.r, run.color.g, run.color.b])
        };
        assert_eq!(color_of("28,500"), Some([0, 255, 0]));
        assert_eq!(color_of(&hebrew("abc")), Some([255, 0, 0]));
        assert_eq!(color_of(&hebrew("def")), Some([0, 0, 255]));
    }
}

#[test]
fn files_hold_the_text_as_it_is_read() {
    let text = hebrew("xyz 28,500 (abc) def");
    for fonts in BOTH {
        let scene = scene(fonts, &line(&text));
        assert_eq!(scene.text().replace('\n', ""), text, "{fonts:?}");
        for svg_text in [SvgText::Overlay, SvgText::Real] {
            let options = SvgOptions {
                text: svg_text,
                ..SvgOptions::default()
            };
            let svg = scene.to_svg(&options).expect("a possible size");
            let document = roxmltree::Document::parse(&svg).expect("valid XML");
            let mut whole = String::new();
            let texts = document.descendants().filter(|n| n.has_tag_name("text"));
            for node in texts {
                let words = node.text().unwrap_or_default();
                whole.push_str(words);
                let is_hebrew = words
                    .chars()
                    .any(|c| hebrew_letters().iter().any(|l| l.0 == c));
                let direction = node.attribute("direction");
                match is_hebrew {
                    true => assert_eq!(direction, Some("rtl"), "{words}"),
                    false if words == "28,500" => assert_eq!(direction, None),
                    false => {}
                }
                // Its middle, so that a viewer without directions puts it there too.
                assert_eq!(direction.is_some(), node.attribute("text-anchor").is_some());
            }
            assert_eq!(whole, text, "{fonts:?} {svg_text:?}");
            // Letters that join are drawn as outlines in either kind.
            assert!(svg.contains("<use "), "{svg_text:?}");
        }
        let pdf = scene
            .to_pdf(&PdfOptions::default())
            .expect("a possible size");
        assert!(pdf.starts_with(b"%PDF"));
    }
}

/// The characters of every text that is painted, from left to right, line by line.
fn painted(shapes: &[ClippedShape]) -> Vec<String> {
    fn walk(shape: &Shape, out: &mut Vec<String>) {
        match shape {
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| walk(shape, out)),
            Shape::Text(text) => {
                for row in &text.galley.rows {
                    // egui adds empty ones, so that it has as many as there are characters.
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
    shapes
        .iter()
        .for_each(|clipped| walk(&clipped.shape, &mut out));
    out
}

/// The shapes of a window's second pass.
fn window(ctx: &Context, mut paint: impl FnMut(&mut egui::Ui)) -> Vec<ClippedShape> {
    let mut shapes = Vec::new();
    for _ in 0..2 {
        let input = egui::RawInput {
            screen_rect: Some(egui::Rect::from_min_size(
                pos2(0.0, 0.0),
                vec2(600.0, 400.0),
            )),
            ..egui::RawInput::default()
        };
        let mut output = ctx.run_ui(input, &mut paint);
        shapes = std::mem::take(&mut output.shapes);
        output.drop_without_applying_deltas();
    }
    shapes
}

#[test]
fn a_window_shows_what_files_hold() {
    let latin: String = hebrew("xyz 28,500 (abc) def");
    for fonts in BOTH {
        let ctx = Context::default();
        ctx.set_fonts(definitions(fonts));
        ctx.add_plugin(BidiPlugin::default());
        let shapes = window(&ctx, |ui| {
            ui.label(latin.clone());
            ui.label("Plain (28,500)");
        });
        let lines = painted(&shapes);
        // egui names a turned bracket by the character that it was: what was written as closing
        // stands on the left.
        let turned: String = hebrew("fed )cba( 28,500 zyx");
        let by_hand: String = hebrew("fed (cba) 28,500 zyx");
        assert!(
            lines[0] == turned || lines[0] == by_hand,
            "{fonts:?}: {lines:?}"
        );
        assert_eq!(lines[1], "Plain (28,500)");
        // What is painted, and not only where: each bracket opens toward its word.
        let scene = Scene::from_shapes(&ctx, vec2(600.0, 400.0), shapes, &Textures::default());
        assert!(scene.missing_glyphs.is_empty());
    }
}

#[test]
fn letters_are_found_where_they_are_painted() {
    let text = format!("Ab\n{}", hebrew("xyz 28,500 (abc) def ghi"));
    for fonts in BOTH {
        let ctx = Context::default();
        ctx.set_fonts(definitions(fonts));
        let mut found = Vec::new();
        window(&ctx, |ui| {
            let mut job = line(&text);
            job.break_on_newline = true;
            job.wrap.max_width = 150.0;
            job.wrap.max_rows = usize::MAX;
            let galley = ui.painter().layout_job(job);
            found = text_clusters(ui.ctx(), &galley);
            assert!(found.iter().all(|letter| letter.x.max <= 151.0));
        });
        let all: Vec<&str> = found
            .iter()
            .map(|letter| &text[letter.bytes.clone()])
            .collect();
        assert_eq!(
            all.concat(),
            text.replace('\n', ""),
            "{fonts:?}: in reading order"
        );
        let place = |part: &str| {
            let at = text.find(part).expect("a part");
            let letter = found.iter().find(|letter| letter.bytes.start == at);
            letter
                .map(|letter| (letter.row, letter.x.min))
                .expect("a letter")
        };
        let of = |latin: &str| place(&hebrew(latin));
        assert_eq!((place("A").0, of("x").0), (0, 1));
        assert!(place("A").1 < place("b").1);
        // From the right, but numbers from the left; later words on the next line.
        assert!(of("x").1 > of("z").1 && of("z").1 > place("28").1);
        assert!(place("28").1 < place("500").1);
        assert!(of("ghi").0 > of("x").0, "{fonts:?}");
    }
}

#[test]
fn a_text_that_is_edited_stays_as_its_cursor_has_it() {
    let text = hebrew("abc 28,500");
    let with = |plugin: bool| {
        let ctx = Context::default();
        ctx.set_fonts(definitions(Fonts::Two));
        if plugin {
            ctx.add_plugin(BidiPlugin::default());
        }
        let mut edited = text.clone();
        let painted = painted(&window(&ctx, |ui| {
            ui.text_edit_singleline(&mut edited);
        }));
        // The program is told of it, for as long as it is seen.
        assert_eq!(BidiPlugin::leaves_text(&ctx), plugin);
        window(&ctx, |ui| {
            ui.label(text.clone());
        });
        assert!(!BidiPlugin::leaves_text(&ctx));
        painted
    };
    assert_eq!(with(true), with(false));
    assert_ne!(with(true), [hebrew("28,500 cba")]);
}
