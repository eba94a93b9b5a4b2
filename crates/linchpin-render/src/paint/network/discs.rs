//! Discs that stand for records, and how they are pushed apart. No roots but square ones, so that
//! every machine gives the same places.

use egui::{Pos2, Rect, Vec2, vec2};

/// A disc that stands for a record.
#[derive(Clone, Copy, Debug)]
pub(super) struct Disc {
    pub center: Pos2,
    pub radius_pt: f32,
}

impl Disc {
    /// Whether a box comes nearer than `gap_pt`.
    pub fn touches(&self, rect: Rect, gap_pt: f32) -> bool {
        let reach = self.radius_pt + gap_pt;
        rect.distance_sq_to_pos(self.center) < reach * reach
    }

    pub fn rect(&self) -> Rect {
        Rect::from_center_size(self.center, Vec2::splat(2.0 * self.radius_pt))
    }
}

/// Pushes discs apart until `gap_pt` lies between any two, within a box. Returns whether that was
/// possible.
pub(super) fn push_apart(discs: &mut [Disc], gap_pt: f32, room: Rect) -> bool {
    const PASSES: usize = 160;
    for _ in 0..PASSES {
        let mut moved = false;
        // Always in the order of the records: another order would end in other places.
        for second in 1..discs.len() {
            for first in 0..second {
                let (a, b) = (discs[first], discs[second]);
                let wanted = a.radius_pt + b.radius_pt + gap_pt;
                let between = b.center - a.center;
                let far = between.length();
                if far >= wanted - 0.01 {
                    continue;
                }
                moved = true;
                let way = if far > 0.01 {
                    between / far
                } else {
                    // Two in one place part by their order: no direction is better than another.
                    let slope = (second % 7) as f32 - 3.0;
                    vec2(1.0, 0.3 * slope).normalized()
                };
                // A little more than half each, so that rounding does not leave them touching for
                // ever.
                let push = way * ((wanted - far) / 2.0 + 0.01);
                discs[first].center = room.clamp(a.center - push);
                discs[second].center = room.clamp(b.center + push);
            }
        }
        if !moved {
            return true;
        }
    }
    false
}

/// Puts discs into lines, in their order: the last way out. Returns the height that it takes.
pub(super) fn arrange_in_rows(discs: &mut [Disc], gap_pt: f32, room: Rect) -> f32 {
    let widest = discs.iter().map(|disc| disc.radius_pt).fold(0.0, f32::max);
    let cell = 2.0 * widest + gap_pt;
    let across = ((room.width() / cell).floor() as usize).max(1);
    for (i, disc) in discs.iter_mut().enumerate() {
        let (column, line) = (i % across, i / across);
        disc.center = room.min + vec2(column as f32 + 0.5, line as f32 + 0.5) * cell;
    }
    discs.len().div_ceil(across) as f32 * cell
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::pos2;

    #[test]
    fn discs_in_one_place_part() {
        let room = Rect::from_min_max(pos2(0.0, 0.0), pos2(200.0, 100.0));
        let mut discs = [Disc {
            center: pos2(0.0, 0.0),
            radius_pt: 5.0,
        }; 12];
        assert!(push_apart(&mut discs, 4.0, room));
        for (i, a) in discs.iter().enumerate() {
            assert!(room.contains(a.center));
            for b in &discs[i + 1..] {
                assert!((a.center - b.center).length() >= 13.9);
            }
        }
        let small = Rect::from_min_max(pos2(0.0, 0.0), pos2(10.0, 10.0));
        discs.iter_mut().for_each(|disc| disc.center = small.min);
        assert!(!push_apart(&mut discs, 4.0, small), "no room for twelve");
        let height = arrange_in_rows(
            &mut discs,
            4.0,
            Rect::from_min_size(room.min, vec2(60.0, 20.0)),
        );
        assert_eq!(height, 3.0 * 14.0);
        assert!(
            push_apart(&mut discs, 3.9, Rect::EVERYTHING),
            "apart already"
        );
    }
}
