//! An edit of many records as it is being filled in.

use linchpin_edit::bulk::{BulkOperation, RecordIds};
use linchpin_edit::validation::field_error;
use linchpin_register::schema::{FieldCardinality, FieldSpec, PathStep};
use linchpin_register::{FieldType, RecordKind, Register};
use ron_lossless::RonValue;

/// What is done to each of the records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BulkEditMode {
    SetField,
    AddToList,
    RemoveFromList,
    /// Adds a look at how far they have been met.
    Assess,
}

/// An edit of many records that is being filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct BulkEditForm {
    pub kind: RecordKind,
    pub ids: RecordIds,
    pub mode: BulkEditMode,
    /// The field that it is about.
    pub field: &'static str,
    /// The field is to be taken out.
    pub removes_field: bool,
    /// The value, under the name of the field.
    pub fields: Vec<(String, RonValue)>,
}

impl BulkEditForm {
    /// The fields of a type that can be edited in a way.
    pub fn editable_fields(kind: RecordKind, way: BulkEditMode) -> Vec<&'static FieldSpec> {
        let fits = |spec: &&FieldSpec| match way {
            BulkEditMode::SetField => {
                !spec.is_list()
                    && spec.cardinality != FieldCardinality::Flag
                    && !matches!(spec.field_type, FieldType::Id)
            }
            BulkEditMode::AddToList | BulkEditMode::RemoveFromList => {
                spec.is_list() && !matches!(spec.field_type, FieldType::Record { .. })
            }
            BulkEditMode::Assess => {
                matches!(
                    spec.field_type,
                    FieldType::Record {
                        what: "Assessment",
                        ..
                    }
                )
            }
        };
        kind.fields().iter().filter(fits).collect()
    }

    /// The field as its one value is filled in: of a list, one item.
    pub fn spec(&self) -> Option<FieldSpec> {
        let all = BulkEditForm::editable_fields(self.kind, self.mode);
        let spec = all.into_iter().find(|spec| spec.name == self.field)?;
        Some(FieldSpec {
            cardinality: FieldCardinality::Required,
            ..*spec
        })
    }

    /// Whether the field may be left out of a record.
    pub fn can_remove_field(&self) -> bool {
        let all = BulkEditForm::editable_fields(self.kind, BulkEditMode::SetField);
        let spec = all.into_iter().find(|spec| spec.name == self.field);
        self.mode == BulkEditMode::SetField
            && spec.is_some_and(|spec| spec.cardinality == FieldCardinality::Optional)
    }

    /// What is to be done.
    ///
    /// # Errors
    /// What is still missing or wrong, as a sentence; empty where nothing has been filled in yet.
    pub fn operation(&self, register: &Register) -> Result<BulkOperation, String> {
        let path = vec![PathStep::Field(self.field)];
        if self.removes_field && self.can_remove_field() {
            return Ok(BulkOperation::SetValue { path, value: None });
        }
        let given = self.fields.iter().find(|(name, _)| name == self.field);
        let (Some((_, value)), Some(spec)) = (given, self.spec()) else {
            return Err(String::new());
        };
        if let Some(why) = field_error(register, &spec, value) {
            return Err(why);
        }
        let value = value.clone();
        Ok(match self.mode {
            BulkEditMode::SetField => BulkOperation::SetValue {
                path,
                value: Some(value),
            },
            BulkEditMode::AddToList => BulkOperation::IncludeItem { path, item: value },
            BulkEditMode::RemoveFromList => BulkOperation::ExcludeItem { path, item: value },
            BulkEditMode::Assess => BulkOperation::AppendItem { path, item: value },
        })
    }
}
