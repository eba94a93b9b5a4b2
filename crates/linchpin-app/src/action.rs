//! What can be done without saying more: each with its words, its menu and its key.

use super::page::Page;
use egui::{Key, KeyboardShortcut, Modifiers};
use linchpin_register::bundled::BundledRegister;

/// What stands in the menus, in the palette and on the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    Open,
    OpenPath,
    OpenFolder,
    /// Opens a register that comes with the program.
    OpenBundled(&'static BundledRegister),
    ExportChart,
    ExportAllCharts,
    ExportReport,
    ExportTable,
    CopyImage,
    CopySvg,
    CopyMarkdown,
    ToggleChartTable,
    Save,
    SaveAs,
    SaveCopy,
    Revert,
    Quit,
    Undo,
    Redo,
    EditRecord,
    EditCell,
    AddRecord,
    DuplicateRecord,
    RenameRecord,
    RemoveRecord,
    MoveUp,
    MoveDown,
    MoveFirst,
    MoveLast,
    SelectAllRows,
    EditSelectedRows,
    Back,
    Forward,
    Find,
    Replace,
    GoToLine,
    FixAll,
    Format,
    ClearQuery,
    ToggleDetailsPane,
    NextRecord,
    PreviousRecord,
    OpenAtSource,
    CopyCitation,
    ShowInFile,
    AttachText,
    DetachText,
    ToggleDensity,
    NextTheme,
    ZoomIn,
    ZoomOut,
    ZoomReset,
    CommandPalette,
    KeyboardShortcuts,
    Chart(ChartAction),
    Reader(ReaderAction),
}

/// What is done to charts alone. What can be done to any record, such as duplicating it, is done to
/// the chart that is on screen by itself as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChartAction {
    /// Chooses records and one of the charts that fit them.
    New,
    /// Opens the chart's fields beside its picture.
    Edit,
    /// Makes a chart of the rows of the table on screen.
    FromRows,
    /// Shows the chart's records in their table.
    ShowRecords,
    /// Writes the standard charts into the file.
    WriteStandardCharts,
}

/// What is done in the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReaderAction {
    /// Goes to the next coded phrase; while coding, to the next candidate.
    Next,
    Previous,
    /// Goes to the next sentence that nobody has looked at.
    NextOpenSentence,
    /// Dims whatever has been looked at.
    DimReviewed,
    /// Begins or ends coding.
    ToggleCoding,
    /// Makes a record of the candidate.
    Accept,
    /// Asks why the sentence yields no record.
    Dismiss,
    /// Makes two records of the candidate.
    Split,
    Undo,
    ShowRecord,
    /// Shows the list of documents.
    ShowDocuments,
}

impl ReaderAction {
    /// Whether it is about a candidate, and so needs a document that is being coded.
    pub fn needs_coding_session(self) -> bool {
        use ReaderAction::{Accept, Dismiss, ShowRecord, Split, Undo};
        matches!(self, Accept | Dismiss | Split | Undo | ShowRecord)
    }
}

/// How an action is shown.
pub struct ActionSpec {
    pub action: Action,
    pub menu: Menu,
    pub label: &'static str,
    pub help: &'static str,
    pub shortcut: Option<KeyboardShortcut>,
}

impl ActionSpec {
    /// Its words where a chart is on screen by itself: there it is the record that is meant.
    pub fn label_for(&self, of_chart: bool) -> String {
        let label = match self.action {
            _ if !of_chart => self.label,
            Action::AddRecord => "New chart…",
            Action::EditRecord => "Edit chart",
            Action::DuplicateRecord => "Duplicate chart",
            Action::RenameRecord => "Rename the chart's id…",
            Action::RemoveRecord => "Remove chart…",
            _ => self.label,
        };
        label.to_owned()
    }
}

/// The menus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Menu {
    File,
    Edit,
    Record,
    Reader,
    View,
    Help,
}

/// The digit keys, from 1 on; 0 comes last.
pub const DIGITS: [Key; 10] = [
    Key::Num1,
    Key::Num2,
    Key::Num3,
    Key::Num4,
    Key::Num5,
    Key::Num6,
    Key::Num7,
    Key::Num8,
    Key::Num9,
    Key::Num0,
];

/// The key of a page in the sidebar: Ctrl+1 to Ctrl+9.
pub fn page_shortcut(page: Page) -> Option<KeyboardShortcut> {
    let index = Page::ALL.iter().position(|p| *p == page)?;
    // Ctrl+0 sets the zoom back.
    let keys = DIGITS.get(..9)?;
    keys.get(index).and_then(|key| ctrl(*key))
}

pub(super) const fn ctrl(key: Key) -> Option<KeyboardShortcut> {
    Some(KeyboardShortcut::new(Modifiers::COMMAND, key))
}
pub(super) const fn ctrl_shift(key: Key) -> Option<KeyboardShortcut> {
    Some(KeyboardShortcut::new(
        Modifiers::COMMAND.plus(Modifiers::SHIFT),
        key,
    ))
}
pub(super) const fn alt(key: Key) -> Option<KeyboardShortcut> {
    Some(KeyboardShortcut::new(Modifiers::ALT, key))
}
pub(super) const fn alt_shift(key: Key) -> Option<KeyboardShortcut> {
    Some(KeyboardShortcut::new(
        Modifiers::ALT.plus(Modifiers::SHIFT),
        key,
    ))
}
pub(super) const fn plain_key(key: Key) -> Option<KeyboardShortcut> {
    Some(KeyboardShortcut::new(Modifiers::NONE, key))
}
/// An action that has no key.
pub(super) const fn without_shortcut(
    action: Action,
    menu: Menu,
    label: &'static str,
    help: &'static str,
) -> ActionSpec {
    spec(action, menu, label, help, None)
}
pub(super) const fn spec(
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
