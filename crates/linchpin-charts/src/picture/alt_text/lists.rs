//! Networks, tables and small multiples in words.

use super::list_first_names;
use crate::captions::{format_count, with_capital};
use crate::picture::{
    DateSpan, Matrix, MatrixCell, MatrixNumber, Network, SmallMultiples, TextTable, Timeline,
    TimelineEntry,
};
use linchpin_register::RecordKind;
use linchpin_register::date::year_words;
use linchpin_register::english::list_with_and;
use std::collections::BTreeMap;

/// The most small charts that are described.
const MAX_PANELS: usize = 3;

pub fn network(network: &Network) -> Vec<String> {
    let kinds: Vec<String> = network
        .keys
        .iter()
        .enumerate()
        .map(|(at, key)| (network.nodes.iter().filter(|n| n.key == at).count(), key))
        .filter(|(count, _)| *count > 0)
        .map(|(count, key)| format!("{} {}", count, in_running_text(&key.name)))
        .collect();
    let kinds = list_with_and(&kinds);
    let mut out = vec![format!(
        "Network of {kinds}, joined by {}.",
        format_count(network.edges.len(), "link", "links")
    )];
    let mut degrees = vec![0_usize; network.nodes.len()];
    for end in network.edges.iter().flat_map(|link| [link.from, link.to]) {
        if let Some(degree) = degrees.get_mut(end) {
            *degree += 1;
        }
    }
    let names = || network.nodes.iter().map(|n| n.name.as_str()).zip(&degrees);
    // The first of equals.
    if let Some((name, degree)) = names().rev().max_by_key(|(_, degree)| **degree)
        && *degree > 0
    {
        let links = format_count(*degree, "link", "links");
        out.push(format!("Most linked: {name}, {links}."));
    }
    let components = component_count(network);
    if components > 1 {
        out.push(format!(
            "It falls into {components} parts with no link between them."
        ));
    }
    let unlinked: Vec<&str> = names().filter(|(_, d)| **d == 0).map(|(n, _)| n).collect();
    if !unlinked.is_empty() {
        out.push(format!(
            "Without a link: {}.",
            list_first_names(unlinked.into_iter())
        ));
    }
    out
}

/// How many groups of linked records there are.
fn component_count(network: &Network) -> usize {
    fn top(above: &mut [usize], mut at: usize) -> usize {
        while let Some(&next) = above.get(at).filter(|next| **next != at) {
            let skip = above.get(next).copied().unwrap_or(next);
            if let Some(place) = above.get_mut(at) {
                *place = skip;
            }
            at = next;
        }
        at
    }
    let count = network.nodes.len();
    let mut above: Vec<usize> = (0..count).collect();
    let known = |link: &&crate::picture::NetworkEdge| link.from < count && link.to < count;
    for link in network.edges.iter().filter(known) {
        let (a, b) = (top(&mut above, link.from), top(&mut above, link.to));
        above[a] = b;
    }
    (0..count).filter(|&at| above[at] == at).count()
}

pub fn table(table: &TextTable) -> Vec<String> {
    let columns = table.columns.iter().map(|c| c.title.as_str());
    let mut out = vec![format!(
        "Table of {} and {}: {}.",
        format_count(table.rows.len(), "row", "rows"),
        format_count(table.columns.len(), "column", "columns"),
        list_first_names(columns)
    )];
    let first_cell = |at: usize| table.rows.get(at).and_then(|row| row.cells.first());
    let last = table.rows.len().checked_sub(1).and_then(first_cell);
    if let (Some(first), Some(last)) = (first_cell(0), last) {
        out.push(if table.rows.len() > 1 {
            format!("From {first} to {last}.")
        } else {
            format!("{first}.")
        });
    }
    out
}

/// `inner` are the sentences of each panel.
pub fn multiples(multiples: &SmallMultiples, inner: Vec<Vec<String>>) -> Vec<String> {
    let titles = multiples.panels.iter().map(|panel| panel.title.as_str());
    let mut out = vec![format!(
        "{}: {}.",
        format_count(multiples.panels.len(), "small chart", "small charts"),
        list_first_names(titles)
    )];
    for (panel, sentences) in multiples.panels.iter().zip(inner).take(MAX_PANELS) {
        if let Some(first) = sentences.first() {
            out.push(format!("{}: {first}", panel.title));
        }
    }
    out
}

/// The title of a list in the middle of a sentence: "12 events". Names that the register gives stay
/// as they are, in quotation marks: nobody knows which of their capitals may go.
fn in_running_text(name: &str) -> String {
    let mut kinds = RecordKind::ALL.iter();
    match kinds.find(|kind| kind.title() == name) {
        Some(kind) => kind.noun().many.to_owned(),
        None => format!("“{name}”"),
    }
}

/// How many entries a year must have to be named as the fullest.
const MIN_FULLEST_YEAR: usize = 3;

pub fn timeline(timeline: &Timeline) -> Vec<String> {
    let lanes: Vec<String> = timeline
        .lanes
        .iter()
        .filter(|lane| !lane.entries.is_empty())
        .map(|lane| {
            // An entry may stand for several records.
            let records = lane.entries.iter().map(|entry| entry.mark.records.len());
            let records: usize = records.sum();
            format!("{records} {}", in_running_text(&lane.name))
        })
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
            .or_default() += entry.mark.records.len();
    }
    // Of entries that stand for several years nobody knows how many are of one.
    let is_joined = |entry: &TimelineEntry| {
        let long = |span: &DateSpan| span.date.is_none() && span.to_year - span.from_year > 1.0;
        entry.mark.records.len() > 1 && entry.dates.iter().any(long)
    };
    if entries().any(is_joined) {
        by_year.clear();
    }
    let fullest = by_year.iter().rev().max_by_key(|(_, count)| **count);
    if let Some((year, count)) = fullest
        && *count >= MIN_FULLEST_YEAR
        && by_year.len() > 1
    {
        out.push(format!("Most in one year: {}, {count}.", year_words(*year)));
    }
    out
}

pub fn matrix(matrix: &Matrix) -> Vec<String> {
    let filled = matrix.cells.iter().filter(|c| c.number.is_some()).count();
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
    let numbers = matrix
        .cells
        .iter()
        .rev()
        .filter(|cell| cell.number.is_some());
    let value = |cell: &MatrixCell| cell.number.as_ref().map_or(0.0, MatrixNumber::value);
    if let Some(most) = numbers.max_by(|a, b| value(a).total_cmp(&value(b))) {
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
    (!clauses.is_empty()).then(|| format!("{}.", with_capital(&clauses.join("; "))))
}
