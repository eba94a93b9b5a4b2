//! Names of parts above the parts of the first row: where they fit, nobody has to look a color up
//! in a key.

use super::bar_groups::BarGroup;
use super::picture_layout::PictureLayout;
use super::text_fit;
use super::text_layout::{LaidOutText, TextLayouter};
use crate::theme::{self, size};
use egui::pos2;
use linchpin_charts::picture::LegendKey;

/// Between a name and its part, and between two names, in points.
const GAP_PT: f32 = 3.0;
const LABEL_GAP_PT: f32 = 8.0;

/// The most lines of a name.
const MAX_LINES: usize = 2;

/// Names that fit, with the places where they begin.
pub(super) struct DirectLabels(Vec<(f32, LaidOutText)>);

/// The names of the parts of the first row, if it is one bar that has every part: then no other row
/// needs a key.
pub(super) fn label_names<'k>(
    keys: &'k [LegendKey],
    groups: &[BarGroup<'_>],
) -> Option<Vec<&'k str>> {
    let [strip] = groups.first()?.bars.as_slice() else {
        return None;
    };
    let all = strip.segments.len() == keys.len()
        && strip
            .segments
            .iter()
            .zip(keys)
            .all(|(piece, key)| piece.tone == key.color)
        && strip.segments.iter().all(|piece| piece.to > piece.from);
    all.then(|| keys.iter().map(|key| key.name.as_str()).collect())
}

/// Sets the names above parts from left to right. The last may reach beyond its part, as far as
/// `right`. `None` where one of them does not fit, or where the row's name stands there.
pub(super) fn fit(
    layouter: &TextLayouter<'_>,
    names: &[&str],
    spans: impl Iterator<Item = (f32, f32)>,
    right: f32,
    names_above: bool,
) -> Option<DirectLabels> {
    if names_above {
        return None;
    }
    let font = theme::regular(size::CAPTION);
    let mut labels = Vec::new();
    for (i, (name, (from, to))) in names.iter().zip(spans).enumerate() {
        let room = if i + 1 == names.len() {
            right - from
        } else {
            to - from - LABEL_GAP_PT
        };
        if room < 1.0 || !text_fit::fits_unbroken(layouter, name, &font, room) {
            return None;
        }
        let text = layouter.wrapped(name, font.clone(), layouter.palette.text, room);
        if text_fit::line_count(&text) > MAX_LINES || text.size.x > room + 0.5 {
            return None;
        }
        labels.push((from, text));
    }
    (!labels.is_empty()).then_some(DirectLabels(labels))
}

impl DirectLabels {
    /// The height that they take above the bar.
    pub fn height_pt(&self) -> f32 {
        let tallest = self.0.iter().map(|(_, text)| text.size.y);
        tallest.fold(0.0, f32::max) + GAP_PT
    }

    /// Sets them down upon the bar.
    pub fn place(self, layout: &mut PictureLayout, bar_top: f32) {
        for (x, text) in self.0 {
            layout.text(pos2(x, bar_top - GAP_PT - text.size.y), text);
        }
    }
}
