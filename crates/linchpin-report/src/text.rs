//! Plain text: for a terminal, or for an e-mail.

use crate::table::Table;
use crate::text_width::{char_width, display_width, wrap_text};
use crate::visible::visible_line;
use crate::{Block, DiffSign, InlineText, ListItem, Report, TextRun};

/// What a text is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextStyle {
    /// What belongs to a heading is indented, and lines are as long as they are.
    Terminal {
        /// Whether headings and changes have colors.
        color: bool,
        /// How wide tables may be, in columns; `None`: as wide as they are.
        width: Option<usize>,
    },
    /// Nothing is indented, items have dashes, and lines end at 72 columns.
    Email,
}

impl Default for TextStyle {
    fn default() -> TextStyle {
        TextStyle::Terminal {
            color: false,
            width: None,
        }
    }
}

/// The longest line of an e-mail, in columns.
pub const EMAIL_COLUMNS: usize = 72;
/// The widest a cell may be where a table must fit, in columns.
const MAX_CELL_COLUMNS: usize = 44;
/// Between two columns.
const GAP: &str = "  ";

/// The whole report.
pub fn write(report: &Report, style: TextStyle) -> String {
    let mut out = TextWriter {
        style,
        out: String::new(),
    };
    if !report.title.is_empty() {
        out.line(0, "", &report.title);
        // What explains a title stands right below it.
        if !matches!(report.blocks.first(), None | Some(Block::Paragraph(_))) {
            out.out.push('\n');
        }
    }
    out.blocks(&report.blocks, 0);
    out.out
}

struct TextWriter {
    style: TextStyle,
    out: String,
}

impl TextWriter {
    fn blocks(&mut self, blocks: &[Block], indent: usize) {
        for (at, block) in blocks.iter().enumerate() {
            if at > 0 {
                self.out.push('\n');
            }
            self.block(block, indent);
        }
    }

    fn block(&mut self, block: &Block, indent: usize) {
        match block {
            Block::Paragraph(words) => self.line(indent, "", &plain(words)),
            Block::Facts(facts) => {
                let widths = facts.iter().map(|(name, _)| display_width(name));
                let width = widths.max().unwrap_or(0);
                for (name, words) in facts {
                    let space = " ".repeat(width - display_width(name));
                    self.line(indent, "", &format!("{name}{space}{GAP}{words}"));
                }
            }
            Block::Counts(_, counts) => {
                for (name, count) in counts {
                    self.line(indent, "", &format!("{count:>6}{GAP}{name}"));
                }
            }
            Block::List(items) => self.items(items, indent, true),
            Block::Table(table) => {
                let width = match self.style {
                    TextStyle::Terminal { width, .. } => width,
                    TextStyle::Email => Some(EMAIL_COLUMNS),
                };
                for line in table_lines(table, width) {
                    self.out.push_str(&" ".repeat(indent));
                    self.out.push_str(&line);
                    self.out.push('\n');
                }
            }
            Block::Verbatim(text) => {
                for line in text.lines() {
                    self.out.push_str(&" ".repeat(indent));
                    self.out.push_str(visible_line(line).trim_end());
                    self.out.push('\n');
                }
            }
            Block::Section(heading, blocks) => {
                let heading = self.styled("1", &visible_line(heading));
                self.out.push_str(&format!("{heading}\n"));
                let indent = match self.style {
                    TextStyle::Terminal { .. } => indent + 2,
                    TextStyle::Email => indent,
                };
                self.blocks(blocks, indent);
            }
        }
    }

    fn items(&mut self, items: &[ListItem], indent: usize, is_outermost: bool) {
        for item in items {
            let words = plain(&item.words);
            match self.style {
                TextStyle::Terminal { .. } => {
                    self.terminal_line(indent, item.sign, &words);
                    let below = match item.detail.is_empty() {
                        true => indent + 2,
                        false => {
                            self.line(indent + 2, "", &item.detail);
                            indent + 4
                        }
                    };
                    self.items(&item.items, below, false);
                }
                TextStyle::Email => {
                    let first = match item.sign {
                        // Both words begin at the same column.
                        Some(DiffSign::Old) => "Before: ",
                        Some(DiffSign::New) => "After:  ",
                        None if is_outermost => "- ",
                        _ => "",
                    };
                    let words = match item.detail.as_str() {
                        "" => words,
                        detail => format!("{words}: {detail}"),
                    };
                    self.line(indent, first, &words);
                    self.items(&item.items, indent + 2, false);
                }
            }
        }
    }

    fn terminal_line(&mut self, indent: usize, sign: Option<DiffSign>, words: &str) {
        let words = visible_line(words);
        let words = match sign {
            None => words,
            Some(sign) => {
                let words = format!("{} {words}", sign.symbol());
                match sign {
                    DiffSign::Old => self.styled("31", &words),
                    DiffSign::New => self.styled("32", &words),
                    DiffSign::Both => words,
                }
            }
        };
        self.out
            .push_str(&format!("{}{words}\n", " ".repeat(indent)));
    }

    /// A line, or several where the style ends them.
    fn line(&mut self, indent: usize, first: &str, words: &str) {
        let first = format!("{}{first}", " ".repeat(indent));
        let words = visible_line(words);
        match self.style {
            TextStyle::Terminal { .. } => self.out.push_str(&format!("{first}{words}\n")),
            TextStyle::Email => {
                let lines = wrap_text(&words, EMAIL_COLUMNS, &first);
                self.out.push_str(&lines);
            }
        }
    }

    fn styled(&self, code: &str, words: &str) -> String {
        match self.style {
            TextStyle::Terminal { color: true, .. } => format!("\u{1b}[{code}m{words}\u{1b}[0m"),
            _ => words.to_owned(),
        }
    }
}

fn plain(words: &InlineText) -> String {
    let run = |run: &TextRun| match run {
        TextRun::Plain(words) | TextRun::Strong(words) | TextRun::Address(words) => words.clone(),
        TextRun::Id(id) => format!("[{id}]"),
        TextRun::Removed(words) => format!("[-{words}-]"),
        TextRun::Added(words) => format!("{{+{words}+}}"),
    };
    words.0.iter().map(run).collect()
}

/// The rows with their columns aligned, no wider than `width` columns where they can be made to
/// fit.
fn table_lines(table: &Table, width: Option<usize>) -> Vec<String> {
    let cells = |row: &Vec<crate::Cell>| -> Vec<String> {
        row.iter().map(|cell| visible_line(&cell.words())).collect()
    };
    let mut lines: Vec<Vec<String>> = table.rows.iter().map(cells).collect();
    if table.has_headings() {
        let titles = table.columns.iter().map(|c| visible_line(&c.title));
        lines.insert(0, titles.collect());
    }
    let widest = |at: usize| {
        let cells = lines.iter().filter_map(|line| line.get(at));
        cells.map(|cell| display_width(cell)).max().unwrap_or(0)
    };
    let mut widths: Vec<usize> = (0..table.columns.len()).map(widest).collect();
    if let Some(width) = width {
        for column in &mut widths {
            *column = (*column).min(MAX_CELL_COLUMNS);
        }
        let name = table.columns.iter().position(|column| column.is_name);
        shrink_to_fit(&mut widths, width, name);
    }
    if table.has_headings() {
        lines.insert(1, widths.iter().map(|w| "─".repeat(*w)).collect());
    }
    let line = |cells: &Vec<String>| {
        let mut text = String::new();
        for ((cell, column), &width) in cells.iter().zip(&table.columns).zip(&widths) {
            // A column in which nothing stands takes no gap either.
            if width == 0 {
                continue;
            }
            if !text.is_empty() {
                text.push_str(GAP);
            }
            let cell = truncate(cell, width);
            let space = " ".repeat(width.saturating_sub(display_width(&cell)));
            match column.is_number {
                false => text.push_str(&format!("{cell}{space}")),
                true => text.push_str(&format!("{space}{cell}")),
            }
        }
        text.truncate(text.trim_end().len());
        text
    };
    lines.iter().map(line).collect()
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

/// The start of a text that fits, with "…" where it is cut.
fn truncate(text: &str, width: usize) -> String {
    if display_width(text) <= width {
        return text.to_owned();
    }
    let mut out = String::new();
    // One column is for the dots.
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
        let odd = "a\u{1b}[31mb\n\u{202e}c\u{9b}d";
        let report = Report {
            title: odd.into(),
            blocks: vec![
                Block::paragraph(odd),
                Block::Facts(vec![(odd.into(), odd.into())]),
                Block::Counts(["", ""], vec![(odd.into(), 1)]),
                Block::List(vec![ListItem {
                    sign: Some(DiffSign::New),
                    detail: odd.into(),
                    ..ListItem::new(vec![TextRun::Id(odd.into()), TextRun::Removed(odd.into())])
                }]),
                Block::Table(Table::without_headings(vec![vec![odd.into()]])),
                Block::section(odd, vec![Block::Verbatim(odd.into())]),
            ],
        };
        for style in [TextStyle::default(), TextStyle::Email] {
            let text = write(&report, style);
            assert!(crate::visible::is_harmless(&text), "{text:?}");
            assert_eq!(text.matches("\\u{1b}[31mb").count(), 11, "{text}");
            assert_eq!(text.matches("\\u{202e}c\\u{9b}d").count(), 11, "{text}");
        }
    }
}
