//! Changes as JSON, for programs.

use super::VersionNames;
use crate::versions::version_change::{RecordSnapshot, ValueDiff, VersionChange, VersionDiff};
use serde_json::{Value, json};

/// One object, laid out for reading; `linchpin diff --help` tells its fields.
pub fn json(changes: &VersionDiff, names: &VersionNames) -> String {
    let groups = changes.groups();
    let counts = groups.iter().map(|group| {
        json!({
            "what": group.kind.code(),
            "kind": group.record_kind.map(|kind| kind.what()),
            "count": group.changes.iter().map(|entry| entry.count).sum::<usize>(),
            "words": group.count_label(),
        })
    });
    let value = json!({
        "title": names.title,
        "old": names.old,
        "new": names.new,
        "same": changes.is_formatting_only(),
        "counts": counts.collect::<Vec<Value>>(),
        "changes": changes.changes.iter().map(change_json).collect::<Vec<Value>>(),
    });
    let mut out = serde_json::to_string_pretty(&value).unwrap_or_default();
    out.push('\n');
    out
}

fn change_json(entry: &VersionChange) -> Value {
    let id = entry.id();
    json!({
        "what": entry.kind.code(),
        "kind": entry.record_kind.map(|kind| kind.what()),
        "id": (!id.is_empty()).then_some(id),
        "title": entry.title(),
        "headline": entry.headline(),
        "because": entry.reason,
        "count": entry.count,
        "old": entry.old.as_ref().map(snapshot_json),
        "new": entry.new.as_ref().map(snapshot_json),
        "differences": entry.value_diffs.iter().map(value_diff_json).collect::<Vec<Value>>(),
    })
}

fn snapshot_json(side: &RecordSnapshot) -> Value {
    let cited = side.cited.iter().map(|cited| {
        json!({
            "document": cited.document,
            "paragraph": cited.paragraph,
            "phrase": cited.phrase,
            "place": cited.location_text,
        })
    });
    json!({
        "id": side.id,
        "title": side.title,
        "gist": side.summary,
        "statement": side.statement,
        "citations": cited.collect::<Vec<Value>>(),
    })
}

fn value_diff_json(pair: &ValueDiff) -> Value {
    json!({ "field": pair.label, "old": pair.old, "new": pair.new })
}
