//! The points of a plot: where each lies, what it says, and the records behind it.

use super::super::drawn::Axes;
use super::super::fields::{Field, record_name};
use super::super::groups::Group;
use super::super::measure::{Measure, Number};
use super::super::plan::Plan;
use super::super::refusal::Refusal;
use super::super::share;
use super::sides::{self, Side, Sides};
use super::when::{When, when};
use crate::picture::{Extent, Mark, Point};
use linchpin_register::RecordRef;
use linchpin_register::chart_words::Aggregate;
use linchpin_register::tables::words;
use std::collections::BTreeMap;

/// Years without a record count as none between others, unless they are more than this.
const MAX_YEARS: u16 = 200;

/// Groups in bands.
pub struct Bands {
    pub groups: Vec<Group>,
    /// Across the page, rather than down it.
    pub upright: bool,
}

impl Bands {
    pub fn axes(&self) -> Axes {
        Axes::of_groups(&self.groups, self.upright)
    }
}

/// The points of some records.
///
/// # Errors
/// Where records cannot be made one number.
pub fn of(
    plan: &Plan<'_>,
    on: &Sides<'_>,
    bands: Option<&Bands>,
    records: &[RecordRef],
) -> Result<Vec<Point>, Refusal> {
    let is_joined = sides::is_joined(plan.chart.mark);
    let Some(bands) = bands else {
        return match (&on.x, &on.y) {
            (Side::Dates(field), Side::Count) | (Side::Count, Side::Dates(field)) => {
                let across = matches!(on.x, Side::Dates(_));
                Ok(by_year(plan, field, across, records))
            }
            (Side::Dates(field), Side::Amounts(aggregate)) if is_joined || aggregate.is_some() => {
                by_date(plan, field, *aggregate, records)
            }
            _ => each(plan, on, None, records),
        };
    };
    let own: std::collections::HashSet<RecordRef> = records.iter().copied().collect();
    let mut points = Vec::new();
    for (place, group) in bands.groups.iter().enumerate() {
        let records: Vec<RecordRef> = group
            .records
            .iter()
            .copied()
            .filter(|at| own.contains(at))
            .collect();
        let band = Extent::exactly(place as f64);
        let other = if bands.upright { &on.y } else { &on.x };
        match other {
            Side::Dates(_) | Side::Amounts(None) => {
                points.extend(each(plan, on, Some((band, group)), &records)?);
            }
            // With colors, a group without records of one has no dot of it.
            _ if records.is_empty() && own.len() < plan.records.len() => {}
            _ => {
                let number = number(plan, on, other, &group.name, &records)?;
                let point = banded(plan, on, bands.upright, (band, group), number, records);
                points.push(point);
            }
        }
    }
    Ok(points)
}

/// The number of a group, and its words.
fn number(
    plan: &Plan<'_>,
    sides: &Sides<'_>,
    side: &Side<'_>,
    group: &str,
    records: &[RecordRef],
) -> Result<Number, Refusal> {
    let measure = match side {
        Side::Amounts(aggregate) => Measure::Amounts(*aggregate),
        _ => Measure::Count,
    };
    let name = sides.amounts().unwrap_or("x");
    measure.number(plan.register, group, records, name)
}

fn banded(
    plan: &Plan<'_>,
    sides: &Sides<'_>,
    upright: bool,
    (band, group): (Extent, &Group),
    number: Number,
    records: Vec<RecordRef>,
) -> Point {
    let said = match sides.amounts() {
        Some(_) => number.text.clone(),
        None => plan.counted(records.len()),
    };
    let (x, y) = if upright {
        (band, number.extent)
    } else {
        (number.extent, band)
    };
    Point {
        name: group.name.clone(),
        x,
        y,
        text: number.text,
        mark: Mark {
            label: format!("{}: {said}", group.name),
            records,
        },
    }
}

/// A point for each record, with its own number and date.
fn each(
    plan: &Plan<'_>,
    sides: &Sides<'_>,
    band: Option<(Extent, &Group)>,
    records: &[RecordRef],
) -> Result<Vec<Point>, Refusal> {
    let mut points = Vec::new();
    for at in records {
        let name = record_name(plan.register, *at, false);
        let mut said: Vec<String> = Vec::new();
        let mut text = String::new();
        let mut place = |side: &Side<'_>| -> Result<Option<Extent>, Refusal> {
            Ok(match side {
                Side::Bands(..) => band.map(|(extent, _)| extent),
                Side::Count => Some(Extent::exactly(1.0)),
                Side::Dates(field) => when(plan, field, *at).map(|when| {
                    if text.is_empty() {
                        text.clone_from(&when.words);
                    }
                    said.push(when.words);
                    when.extent
                }),
                Side::Amounts(_) => {
                    let number = number(plan, sides, side, &name, &[*at])?;
                    let figure = plan.register.figures.get(at.index as usize);
                    said.insert(0, figure.map_or_else(String::new, words::amount_with_unit));
                    text = number.text;
                    Some(number.extent)
                }
            })
        };
        let (x, y) = (place(&sides.x)?, place(&sides.y)?);
        let (Some(x), Some(y)) = (x, y) else {
            continue;
        };
        let named = match band {
            Some((_, group)) if group.name != name => format!("{}, {name}", group.name),
            _ => name.clone(),
        };
        points.push(Point {
            mark: Mark {
                label: format!("{named}: {}", said.join(", ")),
                records: vec![*at],
            },
            name,
            x,
            y,
            text,
        });
    }
    Ok(points)
}

/// How many records there are in each year, years without any included.
fn by_year(plan: &Plan<'_>, field: &Field, across: bool, records: &[RecordRef]) -> Vec<Point> {
    let mut years: BTreeMap<u16, Vec<RecordRef>> = BTreeMap::new();
    for at in records {
        for date in field.dates(plan.register, *at) {
            let own = years.entry(date.year).or_default();
            if !own.contains(at) {
                own.push(*at);
            }
        }
    }
    if let (Some(first), Some(last)) = (years.keys().next().copied(), years.keys().last().copied())
        && last - first <= MAX_YEARS
    {
        for year in first..=last {
            years.entry(year).or_default();
        }
    }
    let point = |(year, records): (u16, Vec<RecordRef>)| {
        let when = Extent {
            low: Some(f64::from(year)),
            high: Some(f64::from(year) + 1.0),
        };
        let count = Extent::exactly(records.len() as f64);
        Point {
            name: year.to_string(),
            x: if across { when } else { count },
            y: if across { count } else { when },
            text: words::number(records.len() as f64),
            mark: Mark {
                label: format!("{year}: {}", plan.counted(records.len())),
                records,
            },
        }
    };
    years.into_iter().map(point).collect()
}

/// One number for each date.
fn by_date(
    plan: &Plan<'_>,
    field: &Field,
    aggregate: Option<Aggregate>,
    records: &[RecordRef],
) -> Result<Vec<Point>, Refusal> {
    let mut dates: Vec<(When, Vec<RecordRef>)> = Vec::new();
    for at in records {
        let Some(own) = when(plan, field, *at) else {
            continue;
        };
        match dates.iter_mut().find(|(when, _)| when.extent == own.extent) {
            Some((_, records)) => records.push(*at),
            None => dates.push((own, vec![*at])),
        }
    }
    let point = |(when, records): (When, Vec<RecordRef>)| {
        let measure = Measure::Amounts(aggregate);
        let number = measure.number(plan.register, &when.words, &records, "y")?;
        let (name, said) = match records.as_slice() {
            [one] => {
                let figure = plan.register.figures.get(one.index as usize);
                let name = record_name(plan.register, *one, false);
                (name, figure.map(words::amount_with_unit))
            }
            _ => (when.words.clone(), None),
        };
        let said = said.unwrap_or_else(|| number.text.clone());
        Ok(Point {
            mark: Mark {
                label: format!("{name}: {said}, {}", when.words),
                records,
            },
            name,
            x: when.extent,
            y: number.extent,
            text: number.text,
        })
    };
    dates.into_iter().map(point).collect()
}

/// By what a group is put in order: its number, or its earliest date.
pub fn greatest(plan: &Plan<'_>, sides: &Sides<'_>, records: &[RecordRef]) -> f64 {
    let other = match sides.bands() {
        Some((_, _, true)) => &sides.y,
        _ => &sides.x,
    };
    match other {
        Side::Dates(field) => {
            let starts = records.iter().filter_map(|at| when(plan, field, *at));
            let starts = starts.filter_map(|when| when.extent.low.or(when.extent.high));
            starts.fold(f64::INFINITY, f64::min)
        }
        Side::Amounts(None) => {
            let all = records.iter().filter_map(|at| {
                let number = number(plan, sides, other, "", &[*at]).ok()?;
                Some(number.extent.sure())
            });
            all.fold(f64::NEG_INFINITY, f64::max)
        }
        side => number(plan, sides, side, "", records).map_or(0.0, |n| n.extent.sure()),
    }
}

/// The name by which a refusal speaks of a point.
pub fn named(point: &Point) -> String {
    share::name(&point.name)
}
