//! Lengths and amounts in words: bars and squares; what every body with numbers says of them.

use super::said::{counted, number, some_of, spoken};
use crate::picture::{Bars, Extent, Panel, Waffle};
use crate::share::many;
use linchpin_register::english::list_with_and;
use linchpin_register::tables::words;

/// The most panels whose numbers are said.
const MAX_PANELS: usize = 8;

/// The most bounds that are named.
const MAX_BOUNDS: usize = 3;

/// How many times the next the greatest must be to stand out.
const STANDS_OUT: f64 = 2.0;

/// A number with its name.
#[derive(Clone, Debug)]
pub struct Measured {
    pub name: String,
    /// As it is printed.
    pub text: String,
    pub extent: Extent,
}

impl Measured {
    /// What it is compared by: what is surely reached, else what is possible.
    pub fn at(&self) -> f64 {
        self.extent.low.or(self.extent.high).unwrap_or(0.0)
    }

    /// "Regional security (10)"
    fn with_text(&self) -> String {
        format!("{} ({})", self.name, spoken(&self.text))
    }
}

pub fn bars(bars: &Bars) -> Vec<String> {
    let kind = if bars.upright {
        "Columns"
    } else {
        "Horizontal bars"
    };
    match bars.panels.as_slice() {
        [one] => panel(kind, one),
        panels => many_panels(panels),
    }
}

fn measured(panel: &Panel) -> Vec<Measured> {
    let bars = panel.bars.iter().map(|bar| Measured {
        name: bar.name.clone(),
        text: bar.text.clone(),
        extent: bar.extent,
    });
    bars.collect()
}

fn panel(kind: &str, panel: &Panel) -> Vec<String> {
    let all = measured(panel);
    let unit = panel.title.as_deref();
    if let [one] = all.as_slice() {
        let unit = unit.map_or_else(String::new, |unit| format!(" ({unit})"));
        return vec![format!(
            "One number{unit}. {}: {}.",
            one.name,
            spoken(&one.text)
        )];
    }
    let count = counted(panel.bars.iter().map(|bar| (&bar.mark, bar.extent)));
    let what = match (count, unit) {
        (Some(count), _) => format!("{count} in {}", many(all.len(), "group", "groups")),
        (None, Some(unit)) => format!("{} in {unit}", many(all.len(), "number", "numbers")),
        (None, None) => many(all.len(), "number", "numbers"),
    };
    let mut out = vec![lead(kind, &what, &all)];
    out.extend(without(&all));
    out.extend(bounds(&all));
    out.extend(stands_out(&all));
    out
}

/// "Horizontal bars: 44 commitments in 13 groups, from Regional security (10) down to Trade and
/// investment (1)."
pub fn lead(kind: &str, what: &str, all: &[Measured]) -> String {
    match range(all) {
        Some(range) => format!("{kind}: {what}, {range}."),
        None => format!("{kind}: {what}."),
    }
}

fn many_panels(panels: &[Panel]) -> Vec<String> {
    let mut said = Vec::new();
    let mut all = Vec::new();
    for panel in panels {
        let numbers = measured(panel);
        let unit = panel.title.as_deref().unwrap_or("no unit stated");
        said.push(match numbers.as_slice() {
            [one] => format!("in {unit}, {}: {}", one.name, spoken(&one.text)),
            several => format!(
                "in {unit}, {}{}",
                many(several.len(), "number", "numbers"),
                range(several).map_or_else(String::new, |range| format!(" {range}"))
            ),
        });
        all.extend(numbers);
    }
    let more = said.len().saturating_sub(MAX_PANELS);
    said.truncate(MAX_PANELS);
    if more > 0 {
        said.push(format!("and {more} more units"));
    }
    let count = many(panels.len(), "panel of bars", "panels of bars");
    let mut out = vec![format!("{count}, a scale for each unit.")];
    out.extend((!said.is_empty()).then(|| format!("{}.", first_upper(&said.join("; ")))));
    out.extend(bounds(&all));
    out
}

pub fn waffle(waffle: &Waffle) -> Vec<String> {
    let all: Vec<Measured> = waffle
        .groups
        .iter()
        .map(|group| {
            let value = words_value(group.squares * waffle.per);
            Measured {
                name: group.name.clone(),
                text: group.text.clone(),
                extent: Extent {
                    low: Some(value),
                    high: (!group.is_open).then_some(value),
                },
            }
        })
        .collect();
    let square = if waffle.per == 1.0 {
        format!("one for each of the {}", waffle.unit)
    } else {
        format!("each for {} {}", number(waffle.per), waffle.unit)
    };
    let what = match all.as_slice() {
        [one] => format!("{square}; {}: {}", one.name, spoken(&one.text)),
        _ => format!("{square}, in {}", many(all.len(), "group", "groups")),
    };
    let several = if all.len() > 1 { all.as_slice() } else { &[] };
    let mut out = vec![lead("Squares to count", &what, several)];
    out.extend(bounds(&all));
    out.extend(stands_out(&all));
    out
}

/// A product of two numbers without the dust of their binary fractions.
fn words_value(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

/// How far the numbers reach, with the names at both ends; nothing for fewer than two. What is none
/// at all is left to [`without`].
pub fn range(all: &[Measured]) -> Option<String> {
    let some: Vec<&Measured> = all.iter().filter(|m| !is_none(m)).collect();
    reach(all, &some)
}

/// How far the numbers reach, down to none at all.
pub fn whole_range(all: &[Measured]) -> Option<String> {
    reach(all, &all.iter().collect::<Vec<_>>())
}

fn reach(all: &[Measured], some: &[&Measured]) -> Option<String> {
    let greatest = some.iter().rev().max_by(|a, b| a.at().total_cmp(&b.at()))?;
    let least = some.iter().min_by(|a, b| a.at().total_cmp(&b.at()))?;
    if all.len() < 2 {
        return None;
    }
    if some.len() == 1 {
        return Some(format!("all of it {}", greatest.with_text()));
    }
    if some.iter().all(|m| m.text == greatest.text) {
        return Some(format!("each {}", spoken(&greatest.text)));
    }
    let end = |end: &Measured| {
        let equal: Vec<&str> = some
            .iter()
            .filter(|m| m.text == end.text)
            .map(|m| m.name.as_str())
            .collect();
        match equal.len() {
            1 | 2 => format!("{} ({})", some_of(equal.into_iter()), spoken(&end.text)),
            several => format!("{} ({several} of them)", spoken(&end.text)),
        }
    };
    Some(format!("from {} down to {}", end(greatest), end(least)))
}

fn is_none(m: &Measured) -> bool {
    m.extent == Extent::exactly(0.0)
}

/// The names that have nothing.
pub fn without(all: &[Measured]) -> Option<String> {
    let none: Vec<&str> = all
        .iter()
        .filter(|m| is_none(m))
        .map(|m| m.name.as_str())
        .collect();
    (!none.is_empty()).then(|| format!("None for {}.", some_of(none.into_iter())))
}

/// Which numbers are no more than bounds.
pub fn bounds(all: &[Measured]) -> Option<String> {
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
    let mut said = Vec::new();
    for (one, more, how, has_low, has_high) in groups {
        let mut names: Vec<String> = all
            .iter()
            .filter(|m| {
                let Extent { low, high } = m.extent;
                (low.is_some(), high.is_some()) == (has_low, has_high) && low != high
            })
            .map(Measured::with_text)
            .collect();
        if names.is_empty() {
            continue;
        }
        let count = many(names.len(), one, more);
        let beyond = names.len().saturating_sub(MAX_BOUNDS);
        names.truncate(MAX_BOUNDS);
        if beyond > 0 {
            names.push(format!("{beyond} more"));
        }
        said.push(format!("{count}{how}: {}", list_with_and(&names)));
    }
    (!said.is_empty()).then(|| format!("{}.", first_upper(&said.join("; "))))
}

/// The greatest, where it is far from the next. Only of numbers that are surely known.
pub fn stands_out(all: &[Measured]) -> Option<String> {
    if all.len() < 3 || all.iter().any(|m| m.extent.low.is_none()) {
        return None;
    }
    let mut sorted: Vec<&Measured> = all.iter().collect();
    sorted.sort_by(|a, b| b.at().total_cmp(&a.at()));
    let (first, second) = (sorted.first()?, sorted.get(1)?);
    // What is only a lower bound may be as great as the first.
    let next = second.extent.high?;
    let times = first.at() / next;
    if next <= 0.0 || !times.is_finite() || times < STANDS_OUT {
        return None;
    }
    let times = words::number((times * 10.0).floor() / 10.0);
    Some(format!(
        "{} stands out: at least {times} times the next, {}.",
        first.name, second.name
    ))
}

/// The same text with a capital at its start.
pub fn first_upper(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next();
    first
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(chars)
        .collect()
}
