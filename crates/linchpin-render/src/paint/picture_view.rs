//! A picture on screen or in an image, at any size, with marks that can be pointed at, focused and
//! read out.

use super::picture_layout::{LayoutItem, PictureLayout, PlacedText};
use super::{layout_at_scale, navigation};
use crate::theme::{self, size};
use egui::epaint::{CircleShape, TextShape};
use egui::text::LayoutJob;
use egui::{
    Color32, Id, Pos2, Rect, RichText, Role, Sense, Shape, Stroke, StrokeKind, Ui, Vec2,
    WidgetInfo, vec2,
};
use egui_export::{PartRole, begin_part};
use linchpin_charts::picture::{ChartMark, MarkId, Picture};
use linchpin_register::Register;
use std::f32::consts::FRAC_PI_2;

/// What a user does to a picture.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PictureResponse {
    /// The mark under the pointer.
    pub hovered: Option<MarkId>,
    /// The mark that was clicked, or chosen from the keyboard.
    pub clicked: Option<MarkId>,
    /// The keyboard is at the picture, or at one of its marks.
    pub has_focus: bool,
    /// The mark that the keyboard is at.
    pub keyboard_mark: Option<MarkId>,
    /// The picture as something that can have the keyboard.
    pub id: Option<Id>,
}

/// The most titles of records that a tooltip lists.
const MAX_TITLES: usize = 5;
const MAX_TITLE_CHARS: usize = 160;

/// The height at which nothing is cramped, in points, margins included.
pub fn height_pt(ui: &Ui, picture: &Picture, width_pt: f32) -> f32 {
    layout_at_scale::height_pt(ui, picture, clamp_length(width_pt))
}

/// How much a picture is shrunk where it is painted into `size_pt`: 1 where it fits.
pub fn fitted_scale(ui: &Ui, picture: &Picture, size_pt: Vec2) -> f32 {
    let size_pt = vec2(clamp_length(size_pt.x), clamp_length(size_pt.y));
    layout_at_scale::fitted(ui, picture, size_pt).scale
}

/// Whether a picture fits into `size_pt` without being shrunk and with nothing cramped.
pub fn is_roomy(ui: &Ui, picture: &Picture, size_pt: Vec2) -> bool {
    layout_at_scale::is_roomy(ui, picture, size_pt)
}

/// About the least size, in points, at which a picture is shrunk no further than by `min_scale`:
/// as wide as `width_pt`, or as wide as it must be.
pub fn needed_size_pt(ui: &Ui, picture: &Picture, width_pt: f32, min_scale: f32) -> Vec2 {
    layout_at_scale::needed_size_pt(ui, picture, clamp_length(width_pt), min_scale)
}

/// Paints a picture into the next `size_pt` points, background included. Where that is too small
/// for it, all of it is shrunk alike, so that nothing is cut and nothing overlaps. `focus` is a
/// mark to set off; `register` names the records of a mark that is pointed at.
pub fn show_picture(
    ui: &mut Ui,
    register: &Register,
    picture: &Picture,
    size_pt: Vec2,
    focus: Option<MarkId>,
) -> PictureResponse {
    let size_pt = vec2(clamp_length(size_pt.x), clamp_length(size_pt.y));
    let (rect, _) = ui.allocate_exact_size(size_pt, Sense::hover());
    let id = ui.make_persistent_id(("picture", &picture.id));
    let picture_response = ui.interact(rect, id, Sense::focusable_noninteractive());
    picture_response.widget_info(|| {
        let words = format!("{}. {}", picture.title, picture.description);
        WidgetInfo::labeled(Role::Image, true, words)
    });
    if picture_response.gained_focus() {
        picture_response.scroll_to_me(None);
    }
    // Laying out is what costs. Its place in the reading order has been taken above.
    if !ui.is_rect_visible(rect) {
        return PictureResponse {
            id: Some(id),
            has_focus: picture_response.has_focus(),
            ..PictureResponse::default()
        };
    }
    let layout_at_scale = layout_at_scale::fitted(ui, picture, size_pt);
    let layout = &layout_at_scale.layout;
    let transform = PictureTransform {
        origin: rect.min,
        scale: layout_at_scale.scale,
    };
    let style = theme::render_style(ui);
    // What comes before the first part is background, which screen readers pass over.
    begin_part(ui, PartRole::Artifact);
    if style.paints_background {
        ui.painter()
            .rect_filled(rect, 0.0, style.palette.background);
    }
    let mut plots = 0_usize;
    let mut parts = layout.parts.iter().peekable();
    for (at, item) in layout.items.iter().enumerate() {
        while let Some((_, role)) = parts.next_if(|(from, _)| *from <= at) {
            begin_part(ui, *role);
        }
        match item {
            LayoutItem::Plot(plot) => {
                plots += 1;
                plot.show(ui, id.with(("plot", plots)), transform.rect(plot.rect));
            }
            other => {
                ui.painter().extend(transform.shape(ui, other));
            }
        }
    }
    let hit_areas: Vec<_> = layout
        .hit_areas
        .iter()
        .map(|s| (s.id, transform.rect(s.rect)))
        .collect();
    add_marks(ui, picture, &hit_areas);
    let mut response = interact(ui, register, picture, layout, transform, id, focus);
    response.id = Some(id);
    if response.has_focus && response.keyboard_mark.is_none() {
        draw_highlight(ui, rect.shrink(1.0));
    }
    response
}

/// Gives the marks of a picture their words, where it becomes an image.
fn add_marks(ui: &Ui, picture: &Picture, hit_areas: &[(MarkId, Rect)]) {
    if !egui_export::is_recorded(ui.ctx()) {
        return;
    }
    let marks: Vec<_> = picture.marks().map(|(_, mark)| mark).collect();
    let symbols = hit_areas.iter().filter_map(|(id, rect)| {
        let mark = marks.get(id.0 as usize)?;
        Some((*rect, mark.label.as_str()))
    });
    egui_export::add_symbols(ui, symbols);
}

/// A length that can be laid out.
fn clamp_length(length_pt: f32) -> f32 {
    if length_pt.is_finite() {
        length_pt.clamp(1.0, 100_000.0)
    } else {
        1.0
    }
}

/// From points of a layout to points on screen.
#[derive(Clone, Copy)]
struct PictureTransform {
    origin: Pos2,
    scale: f32,
}

impl PictureTransform {
    fn pos(self, p: Pos2) -> Pos2 {
        self.origin + p.to_vec2() * self.scale
    }

    fn rect(self, rect: Rect) -> Rect {
        Rect::from_min_max(self.pos(rect.min), self.pos(rect.max))
    }

    fn stroke(self, stroke: Stroke) -> Stroke {
        Stroke::new(stroke.width * self.scale, stroke.color)
    }

    fn shape(self, ui: &Ui, item: &LayoutItem) -> Option<Shape> {
        Some(match item {
            LayoutItem::Fill {
                rect,
                color,
                radius_pt,
            } => Shape::rect_filled(self.rect(*rect), radius_pt * self.scale, *color),
            LayoutItem::RectOutline { rect, stroke } => Shape::rect_stroke(
                self.rect(*rect),
                0.0,
                self.stroke(*stroke),
                StrokeKind::Inside,
            ),
            LayoutItem::Line { points, stroke } | LayoutItem::GridLine { points, stroke } => {
                Shape::line_segment(points.map(|p| self.pos(p)), self.stroke(*stroke))
            }
            LayoutItem::Circle {
                center,
                radius_pt,
                fill,
                stroke,
            } => Shape::Circle(CircleShape {
                center: self.pos(*center),
                radius: radius_pt * self.scale,
                fill: *fill,
                stroke: self.stroke(*stroke),
            }),
            LayoutItem::Polyline { points, stroke } => Shape::line(
                points.iter().map(|p| self.pos(*p)).collect(),
                self.stroke(*stroke),
            ),
            LayoutItem::Polygon { points, fill } | LayoutItem::Band { points, fill } => {
                Shape::convex_polygon(
                    points.iter().map(|p| self.pos(*p)).collect(),
                    *fill,
                    Stroke::NONE,
                )
            }
            LayoutItem::Text(label) => self.text(ui, label),
            LayoutItem::Image { rect, texture } => Shape::image(
                *texture,
                self.rect(*rect),
                Rect::from_min_max(Pos2::ZERO, Pos2::new(1.0, 1.0)),
                theme::UNTINTED,
            ),
            LayoutItem::Plot(_) => return None,
        })
    }

    /// Text as it was set. Upright text runs up from the lower left corner of its box.
    fn text(self, ui: &Ui, label: &PlacedText) -> Shape {
        let job = LayoutJob::clone(&label.text.galley.job);
        let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
        let corner = if label.is_rotated {
            label.rect().left_bottom()
        } else {
            label.at
        };
        // Lines that do not begin at the left reach to the left of their galley's origin.
        let pos = self.pos(corner) - galley.rect.min.to_vec2();
        let shape = TextShape::new(pos, galley, Color32::PLACEHOLDER);
        Shape::Text(if label.is_rotated {
            shape.with_angle(-FRAC_PI_2)
        } else {
            shape
        })
    }
}

fn interact(
    ui: &Ui,
    register: &Register,
    picture: &Picture,
    layout: &PictureLayout,
    transform: PictureTransform,
    id: Id,
    focus: Option<MarkId>,
) -> PictureResponse {
    let marks: Vec<&ChartMark> = picture.marks().map(|(_, mark)| mark).collect();
    let mut order: Vec<MarkId> = layout
        .hit_areas
        .iter()
        .map(|hit_area| hit_area.id)
        .collect();
    // Marks are numbered in reading order, while they are drawn from back to front; several areas
    // may belong to one mark.
    order.sort_unstable();
    order.dedup();
    let navigation = navigation::read(ui, id, order.len());
    let keyboard_mark = navigation.at.and_then(|at| order.get(at)).copied();
    let mut response = PictureResponse {
        has_focus: navigation.has_focus,
        clicked: keyboard_mark.filter(|_| navigation.chosen),
        keyboard_mark,
        ..PictureResponse::default()
    };
    navigation::describe_keys(ui, id, order.len());
    for hit_area in &layout.hit_areas {
        let Some(mark) = marks.get(hit_area.id.0 as usize) else {
            continue;
        };
        let rect = transform.rect(hit_area.rect);
        let node = ui.interact(rect, id.with(hit_area.id), Sense::CLICK);
        node.widget_info(|| WidgetInfo::labeled(Role::Button, true, &mark.label));
        if node.hovered() {
            response.hovered = Some(hit_area.id);
        }
        if node.clicked() {
            response.clicked = Some(hit_area.id);
        }
        if let Ok(at) = order.binary_search(&hit_area.id) {
            navigation::set_position(ui, node.id, at, order.len());
        }
        if keyboard_mark == Some(hit_area.id) {
            navigation::set_active_mark(ui, id, node.id, rect, navigation.moved);
        }
        if node.hovered() || keyboard_mark == Some(hit_area.id) || focus == Some(hit_area.id) {
            draw_highlight(ui, rect.expand(2.0));
        }
        if !mark.records.is_empty() {
            node.on_hover_cursor(egui::CursorIcon::PointingHand)
                .on_hover_ui(|ui| tooltip(ui, register, mark));
        }
    }
    response
}

/// Draws a line around what is pointed at, or has the keyboard.
fn draw_highlight(ui: &Ui, rect: Rect) {
    let stroke = Stroke::new(2.0, theme::palette_of(ui).accent);
    ui.painter()
        .rect_stroke(rect, 3.0, stroke, StrokeKind::Middle);
}

/// What a mark says, and the first of its records.
fn tooltip(ui: &mut Ui, register: &Register, mark: &ChartMark) {
    ui.set_max_width(360.0);
    ui.label(RichText::new(&mark.label).font(theme::semibold(size::BODY)));
    let titles = mark.records.iter().filter_map(|at| register.record(*at));
    for record in titles.take(MAX_TITLES) {
        let title: String = record.title().chars().take(MAX_TITLE_CHARS).collect();
        ui.label(RichText::new(title).size(size::CAPTION));
    }
    if mark.records.len() > MAX_TITLES {
        let more = format!("and {} more", mark.records.len() - MAX_TITLES);
        ui.label(RichText::new(more).size(size::CAPTION).weak());
    }
}
