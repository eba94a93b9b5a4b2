//! A table in words, as a picture.

use super::{ChartMark, PrintedValue};

/// Rows of words.
#[derive(Clone, Debug, PartialEq)]
pub struct TextTable {
    pub columns: Vec<TextColumn>,
    pub rows: Vec<TextRow>,
}

/// One column.
#[derive(Clone, Debug, PartialEq)]
pub struct TextColumn {
    pub title: String,
    /// Its words end at the right: numbers.
    pub is_numeric: bool,
}

/// One row: a cell for each column.
#[derive(Clone, Debug, PartialEq)]
pub struct TextRow {
    pub cells: Vec<PrintedValue>,
    pub mark: ChartMark,
}
