//! What is being filled in: which fields are open, what has been typed and is not written yet.

use egui::Id;
use linchpin_edit::{Edit, EditTarget};
use linchpin_register::schema::PathStep;
use linchpin_register::{LoadedRegister, RecordKind};
use ron_lossless::RonValue;
use std::collections::{HashMap, HashSet};

/// A cell whose editor is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenCell {
    pub kind: RecordKind,
    /// The record of its row.
    pub id: String,
    /// The key of its column.
    pub column: &'static str,
    /// It was opened in this frame, and nothing has been done in it yet.
    pub is_new: bool,
}

/// The column that the keyboard is at in the table of a type.
pub type TableColumn = (RecordKind, &'static str);

/// What tells the fields of a record, or of the register, from others on screen.
pub fn form_id(target: &EditTarget) -> Id {
    match target {
        EditTarget::Register => Id::unique("fields of the register"),
        EditTarget::Record(id) => Id::unique(("fields of", id)),
    }
}

/// What tells the editor of a cell in the row of a record from its other fields on screen.
pub fn cell_form_id(id: &str) -> Id {
    Id::unique(("cell of", id))
}

/// What tells the fields of a dialog from others on screen.
pub fn dialog_form_id() -> Id {
    Id::unique("fields of the dialog")
}

/// The fields that are being filled in.
#[derive(Clone, Debug, Default)]
pub struct FormState {
    /// The one field that is open in its place.
    pub open_field: Option<OpenField>,
    /// The cell of a table whose editor is open.
    pub open_cell: Option<OpenCell>,
    /// The column that the keyboard is at.
    pub current_column: Option<TableColumn>,
    /// The record, or the register, all of whose fields are open.
    pub expanded_target: Option<EditTarget>,
    /// What has been typed and is not written yet, by the id of the field on screen.
    pub pending_inputs: HashMap<Id, PendingInput>,
    /// Values that are not written before they are sound: a citation that is to be added, an amount
    /// whose form was chosen.
    pub pending_values: HashMap<Id, PendingValue>,
    /// The list that is open to choose from.
    pub pick_list: Option<PickList>,
    /// Records inside a record that show every field they can have.
    pub expanded_records: HashSet<Id>,
    /// The first field of this holder that is shown takes the keyboard.
    pub focus_first_of: Option<Id>,
    /// The field that had the keyboard when it was shown last.
    pub focused_field: Option<Id>,
    /// The register for which the paths of what was typed hold.
    pub typed_in: Option<TypedIn>,
}

/// A register in which something was typed.
#[derive(Clone)]
pub struct TypedIn(pub LoadedRegister);

impl std::fmt::Debug for TypedIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TypedIn")
    }
}

/// A field that is open in its place.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenField {
    pub target: EditTarget,
    pub path: Vec<PathStep>,
}

/// A value that is being made.
#[derive(Clone, Debug)]
pub struct PendingValue {
    /// Whose value it is: a record, a dialog, another value that is being made.
    pub form_id: Id,
    pub value: RonValue,
}

/// What has been typed into a field.
#[derive(Clone, Debug)]
pub struct PendingInput {
    /// Whose field it is: a record, a dialog.
    pub form_id: Id,
    /// The record in the text that it is a field of; `None` in a dialog.
    pub target: Option<EditTarget>,
    pub path: Vec<PathStep>,
    pub text: String,
    /// What stood there before.
    pub original: String,
    /// What is wrong with it, as a message.
    pub error: Option<String>,
    /// What writes it, where it is sound and belongs to a record in the text.
    pub edit: Option<Edit>,
    /// It was on screen in this frame.
    pub is_visible: bool,
}

/// A list to choose from, with a search.
#[derive(Clone, Debug)]
pub struct PickList {
    pub id: Id,
    pub search: String,
    /// What fits the search that was made last.
    pub options: Vec<PickOption>,
    pub last_search: Option<String>,
    /// The hit that Enter takes; beyond the last: none.
    pub highlighted: usize,
    /// What is chosen already, where Enter alone must change nothing.
    pub current: Option<Option<String>>,
}

/// One thing to choose.
#[derive(Clone, Debug, PartialEq)]
pub struct PickOption {
    /// As the file has it.
    pub value: String,
    pub title: String,
    /// More about it, on the same line.
    pub detail: String,
    /// What it means.
    pub help: String,
}

impl PickList {
    /// A list that opens.
    pub fn new(id: Id) -> Self {
        PickList {
            id,
            search: String::new(),
            options: Vec::new(),
            last_search: None,
            highlighted: 0,
            current: None,
        }
    }
}

impl FormState {
    /// Opens one field of a record in its place.
    pub fn open_field(&mut self, target: EditTarget, path: Vec<PathStep>) {
        self.focus_first_of = Some(form_id(&target));
        self.open_field = Some(OpenField { target, path });
    }

    /// Closes the editor of a cell. What was typed there and is not written stays.
    pub fn close_cell(&mut self) {
        self.open_cell = None;
        self.pick_list = None;
        self.focused_field = None;
    }

    /// Opens or closes all fields of a record, or of the register.
    pub fn toggle_expanded(&mut self, target: &EditTarget) {
        self.open_field = None;
        if self.expanded_target.as_ref() == Some(target) {
            self.expanded_target = None;
        } else {
            self.expanded_target = Some(target.clone());
            self.focus_first_of = Some(form_id(target));
        }
    }

    /// Whether the field at this path is open in its place.
    pub fn is_field_open(&self, target: &EditTarget, path: &[PathStep]) -> bool {
        let open = self.open_field.as_ref();
        open.is_some_and(|open| open.target == *target && open.path == path)
    }

    /// Whether the keyboard is in a field with something typed that is not written yet, or in a
    /// list to choose from.
    pub fn is_typing(&self) -> bool {
        self.pick_list.is_some()
            || self
                .focused_field
                .is_some_and(|id| self.pending_inputs.contains_key(&id))
    }

    /// What was typed into fields that have left the screen, where it is sound. The rest stays
    /// until somebody comes back to it.
    pub fn take_hidden_edits(&mut self) -> Vec<Edit> {
        let mut left = Vec::new();
        self.pending_inputs.retain(|_, typed| {
            // A field that is still shown sets it again in the next frame.
            if std::mem::take(&mut typed.is_visible) {
                return true;
            }
            match typed.edit.take() {
                Some(edit) => left.push(edit),
                None => return true,
            }
            false
        });
        left
    }

    /// What is typed and sound, before something is done that it belongs to, such as saving. The
    /// rest stays.
    pub fn take_valid_edits(&mut self) -> Vec<Edit> {
        let mut sound = Vec::new();
        self.pending_inputs
            .retain(|_, typed| match typed.edit.take() {
                Some(edit) => {
                    sound.push(edit);
                    false
                }
                None => true,
            });
        sound
    }

    /// Whether something has been typed or begun that no edit is made of yet.
    pub fn has_unfinished_input(&self) -> bool {
        !self.pending_inputs.is_empty() || !self.pending_values.is_empty()
    }

    /// Whether something has been typed into the field at this path, or a part of it, that is not
    /// written yet.
    pub fn has_pending_input(&self, holder: Id, path: &[PathStep]) -> bool {
        let is_there =
            |typed: &PendingInput| typed.form_id == holder && typed.path.starts_with(path);
        self.pending_inputs.values().any(is_there)
    }

    /// Whether something that is not sound has been typed into fields of this holder.
    pub fn has_error(&self, holder: Id) -> bool {
        self.error(holder).is_some()
    }

    /// What is wrong with what has been typed into fields of this holder.
    pub fn error(&self, holder: Id) -> Option<&str> {
        let own = self
            .pending_inputs
            .values()
            .filter(|typed| typed.form_id == holder);
        // The same one in every frame: a map has no order of its own.
        own.filter_map(|typed| typed.error.as_deref()).min()
    }

    /// Forgets what was typed into the fields of a dialog, or of a record that is not made after
    /// all.
    pub fn discard(&mut self, holder: Id) {
        self.pending_inputs
            .retain(|_, typed| typed.form_id != holder);
        let inside = self
            .pending_values
            .iter()
            .filter(|(_, begun)| begun.form_id == holder);
        // A value that is being made has fields of its own, with what was typed there.
        let inside: Vec<Id> = inside.map(|(id, _)| *id).collect();
        for id in inside {
            self.pending_values.remove(&id);
            self.discard(id);
        }
    }
}
