//! JSON, for programs.

use crate::table::{Cell, Table};
use crate::visible::{controls, is_harmless};
use serde::Serialize;
use serde_json::Value;

/// A value on several lines, with a line break at its end. Control characters are escaped: no
/// line of it changes a terminal.
pub fn write(value: &impl Serialize) -> String {
    // It fails for keys that are no text: no value of ours has any.
    let mut out = escape_controls(serde_json::to_string_pretty(value).unwrap_or_default());
    out.push('\n');
    out
}

/// JSON in which control characters, which stand only in texts, are escaped. JSON asks for
/// that of those in ASCII alone.
fn escape_controls(json: String) -> String {
    if is_harmless(&json) {
        return json;
    }
    let (mut out, mut from) = (String::with_capacity(json.len() + 64), 0);
    for (at, c) in controls(&json) {
        out.push_str(&json[from..at]);
        out.push_str(&format!("\\u{:04x}", u32::from(c)));
        from = at + c.len_utf8();
    }
    out.push_str(&json[from..]);
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
    escape_controls(Value::from(text).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_escaped_and_means_the_same() {
        let odd = "a\u{1b}\u{7f}\u{9b}\u{202e}\n한";
        let written = write(&[odd]);
        assert_eq!(written, "[\n  \"a\\u001b\\u007f\\u009b\\u202e\\n한\"\n]\n");
        assert_eq!(
            serde_json::from_str::<Vec<String>>(&written).unwrap(),
            [odd]
        );
        let table = Table::without_headings(vec![vec![odd.to_owned()]]);
        assert!(is_harmless(&write_rows(&table)));
    }
}
