//! A timeline: lanes over one axis, labels beside their dates, each moved down until it touches no
//! other.

use super::area::Area;
use super::axis::{self, Axis, DOT_PT};
use super::ground::{Along, Ground};
use super::sheet::{Item, Sheet};
use super::typeset::{Text, Typesetter};
use crate::theme::{self, size, space};
use egui::{Align, Color32, Pos2, Rect, Stroke, pos2, vec2};
use linchpin_charts::picture::{Lane, MarkId, Timeline, TimelineEntry};

/// The column of lane names, where there is room for one, in points.
const LANE_NAME_PT: f32 = 96.0;
const WIDE_PT: f32 = 620.0;

/// A label is wrapped at this width, in points.
const MAX_LABEL_PT: f32 = 400.0;

/// Where both sides of a date are narrower than this, its label goes below it.
const MIN_LABEL_PT: f32 = 110.0;

/// The least distance between two labels, in points.
const APART_PT: f32 = 10.0;

/// The height of the line on which a date lies, in points.
const LINE_PT: f32 = 16.0;

/// The narrowest body: every piece of the axis shows its first year.
pub(super) fn min_width_pt(body: &Timeline) -> f32 {
    (axis::min_width_pt(&body.axis_segments) + 4.0 * DOT_PT).max(320.0)
}

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
    let axis = Axis::new(&body.axis_segments, left, area.right() - DOT_PT);
    let area = Area {
        top: area.top + area.headroom,
        ..area
    };
    let axis_bottom = area.top + 22.0;
    let mut middles = vec![f32::NAN; body.lanes.len()];
    // The grid comes first, below everything; its lines grow once the bottom is known.
    let grid = axis.years(type_, sheet, area.top, axis_bottom);
    let grid_at = sheet.items.len();
    let mut top = axis_bottom + space::S;
    let mut id = 0;
    let lanes = || {
        body.lanes
            .iter()
            .enumerate()
            .filter(|(_, lane)| !lane.entries.is_empty())
    };
    let gap = (area.spare / lanes().count().max(1) as f32).min(space::L);
    for (drawn, (i, lane)) in lanes().enumerate() {
        if drawn > 0 {
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
        if let Some(middle) = middles.get_mut(i) {
            *middle = (lane_top + bottom) / 2.0;
        }
        top = bottom.max(name.bottom()) + space::S + gap;
    }
    let lines = grid.into_iter().map(|(x, color)| Item::Line {
        points: [pos2(x, axis_bottom), pos2(x, top)],
        stroke: Stroke::new(1.0, color),
    });
    sheet.items.splice(grid_at..grid_at, lines);
    sheet.ground = Some(Ground {
        within: Rect::from_min_max(pos2(axis.left, area.top), pos2(axis.right, top)),
        x: Along::Years(axis.spans()),
        y: Along::Groups(middles),
        is_turned: false,
        lines: Vec::new(),
    });
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
    fn new(type_: &Typesetter<'_>, axis: &Axis, entry: &TimelineEntry) -> Placed {
        let spans: Vec<(f32, f32, bool)> = entry.dates.iter().map(|m| axis.span(*m)).collect();
        let from = spans.iter().map(|s| s.0).fold(f32::INFINITY, f32::min);
        let to = spans.iter().map(|s| s.1).fold(f32::NEG_INFINITY, f32::max);
        let (left_room, right_room) = (from - space::S - axis.left, axis.right - to - space::S);
        let dated = |width: f32, align| type_.dated(&entry.name, &entry.date_text, width, align);
        let set = |width: f32| dated(width, Align::LEFT);
        let natural = set(MAX_LABEL_PT);
        let (label, label_at) = if natural.size.x <= right_room {
            (natural, pos2(to + space::S, 0.0))
        } else if natural.size.x <= left_room {
            let label = dated(MAX_LABEL_PT, Align::RIGHT);
            let x = from - space::S - label.size.x;
            (label, pos2(x, 0.0))
        } else if right_room.max(left_room) < MIN_LABEL_PT {
            let label = set((axis.right - axis.left).min(MAX_LABEL_PT));
            let x = from.min(axis.right - label.size.x).max(axis.left);
            (label, pos2(x, LINE_PT))
        } else if right_room >= left_room {
            (set(right_room), pos2(to + space::S, 0.0))
        } else {
            let label = dated(left_room, Align::RIGHT);
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
        assert_eq!(free(&taken, bounds, 0.0).top(), 26.0);
        let beside = Rect::from_min_size(pos2(70.0, 0.0), vec2(50.0, 10.0));
        assert_eq!(free(&taken, beside, 0.0).top(), 0.0);
    }
}
