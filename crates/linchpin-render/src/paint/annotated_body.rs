//! A body with the lines and words that its maker put into it.

use super::layout_area::LayoutArea;
use super::picture_layout::PictureLayout;
use super::text_layout::TextLayouter;
use super::{annotations, body, label_placer, reference_lines};
use linchpin_charts::picture::{Picture, PictureBody, PlacedReferenceLine};
use linchpin_register::chart_vocabulary::AxisName;

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
        PictureBody::Bars(bars) if bars.is_vertical => {
            reference_lines::value_range(guides, AxisName::Y)
        }
        PictureBody::Stacked(bars) if bars.is_vertical => {
            reference_lines::value_range(guides, AxisName::Y)
        }
        PictureBody::Bars(_) | PictureBody::Stacked(_) => {
            reference_lines::value_range(guides, AxisName::X)
        }
        _ => None,
    };
    let mut line_labels = reference_lines::LineLabels::default();
    if !guides.is_empty() {
        // Which lines go up the page, and where, is known once the body has been laid out.
        let mut trial = PictureLayout::default();
        body::lay_out(layouter, &mut trial, &picture.body, area);
        if let Some(ground) = &trial.coordinates {
            line_labels = reference_lines::labels_above(layouter, guides, ground, area);
            area.headroom_pt = line_labels.height_pt;
        }
    }
    let mut bottom = body::lay_out(layouter, layout, &picture.body, area);
    let unplaced = reference_lines::draw(layouter, layout, guides, line_labels, area);
    let unplaced_lines: Vec<&PlacedReferenceLine> =
        unplaced.iter().filter_map(|at| guides.get(*at)).collect();
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
