//! What leads from one point of a line to the next: a line says that both are numbers, so it must
//! not run to a bound as if it were one, nor through the middle of an interval.

use super::bars::Extent;
use super::plot::{AxisScale, MIN_GAP_YEARS, PlotGeom, PlotPoint, XyPlot};

/// What leads from a point to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineJoin {
    /// A line: both are stated numbers.
    Solid,
    /// A dashed line: one of them is a bound, or decades lie between without a record.
    Dashed,
    /// A pale band as wide as the interval that one of them is, or both are.
    Band,
    /// Nothing: nobody knows what leads from an interval to a bound.
    Broken,
}

impl XyPlot {
    /// What leads from one point of a series to the next.
    pub fn join(&self, from: &PlotPoint, to: &PlotPoint) -> LineJoin {
        let both = [from.y, to.y];
        let any = |is: fn(Extent) -> bool| both.into_iter().any(is);
        let is_unknown = |extent: Extent| extent.low.is_none() && extent.high.is_none();
        let is_gap = self.is_gap(from, to);
        if any(is_unknown) {
            return LineJoin::Broken;
        }
        match (any(Extent::is_interval), any(Extent::is_bound)) {
            (true, true) => LineJoin::Broken,
            (true, false) if is_gap => LineJoin::Broken,
            (true, false) => LineJoin::Band,
            (false, true) => LineJoin::Dashed,
            (false, false) if is_gap => LineJoin::Dashed,
            (false, false) => LineJoin::Solid,
        }
    }

    /// Whether a line from one point to the next spans decades without a record, of which it says
    /// nothing.
    fn is_gap(&self, from: &PlotPoint, to: &PlotPoint) -> bool {
        let is_dated = matches!(self.x.scale, AxisScale::Dates { .. });
        let end = from.x.high.or(from.x.low);
        let start = to.x.low.or(to.x.high);
        let years = start.zip(end).map(|(start, end)| start - end);
        is_dated && self.geom == PlotGeom::Line && years.is_some_and(|years| years >= MIN_GAP_YEARS)
    }

    /// Whether any of its lines is dashed over decades without a record.
    pub fn has_gaps(&self) -> bool {
        let mut pairs = self.pairs();
        pairs.any(|(from, to)| self.is_gap(from, to) && self.join(from, to) == LineJoin::Dashed)
    }

    /// Whether any of its lines is dashed, or broken up into a step of dashes, at a bound.
    pub fn has_dashes_at_bounds(&self) -> bool {
        let is_bound = |point: &PlotPoint| point.y.is_bound();
        match self.geom {
            PlotGeom::Steps => self.has_value(Extent::is_bound),
            _ => self.pairs().any(|(from, to)| {
                (is_bound(from) || is_bound(to)) && self.join(from, to) == LineJoin::Dashed
            }),
        }
    }

    /// Whether any two of its points are joined so.
    pub fn has_join(&self, join: LineJoin) -> bool {
        self.pairs().any(|(from, to)| self.join(from, to) == join)
    }

    /// Each two points that follow one another in a series whose points are joined.
    fn pairs(&self) -> impl Iterator<Item = (&PlotPoint, &PlotPoint)> {
        let joined = self.series.iter().filter(|_| self.is_joined());
        joined.flat_map(|series| series.points.iter().zip(series.points.iter().skip(1)))
    }

    /// Whether its points are joined.
    pub fn is_joined(&self) -> bool {
        matches!(self.geom, PlotGeom::Line | PlotGeom::Steps)
    }

    /// Whether a number up the page has the property: `is` of its extent.
    pub fn has_value(&self, is: fn(Extent) -> bool) -> bool {
        let mut points = self.series.iter().flat_map(|series| &series.points);
        points.any(|point| is(point.y))
    }
}
