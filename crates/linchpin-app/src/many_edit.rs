//! An edit of many records as it is being filled in.

use linchpin_edit::fault::fault;
use linchpin_edit::many::{Ids, Task};
use linchpin_register::declare::{FieldSpec, Need, PathStep};
use linchpin_register::{Form, RecordKind, Register};
use ron_lossless::Value;

/// What is done to each of the records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    SetField,
    AddToList,
    TakeOutOfList,
    /// Adds a look at how far they have been met.
    Assess,
}

/// An edit of many records that is being filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct ManyEdit {
    pub kind: RecordKind,
    pub ids: Ids,
    pub way: Way,
    /// The field that it is about.
    pub field: &'static str,
    /// The field is to be taken out.
    pub takes_out: bool,
    /// The value, under the name of the field.
    pub fields: Vec<(String, Value)>,
}

impl ManyEdit {
    /// The fields of a type that can be edited in a way.
    pub fn specs(kind: RecordKind, way: Way) -> Vec<&'static FieldSpec> {
        let fits = |spec: &&FieldSpec| match way {
            Way::SetField => {
                !spec.is_list() && spec.need != Need::Flag && !matches!(spec.form, Form::Id)
            }
            Way::AddToList | Way::TakeOutOfList => {
                spec.is_list() && !matches!(spec.form, Form::Record { .. })
            }
            Way::Assess => {
                matches!(
                    spec.form,
                    Form::Record {
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
        let all = ManyEdit::specs(self.kind, self.way);
        let spec = all.into_iter().find(|spec| spec.name == self.field)?;
        Some(FieldSpec {
            need: Need::Required,
            ..*spec
        })
    }

    /// Whether the field may be left out of a record.
    pub fn can_take_out(&self) -> bool {
        let all = ManyEdit::specs(self.kind, Way::SetField);
        let spec = all.into_iter().find(|spec| spec.name == self.field);
        self.way == Way::SetField && spec.is_some_and(|spec| spec.need == Need::Optional)
    }

    /// What is to be done.
    ///
    /// # Errors
    /// What is still missing or wrong, as a sentence; empty where nothing has been filled in yet.
    pub fn task(&self, register: &Register) -> Result<Task, String> {
        let path = vec![PathStep::Field(self.field)];
        if self.takes_out && self.can_take_out() {
            return Ok(Task::Set { path, value: None });
        }
        let given = self.fields.iter().find(|(name, _)| name == self.field);
        let (Some((_, value)), Some(spec)) = (given, self.spec()) else {
            return Err(String::new());
        };
        if let Some(why) = fault(register, &spec, value) {
            return Err(why);
        }
        let value = value.clone();
        Ok(match self.way {
            Way::SetField => Task::Set {
                path,
                value: Some(value),
            },
            Way::AddToList => Task::Include { path, item: value },
            Way::TakeOutOfList => Task::Exclude { path, item: value },
            Way::Assess => Task::Append { path, item: value },
        })
    }
}
