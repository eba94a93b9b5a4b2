//! Many records edited at once: what is asked for, and what it would do, worked out before it is done.

use super::App;
use super::dialog::Dialog;
use super::form::dialog_holder;
use super::jobs::Done;
use crate::edit::fault::fault;
use crate::edit::many::{Ids, Outlook, Removal, Task, outlook, removal};
use crate::register::declare::{FieldSpec, Need, PathStep};
use crate::register::{Form, RecordKind, Register};
use crate::ron_text::Value;
use std::sync::Arc;

/// Up to so many bytes of text and so many records, what an edit would do is worked out within the frame.
const AT_ONCE_BYTES: usize = 200_000;
const AT_ONCE_RECORDS: usize = 100;

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

/// What is asked of the text as it is at a version of the draft.
#[derive(Clone, Debug)]
struct Asked {
    ids: Ids,
    version: u64,
    /// `None`: what would become of taking them out.
    task: Option<Task>,
}

impl PartialEq for Asked {
    fn eq(&self, other: &Self) -> bool {
        // Whoever changes shared ids makes others of them.
        Arc::ptr_eq(&self.ids, &other.ids)
            && (self.version, &self.task) == (other.version, &other.task)
    }
}

/// What an edit of many records would do.
#[derive(Clone, Debug)]
pub enum Told {
    Edit(Outlook),
    Removal(Removal),
}

/// What was worked out.
pub struct Foreseen {
    asked: Asked,
    told: Told,
}

/// What is known of the edit in the open dialog.
#[derive(Default)]
pub struct Foresight {
    known: Option<Foreseen>,
    is_away: bool,
}

impl App {
    /// What the edit of many records in the open dialog would do; `None` while that is being worked out.
    pub fn foreseen(&self, dialog: &Dialog) -> Option<&Told> {
        let (asked, _) = self.asked(dialog)?;
        let known = self.foresight.known.as_ref();
        known
            .filter(|known| known.asked == asked)
            .map(|known| &known.told)
    }

    fn asked(&self, dialog: &Dialog) -> Option<(Asked, RecordKind)> {
        let (ids, kind, task) = match dialog {
            Dialog::Many(many) => {
                let task = many.task(&self.file.latest.register).ok()?;
                (&many.ids, many.kind, Some(task))
            }
            Dialog::RemoveMany { ids, kind } => (ids, *kind, None),
            _ => return None,
        };
        let asked = Asked {
            ids: ids.clone(),
            version: self.file.draft.version(),
            task,
        };
        Some((asked, kind))
    }

    /// Sees to it that it is known what the edit in the open dialog would do, or will be.
    pub(super) fn foresee(&mut self) {
        if !matches!(self.dialog, Dialog::Many(_) | Dialog::RemoveMany { .. }) {
            self.foresight.known = None;
            return;
        }
        if self.foresight.is_away || !self.file.is_fresh() || self.foreseen(&self.dialog).is_some()
        {
            return;
        }
        let Some((asked, kind)) = self.asked(&self.dialog) else {
            return;
        };
        let loaded = self.file.latest.clone();
        let small = loaded.text.len() <= AT_ONCE_BYTES && asked.ids.len() <= AT_ONCE_RECORDS;
        let work = move || {
            let told = match &asked.task {
                Some(task) => Told::Edit(outlook(&loaded, kind, &asked.ids, task)),
                None => Told::Removal(removal(&loaded, kind, &asked.ids)),
            };
            Foreseen { asked, told }
        };
        if small {
            self.foresight.known = Some(work());
            return;
        }
        self.foresight.is_away = true;
        self.jobs.start("Looking ahead", false, move |_| {
            Done::Foreseen(Box::new(work()))
        });
    }

    /// Takes in what an edit would do. What is asked for may have changed meanwhile.
    pub(super) fn foretold(&mut self, foreseen: Foreseen) {
        self.foresight.is_away = false;
        self.foresight.known = Some(foreseen);
    }

    /// Asks what is to be done to the rows that are picked out.
    pub(super) fn ask_many(&mut self, way: Way, field: Option<&'static str>) {
        let Some((kind, ids)) = self.marked_here() else {
            return;
        };
        if let Some(why) = self.cannot_edit() {
            self.notices.fail(why);
            return;
        }
        let specs = ManyEdit::specs(kind, way);
        let wanted = specs.iter().find(|spec| Some(spec.name) == field);
        let Some(spec) = wanted.or(specs.first()) else {
            return;
        };
        self.form.focus_first = Some(dialog_holder());
        self.dialog = Dialog::Many(Box::new(ManyEdit {
            kind,
            ids,
            way,
            field: spec.name,
            takes_out: false,
            fields: Vec::new(),
        }));
    }

    /// The rows that are picked out in the table on screen.
    pub(super) fn marked_here(&self) -> Option<(RecordKind, Ids)> {
        let kind = self.table()?;
        Some((kind, self.view.marked.ids(kind)?.clone()))
    }
}
