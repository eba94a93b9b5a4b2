//! A picture in plain text, for tests and for people who cannot see it.

use super::{Bars, Body, Mark, Matrix, Picture, Stacked, Timeline, Tone};
use std::fmt::Write as _;

/// The whole picture, one mark a line.
pub(super) fn picture(picture: &Picture) -> String {
    let mut out = format!("{}: {}\n", picture.id, picture.title);
    line(&mut out, "subtitle", &picture.subtitle);
    match &picture.body {
        Body::Bars(body) => bars(&mut out, body),
        Body::Stacked(body) => stacked(&mut out, body),
        Body::Timeline(body) => timeline(&mut out, body),
        Body::Matrix(body) => matrix(&mut out, body),
        Body::Empty(why) => line(&mut out, "empty", why),
    }
    if let Some(note) = &picture.note {
        line(&mut out, "note", note);
    }
    line(&mut out, "source", &picture.source);
    line(&mut out, "description", &picture.description);
    for citation in &picture.citations {
        line(&mut out, "citation", citation);
    }
    out
}

fn line(out: &mut String, name: &str, text: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{name}: {text}");
}

fn mark(out: &mut String, shown: &str, mark: &Mark) {
    let records: Vec<String> = mark
        .records
        .iter()
        .map(|at| format!("{}[{}]", at.kind.list(), at.index))
        .collect();
    line(
        out,
        &format!("    {shown}"),
        &format!("{} <{}>", mark.label, records.join(" ")),
    );
}

fn tone(tone: Tone) -> String {
    match tone {
        Tone::Plain => "plain".into(),
        Tone::Step(rank) => format!("step {rank}"),
        Tone::Unranked(place) => format!("unranked {place}"),
    }
}

fn bars(out: &mut String, bars: &Bars) {
    for panel in &bars.panels {
        let (from, to) = panel.range();
        let title = panel.title.as_deref().unwrap_or("-");
        line(out, "panel", &format!("{title}, scale {from} to {to}"));
        for bar in &panel.bars {
            let mut shown = format!("{} = {} ({})", bar.name, bar.text, tone(bar.tone));
            if bar.extent.is_open_above() {
                shown.push_str(" open above");
            }
            if bar.extent.is_open_below() {
                shown.push_str(" open below");
            }
            if let Some(detail) = &bar.detail {
                let _ = write!(shown, " [{detail}]");
            }
            mark(out, &shown, &bar.mark);
        }
    }
}

fn stacked(out: &mut String, stacked: &Stacked) {
    for key in &stacked.keys {
        line(out, "key", &format!("{} ({})", key.name, tone(key.tone)));
    }
    for row in &stacked.rows {
        line(out, "row", &format!("{}, {}", row.name, row.total()));
        for segment in &row.segments {
            let short = stacked.keys.get(segment.key).map_or("", |k| &k.short);
            mark(out, &format!("{short} x {}", segment.count), &segment.mark);
        }
    }
}

fn timeline(out: &mut String, timeline: &Timeline) {
    for piece in &timeline.pieces {
        line(out, "years", &format!("{} to {}", piece.from, piece.to));
    }
    for lane in &timeline.lanes {
        line(out, "lane", &lane.name);
        for entry in &lane.entries {
            let moments: Vec<String> = entry
                .moments
                .iter()
                .map(|m| format!("{:.3}..{:.3}", m.from_year, m.to_year))
                .collect();
            let shown = format!("{} | {} | {}", entry.name, entry.when, moments.join(" "));
            mark(out, &shown, &entry.mark);
        }
    }
}

fn matrix(out: &mut String, matrix: &Matrix) {
    line(out, "filled", &matrix.filled_means);
    line(out, "ring", &matrix.ring_means);
    line(out, "columns", &matrix.columns.join(" | "));
    for (at, name) in matrix.rows.iter().enumerate() {
        line(out, "row", name);
        for cell in matrix.cells.iter().filter(|cell| cell.row == at) {
            let column = matrix.columns.get(cell.column).map_or("", String::as_str);
            let count = cell.count.map_or("ring".into(), |n| n.to_string());
            mark(out, &format!("{column} = {count}"), &cell.mark);
        }
    }
}
