//! Actions on the selected record, and what is selected after them.

use super::App;
use super::command::Action;
use super::dialog::{Dialog, Naming, NewRecord};
use super::form::dialog_holder;
use super::many_edit::Way;
use super::page::Page;
use super::turns::Turn;
use linchpin_charts;
use linchpin_edit::blank::blank;
use linchpin_edit::many::Ids;
use linchpin_edit::{Edit, Shift, Target, plan};
use linchpin_register::RecordKind;
use linchpin_register::declare::PathStep;
use linchpin_register::free_id;
use ron_lossless::Value;
use std::collections::HashSet;

/// The most renamings that are remembered.
const MAX_RENAMED: usize = 100;

/// What becomes the selection once an edit has been made.
#[derive(Debug, Default)]
pub struct Following {
    next: Option<Next>,
    /// The register that was on screen before an edit: the row that is selected stays in view when the next one is there.
    seen_at: Option<u64>,
    /// Ids that were changed: undoing that changes them back.
    renamed: Vec<(String, String)>,
}

#[derive(Debug)]
struct Next {
    select: String,
    /// Not before this record is gone.
    gone: Option<String>,
}

impl App {
    /// Carries out an action on records.
    pub(super) fn act_on_record(&mut self, action: Action) {
        if let Some(why) = self.cannot_edit() {
            self.notices.fail(why);
            return;
        }
        if self.view.page == Page::Charts {
            return self.act_on_chart(action);
        }
        if action == Action::AddRecord {
            return self.ask_add(self.table().unwrap_or(RecordKind::Commitment));
        }
        if let Some((kind, ids)) = self.marked_beside_selected() {
            return self.act_on_many(action, kind, ids);
        }
        let Some(at) = self.selected() else {
            self.notices.fail("Select a record first");
            return;
        };
        let Some(record) = self.register().record(at) else {
            return;
        };
        let (id, title) = (record.id().to_owned(), record.title().to_owned());
        if matches!(
            action,
            Action::MoveUp | Action::MoveDown | Action::MoveFirst | Action::MoveLast
        ) && let Some(why) = self.cannot_move(at)
        {
            self.notices.fail(why);
            return;
        }
        let shift = |by| Turn::Edit(Edit::Shift { id: id.clone(), by });
        match action {
            Action::EditRecord => {
                self.view.detail_open = true;
                self.form.toggle_whole(&Target::Record(id));
            }
            Action::Duplicate => {
                let new_id = free_id(&self.file.latest.register, &title);
                self.form.focus_first = Some(dialog_holder());
                self.dialog = Dialog::Duplicate(naming(id, new_id));
            }
            Action::Rename | Action::Remove => self.ask_of_record(action, id),
            Action::MoveUp => self.turn(shift(Shift::Up)),
            Action::MoveDown => self.turn(shift(Shift::Down)),
            Action::MoveFirst => self.turn(shift(Shift::First)),
            Action::MoveLast => self.turn(shift(Shift::Last)),
            _ => {}
        }
        self.once.scroll_to_selected = true;
    }

    /// Asks for another id of a record, or whether it is to go.
    pub(super) fn ask_of_record(&mut self, action: Action, id: String) {
        if action == Action::Rename {
            let new_id = id.clone();
            self.form.focus_first = Some(dialog_holder());
            self.dialog = Dialog::Rename(naming(id, new_id));
            return;
        }
        let edit = Edit::Remove {
            ids: vec![id.clone()],
            unlink: true,
        };
        let latest = &self.file.latest;
        let at = latest.register.find(&id);
        let is_linked = at.is_some_and(|at| !latest.register.linked_from(at).is_empty());
        let planned = is_linked.then(|| plan(latest, &edit));
        let firm = planned.and_then(Result::err).map(|why| why.to_string());
        self.dialog = Dialog::Remove { id, firm };
    }

    /// The rows that are picked out, where that is not just the selected one.
    fn marked_beside_selected(&self) -> Option<(RecordKind, Ids)> {
        let (kind, ids) = self.marked_here()?;
        let selected = self.view.selected.as_deref();
        let is_selected = ids.len() == 1 && selected.is_some_and(|id| ids.contains(id));
        (!is_selected).then_some((kind, ids))
    }

    /// Carries out an action where several rows are picked out.
    fn act_on_many(&mut self, action: Action, kind: RecordKind, ids: Ids) {
        match action {
            Action::Remove => self.dialog = Dialog::RemoveMany { kind, ids },
            Action::EditRecord => self.ask_many(Way::SetField, None),
            _ => self.notices.fail(format!(
                "This is done to one record at a time, and {} are selected. Press Escape to clear the selection",
                ids.len()
            )),
        }
    }

    /// Why no record can be edited just now.
    pub(super) fn cannot_edit(&self) -> Option<&'static str> {
        self.file.latest.broken.then_some(
            "The text of the file is broken just now. Mend it, or undo the last step, before you edit records",
        )
    }

    /// Asks for the fields of a new record.
    pub(super) fn ask_add(&mut self, kind: RecordKind) {
        let like = self.selected().filter(|at| at.kind == kind);
        let like = like.and_then(|at| self.register().record(at));
        let like = like.map(|record| record.id().to_owned());
        let register = &self.file.latest.register;
        let fields = blank(register, kind, like.as_deref(), (self.today)());
        self.form.focus_first = Some(dialog_holder());
        self.dialog = Dialog::Add(Box::new(NewRecord {
            kind,
            fields,
            after: like,
            own_id: false,
            all: false,
            adding: false,
            error: None,
        }));
    }

    /// Notes what is to be selected after a turn, and what else follows from it.
    pub(super) fn before_turn(&mut self, turn: &Turn) {
        self.following.next = None;
        let Turn::Edit(edit) = turn else { return };
        self.following.seen_at = Some(self.file.revision);
        let select = |select: &str| {
            Some(Next {
                select: select.to_owned(),
                gone: None,
            })
        };
        match edit {
            Edit::Add { fields, .. } => {
                let id = fields.iter().find(|(name, _)| name == "id");
                if let Some((_, Value::Text(id))) = id {
                    self.following.next = select(id);
                }
            }
            Edit::Duplicate { new_id, .. } => self.following.next = select(new_id),
            Edit::Rename { id, new_id } => {
                self.view.marked.rename(id, new_id);
                let renamed = &mut self.following.renamed;
                renamed.push((id.clone(), new_id.clone()));
                if renamed.len() > MAX_RENAMED {
                    renamed.remove(0);
                }
            }
            Edit::Remove { ids, .. } => {
                let selected = self.view.selected.clone().filter(|id| ids.contains(id));
                if let (Some(gone), Some(next)) = (selected, self.row_beside(ids)) {
                    self.following.next = Some(Next {
                        select: next,
                        gone: Some(gone),
                    });
                }
            }
            Edit::Append { path, item, .. } => self.note_assessor(path, item),
            Edit::Many { edits, .. } => {
                if let Some(Edit::Append { path, item, .. }) = edits.first() {
                    self.note_assessor(path, item);
                }
            }
            _ => {}
        }
        self.go_on_coding(edit);
    }

    /// Who assessed last begins the next assessment.
    fn note_assessor(&mut self, path: &[PathStep], item: &Value) {
        if *path == [PathStep::Field("status")]
            && let Value::Record(fields) = item
            && let Some((_, Value::Text(who))) = fields.iter().find(|(name, _)| name == "assessor")
        {
            self.view.assessor = who.clone();
        }
    }

    /// The record of the first row below the selected one that stays, else above it.
    fn row_beside(&self, going: &[String]) -> Option<String> {
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
    pub(super) fn keep_in_view(&mut self) {
        let is_new = self
            .following
            .seen_at
            .is_some_and(|seen| seen != self.file.revision);
        let kind = self.table().filter(|_| is_new);
        if kind.is_some_and(|kind| self.derived.table(kind).is_some()) {
            self.following.seen_at = None;
            self.once.scroll_to_selected = true;
        }
    }

    /// Selects what an edit has led to, once the register on screen has it.
    pub(super) fn follow(&mut self) {
        if let Some(next) = &self.following.next {
            let register = self.register();
            let is_gone = |id: &String| register.find(id).is_none();
            if next.gone.as_ref().is_none_or(is_gone)
                && let Some(at) = register.find(&next.select)
            {
                let (id, is_new) = (next.select.clone(), next.gone.is_none());
                self.following.next = None;
                if at.kind == RecordKind::Chart {
                    self.build(id, true);
                } else {
                    self.view.selected = Some(id);
                    self.once.scroll_to_selected = true;
                    if is_new {
                        self.reveal(at);
                    }
                }
            }
        }
        self.follow_chart();
        // A record that was renamed, there or back, stays selected.
        let Some(selected) = &self.view.selected else {
            return;
        };
        if self.register().find(selected).is_none()
            && let Some(other) = self.renamed(selected)
        {
            self.view.selected = Some(other);
        }
    }

    /// A chart that was renamed, there or back, stays on screen.
    fn follow_chart(&mut self) {
        let Some(chart) = self.view.chart.as_deref() else {
            return;
        };
        if linchpin_charts::by_id(self.register(), chart).is_none()
            && let Some(other) = self.renamed(chart)
        {
            self.view.chart = Some(other);
        }
    }

    /// The id that a record has now which had this one before a renaming, or before that was undone.
    fn renamed(&self, id: &str) -> Option<String> {
        let pairs = self.following.renamed.iter().rev();
        let mut others = pairs.filter_map(|(a, b)| match () {
            () if a == id => Some(b),
            () if b == id => Some(a),
            () => None,
        });
        let is_there = |id: &&String| self.register().find(id).is_some();
        others.find(is_there).cloned()
    }
}

fn naming(id: String, new_id: String) -> Naming {
    Naming {
        id,
        new_id,
        error: None,
    }
}
