//! Tables of a register as files. A new format is its line in [`ALL`].

use linchpin_register::tables::{Align, CellValue, ColumnSpec, TableSpec, formatting};
use linchpin_register::{Citation, Commitment, Document, RecordKind, RecordRef, Register};
use linchpin_report::{Column, Table, csv, json, markdown};
use serde_json::{Value, json};

/// A way to write a table.
pub struct TableFormat {
    /// The name on the command line, and the extension.
    pub id: &'static str,
    /// What it is called in menus.
    pub title: &'static str,
    /// Writes the rows, given by their places in the list of the type, in this order.
    pub write: fn(&Register, &TableSpec, &[u32]) -> String,
}

/// Every format.
pub static ALL: &[&TableFormat] = &[
    &TableFormat {
        id: "csv",
        title: "CSV (spreadsheet)",
        write: |register, table, rows| csv::write(&spreadsheet(register, table, rows)),
    },
    &TableFormat {
        id: "json",
        title: "JSON (every field)",
        write: |register, table, rows| {
            let records = rows.iter().filter_map(|row| record(register, table, *row));
            json::write(&records.collect::<Vec<_>>())
        },
    },
    &TableFormat {
        id: "md",
        title: "Markdown table",
        write: |register, table, rows| markdown::write_table(&as_shown(register, table, rows)),
    },
];

/// The format with this name.
pub fn by_id(id: &str) -> Option<&'static TableFormat> {
    ALL.iter().copied().find(|f| f.id == id)
}

/// The rows with the columns of the window.
pub fn as_shown(register: &Register, table: &TableSpec, rows: &[u32]) -> Table {
    let column = |column: &ColumnSpec| Column {
        title: column.title.into(),
        is_number: column.align == Align::Right,
        is_name: matches!(column.key, "title" | "name" | "label"),
    };
    let row = |row: &u32| {
        let cells = table.columns.iter();
        let cells = cells.map(|column| {
            (column.cell)(register, *row as usize)
                .text()
                .into_owned()
                .into()
        });
        cells.collect()
    };
    Table {
        columns: table.columns.iter().map(column).collect(),
        rows: rows.iter().map(row).collect(),
    }
}

/// What every row of a spreadsheet ends with: where its words stand.
const SOURCE_COLUMNS: [&str; 6] = [
    "document",
    "paragraph",
    "phrase",
    "voice",
    "speaker",
    "address",
];

/// The rows with their ids, under the names of fields, and with the parts of their first citation
/// in columns of their own.
fn spreadsheet(register: &Register, table: &TableSpec, rows: &[u32]) -> Table {
    let own = || table.columns.iter().filter(|column| column.key != "source");
    let keys = own().map(|column| column.key);
    let heads = ["id"].into_iter().chain(keys).chain(SOURCE_COLUMNS);
    let row = |row: &u32| {
        let at = RecordRef {
            kind: table.kind,
            index: *row,
        };
        let record = register.record(at)?;
        let cells =
            own().map(|column| spreadsheet_text((column.cell)(register, *row as usize).value));
        let id = [record.id().to_owned()].into_iter();
        let cells = id.chain(cells);
        let cells = cells.chain(source_cells(register, record.citations()));
        Some(cells.map(Into::into).collect())
    };
    Table {
        columns: heads.map(Column::new).collect(),
        rows: rows.iter().filter_map(row).collect(),
    }
}

/// What a cell says to a program: a date as the file writes it, so that it can be read and sorted.
fn spreadsheet_text(value: CellValue) -> String {
    match value {
        CellValue::Date(date) => date.to_code(),
        value => value.text().into_owned(),
    }
}

/// The first citation of a record, in the order of [`SOURCE_COLUMNS`].
fn source_cells(register: &Register, citations: &[Citation]) -> [String; 6] {
    let Some(c) = citations.first() else {
        return Default::default();
    };
    let title = |id: &str| register.short_title_of(id).to_owned();
    [
        title(c.document.as_str()),
        c.paragraph.map_or_else(String::new, |p| p.to_string()),
        c.phrase.clone().unwrap_or_default(),
        c.effective_voice().label().to_owned(),
        c.speaker
            .as_ref()
            .map_or_else(String::new, |s| title(s.as_str())),
        formatting::citation_url(register, c).unwrap_or_default(),
    ]
}

/// Every field of a record, with what its links and citations mean next to their ids.
fn record(register: &Register, table: &TableSpec, index: u32) -> Option<Value> {
    let kind = table.kind;
    let record = register.record(RecordRef { kind, index })?;
    let mut value = record.json();
    let object = value.as_object_mut()?;
    if let Some(Value::Array(list)) = object.get_mut("citations") {
        for (written, citation) in list.iter_mut().zip(record.citations()) {
            let Some(fields) = written.as_object_mut() else {
                continue;
            };
            fields.insert("voice".into(), json!(citation.effective_voice().name()));
            if let Some(document) = register.get::<Document>(citation.document.as_str()) {
                fields.insert("document_title".into(), json!(document.title));
            }
            let url = formatting::citation_url(register, citation);
            fields.insert("address".into(), json!(url));
        }
    }
    if kind == RecordKind::Commitment
        && let Some(commitment) = register.commitments.get(index as usize)
    {
        let step = commitment.effective_step(register);
        object.insert("step".into(), json!(step.map(|s| s.id.as_str())));
        object.insert("step_rank".into(), json!(step.and_then(|s| s.rank)));
        let status = Commitment::current_status(commitment);
        object.insert("current_status".into(), json!(status.name()));
    }
    Some(value)
}
