//! What the page remembers from frame to frame.

use super::problems_in;
use crate::text_editor::EditorState;
use egui::Ui;
use linchpin_app::App;
use linchpin_register::RegisterFile;
use linchpin_task::{Task, TaskError};
use ron_lossless::{Diagnostic, LineIndex, Span};
use std::sync::{Arc, Mutex, PoisonError};

/// Up to this many bytes the lines are counted within the frame.
const SYNC_LINE_COUNT_MAX_BYTES: usize = 4_000_000;

/// The state of the page. It belongs to the view, and is not kept between runs.
#[derive(Clone, Default)]
pub struct DataFilePageState {
    pub editor: EditorState,
    /// The file that is shown, of those that form the register.
    pub part_index: usize,
    /// Where the lines of the shown file begin; `None` while they are counted.
    pub lines: Option<Arc<LineIndex>>,
    /// What is wrong with the shown file, at places of its own text.
    pub problems: Arc<[Diagnostic]>,
    /// The lines of the record that was asked for.
    pub highlight: Option<Span>,
    /// The version that comes of what was typed here last: whatever else has changed the text came
    /// from elsewhere.
    pub last_typed_version: Option<u64>,
    /// Which list stands next to the text.
    pub side_panel_tab: SidePanelTab,
    version: Option<u64>,
    text: Option<Arc<str>>,
    shown_key: Option<(u64, usize)>,
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
        if let Some(offset) = app.window.frame_requests.reveal {
            self.part_index = linchpin_register::file_index_at(draft.parts(), offset);
        }
        self.part_index = self.part_index.min(draft.parts().len().saturating_sub(1));
        let Some(part) = draft.parts().get(self.part_index) else {
            return;
        };
        let start = part.span.start;
        let version = draft.version();
        if self.version != Some(version) {
            let came_from_here = self.last_typed_version == Some(version);
            if let (Some(old), false) = (&self.text, came_from_here) {
                self.editor.apply_external_text(
                    old,
                    part.span.of(draft.text()),
                    self.version.is_some(),
                );
                self.highlight = None;
            }
            self.version = Some(version);
        }
        let key = (version, self.part_index);
        if self.shown_key != Some(key) {
            let text: Arc<str> = match draft.parts().len() {
                1 => draft.text().clone(),
                _ => part.span.of(draft.text()).into(),
            };
            self.count_lines(ui, &text);
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
