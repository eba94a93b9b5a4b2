//! Where two registers say different things of the same record.

use linchpin_register::{LoadedRegister, RecordKind, RecordRef};

/// A record that stands in both registers and differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordConflict {
    pub id: String,
    pub a: RecordRef,
    pub b: RecordRef,
    /// The fields that differ; none where the two are of different types.
    pub field_conflicts: Vec<FieldConflict>,
}

/// A field that differs, with its value as each text has it; `None` where it is not given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldConflict {
    pub name: &'static str,
    pub a: Option<String>,
    pub b: Option<String>,
}

impl RecordConflict {
    /// The types of the two, where they are not the same.
    pub fn differing_kinds(&self) -> Option<(RecordKind, RecordKind)> {
        (self.a.kind != self.b.kind).then_some((self.a.kind, self.b.kind))
    }
}

/// The records of `b` that `a` has with another meaning, in the order of `b`; and how many mean the
/// same in both.
pub fn record_conflicts(a: &LoadedRegister, b: &LoadedRegister) -> (Vec<RecordConflict>, usize) {
    let mut conflicts = Vec::new();
    let mut same = 0;
    for (at_b, of_b) in b.register.iter_records() {
        let Some(at_a) = a.register.find(of_b.id()) else {
            continue;
        };
        let Some(of_a) = a.register.record(at_a) else {
            continue;
        };
        let mut conflict = RecordConflict {
            id: of_b.id().to_owned(),
            a: at_a,
            b: at_b,
            field_conflicts: Vec::new(),
        };
        if at_a.kind == at_b.kind {
            let (json_a, json_b) = (of_a.json(), of_b.json());
            if json_a == json_b {
                same += 1;
                continue;
            }
            let names = of_b.fields().iter().map(|field| field.name);
            conflict.field_conflicts = names
                .filter(|name| json_a.get(name) != json_b.get(name))
                .map(|name| FieldConflict {
                    name,
                    a: field_source(a, at_a, name),
                    b: field_source(b, at_b, name),
                })
                .collect();
        }
        conflicts.push(conflict);
    }
    (conflicts, same)
}

/// A field's value as the text has it.
fn field_source(loaded: &LoadedRegister, at: RecordRef, name: &str) -> Option<String> {
    let node = loaded
        .tree
        .field(&loaded.text, loaded.record_node(at)?, name)?;
    Some(loaded.tree.span(node).of(&loaded.text).to_owned())
}
