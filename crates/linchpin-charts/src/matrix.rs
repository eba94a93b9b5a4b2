//! A matrix: how many records have both, a row's value and a column's.

use super::error::{ChannelName, ChartError, ChartErrorKind, ChartNote};
use super::fields::DataField;
use super::groups::{RecordGroup, RecordGroups};
use super::mark_output::{AxisGroups, MarkOutput};
use super::plan::ChartPlan;
use crate::picture::bars::ValueOrder;
use crate::picture::{ChartMark, Matrix, MatrixCell, PictureBody};
use linchpin_register::chart::Channel;
use linchpin_register::schema::VisitedValue;
use linchpin_register::{RecordRef, Register};
use std::collections::BTreeMap;

/// The most rows and columns, where a chart does not say.
const MAX_ROWS: u32 = 40;
const MAX_COLUMNS: u32 = 16;

/// Draws the records of a plan, or some of them.
pub fn draw(plan: &ChartPlan<'_>, records: &[RecordRef]) -> Result<MarkOutput, ChartError> {
    let (x_channel, x) = group_channel(plan, ChannelName::X)?;
    let (y_channel, y) = group_channel(plan, ChannelName::Y)?;
    let mut columns = RecordGroups::by_field(plan, records, &x, &including_empty(x_channel));
    let mut rows = RecordGroups::by_field(plan, records, &y, &including_empty(y_channel));
    // By records of their own, not by cells: what stands in a row depends on which columns are
    // drawn.
    let size = |group: &RecordGroup| ValueOrder::exact(group.records.len() as f64);
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
    // A body may name a theme itself while none of its commitments does: a ring says so, and is no
    // count.
    let rings = direct_links(plan.register, &rows.list, &columns.list);
    for &place in &rings {
        cells.entry(place).or_default();
    }
    if cells.is_empty() {
        let kind = plan.record_kinds[0];
        return Err(ChartErrorKind::NoPairs { kind, x, y }.at(ChannelName::X));
    }
    // Only now, when the cells are known: a group may have records, and none with the other field.
    let used_rows = used_places(&cells, y_channel, rows.list.len(), |(row, _)| row);
    let used_columns = used_places(&cells, x_channel, columns.list.len(), |(_, column)| column);
    let mut notes = Vec::new();
    notes.extend(empty_rows_note(&rows.list, &used_rows, &x, &y));
    let most_rows = y_channel.limit.unwrap_or(MAX_ROWS).max(1) as usize;
    let most_columns = x_channel.limit.unwrap_or(MAX_COLUMNS).max(1) as usize;
    let rest_of_rows = used_rows.len().saturating_sub(most_rows);
    let rest_of_columns = used_columns.len().saturating_sub(most_columns);
    if rest_of_rows > 0 || rest_of_columns > 0 {
        notes.push(ChartNote::MoreRowsAndColumns {
            rows: (rest_of_rows, y),
            columns: (rest_of_columns, x),
        });
    }
    let rows: Vec<(usize, &RecordGroup)> = pick_groups(&used_rows, &rows.list, most_rows);
    let columns: Vec<(usize, &RecordGroup)> =
        pick_groups(&used_columns, &columns.list, most_columns);
    let (row_noun, column_noun) = (y.nouns().0, x.nouns().0);
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
    name: ChannelName,
) -> Result<(&'r Channel, DataField), ChartError> {
    let field = plan.field(name)?.filter(DataField::is_groupable);
    let channel = name.of(plan.chart).zip(field);
    channel.ok_or_else(|| ChartErrorKind::NoGroups(plan.chart.mark).at(name))
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
    // Either end may hold the link: a body lists its themes, a theme never lists its bodies.
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

/// The rows in which nothing stands.
fn empty_rows_note(
    rows: &[RecordGroup],
    used: &[usize],
    x: &DataField,
    y: &DataField,
) -> Option<ChartNote> {
    let names: Vec<String> = rows
        .iter()
        .enumerate()
        .filter(|(at, group)| !group.key.is_empty() && used.binary_search(at).is_err())
        .map(|(_, group)| group.name.clone())
        .collect();
    let (x, y) = (*x, *y);
    (!names.is_empty()).then_some(ChartNote::EmptyRows { x, y, names })
}
