//! Dates of records: as long as they are exact.

use super::super::encoding::ChartEncoding;
use super::super::error::{ChartError, ChartErrorKind, ChartNote};
use super::super::fields::DataField;
use super::super::plan::ChartPlan;
use crate::picture::Extent;
use linchpin_register::{Date, DatePrecision, RecordKind, RecordRef};

/// A time that a record names.
#[derive(Clone)]
pub struct DatedExtent {
    pub extent: Extent,
    pub text: String,
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
            let count = without.len();
            notes.push(ChartNote::WithoutDate { count, kind });
        }
        records = with;
    }
    Ok(records)
}

/// When a record says that it is: as long as its date is exact, and for a period from its beginning
/// to its end.
pub fn dated_extent(plan: &ChartPlan<'_>, field: &DataField, at: RecordRef) -> Option<DatedExtent> {
    let first = |date: &Date| date.start_decimal_year();
    let figure = (at.kind == RecordKind::Figure && field.name == "period")
        .then(|| plan.register.figures.get(at.index as usize))
        .flatten();
    if let Some(period) = figure.and_then(|figure| figure.period.as_ref()) {
        let words = match period.to {
            None => format!("since {}", period.from.to_long_form()),
            Some(to) if to == period.from => to.to_long_form(),
            Some(to) => format!("{} to {}", period.from.to_long_form(), to.to_long_form()),
        };
        let extent = Extent {
            low: Some(first(&period.from)),
            high: period.to.map(|to| to.end_decimal_year()),
        };
        return Some(DatedExtent {
            extent,
            text: words,
        });
    }
    let date = field.dates(plan.register, at).into_iter().next()?;
    // A day is a place on the axis; what is less exact is as long as it may mean.
    let extent = match date.precision {
        DatePrecision::Day => {
            Extent::exact((date.start_decimal_year() + date.end_decimal_year()) / 2.0)
        }
        _ => Extent {
            low: Some(first(&date)),
            high: Some(date.end_decimal_year()),
        },
    };
    Some(DatedExtent {
        extent,
        text: date.to_long_form(),
    })
}
