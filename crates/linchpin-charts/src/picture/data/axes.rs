//! The tables of marks on axes: plots and timelines.

use super::Data;
use super::sheet::{Cell, Column, NUMBER, extents, table};
use crate::picture::{Axis, Extent, Moment, Plot, Point, Scale, Timeline, when};

pub fn plot(plot: &Plot) -> Data {
    let points: Vec<_> = plot
        .series
        .iter()
        .flat_map(|series| series.points.iter().map(move |point| (series, point)))
        .collect();
    let mut columns: Vec<Column> = Vec::new();
    if plot.series.len() > 1 {
        let names = points.iter().map(|(series, _)| series.key.name.as_str());
        columns.push(Column::texts("series", names));
    }
    let names = points.iter().map(|(_, point)| point.name.as_str());
    columns.extend(Column::texts("name", names).if_any());
    for (axis, plain, of) in [
        (&plot.x, "across", (|p: &Point| p.x) as fn(&Point) -> Extent),
        (&plot.y, "up", |p: &Point| p.y),
    ] {
        let places: Vec<Extent> = points.iter().map(|(_, point)| of(point)).collect();
        columns.extend(axis_columns(axis, plain, &places));
    }
    let printed = points.iter().map(|(_, point)| point.text.as_str());
    columns.extend(Column::texts("as printed", printed).if_any());
    let records = points.iter().map(|(_, point)| point.mark.records.clone());
    table(columns, records.collect())
}

fn axis_columns(axis: &Axis, plain: &str, places: &[Extent]) -> Vec<Column> {
    let title = axis.title.trim();
    match &axis.scale {
        Scale::Bands(names) => {
            let name = |place: &Extent| {
                let at = place.low.or(place.high).unwrap_or_default();
                let name = (at >= 0.0).then(|| names.get(at as usize)).flatten();
                name.map_or("", String::as_str)
            };
            let head = if title.is_empty() { "group" } else { title };
            vec![Column::texts(head, places.iter().map(name))]
        }
        Scale::Dates { .. } => {
            // Whole years as instants are years.
            let whole = |e: &Extent| e.low == e.high && e.low.is_some_and(|at| at.fract() == 0.0);
            let are_years = places.iter().all(whole);
            let spans: Vec<(Option<f64>, Option<f64>)> = places
                .iter()
                .map(|e| match (e.low, e.high) {
                    (Some(low), Some(high)) if low == high => {
                        let length = if are_years { 1.0 } else { 1.0 / 365.25 };
                        (Some(low), Some(low + length))
                    }
                    ends => ends,
                })
                .collect();
            dates(if title.is_empty() { "date" } else { title }, &spans)
        }
        Scale::Linear { .. } | Scale::Log { .. } => {
            let head = match (title, plain) {
                ("", "up") => NUMBER,
                ("", plain) => plain,
                (title, _) => title,
            };
            extents(head, places)
        }
    }
}

pub fn timeline(timeline: &Timeline) -> Data {
    let rows: Vec<_> = timeline
        .lanes
        .iter()
        .flat_map(|lane| lane.entries.iter().map(move |entry| (lane, entry)))
        .flat_map(|(lane, entry)| entry.moments.iter().map(move |m| (lane, entry, *m)))
        .collect();
    let mut columns = vec![
        Column::texts("kind", rows.iter().map(|(lane, ..)| lane.name.as_str())),
        Column::texts("name", rows.iter().map(|(_, entry, _)| entry.name.as_str())),
    ];
    let ends = |m: &Moment| (Some(m.from_year), Some(m.to_year));
    let spans: Vec<_> = rows.iter().map(|(.., moment)| ends(moment)).collect();
    columns.extend(dates("date", &spans));
    let words = rows.iter().map(|(_, entry, _)| entry.when.as_str());
    columns.push(Column::texts("in words", words));
    let records = rows.iter().map(|(_, entry, _)| entry.mark.records.clone());
    table(columns, records.collect())
}

/// One column where each is one date, as exact as it was stated; else the first and the last day of
/// each.
fn dates(head: &str, spans: &[(Option<f64>, Option<f64>)]) -> Vec<Column> {
    let single = |&(from, to): &(Option<f64>, Option<f64>)| when::date(from?, to?);
    let singles: Option<Vec<_>> = spans.iter().map(single).collect();
    if let Some(dates) = singles {
        let cells = dates.iter().map(|date| Cell::text(&date.code()));
        return vec![Column::new(head, cells)];
    }
    let end = |last: bool| {
        let cells = spans.iter().map(move |&(from, to)| {
            let day = match (from, to) {
                (Some(from), Some(to)) => {
                    when::days(from, to).map(|(a, b)| if last { b } else { a })
                }
                (Some(from), None) if !last => when::days(from, from).map(|(a, _)| a),
                (None, Some(to)) if last => when::days(to - 0.002, to).map(|(_, b)| b),
                _ => None,
            };
            day.map_or_else(Cell::default, |day| Cell::text(&day.code()))
        });
        let word = if last { "last day" } else { "first day" };
        Column::new(&format!("{head}, {word}"), cells)
    };
    vec![end(false), end(true)]
}
