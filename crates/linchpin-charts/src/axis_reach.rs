//! How far axes reach: which values of lines and annotations lie on one, and which lie so far off
//! the data that the axis does not stretch to them.

use super::picture::{
    AxisPosition, AxisScale, BarPanel, Bars, OffAxis, PictureBody, PlotAxis, StackedBars, Timeline,
};
use linchpin_register::chart_vocabulary::{Arrangement, AxisName};

/// How many times its length an axis grows at most at either end for a line: of dates, and of
/// numbers, whose targets may be a few times as high as what was reached.
const MAX_GROWTH_OF_DATES: f64 = 1.0;
const MAX_GROWTH_OF_NUMBERS: f64 = 3.0;

/// The least length of an axis of dates, in years, and of a logarithmic axis, as a ratio.
const MIN_YEARS: f64 = 1.0;
const MIN_RATIO: f64 = 10.0;

/// What an axis holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AxisMeasure {
    Numbers,
    LogNumbers,
    Dates,
}

/// The least and the greatest value of the data on an axis.
#[derive(Clone, Copy, Debug)]
pub struct AxisReach {
    pub low: f64,
    pub high: f64,
    pub measure: AxisMeasure,
}

impl AxisReach {
    /// Whether an axis over these data stretches to a value.
    pub fn stretches_to(self, value: f64) -> bool {
        let AxisReach { low, high, measure } = self;
        let span = high - low;
        let most = match measure {
            AxisMeasure::Dates => MAX_GROWTH_OF_DATES * span.max(MIN_YEARS),
            // Where all is zero, any axis would do.
            AxisMeasure::Numbers if span == 0.0 => return true,
            AxisMeasure::Numbers => MAX_GROWTH_OF_NUMBERS * span,
            AxisMeasure::LogNumbers => {
                let ratio = (high / low).max(MIN_RATIO);
                return value >= low / ratio && value <= high * ratio;
            }
        };
        value >= low - most && value <= high + most
    }
}

/// A place on an axis of a body that has been made: off the axis where that does not reach so far.
/// `None` where small charts have no such axis.
pub fn place_on_axis(
    body: &PictureBody,
    axis: AxisName,
    position: AxisPosition,
) -> Option<AxisPosition> {
    let AxisPosition::Value(value) = position else {
        return Some(position);
    };
    let off = match body {
        PictureBody::Plot(plot) => {
            let axis = match axis {
                AxisName::X => &plot.x,
                AxisName::Y => &plot.y,
            };
            off_plot_axis(axis, value)
        }
        PictureBody::Timeline(timeline) => off_timeline(timeline, value),
        PictureBody::Bars(_) | PictureBody::Stacked(_) => {
            bar_reach(body, axis).and_then(|reach| off_bars(reach, value))
        }
        PictureBody::SmallMultiples(all) => {
            let bodies = all.panels.iter().map(|panel| &panel.body);
            let reaches = bodies.filter_map(|body| bar_reach(body, axis));
            let joined = reaches.reduce(|a, b| AxisReach {
                low: a.low.min(b.low),
                high: a.high.max(b.high),
                ..a
            });
            let first = all.panels.first().map(|panel| &panel.body)?;
            match (joined, first) {
                (Some(reach), _) => off_bars(reach, value),
                (None, PictureBody::Plot(plot)) => {
                    let axis = match axis {
                        AxisName::X => &plot.x,
                        AxisName::Y => &plot.y,
                    };
                    if matches!(axis.scale, AxisScale::Bands(_)) {
                        return None;
                    }
                    off_plot_axis(axis, value)
                }
                _ => return None,
            }
        }
        _ => None,
    };
    Some(off.map_or(position, AxisPosition::Off))
}

fn off_plot_axis(axis: &PlotAxis, value: f64) -> Option<OffAxis> {
    let (from, to, is_dates) = match axis.scale {
        AxisScale::Linear { from, to } | AxisScale::Log { from, to } => (from, to, false),
        AxisScale::Dates { from, to } => (from, to, true),
        AxisScale::Bands(_) => return None,
    };
    off_range((from, to), is_dates, value)
}

fn off_range((from, to): (f64, f64), is_dates: bool, value: f64) -> Option<OffAxis> {
    match (value < from, value > to, is_dates) {
        (true, _, true) => Some(OffAxis::Before),
        (true, _, false) => Some(OffAxis::Below),
        (_, true, true) => Some(OffAxis::After),
        (_, true, false) => Some(OffAxis::Above),
        _ => None,
    }
}

/// Bars stretch to lines where they are painted.
fn off_bars(reach: AxisReach, value: f64) -> Option<OffAxis> {
    let is_off = !reach.stretches_to(value);
    is_off
        .then(|| off_range((reach.low, reach.high), false, value))
        .flatten()
}

fn off_timeline(timeline: &Timeline, year: f64) -> Option<OffAxis> {
    let pieces = &timeline.axis_segments;
    let (first, last) = (pieces.first()?, pieces.last()?);
    let whole = (f64::from(first.from), f64::from(last.to));
    let is_on = |piece: &super::picture::AxisSegment| {
        (f64::from(piece.from)..=f64::from(piece.to)).contains(&year)
    };
    match off_range(whole, true, year) {
        None if !pieces.iter().any(is_on) => Some(OffAxis::LeftOut),
        off => off,
    }
}

/// The reach of the axis of numbers of bars; `None` for their groups, and for other bodies.
fn bar_reach(body: &PictureBody, axis: AxisName) -> Option<AxisReach> {
    let (is_vertical, (low, high)) = match body {
        PictureBody::Bars(Bars {
            panels,
            is_vertical,
        }) => {
            let ranges = panels.iter().map(BarPanel::range);
            (*is_vertical, ranges.reduce(union)?)
        }
        PictureBody::Stacked(bars) => (bars.is_vertical, stacked_range(bars)),
        _ => return None,
    };
    let numbers = if is_vertical {
        AxisName::Y
    } else {
        AxisName::X
    };
    (axis == numbers).then_some(AxisReach {
        low,
        high,
        measure: AxisMeasure::Numbers,
    })
}

fn union(a: (f64, f64), b: (f64, f64)) -> (f64, f64) {
    (a.0.min(b.0), a.1.max(b.1))
}

fn stacked_range(bars: &StackedBars) -> (f64, f64) {
    let bar_range = |values: &mut dyn Iterator<Item = f64>| match bars.arrangement {
        // One is the whole.
        Arrangement::Share => (0.0, 1.0),
        Arrangement::Stacked => values.fold((0.0, 0.0), |(low, high), value| {
            (low + value.min(0.0), high + value.max(0.0))
        }),
        Arrangement::Grouped => values.fold((0.0_f64, 0.0_f64), |(low, high), value| {
            (low.min(value), high.max(value))
        }),
    };
    let ranges = bars
        .bars
        .iter()
        .map(|bar| bar_range(&mut bar.segments.iter().map(|segment| segment.value)));
    match ranges.reduce(union) {
        Some((low, high)) if low < high => (low, high),
        _ => (0.0, 1.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_stretches_to_what_lies_near_and_no_further() {
        let dates = AxisReach {
            low: 2010.0,
            high: 2024.0,
            measure: AxisMeasure::Dates,
        };
        assert_eq!(
            [2000.0, 1953.0, 0.0, 2030.0, 2100.0].map(|year| dates.stretches_to(year)),
            [true, false, false, true, false]
        );
        let one_day = AxisReach {
            low: 2024.5,
            high: 2024.5,
            ..dates
        };
        assert_eq!(
            [2024.0, 2020.0].map(|year| one_day.stretches_to(year)),
            [true, false]
        );
        let numbers = AxisReach {
            low: 0.0,
            high: 1.5,
            measure: AxisMeasure::Numbers,
        };
        assert_eq!(
            [2.0, 5.0, 50.0, -1.0].map(|value| numbers.stretches_to(value)),
            [true, true, false, true]
        );
        let log = AxisReach {
            low: 1.0,
            high: 100.0,
            measure: AxisMeasure::LogNumbers,
        };
        assert_eq!(
            [1e4, 1e5, 0.01, 0.001].map(|value| log.stretches_to(value)),
            [true, false, true, false]
        );
    }
}
