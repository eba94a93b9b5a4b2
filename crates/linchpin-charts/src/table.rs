//! A table of records as a picture.

use super::error::{ChartError, ChartErrorKind, ChartNote, ChartPart};
use super::mark_output::{AxisGroups, MarkOutput};
use super::measure;
use super::plan::ChartPlan;
use crate::picture::{ChartMark, PictureBody, TextColumn, TextRow, TextTable};
use linchpin_register::RecordRef;
use linchpin_register::tables::{self, Align, ColumnSpec};

/// The most rows, and the columns, where a chart does not say.
const MAX_ROWS: u32 = 40;
const DEFAULT_COLUMNS: usize = 4;

/// The longest text in a cell, in characters.
const MAX_CELL_CHARS: usize = 240;

/// Draws the records of a plan, or some of them.
pub fn draw(plan: &ChartPlan<'_>, records: &[RecordRef]) -> Result<MarkOutput, ChartError> {
    let kind = plan.single_kind()?;
    if records.is_empty() {
        return Err(measure::no_records_error(plan));
    }
    let columns = columns(plan)?;
    let most = plan
        .chart
        .y
        .as_ref()
        .and_then(|y| y.limit)
        .unwrap_or(MAX_ROWS)
        .max(1) as usize;
    let rows = records.iter().take(most).map(|at| {
        let cells: Vec<String> = columns
            .iter()
            .map(|column| truncate_cell(&(column.cell)(plan.register, at.index as usize).text))
            .collect();
        TextRow {
            mark: ChartMark {
                label: cells
                    .iter()
                    .filter(|c| !c.is_empty())
                    .cloned()
                    .collect::<Vec<_>>()
                    .join(", "),
                records: vec![*at],
            },
            cells,
        }
    });
    let body = TextTable {
        rows: rows.collect(),
        columns: columns
            .iter()
            .map(|column| TextColumn {
                title: column.title.to_owned(),
                is_numeric: column.align == Align::Right,
            })
            .collect(),
    };
    let mut notes = Vec::new();
    if records.len() > most {
        let count = records.len() - most;
        notes.push(ChartNote::MoreRows { count, kind });
    }
    Ok(MarkOutput {
        body: PictureBody::Table(body),
        notes,
        whole_chart_notes: Vec::new(),
        axis_groups: AxisGroups::default(),
        unit: None,
        has_overlap: false,
    })
}

fn columns(plan: &ChartPlan<'_>) -> Result<Vec<&'static ColumnSpec>, ChartError> {
    let kind = plan.single_kind()?;
    let table = tables::of_kind(kind);
    if plan.chart.columns.is_empty() {
        return Ok(table.columns.iter().take(DEFAULT_COLUMNS).collect());
    }
    let find = |name: &String| {
        table.column(name).ok_or_else(|| {
            let name = name.clone();
            ChartErrorKind::UnknownColumn { kind, name }.at(ChartPart::Columns)
        })
    };
    plan.chart.columns.iter().map(find).collect()
}

/// A cell is no page.
fn truncate_cell(text: &str) -> String {
    let mut words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((at, _)) = words.char_indices().nth(MAX_CELL_CHARS) {
        words.truncate(at);
        words.push('…');
    }
    words
}
