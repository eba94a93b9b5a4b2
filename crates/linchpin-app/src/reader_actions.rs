//! The commands of the reader: each with its words and its key. They mean something on its page alone.

use super::action::{Action, ActionSpec, Menu, ReaderAction, key, keyless, spec};
use egui::Key;

impl ReaderAction {
    /// Its key, in words; empty where it has none.
    pub fn key(self) -> String {
        let shortcut = Action::Reader(self).spec().shortcut;
        shortcut.map_or_else(String::new, |s| s.logical_key.name().to_owned())
    }
}

const fn of(action: ReaderAction, on: Key, label: &'static str, help: &'static str) -> ActionSpec {
    spec(Action::Reader(action), Menu::Reader, label, help, key(on))
}

pub(super) const DOCUMENTS: ActionSpec = keyless(
    Action::Reader(ReaderAction::Documents),
    Menu::Reader,
    "Choose a document",
    "The documents with a text, and those that have none yet",
);
pub(super) const NEXT: ActionSpec = of(
    ReaderAction::Next,
    Key::J,
    "Next coded phrase",
    "Go to the next coded phrase; while coding, to the next candidate",
);
pub(super) const PREVIOUS: ActionSpec = of(
    ReaderAction::Previous,
    Key::K,
    "Previous coded phrase",
    "Go to the coded phrase before; while coding, to the candidate before",
);
pub(super) const NEXT_OPEN: ActionSpec = of(
    ReaderAction::NextOpen,
    Key::N,
    "Next open sentence",
    "Go to the next sentence that has neither a record nor a reason for none",
);
pub(super) const ONLY_OPEN: ActionSpec = of(
    ReaderAction::OnlyOpen,
    Key::O,
    "Dim all but open sentences",
    "Let the sentences stand out that nobody has looked at",
);
pub(super) const CODE: ActionSpec = of(
    ReaderAction::Code,
    Key::C,
    "Code this document",
    "Go through what may be worth a record, one after the other, by keys",
);
pub(super) const ACCEPT: ActionSpec = of(
    ReaderAction::Accept,
    Key::A,
    "Accept the candidate…",
    "Fill in a record with what the text gives; the words that say it are yours",
);
pub(super) const DISMISS: ActionSpec = of(
    ReaderAction::Dismiss,
    Key::D,
    "Dismiss the sentence…",
    "Note that the sentence yields no record, and why",
);
pub(super) const SPLIT: ActionSpec = of(
    ReaderAction::Split,
    Key::S,
    "Split the candidate…",
    "Fill in two records with the same verb, one after the other",
);
pub(super) const TAKE_BACK: ActionSpec = of(
    ReaderAction::TakeBack,
    Key::U,
    "Undo in the text",
    "Take back the last step, and go back to where it was made",
);
pub(super) const SHOW_RECORD: ActionSpec = of(
    ReaderAction::ShowRecord,
    Key::Enter,
    "Show the record of the candidate",
    "Open the details of the record that stands at these words",
);
