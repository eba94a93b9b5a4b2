//! Everything that can be done in the window. Views return commands; one place carries them out.

use super::page::Page;
use super::view::ThemeChoice;
use crate::query::{CountingRule, Only};
use crate::register::{RecordKind, RecordRef};
use egui::{Key, KeyboardShortcut, Modifiers};
use std::path::PathBuf;

/// One thing to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    Act(Action),
    Go(Page),
    /// Shows a record: its page, its row, its details.
    Show(RecordRef),
    /// Selects a record without leaving the page.
    Select(RecordRef),
    /// Shows exactly these records of a type.
    ShowOnly(RecordKind, Only),
    Search(RecordKind, String),
    ToggleFilter {
        kind: RecordKind,
        facet: &'static str,
        value: String,
    },
    ClearFacet {
        kind: RecordKind,
        facet: &'static str,
    },
    ClearQuery(RecordKind),
    DropOnly(RecordKind),
    /// Sorts by a column; `add` keeps the others behind it. Once more turns the direction, a third time takes it away.
    SortBy {
        kind: RecordKind,
        column: &'static str,
        add: bool,
    },
    SetTableRule(RecordKind, CountingRule),
    SetRule(CountingRule),
    ShowChart(Option<String>),
    ShowTerms(&'static str),
    SetTheme(ThemeChoice),
    OpenFile(PathBuf),
    OpenUrl(String),
    CopyText {
        text: String,
        what: &'static str,
    },
    /// Opens the dialog of an export.
    AskExport(super::export::What),
    /// Exports what a form says.
    Export(Box<super::export::Form>),
    /// Opens the system's dialog for a file to open, or a place to write to.
    PickToOpen,
    PickToSave(Box<super::export::Form>),
    DismissNotice(u64),
    CancelJob(u64),
    /// Saves the register elsewhere, or a copy of it.
    SaveAs(super::dialog::SaveForm),
    PickToSaveAs(super::dialog::SaveForm),
    SetSaveEachChange(bool),
    /// What becomes of unsaved edits before something else is done.
    Leave(super::leaving::Answer, super::leaving::Then),
    /// Decides one thing that both sides changed: file, number, whose counts.
    Decide(usize, usize, crate::edit::merge::Side),
    /// Puts both sides together; where nothing was decided, this side counts.
    Settle(crate::edit::merge::Side),
    /// Gives up all edits for what the file holds.
    TakeTheirs,
    /// What becomes of unsaved work that was found, by its number.
    Recover(usize, super::recovery::Fate),
    /// Puts back, or leaves, a file whose saving was broken off, by its number.
    PutBack(usize, bool),
    /// Does something to the text, as one step that can be undone.
    Turn(Box<super::turns::Turn>),
    /// Shows the record with this id: its page, its row, its details.
    ShowId(String),
    /// Shows a place of the text on the page of the data file, and marks the lines up to `end`.
    ShowInText {
        offset: u32,
        end: Option<u32>,
    },
}

/// What stands in the menus, in the palette and on the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    Open,
    OpenPath,
    OpenFolder,
    OpenBundled,
    ExportChart,
    ExportAllCharts,
    ExportTable,
    CopyImage,
    Save,
    SaveAs,
    SaveCopy,
    Revert,
    Quit,
    Undo,
    Redo,
    Back,
    Forward,
    Find,
    Replace,
    GoToLine,
    FixAll,
    LayOut,
    ClearQuery,
    ToggleDetail,
    NextRecord,
    PreviousRecord,
    OpenAtSource,
    CopyCitation,
    ShowInFile,
    ToggleDensity,
    NextTheme,
    ZoomIn,
    ZoomOut,
    ZoomReset,
    Palette,
    Keys,
}

/// How an action is shown.
pub struct ActionSpec {
    pub action: Action,
    pub menu: Menu,
    pub label: &'static str,
    pub help: &'static str,
    pub shortcut: Option<KeyboardShortcut>,
}

/// The menus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Menu {
    File,
    Edit,
    Record,
    View,
    Help,
}

const fn ctrl(key: Key) -> Option<KeyboardShortcut> {
    Some(KeyboardShortcut::new(Modifiers::COMMAND, key))
}
const fn shift(key: Key) -> Option<KeyboardShortcut> {
    Some(KeyboardShortcut::new(
        Modifiers::COMMAND.plus(Modifiers::SHIFT),
        key,
    ))
}
const fn alt(key: Key) -> Option<KeyboardShortcut> {
    Some(KeyboardShortcut::new(Modifiers::ALT, key))
}
const fn spec(
    action: Action,
    menu: Menu,
    label: &'static str,
    help: &'static str,
    shortcut: Option<KeyboardShortcut>,
) -> ActionSpec {
    ActionSpec {
        action,
        menu,
        label,
        help,
        shortcut,
    }
}

/// Every action, in the order of the menus.
pub const ACTIONS: &[ActionSpec] = &[
    spec(
        Action::Open,
        Menu::File,
        "Open…",
        "Choose a register in a dialog of the system",
        ctrl(Key::O),
    ),
    spec(
        Action::OpenPath,
        Menu::File,
        "Open by path…",
        "Type or paste the path of a register",
        shift(Key::O),
    ),
    spec(
        Action::OpenFolder,
        Menu::File,
        "Open folder…",
        "Choose a folder whose files form one register",
        None,
    ),
    spec(
        Action::OpenBundled,
        Menu::File,
        "Open the bundled register",
        "The U.S.–Republic of Korea alliance",
        None,
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
        shift(Key::S),
    ),
    spec(
        Action::SaveCopy,
        Menu::File,
        "Save a copy…",
        "Write the register into another file, and go on here",
        None,
    ),
    spec(
        Action::Revert,
        Menu::File,
        "Go back to the saved file",
        "Take back every edit since the last save, as one step",
        None,
    ),
    spec(
        Action::ExportChart,
        Menu::File,
        "Export chart…",
        "Save the chart on screen as an image",
        ctrl(Key::E),
    ),
    spec(
        Action::ExportAllCharts,
        Menu::File,
        "Export all charts…",
        "Save every chart into a folder",
        shift(Key::E),
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
        "Take back the last step",
        ctrl(Key::Z),
    ),
    spec(
        Action::Redo,
        Menu::Edit,
        "Redo",
        "Do again what was taken back",
        shift(Key::Z),
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
    spec(
        Action::FixAll,
        Menu::Edit,
        "Fix what is sure",
        "Set right every problem that has one sure repair, as one step",
        None,
    ),
    spec(
        Action::LayOut,
        Menu::Edit,
        "Lay out the file",
        "Give the file the layout of the house: one field a line, fields in their order; comments stay",
        None,
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
        shift(Key::C),
    ),
    spec(
        Action::ShowInFile,
        Menu::Record,
        "Show in file",
        "Show the selected record in the text of the file",
        ctrl(Key::L),
    ),
    spec(
        Action::CopyImage,
        Menu::Record,
        "Copy chart as image",
        "Copy the chart on screen",
        shift(Key::I),
    ),
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
    spec(
        Action::Find,
        Menu::View,
        "Find",
        "Search all text of the table",
        ctrl(Key::F),
    ),
    spec(
        Action::ClearQuery,
        Menu::View,
        "Clear search and filters",
        "Show every row again",
        shift(Key::F),
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
        Action::ToggleDetail,
        Menu::View,
        "Details pane",
        "Show or hide the details",
        ctrl(Key::D),
    ),
    spec(
        Action::ToggleDensity,
        Menu::View,
        "Compact rows",
        "More rows, less air",
        shift(Key::D),
    ),
    spec(
        Action::NextTheme,
        Menu::View,
        "Next theme",
        "System, light, dark",
        shift(Key::L),
    ),
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
        Action::Palette,
        Menu::Help,
        "Do anything…",
        "Find a command, a page or a record by name",
        ctrl(Key::K),
    ),
    spec(
        Action::Keys,
        Menu::Help,
        "Keyboard",
        "Every key",
        Some(KeyboardShortcut::new(Modifiers::NONE, Key::F1)),
    ),
];

impl Action {
    /// How it is shown.
    pub fn spec(self) -> &'static ActionSpec {
        ACTIONS
            .iter()
            .find(|s| s.action == self)
            .unwrap_or(&ACTIONS[0])
    }
}

/// The key of a page in the sidebar: Ctrl+1 to Ctrl+9.
pub fn page_shortcut(page: Page) -> Option<KeyboardShortcut> {
    const KEYS: [Key; 9] = [
        Key::Num1,
        Key::Num2,
        Key::Num3,
        Key::Num4,
        Key::Num5,
        Key::Num6,
        Key::Num7,
        Key::Num8,
        Key::Num9,
    ];
    let at = Page::ALL.iter().position(|p| *p == page)?;
    KEYS.get(at).and_then(|key| ctrl(*key))
}

#[cfg(test)]
mod tests {
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
