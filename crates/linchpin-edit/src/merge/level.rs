//! How deep in the text something is put together, and what can be said of it there.

use crate::difference::Subject;
use crate::listed;
use crate::said::Said;
use linchpin_register::declare::FieldSpec;
use linchpin_register::{LoadedRegister, RecordKind};
use ron_lossless::NodeId;

/// What is being put together.
#[derive(Clone)]
pub(super) enum Level {
    /// The fields of the register.
    Register,
    /// The records of a type.
    Records(RecordKind),
    /// The fields of a record.
    Fields(Subject, RecordKind),
    /// Something inside a field: what cannot be settled is left to the field.
    Inside,
}

impl Level {
    /// What a conflict here is about; `None` inside a field.
    pub fn subject(&self) -> Option<Subject> {
        match self {
            Level::Register | Level::Records(_) => Some(Subject::Register),
            Level::Fields(subject, _) => Some(subject.clone()),
            Level::Inside => None,
        }
    }

    pub fn spec(&self, name: &str) -> Option<&'static FieldSpec> {
        let specs = match self {
            Level::Register => linchpin_register::METADATA_FIELDS,
            Level::Fields(_, kind) => kind.fields(),
            _ => &[],
        };
        specs.iter().find(|spec| spec.name == name)
    }

    /// Whether the items are fields that people choose between.
    pub fn names_fields(&self) -> bool {
        matches!(self, Level::Register | Level::Fields(..))
    }

    /// The list, by its name in the file.
    pub fn list_name(&self) -> Option<&'static str> {
        match self {
            Level::Records(kind) => Some(RecordKind::list(*kind)),
            _ => None,
        }
    }

    /// What a conflict about an item is about; `None` inside a field.
    pub fn subject_of(&self, loaded: &LoadedRegister, node: NodeId) -> Option<Subject> {
        match self {
            Level::Records(kind) => Some(Subject::Record {
                kind: *kind,
                id: listed::id(loaded, node),
                title: listed::title(loaded, node),
            }),
            other => other.subject(),
        }
    }

    /// An item in words.
    pub fn said(&self, loaded: &LoadedRegister, node: NodeId) -> Said {
        let value = loaded.tree.field_value(node);
        match (self, value) {
            (Level::Records(_), _) | (_, None) => {
                Said::plain(loaded.tree.span(node).of(&loaded.text))
            }
            (_, Some(value)) => {
                let name = loaded.tree.field_name(&loaded.text, node).unwrap_or("");
                Said::of(loaded, self.spec(name), value)
            }
        }
    }
}
