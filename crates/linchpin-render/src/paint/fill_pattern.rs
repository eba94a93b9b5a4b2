//! Patterns on fills: lines and dots that are seen where colors are not.

use super::picture_layout::{LayoutItem, PictureLayout};
use egui::{Color32, Pos2, Rect, Stroke, pos2};

/// How a fill is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FillPattern {
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
    pub const ALL: [FillPattern; 6] = [
        FillPattern::Rising,
        FillPattern::Dots,
        FillPattern::Horizontal,
        FillPattern::Cross,
        FillPattern::Vertical,
        FillPattern::Falling,
    ];

    /// Draws the pattern within a rectangle, its lines or dots `gap_pt` apart.
    pub fn draw(self, layout: &mut PictureLayout, rect: Rect, gap_pt: f32, color: Color32) {
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

/// Rising lines at 45 degrees, cut off at the rectangle's edges; `turn` may mirror them.
fn diagonal_lines(
    layout: &mut PictureLayout,
    rect: Rect,
    gap_pt: f32,
    turn: impl Fn(f32, f32) -> Pos2,
    stroke: Stroke,
) {
    let height = rect.height();
    let mut start = rect.left() - height + gap_pt;
    while start < rect.right() {
        // From the bottom edge up to the right.
        let from = start.max(rect.left());
        let to = (start + height).min(rect.right());
        if to > from {
            layout.items.push(LayoutItem::Line {
                points: [
                    turn(from, rect.bottom() - (from - start)),
                    turn(to, rect.bottom() - (to - start)),
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

    #[test]
    fn every_pattern_leaves_ink_within_its_rectangle() {
        let rect = Rect::from_min_max(pos2(10.0, 20.0), pos2(24.0, 34.0));
        for pattern in FillPattern::ALL {
            let mut layout = PictureLayout::default();
            pattern.draw(&mut layout, rect, 6.0, Color32::TRANSPARENT);
            assert!(!layout.items.is_empty(), "{pattern:?}");
            for item in &layout.items {
                let points = match item {
                    LayoutItem::Line { points, .. } => points.to_vec(),
                    LayoutItem::Circle { center, .. } => vec![*center],
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
