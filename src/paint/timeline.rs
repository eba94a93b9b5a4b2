//! A timeline: lanes over one axis, labels beside their dates, each moved down until it touches no other.

use super::frame::Area;
use super::sheet::{Item, Sheet};
use super::typeset::{Text, Typesetter};
use crate::picture::{Entry, Lane, MarkId, Moment, Piece, Timeline};
use crate::theme::{self, size, space};
use egui::{Color32, Pos2, Rect, Stroke, pos2, vec2};

/// The column of lane names, where there is room for one, in points.
const LANE_NAME_PT: f32 = 96.0;
const WIDE_PT: f32 = 620.0;

/// A label is wrapped at this width, in points.
const MAX_LABEL_PT: f32 = 330.0;

/// Where both sides of a date are narrower than this, its label goes below it.
const MIN_LABEL_PT: f32 = 110.0;

/// The width that a year's number needs, the width of a cut, and the least distance between two labels, in points.
const TICK_PT: f32 = 34.0;
const CUT_PT: f32 = 16.0;
const APART_PT: f32 = 10.0;

/// Half the size of a dot, and the height of its line, in points.
const DOT_PT: f32 = 5.0;
const LINE_PT: f32 = 16.0;

/// Lays axis and lanes out. Returns the bottom.
pub(super) fn lay_out(
    type_: &Typesetter<'_>,
    sheet: &mut Sheet,
    body: &Timeline,
    area: Area,
) -> f32 {
    let p = type_.palette;
    let wide = area.width >= WIDE_PT;
    let left = area.left + if wide { LANE_NAME_PT } else { DOT_PT };
    let axis = Axis::new(&body.pieces, left, area.right() - DOT_PT);
    let axis_bottom = area.top + 22.0;
    // The grid comes first, below everything; its lines grow once the bottom is known.
    let grid = axis.years(type_, sheet, area.top, axis_bottom);
    let grid_at = sheet.items.len();
    let mut top = axis_bottom + space::S;
    let mut id = 0;
    let gap = (area.spare / body.lanes.len().max(1) as f32).min(space::L);
    for (i, lane) in body.lanes.iter().enumerate() {
        if i > 0 {
            let line = Stroke::new(1.0, p.hairline);
            sheet.line(pos2(area.left, top), pos2(area.right(), top), line);
            top += space::S;
        }
        let room = if wide {
            LANE_NAME_PT - space::S
        } else {
            area.width
        };
        let name = type_.wrapped(&lane.name, theme::semibold(size::CAPTION), p.text, room);
        let name = sheet.text(pos2(area.left, top), name);
        let lane_top = if wide { top } else { name.bottom() + space::XS };
        let bottom = self::lane(type_, sheet, lane, i, &axis, lane_top, &mut id);
        top = bottom.max(name.bottom()) + space::S + gap;
    }
    let lines = grid.into_iter().map(|(x, color)| Item::Line {
        points: [pos2(x, axis_bottom), pos2(x, top)],
        stroke: Stroke::new(1.0, color),
    });
    sheet.items.splice(grid_at..grid_at, lines);
    top
}

/// Places the entries of a lane. Returns the bottom.
fn lane(
    type_: &Typesetter<'_>,
    sheet: &mut Sheet,
    lane: &Lane,
    number: usize,
    axis: &Axis,
    top: f32,
    id: &mut u32,
) -> f32 {
    let p = type_.palette;
    let color = p.category[number % p.category.len()];
    let mut taken: Vec<Rect> = Vec::new();
    let mut bottom = top;
    for entry in &lane.entries {
        let placed = Placed::new(type_, axis, entry);
        let rect = free(&taken, placed.bounds(), top);
        bottom = bottom.max(rect.bottom());
        placed.draw(type_, sheet, rect.top(), color, number);
        sheet.spot(MarkId(*id), rect);
        taken.push(rect);
        *id += 1;
    }
    bottom
}

/// The highest place, from `top` down, where a box touches none of those taken.
fn free(taken: &[Rect], bounds: Rect, top: f32) -> Rect {
    let beside: Vec<Rect> = taken
        .iter()
        .copied()
        .filter(|t| t.left() < bounds.right() + APART_PT && t.right() + APART_PT > bounds.left())
        .collect();
    let mut tops: Vec<f32> = beside.iter().map(|t| t.bottom() + 2.0).collect();
    tops.push(top);
    tops.sort_by(f32::total_cmp);
    let at = |y: f32| bounds.translate(vec2(0.0, y - bounds.top()));
    tops.into_iter()
        .map(at)
        .find(|rect| {
            !beside
                .iter()
                .any(|t| t.top() < rect.bottom() + 2.0 && t.bottom() + 2.0 > rect.top())
        })
        .unwrap_or_else(|| at(top))
}

/// An entry's marks and label, as if at the top of its lane.
struct Placed {
    /// From and to, for each moment.
    spans: Vec<(f32, f32, bool)>,
    label: Text,
    label_at: Pos2,
}

impl Placed {
    fn new(type_: &Typesetter<'_>, axis: &Axis, entry: &Entry) -> Placed {
        let spans: Vec<(f32, f32, bool)> = entry.moments.iter().map(|m| axis.span(*m)).collect();
        let from = spans.iter().map(|s| s.0).fold(f32::INFINITY, f32::min);
        let to = spans.iter().map(|s| s.1).fold(f32::NEG_INFINITY, f32::max);
        let (left_room, right_room) = (from - space::S - axis.left, axis.right - to - space::S);
        let set = |width: f32| type_.pair(&entry.name, &entry.when, width);
        let natural = set(MAX_LABEL_PT);
        let (label, label_at) = if natural.size.x <= right_room {
            (natural, pos2(to + space::S, 0.0))
        } else if natural.size.x <= left_room {
            let x = from - space::S - natural.size.x;
            (natural, pos2(x, 0.0))
        } else if right_room.max(left_room) < MIN_LABEL_PT {
            let label = set((axis.right - axis.left).min(MAX_LABEL_PT));
            let x = from.min(axis.right - label.size.x).max(axis.left);
            (label, pos2(x, LINE_PT))
        } else if right_room >= left_room {
            (set(right_room), pos2(to + space::S, 0.0))
        } else {
            let label = set(left_room);
            let x = from - space::S - label.size.x;
            (label, pos2(x, 0.0))
        };
        Placed {
            spans,
            label,
            label_at,
        }
    }

    /// The box around everything.
    fn bounds(&self) -> Rect {
        let mut bounds = Rect::from_min_size(self.label_at, self.label.size);
        for (from, to, _) in &self.spans {
            bounds |= Rect::from_x_y_ranges(*from..=*to, 0.0..=LINE_PT);
        }
        bounds
    }

    fn draw(
        self,
        type_: &Typesetter<'_>,
        sheet: &mut Sheet,
        top: f32,
        color: Color32,
        lane: usize,
    ) {
        let p = type_.palette;
        let y = top + LINE_PT / 2.0;
        if let (Some(first), Some(last)) = (self.spans.first(), self.spans.last())
            && self.spans.len() > 1
        {
            let (from, to) = (first.1 - DOT_PT, last.0 + DOT_PT);
            sheet.line(pos2(from, y), pos2(to, y), Stroke::new(1.5, color));
        }
        for (from, to, is_span) in &self.spans {
            let rect = Rect::from_x_y_ranges(*from..=*to, y - 4.0..=y + 4.0);
            if *is_span {
                sheet.rounded(rect, color, 4.0);
            } else {
                dot(sheet, rect.center(), color, lane);
            }
        }
        let at = self.label_at + vec2(0.0, top);
        let ground = Rect::from_min_size(at, self.label.size);
        sheet.fill(ground.expand2(vec2(2.0, 0.0)), p.background);
        sheet.text(at, self.label);
    }
}

/// A day: a shape for each lane, so that color is not all that tells them apart.
fn dot(sheet: &mut Sheet, center: Pos2, color: Color32, lane: usize) {
    let r = DOT_PT;
    match lane % 3 {
        0 => sheet.items.push(Item::Polygon {
            points: [(0.0, -r), (r, 0.0), (0.0, r), (-r, 0.0)]
                .map(|(x, y)| center + 1.15 * vec2(x, y))
                .to_vec(),
            fill: color,
        }),
        1 => sheet.fill(
            Rect::from_center_size(center, vec2(1.7 * r, 1.7 * r)),
            color,
        ),
        _ => sheet.circle(center, r, color, Stroke::NONE),
    }
}

/// Years across the page, with cuts.
struct Axis {
    left: f32,
    right: f32,
    pt_per_year: f32,
    /// Where each piece begins.
    pieces: Vec<(Piece, f32)>,
}

impl Axis {
    fn new(pieces: &[Piece], left: f32, right: f32) -> Axis {
        let cuts = CUT_PT * pieces.len().saturating_sub(1) as f32;
        let room = (right - left - cuts).max(1.0);
        let years = |piece: &Piece| (piece.to - piece.from).max(1) as f32;
        let width = |scale: f32| -> f32 {
            pieces
                .iter()
                .map(|piece| (years(piece) * scale).max(TICK_PT))
                .sum()
        };
        // The one scale at which all pieces fit, each at least as wide as the number of its year.
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
                x += (years(piece) * low).max(TICK_PT) + CUT_PT;
                (*piece, start)
            })
            .collect();
        Axis {
            left,
            right,
            pt_per_year: low,
            pieces,
        }
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

    /// From and to of a moment, and whether it is drawn as a bar rather than a dot.
    fn span(&self, moment: Moment) -> (f32, f32, bool) {
        let (from, to) = (self.x(moment.from_year), self.x(moment.to_year));
        if moment.is_span() && to - from > 2.0 * DOT_PT {
            return (from, to.max(from), true);
        }
        let middle = (from + to) / 2.0;
        (middle - DOT_PT, middle + DOT_PT, moment.is_span())
    }

    /// Draws the axis with its years and cuts. Returns where lines of the grid belong, and their color.
    fn years(
        &self,
        type_: &Typesetter<'_>,
        sheet: &mut Sheet,
        top: f32,
        bottom: f32,
    ) -> Vec<(f32, Color32)> {
        let p = type_.palette;
        let line = Stroke::new(1.0, p.text_muted);
        let step = step(TICK_PT / self.pt_per_year.max(f32::MIN_POSITIVE));
        let mut grid = Vec::new();
        for (i, (piece, start)) in self.pieces.iter().enumerate() {
            let end = start + (piece.to - piece.from) as f32 * self.pt_per_year;
            sheet.line(pos2(*start, bottom), pos2(end, bottom), line);
            if i > 0 {
                let middle = (self.end_of(i - 1) + start) / 2.0;
                for x in [middle - 2.0, middle + 2.0] {
                    sheet.line(
                        pos2(x - 2.0, bottom + 4.0),
                        pos2(x + 2.0, bottom - 4.0),
                        line,
                    );
                }
            }
            let mut free_from = f32::NEG_INFINITY;
            let mut year = piece.from;
            while year < piece.to {
                let x = self.x_of(i, year);
                let text = type_.line(
                    &year.to_string(),
                    theme::regular(size::CAPTION),
                    p.text_muted,
                );
                if x >= free_from && x + text.size.x <= self.right + DOT_PT {
                    free_from = x + text.size.x + 6.0;
                    sheet.text(pos2(x, top), text);
                }
                grid.push((x, p.grid));
                // The first year of a piece, then round ones.
                year = (year.div_euclid(step) + 1) * step;
            }
        }
        grid
    }

    fn x_of(&self, piece: usize, year: i32) -> f32 {
        self.pieces.get(piece).map_or(self.left, |(piece, start)| {
            start + (year - piece.from) as f32 * self.pt_per_year
        })
    }

    fn end_of(&self, piece: usize) -> f32 {
        self.pieces
            .get(piece)
            .map_or(self.left, |(p, _)| self.x_of(piece, p.to))
    }
}

/// The round number of years that is at least this many.
fn step(years: f32) -> i32 {
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
    fn pieces_share_one_scale_and_fit() {
        let pieces =
            [(1953, 1955), (2009, 2010), (2022, 2026)].map(|(from, to)| Piece { from, to });
        let axis = Axis::new(&pieces, 10.0, 710.0);
        let years = |from, to| axis.x(to) - axis.x(from);
        assert!((years(1953.0, 1954.0) - years(2024.0, 2025.0)).abs() < 0.01);
        assert!((axis.x(2026.0) - 710.0).abs() < 0.5, "{}", axis.x(2026.0));
        assert!(axis.x(1955.0) < axis.x(2009.1));
    }

    #[test]
    fn boxes_move_down_until_they_touch_none() {
        let taken = [
            Rect::from_min_size(pos2(0.0, 0.0), vec2(50.0, 10.0)),
            Rect::from_min_size(pos2(0.0, 14.0), vec2(50.0, 10.0)),
        ];
        let bounds = Rect::from_min_size(pos2(20.0, 0.0), vec2(50.0, 10.0));
        assert_eq!(free(&taken, bounds, 0.0).top(), 26.0);
        let beside = Rect::from_min_size(pos2(70.0, 0.0), vec2(50.0, 10.0));
        assert_eq!(free(&taken, beside, 0.0).top(), 0.0);
    }

    #[test]
    fn steps_are_round() {
        assert_eq!(
            [0.3, 1.0, 1.2, 7.0, 30.0, 400.0].map(step),
            [1, 1, 2, 10, 50, 500]
        );
    }
}
