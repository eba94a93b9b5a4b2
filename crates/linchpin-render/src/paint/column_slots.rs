//! The room of columns: how a width is shared out among groups, their columns and the numbers of
//! the axis.

use super::axis_ticks::{self, AxisValues};
use super::bar_groups::{BarGroup, GroupBar};
use super::column_labels::{self, ColumnLabels};
use super::text_fit;
use super::text_layout::{LaidOutText, TextLayouter};
use crate::theme::{self, size, space};
use egui::FontId;
use std::collections::BTreeSet;

/// The widest room of a group, and the widest column, alone and beside others, in points.
const MAX_GROUP_PT: f32 = 220.0;
const MAX_SINGLE_PT: f32 = 110.0;
const MAX_GROUPED_PT: f32 = 56.0;

/// How much of its group's room a column takes, alone and with others.
const SINGLE_SHARE: f32 = 0.68;
const GROUPED_SHARE: f32 = 0.84;

/// The distance of two columns of a group, in points.
const GROUPED_GAP_PT: f32 = 2.0;

/// How the width is shared out.
pub(super) struct ColumnSlots {
    /// For the numbers of the axis, at the left.
    pub axis_label_width: f32,
    /// The room of a group.
    pub group_width: f32,
    /// From one column of a group to the next.
    pitch: f32,
    /// The most columns of a group.
    max_bars: usize,
    /// The letters of all numbers, and the width of each; no letters where a number would be
    /// broken.
    number_font: Option<FontId>,
    number_pt: f32,
}

impl ColumnSlots {
    pub fn new(
        layouter: &TextLayouter<'_>,
        groups: &[BarGroup<'_>],
        values: AxisValues,
        range: (f64, f64),
        width_pt: f32,
    ) -> ColumnSlots {
        let font = theme::regular(size::CAPTION);
        let label = |value| layouter.written(&axis_ticks::tick_label(values, value));
        let ticks: BTreeSet<String> = match values {
            AxisValues::Shares => BTreeSet::from([label(1.0)]),
            // More numbers than will be shown: none that is shown is wider.
            AxisValues::Numbers => (2..=16)
                .flat_map(|most| {
                    let reach = range.1 + (range.1 - range.0);
                    [range.1, reach].map(|high| axis_ticks::round_ticks((range.0, high), most))
                })
                .flatten()
                .map(label)
                .collect(),
        };
        let axis_label_width =
            layouter.max_width(ticks.iter().map(String::as_str), &font) + space::S;
        let max_bars = groups
            .iter()
            .map(|g| g.bars.len())
            .max()
            .unwrap_or(0)
            .max(1);
        let group_width =
            ((width_pt - axis_label_width) / groups.len().max(1) as f32).min(MAX_GROUP_PT);
        let pitch = if max_bars == 1 {
            (group_width * SINGLE_SHARE).min(MAX_SINGLE_PT)
        } else {
            (group_width * GROUPED_SHARE / max_bars as f32).min(MAX_GROUPED_PT)
        };
        let (sizes, number_pt): (&[f32], f32) = if max_bars == 1 {
            (&[size::BODY, size::CAPTION], group_width - 4.0)
        } else {
            (&[size::CAPTION], pitch - 3.0)
        };
        let strips = || groups.iter().flat_map(|group| &group.bars);
        let number_font = sizes
            .iter()
            .map(|size| theme::semibold(*size))
            .find(|font| {
                strips().all(|strip| {
                    let number = layouter.written(strip.value_label);
                    text_fit::fits_unbroken(layouter, &number, font, number_pt)
                })
            });
        ColumnSlots {
            axis_label_width,
            group_width,
            pitch,
            max_bars,
            number_font,
            number_pt,
        }
    }

    /// The width of a column.
    pub fn column_width(&self) -> f32 {
        self.pitch
            - if self.max_bars == 1 {
                0.0
            } else {
                GROUPED_GAP_PT
            }
    }

    pub fn group_center(&self, left: f32, group: usize) -> f32 {
        left + (group as f32 + 0.5) * self.group_width
    }

    /// Left and right of each column of a group, which are put amid its room.
    pub fn column_ranges(
        &self,
        left: f32,
        at: usize,
        group: &BarGroup<'_>,
    ) -> impl Iterator<Item = (f32, f32)> {
        let width = self.column_width();
        let count = group.bars.len();
        let pitch = self.pitch;
        let first =
            self.group_center(left, at) - pitch * count as f32 / 2.0 + (pitch - width) / 2.0;
        (0..count).map(move |i| {
            let x = first + pitch * i as f32;
            (x, x + width)
        })
    }

    /// A column's number, wrapped where it must be; `None` where a word of it would be broken.
    pub fn value_label(
        &self,
        layouter: &TextLayouter<'_>,
        strip: &GroupBar<'_>,
    ) -> Option<LaidOutText> {
        let font = self.number_font.clone()?;
        let color = layouter.palette.text;
        let text = layouter.centered(strip.value_label, font, color, self.number_pt);
        (text.size.x <= self.number_pt + 0.5).then_some(text)
    }

    pub fn group_labels(
        &self,
        layouter: &TextLayouter<'_>,
        groups: &[BarGroup<'_>],
    ) -> Option<ColumnLabels> {
        let names: Vec<_> = groups
            .iter()
            .map(|group| (group.name, group.detail))
            .collect();
        column_labels::fit(layouter, &names, self.group_width)
    }
}
