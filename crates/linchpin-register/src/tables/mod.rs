//! The tables: what a row of each record type shows, sorts by and is narrowed by. Plain values, no
//! pixels.
//!
//! A new table is one new file, put together by `builder`, and its line in `ALL`.

pub mod assessments;
mod bodies;
mod builder;
mod charts;
pub mod citation_styles;
mod commitments;
mod concerns;
mod dismissals;
mod documents;
mod events;
mod figures;
pub mod formatting;
mod instruments;
mod parties;
pub mod record_detail;
mod sort_columns;
mod terms;

use crate::query::{Facet, SortBy, SortKey, TableIndex};
use crate::schema::{FieldSpec, PathStep};
use crate::{FieldType, RecordKind, Register};
use std::sync::{Arc, LazyLock};

/// Every table, in the order of [`all`].
static ALL: &[&LazyLock<TableSpec>] = &[
    &commitments::TABLE,
    &bodies::TABLE,
    &figures::TABLE,
    &instruments::TABLE,
    &events::TABLE,
    &concerns::TABLE,
    &dismissals::TABLE,
    &documents::TABLE,
    &parties::TABLE,
    &terms::PRIORITIES,
    &terms::THEMES,
    &terms::LADDER,
    &terms::CUES,
    &charts::CHARTS,
    &charts::RECIPES,
];

/// Every table, in the order of `linchpin list`.
pub fn all() -> impl Iterator<Item = &'static TableSpec> {
    ALL.iter().map(|table| LazyLock::force(table))
}

/// The table with this id.
pub fn by_id(id: &str) -> Option<&'static TableSpec> {
    all().find(|t| t.id == id)
}

/// The table of a record type.
pub fn of_kind(kind: RecordKind) -> &'static TableSpec {
    all()
        .find(|t| t.kind == kind)
        .unwrap_or(&commitments::TABLE)
}

/// What a table is.
pub struct TableSpec {
    /// The name on the command line; also the name of the list in the file.
    pub id: &'static str,
    pub title: &'static str,
    /// One line that says what a row is.
    pub description: &'static str,
    pub kind: RecordKind,
    pub columns: Vec<ColumnSpec>,
    pub facets: Vec<Facet>,
    /// Columns (key, descending) by which it is sorted at first; none: the order of the file.
    pub default_sort_columns: Vec<(&'static str, bool)>,
}

/// One column.
pub struct ColumnSpec {
    pub key: &'static str,
    pub title: &'static str,
    /// What the column says, for the hover.
    pub help: &'static str,
    /// Width at first, in points.
    pub width_pt: f32,
    pub align: Align,
    /// What stands in the row of a record.
    pub cell: OfRow<TableCell>,
    pub sort: ColumnSort,
    /// What is edited in its cells.
    pub editing: CellEditing,
}

/// What is worked out from a register and the number of a record in its list.
pub type OfRow<V> = Box<dyn Fn(&Register, usize) -> V + Send + Sync>;

/// What is edited where a cell is.
#[derive(Clone, Copy, Debug)]
pub enum CellEditing {
    /// The value at this path of the record.
    Field(&'static [PathStep]),
    /// Nothing: why, and what to edit instead, in words.
    ReadOnly(&'static str),
}

impl ColumnSpec {
    /// The path of the value that its cells edit, and what that can hold; else why there is none.
    ///
    /// # Errors
    /// Where the cells say something that stands in no field.
    pub fn edited_field(
        &self,
        kind: RecordKind,
    ) -> Result<(&'static [PathStep], FieldSpec), &'static str> {
        let path = match self.editing {
            CellEditing::Field(path) => path,
            CellEditing::ReadOnly(why) => return Err(why),
        };
        let mut fields = kind.fields();
        let mut found = None;
        for step in path {
            let PathStep::Field(name) = step else { break };
            found = fields.iter().find(|spec| spec.name == *name);
            fields = match found.map(|spec| spec.field_type) {
                Some(FieldType::Record { fields, .. }) => fields,
                _ => &[],
            };
        }
        match found {
            Some(spec) => Ok((path, *spec)),
            None => Err("This says something that stands in no field."),
        }
    }
}

/// Where a cell's text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    Left,
    Right,
}

/// What a column sorts by.
pub enum ColumnSort {
    /// The cell's text, folded.
    Text,
    Key(OfRow<SortKey>),
}

/// What stands in one cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableCell {
    pub text: String,
    pub mark: Option<CellMark>,
    /// Of lesser weight.
    pub muted: bool,
}

/// A sign beside a cell's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellMark {
    /// A step of the ladder by its rank; `None` for a kind without a rank.
    LadderRank(Option<u8>),
    /// Part of the record above it.
    Child,
    /// The record leads the eye: its name.
    Name,
    Status(crate::vocabulary::FulfillmentStatus),
}

impl TableCell {
    pub fn new(text: impl Into<String>) -> Self {
        TableCell {
            text: text.into(),
            ..Default::default()
        }
    }
    pub fn muted(text: impl Into<String>) -> Self {
        TableCell {
            text: text.into(),
            muted: true,
            ..Default::default()
        }
    }
    pub fn name(text: impl Into<String>) -> Self {
        TableCell {
            text: text.into(),
            mark: Some(CellMark::Name),
            muted: false,
        }
    }
    pub fn with_mark(self, mark: CellMark) -> Self {
        TableCell {
            mark: Some(mark),
            ..self
        }
    }
}

impl TableSpec {
    /// The order at first.
    pub fn default_sort(&self) -> Vec<SortBy> {
        self.default_sort_columns
            .iter()
            .map(|&(column, descending)| SortBy {
                column: column.into(),
                descending,
            })
            .collect()
    }

    /// The column with this key.
    pub fn column(&self, key: &str) -> Option<&ColumnSpec> {
        self.columns.iter().find(|c| c.key == key)
    }

    /// What queries on this table need of a register.
    pub fn build_index(&'static self, register: &Arc<Register>) -> TableIndex {
        TableIndex::new(
            register.clone(),
            self.kind,
            &self.facets,
            sort_columns::sort_columns(self),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_record_type_has_one_table_named_after_its_list() {
        for &kind in RecordKind::ALL {
            let tables: Vec<_> = all().filter(|t| t.kind == kind).collect();
            assert_eq!(tables.len(), 1, "{kind:?}");
            assert_eq!(tables[0].id, kind.list());
        }
    }

    #[test]
    fn every_column_edits_a_field_or_says_why_not() {
        for table in all() {
            for column in &table.columns {
                let field = column.edited_field(table.kind);
                match (column.editing, field) {
                    (CellEditing::Field(path), Ok((_, spec))) => {
                        assert_eq!(path.last(), Some(&PathStep::Field(spec.name)));
                    }
                    (CellEditing::ReadOnly(why), Err(said)) => {
                        assert!(why.len() > 10 && why == said, "{}: {why}", column.key);
                    }
                    (edits, _) => panic!("{} {}: {edits:?}", table.id, column.key),
                }
            }
        }
    }

    #[test]
    fn columns_and_facets_have_unique_keys() {
        for table in all() {
            let mut keys: Vec<_> = table.columns.iter().map(|c| c.key).collect();
            keys.sort_unstable();
            keys.dedup();
            assert_eq!(keys.len(), table.columns.len(), "{}", table.id);
            for (key, _) in &table.default_sort_columns {
                assert!(
                    table.column(key).is_some(),
                    "{} is sorted by {key}",
                    table.id
                );
            }
        }
    }
}
