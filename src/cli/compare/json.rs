//! Two documents beside each other as JSON.

use super::ComparisonReport;
use linchpin_compare::{Finding, Match, Piece, PieceKind, Place, Row, RowKind, Side, Standing};
use linchpin_register::Document;
use serde_json::{Value, json};

/// The whole comparison on several lines.
pub fn json(compared: &ComparisonReport<'_>) -> String {
    let counts: Vec<Value> = Finding::ALL
        .iter()
        .map(|finding| {
            let count = |standing| compared.matching.count(*finding, standing);
            json!({
                "change": finding.name(),
                "confirmed": count(Standing::Confirmed),
                "proposed": count(Standing::Proposed),
            })
        })
        .collect();
    let mut all = json!({
        "before": document_json(compared.before),
        "after": document_json(compared.after),
        "counts": counts,
        "matches": compared.matching.matches.iter().map(match_json).collect::<Vec<_>>(),
    });
    if let (Some((sentences, texts)), Some(all)) = (&compared.sentences, all.as_object_mut()) {
        let rows = sentences.rows.iter().map(|r| row_json(r, *texts));
        all.insert("sentences".into(), rows.collect());
    }
    let text = serde_json::to_string_pretty(&all).unwrap_or_default();
    format!("{text}\n")
}

fn document_json(document: &Document) -> Value {
    json!({
        "id": document.id.as_str(),
        "short": document.short,
        "date": document.date.date.to_code(),
    })
}

fn match_json(one: &Match) -> Value {
    let others = one.others.iter().map(
        |other| json!({ "id": other.id, "title": other.title, "score": rounded(other.score) }),
    );
    json!({
        "change": one.finding.name(),
        "standing": match one.standing {
            Standing::Confirmed => "Confirmed",
            Standing::Proposed => "Proposed",
        },
        "score": one.score.map(rounded),
        "before": one.before.as_ref().map(side_json),
        "after": one.after.as_ref().map(side_json),
        "older": one.older.as_ref().map(side_json),
        "reasons": one.reasons,
        "notes": one.notes,
        "others": others.collect::<Vec<_>>(),
    })
}

fn side_json(side: &Side) -> Value {
    json!({
        "id": side.id,
        "title": side.title,
        "document": side.document,
        "verb": side.verb,
        "hedges": side.hedges,
        "step": side.step,
        "rank": side.rank,
        "phrase": side.phrase,
        "paragraph": side.paragraph,
    })
}

/// Two places: more would only be noise.
fn rounded(score: f64) -> f64 {
    (score * 100.0).round() / 100.0
}

fn row_json(row: &Row, [before, after]: [&str; 2]) -> Value {
    let place = |place: &Place, text: &str| {
        json!({
            "paragraph": place.paragraph,
            "number": place.number,
            "text": text.get(place.range.clone()).unwrap_or_default(),
        })
    };
    let side = |places: &[Place], text: &str| -> Vec<Value> {
        places.iter().map(|one| place(one, text)).collect()
    };
    let words = |piece: &Piece| {
        let (kind, text) = match piece.kind {
            PieceKind::Same => ("Same", after.get(piece.after.clone())),
            PieceKind::Gone => ("Gone", before.get(piece.before.clone())),
            PieceKind::New => ("New", after.get(piece.after.clone())),
        };
        json!({ "kind": kind, "text": text.unwrap_or_default() })
    };
    json!({
        "kind": match row.kind {
            RowKind::Same => "Same",
            RowKind::Changed => "Changed",
            RowKind::New => "New",
            RowKind::Gone => "Gone",
            RowKind::Moved => "Moved",
            RowKind::MovedAway => "MovedAway",
        },
        "before": side(&row.before, before),
        "after": side(&row.after, after),
        "similarity": rounded(row.similarity),
        "words": row.pieces.iter().map(words).collect::<Vec<_>>(),
    })
}
