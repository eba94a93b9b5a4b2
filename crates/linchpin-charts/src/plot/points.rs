//! The points of a plot: where each lies, what it says, and the records behind it.

use super::super::encoding::{AxisEncoding, ChartEncoding, is_joined};
use super::super::error::{ChannelName, ChartError, ChartErrorKind, ChartNote};
use super::super::fields::{DataField, record_name};
use super::super::groups::RecordGroup;
use super::super::mark_output::AxisGroups;
use super::super::measure::{Measure, MeasuredValue};
use super::super::plan::ChartPlan;
use crate::picture::bars::ValueOrder;
use crate::picture::{ChartMark, Extent, PlotPoint, PrintedValue};
use linchpin_register::chart_vocabulary::Aggregate;
use linchpin_register::date::{period_words, year_words};
use linchpin_register::tables::formatting;
use linchpin_register::{Date, DatePrecision, RecordKind, RecordRef};
use std::collections::BTreeMap;

/// Years without a record count as none between others, unless they are more than this.
const MAX_YEARS: i16 = 200;

/// Groups in bands.
pub struct BandAxis {
    pub groups: Vec<RecordGroup>,
    /// Across the page, rather than down it.
    pub is_on_x: bool,
}

impl BandAxis {
    pub fn axis_groups(&self) -> AxisGroups {
        AxisGroups::from_groups(&self.groups, self.is_on_x)
    }
}

/// The points of some records.
///
/// # Errors
/// Where records cannot be made one number.
pub fn points_of(
    plan: &ChartPlan<'_>,
    encoding: &ChartEncoding<'_>,
    bands: Option<&BandAxis>,
    records: &[RecordRef],
) -> Result<Vec<PlotPoint>, ChartError> {
    let joins = is_joined(plan.chart.mark);
    let Some(bands) = bands else {
        return match (&encoding.x, &encoding.y) {
            (AxisEncoding::Dates(field), AxisEncoding::Number(Measure::Count))
            | (AxisEncoding::Number(Measure::Count), AxisEncoding::Dates(field)) => {
                let across = matches!(encoding.x, AxisEncoding::Dates(_));
                Ok(by_year(plan, field, across, records))
            }
            // A line has one point at a date; dots may stand above each other, each a number of its
            // own.
            (AxisEncoding::Dates(field), AxisEncoding::Number(Measure::Amounts(aggregate)))
                if joins || aggregate.is_some() =>
            {
                by_date(plan, field, *aggregate, records)
            }
            _ => each(plan, encoding, None, records),
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
        let band = Extent::exact(place as f64);
        let other = if bands.is_on_x {
            &encoding.y
        } else {
            &encoding.x
        };
        match other {
            AxisEncoding::Dates(_) | AxisEncoding::Number(Measure::Amounts(None)) => {
                points.extend(each(plan, encoding, Some((band, group)), &records)?);
            }
            // With colors, a group without records of one has no dot of it.
            _ if records.is_empty() && own.len() < plan.records.len() => {}
            _ => {
                let number = number(plan, encoding, other, &group.name, &records)?;
                let point = banded(
                    plan,
                    encoding,
                    bands.is_on_x,
                    (band, group),
                    number,
                    records,
                );
                points.push(point);
            }
        }
    }
    Ok(points)
}

/// The number of a group, and its words.
fn number(
    plan: &ChartPlan<'_>,
    encoding: &ChartEncoding<'_>,
    axis: &AxisEncoding<'_>,
    group: &str,
    records: &[RecordRef],
) -> Result<MeasuredValue, ChartError> {
    let measure = match axis {
        AxisEncoding::Number(measure) => *measure,
        _ => Measure::Count,
    };
    measure.value_of(plan.register, group, records, encoding.number().0)
}

fn banded(
    plan: &ChartPlan<'_>,
    encoding: &ChartEncoding<'_>,
    is_vertical: bool,
    (band, group): (Extent, &RecordGroup),
    number: MeasuredValue,
    records: Vec<RecordRef>,
) -> PlotPoint {
    let value_text = match encoding.stated_number_channel() {
        Some(_) => number.text.to_string(),
        None => plan.count_text(records.len()),
    };
    let (x, y) = if is_vertical {
        (band, number.extent)
    } else {
        (number.extent, band)
    };
    PlotPoint {
        name: group.name.clone(),
        x,
        y,
        dates: [None, None],
        text: number.text,
        mark: ChartMark {
            label: format!("{}: {value_text}", group.name),
            records,
        },
    }
}

/// Where a point lies on an axis, and the date that is meant where it has one.
type DatedPlace = (Extent, Option<Date>);

/// A point for each record, with its own number and date.
fn each(
    plan: &ChartPlan<'_>,
    encoding: &ChartEncoding<'_>,
    band: Option<(Extent, &RecordGroup)>,
    records: &[RecordRef],
) -> Result<Vec<PlotPoint>, ChartError> {
    let mut points = Vec::new();
    for at in records {
        let name = record_name(plan.register, *at, false);
        let mut parts: Vec<String> = Vec::new();
        let mut text: PrintedValue = "".into();
        let mut place = |side: &AxisEncoding<'_>| -> Result<Option<DatedPlace>, ChartError> {
            let undated = |extent| (extent, None);
            Ok(match side {
                AxisEncoding::Bands(_) => band.map(|(extent, _)| undated(extent)),
                AxisEncoding::Number(Measure::Count) => Some(undated(Extent::exact(1.0))),
                AxisEncoding::Dates(field) => dated_extent(plan, field, *at).map(|when| {
                    if text.is_blank() {
                        text = when.text.clone().into();
                    }
                    parts.push(when.text);
                    (when.extent, when.date)
                }),
                AxisEncoding::Number(Measure::Amounts(_)) => {
                    let number = number(plan, encoding, side, &name, &[*at])?;
                    let figure = plan.register.figures.get(at.index as usize);
                    parts.insert(
                        0,
                        figure.map_or_else(String::new, formatting::format_amount_with_unit),
                    );
                    text = number.text;
                    Some(undated(number.extent))
                }
            })
        };
        let (x, y) = (place(&encoding.x)?, place(&encoding.y)?);
        let (Some((x, x_date)), Some((y, y_date))) = (x, y) else {
            continue;
        };
        let named = match band {
            Some((_, group)) if group.name != name => format!("{}, {name}", group.name),
            _ => name.clone(),
        };
        points.push(PlotPoint {
            mark: ChartMark {
                label: format!("{named}: {}", parts.join(", ")),
                records: vec![*at],
            },
            name,
            x,
            y,
            dates: [x_date, y_date],
            text,
        });
    }
    Ok(points)
}

/// How many records there are in each year, years without any included.
fn by_year(
    plan: &ChartPlan<'_>,
    field: &DataField,
    across: bool,
    records: &[RecordRef],
) -> Vec<PlotPoint> {
    let mut years: BTreeMap<i16, Vec<RecordRef>> = BTreeMap::new();
    for at in records {
        for date in field.dates(plan.register, *at) {
            let own = years.entry(date.first_year()).or_default();
            if !own.contains(at) {
                own.push(*at);
            }
        }
    }
    // A line that leaps over empty years would claim records there. Beyond the limit the zeros
    // would be a line of their own, a misread year such as 0202 among them.
    if let (Some(first), Some(last)) = (years.keys().next().copied(), years.keys().last().copied())
        && i32::from(last) - i32::from(first) <= i32::from(MAX_YEARS)
    {
        for year in first..=last {
            years.entry(year).or_default();
        }
    }
    let point = |(year, records): (i16, Vec<RecordRef>)| {
        let words = year_words(i32::from(year));
        let date = Date::of_year(year);
        let when = Extent {
            // As long as the year: a count belongs to all of it, not to its first day.
            low: Some(f64::from(year)),
            high: Some(f64::from(year) + 1.0),
        };
        let count = Extent::exact(records.len() as f64);
        PlotPoint {
            x: if across { when } else { count },
            y: if across { count } else { when },
            dates: if across { [date, None] } else { [None, date] },
            text: PrintedValue::count(records.len()),
            mark: ChartMark {
                label: format!("{words}: {}", plan.count_text(records.len())),
                records,
            },
            name: words,
        }
    };
    years.into_iter().map(point).collect()
}

/// One number for each date.
fn by_date(
    plan: &ChartPlan<'_>,
    field: &DataField,
    aggregate: Option<Aggregate>,
    records: &[RecordRef],
) -> Result<Vec<PlotPoint>, ChartError> {
    let mut dates: Vec<(DatedExtent, Vec<RecordRef>)> = Vec::new();
    for at in records {
        let Some(own) = dated_extent(plan, field, *at) else {
            continue;
        };
        match dates.iter_mut().find(|(when, _)| when.is_same(&own)) {
            Some((_, records)) => records.push(*at),
            None => dates.push((own, vec![*at])),
        }
    }
    let point = |(when, records): (DatedExtent, Vec<RecordRef>)| {
        let measure = Measure::Amounts(aggregate);
        let number = measure.value_of(plan.register, &when.text, &records, ChannelName::Y)?;
        let (name, stated) = match records.as_slice() {
            [one] => {
                let figure = plan.register.figures.get(one.index as usize);
                let name = record_name(plan.register, *one, false);
                (name, figure.map(formatting::format_amount_with_unit))
            }
            _ => (when.text.clone(), None),
        };
        let value_text = stated.unwrap_or_else(|| number.text.to_string());
        Ok(PlotPoint {
            mark: ChartMark {
                label: format!("{name}: {value_text}, {}", when.text),
                records,
            },
            name,
            x: when.extent,
            y: number.extent,
            dates: [when.date, None],
            text: number.text,
        })
    };
    dates.into_iter().map(point).collect()
}

/// By what a group is put in order: its number, or its earliest date.
pub fn greatest(
    plan: &ChartPlan<'_>,
    encoding: &ChartEncoding<'_>,
    records: &[RecordRef],
) -> ValueOrder {
    let other = match encoding.has_groups_across() {
        true => &encoding.y,
        false => &encoding.x,
    };
    match other {
        AxisEncoding::Dates(field) => {
            let starts = records
                .iter()
                .filter_map(|at| dated_extent(plan, field, *at));
            let starts = starts.filter_map(|when| when.extent.low.or(when.extent.high));
            // Without a date last.
            ValueOrder::exact(starts.fold(f64::INFINITY, f64::min))
        }
        AxisEncoding::Number(Measure::Amounts(None)) => {
            let all = records.iter().filter_map(|at| {
                let number = number(plan, encoding, other, "", &[*at]).ok()?;
                Some(number.extent.order())
            });
            all.max_by(|a, b| a.compare(*b))
                .unwrap_or(ValueOrder::exact(f64::NEG_INFINITY))
        }
        side => {
            let number = number(plan, encoding, side, "", records);
            number.map_or(ValueOrder::exact(0.0), |n| n.extent.order())
        }
    }
}

/// A time that a record names.
#[derive(Clone)]
pub struct DatedExtent {
    pub extent: Extent,
    pub text: String,
    /// `None` of a period, which has two.
    pub date: Option<Date>,
}

impl DatedExtent {
    /// The same only where it is equally exact and equally sure: 2023 is no day of 2023.
    pub fn is_same(&self, other: &DatedExtent) -> bool {
        (self.extent, self.date) == (other.extent, other.date)
    }
}

/// The records that have dates where an axis needs them. The others are left out, and a note says
/// how many.
///
/// # Errors
/// Where none has.
pub fn keep_dated(
    plan: &ChartPlan<'_>,
    encoding: &ChartEncoding<'_>,
    records: Vec<RecordRef>,
    notes: &mut Vec<ChartNote>,
) -> Result<Vec<RecordRef>, ChartError> {
    let mut records = records;
    for (channel, field) in encoding.date_fields() {
        let (with, without): (Vec<RecordRef>, Vec<RecordRef>) = records
            .into_iter()
            .partition(|at| dated_extent(plan, &field, *at).is_some());
        let kind = plan.single_kind()?;
        if with.is_empty() {
            return Err(ChartErrorKind::NoDates { kind, field }.at(channel));
        }
        if !without.is_empty() {
            let left_out = without.into();
            notes.push(ChartNote::WithoutDate { left_out, kind });
        }
        let dates = with.iter().flat_map(|at| field.dates(plan.register, *at));
        let dates: Vec<Date> = dates.collect();
        if encoding.counts_years() {
            notes.extend(ChartNote::dates_of_several_years(&dates));
        }
        notes.extend(ChartNote::unsure_dates(&dates));
        records = with;
    }
    Ok(records)
}

/// When a record says that it is: as long as its date is exact, and for a period from its beginning
/// to its end.
pub fn dated_extent(plan: &ChartPlan<'_>, field: &DataField, at: RecordRef) -> Option<DatedExtent> {
    let figure = (at.kind == RecordKind::Figure && field.name == "period")
        .then(|| plan.register.figures.get(at.index as usize))
        .flatten();
    if let Some(period) = figure.and_then(|figure| figure.period.as_ref()) {
        let extent = Extent {
            low: period.from.decimal_years().0,
            high: period.to.and_then(|to| to.decimal_years().1),
        };
        // An axis needs a place to begin at: of a period without ends the one date that it names.
        let extent = match (extent.low, extent.high) {
            (None, None) => Extent::exact(period.from.end_decimal_year()),
            _ => extent,
        };
        return Some(DatedExtent {
            extent,
            text: period_words(period.from, period.to),
            date: None,
        });
    }
    let date = field.dates(plan.register, at).into_iter().next()?;
    // A day is a place on the axis; what is less exact is as long as it may mean.
    let is_day = date.single().map(|date| date.precision) == Some(DatePrecision::Day);
    let (low, high) = date.decimal_years();
    let extent = match is_day {
        true => Extent::exact((date.start_decimal_year() + date.end_decimal_year()) / 2.0),
        false => Extent { low, high },
    };
    Some(DatedExtent {
        extent,
        text: date.to_long_form(),
        date: Some(date),
    })
}
