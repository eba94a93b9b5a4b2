//! Bodies against themes, or against priorities where a register has no themes.

use super::{ChartSpec, share};
use crate::picture::{Body as Drawn, Cell, Mark, Matrix, Picture};
use crate::query::CountingRule;
use crate::register::{Record as _, RecordKind, RecordRef, Register};
use std::collections::BTreeMap;

pub(super) static CHART: ChartSpec = ChartSpec {
    id: "bodies-by-theme",
    title: "Consultative bodies and their themes",
    build,
};

/// The most rows and columns that are drawn.
const MAX_ROWS: usize = 40;
const MAX_COLUMNS: usize = 16;

/// The most names that a note lists.
const MAX_NAMES: usize = 8;

fn build(register: &Register, rule: CountingRule) -> Picture {
    let kind = if register.themes.is_empty() {
        RecordKind::Priority
    } else {
        RecordKind::Theme
    };
    let (one, more) = if kind == RecordKind::Theme {
        ("theme", "themes")
    } else {
        ("priority", "priorities")
    };
    let found = meetings(register, rule, kind);
    let subtitle = format!(
        "Commitments that work through a body, by {one}. {}",
        share::counted(found.through_a_body, rule)
    );
    if found.cells.is_empty() {
        let why = if register.bodies.is_empty() {
            "The register has no bodies yet. Add the first one to the list “bodies” in the file."
        } else {
            "No body has a theme, and no commitment works through one. Name themes in the bodies, or bodies in the commitments."
        };
        return CHART.empty(register, subtitle, why);
    }
    let mut rows: Vec<usize> = found.cells.keys().map(|&(row, _)| row).collect();
    rows.dedup();
    let mut columns: Vec<usize> = found.cells.keys().map(|&(_, column)| column).collect();
    columns.sort_unstable();
    columns.dedup();
    let mut notes = Vec::new();
    notes.extend(left_out(
        register,
        kind,
        &rows,
        &format!("No body deals with this {one}"),
        more,
    ));
    let name = |at: RecordRef| register.record(at).map_or("", |r| r.title());
    if rows.len() > MAX_ROWS || columns.len() > MAX_COLUMNS {
        let beyond = [
            (
                rows.len().saturating_sub(MAX_ROWS),
                format!("more {one}"),
                format!("more {more}"),
            ),
            (
                columns.len().saturating_sub(MAX_COLUMNS),
                "more body".into(),
                "more bodies".into(),
            ),
        ];
        let counted: Vec<String> = beyond
            .iter()
            .filter(|(count, ..)| *count > 0)
            .map(|(count, one, more)| share::many(*count, one, more))
            .collect();
        notes.push(format!("Not drawn: {}.", share::listed(&counted)));
        rows.truncate(MAX_ROWS);
        columns.truncate(MAX_COLUMNS);
    }
    let matrix = Matrix {
        rows: rows
            .iter()
            .map(|&row| share::name(name(at(kind, row))))
            .collect(),
        columns: columns
            .iter()
            .filter_map(|&column| register.bodies.get(column))
            .map(|body| share::name(body.short()))
            .collect(),
        filled_means: "commitments that work through the body and have the theme"
            .replace("theme", one),
        ring_means: "only the body itself names the theme".replace("theme", one),
        cells: cells(register, kind, &found, &rows, &columns),
    };
    let mut records: Vec<RecordRef> = matrix
        .cells
        .iter()
        .flat_map(|c| c.mark.records.iter().copied())
        .collect();
    records.sort_unstable();
    records.dedup();
    Picture {
        id: CHART.id.into(),
        guides: Vec::new(),
        remarks: Vec::new(),
        title: CHART.title.into(),
        subtitle,
        note: share::note(notes),
        source: share::source_line(register, &records),
        description: described(&matrix, more),
        citations: share::citations(register, &records),
        body: Drawn::Matrix(matrix),
    }
}

fn at(kind: RecordKind, index: usize) -> RecordRef {
    RecordRef {
        kind,
        index: index as u32,
    }
}

/// Where a theme and a body meet.
struct Meetings {
    /// By (theme, body): the commitments; empty where only the body names the theme.
    cells: BTreeMap<(usize, usize), Vec<RecordRef>>,
    /// How many commitments that count work through any body.
    through_a_body: usize,
}

fn meetings(register: &Register, rule: CountingRule, kind: RecordKind) -> Meetings {
    let place = |id: &str, kind: RecordKind| {
        register
            .find(id)
            .filter(|at| at.kind == kind)
            .map(|at| at.index as usize)
    };
    let mut cells: BTreeMap<(usize, usize), Vec<RecordRef>> = BTreeMap::new();
    for (column, body) in register.bodies.iter().enumerate() {
        let themes = body.themes.iter().map(|t| t.as_str());
        let links = themes.chain(body.priority.iter().map(|p| p.as_str()));
        for row in links.filter_map(|id| place(id, kind)) {
            cells.entry((row, column)).or_default();
        }
    }
    let mut through_a_body = 0;
    for (index, commitment) in rule.commitments(register) {
        let columns: Vec<usize> = commitment
            .bodies
            .iter()
            .filter_map(|b| place(b.as_str(), RecordKind::Body))
            .collect();
        through_a_body += usize::from(!columns.is_empty());
        let themes = commitment.themes.iter().map(|t| t.as_str());
        let links = themes.chain(commitment.priority.iter().map(|p| p.as_str()));
        for row in links.filter_map(|id| place(id, kind)) {
            for &column in &columns {
                let records = cells.entry((row, column)).or_default();
                if records.last() != Some(&share::commitment(index)) {
                    records.push(share::commitment(index));
                }
            }
        }
    }
    Meetings {
        cells,
        through_a_body,
    }
}

fn cells(
    register: &Register,
    kind: RecordKind,
    found: &Meetings,
    rows: &[usize],
    columns: &[usize],
) -> Vec<Cell> {
    let name = |at: RecordRef| {
        register
            .record(at)
            .map_or_else(String::new, |r| share::name(r.title()))
    };
    let mut out = Vec::new();
    for (row, &theme) in rows.iter().enumerate() {
        for (column, &body) in columns.iter().enumerate() {
            let Some(commitments) = found.cells.get(&(theme, body)) else {
                continue;
            };
            let body_at = at(RecordKind::Body, body);
            let pair = format!("{}, {}", name(body_at), name(at(kind, theme)));
            let count = (!commitments.is_empty()).then_some(commitments.len());
            out.push(Cell {
                row,
                column,
                count,
                mark: match count {
                    Some(count) => Mark {
                        label: format!(
                            "{pair}: {}",
                            share::many(count, "commitment", "commitments")
                        ),
                        records: commitments.clone(),
                    },
                    None => Mark {
                        label: format!("{pair}: named by the body, no commitment"),
                        records: vec![body_at],
                    },
                },
            });
        }
    }
    out
}

/// The themes without any body, by name where they are few.
fn left_out(
    register: &Register,
    kind: RecordKind,
    rows: &[usize],
    lead: &str,
    more: &str,
) -> Option<String> {
    let missing: Vec<usize> = (0..register.count(kind))
        .filter(|row| rows.binary_search(row).is_err())
        .collect();
    if missing.is_empty() {
        return None;
    }
    if missing.len() > MAX_NAMES {
        return Some(format!("No body deals with {} {more}.", missing.len()));
    }
    let names: Vec<String> = missing
        .iter()
        .filter_map(|&row| register.record(at(kind, row)))
        .map(|r| share::name(r.title()))
        .collect();
    let lead = if names.len() == 1 {
        lead.to_owned()
    } else {
        format!("No body deals with these {more}")
    };
    Some(format!("{lead}: {}.", names.join("; ")))
}

fn described(matrix: &Matrix, more: &str) -> String {
    let filled = matrix.cells.iter().filter(|c| c.count.is_some()).count();
    let rings = matrix.cells.len() - filled;
    let mut text = format!(
        "Matrix of {} {more} and {}: {filled} places with commitments, {rings} where only the body names the subject.",
        matrix.rows.len(),
        share::many(matrix.columns.len(), "body", "bodies"),
    );
    // The first of equals.
    if let Some(most) = matrix.cells.iter().rev().max_by_key(|c| c.count)
        && most.count.is_some()
    {
        text.push_str(&format!(" Most: {}.", most.mark.label));
    }
    text
}
