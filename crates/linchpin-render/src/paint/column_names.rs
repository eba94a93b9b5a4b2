//! Names under columns: level and wrapped where they fit, else all read from below.

use super::fit;
use super::sheet::{Item, Label, Sheet};
use super::typeset::{Text, Typesetter};
use crate::theme::{self, size};
use egui::{Align, FontId, pos2};

/// Between the names of two columns, in points.
const APART_PT: f32 = 8.0;

/// The most lines of a level name, in letters of the body's size and in small ones.
const BODY_LINES: usize = 3;
const CAPTION_LINES: usize = 5;

/// The lengths at which names that are read from below are wrapped, in points.
const LENGTHS_PT: [f32; 3] = [80.0, 120.0, 170.0];

/// Above this width of a column nobody wants to turn the head, in points.
const MAX_TURNED_PT: f32 = 110.0;

/// Names that fit under columns.
pub(super) struct Names {
    texts: Vec<Text>,
    turned: bool,
}

/// A name, and what stands small below it.
pub(super) type Name<'a> = (&'a str, Option<&'a str>);

/// Whether no word of a name is broken at a width.
fn unbroken(
    type_: &Typesetter<'_>,
    (name, detail): Name<'_>,
    font: &FontId,
    width_pt: f32,
) -> bool {
    let small = theme::regular(size::CAPTION);
    fit::unbroken(type_, name, font, width_pt)
        && detail.is_none_or(|detail| fit::unbroken(type_, detail, &small, width_pt))
}

/// Sets names for columns of a width. `None` where they fit neither way.
pub(super) fn fitting(type_: &Typesetter<'_>, names: &[Name<'_>], slot_pt: f32) -> Option<Names> {
    let width = slot_pt - APART_PT;
    level(type_, names, theme::regular(size::BODY), width, BODY_LINES)
        .or_else(|| {
            let small = theme::regular(size::CAPTION);
            level(type_, names, small, width, CAPTION_LINES)
        })
        .or_else(|| turned(type_, names, slot_pt))
}

fn level(
    type_: &Typesetter<'_>,
    names: &[Name<'_>],
    font: FontId,
    width_pt: f32,
    most_lines: usize,
) -> Option<Names> {
    let mut texts = Vec::new();
    for name in names {
        if width_pt < 1.0 || !unbroken(type_, *name, &font, width_pt) {
            return None;
        }
        let text = type_.named(name.0, name.1, font.clone(), width_pt, Align::Center);
        if fit::lines(&text) > most_lines || text.size.x > width_pt + 0.5 {
            return None;
        }
        texts.push(text);
    }
    Some(Names {
        texts,
        turned: false,
    })
}

fn turned(type_: &Typesetter<'_>, names: &[Name<'_>], slot_pt: f32) -> Option<Names> {
    if slot_pt > MAX_TURNED_PT {
        return None;
    }
    let font = theme::regular(size::CAPTION);
    let at = |length: f32| {
        let set = |name: &Name<'_>| {
            let text = type_.named(name.0, name.1, font.clone(), length, Align::LEFT);
            let fits = text.size.y <= slot_pt - 3.0
                && text.size.x <= length + 0.5
                && unbroken(type_, *name, &font, length);
            fits.then_some(text)
        };
        names.iter().map(set).collect::<Option<Vec<Text>>>()
    };
    let texts = LENGTHS_PT.into_iter().find_map(at)?;
    Some(Names {
        texts,
        turned: true,
    })
}

impl Names {
    /// The height that they take, in points.
    pub fn height_pt(&self) -> f32 {
        let height = |text: &Text| {
            if self.turned {
                text.size.x
            } else {
                text.size.y
            }
        };
        self.texts.iter().map(height).fold(0.0, f32::max)
    }

    /// Sets the names under the middles of their columns.
    pub fn set(self, sheet: &mut Sheet, middles: impl Iterator<Item = f32>, top: f32) {
        let turned = self.turned;
        for (text, middle) in self.texts.into_iter().zip(middles) {
            let width = if turned { text.size.y } else { text.size.x };
            sheet.items.push(Item::Text(Label {
                at: pos2(middle - width / 2.0, top),
                text,
                upright: turned,
            }));
        }
    }
}
