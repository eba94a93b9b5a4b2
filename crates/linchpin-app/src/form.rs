//! What is being filled in: which fields are open, what has been typed and is not written yet.

use egui::Id;
use linchpin_edit::{Edit, Target};
use linchpin_register::RecordKind;
use linchpin_register::declare::PathStep;
use ron_lossless::Value;
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
pub type AtColumn = (RecordKind, &'static str);

/// What tells the fields of a record, or of the register, from others on screen.
pub fn holder(target: &Target) -> Id {
    match target {
        Target::Register => Id::unique("fields of the register"),
        Target::Record(id) => Id::unique(("fields of", id)),
    }
}

/// What tells the editor of a cell in the row of a record from its other fields on screen.
pub fn cell_holder(id: &str) -> Id {
    Id::unique(("cell of", id))
}

/// What tells the fields of a dialog from others on screen.
pub fn dialog_holder() -> Id {
    Id::unique("fields of the dialog")
}

/// The fields that are being filled in.
#[derive(Clone, Debug, Default)]
pub struct FormState {
    /// The one field that is open in its place.
    pub open: Option<Open>,
    /// The cell of a table whose editor is open.
    pub cell: Option<OpenCell>,
    /// The column that the keyboard is at.
    pub at_column: Option<AtColumn>,
    /// The record, or the register, all of whose fields are open.
    pub whole: Option<Target>,
    /// What has been typed and is not written yet, by the id of the field on screen.
    pub typed: HashMap<Id, Typed>,
    /// Values that are not written before they are sound: a citation that is to be added, an amount whose form was chosen.
    pub begun: HashMap<Id, Begun>,
    /// The list that is open to choose from.
    pub pick: Option<Pick>,
    /// Records inside a record that show every field they can have.
    pub unfolded: HashSet<Id>,
    /// The first field of this holder that is shown takes the keyboard.
    pub focus_first: Option<Id>,
    /// The field that had the keyboard when it was shown last.
    pub focused: Option<Id>,
}

/// A field that is open in its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Open {
    pub target: Target,
    pub path: Vec<PathStep>,
}

/// A value that is being made.
#[derive(Clone, Debug)]
pub struct Begun {
    /// Whose value it is: a record, a dialog, another value that is being made.
    pub holder: Id,
    pub value: Value,
}

/// What has been typed into a field.
#[derive(Clone, Debug)]
pub struct Typed {
    /// Whose field it is: a record, a dialog.
    pub holder: Id,
    pub path: Vec<PathStep>,
    pub text: String,
    /// What stood there before.
    pub was: String,
    /// What is wrong with it, in words.
    pub fault: Option<String>,
    /// What writes it, where it is sound and belongs to a record in the text.
    pub then: Option<Edit>,
    /// It was on screen in this frame.
    pub seen: bool,
}

/// A list to choose from, with a search.
#[derive(Clone, Debug)]
pub struct Pick {
    pub id: Id,
    pub search: String,
    /// What fits the search that was made last.
    pub hits: Vec<Hit>,
    pub searched: Option<String>,
    /// The hit that Enter takes; beyond the last: none.
    pub at: usize,
    /// What is chosen already, where Enter alone must change nothing.
    pub now: Option<Option<String>>,
}

/// One thing to choose.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// As the file has it.
    pub value: String,
    pub title: String,
    /// More about it, on the same line.
    pub aside: String,
    /// What it means.
    pub help: String,
}

impl Pick {
    /// A list that opens.
    pub fn new(id: Id) -> Self {
        Pick {
            id,
            search: String::new(),
            hits: Vec::new(),
            searched: None,
            at: 0,
            now: None,
        }
    }
}

impl FormState {
    /// Opens one field of a record in its place.
    pub fn open(&mut self, target: Target, path: Vec<PathStep>) {
        self.focus_first = Some(holder(&target));
        self.open = Some(Open { target, path });
    }

    /// Closes the editor of a cell. What was typed there and is not written stays.
    pub fn close_cell(&mut self) {
        self.cell = None;
        self.pick = None;
        self.focused = None;
    }

    /// Opens or closes all fields of a record, or of the register.
    pub fn toggle_whole(&mut self, target: &Target) {
        self.open = None;
        if self.whole.as_ref() == Some(target) {
            self.whole = None;
        } else {
            self.whole = Some(target.clone());
            self.focus_first = Some(holder(target));
        }
    }

    /// Whether the field at this path is open in its place.
    pub fn is_open(&self, target: &Target, path: &[PathStep]) -> bool {
        let open = self.open.as_ref();
        open.is_some_and(|open| open.target == *target && open.path == path)
    }

    /// Whether the keyboard is in a field with something typed that is not written yet, or in a list to choose from.
    pub fn is_typing(&self) -> bool {
        self.pick.is_some() || self.focused.is_some_and(|id| self.typed.contains_key(&id))
    }

    /// What was typed into fields that have left the screen, where it is sound. The rest stays until somebody comes back to it.
    pub fn take_left(&mut self) -> Vec<Edit> {
        let mut left = Vec::new();
        self.typed.retain(|_, typed| {
            if std::mem::take(&mut typed.seen) {
                return true;
            }
            match typed.then.take() {
                Some(edit) => left.push(edit),
                None => return true,
            }
            false
        });
        left
    }

    /// What is typed and sound, before something is done that it belongs to, such as saving. The rest stays.
    pub fn take_sound(&mut self) -> Vec<Edit> {
        let mut sound = Vec::new();
        self.typed.retain(|_, typed| match typed.then.take() {
            Some(edit) => {
                sound.push(edit);
                false
            }
            None => true,
        });
        sound
    }

    /// Whether something has been typed into the field at this path, or a part of it, that is not written yet.
    pub fn has_typed(&self, holder: Id, path: &[PathStep]) -> bool {
        let is_there = |typed: &Typed| typed.holder == holder && typed.path.starts_with(path);
        self.typed.values().any(is_there)
    }

    /// Whether something that is not sound has been typed into fields of this holder.
    pub fn has_fault(&self, holder: Id) -> bool {
        self.fault(holder).is_some()
    }

    /// What is wrong with what has been typed into fields of this holder.
    pub fn fault(&self, holder: Id) -> Option<&str> {
        let own = self.typed.values().filter(|typed| typed.holder == holder);
        own.filter_map(|typed| typed.fault.as_deref()).min()
    }

    /// Forgets what was typed into the fields of a dialog, or of a record that is not made after all.
    pub fn forget(&mut self, holder: Id) {
        self.typed.retain(|_, typed| typed.holder != holder);
        let inside = self
            .begun
            .iter()
            .filter(|(_, begun)| begun.holder == holder);
        let inside: Vec<Id> = inside.map(|(id, _)| *id).collect();
        for id in inside {
            self.begun.remove(&id);
            self.forget(id);
        }
    }
}
