//! Comma-separated values (RFC 4180), safe to open in a spreadsheet.

use crate::table::{Cell, Table};
use crate::visible::visible;

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

/// What a formula begins with, also as typed on keyboards of East Asia; after a tab or a line end
/// some spreadsheets look at the next character.
const FORMULA_SIGNS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
/// Signs without width, which some spreadsheets pass over.
const IGNORED: [char; 3] = ['\u{feff}', '\u{200b}', '\u{2060}'];

/// Whether a text is one number with its sign, as a spreadsheet reads it: "-12", "-$1,200.50",
/// "+1e6". It does nothing as a formula, and an apostrophe would make words of it.
fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let digits = unsigned
        .strip_prefix(['$', '€', '£', '¥', '₩'])
        .unwrap_or(unsigned);
    let (number, exponent) = match digits.split_once(['e', 'E']) {
        Some((number, exponent)) => (
            number,
            exponent.strip_prefix(['-', '+']).unwrap_or(exponent),
        ),
        None => (digits, "0"),
    };
    let is_digit = |c: char| c.is_ascii_digit();
    number.starts_with(is_digit)
        && number
            .chars()
            .all(|c| is_digit(c) || matches!(c, ',' | '.'))
        && !exponent.is_empty()
        && exponent.chars().all(is_digit)
}

/// A cell: quoted where it must be, and never a formula. Control characters have no place
/// in it (RFC 4180), so that stand-ins are written; JSON has them as they are.
pub fn escape(text: &str) -> String {
    let text = &*visible(text);
    // A spreadsheet would run these as formulas; an apostrophe makes them text (OWASP, CSV
    // injection).
    let formula = text.trim_start_matches(IGNORED).starts_with(FORMULA_SIGNS) && !is_number(text);
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
        assert_eq!(escape("a\u{1b}]0;x\u{7}\rb"), "a\\u{1b}]0;x\\u{7}\\u{d}b");
        for sign in [
            "\n=",
            "\r\n",
            "\t=",
            "＝",
            "＋",
            "－",
            "＠",
            "\u{feff}=",
            "\u{200b}＝",
        ] {
            assert_eq!(escape(&format!("{sign}1+1")), format!("\"'{sign}1+1\""));
        }
    }

    #[test]
    fn a_number_below_zero_stays_a_number() {
        for number in ["-12", "+3.5", "-$12", "-1.5e-7"] {
            assert_eq!(escape(number), number);
        }
        assert_eq!(escape("-28,500"), "\"-28,500\"");
        for formula in [
            "-12+cmd|' /C calc'!A0",
            "-",
            "-(1)",
            "-e5",
            "-1e",
            "--1",
            "-$",
            "-A1",
        ] {
            assert!(escape(formula).starts_with("\"'"), "{formula}");
        }
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
