//! How deep in the text something is put together, and what can be said of it there.

use crate::difference::DiffSubject;
use crate::display_value::DisplayValue;
use crate::record_nodes;
use linchpin_register::schema::FieldSpec;
use linchpin_register::{LoadedRegister, RecordKind};
use ron_lossless::NodeId;

/// What is being put together.
#[derive(Clone)]
pub(super) enum MergeScope {
    /// The fields of the register.
    Register,
    /// The records of a type.
    Records(RecordKind),
    /// The fields of a record.
    Fields(DiffSubject, RecordKind),
    /// Something inside a field: what cannot be settled is left to the field.
    Nested,
}

impl MergeScope {
    /// What a conflict here is about; `None` inside a field.
    pub fn subject(&self) -> Option<DiffSubject> {
        match self {
            MergeScope::Register | MergeScope::Records(_) => Some(DiffSubject::Register),
            MergeScope::Fields(subject, _) => Some(subject.clone()),
            MergeScope::Nested => None,
        }
    }

    pub fn field_spec(&self, name: &str) -> Option<&'static FieldSpec> {
        let specs = match self {
            MergeScope::Register => linchpin_register::METADATA_FIELDS,
            MergeScope::Fields(_, kind) => kind.fields(),
            _ => &[],
        };
        specs.iter().find(|spec| spec.name == name)
    }

    /// Whether the items are fields that people choose between.
    pub fn has_fields(&self) -> bool {
        matches!(self, MergeScope::Register | MergeScope::Fields(..))
    }

    /// The list, by its name in the file.
    pub fn list_name(&self) -> Option<&'static str> {
        match self {
            MergeScope::Records(kind) => Some(RecordKind::list(*kind)),
            _ => None,
        }
    }

    /// What a conflict about an item is about; `None` inside a field.
    pub fn item_subject(&self, loaded: &LoadedRegister, node: NodeId) -> Option<DiffSubject> {
        match self {
            MergeScope::Records(kind) => Some(DiffSubject::Record {
                kind: *kind,
                id: record_nodes::record_id(loaded, node),
                title: record_nodes::record_title(loaded, node),
            }),
            other => other.subject(),
        }
    }

    /// An item in words.
    pub fn display_value(&self, loaded: &LoadedRegister, node: NodeId) -> DisplayValue {
        let value = loaded.tree.field_value(node);
        match (self, value) {
            (MergeScope::Records(_), _) | (_, None) => {
                DisplayValue::from_source(loaded.tree.span(node).of(&loaded.text))
            }
            (_, Some(value)) => {
                let name = loaded.tree.field_name(&loaded.text, node).unwrap_or("");
                DisplayValue::from_node(loaded, self.field_spec(name), value)
            }
        }
    }
}
