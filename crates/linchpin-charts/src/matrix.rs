//! A matrix: how many records have both, a row's value and a column's.

use super::captions;
use super::error::ChartError;
use super::fields::DataField;
use super::groups::{RecordGroup, RecordGroups, field_nouns};
use super::mark_output::{AxisGroups, MarkOutput};
use super::plan::ChartPlan;
use crate::picture::{ChartMark, Matrix, MatrixCell, PictureBody};
use linchpin_register::chart::Channel;
use linchpin_register::english::list_with_and;
use linchpin_register::schema::VisitedValue;
use linchpin_register::{RecordRef, Register};
use std::collections::BTreeMap;

/// The most rows and columns, where a chart does not say.
const MAX_ROWS: u32 = 40;
const MAX_COLUMNS: u32 = 16;

/// The most names that a note lists.
const MAX_NAMES: usize = 8;

/// Draws the records of a plan, or some of them.
pub fn draw(plan: &ChartPlan<'_>, records: &[RecordRef]) -> Result<MarkOutput, ChartError> {
    let (x_channel, x) = group_channel(plan, plan.chart.x.as_ref(), "x")?;
    let (y_channel, y) = group_channel(plan, plan.chart.y.as_ref(), "y")?;
    let mut columns = RecordGroups::by_field(plan, records, &x, &including_empty(x_channel));
    let mut rows = RecordGroups::by_field(plan, records, &y, &including_empty(y_channel));
    let size = |group: &RecordGroup| group.records.len() as f64;
    columns.sort(plan, size);
    rows.sort(plan, size);
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
    let rings = direct_links(plan.register, &rows.list, &columns.list);
    for &place in &rings {
        cells.entry(place).or_default();
    }
    if cells.is_empty() {
        let (one, _) = field_nouns(&x);
        return Err(ChartError::new(
            "x",
            format!(
                "No {} has both a {one} and a {}.",
                plan.record_kinds[0].what(),
                field_nouns(&y).0
            ),
            "Choose other fields, or fill these in the records.",
        ));
    }
    let used_rows = used_places(&cells, y_channel, rows.list.len(), |(row, _)| row);
    let used_columns = used_places(&cells, x_channel, columns.list.len(), |(_, column)| column);
    let mut notes = Vec::new();
    notes.extend(empty_rows_note(&rows.list, &used_rows, &x, &y));
    let most_rows = y_channel.limit.unwrap_or(MAX_ROWS).max(1) as usize;
    let most_columns = x_channel.limit.unwrap_or(MAX_COLUMNS).max(1) as usize;
    notes.extend(not_drawn_note(
        (used_rows.len().saturating_sub(most_rows), &y),
        (used_columns.len().saturating_sub(most_columns), &x),
    ));
    let rows: Vec<(usize, &RecordGroup)> = pick_groups(&used_rows, &rows.list, most_rows);
    let columns: Vec<(usize, &RecordGroup)> =
        pick_groups(&used_columns, &columns.list, most_columns);
    let (row_noun, column_noun) = (field_nouns(&y).0, field_nouns(&x).0);
    let body = Matrix {
        rows: rows.iter().map(|(_, g)| g.name.clone()).collect(),
        columns: columns.iter().map(|(_, g)| g.short.clone()).collect(),
        filled_legend: format!(
            "{} with the {column_noun} and the {row_noun}",
            plan.record_kinds[0].noun().many
        ),
        ring_legend: format!("only the {column_noun} itself names the {row_noun}"),
        cells: matrix_cells(plan, &cells, &rows, &columns, &column_noun),
        is_heatmap: plan.chart.color.is_some(),
    };
    let axes = AxisGroups {
        x: AxisGroups::from_groups(&clone_groups(&columns), true).x,
        y: AxisGroups::from_groups(&clone_groups(&rows), false).y,
    };
    Ok(MarkOutput {
        body: PictureBody::Matrix(body),
        notes,
        whole_chart_notes: Vec::new(),
        axis_groups: axes,
        unit: None,
        has_overlap: true,
    })
}

fn clone_groups(groups: &[(usize, &RecordGroup)]) -> Vec<RecordGroup> {
    groups.iter().map(|(_, group)| (*group).clone()).collect()
}

fn group_channel<'r>(
    plan: &ChartPlan<'r>,
    channel: Option<&'r Channel>,
    name: &'static str,
) -> Result<(&'r Channel, DataField), ChartError> {
    let field = plan.field(channel, name)?.filter(DataField::is_groupable);
    channel.zip(field).ok_or_else(|| {
        ChartError::new(
            name,
            "A matrix needs groups on both axes.",
            format!("Choose a field for {name}, such as \"themes\" or \"bodies\"."),
        )
    })
}

/// All groups are looked at: what has nothing is left out later.
fn including_empty(channel: &Channel) -> Channel {
    Channel {
        empty: true,
        ..channel.clone()
    }
}

fn used_places(
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

fn pick_groups<'g>(
    used: &[usize],
    groups: &'g [RecordGroup],
    most: usize,
) -> Vec<(usize, &'g RecordGroup)> {
    let there = used.iter().take(most);
    there
        .filter_map(|at| groups.get(*at).map(|group| (*at, group)))
        .collect()
}

/// Where a row's record and a column's link to each other by themselves.
fn direct_links(
    register: &Register,
    rows: &[RecordGroup],
    columns: &[RecordGroup],
) -> Vec<(usize, usize)> {
    let place_of = |groups: &[RecordGroup]| -> BTreeMap<String, usize> {
        groups
            .iter()
            .enumerate()
            .map(|(at, group)| (group.key.clone(), at))
            .collect()
    };
    let (row_of, column_of) = (place_of(rows), place_of(columns));
    let mut out = Vec::new();
    for (column, group) in columns.iter().enumerate() {
        visit_links(register, &group.key, &mut |id| {
            out.extend(row_of.get(id).map(|row| (*row, column)));
        });
    }
    for (row, group) in rows.iter().enumerate() {
        visit_links(register, &group.key, &mut |id| {
            out.extend(column_of.get(id).map(|column| (row, *column)));
        });
    }
    out
}

fn visit_links(register: &Register, id: &str, found: &mut dyn FnMut(&str)) {
    if let Some(record) = register.find(id).and_then(|at| register.record(at)) {
        record.walk(&mut Vec::new(), &mut |_, visit| {
            if let VisitedValue::Link(link) = visit {
                found(link.id());
            }
        });
    }
}

fn matrix_cells(
    plan: &ChartPlan<'_>,
    cells: &BTreeMap<(usize, usize), Vec<RecordRef>>,
    rows: &[(usize, &RecordGroup)],
    columns: &[(usize, &RecordGroup)],
    column_noun: &str,
) -> Vec<MatrixCell> {
    let mut out = Vec::new();
    for (row, (row_at, row_group)) in rows.iter().enumerate() {
        for (column, (column_at, column_group)) in columns.iter().enumerate() {
            let Some(records) = cells.get(&(*row_at, *column_at)) else {
                continue;
            };
            let pair = format!("{}, {}", column_group.name, row_group.name);
            let count = (!records.is_empty()).then_some(records.len());
            out.push(MatrixCell {
                row,
                column,
                count,
                mark: match count {
                    Some(count) => ChartMark {
                        label: format!("{pair}: {}", plan.count_text(count)),
                        records: records.clone(),
                    },
                    None => ChartMark {
                        label: format!(
                            "{pair}: named by the {column_noun}, no {}",
                            plan.record_kinds[0].what()
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
fn empty_rows_note(
    rows: &[RecordGroup],
    used: &[usize],
    x: &DataField,
    y: &DataField,
) -> Option<String> {
    let missing: Vec<&str> = rows
        .iter()
        .enumerate()
        .filter(|(at, group)| !group.key.is_empty() && used.binary_search(at).is_err())
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

fn not_drawn_note(rows: (usize, &DataField), columns: (usize, &DataField)) -> Option<String> {
    let counted: Vec<String> = [rows, columns]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, field)| {
            let (one, more) = field_nouns(field);
            captions::format_count(count, &format!("more {one}"), &format!("more {more}"))
        })
        .collect();
    (!counted.is_empty()).then(|| format!("Not drawn: {}.", list_with_and(&counted)))
}
