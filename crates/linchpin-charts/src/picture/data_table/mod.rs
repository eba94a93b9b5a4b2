//! A picture's numbers as a plain table: what is drawn, row by row, for those who read rather than
//! look, and for other programs.

mod axes;
mod columns;
mod groups;

use super::{Picture, PictureBody};
use linchpin_register::{RecordRef, Register};

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
        body_table(&self.body)
    }
}

fn body_table(body: &PictureBody) -> DataTable {
    match body {
        PictureBody::Bars(it) => groups::bars(it),
        PictureBody::Stacked(it) => groups::stacked(it),
        PictureBody::Plot(it) => axes::plot(it),
        PictureBody::Timeline(it) => axes::timeline(it),
        PictureBody::Matrix(it) => groups::matrix(it),
        PictureBody::Waffle(it) => groups::waffle(it),
        PictureBody::Network(it) => groups::network(it),
        PictureBody::Table(it) => groups::table(it),
        PictureBody::SmallMultiples(it) => {
            let parts = it.panels.iter();
            let parts = parts.map(|panel| (panel.title.clone(), body_table(&panel.body)));
            columns::stack_tables(parts.collect())
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
