//! A report on paper: its charts are drawn, everything is set on pages, and the pages are painted.

use super::page_flow::{ChartExtent, FlowPage, PageFlow, PageFrame, PageItem};
use super::report_pages::lay_out_report;
use super::rich_text::{ReportAnchor, RichTextSpan, TextTarget, break_lines, lay_out_line};
use super::{ChartReport, PaperSize, ReportError, ReportFigure, ReportOptions};
use crate::export::image::{ImageOptions, Studio};
use crate::export::{
    Canvas, HouseStyle, ImageError, ImageSize, Length, Metadata, Primitive, SOFTWARE, Scene, Unit,
};
use crate::theme::{self, FontFaces, PRINT, size, space};
use egui::epaint::TextShape;
use egui::{Color32, Pos2, Rect, Shape, Ui, Vec2, pos2, vec2};
use egui_export::{
    ExportError, Outline, PdfBlock, PdfDocument, PdfLayer, PdfLink, PdfOptions, PdfPage, PdfTarget,
};
use linchpin_charts::picture::{Picture, PictureBody};
use linchpin_register::chart_vocabulary::ImageStyle;
use std::collections::HashMap;
use std::ops::ControlFlow;

/// The edges of a page, in points of the layout: at the sides and above, and below, where the page
/// number stands.
const SIDE_PT: f32 = 80.0;
const TOP_PT: f32 = 76.0;
const BOTTOM_PT: f32 = 92.0;

pub(super) fn write(
    report: &ChartReport,
    options: &ReportOptions,
    studio: &mut Studio,
    progress: &mut dyn FnMut(usize, usize) -> ControlFlow<()>,
) -> Result<Vec<u8>, ReportError> {
    let frame = page_frame(options.paper);
    let mut scenes = Vec::new();
    let mut drawings = Vec::new();
    for figure in &report.figures {
        let scene = render_chart(studio, figure, &options.image, frame)?;
        drawings.push(ChartExtent {
            height_pt: scene.size_pt.y,
        });
        scenes.push(scene);
        if progress(figure.number, report.figures.len()).is_break() {
            return Err(ReportError::Canceled);
        }
    }
    let house = options.image.house.as_ref();
    let faces = house.map_or_else(FontFaces::default, HouseStyle::fonts);
    let mut canvas = Canvas::new(|ctx| {
        theme::install_with_fonts(ctx, &faces);
        ctx.set_theme(egui::Theme::Light);
    });
    // Once to learn on which page everything is, and once more with these numbers in the contents.
    let mut pages = HashMap::new();
    let mut laid_out = None;
    for _ in 0..2 {
        let set_pages = canvas.record_lossy(Vec2::splat(64.0), 1.0, |ui| {
            let mut flow = PageFlow::new(ui.ctx(), &PRINT, frame);
            lay_out_report(&mut flow, report, &drawings, &pages);
            laid_out = Some((flow.pages, flow.blocks, flow.anchors));
        });
        set_pages.map_err(failed)?;
        if let Some((_, _, anchors)) = &laid_out {
            pages = anchors.clone();
        }
    }
    let (flow_pages, blocks, anchors) = laid_out.unwrap_or_default();
    let target = |to: TextTarget| match to {
        TextTarget::Web(url) => Some(PdfTarget::Url(url)),
        TextTarget::Anchor(place) => {
            let (page, y) = anchors.get(&place)?;
            Some(PdfTarget::Page(*page, y - space::S))
        }
    };
    let mut bookmarks: Vec<(String, PdfTarget)> = Vec::new();
    let named = report.figures.iter().map(|figure| {
        let words = format!("{}. {}", figure.number, figure.picture.title);
        (words, ReportAnchor::Figure(figure.number))
    });
    for (words, place) in named.chain([("Sources".to_owned(), ReportAnchor::Sources)]) {
        bookmarks.extend(target(TextTarget::Anchor(place)).map(|target| (words, target)));
    }
    let mut book = PdfDocument {
        size_pt: frame.page,
        scenes,
        pages: Vec::new(),
        blocks,
        bookmarks,
    };
    let count = flow_pages.len();
    let foot = book.blocks.len();
    book.blocks.push(PdfBlock::Artifact);
    for (flow_page, number) in flow_pages.into_iter().zip(1..) {
        let feet = (foot, report.title.as_str(), (number, count));
        let mut page = paint_page(&mut canvas, &flow_page, &mut book.scenes, frame, feet)?;
        let links = flow_page.links.into_iter();
        page.links = links
            .filter_map(|link| {
                Some(PdfLink {
                    block: link.block,
                    rect: link.rect,
                    label: link.text,
                    target: target(link.to)?,
                })
            })
            .collect();
        book.pages.push(page);
    }
    let metadata = Metadata {
        title: report.title.clone(),
        description: report.summary.clone().unwrap_or_default(),
        author: report.author.clone(),
        rights: report.rights.clone(),
        keywords: vec!["Linchpin".into()],
        language: "en".into(),
        software: SOFTWARE.to_owned(),
        created_unix_s: options.image.created,
        ..Metadata::default()
    };
    book.to_pdf(&PdfOptions { metadata }).map_err(failed)
}

fn failed(error: ExportError) -> ReportError {
    ReportError::File(error.into())
}

fn page_frame(paper: PaperSize) -> PageFrame {
    let (width, height) = match paper {
        PaperSize::A4 => (Length::new(210.0, Unit::Mm), Length::new(297.0, Unit::Mm)),
        PaperSize::Letter => (Length::new(8.5, Unit::In), Length::new(11.0, Unit::In)),
    };
    let page = vec2(width.layout_pt() as f32, height.layout_pt() as f32);
    let corner = pos2(page.x - SIDE_PT, page.y - BOTTOM_PT);
    PageFrame {
        page,
        text: Rect::from_min_max(pos2(SIDE_PT, TOP_PT), corner),
    }
}

/// A chart as wide as the text, and no higher than a page.
fn render_chart(
    studio: &mut Studio,
    figure: &ReportFigure,
    image: &ImageOptions,
    frame: PageFrame,
) -> Result<Scene, ReportError> {
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
    let failed = |error| ReportError::Chart(picture.id.clone(), error);
    let wide = studio.scene(picture, &image);
    let drawn = match wide {
        Ok(scene) if f64::from(scene.size_pt.y) > height => {
            image.size = ImageSize::of(width, height, Unit::Px);
            studio.scene(picture, &image)
        }
        other => other,
    };
    match drawn {
        // The report has all other charts, and this one's data.
        Err(ImageError::TooSmall(why)) => {
            let why = format!("This chart cannot be read on this paper: {why}.");
            let explained = Picture {
                body: PictureBody::Empty(why),
                reference_lines: Vec::new(),
                annotations: Vec::new(),
                ..picture.clone()
            };
            image.size = ImageSize::wide(width, Unit::Px);
            studio.scene(&explained, &image).map_err(failed)
        }
        other => other.map_err(failed),
    }
}

/// Paints a page. `feet`: the number of the piece for what stands at its foot, the title there, the
/// page and how many there are.
fn paint_page(
    canvas: &mut Canvas,
    flow_page: &FlowPage,
    scenes: &mut Vec<Scene>,
    frame: PageFrame,
    footer: (usize, &str, (usize, usize)),
) -> Result<PdfPage, ReportError> {
    let (footer_block, title, (number, count)) = footer;
    let scene = canvas.record(frame.page, 1.0, |ui| {
        for block in &flow_page.fragments {
            for drawn in &block.item {
                match drawn {
                    PageItem::Line { at, spans } => paint_spans(ui, *at, spans),
                    PageItem::Rule { points, stroke } => {
                        ui.painter().line_segment(*points, *stroke);
                    }
                    PageItem::Chart { .. } => {}
                }
            }
            ui.painter().add(separator_shape());
        }
        let Rect { min, max } = frame.text;
        let y = max.y + space::L;
        let words = |text: &str| [RichTextSpan::new(text, size::CAPTION, PRINT.text_muted)];
        let page = lay_out_line(ui.ctx(), &words(&format!("{number} of {count}")));
        let width = page.rect.width();
        paint_spans(
            ui,
            pos2(max.x - width, y),
            &words(&format!("{number} of {count}")),
        );
        let room = max.x - min.x - width - space::L;
        let title = break_lines(ui.ctx(), &words(title), room);
        if let Some(line) = title.first() {
            paint_spans(ui, pos2(min.x, y), &line.spans);
        }
    });
    let scene = scene.map_err(failed)?;
    let separators: Vec<usize> = scene
        .items
        .iter()
        .enumerate()
        .filter(|(_, item)| is_separator(&item.primitive))
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
    for (block, separator) in flow_page.fragments.iter().zip(&separators) {
        layer(block.block, own, from..*separator, Vec2::ZERO);
        from = separator + 1;
        for drawn in &block.item {
            if let PageItem::Chart { at, index } = drawn
                && let Some(chart) = scenes.get(*index)
            {
                layer(block.block, *index, 0..chart.items.len(), at.to_vec2());
            }
        }
    }
    layer(footer_block, own, from..scene.items.len(), Vec2::ZERO);
    scenes.push(scene);
    Ok(page)
}

fn paint_spans(ui: &Ui, at: Pos2, spans: &[RichTextSpan]) {
    let galley = lay_out_line(ui.ctx(), spans);
    ui.painter()
        .add(TextShape::new(at, galley, Color32::PLACEHOLDER));
}

/// Stands between two pieces of a page in its scene, and is never drawn.
fn separator_shape() -> Shape {
    Shape::circle_filled(SEPARATOR_POS, SEPARATOR_PT, Color32::RED)
}

const SEPARATOR_POS: Pos2 = pos2(1.0, 1.0);
const SEPARATOR_PT: f32 = 0.125;

fn is_separator(primitive: &Primitive) -> bool {
    let Primitive::Shape { outline, .. } = primitive else {
        return false;
    };
    *outline
        == Outline::Ellipse {
            center: SEPARATOR_POS,
            radius: Vec2::splat(SEPARATOR_PT),
        }
}
