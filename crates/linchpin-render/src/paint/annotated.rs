//! A body with the lines and words that its maker put into it.

use super::area::Area;
use super::sheet::Sheet;
use super::typeset::Typesetter;
use super::{body, guides, place, remarks};
use linchpin_charts::picture::{Picture, PictureBody, PlacedReferenceLine};
use linchpin_register::chart_words::AxisName;

/// Lays a picture's body out, and into it its lines and words at values. Returns the bottom.
pub(super) fn lay_out(
    type_: &Typesetter<'_>,
    sheet: &mut Sheet,
    picture: &Picture,
    area: Area,
) -> f32 {
    let guides = &picture.reference_lines;
    let mut area = area;
    area.reach = match &picture.body {
        PictureBody::Bars(bars) if bars.is_vertical => guides::reach(guides, AxisName::Y),
        PictureBody::Stacked(bars) if bars.is_vertical => guides::reach(guides, AxisName::Y),
        PictureBody::Bars(_) | PictureBody::Stacked(_) => guides::reach(guides, AxisName::X),
        _ => None,
    };
    let mut flags = guides::Flags::default();
    if !guides.is_empty() {
        // Which lines go up the page, and where, is known once the body has been laid out.
        let mut trial = Sheet::default();
        body::lay_out(type_, &mut trial, &picture.body, area);
        if let Some(ground) = &trial.ground {
            flags = guides::flags(type_, guides, ground, area);
            area.headroom = flags.height_pt;
        }
    }
    let mut bottom = body::lay_out(type_, sheet, &picture.body, area);
    let left_over = guides::draw(type_, sheet, guides, flags, area);
    let unsaid: Vec<&PlacedReferenceLine> =
        left_over.iter().filter_map(|at| guides.get(*at)).collect();
    if !picture.annotations.is_empty() || !unsaid.is_empty() {
        bottom = remarks::lay_out(type_, sheet, &picture.annotations, &unsaid, area, bottom);
    }
    place::break_grid(sheet);
    bottom
}
