//! A timeline: lanes over one axis of years, with cuts where nothing is recorded; labels next to
//! their dates, each moved down until it touches no other.

use super::coordinates::{PlotCoordinates, PositionScale};
use super::picture_layout::{LayoutArea, LayoutItem, PictureLayout};
use super::text_layout::{MeasuredText, TextLayouter};
use crate::theme::{self, size, space};
use egui::{Align, Color32, Pos2, Rect, Stroke, pos2, vec2};
use linchpin_charts::picture::nice::is_round_year;
use linchpin_charts::picture::{AxisSegment, DateSpan, Lane, MarkId, Timeline, TimelineEntry};
use linchpin_register::date::year_words;

/// The column of lane names, where there is room for one, in points.
const LANE_NAME_PT: f32 = 96.0;
const WIDE_PT: f32 = 620.0;

/// A label is wrapped at this width, in points; at the greater one where there is little height.
const MAX_LABEL_PT: f32 = 400.0;
const MAX_DENSE_LABEL_PT: f32 = 560.0;

/// The least distance between two rows of labels, in points.
const ROW_GAP_PT: f32 = 2.0;

/// Where both sides of a date are narrower than this, its label goes below it.
const MIN_LABEL_PT: f32 = 110.0;

/// The least distance between two labels, in points.
const LABEL_GAP_PT: f32 = 10.0;

/// The height of the line on which a date lies, in points.
const LINE_PT: f32 = 16.0;

/// The narrowest body: every piece of the axis shows its first year.
pub(super) fn min_width_pt(body: &Timeline) -> f32 {
    (axis_min_width_pt(&body.axis_segments) + 4.0 * DOT_PT).max(320.0)
}

/// Lays axis and lanes out. Returns the bottom.
pub(super) fn lay_out(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    body: &Timeline,
    area: LayoutArea,
) -> f32 {
    let p = layouter.palette;
    let names_at_left = area.width >= WIDE_PT;
    let left = area.left + if names_at_left { LANE_NAME_PT } else { DOT_PT };
    let axis = YearAxis::new(&body.axis_segments, left, area.right() - DOT_PT);
    let area = LayoutArea {
        top: area.top + area.headroom_pt,
        ..area
    };
    let axis_bottom = area.top + 22.0;
    let mut middles = vec![f32::NAN; body.lanes.len()];
    // The grid comes first, below everything; its lines grow once the bottom is known.
    let grid = axis.draw(layouter, layout, area.top, axis_bottom);
    let grid_at = layout.items.len();
    let mut id = 0;
    let lanes = || {
        body.lanes
            .iter()
            .enumerate()
            .filter(|(_, lane)| !lane.entries.is_empty())
    };
    let gap = (area.spare_height_pt / lanes().count().max(1) as f32).clamp(0.0, space::L);
    let is_dense = area.spare_height_pt < 0.0;
    let padding = if is_dense { 2.0 } else { space::S };
    let mut top = axis_bottom + padding;
    for (drawn, (i, lane)) in lanes().enumerate() {
        if drawn > 0 {
            let line = Stroke::new(1.0, p.hairline);
            layout.line(pos2(area.left, top), pos2(area.right(), top), line);
            top += padding;
        }
        let room = if names_at_left {
            LANE_NAME_PT - space::S
        } else {
            area.width
        };
        let name = layouter.wrapped(&lane.name, theme::semibold(size::CAPTION), p.text, room);
        let name = layout.text(pos2(area.left, top), name);
        let lane_top = if names_at_left {
            top
        } else {
            name.bottom() + space::XS
        };
        let bottom = self::lay_out_lane(
            layouter,
            layout,
            lane,
            i,
            &axis,
            (lane_top, is_dense),
            &mut id,
        );
        if let Some(middle) = middles.get_mut(i) {
            *middle = (lane_top + bottom) / 2.0;
        }
        top = bottom.max(name.bottom()) + padding + gap;
    }
    let lines = grid.into_iter().map(|(x, color)| LayoutItem::Line {
        points: [pos2(x, axis_bottom), pos2(x, top)],
        stroke: Stroke::new(1.0, color),
    });
    layout.items.splice(grid_at..grid_at, lines);
    layout.coordinates = Some(PlotCoordinates::new(
        Rect::from_min_max(pos2(axis.left, area.top), pos2(axis.right, top)),
        PositionScale::BrokenYears(axis.piece_ranges()),
        PositionScale::Bands(middles),
    ));
    top
}

/// Places the entries of a lane; where there is little height, each with its label on the side
/// where it stands higher. Returns the bottom.
fn lay_out_lane(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    lane: &Lane,
    number: usize,
    axis: &YearAxis,
    (top, is_dense): (f32, bool),
    id: &mut u32,
) -> f32 {
    let p = layouter.palette;
    let color = p.category[number % p.category.len()];
    let mut taken: Vec<Rect> = Vec::new();
    let mut bottom = top;
    for entry in &lane.entries {
        let (gap, most) = match is_dense {
            true => (0.0, MAX_DENSE_LABEL_PT),
            false => (ROW_GAP_PT, MAX_LABEL_PT),
        };
        let place = |side| {
            let placed = PlacedEntry::new(layouter, axis, entry, (side, most));
            let rect = first_free_rect(&taken, placed.bounds(), top, gap);
            (placed, rect)
        };
        let (mut placed, mut rect) = place(LabelSide::Right);
        if is_dense {
            let (on_left, left_rect) = place(LabelSide::Left);
            if left_rect.bottom() < rect.bottom() {
                (placed, rect) = (on_left, left_rect);
            }
        }
        bottom = bottom.max(rect.bottom());
        placed.draw(layouter, layout, rect.top(), color, number);
        layout.add_hit_area(MarkId(*id), rect);
        taken.push(rect);
        *id += 1;
    }
    bottom
}

/// The highest place, from `top` down, where a box touches none of those taken.
fn first_free_rect(taken: &[Rect], bounds: Rect, top: f32, gap: f32) -> Rect {
    let overlapping: Vec<Rect> = taken
        .iter()
        .copied()
        .filter(|t| {
            t.left() < bounds.right() + LABEL_GAP_PT && t.right() + LABEL_GAP_PT > bounds.left()
        })
        .collect();
    // The highest free place begins at the top, or right below one of those in the way: no other
    // needs to be tried.
    let mut tops: Vec<f32> = overlapping.iter().map(|t| t.bottom() + gap).collect();
    tops.push(top);
    tops.sort_by(f32::total_cmp);
    let at = |y: f32| bounds.translate(vec2(0.0, y - bounds.top()));
    tops.into_iter()
        .map(at)
        .find(|rect| {
            !overlapping
                .iter()
                .any(|t| t.top() < rect.bottom() + gap && t.bottom() + gap > rect.top())
        })
        .unwrap_or_else(|| at(top))
}

/// A date of an entry on the axis.
struct PlacedSpan {
    from: f32,
    to: f32,
    /// A bar rather than a dot.
    is_bar: bool,
    /// At its beginning and at its end an arrow, which is part of it.
    is_open: [bool; 2],
}

impl PlacedSpan {
    fn draw_bar(&self, layout: &mut PictureLayout, rect: Rect, color: Color32) {
        let [open_start, open_end] = self.is_open;
        let mut bar = rect;
        if open_start {
            *bar.left_mut() += DOT_PT;
            let tip = pos2(rect.left(), rect.center().y);
            layout.polygon([tip, bar.left_bottom(), bar.left_top()], color);
        }
        if open_end {
            *bar.right_mut() -= DOT_PT;
            let tip = pos2(rect.right(), rect.center().y);
            layout.polygon([tip, bar.right_top(), bar.right_bottom()], color);
        }
        if open_start || open_end {
            // Square, so that it joins its arrows.
            layout.fill(bar, color);
        } else {
            layout.fill_rounded(bar, color, 4.0);
        }
    }
}

/// On which side of its date a label stands, where it has room on both.
#[derive(Clone, Copy, PartialEq)]
enum LabelSide {
    Left,
    Right,
}

/// An entry's marks and label, as if at the top of its lane.
struct PlacedEntry {
    spans: Vec<PlacedSpan>,
    label: MeasuredText,
    label_at: Pos2,
}

impl PlacedEntry {
    fn new(
        layouter: &TextLayouter<'_>,
        axis: &YearAxis,
        entry: &TimelineEntry,
        (side, most): (LabelSide, f32),
    ) -> PlacedEntry {
        let spans: Vec<PlacedSpan> = entry.dates.iter().map(|m| axis.placed_span(*m)).collect();
        let from = spans.iter().map(|s| s.from).fold(f32::INFINITY, f32::min);
        let to = spans.iter().map(|s| s.to).fold(f32::NEG_INFINITY, f32::max);
        let (left_room, right_room) = (from - space::S - axis.left, axis.right - to - space::S);
        let dated = |width: f32, align| {
            layouter.name_and_dates(&entry.name, &entry.date_text, width, align)
        };
        let set = |width: f32| dated(width, Align::LEFT);
        let natural = set(most);
        let fits_left = natural.size.x <= left_room;
        let (label, label_at) =
            if natural.size.x <= right_room && (side == LabelSide::Right || !fits_left) {
                (natural, pos2(to + space::S, 0.0))
            } else if fits_left {
                let label = dated(most, Align::RIGHT);
                let x = from - space::S - label.size.x;
                (label, pos2(x, 0.0))
            } else if right_room.max(left_room) < MIN_LABEL_PT {
                let label = set((axis.right - axis.left).min(most));
                let x = from.min(axis.right - label.size.x).max(axis.left);
                (label, pos2(x, LINE_PT))
            } else if right_room >= left_room {
                (set(right_room), pos2(to + space::S, 0.0))
            } else {
                let label = dated(left_room, Align::RIGHT);
                let x = from - space::S - label.size.x;
                (label, pos2(x, 0.0))
            };
        PlacedEntry {
            spans,
            label,
            label_at,
        }
    }

    /// The box around everything.
    fn bounds(&self) -> Rect {
        let mut bounds = Rect::from_min_size(self.label_at, self.label.size);
        for span in &self.spans {
            bounds |= Rect::from_x_y_ranges(span.from..=span.to, 0.0..=LINE_PT);
        }
        bounds
    }

    fn draw(
        self,
        layouter: &TextLayouter<'_>,
        layout: &mut PictureLayout,
        top: f32,
        color: Color32,
        lane: usize,
    ) {
        let p = layouter.palette;
        let y = top + LINE_PT / 2.0;
        if let (Some(first), Some(last)) = (self.spans.first(), self.spans.last())
            && self.spans.len() > 1
        {
            let (from, to) = (first.to - DOT_PT, last.from + DOT_PT);
            layout.line(pos2(from, y), pos2(to, y), Stroke::new(1.5, color));
        }
        for span in &self.spans {
            let rect = Rect::from_x_y_ranges(span.from..=span.to, y - 4.0..=y + 4.0);
            if span.is_bar {
                span.draw_bar(layout, rect, color);
            } else {
                draw_dot(layout, rect.center(), color, lane);
            }
        }
        let at = self.label_at + vec2(0.0, top);
        let behind = Rect::from_min_size(at, self.label.size);
        layout.fill(behind.expand2(vec2(2.0, 0.0)), p.background);
        layout.text(at, self.label);
    }
}

/// A day: a shape for each lane, so that color is not all that tells them apart.
fn draw_dot(layout: &mut PictureLayout, center: Pos2, color: Color32, lane: usize) {
    let r = DOT_PT;
    match lane % 3 {
        0 => {
            let corners = [(0.0, -r), (r, 0.0), (0.0, r), (-r, 0.0)];
            layout.polygon(corners.map(|(x, y)| center + 1.15 * vec2(x, y)), color);
        }
        1 => layout.fill(
            Rect::from_center_size(center, vec2(1.7 * r, 1.7 * r)),
            color,
        ),
        _ => layout.circle(center, r, color, Stroke::NONE),
    }
}

/// The width that a year's number needs, and the width of a cut, in points.
const MIN_TICK_LABEL_PT: f32 = 34.0;
const AXIS_BREAK_PT: f32 = 16.0;

/// Half the least width of a date, in points.
const DOT_PT: f32 = 5.0;

/// The least width at which the first year of every piece is shown.
fn axis_min_width_pt(pieces: &[AxisSegment]) -> f32 {
    (MIN_TICK_LABEL_PT + AXIS_BREAK_PT) * pieces.len() as f32
}

/// Years across the page, with cuts.
struct YearAxis {
    left: f32,
    right: f32,
    pt_per_year: f32,
    /// Where each piece begins.
    pieces: Vec<(AxisSegment, f32)>,
}

impl YearAxis {
    fn new(pieces: &[AxisSegment], left: f32, right: f32) -> YearAxis {
        let cuts = AXIS_BREAK_PT * pieces.len().saturating_sub(1) as f32;
        let room = (right - left - cuts).max(1.0);
        let years = |piece: &AxisSegment| (piece.to - piece.from).max(1) as f32;
        let width = |scale: f32| -> f32 {
            pieces
                .iter()
                .map(|piece| (years(piece) * scale).max(MIN_TICK_LABEL_PT))
                .sum()
        };
        // The one scale at which all pieces fit, each at least as wide as the number of its year.
        // Pieces have a least width, so the widths are no multiple of the scale and it is searched
        // for.
        let (mut low, mut high) = (0.0_f32, room);
        for _ in 0..40 {
            let middle = (low + high) / 2.0;
            if width(middle) <= room {
                low = middle;
            } else {
                high = middle;
            }
        }
        let mut x = left;
        let pieces = pieces
            .iter()
            .map(|piece| {
                let start = x;
                x += (years(piece) * low).max(MIN_TICK_LABEL_PT) + AXIS_BREAK_PT;
                (*piece, start)
            })
            .collect();
        YearAxis {
            left,
            right,
            pt_per_year: low,
            pieces,
        }
    }

    /// Each piece with the years and the places at its ends.
    fn piece_ranges(&self) -> Vec<[(f64, f32); 2]> {
        let span = |(at, (piece, start)): (usize, &(AxisSegment, f32))| {
            let ends = [(piece.from, *start), (piece.to, self.piece_end(at))];
            ends.map(|(year, x)| (f64::from(year), x))
        };
        self.pieces.iter().enumerate().map(span).collect()
    }

    fn x(&self, year: f64) -> f32 {
        let piece = self
            .pieces
            .iter()
            .find(|(piece, _)| year <= f64::from(piece.to));
        let Some((piece, start)) = piece.or(self.pieces.last()) else {
            return self.left;
        };
        start + (year - f64::from(piece.from)) as f32 * self.pt_per_year
    }

    /// From and to of a moment: at least as wide as a dot.
    fn placed_span(&self, moment: DateSpan) -> PlacedSpan {
        let (from, to) = (self.x(moment.from_year), self.x(moment.to_year));
        let is_open = moment.is_open;
        let (from, to) = match is_open {
            // The arrows stand beyond what is named.
            [true, _] | [_, true] => {
                let arrows = is_open.map(|is_open| if is_open { DOT_PT } else { 0.0 });
                (from - arrows[0], to.max(from + 2.0) + arrows[1])
            }
            _ if moment.is_longer_than_day() && to - from > 2.0 * DOT_PT => (from, to.max(from)),
            _ => {
                let middle = (from + to) / 2.0;
                (middle - DOT_PT, middle + DOT_PT)
            }
        };
        PlacedSpan {
            from,
            to,
            is_bar: moment.is_longer_than_day() || is_open != [false, false],
            is_open,
        }
    }

    /// Draws the axis with its years and cuts. Returns where lines of the grid belong, and their
    /// color.
    fn draw(
        &self,
        layouter: &TextLayouter<'_>,
        layout: &mut PictureLayout,
        top: f32,
        bottom: f32,
    ) -> Vec<(f32, Color32)> {
        let p = layouter.palette;
        let line = Stroke::new(1.0, p.text_muted);
        let step = round_year_step(MIN_TICK_LABEL_PT / self.pt_per_year.max(f32::MIN_POSITIVE));
        let mut grid = Vec::new();
        // Words such as "1200 BCE" are longer than the shortest piece.
        let mut free_from = f32::NEG_INFINITY;
        for (i, (piece, start)) in self.pieces.iter().enumerate() {
            let end = start + (piece.to - piece.from) as f32 * self.pt_per_year;
            layout.line(pos2(*start, bottom), pos2(end, bottom), line);
            if i > 0 {
                let middle = (self.piece_end(i - 1) + start) / 2.0;
                for x in [middle - 2.0, middle + 2.0] {
                    layout.line(
                        pos2(x - 2.0, bottom + 4.0),
                        pos2(x + 2.0, bottom - 4.0),
                        line,
                    );
                }
            }
            let mut year = piece.from;
            while year < piece.to {
                let x = self.x_in_piece(i, year);
                let text = layouter.line(
                    &year_words(year),
                    theme::regular(size::CAPTION),
                    p.text_muted,
                );
                // A year without room is left out, but its line stays: the grid remains even.
                if x >= free_from && x + text.size.x <= self.right {
                    free_from = x + text.size.x + 6.0;
                    layout.text(pos2(x, top), text);
                }
                grid.push((x, p.grid));
                // The first year of a piece, then round ones.
                year += 1;
                while year < piece.to && !is_round_year(year, step) {
                    year += 1;
                }
            }
        }
        grid
    }

    fn x_in_piece(&self, piece: usize, year: i32) -> f32 {
        self.pieces.get(piece).map_or(self.left, |(piece, start)| {
            start + (year - piece.from) as f32 * self.pt_per_year
        })
    }

    fn piece_end(&self, piece: usize) -> f32 {
        self.pieces
            .get(piece)
            .map_or(self.left, |(p, _)| self.x_in_piece(piece, p.to))
    }
}

/// The round number of years that is at least this many.
fn round_year_step(years: f32) -> i32 {
    let mut scale = 1;
    loop {
        for round in [1, 2, 5] {
            if (round * scale) as f32 >= years || scale >= 10_000 {
                return round * scale;
            }
        }
        scale *= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_move_down_until_they_touch_none() {
        let taken = [
            Rect::from_min_size(pos2(0.0, 0.0), vec2(50.0, 10.0)),
            Rect::from_min_size(pos2(0.0, 14.0), vec2(50.0, 10.0)),
        ];
        let bounds = Rect::from_min_size(pos2(20.0, 0.0), vec2(50.0, 10.0));
        assert_eq!(first_free_rect(&taken, bounds, 0.0, ROW_GAP_PT).top(), 26.0);
        let adjacent = Rect::from_min_size(pos2(70.0, 0.0), vec2(50.0, 10.0));
        assert_eq!(
            first_free_rect(&taken, adjacent, 0.0, ROW_GAP_PT).top(),
            0.0
        );
    }

    #[test]
    fn pieces_share_one_scale_and_fit() {
        let pieces =
            [(1953, 1955), (2009, 2010), (2022, 2026)].map(|(from, to)| AxisSegment { from, to });
        let axis = YearAxis::new(&pieces, 10.0, 710.0);
        let years = |from, to| axis.x(to) - axis.x(from);
        assert!((years(1953.0, 1954.0) - years(2024.0, 2025.0)).abs() < 0.01);
        assert!((axis.x(2026.0) - 710.0).abs() < 0.5, "{}", axis.x(2026.0));
        assert!(axis.x(1955.0) < axis.x(2009.1));
    }

    #[test]
    fn steps_are_round() {
        assert_eq!(
            [0.3, 1.0, 1.2, 7.0, 30.0, 400.0].map(round_year_step),
            [1, 1, 2, 10, 50, 500]
        );
    }
}
