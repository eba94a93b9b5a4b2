//! What stands in a field over all records of a type, with counts: what a filter chooses from.

use super::fields::{DataField, FieldDataType, NO_VALUE_KEY, group_name};
use linchpin_register::query::fold::fold;
use linchpin_register::{RecordRef, Register};
use std::collections::HashMap;

/// One value of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldValue {
    /// What a filter names it by.
    pub key: String,
    /// Its name for people.
    pub label: String,
    /// The name as a search finds it.
    pub folded: String,
    /// How many records have it.
    pub count: usize,
}

impl FieldValue {
    /// A value with its name.
    pub fn new(key: impl Into<String>, label: impl Into<String>, count: usize) -> Self {
        let label = label.into();
        FieldValue {
            key: key.into(),
            folded: fold(&label),
            label,
            count,
        }
    }
}

/// Every value of a field, the most frequent first, and then those that have nothing there.
pub fn field_values(register: &Register, field: &DataField) -> Vec<FieldValue> {
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut all: Vec<FieldValue> = Vec::new();
    let mut nothing = 0;
    for index in 0..register.count(field.kind) as u32 {
        let at = RecordRef {
            kind: field.kind,
            index,
        };
        let keys = field.group_keys(register, at);
        nothing += usize::from(keys.is_empty());
        for key in keys {
            match places.get(&key) {
                Some(&place) => all[place].count += 1,
                None => {
                    let label = match field.data_type {
                        FieldDataType::Facet(_) => facet_label(register, field, at, &key),
                        _ => group_name(register, field, &key, false),
                    };
                    places.insert(key.clone(), all.len());
                    all.push(FieldValue::new(key, label, 1));
                }
            }
        }
    }
    all.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.label.cmp(&b.label)));
    if nothing > 0 && all.iter().all(|value| value.key != NO_VALUE_KEY) {
        all.push(FieldValue::new(NO_VALUE_KEY, "Nothing there", nothing));
    }
    all
}

fn facet_label(register: &Register, field: &DataField, at: RecordRef, wanted: &str) -> String {
    let mut found = wanted.to_owned();
    if let FieldDataType::Facet(facet) = field.data_type {
        (facet.values)(register, at.index as usize, &mut |key, label| {
            if key == wanted {
                label.clone_into(&mut found);
            }
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use linchpin_register::{RecordKind, load};

    #[test]
    fn values_are_counted_and_the_most_frequent_comes_first() {
        let register = load(linchpin_register::bundled::ALLIANCE_TEXT, Vec::new()).register;
        let field = DataField::find(RecordKind::Commitment, "priority").unwrap();
        let all = field_values(&register, &field);
        assert!(
            all.windows(2)
                .all(|two| two[1].key == NO_VALUE_KEY || two[0].count >= two[1].count)
        );
        let sum: usize = all.iter().map(|value| value.count).sum();
        assert_eq!(
            sum,
            register.commitments.len(),
            "each has one priority or none"
        );
        let first = register
            .find(&all[0].key)
            .and_then(|at| register.record(at))
            .unwrap();
        assert!(all[0].label.contains(first.title()), "{}", all[0].label);
    }
}
