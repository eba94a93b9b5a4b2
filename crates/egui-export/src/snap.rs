//! Lines and rectangles snapped to whole pixels, as egui's tessellator does it.
//!
//! Edges and strokes of a point or more snap to the grid of points: sharp at 1x and at every whole
//! multiple. Thinner strokes snap to the grid of the layout, which is finer on a dense screen.

use egui::{Pos2, Rect, pos2};

/// The edge of a rectangle that no stroke is centered on.
pub(crate) fn edges(rect: Rect) -> Rect {
    each(rect, f32::round)
}

/// A rectangle with a stroke of `width_pt` centered on its edge.
pub(crate) fn stroked(rect: Rect, width_pt: f32, pixels_per_point: f32) -> Rect {
    each(rect, |v| center(v, width_pt, pixels_per_point))
}

/// A line of `width_pt`, where it is horizontal or vertical; any other line stays.
pub(crate) fn line(points: [Pos2; 2], width_pt: f32, pixels_per_point: f32) -> [Pos2; 2] {
    let [a, b] = points;
    if a.x == b.x {
        let x = center(a.x, width_pt, pixels_per_point);
        let [from, to] = ends(a.y, b.y);
        [pos2(x, from), pos2(x, to)]
    } else if a.y == b.y {
        let y = center(a.y, width_pt, pixels_per_point);
        let [from, to] = ends(a.x, b.x);
        [pos2(from, y), pos2(to, y)]
    } else {
        points
    }
}

fn each(rect: Rect, f: impl Fn(f32) -> f32) -> Rect {
    Rect::from_min_max(
        pos2(f(rect.min.x), f(rect.min.y)),
        pos2(f(rect.max.x), f(rect.max.y)),
    )
}

/// Where a stroke's center goes: in the middle of a pixel where its width is odd, between two where
/// it is even.
fn center(v: f32, width_pt: f32, pixels_per_point: f32) -> f32 {
    let grid = if width_pt < 1.0 {
        pixels_per_point.max(1.0)
    } else {
        1.0
    };
    let width_px = width_pt * grid;
    let odd = width_px <= 1.0 || (width_px * 0.5 + 0.25).fract() > 0.5;
    if odd {
        ((v * grid - 0.5).round() + 0.5) / grid
    } else {
        (v * grid).round() / grid
    }
}

/// The ends of a line, outward to the next whole pixel unless they pass it by less than a quarter.
fn ends(a: f32, b: f32) -> [f32; 2] {
    let (min, max) = (a.min(b), a.max(b));
    let (mut low, mut high) = ((min + 0.25).floor(), (max - 0.25).ceil());
    if low >= high {
        (low, high) = (min.floor(), max.ceil()); // shorter than a pixel: never vanish
    }
    if a <= b { [low, high] } else { [high, low] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_strokes_lie_amid_a_pixel_and_even_ones_between_two() {
        let level = |y: f32, width| line([pos2(0.0, y), pos2(9.0, y)], width, 1.0)[0].y;
        assert_eq!(level(10.0, 1.0), 10.5);
        assert_eq!(level(10.4, 1.0), 10.5);
        assert_eq!(level(10.4, 2.0), 10.0);
        assert_eq!(level(10.4, 3.0), 10.5);
        assert_eq!(level(10.4, 0.3), 10.5);
    }

    #[test]
    fn a_hairline_of_a_dense_screen_keeps_its_finer_grid() {
        let [a, _] = line([pos2(3.1, 0.0), pos2(3.1, 5.0)], 0.5, 2.0);
        assert_eq!(a.x, 3.25);
    }

    #[test]
    fn ends_reach_whole_pixels_in_either_direction() {
        let [a, b] = line([pos2(0.3, 1.0), pos2(8.2, 1.0)], 1.0, 1.0);
        assert_eq!((a.x, b.x), (0.0, 8.0));
        let [a, b] = line([pos2(8.3, 1.0), pos2(0.9, 1.0)], 1.0, 1.0);
        assert_eq!((a.x, b.x), (9.0, 1.0));
        let [a, b] = line([pos2(0.8, 1.0), pos2(1.1, 1.0)], 1.0, 1.0);
        assert_eq!((a.x, b.x), (0.0, 2.0));
    }

    #[test]
    fn slanted_lines_stay() {
        let points = [pos2(0.3, 0.2), pos2(5.7, 9.9)];
        assert_eq!(line(points, 1.0, 1.0), points);
    }
}
