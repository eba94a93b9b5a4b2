//! Marks on two axes: dots, ranges, lines and steps.

use super::{ChartMark, Extent, LegendKey, PrintedValue};
use linchpin_register::Date;

/// Series of points on two axes.
#[derive(Clone, Debug, PartialEq)]
pub struct XyPlot {
    pub x: PlotAxis,
    pub y: PlotAxis,
    pub geom: PlotGeom,
    pub series: Vec<PlotSeries>,
}

/// What is drawn at the points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlotGeom {
    /// A dot at each; a bound or a range as a line with open or closed ends.
    Dots,
    /// A thick line from bound to bound.
    Ranges,
    /// Points joined.
    Line,
    /// Each holds until the next.
    Steps,
}

/// One axis.
#[derive(Clone, Debug, PartialEq)]
pub struct PlotAxis {
    /// What is measured, with its unit; empty where it is plain.
    pub title: String,
    pub scale: AxisScale,
    /// How numbers are written at its ticks.
    pub tick_format: TickFormat,
}

/// How values become places.
#[derive(Clone, Debug, PartialEq)]
pub enum AxisScale {
    /// From and to; round numbers, from < to.
    Linear { from: f64, to: f64 },
    /// From and to; both above zero.
    Log { from: f64, to: f64 },
    /// Years with a fraction.
    Dates { from: f64, to: f64 },
    /// One band for each name; a point's value is the place of its band.
    Bands(Vec<String>),
}

/// How numbers are written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum TickFormat {
    /// 28,500
    #[default]
    Plain,
    /// $140 billion, by the ISO 4217 code.
    Money(String),
    /// $0.14 million: all of one scale, of so many zeros.
    ScaledMoney { code: String, zeros: u8 },
    /// 45%
    Percent,
}

/// Points of one kind.
#[derive(Clone, Debug, PartialEq)]
pub struct PlotSeries {
    pub key: LegendKey,
    /// In the order of x where they are joined.
    pub points: Vec<PlotPoint>,
}

/// One point.
#[derive(Clone, Debug, PartialEq)]
pub struct PlotPoint {
    /// Its name, where it may stand beside it.
    pub name: String,
    pub x: Extent,
    pub y: Extent,
    /// The dates that it stands for along x and y, as they are stated.
    pub dates: [Option<Date>; 2],
    /// Its number as it is printed, with its bound.
    pub text: PrintedValue,
    pub mark: ChartMark,
}

impl AxisScale {
    /// The scale that holds both; `None` where they are of different kinds, or bands.
    pub fn union(&self, other: &AxisScale) -> Option<AxisScale> {
        let reach = |a: (f64, f64), b: (f64, f64)| (a.0.min(b.0), a.1.max(b.1));
        match (self, other) {
            (AxisScale::Linear { from, to }, AxisScale::Linear { from: a, to: b }) => {
                let (from, to) = reach((*from, *to), (*a, *b));
                Some(AxisScale::Linear { from, to })
            }
            (AxisScale::Log { from, to }, AxisScale::Log { from: a, to: b }) => {
                let (from, to) = reach((*from, *to), (*a, *b));
                Some(AxisScale::Log { from, to })
            }
            (AxisScale::Dates { from, to }, AxisScale::Dates { from: a, to: b }) => {
                let (from, to) = reach((*from, *to), (*a, *b));
                Some(AxisScale::Dates { from, to })
            }
            _ => None,
        }
    }
}

/// The years without a record that a line does not simply run over.
pub const MIN_GAP_YEARS: f64 = 20.0;

impl PlotAxis {
    /// Whether it is an axis of numbers whose lengths from its start are no amounts, since it does
    /// not begin at zero.
    pub fn is_cut(&self) -> bool {
        matches!(self.scale, AxisScale::Linear { from, to } if from > 0.0 || to < 0.0)
    }
}

impl XyPlot {
    /// Whether all numbers along x, and all along y, are whole: then those at the axis are too.
    pub fn has_whole_numbers(&self) -> [bool; 2] {
        let points = || self.series.iter().flat_map(|series| &series.points);
        let whole = |extent: Extent| {
            let ends = [extent.low, extent.high].into_iter().flatten();
            ends.into_iter().all(|end| end.fract() == 0.0)
        };
        [
            points().all(|point| whole(point.x)),
            points().all(|point| whole(point.y)),
        ]
    }

    pub fn marks(&self) -> impl Iterator<Item = &ChartMark> {
        self.series
            .iter()
            .flat_map(|series| series.points.iter().map(|point| &point.mark))
    }
}
