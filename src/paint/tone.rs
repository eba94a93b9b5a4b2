//! Tones as colors, and the hatch that tells kinds without a rank apart in grey print too.

use super::sheet::{Item, Sheet};
use crate::picture::Tone;
use crate::theme::{self, Palette};
use egui::{Color32, Pos2, Rect, Stroke, pos2};

/// The fill of a tone.
pub(super) fn color(palette: &Palette, tone: Tone) -> Color32 {
    match tone {
        Tone::Plain => palette.bar,
        Tone::Step(rank) => palette.ladder[usize::from(rank).min(palette.ladder.len() - 1)],
        Tone::Unranked(place) => palette.unranked[usize::from(place) % palette.unranked.len()],
        Tone::Category(place) => palette.category[usize::from(place) % palette.category.len()],
    }
}

/// Distance between the lines of a hatch, in points.
const GAP_PT: f32 = 6.0;

/// Below this contrast with the ground a fill gets an edge.
const MIN_CONTRAST: f32 = 2.0;

/// Finishes a filled rectangle: a hatch where its tone has no rank, an edge where its color is close to the ground's.
pub(super) fn finish(sheet: &mut Sheet, palette: &Palette, tone: Tone, rect: Rect) {
    if rect.width() < 1.0 {
        return;
    }
    hatch(sheet, palette, tone, rect);
    let fill = color(palette, tone);
    if theme::contrast(fill, palette.background) < MIN_CONTRAST {
        sheet.items.push(Item::Edge {
            rect,
            stroke: Stroke::new(1.0, theme::mix(fill, palette.text, 0.3)),
            radius_pt: 0.0,
        });
    }
}

/// Rising, falling or upright lines by turns, one way for each kind without a rank.
fn hatch(sheet: &mut Sheet, palette: &Palette, tone: Tone, rect: Rect) {
    let Tone::Unranked(place) = tone else {
        return;
    };
    let fill = color(palette, tone);
    let stroke = Stroke::new(1.0, theme::mix(fill, palette.background, 0.55));
    match place % 3 {
        0 => slanted(rect, pos2, sheet, stroke),
        1 => slanted(
            rect,
            |x, y| pos2(x, rect.top() + rect.bottom() - y),
            sheet,
            stroke,
        ),
        _ => {
            let mut x = rect.left() + GAP_PT / 2.0;
            while x < rect.right() {
                sheet.line(pos2(x, rect.top()), pos2(x, rect.bottom()), stroke);
                x += GAP_PT;
            }
        }
    }
}

/// Rising lines at 45 degrees, cut off at the rectangle's edges; `turn` may mirror them.
fn slanted(rect: Rect, turn: impl Fn(f32, f32) -> Pos2, sheet: &mut Sheet, stroke: Stroke) {
    let height = rect.height();
    let mut foot = rect.left() - height + GAP_PT;
    while foot < rect.right() {
        // From the bottom edge up to the right.
        let from = foot.max(rect.left());
        let to = (foot + height).min(rect.right());
        if to > from {
            sheet.items.push(Item::Line {
                points: [
                    turn(from, rect.bottom() - (from - foot)),
                    turn(to, rect.bottom() - (to - foot)),
                ],
                stroke,
            });
        }
        foot += GAP_PT;
    }
}
