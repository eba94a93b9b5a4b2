//! The rows that are picked out to be edited together, by the ids of their records.

use super::App;
use linchpin_edit::bulk::RecordIds;
use linchpin_register::{RecordKind, RecordRef, Register};
use std::collections::HashSet;
use std::sync::Arc;

/// The rows of one table that are picked out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RowSelection {
    kind: Option<RecordKind>,
    ids: RecordIds,
    /// Where a stretch of rows begins.
    anchor: Option<String>,
    /// The revision of the register in which the ids were last looked up.
    revision: u64,
}

/// What becomes of the rows that are picked out.
#[derive(Clone, Debug, PartialEq)]
pub enum RowSelectionCommand {
    /// Picks out a row, or no longer.
    Toggle(RecordRef),
    /// Picks out every row up to this one; `add`: in addition to those that are picked out already.
    ExtendTo {
        at: RecordRef,
        add: bool,
    },
    /// Makes the stretch longer or shorter by so many rows.
    ExtendBy(i64),
    /// Picks out every row of the table.
    All,
    Clear,
}

impl RowSelection {
    /// The ids of the records picked out in the table of a type.
    pub fn ids(&self, kind: RecordKind) -> Option<&RecordIds> {
        (self.kind == Some(kind) && !self.ids.is_empty()).then_some(&self.ids)
    }

    /// How many rows are picked out in the table of a type.
    pub fn count(&self, kind: RecordKind) -> usize {
        self.ids(kind).map_or(0, |ids| ids.len())
    }

    /// Whether the record with this id is picked out.
    pub fn contains(&self, id: &str) -> bool {
        self.ids.contains(id)
    }

    /// Picks out nothing more; the next stretch begins at this record.
    pub fn reset(&mut self, anchor: Option<String>) {
        self.ids = RecordIds::default();
        self.anchor = anchor;
    }

    /// A record has another id now.
    pub fn rename(&mut self, id: &str, new_id: &str) {
        if self.ids.contains(id) {
            // A copy only where somebody else holds them, such as the key of a preview.
            let ids = Arc::make_mut(&mut self.ids);
            ids.remove(id);
            ids.insert(new_id.into());
        }
    }

    /// Forgets records that are gone, once for each register.
    pub fn retain_existing(&mut self, register: &Register, revision: u64) {
        if self.revision == revision {
            return;
        }
        self.revision = revision;
        let is_there = |id: &str| register.find(id).map(|at| at.kind) == self.kind;
        // Only where one is gone: as long as the shared value is the same, what was derived from it
        // holds.
        if !self.ids.iter().all(|id| is_there(id)) {
            let left = self.ids.iter().filter(|id| is_there(id)).cloned();
            self.ids = Arc::new(left.collect());
        }
    }
}

impl App {
    /// Picks rows out.
    pub(super) fn select_rows(&mut self, command: RowSelectionCommand) {
        let Some(kind) = self.table() else { return };
        let id_of = |index: u32| {
            let record = self.register().record(RecordRef { kind, index });
            record.map(|record| record.id().to_owned())
        };
        let Some((_, selection)) = self.derived.table(kind) else {
            return;
        };
        let rows = &selection.rows;
        let row_of = |id: &str| {
            let at = self.register().find(id).filter(|at| at.kind == kind)?;
            rows.iter().position(|&row| row == at.index)
        };
        let mut row_selection = self.view.tables.row_selection.clone();
        if row_selection.kind != Some(kind) {
            row_selection = RowSelection {
                kind: Some(kind),
                revision: self.file.revision,
                ..RowSelection::default()
            };
        }
        let selected = self.view.selected.as_deref();
        let mut cursor = None;
        match command {
            RowSelectionCommand::Clear => row_selection.reset(None),
            RowSelectionCommand::All => {
                let all = rows.iter().filter_map(|&index| id_of(index));
                row_selection.ids = Arc::new(all.map(String::into_boxed_str).collect());
            }
            RowSelectionCommand::Toggle(at) => {
                let Some(id) = id_of(at.index) else { return };
                let ids = Arc::make_mut(&mut row_selection.ids);
                // The row that was there already is meant as well.
                let other = selected.filter(|other| *other != id && row_of(other).is_some());
                if let Some(other) = other.filter(|_| ids.is_empty()) {
                    ids.insert(other.into());
                }
                if !ids.remove(id.as_str()) {
                    ids.insert(id.clone().into_boxed_str());
                }
                row_selection.anchor = Some(id.clone());
                cursor = Some(id);
            }
            RowSelectionCommand::ExtendTo { .. } | RowSelectionCommand::ExtendBy(_) => {
                let anchor = row_selection.anchor.as_deref().and_then(row_of);
                let now = selected.and_then(row_of);
                let from = anchor.or(now).unwrap_or(0);
                let last = rows.len().saturating_sub(1);
                let (to, add) = match command {
                    RowSelectionCommand::ExtendTo { at, add } => {
                        (rows.iter().position(|&row| row == at.index), add)
                    }
                    RowSelectionCommand::ExtendBy(by) => {
                        let to = now.unwrap_or(from) as i64 + by;
                        (Some(to.clamp(0, last as i64) as usize), false)
                    }
                    _ => (None, false),
                };
                let Some(to) = to else { return };
                let row_range = rows.get(from.min(to)..=from.max(to)).unwrap_or(&[]);
                let mut ids: HashSet<Box<str>> = match add {
                    true => (*row_selection.ids).clone(),
                    false => HashSet::new(),
                };
                let ids_of = row_range.iter().filter_map(|&index| id_of(index));
                ids.extend(ids_of.map(String::into_boxed_str));
                row_selection.ids = Arc::new(ids);
                row_selection.anchor = rows.get(from).and_then(|&index| id_of(index));
                cursor = rows.get(to).and_then(|&index| id_of(index));
            }
        }
        self.view.tables.row_selection = row_selection;
        if cursor.is_some() {
            self.view.selected = cursor;
            self.window.frame_requests.scroll_to_selected = true;
        }
    }
}
