//! Shapes that no one should paint, and that someone will.

mod common;

use common::{canvas, metadata};
use egui::emath::TSTransform;
use egui::epaint::{
    BandPoint, BandShape, ClippedShape, CubicBezierShape, EllipseShape, PathShape,
    QuadraticBezierShape, RectShape, TextShape,
};
use egui::{Color32, Context, FontId, Pos2, Rect, Shape, Stroke, StrokeKind, Vec2, pos2, vec2};
use egui_export::{PdfOptions, Primitive, Rotation, Scene, SvgOptions, SvgText, Textures};

const SIZE_PT: Vec2 = vec2(90.0, 70.0);

/// A generator of numbers with a taste for the extreme.
struct Odd(u32);

impl Odd {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 8) as usize % end
    }

    fn number(&mut self) -> f32 {
        let rare = [
            0.0,
            -0.0,
            1e-30,
            -7.5,
            1e9,
            -1e9,
            f32::MAX,
            f32::NAN,
            f32::INFINITY,
            f32::NEG_INFINITY,
        ];
        match self.below(40) {
            i if i < rare.len() => rare[i],
            _ => self.below(1_000) as f32 / 10.0,
        }
    }

    fn at(&mut self) -> Pos2 {
        pos2(self.number(), self.number())
    }

    fn color(&mut self) -> Color32 {
        let [r, g, b, a] = [0; 4].map(|_: u8| (self.below(4) * 85) as u8);
        Color32::from_rgba_premultiplied(r, g, b, a)
    }

    fn stroke(&mut self) -> Stroke {
        Stroke::new(self.number(), self.color())
    }

    fn shape(&mut self, ctx: &Context) -> Shape {
        let (fill, stroke) = (self.color(), self.stroke());
        match self.below(9) {
            0 => Shape::line_segment([self.at(), self.at()], stroke),
            1 => {
                let points = (0..self.below(6)).map(|_| self.at()).collect();
                let closed = self.below(2) == 0;
                PathShape {
                    points,
                    closed,
                    fill,
                    stroke: stroke.into(),
                }
                .into()
            }
            2 => {
                let rect = Rect::from_two_pos(self.at(), self.at());
                let kinds = [StrokeKind::Inside, StrokeKind::Middle, StrokeKind::Outside];
                let kind = kinds[self.below(3)];
                let mut rect = RectShape::new(rect, self.below(255) as u8, fill, stroke, kind);
                rect.angle = if self.below(3) == 0 {
                    self.number()
                } else {
                    0.0
                };
                rect.blur_width = if self.below(5) == 0 {
                    self.number()
                } else {
                    0.0
                };
                rect.into()
            }
            3 => EllipseShape {
                center: self.at(),
                radius: vec2(self.number(), self.number()),
                fill,
                stroke,
                angle: self.number(),
            }
            .into(),
            4 => QuadraticBezierShape::from_points_stroke(
                [0; 3].map(|_| self.at()),
                true,
                fill,
                stroke,
            )
            .into(),
            5 => {
                CubicBezierShape::from_points_stroke([0; 4].map(|_| self.at()), true, fill, stroke)
                    .into()
            }
            6 => {
                let mut point = || BandPoint::new(self.number(), self.number()..=self.number());
                Shape::Band(BandShape::new(
                    vec![point(), point(), point()],
                    fill,
                    stroke,
                ))
            }
            7 => {
                let mut mesh = egui::Mesh::default();
                for _ in 0..3 {
                    mesh.colored_vertex(self.at(), self.color());
                }
                mesh.add_triangle(0, 1, 2);
                mesh.into()
            }
            _ => {
                let text = ["", " ", "\u{1}]]>", "안녕 שלום", "a\nb"][self.below(5)];
                let font = FontId::proportional(12.0);
                let galley = ctx.fonts_mut(|f| f.layout_no_wrap(text.into(), font, fill));
                let angle = self.number();
                TextShape::new(self.at(), galley, fill)
                    .with_angle(angle)
                    .into()
            }
        }
    }
}

#[test]
fn no_shape_however_odd_breaks_a_format() {
    let mut canvas = canvas();
    let empty = canvas.record(SIZE_PT, 1.0, |_| {});
    assert!(empty.is_ok());
    let ctx = canvas.context();
    let mut odd = Odd(11);
    for case in 0..60 {
        let shapes = (0..12).map(|_| ClippedShape {
            clip_rect: match odd.below(3) {
                0 => Rect::from_two_pos(odd.at(), odd.at()),
                _ => Rect::EVERYTHING,
            },
            shape: odd.shape(ctx),
            transform_after_tessellation: TSTransform::from_scaling([1.0, 1.0, 0.5][odd.below(3)]),
        });
        let scene = Scene::from_shapes(ctx, SIZE_PT, shapes.collect(), &Textures::default());
        for mode in [SvgText::Overlay, SvgText::Real] {
            let options = SvgOptions {
                metadata: metadata(),
                text: mode,
                ..SvgOptions::default()
            };
            let text = scene.to_svg(&options).expect("a possible size");
            assert!(
                roxmltree::Document::parse(&text).is_ok(),
                "case {case}: {text}"
            );
            assert!(
                !text.contains("(NaN") && !text.contains("(inf"),
                "case {case}"
            );
        }
        assert!(scene.to_pixels(1.0).is_ok(), "case {case}");
        let pdf = scene.to_pdf(&PdfOptions {
            metadata: metadata(),
        });
        assert!(pdf.is_ok(), "case {case}: {:?}", pdf.err());
    }
}

#[test]
fn impossible_sizes_and_grids_are_errors() {
    let mut canvas = canvas();
    for value in [0.0, -1.0, f32::NAN, f32::INFINITY, 1e9] {
        assert!(canvas.record(vec2(value, 10.0), 1.0, |_| {}).is_err());
        assert!(canvas.record(vec2(10.0, 10.0), value, |_| {}).is_err());
    }
    let label = |ui: &mut egui::Ui| {
        ui.heading("Large");
    };
    let dense = canvas.record(vec2(90.0, 40.0), egui_export::MAX_PIXELS_PER_POINT, label);
    assert_eq!(dense.expect("the largest grid").text(), "Large");
}

#[test]
fn a_context_before_its_first_pass_has_no_fonts_and_no_panic() {
    let shapes = vec![ClippedShape {
        clip_rect: Rect::EVERYTHING,
        shape: Shape::circle_filled(pos2(9.0, 9.0), 5.0, Color32::RED),
        transform_after_tessellation: TSTransform::IDENTITY,
    }];
    let textures = Textures::default();
    let scene = Scene::from_shapes(&Context::default(), SIZE_PT, shapes, &textures);
    assert_eq!((scene.items.len(), scene.faces.len()), (1, 0));
}

#[test]
fn a_scene_that_was_damaged_is_written_without_panic() {
    let mut scene = common::scene();
    for (at, item) in scene.items.iter_mut().enumerate() {
        match &mut item.primitive {
            Primitive::Text(run) => match at % 3 {
                0 => run.face = 99,
                1 => run.size_pt = [0.0, f32::NAN, -1.0][at % 2],
                _ => run.glyphs.iter_mut().for_each(|glyph| glyph.range = 7..900),
            },
            Primitive::Image { rgba, .. } => rgba.truncate(3),
            Primitive::Shape { rotation, .. } => {
                *rotation = Some(Rotation {
                    angle_rad: f32::NAN,
                    pivot: pos2(f32::INFINITY, 0.0),
                });
            }
        }
        item.bounds = Rect::NAN;
    }
    for text in [SvgText::Overlay, SvgText::Real] {
        let options = SvgOptions {
            text,
            ..SvgOptions::default()
        };
        let svg = scene.to_svg(&options).expect("a possible size");
        assert!(roxmltree::Document::parse(&svg).is_ok());
    }
    assert!(scene.to_pixels(1.0).is_ok());
    // A font that is not there is an error, and no more than that.
    let _ = scene.to_pdf(&PdfOptions::default());
}
