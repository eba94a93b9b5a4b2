//! What a table can be sorted by: its columns, then its facets and every field of its records.

use super::{ColumnSort, TableSpec};
use crate::query::table_query::SortColumn;
use crate::query::{Facet, SortKey, fold};
use crate::schema::{PathStep, VisitedValue};
use crate::{RecordKind, RecordRef, Register};

/// Every name by which a table can be sorted, with what a record then sorts by. A column hides a
/// facet or field of its name.
pub(super) fn sort_columns(table: &'static TableSpec) -> Vec<SortColumn> {
    let mut all: Vec<SortColumn> = Vec::new();
    for column in &table.columns {
        all.push(match &column.sort {
            ColumnSort::Key(key) => (column.key, Box::new(key)),
            ColumnSort::Text => {
                let cell = &column.cell;
                (
                    column.key,
                    Box::new(move |r, row| text_key(&cell(r, row).text)),
                )
            }
        });
    }
    for facet in &table.facets {
        if all.iter().all(|(key, _)| *key != facet.key) {
            all.push((facet.key, Box::new(|r, row| facet_key(facet, r, row))));
        }
    }
    for field in table.kind.fields() {
        if all.iter().all(|(key, _)| *key != field.name) {
            let (kind, name) = (table.kind, field.name);
            all.push((name, Box::new(move |r, row| field_key(kind, name, r, row))));
        }
    }
    all
}

fn text_key(text: &str) -> SortKey {
    if text.is_empty() {
        SortKey::Missing
    } else {
        SortKey::Text(fold::fold(text))
    }
}

/// The label of a record's first value.
fn facet_key(facet: &Facet, register: &Register, row: usize) -> SortKey {
    let mut first = SortKey::Missing;
    (facet.values)(register, row, &mut |_, label| {
        if first == SortKey::Missing {
            first = text_key(label);
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
            if first != SortKey::Missing || path.first() != Some(&PathStep::Field(name)) {
                return;
            }
            first = match visit {
                VisitedValue::Text(words) => text_key(words),
                VisitedValue::Link(link) => text_key(register.short_title_of(link.id())),
                VisitedValue::Number(number) => SortKey::Number(number),
                VisitedValue::Date(date) => SortKey::Number(date.start_decimal_year()),
                VisitedValue::Citation(_) => SortKey::Missing,
            };
        });
    }
    first
}

#[cfg(test)]
mod tests {
    use crate::query::{SortBy, TableQuery, run_query};
    use crate::tables;
    use std::sync::Arc;

    #[test]
    fn fields_that_are_no_column_sort_too() {
        let register = crate::load(crate::bundled::ALLIANCE_TEXT, Vec::new()).register;
        let table = tables::of_kind(crate::RecordKind::Document);
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
