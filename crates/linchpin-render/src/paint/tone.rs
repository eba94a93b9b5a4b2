//! Tones as colors, and the patterns that tell them apart in grey print too.

use super::pattern::Pattern;
use super::sheet::{Item, Sheet};
use crate::theme::{self, Palette};
use egui::{Color32, Rect, Stroke};
use linchpin_charts::picture::ColorRole;

/// The fill of a tone.
pub(super) fn color(palette: &Palette, tone: ColorRole) -> Color32 {
    match tone {
        ColorRole::Single => palette.bar,
        ColorRole::LadderStep(rank) => {
            palette.ladder[usize::from(rank).min(palette.ladder.len() - 1)]
        }
        ColorRole::Unranked(place) => palette.unranked[usize::from(place) % palette.unranked.len()],
        ColorRole::Category(place) => palette.category[usize::from(place) % palette.category.len()],
    }
}

/// Below this contrast with the ground a fill gets an edge.
const MIN_CONTRAST: f32 = 2.0;

/// Finishes a filled rectangle: a pattern where its tone has one, an edge where its color is close
/// to the ground's.
pub(super) fn finish(sheet: &mut Sheet, palette: &Palette, tone: ColorRole, rect: Rect) {
    if rect.width() < 1.0 || rect.height() < 1.0 {
        return;
    }
    let fill = color(palette, tone);
    if let Some((pattern, gap_pt)) = pattern_of(tone, palette.patterns) {
        pattern.draw(sheet, rect, gap_pt, ink(palette, fill));
    }
    if theme::contrast(fill, palette.background) < MIN_CONTRAST {
        sheet.items.push(Item::Edge {
            rect,
            stroke: Stroke::new(1.0, theme::mix(fill, palette.text, 0.3)),
            radius_pt: 0.0,
        });
    }
}

/// The pattern of a tone and the distance of its lines, in points. Kinds without a rank always have
/// one; steps and groups where the palette asks for it. No two tones of a chart have the same.
fn pattern_of(tone: ColorRole, patterns: bool) -> Option<(Pattern, f32)> {
    const GAP_PT: f32 = 6.0;
    let kind = |all: &[Pattern], place: u8| Some((all[usize::from(place) % all.len()], GAP_PT));
    match tone {
        ColorRole::Unranked(place) => kind(
            &[Pattern::Rising, Pattern::Falling, Pattern::Upright],
            place,
        ),
        ColorRole::Category(place) if patterns => kind(&Pattern::ALL, place),
        // From dots over lines to a net; the firmest is whole.
        ColorRole::LadderStep(rank) if patterns => match rank {
            0 => Some((Pattern::Dots, 9.0)),
            1 => Some((Pattern::Dots, 5.5)),
            2 => Some((Pattern::Level, 9.0)),
            3 => Some((Pattern::Level, 5.0)),
            4 => Some((Pattern::Cross, 14.0)),
            5 => Some((Pattern::Cross, 7.0)),
            _ => None,
        },
        ColorRole::Category(_) | ColorRole::LadderStep(_) | ColorRole::Single => None,
    }
}

/// The color of a pattern's lines: from the fill toward the ground or the letters, whichever is
/// further away.
fn ink(palette: &Palette, fill: Color32) -> Color32 {
    let away = [palette.background, palette.text]
        .into_iter()
        .max_by(|a, b| theme::contrast(fill, *a).total_cmp(&theme::contrast(fill, *b)));
    theme::mix(fill, away.unwrap_or(palette.background), 0.5)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::{DARK, LIGHT, PRINT};

    fn tones() -> Vec<ColorRole> {
        let steps = (0..7).map(ColorRole::LadderStep);
        let groups = (0..6).map(ColorRole::Category);
        steps
            .chain(groups)
            .chain((0..3).map(ColorRole::Unranked))
            .collect()
    }

    #[test]
    fn each_pattern_stands_for_one_tone() {
        let shown = |tones: &[ColorRole]| -> Vec<Option<(Pattern, f32)>> {
            tones.iter().map(|tone| pattern_of(*tone, true)).collect()
        };
        for chart in [&tones()[..7], &tones()[7..13]] {
            let all: Vec<ColorRole> = chart
                .iter()
                .copied()
                .chain(tones()[13..].to_vec())
                .collect();
            // Steps and kinds without a rank stand in one chart, groups in another.
            let shown = shown(if chart.len() == 7 { &all } else { chart });
            for (i, one) in shown.iter().enumerate() {
                assert!(!shown[i + 1..].contains(one), "{one:?} twice");
            }
        }
    }

    #[test]
    fn a_pattern_stands_out_in_grey() {
        for palette in [&LIGHT, &DARK, &PRINT] {
            for tone in tones() {
                let fill = color(palette, tone);
                let ratio = theme::contrast(fill, ink(palette, fill));
                assert!(ratio >= 1.6, "{tone:?}: {ratio}");
            }
        }
    }

    #[test]
    fn patterns_are_off_until_a_palette_asks_for_them() {
        assert!(!LIGHT.patterns && !DARK.patterns);
        assert_eq!(pattern_of(ColorRole::Category(0), false), None);
        assert_eq!(pattern_of(ColorRole::LadderStep(1), false), None);
        assert!(pattern_of(ColorRole::Unranked(0), false).is_some());
    }
}
