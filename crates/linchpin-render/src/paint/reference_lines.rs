//! Lines at values that a chart's maker put into it, with their words.

use super::coordinates::PlotCoordinates;
use super::label_placer::LabelPlacer;
use super::picture_layout::{LayoutArea, LayoutItem, PanelCoordinates, PictureLayout};
use super::text_layout::{MeasuredText, TextLayouter};
use crate::theme::{self, size};
use egui::{Pos2, Rect, Stroke, pos2};
use linchpin_charts::picture::{AxisPosition, OffAxis, PlacedReferenceLine};
use linchpin_register::chart_vocabulary::AxisName;
use std::ops::Range;

/// The widest words at a line, as a share of the room and in points.
const MAX_LABEL_SHARE: f32 = 0.6;
const MAX_LABEL_PT: f32 = 220.0;

/// Between a line and its words, and between two of them, in points.
const GAP_PT: f32 = 4.0;
const LABEL_GAP_PT: f32 = 8.0;

/// Words that stand above the marks, each next to the upper end of its line.
#[derive(Default)]
struct LineLabels {
    labels: Vec<LineLabel>,
    /// The height that they take.
    height_pt: f32,
}

/// One of them, by its place among the reference lines.
struct LineLabel {
    line: usize,
    text: MeasuredText,
    left: f32,
    /// How far the bottom of the words lies above the marks.
    rise: f32,
}

/// Whether values beyond the edges are named there. Small charts would all say the same.
#[derive(Clone, Copy, PartialEq)]
enum Edges {
    Named,
    InNotes,
}

/// The height that words above the marks take, in points: the same in all small charts.
pub(super) fn headroom_pt(
    layouter: &TextLayouter<'_>,
    trial: &PictureLayout,
    reference_lines: &[PlacedReferenceLine],
    area: LayoutArea,
) -> f32 {
    let height = |coordinates, edges, area| {
        labels_above(layouter, reference_lines, coordinates, edges, area).height_pt
    };
    let panels = trial.panels.iter().filter(|panel| panel.is_first_of_row);
    let panels = panels.map(|panel| height(&panel.coordinates, Edges::InNotes, panel.area));
    let whole = trial.coordinates.iter();
    let whole = whole.map(|coordinates| height(coordinates, Edges::Named, area));
    whole.chain(panels).fold(0.0, f32::max)
}

/// Sets the words of lines that go up the page: above the marks, as low as they do not touch, and
/// clear of each other's lines.
fn labels_above(
    layouter: &TextLayouter<'_>,
    reference_lines: &[PlacedReferenceLine],
    coordinates: &PlotCoordinates,
    edges: Edges,
    area: LayoutArea,
) -> LineLabels {
    // Beside the numbers of an axis, never above them.
    let left = coordinates.plot_rect.left();
    let room = ((area.right() - left) * MAX_LABEL_SHARE).min(MAX_LABEL_PT);
    let mut wanted: Vec<(f32, usize, MeasuredText)> = reference_lines
        .iter()
        .enumerate()
        .filter(|(_, line)| !line.label.trim().is_empty())
        .filter(|(_, line)| edges == Edges::Named || !matches!(line.position, AxisPosition::Off(_)))
        .filter_map(|(at, reference_line)| {
            let (x, arrow) = top_anchor(coordinates, reference_line)?;
            let words = format!("{arrow}{}", reference_line.label);
            Some((x, at, line_text(layouter, &words, room)))
        })
        .collect();
    // From the right: words of a line further left pass above those that they would cross.
    wanted.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let sizes: Vec<(f32, f32, f32)> = wanted
        .iter()
        .map(|(x, _, text)| (*x, text.size.x, text.size.y))
        .collect();
    let places = stack_above(&sizes, left, area.right());
    let mut labels = LineLabels::default();
    for ((_, reference_line, text), (left, rise)) in wanted.into_iter().zip(places) {
        labels.height_pt = labels.height_pt.max(rise + text.size.y);
        labels.labels.push(LineLabel {
            line: reference_line,
            text,
            left,
            rise,
        });
    }
    labels
}

/// Where words of lines at these places, of these widths and heights, go: their left ends, and how
/// far up.
fn stack_above(wanted: &[(f32, f32, f32)], left: f32, right: f32) -> Vec<(f32, f32)> {
    let mut put: Vec<Rect> = Vec::new();
    let mut out = Vec::new();
    for (x, width, height) in wanted {
        let from = (x + GAP_PT).min(right - width).max(left);
        let overlapping: Vec<&Rect> = put
            .iter()
            .filter(|rect| {
                rect.left() - LABEL_GAP_PT < from + width && from < rect.right() + LABEL_GAP_PT
            })
            .collect();
        // Heights count upward here: the least that is free.
        let mut rises: Vec<f32> = overlapping.iter().map(|rect| rect.bottom() + 2.0).collect();
        rises.push(GAP_PT);
        rises.sort_by(f32::total_cmp);
        let free = |rise: &f32| {
            let touches = |rect: &&Rect| rect.top() < rise + height && *rise < rect.bottom();
            // Above the words that its line would otherwise have to leave out.
            !overlapping
                .iter()
                .any(|rect| touches(rect) || rect.top() > *rise)
        };
        let rise = rises.into_iter().find(free).unwrap_or(GAP_PT);
        put.push(Rect::from_min_max(
            pos2(from, rise),
            pos2(from + width, rise + height),
        ));
        out.push((from, rise));
    }
    out
}

/// Above which place the words of a line stand, where they stand above the marks, and the arrow
/// before them: a line that goes up the page, or one beyond an edge, to which the arrow leads.
fn top_anchor(
    coordinates: &PlotCoordinates,
    line: &PlacedReferenceLine,
) -> Option<(f32, &'static str)> {
    let within = coordinates.plot_rect;
    match (coordinates.layout_axis(line.axis), line.position) {
        (AxisName::X, AxisPosition::Off(OffAxis::Before | OffAxis::Below)) => {
            Some((within.left() - GAP_PT, "← "))
        }
        (AxisName::X, AxisPosition::Off(OffAxis::After | OffAxis::Above)) => {
            Some((within.right(), "→ "))
        }
        (AxisName::Y, AxisPosition::Off(OffAxis::After | OffAxis::Above)) => {
            Some((within.left() - GAP_PT, "↑ "))
        }
        (AxisName::X, position) => Some((coordinates.position(line.axis, position)?, "")),
        (AxisName::Y, _) => None,
    }
}

fn line_text(layouter: &TextLayouter<'_>, words: &str, width: f32) -> MeasuredText {
    let font = theme::semibold(size::CAPTION);
    layouter.wrapped(words, font, layouter.palette.text, width)
}

/// Draws the lines with their words, in each of several small charts. Returns the places among the
/// reference lines whose words found no room.
pub(super) fn draw(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    reference_lines: &[PlacedReferenceLine],
    area: LayoutArea,
) -> Vec<usize> {
    if reference_lines.is_empty() {
        return Vec::new();
    }
    if let Some(coordinates) = layout.coordinates.take() {
        let all = 0..layout.items.len();
        let labels = labels_above(layouter, reference_lines, &coordinates, Edges::Named, area);
        let (coordinates, unplaced) = draw_in(
            layouter,
            layout,
            reference_lines,
            Some(labels),
            coordinates,
            (area, all),
        );
        layout.coordinates = Some(coordinates);
        return unplaced;
    }
    let mut unplaced: Vec<usize> = (0..reference_lines.len()).collect();
    // From the last, since each puts lines below the marks of its own: the places of the items
    // before stay.
    let mut drawn = Vec::new();
    for panel in std::mem::take(&mut layout.panels).into_iter().rev() {
        let labels = panel.is_first_of_row.then(|| {
            let (lines, edges) = (reference_lines, Edges::InNotes);
            labels_above(layouter, lines, &panel.coordinates, edges, panel.area)
        });
        let has_labels = labels.is_some();
        let (coordinates, without_room) = draw_in(
            layouter,
            layout,
            reference_lines,
            labels,
            panel.coordinates,
            (panel.area, panel.items.clone()),
        );
        if has_labels {
            unplaced.retain(|at| without_room.contains(at));
        }
        drawn.push(PanelCoordinates {
            coordinates,
            ..panel
        });
    }
    drawn.reverse();
    layout.panels = drawn;
    unplaced
}

/// Draws the lines in one chart; their words where `labels` says how they stand above the marks.
fn draw_in(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    reference_lines: &[PlacedReferenceLine],
    labels: Option<LineLabels>,
    mut coordinates: PlotCoordinates,
    (area, items): (LayoutArea, Range<usize>),
) -> (PlotCoordinates, Vec<usize>) {
    let stroke = Stroke::new(1.0, layouter.palette.text_muted);
    let within = coordinates.plot_rect;
    let has_labels = labels.is_some();
    let mut unplaced = Vec::new();
    let mut tops: Vec<(usize, f32)> = Vec::new();
    for label in labels.unwrap_or_default().labels {
        let top = within.top() - label.rise - label.text.size.y;
        let rect = layout.text(pos2(label.left, top), label.text);
        let x = reference_lines
            .get(label.line)
            .and_then(|g| coordinates.position(g.axis, g.position));
        // Words that had to move over their line stand on its end.
        let covers = x.is_some_and(|x| x > rect.left() - 1.0);
        tops.push((label.line, if covers { rect.bottom() } else { top }));
    }
    let mut lines: Vec<[Pos2; 2]> = Vec::new();
    let mut level: Vec<(usize, f32)> = Vec::new();
    for (at, reference_line) in reference_lines.iter().enumerate() {
        let top = tops.iter().find(|(label, _)| *label == at);
        match (
            coordinates.layout_axis(reference_line.axis),
            coordinates.position(reference_line.axis, reference_line.position),
        ) {
            (_, None) if top.is_none() => unplaced.push(at),
            // Its words name it at the edge.
            (_, None) => {}
            (AxisName::X, Some(x)) => {
                let top = top.map_or(within.top(), |(_, top)| *top);
                lines.push([pos2(x, top), pos2(x, within.bottom())]);
            }
            (AxisName::Y, Some(y)) => {
                lines.push([pos2(within.left(), y), pos2(within.right(), y)]);
                level.push((at, y));
            }
        }
    }
    // All lines are known before the first label is placed: a label that avoids only the lines
    // before its own would be crossed by the next.
    let room = Rect::from_min_max(within.left_top(), pos2(area.right(), within.bottom()));
    let mut placer =
        LabelPlacer::from_layout(layout, room.expand(6.0), layouter.palette.background);
    coordinates
        .mark_lines
        .iter()
        .for_each(|line| placer.add_line(*line));
    lines.iter().for_each(|line| placer.add_line(*line));
    for (at, y) in level.into_iter().filter(|_| has_labels) {
        let Some(reference_line) = reference_lines
            .get(at)
            .filter(|g| !g.label.trim().is_empty())
        else {
            continue;
        };
        let widths =
            [1.0, 0.6, 0.4].map(|share| (within.width() * share - GAP_PT).min(MAX_LABEL_PT));
        let found = widths.into_iter().find_map(|width| {
            let text = line_text(layouter, &reference_line.label, width);
            let rect = label_position(&placer, within, y, &text)?;
            Some((rect, text))
        });
        match found {
            Some((rect, text)) => {
                placer.add_text(rect);
                layout.text(rect.min, text);
            }
            None => unplaced.push(at),
        }
    }
    insert_below_marks(layout, &lines, stroke, items);
    coordinates.mark_lines.extend(lines);
    (coordinates, unplaced)
}

/// Draws lines below the marks of a body that has a grid; over bars.
fn insert_below_marks(
    layout: &mut PictureLayout,
    lines: &[[Pos2; 2]],
    stroke: Stroke,
    items: Range<usize>,
) {
    let body = layout.items.get(items.clone()).unwrap_or_default();
    let grid = body
        .iter()
        .rposition(|i| matches!(i, LayoutItem::GridLine { .. }));
    let at = grid.map_or(items.end, |at| items.start + at + 1);
    let drawn = lines.iter().map(|points| LayoutItem::GridLine {
        points: *points,
        stroke,
    });
    layout.items.splice(at..at, drawn);
}

/// Where words stand along a level line: above its right end, above its left one, or wherever they
/// touch nothing.
fn label_position(placer: &LabelPlacer, within: Rect, y: f32, text: &MeasuredText) -> Option<Rect> {
    let last = (within.width() - text.size.x).max(0.0);
    // The right end, the left end, then step by step from the right.
    let steps = (1..12).map(|step| last * (1.0 - step as f32 / 12.0));
    let lefts: Vec<f32> = [last, 0.0].into_iter().chain(steps).collect();
    let tops = [y - text.size.y - GAP_PT + 1.0, y + GAP_PT - 1.0];
    let corners = tops.into_iter().flat_map(|top| {
        lefts
            .iter()
            .map(move |left| pos2(within.left() + left, top))
    });
    corners
        .map(|corner| Rect::from_min_size(corner, text.size))
        .find(|rect| placer.is_free(*rect))
}

/// The greatest and the least value at which lines cross an axis, for a body whose scale should
/// reach them.
pub(super) fn value_range(
    reference_lines: &[PlacedReferenceLine],
    axis: AxisName,
) -> Option<(f64, f64)> {
    let values = reference_lines
        .iter()
        .filter(|reference_line| reference_line.axis == axis);
    let values = values.filter_map(|reference_line| match reference_line.position {
        AxisPosition::Value(value) if value.is_finite() => Some(value),
        _ => None,
    });
    values.fold(None, |reach, value| {
        let (low, high) = reach.unwrap_or((value, value));
        Some((value.min(low), value.max(high)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_above_lines_never_touch_each_other_or_a_line() {
        // From the right, as they are asked for.
        let wanted: Vec<(f32, f32, f32)> = [290.0, 250.0, 240.0, 239.0, 100.0, 5.0]
            .map(|x| (x, 60.0, 14.0))
            .to_vec();
        let places = stack_above(&wanted, 0.0, 300.0);
        let boxes: Vec<Rect> = wanted
            .iter()
            .zip(&places)
            .map(|((_, w, h), (left, rise))| {
                Rect::from_min_size(pos2(*left, *rise), egui::vec2(*w, *h))
            })
            .collect();
        for (i, one) in boxes.iter().enumerate() {
            assert!(one.left() >= 0.0 && one.right() <= 300.0);
            for other in &boxes[i + 1..] {
                assert!(!one.intersects(*other), "{one:?} {other:?}");
            }
        }
        // Alone, words stand right above the marks; the more in their way, the higher.
        assert_eq!(places[4].1, GAP_PT);
        assert!(places[1].1 > places[0].1 && places[3].1 > places[2].1);
    }

    #[test]
    fn words_stand_above_those_whose_line_they_would_cover() {
        let wanted = [196.0, 150.0, 92.0].map(|x| (x, 60.0, 14.0));
        let places = stack_above(&wanted, 0.0, 300.0);
        for (x, _, _) in wanted {
            let rise = places.iter().find(|(left, _)| *left == x + GAP_PT);
            let rise = rise.map_or(f32::NAN, |(_, rise)| *rise);
            for (left, other) in &places {
                let covers = *left < x && x < left + 60.0 && *other < rise;
                assert!(
                    !covers,
                    "the line at {x} runs into words at {left}, {other}"
                );
            }
        }
    }
}
