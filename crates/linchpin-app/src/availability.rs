//! Whether an action can be done now, and if not, why. Menus, the palette, keys and buttons all ask
//! here, and so does whatever carries an action out.

use super::App;
use super::action::{Action, ChartAction, ReaderAction};
use super::page::Page;
use super::transactions::SYNC_MAX_EDIT_BYTES;
use linchpin_register::chart_vocabulary::RecordList;
use linchpin_register::tables::formatting;
use linchpin_register::{Citation, Document, RecordKind, Register};
use std::fmt;

/// Whether an action can be done now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Availability {
    /// It can.
    Enabled,
    /// It cannot.
    Disabled(Reason),
}

impl Availability {
    /// Whether it can be done.
    pub fn is_enabled(self) -> bool {
        self == Availability::Enabled
    }

    /// Why it cannot be done; `None` where it can.
    pub fn reason(self) -> Option<Reason> {
        match self {
            Availability::Enabled => None,
            Availability::Disabled(reason) => Some(reason),
        }
    }
}

/// Why an action cannot be done now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Nothing has been read yet.
    Loading,
    /// The text is no RON, or no register.
    SyntaxErrors,
    /// The bytes are not UTF-8, and no edit can be written back.
    NotUtf8,
    /// The same, where somebody wants to save it.
    NotUtf8Saving,
    /// The text is too large to be typed in.
    TooLarge,
    /// Nothing differs from the saved file.
    NothingToSave,
    /// A save is running.
    Saving,
    /// No step has been made.
    NothingToUndo,
    /// No step has been undone.
    NothingToRedo,
    /// There is no page to go back or forward to.
    NoHistory,
    /// No table is on screen.
    NoTable,
    /// Cells are edited in tables alone.
    NoCells,
    /// No record is selected.
    NoRecord,
    /// No row of the table on screen is selected.
    NoRow,
    /// No rows are selected to be edited together.
    NoRows,
    /// It is done to one record, and so many are selected.
    SeveralRows(usize),
    /// The order on screen is not that of the file.
    Sorted,
    /// Not all records of the file are on screen.
    Filtered,
    /// No citation of the record has an address.
    NoAddress,
    /// The record has no citation.
    NoCitation,
    /// The record does not stand in the text, as standard charts do not.
    NotInFile,
    /// No document is selected.
    NoDocument,
    /// The document has no text.
    NoText,
    /// No chart is open by itself.
    NoChart,
    /// Charts are made of the rows of a table that charts know.
    NoChartRows,
    /// The charts are in the file already.
    ChartsInFile,
    /// No document is open in the reader.
    NotReading,
    /// The document is not being coded.
    NotCoding,
}

impl Reason {
    /// Whether a key that cannot be obeyed for this reason does nothing at all: it may mean
    /// something to whatever else is on screen, and a message would only be in the way.
    pub fn is_quiet(self) -> bool {
        matches!(
            self,
            Reason::Saving
                | Reason::NoHistory
                | Reason::NoTable
                | Reason::NoAddress
                | Reason::NoCitation
                | Reason::NotInFile
        )
    }

    /// Whether it says that there is nothing to do, rather than that something is wrong.
    fn is_information(self) -> bool {
        use Reason::{ChartsInFile, NothingToRedo, NothingToSave, NothingToUndo};
        matches!(
            self,
            NothingToUndo | NothingToRedo | NothingToSave | ChartsInFile
        )
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Reason::SeveralRows(count) => {
                return write!(
                    f,
                    "This is done to one record at a time, and {count} are selected. \
                     Press Escape to clear the selection"
                );
            }
            Reason::Loading => "The file is still being read",
            Reason::SyntaxErrors => {
                "The file has syntax errors. Fix them, or undo the last \
                change, before you edit records"
            }
            Reason::NotUtf8 => {
                "This file is not UTF-8 text and cannot be edited as it is. Save it as UTF-8 first"
            }
            Reason::NotUtf8Saving => {
                "This file is not UTF-8 text, and saving it would change all of it. Use “Save as…”"
            }
            Reason::TooLarge => "This file is too large to be typed in here",
            Reason::NothingToSave => "There are no unsaved edits",
            Reason::Saving => "A save is running",
            Reason::NothingToUndo => "Nothing to undo",
            Reason::NothingToRedo => "Nothing to redo",
            Reason::NoHistory => "There is no other page to go to",
            Reason::NoTable => "Open a table first",
            Reason::NoCells => "Cells are edited in a table",
            Reason::NoRecord => "Select a record first",
            Reason::NoRow => "Select a row first",
            Reason::NoRows => "Select rows first: with Ctrl and a click, or with Shift",
            Reason::Sorted => {
                "The rows are sorted, and moving changes the order in the file. \
                Click the header of the sorted column until its arrow is gone, then move"
            }
            Reason::Filtered => {
                "The search or the filters hide rows, and moving changes the order in the file. \
                Clear them, then move"
            }
            Reason::NoAddress => "The record has no citation with an address",
            Reason::NoCitation => "The record has no citation",
            Reason::NotInFile => "This stands in no file",
            Reason::NoDocument => "Select a document first",
            Reason::NoText => "The document has no text",
            Reason::NoChart => "Open a chart first",
            Reason::NoChartRows => {
                "Open a table first, and narrow it to what the chart should show"
            }
            Reason::ChartsInFile => "The charts stand in the file already",
            Reason::NotReading => "Open a document with a text in the reader first",
            Reason::NotCoding => "Choose “Code this document” first, or press C",
        })
    }
}

impl From<Reason> for String {
    fn from(reason: Reason) -> Self {
        reason.to_string()
    }
}

/// `Ok` where nothing stands against it.
type Check = Result<(), Reason>;

fn require(holds: bool, otherwise: Reason) -> Check {
    if holds { Ok(()) } else { Err(otherwise) }
}

impl App {
    /// Whether an action can be done now.
    pub fn availability(&self, action: Action) -> Availability {
        match self.check(action) {
            Ok(()) => Availability::Enabled,
            Err(reason) => Availability::Disabled(reason),
        }
    }

    /// Why no record can be edited just now.
    pub fn edit_blocked_reason(&self) -> Option<Reason> {
        self.check_records_editable().err()
    }

    /// Why nobody can type into the text just now.
    pub fn typing_blocked_reason(&self) -> Option<Reason> {
        self.check_text_editable().err()
    }

    /// Says why an action is not done.
    pub(super) fn report_unavailable(&mut self, reason: Reason) {
        if reason.is_quiet() {
            return;
        }
        match reason.is_information() {
            true => self.notices.info(reason),
            false => self.notices.error(reason),
        }
    }

    fn check(&self, action: Action) -> Check {
        let is_reading = self.view.page == Page::Reader && self.reader_document().is_some();
        match action {
            Action::Save => self.check_save(),
            Action::Revert => require(self.is_dirty(), Reason::NothingToSave),
            // What waits or runs will be a step by then.
            Action::Undo | Action::Redo if self.editing.transactions.is_busy() => Ok(()),
            Action::Undo => {
                require(self.file.disk.is_exact, Reason::NotUtf8)?;
                require(
                    !self.file.draft.transactions().0.is_empty(),
                    Reason::NothingToUndo,
                )
            }
            Action::Redo => {
                require(self.file.disk.is_exact, Reason::NotUtf8)?;
                require(
                    !self.file.draft.transactions().1.is_empty(),
                    Reason::NothingToRedo,
                )
            }
            Action::AddRecord
            | Action::EditRecord
            | Action::DuplicateRecord
            | Action::RenameRecord
            | Action::RemoveRecord
            | Action::MoveUp
            | Action::MoveDown
            | Action::MoveFirst
            | Action::MoveLast => self.check_record_action(action),
            Action::EditCell => {
                let kind = self.table().ok_or(Reason::NoCells)?;
                self.check_records_editable()?;
                let is_row = self.selected().is_some_and(|at| at.kind == kind);
                require(is_row, Reason::NoRow)
            }
            Action::SelectAllRows | Action::ExportTable | Action::ClearQuery => {
                require(self.table().is_some(), Reason::NoTable)
            }
            Action::EditSelectedRows => {
                require(self.selected_rows().is_some(), Reason::NoRows)?;
                self.check_records_editable()
            }
            Action::Back => require(self.view.can_go_back(), Reason::NoHistory),
            Action::Forward => require(self.view.can_go_forward(), Reason::NoHistory),
            Action::Replace => self.check_text_editable(),
            Action::FixAll | Action::Format => require(self.file.disk.is_exact, Reason::NotUtf8),
            Action::NextRecord | Action::PreviousRecord => {
                require(self.table().is_some() || is_reading, Reason::NoTable)
            }
            Action::OpenAtSource => self.check_citation(Reason::NoAddress, |register, citation| {
                formatting::citation_url(register, citation).is_some()
            }),
            Action::CopyCitation => self.check_citation(Reason::NoCitation, |_, _| true),
            Action::ShowInFile => self.check_show_in_file(),
            Action::AttachText => self.selected_document().map(|_| ()),
            Action::DetachText => {
                require(self.selected_document()?.text.is_some(), Reason::NoText)?;
                self.check_records_editable()
            }
            Action::Chart(what) => self.check_chart_action(what),
            Action::Reader(what) => self.check_reader_action(what, is_reading),
            Action::Open
            | Action::OpenPath
            | Action::OpenFolder
            | Action::OpenBundled(_)
            | Action::ExportChart
            | Action::ExportAllCharts
            | Action::ExportReport
            | Action::CopyImage
            | Action::CopySvg
            | Action::CopyMarkdown
            | Action::ToggleChartTable
            | Action::SaveAs
            | Action::SaveCopy
            | Action::Quit
            | Action::Find
            | Action::GoToLine
            | Action::ToggleDetailsPane
            | Action::ToggleDensity
            | Action::NextTheme
            | Action::ZoomIn
            | Action::ZoomOut
            | Action::ZoomReset
            | Action::CommandPalette
            | Action::KeyboardShortcuts => Ok(()),
        }
    }

    fn check_records_editable(&self) -> Check {
        require(!self.file.is_loading, Reason::Loading)?;
        require(!self.file.latest.is_broken, Reason::SyntaxErrors)?;
        require(self.file.disk.is_exact, Reason::NotUtf8)
    }

    fn check_text_editable(&self) -> Check {
        require(self.file.disk.is_exact, Reason::NotUtf8)?;
        let bytes = self.file.draft.text().len();
        require(bytes <= SYNC_MAX_EDIT_BYTES, Reason::TooLarge)
    }

    fn check_save(&self) -> Check {
        // What is on no disk yet is saved elsewhere, also without an edit.
        if self.file.origin.path().is_none() {
            return Ok(());
        }
        require(!self.file.is_loading, Reason::Loading)?;
        require(!self.saving.is_running, Reason::Saving)?;
        require(
            self.file.disk.is_exact || self.file.sync.conflict.is_some(),
            Reason::NotUtf8Saving,
        )?;
        require(
            self.has_unsaved_edits() || self.file.sync.conflict.is_some(),
            Reason::NothingToSave,
        )
    }

    fn check_record_action(&self, action: Action) -> Check {
        self.check_records_editable()?;
        if action == Action::AddRecord {
            return Ok(());
        }
        if self.view.page == Page::Charts {
            return require(self.open_chart().is_some(), Reason::NoChart);
        }
        if let Some((_, ids)) = self.multiple_selected_rows() {
            let is_bulk = matches!(action, Action::RemoveRecord | Action::EditRecord);
            return require(is_bulk, Reason::SeveralRows(ids.len()));
        }
        let at = self.selected().ok_or(Reason::NoRecord)?;
        match action {
            Action::MoveUp | Action::MoveDown | Action::MoveFirst | Action::MoveLast => {
                self.move_blocked_reason(at).map_or(Ok(()), Err)
            }
            _ => Ok(()),
        }
    }

    fn check_citation(
        &self,
        otherwise: Reason,
        fits: impl Fn(&Register, &Citation) -> bool,
    ) -> Check {
        let at = self.selected().ok_or(Reason::NoRecord)?;
        let register = self.register();
        let record = register.record(at).ok_or(Reason::NoRecord)?;
        let citations = record.citations();
        let has_one = citations.iter().any(|citation| fits(register, citation));
        require(has_one, otherwise)
    }

    fn check_show_in_file(&self) -> Check {
        let chart = self.view.open_chart();
        let selected = self.view.selected.as_deref();
        let id = chart.or(selected).ok_or(Reason::NoRecord)?;
        let stands = self.file.latest.register.find(id).is_some();
        require(stands, Reason::NotInFile)
    }

    /// The selected document.
    fn selected_document(&self) -> Result<&Document, Reason> {
        let selected = self.selected();
        selected
            .filter(|at| at.kind == RecordKind::Document)
            .and_then(|at| self.register().documents.get(at.index as usize))
            .ok_or(Reason::NoDocument)
    }

    fn check_chart_action(&self, action: ChartAction) -> Check {
        match action {
            ChartAction::New => self.check_records_editable(),
            ChartAction::Edit | ChartAction::ShowRecords => {
                require(self.open_chart().is_some(), Reason::NoChart)
            }
            ChartAction::FromRows => {
                self.check_records_editable()?;
                let kind = self.table().ok_or(Reason::NoChartRows)?;
                require(RecordList::for_kind(kind).is_some(), Reason::NoChartRows)
            }
            ChartAction::WriteStandardCharts => {
                self.check_records_editable()?;
                require(self.register().charts.is_empty(), Reason::ChartsInFile)
            }
        }
    }

    fn check_reader_action(&self, action: ReaderAction, is_reading: bool) -> Check {
        if action == ReaderAction::ShowDocuments {
            return Ok(());
        }
        require(is_reading, Reason::NotReading)?;
        let is_coding = self.view.reading.coding.is_some();
        require(
            is_coding || !action.needs_coding_session(),
            Reason::NotCoding,
        )?;
        match action {
            // Coding can be left in any state of the file.
            ReaderAction::ToggleCoding if is_coding => Ok(()),
            ReaderAction::ToggleCoding
            | ReaderAction::Accept
            | ReaderAction::Split
            | ReaderAction::Dismiss => self.check_records_editable(),
            _ => Ok(()),
        }
    }
}
