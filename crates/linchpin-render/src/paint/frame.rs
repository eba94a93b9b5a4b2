//! A picture's frame: title and subtitle above the body, note and source below, as in print.

use super::area::Area;
use super::part;
use super::sheet::{Item, Sheet};
use super::typeset::Typesetter;
use super::{annotated, body};
use crate::theme::{self, size, space};
use egui::{Rect, Stroke, Vec2, pos2};
use egui_export::PartRole;
use linchpin_charts::picture::Picture;

/// Beyond this distance from the body, in points, note and source follow it rather than stand at
/// the foot: on a high page they would be lost there.
const FAR_PT: f32 = 220.0;

/// The narrowest sheet on which a picture can be laid out, in points.
pub(super) fn min_width_pt(type_: &Typesetter<'_>, picture: &Picture) -> f32 {
    body::min_width_pt(type_, &picture.body) + 2.0 * type_.margin_pt
}

/// Lays a picture out. With a height greater than it needs, the body may spread and the source line
/// stands at the foot. Returns the height that it takes.
pub(super) fn lay_out(
    type_: &Typesetter<'_>,
    picture: &Picture,
    width_pt: f32,
    height_pt: Option<f32>,
) -> (Sheet, f32) {
    let (sheet, needed) = with_spare(type_, picture, width_pt, 0.0, None);
    match height_pt {
        Some(height) if height > needed + 0.5 || body::is_elastic(&picture.body) => {
            let (sheet, taken) =
                with_spare(type_, picture, width_pt, height - needed, Some(height));
            (sheet, taken.max(height))
        }
        _ => (sheet, needed),
    }
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
    sheet.begin(PartRole::Title);
    let title = sheet.text(pos2(left, left), title);
    let subtitle = type_.wrapped(
        &picture.subtitle,
        theme::regular(size::BODY),
        p.text_muted,
        width,
    );
    sheet.begin(part::SUBTITLE);
    let subtitle = sheet.text(pos2(left, title.bottom() + space::XS), subtitle);
    let area = Area {
        left,
        top: subtitle.bottom() + space::M,
        width,
        spare: spare_pt,
        headroom: 0.0,
        reach: None,
        shared: None,
    };
    sheet.begin(PartRole::Figure);
    let body_bottom = annotated::lay_out(type_, &mut sheet, picture, area);
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
        sheet.begin(part::NOTE);
        sheet.text(pos2(left, top), note);
    }
    let rule = top + note_height;
    sheet.begin(PartRole::Artifact);
    sheet.line(
        pos2(left, rule),
        pos2(left + width, rule),
        Stroke::new(1.0, p.hairline),
    );
    sheet.begin(part::SOURCE);
    sheet.text(pos2(left, rule + space::S), source);
    if let Some((texture, size)) = type_.logo {
        let at = pos2(left + width - size.x, rule + space::S);
        let rect = Rect::from_min_size(at, size);
        sheet.items.push(Item::Image { rect, texture });
    }
    (sheet, top + foot)
}
