//! The axes of a plot: round ends around all points and lines, and their words.

use super::super::axis_reach::{AxisMeasure, AxisReach};
use super::super::encoding::{AxisEncoding, ChartEncoding};
use super::super::error::{ChannelName, ChartError, ChartErrorKind};
use super::super::mark_output::AxisGroups;
use super::super::measure::Measure;
use super::super::plan::ChartPlan;
use super::points::BandAxis;
use crate::picture::{
    AxisPosition, AxisScale, Extent, PlotAxis, PlotPoint, PlotSeries, TickFormat, nice,
};
use linchpin_register::chart::Channel;
use linchpin_register::chart_vocabulary::{AxisName, MarkKind, ScaleKind};

/// Numbers that are all within this share of the greatest are looked at closely: their axis does
/// not begin at zero.
const CLOSE_RANGE_SHARE: f64 = 0.3;

/// Both axes.
///
/// # Errors
/// Where a number has no place on a logarithmic axis.
pub fn plot_axes(
    plan: &ChartPlan<'_>,
    encoding: &ChartEncoding<'_>,
    bands: Option<&BandAxis>,
    series: &[PlotSeries],
    unit: Option<&(String, TickFormat)>,
) -> Result<[PlotAxis; 2], ChartError> {
    let chart = plan.chart;
    let points = || series.iter().flat_map(|series| &series.points);
    let make = |name,
                side: &AxisEncoding<'_>,
                channel: Option<&Channel>,
                place: fn(&PlotPoint) -> Extent| {
        let scale = axis_scale(plan, name, side, channel, bands, points(), place)?;
        let own = channel.and_then(|channel| channel.title.clone());
        // The subtitle names the one unit, where the chart does not say something else.
        let both = encoding.x.is_number() && encoding.y.is_number();
        let is_unit_in_subtitle = chart.subtitle.is_none() && !both;
        let (title, numbers) = match (side, unit) {
            (AxisEncoding::Number(Measure::Amounts(_)), Some((words, numbers))) => {
                let words = if is_unit_in_subtitle {
                    String::new()
                } else {
                    words.clone()
                };
                (
                    words,
                    percent_format(unit).unwrap_or_else(|| numbers.clone()),
                )
            }
            (AxisEncoding::Number(Measure::Count), _) if !is_unit_in_subtitle => {
                let kind = plan.single_kind()?.noun().many;
                (format!("Number of {kind}"), TickFormat::Plain)
            }
            _ => (String::new(), TickFormat::Plain),
        };
        Ok(PlotAxis {
            title: own.unwrap_or(title),
            scale,
            tick_format: numbers,
        })
    };
    Ok([
        make(AxisName::X, &encoding.x, chart.x.as_ref(), |point| point.x)?,
        make(AxisName::Y, &encoding.y, chart.y.as_ref(), |point| point.y)?,
    ])
}

/// Numbers of percent, by the word of their unit.
fn percent_format(unit: Option<&(String, TickFormat)>) -> Option<TickFormat> {
    let (words, _) = unit?;
    // A unit is free text in the register: these are its common spellings.
    let is_percent = ["percent", "per cent", "%"].contains(&words.to_lowercase().as_str());
    is_percent.then_some(TickFormat::Percent)
}

fn axis_scale<'p>(
    plan: &ChartPlan<'_>,
    name: AxisName,
    side: &AxisEncoding<'_>,
    channel: Option<&Channel>,
    bands: Option<&BandAxis>,
    points: impl Iterator<Item = &'p PlotPoint> + Clone,
    place: fn(&PlotPoint) -> Extent,
) -> Result<AxisScale, ChartError> {
    if let AxisEncoding::Bands(_) = side {
        let groups = bands.map_or(&[][..], |bands| &bands.groups);
        let names = groups.iter().map(|group| group.name.clone());
        return Ok(AxisScale::Bands(names.collect()));
    }
    let is_log = channel.is_some_and(|channel| channel.scale == Some(ScaleKind::Log));
    if is_log {
        check_log_values(name, points.clone(), place)?;
    }
    let ends = |point: &PlotPoint| {
        let extent = place(point);
        [extent.low, extent.high].into_iter().flatten()
    };
    // Open ends have no value: an axis reaches as far as what is known.
    let own = points.flat_map(ends).filter(|end| end.is_finite());
    let range_of = |values: &mut dyn Iterator<Item = f64>| {
        values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
            (low.min(value), high.max(value))
        })
    };
    let own: Vec<f64> = own.collect();
    let reach = data_reach(side, is_log, range_of(&mut own.iter().copied()));
    // A line far off the data would leave them no room.
    let lines = reference_values(plan, name).filter(|value| !is_log || *value > 0.0);
    let lines = lines.filter(|value| own.is_empty() || reach.stretches_to(*value));
    let (low, high) = range_of(&mut own.iter().copied().chain(lines));
    // Nothing is known of any point: an axis all the same, so that the picture keeps its frame.
    if low > high {
        return Ok(AxisScale::Linear { from: 0.0, to: 1.0 });
    }
    if let AxisEncoding::Dates(_) = side {
        let (from, to) = nice::nice_date_range(low, high);
        return Ok(AxisScale::Dates { from, to });
    }
    if is_log {
        let (from, to) = nice::nice_log_range(low, high);
        return Ok(AxisScale::Log { from, to });
    }
    // Lengths from zero are compared at a glance; numbers close to each other would seem all the
    // same.
    let is_length = matches!(side, AxisEncoding::Number(Measure::Count))
        || matches!(plan.chart.mark, MarkKind::Range | MarkKind::Dumbbell);
    let (low, high) = if is_close_range(low, high) && !is_length {
        (low, high)
    } else {
        (low.min(0.0), high.max(0.0))
    };
    let (from, to) = nice::nice_range(low, high);
    Ok(AxisScale::Linear { from, to })
}

fn is_close_range(low: f64, high: f64) -> bool {
    high > low && (high - low) < CLOSE_RANGE_SHARE * high.abs().max(low.abs())
}

/// How far the data of an axis reach; numbers from zero where these are not close to each other.
fn data_reach(side: &AxisEncoding<'_>, is_log: bool, (low, high): (f64, f64)) -> AxisReach {
    let measure = match side {
        AxisEncoding::Dates(_) => AxisMeasure::Dates,
        _ if is_log => AxisMeasure::LogNumbers,
        _ => AxisMeasure::Numbers,
    };
    let is_from_zero = measure == AxisMeasure::Numbers && !is_close_range(low, high);
    let (low, high) = match is_from_zero {
        true => (low.min(0.0), high.max(0.0)),
        false => (low, high),
    };
    AxisReach { low, high, measure }
}

/// The values of the lines that the chart's maker put on an axis.
fn reference_values(plan: &ChartPlan<'_>, name: AxisName) -> impl Iterator<Item = f64> {
    let on = plan
        .chart
        .lines
        .iter()
        .filter(move |line| line.axis == name);
    on.filter_map(|line| {
        match AxisGroups::default().resolve_position(plan.register, line.axis, &line.at) {
            Some(AxisPosition::Value(value)) => Some(value),
            _ => None,
        }
    })
}

fn check_log_values<'p>(
    name: AxisName,
    mut points: impl Iterator<Item = &'p PlotPoint>,
    place: fn(&PlotPoint) -> Extent,
) -> Result<(), ChartError> {
    let has_place = |point: &&PlotPoint| {
        let extent = place(point);
        let ends = [extent.low, extent.high].into_iter().flatten();
        ends.into_iter().all(|end| end > 0.0)
    };
    let Some(point) = points.find(|point| !has_place(point)) else {
        return Ok(());
    };
    let error = ChartErrorKind::NotAboveZero {
        name: point.name.clone(),
        value: Box::new(point.text.clone()),
        channel: name.into(),
    };
    Err(error.at(ChannelName::from(name)))
}
