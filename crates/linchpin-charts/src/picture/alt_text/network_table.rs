//! Networks, tables and small multiples in words.

use super::english::list_first_names;
use crate::captions::format_count;
use crate::picture::{Network, SmallMultiples, TextTable};
use linchpin_register::english::list_with_and;

/// The most small charts that are described.
const MAX_PANELS: usize = 3;

pub fn network(network: &Network) -> Vec<String> {
    let kinds: Vec<String> = network
        .keys
        .iter()
        .enumerate()
        .map(|(at, key)| (network.nodes.iter().filter(|n| n.key == at).count(), key))
        .filter(|(count, _)| *count > 0)
        .map(|(count, key)| format!("{} {}", count, key.name.to_lowercase()))
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
