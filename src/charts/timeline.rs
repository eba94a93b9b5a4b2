//! Instruments, bodies and events by date.

use super::{ChartSpec, share};
use crate::picture::timeline::pieces;
use crate::picture::{Body, Entry, Lane, Mark, Moment, Picture, Timeline};
use crate::query::CountingRule;
use crate::register::{Date, RecordKind, RecordRef, Register};

pub(super) static CHART: ChartSpec = ChartSpec {
    id: "timeline",
    title: "Instruments, bodies and events",
    build,
};

/// The most entries in a lane.
const MAX_ENTRIES: usize = 60;

fn build(register: &Register, _rule: CountingRule) -> Picture {
    let mut lanes = vec![instruments(register), bodies(register), events(register)];
    let drawn: usize = lanes.iter().map(|lane| lane.entries.len()).sum();
    let subtitle = format!(
        "Each as exact as its source: {}",
        share::many(drawn, "dated record", "dated records")
    );
    if drawn == 0 {
        let why = "No instrument, body or event has a date yet. Add events, or the dates on which instruments were signed, to the file.";
        return CHART.empty(register, subtitle, why);
    }
    let undated = [
        (register.instruments.len(), 0, "instrument", "instruments"),
        (register.bodies.len(), 1, "body", "bodies"),
    ];
    let undated: Vec<String> = undated
        .into_iter()
        .map(|(all, lane, one, more)| (all - lanes[lane].entries.len(), one, more))
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, more)| share::many(count, one, more))
        .collect();
    let mut cut = Vec::new();
    for (lane, (one, more)) in lanes.iter_mut().zip([
        ("more instrument", "more instruments"),
        ("more body", "more bodies"),
        ("more event", "more events"),
    ]) {
        lane.entries.sort_by(|a, b| a.start().total_cmp(&b.start()));
        if lane.entries.len() > MAX_ENTRIES {
            cut.push(share::many(lane.entries.len() - MAX_ENTRIES, one, more));
            lane.entries.truncate(MAX_ENTRIES);
        }
    }
    let moments = lanes
        .iter()
        .flat_map(|l| &l.entries)
        .flat_map(|e| &e.moments);
    let body = Timeline {
        pieces: pieces(moments.copied()),
        lanes,
    };
    let mut notes = Vec::new();
    if body.is_cut() {
        notes.push("The axis leaves out years in which nothing is recorded; all its parts have the same scale.".into());
    }
    if body
        .lanes
        .iter()
        .flat_map(|l| &l.entries)
        .any(|e| e.moments.iter().any(|m| m.is_span()))
    {
        notes.push("A bar covers all days that a date may mean or an event lasted.".to_owned());
    }
    if !undated.is_empty() {
        notes.push(format!(
            "Without a stated date, and not drawn: {}.",
            share::listed(&undated)
        ));
    }
    if !cut.is_empty() {
        notes.push(format!("Not drawn either: {}.", share::listed(&cut)));
    }
    let records: Vec<RecordRef> = body
        .marks()
        .flat_map(|m| m.records.iter().copied())
        .collect();
    Picture {
        id: CHART.id.into(),
        guides: Vec::new(),
        remarks: Vec::new(),
        title: CHART.title.into(),
        subtitle,
        note: share::note(notes),
        source: share::source_line(register, &records),
        description: described(&body),
        citations: share::citations(register, &records),
        body: Body::Timeline(body),
    }
}

fn instruments(register: &Register) -> Lane {
    let entries = register
        .instruments
        .iter()
        .enumerate()
        .filter_map(|(index, it)| {
            let dates: Vec<(&str, Date)> = [("signed ", &it.signed), ("in force ", &it.in_force)]
                .into_iter()
                .filter_map(|(what, dated)| Some((what, dated.as_ref()?.date)))
                .collect();
            let name = it.short.as_deref().filter(|short| short.contains(' '));
            entry(
                RecordKind::Instrument,
                index,
                name.unwrap_or(&it.name),
                &dates,
            )
        });
    lane("Instruments", entries)
}

fn bodies(register: &Register) -> Lane {
    let entries = register
        .bodies
        .iter()
        .enumerate()
        .filter_map(|(index, it)| {
            let name = match &it.abbreviation {
                Some(short) => format!("{} ({short})", it.name),
                None => it.name.clone(),
            };
            let date = it.established.as_ref()?.date;
            entry(RecordKind::Body, index, &name, &[("", date)])
        });
    lane("Bodies", entries)
}

fn events(register: &Register) -> Lane {
    let entries = register
        .events
        .iter()
        .enumerate()
        .filter_map(|(index, it)| {
            let mut entry = entry(RecordKind::Event, index, &it.title, &[("", it.date.date)])?;
            if let Some(end) = &it.end {
                entry.lasts_until(end.date);
            }
            Some(entry)
        });
    lane("Events", entries)
}

fn lane(name: &str, entries: impl Iterator<Item = Entry>) -> Lane {
    Lane {
        name: name.into(),
        entries: entries.collect(),
    }
}

/// An entry with these dates, each with the words before it. `None` without dates.
fn entry(kind: RecordKind, index: usize, name: &str, dates: &[(&str, Date)]) -> Option<Entry> {
    if dates.is_empty() {
        return None;
    }
    let name = share::name(name);
    let when: Vec<String> = dates
        .iter()
        .map(|(what, date)| {
            format!(
                "{}{}",
                if dates.len() > 1 { what } else { "" },
                date.words()
            )
        })
        .collect();
    let mut moments: Vec<Moment> = dates
        .iter()
        .map(|(_, date)| Moment {
            from_year: date.start_year(),
            to_year: date.end_year(),
        })
        .collect();
    moments.sort_by(|a, b| a.from_year.total_cmp(&b.from_year));
    let mut entry = Entry {
        name,
        when: when.join(", "),
        moments,
        mark: Mark {
            label: String::new(),
            records: vec![RecordRef {
                kind,
                index: index as u32,
            }],
        },
    };
    entry.relabel();
    Some(entry)
}

impl Entry {
    fn relabel(&mut self) {
        self.mark.label = format!("{}, {}", self.name, self.when);
    }

    /// Stretches it to the end of a date.
    fn lasts_until(&mut self, end: Date) {
        if let Some(moment) = self.moments.last_mut() {
            moment.to_year = moment.to_year.max(end.end_year());
        }
        self.when = format!("{} to {}", self.when, end.words());
        self.relabel();
    }
}

fn described(body: &Timeline) -> String {
    let lanes: Vec<String> = body
        .lanes
        .iter()
        .filter(|lane| !lane.entries.is_empty())
        .map(|lane| format!("{} {}", lane.entries.len(), lane.name.to_lowercase()))
        .collect();
    let entries = || body.lanes.iter().flat_map(|lane| &lane.entries);
    let mut text = format!("Timeline of {}", share::listed(&lanes));
    if let (Some(first), Some(last)) = (
        entries().min_by(|a, b| a.start().total_cmp(&b.start())),
        entries().max_by(|a, b| a.start().total_cmp(&b.start())),
    ) {
        text.push_str(&format!(
            ", from {} ({}) to {} ({})",
            first.name, first.when, last.name, last.when
        ));
    }
    text.push('.');
    if body.is_cut() {
        text.push_str(&format!(" The axis has {} parts.", body.pieces.len()));
    }
    text
}
