//! The room of columns: how a width is shared out among groups, their columns and the numbers of
//! the axis.

use super::column_names::{self, Names};
use super::fit;
use super::groups::{Group, Strip};
use super::ticks::{self, Values};
use super::typeset::{Text, Typesetter};
use crate::theme::{self, size, space};
use egui::FontId;
use std::collections::BTreeSet;

/// The widest room of a group, and the widest column, alone and beside others, in points.
const MAX_SLOT_PT: f32 = 220.0;
const MAX_ALONE_PT: f32 = 110.0;
const MAX_BESIDE_PT: f32 = 56.0;

/// How much of its group's room a column takes, alone and with others.
const ALONE_SHARE: f32 = 0.68;
const BESIDE_SHARE: f32 = 0.84;

/// The distance of two columns of a group, in points.
const BESIDE_GAP_PT: f32 = 2.0;

/// How the width is shared out.
pub(super) struct Slots {
    /// For the numbers of the axis, at the left.
    pub gutter: f32,
    /// The room of a group.
    pub slot: f32,
    /// From one column of a group to the next.
    pitch: f32,
    /// The most columns of a group.
    most: usize,
    /// The letters of all numbers, and the width of each; no letters where a number would be
    /// broken.
    number_font: Option<FontId>,
    number_pt: f32,
}

impl Slots {
    pub fn new(
        type_: &Typesetter<'_>,
        groups: &[Group<'_>],
        values: Values,
        range: (f64, f64),
        width_pt: f32,
    ) -> Slots {
        let font = theme::regular(size::CAPTION);
        let ticks: BTreeSet<String> = match values {
            Values::Shares => BTreeSet::from([ticks::said(values, 1.0)]),
            // More numbers than will be shown: none that is shown is wider.
            Values::Numbers => (2..=16)
                .flat_map(|most| {
                    let reach = range.1 + (range.1 - range.0);
                    [range.1, reach].map(|high| ticks::round((range.0, high), most))
                })
                .flatten()
                .map(|value| ticks::said(values, value))
                .collect(),
        };
        let gutter = type_.widest(ticks.iter().map(String::as_str), &font) + space::S;
        let most = groups
            .iter()
            .map(|g| g.bars.len())
            .max()
            .unwrap_or(0)
            .max(1);
        let slot = ((width_pt - gutter) / groups.len().max(1) as f32).min(MAX_SLOT_PT);
        let pitch = if most == 1 {
            (slot * ALONE_SHARE).min(MAX_ALONE_PT)
        } else {
            (slot * BESIDE_SHARE / most as f32).min(MAX_BESIDE_PT)
        };
        let (sizes, number_pt): (&[f32], f32) = if most == 1 {
            (&[size::BODY, size::CAPTION], slot - 4.0)
        } else {
            (&[size::CAPTION], pitch - 3.0)
        };
        let strips = || groups.iter().flat_map(|group| &group.bars);
        let number_font = sizes
            .iter()
            .map(|size| theme::semibold(*size))
            .find(|font| strips().all(|strip| fit::unbroken(type_, strip.number, font, number_pt)));
        Slots {
            gutter,
            slot,
            pitch,
            most,
            number_font,
            number_pt,
        }
    }

    /// The width of a column.
    pub fn column(&self) -> f32 {
        self.pitch - if self.most == 1 { 0.0 } else { BESIDE_GAP_PT }
    }

    pub fn middle(&self, left: f32, group: usize) -> f32 {
        left + (group as f32 + 0.5) * self.slot
    }

    /// Left and right of each column of a group, which are put amid its room.
    pub fn places(
        &self,
        left: f32,
        at: usize,
        group: &Group<'_>,
    ) -> impl Iterator<Item = (f32, f32)> {
        let width = self.column();
        let count = group.bars.len();
        let pitch = self.pitch;
        let first = self.middle(left, at) - pitch * count as f32 / 2.0 + (pitch - width) / 2.0;
        (0..count).map(move |i| {
            let x = first + pitch * i as f32;
            (x, x + width)
        })
    }

    /// A column's number, wrapped where it must be; `None` where a word of it would be broken.
    pub fn number(&self, type_: &Typesetter<'_>, strip: &Strip<'_>) -> Option<Text> {
        let font = self.number_font.clone()?;
        let color = type_.palette.text;
        let text = type_.centered(strip.number, font, color, self.number_pt);
        (text.size.x <= self.number_pt + 0.5).then_some(text)
    }

    pub fn names(&self, type_: &Typesetter<'_>, groups: &[Group<'_>]) -> Option<Names> {
        let names: Vec<_> = groups
            .iter()
            .map(|group| (group.name, group.detail))
            .collect();
        column_names::fitting(type_, &names, self.slot)
    }
}
