//! Many records edited at once: what is asked for, and what it would do, worked out before it is
//! done.

use super::App;
use super::dialog::Dialog;
use super::form_state::dialog_form_id;
use linchpin_edit::bulk::{
    BulkOperation, BulkPlan, RecordIds, RemovalPlan, plan_bulk_edit, plan_removal,
};
use linchpin_edit::validation::{InvalidValue, field_error};
use linchpin_register::schema::{FieldCardinality, FieldSpec, PathStep};
use linchpin_register::{FieldType, RecordKind, Register};
use ron_lossless::RonValue;
use std::sync::Arc;

/// Up to so many bytes of text and so many records, what an edit would do is worked out within the
/// frame.
const SYNC_MAX_BYTES: usize = 200_000;
const SYNC_MAX_RECORDS: usize = 100;

/// What is asked of the text as it is at a version of the draft.
#[derive(Clone, Debug)]
pub(super) struct BulkPreviewKey {
    ids: RecordIds,
    draft_version: u64,
    /// `None`: what would become of taking them out.
    operation: Option<BulkOperation>,
}

impl PartialEq for BulkPreviewKey {
    fn eq(&self, other: &Self) -> bool {
        // Whoever changes shared ids makes others of them.
        Arc::ptr_eq(&self.ids, &other.ids)
            && (self.draft_version, &self.operation) == (other.draft_version, &other.operation)
    }
}

/// What an edit of many records would do.
#[derive(Clone, Debug)]
pub enum BulkPreviewResult {
    Edit(BulkPlan),
    Removal(RemovalPlan),
}

impl App {
    /// What the edit of many records in the open dialog would do; `None` while that is being worked
    /// out.
    pub fn bulk_preview(&self, dialog: &Dialog) -> Option<&BulkPreviewResult> {
        let (asked, _) = self.bulk_preview_key(dialog)?;
        self.derived.bulk_preview.value_for(&asked)
    }

    fn bulk_preview_key(&self, dialog: &Dialog) -> Option<(BulkPreviewKey, RecordKind)> {
        let (ids, kind, task) = match dialog {
            Dialog::BulkEdit(many) => {
                let task = many.operation(&self.file.latest.register).ok()?;
                (&many.ids, many.kind, Some(task))
            }
            Dialog::BulkRemove { ids, kind } => (ids, *kind, None),
            _ => return None,
        };
        let asked = BulkPreviewKey {
            ids: ids.clone(),
            draft_version: self.file.draft.version(),
            operation: task,
        };
        Some((asked, kind))
    }

    /// Sees to it that it is known what the edit in the open dialog would do, or will be.
    pub(super) fn request_bulk_preview(&mut self) {
        if !matches!(self.dialog, Dialog::BulkEdit(_) | Dialog::BulkRemove { .. }) {
            // Also what has failed is forgotten, so that opening the dialog again tries again.
            self.derived.bulk_preview.clear();
            return;
        }
        if !self.file.is_up_to_date() {
            return;
        }
        let Some((key, kind)) = self.bulk_preview_key(&self.dialog) else {
            return;
        };
        let loaded = self.file.latest.clone();
        let is_small = loaded.text.len() <= SYNC_MAX_BYTES && key.ids.len() <= SYNC_MAX_RECORDS;
        let asked = key.clone();
        let make = move || match &asked.operation {
            Some(operation) => {
                BulkPreviewResult::Edit(plan_bulk_edit(&loaded, kind, &asked.ids, operation))
            }
            None => BulkPreviewResult::Removal(plan_removal(&loaded, kind, &asked.ids)),
        };
        self.derived
            .request_bulk_preview(key.clone(), is_small, make);
        if self.derived.bulk_preview.has_failed(&key) {
            // The message says why. The dialog could only wait; opening it again tries again.
            self.dialog = Dialog::None;
        }
    }

    /// Asks what is to be done to the rows that are picked out.
    pub(super) fn open_bulk_edit(&mut self, mode: BulkEditMode, field: Option<&'static str>) {
        let Some((kind, ids)) = self.selected_rows() else {
            return;
        };
        if let Some(why) = self.edit_blocked_reason() {
            self.notices.error(why);
            return;
        }
        let specs = BulkEditForm::editable_fields(kind, mode);
        let wanted = specs.iter().find(|spec| Some(spec.name) == field);
        // Hardly anybody gives many records the same text.
        let likely = specs
            .iter()
            .find(|spec| !matches!(spec.field_type, FieldType::Text));
        let Some(spec) = wanted.or(likely).or(specs.first()) else {
            return;
        };
        self.window.form_state.focus_first_of = Some(dialog_form_id());
        self.dialog = Dialog::BulkEdit(Box::new(BulkEditForm {
            kind,
            ids,
            mode,
            field: spec.name,
            removes_field: false,
            fields: Vec::new(),
        }));
    }

    /// The rows that are picked out in the table on screen.
    pub(super) fn selected_rows(&self) -> Option<(RecordKind, RecordIds)> {
        let kind = self.table()?;
        Some((kind, self.view.tables.row_selection.ids(kind)?.clone()))
    }
}

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
    /// What is still missing or wrong; `None` where nothing has been filled in yet.
    pub fn operation(&self, register: &Register) -> Result<BulkOperation, Option<InvalidValue>> {
        let path = vec![PathStep::Field(self.field)];
        if self.removes_field && self.can_remove_field() {
            return Ok(BulkOperation::SetValue { path, value: None });
        }
        let given = self.fields.iter().find(|(name, _)| name == self.field);
        let (Some((_, value)), Some(spec)) = (given, self.spec()) else {
            return Err(None);
        };
        if let Some(error) = field_error(register, &spec, value) {
            return Err(Some(error));
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
