//! Words at places: next to what they speak of, at the end of a thin line where there is no room
//! next to it, and otherwise below the body, by their numbers. Never cut, never on other words,
//! never lost.

use super::coordinates::PlotCoordinates;
use super::geometry;
use super::label_placer::LabelPlacer;
use super::picture_layout::{LayoutArea, PictureLayout};
use super::text_layout::{MeasuredText, TextLayouter};
use crate::theme::{self, size, space};
use egui::{Pos2, Rect, Stroke, Vec2, pos2};
use linchpin_charts::picture::{AxisPosition, PlacedAnnotation, PlacedReferenceLine};
use linchpin_register::chart_vocabulary::AxisName;

/// The widths at which words are set, in points; narrow ones for places where wide ones do not fit.
const WIDTHS_PT: [f32; 4] = [150.0, 220.0, 110.0, 84.0];

/// Words that are narrower than this share of the picture look as if they belong to it.
const MAX_WIDTH_SHARE: f32 = 0.45;

/// Between a place and the words next to it, in points.
const GAP_PT: f32 = 8.0;

/// Words in more lines look for a place further away first, up to this far, in points.
const MAX_FLAT_LINES: usize = 3;
const NEAR_PT: f32 = 130.0;

/// A place, and the line that leads from it where it is not right next to its anchor.
type AnnotationPosition = (Rect, Option<[Pos2; 2]>);

/// The side of a number in a ring, in points.
const RING_PT: f32 = 17.0;

/// Puts remarks, and the words of lines that found no room, into a body that has been laid out.
/// Returns the bottom.
pub(super) fn lay_out(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    annotations: &[PlacedAnnotation],
    reference_lines: &[&PlacedReferenceLine],
    area: LayoutArea,
    bottom: f32,
) -> f32 {
    // Taken out while the layout is written to, and put back for the next. Of several small charts
    // the first one has the numbers of lines.
    let panels = std::mem::take(&mut layout.panels);
    let whole = layout.coordinates.take();
    let coordinates = whole
        .as_ref()
        .or_else(|| panels.first().map(|panel| &panel.coordinates));
    let mut notes: Vec<(Option<usize>, &str)> = Vec::new();
    let mut numbers = 0;
    if let Some(coordinates) = coordinates {
        let room = Rect::from_min_max(
            pos2(area.left, coordinates.plot_rect.top()),
            pos2(area.right(), coordinates.plot_rect.bottom()),
        );
        let mut placer = LabelPlacer::from_layout(layout, room, layouter.palette.background);
        coordinates
            .mark_lines
            .iter()
            .for_each(|line| placer.add_line(*line));
        for annotation in annotations.iter().filter(|r| !r.text.trim().is_empty()) {
            let anchor = anchor_point(coordinates, annotation);
            if place_near(layouter, layout, &mut placer, annotation, anchor, area) {
                continue;
            }
            // A number takes little room, and its words stand below: nothing that was written gets
            // lost.
            let numbered = anchor.is_some_and(|anchor| {
                place_numbered(layouter, layout, &mut placer, numbers + 1, anchor)
            });
            numbers += usize::from(numbered);
            notes.push((numbered.then_some(numbers), &annotation.text));
        }
        for line in reference_lines
            .iter()
            .filter(|l| !l.label.trim().is_empty())
        {
            // The words of a line that is drawn are found by its number.
            let end = line_end(coordinates, line);
            let numbered = end
                .is_some_and(|end| place_numbered(layouter, layout, &mut placer, numbers + 1, end));
            numbers += usize::from(numbered);
            notes.push((numbered.then_some(numbers), &line.label));
        }
    } else {
        let texts = annotations
            .iter()
            .map(|annotation| (None, annotation.text.as_str()));
        notes.extend(texts);
        notes.extend(
            reference_lines
                .iter()
                .map(|line| (None, line.label.as_str())),
        );
    }
    notes.retain(|(_, words)| !words.trim().is_empty());
    layout.coordinates = whole;
    layout.panels = panels;
    self::notes_below(layouter, layout, &notes, area, bottom)
}

/// The point that a remark speaks of. Of one that names only one axis, the middle of the other;
/// `None` where it names no place that the body has.
fn anchor_point(coordinates: &PlotCoordinates, annotation: &PlacedAnnotation) -> Option<Rect> {
    let at = |axis, at: Option<AxisPosition>| at.map(|at| coordinates.position(axis, at));
    let (x, y) = (at(AxisName::X, annotation.x), at(AxisName::Y, annotation.y));
    let (x, y) = if coordinates.is_flipped {
        (y, x)
    } else {
        (x, y)
    };
    let (x, y) = match (x, y) {
        (Some(x), Some(y)) => (x?, y?),
        (Some(x), None) => (x?, coordinates.plot_rect.top()),
        (None, Some(y)) => (coordinates.plot_rect.right(), y?),
        (None, None) => return None,
    };
    Some(geometry::point_rect(x, y))
}

/// Where a number for a line stands: at its right end, or at its upper one.
fn line_end(coordinates: &PlotCoordinates, line: &PlacedReferenceLine) -> Option<Rect> {
    let at = coordinates.position(line.axis, line.position)?;
    let within = coordinates.plot_rect;
    Some(match coordinates.layout_axis(line.axis) {
        AxisName::X => geometry::point_rect(at, within.top()),
        AxisName::Y => geometry::point_rect(within.right(), at),
    })
}

/// Puts words next to their place, or at the end of a line. Whether there was room.
fn place_near(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    placer: &mut LabelPlacer,
    annotation: &PlacedAnnotation,
    anchor: Option<Rect>,
    area: LayoutArea,
) -> bool {
    let Some(anchor) = anchor else {
        return false;
    };
    let texts: Vec<MeasuredText> = WIDTHS_PT
        .iter()
        .filter(|width| **width <= area.width * MAX_WIDTH_SHARE)
        .map(|width| {
            let font = theme::regular(size::CAPTION);
            layouter.wrapped(&annotation.text, font, layouter.palette.text, *width)
        })
        .collect();
    let around = |text: &MeasuredText| Some((placer.adjacent(anchor, text.size, GAP_PT)?, None));
    let with_leader = |text: &MeasuredText, farthest: f32| {
        let with_leader = placer.with_leader(anchor, text.size, farthest)?;
        Some((with_leader.rect, Some(with_leader.leader)))
    };
    let first = |only_flat: bool, way: &dyn Fn(&MeasuredText) -> Option<AnnotationPosition>| {
        let fits = |text: &&MeasuredText| !only_flat || text.galley.rows.len() <= MAX_FLAT_LINES;
        let mut texts = texts.iter().filter(fits);
        texts.find_map(|text| Some((way(text)?, text.clone())))
    };
    // Rather a little away in few lines than close in many.
    let found = first(true, &around)
        .or_else(|| first(true, &|text| with_leader(text, NEAR_PT)))
        .or_else(|| first(false, &around))
        .or_else(|| first(true, &|text| with_leader(text, f32::INFINITY)));
    let Some(((rect, leader), text)) = found else {
        return false;
    };
    if let Some(line) = leader {
        layout.line(
            line[0],
            line[1],
            Stroke::new(1.0, layouter.palette.text_muted),
        );
        placer.add_line(line);
    }
    placer.add_text(rect);
    layout.text(rect.min, text);
    true
}

/// Puts a number in a ring at a place, over marks if need be. Whether there was room.
fn place_numbered(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    placer: &mut LabelPlacer,
    number: usize,
    anchor: Rect,
) -> bool {
    let text = ring_number(layouter, number);
    let size = Vec2::splat(RING_PT.max(text.size.x + 6.0));
    // A ring may cover a mark, which is still seen around it, but never other words.
    let over = placer.texts_only();
    let found = placer
        .adjacent(anchor, size, 2.0)
        .map(|rect| (rect, None))
        .or_else(|| over.adjacent(anchor, size, 2.0).map(|rect| (rect, None)))
        .or_else(|| {
            let led = over.with_leader(anchor, size, f32::INFINITY)?;
            Some((led.rect, Some(led.leader)))
        });
    let Some((rect, leader)) = found else {
        return false;
    };
    if let Some([from, to]) = leader {
        layout.line(from, to, Stroke::new(1.0, layouter.palette.text_muted));
    }
    placer.add_text(rect);
    number_ring(layouter, layout, rect, text);
    true
}

fn ring_number(layouter: &TextLayouter<'_>, number: usize) -> MeasuredText {
    let font = theme::semibold(size::CAPTION);
    layouter.line(&number.to_string(), font, layouter.palette.text)
}

fn number_ring(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    rect: Rect,
    text: MeasuredText,
) {
    let p = layouter.palette;
    let radius = rect.width() / 2.0 - 0.5;
    layout.circle(
        rect.center(),
        radius,
        p.background,
        Stroke::new(1.0, p.text),
    );
    layout.text_centered(rect, text);
}

/// The words that stand below the body, with their numbers. Returns the bottom.
fn notes_below(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    notes: &[(Option<usize>, &str)],
    area: LayoutArea,
    bottom: f32,
) -> f32 {
    let mut top = bottom;
    for (number, words) in notes {
        top += space::S;
        let mark = number.map(|number| ring_number(layouter, number));
        let indent = mark
            .as_ref()
            .map_or(0.0, |text| RING_PT.max(text.size.x + 6.0) + space::S);
        let font = theme::regular(size::CAPTION);
        let text = layouter.wrapped(words, font, layouter.palette.text, area.width - indent);
        let line = text
            .galley
            .rows
            .first()
            .map_or(0.0, |_| size::CAPTION * 1.4);
        let rect = layout.text(pos2(area.left + indent, top), text);
        if let Some(mark) = mark {
            let side = indent - space::S;
            let middle = pos2(area.left + side / 2.0, top + line / 2.0);
            let place = Rect::from_center_size(middle, Vec2::splat(side));
            number_ring(layouter, layout, place, mark);
        }
        top = rect.bottom().max(top + RING_PT);
    }
    top
}
