//! Changes as JSON, for programs.

use super::Names;
use crate::versions::entry::{Changes, Entry, Pair, Side};
use serde_json::{Value, json};

/// One object, laid out for reading; `linchpin diff --help` tells its fields.
pub fn json(changes: &Changes, names: &Names) -> String {
    let groups = changes.groups();
    let counts = groups.iter().map(|group| {
        json!({
            "what": group.what.code(),
            "kind": group.kind.map(|kind| kind.what()),
            "count": group.entries.iter().map(|entry| entry.count).sum::<usize>(),
            "words": group.counted(),
        })
    });
    let value = json!({
        "title": names.title,
        "old": names.old,
        "new": names.new,
        "same": changes.says_the_same(),
        "counts": counts.collect::<Vec<Value>>(),
        "changes": changes.entries.iter().map(entry).collect::<Vec<Value>>(),
    });
    let mut out = serde_json::to_string_pretty(&value).unwrap_or_default();
    out.push('\n');
    out
}

fn entry(entry: &Entry) -> Value {
    let id = entry.id();
    json!({
        "what": entry.what.code(),
        "kind": entry.kind.map(|kind| kind.what()),
        "id": (!id.is_empty()).then_some(id),
        "title": entry.title(),
        "headline": entry.headline(),
        "because": entry.because,
        "count": entry.count,
        "old": entry.old.as_ref().map(side),
        "new": entry.new.as_ref().map(side),
        "differences": entry.pairs.iter().map(pair).collect::<Vec<Value>>(),
    })
}

fn side(side: &Side) -> Value {
    let cited = side.cited.iter().map(|cited| {
        json!({
            "document": cited.document,
            "paragraph": cited.paragraph,
            "phrase": cited.phrase,
            "place": cited.place,
        })
    });
    json!({
        "id": side.id,
        "title": side.title,
        "gist": side.gist,
        "statement": side.statement,
        "citations": cited.collect::<Vec<Value>>(),
    })
}

fn pair(pair: &Pair) -> Value {
    json!({ "field": pair.label, "old": pair.old, "new": pair.new })
}
