//! Bars of several parts in words.

use super::lengths::{Measured, first_upper, lead, stands_out, whole_range};
use super::said::{counted, number, percent};
use crate::picture::{Extent, Row, Stacked};
use crate::share::many;
use linchpin_register::chart_words::Arrangement;

pub fn stacked(stacked: &Stacked) -> Vec<String> {
    let (place, places) = if stacked.upright {
        ("column", "columns")
    } else {
        ("row", "rows")
    };
    let bars = if stacked.upright {
        "columns"
    } else {
        "horizontal bars"
    };
    let kind = match stacked.arrangement {
        Arrangement::Stacked => format!("Stacked {bars}"),
        Arrangement::Grouped => first_upper(&format!("{bars} side by side")),
        Arrangement::Share => first_upper(&format!("{bars} of 100 percent")),
    };
    let segments = || stacked.rows.iter().flat_map(|row| &row.segments);
    let count = counted(segments().map(|s| (&s.mark, Extent::exactly(s.value))));
    let counts_records = count.is_some();
    let rows = many(stacked.rows.len(), place, places);
    let what = count.map_or_else(|| rows.clone(), |count| format!("{count} in {rows}"));
    let keys: Vec<&str> = stacked.keys.iter().map(|k| k.name.as_str()).collect();
    let what = match keys.as_slice() {
        [] | [_] => what,
        [one, two] => format!("{what}, by {one} and {two}"),
        [first, .., last] => format!(
            "{what}, by {} kinds (first {first}, last {last})",
            keys.len()
        ),
    };
    let totals: Vec<Measured> = stacked
        .rows
        .iter()
        .map(|row| Measured {
            name: row.name.clone(),
            text: row.text.clone(),
            extent: Extent::exactly(row.total()),
        })
        .collect();
    match stacked.arrangement {
        Arrangement::Stacked => {
            let mut out = vec![lead(&kind, &what, &totals)];
            out.extend(largest_part(stacked, counts_records));
            out.extend(stands_out(&totals));
            out
        }
        Arrangement::Grouped => {
            let single: Vec<Measured> = stacked
                .rows
                .iter()
                .flat_map(|row| row.segments.iter().map(move |s| (row, s)))
                .map(|(row, s)| Measured {
                    name: format!("{}, {}", row.name, key(stacked, s.key)),
                    text: s.text.clone(),
                    extent: Extent::exactly(s.value),
                })
                .collect();
            let mut out = vec![lead(&kind, &what, &single)];
            out.extend(stands_out(&single));
            out
        }
        Arrangement::Share => {
            let mut out = vec![format!("{kind}: {what}.")];
            out.extend(largest_part(stacked, counts_records));
            out.extend(shares(stacked));
            out
        }
    }
}

fn key(stacked: &Stacked, at: usize) -> &str {
    stacked.keys.get(at).map_or("", |key| &key.name)
}

/// What the segments of a key add up to in these rows.
fn of_key<'a>(rows: impl IntoIterator<Item = &'a Row>, key: usize) -> f64 {
    let segments = rows.into_iter().flat_map(|row| &row.segments);
    segments.filter(|s| s.key == key).map(|s| s.value).sum()
}

/// The key with the most in it; the first of equals.
fn top_key(stacked: &Stacked) -> Option<usize> {
    let sum = |k: &usize| of_key(&stacked.rows, *k);
    let keys = 0..stacked.keys.len();
    keys.rev().max_by(|a, b| sum(a).total_cmp(&sum(b)))
}

/// "Most frequent: 4 · resolve, firm future, 10 (23 %)."
fn largest_part(stacked: &Stacked, counts_records: bool) -> Option<String> {
    if stacked.keys.len() < 2 {
        return None;
    }
    let top = top_key(stacked)?;
    let sum = of_key(&stacked.rows, top);
    let whole: f64 = stacked.rows.iter().map(Row::total).sum();
    let name = key(stacked, top);
    let share = percent(sum, whole)?;
    Some(if counts_records {
        format!("Most frequent: {name}, {} ({share}).", number(sum))
    } else {
        format!("Largest part: {name}, {share} of all.")
    })
}

/// How much of each row the most frequent key has.
fn shares(stacked: &Stacked) -> Option<String> {
    let top = top_key(stacked)?;
    let all: Vec<Measured> = stacked
        .rows
        .iter()
        .filter_map(|row| {
            let part = of_key([row], top);
            Some(Measured {
                name: row.name.clone(),
                text: percent(part, row.total())?,
                extent: Extent::exactly(part / row.total()),
            })
        })
        .collect();
    Some(format!("Its share goes {}.", whole_range(&all)?))
}
