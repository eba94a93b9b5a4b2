//! The axes of a plot: round ends around all points and lines, and their words.

use super::super::drawn::Axes;
use super::super::plan::Plan;
use super::super::refusal::Refusal;
use super::points::{self, Bands};
use super::sides::{Side, Sides};
use crate::picture::{At, Axis, Extent, Numbers, Point, Scale, Series, rounds};
use linchpin_register::chart::Channel;
use linchpin_register::chart_words::{AxisName, MarkKind, ScaleKind};

/// Numbers that are all within this share of the greatest are looked at closely: their axis does
/// not begin at zero.
const CLOSE: f64 = 0.3;

/// Both axes.
///
/// # Errors
/// Where a number has no place on a logarithmic axis.
pub fn both(
    plan: &Plan<'_>,
    sides: &Sides<'_>,
    bands: Option<&Bands>,
    series: &[Series],
    unit: Option<&(String, Numbers)>,
) -> Result<[Axis; 2], Refusal> {
    let chart = plan.chart;
    let points = || series.iter().flat_map(|series| &series.points);
    let make = |name, side: &Side<'_>, channel: Option<&Channel>, place: fn(&Point) -> Extent| {
        let scale = scale(plan, name, side, channel, bands, points(), place)?;
        let own = channel.and_then(|channel| channel.title.clone());
        // The subtitle names the one unit, where the chart does not say something else.
        let both = sides.x.is_number() && sides.y.is_number();
        let said = chart.subtitle.is_none() && !both;
        let (title, numbers) = match (side, unit) {
            (Side::Amounts(_), Some((words, numbers))) => {
                let words = if said { String::new() } else { words.clone() };
                (words, percent(unit).unwrap_or_else(|| numbers.clone()))
            }
            (Side::Count, _) if !said => {
                let kind = plan.kind()?.noun().many;
                (format!("Number of {kind}"), Numbers::Plain)
            }
            _ => (String::new(), Numbers::Plain),
        };
        Ok(Axis {
            title: own.unwrap_or(title),
            scale,
            numbers,
        })
    };
    Ok([
        make(AxisName::X, &sides.x, chart.x.as_ref(), |point| point.x)?,
        make(AxisName::Y, &sides.y, chart.y.as_ref(), |point| point.y)?,
    ])
}

/// Numbers of percent, by the word of their unit.
fn percent(unit: Option<&(String, Numbers)>) -> Option<Numbers> {
    let (words, _) = unit?;
    let is_percent = ["percent", "per cent", "%"].contains(&words.to_lowercase().as_str());
    is_percent.then_some(Numbers::Percent)
}

fn scale<'p>(
    plan: &Plan<'_>,
    name: AxisName,
    side: &Side<'_>,
    channel: Option<&Channel>,
    bands: Option<&Bands>,
    points: impl Iterator<Item = &'p Point> + Clone,
    place: fn(&Point) -> Extent,
) -> Result<Scale, Refusal> {
    if let Side::Bands(..) = side {
        let groups = bands.map_or(&[][..], |bands| &bands.groups);
        let names = groups.iter().map(|group| group.name.clone());
        return Ok(Scale::Bands(names.collect()));
    }
    let is_log = channel.is_some_and(|channel| channel.scale == Some(ScaleKind::Log));
    if is_log {
        check_log(name, points.clone(), place)?;
    }
    let ends = |point: &Point| {
        let extent = place(point);
        [extent.low, extent.high].into_iter().flatten()
    };
    let own = points.flat_map(ends).filter(|end| end.is_finite());
    let all = own.chain(lines(plan, name).filter(|value| !is_log || *value > 0.0));
    let (low, high) = all.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
        (low.min(value), high.max(value))
    });
    if low > high {
        return Ok(Scale::Linear { from: 0.0, to: 1.0 });
    }
    if let Side::Dates(_) = side {
        let (from, to) = rounds::round_dates(low, high);
        return Ok(Scale::Dates { from, to });
    }
    if is_log {
        let (from, to) = rounds::round_factors(low, high);
        return Ok(Scale::Log { from, to });
    }
    // Lengths from zero are compared at a glance; numbers close to each other would seem all the
    // same.
    let is_length = matches!(side, Side::Count) || plan.chart.mark == MarkKind::Range;
    let is_close = high > low && (high - low) < CLOSE * high.abs().max(low.abs());
    let (low, high) = if is_close && !is_length {
        (low, high)
    } else {
        (low.min(0.0), high.max(0.0))
    };
    let (from, to) = rounds::round_range(low, high);
    Ok(Scale::Linear { from, to })
}

/// The values of the lines that the chart's maker put on an axis.
fn lines(plan: &Plan<'_>, name: AxisName) -> impl Iterator<Item = f64> {
    let on = plan
        .chart
        .lines
        .iter()
        .filter(move |line| line.axis == name);
    on.filter_map(
        |line| match Axes::default().place(plan.register, line.axis, &line.at) {
            Some(At::Value(value)) => Some(value),
            _ => None,
        },
    )
}

fn check_log<'p>(
    name: AxisName,
    mut points: impl Iterator<Item = &'p Point>,
    place: fn(&Point) -> Extent,
) -> Result<(), Refusal> {
    let has_place = |point: &&Point| {
        let extent = place(point);
        let ends = [extent.low, extent.high].into_iter().flatten();
        ends.into_iter().all(|end| end > 0.0)
    };
    let Some(point) = points.find(|point| !has_place(point)) else {
        return Ok(());
    };
    let name = match name {
        AxisName::X => "x",
        AxisName::Y => "y",
    };
    Err(Refusal::new(
        name,
        format!(
            "Zero and less have no place on a logarithmic axis, and “{}” is {}.",
            points::named(point),
            point.text
        ),
        format!("Take scale out of {name}, or leave the record out with a filter."),
    ))
}
