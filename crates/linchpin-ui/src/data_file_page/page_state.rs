//! What the page remembers from frame to frame.

use super::problems_in;
use crate::text_editor::EditorState;
use egui::Ui;
use linchpin_app::App;
use linchpin_edit::draft::Draft;
use linchpin_edit::line_edits;
use linchpin_edit::text_change::{ChangeCause, Replacement, TextChange, map_span, replacements};
use linchpin_register::RegisterFile;
use linchpin_task::{Task, TaskError};
use ron_lossless::{Diagnostic, LineIndex, Span};
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

/// Up to this many bytes the lines are counted within the frame.
const SYNC_LINE_COUNT_MAX_BYTES: usize = 4_000_000;

/// The state of the page. It belongs to the view, and is not kept between runs.
#[derive(Clone, Default)]
pub struct DataFilePageState {
    pub editor: EditorState,
    /// The file that is shown, of those that form the register.
    pub part_index: usize,
    /// Its name, by which it is known when files come or go.
    part_name: Option<Arc<str>>,
    /// Where the lines of the shown file begin; `None` while they are counted.
    pub lines: Option<Arc<LineIndex>>,
    /// What is wrong with the shown file, at places of its own text.
    pub problems: Arc<[Diagnostic]>,
    /// The lines of the record that was asked for.
    pub highlight: Option<Span>,
    /// The versions that come of what was typed here in the last frame: whatever else has changed
    /// the text came from elsewhere.
    pub typed_versions: Range<u64>,
    /// Which list stands next to the text.
    pub side_panel_tab: SidePanelTab,
    /// The draft that was shown last, and its version.
    seen: Option<(u64, u64)>,
    text: Option<Arc<str>>,
    /// Its length, with the changes that were followed since.
    text_len: usize,
    shown_key: Option<(u64, u64, usize)>,
    // egui keeps only what can be cloned and shared between threads, which a task by itself cannot.
    pending_lines: Option<Arc<Mutex<Task<Arc<LineIndex>>>>>,
    /// Why the lines could not be counted.
    pub lines_error: Option<TaskError>,
    problems_key: Option<(u64, usize)>,
}

/// The lists next to the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SidePanelTab {
    #[default]
    Problems,
    History,
}

impl DataFilePageState {
    /// Makes everything fit the text as it is now.
    pub fn sync_to_app(&mut self, ui: &Ui, app: &App) {
        let draft = &app.file.draft;
        self.follow_draft(draft);
        // Before anything is taken from the part: the place may lie in another file.
        if let Some(offset) = app.window.frame_requests.reveal {
            self.show_part(linchpin_register::file_index_at(draft.parts(), offset));
        }
        let Some(part) = draft.parts().get(self.part_index) else {
            return;
        };
        self.part_name = Some(part.name.clone());
        let start = part.span.start;
        // Versions begin again with each register that is opened; the history tells them apart.
        let key = (draft.history_id(), draft.version(), self.part_index);
        if self.shown_key != Some(key) {
            let text: Arc<str> = match draft.parts().len() {
                1 => draft.text().clone(),
                // A copy, since the thread that counts the lines must own what it reads.
                _ => part.span.of(draft.text()).into(),
            };
            self.count_lines(ui, &text);
            self.text_len = text.len();
            self.text = Some(text);
            self.shown_key = Some(key);
            self.problems_key = None;
        }
        let pending = self.pending_lines.as_ref();
        let counted =
            pending.and_then(|task| task.lock().unwrap_or_else(PoisonError::into_inner).poll());
        if let Some(result) = counted {
            self.pending_lines = None;
            match result {
                Ok(lines) => self.lines = Some(lines),
                Err(error) => self.lines_error = Some(error),
            }
        }
        // Problems of a text that is being caught up with would stand in wrong places.
        let fresh = app.file.is_up_to_date();
        let known = (app.file.latest_revision(), self.part_index);
        if fresh && self.problems_key != Some(known) {
            self.problems = problems_in(&app.file.latest.diagnostics, part.span).into();
            self.problems_key = Some(known);
        }
        if let Some(offset) = app.window.frame_requests.reveal {
            let offset = offset.saturating_sub(start);
            self.editor.reveal(offset);
            self.editor.focus();
            self.highlight = app
                .window
                .frame_requests
                .reveal_end
                .map(|end| Span::new(offset, end.saturating_sub(start)));
        }
        match app.window.frame_requests.editor_bar {
            Some(linchpin_app::window_state::EditorBar::Find) => self.editor.open_find(false),
            Some(linchpin_app::window_state::EditorBar::Replace) => self.editor.open_find(true),
            Some(linchpin_app::window_state::EditorBar::GoToLine) => self.editor.open_go_to_line(),
            None => {}
        }
    }

    /// Shows another of the files.
    pub fn show_part(&mut self, index: usize) {
        if index != self.part_index {
            self.part_index = index;
            self.forget_file();
        }
    }

    /// Forgets all that belongs to the file that was shown.
    fn forget_file(&mut self) {
        self.editor = EditorState::default();
        (self.highlight, self.text, self.part_name) = (None, None, None);
    }

    /// Follows the draft from the version that was shown last to the one that it has now: cursor
    /// and view stay with what they were at. Only undo and redo move them.
    fn follow_draft(&mut self, draft: &Draft) {
        let now = (draft.history_id(), draft.version());
        let typed = std::mem::take(&mut self.typed_versions);
        match self.seen.replace(now) {
            Some(seen) if seen == now => return,
            Some((history_id, version)) if history_id == now.0 => {
                self.follow_changes(draft, version, &typed)
            }
            Some(_) => {
                // Another register was opened.
                *self = DataFilePageState {
                    seen: Some(now),
                    side_panel_tab: self.side_panel_tab,
                    ..DataFilePageState::default()
                };
            }
            None => {}
        }
        let parts = draft.parts();
        let named = |name: &Arc<str>| parts.iter().position(|part| part.name == *name);
        match self.part_name.as_ref().and_then(named) {
            Some(index) => self.part_index = index,
            None => {
                // The file is gone: its neighbor takes its place.
                self.part_index = self.part_index.min(parts.len().saturating_sub(1));
                self.forget_file();
            }
        }
    }

    fn follow_changes(&mut self, draft: &Draft, version: u64, typed: &Range<u64>) {
        let is_own = |change: &TextChange| {
            change.cause == ChangeCause::Edit && typed.contains(&change.version)
        };
        let Some(changes) = draft.changes_since(version) else {
            return self.follow_text(draft);
        };
        let changes: Vec<&TextChange> = changes.collect();
        if let Some(lines) = self.lines.clone()
            && !changes.iter().all(|change| is_own(change))
        {
            self.editor.hold_view(&lines);
        }
        for change in changes {
            let Some(name) = self.part_name.clone() else {
                return;
            };
            let goes = change.cause == ChangeCause::UndoOrRedo;
            match change.follow_file(&name) {
                Some((_, replaced)) if is_own(change) => {
                    self.editor.follow_own_change(replaced);
                    self.text_len = shifted_len(self.text_len, replaced);
                }
                Some((name, replaced)) if !replaced.is_empty() || !goes => {
                    self.part_name = Some(name.clone());
                    self.follow_change(replaced, goes);
                }
                followed => {
                    let elsewhere = change.first_changed_file().filter(|_| goes);
                    if followed.is_none() || elsewhere.is_some() {
                        // This file is gone, or what was undone is in another one.
                        self.forget_file();
                    }
                    if let Some((name, replaced)) = elsewhere {
                        self.part_name = Some(name.clone());
                        self.follow_change(replaced, goes);
                    }
                }
            }
        }
    }

    /// Follows one change of the shown file.
    fn follow_change(&mut self, replaced: &[Replacement], goes: bool) {
        self.editor.follow_change(self.text_len, replaced, goes);
        let left = self.highlight.map(|span| map_span(span, replaced));
        self.highlight = left.filter(|span| span.start < span.end);
        self.text_len = shifted_len(self.text_len, replaced);
    }

    /// Follows the draft by its text alone: more has changed than it remembers.
    fn follow_text(&mut self, draft: &Draft) {
        let mut parts = draft.parts().iter();
        let name = self.part_name.as_ref();
        let part = parts.find(|part| Some(&part.name) == name);
        if let (Some(part), Some(old)) = (part, self.text.clone()) {
            let edits = line_edits(&old, part.span.of(draft.text()));
            if let Some(lines) = &self.lines.clone() {
                self.editor.hold_view(lines);
            }
            self.follow_change(&replacements(&edits), false);
        }
    }

    /// The shown file, the text in it and its lines, once these are counted.
    pub fn shown_part<'a>(
        &self,
        app: &'a App,
    ) -> Option<(&'a RegisterFile, &'a str, Arc<LineIndex>)> {
        let part = app.file.draft.parts().get(self.part_index)?;
        let text = part.span.of(app.file.draft.text());
        Some((part, text, self.lines.clone()?))
    }

    /// Goes to the next problem behind the cursor, from the last one to the first.
    pub fn go_to_next_problem(&mut self) {
        let cursor = self.editor.cursor();
        let behind = self.problems.iter().find(|p| p.span.start > cursor);
        if let Some(problem) = behind.or(self.problems.first()) {
            self.editor.reveal(problem.span.start);
            self.editor.focus();
        }
    }

    fn count_lines(&mut self, ui: &Ui, text: &Arc<str>) {
        if text.len() <= SYNC_LINE_COUNT_MAX_BYTES {
            self.lines = Some(Arc::new(LineIndex::new(text)));
            self.pending_lines = None;
            return;
        }
        (self.lines, self.lines_error) = (None, None);
        let (text, ctx) = (text.clone(), ui.ctx().clone());
        let task = Task::new("Counting lines").wake(Arc::new(move || ctx.request_repaint()));
        let task = task.spawn(move |_| Arc::new(LineIndex::new(&text)));
        self.pending_lines = Some(Arc::new(Mutex::new(task)));
    }
}

/// How long a text is after a change.
fn shifted_len(len: usize, replaced: &[Replacement]) -> usize {
    let shift: i64 = replaced.iter().map(Replacement::shift).sum();
    (len as i64 + shift).max(0) as usize
}
