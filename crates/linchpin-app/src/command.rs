//! Everything that can be done in the window. Views return commands; one place carries them out.

pub use super::action::{
    Action, ActionSpec, ChartAction, DIGITS, Menu, ReaderAction, page_shortcut,
};
pub use super::action_table::ACTIONS;
use super::page::Page;
pub use super::reader::ReaderCommand;
use super::view::ThemeChoice;
use linchpin_register::query::{CountingRule, RecordSet};
use linchpin_register::{RecordKind, RecordRef};
use std::path::PathBuf;

/// One thing to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    RunAction(Action),
    GoToPage(Page),
    /// Shows a record: its page, its row, its details.
    ShowRecord(RecordRef),
    /// Selects a record without leaving the page.
    SelectRecord(RecordRef),
    /// Selects a row, and leaves the details closed.
    SelectRow(RecordRef),
    /// Opens the editor of a cell: the id of the record, the key of the column.
    EditCell(String, &'static str),
    /// Goes to the column so many to the right.
    MoveColumn(i64),
    /// Picks rows out, to edit them together.
    SelectRows(super::row_selection::RowSelectionCommand),
    /// Asks what is to be done to the rows that are picked out; the field that it begins with.
    OpenBulkEdit(super::bulk_edit::BulkEditMode, Option<&'static str>),
    /// Opens the dialog of an export of the rows that are picked out.
    OpenExportOfSelected,
    /// Shows exactly these records of a type.
    ShowOnly(RecordKind, RecordSet),
    SetSearch(RecordKind, String),
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
    ClearOnly(RecordKind),
    /// Sorts by a column; `add` keeps the others behind it. Once more turns the direction, a third
    /// time takes it away.
    SortBy {
        kind: RecordKind,
        column: &'static str,
        add: bool,
    },
    SetTableRule(RecordKind, CountingRule),
    SetRule(CountingRule),
    ShowChart(Option<String>),
    /// Shows the data of the chart with this id in its place, or the chart again.
    ToggleChartData(String),
    /// Copies the chart with this id.
    CopyChart(String, super::clipboard::CopyAs),
    /// Shows a chart by itself with its fields beside it, or without.
    ShowChartBuilder(String, bool),
    /// Suggests charts of another list.
    SuggestChartsFor(RecordKind),
    ShowTerms(&'static str),
    SetTheme(ThemeChoice),
    OpenFile(PathBuf),
    /// Draws the chart of an image of one register or the other.
    DrawReopened(super::reopened_chart::ReopenedSource),
    OpenUrl(String),
    CopyText {
        text: String,
        what: &'static str,
    },
    /// Opens the dialog of an export.
    OpenExportDialog(super::export_task::ExportSubject),
    /// Exports what a form says.
    Export(Box<super::export_task::ExportForm>),
    /// Opens the system's dialog for a file to open, or a place to write to.
    PickFileToOpen,
    PickExportPath(Box<super::export_task::ExportForm>),
    /// Reads the house style that a form names.
    LoadHouseStyle(Box<super::export_task::ExportForm>),
    PickHouseStyle,
    DismissNotice(u64),
    CancelTask(u64),
    /// Asks for the fields of a new record.
    OpenAddDialog(RecordKind),
    /// Saves the register elsewhere, or a copy of it.
    SaveAs(super::dialog::SaveAsForm),
    PickSaveAsPath(super::dialog::SaveAsForm),
    SetSaveEachChange(bool),
    /// What becomes of unsaved edits before something else is done.
    ResolveUnsaved(super::dialog::UnsavedAnswer, super::dialog::LeaveAction),
    /// Decides one thing that both sides changed: file, number, whose counts.
    ResolveConflict(usize, usize, linchpin_edit::three_way_merge::MergeSide),
    /// Puts both sides together; where nothing was decided, this side counts.
    ApplyMerge(linchpin_edit::three_way_merge::MergeSide),
    /// Gives up all edits for what the file holds.
    TakeTheirs,
    /// What becomes of unsaved work that was found, by its number.
    Recover(usize, super::recovery::RecoveryChoice),
    /// Puts back, or leaves, a file whose saving was broken off, by its number.
    RestoreInterrupted(usize, bool),
    /// Does something to the text, as one step that can be undone.
    Transaction(Box<super::transactions::TransactionRequest>),
    /// Shows the record with this id: its page, its row, its details.
    ShowRecordById(String),
    /// Asks for the text of the document with this id.
    OpenAttachDialog(String),
    /// Goes on towards the text of a document, or takes it away.
    Attach(super::attach::AttachCommand),
    /// Opens a document in the reader: at the words of a citation, or where it was left.
    OpenReader {
        document: String,
        paragraph: Option<u32>,
        phrase: Option<String>,
    },
    /// Something that only the reader's views ask for.
    Reader(ReaderCommand),
    /// Since when the page of assessments shows changes, and which of its lists.
    SetAssessmentsPage(super::assessments_page::AssessmentsPageState),
    /// Compares the register with another version of it.
    Versions(super::compare_versions::VersionsCommand),
    /// What the page of comparisons asks for.
    Compare(super::compare::CompareCommand),
    /// Shows a place of the text on the page of the data file, and marks the lines up to `end`.
    RevealInText {
        offset: u32,
        end: Option<u32>,
    },
}
