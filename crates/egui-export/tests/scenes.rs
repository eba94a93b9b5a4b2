//! What a scene makes of egui's shapes.

mod common;

use common::{canvas, runs, scene};
use egui::epaint::text::{GlyphBitmap, GlyphRasterizer, RasterizedGlyph};
use egui::epaint::{ColorImage, Shadow};
use egui::text::{LayoutJob, TextWrapping};
use egui::{Align2, Color32, FontId, Mesh, Rect, Stroke, StrokeKind, TextFormat, Vec2, pos2, vec2};
use egui_export::{Canvas, ExportError, Outline, Primitive};

#[test]
fn only_what_is_cut_has_a_clip() {
    let clipped: Vec<_> = scene()
        .items
        .into_iter()
        .filter(|n| n.clip.is_some())
        .collect();
    let window = Rect::from_min_max(pos2(200.0, 200.0), pos2(250.0, 260.0));
    assert_eq!(clipped.len(), 2);
    assert!(clipped.iter().all(|item| item.clip == Some(window)));
}

#[test]
fn what_lies_outside_is_left_out() {
    let scene = canvas().record_lossy(vec2(50.0, 50.0), 1.0, |ui| {
        let painter = ui.painter();
        painter.circle_filled(pos2(90.0, 90.0), 20.0, Color32::RED);
        let font = FontId::proportional(14.0);
        painter.text(
            pos2(60.0, 10.0),
            Align2::LEFT_TOP,
            "far",
            font,
            Color32::RED,
        );
        painter.rect_filled(Rect::EVERYTHING, 0.0, Color32::GREEN);
    });
    let scene = scene.expect("a possible size");
    assert_eq!(scene.items.len(), 1);
    let Primitive::Shape { outline, .. } = &scene.items[0].primitive else {
        panic!("a rectangle");
    };
    let page = Rect::from_min_size(pos2(0.0, 0.0), vec2(50.0, 50.0));
    assert_eq!(*outline, Outline::plain_rect(page), "held to the page");
}

#[test]
fn a_missing_character_is_an_error_that_names_it() {
    let label = |ui: &mut egui::Ui| {
        ui.label("€ — ½ \u{200B}\t漢字 漢");
    };
    let scene = canvas().record_lossy(vec2(300.0, 50.0), 1.0, label);
    let missing: String = scene
        .expect("a possible size")
        .missing_glyphs
        .keys()
        .collect();
    assert_eq!(missing, "字漢");
    for error in [
        canvas().record(vec2(300.0, 50.0), 1.0, label).unwrap_err(),
        egui_export::record(vec2(300.0, 50.0), 1.0, label).unwrap_err(),
    ] {
        let ExportError::MissingGlyphs(missing) = &error else {
            panic!("{error}");
        };
        assert_eq!(missing[1].0, '漢');
        assert!(error.to_string().contains("U+6F22 (漢)"), "{error}");
    }
}

#[test]
fn right_to_left_text_reads_in_order_and_stands_as_on_screen() {
    let text = "with שלום and more";
    let scene = canvas().record_lossy(vec2(300.0, 50.0), 1.0, |ui| {
        ui.label(text);
    });
    let scene = scene.expect("a possible size");
    let whole: String = runs(&scene).iter().map(|run| run.text.as_str()).collect();
    assert_eq!(whole, text);
    for run in runs(&scene) {
        let places: Vec<f32> = run.glyphs.iter().map(|g| g.x).collect();
        assert!(
            places.is_sorted(),
            "glyphs go from left to right: {places:?}"
        );
        assert!(
            run.glyphs
                .iter()
                .all(|g| run.text.get(g.range.clone()).is_some())
        );
    }
}

#[test]
fn a_cut_line_ends_in_its_sign() {
    let scene = canvas().record_lossy(vec2(300.0, 50.0), 1.0, |ui| {
        let font = FontId::proportional(14.0);
        let mut job =
            LayoutJob::simple_singleline("Too long for its place".into(), font, Color32::RED);
        job.wrap = TextWrapping::truncate_at_width(80.0);
        let galley = ui.painter().layout_job(job);
        ui.painter().galley(pos2(5.0, 5.0), galley, Color32::RED);
    });
    let scene = scene.expect("a possible size");
    let text = scene.text();
    assert!(text.starts_with("Too lo") && text.ends_with('…'), "{text}");
    assert!(runs(&scene)[0].width_pt <= 80.5);
}

#[test]
fn words_of_several_formats_keep_their_own() {
    let scene = canvas().record_lossy(vec2(300.0, 80.0), 1.0, |ui| {
        let format = |size| TextFormat::simple(FontId::proportional(size), Color32::BLACK);
        let mut job = LayoutJob::default();
        job.append("plain ", 0.0, format(14.0));
        job.append(
            "slanted ",
            0.0,
            TextFormat {
                italics: true,
                ..format(14.0)
            },
        );
        let line = Stroke::new(1.0, Color32::RED);
        job.append(
            "under ",
            0.0,
            TextFormat {
                underline: line,
                ..format(18.0)
            },
        );
        job.append(
            "struck",
            0.0,
            TextFormat {
                strikethrough: line,
                ..format(14.0)
            },
        );
        job.append(
            "behind",
            0.0,
            TextFormat {
                background: Color32::GREEN,
                ..format(14.0)
            },
        );
        let galley = ui.painter().layout_job(job);
        ui.painter().add(
            egui::epaint::TextShape::new(pos2(5.0, 5.0), galley, Color32::BLACK)
                .with_opacity_factor(0.5),
        );
    });
    let scene = scene.expect("a possible size");
    let runs = runs(&scene);
    assert_eq!(
        runs.iter().map(|r| r.italic).collect::<Vec<_>>(),
        [false, true, false, false, false]
    );
    assert_eq!(runs[2].size_pt, 18.0);
    assert!(runs.iter().all(|run| run.color.a == 128), "half there");
    let lines = scene.items.iter().filter(|n| {
        matches!(
            &n.primitive,
            Primitive::Shape {
                outline: Outline::Line(_),
                ..
            }
        )
    });
    assert_eq!(lines.count(), 2);
    let rects = scene.items.iter().filter(|n| {
        matches!(
            &n.primitive,
            Primitive::Shape {
                outline: Outline::Rect { .. },
                ..
            }
        )
    });
    assert_eq!(rects.count(), 1);
}

#[test]
fn colors_of_a_glyph_come_along_as_pixels() {
    let mut canvas = Canvas::new(|ctx| {
        let red = GlyphRasterizer::new("red squares", |request| {
            (request.cluster == "🎯").then(|| RasterizedGlyph {
                bitmap: GlyphBitmap {
                    image: ColorImage::filled([10, 10], Color32::RED),
                    offset_px: vec2(0.0, -10.0),
                    is_color: true,
                },
                advance_px: 10.0,
            })
        });
        ctx.add_glyph_rasterizer(red.with_priority(egui::epaint::text::FontPriority::Highest));
    });
    let scene = canvas.record_lossy(vec2(100.0, 40.0), 1.0, |ui| {
        ui.label("on 🎯 target");
    });
    let scene = scene.expect("a possible size");
    let images: Vec<_> = scene
        .items
        .iter()
        .filter_map(|n| match &n.primitive {
            Primitive::Image { rgba, size_px, .. } => Some((rgba, size_px)),
            _ => None,
        })
        .collect();
    assert_eq!(images.len(), 1);
    assert_eq!(*images[0].1, [10, 10]);
    assert_eq!(images[0].0[..4], [255, 0, 0, 255]);
    assert!(
        scene.missing_glyphs.is_empty(),
        "{:?}",
        scene.missing_glyphs
    );
    assert_eq!(runs(&scene).len(), 2);
}

#[test]
fn a_mesh_of_one_color_stays_an_outline_and_one_of_several_becomes_pixels() {
    let quad = |colors: [Color32; 4]| {
        let mut mesh = Mesh::default();
        let corners = [
            vec2(10.0, 10.0),
            vec2(30.0, 10.0),
            vec2(30.0, 30.0),
            vec2(10.0, 30.0),
        ];
        for (corner, color) in corners.into_iter().zip(colors) {
            mesh.colored_vertex(corner.to_pos2(), color);
        }
        mesh.add_triangle(0, 1, 2);
        mesh.add_triangle(0, 3, 2);
        mesh
    };
    let half = Color32::from_rgba_unmultiplied(255, 0, 0, 128);
    let flat = canvas().record_lossy(vec2(40.0, 40.0), 1.0, |ui| {
        ui.painter().add(quad([half; 4]));
    });
    let flat = flat.expect("a possible size");
    assert!(flat.warnings.is_empty());
    assert!(matches!(
        &flat.items[0].primitive,
        Primitive::Shape {
            outline: Outline::Path(_),
            ..
        }
    ));
    // No seam where the two triangles meet.
    let pixels = flat.to_pixels(1.0).expect("a possible size");
    let inside = |x: usize, y: usize| pixels.rgba[(y * 40 + x) * 4 + 3];
    assert!((11..29).all(|i| inside(i, i) == 128));

    let (red, blue) = (Color32::RED, Color32::BLUE);
    let shaded = canvas().record_lossy(vec2(40.0, 40.0), 1.0, |ui| {
        ui.painter().add(quad([red, blue, blue, red]));
    });
    let shaded = shaded.expect("a possible size");
    assert_eq!(shaded.warnings.len(), 1);
    let pixels = shaded.to_pixels(1.0).expect("a possible size");
    let at = |x: usize| [0, 2, 3].map(|c| pixels.rgba[(20 * 40 + x) * 4 + c]);
    let ([left, _, alpha], [_, right, _], middle) = (at(12), at(27), at(20));
    assert!(
        left > 200 && right > 200 && alpha == 255,
        "{left} {right} {alpha}"
    );
    assert!(middle[0].abs_diff(middle[1]) < 40, "{middle:?}");
}

#[test]
fn pictures_of_a_texture_come_along() {
    let mut handle = None;
    let scene = canvas().record_lossy(vec2(40.0, 40.0), 1.0, |ui| {
        let texture = handle.get_or_insert_with(|| {
            let image = ColorImage::filled([2, 2], Color32::GREEN);
            ui.ctx().load_texture("green", image, Default::default())
        });
        let rect = Rect::from_min_size(pos2(4.0, 4.0), Vec2::splat(20.0));
        let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        ui.painter()
            .image(texture.id(), rect, whole, Color32::WHITE);
    });
    let scene = scene.expect("a possible size");
    let pixels = scene.to_pixels(1.0).expect("a possible size");
    let at = |x: usize| pixels.rgba[(14 * 40 + x) * 4..][..4].to_vec();
    assert_eq!([at(14), at(30)], [vec![0, 255, 0, 255], vec![0, 0, 0, 0]]);
}

#[test]
fn strokes_lie_where_egui_puts_them() {
    let red = Stroke::new(4.0, Color32::RED);
    let scene = canvas().record_lossy(vec2(200.0, 40.0), 1.0, |ui| {
        let painter = ui.painter();
        let kinds = [StrokeKind::Inside, StrokeKind::Middle, StrokeKind::Outside];
        for (i, kind) in kinds.into_iter().enumerate() {
            let rect = Rect::from_min_size(pos2(10.0 + 40.0 * i as f32, 10.0), Vec2::splat(20.0));
            painter.rect(rect, 0.0, Color32::BLUE, red, kind);
        }
        painter.circle(pos2(150.0, 20.0), 10.0, Color32::BLUE, red);
        let soft = Rect::from_min_size(pos2(180.0, 10.0), Vec2::splat(20.0));
        let shadow = Shadow {
            offset: [0, 0],
            blur: 8,
            spread: 0,
            color: Color32::BLACK,
        };
        painter.add(shadow.as_shape(soft, 4.0));
    });
    let scene = scene.expect("a possible size");
    let pixels = scene.to_pixels(1.0).expect("a possible size");
    let at = |x: usize| {
        let p = &pixels.rgba[(20 * 200 + x) * 4..][..4];
        match p {
            [255, 0, 0, 255] => 'r',
            [0, 0, 255, 255] => 'b',
            [_, _, _, 0] => '.',
            _ => '?',
        }
    };
    let row = |range: std::ops::Range<usize>| range.map(at).collect::<String>();
    assert_eq!(row(5..20), ".....rrrrbbbbbb");
    assert_eq!(row(45..60), "...rrrrbbbbbbbb");
    assert_eq!(row(85..100), ".rrrrbbbbbbbbbb");
    // The row of pixels lies half a pixel below the center: one is shared.
    assert_eq!(row(136..144), "rrrr?bbb", "circles: on the outside");
    assert_eq!(
        scene.warnings.keys().count(),
        1,
        "the shadow: {:?}",
        scene.warnings
    );
}

#[test]
fn turned_text_climbs_from_its_corner() {
    let scene = canvas().record_lossy(vec2(60.0, 120.0), 1.0, |ui| {
        let font = FontId::proportional(16.0);
        let galley = ui
            .painter()
            .layout_no_wrap("Axis title".into(), font, Color32::RED);
        let upward = -std::f32::consts::FRAC_PI_2;
        let shape = egui::epaint::TextShape::new(pos2(20.0, 100.0), galley, Color32::RED);
        ui.painter().add(shape.with_angle(upward));
    });
    let scene = scene.expect("a possible size");
    let pixels = scene.to_pixels(1.0).expect("a possible size");
    let mut ink = Rect::NOTHING;
    for (i, pixel) in pixels.rgba.chunks_exact(4).enumerate() {
        if pixel[3] > 0 {
            ink.extend_with(pos2((i % 60) as f32, (i / 60) as f32));
        }
    }
    // Read upward: the text's top is to the left, its beginning at the bottom.
    assert!(ink.left() >= 21.0 && ink.right() < 41.0, "{ink:?}");
    assert!(ink.bottom() > 94.0 && ink.bottom() <= 100.0, "{ink:?}");
    let width = runs(&scene)[0].width_pt;
    assert!((ink.height() - width).abs() < 4.0, "{ink:?} {width}");
}
