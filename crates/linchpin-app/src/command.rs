//! Everything that can be done in the window. Views return commands; one place carries them out.

pub use super::action::{
    Action, ActionSpec, ChartAction, DIGITS, Menu, ReaderAction, page_shortcut,
};
pub use super::actions::ACTIONS;
use super::page::Page;
pub use super::reader_state::ReaderCommand;
use super::view::ThemeChoice;
use linchpin_register::query::{CountingRule, Only};
use linchpin_register::{RecordKind, RecordRef};
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
    /// Selects a row, and leaves the details closed.
    SelectRow(RecordRef),
    /// Opens the editor of a cell: the id of the record, the key of the column.
    EditCell(String, &'static str),
    /// Goes to the column so many to the right.
    StepColumn(i64),
    /// Picks rows out, to edit them together.
    Mark(super::marked::Mark),
    /// Asks what is to be done to the rows that are picked out; the field that it begins with.
    AskMany(super::many_edit::Way, Option<&'static str>),
    /// Opens the dialog of an export of the rows that are picked out.
    AskExportMarked,
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
    /// Shows the data of the chart with this id in its place, or the chart again.
    ToggleData(String),
    /// Copies the chart with this id.
    CopyChart(String, super::clipboard::CopyAs),
    /// Shows a chart by itself with its fields beside it, or without.
    Build(String, bool),
    /// Suggests charts of another list.
    SuggestOf(RecordKind),
    ShowTerms(&'static str),
    SetTheme(ThemeChoice),
    OpenFile(PathBuf),
    /// Draws the chart of an image of one register or the other.
    DrawOf(super::reopened::Of),
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
    /// Reads the house style that a form names.
    TakeHouse(Box<super::export::Form>),
    PickHouse,
    DismissNotice(u64),
    CancelJob(u64),
    /// Asks for the fields of a new record.
    AskAdd(RecordKind),
    /// Saves the register elsewhere, or a copy of it.
    SaveAs(super::dialog::SaveForm),
    PickToSaveAs(super::dialog::SaveForm),
    SetSaveEachChange(bool),
    /// What becomes of unsaved edits before something else is done.
    Leave(super::dialog::Answer, super::dialog::Then),
    /// Decides one thing that both sides changed: file, number, whose counts.
    Decide(usize, usize, linchpin_edit::merge::Side),
    /// Puts both sides together; where nothing was decided, this side counts.
    Settle(linchpin_edit::merge::Side),
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
    /// Asks for the text of the document with this id.
    AskAttach(String),
    /// Goes on towards the text of a document, or takes it away.
    Attach(super::attach_form::AttachStep),
    /// Opens a document in the reader: at the words of a citation, or where it was left.
    Read {
        document: String,
        paragraph: Option<u32>,
        phrase: Option<String>,
    },
    /// Something that only the reader's views ask for.
    Reader(ReaderCommand),
    /// Since when the page of assessments shows changes, and which of its lists.
    ShowAssessed(super::assessing::Assessing),
    /// Compares the register with another version of it.
    Versions(super::versions::Ask),
    /// What the page of comparisons asks for.
    Compare(super::comparison::CompareAsk),
    /// Shows a place of the text on the page of the data file, and marks the lines up to `end`.
    ShowInText {
        offset: u32,
        end: Option<u32>,
    },
}
