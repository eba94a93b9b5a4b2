//! What stands in the menus, in the palette and on the keys.

use super::action::{
    Action, ActionSpec, Menu, alt, alt_shift, ctrl, ctrl_shift, plain_key, spec, without_shortcut,
};
use super::chart_actions as charts;
use super::reader_actions as reader;
use egui::{Key, KeyboardShortcut, Modifiers};
use linchpin_register::bundled;

/// Every action, in the order of the menus.
pub const ACTIONS: &[ActionSpec] = &[
    spec(
        Action::Open,
        Menu::File,
        "Open…",
        "Choose a register, or an image of a chart, in a dialog of the system",
        ctrl(Key::O),
    ),
    spec(
        Action::OpenPath,
        Menu::File,
        "Open by path…",
        "Type or paste the path of a register",
        ctrl_shift(Key::O),
    ),
    without_shortcut(
        Action::OpenFolder,
        Menu::File,
        "Open folder…",
        "Choose a folder whose files form one register",
    ),
    without_shortcut(
        Action::OpenBundled(&bundled::ALLIANCE),
        Menu::File,
        "Open the bundled register",
        bundled::ALLIANCE.about,
    ),
    without_shortcut(
        Action::OpenBundled(&bundled::COMMUNIQUES),
        Menu::File,
        "Open the bundled communiqués",
        bundled::COMMUNIQUES.about,
    ),
    spec(
        Action::Save,
        Menu::File,
        "Save",
        "Write the edits into the file",
        ctrl(Key::S),
    ),
    spec(
        Action::SaveAs,
        Menu::File,
        "Save as…",
        "Write the register into another file, and go on there",
        ctrl_shift(Key::S),
    ),
    without_shortcut(
        Action::SaveCopy,
        Menu::File,
        "Save a copy…",
        "Write the register into another file, and go on here",
    ),
    without_shortcut(
        Action::Revert,
        Menu::File,
        "Go back to the saved file",
        "Undo every edit since the last save in one step",
    ),
    charts::EXPORT,
    charts::EXPORT_ALL,
    spec(
        Action::ExportReport,
        Menu::File,
        "Export report…",
        "Save all charts with their data and sources as one page, or on paper",
        None,
    ),
    spec(
        Action::ExportTable,
        Menu::File,
        "Export table…",
        "Save the rows on screen as CSV, JSON or Markdown",
        ctrl(Key::T),
    ),
    spec(
        Action::Quit,
        Menu::File,
        "Quit",
        "Close the window",
        ctrl(Key::Q),
    ),
    spec(
        Action::Undo,
        Menu::Edit,
        "Undo",
        "Undo the last change",
        ctrl(Key::Z),
    ),
    spec(
        Action::Redo,
        Menu::Edit,
        "Redo",
        "Redo the last undone change",
        ctrl_shift(Key::Z),
    ),
    spec(
        Action::AddRecord,
        Menu::Edit,
        "Add record…",
        "Add a record to the table on screen",
        ctrl(Key::N),
    ),
    spec(
        Action::EditRecord,
        Menu::Edit,
        "Edit record",
        "Fill in all fields of the selected record",
        alt(Key::Enter),
    ),
    spec(
        Action::EditCell,
        Menu::Edit,
        "Edit cell",
        "Edit the selected row in its place in the table; a double click edits any cell",
        plain_key(Key::F2),
    ),
    spec(
        Action::DuplicateRecord,
        Menu::Edit,
        "Duplicate record…",
        "Add a copy of the selected record behind it",
        ctrl_shift(Key::N),
    ),
    spec(
        Action::RenameRecord,
        Menu::Edit,
        "Rename id…",
        "Change the id of the selected record, and every link to it",
        Some(KeyboardShortcut::new(Modifiers::SHIFT, Key::F2)),
    ),
    spec(
        Action::RemoveRecord,
        Menu::Edit,
        "Remove record…",
        "Remove the selected record from the file",
        plain_key(Key::Delete),
    ),
    spec(
        Action::MoveUp,
        Menu::Edit,
        "Move up in its list",
        "Put the selected record before the one above it in the file",
        alt_shift(Key::ArrowUp),
    ),
    spec(
        Action::MoveDown,
        Menu::Edit,
        "Move down in its list",
        "Put the selected record behind the one below it in the file",
        alt_shift(Key::ArrowDown),
    ),
    spec(
        Action::MoveFirst,
        Menu::Edit,
        "Move to the start of its list",
        "Put the selected record first in its list in the file",
        alt_shift(Key::Home),
    ),
    spec(
        Action::MoveLast,
        Menu::Edit,
        "Move to the end of its list",
        "Put the selected record last in its list in the file",
        alt_shift(Key::End),
    ),
    spec(
        Action::SelectAllRows,
        Menu::Edit,
        "Select all rows",
        "Select every row that the search and the filters leave, to edit them together",
        ctrl(Key::A),
    ),
    spec(
        Action::EditSelectedRows,
        Menu::Edit,
        "Edit selected rows…",
        "Set a field of every selected row, add to their lists, assess them: as one step",
        ctrl_shift(Key::M),
    ),
    spec(
        Action::Replace,
        Menu::Edit,
        "Replace…",
        "Find words in the text of the file and put others there",
        ctrl(Key::H),
    ),
    spec(
        Action::GoToLine,
        Menu::Edit,
        "Go to line…",
        "Go to a line of the file by its number",
        ctrl(Key::G),
    ),
    without_shortcut(
        Action::FixAll,
        Menu::Edit,
        "Fix all safe problems",
        "Apply every safe quick fix in one step",
    ),
    without_shortcut(
        Action::Format,
        Menu::Edit,
        "Format file",
        "Format the file: one field per line, fields in their order; comments stay",
    ),
    spec(
        Action::OpenAtSource,
        Menu::Record,
        "Open at source",
        "Open the document in the browser, at the cited words",
        ctrl(Key::Enter),
    ),
    spec(
        Action::CopyCitation,
        Menu::Record,
        "Copy citation",
        "Copy the citation of the selected record",
        ctrl_shift(Key::C),
    ),
    spec(
        Action::ShowInFile,
        Menu::Record,
        "Show in file",
        "Show the selected record in the text of the file",
        ctrl(Key::L),
    ),
    without_shortcut(
        Action::AttachText,
        Menu::Record,
        "Attach a text…",
        "Give the selected document its text: paste it, or take it out of a file",
    ),
    without_shortcut(
        Action::DetachText,
        Menu::Record,
        "Detach the text",
        "Take the text of the selected document out of the register; its file stays",
    ),
    charts::COPY_IMAGE,
    charts::COPY_SVG,
    charts::COPY_MARKDOWN,
    charts::NEW,
    charts::EDIT,
    charts::FROM_ROWS,
    charts::SHOW_RECORDS,
    charts::WRITE_STANDARD_CHARTS,
    spec(
        Action::NextRecord,
        Menu::Record,
        "Next record",
        "Select the row below",
        alt(Key::ArrowDown),
    ),
    spec(
        Action::PreviousRecord,
        Menu::Record,
        "Previous record",
        "Select the row above",
        alt(Key::ArrowUp),
    ),
    reader::SHOW_DOCUMENTS,
    reader::NEXT,
    reader::PREVIOUS,
    reader::NEXT_OPEN_SENTENCE,
    reader::DIM_REVIEWED,
    reader::TOGGLE_CODING,
    reader::ACCEPT,
    reader::DISMISS,
    reader::SPLIT,
    reader::UNDO,
    reader::SHOW_RECORD,
    spec(
        Action::Find,
        Menu::View,
        "Find",
        "Search all text of the table, or the text on screen",
        ctrl(Key::F),
    ),
    spec(
        Action::ClearQuery,
        Menu::View,
        "Clear search and filters",
        "Show every row again",
        ctrl_shift(Key::F),
    ),
    spec(
        Action::Back,
        Menu::View,
        "Back",
        "Where you were before",
        alt(Key::ArrowLeft),
    ),
    spec(
        Action::Forward,
        Menu::View,
        "Forward",
        "Undo going back",
        alt(Key::ArrowRight),
    ),
    spec(
        Action::ToggleDetailsPane,
        Menu::View,
        "Details pane",
        "Show or hide the details",
        ctrl(Key::D),
    ),
    spec(
        Action::ToggleDensity,
        Menu::View,
        "Compact rows",
        "Show more rows in the same space",
        ctrl_shift(Key::D),
    ),
    spec(
        Action::NextTheme,
        Menu::View,
        "Next theme",
        "System, light, dark",
        ctrl_shift(Key::L),
    ),
    charts::AS_TABLE,
    spec(
        Action::ZoomIn,
        Menu::View,
        "Zoom in",
        "Larger text",
        ctrl(Key::Plus),
    ),
    spec(
        Action::ZoomOut,
        Menu::View,
        "Zoom out",
        "Smaller text",
        ctrl(Key::Minus),
    ),
    spec(
        Action::ZoomReset,
        Menu::View,
        "Actual size",
        "Text at its own size",
        ctrl(Key::Num0),
    ),
    spec(
        Action::CommandPalette,
        Menu::Help,
        "Command palette…",
        "Find a command, a page or a record by name",
        ctrl(Key::K),
    ),
    spec(
        Action::KeyboardShortcuts,
        Menu::Help,
        "Keyboard",
        "Every key",
        Some(KeyboardShortcut::new(Modifiers::NONE, Key::F1)),
    ),
];

impl Action {
    /// How it is shown.
    pub fn spec(self) -> &'static ActionSpec {
        let mut all = ACTIONS.iter();
        all.find(|s| s.action == self).unwrap_or(&ACTIONS[0])
    }
}

#[cfg(test)]
mod tests {
    use super::super::action::page_shortcut;
    use super::super::page::Page;
    use super::*;

    #[test]
    fn no_two_commands_share_a_key() {
        let mut keys: Vec<KeyboardShortcut> = ACTIONS
            .iter()
            .filter_map(|s| s.shortcut)
            .chain(Page::ALL.into_iter().filter_map(page_shortcut))
            .collect();
        let all = keys.len();
        keys.sort_by_key(|k| format!("{k:?}"));
        keys.dedup();
        assert_eq!(keys.len(), all);
    }
}
