//! Building blocks of data tables: cells, columns that only stand where something is in them,
//! tables under each other.

use super::{Data, DataRow};
use crate::picture::{Extent, Mark};
use linchpin_register::tables::words;
use linchpin_register::{RecordKind, RecordRef};
use std::collections::BTreeSet;

/// A cell with its number.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    pub text: String,
    pub number: Option<f64>,
}

impl Cell {
    pub fn text(text: &str) -> Cell {
        Cell {
            text: text.to_owned(),
            number: None,
        }
    }

    /// A number without the dust of binary fractions; nothing where it is not finite.
    pub fn number(value: f64) -> Cell {
        let rounded = (value * 1e6).round() / 1e6;
        // Beyond the reach of a float's digits the rounding itself would run over.
        let value = if rounded.is_finite() { rounded } else { value };
        if !value.is_finite() {
            return Cell::default();
        }
        Cell {
            text: words::number(value),
            number: Some(value),
        }
    }

    pub fn bound(value: Option<f64>) -> Cell {
        value.map_or_else(Cell::default, Cell::number)
    }

    fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

/// A column under its head.
pub struct Column {
    pub head: String,
    pub cells: Vec<Cell>,
}

impl Column {
    pub fn new(head: &str, cells: impl Iterator<Item = Cell>) -> Column {
        Column {
            head: head.to_owned(),
            cells: cells.collect(),
        }
    }

    pub fn texts<'a>(head: &str, texts: impl Iterator<Item = &'a str>) -> Column {
        Column::new(head, texts.map(Cell::text))
    }

    /// Nothing, where all its cells are empty.
    pub fn if_any(self) -> Option<Column> {
        self.cells.iter().any(|c| !c.is_empty()).then_some(self)
    }
}

/// The table of these columns, all as long as `records`. Heads that are the same are told apart by
/// a number.
pub fn table(columns: Vec<Column>, records: Vec<Vec<RecordRef>>) -> Data {
    let mut heads: Vec<String> = Vec::new();
    for column in &columns {
        let mut head = column.head.clone();
        let mut count = 1;
        while heads.contains(&head) {
            count += 1;
            head = format!("{} ({count})", column.head);
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
    Data {
        rows: records.into_iter().enumerate().map(row).collect(),
        columns: heads,
    }
}

/// The columns of numbers with bounds: one where all are exact, else a lower and an upper one.
pub fn extents(head: &str, extents: &[Extent]) -> Vec<Column> {
    if extents.iter().all(|e| e.low == e.high) {
        return vec![Column::new(
            head,
            extents.iter().map(|e| Cell::bound(e.low)),
        )];
    }
    let lead = if head == NUMBER {
        String::new()
    } else {
        format!("{head}, ")
    };
    vec![
        Column::new(
            &format!("{lead}lower bound"),
            extents.iter().map(|e| Cell::bound(e.low)),
        ),
        Column::new(
            &format!("{lead}upper bound"),
            extents.iter().map(|e| Cell::bound(e.high)),
        ),
    ]
}

/// The head of a column of numbers that have no other.
pub const NUMBER: &str = "number";

/// What the numbers of these marks are: "commitments" where each is the number of its records.
pub fn counted<'a>(marks: impl Iterator<Item = (&'a Mark, Extent)>) -> Option<String> {
    let mut kinds = BTreeSet::new();
    for (mark, extent) in marks {
        if extent != Extent::exactly(mark.records.len() as f64) {
            return None;
        }
        kinds.extend(mark.records.iter().map(|at| at.kind));
    }
    let mut kinds = kinds.into_iter();
    match (kinds.next(), kinds.next()) {
        (None, _) => None,
        (Some(RecordKind::Step), None) => Some("ladder steps".into()),
        (Some(kind), None) => Some(kind.noun().many.to_owned()),
        _ => Some("records".into()),
    }
}

/// Tables under each other, each row with the title of its own in front. Columns of one head are
/// one.
pub fn joined(parts: Vec<(String, Data)>) -> Data {
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
    Data { columns, rows }
}
