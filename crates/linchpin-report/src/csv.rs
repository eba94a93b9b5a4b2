//! Comma-separated values (RFC 4180), safe to open in a spreadsheet.

use crate::table::{Cell, Table};

/// The table with its headings. Numbers are plain.
pub fn write(table: &Table) -> String {
    let heads = table.columns.iter().map(|column| escape(&column.title));
    let mut out = line(heads);
    for row in &table.rows {
        out.push_str(&line(row.iter().map(|cell| match cell {
            Cell::Number(value, _) => value.to_string(),
            cell => escape(&cell.words()),
        })));
    }
    out
}

fn line(cells: impl Iterator<Item = String>) -> String {
    format!("{}\r\n", cells.collect::<Vec<_>>().join(","))
}

/// A cell: quoted where it must be, and never a formula.
pub fn escape(text: &str) -> String {
    // A spreadsheet would run these as formulas; an apostrophe makes them text (OWASP, CSV
    // injection).
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if !formula && !text.contains([',', '"', '\n', '\r']) {
        return text.to_owned();
    }
    let guard = if formula { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::Column;

    #[test]
    fn cells_are_quoted_and_never_formulas() {
        assert_eq!(escape("plain"), "plain");
        assert_eq!(escape("a, \"b\""), "\"a, \"\"b\"\"\"");
        assert_eq!(escape("=1+1"), "\"'=1+1\"");
        assert_eq!(escape("@x"), "\"'@x\"");
        assert_eq!(escape("two\nlines"), "\"two\nlines\"");
    }

    #[test]
    fn numbers_are_plain_and_lists_are_joined() {
        let table = Table {
            columns: vec![Column::new("=n"), Column::new("ids")],
            rows: vec![vec![
                Cell::Number(-28500.0, "−28,500".into()),
                Cell::List(vec!["a".into(), "b".into()]),
            ]],
        };
        assert_eq!(write(&table), "\"'=n\",ids\r\n-28500,a b\r\n");
    }
}
