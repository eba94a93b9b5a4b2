//! What follows from one period after another: changes, running totals, moving averages.

use super::super::error::{ChartError, ChartNote, DerivedGap, DerivedObstacle, Formula};
use super::super::measure::MeasuredValue;
use super::{Deriving, printed};
use crate::picture::PrintedValue;
use linchpin_register::chart_vocabulary::DerivedMeasure;
use linchpin_register::tables::formatting;

/// Periods that follow one another may be so far apart, in years: a leap day.
const SLACK_YEARS: f64 = 2.0 / 365.0;

/// Periods of which one is more than this times as long as the other have no change from one to
/// the other; months differ in length.
const MAX_LENGTH_FACTOR: f64 = 1.15;

/// A time, in decimal years.
pub struct PeriodSpan {
    pub name: String,
    pub from: f64,
    pub to: f64,
}

/// The number of a period.
pub struct PeriodNumber {
    pub period: PeriodSpan,
    pub value: f64,
    /// As it is printed.
    pub text: PrintedValue,
}

/// The numbers in the order of the periods: `None` where there is none.
pub struct WorkedOut {
    pub values: Vec<Option<MeasuredValue>>,
    pub notes: Vec<ChartNote>,
}

impl WorkedOut {
    /// The first period that has no number though one before it has.
    pub fn inner_gap(&self) -> Option<usize> {
        let first = self.values.iter().position(Option::is_some)?;
        let rest = self.values.iter().skip(first);
        rest.clone().position(Option::is_none).map(|at| first + at)
    }
}

/// Works out the numbers of periods, which are in the order of time.
///
/// # Errors
/// Where periods overlap, or cannot be compared.
pub fn work_out(
    deriving: &Deriving<'_, '_>,
    numbers: &[PeriodNumber],
) -> Result<WorkedOut, ChartError> {
    check_periods(deriving, numbers)?;
    let how = deriving.derivation.how;
    let mut values = Vec::new();
    let mut gaps: Vec<(DerivedGap, String)> = Vec::new();
    for at in 0..numbers.len() {
        let found = match how {
            DerivedMeasure::RunningTotal => Ok(running_total(&numbers[..=at])),
            DerivedMeasure::MovingAverage => {
                let periods = deriving.derivation.periods.unwrap_or(1) as usize;
                moving_average(numbers, at, periods)
            }
            DerivedMeasure::PercentChange => change(numbers, at, true),
            _ => change(numbers, at, false),
        };
        match found {
            Ok(value) => values.push(Some(value)),
            Err(gap) => {
                gaps.push((gap, numbers[at].period.name.clone()));
                values.push(None);
            }
        }
    }
    let mut notes = vec![ChartNote::Formula(formula(deriving))];
    notes.extend(gap_notes(gaps));
    if how == DerivedMeasure::RunningTotal {
        let over = numbers.windows(2).filter(|pair| has_gap(pair));
        let over = over.map(|pair| format!("{} and {}", pair[0].period.name, pair[1].period.name));
        let over: Vec<String> = over.collect();
        notes.extend((!over.is_empty()).then_some(ChartNote::OverGaps(over)));
    }
    Ok(WorkedOut { values, notes })
}

fn formula(deriving: &Deriving<'_, '_>) -> Formula {
    match deriving.derivation.how {
        DerivedMeasure::RunningTotal => Formula::RunningTotal,
        DerivedMeasure::MovingAverage => Formula::MovingAverage {
            periods: deriving.derivation.periods.unwrap_or(1),
        },
        DerivedMeasure::PercentChange => Formula::PercentChange,
        _ => Formula::Change,
    }
}

/// Which periods have no number, by the reason.
fn gap_notes(gaps: Vec<(DerivedGap, String)>) -> Vec<ChartNote> {
    let mut notes: Vec<(DerivedGap, Vec<String>)> = Vec::new();
    for (gap, name) in gaps {
        match notes.iter_mut().find(|(other, _)| *other == gap) {
            Some((_, names)) => names.push(name),
            None => notes.push((gap, vec![name])),
        }
    }
    let note = |(gap, names)| ChartNote::WithoutDerived { names, gap };
    notes.into_iter().map(note).collect()
}

/// # Errors
/// Where two periods have some time in common, or are of different lengths where they are
/// compared.
fn check_periods(deriving: &Deriving<'_, '_>, numbers: &[PeriodNumber]) -> Result<(), ChartError> {
    let names = |pair: &[PeriodNumber]| [0, 1].map(|at: usize| pair[at].period.name.clone());
    let compares = deriving.derivation.how != DerivedMeasure::RunningTotal;
    for pair in numbers.windows(2) {
        let (before, after) = (&pair[0].period, &pair[1].period);
        if after.from < before.to - SLACK_YEARS || after.from == before.from {
            return Err(deriving.error(DerivedObstacle::Overlap(names(pair))));
        }
        let lengths = [before.to - before.from, after.to - after.from];
        let (short, long) = (lengths[0].min(lengths[1]), lengths[0].max(lengths[1]));
        if compares && long > short * MAX_LENGTH_FACTOR + f64::EPSILON {
            return Err(deriving.error(DerivedObstacle::UnequalPeriods(names(pair))));
        }
        // Days are no periods: an average over them would take a week for a year.
        let is_average = deriving.derivation.how == DerivedMeasure::MovingAverage;
        if is_average && long <= 0.0 {
            return Err(deriving.error(DerivedObstacle::NoPeriods));
        }
    }
    Ok(())
}

/// Whether there is time between two periods of which nothing is stated. Between two days there
/// always is, and nobody expects a number for it.
fn has_gap(pair: &[PeriodNumber]) -> bool {
    let (before, after) = (&pair[0].period, &pair[1].period);
    after.from > before.to + SLACK_YEARS && before.to > before.from
}

fn running_total(numbers: &[PeriodNumber]) -> MeasuredValue {
    let value = formatting::sum_of_stated(numbers.iter().map(|number| number.value));
    let format = numbers
        .last()
        .map(|number| printed::format_of(&number.text));
    let is_about = numbers.iter().any(|number| printed::is_about(&number.text));
    printed::value(value, value, format.unwrap_or(NUMBER), is_about)
}

const NUMBER: crate::picture::NumberFormat = crate::picture::NumberFormat::Full;

fn change(
    numbers: &[PeriodNumber],
    at: usize,
    in_percent: bool,
) -> Result<MeasuredValue, DerivedGap> {
    let pair = at.checked_sub(1).map(|before| &numbers[before..=at]);
    let Some(pair) = pair else {
        return Err(DerivedGap::First);
    };
    if has_gap(pair) {
        return Err(DerivedGap::AfterGap);
    }
    let (before, now) = (&pair[0], &pair[1]);
    let is_about = pair.iter().any(|number| printed::is_about(&number.text));
    let difference = formatting::sum_of_stated([now.value, -before.value]);
    if !in_percent {
        let format = printed::format_of(&now.text);
        return Ok(printed::value(difference, difference, format, is_about));
    }
    // Of zero nothing is a part; of less than zero a rise would be a fall.
    if before.value <= 0.0 {
        return Err(DerivedGap::ZeroBefore);
    }
    Ok(printed::percent(
        difference / before.value * 100.0,
        is_about,
    ))
}

fn moving_average(
    numbers: &[PeriodNumber],
    at: usize,
    periods: usize,
) -> Result<MeasuredValue, DerivedGap> {
    let Some(first) = (at + 1).checked_sub(periods) else {
        return Err(DerivedGap::TooEarly);
    };
    let own = &numbers[first..=at];
    if own.windows(2).any(has_gap) {
        return Err(DerivedGap::AfterGap);
    }
    let sum = formatting::sum_of_stated(own.iter().map(|number| number.value));
    let mean = sum / own.len() as f64;
    let is_about = own.iter().any(|number| printed::is_about(&number.text));
    let format = printed::format_of(&numbers[at].text);
    let rounded = printed::mean(mean, own.iter().map(|number| number.value));
    Ok(printed::value(mean, rounded, format, is_about))
}
