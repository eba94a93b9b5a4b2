//! Where values lie on a body that has been laid out.

use egui::{Pos2, Rect};
use linchpin_charts::picture::{AxisPosition, AxisScale};
use linchpin_register::chart_words::AxisName;

/// What lines and words at values need to know of a body.
pub(super) struct Ground {
    /// Where the marks lie.
    pub within: Rect,
    pub x: Along,
    pub y: Along,
    /// Whether columns lie down as bars: what was meant for one axis belongs to the other.
    pub is_turned: bool,
    /// Lines of marks, on which no words may lie.
    pub lines: Vec<[Pos2; 2]>,
}

impl Ground {
    /// The axis on which a value lies, as the body was laid out.
    pub fn axis(&self, axis: AxisName) -> AxisName {
        match (axis, self.is_turned) {
            (AxisName::X, false) | (AxisName::Y, true) => AxisName::X,
            _ => AxisName::Y,
        }
    }

    /// Where a value lies on an axis: across the page, or up.
    pub fn at(&self, axis: AxisName, at: AxisPosition) -> Option<f32> {
        match self.axis(axis) {
            AxisName::X => self.x.at(at),
            AxisName::Y => self.y.at(at),
        }
    }
}

/// From values to places along one side of a body.
pub(super) enum Along {
    Numbers(Numbered),
    /// Pieces of an axis of years, each with the years and the places at its ends.
    Years(Vec<[(f64, f32); 2]>),
    /// The middle of each group.
    Groups(Vec<f32>),
}

/// A scale of numbers or dates from one place to another.
#[derive(Clone, Copy)]
pub(super) struct Numbered {
    from: f64,
    to: f64,
    is_log: bool,
    from_pt: f32,
    to_pt: f32,
}

impl Numbered {
    pub fn linear(from: f64, to: f64, from_pt: f32, to_pt: f32) -> Numbered {
        Numbered {
            from,
            to,
            is_log: false,
            from_pt,
            to_pt,
        }
    }

    /// The place of a value; of one outside, the nearest end.
    fn place(&self, value: f64) -> f32 {
        self.from_pt + self.share(value) as f32 * (self.to_pt - self.from_pt)
    }

    /// How far along a value lies, from 0 to 1.
    pub fn share(&self, value: f64) -> f64 {
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

    fn holds(&self, value: f64) -> bool {
        value >= self.from && value <= self.to
    }
}

impl Along {
    pub fn of(scale: &AxisScale, from_pt: f32, to_pt: f32) -> Along {
        let numbers = |from: f64, to: f64, is_log| {
            Along::Numbers(Numbered {
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
                Along::Groups(middles.collect())
            }
        }
    }

    /// The place of a value that a mark has; the nearest where the axis does not reach so far.
    pub fn place(&self, value: f64) -> f32 {
        match self {
            Along::Numbers(scale) => scale.place(value),
            Along::Years(_) => self.at(AxisPosition::Value(value)).unwrap_or_default(),
            Along::Groups(middles) => {
                let at = value.max(0.0) as usize;
                let middle = middles.get(at).or(middles.last());
                middle.copied().unwrap_or_default()
            }
        }
    }

    /// The place of what a chart's maker names; `None` where the axis does not reach so far, or has
    /// no such thing.
    pub fn at(&self, at: AxisPosition) -> Option<f32> {
        match (self, at) {
            (Along::Numbers(scale), AxisPosition::Value(value)) => {
                scale.holds(value).then(|| scale.place(value))
            }
            (Along::Years(pieces), AxisPosition::Value(year)) => pieces
                .iter()
                .find(|[from, to]| (from.0..=to.0).contains(&year))
                .map(|[from, to]| {
                    let piece = Numbered::linear(from.0, to.0, from.1, to.1);
                    piece.place(year)
                }),
            (Along::Groups(middles), AxisPosition::Group(place)) => {
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
        let linear = Along::of(
            &AxisScale::Linear {
                from: 0.0,
                to: 10.0,
            },
            100.0,
            200.0,
        );
        assert_eq!(
            [0.0, 5.0, 99.0].map(|v| linear.place(v)),
            [100.0, 150.0, 200.0]
        );
        let up = Along::of(
            &AxisScale::Log {
                from: 1.0,
                to: 100.0,
            },
            200.0,
            100.0,
        );
        assert_eq!([1.0, 10.0, 0.0].map(|v| up.place(v)), [200.0, 150.0, 200.0]);
        let vast = Along::of(
            &AxisScale::Linear {
                from: -1.7e308,
                to: 1.7e308,
            },
            0.0,
            100.0,
        );
        assert_eq!([0.0, f64::INFINITY].map(|v| vast.place(v)), [50.0, 100.0]);
        let none = Along::of(&AxisScale::Linear { from: 3.0, to: 3.0 }, 0.0, 100.0);
        assert_eq!([3.0, f64::NAN].map(|v| none.place(v)), [50.0, 50.0]);
    }

    #[test]
    fn what_an_axis_does_not_have_has_no_place() {
        let linear = Along::of(
            &AxisScale::Linear {
                from: 0.0,
                to: 10.0,
            },
            0.0,
            100.0,
        );
        assert_eq!(linear.at(AxisPosition::Value(2.5)), Some(25.0));
        assert_eq!(linear.at(AxisPosition::Value(10.5)), None);
        assert_eq!(linear.at(AxisPosition::Group(0)), None);
        let bands = Along::of(&AxisScale::Bands(vec!["a".into(), "b".into()]), 0.0, 100.0);
        assert_eq!(bands.at(AxisPosition::Group(1)), Some(75.0));
        assert_eq!(bands.at(AxisPosition::Group(2)), None);
    }
}
