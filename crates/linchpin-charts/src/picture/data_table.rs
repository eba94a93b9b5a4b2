//! A picture's numbers as a plain table: what is drawn, row by row, for those who read rather than
//! look, and for other programs.

use super::{Picture, PictureBody, PictureDerivation};
use crate::picture::{
    AxisScale, Bars, ChartMark, Extent, Matrix, Network, PlotAxis, PlotPoint, PrintedValue,
    StackedBars, TextTable, Timeline, Waffle, XyPlot, date_positions,
};
use linchpin_register::chart_vocabulary::Arrangement;
use linchpin_register::tables::formatting;
use linchpin_register::{Date, RecordKind, RecordRef, Register};
use std::collections::BTreeSet;

/// A table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DataTable {
    /// What stands in each column, in lower case where it is not a name of the picture's own.
    pub columns: Vec<String>,
    pub rows: Vec<DataRow>,
}

/// One row: a cell and a number for each column.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DataRow {
    /// As they are read: numbers with separators, dates as ISO 8601 ("2023-11-13", "2023-11",
    /// "2023"; a decade as "1950s"). Empty where there is nothing, such as an open end.
    pub cells: Vec<String>,
    /// The number of a cell, where it is one; always finite.
    pub numbers: Vec<Option<f64>>,
    /// The records behind the row.
    pub records: Vec<RecordRef>,
}

impl Picture {
    /// What is drawn as a table. A number that is not exact stands as "lower bound" and "upper
    /// bound", an open end as an empty cell. Nothing where nothing is drawn.
    pub fn data_table(&self) -> DataTable {
        let table = body_table(&self.body);
        match &self.derivation {
            Some(derivation) => with_formula(table, derivation),
            None => table,
        }
    }
}

/// The same table, with a name for the numbers that are worked out, and how they are in each row.
fn with_formula(mut table: DataTable, derivation: &PictureDerivation) -> DataTable {
    for heading in &mut table.columns {
        if heading == NUMBER_HEADING {
            heading.clone_from(&derivation.name);
        }
    }
    if !table.rows.is_empty() {
        table.columns.push("formula".into());
    }
    for row in &mut table.rows {
        row.cells.push(derivation.formula.clone());
        row.numbers.push(None);
    }
    table
}

fn body_table(body: &PictureBody) -> DataTable {
    match body {
        PictureBody::Bars(it) => bars(it),
        PictureBody::Stacked(it) => stacked(it),
        PictureBody::Plot(it) => plot(it),
        PictureBody::Bullet(it) => it.data_table(),
        PictureBody::Dumbbell(it) => it.data_table(),
        PictureBody::Timeline(it) => timeline(it),
        PictureBody::Matrix(it) => matrix(it),
        PictureBody::Waffle(it) => waffle(it),
        PictureBody::Network(it) => network(it),
        PictureBody::Table(it) => table(it),
        PictureBody::SmallMultiples(it) => {
            let parts = it.panels.iter();
            let parts = parts.map(|panel| (panel.title.clone(), body_table(&panel.body)));
            stack_tables(parts.collect())
        }
        PictureBody::Empty(_) => DataTable::default(),
    }
}

impl DataTable {
    /// The same table with a last column "records": the ids of the records behind each row, with
    /// spaces between.
    pub fn with_record_ids(mut self, register: &Register) -> DataTable {
        let name = self.record_ids_heading();
        self.columns.push(name.into());
        for row in &mut self.rows {
            let ids = row.records.iter().filter_map(|at| register.record(*at));
            let ids: Vec<&str> = ids.map(|record| record.id()).collect();
            row.cells.push(ids.join(" "));
            row.numbers.push(None);
        }
        self
    }

    /// The head of a column of ids: the chart itself may have a column "records".
    pub fn record_ids_heading(&self) -> &'static str {
        if self.columns.iter().any(|head| head == "records") {
            "record ids"
        } else {
            "records"
        }
    }

    /// Whether all that stands in a column are numbers: such columns end at the right.
    pub fn is_numeric_column(&self, column: usize) -> bool {
        let filled = |row: &&DataRow| row.cells.get(column).is_some_and(|c| !c.is_empty());
        let mut filled = self.rows.iter().filter(filled).peekable();
        filled.peek().is_some()
            && filled.all(|row| matches!(row.numbers.get(column), Some(Some(_))))
    }
}

/// A cell with its number.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DataCell {
    pub text: String,
    pub number: Option<f64>,
}

impl DataCell {
    pub fn text(text: &str) -> DataCell {
        DataCell {
            text: text.to_owned(),
            number: None,
        }
    }

    /// A number with all its digits; nothing where it is not finite.
    pub fn number(value: f64) -> DataCell {
        if !value.is_finite() {
            return DataCell::default();
        }
        DataCell {
            text: formatting::format_number(value),
            number: Some(value),
        }
    }

    pub fn optional_number(value: Option<f64>) -> DataCell {
        value.map_or_else(DataCell::default, DataCell::number)
    }

    fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

/// A column under its head.
pub struct DataColumn {
    pub heading: String,
    pub cells: Vec<DataCell>,
}

impl DataColumn {
    pub fn new(head: &str, cells: impl Iterator<Item = DataCell>) -> DataColumn {
        DataColumn {
            heading: head.to_owned(),
            cells: cells.collect(),
        }
    }

    pub fn of_text<'a>(head: &str, texts: impl Iterator<Item = &'a str>) -> DataColumn {
        DataColumn::new(head, texts.map(DataCell::text))
    }

    /// Numbers as the picture prints them, bounds and units included.
    pub fn as_printed<'a>(values: impl Iterator<Item = &'a PrintedValue>) -> DataColumn {
        let cells = values.map(|value| DataCell::text(&value.to_string()));
        DataColumn::new("as printed", cells)
    }

    /// Nothing, where all its cells are empty.
    pub fn if_not_empty(self) -> Option<DataColumn> {
        self.cells.iter().any(|c| !c.is_empty()).then_some(self)
    }
}

/// The table of these columns, all as long as `records`. Heads that are the same are told apart by
/// a number.
pub fn build_table(columns: Vec<DataColumn>, records: Vec<Vec<RecordRef>>) -> DataTable {
    let mut heads: Vec<String> = Vec::new();
    for column in &columns {
        let mut head = column.heading.clone();
        let mut count = 1;
        while heads.contains(&head) {
            count += 1;
            head = format!("{} ({count})", column.heading);
        }
        heads.push(head);
    }
    let row = |(at, records): (usize, Vec<RecordRef>)| {
        let cells = columns.iter();
        let cells = cells.map(|column| column.cells.get(at).cloned().unwrap_or_default());
        let (cells, numbers) = cells.map(|cell| (cell.text, cell.number)).unzip();
        DataRow {
            cells,
            numbers,
            records,
        }
    };
    DataTable {
        rows: records.into_iter().enumerate().map(row).collect(),
        columns: heads,
    }
}

/// The columns of numbers with bounds: one where all are exact, else a lower and an upper one.
pub fn bound_columns(head: &str, extents: &[Extent]) -> Vec<DataColumn> {
    if extents.iter().all(|e| e.low == e.high) {
        return vec![DataColumn::new(
            head,
            extents.iter().map(|e| DataCell::optional_number(e.low)),
        )];
    }
    let lead = if head == NUMBER_HEADING {
        String::new()
    } else {
        format!("{head}, ")
    };
    vec![
        DataColumn::new(
            &format!("{lead}lower bound"),
            extents.iter().map(|e| DataCell::optional_number(e.low)),
        ),
        DataColumn::new(
            &format!("{lead}upper bound"),
            extents.iter().map(|e| DataCell::optional_number(e.high)),
        ),
    ]
}

/// The head of a column of numbers that have no other.
pub const NUMBER_HEADING: &str = "number";

/// What the numbers of these marks are: "commitments" where each is the number of its records.
pub fn counted_heading<'a>(marks: impl Iterator<Item = (&'a ChartMark, Extent)>) -> Option<String> {
    let mut kinds = BTreeSet::new();
    for (mark, extent) in marks {
        if extent != Extent::exact(mark.records.len() as f64) {
            return None;
        }
        kinds.extend(mark.records.iter().map(|at| at.kind));
    }
    let mut kinds = kinds.into_iter();
    match (kinds.next(), kinds.next()) {
        (None, _) => None,
        (Some(RecordKind::LadderStep), None) => Some("ladder steps".into()),
        (Some(kind), None) => Some(kind.noun().many.to_owned()),
        _ => Some("records".into()),
    }
}

/// Tables under each other, each row with the title of its own in front. Columns of one head are
/// one.
pub fn stack_tables(parts: Vec<(String, DataTable)>) -> DataTable {
    let mut columns: Vec<String> = vec!["panel".into()];
    for head in parts.iter().flat_map(|(_, data)| &data.columns) {
        if !columns[1..].contains(head) {
            columns.push(head.clone());
        }
    }
    let mut rows = Vec::new();
    for (title, data) in parts {
        for row in data.rows {
            let mut out = DataRow {
                cells: vec![String::new(); columns.len()],
                numbers: vec![None; columns.len()],
                records: row.records,
            };
            out.cells[0].clone_from(&title);
            let cells = row.cells.into_iter().zip(row.numbers);
            for (head, (cell, number)) in data.columns.iter().zip(cells) {
                if let Some(at) = columns.iter().skip(1).position(|c| c == head) {
                    out.cells[at + 1] = cell;
                    out.numbers[at + 1] = number;
                }
            }
            rows.push(out);
        }
    }
    DataTable { columns, rows }
}

fn mark_records<'a>(marks: impl Iterator<Item = &'a ChartMark>) -> Vec<Vec<RecordRef>> {
    marks.map(|mark| mark.records.clone()).collect()
}

pub fn bars(bars: &Bars) -> DataTable {
    let all: Vec<_> = bars
        .panels
        .iter()
        .flat_map(|panel| panel.bars.iter().map(move |bar| (panel, bar)))
        .collect();
    let lengths: Vec<Extent> = all.iter().map(|(_, bar)| bar.extent).collect();
    let count = counted_heading(all.iter().map(|(_, bar)| (&bar.mark, bar.extent)));
    // A count is its own print: a second column would say it again.
    let is_count = count.is_some();
    let mut columns = vec![DataColumn::of_text(
        "name",
        all.iter().map(|(_, bar)| bar.name.as_str()),
    )];
    columns.extend(bound_columns(
        count.as_deref().unwrap_or(NUMBER_HEADING),
        &lengths,
    ));
    let units = all
        .iter()
        .map(|(panel, _)| panel.title.as_deref().unwrap_or_default());
    columns.extend(DataColumn::of_text("unit", units).if_not_empty());
    if !is_count {
        columns.push(DataColumn::as_printed(all.iter().map(|(_, bar)| &bar.text)));
    }
    let details = all
        .iter()
        .map(|(_, bar)| bar.detail.as_deref().unwrap_or_default());
    columns.extend(DataColumn::of_text("detail", details).if_not_empty());
    build_table(columns, mark_records(all.iter().map(|(_, bar)| &bar.mark)))
}

/// A row for each bar, a column for each of its parts.
pub fn stacked(stacked: &StackedBars) -> DataTable {
    let rows = &stacked.bars;
    let segments = || rows.iter().flat_map(|row| &row.segments);
    let is_count = counted_heading(segments().map(|s| (&s.mark, Extent::exact(s.value)))).is_some();
    let mut columns = vec![DataColumn::of_text(
        "name",
        rows.iter().map(|row| row.name.as_str()),
    )];
    for (key, what) in stacked.keys.iter().enumerate() {
        let parts = rows.iter().map(|row| {
            let part = row.segments.iter().find(|segment| segment.key == key);
            part.map_or_else(DataCell::default, |segment| DataCell::number(segment.value))
        });
        columns.push(DataColumn::new(&what.name, parts));
    }
    // Side by side the parts count, and what they add up to is drawn nowhere.
    if stacked.arrangement != Arrangement::Grouped {
        let totals = rows.iter().map(|row| DataCell::number(row.total()));
        columns.push(DataColumn::new("total", totals));
        let printed = rows.iter().map(|row| &row.text);
        columns.extend((!is_count).then(|| DataColumn::as_printed(printed)));
    }
    let of_row = |row: &crate::picture::StackedBar| {
        let marks = row
            .segments
            .iter()
            .flat_map(|segment| &segment.mark.records);
        marks.copied().collect()
    };
    build_table(columns, rows.iter().map(of_row).collect())
}

/// A row for each row, a column for each column; a ring is what it means.
pub fn matrix(matrix: &Matrix) -> DataTable {
    let cell = |row: usize, column: usize| {
        let mut cells = matrix.cells.iter();
        cells.find(|cell| (cell.row, cell.column) == (row, column))
    };
    let mut columns = vec![DataColumn::of_text(
        "name",
        matrix.rows.iter().map(String::as_str),
    )];
    for (column, head) in matrix.columns.iter().enumerate() {
        let cells = (0..matrix.rows.len()).map(|row| {
            let Some(cell) = cell(row, column) else {
                return DataCell::default();
            };
            match &cell.number {
                Some(number) if number.extent.low == number.extent.high => {
                    DataCell::optional_number(number.extent.low)
                }
                Some(number) => DataCell::text(&number.text.to_string()),
                None => DataCell::text(&matrix.ring_legend),
            }
        });
        columns.push(DataColumn::new(head, cells));
    }
    let of_row = |row: usize| {
        let cells = matrix.cells.iter().filter(|cell| cell.row == row);
        let mut records: Vec<_> = cells.flat_map(|cell| cell.mark.records.clone()).collect();
        records.sort_unstable();
        records.dedup();
        records
    };
    build_table(columns, (0..matrix.rows.len()).map(of_row).collect())
}

pub fn waffle(waffle: &Waffle) -> DataTable {
    let groups = &waffle.groups;
    let amounts: Vec<Extent> = groups
        .iter()
        .map(|group| group.extent(waffle.units_per_square))
        .collect();
    let mut columns = vec![DataColumn::of_text(
        "name",
        groups.iter().map(|g| g.name.as_str()),
    )];
    columns.extend(bound_columns(NUMBER_HEADING, &amounts));
    columns.push(DataColumn::of_text(
        "unit",
        groups.iter().map(|_| waffle.unit.as_str()),
    ));
    columns.push(DataColumn::as_printed(groups.iter().map(|g| &g.text)));
    build_table(
        columns,
        mark_records(groups.iter().map(|group| &group.mark)),
    )
}

/// A row for each link, and one for each record without any.
pub fn network(network: &Network) -> DataTable {
    let node = |at: usize| network.nodes.get(at);
    let name = |at: usize| node(at).map_or("", |node| node.name.as_str());
    let kind = |at: usize| {
        let key = node(at).and_then(|node| network.keys.get(node.key));
        key.map_or("", |key| key.name.as_str())
    };
    let mut rows: Vec<(usize, &str, Option<usize>)> = network
        .edges
        .iter()
        .map(|link| (link.from, link.label.as_str(), Some(link.to)))
        .collect();
    let ends = || network.edges.iter().flat_map(|link| [link.from, link.to]);
    let linked: std::collections::BTreeSet<usize> = ends().collect();
    let alone = (0..network.nodes.len()).filter(|at| !linked.contains(at));
    rows.extend(alone.map(|at| (at, "", None)));
    let to = |row: &(usize, &str, Option<usize>)| row.2.map_or("", name);
    let to_kind = |row: &(usize, &str, Option<usize>)| row.2.map_or("", kind);
    let columns = vec![
        DataColumn::of_text("from", rows.iter().map(|row| name(row.0))),
        DataColumn::of_text("kind of from", rows.iter().map(|row| kind(row.0))),
        DataColumn::of_text("link", rows.iter().map(|row| row.1)),
        DataColumn::of_text("to", rows.iter().map(to)),
        DataColumn::of_text("kind of to", rows.iter().map(to_kind)),
    ];
    let of_row = |row: &(usize, &str, Option<usize>)| {
        let ends = [Some(row.0), row.2].into_iter().flatten();
        let nodes = ends.filter_map(node);
        nodes.flat_map(|node| node.mark.records.clone()).collect()
    };
    build_table(columns, rows.iter().map(of_row).collect())
}

pub fn table(table: &TextTable) -> DataTable {
    let column = |(at, column): (usize, &crate::picture::TextColumn)| {
        let cells = table.rows.iter().map(|row| match row.cells.get(at) {
            Some(value) => DataCell {
                text: value.to_string(),
                number: value.exact_number(),
            },
            None => DataCell::default(),
        });
        DataColumn::new(&column.title, cells)
    };
    let columns = table.columns.iter().enumerate().map(column).collect();
    build_table(
        columns,
        mark_records(table.rows.iter().map(|row| &row.mark)),
    )
}

pub fn plot(plot: &XyPlot) -> DataTable {
    let points: Vec<_> = plot
        .series
        .iter()
        .flat_map(|series| series.points.iter().map(move |point| (series, point)))
        .collect();
    let mut columns: Vec<DataColumn> = Vec::new();
    if plot.series.len() > 1 {
        let names = points.iter().map(|(series, _)| series.key.name.as_str());
        columns.push(DataColumn::of_text("series", names));
    }
    let names = points.iter().map(|(_, point)| point.name.as_str());
    columns.extend(DataColumn::of_text("name", names).if_not_empty());
    for (axis, plain, of) in [
        (
            &plot.x,
            "across",
            (|p: &PlotPoint| (p.x, p.dates[0])) as fn(&PlotPoint) -> (Extent, Option<Date>),
        ),
        (&plot.y, "up", |p: &PlotPoint| (p.y, p.dates[1])),
    ] {
        let (places, dates): (Vec<Extent>, Vec<Option<Date>>) =
            points.iter().map(|(_, point)| of(point)).unzip();
        columns.extend(axis_columns(axis, plain, &places, &dates));
    }
    let printed = points.iter().map(|(_, point)| &point.text);
    columns.extend(DataColumn::as_printed(printed).if_not_empty());
    let records = points.iter().map(|(_, point)| point.mark.records.clone());
    build_table(columns, records.collect())
}

fn axis_columns(
    axis: &PlotAxis,
    plain: &str,
    places: &[Extent],
    dates: &[Option<Date>],
) -> Vec<DataColumn> {
    let title = axis.title.trim();
    match &axis.scale {
        AxisScale::Bands(names) => {
            let name = |place: &Extent| {
                let at = place.low.or(place.high).unwrap_or_default();
                let name = (at >= 0.0).then(|| names.get(at as usize)).flatten();
                name.map_or("", String::as_str)
            };
            let head = if title.is_empty() { "group" } else { title };
            vec![DataColumn::of_text(head, places.iter().map(name))]
        }
        AxisScale::Dates { .. } => {
            // Whole years as instants are years.
            let whole = |e: &Extent| e.low == e.high && e.low.is_some_and(|at| at.fract() == 0.0);
            let are_years = places.iter().all(whole);
            let spans: Vec<(Option<f64>, Option<f64>)> = places
                .iter()
                .map(|e| match (e.low, e.high) {
                    (Some(low), Some(high)) if low == high => {
                        let length = if are_years { 1.0 } else { 1.0 / 365.25 };
                        (Some(low), Some(low + length))
                    }
                    ends => ends,
                })
                .collect();
            let head = if title.is_empty() { "date" } else { title };
            date_columns(head, &spans, dates)
        }
        AxisScale::Linear { .. } | AxisScale::Log { .. } => {
            let head = match (title, plain) {
                ("", "up") => NUMBER_HEADING,
                ("", plain) => plain,
                (title, _) => title,
            };
            bound_columns(head, places)
        }
    }
}

pub fn timeline(timeline: &Timeline) -> DataTable {
    let rows: Vec<_> = timeline
        .lanes
        .iter()
        .flat_map(|lane| lane.entries.iter().map(move |entry| (lane, entry)))
        .flat_map(|(lane, entry)| entry.dates.iter().map(move |m| (lane, entry, *m)))
        .collect();
    let mut columns = vec![
        DataColumn::of_text("kind", rows.iter().map(|(lane, ..)| lane.name.as_str())),
        DataColumn::of_text("name", rows.iter().map(|(_, entry, _)| entry.name.as_str())),
    ];
    let spans: Vec<_> = rows.iter().map(|(.., span)| span.ends()).collect();
    let dates: Vec<_> = rows.iter().map(|(.., span)| span.date).collect();
    columns.extend(date_columns("date", &spans, &dates));
    let words = rows.iter().map(|(_, entry, _)| entry.date_text.as_str());
    columns.push(DataColumn::of_text("in words", words));
    let records = rows.iter().map(|(_, entry, _)| entry.mark.records.clone());
    build_table(columns, records.collect())
}

/// One column where each is one date, as exact as it was stated; else the first and the last day of
/// each.
pub(super) fn date_columns(
    head: &str,
    spans: &[(Option<f64>, Option<f64>)],
    stated: &[Option<Date>],
) -> Vec<DataColumn> {
    let single =
        |&(from, to): &(Option<f64>, Option<f64>)| date_positions::date_between(from?, to?);
    let singles = spans.iter().zip(stated);
    let singles: Option<Vec<Date>> = singles
        .map(|(span, stated)| stated.or_else(|| single(span)))
        .collect();
    if let Some(dates) = singles {
        let cells = dates.iter().map(|date| DataCell::text(&date.to_code()));
        return vec![DataColumn::new(head, cells)];
    }
    let end = |last: bool| {
        let cells = spans.iter().map(move |&(from, to)| {
            let day = match (from, to) {
                (Some(from), Some(to)) => date_positions::first_and_last_day(from, to)
                    .map(|(a, b)| if last { b } else { a }),
                (Some(from), None) if !last => {
                    date_positions::first_and_last_day(from, from).map(|(a, _)| a)
                }
                (None, Some(to)) if last => {
                    date_positions::first_and_last_day(to - 0.002, to).map(|(_, b)| b)
                }
                _ => None,
            };
            day.map_or_else(DataCell::default, |day| DataCell::text(&day.to_code()))
        });
        let word = if last { "last day" } else { "first day" };
        DataColumn::new(&format!("{head}, {word}"), cells)
    };
    vec![end(false), end(true)]
}
