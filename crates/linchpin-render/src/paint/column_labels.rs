//! Names under columns: level and wrapped where they fit, else all read from below.

use super::picture_layout::{LayoutItem, PictureLayout, PlacedText};
use super::text_fit;
use super::text_layout::{LaidOutText, TextLayouter};
use crate::theme::{self, size};
use egui::{Align, FontId, pos2};

/// Between the names of two columns, in points.
const LABEL_GAP_PT: f32 = 8.0;

/// The most lines of a level name, in letters of the body's size and in small ones.
const BODY_LINES: usize = 3;
const CAPTION_LINES: usize = 5;

/// The lengths at which names that are read from below are wrapped, in points.
const ROTATED_LENGTHS_PT: [f32; 3] = [80.0, 120.0, 170.0];

/// Above this width of a column nobody wants to turn the head, in points.
const MAX_ROTATED_SLOT_PT: f32 = 110.0;

/// Names that fit under columns.
pub(super) struct ColumnLabels {
    texts: Vec<LaidOutText>,
    is_rotated: bool,
}

/// A name, and what stands small below it.
pub(super) type ColumnLabelText<'a> = (&'a str, Option<&'a str>);

/// Whether no word of a name is broken at a width.
fn fits_unbroken(
    layouter: &TextLayouter<'_>,
    (name, detail): ColumnLabelText<'_>,
    font: &FontId,
    width_pt: f32,
) -> bool {
    let small = theme::regular(size::CAPTION);
    text_fit::fits_unbroken(layouter, name, font, width_pt)
        && detail.is_none_or(|detail| text_fit::fits_unbroken(layouter, detail, &small, width_pt))
}

/// Sets names for columns of a width. `None` where they fit neither way.
pub(super) fn fit(
    layouter: &TextLayouter<'_>,
    names: &[ColumnLabelText<'_>],
    slot_pt: f32,
) -> Option<ColumnLabels> {
    let width = slot_pt - LABEL_GAP_PT;
    fit_horizontal(
        layouter,
        names,
        theme::regular(size::BODY),
        width,
        BODY_LINES,
    )
    .or_else(|| {
        let small = theme::regular(size::CAPTION);
        fit_horizontal(layouter, names, small, width, CAPTION_LINES)
    })
    .or_else(|| fit_rotated(layouter, names, slot_pt))
}

fn fit_horizontal(
    layouter: &TextLayouter<'_>,
    names: &[ColumnLabelText<'_>],
    font: FontId,
    width_pt: f32,
    most_lines: usize,
) -> Option<ColumnLabels> {
    let mut texts = Vec::new();
    for name in names {
        if width_pt < 1.0 || !fits_unbroken(layouter, *name, &font, width_pt) {
            return None;
        }
        let text = layouter.name_and_detail(name.0, name.1, font.clone(), width_pt, Align::Center);
        if text_fit::line_count(&text) > most_lines || text.size.x > width_pt + 0.5 {
            return None;
        }
        texts.push(text);
    }
    Some(ColumnLabels {
        texts,
        is_rotated: false,
    })
}

fn fit_rotated(
    layouter: &TextLayouter<'_>,
    names: &[ColumnLabelText<'_>],
    slot_pt: f32,
) -> Option<ColumnLabels> {
    if slot_pt > MAX_ROTATED_SLOT_PT {
        return None;
    }
    let font = theme::regular(size::CAPTION);
    let at = |length: f32| {
        let set = |name: &ColumnLabelText<'_>| {
            let text = layouter.name_and_detail(name.0, name.1, font.clone(), length, Align::LEFT);
            let fits = text.size.y <= slot_pt - 3.0
                && text.size.x <= length + 0.5
                && fits_unbroken(layouter, *name, &font, length);
            fits.then_some(text)
        };
        names.iter().map(set).collect::<Option<Vec<LaidOutText>>>()
    };
    let texts = ROTATED_LENGTHS_PT.into_iter().find_map(at)?;
    Some(ColumnLabels {
        texts,
        is_rotated: true,
    })
}

impl ColumnLabels {
    /// The height that they take, in points.
    pub fn height_pt(&self) -> f32 {
        let height = |text: &LaidOutText| {
            if self.is_rotated {
                text.size.x
            } else {
                text.size.y
            }
        };
        self.texts.iter().map(height).fold(0.0, f32::max)
    }

    /// Sets the names under the middles of their columns.
    pub fn place(self, layout: &mut PictureLayout, middles: impl Iterator<Item = f32>, top: f32) {
        let turned = self.is_rotated;
        for (text, middle) in self.texts.into_iter().zip(middles) {
            let width = if turned { text.size.y } else { text.size.x };
            layout.items.push(LayoutItem::Text(PlacedText {
                at: pos2(middle - width / 2.0, top),
                text,
                is_rotated: turned,
            }));
        }
    }
}
