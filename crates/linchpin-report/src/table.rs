//! Rows and columns with typed cells.

/// A table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// From left to right.
    pub columns: Vec<Column>,
    /// Each with a cell for each column.
    pub rows: Vec<Vec<Cell>>,
}

/// A column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Column {
    /// Its heading. Where all are empty, the table has no row of headings.
    pub title: String,
    /// Whether its cells end at the right.
    pub is_number: bool,
    /// Whether it names its row: it gives way last where there is little room.
    pub is_name: bool,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Words; empty for nothing.
    Text(String),
    /// A number: for programs, and as people read it.
    Number(f64, String),
    /// Several words of one kind, such as ids.
    List(Vec<String>),
}

impl Table {
    /// A table without headings.
    pub fn without_headings(rows: Vec<Vec<String>>) -> Table {
        let width = rows.iter().map(Vec::len).max().unwrap_or(0);
        let cells = |row: Vec<String>| row.into_iter().map(Cell::Text).collect();
        Table {
            columns: vec![Column::default(); width],
            rows: rows.into_iter().map(cells).collect(),
        }
    }

    pub(crate) fn has_headings(&self) -> bool {
        self.columns.iter().any(|column| !column.title.is_empty())
    }
}

impl Column {
    /// A column with this heading.
    pub fn new(title: impl Into<String>) -> Column {
        Column {
            title: title.into(),
            ..Column::default()
        }
    }
}

impl Cell {
    /// The cell as people read it.
    pub fn words(&self) -> String {
        match self {
            Cell::Text(words) | Cell::Number(_, words) => words.clone(),
            Cell::List(items) => items.join(" "),
        }
    }
}

impl From<String> for Cell {
    fn from(words: String) -> Cell {
        Cell::Text(words)
    }
}

impl From<&str> for Cell {
    fn from(words: &str) -> Cell {
        Cell::Text(words.to_owned())
    }
}
