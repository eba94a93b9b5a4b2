//! Marks on two axes in words: how far they reach, and where lines go.

use super::lengths::{Measured, bounds, first_upper, range, stands_out};
use super::said::{number, some_of, spoken};
use crate::picture::{Axis, Extent, Plot, Point, Scale, Series, Shape, when};
use crate::share::many;

/// The most lines whose course is said.
const MAX_LINES: usize = 3;

/// The part of its whole height that a line must gain or lose from end to end to rise or fall.
const MIN_TREND: f64 = 0.1;

/// Whether an axis holds dates.
pub fn is_dates(axis: &Axis) -> bool {
    matches!(axis.scale, Scale::Dates { .. })
}

pub fn plot(plot: &Plot) -> Vec<String> {
    let points = || plot.series.iter().flat_map(|series| &series.points);
    let count = points().count();
    if count == 0 {
        return vec!["Two axes without a point.".into()];
    }
    let sides = Sides::of(plot);
    let kind = match plot.shape {
        Shape::Dots => "Dots",
        Shape::Ranges => "Lines from bound to bound",
        Shape::Line if plot.series.len() > 1 => "Lines",
        Shape::Line => "Line",
        Shape::Steps => "Steps, each holding until the next",
    };
    let mut lead = String::from(kind);
    for (word, axis) in [(": ", sides.value), (" by ", sides.other)] {
        let title = axis.title.trim();
        if !title.is_empty() {
            let word = if lead.len() == kind.len() { ": " } else { word };
            lead.push_str(&format!("{word}{title}"));
        }
    }
    let word = if lead.len() == kind.len() { ": " } else { ", " };
    lead.push_str(&format!("{word}{}", many(count, "point", "points")));
    let names: Vec<&str> = plot.series.iter().map(|s| s.key.name.as_str()).collect();
    if names.len() > 1 {
        let lines = many(names.len(), "series", "series");
        lead.push_str(&format!(" in {lines} ({})", some_of(names.into_iter())));
    }
    match &sides.other.scale {
        Scale::Bands(bands) => {
            lead.push_str(&format!(", {}", many(bands.len(), "group", "groups")))
        }
        _ => lead.push_str(&ends(points().map(|p| sides.other(p)), sides.other)),
    }
    if matches!(sides.value.scale, Scale::Log { .. }) {
        lead.push_str(", on a logarithmic scale");
    }
    lead.push('.');
    let mut out = vec![lead];
    let is_joined = matches!(plot.shape, Shape::Line | Shape::Steps);
    if is_joined && !is_dates(sides.value) {
        out.push(courses(plot, &sides));
    } else if is_dates(sides.value) {
        out.extend(dated(points(), &sides));
    }
    let all: Vec<Measured> = points().map(|p| sides.measured(p)).collect();
    if !is_dates(sides.value) {
        if !is_joined {
            out.extend(range(&all).map(|range| format!("They reach {range}.")));
        }
        if plot.shape != Shape::Ranges
            || all
                .iter()
                .any(|m| m.extent.low.is_none() || m.extent.high.is_none())
        {
            out.extend(bounds(&all));
        }
        if !is_joined {
            out.extend(stands_out(&all));
        }
    }
    out
}

/// Which axis holds the numbers that are told, and which one tells them apart.
struct Sides<'a> {
    value: &'a Axis,
    other: &'a Axis,
    value_is_x: bool,
}

impl<'a> Sides<'a> {
    fn of(plot: &'a Plot) -> Sides<'a> {
        let value_is_x = matches!(plot.y.scale, Scale::Bands(_));
        let (value, other) = if value_is_x {
            (&plot.x, &plot.y)
        } else {
            (&plot.y, &plot.x)
        };
        Sides {
            value,
            other,
            value_is_x,
        }
    }

    fn value(&self, point: &Point) -> Extent {
        if self.value_is_x { point.x } else { point.y }
    }

    fn other(&self, point: &Point) -> Extent {
        if self.value_is_x { point.y } else { point.x }
    }

    fn measured(&self, point: &Point) -> Measured {
        let name = if point.name.trim().is_empty() {
            place(self.other(point), self.other)
        } else {
            point.name.clone()
        };
        let extent = self.value(point);
        let text = if point.text.trim().is_empty() {
            place(extent, self.value)
        } else {
            point.text.clone()
        };
        Measured { name, text, extent }
    }
}

/// A place on an axis in words: "2023", "28,500", "South Korea".
fn place(at: Extent, axis: &Axis) -> String {
    let one = at.low.or(at.high).unwrap_or_default();
    match &axis.scale {
        Scale::Bands(names) => names
            .get(one.max(0.0) as usize)
            .cloned()
            .unwrap_or_default(),
        Scale::Dates { .. } => date_words(at),
        Scale::Linear { .. } | Scale::Log { .. } => number(one),
    }
}

fn date_words(at: Extent) -> String {
    let from = at.low.or(at.high).unwrap_or_default();
    let to = at.high.unwrap_or(from);
    // The first moment of a year stands for the year.
    let to = if from == to && from.fract() == 0.0 {
        from + 1.0
    } else {
        to
    };
    match when::date(from, to) {
        Some(date) => date.words(),
        None => match when::days(from, to) {
            Some((first, last)) => format!("{} to {}", first.words(), last.words()),
            None => number(from.floor()),
        },
    }
}

/// ", from 2018 to 2024"
fn ends(places: impl Iterator<Item = Extent>, axis: &Axis) -> String {
    let mut all: Vec<Extent> = places.collect();
    let at = |e: &Extent| e.low.or(e.high).unwrap_or_default();
    all.sort_by(|a, b| at(a).total_cmp(&at(b)));
    match (all.first(), all.last()) {
        (Some(first), Some(last)) if at(first) < at(last) => {
            format!(", from {} to {}", place(*first, axis), place(*last, axis))
        }
        _ => String::new(),
    }
}

/// The earliest and the latest, where the numbers are dates.
fn dated<'a>(points: impl Iterator<Item = &'a Point>, sides: &Sides<'_>) -> Option<String> {
    let mut all: Vec<Measured> = points.map(|p| sides.measured(p)).collect();
    all.sort_by(|a, b| a.at().total_cmp(&b.at()));
    let (first, last) = (all.first()?, all.last()?);
    let named = |m: &Measured| format!("{} ({})", m.name, m.text);
    Some(if all.len() > 1 {
        format!("They go from {} to {}.", named(first), named(last))
    } else {
        format!("{}.", named(first))
    })
}

/// Where each line goes.
fn courses(plot: &Plot, sides: &Sides<'_>) -> String {
    let several = plot.series.len() > 1;
    let mut said: Vec<String> = plot
        .series
        .iter()
        .filter_map(|series| {
            let course = course(series, sides)?;
            Some(if several {
                format!("{} {course}", series.key.name)
            } else {
                format!("it {course}")
            })
        })
        .collect();
    let more = said.len().saturating_sub(MAX_LINES);
    said.truncate(MAX_LINES);
    if more > 0 {
        said.push(format!("and {more} more"));
    }
    first_upper(&format!("{}.", said.join("; ")))
}

/// "rises from 25,000 (2018) to 28,500 (2024), highest 29,000 (2021)"
fn course(series: &Series, sides: &Sides<'_>) -> Option<String> {
    let values: Vec<Told> = series.points.iter().map(|p| Told::of(p, sides)).collect();
    let (first, last) = (values.first()?, values.last()?);
    if values.len() == 1 {
        return Some(format!("has one point, {}", first.words()));
    }
    let least = values.iter().min_by(|a, b| a.at.total_cmp(&b.at))?;
    let most = values.iter().rev().max_by(|a, b| a.at.total_cmp(&b.at))?;
    let height = most.at - least.at;
    if height <= 0.0 {
        return Some(format!("stays at {} throughout", first.text));
    }
    let gain = last.at - first.at;
    let from_to = format!("from {} to {}", first.words(), last.words());
    let pairs = || values.windows(2).map(|pair| pair[1].at - pair[0].at);
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
    if most.at > first.at.max(last.at) {
        out.push_str(&format!(", highest {}", most.words()));
    }
    if least.at < first.at.min(last.at) {
        out.push_str(&format!(", lowest {}", least.words()));
    }
    Some(out)
}

/// A point of a line.
struct Told {
    at: f64,
    text: String,
    when: String,
}

impl Told {
    fn of(point: &Point, sides: &Sides<'_>) -> Told {
        let measured = sides.measured(point);
        Told {
            at: measured.at(),
            text: spoken(&measured.text),
            when: place(sides.other(point), sides.other),
        }
    }

    fn words(&self) -> String {
        format!("{} ({})", self.text, self.when)
    }
}
