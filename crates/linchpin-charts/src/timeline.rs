//! A timeline: dated records in lanes.

use super::captions;
use super::error::{ChannelName, ChartError, ChartErrorKind, ChartNote, ChartPart};
use super::fields::{DataField, FieldDataType};
use super::groups::RecordGroups;
use super::mark_output::{AxisGroups, MarkOutput};
use super::measure;
use super::plan::{ChartPlan, find_field};
use crate::picture::bars::ValueOrder;
use crate::picture::timeline::axis_segments;
use crate::picture::{ChartMark, DateSpan, Lane, PictureBody, Timeline, TimelineEntry};
use linchpin_register::date::period_words;
use linchpin_register::{Date, RecordKind, RecordRef, Register};

/// The most lanes, where a chart does not say.
const MAX_LANES: u32 = 12;

/// The most entries in a lane.
const MAX_ENTRIES: usize = 60;

/// Draws the records of a plan, or some of them.
pub fn draw(plan: &ChartPlan<'_>, records: &[RecordRef]) -> Result<MarkOutput, ChartError> {
    if records.is_empty() {
        return Err(measure::no_records_error(plan));
    }
    let dates = date_fields(plan)?;
    let mut notes = Vec::new();
    let mut undated: Vec<(RecordKind, usize)> = Vec::new();
    let mut lanes = Vec::new();
    let mut not_drawn = Vec::new();
    for (name, kind, records) in group_into_lanes(plan, records, &mut notes)? {
        let mut entries = Vec::new();
        for at in records {
            let fields = dates.iter().filter(|field| field.kind == at.kind);
            match timeline_entry(plan.register, at, &fields.collect::<Vec<_>>()) {
                Some(entry) => entries.push(entry),
                None => match undated.iter_mut().find(|(kind, _)| *kind == at.kind) {
                    Some((_, count)) => *count += 1,
                    None => undated.push((at.kind, 1)),
                },
            }
        }
        entries.sort_by(|a, b| a.start_year().total_cmp(&b.start_year()));
        if entries.len() > MAX_ENTRIES {
            not_drawn.push((kind, entries.len() - MAX_ENTRIES));
            // The earliest stay: a lane that is cut in the middle would look as if nothing had
            // happened there.
            entries.truncate(MAX_ENTRIES);
        }
        lanes.push(Lane { name, entries });
    }
    if lanes.iter().all(|lane| lane.entries.is_empty()) {
        return Err(ChartErrorKind::Undated(plan.record_kinds.clone()).at(ChannelName::X));
    }
    let spans = lanes.iter().flat_map(|l| &l.entries).flat_map(|e| &e.dates);
    let body = Timeline {
        axis_segments: axis_segments(spans.copied()),
        lanes,
    };
    if body.has_axis_breaks() {
        notes.push(ChartNote::AxisBreaks);
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
        notes.push(ChartNote::Undated(undated));
    }
    if !not_drawn.is_empty() {
        notes.push(ChartNote::MoreEntries(not_drawn));
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

/// A lane's name, the type of its records, and the records.
type LaneRecords = (String, RecordKind, Vec<RecordRef>);

/// Lanes by the field that y names, else one for each type.
fn group_into_lanes(
    plan: &ChartPlan<'_>,
    records: &[RecordRef],
    notes: &mut Vec<ChartNote>,
) -> Result<Vec<LaneRecords>, ChartError> {
    if let (Some(channel), true) = (&plan.chart.y, plan.record_kinds.len() == 1)
        && let Some(field) = plan.field(ChannelName::Y)?
    {
        let mut groups = RecordGroups::by_field(plan, records, &field, channel);
        groups.sort(plan, |group| ValueOrder::exact(group.records.len() as f64));
        let kind = plan.single_kind()?;
        let most = channel.limit.unwrap_or(MAX_LANES).max(1) as usize;
        notes.extend(groups.truncate(most, &field, kind));
        let mut lanes: Vec<LaneRecords> = groups
            .list
            .into_iter()
            .map(|group| (group.name, kind, group.records))
            .collect();
        if !groups.missing.is_empty() {
            lanes.push((format!("No {}", field.name_in_text()), kind, groups.missing));
        }
        return Ok(lanes);
    }
    Ok(plan
        .record_kinds
        .iter()
        .map(|kind| {
            let of_kind = records.iter().copied().filter(|at| at.kind == *kind);
            (kind.title().to_owned(), *kind, of_kind.collect())
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
