//! A grid of rows and columns with a mark where the two meet.

use super::Mark;

/// Which row goes with which column, and how often.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    pub rows: Vec<String>,
    pub columns: Vec<String>,
    /// What a cell with a number means.
    pub filled_means: String,
    /// What a ring means.
    pub ring_means: String,
    /// Row by row; each place at most once.
    pub cells: Vec<Cell>,
    /// A heat map: the more, the darker the cell.
    pub is_heat: bool,
}

/// A place where a row and a column meet.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    pub row: usize,
    pub column: usize,
    /// How many records; `None` for a ring.
    pub count: Option<usize>,
    pub mark: Mark,
}
