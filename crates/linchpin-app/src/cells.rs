//! The cell of a table that the keyboard is at, and its editor.

use super::App;
use super::availability::Reason;
use super::bulk_edit::BulkEditMode;
use super::form_state::{OpenCell, cell_form_id};
use linchpin_register::query::QueryResult;
use linchpin_register::tables::{self, ColumnSpec};
use linchpin_register::{RecordKind, RecordRef};

impl App {
    /// Opens the editor of a cell; without one: of the selected row, in the column that the
    /// keyboard is at.
    pub(super) fn edit_cell(&mut self, cell: Option<(RecordRef, &'static str)>) {
        let Some(kind) = self.table() else {
            self.notices.error("Cells are edited in a table");
            return;
        };
        if let Some(why) = self.edit_blocked_reason() {
            self.notices.error(why);
            return;
        }
        let at = cell.map(|(at, _)| at).or_else(|| self.selected());
        let Some(at) = at.filter(|at| at.kind == kind) else {
            self.notices.error("Select a row first");
            return;
        };
        let Some(column) = cell
            .map(|(_, key)| key)
            .or_else(|| self.current_column(kind))
        else {
            return;
        };
        self.window.form_state.current_column = Some((kind, column));
        let Some(spec) = tables::of_kind(kind).column(column) else {
            return;
        };
        let field = match spec.edited_field(kind) {
            Ok((path, _)) => path.first(),
            Err(why) => {
                self.notices.error(why);
                return;
            }
        };
        let Some(id) = self.register().record(at).map(|r| r.id().to_owned()) else {
            return;
        };
        // An edit of one of several selected rows is meant for all of them.
        if self.view.tables.row_selection.count(kind) > 1
            && self.view.tables.row_selection.contains(&id)
        {
            let field = field.and_then(|step| step.name());
            return self.open_bulk_edit_for(field);
        }
        self.window.form_state.focus_first_of = Some(cell_form_id(&id));
        self.view.selected = Some(id.clone());
        self.window.form_state.open_cell = Some(OpenCell {
            kind,
            id,
            column,
            is_new: true,
        });
        self.window.frame_requests.scroll_to_selected = true;
        self.window.frame_requests.scroll_to_column = true;
    }

    /// Asks what is to be done to the rows that are picked out, beginning with a field.
    fn open_bulk_edit_for(&mut self, field: Option<&'static str>) {
        let kind = self.table().unwrap_or(RecordKind::Commitment);
        let fits = |mode: &BulkEditMode| {
            let specs = super::bulk_edit::BulkEditForm::editable_fields(kind, *mode);
            specs.iter().any(|spec| Some(spec.name) == field)
        };
        let modes = [
            BulkEditMode::SetField,
            BulkEditMode::AddToList,
            BulkEditMode::Assess,
        ];
        let mode = modes
            .into_iter()
            .find(fits)
            .unwrap_or(BulkEditMode::SetField);
        self.open_bulk_edit(mode, field);
    }

    /// The column that the keyboard is at, else the first that can be edited.
    fn current_column(&self, kind: RecordKind) -> Option<&'static str> {
        let columns = &tables::of_kind(kind).columns;
        let here = self
            .window
            .form_state
            .current_column
            .filter(|(of, _)| *of == kind);
        let first = || {
            columns
                .iter()
                .find(|column| column.edited_field(kind).is_ok())
        };
        here.map(|(_, key)| key)
            .or_else(|| first().map(|column| column.key))
    }

    /// Goes to the column so many to the right.
    pub(super) fn move_column(&mut self, by: i64) {
        let Some(kind) = self.table() else { return };
        let columns = &tables::of_kind(kind).columns;
        let here = self
            .window
            .form_state
            .current_column
            .filter(|(of, _)| *of == kind);
        let now = here.and_then(|(_, key)| columns.iter().position(|c| c.key == key));
        let last = columns.len().saturating_sub(1) as i64;
        let next = now.map_or(0, |now| (now as i64 + by).clamp(0, last));
        if let Some(column) = columns.get(next as usize) {
            self.window.form_state.current_column = Some((kind, column.key));
            self.window.frame_requests.scroll_to_column = true;
        }
    }

    /// Why a record cannot be moved within its list from the table on screen.
    pub(super) fn move_blocked_reason(&self, at: RecordRef) -> Option<Reason> {
        let kind = self.table().filter(|kind| *kind == at.kind)?;
        let query = self.view.query(kind);
        if !query.sort.is_empty() {
            return Some(Reason::Sorted);
        }
        query.is_restricted().then_some(Reason::Filtered)
    }
}

/// The next column to the right, or the left, whose cells can be edited.
pub fn next_editable_column(
    kind: RecordKind,
    key: &str,
    back: bool,
) -> Option<&'static ColumnSpec> {
    let columns = &tables::of_kind(kind).columns;
    let at = columns.iter().position(|column| column.key == key)?;
    let can = |column: &&ColumnSpec| column.edited_field(kind).is_ok();
    match back {
        true => columns.iter().take(at).rev().find(can),
        false => columns.iter().skip(at + 1).find(can),
    }
}

/// Whether a record has a row.
pub fn has_row(selection: &QueryResult, at: RecordRef) -> bool {
    selection.rows.contains(&at.index)
}
