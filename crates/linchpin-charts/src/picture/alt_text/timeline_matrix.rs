//! Timelines and matrices in words.

use super::bars_waffle::capitalize;
use super::english::list_first_names;
use crate::captions::format_count;
use crate::picture::{Matrix, Timeline, TimelineEntry};
use linchpin_register::english::list_with_and;
use std::collections::BTreeMap;

/// How many entries a year must have to be named as the fullest.
const MIN_FULLEST_YEAR: usize = 3;

pub fn timeline(timeline: &Timeline) -> Vec<String> {
    let lanes: Vec<String> = timeline
        .lanes
        .iter()
        .filter(|lane| !lane.entries.is_empty())
        .map(|lane| format!("{} {}", lane.entries.len(), lane.name.to_lowercase()))
        .collect();
    let entries = || timeline.lanes.iter().flat_map(|lane| &lane.entries);
    let mut lead = format!("Timeline of {}", list_with_and(&lanes));
    let by_start =
        |a: &&TimelineEntry, b: &&TimelineEntry| a.start_year().total_cmp(&b.start_year());
    if let (Some(first), Some(last)) = (entries().min_by(by_start), entries().max_by(by_start)) {
        let named = |entry: &TimelineEntry| format!("{} ({})", entry.name, entry.date_text);
        lead.push_str(&if entries().count() > 1 {
            format!(", from {} to {}", named(first), named(last))
        } else {
            format!(": {}", named(first))
        });
    }
    lead.push('.');
    let mut out = vec![lead];
    let mut by_year: BTreeMap<i32, usize> = BTreeMap::new();
    for entry in entries() {
        *by_year
            .entry(entry.start_year().floor() as i32)
            .or_default() += 1;
    }
    let fullest = by_year.iter().rev().max_by_key(|(_, count)| **count);
    if let Some((year, count)) = fullest
        && *count >= MIN_FULLEST_YEAR
        && by_year.len() > 1
    {
        out.push(format!("Most in one year: {year}, {count}."));
    }
    if timeline.has_axis_breaks() {
        let parts = timeline.axis_segments.len();
        out.push(format!(
            "The axis has {parts} parts: years in which nothing is recorded are left out."
        ));
    }
    out
}

pub fn matrix(matrix: &Matrix) -> Vec<String> {
    let filled = matrix.cells.iter().filter(|c| c.count.is_some()).count();
    let rings = matrix.cells.len() - filled;
    let mut clauses = Vec::new();
    if filled > 0 {
        let places = format_count(filled, "place with a number", "places with a number");
        clauses.push(format!("{places} ({})", matrix.filled_legend));
    }
    if rings > 0 {
        let places = format_count(rings, "place with a ring", "places with a ring");
        clauses.push(format!("{places} ({})", matrix.ring_legend));
    }
    let size = format!(
        "Matrix of {} and {}",
        format_count(matrix.rows.len(), "row", "rows"),
        format_count(matrix.columns.len(), "column", "columns"),
    );
    let mut out = vec![if clauses.is_empty() {
        format!("{size}, all empty.")
    } else {
        format!("{size}: {}.", clauses.join(", "))
    }];
    // The first of equals.
    let most = matrix.cells.iter().rev().max_by_key(|c| c.count);
    if let Some(most) = most.filter(|cell| cell.count.is_some()) {
        out.push(format!("Most: {}.", most.mark.label));
    }
    out.extend(fullest_row_and_column(matrix));
    let empty = |at: usize| !matrix.cells.iter().any(|cell| cell.row == at);
    let rows = matrix.rows.iter().enumerate();
    let none: Vec<&str> = rows
        .filter(|(at, _)| empty(*at))
        .map(|(_, name)| name.as_str())
        .collect();
    if !none.is_empty() && none.len() < matrix.rows.len() {
        out.push(format!(
            "Nothing for {}.",
            list_first_names(none.into_iter())
        ));
    }
    out
}

/// The row and the column with the most places filled, where more than one is.
fn fullest_row_and_column(matrix: &Matrix) -> Option<String> {
    let most = |names: &[String], others: usize, of: &dyn Fn(usize) -> usize| {
        let at = (0..names.len()).rev().max_by_key(|at| of(*at))?;
        let count = of(at);
        let name = names.get(at)?;
        (names.len() > 1 && count > 1).then(|| format!("{name} ({count} of {others})"))
    };
    let cells = &matrix.cells;
    let in_row = |at: usize| cells.iter().filter(|c| c.row == at).count();
    let in_column = |at: usize| cells.iter().filter(|c| c.column == at).count();
    let row = most(&matrix.rows, matrix.columns.len(), &in_row);
    let column = most(&matrix.columns, matrix.rows.len(), &in_column);
    let clauses: Vec<String> = [("fullest row", row), ("fullest column", column)]
        .into_iter()
        .filter_map(|(what, name)| Some(format!("{what}: {}", name?)))
        .collect();
    (!clauses.is_empty()).then(|| format!("{}.", capitalize(&clauses.join("; "))))
}
