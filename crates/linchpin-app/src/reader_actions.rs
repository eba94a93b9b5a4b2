//! The commands of the reader: each with its words and its key. They mean something on its page
//! alone.

use super::action::{Action, ActionSpec, Menu, ReaderAction, plain_key, spec, without_shortcut};
use egui::Key;

impl ReaderAction {
    /// Its key, in words; empty where it has none.
    pub fn key_name(self) -> String {
        let shortcut = Action::Reader(self).spec().shortcut;
        shortcut.map_or_else(String::new, |s| s.logical_key.name().to_owned())
    }
}

const fn reader_action(
    action: ReaderAction,
    on: Key,
    label: &'static str,
    help: &'static str,
) -> ActionSpec {
    spec(
        Action::Reader(action),
        Menu::Reader,
        label,
        help,
        plain_key(on),
    )
}

pub(super) const SHOW_DOCUMENTS: ActionSpec = without_shortcut(
    Action::Reader(ReaderAction::ShowDocuments),
    Menu::Reader,
    "Choose a document",
    "The documents with a text, and those that have none yet",
);
pub(super) const NEXT: ActionSpec = reader_action(
    ReaderAction::Next,
    Key::J,
    "Next coded phrase",
    "Go to the next coded phrase; while coding, to the next candidate",
);
pub(super) const PREVIOUS: ActionSpec = reader_action(
    ReaderAction::Previous,
    Key::K,
    "Previous coded phrase",
    "Go to the coded phrase before; while coding, to the candidate before",
);
pub(super) const NEXT_OPEN_SENTENCE: ActionSpec = reader_action(
    ReaderAction::NextOpenSentence,
    Key::N,
    "Next open sentence",
    "Go to the next sentence that has neither a record nor a reason for none",
);
pub(super) const DIM_REVIEWED: ActionSpec = reader_action(
    ReaderAction::DimReviewed,
    Key::O,
    "Dim all but open sentences",
    "Let the sentences stand out that nobody has looked at",
);
pub(super) const TOGGLE_CODING: ActionSpec = reader_action(
    ReaderAction::ToggleCoding,
    Key::C,
    "Code this document",
    "Go through what may be worth a record, one after the other, by keys",
);
pub(super) const ACCEPT: ActionSpec = reader_action(
    ReaderAction::Accept,
    Key::A,
    "Accept the candidate…",
    "Fill in a record with what the text gives; the words that say it are yours",
);
pub(super) const DISMISS: ActionSpec = reader_action(
    ReaderAction::Dismiss,
    Key::D,
    "Dismiss the sentence…",
    "Note that the sentence yields no record, and why",
);
pub(super) const SPLIT: ActionSpec = reader_action(
    ReaderAction::Split,
    Key::S,
    "Split the candidate…",
    "Fill in two records with the same verb, one after the other",
);
pub(super) const UNDO: ActionSpec = reader_action(
    ReaderAction::Undo,
    Key::U,
    "Undo in the text",
    "Undo the last change and go to where it was made",
);
pub(super) const SHOW_RECORD: ActionSpec = reader_action(
    ReaderAction::ShowRecord,
    Key::Enter,
    "Show the record of the candidate",
    "Open the details of the record that stands at these words",
);
