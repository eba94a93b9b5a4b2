//! JSON, for programs.

use crate::table::{Cell, Table};
use serde::Serialize;
use serde_json::Value;

/// A value on several lines, with a line break at its end.
pub fn write(value: &impl Serialize) -> String {
    let mut out = serde_json::to_string_pretty(value).unwrap_or_default();
    out.push('\n');
    out
}

/// The rows of a table as a list of objects, a line each, their fields in the order of the columns.
/// Numbers are numbers, and an empty cell is null.
pub fn write_rows(table: &Table) -> String {
    let object = |row: &Vec<Cell>| {
        let cells = table.columns.iter().zip(row);
        let fields: Vec<String> = cells
            .map(|(column, cell)| format!("{}: {}", quoted(&column.title), value(cell)))
            .collect();
        format!("  {{{}}}", fields.join(", "))
    };
    let rows: Vec<String> = table.rows.iter().map(object).collect();
    match rows.is_empty() {
        true => "[]\n".into(),
        false => format!("[\n{}\n]\n", rows.join(",\n")),
    }
}

fn value(cell: &Cell) -> String {
    match cell {
        Cell::Number(number, _) => number.to_string(),
        Cell::Text(words) if words.is_empty() => "null".into(),
        Cell::Text(words) => quoted(words),
        Cell::List(items) => {
            let items: Vec<String> = items.iter().map(|item| quoted(item)).collect();
            format!("[{}]", items.join(", "))
        }
    }
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}
