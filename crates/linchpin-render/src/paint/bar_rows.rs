//! Rows of names with a bar each: names on the left, or above the bars where there is little width.

use super::coordinates::{ContinuousScale, PlotCoordinates, PositionScale};
use super::picture_layout::{LayoutArea, PictureLayout, SharedScale};
use super::text_layout::{MeasuredText, TextLayouter};
use crate::theme::{self, size, space};
use egui::{Align, Rect, Stroke, pos2};

/// The widest column of names, as a share of the whole and in points.
const NAME_SHARE: f32 = 0.4;
const MAX_NAME_PT: f32 = 300.0;

/// Between a name and the bar below it, in points.
const NAME_GAP_PT: f32 = 3.0;

/// How rows of a kind of chart are made, in points.
pub(super) struct BarRowStyle {
    pub bar_pt: f32,
    /// Between two rows.
    pub gap_pt: f32,
    /// Below this width the names go above the bars.
    pub narrow_pt: f32,
    /// The thinnest bar, and the least room between two rows, where a picture is flat.
    pub min_bar_pt: f32,
    pub min_gap_pt: f32,
    /// How much a row may grow where a picture is higher than it needs to be.
    pub max_stretch: f32,
}

/// What stands in a row.
pub(super) struct BarRowContent<'a> {
    pub name: &'a str,
    /// Below the name, small.
    pub detail: Option<&'a str>,
    /// The least height of what stands next to the name or below it, in points.
    pub min_height_pt: f32,
}

/// Where rows were laid out.
pub(super) struct BarRows {
    /// Whether each name stands above its bar.
    pub names_above: bool,
    /// Where the bars begin.
    pub left: f32,
    pub top: f32,
    pub bottom: f32,
    /// The whole of each row.
    pub rows: Vec<Rect>,
    /// Top and bottom of each bar.
    pub bars: Vec<(f32, f32)>,
}

/// Places the names, and the room for the bars.
pub(super) fn lay_out(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    contents: &[BarRowContent<'_>],
    style: &BarRowStyle,
    area: LayoutArea,
) -> BarRows {
    // Small charts next to each other begin at the same place whatever their names.
    let above = area.width < style.narrow_pt || area.shared_scale.is_some();
    let font = theme::regular(size::BODY);
    let width = if above {
        area.width
    } else {
        let small = theme::regular(size::CAPTION);
        let names = layouter.max_width(contents.iter().flat_map(|c| c.name.lines()), &font);
        let details = contents.iter().filter_map(|c| c.detail);
        let details = layouter.max_width(details.flat_map(str::lines), &small);
        let natural = names.max(details) + 1.0;
        natural.min(area.width * NAME_SHARE).min(MAX_NAME_PT)
    };
    let names: Vec<MeasuredText> = contents
        .iter()
        .map(|row| layouter.name_and_detail(row.name, row.detail, font.clone(), width, Align::LEFT))
        .collect();
    let height = |name: &MeasuredText, row: &BarRowContent<'_>, bar_pt: f32, gap_pt: f32| {
        let bar = row.min_height_pt.max(bar_pt);
        let content = if above {
            name.size.y + NAME_GAP_PT + bar
        } else {
            name.size.y.max(bar)
        };
        content + gap_pt
    };
    let all = |bar_pt: f32, gap_pt: f32| -> f32 {
        let rows = names.iter().zip(contents);
        rows.map(|(name, row)| height(name, row, bar_pt, gap_pt))
            .sum()
    };
    let needed = all(style.bar_pt, style.gap_pt);
    let stretch = (1.0 + area.spare_height_pt / needed.max(1.0)).clamp(1.0, style.max_stretch);
    // Where there is too little height, bars and gaps give way, and no word does.
    let lowest = all(style.min_bar_pt, style.min_gap_pt);
    let squeeze = (-area.spare_height_pt / (needed - lowest).max(1.0)).clamp(0.0, 1.0);
    let bar_pt = style.bar_pt + (style.min_bar_pt - style.bar_pt) * squeeze;
    let gap_pt = style.gap_pt + (style.min_gap_pt - style.gap_pt) * squeeze;
    let mut placed_rows = BarRows {
        names_above: above,
        left: area.left
            + if above {
                0.0
            } else {
                width + space::S + space::XS
            },
        top: area.top,
        bottom: area.top,
        rows: Vec::new(),
        bars: Vec::new(),
    };
    for (name, row) in names.into_iter().zip(contents) {
        let top = placed_rows.bottom;
        placed_rows.bottom += height(&name, row, bar_pt, gap_pt) * stretch;
        let thick = bar_pt * stretch;
        let (middle, y) = if above {
            let room = row.min_height_pt.max(thick);
            let middle = placed_rows.bottom - gap_pt * stretch - room / 2.0;
            (middle, middle - room / 2.0 - NAME_GAP_PT - name.size.y)
        } else {
            let middle = (top + placed_rows.bottom) / 2.0;
            (middle, middle - name.size.y / 2.0)
        };
        layout.text(pos2(area.left, y), name);
        placed_rows
            .bars
            .push((middle - thick / 2.0, middle + thick / 2.0));
        let row = pos2(area.left, top)..pos2(area.right(), placed_rows.bottom);
        placed_rows
            .rows
            .push(Rect::from_min_max(row.start, row.end));
    }
    placed_rows
}

impl BarRows {
    /// The line of zero: through all rows, or at each bar where the names stand between them.
    pub fn baseline(&self, layouter: &TextLayouter<'_>, layout: &mut PictureLayout, x: f32) {
        let stroke = Stroke::new(1.0, layouter.palette.text_muted);
        for (top, bottom) in self.grid_line_ranges() {
            layout.line(pos2(x, top), pos2(x, bottom), stroke);
        }
    }

    /// The heights in which a line may cross the rows without crossing a name.
    pub fn grid_line_ranges(&self) -> Vec<(f32, f32)> {
        if self.names_above {
            let bars = self.bars.iter();
            bars.map(|(top, bottom)| (top - 2.0, bottom + 2.0))
                .collect()
        } else {
            vec![(self.top, self.bottom)]
        }
    }

    /// Where values lie, on one scale within the room for bars and what stands at their ends.
    pub fn coordinates(&self, shared: SharedScale, room: Rect) -> PlotCoordinates {
        let left = room.left() + shared.padding_before_pt;
        let right = (room.right() - shared.padding_after_pt).max(left + space::S);
        let middles = self.bars.iter().map(|(top, bottom)| (top + bottom) / 2.0);
        let (low, high) = shared.range;
        PlotCoordinates::new(
            Rect::from_min_max(pos2(left, self.top), pos2(right, self.bottom)),
            PositionScale::Continuous(ContinuousScale::linear(low, high, left, right)),
            PositionScale::Bands(middles.collect()),
        )
    }

    /// The room for the bars and whatever stands at their ends.
    pub fn bars_rect(&self, right: f32) -> Rect {
        Rect::from_min_max(
            pos2(self.left, self.top),
            pos2(right.max(self.left + space::S), self.bottom),
        )
    }
}
