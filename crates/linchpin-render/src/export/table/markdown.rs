//! A Markdown table, for notes and pull requests.

use super::TableFormat;
use linchpin_register::Register;
use linchpin_register::tables::{Align, TableSpec};

pub static FORMAT: TableFormat = TableFormat {
    id: "md",
    title: "Markdown table",
    write,
};

fn write(register: &Register, table: &TableSpec, rows: &[u32]) -> String {
    let mut out = String::from("|");
    for column in &table.columns {
        out.push_str(&format!(" {} |", column.title));
    }
    out.push_str("\n|");
    for column in &table.columns {
        out.push_str(if column.align == Align::Right {
            " ---: |"
        } else {
            " --- |"
        });
    }
    out.push('\n');
    for &row in rows {
        out.push('|');
        for column in &table.columns {
            out.push_str(&format!(
                " {} |",
                escape(&(column.cell)(register, row as usize).text)
            ));
        }
        out.push('\n');
    }
    out
}

/// What Markdown would read as markup, or as the end of a cell.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' => out.push(' '),
            '|' | '\\' | '*' | '_' | '`' | '[' | ']' | '<' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn markup_is_text() {
        assert_eq!(super::escape("a|b*c\nd <e>"), "a\\|b\\*c d \\<e>");
    }
}
