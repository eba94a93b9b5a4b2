//! The tables of marks on axes: plots and timelines.

use super::DataTable;
use super::columns::{DataCell, DataColumn, NUMBER_HEADING, bound_columns, build_table};
use crate::picture::{
    AxisScale, DateSpan, Extent, PlotAxis, PlotPoint, Timeline, XyPlot, date_positions,
};

pub fn plot(plot: &XyPlot) -> DataTable {
    let points: Vec<_> = plot
        .series
        .iter()
        .flat_map(|series| series.points.iter().map(move |point| (series, point)))
        .collect();
    let mut columns: Vec<DataColumn> = Vec::new();
    if plot.series.len() > 1 {
        let names = points.iter().map(|(series, _)| series.key.name.as_str());
        columns.push(DataColumn::of_text("series", names));
    }
    let names = points.iter().map(|(_, point)| point.name.as_str());
    columns.extend(DataColumn::of_text("name", names).if_not_empty());
    for (axis, plain, of) in [
        (
            &plot.x,
            "across",
            (|p: &PlotPoint| p.x) as fn(&PlotPoint) -> Extent,
        ),
        (&plot.y, "up", |p: &PlotPoint| p.y),
    ] {
        let places: Vec<Extent> = points.iter().map(|(_, point)| of(point)).collect();
        columns.extend(axis_columns(axis, plain, &places));
    }
    let printed = points.iter().map(|(_, point)| &point.text);
    columns.extend(DataColumn::as_printed(printed).if_not_empty());
    let records = points.iter().map(|(_, point)| point.mark.records.clone());
    build_table(columns, records.collect())
}

fn axis_columns(axis: &PlotAxis, plain: &str, places: &[Extent]) -> Vec<DataColumn> {
    let title = axis.title.trim();
    match &axis.scale {
        AxisScale::Bands(names) => {
            let name = |place: &Extent| {
                let at = place.low.or(place.high).unwrap_or_default();
                let name = (at >= 0.0).then(|| names.get(at as usize)).flatten();
                name.map_or("", String::as_str)
            };
            let head = if title.is_empty() { "group" } else { title };
            vec![DataColumn::of_text(head, places.iter().map(name))]
        }
        AxisScale::Dates { .. } => {
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
            date_columns(if title.is_empty() { "date" } else { title }, &spans)
        }
        AxisScale::Linear { .. } | AxisScale::Log { .. } => {
            let head = match (title, plain) {
                ("", "up") => NUMBER_HEADING,
                ("", plain) => plain,
                (title, _) => title,
            };
            bound_columns(head, places)
        }
    }
}

pub fn timeline(timeline: &Timeline) -> DataTable {
    let rows: Vec<_> = timeline
        .lanes
        .iter()
        .flat_map(|lane| lane.entries.iter().map(move |entry| (lane, entry)))
        .flat_map(|(lane, entry)| entry.dates.iter().map(move |m| (lane, entry, *m)))
        .collect();
    let mut columns = vec![
        DataColumn::of_text("kind", rows.iter().map(|(lane, ..)| lane.name.as_str())),
        DataColumn::of_text("name", rows.iter().map(|(_, entry, _)| entry.name.as_str())),
    ];
    let ends = |m: &DateSpan| (Some(m.from_year), Some(m.to_year));
    let spans: Vec<_> = rows.iter().map(|(.., span)| ends(span)).collect();
    columns.extend(date_columns("date", &spans));
    let words = rows.iter().map(|(_, entry, _)| entry.date_text.as_str());
    columns.push(DataColumn::of_text("in words", words));
    let records = rows.iter().map(|(_, entry, _)| entry.mark.records.clone());
    build_table(columns, records.collect())
}

/// One column where each is one date, as exact as it was stated; else the first and the last day of
/// each.
fn date_columns(head: &str, spans: &[(Option<f64>, Option<f64>)]) -> Vec<DataColumn> {
    let single =
        |&(from, to): &(Option<f64>, Option<f64>)| date_positions::date_between(from?, to?);
    let singles: Option<Vec<_>> = spans.iter().map(single).collect();
    if let Some(dates) = singles {
        let cells = dates.iter().map(|date| DataCell::text(&date.to_code()));
        return vec![DataColumn::new(head, cells)];
    }
    let end = |last: bool| {
        let cells = spans.iter().map(move |&(from, to)| {
            let day = match (from, to) {
                (Some(from), Some(to)) => date_positions::first_and_last_day(from, to)
                    .map(|(a, b)| if last { b } else { a }),
                (Some(from), None) if !last => {
                    date_positions::first_and_last_day(from, from).map(|(a, _)| a)
                }
                (None, Some(to)) if last => {
                    date_positions::first_and_last_day(to - 0.002, to).map(|(_, b)| b)
                }
                _ => None,
            };
            day.map_or_else(DataCell::default, |day| DataCell::text(&day.to_code()))
        });
        let word = if last { "last day" } else { "first day" };
        DataColumn::new(&format!("{head}, {word}"), cells)
    };
    vec![end(false), end(true)]
}
