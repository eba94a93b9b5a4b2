//! Years across a page, on one scale, with cuts where nothing is recorded.

use super::picture_layout::PictureLayout;
use super::text_layout::TextLayouter;
use crate::theme::{self, size};
use egui::{Color32, Stroke, pos2};
use linchpin_charts::picture::{AxisSegment, DateSpan};

/// The width that a year's number needs, and the width of a cut, in points.
const MIN_TICK_LABEL_PT: f32 = 34.0;
const AXIS_BREAK_PT: f32 = 16.0;

/// Half the least width of a date, in points.
pub(super) const DOT_PT: f32 = 5.0;

/// The least width at which the first year of every piece is shown.
pub(super) fn min_width_pt(pieces: &[AxisSegment]) -> f32 {
    (MIN_TICK_LABEL_PT + AXIS_BREAK_PT) * pieces.len() as f32
}

/// Years across the page, with cuts.
pub(super) struct YearAxis {
    pub left: f32,
    pub right: f32,
    pt_per_year: f32,
    /// Where each piece begins.
    pieces: Vec<(AxisSegment, f32)>,
}

impl YearAxis {
    pub fn new(pieces: &[AxisSegment], left: f32, right: f32) -> YearAxis {
        let cuts = AXIS_BREAK_PT * pieces.len().saturating_sub(1) as f32;
        let room = (right - left - cuts).max(1.0);
        let years = |piece: &AxisSegment| (piece.to - piece.from).max(1) as f32;
        let width = |scale: f32| -> f32 {
            pieces
                .iter()
                .map(|piece| (years(piece) * scale).max(MIN_TICK_LABEL_PT))
                .sum()
        };
        // The one scale at which all pieces fit, each at least as wide as the number of its year.
        let (mut low, mut high) = (0.0_f32, room);
        for _ in 0..40 {
            let middle = (low + high) / 2.0;
            if width(middle) <= room {
                low = middle;
            } else {
                high = middle;
            }
        }
        let mut x = left;
        let pieces = pieces
            .iter()
            .map(|piece| {
                let start = x;
                x += (years(piece) * low).max(MIN_TICK_LABEL_PT) + AXIS_BREAK_PT;
                (*piece, start)
            })
            .collect();
        YearAxis {
            left,
            right,
            pt_per_year: low,
            pieces,
        }
    }

    /// Each piece with the years and the places at its ends.
    pub fn piece_ranges(&self) -> Vec<[(f64, f32); 2]> {
        let span = |(at, (piece, start)): (usize, &(AxisSegment, f32))| {
            let ends = [(piece.from, *start), (piece.to, self.piece_end(at))];
            ends.map(|(year, x)| (f64::from(year), x))
        };
        self.pieces.iter().enumerate().map(span).collect()
    }

    fn x(&self, year: f64) -> f32 {
        let piece = self
            .pieces
            .iter()
            .find(|(piece, _)| year <= f64::from(piece.to));
        let Some((piece, start)) = piece.or(self.pieces.last()) else {
            return self.left;
        };
        start + (year - f64::from(piece.from)) as f32 * self.pt_per_year
    }

    /// From and to of a moment: at least as wide as a dot.
    pub fn moment_range(&self, moment: DateSpan) -> (f32, f32, bool) {
        let (from, to) = (self.x(moment.from_year), self.x(moment.to_year));
        if moment.is_longer_than_day() && to - from > 2.0 * DOT_PT {
            return (from, to.max(from), true);
        }
        let middle = (from + to) / 2.0;
        (
            middle - DOT_PT,
            middle + DOT_PT,
            moment.is_longer_than_day(),
        )
    }

    /// Draws the axis with its years and cuts. Returns where lines of the grid belong, and their
    /// color.
    pub fn draw(
        &self,
        layouter: &TextLayouter<'_>,
        layout: &mut PictureLayout,
        top: f32,
        bottom: f32,
    ) -> Vec<(f32, Color32)> {
        let p = layouter.palette;
        let line = Stroke::new(1.0, p.text_muted);
        let step = round_year_step(MIN_TICK_LABEL_PT / self.pt_per_year.max(f32::MIN_POSITIVE));
        let mut grid = Vec::new();
        for (i, (piece, start)) in self.pieces.iter().enumerate() {
            let end = start + (piece.to - piece.from) as f32 * self.pt_per_year;
            layout.line(pos2(*start, bottom), pos2(end, bottom), line);
            if i > 0 {
                let middle = (self.piece_end(i - 1) + start) / 2.0;
                for x in [middle - 2.0, middle + 2.0] {
                    layout.line(
                        pos2(x - 2.0, bottom + 4.0),
                        pos2(x + 2.0, bottom - 4.0),
                        line,
                    );
                }
            }
            let mut free_from = f32::NEG_INFINITY;
            let mut year = piece.from;
            while year < piece.to {
                let x = self.x_in_piece(i, year);
                let text = layouter.line(
                    &year.to_string(),
                    theme::regular(size::CAPTION),
                    p.text_muted,
                );
                if x >= free_from && x + text.size.x <= self.right {
                    free_from = x + text.size.x + 6.0;
                    layout.text(pos2(x, top), text);
                }
                grid.push((x, p.grid));
                // The first year of a piece, then round ones.
                year = (year.div_euclid(step) + 1) * step;
            }
        }
        grid
    }

    fn x_in_piece(&self, piece: usize, year: i32) -> f32 {
        self.pieces.get(piece).map_or(self.left, |(piece, start)| {
            start + (year - piece.from) as f32 * self.pt_per_year
        })
    }

    fn piece_end(&self, piece: usize) -> f32 {
        self.pieces
            .get(piece)
            .map_or(self.left, |(p, _)| self.x_in_piece(piece, p.to))
    }
}

/// The round number of years that is at least this many.
fn round_year_step(years: f32) -> i32 {
    let mut scale = 1;
    loop {
        for round in [1, 2, 5] {
            if (round * scale) as f32 >= years || scale >= 10_000 {
                return round * scale;
            }
        }
        scale *= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_share_one_scale_and_fit() {
        let pieces =
            [(1953, 1955), (2009, 2010), (2022, 2026)].map(|(from, to)| AxisSegment { from, to });
        let axis = YearAxis::new(&pieces, 10.0, 710.0);
        let years = |from, to| axis.x(to) - axis.x(from);
        assert!((years(1953.0, 1954.0) - years(2024.0, 2025.0)).abs() < 0.01);
        assert!((axis.x(2026.0) - 710.0).abs() < 0.5, "{}", axis.x(2026.0));
        assert!(axis.x(1955.0) < axis.x(2009.1));
    }

    #[test]
    fn steps_are_round() {
        assert_eq!(
            [0.3, 1.0, 1.2, 7.0, 30.0, 400.0].map(round_year_step),
            [1, 1, 2, 10, 50, 500]
        );
    }
}
