//! What a chart says of the records that it has chosen and does not draw. Each is named once, with
//! the first reason that holds of it, so that what is drawn and what is left out make all that is
//! chosen.

use super::error::ChartNote;
use super::fields::{DataField, FieldDataType, record_name};
use super::left_out::LeftOut;
use super::mark_output::MarkOutput;
use super::measure;
use super::plan::ChartPlan;
use super::year_span::YearSpan;
use linchpin_register::RecordRef;
use linchpin_register::document_fields::DOCUMENT_DATE;
use std::collections::HashSet;

/// The most records that are named one by one.
const MAX_NAMED: usize = 8;

/// Makes the notes of a chart agree with what it draws: a record that is drawn is not named as left
/// out, one that is left out is named once, and one that no note names gets a note.
pub fn settle(plan: &ChartPlan<'_>, output: &mut MarkOutput) {
    let drawn: HashSet<RecordRef> = output
        .body
        .marks()
        .flat_map(|mark| mark.records.iter().copied())
        .collect();
    let chosen = plan.records.iter().copied();
    let mut unnamed: HashSet<RecordRef> = chosen.filter(|at| !drawn.contains(at)).collect();
    let notes = || output.notes.iter().chain(&output.whole_chart_notes);
    if notes().any(ChartNote::is_about_measures) {
        unnamed.retain(|at| measure::is_drawable(plan.register, *at));
    }
    let mut notes = std::mem::take(&mut output.notes);
    for note in &mut notes {
        if let Some(left_out) = note.left_out_mut() {
            name_unnamed(left_out, plan, &mut unnamed);
        }
    }
    notes.retain(|note| !note.is_void());
    if !unnamed.is_empty() {
        let rest = plan.records.iter().copied();
        let mut left_out = LeftOut::from(
            rest.filter(|at| unnamed.contains(at))
                .collect::<Vec<RecordRef>>(),
        );
        name_unnamed(&mut left_out, plan, &mut unnamed);
        notes.push(ChartNote::NotDrawn(left_out));
    }
    output.notes = notes;
}

/// The years in which some records are dated: in the chart's own field of time where it has one.
fn years_of(plan: &ChartPlan<'_>, records: &[RecordRef]) -> Option<YearSpan> {
    let chart = plan.chart;
    let channels = [&chart.x, &chart.y, &chart.facet, &chart.color];
    let named = channels.into_iter().flatten();
    let names: Vec<&str> = named.filter_map(|it| it.field.as_deref()).collect();
    let mut years: Option<YearSpan> = None;
    for kind in &plan.record_kinds {
        let all = DataField::all(*kind).into_iter();
        let dates = all.filter(|field| matches!(field.data_type, FieldDataType::Dates));
        let dates: Vec<DataField> = dates.collect();
        let of_chart = dates.iter().find(|field| names.contains(&field.name));
        let own = dates.iter().find(|field| field.name != DOCUMENT_DATE);
        let Some(field) = of_chart.or(own).or(dates.first()) else {
            continue;
        };
        for at in records.iter().filter(|at| at.kind == *kind) {
            for date in field.dates(plan.register, *at) {
                let (first, last) = (date.first_year(), date.last_year());
                let span = YearSpan::new(i32::from(first), i32::from(last));
                years = Some(years.map_or(span, |years| years.union(span)));
            }
        }
    }
    years
}

/// Keeps those that nothing else has named, and says who and when they are.
fn name_unnamed(left_out: &mut LeftOut, plan: &ChartPlan<'_>, unnamed: &mut HashSet<RecordRef>) {
    left_out.records.retain(|at| unnamed.remove(at));
    left_out.names = match left_out.records.len() {
        0..=MAX_NAMED => {
            let names = left_out.records.iter();
            names
                .map(|at| record_name(plan.register, *at, false))
                .collect()
        }
        _ => Vec::new(),
    };
    left_out.years = years_of(plan, &left_out.records);
}
