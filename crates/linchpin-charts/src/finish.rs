//! From a body to a whole picture: title, subtitle, notes, sources, lines and annotations.

use super::drawn::Drawn;
use super::plan::{Plan, counting};
use super::refusal::Refusal;
use super::share;
use crate::picture::{At, Body, Guide, Picture, Remark};
use linchpin_register::chart_words::{AxisName, MarkKind};
use linchpin_register::english::with_period;
use linchpin_register::query::CountingRule;
use linchpin_register::{Chart, RecordKind, RecordRef, Register};

/// Gives a body its frame.
///
/// # Errors
/// Where a line or an annotation names a place that is not there.
pub fn finished(plan: &Plan<'_>, drawn: Drawn) -> Result<Picture, Refusal> {
    let chart = plan.chart;
    let mut records: Vec<RecordRef> = Vec::new();
    for mark in drawn.body.marks() {
        records.extend(&mark.records);
    }
    let mut seen = std::collections::HashSet::new();
    records.retain(|at| seen.insert(*at));
    let mut notes: Vec<String> = chart.note.iter().map(|note| with_period(note)).collect();
    for note in drawn.notes.iter().chain(&drawn.asides) {
        // What the chart's own note says already is not said twice.
        if notes.iter().all(|there| !there.contains(note.as_str())) {
            notes.push(note.clone());
        }
    }
    let mut picture = Picture {
        id: chart.id.to_string(),
        title: chart.title.clone(),
        subtitle: subtitle(plan, &drawn, &records),
        note: share::note(notes),
        source: source(plan.register, chart, &records),
        description: String::new(),
        citations: share::citations(plan.register, &records),
        guides: guides(plan, &drawn)?,
        remarks: remarks(plan, &drawn)?,
        body: drawn.body,
    };
    picture.description = picture.alt_text();
    Ok(picture)
}

/// A picture that says why there is none.
pub fn refused(
    register: &Register,
    chart: &Chart,
    rule: CountingRule,
    refusal: &Refusal,
) -> Picture {
    let is_counted = chart
        .records
        .iter()
        .any(|list| list.kind() == RecordKind::Commitment);
    let subtitle = match is_counted {
        true => share::counted(0, counting(chart, rule)),
        false => "Nothing to draw".into(),
    };
    Picture {
        id: chart.id.to_string(),
        title: chart.title.clone(),
        subtitle,
        note: None,
        source: source(register, chart, &[]),
        description: format!("Nothing to draw: {}", refusal.words()),
        citations: Vec::new(),
        guides: Vec::new(),
        remarks: Vec::new(),
        body: Body::Empty(refusal.words()),
    }
}

fn source(register: &Register, chart: &Chart, records: &[RecordRef]) -> String {
    let line = share::source_line(register, records);
    match &chart.source {
        Some(words) => format!("{} {line}", with_period(words)),
        None => line,
    }
}

/// What is measured, and the counting rule.
fn subtitle(plan: &Plan<'_>, drawn: &Drawn, records: &[RecordRef]) -> String {
    let measured = match &plan.chart.subtitle {
        Some(words) => with_period(words),
        None => measured(plan, drawn),
    };
    let kind = plan.kinds[0];
    let counted = match (plan.kinds.as_slice(), plan.chart.mark) {
        ([RecordKind::Commitment], _) => {
            let drawn = records.iter().filter(|at| at.kind == kind).count();
            share::counted(drawn, plan.rule)
        }
        (_, MarkKind::Timeline) => share::many(records.len(), "dated record", "dated records"),
        ([_], _) => {
            let drawn = records.iter().filter(|at| at.kind == kind).count();
            let all = plan.register.count(kind);
            let (one, more) = match kind {
                RecordKind::Figure => ("stated number", "stated numbers"),
                kind => (kind.what(), kind.noun().many),
            };
            let all_words = share::many(all, one, &more);
            if drawn == all {
                all_words
            } else {
                format!(
                    "{} of {all_words}",
                    linchpin_register::tables::words::number(drawn as f64)
                )
            }
        }
        _ => share::many(records.len(), "record", "records"),
    };
    format!("{measured} {counted}").trim().to_owned()
}

fn measured(plan: &Plan<'_>, drawn: &Drawn) -> String {
    let several = if drawn.several {
        "; one record may count more than once"
    } else {
        ""
    };
    match (&drawn.body, &drawn.unit) {
        (Body::Bars(bars), _) if bars.panels.len() > 1 => "One scale for each unit.".into(),
        (Body::Multiples(multiples), _) if multiples.own_scales => {
            "One scale for each unit.".into()
        }
        (_, Some(unit)) if unit.is_empty() => String::new(),
        (_, Some(unit)) => {
            let mut words = unit.clone();
            if let Some(first) = words.get(..1) {
                let first = first.to_uppercase();
                words.replace_range(..1, &first);
            }
            format!("{words}{several}.")
        }
        (Body::Timeline(_), _) => "Each as exact as its source:".into(),
        (Body::Table(_) | Body::Network(_), _) => String::new(),
        _ => {
            let kinds = plan.kinds[0].noun().many;
            format!("Number of {kinds}{several}.")
        }
    }
}

fn guides(plan: &Plan<'_>, drawn: &Drawn) -> Result<Vec<Guide>, Refusal> {
    plan.chart
        .lines
        .iter()
        .map(|line| {
            Ok(Guide {
                axis: line.axis,
                at: place(plan, drawn, line.axis, &line.at, "lines")?,
                label: line.label.clone(),
            })
        })
        .collect()
}

fn remarks(plan: &Plan<'_>, drawn: &Drawn) -> Result<Vec<Remark>, Refusal> {
    let at = |axis, words: &Option<String>| {
        words
            .as_ref()
            .map(|words| place(plan, drawn, axis, words, "annotations"))
            .transpose()
    };
    plan.chart
        .annotations
        .iter()
        .map(|note| {
            Ok(Remark {
                text: note.text.clone(),
                x: at(AxisName::X, &note.x)?,
                y: at(AxisName::Y, &note.y)?,
            })
        })
        .collect()
}

fn place(
    plan: &Plan<'_>,
    drawn: &Drawn,
    axis: AxisName,
    words: &str,
    field: &'static str,
) -> Result<At, Refusal> {
    let at = drawn.axes.place(plan.register, axis, words);
    at.ok_or_else(|| {
        let groups = match axis {
            AxisName::X => &drawn.axes.x,
            AxisName::Y => &drawn.axes.y,
        };
        let way_out = match groups.as_slice() {
            [] => "Write a number such as \"28500\", or a date such as \"2023-11-13\".".to_owned(),
            some => {
                let keys: Vec<&str> = some.iter().take(6).map(|g| g.key.as_str()).collect();
                format!("Write the id of a group: {}.", keys.join(", "))
            }
        };
        Refusal::new(
            field,
            format!("Nothing lies at “{words}” on this axis."),
            way_out,
        )
    })
}
