//! A matrix: how many records have both, a row's value and a column's.

use super::drawn::{Axes, Drawn};
use super::fields::Field;
use super::groups::{Group, Groups, field_nouns};
use super::plan::Plan;
use super::refusal::Refusal;
use super::share;
use crate::picture::{Body, Cell, Mark, Matrix};
use linchpin_register::chart::Channel;
use linchpin_register::declare::Visit;
use linchpin_register::english::list_with_and;
use linchpin_register::{RecordRef, Register};
use std::collections::BTreeMap;

/// The most rows and columns, where a chart does not say.
const MAX_ROWS: u32 = 40;
const MAX_COLUMNS: u32 = 16;

/// The most names that a note lists.
const MAX_NAMES: usize = 8;

/// Draws the records of a plan, or some of them.
pub fn draw(plan: &Plan<'_>, records: &[RecordRef]) -> Result<Drawn, Refusal> {
    let (across, x) = side(plan, plan.chart.x.as_ref(), "x")?;
    let (down, y) = side(plan, plan.chart.y.as_ref(), "y")?;
    let mut columns = Groups::of(plan, records, &x, &with_empty(across));
    let mut rows = Groups::of(plan, records, &y, &with_empty(down));
    let size = |group: &Group| group.records.len() as f64;
    columns.order(plan, size);
    rows.order(plan, size);
    let mut cells: BTreeMap<(usize, usize), Vec<RecordRef>> = BTreeMap::new();
    let mut column_of: BTreeMap<RecordRef, Vec<usize>> = BTreeMap::new();
    for (column, group) in columns.list.iter().enumerate() {
        for record in &group.records {
            column_of.entry(*record).or_default().push(column);
        }
    }
    for (row, group) in rows.list.iter().enumerate() {
        for record in &group.records {
            for &column in column_of.get(record).into_iter().flatten() {
                cells.entry((row, column)).or_default().push(*record);
            }
        }
    }
    let rings = rings(plan.register, &rows.list, &columns.list);
    for &place in &rings {
        cells.entry(place).or_default();
    }
    if cells.is_empty() {
        let (one, _) = field_nouns(&x);
        return Err(Refusal::new(
            "x",
            format!(
                "No {} has both a {one} and a {}.",
                plan.kinds[0].what(),
                field_nouns(&y).0
            ),
            "Choose other fields, or fill these in the records.",
        ));
    }
    let kept_rows = kept(&cells, down, rows.list.len(), |(row, _)| row);
    let kept_columns = kept(&cells, across, columns.list.len(), |(_, column)| column);
    let mut notes = Vec::new();
    notes.extend(without(&rows.list, &kept_rows, &x, &y));
    let most_rows = down.limit.unwrap_or(MAX_ROWS).max(1) as usize;
    let most_columns = across.limit.unwrap_or(MAX_COLUMNS).max(1) as usize;
    notes.extend(beyond(
        (kept_rows.len().saturating_sub(most_rows), &y),
        (kept_columns.len().saturating_sub(most_columns), &x),
    ));
    let rows: Vec<(usize, &Group)> = pick(&kept_rows, &rows.list, most_rows);
    let columns: Vec<(usize, &Group)> = pick(&kept_columns, &columns.list, most_columns);
    let (row_noun, column_noun) = (field_nouns(&y).0, field_nouns(&x).0);
    let body = Matrix {
        rows: rows.iter().map(|(_, g)| g.name.clone()).collect(),
        columns: columns.iter().map(|(_, g)| g.short.clone()).collect(),
        filled_means: format!(
            "{} with the {column_noun} and the {row_noun}",
            plan.kinds[0].noun().many
        ),
        ring_means: format!("only the {column_noun} itself names the {row_noun}"),
        cells: marked(plan, &cells, &rows, &columns, &column_noun),
        is_heat: plan.chart.color.is_some(),
    };
    let axes = Axes {
        x: Axes::of_groups(&cloned(&columns), true).x,
        y: Axes::of_groups(&cloned(&rows), false).y,
    };
    Ok(Drawn {
        body: Body::Matrix(body),
        notes,
        asides: Vec::new(),
        axes,
        unit: None,
        several: true,
    })
}

fn cloned(groups: &[(usize, &Group)]) -> Vec<Group> {
    groups.iter().map(|(_, group)| (*group).clone()).collect()
}

fn side<'r>(
    plan: &Plan<'r>,
    channel: Option<&'r Channel>,
    name: &'static str,
) -> Result<(&'r Channel, Field), Refusal> {
    let field = plan.field(channel, name)?.filter(Field::is_groups);
    channel.zip(field).ok_or_else(|| {
        Refusal::new(
            name,
            "A matrix needs groups on both axes.",
            format!("Choose a field for {name}, such as \"themes\" or \"bodies\"."),
        )
    })
}

/// All groups are looked at: what has nothing is left out later.
fn with_empty(channel: &Channel) -> Channel {
    Channel {
        empty: true,
        ..channel.clone()
    }
}

fn kept(
    cells: &BTreeMap<(usize, usize), Vec<RecordRef>>,
    channel: &Channel,
    count: usize,
    part: impl Fn((usize, usize)) -> usize,
) -> Vec<usize> {
    if channel.empty {
        return (0..count).collect();
    }
    let mut used: Vec<usize> = cells.keys().map(|place| part(*place)).collect();
    used.sort_unstable();
    used.dedup();
    used
}

fn pick<'g>(kept: &[usize], groups: &'g [Group], most: usize) -> Vec<(usize, &'g Group)> {
    let there = kept.iter().take(most);
    there
        .filter_map(|at| groups.get(*at).map(|group| (*at, group)))
        .collect()
}

/// Where a row's record and a column's link to each other by themselves.
fn rings(register: &Register, rows: &[Group], columns: &[Group]) -> Vec<(usize, usize)> {
    let place_of = |groups: &[Group]| -> BTreeMap<String, usize> {
        groups
            .iter()
            .enumerate()
            .map(|(at, group)| (group.key.clone(), at))
            .collect()
    };
    let (row_of, column_of) = (place_of(rows), place_of(columns));
    let mut out = Vec::new();
    for (column, group) in columns.iter().enumerate() {
        links(register, &group.key, &mut |id| {
            out.extend(row_of.get(id).map(|row| (*row, column)));
        });
    }
    for (row, group) in rows.iter().enumerate() {
        links(register, &group.key, &mut |id| {
            out.extend(column_of.get(id).map(|column| (row, *column)));
        });
    }
    out
}

fn links(register: &Register, id: &str, found: &mut dyn FnMut(&str)) {
    if let Some(record) = register.find(id).and_then(|at| register.record(at)) {
        record.walk(&mut Vec::new(), &mut |_, visit| {
            if let Visit::Link(link) = visit {
                found(link.id());
            }
        });
    }
}

fn marked(
    plan: &Plan<'_>,
    cells: &BTreeMap<(usize, usize), Vec<RecordRef>>,
    rows: &[(usize, &Group)],
    columns: &[(usize, &Group)],
    column_noun: &str,
) -> Vec<Cell> {
    let mut out = Vec::new();
    for (row, (row_at, row_group)) in rows.iter().enumerate() {
        for (column, (column_at, column_group)) in columns.iter().enumerate() {
            let Some(records) = cells.get(&(*row_at, *column_at)) else {
                continue;
            };
            let pair = format!("{}, {}", column_group.name, row_group.name);
            let count = (!records.is_empty()).then_some(records.len());
            out.push(Cell {
                row,
                column,
                count,
                mark: match count {
                    Some(count) => Mark {
                        label: format!("{pair}: {}", plan.counted(count)),
                        records: records.clone(),
                    },
                    None => Mark {
                        label: format!(
                            "{pair}: named by the {column_noun}, no {}",
                            plan.kinds[0].what()
                        ),
                        records: plan.register.find(&column_group.key).into_iter().collect(),
                    },
                },
            });
        }
    }
    out
}

/// The rows in which nothing stands, by name where they are few.
fn without(rows: &[Group], kept: &[usize], x: &Field, y: &Field) -> Option<String> {
    let missing: Vec<&str> = rows
        .iter()
        .enumerate()
        .filter(|(at, group)| !group.key.is_empty() && kept.binary_search(at).is_err())
        .map(|(_, group)| group.name.as_str())
        .collect();
    let (column, _) = field_nouns(x);
    let (one, more) = field_nouns(y);
    match missing.len() {
        0 => None,
        1 => Some(format!(
            "No {column} deals with this {one}: {}.",
            missing[0]
        )),
        2..=MAX_NAMES => Some(format!(
            "No {column} deals with these {more}: {}.",
            missing.join("; ")
        )),
        count => Some(format!("No {column} deals with {count} {more}.")),
    }
}

fn beyond(rows: (usize, &Field), columns: (usize, &Field)) -> Option<String> {
    let counted: Vec<String> = [rows, columns]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, field)| {
            let (one, more) = field_nouns(field);
            share::many(count, &format!("more {one}"), &format!("more {more}"))
        })
        .collect();
    (!counted.is_empty()).then(|| format!("Not drawn: {}.", list_with_and(&counted)))
}
