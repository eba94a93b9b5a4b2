//! Squares in lines of so many, all of one size, that can be counted.

use super::mark_colors;
use super::picture_layout::PictureLayout;
use crate::theme::{self, Palette};
use egui::{Color32, Pos2, Rect, Stroke, Vec2, pos2, vec2};
use linchpin_charts::picture::{ColorRole, WaffleGroup};

/// The most squares that are drawn of one group.
pub(super) const MAX_SQUARES: f64 = 2000.0;

/// From one square to the next, in points, the best first.
pub(super) const PITCHES_PT: [f32; 9] = [20.0, 18.0, 16.0, 14.0, 12.0, 10.0, 8.0, 7.0, 6.0];

/// What follows the last square where there is more than what is drawn: its share of a side, and of
/// its color.
const FADING: [(f32, f32); 3] = [(0.8, 0.55), (0.6, 0.38), (0.4, 0.24)];

/// A part of a square below this is not seen.
const MIN_FRACTION: f64 = 0.02;

/// How squares are put.
#[derive(Clone, Copy, Debug)]
pub(super) struct SquareGrid {
    /// How many stand in a line.
    pub per_row: usize,
    /// A little more room follows after so many, across.
    pub gap_every: usize,
    /// From one square to the next, in points.
    pub pitch_pt: f32,
}

impl SquareGrid {
    /// The side of a square, in points.
    pub fn side_pt(self) -> f32 {
        self.pitch_pt - self.gap_pt()
    }

    fn gap_pt(self) -> f32 {
        (self.pitch_pt * 0.13).clamp(1.0, 2.5)
    }

    /// The room between two heaps that are counted at once.
    fn extra_gap_pt(self) -> f32 {
        self.gap_pt() * 1.6
    }

    /// The width of so many squares in one line.
    pub fn row_width_pt(self, count: usize) -> f32 {
        let count = count.min(self.per_row);
        if count == 0 {
            return 0.0;
        }
        let pauses = (count - 1) / self.gap_every.max(1);
        count as f32 * self.pitch_pt - self.gap_pt() + pauses as f32 * self.extra_gap_pt()
    }

    /// What so many squares take up.
    pub fn size(self, count: usize) -> Vec2 {
        let lines = count.div_ceil(self.per_row.max(1));
        if lines == 0 {
            return Vec2::ZERO;
        }
        // Ten lines of ten are a hundred: the eye takes them as one.
        let pauses = (lines - 1) / 10;
        let height =
            lines as f32 * self.pitch_pt - self.gap_pt() + pauses as f32 * self.extra_gap_pt();
        vec2(self.row_width_pt(count), height)
    }

    /// The box of a square by its place.
    pub fn cell(self, at: Pos2, place: usize) -> Rect {
        let across = self.per_row.max(1);
        let (column, line) = (place % across, place / across);
        let x = column as f32 * self.pitch_pt
            + (column / self.gap_every.max(1)) as f32 * self.extra_gap_pt();
        let y = line as f32 * self.pitch_pt + (line / 10) as f32 * self.extra_gap_pt();
        Rect::from_min_size(at + vec2(x, y), Vec2::splat(self.side_pt()))
    }

    /// Draws the squares of a group from a corner on.
    pub fn draw(
        self,
        layout: &mut PictureLayout,
        palette: &Palette,
        squares: &WaffleGroup,
        at: Pos2,
    ) {
        let fill = mark_colors::fill_color(palette, squares.color);
        let (whole, part) = whole_and_fraction(squares);
        for place in 0..whole {
            draw_square(layout, palette, squares.color, self.cell(at, place));
        }
        let mut next = whole;
        if part > 0.0 {
            draw_partial(layout, palette, fill, self.cell(at, next), part);
            next += 1;
        }
        if squares.is_lower_bound {
            self.draw_fading(layout, palette, fill, at, next);
        }
    }

    /// Draws what says that there is more, from a place on.
    pub fn draw_fading(
        self,
        layout: &mut PictureLayout,
        palette: &Palette,
        fill: Color32,
        at: Pos2,
        from: usize,
    ) {
        for (step, (share, strength)) in FADING.iter().enumerate() {
            let cell = self.cell(at, from + step);
            let color = theme::mix(palette.background, fill, *strength);
            let rect = Rect::from_center_size(cell.center(), cell.size() * *share);
            layout.fill_rounded(rect, color, corner_pt(rect.width()));
        }
    }
}

/// How many places a group takes up, fading ones included.
pub(super) fn cell_count(squares: &WaffleGroup) -> usize {
    let (whole, part) = whole_and_fraction(squares);
    whole
        + usize::from(part > 0.0)
        + if squares.is_lower_bound {
            FADING.len()
        } else {
            0
        }
}

/// Whole squares, and the share of the last one.
fn whole_and_fraction(squares: &WaffleGroup) -> (usize, f32) {
    // A register may hold any number; what cannot be counted is not drawn.
    let count = if squares.squares.is_finite() {
        squares.squares.clamp(0.0, MAX_SQUARES)
    } else {
        0.0
    };
    // What a sum of fractions loses must not turn the last square into a sliver.
    let whole = (count + MIN_FRACTION).floor();
    let part = count - whole;
    // What is more than nothing has a square all the same, as good as empty.
    let part = if part < MIN_FRACTION && whole > 0.0 {
        0.0
    } else {
        part.max(0.0)
    };
    (whole as usize, part as f32)
}

/// One square, as in the key.
pub(super) fn draw_square(
    layout: &mut PictureLayout,
    palette: &Palette,
    role: ColorRole,
    rect: Rect,
) {
    layout.fill_rounded(
        rect,
        mark_colors::fill_color(palette, role),
        corner_pt(rect.width()),
    );
    mark_colors::draw_pattern_and_edge(layout, palette, role, rect);
}

/// A square of which only a share counts: the rest pale, so that it is seen to be one.
fn draw_partial(
    layout: &mut PictureLayout,
    palette: &Palette,
    fill: Color32,
    rect: Rect,
    share: f32,
) {
    let pale = theme::mix(palette.background, fill, 0.18);
    layout.fill(rect, pale);
    let end = pos2(rect.left() + rect.width() * share, rect.bottom());
    layout.fill(Rect::from_min_max(rect.min, end), fill);
    layout.outline(rect, Stroke::new(1.0, fill));
}

fn corner_pt(side_pt: f32) -> f32 {
    if side_pt < 9.0 { 0.0 } else { 1.5 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paint::picture_layout::LayoutItem;
    use crate::theme::LIGHT;

    fn group(squares: f64, is_open: bool) -> WaffleGroup {
        WaffleGroup {
            name: String::new(),
            text: "".into(),
            detail: None,
            squares,
            is_lower_bound: is_open,
            upper: None,
            color: ColorRole::Single,
            mark: Default::default(),
        }
    }

    #[test]
    fn a_part_is_a_square_and_an_open_end_is_three() {
        for (squares, is_open, count) in [
            (0.0, false, 0),
            (0.01, false, 1),
            (1.01, false, 1),
            (0.2, false, 1),
            (6.995, false, 7),
            (7.0, true, 10),
            (7.3, true, 11),
            (f64::NAN, false, 0),
            (-3.0, false, 0),
            (1e12, false, 2000),
        ] {
            assert_eq!(cell_count(&group(squares, is_open)), count, "{squares}");
        }
        // What is off by less than can be seen is whole.
        assert_eq!(whole_and_fraction(&group(6.995, false)), (7, 0.0));
    }

    #[test]
    fn squares_are_of_one_size_and_keep_apart() {
        let grid = SquareGrid {
            per_row: 10,
            gap_every: 5,
            pitch_pt: 12.0,
        };
        let size = grid.size(25);
        let cells: Vec<Rect> = (0..25).map(|place| grid.cell(Pos2::ZERO, place)).collect();
        for (i, cell) in cells.iter().enumerate() {
            assert!(
                Rect::from_min_size(Pos2::ZERO, size)
                    .expand(0.01)
                    .contains_rect(*cell)
            );
            assert!((cell.size() - cells[0].size()).length() < 0.01);
            assert!(cells[i + 1..].iter().all(|other| !other.intersects(*cell)));
        }
        let mut layout = PictureLayout::default();
        grid.draw(&mut layout, &LIGHT, &group(25.0, false), Pos2::ZERO);
        assert_eq!(layout.items.len(), 25);
    }

    #[test]
    fn the_last_square_is_filled_by_its_share() {
        let grid = SquareGrid {
            per_row: 10,
            gap_every: 10,
            pitch_pt: 12.0,
        };
        let mut layout = PictureLayout::default();
        grid.draw(&mut layout, &LIGHT, &group(1.25, false), Pos2::ZERO);
        let fills: Vec<f32> = layout
            .items
            .iter()
            .filter_map(|item| match item {
                LayoutItem::Fill { rect, color, .. } if *color == LIGHT.bar => Some(rect.width()),
                _ => None,
            })
            .collect();
        assert_eq!(fills.len(), 2);
        assert!((fills[1] / fills[0] - 0.25).abs() < 0.01, "{fills:?}");
    }
}
