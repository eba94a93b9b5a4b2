//! Tones as colors, and the patterns that tell them apart in grey print too.

use super::fill_pattern::FillPattern;
use super::picture_layout::{LayoutItem, PictureLayout};
use crate::theme::{self, Palette};
use egui::{Color32, Rect, Stroke};
use linchpin_charts::picture::ColorRole;

/// The fill of a tone.
pub(super) fn fill_color(palette: &Palette, tone: ColorRole) -> Color32 {
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
pub(super) fn draw_pattern_and_edge(
    layout: &mut PictureLayout,
    palette: &Palette,
    tone: ColorRole,
    rect: Rect,
) {
    if rect.width() < 1.0 || rect.height() < 1.0 {
        return;
    }
    let fill = fill_color(palette, tone);
    if let Some((pattern, gap_pt)) = fill_pattern(tone, palette.patterns) {
        pattern.draw(layout, rect, gap_pt, pattern_color(palette, fill));
    }
    if theme::contrast(fill, palette.background) < MIN_CONTRAST {
        layout.items.push(LayoutItem::RectOutline {
            rect,
            stroke: Stroke::new(1.0, theme::mix(fill, palette.text, 0.3)),
            radius_pt: 0.0,
        });
    }
}

/// The pattern of a tone and the distance of its lines, in points. Kinds without a rank always have
/// one; steps and groups where the palette asks for it. No two tones of a chart have the same.
fn fill_pattern(tone: ColorRole, patterns: bool) -> Option<(FillPattern, f32)> {
    const GAP_PT: f32 = 6.0;
    let kind = |all: &[FillPattern], place: u8| Some((all[usize::from(place) % all.len()], GAP_PT));
    match tone {
        ColorRole::Unranked(place) => kind(
            &[
                FillPattern::Rising,
                FillPattern::Falling,
                FillPattern::Vertical,
            ],
            place,
        ),
        ColorRole::Category(place) if patterns => kind(&FillPattern::ALL, place),
        // From dots over lines to a net; the firmest is whole.
        ColorRole::LadderStep(rank) if patterns => match rank {
            0 => Some((FillPattern::Dots, 9.0)),
            1 => Some((FillPattern::Dots, 5.5)),
            2 => Some((FillPattern::Horizontal, 9.0)),
            3 => Some((FillPattern::Horizontal, 5.0)),
            4 => Some((FillPattern::Cross, 14.0)),
            5 => Some((FillPattern::Cross, 7.0)),
            _ => None,
        },
        ColorRole::Category(_) | ColorRole::LadderStep(_) | ColorRole::Single => None,
    }
}

/// The color of a pattern's lines: from the fill toward the ground or the letters, whichever is
/// further away.
fn pattern_color(palette: &Palette, fill: Color32) -> Color32 {
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
        let shown = |tones: &[ColorRole]| -> Vec<Option<(FillPattern, f32)>> {
            tones.iter().map(|tone| fill_pattern(*tone, true)).collect()
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
                let fill = fill_color(palette, tone);
                let ratio = theme::contrast(fill, pattern_color(palette, fill));
                assert!(ratio >= 1.6, "{tone:?}: {ratio}");
            }
        }
    }

    #[test]
    fn patterns_are_off_until_a_palette_asks_for_them() {
        assert!(!LIGHT.patterns && !DARK.patterns);
        assert_eq!(fill_pattern(ColorRole::Category(0), false), None);
        assert_eq!(fill_pattern(ColorRole::LadderStep(1), false), None);
        assert!(fill_pattern(ColorRole::Unranked(0), false).is_some());
    }
}
