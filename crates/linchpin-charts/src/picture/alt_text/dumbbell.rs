//! Connected dots in words: what is joined, where it lies farthest apart, what is missing.

use super::bars::{NamedValue, bounds_sentence};
use super::list_first_names;
use super::plot::is_date_axis;
use crate::captions::format_count;
use crate::picture::{Dumbbell, DumbbellDot, DumbbellRow};
use linchpin_register::english::list_with_and;

pub fn dumbbell(dumbbell: &Dumbbell) -> Vec<String> {
    let keys: Vec<String> = dumbbell.keys.iter().map(|key| key.name.clone()).collect();
    let title = dumbbell.x.title.trim();
    let title = match title.is_empty() {
        true => String::new(),
        false => format!("{title}, "),
    };
    let rows = format_count(dumbbell.rows.len(), "group", "groups");
    let mut out = vec![format!(
        "Connected dots: {title}{} of {rows}.",
        list_with_and(&keys)
    )];
    out.extend(distances(dumbbell));
    out.extend(missing(dumbbell));
    if !is_date_axis(&dumbbell.x) {
        out.extend(bounds_sentence(&named_values(dumbbell)));
    }
    out
}

/// How far the dots of a row lie apart; `None` where one of the outer ones is a bound, or there
/// are not two.
fn distance(dumbbell: &Dumbbell, row: &DumbbellRow) -> Option<f64> {
    let across = row.across();
    let [first, .., last] = across.as_slice() else {
        return None;
    };
    let place = |dot: &DumbbellDot| dot.point.x.low.or(dot.point.x.high);
    let distance = place(last)? - place(first)?;
    let are_exact = across
        .windows(2)
        .all(|pair| dumbbell.is_exact([pair[0], pair[1]]));
    are_exact.then_some(distance)
}

/// "Farthest apart: Alba (pledge $5 billion, disbursement $1 billion); closest: Breva (…)."
fn distances(dumbbell: &Dumbbell) -> Option<String> {
    let mut all: Vec<(f64, &DumbbellRow)> = dumbbell
        .rows
        .iter()
        .filter_map(|row| Some((distance(dumbbell, row)?, row)))
        .collect();
    // Stable: of equals the first one.
    all.sort_by(|a, b| b.0.total_cmp(&a.0));
    let words = |row: &DumbbellRow| {
        let value = |dot: &DumbbellDot| format!("{} {}", dot.point.name, dot.point.text.spoken());
        let values: Vec<String> = row.dots.iter().map(value).collect();
        format!("{} ({})", row.name, values.join(", "))
    };
    match all.as_slice() {
        [] => None,
        [(_, one)] => Some(format!("{}.", words(one))),
        [(most, first), .., (least, last)] if most > least => Some(format!(
            "Farthest apart: {}; closest: {}.",
            words(first),
            words(last)
        )),
        [(_, first), ..] => Some(format!("All are as far apart as {}.", words(first))),
    }
}

/// "Not stated: disbursement of Alba and Breva."
fn missing(dumbbell: &Dumbbell) -> Option<String> {
    let mut clauses = Vec::new();
    for (at, key) in dumbbell.keys.iter().enumerate() {
        let lacks = |row: &&DumbbellRow| row.dots.iter().all(|dot| dot.key != at);
        let rows: Vec<&str> = dumbbell
            .rows
            .iter()
            .filter(lacks)
            .map(|row| row.name.as_str())
            .collect();
        if !rows.is_empty() {
            clauses.push(format!(
                "{} of {}",
                key.name,
                list_first_names(rows.into_iter())
            ));
        }
    }
    (!clauses.is_empty()).then(|| format!("Not stated: {}.", clauses.join("; ")))
}

fn named_values(dumbbell: &Dumbbell) -> Vec<NamedValue> {
    let rows = dumbbell.rows.iter();
    let of_row = |row: &'_ DumbbellRow| {
        let value = |dot: &DumbbellDot| NamedValue {
            name: format!("{}, {}", row.name, dot.point.name),
            text: dot.point.text.spoken(),
            extent: dot.point.x,
        };
        row.dots.iter().map(value).collect::<Vec<_>>()
    };
    rows.flat_map(of_row).collect()
}
