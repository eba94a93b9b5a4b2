//! Lengths and amounts in words: bars and squares; what every body with numbers says of them.

use super::{counted_records, format_number, format_share, list_first_names};
use crate::captions::{format_count, with_capital};
use crate::picture::{BarPanel, Bars, Extent, StackedBar, StackedBars, Waffle};
use linchpin_register::chart_vocabulary::Arrangement;
use linchpin_register::english::list_with_and;
use linchpin_register::tables::formatting;

/// The most panels whose numbers are named.
const MAX_PANELS: usize = 8;

/// The most bounds that are named.
const MAX_BOUNDS: usize = 3;

/// How many times the next the greatest must be to stand out.
const MIN_OUTLIER_FACTOR: f64 = 2.0;

/// A number with its name.
#[derive(Clone, Debug)]
pub struct NamedValue {
    pub name: String,
    /// As it is read out.
    pub text: String,
    pub extent: Extent,
}

impl NamedValue {
    /// What it is compared by: what is surely reached, else what is possible.
    pub fn compared_by(&self) -> f64 {
        self.extent.low.or(self.extent.high).unwrap_or(0.0)
    }

    /// "Regional security (10)"
    fn name_and_text(&self) -> String {
        format!("{} ({})", self.name, self.text)
    }
}

pub fn bars(bars: &Bars) -> Vec<String> {
    let kind = if bars.is_vertical {
        "Columns"
    } else {
        "Horizontal bars"
    };
    match bars.panels.as_slice() {
        [one] => single_panel(kind, one),
        panels => many_panels(panels),
    }
}

fn panel_values(panel: &BarPanel) -> Vec<NamedValue> {
    let bars = panel.bars.iter().map(|bar| NamedValue {
        name: bar.name.clone(),
        text: bar.text.spoken(),
        extent: bar.extent,
    });
    bars.collect()
}

fn single_panel(kind: &str, panel: &BarPanel) -> Vec<String> {
    let all = panel_values(panel);
    let unit = panel.title.as_deref();
    if let [one] = all.as_slice() {
        let unit = unit.map_or_else(String::new, |unit| format!(" ({unit})"));
        return vec![format!("One number{unit}. {}: {}.", one.name, one.text)];
    }
    let count = counted_records(panel.bars.iter().map(|bar| (&bar.mark, bar.extent)));
    let what = match (count, unit) {
        (Some(count), _) => format!("{count} in {}", format_count(all.len(), "group", "groups")),
        (None, Some(unit)) => format!("{} in {unit}", format_count(all.len(), "number", "numbers")),
        (None, None) => format_count(all.len(), "number", "numbers"),
    };
    let mut out = vec![lead_sentence(kind, &what, &all)];
    out.extend(zero_names(&all));
    out.extend(bounds_sentence(&all));
    out.extend(outlier_sentence(&all));
    out
}

/// "Horizontal bars: 44 commitments in 13 groups, from Regional security (10) down to Trade and
/// investment (1)."
pub fn lead_sentence(kind: &str, what: &str, all: &[NamedValue]) -> String {
    match range_above_zero(all) {
        Some(range) => format!("{kind}: {what}, {range}."),
        None => format!("{kind}: {what}."),
    }
}

fn many_panels(panels: &[BarPanel]) -> Vec<String> {
    let mut clauses = Vec::new();
    let mut all = Vec::new();
    for panel in panels {
        let numbers = panel_values(panel);
        let unit = panel.title.as_deref().unwrap_or("no unit stated");
        clauses.push(match numbers.as_slice() {
            [one] => format!("in {unit}, {}: {}", one.name, one.text),
            several => format!(
                "in {unit}, {}{}",
                format_count(several.len(), "number", "numbers"),
                range_above_zero(several).map_or_else(String::new, |range| format!(" {range}"))
            ),
        });
        all.extend(numbers);
    }
    let more = clauses.len().saturating_sub(MAX_PANELS);
    clauses.truncate(MAX_PANELS);
    if more > 0 {
        clauses.push(format!("and {more} more units"));
    }
    let count = format_count(panels.len(), "panel of bars", "panels of bars");
    let mut out = vec![format!("{count}, a scale for each unit.")];
    out.extend((!clauses.is_empty()).then(|| format!("{}.", with_capital(&clauses.join("; ")))));
    out.extend(bounds_sentence(&all));
    out
}

pub fn waffle(waffle: &Waffle) -> Vec<String> {
    let all: Vec<NamedValue> = waffle
        .groups
        .iter()
        .map(|group| NamedValue {
            name: group.name.clone(),
            text: group.text.spoken(),
            extent: group.extent(waffle.units_per_square),
        })
        .collect();
    let square = if waffle.units_per_square == 1.0 {
        format!("one for each of the {}", waffle.unit)
    } else {
        format!(
            "each for {} {}",
            format_number(waffle.units_per_square),
            waffle.unit
        )
    };
    let what = match all.as_slice() {
        [one] => format!("{square}; {}: {}", one.name, one.text),
        _ => format!(
            "{square}, in {}",
            format_count(all.len(), "group", "groups")
        ),
    };
    let several = if all.len() > 1 { all.as_slice() } else { &[] };
    let mut out = vec![lead_sentence("Squares to count", &what, several)];
    out.extend(bounds_sentence(&all));
    out.extend(outlier_sentence(&all));
    out
}

/// How far the numbers reach, with the names at both ends; nothing for fewer than two. What is none
/// at all is left to [`without`].
pub fn range_above_zero(all: &[NamedValue]) -> Option<String> {
    let some: Vec<&NamedValue> = all.iter().filter(|m| !is_zero(m)).collect();
    range_text(all, &some)
}

/// How far the numbers reach, down to none at all.
pub fn range_with_zero(all: &[NamedValue]) -> Option<String> {
    range_text(all, &all.iter().collect::<Vec<_>>())
}

fn range_text(all: &[NamedValue], some: &[&NamedValue]) -> Option<String> {
    let greatest = some
        .iter()
        .rev()
        .max_by(|a, b| a.extent.order().compare(b.extent.order()))?;
    let least = some
        .iter()
        .min_by(|a, b| a.extent.order().compare(b.extent.order()))?;
    if all.len() < 2 {
        return None;
    }
    if some.len() == 1 {
        return Some(format!("all of it {}", greatest.name_and_text()));
    }
    if some.iter().all(|m| m.text == greatest.text) {
        return Some(format!("each {}", greatest.text));
    }
    let end = |end: &NamedValue| {
        let equal: Vec<&str> = some
            .iter()
            .filter(|m| m.text == end.text)
            .map(|m| m.name.as_str())
            .collect();
        match equal.len() {
            1 | 2 => format!("{} ({})", list_first_names(equal.into_iter()), end.text),
            several => format!("{} ({several} of them)", end.text),
        }
    };
    Some(format!("from {} down to {}", end(greatest), end(least)))
}

fn is_zero(m: &NamedValue) -> bool {
    m.extent == Extent::exact(0.0)
}

/// The names that have nothing.
pub fn zero_names(all: &[NamedValue]) -> Option<String> {
    let none: Vec<&str> = all
        .iter()
        .filter(|m| is_zero(m))
        .map(|m| m.name.as_str())
        .collect();
    (!none.is_empty()).then(|| format!("None for {}.", list_first_names(none.into_iter())))
}

/// Which numbers are no more than bounds.
pub fn bounds_sentence(all: &[NamedValue]) -> Option<String> {
    let groups = [
        (
            "lower bound",
            "lower bounds",
            ", with an open end",
            true,
            false,
        ),
        ("upper bound", "upper bounds", "", false, true),
        ("range", "ranges", "", true, true),
    ];
    let mut clauses = Vec::new();
    for (one, more, how, has_low, has_high) in groups {
        let mut names: Vec<String> = all
            .iter()
            .filter(|m| {
                let Extent { low, high } = m.extent;
                (low.is_some(), high.is_some()) == (has_low, has_high) && low != high
            })
            .map(NamedValue::name_and_text)
            .collect();
        if names.is_empty() {
            continue;
        }
        let count = format_count(names.len(), one, more);
        let beyond = names.len().saturating_sub(MAX_BOUNDS);
        names.truncate(MAX_BOUNDS);
        if beyond > 0 {
            names.push(format!("{beyond} more"));
        }
        clauses.push(format!("{count}{how}: {}", list_with_and(&names)));
    }
    (!clauses.is_empty()).then(|| format!("{}.", with_capital(&clauses.join("; "))))
}

/// The greatest, where it is far from the next. Only of numbers that are surely known.
pub fn outlier_sentence(all: &[NamedValue]) -> Option<String> {
    if all.len() < 3 || all.iter().any(|m| m.extent.low.is_none()) {
        return None;
    }
    let mut sorted: Vec<&NamedValue> = all.iter().collect();
    sorted.sort_by(|a, b| b.compared_by().total_cmp(&a.compared_by()));
    let (first, second) = (sorted.first()?, sorted.get(1)?);
    // What is only a lower bound may be as great as the first.
    let next = second.extent.high?;
    let times = first.compared_by() / next;
    if next <= 0.0 || !times.is_finite() || times < MIN_OUTLIER_FACTOR {
        return None;
    }
    // Rounded down, since the words are "at least".
    let times = formatting::format_number((times * 10.0).floor() / 10.0);
    Some(format!(
        "{} stands out: at least {times} times the next, {}.",
        first.name, second.name
    ))
}

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
        Arrangement::Grouped => with_capital(&format!("{bars} side by side")),
        Arrangement::Share => with_capital(&format!("{bars} of 100 percent")),
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

/// "Most frequent: 4 · resolve, firm future, 10 (23%)."
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
            let place = row.segments.iter().position(|segment| segment.key == top);
            // As the picture prints it.
            let printed = place.and_then(|at| row.shares().texts.get(at).cloned());
            let text = match printed {
                Some(share) => share.spoken(),
                None => format_share(part, row.total())?,
            };
            Some(NamedValue {
                name: row.name.clone(),
                text,
                extent: Extent::exact(part / row.total()),
            })
        })
        .collect();
    Some(format!("Its share goes {}.", range_with_zero(&all)?))
}
