//! A table of records as a picture.

use super::error::{ChartError, ChartErrorKind, ChartNote, ChartPart};
use super::fields::{DataField, FieldDataType, record_name};
use super::mark_output::{AxisGroups, MarkOutput};
use super::measure;
use super::plan::ChartPlan;
use crate::picture::{
    ChartMark, NumberFormat, PictureBody, PrintedValue, TextColumn, TextRow, TextTable,
};
use linchpin_register::chart_vocabulary::OrderBy;
use linchpin_register::query::fold;
use linchpin_register::tables::{self, Align, CellValue, ColumnSpec};
use linchpin_register::{RecordRef, Register};

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
    let sorted = sorted(plan, records);
    let rows = sorted.iter().take(most).map(|at| {
        let cells: Vec<PrintedValue> = columns
            .iter()
            .map(|column| cell(plan.register, column, *at))
            .collect();
        let words = cells.iter().filter(|cell| !cell.is_blank());
        let words: Vec<String> = words.map(PrintedValue::to_string).collect();
        TextRow {
            mark: ChartMark {
                label: words.join(", "),
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
        let left_out = sorted
            .iter()
            .skip(most)
            .copied()
            .collect::<Vec<RecordRef>>();
        let left_out = left_out.into();
        notes.push(ChartNote::MoreRows { left_out, kind });
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

/// The records in the chart's order.
fn sorted(plan: &ChartPlan<'_>, records: &[RecordRef]) -> Vec<RecordRef> {
    let mut all = records.to_vec();
    let Some(order) = &plan.chart.sort else {
        return all;
    };
    if order.by == OrderBy::Name {
        let name = |at: &RecordRef| fold::fold(&record_name(plan.register, *at, false));
        let mut named: Vec<(String, RecordRef)> = all.iter().map(|at| (name(at), *at)).collect();
        named.sort_by(|a, b| fold::natural_order(&a.0, &b.0));
        all = named.into_iter().map(|(_, at)| at).collect();
    }
    if order.descending {
        all.reverse();
    }
    all
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

/// What a table's column shows of a record: a number where it stands on the right.
fn cell(register: &Register, column: &ColumnSpec, at: RecordRef) -> PrintedValue {
    let index = at.index as usize;
    let cell = (column.cell)(register, index);
    let text = || truncate_cell(&cell.text()).into();
    if column.align != Align::Right {
        return text();
    }
    let field = DataField::find(at.kind, column.key);
    let is_amount = field.is_some_and(|it| matches!(it.data_type, FieldDataType::Amount));
    match (&cell.value, register.figures.get(index)) {
        (_, Some(figure)) if is_amount => {
            let value = PrintedValue::of_figure(figure);
            let fits = value.to_string().chars().count() <= MAX_CELL_CHARS;
            if fits { value } else { text() }
        }
        (CellValue::Count(count), _) => {
            PrintedValue::number(*count as f64, NumberFormat::Ungrouped)
        }
        _ => text(),
    }
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
