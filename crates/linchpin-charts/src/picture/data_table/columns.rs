//! Building blocks of data tables: cells, columns that only stand where something is in them,
//! tables under each other.

use super::{DataRow, DataTable};
use crate::picture::{ChartMark, Extent, PrintedValue};
use linchpin_register::tables::formatting;
use linchpin_register::{RecordKind, RecordRef};
use std::collections::BTreeSet;

/// A cell with its number.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DataCell {
    pub text: String,
    pub number: Option<f64>,
}

impl DataCell {
    pub fn text(text: &str) -> DataCell {
        DataCell {
            text: text.to_owned(),
            number: None,
        }
    }

    /// A number without the dust of binary fractions; nothing where it is not finite.
    pub fn number(value: f64) -> DataCell {
        let rounded = (value * 1e6).round() / 1e6;
        // Beyond the reach of a float's digits the rounding itself would run over.
        let value = if rounded.is_finite() { rounded } else { value };
        if !value.is_finite() {
            return DataCell::default();
        }
        DataCell {
            text: formatting::format_number(value),
            number: Some(value),
        }
    }

    pub fn optional_number(value: Option<f64>) -> DataCell {
        value.map_or_else(DataCell::default, DataCell::number)
    }

    fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

/// A column under its head.
pub struct DataColumn {
    pub heading: String,
    pub cells: Vec<DataCell>,
}

impl DataColumn {
    pub fn new(head: &str, cells: impl Iterator<Item = DataCell>) -> DataColumn {
        DataColumn {
            heading: head.to_owned(),
            cells: cells.collect(),
        }
    }

    pub fn of_text<'a>(head: &str, texts: impl Iterator<Item = &'a str>) -> DataColumn {
        DataColumn::new(head, texts.map(DataCell::text))
    }

    /// Numbers as the picture prints them, bounds and units included.
    pub fn as_printed<'a>(values: impl Iterator<Item = &'a PrintedValue>) -> DataColumn {
        let cells = values.map(|value| DataCell::text(&value.to_string()));
        DataColumn::new("as printed", cells)
    }

    /// Nothing, where all its cells are empty.
    pub fn if_not_empty(self) -> Option<DataColumn> {
        self.cells.iter().any(|c| !c.is_empty()).then_some(self)
    }
}

/// The table of these columns, all as long as `records`. Heads that are the same are told apart by
/// a number.
pub fn build_table(columns: Vec<DataColumn>, records: Vec<Vec<RecordRef>>) -> DataTable {
    let mut heads: Vec<String> = Vec::new();
    for column in &columns {
        let mut head = column.heading.clone();
        let mut count = 1;
        while heads.contains(&head) {
            count += 1;
            head = format!("{} ({count})", column.heading);
        }
        heads.push(head);
    }
    let row = |(at, records): (usize, Vec<RecordRef>)| {
        let cells = columns.iter();
        let cells = cells.map(|column| column.cells.get(at).cloned().unwrap_or_default());
        let (cells, numbers) = cells.map(|cell| (cell.text, cell.number)).unzip();
        DataRow {
            cells,
            numbers,
            records,
        }
    };
    DataTable {
        rows: records.into_iter().enumerate().map(row).collect(),
        columns: heads,
    }
}

/// The columns of numbers with bounds: one where all are exact, else a lower and an upper one.
pub fn bound_columns(head: &str, extents: &[Extent]) -> Vec<DataColumn> {
    if extents.iter().all(|e| e.low == e.high) {
        return vec![DataColumn::new(
            head,
            extents.iter().map(|e| DataCell::optional_number(e.low)),
        )];
    }
    let lead = if head == NUMBER_HEADING {
        String::new()
    } else {
        format!("{head}, ")
    };
    vec![
        DataColumn::new(
            &format!("{lead}lower bound"),
            extents.iter().map(|e| DataCell::optional_number(e.low)),
        ),
        DataColumn::new(
            &format!("{lead}upper bound"),
            extents.iter().map(|e| DataCell::optional_number(e.high)),
        ),
    ]
}

/// The head of a column of numbers that have no other.
pub const NUMBER_HEADING: &str = "number";

/// What the numbers of these marks are: "commitments" where each is the number of its records.
pub fn counted_heading<'a>(marks: impl Iterator<Item = (&'a ChartMark, Extent)>) -> Option<String> {
    let mut kinds = BTreeSet::new();
    for (mark, extent) in marks {
        if extent != Extent::exact(mark.records.len() as f64) {
            return None;
        }
        kinds.extend(mark.records.iter().map(|at| at.kind));
    }
    let mut kinds = kinds.into_iter();
    match (kinds.next(), kinds.next()) {
        (None, _) => None,
        (Some(RecordKind::LadderStep), None) => Some("ladder steps".into()),
        (Some(kind), None) => Some(kind.noun().many.to_owned()),
        _ => Some("records".into()),
    }
}

/// Tables under each other, each row with the title of its own in front. Columns of one head are
/// one.
pub fn stack_tables(parts: Vec<(String, DataTable)>) -> DataTable {
    let mut columns: Vec<String> = vec!["panel".into()];
    for head in parts.iter().flat_map(|(_, data)| &data.columns) {
        if !columns[1..].contains(head) {
            columns.push(head.clone());
        }
    }
    let mut rows = Vec::new();
    for (title, data) in parts {
        for row in data.rows {
            let mut out = DataRow {
                cells: vec![String::new(); columns.len()],
                numbers: vec![None; columns.len()],
                records: row.records,
            };
            out.cells[0].clone_from(&title);
            let cells = row.cells.into_iter().zip(row.numbers);
            for (head, (cell, number)) in data.columns.iter().zip(cells) {
                if let Some(at) = columns.iter().skip(1).position(|c| c == head) {
                    out.cells[at + 1] = cell;
                    out.numbers[at + 1] = number;
                }
            }
            rows.push(out);
        }
    }
    DataTable { columns, rows }
}
