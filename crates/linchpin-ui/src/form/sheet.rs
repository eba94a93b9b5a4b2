//! The record that is being filled in: where its values come from, and what is wished for them.

use egui::Id;
use linchpin_app::form_state::{FormState, PendingInput, PendingValue};
use linchpin_edit::wish::value_in;
use linchpin_edit::{Target, Want, Wish, value_at};
use linchpin_register::declare::PathStep;
use linchpin_register::{Date, Form, Loaded, RecordRef, Register};
use ron_lossless::{Diagnostic, RonValue};

/// Where the values come from.
#[derive(Clone, Copy)]
pub enum Source<'a> {
    /// A record in the text, or the register's own fields: each wish is one step.
    Text(&'a Loaded, &'a Target),
    /// Fields that stand in no text yet: wishes are carried out as somebody types.
    Made(&'a [(String, RonValue)]),
}

/// What a new value begins with.
#[derive(Clone, Debug)]
pub struct Hints {
    pub today: Date,
    /// Who assessed last.
    pub assessor: String,
    /// The document and the paragraph that the record cites first.
    pub place: Option<(String, u32)>,
}

/// A record that is being filled in.
pub struct Sheet<'a> {
    pub register: &'a Register,
    pub form: &'a mut FormState,
    pub source: Source<'a>,
    pub hints: &'a Hints,
    /// Tells its fields from those of other records on screen.
    pub holder: Id,
    /// What is wished, in order.
    pub wishes: Vec<Wish>,
    /// Records that the user wants to go to.
    pub visits: Vec<RecordRef>,
    /// A field was left, by a key, a click elsewhere or a choice.
    pub left: bool,
    /// Something was being typed when the frame began.
    pub was_typing: bool,
    /// Why nothing can be filled in just now.
    pub barred: Option<&'static str>,
}

impl<'a> Sheet<'a> {
    /// A sheet for a record, with nothing wished yet.
    pub fn new(
        register: &'a Register,
        form: &'a mut FormState,
        source: Source<'a>,
        hints: &'a Hints,
        holder: Id,
    ) -> Self {
        let was_typing = form.is_typing();
        Sheet {
            register,
            form,
            source,
            hints,
            holder,
            wishes: Vec::new(),
            visits: Vec::new(),
            left: false,
            was_typing,
            barred: None,
        }
    }

    /// The value at a path; `None` where there is none.
    pub fn value(&self, path: &[PathStep]) -> Option<RonValue> {
        let value = match self.source {
            Source::Text(loaded, target) => value_at(loaded, target, path),
            Source::Made(fields) => value_in(fields, path),
        };
        match value {
            Some(RonValue::Call(name, mut inside)) if name == "Some" && inside.len() == 1 => {
                inside.pop()
            }
            value => value,
        }
    }

    /// Whether wishes are carried out as somebody types.
    pub fn is_live(&self) -> bool {
        matches!(self.source, Source::Made(_))
    }

    /// The id on screen of the field at a path.
    pub fn id(&self, path: &[PathStep]) -> Id {
        let mut id = self.holder;
        for step in path {
            id = match step {
                PathStep::Field(name) => id.with(*name),
                PathStep::Index(index) => id.with(*index),
            };
        }
        id
    }

    /// Forgets what was typed into the field at a path, or a part of it.
    pub fn drop_typed(&mut self, path: &[PathStep]) {
        let holder = self.holder;
        let is_there =
            |typed: &PendingInput| typed.form_id == holder && typed.path.starts_with(path);
        self.form.pending_inputs.retain(|_, typed| !is_there(typed));
    }

    /// Wishes something.
    pub fn wish(&mut self, path: &[PathStep], want: Want) {
        let path = path.to_vec();
        self.wishes.push(Wish { path, want });
    }

    /// Whether the field that asks takes the keyboard: the first one that does.
    pub fn takes_keyboard(&mut self) -> bool {
        let takes = self.form.focus_first_of == Some(self.holder);
        if takes {
            self.form.focus_first_of = None;
        }
        takes
    }

    /// What is wrong with the field of this name, as it stands in the text.
    pub fn problems(&self, name: &'static str) -> Vec<&'a Diagnostic> {
        let Source::Text(loaded, target) = self.source else {
            return Vec::new();
        };
        let Target::Record(id) = target else {
            return Vec::new();
        };
        let (Some(at), path) = (loaded.register.find(id), [PathStep::Field(name)]) else {
            return Vec::new();
        };
        let (whole, field) = (loaded.span(at), loaded.field_span(at, &path));
        let is_inside = |p: &&Diagnostic| field.start <= p.span.start && p.span.end <= field.end;
        let inside = loaded.problems.iter().filter(is_inside);
        inside.filter(|_| field != whole).collect()
    }

    /// The value with this id that is being made.
    pub fn begun(&self, id: Id) -> Option<&RonValue> {
        self.form.pending_values.get(&id).map(|begun| &begun.value)
    }

    /// Goes on making a value.
    pub fn begin(&mut self, id: Id, value: RonValue) {
        let holder = self.holder;
        self.form.pending_values.insert(
            id,
            PendingValue {
                form_id: holder,
                value,
            },
        );
    }

    /// The record, if any, that the id at a path names.
    pub fn linked(&self, path: &[PathStep]) -> Option<(RecordRef, String)> {
        let Some(RonValue::Text(id)) = self.value(path) else {
            return None;
        };
        Some((self.register.find(&id)?, id))
    }
}

/// One place for a value.
#[derive(Clone)]
pub struct Slot {
    pub path: Vec<PathStep>,
    pub form: Form,
    /// What a screen reader calls it: "Phrase of citation 2".
    pub name: String,
    /// What it means, shown while nothing stands there.
    pub hint: &'static str,
    /// It cannot be taken out.
    pub needed: bool,
}

impl Slot {
    /// The name of the field that it is, or that it is an item of.
    pub fn field(&self) -> &'static str {
        let names = self.path.iter().rev().find_map(|step| match step {
            PathStep::Field(name) => Some(*name),
            PathStep::Index(_) => None,
        });
        names.unwrap_or("")
    }
}
