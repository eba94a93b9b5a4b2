//! A grid of rows and columns with a mark where the two meet.

use super::ChartMark;

/// Which row goes with which column, and how often.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    pub rows: Vec<String>,
    pub columns: Vec<String>,
    /// What a cell with a number means.
    pub filled_legend: String,
    /// What a ring means.
    pub ring_legend: String,
    /// Row by row; each place at most once.
    pub cells: Vec<MatrixCell>,
    /// A heat map: the more, the darker the cell.
    pub is_heatmap: bool,
}

/// A place where a row and a column meet.
#[derive(Clone, Debug, PartialEq)]
pub struct MatrixCell {
    pub row: usize,
    pub column: usize,
    /// How many records; `None` for a ring.
    pub count: Option<usize>,
    pub mark: ChartMark,
}
