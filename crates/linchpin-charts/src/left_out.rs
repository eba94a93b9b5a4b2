//! The records that a chart has chosen and does not draw. Each is named once, with the first reason
//! that holds of it, so that what is drawn and what is left out make all that is chosen.

use super::error::ChartNote;
use super::fields::{DataField, FieldDataType, record_name};
use super::mark_output::MarkOutput;
use super::measure;
use super::plan::ChartPlan;
use super::time_places::YearSpan;
use linchpin_register::document_fields::DOCUMENT_DATE;
use linchpin_register::{RecordKind, RecordRef};
use std::collections::HashSet;

/// Records that are not drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LeftOut {
    pub records: Vec<RecordRef>,
    /// Their names, one for each, where they are few.
    pub names: Vec<String>,
    /// The first and the last year in which any of them is dated.
    pub years: Option<YearSpan>,
}

/// The most records that are named one by one.
const MAX_NAMED: usize = 8;

impl LeftOut {
    /// How many there are of each type, in the order of the records.
    pub fn counts(&self) -> Vec<(RecordKind, usize)> {
        let mut counts: Vec<(RecordKind, usize)> = Vec::new();
        for at in &self.records {
            match counts.iter_mut().find(|(kind, _)| *kind == at.kind) {
                Some((_, count)) => *count += 1,
                None => counts.push((at.kind, 1)),
            }
        }
        counts
    }

    /// Keeps those that nothing else has named, and says who and when they are.
    fn settle(&mut self, plan: &ChartPlan<'_>, unnamed: &mut HashSet<RecordRef>) {
        self.records.retain(|at| unnamed.remove(at));
        self.names = match self.records.len() {
            0..=MAX_NAMED => {
                let names = self.records.iter();
                names
                    .map(|at| record_name(plan.register, *at, false))
                    .collect()
            }
            _ => Vec::new(),
        };
        self.years = years_of(plan, &self.records);
    }
}

impl From<Vec<RecordRef>> for LeftOut {
    fn from(records: Vec<RecordRef>) -> LeftOut {
        LeftOut {
            records,
            ..LeftOut::default()
        }
    }
}

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
            left_out.settle(plan, &mut unnamed);
        }
    }
    notes.retain(|note| !note.is_void());
    if !unnamed.is_empty() {
        let rest = plan.records.iter().copied();
        let mut left_out = LeftOut::from(
            rest.filter(|at| unnamed.contains(at))
                .collect::<Vec<RecordRef>>(),
        );
        left_out.settle(plan, &mut unnamed);
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
