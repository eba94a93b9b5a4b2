//! A picture's frame: title and subtitle above the body, note and source below, as in print; and
//! the body with the lines and words that its maker put into it.

use super::picture_layout::{LayoutArea, LayoutItem, PictureLayout};
use super::text_layout::TextLayouter;
use super::{annotations, body, label_placer, reference_lines};
use crate::theme::{self, size, space};
use egui::{Rect, Stroke, Vec2, pos2};
use egui_export::PartRole;
use linchpin_charts::picture::{Picture, PictureBody, PlacedReferenceLine};
use linchpin_register::chart_vocabulary::AxisName;

/// Beyond this distance from the body, in points, note and source follow it rather than stand at
/// the foot: on a high page they would be lost there.
const DETACHED_FOOT_PT: f32 = 220.0;

/// The line under the title.
const SUBTITLE: PartRole = PartRole::Paragraph(0);
/// The note under the figure.
const NOTE: PartRole = PartRole::Paragraph(1);
/// The line that says where the data come from.
const SOURCE: PartRole = PartRole::Paragraph(2);

/// The narrowest width at which a picture can be laid out, in points.
pub(super) fn min_width_pt(layouter: &TextLayouter<'_>, picture: &Picture) -> f32 {
    body::min_width_pt(layouter, &picture.body) + 2.0 * layouter.margin_pt
}

/// Lays a picture out. With a height greater than it needs, the body may spread and the source line
/// stands at the foot. Returns the height that it takes.
pub(super) fn lay_out(
    layouter: &TextLayouter<'_>,
    picture: &Picture,
    width_pt: f32,
    height_pt: Option<f32>,
) -> (PictureLayout, f32) {
    let (layout, needed) = lay_out_with_spare(layouter, picture, width_pt, 0.0, None);
    match height_pt {
        Some(height)
            if height > needed + 0.5
                || (height < needed - 0.5 && body::can_shrink(&picture.body))
                // A plot takes any height to the fraction of a point.
                || matches!(picture.body, PictureBody::Plot(_)) =>
        {
            let (layout, taken) =
                lay_out_with_spare(layouter, picture, width_pt, height - needed, Some(height));
            (layout, taken.max(height))
        }
        _ => (layout, needed),
    }
}

/// What is said where columns that a chart asks for do not stand.
const LYING_COLUMNS: &str =
    "The columns lie on their side: upright, their names or numbers would be cut at this width.";

fn lay_out_with_spare(
    layouter: &TextLayouter<'_>,
    picture: &Picture,
    width_pt: f32,
    spare_pt: f32,
    height_pt: Option<f32>,
) -> (PictureLayout, f32) {
    let p = layouter.palette;
    let mut layout = PictureLayout::default();
    let left = layouter.margin_pt;
    let width = (width_pt - 2.0 * left).max(1.0);
    let title = layouter.wrapped(
        &picture.title,
        theme::semibold(size::HEADING),
        p.text,
        width,
    );
    // Parts begin in reading order. PDF/UA wants every mark either in a tag or as an artifact, so
    // each stretch of items belongs to exactly one part.
    layout.begin_part(PartRole::Title);
    let title = layout.text(pos2(left, left), title);
    let subtitle = layouter.wrapped(
        &picture.subtitle,
        theme::regular(size::BODY),
        p.text_muted,
        width,
    );
    layout.begin_part(SUBTITLE);
    let subtitle = layout.text(pos2(left, title.bottom() + space::XS), subtitle);
    // Where there is too little height, blanks give way before anything else.
    let blank = if spare_pt < 0.0 { space::S } else { space::M };
    let area = LayoutArea {
        left,
        top: subtitle.bottom() + blank,
        width,
        spare_height_pt: spare_pt,
        headroom_pt: 0.0,
        reference_range: None,
        shared_scale: None,
    };
    layout.begin_part(PartRole::Figure);
    let body_bottom = lay_out_annotated_body(layouter, &mut layout, picture, area);
    let small = theme::regular(size::CAPTION);
    let lying = layout.has_lying_columns.then_some(LYING_COLUMNS);
    let words: Vec<&str> = picture.note.as_deref().into_iter().chain(lying).collect();
    let note = (!words.is_empty())
        .then(|| layouter.wrapped(&words.join(" "), small.clone(), p.text_muted, width));
    let logo = layouter.logo.map_or(Vec2::ZERO, |(_, size)| size);
    let source_width = (width - logo.x - space::M).max(width / 2.0);
    let source_width = if logo == Vec2::ZERO {
        width
    } else {
        source_width
    };
    let source = layouter.wrapped(&picture.source, small, p.text_muted, source_width);
    let note_height = note.as_ref().map_or(0.0, |n| n.size.y + space::S);
    let foot = note_height + space::S + source.size.y.max(logo.y) + left;
    let at_foot = height_pt.map_or(0.0, |height| height - foot);
    let top = if at_foot - body_bottom > DETACHED_FOOT_PT {
        body_bottom + space::L
    } else {
        at_foot.max(body_bottom + blank)
    };
    if let Some(note) = note {
        layout.begin_part(NOTE);
        layout.text(pos2(left, top), note);
    }
    let rule = top + note_height;
    layout.begin_part(PartRole::Artifact);
    layout.line(
        pos2(left, rule),
        pos2(left + width, rule),
        Stroke::new(1.0, p.hairline),
    );
    layout.begin_part(SOURCE);
    layout.text(pos2(left, rule + space::S), source);
    if let Some((texture, size)) = layouter.logo {
        let at = pos2(left + width - size.x, rule + space::S);
        let rect = Rect::from_min_size(at, size);
        layout.items.push(LayoutItem::Image { rect, texture });
    }
    (layout, top + foot)
}

/// Lays a picture's body out, and into it its lines and words at values. Returns the bottom.
fn lay_out_annotated_body(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    picture: &Picture,
    area: LayoutArea,
) -> f32 {
    let lines = &picture.reference_lines;
    let mut area = area;
    area.reference_range = reference_range(&picture.body, lines);
    if !lines.is_empty() {
        // Which lines go up the page, and where, is known once the body has been laid out.
        let mut trial = PictureLayout::default();
        body::lay_out(layouter, &mut trial, &picture.body, area);
        area.headroom_pt = reference_lines::headroom_pt(layouter, &trial, lines, area);
    }
    let mut bottom = body::lay_out(layouter, layout, &picture.body, area);
    let unplaced = reference_lines::draw(layouter, layout, lines, area);
    let unplaced_lines: Vec<&PlacedReferenceLine> =
        unplaced.iter().filter_map(|at| lines.get(*at)).collect();
    if !picture.annotations.is_empty() || !unplaced_lines.is_empty() {
        bottom = annotations::lay_out(
            layouter,
            layout,
            &picture.annotations,
            &unplaced_lines,
            area,
            bottom,
        );
    }
    label_placer::break_grid_at_text(layout);
    bottom
}

/// The values that a scale of bars must reach for its lines.
fn reference_range(body: &PictureBody, lines: &[PlacedReferenceLine]) -> Option<(f64, f64)> {
    let axis = match body {
        PictureBody::Bars(bars) if bars.is_vertical => AxisName::Y,
        PictureBody::Stacked(bars) if bars.is_vertical => AxisName::Y,
        PictureBody::Bars(_) | PictureBody::Stacked(_) | PictureBody::Bullet(_) => AxisName::X,
        PictureBody::SmallMultiples(all) => {
            return reference_range(&all.panels.first()?.body, lines);
        }
        _ => return None,
    };
    reference_lines::value_range(lines, axis)
}
