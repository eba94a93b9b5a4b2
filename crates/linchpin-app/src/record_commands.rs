//! Actions on the selected record, and what is selected after them.

use super::App;
use super::bulk_edit::BulkEditMode;
use super::command::Action;
use super::dialog::{Dialog, IdForm, NewRecordForm};
use super::form_state::dialog_form_id;
use super::page::Page;
use super::transactions::TransactionRequest;
use linchpin_edit::bulk::RecordIds;
use linchpin_edit::new_record::new_record_fields;
use linchpin_edit::{Edit, EditTarget, FieldEdit, MoveDirection, ValueChange, plan_edit};
use linchpin_register::RecordKind;
use linchpin_register::schema::PathStep;
use linchpin_register::unused_id;
use ron_lossless::RonValue;
use std::collections::HashSet;

/// The most renamings that are remembered.
const MAX_RENAMES: usize = 100;

/// What becomes the selection once an edit has been made.
#[derive(Debug, Default)]
pub struct SelectionFollower {
    pending: Option<PendingSelection>,
    /// The register that was on screen before an edit: the row that is selected stays in view when
    /// the next one is there.
    revision_before_edit: Option<u64>,
    /// Ids that were changed: undoing that changes them back.
    renames: Vec<(String, String)>,
}

#[derive(Debug)]
struct PendingSelection {
    select: String,
    /// Not before this record is gone.
    after_removal_of: Option<String>,
}

impl App {
    /// Carries out an action on records.
    pub(super) fn run_record_action(&mut self, action: Action) {
        if self.view.page == Page::Charts {
            return self.run_record_action_on_chart(action);
        }
        if action == Action::AddRecord {
            return self.open_add_dialog(self.table().unwrap_or(RecordKind::Commitment));
        }
        if let Some((kind, ids)) = self.multiple_selected_rows() {
            return self.run_bulk_action(action, kind, ids);
        }
        let Some(at) = self.selected() else {
            return;
        };
        let Some(record) = self.register().record(at) else {
            return;
        };
        let (id, title) = (record.id().to_owned(), record.title().to_owned());
        let shift = |by| {
            TransactionRequest::Edit(Edit::MoveRecord {
                id: id.clone(),
                direction: by,
            })
        };
        match action {
            Action::EditRecord => {
                self.view.detail_open = true;
                self.window
                    .form_state
                    .toggle_expanded(&EditTarget::Record(id));
            }
            Action::DuplicateRecord => {
                let new_id = unused_id(&self.file.latest.register, &title);
                self.window.form_state.focus_first_of = Some(dialog_form_id());
                self.dialog = Dialog::DuplicateRecord(id_form(id, new_id));
            }
            Action::RenameRecord | Action::RemoveRecord => self.open_record_dialog(action, id),
            Action::MoveUp => self.queue_transaction(shift(MoveDirection::Up)),
            Action::MoveDown => self.queue_transaction(shift(MoveDirection::Down)),
            Action::MoveFirst => self.queue_transaction(shift(MoveDirection::First)),
            Action::MoveLast => self.queue_transaction(shift(MoveDirection::Last)),
            _ => {}
        }
        self.window.frame_requests.scroll_to_selected = true;
    }

    /// Asks for another id of a record, or whether it is to go.
    pub(super) fn open_record_dialog(&mut self, action: Action, id: String) {
        if action == Action::RenameRecord {
            let new_id = id.clone();
            self.window.form_state.focus_first_of = Some(dialog_form_id());
            self.dialog = Dialog::RenameRecord(id_form(id, new_id));
            return;
        }
        let edit = Edit::RemoveRecords {
            ids: vec![id.clone()],
            unlink: true,
        };
        let latest = &self.file.latest;
        let at = latest.register.find(&id);
        let is_linked = at.is_some_and(|at| !latest.register.linked_from(at).is_empty());
        // Taking the record out of what links to it is all that can fail, and needs a plan.
        let planned = is_linked.then(|| plan_edit(latest, &edit));
        let firm = planned.and_then(Result::err).map(|why| why.to_string());
        self.dialog = Dialog::RemoveRecord {
            id,
            unlink_blocked_reason: firm,
        };
    }

    /// The rows that are picked out, where that is not just the selected one.
    pub(super) fn multiple_selected_rows(&self) -> Option<(RecordKind, RecordIds)> {
        let (kind, ids) = self.selected_rows()?;
        let selected = self.view.selected.as_deref();
        let is_selected = ids.len() == 1 && selected.is_some_and(|id| ids.contains(id));
        (!is_selected).then_some((kind, ids))
    }

    /// Carries out an action where several rows are picked out.
    fn run_bulk_action(&mut self, action: Action, kind: RecordKind, ids: RecordIds) {
        match action {
            Action::RemoveRecord => self.dialog = Dialog::BulkRemove { kind, ids },
            Action::EditRecord => self.open_bulk_edit(BulkEditMode::SetField, None),
            _ => {}
        }
    }

    /// Asks for the fields of a new record.
    pub(super) fn open_add_dialog(&mut self, kind: RecordKind) {
        let like = self.selected().filter(|at| at.kind == kind);
        let like = like.and_then(|at| self.register().record(at));
        let like = like.map(|record| record.id().to_owned());
        let register = &self.file.latest.register;
        let fields = new_record_fields(register, kind, like.as_deref(), (self.platform.today)());
        self.window.form_state.focus_first_of = Some(dialog_form_id());
        self.dialog = Dialog::AddRecord(Box::new(NewRecordForm {
            kind,
            offered: fields.clone(),
            fields,
            after: like,
            has_custom_id: false,
            shows_all_fields: false,
            is_submitting: false,
            error: None,
        }));
    }

    /// Notes what is to be selected after a transaction, and what else follows from it.
    pub(super) fn before_transaction(&mut self, request: &TransactionRequest) {
        // What an earlier edit still waits to select is out of date.
        self.editing.selection_follower.pending = None;
        let TransactionRequest::Edit(edit) = request else {
            return;
        };
        self.editing.selection_follower.revision_before_edit = Some(self.file.revision);
        let select = |select: &str| {
            Some(PendingSelection {
                select: select.to_owned(),
                after_removal_of: None,
            })
        };
        match edit {
            Edit::AddRecord { fields, .. } => {
                let id = fields.iter().find(|(name, _)| name == "id");
                if let Some((_, RonValue::Text(id))) = id {
                    self.editing.selection_follower.pending = select(id);
                }
            }
            Edit::DuplicateRecord { new_id, .. } => {
                self.editing.selection_follower.pending = select(new_id)
            }
            Edit::RenameRecord { id, new_id } => {
                self.view.tables.row_selection.rename(id, new_id);
                let renamed = &mut self.editing.selection_follower.renames;
                renamed.push((id.clone(), new_id.clone()));
                if renamed.len() > MAX_RENAMES {
                    renamed.remove(0);
                }
            }
            Edit::RemoveRecords { ids, .. } => {
                let selected = self.view.selected.clone().filter(|id| ids.contains(id));
                if let (Some(gone), Some(next)) = (selected, self.neighbor_row(ids)) {
                    self.editing.selection_follower.pending = Some(PendingSelection {
                        select: next,
                        after_removal_of: Some(gone),
                    });
                }
            }
            Edit::Field { edit, .. } => self.remember_assessor(edit),
            Edit::Batch { edits, .. } => {
                if let Some(Edit::Field { edit, .. }) = edits.first() {
                    self.remember_assessor(edit);
                }
            }
            _ => {}
        }
        self.continue_coding(edit);
    }

    /// Who assessed last begins the next assessment.
    fn remember_assessor(&mut self, edit: &FieldEdit) {
        if edit.path == [PathStep::Field("status")]
            && let ValueChange::Append(RonValue::Record(fields)) = &edit.change
            && let Some((_, RonValue::Text(who))) =
                fields.iter().find(|(name, _)| name == "assessor")
        {
            self.view.preferences.assessor = who.clone();
        }
    }

    /// The record of the first row below the selected one that stays, else above it.
    fn neighbor_row(&self, going: &[String]) -> Option<String> {
        let at = self.selected()?;
        let (_, selection) = self.derived.table(at.kind)?;
        let row = selection.rows.iter().position(|&row| row == at.index)?;
        let id_of = |&index: &u32| {
            let record = linchpin_register::RecordRef {
                kind: at.kind,
                index,
            };
            Some(self.register().record(record)?.id().to_owned())
        };
        let going: HashSet<&String> = going.iter().collect();
        let stays = |id: &String| !going.contains(id);
        let mut below = selection.rows.iter().skip(row + 1).filter_map(id_of);
        let mut above = selection.rows.iter().take(row).rev().filter_map(id_of);
        below.find(stays).or_else(|| above.find(stays))
    }

    /// Brings the selected row into view again once the table shows what an edit has led to.
    pub(super) fn scroll_after_edit(&mut self) {
        let is_new = self
            .editing
            .selection_follower
            .revision_before_edit
            .is_some_and(|seen| seen != self.file.revision);
        let kind = self.table().filter(|_| is_new);
        if kind.is_some_and(|kind| self.derived.table(kind).is_some()) {
            self.editing.selection_follower.revision_before_edit = None;
            self.window.frame_requests.scroll_to_selected = true;
        }
    }

    /// Selects what an edit has led to, once the register on screen has it.
    pub(super) fn follow_selection(&mut self) {
        if let Some(next) = &self.editing.selection_follower.pending {
            let register = self.register();
            let is_gone = |id: &String| register.find(id).is_none();
            if next.after_removal_of.as_ref().is_none_or(is_gone)
                && let Some(at) = register.find(&next.select)
            {
                let (id, is_new) = (next.select.clone(), next.after_removal_of.is_none());
                self.editing.selection_follower.pending = None;
                if at.kind == RecordKind::Chart {
                    self.show_chart(id, true);
                } else {
                    self.view.selected = Some(id);
                    self.window.frame_requests.scroll_to_selected = true;
                    // What was made must be seen, however the table is narrowed; after a removal,
                    // the selection goes to a row that is shown.
                    if is_new {
                        self.clear_hiding_filters(at);
                    }
                }
            }
        }
        self.follow_renamed_chart();
        // A record that was renamed, there or back, stays selected.
        let Some(selected) = &self.view.selected else {
            return;
        };
        if self.register().find(selected).is_none()
            && let Some(other) = self.current_id_of(selected)
        {
            self.view.selected = Some(other);
        }
    }

    /// A chart that was renamed, there or back, stays on screen.
    fn follow_renamed_chart(&mut self) {
        let Some(chart) = self.view.charts.open.as_deref() else {
            return;
        };
        if linchpin_charts::by_id(self.register(), chart).is_none()
            && let Some(other) = self.current_id_of(chart)
        {
            self.view.charts.open = Some(other);
        }
    }

    /// The id that a record has now which had this one before a renaming, or before that was
    /// undone.
    fn current_id_of(&self, id: &str) -> Option<String> {
        // The last renaming first: an id may have been given away and taken again.
        let pairs = self.editing.selection_follower.renames.iter().rev();
        let mut others = pairs.filter_map(|(a, b)| match () {
            () if a == id => Some(b),
            () if b == id => Some(a),
            () => None,
        });
        let is_there = |id: &&String| self.register().find(id).is_some();
        others.find(is_there).cloned()
    }
}

fn id_form(id: String, new_id: String) -> IdForm {
    IdForm {
        id,
        new_id,
        error: None,
    }
}
