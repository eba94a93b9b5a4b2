//! Marks on two axes in words: how far they reach, and where lines go.

use super::bars::{NamedValue, bounds_sentence, outlier_sentence, range_above_zero};
use super::{format_number, list_first_names};
use crate::captions::{format_count, with_capital};
use crate::picture::plot::MIN_GAP_YEARS;
use crate::picture::{
    AxisScale, Extent, PlotAxis, PlotGeom, PlotPoint, PlotSeries, XyPlot, date_positions,
};
use linchpin_register::Date;
use linchpin_register::date::{end_words, year_words};

/// The most lines whose course is described.
const MAX_LINES: usize = 3;

/// The part of its whole height that a line must gain or lose from end to end to rise or fall.
const MIN_TREND: f64 = 0.1;

/// Whether an axis holds dates.
pub fn is_date_axis(axis: &PlotAxis) -> bool {
    matches!(axis.scale, AxisScale::Dates { .. })
}

pub fn plot(plot: &XyPlot) -> Vec<String> {
    let points = || plot.series.iter().flat_map(|series| &series.points);
    let count = points().count();
    if count == 0 {
        return vec!["Two axes without a point.".into()];
    }
    let roles = AxisRoles::from_plot(plot);
    let kind = match plot.geom {
        PlotGeom::Dots => "Dots",
        PlotGeom::Ranges => "Lines from bound to bound",
        PlotGeom::Line if plot.series.len() > 1 => "Lines",
        PlotGeom::Line => "Line",
        PlotGeom::Steps => "Steps, each holding until the next",
    };
    let mut lead = String::from(kind);
    for (word, axis) in [(": ", roles.value), (" by ", roles.other)] {
        let title = axis.title.trim();
        if !title.is_empty() {
            let word = if lead.len() == kind.len() { ": " } else { word };
            lead.push_str(&format!("{word}{title}"));
        }
    }
    let word = if lead.len() == kind.len() { ": " } else { ", " };
    lead.push_str(&format!("{word}{}", format_count(count, "point", "points")));
    let names: Vec<&str> = plot.series.iter().map(|s| s.key.name.as_str()).collect();
    if names.len() > 1 {
        let lines = format_count(names.len(), "series", "series");
        lead.push_str(&format!(
            " in {lines} ({})",
            list_first_names(names.into_iter())
        ));
    }
    match &roles.other.scale {
        AxisScale::Bands(bands) => lead.push_str(&format!(
            ", {}",
            format_count(bands.len(), "group", "groups")
        )),
        _ => lead.push_str(&ends_text(points(), &roles)),
    }
    if matches!(roles.value.scale, AxisScale::Log { .. }) {
        lead.push_str(", on a logarithmic scale");
    }
    if plot.x.is_cut() || plot.y.is_cut() {
        lead.push_str(", on an axis that does not begin at zero");
    }
    lead.push('.');
    let mut out = vec![lead];
    let is_joined = matches!(plot.geom, PlotGeom::Line | PlotGeom::Steps);
    if is_joined && !is_date_axis(roles.value) {
        out.push(trends_sentence(plot, &roles));
        out.extend(plot.has_gaps().then(|| {
            format!("The line is dashed over {MIN_GAP_YEARS} years or more without a record.")
        }));
    } else if is_date_axis(roles.value) {
        out.extend(date_range_sentence(points(), &roles));
    }
    let all: Vec<NamedValue> = points().map(|p| roles.named_value(p)).collect();
    if !is_date_axis(roles.value) {
        if !is_joined {
            out.extend(range_above_zero(&all).map(|range| format!("They reach {range}.")));
        }
        if plot.geom != PlotGeom::Ranges
            || all
                .iter()
                .any(|m| m.extent.low.is_none() || m.extent.high.is_none())
        {
            out.extend(bounds_sentence(&all));
        }
        if !is_joined {
            out.extend(outlier_sentence(&all));
        }
    }
    out
}

/// Which axis holds the numbers that are told, and which one tells them apart.
struct AxisRoles<'a> {
    value: &'a PlotAxis,
    other: &'a PlotAxis,
    value_is_x: bool,
}

impl<'a> AxisRoles<'a> {
    fn from_plot(plot: &'a XyPlot) -> AxisRoles<'a> {
        // Bands tell the points apart; the numbers are on the other axis.
        let value_is_x = matches!(plot.y.scale, AxisScale::Bands(_));
        let (value, other) = if value_is_x {
            (&plot.x, &plot.y)
        } else {
            (&plot.y, &plot.x)
        };
        AxisRoles {
            value,
            other,
            value_is_x,
        }
    }

    fn value(&self, point: &PlotPoint) -> Extent {
        if self.value_is_x { point.x } else { point.y }
    }

    /// The place of a point on the axis that tells points apart, in words.
    fn other_text(&self, point: &PlotPoint) -> String {
        self.other_text_as(point, |date| date.to_long_form())
    }

    /// The same with other words for a stated date.
    fn other_text_as(&self, point: &PlotPoint, words: impl Fn(Date) -> String) -> String {
        let [x, y] = point.dates;
        let date = if self.value_is_x { y } else { x };
        date.map_or_else(|| position_text(self.other(point), self.other), words)
    }

    fn other(&self, point: &PlotPoint) -> Extent {
        if self.value_is_x { point.y } else { point.x }
    }

    fn named_value(&self, point: &PlotPoint) -> NamedValue {
        let name = if point.name.trim().is_empty() {
            self.other_text(point)
        } else {
            point.name.clone()
        };
        let extent = self.value(point);
        let text = match point.text.is_blank() {
            true => position_text(extent, self.value),
            false => point.text.spoken(),
        };
        NamedValue { name, text, extent }
    }
}

/// A place on an axis in words: "2023", "28,500", "South Korea".
fn position_text(at: Extent, axis: &PlotAxis) -> String {
    let one = at.low.or(at.high).unwrap_or_default();
    match &axis.scale {
        AxisScale::Bands(names) => names
            .get(one.max(0.0) as usize)
            .cloned()
            .unwrap_or_default(),
        AxisScale::Dates { .. } => date_range_text(at),
        AxisScale::Linear { .. } | AxisScale::Log { .. } => format_number(one),
    }
}

fn date_range_text(at: Extent) -> String {
    let from = at.low.or(at.high).unwrap_or_default();
    let to = at.high.unwrap_or(from);
    // The first instant of a year stands for the year.
    let to = if from == to && from.fract() == 0.0 {
        from + 1.0
    } else {
        to
    };
    match date_positions::date_between(from, to) {
        Some(date) => date.to_long_form(),
        None => match date_positions::first_and_last_day(from, to) {
            Some((first, last)) => format!("{} to {}", first.to_long_form(), last.to_long_form()),
            None => year_words(from.floor() as i32),
        },
    }
}

/// ", from 2018 to 2024"
fn ends_text<'a>(points: impl Iterator<Item = &'a PlotPoint>, roles: &AxisRoles<'_>) -> String {
    let mut all: Vec<&PlotPoint> = points.collect();
    let at = |point: &PlotPoint| {
        let place = roles.other(point);
        place.low.or(place.high).unwrap_or_default()
    };
    all.sort_by(|a, b| at(a).total_cmp(&at(b)));
    match (all.first(), all.last()) {
        (Some(first), Some(last)) if at(first) < at(last) => {
            format!(
                ", from {} to {}",
                roles.other_text_as(first, end_words),
                roles.other_text_as(last, end_words)
            )
        }
        _ => String::new(),
    }
}

/// The earliest and the latest, where the numbers are dates.
fn date_range_sentence<'a>(
    points: impl Iterator<Item = &'a PlotPoint>,
    roles: &AxisRoles<'_>,
) -> Option<String> {
    let mut all: Vec<NamedValue> = points.map(|p| roles.named_value(p)).collect();
    all.sort_by(|a, b| a.compared_by().total_cmp(&b.compared_by()));
    let (first, last) = (all.first()?, all.last()?);
    let named = |m: &NamedValue| format!("{} ({})", m.name, m.text);
    Some(if all.len() > 1 {
        format!("They go from {} to {}.", named(first), named(last))
    } else {
        format!("{}.", named(first))
    })
}

/// Where each line goes.
fn trends_sentence(plot: &XyPlot, roles: &AxisRoles<'_>) -> String {
    let several = plot.series.len() > 1;
    let mut clauses: Vec<String> = plot
        .series
        .iter()
        .filter_map(|series| {
            let trend = trend_text(series, roles)?;
            Some(if several {
                format!("{} {trend}", series.key.name)
            } else {
                format!("it {trend}")
            })
        })
        .collect();
    let more = clauses.len().saturating_sub(MAX_LINES);
    clauses.truncate(MAX_LINES);
    if more > 0 {
        clauses.push(format!("and {more} more"));
    }
    with_capital(&format!("{}.", clauses.join("; ")))
}

/// "rises from 25,000 (2018) to 28,500 (2024), highest 29,000 (2021)"
fn trend_text(series: &PlotSeries, roles: &AxisRoles<'_>) -> Option<String> {
    let values: Vec<TrendPoint> = series
        .points
        .iter()
        .map(|p| TrendPoint::from_point(p, roles))
        .collect();
    let (first, last) = (values.first()?, values.last()?);
    if values.len() == 1 {
        return Some(format!("has one point, {}", first.text_at_position()));
    }
    let least = values.iter().min_by(|a, b| a.value.total_cmp(&b.value))?;
    let most = values
        .iter()
        .rev()
        .max_by(|a, b| a.value.total_cmp(&b.value))?;
    let height = most.value - least.value;
    if let Some(open) = open_course(series, roles, first, last) {
        return Some(open);
    }
    if height <= 0.0 {
        return Some(format!("stays at {} throughout", first.text));
    }
    let gain = last.value - first.value;
    let from_to = format!(
        "from {} to {}",
        first.text_at_position(),
        last.text_at_position()
    );
    let pairs = || values.windows(2).map(|pair| pair[1].value - pair[0].value);
    if pairs().all(|step| step >= 0.0) {
        return Some(format!("never falls: it rises {from_to}"));
    }
    if pairs().all(|step| step <= 0.0) {
        return Some(format!("never rises: it falls {from_to}"));
    }
    let mut out = if gain.abs() < MIN_TREND * height {
        format!("ends near where it began, {from_to}")
    } else if gain > 0.0 {
        format!("rises with setbacks {from_to}")
    } else {
        format!("falls with recoveries {from_to}")
    };
    if most.value > first.value.max(last.value) {
        out.push_str(&format!(", highest {}", most.text_at_position()));
    }
    if least.value < first.value.min(last.value) {
        out.push_str(&format!(", lowest {}", least.text_at_position()));
    }
    Some(out)
}

/// The course of a line of which some numbers are bounds or intervals: whether it rises or falls
/// between them is not known.
fn open_course(
    series: &PlotSeries,
    roles: &AxisRoles<'_>,
    first: &TrendPoint,
    last: &TrendPoint,
) -> Option<String> {
    let is_open = |point: &&PlotPoint| !roles.value(point).is_exact();
    let open = series.points.iter().filter(is_open).count();
    let points = format_count(series.points.len(), "point", "points");
    (open > 0).then(|| {
        format!(
            "goes from {} to {}, not exact at {} of {points}",
            first.text_at_position(),
            last.text_at_position(),
            format_number(open as f64)
        )
    })
}

/// A point of a line.
struct TrendPoint {
    value: f64,
    text: String,
    position_text: String,
}

impl TrendPoint {
    fn from_point(point: &PlotPoint, roles: &AxisRoles<'_>) -> TrendPoint {
        let measured = roles.named_value(point);
        TrendPoint {
            value: measured.compared_by(),
            text: measured.text,
            position_text: roles.other_text(point),
        }
    }

    fn text_at_position(&self) -> String {
        format!("{} ({})", self.text, self.position_text)
    }
}
