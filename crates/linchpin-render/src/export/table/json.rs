//! JSON: every field of each record, its citations with document, paragraph and phrase included.

use super::TableFormat;
use linchpin_register::tables::{TableSpec, formatting};
use linchpin_register::{Commitment, Document, RecordKind, RecordRef, Register};
use serde_json::{Value, json};

pub static FORMAT: TableFormat = TableFormat {
    id: "json",
    title: "JSON (every field)",
    write,
};

fn write(register: &Register, table: &TableSpec, rows: &[u32]) -> String {
    let records: Vec<Value> = rows
        .iter()
        .filter_map(|&row| {
            record(
                register,
                RecordRef {
                    kind: table.kind,
                    index: row,
                },
            )
        })
        .collect();
    let mut out = serde_json::to_string_pretty(&records).unwrap_or_default();
    out.push('\n');
    out
}

/// One record, with what its links and citations mean beside their ids.
fn record(register: &Register, at: RecordRef) -> Option<Value> {
    let record = register.record(at)?;
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
            fields.insert(
                "address".into(),
                json!(formatting::citation_url(register, citation)),
            );
        }
    }
    if at.kind == RecordKind::Commitment
        && let Some(commitment) = register.commitments.get(at.index as usize)
    {
        let step = commitment.effective_step(register);
        object.insert("step".into(), json!(step.map(|s| s.id.as_str())));
        object.insert("step_rank".into(), json!(step.and_then(|s| s.rank)));
        object.insert(
            "current_status".into(),
            json!(Commitment::current_status(commitment).name()),
        );
    }
    Some(value)
}
