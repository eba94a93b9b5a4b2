//! A chart's numbers as a file or for the clipboard: CSV, Markdown, JSON.

use super::table::csv::field;
use super::table::markdown::escape;
use linchpin_charts::picture::{DataRow, DataTable, Picture};
use linchpin_register::Register;
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
    match format {
        DataFormat::Csv => csv(&picture.data_table().with_record_ids(register)),
        DataFormat::Markdown => figure(picture),
        DataFormat::Json => json(&picture.data_table(), register),
    }
}

/// Comma-separated values (RFC 4180). Numbers are plain, words are never formulas.
pub fn csv(data: &DataTable) -> String {
    let mut out = String::new();
    for (at, head) in data.columns.iter().enumerate() {
        comma(&mut out, at);
        field(&mut out, head);
    }
    out.push_str("\r\n");
    for row in &data.rows {
        for (at, (cell, number)) in row.cells.iter().zip(&row.numbers).enumerate() {
            comma(&mut out, at);
            match number {
                Some(number) => out.push_str(&number.to_string()),
                None => field(&mut out, cell),
            }
        }
        out.push_str("\r\n");
    }
    out
}

fn comma(out: &mut String, at: usize) {
    if at > 0 {
        out.push(',');
    }
}

/// The table alone, as Markdown; numbers end at the right.
pub fn markdown(data: &DataTable) -> String {
    let line = |cells: &[String]| {
        let cells: String = cells.iter().map(|c| format!(" {} |", escape(c))).collect();
        format!("|{cells}\n")
    };
    let mut out = line(&data.columns);
    out.push('|');
    for column in 0..data.columns.len() {
        out.push_str(if data.is_numeric_column(column) {
            " ---: |"
        } else {
            " --- |"
        });
    }
    out.push('\n');
    for row in &data.rows {
        out.push_str(&line(&row.cells));
    }
    out
}

/// A figure for a text: title, what is measured, the table, note, source, and the citations with
/// their links.
pub fn figure(picture: &Picture) -> String {
    let mut parts = vec![
        format!("### {}", escape(&picture.title)),
        escape(&picture.subtitle),
    ];
    let data = picture.data_table();
    if data.columns.is_empty() {
        parts.push(escape(&picture.description));
    } else {
        parts.push(markdown(&data).trim_end().to_owned());
    }
    parts.extend(picture.note.as_deref().map(escape));
    parts.push(escape(&picture.source));
    let citations: Vec<String> = picture
        .citations
        .iter()
        .map(|citation| format!("- {}", linked(citation)))
        .collect();
    parts.push(citations.join("\n"));
    parts.retain(|part| !part.trim().is_empty());
    format!("{}\n", parts.join("\n\n"))
}

/// A line whose web addresses are links.
fn linked(line: &str) -> String {
    let words = line.split(' ').map(|word| {
        let is_address = word.starts_with("https://") || word.starts_with("http://");
        // What would end the link early stays text.
        if is_address && !word.contains(['<', '>', '\\']) && !word.contains(char::is_whitespace) {
            format!("<{word}>")
        } else {
            escape(word)
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

/// A list of objects in the order of the rows, their fields in the order of the columns.
fn json(data: &DataTable, register: &Register) -> String {
    let rows: Vec<String> = data
        .rows
        .iter()
        .map(|row| format!("  {{{}}}", fields(data, row, register)))
        .collect();
    if rows.is_empty() {
        return "[]\n".into();
    }
    format!("[\n{}\n]\n", rows.join(",\n"))
}

fn fields(data: &DataTable, row: &DataRow, register: &Register) -> String {
    let cells = data.columns.iter().zip(row.cells.iter().zip(&row.numbers));
    let mut fields: Vec<String> = cells
        .map(|(head, (cell, number))| {
            let value = match number {
                Some(number) => number.to_string(),
                None if cell.is_empty() => "null".into(),
                None => quoted(cell),
            };
            format!("{}: {value}", quoted(head))
        })
        .collect();
    let ids = row.records.iter().filter_map(|at| register.record(*at));
    let ids: Vec<String> = ids.map(|record| quoted(record.id())).collect();
    let name = data.record_ids_heading();
    fields.push(format!("{}: [{}]", quoted(name), ids.join(", ")));
    fields.join(", ")
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data() -> DataTable {
        let row = |cells: [&str; 2], number| DataRow {
            cells: cells.map(str::to_owned).to_vec(),
            numbers: vec![None, number],
            records: Vec::new(),
        };
        DataTable {
            columns: vec!["=name".into(), "a|b".into()],
            rows: vec![
                row(["@x, \"y\"", "−28,500"], Some(-28500.0)),
                row(["-1", ""], None),
            ],
        }
    }

    #[test]
    fn numbers_are_plain_and_words_no_formulas() {
        assert_eq!(
            csv(&data()),
            "\"'=name\",a|b\r\n\"'@x, \"\"y\"\"\",-28500\r\n\"'-1\",\r\n"
        );
    }

    #[test]
    fn markdown_ends_numbers_at_the_right() {
        assert_eq!(
            markdown(&data()),
            "| =name | a\\|b |\n| --- | ---: |\n| @x, \"y\" | −28,500 |\n| -1 |  |\n"
        );
    }

    #[test]
    fn json_is_json_with_numbers() {
        let text = json(&data(), &Register::default());
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value[0]["a|b"], -28500.0);
        assert_eq!(value[1]["a|b"], serde_json::Value::Null);
        assert_eq!(value[0]["=name"], "@x, \"y\"");
        assert_eq!(value[0]["records"], serde_json::json!([]));
    }

    #[test]
    fn addresses_are_links_and_all_else_is_text() {
        assert_eq!(
            linked("A *title*, 2023. https://x.org/a_b?c=1"),
            "A \\*title\\*, 2023. <https://x.org/a_b?c=1>"
        );
        assert_eq!(linked("https://x.org/<b>"), "https://x.org/\\<b>");
    }
}
