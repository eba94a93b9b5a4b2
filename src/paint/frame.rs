//! A picture's frame: title and subtitle above the body, note and source below, as in print.

use super::area::Area;
use super::sheet::{Item, Sheet};
use super::typeset::Typesetter;
use super::{bars, guides, matrix, panels, remarks, stacked, timeline, xy};
use crate::picture::{Body, Guide, MarkId, Picture};
use crate::theme::{self, size, space};
use egui::{Rect, Stroke, Vec2, pos2, vec2};

/// Beyond this distance from the body, in points, note and source follow it rather than stand at the foot: on a high page they
/// would be lost there.
const FAR_PT: f32 = 220.0;

/// The narrowest sheet on which a picture can be laid out, in points.
pub(super) fn min_width_pt(picture: &Picture, margin_pt: f32) -> f32 {
    let body = match &picture.body {
        Body::Matrix(matrix) => matrix::min_width_pt(matrix),
        Body::Timeline(timeline) => timeline::min_width_pt(timeline),
        Body::Plot(plot) => xy::min_width_pt(plot),
        _ => 240.0,
    };
    body + 2.0 * margin_pt
}

/// Lays a picture out. With a height greater than it needs, the body may spread and the source line stands at the foot.
/// Returns the height that it takes.
pub(super) fn lay_out(
    type_: &Typesetter<'_>,
    picture: &Picture,
    width_pt: f32,
    height_pt: Option<f32>,
) -> (Sheet, f32) {
    let (sheet, needed) = with_spare(type_, picture, width_pt, 0.0, None);
    match height_pt {
        Some(height) if height > needed + 0.5 || is_elastic(&picture.body) => {
            let (sheet, taken) =
                with_spare(type_, picture, width_pt, height - needed, Some(height));
            (sheet, taken.max(height))
        }
        _ => (sheet, needed),
    }
}

/// Whether a body can be lower than it would be by itself.
pub(super) fn is_elastic(body: &Body) -> bool {
    matches!(body, Body::Plot(_))
}

fn with_spare(
    type_: &Typesetter<'_>,
    picture: &Picture,
    width_pt: f32,
    spare_pt: f32,
    height_pt: Option<f32>,
) -> (Sheet, f32) {
    let p = type_.palette;
    let mut sheet = Sheet::default();
    let left = type_.margin_pt;
    let width = (width_pt - 2.0 * left).max(1.0);
    let title = type_.wrapped(
        &picture.title,
        theme::semibold(size::HEADING),
        p.text,
        width,
    );
    let title = sheet.text(pos2(left, left), title);
    let subtitle = type_.wrapped(
        &picture.subtitle,
        theme::regular(size::BODY),
        p.text_muted,
        width,
    );
    let subtitle = sheet.text(pos2(left, title.bottom() + space::XS), subtitle);
    let area = Area {
        left,
        top: subtitle.bottom() + space::M,
        width,
        spare: spare_pt,
        headroom: 0.0,
    };
    let body_bottom = annotated(type_, &mut sheet, picture, area);
    let small = theme::regular(size::CAPTION);
    let note = picture
        .note
        .as_ref()
        .map(|note| type_.wrapped(note, small.clone(), p.text_muted, width));
    let logo = type_.logo.map_or(Vec2::ZERO, |(_, size)| size);
    let beside = (width - logo.x - space::M).max(width / 2.0);
    let beside = if logo == Vec2::ZERO { width } else { beside };
    let source = type_.wrapped(&picture.source, small, p.text_muted, beside);
    let note_height = note.as_ref().map_or(0.0, |n| n.size.y + space::S);
    let foot = note_height + space::S + source.size.y.max(logo.y) + left;
    let at_foot = height_pt.map_or(0.0, |height| height - foot);
    let top = if at_foot - body_bottom > FAR_PT {
        body_bottom + space::L
    } else {
        at_foot.max(body_bottom + space::M)
    };
    if let Some(note) = note {
        sheet.text(pos2(left, top), note);
    }
    let rule = top + note_height;
    sheet.line(
        pos2(left, rule),
        pos2(left + width, rule),
        Stroke::new(1.0, p.hairline),
    );
    sheet.text(pos2(left, rule + space::S), source);
    if let Some((texture, size)) = type_.logo {
        let at = pos2(left + width - size.x, rule + space::S);
        let rect = Rect::from_min_size(at, size);
        sheet.items.push(Item::Image { rect, texture });
    }
    (sheet, top + foot)
}

/// Lays the body out, and into it the lines and words that its maker added. Returns the bottom.
fn annotated(type_: &Typesetter<'_>, sheet: &mut Sheet, picture: &Picture, area: Area) -> f32 {
    let guides = &picture.guides;
    let mut area = area;
    let mut flags = guides::Flags::default();
    if guides::go_up(guides) {
        // Where the lines will stand is known once the body has been laid out.
        let mut trial = Sheet::default();
        body(type_, &mut trial, picture, area);
        if let Some(ground) = &trial.ground {
            flags = guides::flags(type_, guides, ground, area);
            area.headroom = flags.height_pt;
        }
    }
    let bottom = body(type_, sheet, picture, area);
    if guides.is_empty() && picture.remarks.is_empty() {
        return bottom;
    }
    let left_over = guides::draw(type_, sheet, guides, flags, area);
    let unsaid: Vec<&Guide> = left_over.iter().filter_map(|at| guides.get(*at)).collect();
    remarks::lay_out(type_, sheet, &picture.remarks, &unsaid, area, bottom)
}

/// Lays the body out. Returns the bottom.
fn body(type_: &Typesetter<'_>, sheet: &mut Sheet, picture: &Picture, area: Area) -> f32 {
    match &picture.body {
        Body::Bars(body) if body.panels.iter().any(|panel| panel.title.is_some()) => {
            panels::lay_out(type_, sheet, body, area)
        }
        Body::Bars(body) => bars::lay_out(type_, sheet, body, area),
        Body::Stacked(body) => stacked::lay_out(type_, sheet, body, area),
        Body::Plot(body) => xy::lay_out(type_, sheet, body, area, MarkId(0)),
        Body::Timeline(body) => timeline::lay_out(type_, sheet, body, area),
        Body::Matrix(body) => matrix::lay_out(type_, sheet, body, area),
        Body::Empty(why) => empty(type_, sheet, why, area),
        _ => empty(type_, sheet, "", area),
    }
}

/// Says why nothing is drawn.
fn empty(type_: &Typesetter<'_>, sheet: &mut Sheet, why: &str, area: Area) -> f32 {
    let p = type_.palette;
    let inset = space::L;
    let text = type_.wrapped(
        why,
        theme::regular(size::BODY),
        p.text_muted,
        (area.width - 2.0 * inset).min(420.0),
    );
    let height = text.size.y + 2.0 * space::XL + area.spare;
    let rect = Rect::from_min_size(pos2(area.left, area.top), vec2(area.width, height));
    sheet.rounded(rect, p.surface, f32::from(theme::RADIUS));
    sheet.text_amid(rect, text);
    rect.bottom()
}
