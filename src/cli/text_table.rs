//! A table as aligned text, for reading on a terminal.

use linchpin_register::Register;
use linchpin_register::tables::text_width::{char_width, display_width};
use linchpin_register::tables::{Align, TableSpec};

/// The widest a cell may be, in terminal columns.
const MAX_CELL_COLUMNS: usize = 44;
/// Between two columns.
const GAP: &str = "  ";

/// Writes the rows with their columns aligned, no wider than `width` terminal columns where the
/// columns can be made to fit.
pub fn write(register: &Register, table: &TableSpec, rows: &[u32], width: usize) -> String {
    let mut lines: Vec<Vec<String>> =
        vec![table.columns.iter().map(|c| c.title.to_owned()).collect()];
    for &row in rows {
        let cells = table.columns.iter();
        lines.push(
            cells
                .map(|c| printable_line(&(c.cell)(register, row as usize).text))
                .collect(),
        );
    }
    let mut widths: Vec<usize> = (0..table.columns.len())
        .map(|at| {
            let longest = lines
                .iter()
                .filter_map(|l| l.get(at))
                .map(|c| display_width(c));
            longest.max().unwrap_or(0).min(MAX_CELL_COLUMNS)
        })
        .collect();
    let name = table
        .columns
        .iter()
        .position(|c| matches!(c.key, "title" | "name" | "label"));
    shrink_to_fit(&mut widths, width, name);
    let rule: Vec<String> = widths.iter().map(|w| "─".repeat(*w)).collect();
    lines.insert(1, rule);
    let mut out = String::new();
    for line in &lines {
        let mut text = String::new();
        for ((cell, column), &width) in line.iter().zip(&table.columns).zip(&widths) {
            if width == 0 {
                continue;
            }
            if !text.is_empty() {
                text.push_str(GAP);
            }
            let cell = truncate(cell, width);
            let space = " ".repeat(width.saturating_sub(display_width(&cell)));
            match column.align {
                Align::Left => text.push_str(&format!("{cell}{space}")),
                Align::Right => text.push_str(&format!("{space}{cell}")),
            }
        }
        out.push_str(text.trim_end());
        out.push('\n');
    }
    out
}

/// Takes columns off the widest until all fit, down to a readable rest. The column of names, at
/// `name`, gives way last.
fn shrink_to_fit(widths: &mut [usize], width: usize, name: Option<usize>) {
    const READABLE: usize = 8;
    loop {
        let shown = widths.iter().filter(|w| **w > 0).count();
        let used = widths.iter().sum::<usize>() + GAP.len() * shown.saturating_sub(1);
        // A name counts as half as wide as it is.
        let weight = |at: usize, width: usize| match Some(at) == name {
            true => width / 2,
            false => width,
        };
        let widest = widths
            .iter_mut()
            .enumerate()
            .filter(|(_, w)| **w > READABLE)
            .max_by_key(|(at, w)| weight(*at, **w));
        match widest {
            Some((_, widest)) if used > width => *widest -= 1,
            _ => return,
        }
    }
}

/// The text in one line, without what a terminal would obey.
pub fn printable_line(text: &str) -> String {
    let is_bidi = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars()
        .filter(|c| !is_bidi(*c))
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

/// The start of a text that fits, with "…" where it is cut.
fn truncate(text: &str, width: usize) -> String {
    if display_width(text) <= width {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 1;
    for c in text.chars() {
        used += char_width(c);
        if used > width {
            break;
        }
        out.push(c);
    }
    out.truncate(out.trim_end().len());
    out.push('…');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn korean_takes_two_columns() {
        assert_eq!(display_width("대한민국"), 8);
        assert_eq!(truncate("대한민국", 7), "대한민…");
        assert_eq!(truncate("commitments", 6), "commi…");
    }

    #[test]
    fn the_widest_column_gives_way() {
        let mut widths = [40, 10, 0];
        shrink_to_fit(&mut widths, 32, None);
        assert_eq!(widths, [20, 10, 0]);
        let mut named = [40, 30];
        shrink_to_fit(&mut named, 47, Some(0));
        assert_eq!(named, [31, 14]);
        let mut narrow = [9, 9];
        shrink_to_fit(&mut narrow, 5, Some(0));
        assert_eq!(narrow, [8, 8]);
    }

    #[test]
    fn a_terminal_is_told_nothing() {
        assert_eq!(printable_line("a\u{1b}[31mb\n\u{202e}c"), "a [31mb c");
    }
}
