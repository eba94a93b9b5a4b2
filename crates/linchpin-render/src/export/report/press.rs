//! A report on paper: its charts are drawn, everything is set on pages, and the pages are painted.

use super::flow::{Drawing, Drawn, Flow, Frame, Leaf};
use super::paper::fill;
use super::words::{Place, Span, Target, lines, set};
use super::{Figure, NoReport, Paper, Report, ReportOptions};
use crate::export::image::{ImageOptions, Studio};
use crate::export::{Canvas, ImageSize, Length, Metadata, Primitive, SOFTWARE, Scene, Unit};
use crate::theme::{self, PRINT, size, space};
use egui::epaint::TextShape;
use egui::{Color32, Pos2, Rect, Shape, Ui, Vec2, pos2, vec2};
use egui_export::{
    ExportError, Outline, PdfBlock, PdfDocument, PdfLayer, PdfLink, PdfOptions, PdfPage, PdfTarget,
};
use linchpin_register::chart_words::ImageStyle;
use std::collections::HashMap;
use std::ops::ControlFlow;

/// The edges of a page, in points of the layout: at the sides and above, and below, where the page
/// number stands.
const SIDE_PT: f32 = 80.0;
const HEAD_PT: f32 = 76.0;
const FOOT_PT: f32 = 92.0;

pub(super) fn write(
    report: &Report,
    options: &ReportOptions,
    studio: &mut Studio,
    done: &mut dyn FnMut(usize, usize) -> ControlFlow<()>,
) -> Result<Vec<u8>, NoReport> {
    let frame = frame(options.paper);
    let mut scenes = Vec::new();
    let mut drawings = Vec::new();
    for figure in &report.figures {
        let scene = chart(studio, figure, &options.image, frame)?;
        drawings.push(Drawing {
            height_pt: scene.size_pt.y,
        });
        scenes.push(scene);
        if done(figure.number, report.figures.len()).is_break() {
            return Err(NoReport::Stopped);
        }
    }
    let mut canvas = Canvas::new(|ctx| {
        theme::install(ctx);
        ctx.set_theme(egui::Theme::Light);
    });
    // Once to learn on which page everything is, and once more with these numbers in the contents.
    let mut pages = HashMap::new();
    let mut set_all = None;
    for _ in 0..2 {
        let set_pages = canvas.record_lossy(Vec2::splat(64.0), 1.0, |ui| {
            let mut flow = Flow::new(ui.ctx(), &PRINT, frame);
            fill(&mut flow, report, &drawings, &pages);
            set_all = Some((flow.leaves, flow.pieces, flow.places));
        });
        set_pages.map_err(failed)?;
        if let Some((_, _, places)) = &set_all {
            pages = places.clone();
        }
    }
    let (leaves, pieces, places) = set_all.unwrap_or_default();
    let goal = |to: Target| match to {
        Target::Web(url) => Some(PdfTarget::Url(url)),
        Target::Place(place) => {
            let (page, y) = places.get(&place)?;
            Some(PdfTarget::Page(*page, y - space::S))
        }
    };
    let mut bookmarks: Vec<(String, PdfTarget)> = Vec::new();
    let named = report.figures.iter().map(|figure| {
        let words = format!("{}. {}", figure.number, figure.picture.title);
        (words, Place::Figure(figure.number))
    });
    for (words, place) in named.chain([("Sources".to_owned(), Place::Sources)]) {
        bookmarks.extend(goal(Target::Place(place)).map(|goal| (words, goal)));
    }
    let mut book = PdfDocument {
        size_pt: frame.page,
        scenes,
        pages: Vec::new(),
        blocks: pieces,
        bookmarks,
    };
    let count = leaves.len();
    let foot = book.blocks.len();
    book.blocks.push(PdfBlock::Artifact);
    for (leaf, number) in leaves.into_iter().zip(1..) {
        let feet = (foot, report.title.as_str(), (number, count));
        let mut page = page(&mut canvas, &leaf, &mut book.scenes, frame, feet)?;
        let leads = leaf.leads.into_iter();
        page.links = leads
            .filter_map(|lead| {
                Some(PdfLink {
                    block: lead.piece,
                    rect: lead.rect,
                    label: lead.words,
                    target: goal(lead.to)?,
                })
            })
            .collect();
        book.pages.push(page);
    }
    let metadata = Metadata {
        title: report.title.clone(),
        description: report.summary.clone().unwrap_or_default(),
        keywords: vec!["Linchpin".into()],
        language: "en".into(),
        software: SOFTWARE.to_owned(),
        created_unix_s: options.image.created,
        ..Metadata::default()
    };
    book.to_pdf(&PdfOptions { metadata }).map_err(failed)
}

fn failed(error: ExportError) -> NoReport {
    NoReport::File(error.into())
}

fn frame(paper: Paper) -> Frame {
    let (width, height) = match paper {
        Paper::A4 => (Length::new(210.0, Unit::Mm), Length::new(297.0, Unit::Mm)),
        Paper::Letter => (Length::new(8.5, Unit::In), Length::new(11.0, Unit::In)),
    };
    let page = vec2(width.layout_pt() as f32, height.layout_pt() as f32);
    let corner = pos2(page.x - SIDE_PT, page.y - FOOT_PT);
    Frame {
        page,
        text: Rect::from_min_max(pos2(SIDE_PT, HEAD_PT), corner),
    }
}

/// A chart as wide as the text, and no higher than a page.
fn chart(
    studio: &mut Studio,
    figure: &Figure,
    image: &ImageOptions,
    frame: Frame,
) -> Result<Scene, NoReport> {
    let picture = &figure.picture;
    let mut image = image.clone();
    if image.style != ImageStyle::Light {
        image.style = ImageStyle::Print;
    }
    let width = f64::from(frame.text.width());
    // Room for what stands above it.
    let height = f64::from(frame.text.height() - 2.0 * space::XL);
    image.margin = Some(Length::new(0.0, Unit::Px));
    image.transparent = true;
    image.size = ImageSize::wide(width, Unit::Px);
    let failed = |error| NoReport::Chart(picture.id.clone(), error);
    let mut scene = studio.scene(picture, &image).map_err(failed)?;
    if f64::from(scene.size_pt.y) > height {
        image.size = ImageSize::of(width, height, Unit::Px);
        scene = studio.scene(picture, &image).map_err(failed)?;
    }
    Ok(scene)
}

/// Paints a page. `feet`: the number of the piece for what stands at its foot, the title there, the
/// page and how many there are.
fn page(
    canvas: &mut Canvas,
    leaf: &Leaf,
    scenes: &mut Vec<Scene>,
    frame: Frame,
    feet: (usize, &str, (usize, usize)),
) -> Result<PdfPage, NoReport> {
    let (foot, title, (number, count)) = feet;
    let scene = canvas.record(frame.page, 1.0, |ui| {
        for block in &leaf.blocks {
            for drawn in &block.drawn {
                match drawn {
                    Drawn::Line { at, spans } => put(ui, *at, spans),
                    Drawn::Rule { points, stroke } => {
                        ui.painter().line_segment(*points, *stroke);
                    }
                    Drawn::Chart { .. } => {}
                }
            }
            ui.painter().add(fold());
        }
        let Rect { min, max } = frame.text;
        let y = max.y + space::L;
        let words = |text: &str| [Span::new(text, size::CAPTION, PRINT.text_muted)];
        let page = set(ui.ctx(), &words(&format!("{number} of {count}")));
        let width = page.rect.width();
        put(
            ui,
            pos2(max.x - width, y),
            &words(&format!("{number} of {count}")),
        );
        let room = max.x - min.x - width - space::L;
        let title = lines(ui.ctx(), &words(title), room);
        if let Some(line) = title.first() {
            put(ui, pos2(min.x, y), &line.spans);
        }
    });
    let scene = scene.map_err(failed)?;
    let folds: Vec<usize> = scene
        .items
        .iter()
        .enumerate()
        .filter(|(_, item)| is_fold(&item.primitive))
        .map(|(at, _)| at)
        .collect();
    let mut page = PdfPage::default();
    let own = scenes.len();
    let mut layer = |block, scene, items, offset_pt| {
        page.layers.push(PdfLayer {
            block,
            scene,
            items,
            offset_pt,
        })
    };
    let mut from = 0;
    for (block, fold) in leaf.blocks.iter().zip(&folds) {
        layer(block.piece, own, from..*fold, Vec2::ZERO);
        from = fold + 1;
        for drawn in &block.drawn {
            if let Drawn::Chart { at, index } = drawn
                && let Some(chart) = scenes.get(*index)
            {
                layer(block.piece, *index, 0..chart.items.len(), at.to_vec2());
            }
        }
    }
    layer(foot, own, from..scene.items.len(), Vec2::ZERO);
    scenes.push(scene);
    Ok(page)
}

fn put(ui: &Ui, at: Pos2, spans: &[Span]) {
    let galley = set(ui.ctx(), spans);
    ui.painter()
        .add(TextShape::new(at, galley, Color32::PLACEHOLDER));
}

/// Stands between two pieces of a page in its scene, and is never drawn.
fn fold() -> Shape {
    Shape::circle_filled(FOLD, FOLD_PT, Color32::RED)
}

const FOLD: Pos2 = pos2(1.0, 1.0);
const FOLD_PT: f32 = 0.125;

fn is_fold(primitive: &Primitive) -> bool {
    let Primitive::Shape { outline, .. } = primitive else {
        return false;
    };
    *outline
        == Outline::Ellipse {
            center: FOLD,
            radius: Vec2::splat(FOLD_PT),
        }
}
