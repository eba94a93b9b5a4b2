//! The tables of bars, parts, squares, matrices, networks and tables in words.

use super::DataTable;
use super::columns::{
    DataCell, DataColumn, NUMBER_HEADING, bound_columns, build_table, counted_heading,
};
use crate::picture::{Bars, ChartMark, Extent, Matrix, Network, StackedBars, TextTable, Waffle};
use linchpin_register::RecordRef;
use linchpin_register::chart_vocabulary::Arrangement;

fn mark_records<'a>(marks: impl Iterator<Item = &'a ChartMark>) -> Vec<Vec<RecordRef>> {
    marks.map(|mark| mark.records.clone()).collect()
}

pub fn bars(bars: &Bars) -> DataTable {
    let all: Vec<_> = bars
        .panels
        .iter()
        .flat_map(|panel| panel.bars.iter().map(move |bar| (panel, bar)))
        .collect();
    let lengths: Vec<Extent> = all.iter().map(|(_, bar)| bar.extent).collect();
    let count = counted_heading(all.iter().map(|(_, bar)| (&bar.mark, bar.extent)));
    let is_count = count.is_some();
    let mut columns = vec![DataColumn::of_text(
        "name",
        all.iter().map(|(_, bar)| bar.name.as_str()),
    )];
    columns.extend(bound_columns(
        count.as_deref().unwrap_or(NUMBER_HEADING),
        &lengths,
    ));
    let units = all
        .iter()
        .map(|(panel, _)| panel.title.as_deref().unwrap_or_default());
    columns.extend(DataColumn::of_text("unit", units).if_not_empty());
    if !is_count {
        columns.push(DataColumn::as_printed(all.iter().map(|(_, bar)| &bar.text)));
    }
    let details = all
        .iter()
        .map(|(_, bar)| bar.detail.as_deref().unwrap_or_default());
    columns.extend(DataColumn::of_text("detail", details).if_not_empty());
    build_table(columns, mark_records(all.iter().map(|(_, bar)| &bar.mark)))
}

/// A row for each bar, a column for each of its parts.
pub fn stacked(stacked: &StackedBars) -> DataTable {
    let rows = &stacked.bars;
    let segments = || rows.iter().flat_map(|row| &row.segments);
    let is_count = counted_heading(segments().map(|s| (&s.mark, Extent::exact(s.value)))).is_some();
    let mut columns = vec![DataColumn::of_text(
        "name",
        rows.iter().map(|row| row.name.as_str()),
    )];
    for (key, what) in stacked.keys.iter().enumerate() {
        let parts = rows.iter().map(|row| {
            let part = row.segments.iter().find(|segment| segment.key == key);
            part.map_or_else(DataCell::default, |segment| DataCell::number(segment.value))
        });
        columns.push(DataColumn::new(&what.name, parts));
    }
    // Side by side the parts count, and what they add up to is drawn nowhere.
    if stacked.arrangement != Arrangement::Grouped {
        let totals = rows.iter().map(|row| DataCell::number(row.total()));
        columns.push(DataColumn::new("total", totals));
        let printed = rows.iter().map(|row| &row.text);
        columns.extend((!is_count).then(|| DataColumn::as_printed(printed)));
    }
    let of_row = |row: &crate::picture::StackedBar| {
        let marks = row
            .segments
            .iter()
            .flat_map(|segment| &segment.mark.records);
        marks.copied().collect()
    };
    build_table(columns, rows.iter().map(of_row).collect())
}

/// A row for each row, a column for each column; a ring is what it means.
pub fn matrix(matrix: &Matrix) -> DataTable {
    let cell = |row: usize, column: usize| {
        let mut cells = matrix.cells.iter();
        cells.find(|cell| (cell.row, cell.column) == (row, column))
    };
    let mut columns = vec![DataColumn::of_text(
        "name",
        matrix.rows.iter().map(String::as_str),
    )];
    for (column, head) in matrix.columns.iter().enumerate() {
        let cells = (0..matrix.rows.len()).map(|row| match cell(row, column).map(|c| c.count) {
            Some(Some(count)) => DataCell::number(count as f64),
            Some(None) => DataCell::text(&matrix.ring_legend),
            None => DataCell::default(),
        });
        columns.push(DataColumn::new(head, cells));
    }
    let of_row = |row: usize| {
        let cells = matrix.cells.iter().filter(|cell| cell.row == row);
        let mut records: Vec<_> = cells.flat_map(|cell| cell.mark.records.clone()).collect();
        records.sort_unstable();
        records.dedup();
        records
    };
    build_table(columns, (0..matrix.rows.len()).map(of_row).collect())
}

pub fn waffle(waffle: &Waffle) -> DataTable {
    let groups = &waffle.groups;
    let amounts: Vec<Extent> = groups
        .iter()
        .map(|group| {
            let value = group.squares * waffle.units_per_square;
            Extent {
                low: Some(value),
                high: (!group.is_lower_bound).then_some(value),
            }
        })
        .collect();
    let mut columns = vec![DataColumn::of_text(
        "name",
        groups.iter().map(|g| g.name.as_str()),
    )];
    columns.extend(bound_columns(NUMBER_HEADING, &amounts));
    columns.push(DataColumn::of_text(
        "unit",
        groups.iter().map(|_| waffle.unit.as_str()),
    ));
    columns.push(DataColumn::as_printed(groups.iter().map(|g| &g.text)));
    build_table(
        columns,
        mark_records(groups.iter().map(|group| &group.mark)),
    )
}

/// A row for each link, and one for each record without any.
pub fn network(network: &Network) -> DataTable {
    let node = |at: usize| network.nodes.get(at);
    let name = |at: usize| node(at).map_or("", |node| node.name.as_str());
    let kind = |at: usize| {
        let key = node(at).and_then(|node| network.keys.get(node.key));
        key.map_or("", |key| key.name.as_str())
    };
    let mut rows: Vec<(usize, &str, Option<usize>)> = network
        .edges
        .iter()
        .map(|link| (link.from, link.label.as_str(), Some(link.to)))
        .collect();
    let ends = || network.edges.iter().flat_map(|link| [link.from, link.to]);
    let linked: std::collections::BTreeSet<usize> = ends().collect();
    let alone = (0..network.nodes.len()).filter(|at| !linked.contains(at));
    rows.extend(alone.map(|at| (at, "", None)));
    let to = |row: &(usize, &str, Option<usize>)| row.2.map_or("", name);
    let to_kind = |row: &(usize, &str, Option<usize>)| row.2.map_or("", kind);
    let columns = vec![
        DataColumn::of_text("from", rows.iter().map(|row| name(row.0))),
        DataColumn::of_text("kind of from", rows.iter().map(|row| kind(row.0))),
        DataColumn::of_text("link", rows.iter().map(|row| row.1)),
        DataColumn::of_text("to", rows.iter().map(to)),
        DataColumn::of_text("kind of to", rows.iter().map(to_kind)),
    ];
    let of_row = |row: &(usize, &str, Option<usize>)| {
        let ends = [Some(row.0), row.2].into_iter().flatten();
        let nodes = ends.filter_map(node);
        nodes.flat_map(|node| node.mark.records.clone()).collect()
    };
    build_table(columns, rows.iter().map(of_row).collect())
}

pub fn table(table: &TextTable) -> DataTable {
    let column = |(at, column): (usize, &crate::picture::TextColumn)| {
        let cells = table.rows.iter().map(|row| match row.cells.get(at) {
            Some(value) => DataCell {
                text: value.to_string(),
                number: value.exact_number(),
            },
            None => DataCell::default(),
        });
        DataColumn::new(&column.title, cells)
    };
    let columns = table.columns.iter().enumerate().map(column).collect();
    build_table(
        columns,
        mark_records(table.rows.iter().map(|row| &row.mark)),
    )
}
