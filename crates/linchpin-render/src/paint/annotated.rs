//! A body with the lines and words that its maker put into it.

use super::area::LayoutArea;
use super::sheet::PictureLayout;
use super::typeset::TextLayouter;
use super::{body, guides, place, remarks};
use linchpin_charts::picture::{Picture, PictureBody, PlacedReferenceLine};
use linchpin_register::chart_words::AxisName;

/// Lays a picture's body out, and into it its lines and words at values. Returns the bottom.
pub(super) fn lay_out(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    picture: &Picture,
    area: LayoutArea,
) -> f32 {
    let guides = &picture.reference_lines;
    let mut area = area;
    area.reference_range = match &picture.body {
        PictureBody::Bars(bars) if bars.is_vertical => guides::value_range(guides, AxisName::Y),
        PictureBody::Stacked(bars) if bars.is_vertical => guides::value_range(guides, AxisName::Y),
        PictureBody::Bars(_) | PictureBody::Stacked(_) => guides::value_range(guides, AxisName::X),
        _ => None,
    };
    let mut line_labels = guides::LineLabels::default();
    if !guides.is_empty() {
        // Which lines go up the page, and where, is known once the body has been laid out.
        let mut trial = PictureLayout::default();
        body::lay_out(layouter, &mut trial, &picture.body, area);
        if let Some(ground) = &trial.coordinates {
            line_labels = guides::labels_above(layouter, guides, ground, area);
            area.headroom_pt = line_labels.height_pt;
        }
    }
    let mut bottom = body::lay_out(layouter, layout, &picture.body, area);
    let unplaced = guides::draw(layouter, layout, guides, line_labels, area);
    let unplaced_lines: Vec<&PlacedReferenceLine> =
        unplaced.iter().filter_map(|at| guides.get(*at)).collect();
    if !picture.annotations.is_empty() || !unplaced_lines.is_empty() {
        bottom = remarks::lay_out(
            layouter,
            layout,
            &picture.annotations,
            &unplaced_lines,
            area,
            bottom,
        );
    }
    place::break_grid_at_text(layout);
    bottom
}
