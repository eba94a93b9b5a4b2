//! Bars of several parts in words.

use super::bars_waffle::{
    NamedValue, capitalize, lead_sentence, outlier_sentence, range_with_zero,
};
use super::english::{counted_records, format_number, format_share};
use crate::captions::format_count;
use crate::picture::{Extent, StackedBar, StackedBars};
use linchpin_register::chart_vocabulary::Arrangement;

pub fn stacked(stacked: &StackedBars) -> Vec<String> {
    let (place, places) = if stacked.is_vertical {
        ("column", "columns")
    } else {
        ("row", "rows")
    };
    let bars = if stacked.is_vertical {
        "columns"
    } else {
        "horizontal bars"
    };
    let kind = match stacked.arrangement {
        Arrangement::Stacked => format!("Stacked {bars}"),
        Arrangement::Grouped => capitalize(&format!("{bars} side by side")),
        Arrangement::Share => capitalize(&format!("{bars} of 100 percent")),
    };
    let segments = || stacked.bars.iter().flat_map(|row| &row.segments);
    let count = counted_records(segments().map(|s| (&s.mark, Extent::exact(s.value))));
    let counts_records = count.is_some();
    let rows = format_count(stacked.bars.len(), place, places);
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
    let totals: Vec<NamedValue> = stacked
        .bars
        .iter()
        .map(|row| NamedValue {
            name: row.name.clone(),
            text: row.text.spoken(),
            extent: Extent::exact(row.total()),
        })
        .collect();
    match stacked.arrangement {
        Arrangement::Stacked => {
            let mut out = vec![lead_sentence(&kind, &what, &totals)];
            out.extend(largest_part_sentence(stacked, counts_records));
            out.extend(outlier_sentence(&totals));
            out
        }
        Arrangement::Grouped => {
            let single: Vec<NamedValue> = stacked
                .bars
                .iter()
                .flat_map(|row| row.segments.iter().map(move |s| (row, s)))
                .map(|(row, s)| NamedValue {
                    name: format!("{}, {}", row.name, key_name(stacked, s.key)),
                    text: s.text.spoken(),
                    extent: Extent::exact(s.value),
                })
                .collect();
            let mut out = vec![lead_sentence(&kind, &what, &single)];
            out.extend(outlier_sentence(&single));
            out
        }
        Arrangement::Share => {
            let mut out = vec![format!("{kind}: {what}.")];
            out.extend(largest_part_sentence(stacked, counts_records));
            out.extend(shares_sentence(stacked));
            out
        }
    }
}

fn key_name(stacked: &StackedBars, at: usize) -> &str {
    stacked.keys.get(at).map_or("", |key| &key.name)
}

/// What the segments of a key add up to in these rows.
fn key_sum<'a>(rows: impl IntoIterator<Item = &'a StackedBar>, key: usize) -> f64 {
    let segments = rows.into_iter().flat_map(|row| &row.segments);
    segments.filter(|s| s.key == key).map(|s| s.value).sum()
}

/// The key with the most in it; the first of equals.
fn largest_key(stacked: &StackedBars) -> Option<usize> {
    let sum = |k: &usize| key_sum(&stacked.bars, *k);
    let keys = 0..stacked.keys.len();
    keys.rev().max_by(|a, b| sum(a).total_cmp(&sum(b)))
}

/// "Most frequent: 4 · resolve, firm future, 10 (23 %)."
fn largest_part_sentence(stacked: &StackedBars, counts_records: bool) -> Option<String> {
    if stacked.keys.len() < 2 {
        return None;
    }
    let top = largest_key(stacked)?;
    let sum = key_sum(&stacked.bars, top);
    let whole: f64 = stacked.bars.iter().map(StackedBar::total).sum();
    let name = key_name(stacked, top);
    let share = format_share(sum, whole)?;
    Some(if counts_records {
        format!("Most frequent: {name}, {} ({share}).", format_number(sum))
    } else {
        format!("Largest part: {name}, {share} of all.")
    })
}

/// How much of each row the most frequent key has.
fn shares_sentence(stacked: &StackedBars) -> Option<String> {
    let top = largest_key(stacked)?;
    let all: Vec<NamedValue> = stacked
        .bars
        .iter()
        .filter_map(|row| {
            let part = key_sum([row], top);
            Some(NamedValue {
                name: row.name.clone(),
                text: format_share(part, row.total())?,
                extent: Extent::exact(part / row.total()),
            })
        })
        .collect();
    Some(format!("Its share goes {}.", range_with_zero(&all)?))
}
