//! The colors of marks by role, and the patterns that tell them apart in grey print too.

use super::picture_layout::{LayoutItem, PictureLayout};
use crate::theme::{self, Palette};
use egui::{Color32, Pos2, Rect, Stroke, pos2};
use linchpin_charts::picture::ColorRole;

/// The fill of a role.
pub(super) fn fill_color(palette: &Palette, role: ColorRole) -> Color32 {
    match role {
        ColorRole::Single => palette.bar,
        ColorRole::LadderStep(rank) => {
            palette.ladder[usize::from(rank).min(palette.ladder.len() - 1)]
        }
        ColorRole::Unranked(place) => palette.unranked[usize::from(place) % palette.unranked.len()],
        ColorRole::Category(place) => {
            let (place, round) = category_place(palette, place);
            // Where the hues are used up they come again, nearer to the letters: never one color
            // for two groups, up to three times as many as there are hues.
            let share = [0.0, 0.35, 0.6][round.min(2)];
            theme::mix(palette.category[place], palette.text, share)
        }
        // Pale: nobody knows, and nobody should look there first.
        ColorRole::Quiet(place) => {
            let share = if place == 0 { 0.16 } else { 0.3 };
            theme::mix(palette.background, palette.text_muted, share)
        }
    }
}

/// The place of a category among the hues, and how often they were used up before it.
fn category_place(palette: &Palette, place: u8) -> (usize, usize) {
    let count = palette.category.len();
    (usize::from(place) % count, usize::from(place) / count)
}

/// Below this contrast with the background a fill gets an edge.
const MIN_CONTRAST: f32 = 2.0;

/// Finishes a filled rectangle: a pattern where its role has one, an edge where its color is close
/// to the background's.
pub(super) fn draw_pattern_and_edge(
    layout: &mut PictureLayout,
    palette: &Palette,
    role: ColorRole,
    rect: Rect,
) {
    if rect.width() < 1.0 || rect.height() < 1.0 {
        return;
    }
    let fill = fill_color(palette, role);
    if let Some((pattern, gap_pt)) = fill_pattern(role, palette.patterns) {
        pattern.draw(layout, rect, gap_pt, pattern_color(palette, fill));
    }
    if theme::contrast(fill, palette.background) < MIN_CONTRAST {
        layout.outline(rect, Stroke::new(1.0, theme::mix(fill, palette.text, 0.3)));
    }
}

/// The pattern of a role and the distance of its lines, in points. Kinds without a rank always have
/// one; steps and groups where the palette asks for it. No two roles of a chart have the same.
fn fill_pattern(role: ColorRole, patterns: bool) -> Option<(FillPattern, f32)> {
    const GAP_PT: f32 = 6.0;
    /// As many as every palette has.
    const HUES: usize = 6;
    let kind = |all: &[FillPattern], place: u8| Some((all[usize::from(place) % all.len()], GAP_PT));
    match role {
        // Denser where the patterns come again: records without a step next to three kinds of steps
        // without a rank.
        ColorRole::Unranked(place) => {
            let all = [
                FillPattern::Rising,
                FillPattern::Falling,
                FillPattern::Vertical,
            ];
            let (place, round) = (usize::from(place), usize::from(place) / all.len());
            Some((
                all[place % all.len()],
                if round == 0 { GAP_PT } else { 3.5 },
            ))
        }
        ColorRole::Quiet(0) => None,
        ColorRole::Quiet(_) => Some((FillPattern::Falling, 4.5)),
        // The second and the third round of hues have patterns in any palette.
        ColorRole::Category(place) if usize::from(place) >= HUES => {
            let (round, place) = (usize::from(place) / HUES, usize::from(place) % HUES);
            let gap_pt = if round == 1 { 4.0 } else { 9.0 };
            Some((
                FillPattern::ALL[(place + round) % FillPattern::ALL.len()],
                gap_pt,
            ))
        }
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

/// The color of a pattern's lines: from the fill toward the background or the letters, whichever is
/// further away.
fn pattern_color(palette: &Palette, fill: Color32) -> Color32 {
    // Whichever is further away leaves the most contrast within the fill, on light and on dark
    // fills.
    let away = [palette.background, palette.text]
        .into_iter()
        .max_by(|a, b| theme::contrast(fill, *a).total_cmp(&theme::contrast(fill, *b)));
    theme::mix(fill, away.unwrap_or(palette.background), 0.5)
}

/// The color of a role for thin things, which needs more contrast with the background than an area
/// does.
pub(super) fn stroke_color(palette: &Palette, role: ColorRole) -> Color32 {
    with_contrast(palette, role, 2.2)
}

/// The color of a role for words.
pub(super) fn text_color(palette: &Palette, role: ColorRole) -> Color32 {
    with_contrast(palette, role, 4.5)
}

fn with_contrast(palette: &Palette, role: ColorRole, contrast: f32) -> Color32 {
    let color = fill_color(palette, role);
    // Toward the color of text, which is the one that is sure to stand out, and no further than
    // needed: the hue is what ties a line to its key.
    (0..=10)
        .map(|tenths| theme::mix(color, palette.text, tenths as f32 / 10.0))
        .find(|mixed| theme::contrast(*mixed, palette.background) >= contrast)
        .unwrap_or(palette.text)
}

/// How a fill is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FillPattern {
    /// Lines from the lower left to the upper right.
    Rising,
    Falling,
    Vertical,
    Horizontal,
    /// Rising and falling lines.
    Cross,
    Dots,
}

impl FillPattern {
    const ALL: [FillPattern; 6] = [
        FillPattern::Rising,
        FillPattern::Dots,
        FillPattern::Horizontal,
        FillPattern::Cross,
        FillPattern::Vertical,
        FillPattern::Falling,
    ];

    /// Draws the pattern within a rectangle, its lines or dots `gap_pt` apart.
    fn draw(self, layout: &mut PictureLayout, rect: Rect, gap_pt: f32, color: Color32) {
        let stroke = Stroke::new(1.0, color);
        match self {
            FillPattern::Rising => diagonal_lines(layout, rect, gap_pt, pos2, stroke),
            FillPattern::Falling => diagonal_lines(layout, rect, gap_pt, mirrored(rect), stroke),
            FillPattern::Cross => {
                // Two sets of lines: finer, so that they are no darker than one.
                let stroke = Stroke::new(0.75, color);
                diagonal_lines(layout, rect, gap_pt, pos2, stroke);
                diagonal_lines(layout, rect, gap_pt, mirrored(rect), stroke);
            }
            FillPattern::Vertical => {
                for x in steps(rect.left(), rect.right(), gap_pt) {
                    layout.line(pos2(x, rect.top()), pos2(x, rect.bottom()), stroke);
                }
            }
            FillPattern::Horizontal => {
                for y in steps(rect.top(), rect.bottom(), gap_pt) {
                    layout.line(pos2(rect.left(), y), pos2(rect.right(), y), stroke);
                }
            }
            FillPattern::Dots => dots(layout, rect, gap_pt, color),
        }
    }
}

/// Evenly between two ends, half a step from each.
fn steps(from: f32, to: f32, gap_pt: f32) -> impl Iterator<Item = f32> {
    let count = ((to - from) / gap_pt).round().clamp(1.0, 10_000.0);
    let step = (to - from) / count;
    (0..count as u32).map(move |i| from + (i as f32 + 0.5) * step)
}

/// Rows of dots, every other row moved by half a step.
fn dots(layout: &mut PictureLayout, rect: Rect, gap_pt: f32, color: Color32) {
    const RADIUS_PT: f32 = 1.1;
    for (i, y) in steps(rect.top(), rect.bottom(), gap_pt * 0.87).enumerate() {
        for x in steps(rect.left(), rect.right(), gap_pt) {
            let x = if i % 2 == 0 { x } else { x + gap_pt / 2.0 };
            if rect.shrink(RADIUS_PT).contains(pos2(x, y)) {
                layout.circle(pos2(x, y), RADIUS_PT, color, Stroke::NONE);
            }
        }
    }
}

/// Upside down.
fn mirrored(rect: Rect) -> impl Fn(f32, f32) -> Pos2 {
    move |x, y| pos2(x, rect.top() + rect.bottom() - y)
}

/// Rising lines at 45 degrees, cut off at the rectangle's edges; `place` may mirror them.
fn diagonal_lines(
    layout: &mut PictureLayout,
    rect: Rect,
    gap_pt: f32,
    place: impl Fn(f32, f32) -> Pos2,
    stroke: Stroke,
) {
    // The ends of a slanted line are slanted too: they stay within the edges.
    let rect = rect.shrink(stroke.width / 2.0);
    let height = rect.height();
    let mut start = rect.left() - height + gap_pt;
    while start < rect.right() {
        // From the bottom edge up to the right. Cut by arithmetic rather than by a clip: a clip
        // would be a group of its own in SVG and PDF.
        let from = start.max(rect.left());
        let to = (start + height).min(rect.right());
        if to > from {
            layout.items.push(LayoutItem::Line {
                points: [
                    place(from, rect.bottom() - (from - start)),
                    place(to, rect.bottom() - (to - start)),
                ],
                stroke,
            });
        }
        start += gap_pt;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::{DARK, LIGHT, PRINT};
    use egui::vec2;

    fn roles() -> Vec<ColorRole> {
        let steps = (0..7).map(ColorRole::LadderStep);
        let groups = (0..6).map(ColorRole::Category);
        steps
            .chain(groups)
            .chain((0..3).map(ColorRole::Unranked))
            .collect()
    }

    #[test]
    fn each_pattern_stands_for_one_tone() {
        let shown = |roles: &[ColorRole]| -> Vec<Option<(FillPattern, f32)>> {
            roles.iter().map(|role| fill_pattern(*role, true)).collect()
        };
        for chart in [&roles()[..7], &roles()[7..13]] {
            let all: Vec<ColorRole> = chart
                .iter()
                .copied()
                .chain(roles()[13..].to_vec())
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
            for role in roles() {
                let fill = fill_color(palette, role);
                let ratio = theme::contrast(fill, pattern_color(palette, fill));
                assert!(ratio >= 1.6, "{role:?}: {ratio}");
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

    #[test]
    fn every_pattern_leaves_ink_within_its_rectangle() {
        let rect = Rect::from_min_max(pos2(10.0, 20.0), pos2(24.0, 34.0));
        for pattern in FillPattern::ALL {
            let mut layout = PictureLayout::default();
            pattern.draw(&mut layout, rect, 6.0, Color32::TRANSPARENT);
            assert!(!layout.items.is_empty(), "{pattern:?}");
            for item in &layout.items {
                let points = match item {
                    // The corners of the line, which is as wide as its stroke.
                    LayoutItem::Line {
                        points: [a, b],
                        stroke,
                    } => {
                        let side = (*b - *a).normalized().rot90() * stroke.width / 2.0;
                        vec![*a + side, *a - side, *b + side, *b - side]
                    }
                    LayoutItem::Circle {
                        center, radius_pt, ..
                    } => {
                        let corner = vec2(*radius_pt, *radius_pt);
                        vec![*center - corner, *center + corner]
                    }
                    _ => Vec::new(),
                };
                for point in points {
                    assert!(
                        rect.expand(0.01).contains(point),
                        "{pattern:?} at {point:?}"
                    );
                }
            }
        }
    }
}
