//! Comma-separated values (RFC 4180), safe to open in a spreadsheet.

use super::{SOURCE_COLUMNS, TableFormat, source_cells};
use linchpin_register::tables::TableSpec;
use linchpin_register::{RecordRef, Register};

pub static FORMAT: TableFormat = TableFormat {
    id: "csv",
    title: "CSV (spreadsheet)",
    write,
};

fn write(register: &Register, table: &TableSpec, rows: &[u32]) -> String {
    let mut out = String::new();
    let head = ["id"]
        .into_iter()
        .chain(
            table
                .columns
                .iter()
                .filter(|c| c.key != "source")
                .map(|c| c.key),
        )
        .chain(SOURCE_COLUMNS);
    line(&mut out, head.map(str::to_owned));
    for &row in rows {
        let Some(record) = register.record(RecordRef {
            kind: table.kind,
            index: row,
        }) else {
            continue;
        };
        let cells = table
            .columns
            .iter()
            .filter(|c| c.key != "source")
            .map(|c| (c.cell)(register, row as usize).text);
        line(
            &mut out,
            [record.id().to_owned()]
                .into_iter()
                .chain(cells)
                .chain(source_cells(register, record.citations())),
        );
    }
    out
}

/// A line of cells.
pub fn line(out: &mut String, cells: impl Iterator<Item = String>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            out.push(',');
        }
        field(out, &cell);
    }
    out.push_str("\r\n");
}

/// A cell: quoted where it must be, and never a formula.
pub(in crate::export) fn field(out: &mut String, text: &str) {
    // A spreadsheet would run these as formulas; an apostrophe makes them text (OWASP, CSV
    // injection).
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if formula || text.contains([',', '"', '\n', '\r']) {
        out.push('"');
        if formula {
            out.push('\'');
        }
        out.push_str(&text.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::field;

    #[test]
    fn cells_are_quoted_and_never_formulas() {
        let written = |text| {
            let mut out = String::new();
            field(&mut out, text);
            out
        };
        assert_eq!(written("plain"), "plain");
        assert_eq!(written("a, \"b\""), "\"a, \"\"b\"\"\"");
        assert_eq!(written("=1+1"), "\"'=1+1\"");
        assert_eq!(written("@x"), "\"'@x\"");
        assert_eq!(written("two\nlines"), "\"two\nlines\"");
    }
}
