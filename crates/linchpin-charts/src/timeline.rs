//! A timeline: dated records in lanes.

use super::drawn::{Axes, Drawn};
use super::fields::{Field, Holds};
use super::groups::Groups;
use super::measure;
use super::plan::Plan;
use super::refusal::Refusal;
use super::share;
use crate::picture::timeline::pieces;
use crate::picture::{Body, Entry, Lane, Mark, Moment, Timeline};
use linchpin_register::english::list_with_and;
use linchpin_register::{Date, RecordKind, RecordRef, Register};

/// The most lanes, where a chart does not say.
const MAX_LANES: u32 = 12;

/// The most entries in a lane.
const MAX_ENTRIES: usize = 60;

/// Draws the records of a plan, or some of them.
pub fn draw(plan: &Plan<'_>, records: &[RecordRef]) -> Result<Drawn, Refusal> {
    if records.is_empty() {
        return Err(measure::nothing(plan));
    }
    let dates = date_fields(plan)?;
    let mut notes = Vec::new();
    let mut undated: Vec<(RecordKind, usize)> = Vec::new();
    let mut lanes = Vec::new();
    let mut cut = Vec::new();
    for (name, (one, more), records) in lanes_of(plan, records, &mut notes)? {
        let mut entries = Vec::new();
        for at in records {
            let fields = dates.iter().filter(|field| field.kind == at.kind);
            match entry(plan.register, at, &fields.collect::<Vec<_>>()) {
                Some(entry) => entries.push(entry),
                None => match undated.iter_mut().find(|(kind, _)| *kind == at.kind) {
                    Some((_, count)) => *count += 1,
                    None => undated.push((at.kind, 1)),
                },
            }
        }
        entries.sort_by(|a, b| a.start().total_cmp(&b.start()));
        if entries.len() > MAX_ENTRIES {
            let rest = entries.len() - MAX_ENTRIES;
            cut.push(share::many(
                rest,
                &format!("more {one}"),
                &format!("more {more}"),
            ));
            entries.truncate(MAX_ENTRIES);
        }
        lanes.push(Lane { name, entries });
    }
    if lanes.iter().all(|lane| lane.entries.is_empty()) {
        return Err(without_dates(plan));
    }
    let moments = lanes
        .iter()
        .flat_map(|l| &l.entries)
        .flat_map(|e| &e.moments);
    let body = Timeline {
        pieces: pieces(moments.copied()),
        lanes,
    };
    if body.is_cut() {
        notes.push(
            "The axis leaves out years in which nothing is recorded; all its parts have the \
            same scale."
                .into(),
        );
    }
    let entries = body.lanes.iter().flat_map(|l| &l.entries);
    if entries.flat_map(|e| &e.moments).any(|m| m.is_span()) {
        notes.push("A bar covers all days that a date may mean or an event lasted.".to_owned());
    }
    let undated: Vec<String> = undated
        .into_iter()
        .map(|(kind, count)| share::many(count, kind.what(), kind.noun().many))
        .collect();
    if !undated.is_empty() {
        let listed = list_with_and(&undated);
        notes.push(format!("Without a stated date, and not drawn: {listed}."));
    }
    if !cut.is_empty() {
        notes.push(format!("Not drawn either: {}.", list_with_and(&cut)));
    }
    Ok(Drawn {
        body: Body::Timeline(body),
        notes,
        asides: Vec::new(),
        axes: Axes::default(),
        unit: None,
        several: false,
    })
}

fn without_dates(plan: &Plan<'_>) -> Refusal {
    let lists: Vec<&str> = plan.kinds.iter().map(|k| k.noun().many).collect();
    Refusal::new(
        "x",
        format!("None of the {} has a date yet.", list_with_and(&lists)),
        "Add events, or the dates on which instruments were signed, to the file.",
    )
}

/// The fields whose dates are drawn: the one that the chart names for x, or all of each type, but
/// those of citations.
fn date_fields(plan: &Plan<'_>) -> Result<Vec<Field>, Refusal> {
    let named = plan.chart.x.as_ref().and_then(|x| x.field.as_deref());
    let mut fields = Vec::new();
    for &kind in &plan.kinds {
        match named {
            Some(name) => match Field::find(kind, name, "x") {
                Ok(field) if matches!(field.holds, Holds::Dates) => fields.push(field),
                Ok(_) => {
                    return Err(Refusal::new(
                        "x",
                        format!("“{name}” of a {} is no date.", kind.what()),
                        "Leave x out, so that all dates are drawn.",
                    ));
                }
                Err(_) if plan.kinds.len() > 1 => {}
                Err(refusal) => return Err(refusal),
            },
            None => fields.extend(
                Field::all(kind)
                    .into_iter()
                    .filter(|field| matches!(field.holds, Holds::Dates)),
            ),
        }
    }
    if fields.is_empty() {
        return Err(Refusal::new(
            "records",
            "These records have no dates.",
            "Choose events, instruments, bodies or documents.",
        ));
    }
    Ok(fields)
}

/// A lane's name, the words for one and several of its records, and the records.
type LaneOf = (String, (String, String), Vec<RecordRef>);

/// Lanes by the field that y names, else one for each type.
fn lanes_of(
    plan: &Plan<'_>,
    records: &[RecordRef],
    notes: &mut Vec<String>,
) -> Result<Vec<LaneOf>, Refusal> {
    let nouns = |kind: RecordKind| (kind.what().to_owned(), kind.noun().many.to_owned());
    if let (Some(channel), true) = (&plan.chart.y, plan.kinds.len() == 1)
        && let Some(field) = plan.field(Some(channel), "y")?
    {
        let mut groups = Groups::of(plan, records, &field, channel);
        groups.order(plan, |group| group.records.len() as f64);
        let kind = plan.kind()?;
        let (one, more) = nouns(kind);
        let most = channel.limit.unwrap_or(MAX_LANES).max(1) as usize;
        notes.extend(groups.limit(most, &field, (&one, &more)));
        let mut lanes: Vec<LaneOf> = groups
            .list
            .into_iter()
            .map(|group| (group.name, nouns(kind), group.records))
            .collect();
        if !groups.missing.is_empty() {
            lanes.push((format!("No {}", field.words()), nouns(kind), groups.missing));
        }
        return Ok(lanes);
    }
    Ok(plan
        .kinds
        .iter()
        .map(|kind| {
            let of_kind = records.iter().copied().filter(|at| at.kind == *kind);
            (kind.title().to_owned(), nouns(*kind), of_kind.collect())
        })
        .collect())
}

/// A record with its dates. `None` without any.
fn entry(register: &Register, at: RecordRef, fields: &[&Field]) -> Option<Entry> {
    // The end of an event stretches its date rather than standing by itself.
    let mut dates: Vec<(&str, Date)> = Vec::new();
    let mut end = None;
    for field in fields {
        for date in field.dates(register, at) {
            match field.name {
                "end" => end = Some(date),
                name => dates.push((name, date)),
            }
        }
    }
    if dates.is_empty() {
        return None;
    }
    let several = dates.len() > 1 && fields.len() > 1;
    let when: Vec<String> = dates
        .iter()
        .map(|(field, date)| match several {
            true => format!("{} {}", field.replace('_', " "), date.words()),
            false => date.words(),
        })
        .collect();
    let mut when = when.join(", ");
    let mut moments: Vec<Moment> = dates
        .iter()
        .map(|(_, date)| Moment {
            from_year: date.start_year(),
            to_year: date.end_year(),
        })
        .collect();
    moments.sort_by(|a, b| a.from_year.total_cmp(&b.from_year));
    if let (Some(end), Some(moment)) = (end, moments.last_mut()) {
        moment.to_year = moment.to_year.max(end.end_year());
        when = format!("{when} to {}", end.words());
    }
    let name = entry_name(register, at);
    Some(Entry {
        mark: Mark {
            label: format!("{name}, {when}"),
            records: vec![at],
        },
        name,
        when,
        moments,
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
    .map_or_else(String::new, |name| share::name(&name))
}
