//! The record that is being filled in: where its values come from, and which edits are made of
//! them.

use egui::Id;
use linchpin_app::form_state::{FormState, PendingInput, PendingValue};
use linchpin_edit::field_edit::value_in_fields;
use linchpin_edit::{EditTarget, FieldEdit, ValueChange, value_at};
use linchpin_register::english::in_sentence;
use linchpin_register::schema::PathStep;
use linchpin_register::{Date, FieldType, LoadedRegister, RecordRef, Register};
use ron_lossless::{Diagnostic, RonValue};

/// Where the values come from.
#[derive(Clone, Copy)]
pub enum FormSource<'a> {
    /// A record in the text, or the register's own fields: each edit is one step.
    InRegister(&'a LoadedRegister, &'a EditTarget),
    /// Fields that stand in no text yet: edits are carried out while the user types.
    New(&'a [(String, RonValue)]),
}

/// What a new value begins with.
#[derive(Clone, Debug)]
pub struct FieldDefaults {
    pub today: Date,
    /// Who assessed last.
    pub assessor: String,
    /// The document and the paragraph that the record cites first.
    pub cited_paragraph: Option<(String, u32)>,
}

/// A record that is being filled in.
pub struct RecordForm<'a> {
    pub register: &'a Register,
    pub state: &'a mut FormState,
    pub source: FormSource<'a>,
    pub defaults: &'a FieldDefaults,
    /// Tells its fields from those of other records on screen.
    pub form_id: Id,
    /// What is wished, in order.
    pub field_edits: Vec<FieldEdit>,
    /// Records that the user wants to go to.
    pub records_to_show: Vec<RecordRef>,
    /// A field was left, by a key, a click elsewhere or a choice.
    pub field_left: bool,
    /// Something was being typed when the frame began.
    pub was_typing: bool,
    /// Why nothing can be filled in just now.
    pub blocked_reason: Option<&'static str>,
}

impl<'a> RecordForm<'a> {
    /// A form for a record, without an edit yet.
    pub fn new(
        register: &'a Register,
        state: &'a mut FormState,
        source: FormSource<'a>,
        defaults: &'a FieldDefaults,
        form_id: Id,
    ) -> Self {
        let was_typing = state.is_typing();
        RecordForm {
            register,
            state,
            source,
            defaults,
            form_id,
            field_edits: Vec::new(),
            records_to_show: Vec::new(),
            field_left: false,
            was_typing,
            blocked_reason: None,
        }
    }

    /// The value at a path; `None` where there is none.
    pub fn value(&self, path: &[PathStep]) -> Option<RonValue> {
        let value = match self.source {
            FormSource::InRegister(loaded, target) => value_at(loaded, target, path),
            FormSource::New(fields) => value_in_fields(fields, path),
        };
        match value {
            // RON lets an optional value stand bare or in `Some(…)`; editors see the value in both
            // cases.
            Some(RonValue::Call(name, mut inside)) if name == "Some" && inside.len() == 1 => {
                inside.pop()
            }
            value => value,
        }
    }

    /// The record in the text that is filled in; `None` where it stands in no text yet.
    pub fn target(&self) -> Option<&'a EditTarget> {
        match self.source {
            FormSource::InRegister(_, target) => Some(target),
            FormSource::New(_) => None,
        }
    }

    /// Whether edits are carried out while the user types.
    pub fn updates_live(&self) -> bool {
        matches!(self.source, FormSource::New(_))
    }

    /// The id on screen of the field at a path.
    pub fn id(&self, path: &[PathStep]) -> Id {
        field_id(self.form_id, path)
    }

    /// Forgets what was typed into the field at a path, or a part of it.
    pub fn discard_pending_input(&mut self, path: &[PathStep]) {
        let form_id = self.form_id;
        let is_there =
            |typed: &PendingInput| typed.form_id == form_id && typed.path.starts_with(path);
        self.state
            .pending_inputs
            .retain(|_, typed| !is_there(typed));
    }

    /// Records a change of the value at a path.
    pub fn push_edit(&mut self, path: &[PathStep], change: ValueChange) {
        let path = path.to_vec();
        self.field_edits.push(FieldEdit { path, change });
    }

    /// Whether the field that asks takes the keyboard: the first one that does.
    pub fn take_focus(&mut self) -> bool {
        let takes = self.state.focus_first_of == Some(self.form_id);
        if takes {
            self.state.focus_first_of = None;
        }
        takes
    }

    /// What is wrong with the field of this name, as it stands in the text.
    pub fn problems(&self, name: &'static str) -> Vec<&'a Diagnostic> {
        let FormSource::InRegister(loaded, target) = self.source else {
            return Vec::new();
        };
        let EditTarget::Record(id) = target else {
            return Vec::new();
        };
        let record = loaded.register.find(id);
        // That a field is missing is said at the id, which alone shows it.
        let Some(field) = record.and_then(|at| loaded.written_field_span(at, name)) else {
            return Vec::new();
        };
        let is_inside = |p: &&Diagnostic| field.start <= p.span.start && p.span.end <= field.end;
        loaded.diagnostics.iter().filter(is_inside).collect()
    }

    /// The value with this id that is being made.
    pub fn pending_value(&self, id: Id) -> Option<&RonValue> {
        self.state.pending_values.get(&id).map(|begun| &begun.value)
    }

    /// Goes on making a value.
    pub fn set_pending_value(&mut self, id: Id, value: RonValue) {
        let form_id = self.form_id;
        self.state
            .pending_values
            .insert(id, PendingValue { form_id, value });
    }

    /// The record, if any, that the id at a path names.
    pub fn linked_record(&self, path: &[PathStep]) -> Option<(RecordRef, String)> {
        let Some(RonValue::Text(id)) = self.value(path) else {
            return None;
        };
        Some((self.register.find(&id)?, id))
    }
}

/// The id on screen of the field at a path of a form.
pub(super) fn field_id(form_id: Id, path: &[PathStep]) -> Id {
    path.iter().fold(form_id, |id, step| match step {
        PathStep::Field(name) => id.with(*name),
        PathStep::Index(index) => id.with(*index),
    })
}

/// One place for a value.
#[derive(Clone)]
pub struct FieldSlot {
    pub path: Vec<PathStep>,
    pub form: FieldType,
    /// What a screen reader calls it: "Phrase of citation 2".
    pub name: String,
    /// What it means, shown while nothing stands there.
    pub hint: &'static str,
    /// What holds where it is left out.
    pub default_text: Option<&'static str>,
    /// It cannot be taken out.
    pub is_required: bool,
}

impl FieldSlot {
    /// Its name as it stands inside a sentence.
    pub fn name_in_sentence(&self) -> String {
        in_sentence(&self.name)
    }

    /// The name of the field that it is, or that it is an item of.
    pub fn field_name(&self) -> &'static str {
        let names = self.path.iter().rev().find_map(|step| match step {
            PathStep::Field(name) => Some(*name),
            PathStep::Index(_) => None,
        });
        names.unwrap_or("")
    }
}
