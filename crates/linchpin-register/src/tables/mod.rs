//! The tables: what a row of each record type shows, sorts by and is narrowed by. Plain values, no
//! pixels.
//!
//! A new table is put together by `builder` in `record_tables`, and has its line in `ALL`.

pub mod assessments;
mod builder;
pub mod citation_styles;
pub mod formatting;
pub mod record_detail;
mod record_tables;

use crate::amount::AmountOrder;
use crate::document_fields::DocumentField;
use crate::link::LinkTarget;
use crate::query::table_query::SortColumn;
use crate::query::{Facet, SortBy, SortKey, TableIndex};
use crate::schema::{FieldSpec, PathStep, VisitedValue, VocabularyTerm};
use crate::{Date, FieldType, Link, RecordKind, RecordRef, Register};
use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

/// Every table, in the order of [`all`].
static ALL: &[&LazyLock<TableSpec>] = &[
    &record_tables::COMMITMENTS,
    &record_tables::BODIES,
    &record_tables::FIGURES,
    &record_tables::INSTRUMENTS,
    &record_tables::EVENTS,
    &record_tables::CONCERNS,
    &record_tables::DISMISSALS,
    &record_tables::DOCUMENTS,
    &record_tables::PARTIES,
    &record_tables::PRIORITIES,
    &record_tables::THEMES,
    &record_tables::LADDER,
    &record_tables::CUES,
    &record_tables::CHARTS,
    &record_tables::RECIPES,
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
        .unwrap_or(&record_tables::COMMITMENTS)
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
    pub cell: CellFn,
    /// What is edited in its cells.
    pub editing: CellEditing,
}

/// The cell of the record at a place of its list.
pub type CellFn = Box<dyn Fn(&Register, usize) -> TableCell + Send + Sync>;

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

/// What stands in one cell.
#[derive(Clone, Debug, PartialEq)]
pub struct TableCell {
    /// What it says.
    pub value: CellValue,
    /// The sign next to its text.
    pub mark: Option<CellMark>,
    /// Of lesser weight.
    pub muted: bool,
}

/// What a cell says. It becomes text where it is shown, and sorts as what it is.
#[derive(Clone, Debug, PartialEq)]
pub enum CellValue {
    /// Nothing: a dash, and last in every order.
    Missing,
    Text(String),
    Term(&'static VocabularyTerm),
    /// Linked records, by their short names.
    Links(Vec<LinkedName>),
    Date(Date),
    /// How many there are.
    Count(usize),
    /// Words with their place in an order of their own: an amount, a step of the ladder, a
    /// citation. Without a place they come last.
    Ranked(String, Option<f64>),
    /// A stated number with its place among others.
    Amount(String, AmountOrder),
}

/// A linked record in a cell.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkedName {
    /// The id that the link names.
    pub id: String,
    /// Its short name; the id where the link leads nowhere.
    pub name: String,
}

impl CellValue {
    /// The short names of linked records.
    pub fn links<'l, T: LinkTarget + 'static>(
        register: &Register,
        links: impl IntoIterator<Item = &'l Link<T>>,
    ) -> Self {
        let linked = |link: &Link<T>| LinkedName {
            id: link.as_str().to_owned(),
            name: register.short_title_of(link.as_str()).to_owned(),
        };
        CellValue::Links(links.into_iter().map(linked).collect())
    }

    /// What a reader sees.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            CellValue::Missing => "–".into(),
            CellValue::Text(text) | CellValue::Ranked(text, _) | CellValue::Amount(text, _) => {
                text.into()
            }
            CellValue::Term(term) => term.label.into(),
            CellValue::Links(links) => {
                let names: Vec<&str> = links.iter().map(|link| link.name.as_str()).collect();
                names.join(", ").into()
            }
            CellValue::Date(date) => date.to_long_form().into(),
            CellValue::Count(count) => count.to_string().into(),
        }
    }

    /// What a column of such values sorts by.
    pub fn sort_key(&self) -> SortKey {
        match self {
            CellValue::Missing => SortKey::Missing,
            CellValue::Text(_) | CellValue::Term(_) | CellValue::Links(_) => {
                SortKey::of_text(&self.text())
            }
            CellValue::Date(date) => SortKey::Date(*date),
            CellValue::Count(count) => SortKey::Number(*count as f64),
            CellValue::Ranked(_, place) => place.map_or(SortKey::Missing, SortKey::Number),
            CellValue::Amount(_, order) => SortKey::Amount(order.clone()),
        }
    }
}

impl From<&str> for CellValue {
    fn from(text: &str) -> Self {
        CellValue::Text(text.to_owned())
    }
}

impl From<String> for CellValue {
    fn from(text: String) -> Self {
        CellValue::Text(text)
    }
}

/// A sign next to a cell's text.
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
    /// A plain cell.
    pub fn new(value: impl Into<CellValue>) -> Self {
        TableCell {
            value: value.into(),
            mark: None,
            muted: false,
        }
    }

    /// A cell of lesser weight.
    pub fn muted(value: impl Into<CellValue>) -> Self {
        TableCell {
            muted: true,
            ..TableCell::new(value)
        }
    }

    /// The same cell with a sign.
    pub fn with_mark(self, mark: CellMark) -> Self {
        TableCell {
            mark: Some(mark),
            ..self
        }
    }

    /// What a reader sees.
    pub fn text(&self) -> Cow<'_, str> {
        self.value.text()
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
            sort_columns(self),
        )
    }
}

/// Every name by which a table can be sorted, with what a record then sorts by: its columns, then
/// its facets, every field of its records and of the documents that they cite. A column hides a
/// facet or field of its name.
fn sort_columns(table: &'static TableSpec) -> Vec<SortColumn> {
    let mut all: Vec<SortColumn> = Vec::new();
    for column in &table.columns {
        let key = |register: &Register, row| (column.cell)(register, row).value.sort_key();
        all.push((column.key, Box::new(key)));
    }
    // A facet or a field of a column's name says the same with less: the column knows its order.
    for facet in &table.facets {
        if all.iter().all(|(key, _)| *key != facet.key) {
            all.push((
                facet.key,
                Box::new(|register, row| facet_key(facet, register, row)),
            ));
        }
    }
    for field in table.kind.fields() {
        if all.iter().all(|(key, _)| *key != field.name) {
            let (kind, name) = (table.kind, field.name);
            all.push((
                name,
                Box::new(move |register, row| field_key(kind, name, register, row)),
            ));
        }
    }
    for field in DocumentField::of_kind(table.kind) {
        if all.iter().all(|(key, _)| *key != field.name) {
            let kind = table.kind;
            all.push((
                field.name,
                Box::new(move |register, row| document_field_key(kind, field, register, row)),
            ));
        }
    }
    all
}

/// The label of a record's first value.
fn facet_key(facet: &Facet, register: &Register, row: usize) -> SortKey {
    let mut first = SortKey::Missing;
    (facet.values)(register, row, &mut |_, label| {
        if first == SortKey::Missing {
            first = SortKey::of_text(label);
        }
    });
    first
}

/// The first value that stands in a field.
fn field_key(kind: RecordKind, name: &'static str, register: &Register, row: usize) -> SortKey {
    let mut first = SortKey::Missing;
    let at = RecordRef {
        kind,
        index: row as u32,
    };
    if let Some(record) = register.record(at) {
        record.walk(&mut Vec::new(), &mut |path, visit| {
            if first == SortKey::Missing && path.first() == Some(&PathStep::Field(name)) {
                first = value_key(register, &visit);
            }
        });
    }
    first
}

/// The first value that stands in a field of the documents that a record cites.
fn document_field_key(
    kind: RecordKind,
    field: &DocumentField,
    register: &Register,
    row: usize,
) -> SortKey {
    let mut first = SortKey::Missing;
    let at = RecordRef {
        kind,
        index: row as u32,
    };
    field.visit(register, at, &mut |visit| {
        if first == SortKey::Missing {
            first = value_key(register, &visit);
        }
    });
    first
}

fn value_key(register: &Register, visit: &VisitedValue<'_>) -> SortKey {
    match visit {
        VisitedValue::Text(words) => SortKey::of_text(words),
        VisitedValue::Term(term) => SortKey::of_text(term.label),
        VisitedValue::Link(link) => SortKey::of_text(register.short_title_of(link.id())),
        VisitedValue::Number(number) => SortKey::Number(*number),
        VisitedValue::Date(date) => SortKey::Date(*date),
        VisitedValue::Citation(_) => SortKey::Missing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{TableQuery, run_query};

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
                    (CellEditing::ReadOnly(why), Err(reported)) => {
                        assert!(why.len() > 10 && why == reported, "{}: {why}", column.key);
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

    #[test]
    fn fields_that_are_no_column_sort_too() {
        let register = crate::load(crate::bundled::ALLIANCE_TEXT, Vec::new()).register;
        let table = of_kind(crate::RecordKind::Document);
        let by = |column: &str, descending| TableQuery {
            sort: vec![SortBy {
                column: column.into(),
                descending,
            }],
            ..TableQuery::default()
        };
        let index = table.build_index(&Arc::clone(&register));
        let rows = run_query(&index, &by("short", false)).rows;
        let names: Vec<String> = rows
            .iter()
            .map(|r| register.documents[*r as usize].short.to_lowercase())
            .collect();
        assert!(names.is_sorted(), "{names:?}");
        let up = run_query(&index, &by("id", false)).rows;
        let down = run_query(&index, &by("id", true)).rows;
        assert!(up.iter().eq(down.iter().rev()));
    }
}
