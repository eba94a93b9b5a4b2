//! Facets: the few properties by which a table is narrowed, each value with its count.

use crate::{FieldType, Register};
use std::collections::HashMap;

/// A property of a record type by which its table can be narrowed.
pub struct Facet {
    /// The name on the command line, such as "priority".
    pub key: &'static str,
    /// The name on screen.
    pub title: &'static str,
    /// What its keys are: ids of records, names of a vocabulary, or text.
    pub value_type: FieldType,
    /// Calls back with every value of a record: its key and its label.
    pub values: FacetValuesFn,
}

/// Calls back with the key and the label of every value that the record at a place of its list has.
pub type FacetValuesFn = Box<dyn Fn(&Register, usize, &mut dyn FnMut(&str, &str)) + Send + Sync>;

/// One value of a facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetValue {
    /// What a filter names it by: an id or a vocabulary name.
    pub key: String,
    /// The words on screen.
    pub label: String,
}

/// The values of one facet over all records of a type, in the order in which they first occur.
#[derive(Debug, Default)]
pub struct FacetIndex {
    /// Every value, once.
    pub values: Vec<FacetValue>,
    /// Start of each record's values in `of_record`; one more entry than records.
    starts: Vec<u32>,
    value_indexes: Vec<u32>,
}

/// The value of records that have none.
pub const NONE_KEY: &str = "none";

impl FacetIndex {
    /// Reads the facet off the first `count` records.
    pub fn build(register: &Register, facet: &Facet, count: usize) -> Self {
        // Values as numbers in one list: counting them over a hundred thousand rows then reads
        // memory in a row, and compares no text.
        let mut column = FacetIndex {
            starts: Vec::with_capacity(count + 1),
            ..Default::default()
        };
        let mut known: HashMap<String, u32> = HashMap::new();
        for index in 0..count {
            column.starts.push(column.value_indexes.len() as u32);
            let before = column.value_indexes.len();
            let mut add = |key: &str, label: &str| {
                let value = known.get(key).copied().unwrap_or_else(|| {
                    let value = column.values.len() as u32;
                    column.values.push(FacetValue {
                        key: key.to_owned(),
                        label: label.to_owned(),
                    });
                    known.insert(key.to_owned(), value);
                    value
                });
                // A record that names a value twice counts once.
                if !column.value_indexes[before..].contains(&value) {
                    column.value_indexes.push(value);
                }
            };
            let mut any = false;
            (facet.values)(register, index, &mut |key, label| {
                any = true;
                add(key, label);
            });
            if !any {
                add(NONE_KEY, "none");
            }
        }
        column.starts.push(column.value_indexes.len() as u32);
        column
    }

    /// The values of a record, as places in `values`.
    pub fn values_of(&self, record: usize) -> &[u32] {
        &self.value_indexes[self.starts[record] as usize..self.starts[record + 1] as usize]
    }
}
