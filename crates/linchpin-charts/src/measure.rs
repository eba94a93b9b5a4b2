//! What lengths stand for: how many records there are, or the numbers that they state.

use super::addable;
use super::captions::{unit_of, unit_text};
use super::error::{ChannelName, ChartError, ChartErrorKind, ChartNote, ChartPart, Joining};
use super::plan::ChartPlan;
use crate::picture::bars::ValueOrder;
use crate::picture::{Extent, NumberFormat, PrintedBound, PrintedNumber, PrintedValue, TickFormat};
use linchpin_register::chart_vocabulary::{Aggregate, Arrangement};
use linchpin_register::tables::formatting;
use linchpin_register::vocabulary::FigureKind;
use linchpin_register::{Amount, Figure, RecordKind, RecordRef, Register};
use std::collections::HashSet;

/// What an axis of numbers measures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Measure {
    /// How many records.
    Count,
    /// Stated numbers: each by itself, or made one.
    Amounts(Option<Aggregate>),
}

/// What stands at a group in which nothing is stated.
const NO_NUMBER: &str = "no number";

/// A number with its bound, as it is drawn and as it is printed.
#[derive(Clone, Debug, PartialEq)]
pub struct MeasuredValue {
    pub extent: Extent,
    pub text: PrintedValue,
}

impl Measure {
    /// What a channel measures.
    ///
    /// # Errors
    /// Where its field holds no numbers.
    pub fn from_channel(plan: &ChartPlan<'_>, name: ChannelName) -> Result<Measure, ChartError> {
        let channel = name.of(plan.chart);
        let aggregate = channel.and_then(|channel| channel.aggregate);
        let field = channel.and_then(|channel| channel.field.as_deref());
        match (field, aggregate) {
            (None, None | Some(Aggregate::Count)) | (Some(_), Some(Aggregate::Count)) => {
                Ok(Measure::Count)
            }
            (None, Some(aggregate)) => {
                Err(ChartErrorKind::AggregateWithoutField(aggregate).at(name))
            }
            (Some("amount"), aggregate) if plan.single_kind()? == RecordKind::Figure => {
                Ok(Measure::Amounts(aggregate))
            }
            (Some(field), _) => Err(ChartErrorKind::NotStatedNumbers {
                kind: plan.single_kind()?,
                name: field.to_owned(),
            }
            .at(name)),
        }
    }

    /// The number of some records.
    ///
    /// # Errors
    /// Where they cannot be made one number: bounds, several units, several numbers without a way
    /// to make them one.
    pub fn value_of(
        self,
        register: &Register,
        group: &str,
        records: &[RecordRef],
        channel: ChannelName,
    ) -> Result<MeasuredValue, ChartError> {
        let Measure::Amounts(aggregate) = self else {
            return Ok(count_value(records.len()));
        };
        let figures: Vec<&Figure> = chartable_figures(register, records);
        match (figures.as_slice(), aggregate) {
            // Nobody has stated that it is zero.
            ([], _) => Ok(MeasuredValue {
                extent: Extent::exact(0.0),
                text: NO_NUMBER.into(),
            }),
            // One number needs no aggregate, so it may be a bound: its open end is drawn.
            ([one], _) => Ok(MeasuredValue {
                extent: Extent::from_amount(&one.amount).unwrap_or(Extent::exact(0.0)),
                text: PrintedValue::of_figure(one),
            }),
            (several, None) => Err(ChartErrorKind::SeveralNumbers {
                group: group.to_owned(),
                count: several.len(),
            }
            .at(channel)),
            (several, Some(aggregate)) => {
                // First of all whether they are numbers at all, and no bounds.
                let value = aggregate_figures(several, aggregate, channel)?;
                let joining = Joining::Aggregate(aggregate);
                addable::check_addable(register, several, joining, channel)?;
                Ok(value)
            }
        }
    }
}

/// The figures of some records that have a length may stand as parts of one bar.
///
/// # Errors
/// Where they make no sum.
pub fn check_parts(plan: &ChartPlan<'_>, records: &[RecordRef]) -> Result<(), ChartError> {
    let figures = chartable_figures(plan.register, records);
    addable::check_addable(plan.register, &figures, Joining::Parts, ChannelName::Color)
}

/// Whether the figures of some records may be made one number.
///
/// # Errors
/// Where they may not.
pub fn check_joinable(
    plan: &ChartPlan<'_>,
    records: &[RecordRef],
    joining: Joining,
    channel: ChannelName,
) -> Result<(), ChartError> {
    let figures = chartable_figures(plan.register, records);
    addable::check_addable(plan.register, &figures, joining, channel)
}

/// What the parts of a bar add up to, as it is printed: in their currency, and "about" where one of
/// them is.
pub fn total_text<'v>(
    measure: Measure,
    total: f64,
    parts: impl Iterator<Item = &'v PrintedValue>,
) -> PrintedValue {
    let mut sum: Option<PrintedNumber> = None;
    for part in parts {
        let PrintedValue::Number(part) = part else {
            continue;
        };
        let sum = sum.get_or_insert_with(|| PrintedNumber {
            bound: PrintedBound::Exact,
            ..part.clone()
        });
        if part.bound == PrintedBound::About {
            sum.bound = PrintedBound::About;
        }
        sum.is_rounded |= part.is_rounded;
    }
    match sum {
        Some(sum) => PrintedValue::Number(PrintedNumber {
            value: total,
            ..sum
        }),
        None if measure == Measure::Count => PrintedValue::count(0),
        None => NO_NUMBER.into(),
    }
}

/// By what a bar with parts is put in order: the sum of its numbers, or the greatest where they
/// stand side by side.
pub fn order_of_parts(
    register: &Register,
    records: &[RecordRef],
    arrangement: Arrangement,
) -> ValueOrder {
    let figures = chartable_figures(register, records);
    let extents = figures
        .iter()
        .filter_map(|figure| Extent::from_amount(&figure.amount));
    match arrangement {
        Arrangement::Grouped => extents
            .map(Extent::order)
            .max_by(|a, b| a.compare(*b))
            // Nothing stands there.
            .unwrap_or(ValueOrder::exact(f64::NEG_INFINITY)),
        Arrangement::Stacked | Arrangement::Share => {
            let known = extents.filter_map(|extent| extent.low.or(extent.high));
            ValueOrder::exact(formatting::sum_of_stated(known))
        }
    }
}

/// The first of some figures that is a bound.
pub fn first_bound<'r>(register: &'r Register, records: &[RecordRef]) -> Option<&'r Figure> {
    let figures = chartable_figures(register, records);
    let is_bound = |figure: &&Figure| {
        let extent = Extent::from_amount(&figure.amount);
        extent.is_some_and(|extent| extent.low != extent.high)
    };
    figures.into_iter().find(is_bound)
}

fn count_value(count: usize) -> MeasuredValue {
    MeasuredValue {
        extent: Extent::exact(count as f64),
        text: PrintedValue::count(count),
    }
}

fn aggregate_figures(
    figures: &[&Figure],
    aggregate: Aggregate,
    channel: ChannelName,
) -> Result<MeasuredValue, ChartError> {
    let mut values = Vec::new();
    let mut about = false;
    // "More than 1,000" plus 500 is no number that anybody has stated: with a bound among them, a
    // sum or a mean would look exact and be wrong. The same holds of the least and the greatest.
    for figure in figures {
        match figure.amount {
            Amount::Exactly(value) => values.push(value),
            Amount::About(value) => {
                about = true;
                values.push(value);
            }
            _ => {
                let figure = Box::new((*figure).clone());
                return Err(ChartErrorKind::BoundInAggregate { figure, aggregate }.at(channel));
            }
        }
    }
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    let value = match aggregate {
        Aggregate::Count => values.len() as f64,
        Aggregate::Sum => formatting::sum_of_stated(values.iter().copied()),
        Aggregate::Mean => formatting::sum_of_stated(values.iter().copied()) / values.len() as f64,
        Aggregate::Median if values.len().is_multiple_of(2) => {
            (values[middle - 1] + values[middle]) / 2.0
        }
        Aggregate::Median => values[middle],
        Aggregate::Min => values[0],
        Aggregate::Max => values[values.len() - 1],
    };
    let format = match (figures[0].kind, figures[0].currency.as_deref()) {
        (FigureKind::Money, Some(currency)) => NumberFormat::Money(currency.to_owned()),
        _ => NumberFormat::Full,
    };
    // Without what binary fractions add to a division.
    let stated = values.iter().map(|value| formatting::decimals_of(*value));
    let value = formatting::round_to_decimals(value, stated.max().unwrap_or(0) + 6);
    let printed = match aggregate {
        Aggregate::Mean => round_mean(value, &values),
        // A stated number, or no more decimals than two of them have.
        _ => value,
    };
    let is_rounded = printed != value;
    Ok(MeasuredValue {
        extent: Extent::exact(value),
        text: PrintedValue::Number(PrintedNumber {
            value: printed,
            bound: match about {
                true => PrintedBound::About,
                false => PrintedBound::Exact,
            },
            format,
            is_rounded,
        }),
    })
}

/// The fewest digits that a mean is printed with, where it has so many.
const MIN_MEAN_DIGITS: usize = 3;

/// A mean with no more digits than what it is the mean of, rather than as many as a division gives;
/// one that ends after one digit more keeps it.
fn round_mean(mean: f64, values: &[f64]) -> f64 {
    let stated = values.iter().map(|value| significant_digits(*value)).max();
    let digits = stated.unwrap_or(0).max(MIN_MEAN_DIGITS);
    match significant_digits(mean) <= digits + 1 {
        true => mean,
        false => formatting::round_to_digits(mean, digits),
    }
}

/// How many digits a number has, without the zeros before and after them.
fn significant_digits(value: f64) -> usize {
    let printed = format!("{:e}", value.abs());
    let factor = printed.split('e').next().unwrap_or_default();
    factor.bytes().filter(u8::is_ascii_digit).count()
}

fn chartable_figures<'r>(register: &'r Register, records: &[RecordRef]) -> Vec<&'r Figure> {
    records
        .iter()
        .filter(|at| at.kind == RecordKind::Figure)
        .filter_map(|at| register.figures.get(at.index as usize))
        // Both: the register may say that a number measures nothing, and a date has no length
        // whatever it says.
        .filter(|figure| figure.is_chartable() && Extent::from_amount(&figure.amount).is_some())
        .collect()
}

/// Whether a record is a figure that has a length.
pub fn is_drawable(register: &Register, at: RecordRef) -> bool {
    !chartable_figures(register, std::slice::from_ref(&at)).is_empty()
}

/// The figures among some records that have a length, and what to say of the others.
///
/// # Errors
/// Where none has a length.
pub fn drawable_figures(
    plan: &ChartPlan<'_>,
    channel: ChannelName,
) -> Result<(Vec<RecordRef>, Vec<ChartNote>), ChartError> {
    let is_drawn = |at: &RecordRef| is_drawable(plan.register, *at);
    let (drawn, others): (Vec<RecordRef>, Vec<RecordRef>) =
        plan.records.iter().copied().partition(is_drawn);
    if drawn.is_empty() {
        return Err(match others.is_empty() {
            true => no_records_error(plan),
            false => ChartErrorKind::NoQuantities.at(channel),
        });
    }
    Ok((drawn, not_drawn_notes(plan.register, &others)))
}

/// Leaves the figures that have a length. Says which of the whole chart's records have none, so
/// that each is named once, in whatever small chart it would stand.
///
/// # Errors
/// Where none of the whole chart has one.
pub fn keep_drawable(
    plan: &ChartPlan<'_>,
    records: &mut Vec<RecordRef>,
    channel: ChannelName,
) -> Result<Vec<ChartNote>, ChartError> {
    let (drawable, others) = drawable_figures(plan, channel)?;
    let drawable: HashSet<RecordRef> = drawable.into_iter().collect();
    records.retain(|at| drawable.contains(at));
    Ok(others)
}

/// Says that no record is left, and why.
pub fn no_records_error(plan: &ChartPlan<'_>) -> ChartError {
    let kinds = &plan.record_kinds;
    if kinds.iter().all(|kind| plan.register.count(*kind) == 0) {
        ChartErrorKind::EmptyLists(kinds.clone()).at(ChartPart::Records)
    } else if plan.chart.filter.is_empty() && plan.chart.search.is_none() {
        ChartErrorKind::NoneCounted(kinds[0]).at(ChartPart::Count)
    } else {
        ChartErrorKind::NoneLetIn(kinds.clone()).at(ChartPart::Filter)
    }
}

/// The one unit of these records, in words, and how its numbers are written. `None` where no record
/// is a figure.
///
/// # Errors
/// Where there are several units: they cannot share an axis.
pub fn common_unit(
    plan: &ChartPlan<'_>,
    records: &[RecordRef],
    channel: ChannelName,
) -> Result<Option<(String, TickFormat)>, ChartError> {
    let figures = chartable_figures(plan.register, records);
    // Only figures that are drawn: a rank among them has another unit and no place on the axis.
    let Some(first) = figures.first() else {
        return Ok(None);
    };
    // People and dollars on one scale would compare what cannot be compared.
    if let Some(other) = figures
        .iter()
        .find(|figure| unit_of(figure) != unit_of(first))
    {
        let figures = Box::new([(*first).clone(), (*other).clone()]);
        let mark = plan.chart.mark;
        return Err(ChartErrorKind::TwoUnits { figures, mark }.at(channel));
    }
    let numbers = match (first.kind, first.currency.as_deref()) {
        (FigureKind::Money, Some(currency)) => TickFormat::Money(currency.to_owned()),
        _ => TickFormat::Plain,
    };
    Ok(Some((unit_text(unit_of(first)), numbers)))
}

/// What to say of figures that are not drawn: how many of each kind have no length, and how many
/// others measure nothing.
fn not_drawn_notes(register: &Register, others: &[RecordRef]) -> Vec<ChartNote> {
    let mut counts = [
        FigureKind::Rank,
        FigureKind::Date,
        FigureKind::Identifier,
        FigureKind::Ordinal,
    ]
    .map(|kind| (kind, 0));
    let mut rest = 0;
    for at in others {
        let figure = register.figures.get(at.index as usize);
        match figure.and_then(|f| counts.iter_mut().find(|(kind, _)| *kind == f.kind)) {
            Some((_, count)) => *count += 1,
            None => rest += 1,
        }
    }
    let mut notes = Vec::new();
    if counts.iter().any(|(_, count)| *count > 0) {
        let counts = counts.into_iter().filter(|(_, count)| *count > 0);
        notes.push(ChartNote::WithoutLength(counts.collect()));
    }
    if rest > 0 {
        notes.push(ChartNote::MeasuringNothing(rest));
    }
    notes
}
