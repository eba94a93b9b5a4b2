//! A timeline: dated records in lanes.

use super::captions;
use super::error::{ChannelName, ChartError, ChartErrorKind, ChartNote, ChartPart};
use super::fields::{DataField, FieldDataType};
use super::groups::RecordGroups;
use super::mark_output::{AxisGroups, MarkOutput};
use super::measure;
use super::messages::count_records;
use super::plan::{ChartPlan, find_field};
use super::time_places::{TimeRequest, place_of, step_for};
use super::year_span::YearSpan;
use crate::picture::bars::ValueOrder;
use crate::picture::timeline::axis_segments;
use crate::picture::{ChartMark, DateSpan, Lane, PictureBody, Timeline, TimelineEntry};
use linchpin_register::date::period_words;
use linchpin_register::{Date, RecordKind, RecordRef, Register};
use std::collections::BTreeMap;

/// The most lanes, where a chart does not say.
const MAX_LANES: u32 = 12;

/// The most entries in a lane, where a chart does not say.
const MAX_ENTRIES: u32 = 60;

/// Draws the records of a plan, or some of them.
pub fn draw(plan: &ChartPlan<'_>, records: &[RecordRef]) -> Result<MarkOutput, ChartError> {
    if records.is_empty() {
        return Err(measure::no_records_error(plan));
    }
    let dates = date_fields(plan)?;
    let mut notes = Vec::new();
    let mut undated: Vec<RecordRef> = Vec::new();
    let mut lanes = Vec::new();
    for (name, records) in group_into_lanes(plan, records, &mut notes)? {
        let mut entries = Vec::new();
        for at in records {
            let fields = dates.iter().filter(|field| field.kind == at.kind);
            match timeline_entry(plan.register, at, &fields.collect::<Vec<_>>()) {
                Some(entry) => entries.push(entry),
                None => undated.push(at),
            }
        }
        entries.sort_by(|a, b| a.start_year().total_cmp(&b.start_year()));
        lanes.push(Lane { name, entries });
    }
    let most = plan.chart.x.as_ref().and_then(|x| x.limit);
    let most = most.unwrap_or(MAX_ENTRIES).max(1) as usize;
    notes.extend(join_entries(&mut lanes, most));
    if lanes.iter().all(|lane| lane.entries.is_empty()) {
        return Err(ChartErrorKind::Undated(plan.record_kinds.clone()).at(ChannelName::X));
    }
    let spans = lanes.iter().flat_map(|l| &l.entries).flat_map(|e| &e.dates);
    let body = Timeline {
        axis_segments: axis_segments(spans.copied()),
        lanes,
    };
    let parts = body.axis_segments.iter();
    let gaps = parts.clone().zip(parts.skip(1));
    let gaps: Vec<YearSpan> = gaps
        .map(|(before, after)| YearSpan::new(before.to, after.from - 1))
        .collect();
    if !gaps.is_empty() {
        notes.push(ChartNote::AxisBreaks(gaps));
    }
    let entries = body.lanes.iter().flat_map(|l| &l.entries);
    if entries
        .flat_map(|e| &e.dates)
        .any(|m| m.is_longer_than_day())
    {
        notes.push(ChartNote::LongDates);
    }
    let entries = body.lanes.iter().flat_map(|l| &l.entries);
    if entries
        .flat_map(|e| &e.dates)
        .any(|m| m.is_open != [false, false])
    {
        notes.push(ChartNote::OpenDates);
    }
    notes.extend(ChartNote::unsure_dates(&drawn_dates(plan, &dates, &body)));
    if !undated.is_empty() {
        notes.push(ChartNote::Undated(undated.into()));
    }
    Ok(MarkOutput {
        body: PictureBody::Timeline(body),
        notes,
        whole_chart_notes: Vec::new(),
        axis_groups: AxisGroups::default(),
        unit: None,
        has_overlap: false,
    })
}

/// The dates of the records that are drawn, as they are stated, ends of events included.
fn drawn_dates(plan: &ChartPlan<'_>, fields: &[DataField], body: &Timeline) -> Vec<Date> {
    let records = body.marks().flat_map(|mark| mark.records.iter().copied());
    let dates = records.flat_map(|at| {
        let fields = fields.iter().filter(move |field| field.kind == at.kind);
        fields.flat_map(move |field| field.dates(plan.register, at))
    });
    dates.collect()
}

/// The fields whose dates are drawn: the one that the chart names for x, or all of each type, but
/// those of citations.
fn date_fields(plan: &ChartPlan<'_>) -> Result<Vec<DataField>, ChartError> {
    let named = plan.chart.x.as_ref().and_then(|x| x.field.as_deref());
    let mut fields = Vec::new();
    for &kind in &plan.record_kinds {
        match named {
            Some(name) => match find_field(kind, name, ChannelName::X) {
                Ok(field) if matches!(field.data_type, FieldDataType::Dates) => fields.push(field),
                Ok(_) => {
                    let name = name.to_owned();
                    return Err(ChartErrorKind::NotDates { kind, name }.at(ChannelName::X));
                }
                Err(_) if plan.record_kinds.len() > 1 => {}
                Err(error) => return Err(error),
            },
            None => fields.extend(default_date_fields(kind)),
        }
    }
    if fields.is_empty() {
        return Err(ChartErrorKind::NoDateFields.at(ChartPart::Records));
    }
    Ok(fields)
}

/// The dates of records of a type where a chart names none: their own, and where they have no own
/// dates, those of their documents.
fn default_date_fields(kind: RecordKind) -> Vec<DataField> {
    let all = DataField::all(kind).into_iter();
    let dates = all.filter(|field| matches!(field.data_type, FieldDataType::Dates));
    let (of_documents, own): (Vec<DataField>, Vec<DataField>) =
        dates.partition(|field| field.document_field().is_some());
    match own.is_empty() {
        true => of_documents,
        false => own,
    }
}

/// Entries that are too many for their lane stand together, by the years in which they begin: none
/// is cut off at one end.
fn join_entries(lanes: &mut [Lane], most: usize) -> Option<ChartNote> {
    let start = |entry: &TimelineEntry| entry.start_year().floor() as i32;
    let crowded = || lanes.iter().filter(|lane| lane.entries.len() > most);
    // One step for all, or the same bar would mean a year in one lane and a decade in the next.
    let steps = crowded().filter_map(|lane| step_for(lane.entries.iter().map(start), most));
    let step_years = steps.max()?;
    let starts = crowded().flat_map(|lane| lane.entries.iter().map(start));
    let reach = starts.map(|year| YearSpan::new(year, year));
    let reach = reach.reduce(YearSpan::union)?;
    for lane in lanes.iter_mut().filter(|lane| lane.entries.len() > most) {
        let mut places: BTreeMap<i32, (YearSpan, Vec<TimelineEntry>)> = BTreeMap::new();
        for entry in std::mem::take(&mut lane.entries) {
            let years = place_of(start(&entry), step_years, reach);
            let place = places.entry(years.first);
            place.or_insert((years, Vec::new())).1.push(entry);
        }
        let places = places.into_values();
        lane.entries = places
            .flat_map(|(years, entries)| joined(years, entries))
            .collect();
    }
    Some(ChartNote::JoinedEntries { most, step_years })
}

/// The entries that begin in some years as one; one alone stays as it is.
fn joined(years: YearSpan, mut entries: Vec<TimelineEntry>) -> Option<TimelineEntry> {
    if entries.len() <= 1 {
        return entries.pop();
    }
    let records: Vec<RecordRef> = entries
        .iter()
        .flat_map(|entry| entry.mark.records.iter().copied())
        .collect();
    let kind = records.first()?.kind;
    let name = count_records(records.len(), kind);
    let date_text = years.label();
    let names: Vec<String> = entries.into_iter().map(|entry| entry.name).collect();
    Some(TimelineEntry {
        mark: ChartMark {
            label: format!("{name}, {date_text}: {}", names.join("; ")),
            records,
        },
        name,
        date_text,
        dates: vec![DateSpan {
            from_year: f64::from(years.first),
            to_year: f64::from(years.last) + 1.0,
            is_open: [false, false],
            date: None,
        }],
    })
}

/// A lane's name and its records.
type LaneRecords = (String, Vec<RecordRef>);

/// Lanes by the field that y names, else one for each type.
fn group_into_lanes(
    plan: &ChartPlan<'_>,
    records: &[RecordRef],
    notes: &mut Vec<ChartNote>,
) -> Result<Vec<LaneRecords>, ChartError> {
    if let (Some(channel), true) = (&plan.chart.y, plan.record_kinds.len() == 1)
        && let Some(field) = plan.field(ChannelName::Y)?
    {
        let request = TimeRequest {
            name: ChannelName::Y,
            field: &field,
            channel,
            usual: MAX_LANES,
            most_apart: MAX_LANES,
            joins_years: true,
            makes_numbers: &|_| true,
        };
        let mut groups = RecordGroups::along_axis(plan, records, &request, notes)?;
        groups.sort(plan, |group| ValueOrder::exact(group.records.len() as f64));
        let kind = plan.single_kind()?;
        notes.extend(groups.truncate(request.room(plan), &field, kind));
        let mut lanes: Vec<LaneRecords> = groups
            .list
            .into_iter()
            .map(|group| (group.name, group.records))
            .collect();
        if !groups.missing.is_empty() {
            lanes.push((format!("No {}", field.name_in_text()), groups.missing));
        }
        return Ok(lanes);
    }
    Ok(plan
        .record_kinds
        .iter()
        .map(|kind| {
            let of_kind = records.iter().copied().filter(|at| at.kind == *kind);
            (kind.title().to_owned(), of_kind.collect())
        })
        .collect())
}

/// A record with its dates. `None` without any.
fn timeline_entry(
    register: &Register,
    at: RecordRef,
    fields: &[&DataField],
) -> Option<TimelineEntry> {
    // The end of an event stretches its date rather than standing by itself.
    let mut dates: Vec<(&str, Date)> = Vec::new();
    let mut end = None;
    for field in fields {
        for date in field.dates(register, at) {
            // An end is no moment of its own: it makes the event longer.
            match field.name {
                "end" => end = Some(date),
                name => dates.push((name, date)),
            }
        }
    }
    if dates.is_empty() {
        return None;
    }
    // One date needs no name; several do, or nobody knows which was the signature.
    let several = dates.len() > 1 && fields.len() > 1;
    let when: Vec<String> = dates
        .iter()
        .map(|(field, date)| match several {
            true => format!("{} {}", field.replace('_', " "), date.to_long_form()),
            false => date.to_long_form(),
        })
        .collect();
    let mut when = when.join(", ");
    let mut spans: Vec<DateSpan> = dates
        .iter()
        .map(|(_, date)| DateSpan::of_date(*date))
        .collect();
    spans.sort_by(|a, b| a.from_year.total_cmp(&b.from_year));
    if let (Some(end), Some(span)) = (end, spans.last_mut()) {
        span.to_year = span.to_year.max(end.end_decimal_year());
        span.is_open[1] |= end.decimal_years().1.is_none();
        // What is left of the stated date is its beginning.
        span.date = None;
        when = match dates.as_slice() {
            [(_, from)] => period_words(*from, Some(end)),
            _ => format!("{when} to {}", end.to_long_form()),
        };
    }
    let name = entry_name(register, at);
    Some(TimelineEntry {
        mark: ChartMark {
            label: format!("{name}, {when}"),
            records: vec![at],
        },
        name,
        date_text: when,
        dates: spans,
    })
}

/// Short where that says enough, with the abbreviation where there is one.
fn entry_name(register: &Register, at: RecordRef) -> String {
    match at.kind {
        RecordKind::Instrument => register.instruments.get(at.index as usize).map(|it| {
            let short = it.short.as_deref().filter(|short| short.contains(' '));
            short.unwrap_or(&it.name).to_owned()
        }),
        RecordKind::Body => {
            register
                .bodies
                .get(at.index as usize)
                .map(|it| match &it.abbreviation {
                    Some(short) => format!("{} ({short})", it.name),
                    None => it.name.clone(),
                })
        }
        _ => register.record(at).map(|record| record.title().to_owned()),
    }
    .map_or_else(String::new, |name| captions::display_name(&name))
}
