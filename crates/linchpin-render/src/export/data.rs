//! A chart's numbers as a file or for the clipboard: CSV, Markdown, JSON.

use linchpin_charts::picture::{DataTable, Picture};
use linchpin_register::Register;
use linchpin_report::{Block, Cell, Column, InlineText, ListItem, Report, Table, TextRun};
use linchpin_report::{csv, json, markdown};
use std::path::Path;

/// A way to write a chart's data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DataFormat {
    Csv,
    Markdown,
    Json,
}

impl DataFormat {
    /// Every format.
    pub const ALL: [DataFormat; 3] = [DataFormat::Csv, DataFormat::Markdown, DataFormat::Json];

    /// The file extension, in lower case and without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            DataFormat::Csv => "csv",
            DataFormat::Markdown => "md",
            DataFormat::Json => "json",
        }
    }

    /// The format that a file's extension names, in either case; `None` where it names no table.
    pub fn from_path(path: &Path) -> Option<DataFormat> {
        let extension = path.extension()?.to_str()?;
        DataFormat::ALL
            .into_iter()
            .find(|format| extension.eq_ignore_ascii_case(format.extension()))
    }
}

/// The data of a picture of this register. CSV has plain numbers and the ids of the records behind
/// each row; JSON is a list of objects with numbers as numbers; Markdown is the whole figure:
/// title, table, source and citations with links.
pub fn write(picture: &Picture, register: &Register, format: DataFormat) -> String {
    let data = || table_with_ids(&picture.data_table(), register);
    match format {
        DataFormat::Csv => csv::write(&data()),
        DataFormat::Markdown => markdown::write(&figure(picture), 3),
        DataFormat::Json => json::write_rows(&data()),
    }
}

/// The data as a table to be written.
pub fn table(data: &DataTable) -> Table {
    let column = |(at, title): (usize, &String)| Column {
        is_number: data.is_numeric_column(at),
        ..Column::new(title)
    };
    let rows = data.rows.iter().map(|row| {
        let cells = row.cells.iter().zip(&row.numbers);
        let cells = cells.map(|(words, number)| match number {
            Some(number) => Cell::Number(*number, words.clone()),
            None => Cell::Text(words.clone()),
        });
        cells.collect()
    });
    Table {
        columns: data.columns.iter().enumerate().map(column).collect(),
        rows: rows.collect(),
    }
}

/// The same with a last column: the ids of the records behind each row.
pub fn table_with_ids(data: &DataTable, register: &Register) -> Table {
    let mut table = table(data);
    table.columns.push(Column::new(data.record_ids_heading()));
    for (cells, row) in table.rows.iter_mut().zip(&data.rows) {
        let ids = row.records.iter().filter_map(|at| register.record(*at));
        cells.push(Cell::List(ids.map(|record| record.id().into()).collect()));
    }
    table
}

/// A figure for a text: title, what is measured, the table, note, source, and the citations with
/// their links.
fn figure(picture: &Picture) -> Report {
    let data = picture.data_table();
    let words = |words: &String| Block::paragraph(words.as_str());
    let mut blocks = vec![words(&picture.subtitle)];
    blocks.push(match data.columns.is_empty() {
        true => words(&picture.description),
        false => Block::Table(table(&data)),
    });
    blocks.extend(picture.note.as_ref().map(words));
    blocks.push(words(&picture.source));
    let citations = picture.citations.iter();
    let citations = citations.map(|line| ListItem::new(with_addresses(line)));
    blocks.push(Block::List(citations.collect()));
    Report {
        title: picture.title.clone(),
        blocks,
    }
}

/// A line in which the web addresses are links.
fn with_addresses(line: &str) -> InlineText {
    let mut runs = Vec::new();
    for (at, word) in line.split(' ').enumerate() {
        if at > 0 {
            runs.push(TextRun::Plain(" ".into()));
        }
        runs.push(
            match word.starts_with("https://") || word.starts_with("http://") {
                true => TextRun::Address(word.into()),
                false => TextRun::Plain(word.into()),
            },
        );
    }
    InlineText(runs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use linchpin_charts::picture::DataRow;

    fn data() -> Table {
        let row = |cells: [&str; 2], number| DataRow {
            cells: cells.map(str::to_owned).to_vec(),
            numbers: vec![None, number],
            records: Vec::new(),
        };
        let data = DataTable {
            columns: vec!["=name".into(), "a|b".into()],
            rows: vec![
                row(["@x, \"y\"", "−28,500"], Some(-28500.0)),
                row(["-1", ""], None),
            ],
        };
        table_with_ids(&data, &Register::default())
    }

    #[test]
    fn numbers_are_plain_and_words_no_formulas() {
        assert_eq!(
            csv::write(&data()),
            "\"'=name\",a|b,records\r\n\"'@x, \"\"y\"\"\",-28500,\r\n-1,,\r\n"
        );
    }

    #[test]
    fn markdown_ends_numbers_at_the_right() {
        let mut data = data();
        data.columns.truncate(2);
        data.rows.iter_mut().for_each(|row| row.truncate(2));
        assert_eq!(
            markdown::write_table(&data),
            "| =name | a\\|b |\n| --- | ---: |\n| @x, \"y\" | −28,500 |\n| -1 |  |\n"
        );
    }

    #[test]
    fn json_is_json_with_numbers() {
        let text = json::write_rows(&data());
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value[0]["a|b"], -28500.0);
        assert_eq!(value[1]["a|b"], serde_json::Value::Null);
        assert_eq!(value[0]["=name"], "@x, \"y\"");
        assert_eq!(value[0]["records"], serde_json::json!([]));
    }

    #[test]
    fn addresses_are_links_and_all_else_is_text() {
        let written = |line: &str| {
            let items = vec![ListItem::new(with_addresses(line))];
            let report = Report::untitled(vec![Block::List(items)]);
            markdown::write(&report, 1)
        };
        assert_eq!(
            written("A *title*, 2023. https://x.org/a_b?c=1"),
            "- A \\*title\\*, 2023. <https://x.org/a_b?c=1>\n"
        );
        assert_eq!(written("https://x.org/<b>"), "- https://x.org/\\<b>\n");
    }
}
