//! Where values lie on a body that has been laid out.

use egui::{Pos2, Rect};
use linchpin_charts::picture::{AxisPosition, AxisScale};
use linchpin_register::chart_vocabulary::AxisName;

/// What lines and words at values need to know of a body.
pub(super) struct PlotCoordinates {
    /// Where the marks lie.
    pub plot_rect: Rect,
    pub x: PositionScale,
    pub y: PositionScale,
    /// Whether columns lie down as bars: what was meant for one axis belongs to the other.
    pub is_flipped: bool,
    /// Lines of marks, on which no words may lie.
    pub mark_lines: Vec<[Pos2; 2]>,
}

impl PlotCoordinates {
    /// Those of a body that lies as it was meant to, without lines of marks.
    pub fn new(plot_rect: Rect, x: PositionScale, y: PositionScale) -> PlotCoordinates {
        PlotCoordinates {
            plot_rect,
            x,
            y,
            is_flipped: false,
            mark_lines: Vec::new(),
        }
    }

    /// The axis on which a value lies, as the body was laid out.
    pub fn layout_axis(&self, axis: AxisName) -> AxisName {
        match (axis, self.is_flipped) {
            (AxisName::X, false) | (AxisName::Y, true) => AxisName::X,
            _ => AxisName::Y,
        }
    }

    /// Where a value lies on an axis: across the page, or up.
    pub fn position(&self, axis: AxisName, at: AxisPosition) -> Option<f32> {
        match self.layout_axis(axis) {
            AxisName::X => self.x.position(at),
            AxisName::Y => self.y.position(at),
        }
    }
}

/// How far along a scale a value lies, from 0 to 1.
pub(super) fn scale_fraction(scale: &AxisScale, value: f64) -> f32 {
    PositionScale::from_scale(scale, 0.0, 1.0).position_clamped(value)
}

/// From values to places along one side of a body.
pub(super) enum PositionScale {
    Continuous(ContinuousScale),
    /// Pieces of an axis of years, each with the years and the places at its ends.
    BrokenYears(Vec<[(f64, f32); 2]>),
    /// The middle of each group.
    Bands(Vec<f32>),
}

/// A scale of numbers or dates from one place to another.
#[derive(Clone, Copy)]
pub(super) struct ContinuousScale {
    from: f64,
    to: f64,
    is_log: bool,
    from_pt: f32,
    to_pt: f32,
}

impl ContinuousScale {
    pub fn linear(from: f64, to: f64, from_pt: f32, to_pt: f32) -> ContinuousScale {
        ContinuousScale {
            from,
            to,
            is_log: false,
            from_pt,
            to_pt,
        }
    }

    /// The place of a value; of one outside, the nearest end.
    fn position_clamped(&self, value: f64) -> f32 {
        self.from_pt + self.fraction(value) as f32 * (self.to_pt - self.from_pt)
    }

    /// How far along a value lies, from 0 to 1.
    pub fn fraction(&self, value: f64) -> f64 {
        let measure = |value: f64| match self.is_log {
            true => value.max(f64::MIN_POSITIVE).ln(),
            // By halves, so that the greatest numbers have a difference too.
            false => value / 2.0,
        };
        let (from, to) = (measure(self.from), measure(self.to));
        let share = (measure(value) - from) / (to - from);
        if share.is_nan() {
            0.5
        } else {
            share.clamp(0.0, 1.0)
        }
    }

    fn contains(&self, value: f64) -> bool {
        value >= self.from && value <= self.to
    }
}

impl PositionScale {
    pub fn from_scale(scale: &AxisScale, from_pt: f32, to_pt: f32) -> PositionScale {
        let numbers = |from: f64, to: f64, is_log| {
            PositionScale::Continuous(ContinuousScale {
                from,
                to,
                is_log,
                from_pt,
                to_pt,
            })
        };
        match scale {
            AxisScale::Linear { from, to } | AxisScale::Dates { from, to } => {
                numbers(*from, *to, false)
            }
            AxisScale::Log { from, to } => numbers(*from, *to, true),
            AxisScale::Bands(names) => {
                let band = (to_pt - from_pt) / names.len().max(1) as f32;
                let middles = (0..names.len()).map(|at| from_pt + (at as f32 + 0.5) * band);
                PositionScale::Bands(middles.collect())
            }
        }
    }

    /// The place of a value that a mark has; the nearest where the axis does not reach so far.
    pub fn position_clamped(&self, value: f64) -> f32 {
        match self {
            PositionScale::Continuous(scale) => scale.position_clamped(value),
            PositionScale::BrokenYears(_) => self
                .position(AxisPosition::Value(value))
                .unwrap_or_default(),
            PositionScale::Bands(middles) => {
                let at = value.max(0.0) as usize;
                let middle = middles.get(at).or(middles.last());
                middle.copied().unwrap_or_default()
            }
        }
    }

    /// The place of what a chart's maker names; `None` where the axis does not reach so far, or has
    /// no such thing.
    pub fn position(&self, at: AxisPosition) -> Option<f32> {
        match (self, at) {
            (PositionScale::Continuous(scale), AxisPosition::Value(value)) => {
                scale.contains(value).then(|| scale.position_clamped(value))
            }
            (PositionScale::BrokenYears(pieces), AxisPosition::Value(year)) => pieces
                .iter()
                .find(|[from, to]| (from.0..=to.0).contains(&year))
                .map(|[from, to]| {
                    let piece = ContinuousScale::linear(from.0, to.0, from.1, to.1);
                    piece.position_clamped(year)
                }),
            (PositionScale::Bands(middles), AxisPosition::Group(place)) => {
                middles.get(place).copied().filter(|at| at.is_finite())
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_lie_where_they_should_and_never_outside() {
        let linear = PositionScale::from_scale(
            &AxisScale::Linear {
                from: 0.0,
                to: 10.0,
            },
            100.0,
            200.0,
        );
        assert_eq!(
            [0.0, 5.0, 99.0].map(|v| linear.position_clamped(v)),
            [100.0, 150.0, 200.0]
        );
        let up = PositionScale::from_scale(
            &AxisScale::Log {
                from: 1.0,
                to: 100.0,
            },
            200.0,
            100.0,
        );
        assert_eq!(
            [1.0, 10.0, 0.0].map(|v| up.position_clamped(v)),
            [200.0, 150.0, 200.0]
        );
        let vast = PositionScale::from_scale(
            &AxisScale::Linear {
                from: -1.7e308,
                to: 1.7e308,
            },
            0.0,
            100.0,
        );
        assert_eq!(
            [0.0, f64::INFINITY].map(|v| vast.position_clamped(v)),
            [50.0, 100.0]
        );
        let none = PositionScale::from_scale(&AxisScale::Linear { from: 3.0, to: 3.0 }, 0.0, 100.0);
        assert_eq!(
            [3.0, f64::NAN].map(|v| none.position_clamped(v)),
            [50.0, 50.0]
        );
    }

    #[test]
    fn what_an_axis_does_not_have_has_no_place() {
        let linear = PositionScale::from_scale(
            &AxisScale::Linear {
                from: 0.0,
                to: 10.0,
            },
            0.0,
            100.0,
        );
        assert_eq!(linear.position(AxisPosition::Value(2.5)), Some(25.0));
        assert_eq!(linear.position(AxisPosition::Value(10.5)), None);
        assert_eq!(linear.position(AxisPosition::Group(0)), None);
        let bands =
            PositionScale::from_scale(&AxisScale::Bands(vec!["a".into(), "b".into()]), 0.0, 100.0);
        assert_eq!(bands.position(AxisPosition::Group(1)), Some(75.0));
        assert_eq!(bands.position(AxisPosition::Group(2)), None);
    }
}
